// Generated from the core's declarations by scripts/generate.cjs; do not edit.

import type {
  CollectionTypes,
  Input,
  RecordedConnections,
  RecordedEvents,
  Values,
} from '../value-types';

type NodeCollection = CollectionTypes['nodes'];
type SynapseCollection = CollectionTypes['synapses'];

/** Neurons and devices: what can be set. */
export interface NodeSettings {
  /**
   * A sinusoidal current.
   * Source: NEST 3.10 documentation, ac_generator.
   */
  ac_generator: AcGeneratorSettings;
  /**
   * Adaptive exponential integrate-and-fire neuron with exponential synaptic conductances: an input
   * spike raises a conductance by its weight (nS).
   * Source: Brette & Gerstner (2005) J Neurophysiol 94:3637.
   */
  aeif_cond_exp: AeifCondExpSettings;
  /**
   * Emits spikes at given times, whatever reaches it: for protocols with both sides of a synapse
   * under control.
   * Source: Inferno documentation, ExactNeuron.
   */
  clamped_neuron: ClampedNeuronSettings;
  /**
   * A constant current.
   * Source: NEST 3.10 documentation, dc_generator.
   */
  dc_generator: DcGeneratorSettings;
  /**
   * Leaky integrate-and-fire neuron with alpha-shaped synaptic conductances: an input spike causes
   * a conductance whose peak is its weight (nS).
   * Source: Meffin, Burkitt & Grayden (2004) J Comput Neurosci 16:159; Bernander et al. (1991) PNAS
   * 88:11569.
   */
  iaf_cond_alpha: IafCondAlphaSettings;
  /**
   * Leaky integrate-and-fire neuron with exponential synaptic conductances: an input spike raises a
   * conductance by its weight (nS).
   * Source: Meffin, Burkitt & Grayden (2004) J Comput Neurosci 16:159.
   */
  iaf_cond_exp: IafCondExpSettings;
  /**
   * Leaky integrate-and-fire neuron with any number of exponential synaptic conductances: an input
   * spike raises the conductance of its receptor by its weight (nS, not negative). Two more
   * conductances fluctuate as Ornstein-Uhlenbeck processes.
   * Source: Legenstein, Pecevski & Maass (2008) PLoS Comput Biol 4:e1000180; Destexhe, Rudolph,
   * Fellous & Sejnowski (2001) Neuroscience 107:13.
   */
  iaf_cond_exp_multisynapse: IafCondExpMultisynapseSettings;
  /**
   * Leaky integrate-and-fire neuron with alpha-shaped postsynaptic currents: an input spike causes
   * a current whose peak is its weight (pA).
   * Source: Diesmann, Gewaltig & Aertsen (1999) Nature 402:529; Rotter & Diesmann (1999) Biol
   * Cybern 81:381.
   */
  iaf_psc_alpha: IafPscAlphaSettings;
  /**
   * Leaky integrate-and-fire neuron with delta-shaped postsynaptic currents: an input spike shifts
   * the potential by its weight (mV).
   * Source: Brunel (2000) J Comput Neurosci 8:183; Rotter & Diesmann (1999) Biol Cybern 81:381.
   */
  iaf_psc_delta: IafPscDeltaSettings;
  /**
   * Leaky integrate-and-fire neuron of the NESTML dopamine tutorial: an input spike shifts the
   * potential by its weight (mV), also while the neuron is refractory.
   * Source: NESTML, iaf_psc_delta_neuron; Rotter & Diesmann (1999) Biol Cybern 81:381.
   */
  iaf_psc_delta_neuron: IafPscDeltaNeuronSettings;
  /**
   * Leaky integrate-and-fire neuron with exponential postsynaptic currents: an input spike raises
   * the synaptic current by its weight (pA).
   * Source: Tsodyks, Uziel & Markram (2000) J Neurosci 20:RC50; Rotter & Diesmann (1999) Biol
   * Cybern 81:381; Schuecker, Diesmann & Helias (2015) Phys Rev E 92:052119.
   */
  iaf_psc_exp: IafPscExpSettings;
  /**
   * Leaky integrate-and-fire neuron of the NESTML dopamine tutorial with exponential postsynaptic
   * currents: an input spike raises the synaptic current by its weight (pA).
   * Source: NESTML, iaf_psc_exp_neuron; Rotter & Diesmann (1999) Biol Cybern 81:381.
   */
  iaf_psc_exp_neuron: IafPscExpNeuronSettings;
  /**
   * Poisson spike trains whose rate changes at given times, independent for every target.
   * Source: NEST 3.10 documentation, inhomogeneous_poisson_generator.
   */
  inhomogeneous_poisson_generator: InhomogeneousPoissonGeneratorSettings;
  /**
   * Izhikevich's two-variable neuron: reproduces many firing patterns with four parameters; an
   * input spike shifts the potential by its weight (mV).
   * Source: Izhikevich (2003) IEEE Trans Neural Netw 14:1569.
   */
  izhikevich: IzhikevichSettings;
  /**
   * Fires at random at the rate nu_0 + Σ w ε(t − t_k), ε(s) = exp(−s/tau_syn)/tau_syn, or not at
   * all where that is negative: the weight w of an input spike is the expected number of spikes
   * that it causes. At most one spike a step.
   * Source: Hawkes (1971) Biometrika 58:83; Legenstein, Pecevski & Maass (2008) PLoS Comput Biol
   * 4:e1000180.
   */
  linear_poisson_neuron: LinearPoissonNeuronSettings;
  /**
   * Samples states of the nodes it is connected to.
   * Source: NEST 3.10 documentation, multimeter.
   */
  multimeter: MultimeterSettings;
  /**
   * Gaussian white-noise current, constant over dt, independent for every target.
   * Source: NEST 3.10 documentation, noise_generator.
   */
  noise_generator: NoiseGeneratorSettings;
  /**
   * Repeats every spike that arrives on receptor 0, whatever its weight; spikes on receptor 1 are
   * accepted and ignored, so that plastic synapses can end here.
   * Source: NEST 3.10, parrot_neuron.
   */
  parrot_neuron: ParrotNeuronSettings;
  /**
   * Spike trains of Poisson statistics, an independent one for every target.
   * Source: NEST 3.10 documentation, poisson_generator.
   */
  poisson_generator: PoissonGeneratorSettings;
  /**
   * A reward, given as numbers or caused by spikes, handed to the synapses bound to it.
   * Source: Florian (2007) Neural Comput 19:1468; Legenstein, Pecevski & Maass (2008) PLoS Comput
   * Biol 4:e1000180.
   */
  reward_transmitter: RewardTransmitterSettings;
  /**
   * Spikes at given times.
   * Source: NEST 3.10 documentation, spike_generator.
   */
  spike_generator: SpikeGeneratorSettings;
  /**
   * Records the spikes of the nodes connected to it.
   * Source: NEST 3.10 documentation, spike_recorder.
   */
  spike_recorder: SpikeRecorderSettings;
  /**
   * A current that is constant between given times.
   * Source: NEST 3.10 documentation, step_current_generator.
   */
  step_current_generator: StepCurrentGeneratorSettings;
  /** Samples states of chosen synapses: weights, eligibility traces, resources. */
  synapse_recorder: SynapseRecorderSettings;
  /**
   * Samples the membrane potential of the neurons it is connected to.
   * Source: NEST 3.10 documentation, multimeter.
   */
  voltmeter: VoltmeterSettings;
  /**
   * Collects spikes and hands them, as dopamine, to the synapses bound to it.
   * Source: Potjans, Morrison & Diesmann (2010) Front Comput Neurosci 4:141.
   */
  volume_transmitter: VolumeTransmitterSettings;
  /**
   * Records the weights that the synapses of a model transmit to neurons.
   * Source: NEST 3.10 documentation, weight_recorder.
   */
  weight_recorder: WeightRecorderSettings;
}

/** Neurons and devices: the properties of their collections. */
export interface NodeProperties<Many extends boolean> {
  /**
   * A sinusoidal current.
   * Source: NEST 3.10 documentation, ac_generator.
   */
  ac_generator: AcGeneratorProperties<Many>;
  /**
   * Adaptive exponential integrate-and-fire neuron with exponential synaptic conductances: an input
   * spike raises a conductance by its weight (nS).
   * Source: Brette & Gerstner (2005) J Neurophysiol 94:3637.
   */
  aeif_cond_exp: AeifCondExpProperties<Many>;
  /**
   * Emits spikes at given times, whatever reaches it: for protocols with both sides of a synapse
   * under control.
   * Source: Inferno documentation, ExactNeuron.
   */
  clamped_neuron: ClampedNeuronProperties<Many>;
  /**
   * A constant current.
   * Source: NEST 3.10 documentation, dc_generator.
   */
  dc_generator: DcGeneratorProperties<Many>;
  /**
   * Leaky integrate-and-fire neuron with alpha-shaped synaptic conductances: an input spike causes
   * a conductance whose peak is its weight (nS).
   * Source: Meffin, Burkitt & Grayden (2004) J Comput Neurosci 16:159; Bernander et al. (1991) PNAS
   * 88:11569.
   */
  iaf_cond_alpha: IafCondAlphaProperties<Many>;
  /**
   * Leaky integrate-and-fire neuron with exponential synaptic conductances: an input spike raises a
   * conductance by its weight (nS).
   * Source: Meffin, Burkitt & Grayden (2004) J Comput Neurosci 16:159.
   */
  iaf_cond_exp: IafCondExpProperties<Many>;
  /**
   * Leaky integrate-and-fire neuron with any number of exponential synaptic conductances: an input
   * spike raises the conductance of its receptor by its weight (nS, not negative). Two more
   * conductances fluctuate as Ornstein-Uhlenbeck processes.
   * Source: Legenstein, Pecevski & Maass (2008) PLoS Comput Biol 4:e1000180; Destexhe, Rudolph,
   * Fellous & Sejnowski (2001) Neuroscience 107:13.
   */
  iaf_cond_exp_multisynapse: IafCondExpMultisynapseProperties<Many>;
  /**
   * Leaky integrate-and-fire neuron with alpha-shaped postsynaptic currents: an input spike causes
   * a current whose peak is its weight (pA).
   * Source: Diesmann, Gewaltig & Aertsen (1999) Nature 402:529; Rotter & Diesmann (1999) Biol
   * Cybern 81:381.
   */
  iaf_psc_alpha: IafPscAlphaProperties<Many>;
  /**
   * Leaky integrate-and-fire neuron with delta-shaped postsynaptic currents: an input spike shifts
   * the potential by its weight (mV).
   * Source: Brunel (2000) J Comput Neurosci 8:183; Rotter & Diesmann (1999) Biol Cybern 81:381.
   */
  iaf_psc_delta: IafPscDeltaProperties<Many>;
  /**
   * Leaky integrate-and-fire neuron of the NESTML dopamine tutorial: an input spike shifts the
   * potential by its weight (mV), also while the neuron is refractory.
   * Source: NESTML, iaf_psc_delta_neuron; Rotter & Diesmann (1999) Biol Cybern 81:381.
   */
  iaf_psc_delta_neuron: IafPscDeltaNeuronProperties<Many>;
  /**
   * Leaky integrate-and-fire neuron with exponential postsynaptic currents: an input spike raises
   * the synaptic current by its weight (pA).
   * Source: Tsodyks, Uziel & Markram (2000) J Neurosci 20:RC50; Rotter & Diesmann (1999) Biol
   * Cybern 81:381; Schuecker, Diesmann & Helias (2015) Phys Rev E 92:052119.
   */
  iaf_psc_exp: IafPscExpProperties<Many>;
  /**
   * Leaky integrate-and-fire neuron of the NESTML dopamine tutorial with exponential postsynaptic
   * currents: an input spike raises the synaptic current by its weight (pA).
   * Source: NESTML, iaf_psc_exp_neuron; Rotter & Diesmann (1999) Biol Cybern 81:381.
   */
  iaf_psc_exp_neuron: IafPscExpNeuronProperties<Many>;
  /**
   * Poisson spike trains whose rate changes at given times, independent for every target.
   * Source: NEST 3.10 documentation, inhomogeneous_poisson_generator.
   */
  inhomogeneous_poisson_generator: InhomogeneousPoissonGeneratorProperties<Many>;
  /**
   * Izhikevich's two-variable neuron: reproduces many firing patterns with four parameters; an
   * input spike shifts the potential by its weight (mV).
   * Source: Izhikevich (2003) IEEE Trans Neural Netw 14:1569.
   */
  izhikevich: IzhikevichProperties<Many>;
  /**
   * Fires at random at the rate nu_0 + Σ w ε(t − t_k), ε(s) = exp(−s/tau_syn)/tau_syn, or not at
   * all where that is negative: the weight w of an input spike is the expected number of spikes
   * that it causes. At most one spike a step.
   * Source: Hawkes (1971) Biometrika 58:83; Legenstein, Pecevski & Maass (2008) PLoS Comput Biol
   * 4:e1000180.
   */
  linear_poisson_neuron: LinearPoissonNeuronProperties<Many>;
  /**
   * Samples states of the nodes it is connected to.
   * Source: NEST 3.10 documentation, multimeter.
   */
  multimeter: MultimeterProperties<Many>;
  /**
   * Gaussian white-noise current, constant over dt, independent for every target.
   * Source: NEST 3.10 documentation, noise_generator.
   */
  noise_generator: NoiseGeneratorProperties<Many>;
  /**
   * Repeats every spike that arrives on receptor 0, whatever its weight; spikes on receptor 1 are
   * accepted and ignored, so that plastic synapses can end here.
   * Source: NEST 3.10, parrot_neuron.
   */
  parrot_neuron: ParrotNeuronProperties<Many>;
  /**
   * Spike trains of Poisson statistics, an independent one for every target.
   * Source: NEST 3.10 documentation, poisson_generator.
   */
  poisson_generator: PoissonGeneratorProperties<Many>;
  /**
   * A reward, given as numbers or caused by spikes, handed to the synapses bound to it.
   * Source: Florian (2007) Neural Comput 19:1468; Legenstein, Pecevski & Maass (2008) PLoS Comput
   * Biol 4:e1000180.
   */
  reward_transmitter: RewardTransmitterProperties<Many>;
  /**
   * Spikes at given times.
   * Source: NEST 3.10 documentation, spike_generator.
   */
  spike_generator: SpikeGeneratorProperties<Many>;
  /**
   * Records the spikes of the nodes connected to it.
   * Source: NEST 3.10 documentation, spike_recorder.
   */
  spike_recorder: SpikeRecorderProperties<Many>;
  /**
   * A current that is constant between given times.
   * Source: NEST 3.10 documentation, step_current_generator.
   */
  step_current_generator: StepCurrentGeneratorProperties<Many>;
  /** Samples states of chosen synapses: weights, eligibility traces, resources. */
  synapse_recorder: SynapseRecorderProperties<Many>;
  /**
   * Samples the membrane potential of the neurons it is connected to.
   * Source: NEST 3.10 documentation, multimeter.
   */
  voltmeter: VoltmeterProperties<Many>;
  /**
   * Collects spikes and hands them, as dopamine, to the synapses bound to it.
   * Source: Potjans, Morrison & Diesmann (2010) Front Comput Neurosci 4:141.
   */
  volume_transmitter: VolumeTransmitterProperties<Many>;
  /**
   * Records the weights that the synapses of a model transmit to neurons.
   * Source: NEST 3.10 documentation, weight_recorder.
   */
  weight_recorder: WeightRecorderProperties<Many>;
}

/** Synapse models: what can be set for each synapse. */
export interface SynapseSettings {
  /**
   * A synapse that transmits each spike with a probability.
   * Source: NEST 3.10 documentation, bernoulli_synapse.
   */
  bernoulli_synapse: BernoulliSynapseSettings;
  /**
   * Spike-timing dependent plasticity times reward.
   * Source: Florian (2007) Neural Comput 19:1468.
   */
  mstdp_synapse: MstdpSynapseSettings;
  /**
   * Reward-modulated spike-timing dependent plasticity with an eligibility trace.
   * Source: Florian (2007) Neural Comput 19:1468.
   */
  mstdpet_synapse: MstdpetSynapseSettings;
  /**
   * Dopamine-modulated plasticity as in the NESTML tutorial.
   * Source: NESTML tutorial, dopamine-modulated STDP synapse.
   */
  neuromodulated_stdp_synapse: NeuromodulatedStdpSynapseSettings;
  /**
   * Short-term plasticity of a few release sites, drawn at random.
   * Source: Loebel et al. (2009) Front Comput Neurosci 3:27.
   */
  quantal_stp_synapse: QuantalStpSynapseSettings;
  /**
   * A synapse of constant weight.
   * Source: NEST 3.10 documentation, static_synapse.
   */
  static_synapse: StaticSynapseSettings;
  /**
   * Synapses of constant weight, one weight for all of the model.
   * Source: NEST 3.10 documentation, static_synapse_hom_w.
   */
  static_synapse_hom_w: StaticSynapseHomWSettings;
  /**
   * Spike-timing dependent plasticity gated by dopamine.
   * Source: Izhikevich (2007) Cereb Cortex 17:2443; Potjans, Morrison & Diesmann (2010) Front
   * Comput Neurosci 4:141.
   */
  stdp_dopamine_synapse: StdpDopamineSynapseSettings;
  /**
   * Nearest-neighbour STDP, presynaptically centred.
   * Source: Morrison, Diesmann & Gerstner (2008) Biol Cybern 98:459.
   */
  stdp_nn_pre_centered_synapse: StdpNnPreCenteredSynapseSettings;
  /**
   * Nearest-neighbour STDP, restricted: only adjacent spikes pair.
   * Source: Morrison, Diesmann & Gerstner (2008) Biol Cybern 98:459.
   */
  stdp_nn_restr_synapse: StdpNnRestrSynapseSettings;
  /**
   * Nearest-neighbour STDP, symmetric: every spike pairs with the nearest earlier one of the other
   * side.
   * Source: Morrison, Diesmann & Gerstner (2008) Biol Cybern 98:459.
   */
  stdp_nn_symm_synapse: StdpNnSymmSynapseSettings;
  /**
   * STDP with power-law facilitation and multiplicative depression.
   * Source: Morrison, Aertsen & Diesmann (2007) Neural Comput 19:1437.
   */
  stdp_pl_synapse_hom: StdpPlSynapseHomSettings;
  /**
   * Plasticity gated by a reward in continuous time, with an eligibility that rises and decays;
   * pairs of spikes are timed where they arrive.
   * Source: Legenstein, Pecevski & Maass (2008) PLoS Comput Biol 4:e1000180.
   */
  stdp_reward_synapse: StdpRewardSynapseSettings;
  /**
   * stdp_reward_synapse with the short-term dynamics of tsodyks2_synapse.
   * Source: Legenstein, Pecevski & Maass (2008) PLoS Comput Biol 4:e1000180; Markram, Wang &
   * Tsodyks (1998) PNAS 95:5323.
   */
  stdp_reward_tsodyks2_synapse: StdpRewardTsodyks2SynapseSettings;
  /**
   * Spike-timing dependent plasticity of all pairs of spikes.
   * Source: Guetig et al. (2003) J Neurosci 23:3697.
   */
  stdp_synapse: StdpSynapseSettings;
  /**
   * stdp_synapse with parameters common to all synapses of the model.
   * Source: Guetig et al. (2003) J Neurosci 23:3697.
   */
  stdp_synapse_hom: StdpSynapseHomSettings;
  /**
   * STDP of spike triplets.
   * Source: Pfister & Gerstner (2006) J Neurosci 26:9673.
   */
  stdp_triplet_synapse: StdpTripletSynapseSettings;
  /**
   * Short-term plasticity, without the state of the current.
   * Source: Fuhrmann et al. (2002) J Neurophysiol 87:140.
   */
  tsodyks2_synapse: Tsodyks2SynapseSettings;
  /**
   * Short-term depression and facilitation.
   * Source: Tsodyks, Uziel & Markram (2000) J Neurosci 20:RC50.
   */
  tsodyks_synapse: TsodyksSynapseSettings;
  /**
   * Short-term plasticity with parameters common to the model.
   * Source: Tsodyks, Uziel & Markram (2000) J Neurosci 20:RC50.
   */
  tsodyks_synapse_hom: TsodyksSynapseHomSettings;
  /**
   * Symmetric STDP with constant depression, for inhibitory synapses.
   * Source: Vogels et al. (2011) Science 334:1569.
   */
  vogels_sprekeler_synapse: VogelsSprekelerSynapseSettings;
}

/** Synapse models: what can be set for the model. */
export interface SynapseDefaults {
  /**
   * A synapse that transmits each spike with a probability.
   * Source: NEST 3.10 documentation, bernoulli_synapse.
   */
  bernoulli_synapse: BernoulliSynapseDefaults;
  /**
   * Spike-timing dependent plasticity times reward.
   * Source: Florian (2007) Neural Comput 19:1468.
   */
  mstdp_synapse: MstdpSynapseDefaults;
  /**
   * Reward-modulated spike-timing dependent plasticity with an eligibility trace.
   * Source: Florian (2007) Neural Comput 19:1468.
   */
  mstdpet_synapse: MstdpetSynapseDefaults;
  /**
   * Dopamine-modulated plasticity as in the NESTML tutorial.
   * Source: NESTML tutorial, dopamine-modulated STDP synapse.
   */
  neuromodulated_stdp_synapse: NeuromodulatedStdpSynapseDefaults;
  /**
   * Short-term plasticity of a few release sites, drawn at random.
   * Source: Loebel et al. (2009) Front Comput Neurosci 3:27.
   */
  quantal_stp_synapse: QuantalStpSynapseDefaults;
  /**
   * A synapse of constant weight.
   * Source: NEST 3.10 documentation, static_synapse.
   */
  static_synapse: StaticSynapseDefaults;
  /**
   * Synapses of constant weight, one weight for all of the model.
   * Source: NEST 3.10 documentation, static_synapse_hom_w.
   */
  static_synapse_hom_w: StaticSynapseHomWDefaults;
  /**
   * Spike-timing dependent plasticity gated by dopamine.
   * Source: Izhikevich (2007) Cereb Cortex 17:2443; Potjans, Morrison & Diesmann (2010) Front
   * Comput Neurosci 4:141.
   */
  stdp_dopamine_synapse: StdpDopamineSynapseDefaults;
  /**
   * Nearest-neighbour STDP, presynaptically centred.
   * Source: Morrison, Diesmann & Gerstner (2008) Biol Cybern 98:459.
   */
  stdp_nn_pre_centered_synapse: StdpNnPreCenteredSynapseDefaults;
  /**
   * Nearest-neighbour STDP, restricted: only adjacent spikes pair.
   * Source: Morrison, Diesmann & Gerstner (2008) Biol Cybern 98:459.
   */
  stdp_nn_restr_synapse: StdpNnRestrSynapseDefaults;
  /**
   * Nearest-neighbour STDP, symmetric: every spike pairs with the nearest earlier one of the other
   * side.
   * Source: Morrison, Diesmann & Gerstner (2008) Biol Cybern 98:459.
   */
  stdp_nn_symm_synapse: StdpNnSymmSynapseDefaults;
  /**
   * STDP with power-law facilitation and multiplicative depression.
   * Source: Morrison, Aertsen & Diesmann (2007) Neural Comput 19:1437.
   */
  stdp_pl_synapse_hom: StdpPlSynapseHomDefaults;
  /**
   * Plasticity gated by a reward in continuous time, with an eligibility that rises and decays;
   * pairs of spikes are timed where they arrive.
   * Source: Legenstein, Pecevski & Maass (2008) PLoS Comput Biol 4:e1000180.
   */
  stdp_reward_synapse: StdpRewardSynapseDefaults;
  /**
   * stdp_reward_synapse with the short-term dynamics of tsodyks2_synapse.
   * Source: Legenstein, Pecevski & Maass (2008) PLoS Comput Biol 4:e1000180; Markram, Wang &
   * Tsodyks (1998) PNAS 95:5323.
   */
  stdp_reward_tsodyks2_synapse: StdpRewardTsodyks2SynapseDefaults;
  /**
   * Spike-timing dependent plasticity of all pairs of spikes.
   * Source: Guetig et al. (2003) J Neurosci 23:3697.
   */
  stdp_synapse: StdpSynapseDefaults;
  /**
   * stdp_synapse with parameters common to all synapses of the model.
   * Source: Guetig et al. (2003) J Neurosci 23:3697.
   */
  stdp_synapse_hom: StdpSynapseHomDefaults;
  /**
   * STDP of spike triplets.
   * Source: Pfister & Gerstner (2006) J Neurosci 26:9673.
   */
  stdp_triplet_synapse: StdpTripletSynapseDefaults;
  /**
   * Short-term plasticity, without the state of the current.
   * Source: Fuhrmann et al. (2002) J Neurophysiol 87:140.
   */
  tsodyks2_synapse: Tsodyks2SynapseDefaults;
  /**
   * Short-term depression and facilitation.
   * Source: Tsodyks, Uziel & Markram (2000) J Neurosci 20:RC50.
   */
  tsodyks_synapse: TsodyksSynapseDefaults;
  /**
   * Short-term plasticity with parameters common to the model.
   * Source: Tsodyks, Uziel & Markram (2000) J Neurosci 20:RC50.
   */
  tsodyks_synapse_hom: TsodyksSynapseHomDefaults;
  /**
   * Symmetric STDP with constant depression, for inhibitory synapses.
   * Source: Vogels et al. (2011) Science 334:1569.
   */
  vogels_sprekeler_synapse: VogelsSprekelerSynapseDefaults;
}

/** What every node has besides. */
export interface CommonProperties<Many extends boolean> {
  /**
   * ID of the node.
   * Default: 0; read only.
   */
  get global_id(): Values<number, Many>;
  /**
   * Name of its model.
   * Read only.
   */
  get model(): Values<string, Many>;
  /**
   * Number of its model among those of nodes.
   * Default: 0; read only.
   */
  get model_id(): Values<number, Many>;
  /**
   * Name of the built-in model that its model is a copy of.
   * Read only.
   */
  get type_id(): Values<string, Many>;
  /**
   * `neuron`, `stimulator` or `recorder`.
   * Read only.
   */
  get element_type(): Values<string, Many>;
  /**
   * Whether this process has the node: always true.
   * Default: true; read only.
   */
  get local(): Values<boolean, Many>;
  /**
   * Thread that updates the neuron; −1 for devices, and until the network is laid out (Prepare,
   * GetConnections).
   * Default: -1; read only.
   */
  get thread(): Values<number, Many>;
  /**
   * NEST's virtual process: here the thread.
   * Default: -1; read only.
   */
  get vp(): Values<number, Many>;
  /**
   * Place of the neuron among those that are laid out with it; −1 where `thread` is.
   * Default: -1; read only.
   */
  get thread_local_id(): Values<number, Many>;
}

/** What can be set for ac_generator. */
export interface AcGeneratorSettings {
  /**
   * Amplitude of the sine.
   * Unit: pA; default: 0; allowed: in [-1e+290, 1e+290].
   */
  amplitude: number;
  /**
   * Constant part of the current.
   * Unit: pA; default: 0; allowed: in [-1e+290, 1e+290].
   */
  offset: number;
  /**
   * Frequency.
   * Unit: Hz; default: 0; allowed: in [-1e+280, 1e+280].
   */
  frequency: number;
  /**
   * Phase at time 0.
   * Unit: deg; default: 0; allowed: in [-1e+290, 1e+290].
   */
  phase: number;
  /**
   * Added to start and stop.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  origin: number;
  /**
   * Begin of activity, relative to origin.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  start: number;
  /**
   * End of activity, relative to origin.
   * Unit: ms; default: Infinity; allowed: ≥ 0.
   */
  stop: number;
  /**
   * A name for the user's own purposes.
   * Default: "".
   */
  label: string;
  /**
   * The device does nothing: it sends nothing, and what it would get is lost.
   * Default: false.
   */
  frozen: boolean;
}

/** What ac_generator nodes have as properties. */
export interface AcGeneratorProperties<Many extends boolean> {
  /**
   * Amplitude of the sine.
   * Unit: pA; default: 0; allowed: in [-1e+290, 1e+290].
   */
  get amplitude(): Values<number, Many>;
  set amplitude(value: Input<number>);
  /**
   * Constant part of the current.
   * Unit: pA; default: 0; allowed: in [-1e+290, 1e+290].
   */
  get offset(): Values<number, Many>;
  set offset(value: Input<number>);
  /**
   * Frequency.
   * Unit: Hz; default: 0; allowed: in [-1e+280, 1e+280].
   */
  get frequency(): Values<number, Many>;
  set frequency(value: Input<number>);
  /**
   * Phase at time 0.
   * Unit: deg; default: 0; allowed: in [-1e+290, 1e+290].
   */
  get phase(): Values<number, Many>;
  set phase(value: Input<number>);
  /**
   * Added to start and stop.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  get origin(): Values<number, Many>;
  set origin(value: Input<number>);
  /**
   * Begin of activity, relative to origin.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  get start(): Values<number, Many>;
  set start(value: Input<number>);
  /**
   * End of activity, relative to origin.
   * Unit: ms; default: Infinity; allowed: ≥ 0.
   */
  get stop(): Values<number, Many>;
  set stop(value: Input<number>);
  /**
   * A name for the user's own purposes.
   * Default: "".
   */
  get label(): Values<string, Many>;
  set label(value: Input<string>);
  /**
   * The device does nothing: it sends nothing, and what it would get is lost.
   * Default: false.
   */
  get frozen(): Values<boolean, Many>;
  set frozen(value: Input<boolean>);
  /** What a multimeter can record: I. */
  get recordables(): Values<string[], Many>;
}

/** What can be set for aeif_cond_exp. */
export interface AeifCondExpSettings {
  /**
   * Potential at which a spike is detected and the neuron is reset.
   * Unit: mV; default: 0; allowed: a finite number or Infinity.
   */
  V_peak: number;
  /**
   * Potential right after a spike.
   * Unit: mV; default: -60.
   */
  V_reset: number;
  /**
   * Refractory period: how long the potential stays at V_reset after a spike, rounded up to whole
   * steps.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  t_ref: number;
  /**
   * Leak conductance of the membrane.
   * Unit: nS; default: 30.
   */
  g_L: number;
  /**
   * Capacitance of the membrane.
   * Unit: pF; default: 281; allowed: finite and > 0.
   */
  C_m: number;
  /**
   * Reversal potential of the excitatory conductance.
   * Unit: mV; default: 0.
   */
  E_ex: number;
  /**
   * Reversal potential of the inhibitory conductance.
   * Unit: mV; default: -85.
   */
  E_in: number;
  /**
   * Leak reversal potential: where the potential rests without input.
   * Unit: mV; default: -70.6.
   */
  E_L: number;
  /**
   * Slope factor of the spike's upstroke; at 0 the neuron fires at V_th.
   * Unit: mV; default: 2; allowed: finite and ≥ 0.
   */
  Delta_T: number;
  /**
   * Time constant of the adaptation current.
   * Unit: ms; default: 144; allowed: finite and > 0.
   */
  tau_w: number;
  /**
   * Subthreshold adaptation: coupling of w to the potential.
   * Unit: nS; default: 4.
   */
  a: number;
  /**
   * Spike-triggered adaptation: added to w at each spike.
   * Unit: pA; default: 80.5.
   */
  b: number;
  /**
   * Threshold at which the upstroke of a spike begins; at Infinity there is neither an upstroke nor
   * a spike.
   * Unit: mV; default: -50.4; allowed: a finite number or Infinity.
   */
  V_th: number;
  /**
   * Decay time of the excitatory conductance.
   * Unit: ms; default: 0.2; allowed: finite and > 0.
   */
  tau_syn_ex: number;
  /**
   * Decay time of the inhibitory conductance.
   * Unit: ms; default: 2; allowed: finite and > 0.
   */
  tau_syn_in: number;
  /**
   * Constant current into the neuron.
   * Unit: pA; default: 0.
   */
  I_e: number;
  /**
   * Error tolerance of the adaptive integration, absolute and relative to the slope.
   * Default: 1e-06; allowed: finite and > 0.
   */
  gsl_error_tol: number;
  /**
   * Time constant of the postsynaptic trace that spike-timing dependent synapses read.
   * Unit: ms; default: 20; allowed: finite and > 0.
   */
  tau_minus: number;
  /**
   * Time constant of the slow postsynaptic trace of triplet rules.
   * Unit: ms; default: 110; allowed: finite and > 0.
   */
  tau_minus_triplet: number;
  /**
   * Time constant of the calcium concentration.
   * Unit: ms; default: 10000; allowed: finite and > 0.
   */
  tau_Ca: number;
  /**
   * Rise of the calcium concentration at each spike.
   * Default: 0.001; allowed: finite and > 0.
   */
  beta_Ca: number;
  /**
   * Without effect: this model heeds its threshold always.
   * Default: false; allowed: false.
   */
  ignore_and_spike: boolean;
  /**
   * With ignore_and_spike: time until the first spike, counted from when the mechanism is first
   * used, or from when it is set again.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  ignore_and_spike_offset: number;
  /**
   * With ignore_and_spike: time between spikes.
   * Unit: ms; default: 100; allowed: finite and > 0.
   */
  ignore_and_spike_interval: number;
  /**
   * Time does not pass for the neuron: its state stays, what arrives is lost, nothing is recorded
   * of it.
   * Default: false.
   */
  frozen: boolean;
  /**
   * Membrane potential.
   * Unit: mV; default: -70.6.
   */
  V_m: number;
  /**
   * Excitatory synaptic conductance.
   * Unit: nS; default: 0; allowed: finite and ≥ 0.
   */
  g_ex: number;
  /**
   * Inhibitory synaptic conductance.
   * Unit: nS; default: 0; allowed: finite and ≥ 0.
   */
  g_in: number;
  /**
   * Adaptation current.
   * Unit: pA; default: 0.
   */
  w: number;
  /**
   * Rest of the refractory period; what is set is rounded up to whole steps.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  t_ref_remaining: number;
  /**
   * Calcium concentration: decays with tau_Ca, grows by beta_Ca a spike.
   * Default: 0; allowed: finite and ≥ 0.
   */
  Ca: number;
}

/** What aeif_cond_exp nodes have as properties. */
export interface AeifCondExpProperties<Many extends boolean> {
  /**
   * Potential at which a spike is detected and the neuron is reset.
   * Unit: mV; default: 0; allowed: a finite number or Infinity.
   */
  get V_peak(): Values<number, Many>;
  set V_peak(value: Input<number>);
  /**
   * Potential right after a spike.
   * Unit: mV; default: -60.
   */
  get V_reset(): Values<number, Many>;
  set V_reset(value: Input<number>);
  /**
   * Refractory period: how long the potential stays at V_reset after a spike, rounded up to whole
   * steps.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  get t_ref(): Values<number, Many>;
  set t_ref(value: Input<number>);
  /**
   * Leak conductance of the membrane.
   * Unit: nS; default: 30.
   */
  get g_L(): Values<number, Many>;
  set g_L(value: Input<number>);
  /**
   * Capacitance of the membrane.
   * Unit: pF; default: 281; allowed: finite and > 0.
   */
  get C_m(): Values<number, Many>;
  set C_m(value: Input<number>);
  /**
   * Reversal potential of the excitatory conductance.
   * Unit: mV; default: 0.
   */
  get E_ex(): Values<number, Many>;
  set E_ex(value: Input<number>);
  /**
   * Reversal potential of the inhibitory conductance.
   * Unit: mV; default: -85.
   */
  get E_in(): Values<number, Many>;
  set E_in(value: Input<number>);
  /**
   * Leak reversal potential: where the potential rests without input.
   * Unit: mV; default: -70.6.
   */
  get E_L(): Values<number, Many>;
  set E_L(value: Input<number>);
  /**
   * Slope factor of the spike's upstroke; at 0 the neuron fires at V_th.
   * Unit: mV; default: 2; allowed: finite and ≥ 0.
   */
  get Delta_T(): Values<number, Many>;
  set Delta_T(value: Input<number>);
  /**
   * Time constant of the adaptation current.
   * Unit: ms; default: 144; allowed: finite and > 0.
   */
  get tau_w(): Values<number, Many>;
  set tau_w(value: Input<number>);
  /**
   * Subthreshold adaptation: coupling of w to the potential.
   * Unit: nS; default: 4.
   */
  get a(): Values<number, Many>;
  set a(value: Input<number>);
  /**
   * Spike-triggered adaptation: added to w at each spike.
   * Unit: pA; default: 80.5.
   */
  get b(): Values<number, Many>;
  set b(value: Input<number>);
  /**
   * Threshold at which the upstroke of a spike begins; at Infinity there is neither an upstroke nor
   * a spike.
   * Unit: mV; default: -50.4; allowed: a finite number or Infinity.
   */
  get V_th(): Values<number, Many>;
  set V_th(value: Input<number>);
  /**
   * Decay time of the excitatory conductance.
   * Unit: ms; default: 0.2; allowed: finite and > 0.
   */
  get tau_syn_ex(): Values<number, Many>;
  set tau_syn_ex(value: Input<number>);
  /**
   * Decay time of the inhibitory conductance.
   * Unit: ms; default: 2; allowed: finite and > 0.
   */
  get tau_syn_in(): Values<number, Many>;
  set tau_syn_in(value: Input<number>);
  /**
   * Constant current into the neuron.
   * Unit: pA; default: 0.
   */
  get I_e(): Values<number, Many>;
  set I_e(value: Input<number>);
  /**
   * Error tolerance of the adaptive integration, absolute and relative to the slope.
   * Default: 1e-06; allowed: finite and > 0.
   */
  get gsl_error_tol(): Values<number, Many>;
  set gsl_error_tol(value: Input<number>);
  /**
   * Time constant of the postsynaptic trace that spike-timing dependent synapses read.
   * Unit: ms; default: 20; allowed: finite and > 0.
   */
  get tau_minus(): Values<number, Many>;
  set tau_minus(value: Input<number>);
  /**
   * Time constant of the slow postsynaptic trace of triplet rules.
   * Unit: ms; default: 110; allowed: finite and > 0.
   */
  get tau_minus_triplet(): Values<number, Many>;
  set tau_minus_triplet(value: Input<number>);
  /**
   * Time constant of the calcium concentration.
   * Unit: ms; default: 10000; allowed: finite and > 0.
   */
  get tau_Ca(): Values<number, Many>;
  set tau_Ca(value: Input<number>);
  /**
   * Rise of the calcium concentration at each spike.
   * Default: 0.001; allowed: finite and > 0.
   */
  get beta_Ca(): Values<number, Many>;
  set beta_Ca(value: Input<number>);
  /**
   * Without effect: this model heeds its threshold always.
   * Default: false; allowed: false.
   */
  get ignore_and_spike(): Values<boolean, Many>;
  set ignore_and_spike(value: Input<boolean>);
  /**
   * With ignore_and_spike: time until the first spike, counted from when the mechanism is first
   * used, or from when it is set again.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  get ignore_and_spike_offset(): Values<number, Many>;
  set ignore_and_spike_offset(value: Input<number>);
  /**
   * With ignore_and_spike: time between spikes.
   * Unit: ms; default: 100; allowed: finite and > 0.
   */
  get ignore_and_spike_interval(): Values<number, Many>;
  set ignore_and_spike_interval(value: Input<number>);
  /**
   * Time does not pass for the neuron: its state stays, what arrives is lost, nothing is recorded
   * of it.
   * Default: false.
   */
  get frozen(): Values<boolean, Many>;
  set frozen(value: Input<boolean>);
  /**
   * Membrane potential.
   * Unit: mV; default: -70.6.
   */
  get V_m(): Values<number, Many>;
  set V_m(value: Input<number>);
  /**
   * Excitatory synaptic conductance.
   * Unit: nS; default: 0; allowed: finite and ≥ 0.
   */
  get g_ex(): Values<number, Many>;
  set g_ex(value: Input<number>);
  /**
   * Inhibitory synaptic conductance.
   * Unit: nS; default: 0; allowed: finite and ≥ 0.
   */
  get g_in(): Values<number, Many>;
  set g_in(value: Input<number>);
  /**
   * Adaptation current.
   * Unit: pA; default: 0.
   */
  get w(): Values<number, Many>;
  set w(value: Input<number>);
  /**
   * Rest of the refractory period; what is set is rounded up to whole steps.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  get t_ref_remaining(): Values<number, Many>;
  set t_ref_remaining(value: Input<number>);
  /**
   * Calcium concentration: decays with tau_Ca, grows by beta_Ca a spike.
   * Default: 0; allowed: finite and ≥ 0.
   */
  get Ca(): Values<number, Many>;
  set Ca(value: Input<number>);
  /**
   * Time of the last spike; −1 before the first.
   * Unit: ms; default: -1; read only.
   */
  get t_spike(): Values<number, Many>;
  /**
   * The trace K− that plastic synapses onto the neuron read, at the present time; 0 without such
   * synapses.
   * Default: 0; read only.
   */
  get post_trace(): Values<number, Many>;
  /** What a multimeter can record: V_m, g_ex, g_in, w, t_ref_remaining, Ca. */
  get recordables(): Values<string[], Many>;
}

/** What can be set for clamped_neuron. */
export interface ClampedNeuronSettings {
  /**
   * Time constant of the postsynaptic trace that spike-timing dependent synapses read.
   * Unit: ms; default: 20; allowed: finite and > 0.
   */
  tau_minus: number;
  /**
   * Time constant of the slow postsynaptic trace of triplet rules.
   * Unit: ms; default: 110; allowed: finite and > 0.
   */
  tau_minus_triplet: number;
  /**
   * Time constant of the calcium concentration.
   * Unit: ms; default: 10000; allowed: finite and > 0.
   */
  tau_Ca: number;
  /**
   * Rise of the calcium concentration at each spike.
   * Default: 0.001; allowed: finite and > 0.
   */
  beta_Ca: number;
  /**
   * Without effect: this model heeds its threshold always.
   * Default: false; allowed: false.
   */
  ignore_and_spike: boolean;
  /**
   * With ignore_and_spike: time until the first spike, counted from when the mechanism is first
   * used, or from when it is set again.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  ignore_and_spike_offset: number;
  /**
   * With ignore_and_spike: time between spikes.
   * Unit: ms; default: 100; allowed: finite and > 0.
   */
  ignore_and_spike_interval: number;
  /**
   * Time does not pass for the neuron: its state stays, what arrives is lost, nothing is recorded
   * of it.
   * Default: false.
   */
  frozen: boolean;
  /**
   * Times of the spikes, on the grid and strictly increasing; those that have passed are without
   * effect.
   * Unit: ms; default: []; allowed: finite and > 0.
   */
  spike_times: Float64Array;
  /**
   * Calcium concentration: decays with tau_Ca, grows by beta_Ca a spike.
   * Default: 0; allowed: finite and ≥ 0.
   */
  Ca: number;
}

/** What clamped_neuron nodes have as properties. */
export interface ClampedNeuronProperties<Many extends boolean> {
  /**
   * Time constant of the postsynaptic trace that spike-timing dependent synapses read.
   * Unit: ms; default: 20; allowed: finite and > 0.
   */
  get tau_minus(): Values<number, Many>;
  set tau_minus(value: Input<number>);
  /**
   * Time constant of the slow postsynaptic trace of triplet rules.
   * Unit: ms; default: 110; allowed: finite and > 0.
   */
  get tau_minus_triplet(): Values<number, Many>;
  set tau_minus_triplet(value: Input<number>);
  /**
   * Time constant of the calcium concentration.
   * Unit: ms; default: 10000; allowed: finite and > 0.
   */
  get tau_Ca(): Values<number, Many>;
  set tau_Ca(value: Input<number>);
  /**
   * Rise of the calcium concentration at each spike.
   * Default: 0.001; allowed: finite and > 0.
   */
  get beta_Ca(): Values<number, Many>;
  set beta_Ca(value: Input<number>);
  /**
   * Without effect: this model heeds its threshold always.
   * Default: false; allowed: false.
   */
  get ignore_and_spike(): Values<boolean, Many>;
  set ignore_and_spike(value: Input<boolean>);
  /**
   * With ignore_and_spike: time until the first spike, counted from when the mechanism is first
   * used, or from when it is set again.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  get ignore_and_spike_offset(): Values<number, Many>;
  set ignore_and_spike_offset(value: Input<number>);
  /**
   * With ignore_and_spike: time between spikes.
   * Unit: ms; default: 100; allowed: finite and > 0.
   */
  get ignore_and_spike_interval(): Values<number, Many>;
  set ignore_and_spike_interval(value: Input<number>);
  /**
   * Time does not pass for the neuron: its state stays, what arrives is lost, nothing is recorded
   * of it.
   * Default: false.
   */
  get frozen(): Values<boolean, Many>;
  set frozen(value: Input<boolean>);
  /**
   * Times of the spikes, on the grid and strictly increasing; those that have passed are without
   * effect.
   * Unit: ms; default: []; allowed: finite and > 0.
   */
  get spike_times(): Values<Float64Array, Many>;
  set spike_times(value: Input<Float64Array>);
  /**
   * Calcium concentration: decays with tau_Ca, grows by beta_Ca a spike.
   * Default: 0; allowed: finite and ≥ 0.
   */
  get Ca(): Values<number, Many>;
  set Ca(value: Input<number>);
  /**
   * Time of the last spike; −1 before the first.
   * Unit: ms; default: -1; read only.
   */
  get t_spike(): Values<number, Many>;
  /**
   * The trace K− that plastic synapses onto the neuron read, at the present time; 0 without such
   * synapses.
   * Default: 0; read only.
   */
  get post_trace(): Values<number, Many>;
}

/** What can be set for dc_generator. */
export interface DcGeneratorSettings {
  /**
   * Amplitude of the current.
   * Unit: pA; default: 0; allowed: in [-1e+290, 1e+290].
   */
  amplitude: number;
  /**
   * Added to start and stop.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  origin: number;
  /**
   * Begin of activity, relative to origin.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  start: number;
  /**
   * End of activity, relative to origin.
   * Unit: ms; default: Infinity; allowed: ≥ 0.
   */
  stop: number;
  /**
   * A name for the user's own purposes.
   * Default: "".
   */
  label: string;
  /**
   * The device does nothing: it sends nothing, and what it would get is lost.
   * Default: false.
   */
  frozen: boolean;
}

/** What dc_generator nodes have as properties. */
export interface DcGeneratorProperties<Many extends boolean> {
  /**
   * Amplitude of the current.
   * Unit: pA; default: 0; allowed: in [-1e+290, 1e+290].
   */
  get amplitude(): Values<number, Many>;
  set amplitude(value: Input<number>);
  /**
   * Added to start and stop.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  get origin(): Values<number, Many>;
  set origin(value: Input<number>);
  /**
   * Begin of activity, relative to origin.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  get start(): Values<number, Many>;
  set start(value: Input<number>);
  /**
   * End of activity, relative to origin.
   * Unit: ms; default: Infinity; allowed: ≥ 0.
   */
  get stop(): Values<number, Many>;
  set stop(value: Input<number>);
  /**
   * A name for the user's own purposes.
   * Default: "".
   */
  get label(): Values<string, Many>;
  set label(value: Input<string>);
  /**
   * The device does nothing: it sends nothing, and what it would get is lost.
   * Default: false.
   */
  get frozen(): Values<boolean, Many>;
  set frozen(value: Input<boolean>);
  /** What a multimeter can record: I. */
  get recordables(): Values<string[], Many>;
}

/** What can be set for iaf_cond_alpha. */
export interface IafCondAlphaSettings {
  /**
   * Threshold: the neuron fires when its potential reaches this value; at Infinity never.
   * Unit: mV; default: -55; allowed: a finite number or Infinity.
   */
  V_th: number;
  /**
   * Potential right after a spike.
   * Unit: mV; default: -60.
   */
  V_reset: number;
  /**
   * Refractory period: how long the potential stays at V_reset after a spike, rounded up to whole
   * steps.
   * Unit: ms; default: 2; allowed: finite and ≥ 0.
   */
  t_ref: number;
  /**
   * Leak conductance of the membrane.
   * Unit: nS; default: 16.6667.
   */
  g_L: number;
  /**
   * Capacitance of the membrane.
   * Unit: pF; default: 250; allowed: finite and > 0.
   */
  C_m: number;
  /**
   * Reversal potential of the excitatory conductance.
   * Unit: mV; default: 0.
   */
  E_ex: number;
  /**
   * Reversal potential of the inhibitory conductance.
   * Unit: mV; default: -85.
   */
  E_in: number;
  /**
   * Leak reversal potential: where the potential rests without input.
   * Unit: mV; default: -70.
   */
  E_L: number;
  /**
   * Rise time of the excitatory conductance: it peaks this long after the spike.
   * Unit: ms; default: 0.2; allowed: finite and > 0.
   */
  tau_syn_ex: number;
  /**
   * Rise time of the inhibitory conductance: it peaks this long after the spike.
   * Unit: ms; default: 2; allowed: finite and > 0.
   */
  tau_syn_in: number;
  /**
   * Constant current into the neuron.
   * Unit: pA; default: 0.
   */
  I_e: number;
  /**
   * Time constant of the postsynaptic trace that spike-timing dependent synapses read.
   * Unit: ms; default: 20; allowed: finite and > 0.
   */
  tau_minus: number;
  /**
   * Time constant of the slow postsynaptic trace of triplet rules.
   * Unit: ms; default: 110; allowed: finite and > 0.
   */
  tau_minus_triplet: number;
  /**
   * Time constant of the calcium concentration.
   * Unit: ms; default: 10000; allowed: finite and > 0.
   */
  tau_Ca: number;
  /**
   * Rise of the calcium concentration at each spike.
   * Default: 0.001; allowed: finite and > 0.
   */
  beta_Ca: number;
  /**
   * Without effect: this model heeds its threshold always.
   * Default: false; allowed: false.
   */
  ignore_and_spike: boolean;
  /**
   * With ignore_and_spike: time until the first spike, counted from when the mechanism is first
   * used, or from when it is set again.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  ignore_and_spike_offset: number;
  /**
   * With ignore_and_spike: time between spikes.
   * Unit: ms; default: 100; allowed: finite and > 0.
   */
  ignore_and_spike_interval: number;
  /**
   * Time does not pass for the neuron: its state stays, what arrives is lost, nothing is recorded
   * of it.
   * Default: false.
   */
  frozen: boolean;
  /**
   * Membrane potential.
   * Unit: mV; default: -70.
   */
  V_m: number;
  /**
   * Excitatory synaptic conductance.
   * Unit: nS; default: 0.
   */
  g_ex: number;
  /**
   * Inhibitory synaptic conductance.
   * Unit: nS; default: 0.
   */
  g_in: number;
  /**
   * Rest of the refractory period; what is set is rounded up to whole steps.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  t_ref_remaining: number;
  /**
   * Auxiliary variable that drives the excitatory conductance.
   * Unit: nS/ms; default: 0.
   */
  dg_ex: number;
  /**
   * Auxiliary variable that drives the inhibitory conductance.
   * Unit: nS/ms; default: 0.
   */
  dg_in: number;
  /**
   * Calcium concentration: decays with tau_Ca, grows by beta_Ca a spike.
   * Default: 0; allowed: finite and ≥ 0.
   */
  Ca: number;
}

/** What iaf_cond_alpha nodes have as properties. */
export interface IafCondAlphaProperties<Many extends boolean> {
  /**
   * Threshold: the neuron fires when its potential reaches this value; at Infinity never.
   * Unit: mV; default: -55; allowed: a finite number or Infinity.
   */
  get V_th(): Values<number, Many>;
  set V_th(value: Input<number>);
  /**
   * Potential right after a spike.
   * Unit: mV; default: -60.
   */
  get V_reset(): Values<number, Many>;
  set V_reset(value: Input<number>);
  /**
   * Refractory period: how long the potential stays at V_reset after a spike, rounded up to whole
   * steps.
   * Unit: ms; default: 2; allowed: finite and ≥ 0.
   */
  get t_ref(): Values<number, Many>;
  set t_ref(value: Input<number>);
  /**
   * Leak conductance of the membrane.
   * Unit: nS; default: 16.6667.
   */
  get g_L(): Values<number, Many>;
  set g_L(value: Input<number>);
  /**
   * Capacitance of the membrane.
   * Unit: pF; default: 250; allowed: finite and > 0.
   */
  get C_m(): Values<number, Many>;
  set C_m(value: Input<number>);
  /**
   * Reversal potential of the excitatory conductance.
   * Unit: mV; default: 0.
   */
  get E_ex(): Values<number, Many>;
  set E_ex(value: Input<number>);
  /**
   * Reversal potential of the inhibitory conductance.
   * Unit: mV; default: -85.
   */
  get E_in(): Values<number, Many>;
  set E_in(value: Input<number>);
  /**
   * Leak reversal potential: where the potential rests without input.
   * Unit: mV; default: -70.
   */
  get E_L(): Values<number, Many>;
  set E_L(value: Input<number>);
  /**
   * Rise time of the excitatory conductance: it peaks this long after the spike.
   * Unit: ms; default: 0.2; allowed: finite and > 0.
   */
  get tau_syn_ex(): Values<number, Many>;
  set tau_syn_ex(value: Input<number>);
  /**
   * Rise time of the inhibitory conductance: it peaks this long after the spike.
   * Unit: ms; default: 2; allowed: finite and > 0.
   */
  get tau_syn_in(): Values<number, Many>;
  set tau_syn_in(value: Input<number>);
  /**
   * Constant current into the neuron.
   * Unit: pA; default: 0.
   */
  get I_e(): Values<number, Many>;
  set I_e(value: Input<number>);
  /**
   * Time constant of the postsynaptic trace that spike-timing dependent synapses read.
   * Unit: ms; default: 20; allowed: finite and > 0.
   */
  get tau_minus(): Values<number, Many>;
  set tau_minus(value: Input<number>);
  /**
   * Time constant of the slow postsynaptic trace of triplet rules.
   * Unit: ms; default: 110; allowed: finite and > 0.
   */
  get tau_minus_triplet(): Values<number, Many>;
  set tau_minus_triplet(value: Input<number>);
  /**
   * Time constant of the calcium concentration.
   * Unit: ms; default: 10000; allowed: finite and > 0.
   */
  get tau_Ca(): Values<number, Many>;
  set tau_Ca(value: Input<number>);
  /**
   * Rise of the calcium concentration at each spike.
   * Default: 0.001; allowed: finite and > 0.
   */
  get beta_Ca(): Values<number, Many>;
  set beta_Ca(value: Input<number>);
  /**
   * Without effect: this model heeds its threshold always.
   * Default: false; allowed: false.
   */
  get ignore_and_spike(): Values<boolean, Many>;
  set ignore_and_spike(value: Input<boolean>);
  /**
   * With ignore_and_spike: time until the first spike, counted from when the mechanism is first
   * used, or from when it is set again.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  get ignore_and_spike_offset(): Values<number, Many>;
  set ignore_and_spike_offset(value: Input<number>);
  /**
   * With ignore_and_spike: time between spikes.
   * Unit: ms; default: 100; allowed: finite and > 0.
   */
  get ignore_and_spike_interval(): Values<number, Many>;
  set ignore_and_spike_interval(value: Input<number>);
  /**
   * Time does not pass for the neuron: its state stays, what arrives is lost, nothing is recorded
   * of it.
   * Default: false.
   */
  get frozen(): Values<boolean, Many>;
  set frozen(value: Input<boolean>);
  /**
   * Membrane potential.
   * Unit: mV; default: -70.
   */
  get V_m(): Values<number, Many>;
  set V_m(value: Input<number>);
  /**
   * Excitatory synaptic conductance.
   * Unit: nS; default: 0.
   */
  get g_ex(): Values<number, Many>;
  set g_ex(value: Input<number>);
  /**
   * Inhibitory synaptic conductance.
   * Unit: nS; default: 0.
   */
  get g_in(): Values<number, Many>;
  set g_in(value: Input<number>);
  /**
   * Rest of the refractory period; what is set is rounded up to whole steps.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  get t_ref_remaining(): Values<number, Many>;
  set t_ref_remaining(value: Input<number>);
  /**
   * Auxiliary variable that drives the excitatory conductance.
   * Unit: nS/ms; default: 0.
   */
  get dg_ex(): Values<number, Many>;
  set dg_ex(value: Input<number>);
  /**
   * Auxiliary variable that drives the inhibitory conductance.
   * Unit: nS/ms; default: 0.
   */
  get dg_in(): Values<number, Many>;
  set dg_in(value: Input<number>);
  /**
   * Calcium concentration: decays with tau_Ca, grows by beta_Ca a spike.
   * Default: 0; allowed: finite and ≥ 0.
   */
  get Ca(): Values<number, Many>;
  set Ca(value: Input<number>);
  /**
   * Time of the last spike; −1 before the first.
   * Unit: ms; default: -1; read only.
   */
  get t_spike(): Values<number, Many>;
  /**
   * The trace K− that plastic synapses onto the neuron read, at the present time; 0 without such
   * synapses.
   * Default: 0; read only.
   */
  get post_trace(): Values<number, Many>;
  /** What a multimeter can record: V_m, g_ex, g_in, t_ref_remaining, dg_ex, dg_in, Ca. */
  get recordables(): Values<string[], Many>;
}

/** What can be set for iaf_cond_exp. */
export interface IafCondExpSettings {
  /**
   * Threshold: the neuron fires when its potential reaches this value; at Infinity never.
   * Unit: mV; default: -55; allowed: a finite number or Infinity.
   */
  V_th: number;
  /**
   * Potential right after a spike.
   * Unit: mV; default: -60.
   */
  V_reset: number;
  /**
   * Refractory period: how long the potential stays at V_reset after a spike, rounded up to whole
   * steps.
   * Unit: ms; default: 2; allowed: finite and ≥ 0.
   */
  t_ref: number;
  /**
   * Leak conductance of the membrane.
   * Unit: nS; default: 16.6667.
   */
  g_L: number;
  /**
   * Capacitance of the membrane.
   * Unit: pF; default: 250; allowed: finite and > 0.
   */
  C_m: number;
  /**
   * Reversal potential of the excitatory conductance.
   * Unit: mV; default: 0.
   */
  E_ex: number;
  /**
   * Reversal potential of the inhibitory conductance.
   * Unit: mV; default: -85.
   */
  E_in: number;
  /**
   * Leak reversal potential: where the potential rests without input.
   * Unit: mV; default: -70.
   */
  E_L: number;
  /**
   * Decay time of the excitatory conductance.
   * Unit: ms; default: 0.2; allowed: finite and > 0.
   */
  tau_syn_ex: number;
  /**
   * Decay time of the inhibitory conductance.
   * Unit: ms; default: 2; allowed: finite and > 0.
   */
  tau_syn_in: number;
  /**
   * Constant current into the neuron.
   * Unit: pA; default: 0.
   */
  I_e: number;
  /**
   * Time constant of the postsynaptic trace that spike-timing dependent synapses read.
   * Unit: ms; default: 20; allowed: finite and > 0.
   */
  tau_minus: number;
  /**
   * Time constant of the slow postsynaptic trace of triplet rules.
   * Unit: ms; default: 110; allowed: finite and > 0.
   */
  tau_minus_triplet: number;
  /**
   * Time constant of the calcium concentration.
   * Unit: ms; default: 10000; allowed: finite and > 0.
   */
  tau_Ca: number;
  /**
   * Rise of the calcium concentration at each spike.
   * Default: 0.001; allowed: finite and > 0.
   */
  beta_Ca: number;
  /**
   * Without effect: this model heeds its threshold always.
   * Default: false; allowed: false.
   */
  ignore_and_spike: boolean;
  /**
   * With ignore_and_spike: time until the first spike, counted from when the mechanism is first
   * used, or from when it is set again.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  ignore_and_spike_offset: number;
  /**
   * With ignore_and_spike: time between spikes.
   * Unit: ms; default: 100; allowed: finite and > 0.
   */
  ignore_and_spike_interval: number;
  /**
   * Time does not pass for the neuron: its state stays, what arrives is lost, nothing is recorded
   * of it.
   * Default: false.
   */
  frozen: boolean;
  /**
   * Membrane potential.
   * Unit: mV; default: -70.
   */
  V_m: number;
  /**
   * Excitatory synaptic conductance.
   * Unit: nS; default: 0.
   */
  g_ex: number;
  /**
   * Inhibitory synaptic conductance.
   * Unit: nS; default: 0.
   */
  g_in: number;
  /**
   * Rest of the refractory period; what is set is rounded up to whole steps.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  t_ref_remaining: number;
  /**
   * Calcium concentration: decays with tau_Ca, grows by beta_Ca a spike.
   * Default: 0; allowed: finite and ≥ 0.
   */
  Ca: number;
}

/** What iaf_cond_exp nodes have as properties. */
export interface IafCondExpProperties<Many extends boolean> {
  /**
   * Threshold: the neuron fires when its potential reaches this value; at Infinity never.
   * Unit: mV; default: -55; allowed: a finite number or Infinity.
   */
  get V_th(): Values<number, Many>;
  set V_th(value: Input<number>);
  /**
   * Potential right after a spike.
   * Unit: mV; default: -60.
   */
  get V_reset(): Values<number, Many>;
  set V_reset(value: Input<number>);
  /**
   * Refractory period: how long the potential stays at V_reset after a spike, rounded up to whole
   * steps.
   * Unit: ms; default: 2; allowed: finite and ≥ 0.
   */
  get t_ref(): Values<number, Many>;
  set t_ref(value: Input<number>);
  /**
   * Leak conductance of the membrane.
   * Unit: nS; default: 16.6667.
   */
  get g_L(): Values<number, Many>;
  set g_L(value: Input<number>);
  /**
   * Capacitance of the membrane.
   * Unit: pF; default: 250; allowed: finite and > 0.
   */
  get C_m(): Values<number, Many>;
  set C_m(value: Input<number>);
  /**
   * Reversal potential of the excitatory conductance.
   * Unit: mV; default: 0.
   */
  get E_ex(): Values<number, Many>;
  set E_ex(value: Input<number>);
  /**
   * Reversal potential of the inhibitory conductance.
   * Unit: mV; default: -85.
   */
  get E_in(): Values<number, Many>;
  set E_in(value: Input<number>);
  /**
   * Leak reversal potential: where the potential rests without input.
   * Unit: mV; default: -70.
   */
  get E_L(): Values<number, Many>;
  set E_L(value: Input<number>);
  /**
   * Decay time of the excitatory conductance.
   * Unit: ms; default: 0.2; allowed: finite and > 0.
   */
  get tau_syn_ex(): Values<number, Many>;
  set tau_syn_ex(value: Input<number>);
  /**
   * Decay time of the inhibitory conductance.
   * Unit: ms; default: 2; allowed: finite and > 0.
   */
  get tau_syn_in(): Values<number, Many>;
  set tau_syn_in(value: Input<number>);
  /**
   * Constant current into the neuron.
   * Unit: pA; default: 0.
   */
  get I_e(): Values<number, Many>;
  set I_e(value: Input<number>);
  /**
   * Time constant of the postsynaptic trace that spike-timing dependent synapses read.
   * Unit: ms; default: 20; allowed: finite and > 0.
   */
  get tau_minus(): Values<number, Many>;
  set tau_minus(value: Input<number>);
  /**
   * Time constant of the slow postsynaptic trace of triplet rules.
   * Unit: ms; default: 110; allowed: finite and > 0.
   */
  get tau_minus_triplet(): Values<number, Many>;
  set tau_minus_triplet(value: Input<number>);
  /**
   * Time constant of the calcium concentration.
   * Unit: ms; default: 10000; allowed: finite and > 0.
   */
  get tau_Ca(): Values<number, Many>;
  set tau_Ca(value: Input<number>);
  /**
   * Rise of the calcium concentration at each spike.
   * Default: 0.001; allowed: finite and > 0.
   */
  get beta_Ca(): Values<number, Many>;
  set beta_Ca(value: Input<number>);
  /**
   * Without effect: this model heeds its threshold always.
   * Default: false; allowed: false.
   */
  get ignore_and_spike(): Values<boolean, Many>;
  set ignore_and_spike(value: Input<boolean>);
  /**
   * With ignore_and_spike: time until the first spike, counted from when the mechanism is first
   * used, or from when it is set again.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  get ignore_and_spike_offset(): Values<number, Many>;
  set ignore_and_spike_offset(value: Input<number>);
  /**
   * With ignore_and_spike: time between spikes.
   * Unit: ms; default: 100; allowed: finite and > 0.
   */
  get ignore_and_spike_interval(): Values<number, Many>;
  set ignore_and_spike_interval(value: Input<number>);
  /**
   * Time does not pass for the neuron: its state stays, what arrives is lost, nothing is recorded
   * of it.
   * Default: false.
   */
  get frozen(): Values<boolean, Many>;
  set frozen(value: Input<boolean>);
  /**
   * Membrane potential.
   * Unit: mV; default: -70.
   */
  get V_m(): Values<number, Many>;
  set V_m(value: Input<number>);
  /**
   * Excitatory synaptic conductance.
   * Unit: nS; default: 0.
   */
  get g_ex(): Values<number, Many>;
  set g_ex(value: Input<number>);
  /**
   * Inhibitory synaptic conductance.
   * Unit: nS; default: 0.
   */
  get g_in(): Values<number, Many>;
  set g_in(value: Input<number>);
  /**
   * Rest of the refractory period; what is set is rounded up to whole steps.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  get t_ref_remaining(): Values<number, Many>;
  set t_ref_remaining(value: Input<number>);
  /**
   * Calcium concentration: decays with tau_Ca, grows by beta_Ca a spike.
   * Default: 0; allowed: finite and ≥ 0.
   */
  get Ca(): Values<number, Many>;
  set Ca(value: Input<number>);
  /**
   * Time of the last spike; −1 before the first.
   * Unit: ms; default: -1; read only.
   */
  get t_spike(): Values<number, Many>;
  /**
   * The trace K− that plastic synapses onto the neuron read, at the present time; 0 without such
   * synapses.
   * Default: 0; read only.
   */
  get post_trace(): Values<number, Many>;
  /** What a multimeter can record: V_m, g_ex, g_in, t_ref_remaining, Ca. */
  get recordables(): Values<string[], Many>;
}

/** What can be set for iaf_cond_exp_multisynapse. */
export interface IafCondExpMultisynapseSettings {
  /**
   * Capacitance of the membrane.
   * Unit: pF; default: 300; allowed: finite and > 0.
   */
  C_m: number;
  /**
   * Leak conductance of the membrane.
   * Unit: nS; default: 10; allowed: finite and ≥ 0.
   */
  g_L: number;
  /**
   * Leak reversal potential: where the potential rests without input.
   * Unit: mV; default: -70.
   */
  E_L: number;
  /**
   * Threshold: the neuron fires when its potential reaches this value; at Infinity never.
   * Unit: mV; default: -59; allowed: a finite number or Infinity.
   */
  V_th: number;
  /**
   * Potential right after a spike.
   * Unit: mV; default: -70.
   */
  V_reset: number;
  /**
   * Refractory period: how long the potential stays at V_reset after a spike, rounded up to whole
   * steps.
   * Unit: ms; default: 5; allowed: finite and ≥ 0.
   */
  t_ref: number;
  /**
   * Constant current into the neuron.
   * Unit: pA; default: 0.
   */
  I_e: number;
  /**
   * Mean of the fluctuating excitatory conductance.
   * Unit: nS; default: 0; allowed: finite and ≥ 0.
   */
  g_e0: number;
  /**
   * Mean of the fluctuating inhibitory conductance.
   * Unit: nS; default: 0; allowed: finite and ≥ 0.
   */
  g_i0: number;
  /**
   * Standard deviation of the fluctuating excitatory conductance; at 0 nothing is drawn.
   * Unit: nS; default: 0; allowed: finite and ≥ 0.
   */
  sigma_e: number;
  /**
   * Standard deviation of the fluctuating inhibitory conductance; at 0 nothing is drawn.
   * Unit: nS; default: 0; allowed: finite and ≥ 0.
   */
  sigma_i: number;
  /**
   * Time constant of the fluctuating excitatory conductance.
   * Unit: ms; default: 2.7; allowed: finite and > 0.
   */
  tau_noise_e: number;
  /**
   * Time constant of the fluctuating inhibitory conductance.
   * Unit: ms; default: 10.5; allowed: finite and > 0.
   */
  tau_noise_i: number;
  /**
   * Reversal potential of the fluctuating excitatory conductance.
   * Unit: mV; default: 0.
   */
  E_e: number;
  /**
   * Reversal potential of the fluctuating inhibitory conductance.
   * Unit: mV; default: -75.
   */
  E_i: number;
  /**
   * Time constant of the postsynaptic trace that spike-timing dependent synapses read.
   * Unit: ms; default: 20; allowed: finite and > 0.
   */
  tau_minus: number;
  /**
   * Time constant of the slow postsynaptic trace of triplet rules.
   * Unit: ms; default: 110; allowed: finite and > 0.
   */
  tau_minus_triplet: number;
  /**
   * Time constant of the calcium concentration.
   * Unit: ms; default: 10000; allowed: finite and > 0.
   */
  tau_Ca: number;
  /**
   * Rise of the calcium concentration at each spike.
   * Default: 0.001; allowed: finite and > 0.
   */
  beta_Ca: number;
  /**
   * Without effect: this model heeds its threshold always.
   * Default: false; allowed: false.
   */
  ignore_and_spike: boolean;
  /**
   * With ignore_and_spike: time until the first spike, counted from when the mechanism is first
   * used, or from when it is set again.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  ignore_and_spike_offset: number;
  /**
   * With ignore_and_spike: time between spikes.
   * Unit: ms; default: 100; allowed: finite and > 0.
   */
  ignore_and_spike_interval: number;
  /**
   * Time does not pass for the neuron: its state stays, what arrives is lost, nothing is recorded
   * of it.
   * Default: false.
   */
  frozen: boolean;
  /**
   * Reversal potentials, one a receptor: as many as tau_syn has values.
   * Unit: mV; default: [0].
   */
  E_rev: Float64Array;
  /**
   * Decay times of the conductances, one a receptor: as many as E_rev has values.
   * Unit: ms; default: [5]; allowed: finite and > 0.
   */
  tau_syn: Float64Array;
  /**
   * Membrane potential.
   * Unit: mV; default: -70.
   */
  V_m: number;
  /**
   * Fluctuating excitatory conductance: begins at g_e0, and moves with it where it is set.
   * Unit: nS; default: 0.
   */
  g_e: number;
  /**
   * Fluctuating inhibitory conductance: begins at g_i0, and moves with it where it is set.
   * Unit: nS; default: 0.
   */
  g_i: number;
  /**
   * Rest of the refractory period; what is set is rounded up to whole steps.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  t_ref_remaining: number;
  /**
   * Conductance of the first receptor; the others have g_2, g_3 ….
   * Unit: nS; default: 0; allowed: finite and ≥ 0.
   */
  g_1: number;
  [receptor: `g_${bigint}`]: number;
  /**
   * Calcium concentration: decays with tau_Ca, grows by beta_Ca a spike.
   * Default: 0; allowed: finite and ≥ 0.
   */
  Ca: number;
}

/** What iaf_cond_exp_multisynapse nodes have as properties. */
export interface IafCondExpMultisynapseProperties<Many extends boolean> {
  /**
   * Capacitance of the membrane.
   * Unit: pF; default: 300; allowed: finite and > 0.
   */
  get C_m(): Values<number, Many>;
  set C_m(value: Input<number>);
  /**
   * Leak conductance of the membrane.
   * Unit: nS; default: 10; allowed: finite and ≥ 0.
   */
  get g_L(): Values<number, Many>;
  set g_L(value: Input<number>);
  /**
   * Leak reversal potential: where the potential rests without input.
   * Unit: mV; default: -70.
   */
  get E_L(): Values<number, Many>;
  set E_L(value: Input<number>);
  /**
   * Threshold: the neuron fires when its potential reaches this value; at Infinity never.
   * Unit: mV; default: -59; allowed: a finite number or Infinity.
   */
  get V_th(): Values<number, Many>;
  set V_th(value: Input<number>);
  /**
   * Potential right after a spike.
   * Unit: mV; default: -70.
   */
  get V_reset(): Values<number, Many>;
  set V_reset(value: Input<number>);
  /**
   * Refractory period: how long the potential stays at V_reset after a spike, rounded up to whole
   * steps.
   * Unit: ms; default: 5; allowed: finite and ≥ 0.
   */
  get t_ref(): Values<number, Many>;
  set t_ref(value: Input<number>);
  /**
   * Constant current into the neuron.
   * Unit: pA; default: 0.
   */
  get I_e(): Values<number, Many>;
  set I_e(value: Input<number>);
  /**
   * Mean of the fluctuating excitatory conductance.
   * Unit: nS; default: 0; allowed: finite and ≥ 0.
   */
  get g_e0(): Values<number, Many>;
  set g_e0(value: Input<number>);
  /**
   * Mean of the fluctuating inhibitory conductance.
   * Unit: nS; default: 0; allowed: finite and ≥ 0.
   */
  get g_i0(): Values<number, Many>;
  set g_i0(value: Input<number>);
  /**
   * Standard deviation of the fluctuating excitatory conductance; at 0 nothing is drawn.
   * Unit: nS; default: 0; allowed: finite and ≥ 0.
   */
  get sigma_e(): Values<number, Many>;
  set sigma_e(value: Input<number>);
  /**
   * Standard deviation of the fluctuating inhibitory conductance; at 0 nothing is drawn.
   * Unit: nS; default: 0; allowed: finite and ≥ 0.
   */
  get sigma_i(): Values<number, Many>;
  set sigma_i(value: Input<number>);
  /**
   * Time constant of the fluctuating excitatory conductance.
   * Unit: ms; default: 2.7; allowed: finite and > 0.
   */
  get tau_noise_e(): Values<number, Many>;
  set tau_noise_e(value: Input<number>);
  /**
   * Time constant of the fluctuating inhibitory conductance.
   * Unit: ms; default: 10.5; allowed: finite and > 0.
   */
  get tau_noise_i(): Values<number, Many>;
  set tau_noise_i(value: Input<number>);
  /**
   * Reversal potential of the fluctuating excitatory conductance.
   * Unit: mV; default: 0.
   */
  get E_e(): Values<number, Many>;
  set E_e(value: Input<number>);
  /**
   * Reversal potential of the fluctuating inhibitory conductance.
   * Unit: mV; default: -75.
   */
  get E_i(): Values<number, Many>;
  set E_i(value: Input<number>);
  /**
   * Time constant of the postsynaptic trace that spike-timing dependent synapses read.
   * Unit: ms; default: 20; allowed: finite and > 0.
   */
  get tau_minus(): Values<number, Many>;
  set tau_minus(value: Input<number>);
  /**
   * Time constant of the slow postsynaptic trace of triplet rules.
   * Unit: ms; default: 110; allowed: finite and > 0.
   */
  get tau_minus_triplet(): Values<number, Many>;
  set tau_minus_triplet(value: Input<number>);
  /**
   * Time constant of the calcium concentration.
   * Unit: ms; default: 10000; allowed: finite and > 0.
   */
  get tau_Ca(): Values<number, Many>;
  set tau_Ca(value: Input<number>);
  /**
   * Rise of the calcium concentration at each spike.
   * Default: 0.001; allowed: finite and > 0.
   */
  get beta_Ca(): Values<number, Many>;
  set beta_Ca(value: Input<number>);
  /**
   * Without effect: this model heeds its threshold always.
   * Default: false; allowed: false.
   */
  get ignore_and_spike(): Values<boolean, Many>;
  set ignore_and_spike(value: Input<boolean>);
  /**
   * With ignore_and_spike: time until the first spike, counted from when the mechanism is first
   * used, or from when it is set again.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  get ignore_and_spike_offset(): Values<number, Many>;
  set ignore_and_spike_offset(value: Input<number>);
  /**
   * With ignore_and_spike: time between spikes.
   * Unit: ms; default: 100; allowed: finite and > 0.
   */
  get ignore_and_spike_interval(): Values<number, Many>;
  set ignore_and_spike_interval(value: Input<number>);
  /**
   * Time does not pass for the neuron: its state stays, what arrives is lost, nothing is recorded
   * of it.
   * Default: false.
   */
  get frozen(): Values<boolean, Many>;
  set frozen(value: Input<boolean>);
  /**
   * Reversal potentials, one a receptor: as many as tau_syn has values.
   * Unit: mV; default: [0].
   */
  get E_rev(): Values<Float64Array, Many>;
  set E_rev(value: Input<Float64Array>);
  /**
   * Decay times of the conductances, one a receptor: as many as E_rev has values.
   * Unit: ms; default: [5]; allowed: finite and > 0.
   */
  get tau_syn(): Values<Float64Array, Many>;
  set tau_syn(value: Input<Float64Array>);
  /**
   * Number of receptors: of values in the arrays that describe them.
   * Default: 1; allowed: finite and > 0; read only.
   */
  get n_receptors(): Values<number, Many>;
  /**
   * Membrane potential.
   * Unit: mV; default: -70.
   */
  get V_m(): Values<number, Many>;
  set V_m(value: Input<number>);
  /**
   * Fluctuating excitatory conductance: begins at g_e0, and moves with it where it is set.
   * Unit: nS; default: 0.
   */
  get g_e(): Values<number, Many>;
  set g_e(value: Input<number>);
  /**
   * Fluctuating inhibitory conductance: begins at g_i0, and moves with it where it is set.
   * Unit: nS; default: 0.
   */
  get g_i(): Values<number, Many>;
  set g_i(value: Input<number>);
  /**
   * Rest of the refractory period; what is set is rounded up to whole steps.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  get t_ref_remaining(): Values<number, Many>;
  set t_ref_remaining(value: Input<number>);
  /**
   * Conductance of the first receptor; the others have g_2, g_3 ….
   * Unit: nS; default: 0; allowed: finite and ≥ 0.
   */
  get g_1(): Values<number, Many>;
  set g_1(value: Input<number>);
  /**
   * Calcium concentration: decays with tau_Ca, grows by beta_Ca a spike.
   * Default: 0; allowed: finite and ≥ 0.
   */
  get Ca(): Values<number, Many>;
  set Ca(value: Input<number>);
  /**
   * Time of the last spike; −1 before the first.
   * Unit: ms; default: -1; read only.
   */
  get t_spike(): Values<number, Many>;
  /**
   * The trace K− that plastic synapses onto the neuron read, at the present time; 0 without such
   * synapses.
   * Default: 0; read only.
   */
  get post_trace(): Values<number, Many>;
  /** What a multimeter can record: V_m, g_e, g_i, t_ref_remaining, g_1, Ca. */
  get recordables(): Values<string[], Many>;
}

/** What can be set for iaf_psc_alpha. */
export interface IafPscAlphaSettings {
  /**
   * Membrane time constant: how fast the potential relaxes to E_L.
   * Unit: ms; default: 10; allowed: finite and > 0.
   */
  tau_m: number;
  /**
   * Capacitance of the membrane.
   * Unit: pF; default: 250; allowed: finite and > 0.
   */
  C_m: number;
  /**
   * Refractory period: how long the potential stays at V_reset after a spike, rounded up to whole
   * steps.
   * Unit: ms; default: 2; allowed: finite and ≥ 0.
   */
  t_ref: number;
  /**
   * Leak reversal potential: where the potential rests without input.
   * Unit: mV; default: -70.
   */
  E_L: number;
  /**
   * Constant current into the neuron.
   * Unit: pA; default: 0.
   */
  I_e: number;
  /**
   * Threshold: the neuron fires when its potential reaches this value; at Infinity never.
   * Unit: mV; default: -55; allowed: a finite number or Infinity.
   */
  V_th: number;
  /**
   * Potential right after a spike.
   * Unit: mV; default: -70.
   */
  V_reset: number;
  /**
   * Lower bound of the potential; the default means that there is none.
   * Unit: mV; default: -Infinity; allowed: a finite number or -Infinity.
   */
  V_min: number;
  /**
   * Rise time of the excitatory synaptic current: it peaks this long after the spike.
   * Unit: ms; default: 2; allowed: finite and > 0.
   */
  tau_syn_ex: number;
  /**
   * Rise time of the inhibitory synaptic current: it peaks this long after the spike.
   * Unit: ms; default: 2; allowed: finite and > 0.
   */
  tau_syn_in: number;
  /**
   * Time constant of the postsynaptic trace that spike-timing dependent synapses read.
   * Unit: ms; default: 20; allowed: finite and > 0.
   */
  tau_minus: number;
  /**
   * Time constant of the slow postsynaptic trace of triplet rules.
   * Unit: ms; default: 110; allowed: finite and > 0.
   */
  tau_minus_triplet: number;
  /**
   * Time constant of the calcium concentration.
   * Unit: ms; default: 10000; allowed: finite and > 0.
   */
  tau_Ca: number;
  /**
   * Rise of the calcium concentration at each spike.
   * Default: 0.001; allowed: finite and > 0.
   */
  beta_Ca: number;
  /**
   * Without effect: this model heeds its threshold always.
   * Default: false; allowed: false.
   */
  ignore_and_spike: boolean;
  /**
   * With ignore_and_spike: time until the first spike, counted from when the mechanism is first
   * used, or from when it is set again.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  ignore_and_spike_offset: number;
  /**
   * With ignore_and_spike: time between spikes.
   * Unit: ms; default: 100; allowed: finite and > 0.
   */
  ignore_and_spike_interval: number;
  /**
   * Time does not pass for the neuron: its state stays, what arrives is lost, nothing is recorded
   * of it.
   * Default: false.
   */
  frozen: boolean;
  /**
   * Membrane potential.
   * Unit: mV; default: -70.
   */
  V_m: number;
  /**
   * Excitatory synaptic current.
   * Unit: pA; default: 0.
   */
  I_syn_ex: number;
  /**
   * Inhibitory synaptic current.
   * Unit: pA; default: 0.
   */
  I_syn_in: number;
  /**
   * Auxiliary variable that drives the excitatory current.
   * Unit: pA/ms; default: 0.
   */
  dI_syn_ex: number;
  /**
   * Auxiliary variable that drives the inhibitory current.
   * Unit: pA/ms; default: 0.
   */
  dI_syn_in: number;
  /**
   * Rest of the refractory period; what is set is rounded up to whole steps.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  t_ref_remaining: number;
  /**
   * Calcium concentration: decays with tau_Ca, grows by beta_Ca a spike.
   * Default: 0; allowed: finite and ≥ 0.
   */
  Ca: number;
}

/** What iaf_psc_alpha nodes have as properties. */
export interface IafPscAlphaProperties<Many extends boolean> {
  /**
   * Membrane time constant: how fast the potential relaxes to E_L.
   * Unit: ms; default: 10; allowed: finite and > 0.
   */
  get tau_m(): Values<number, Many>;
  set tau_m(value: Input<number>);
  /**
   * Capacitance of the membrane.
   * Unit: pF; default: 250; allowed: finite and > 0.
   */
  get C_m(): Values<number, Many>;
  set C_m(value: Input<number>);
  /**
   * Refractory period: how long the potential stays at V_reset after a spike, rounded up to whole
   * steps.
   * Unit: ms; default: 2; allowed: finite and ≥ 0.
   */
  get t_ref(): Values<number, Many>;
  set t_ref(value: Input<number>);
  /**
   * Leak reversal potential: where the potential rests without input.
   * Unit: mV; default: -70.
   */
  get E_L(): Values<number, Many>;
  set E_L(value: Input<number>);
  /**
   * Constant current into the neuron.
   * Unit: pA; default: 0.
   */
  get I_e(): Values<number, Many>;
  set I_e(value: Input<number>);
  /**
   * Threshold: the neuron fires when its potential reaches this value; at Infinity never.
   * Unit: mV; default: -55; allowed: a finite number or Infinity.
   */
  get V_th(): Values<number, Many>;
  set V_th(value: Input<number>);
  /**
   * Potential right after a spike.
   * Unit: mV; default: -70.
   */
  get V_reset(): Values<number, Many>;
  set V_reset(value: Input<number>);
  /**
   * Lower bound of the potential; the default means that there is none.
   * Unit: mV; default: -Infinity; allowed: a finite number or -Infinity.
   */
  get V_min(): Values<number, Many>;
  set V_min(value: Input<number>);
  /**
   * Rise time of the excitatory synaptic current: it peaks this long after the spike.
   * Unit: ms; default: 2; allowed: finite and > 0.
   */
  get tau_syn_ex(): Values<number, Many>;
  set tau_syn_ex(value: Input<number>);
  /**
   * Rise time of the inhibitory synaptic current: it peaks this long after the spike.
   * Unit: ms; default: 2; allowed: finite and > 0.
   */
  get tau_syn_in(): Values<number, Many>;
  set tau_syn_in(value: Input<number>);
  /**
   * Time constant of the postsynaptic trace that spike-timing dependent synapses read.
   * Unit: ms; default: 20; allowed: finite and > 0.
   */
  get tau_minus(): Values<number, Many>;
  set tau_minus(value: Input<number>);
  /**
   * Time constant of the slow postsynaptic trace of triplet rules.
   * Unit: ms; default: 110; allowed: finite and > 0.
   */
  get tau_minus_triplet(): Values<number, Many>;
  set tau_minus_triplet(value: Input<number>);
  /**
   * Time constant of the calcium concentration.
   * Unit: ms; default: 10000; allowed: finite and > 0.
   */
  get tau_Ca(): Values<number, Many>;
  set tau_Ca(value: Input<number>);
  /**
   * Rise of the calcium concentration at each spike.
   * Default: 0.001; allowed: finite and > 0.
   */
  get beta_Ca(): Values<number, Many>;
  set beta_Ca(value: Input<number>);
  /**
   * Without effect: this model heeds its threshold always.
   * Default: false; allowed: false.
   */
  get ignore_and_spike(): Values<boolean, Many>;
  set ignore_and_spike(value: Input<boolean>);
  /**
   * With ignore_and_spike: time until the first spike, counted from when the mechanism is first
   * used, or from when it is set again.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  get ignore_and_spike_offset(): Values<number, Many>;
  set ignore_and_spike_offset(value: Input<number>);
  /**
   * With ignore_and_spike: time between spikes.
   * Unit: ms; default: 100; allowed: finite and > 0.
   */
  get ignore_and_spike_interval(): Values<number, Many>;
  set ignore_and_spike_interval(value: Input<number>);
  /**
   * Time does not pass for the neuron: its state stays, what arrives is lost, nothing is recorded
   * of it.
   * Default: false.
   */
  get frozen(): Values<boolean, Many>;
  set frozen(value: Input<boolean>);
  /**
   * Membrane potential.
   * Unit: mV; default: -70.
   */
  get V_m(): Values<number, Many>;
  set V_m(value: Input<number>);
  /**
   * Excitatory synaptic current.
   * Unit: pA; default: 0.
   */
  get I_syn_ex(): Values<number, Many>;
  set I_syn_ex(value: Input<number>);
  /**
   * Inhibitory synaptic current.
   * Unit: pA; default: 0.
   */
  get I_syn_in(): Values<number, Many>;
  set I_syn_in(value: Input<number>);
  /**
   * Auxiliary variable that drives the excitatory current.
   * Unit: pA/ms; default: 0.
   */
  get dI_syn_ex(): Values<number, Many>;
  set dI_syn_ex(value: Input<number>);
  /**
   * Auxiliary variable that drives the inhibitory current.
   * Unit: pA/ms; default: 0.
   */
  get dI_syn_in(): Values<number, Many>;
  set dI_syn_in(value: Input<number>);
  /**
   * Rest of the refractory period; what is set is rounded up to whole steps.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  get t_ref_remaining(): Values<number, Many>;
  set t_ref_remaining(value: Input<number>);
  /**
   * Calcium concentration: decays with tau_Ca, grows by beta_Ca a spike.
   * Default: 0; allowed: finite and ≥ 0.
   */
  get Ca(): Values<number, Many>;
  set Ca(value: Input<number>);
  /**
   * Time of the last spike; −1 before the first.
   * Unit: ms; default: -1; read only.
   */
  get t_spike(): Values<number, Many>;
  /**
   * The trace K− that plastic synapses onto the neuron read, at the present time; 0 without such
   * synapses.
   * Default: 0; read only.
   */
  get post_trace(): Values<number, Many>;
  /**
   * What a multimeter can record: V_m, I_syn_ex, I_syn_in, dI_syn_ex, dI_syn_in, t_ref_remaining,
   * Ca.
   */
  get recordables(): Values<string[], Many>;
}

/** What can be set for iaf_psc_delta. */
export interface IafPscDeltaSettings {
  /**
   * Membrane time constant: how fast the potential relaxes to E_L.
   * Unit: ms; default: 10; allowed: finite and > 0.
   */
  tau_m: number;
  /**
   * Capacitance of the membrane.
   * Unit: pF; default: 250; allowed: finite and > 0.
   */
  C_m: number;
  /**
   * Refractory period: how long the potential stays at V_reset after a spike, rounded up to whole
   * steps.
   * Unit: ms; default: 2; allowed: finite and ≥ 0.
   */
  t_ref: number;
  /**
   * Leak reversal potential: where the potential rests without input.
   * Unit: mV; default: -70.
   */
  E_L: number;
  /**
   * Constant current into the neuron.
   * Unit: pA; default: 0.
   */
  I_e: number;
  /**
   * Threshold: the neuron fires when its potential reaches this value; at Infinity never.
   * Unit: mV; default: -55; allowed: a finite number or Infinity.
   */
  V_th: number;
  /**
   * Potential right after a spike.
   * Unit: mV; default: -70.
   */
  V_reset: number;
  /**
   * Lower bound of the potential; the default means that there is none.
   * Unit: mV; default: -1.7976931348623157e+308; allowed: a finite number or -Infinity.
   */
  V_min: number;
  /**
   * Keep input that arrives during refractoriness, decaying with tau_m, and add it when the
   * refractory period ends; otherwise that input is lost.
   * Default: false.
   */
  refractory_input: boolean;
  /**
   * Ignore the threshold and fire at fixed times instead; the potential is still integrated and
   * reset.
   * Default: false.
   */
  ignore_and_spike: boolean;
  /**
   * With ignore_and_spike: time until the first spike, counted from when the mechanism is first
   * used, or from when it is set again.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  ignore_and_spike_offset: number;
  /**
   * With ignore_and_spike: time between spikes.
   * Unit: ms; default: 100; allowed: finite and > 0.
   */
  ignore_and_spike_interval: number;
  /**
   * Time constant of the postsynaptic trace that spike-timing dependent synapses read.
   * Unit: ms; default: 20; allowed: finite and > 0.
   */
  tau_minus: number;
  /**
   * Time constant of the slow postsynaptic trace of triplet rules.
   * Unit: ms; default: 110; allowed: finite and > 0.
   */
  tau_minus_triplet: number;
  /**
   * Time constant of the calcium concentration.
   * Unit: ms; default: 10000; allowed: finite and > 0.
   */
  tau_Ca: number;
  /**
   * Rise of the calcium concentration at each spike.
   * Default: 0.001; allowed: finite and > 0.
   */
  beta_Ca: number;
  /**
   * Time does not pass for the neuron: its state stays, what arrives is lost, nothing is recorded
   * of it.
   * Default: false.
   */
  frozen: boolean;
  /**
   * Membrane potential.
   * Unit: mV; default: -70.
   */
  V_m: number;
  /**
   * Rest of the refractory period; what is set is rounded up to whole steps.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  t_ref_remaining: number;
  /**
   * With refractory_input: what arrived during the refractory period, as it will be at its end.
   * Unit: mV; default: 0.
   */
  kept_input: number;
  /**
   * Calcium concentration: decays with tau_Ca, grows by beta_Ca a spike.
   * Default: 0; allowed: finite and ≥ 0.
   */
  Ca: number;
}

/** What iaf_psc_delta nodes have as properties. */
export interface IafPscDeltaProperties<Many extends boolean> {
  /**
   * Membrane time constant: how fast the potential relaxes to E_L.
   * Unit: ms; default: 10; allowed: finite and > 0.
   */
  get tau_m(): Values<number, Many>;
  set tau_m(value: Input<number>);
  /**
   * Capacitance of the membrane.
   * Unit: pF; default: 250; allowed: finite and > 0.
   */
  get C_m(): Values<number, Many>;
  set C_m(value: Input<number>);
  /**
   * Refractory period: how long the potential stays at V_reset after a spike, rounded up to whole
   * steps.
   * Unit: ms; default: 2; allowed: finite and ≥ 0.
   */
  get t_ref(): Values<number, Many>;
  set t_ref(value: Input<number>);
  /**
   * Leak reversal potential: where the potential rests without input.
   * Unit: mV; default: -70.
   */
  get E_L(): Values<number, Many>;
  set E_L(value: Input<number>);
  /**
   * Constant current into the neuron.
   * Unit: pA; default: 0.
   */
  get I_e(): Values<number, Many>;
  set I_e(value: Input<number>);
  /**
   * Threshold: the neuron fires when its potential reaches this value; at Infinity never.
   * Unit: mV; default: -55; allowed: a finite number or Infinity.
   */
  get V_th(): Values<number, Many>;
  set V_th(value: Input<number>);
  /**
   * Potential right after a spike.
   * Unit: mV; default: -70.
   */
  get V_reset(): Values<number, Many>;
  set V_reset(value: Input<number>);
  /**
   * Lower bound of the potential; the default means that there is none.
   * Unit: mV; default: -1.7976931348623157e+308; allowed: a finite number or -Infinity.
   */
  get V_min(): Values<number, Many>;
  set V_min(value: Input<number>);
  /**
   * Keep input that arrives during refractoriness, decaying with tau_m, and add it when the
   * refractory period ends; otherwise that input is lost.
   * Default: false.
   */
  get refractory_input(): Values<boolean, Many>;
  set refractory_input(value: Input<boolean>);
  /**
   * Ignore the threshold and fire at fixed times instead; the potential is still integrated and
   * reset.
   * Default: false.
   */
  get ignore_and_spike(): Values<boolean, Many>;
  set ignore_and_spike(value: Input<boolean>);
  /**
   * With ignore_and_spike: time until the first spike, counted from when the mechanism is first
   * used, or from when it is set again.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  get ignore_and_spike_offset(): Values<number, Many>;
  set ignore_and_spike_offset(value: Input<number>);
  /**
   * With ignore_and_spike: time between spikes.
   * Unit: ms; default: 100; allowed: finite and > 0.
   */
  get ignore_and_spike_interval(): Values<number, Many>;
  set ignore_and_spike_interval(value: Input<number>);
  /**
   * Time constant of the postsynaptic trace that spike-timing dependent synapses read.
   * Unit: ms; default: 20; allowed: finite and > 0.
   */
  get tau_minus(): Values<number, Many>;
  set tau_minus(value: Input<number>);
  /**
   * Time constant of the slow postsynaptic trace of triplet rules.
   * Unit: ms; default: 110; allowed: finite and > 0.
   */
  get tau_minus_triplet(): Values<number, Many>;
  set tau_minus_triplet(value: Input<number>);
  /**
   * Time constant of the calcium concentration.
   * Unit: ms; default: 10000; allowed: finite and > 0.
   */
  get tau_Ca(): Values<number, Many>;
  set tau_Ca(value: Input<number>);
  /**
   * Rise of the calcium concentration at each spike.
   * Default: 0.001; allowed: finite and > 0.
   */
  get beta_Ca(): Values<number, Many>;
  set beta_Ca(value: Input<number>);
  /**
   * Time does not pass for the neuron: its state stays, what arrives is lost, nothing is recorded
   * of it.
   * Default: false.
   */
  get frozen(): Values<boolean, Many>;
  set frozen(value: Input<boolean>);
  /**
   * Membrane potential.
   * Unit: mV; default: -70.
   */
  get V_m(): Values<number, Many>;
  set V_m(value: Input<number>);
  /**
   * Rest of the refractory period; what is set is rounded up to whole steps.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  get t_ref_remaining(): Values<number, Many>;
  set t_ref_remaining(value: Input<number>);
  /**
   * With refractory_input: what arrived during the refractory period, as it will be at its end.
   * Unit: mV; default: 0.
   */
  get kept_input(): Values<number, Many>;
  set kept_input(value: Input<number>);
  /**
   * Calcium concentration: decays with tau_Ca, grows by beta_Ca a spike.
   * Default: 0; allowed: finite and ≥ 0.
   */
  get Ca(): Values<number, Many>;
  set Ca(value: Input<number>);
  /**
   * Time of the last spike; −1 before the first.
   * Unit: ms; default: -1; read only.
   */
  get t_spike(): Values<number, Many>;
  /**
   * The trace K− that plastic synapses onto the neuron read, at the present time; 0 without such
   * synapses.
   * Default: 0; read only.
   */
  get post_trace(): Values<number, Many>;
  /** What a multimeter can record: V_m, t_ref_remaining, kept_input, Ca. */
  get recordables(): Values<string[], Many>;
}

/** What can be set for iaf_psc_delta_neuron. */
export interface IafPscDeltaNeuronSettings {
  /**
   * Membrane time constant: how fast the potential relaxes to E_L.
   * Unit: ms; default: 10; allowed: finite and > 0.
   */
  tau_m: number;
  /**
   * Capacitance of the membrane.
   * Unit: pF; default: 250; allowed: finite and > 0.
   */
  C_m: number;
  /**
   * Refractory period, counted down by repeated subtraction of the resolution until nothing is
   * left.
   * Unit: ms; default: 2; allowed: finite and ≥ 0.
   */
  refr_T: number;
  /**
   * Leak reversal potential: where the potential rests without input.
   * Unit: mV; default: -70.
   */
  E_L: number;
  /**
   * Constant current into the neuron.
   * Unit: pA; default: 0.
   */
  I_e: number;
  /**
   * Threshold: the neuron fires when its potential reaches this value; at Infinity never.
   * Unit: mV; default: -55; allowed: a finite number or Infinity.
   */
  V_th: number;
  /**
   * Potential right after a spike.
   * Unit: mV; default: -70.
   */
  V_reset: number;
  /**
   * Time constant of the postsynaptic trace that spike-timing dependent synapses read.
   * Unit: ms; default: 20; allowed: finite and > 0.
   */
  tau_minus: number;
  /**
   * Time constant of the slow postsynaptic trace of triplet rules.
   * Unit: ms; default: 110; allowed: finite and > 0.
   */
  tau_minus_triplet: number;
  /**
   * Time constant of the calcium concentration.
   * Unit: ms; default: 10000; allowed: finite and > 0.
   */
  tau_Ca: number;
  /**
   * Rise of the calcium concentration at each spike.
   * Default: 0.001; allowed: finite and > 0.
   */
  beta_Ca: number;
  /**
   * Without effect: this model heeds its threshold always.
   * Default: false; allowed: false.
   */
  ignore_and_spike: boolean;
  /**
   * With ignore_and_spike: time until the first spike, counted from when the mechanism is first
   * used, or from when it is set again.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  ignore_and_spike_offset: number;
  /**
   * With ignore_and_spike: time between spikes.
   * Unit: ms; default: 100; allowed: finite and > 0.
   */
  ignore_and_spike_interval: number;
  /**
   * Time does not pass for the neuron: its state stays, what arrives is lost, nothing is recorded
   * of it.
   * Default: false.
   */
  frozen: boolean;
  /**
   * Membrane potential.
   * Unit: mV; default: -70.
   */
  V_m: number;
  /**
   * Refractory time left; at most 0 when not refractory.
   * Unit: ms; default: 0.
   */
  refr_t: number;
  /**
   * Calcium concentration: decays with tau_Ca, grows by beta_Ca a spike.
   * Default: 0; allowed: finite and ≥ 0.
   */
  Ca: number;
}

/** What iaf_psc_delta_neuron nodes have as properties. */
export interface IafPscDeltaNeuronProperties<Many extends boolean> {
  /**
   * Membrane time constant: how fast the potential relaxes to E_L.
   * Unit: ms; default: 10; allowed: finite and > 0.
   */
  get tau_m(): Values<number, Many>;
  set tau_m(value: Input<number>);
  /**
   * Capacitance of the membrane.
   * Unit: pF; default: 250; allowed: finite and > 0.
   */
  get C_m(): Values<number, Many>;
  set C_m(value: Input<number>);
  /**
   * Refractory period, counted down by repeated subtraction of the resolution until nothing is
   * left.
   * Unit: ms; default: 2; allowed: finite and ≥ 0.
   */
  get refr_T(): Values<number, Many>;
  set refr_T(value: Input<number>);
  /**
   * Leak reversal potential: where the potential rests without input.
   * Unit: mV; default: -70.
   */
  get E_L(): Values<number, Many>;
  set E_L(value: Input<number>);
  /**
   * Constant current into the neuron.
   * Unit: pA; default: 0.
   */
  get I_e(): Values<number, Many>;
  set I_e(value: Input<number>);
  /**
   * Threshold: the neuron fires when its potential reaches this value; at Infinity never.
   * Unit: mV; default: -55; allowed: a finite number or Infinity.
   */
  get V_th(): Values<number, Many>;
  set V_th(value: Input<number>);
  /**
   * Potential right after a spike.
   * Unit: mV; default: -70.
   */
  get V_reset(): Values<number, Many>;
  set V_reset(value: Input<number>);
  /**
   * Time constant of the postsynaptic trace that spike-timing dependent synapses read.
   * Unit: ms; default: 20; allowed: finite and > 0.
   */
  get tau_minus(): Values<number, Many>;
  set tau_minus(value: Input<number>);
  /**
   * Time constant of the slow postsynaptic trace of triplet rules.
   * Unit: ms; default: 110; allowed: finite and > 0.
   */
  get tau_minus_triplet(): Values<number, Many>;
  set tau_minus_triplet(value: Input<number>);
  /**
   * Time constant of the calcium concentration.
   * Unit: ms; default: 10000; allowed: finite and > 0.
   */
  get tau_Ca(): Values<number, Many>;
  set tau_Ca(value: Input<number>);
  /**
   * Rise of the calcium concentration at each spike.
   * Default: 0.001; allowed: finite and > 0.
   */
  get beta_Ca(): Values<number, Many>;
  set beta_Ca(value: Input<number>);
  /**
   * Without effect: this model heeds its threshold always.
   * Default: false; allowed: false.
   */
  get ignore_and_spike(): Values<boolean, Many>;
  set ignore_and_spike(value: Input<boolean>);
  /**
   * With ignore_and_spike: time until the first spike, counted from when the mechanism is first
   * used, or from when it is set again.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  get ignore_and_spike_offset(): Values<number, Many>;
  set ignore_and_spike_offset(value: Input<number>);
  /**
   * With ignore_and_spike: time between spikes.
   * Unit: ms; default: 100; allowed: finite and > 0.
   */
  get ignore_and_spike_interval(): Values<number, Many>;
  set ignore_and_spike_interval(value: Input<number>);
  /**
   * Time does not pass for the neuron: its state stays, what arrives is lost, nothing is recorded
   * of it.
   * Default: false.
   */
  get frozen(): Values<boolean, Many>;
  set frozen(value: Input<boolean>);
  /**
   * Membrane potential.
   * Unit: mV; default: -70.
   */
  get V_m(): Values<number, Many>;
  set V_m(value: Input<number>);
  /**
   * Refractory time left; at most 0 when not refractory.
   * Unit: ms; default: 0.
   */
  get refr_t(): Values<number, Many>;
  set refr_t(value: Input<number>);
  /**
   * Calcium concentration: decays with tau_Ca, grows by beta_Ca a spike.
   * Default: 0; allowed: finite and ≥ 0.
   */
  get Ca(): Values<number, Many>;
  set Ca(value: Input<number>);
  /**
   * Time of the last spike; −1 before the first.
   * Unit: ms; default: -1; read only.
   */
  get t_spike(): Values<number, Many>;
  /**
   * The trace K− that plastic synapses onto the neuron read, at the present time; 0 without such
   * synapses.
   * Default: 0; read only.
   */
  get post_trace(): Values<number, Many>;
  /** What a multimeter can record: V_m, refr_t, Ca. */
  get recordables(): Values<string[], Many>;
}

/** What can be set for iaf_psc_exp. */
export interface IafPscExpSettings {
  /**
   * Membrane time constant: how fast the potential relaxes to E_L.
   * Unit: ms; default: 10; allowed: finite and > 0.
   */
  tau_m: number;
  /**
   * Capacitance of the membrane.
   * Unit: pF; default: 250; allowed: finite and > 0.
   */
  C_m: number;
  /**
   * Refractory period: how long the potential stays at V_reset after a spike, rounded up to whole
   * steps.
   * Unit: ms; default: 2; allowed: finite and ≥ 0.
   */
  t_ref: number;
  /**
   * Leak reversal potential: where the potential rests without input.
   * Unit: mV; default: -70.
   */
  E_L: number;
  /**
   * Constant current into the neuron.
   * Unit: pA; default: 0.
   */
  I_e: number;
  /**
   * Threshold: the neuron fires when its potential reaches this value; at Infinity never.
   * Unit: mV; default: -55; allowed: a finite number or Infinity.
   */
  V_th: number;
  /**
   * Potential right after a spike.
   * Unit: mV; default: -70.
   */
  V_reset: number;
  /**
   * Decay time of the excitatory synaptic current.
   * Unit: ms; default: 2; allowed: finite and > 0.
   */
  tau_syn_ex: number;
  /**
   * Decay time of the inhibitory synaptic current.
   * Unit: ms; default: 2; allowed: finite and > 0.
   */
  tau_syn_in: number;
  /**
   * Firing rate at threshold when firing is stochastic (delta > 0).
   * Unit: 1/s; default: 0.01; allowed: finite and ≥ 0.
   */
  rho: number;
  /**
   * Width of the stochastic threshold; at 0 the neuron fires whenever it reaches V_th.
   * Unit: mV; default: 0; allowed: finite and ≥ 0.
   */
  delta: number;
  /**
   * Time constant of the postsynaptic trace that spike-timing dependent synapses read.
   * Unit: ms; default: 20; allowed: finite and > 0.
   */
  tau_minus: number;
  /**
   * Time constant of the slow postsynaptic trace of triplet rules.
   * Unit: ms; default: 110; allowed: finite and > 0.
   */
  tau_minus_triplet: number;
  /**
   * Time constant of the calcium concentration.
   * Unit: ms; default: 10000; allowed: finite and > 0.
   */
  tau_Ca: number;
  /**
   * Rise of the calcium concentration at each spike.
   * Default: 0.001; allowed: finite and > 0.
   */
  beta_Ca: number;
  /**
   * Without effect: this model heeds its threshold always.
   * Default: false; allowed: false.
   */
  ignore_and_spike: boolean;
  /**
   * With ignore_and_spike: time until the first spike, counted from when the mechanism is first
   * used, or from when it is set again.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  ignore_and_spike_offset: number;
  /**
   * With ignore_and_spike: time between spikes.
   * Unit: ms; default: 100; allowed: finite and > 0.
   */
  ignore_and_spike_interval: number;
  /**
   * Time does not pass for the neuron: its state stays, what arrives is lost, nothing is recorded
   * of it.
   * Default: false.
   */
  frozen: boolean;
  /**
   * Membrane potential.
   * Unit: mV; default: -70.
   */
  V_m: number;
  /**
   * Excitatory synaptic current.
   * Unit: pA; default: 0.
   */
  I_syn_ex: number;
  /**
   * Inhibitory synaptic current.
   * Unit: pA; default: 0.
   */
  I_syn_in: number;
  /**
   * Rest of the refractory period; what is set is rounded up to whole steps.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  t_ref_remaining: number;
  /**
   * Calcium concentration: decays with tau_Ca, grows by beta_Ca a spike.
   * Default: 0; allowed: finite and ≥ 0.
   */
  Ca: number;
}

/** What iaf_psc_exp nodes have as properties. */
export interface IafPscExpProperties<Many extends boolean> {
  /**
   * Membrane time constant: how fast the potential relaxes to E_L.
   * Unit: ms; default: 10; allowed: finite and > 0.
   */
  get tau_m(): Values<number, Many>;
  set tau_m(value: Input<number>);
  /**
   * Capacitance of the membrane.
   * Unit: pF; default: 250; allowed: finite and > 0.
   */
  get C_m(): Values<number, Many>;
  set C_m(value: Input<number>);
  /**
   * Refractory period: how long the potential stays at V_reset after a spike, rounded up to whole
   * steps.
   * Unit: ms; default: 2; allowed: finite and ≥ 0.
   */
  get t_ref(): Values<number, Many>;
  set t_ref(value: Input<number>);
  /**
   * Leak reversal potential: where the potential rests without input.
   * Unit: mV; default: -70.
   */
  get E_L(): Values<number, Many>;
  set E_L(value: Input<number>);
  /**
   * Constant current into the neuron.
   * Unit: pA; default: 0.
   */
  get I_e(): Values<number, Many>;
  set I_e(value: Input<number>);
  /**
   * Threshold: the neuron fires when its potential reaches this value; at Infinity never.
   * Unit: mV; default: -55; allowed: a finite number or Infinity.
   */
  get V_th(): Values<number, Many>;
  set V_th(value: Input<number>);
  /**
   * Potential right after a spike.
   * Unit: mV; default: -70.
   */
  get V_reset(): Values<number, Many>;
  set V_reset(value: Input<number>);
  /**
   * Decay time of the excitatory synaptic current.
   * Unit: ms; default: 2; allowed: finite and > 0.
   */
  get tau_syn_ex(): Values<number, Many>;
  set tau_syn_ex(value: Input<number>);
  /**
   * Decay time of the inhibitory synaptic current.
   * Unit: ms; default: 2; allowed: finite and > 0.
   */
  get tau_syn_in(): Values<number, Many>;
  set tau_syn_in(value: Input<number>);
  /**
   * Firing rate at threshold when firing is stochastic (delta > 0).
   * Unit: 1/s; default: 0.01; allowed: finite and ≥ 0.
   */
  get rho(): Values<number, Many>;
  set rho(value: Input<number>);
  /**
   * Width of the stochastic threshold; at 0 the neuron fires whenever it reaches V_th.
   * Unit: mV; default: 0; allowed: finite and ≥ 0.
   */
  get delta(): Values<number, Many>;
  set delta(value: Input<number>);
  /**
   * Time constant of the postsynaptic trace that spike-timing dependent synapses read.
   * Unit: ms; default: 20; allowed: finite and > 0.
   */
  get tau_minus(): Values<number, Many>;
  set tau_minus(value: Input<number>);
  /**
   * Time constant of the slow postsynaptic trace of triplet rules.
   * Unit: ms; default: 110; allowed: finite and > 0.
   */
  get tau_minus_triplet(): Values<number, Many>;
  set tau_minus_triplet(value: Input<number>);
  /**
   * Time constant of the calcium concentration.
   * Unit: ms; default: 10000; allowed: finite and > 0.
   */
  get tau_Ca(): Values<number, Many>;
  set tau_Ca(value: Input<number>);
  /**
   * Rise of the calcium concentration at each spike.
   * Default: 0.001; allowed: finite and > 0.
   */
  get beta_Ca(): Values<number, Many>;
  set beta_Ca(value: Input<number>);
  /**
   * Without effect: this model heeds its threshold always.
   * Default: false; allowed: false.
   */
  get ignore_and_spike(): Values<boolean, Many>;
  set ignore_and_spike(value: Input<boolean>);
  /**
   * With ignore_and_spike: time until the first spike, counted from when the mechanism is first
   * used, or from when it is set again.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  get ignore_and_spike_offset(): Values<number, Many>;
  set ignore_and_spike_offset(value: Input<number>);
  /**
   * With ignore_and_spike: time between spikes.
   * Unit: ms; default: 100; allowed: finite and > 0.
   */
  get ignore_and_spike_interval(): Values<number, Many>;
  set ignore_and_spike_interval(value: Input<number>);
  /**
   * Time does not pass for the neuron: its state stays, what arrives is lost, nothing is recorded
   * of it.
   * Default: false.
   */
  get frozen(): Values<boolean, Many>;
  set frozen(value: Input<boolean>);
  /**
   * Membrane potential.
   * Unit: mV; default: -70.
   */
  get V_m(): Values<number, Many>;
  set V_m(value: Input<number>);
  /**
   * Excitatory synaptic current.
   * Unit: pA; default: 0.
   */
  get I_syn_ex(): Values<number, Many>;
  set I_syn_ex(value: Input<number>);
  /**
   * Inhibitory synaptic current.
   * Unit: pA; default: 0.
   */
  get I_syn_in(): Values<number, Many>;
  set I_syn_in(value: Input<number>);
  /**
   * Rest of the refractory period; what is set is rounded up to whole steps.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  get t_ref_remaining(): Values<number, Many>;
  set t_ref_remaining(value: Input<number>);
  /**
   * Calcium concentration: decays with tau_Ca, grows by beta_Ca a spike.
   * Default: 0; allowed: finite and ≥ 0.
   */
  get Ca(): Values<number, Many>;
  set Ca(value: Input<number>);
  /**
   * Time of the last spike; −1 before the first.
   * Unit: ms; default: -1; read only.
   */
  get t_spike(): Values<number, Many>;
  /**
   * The trace K− that plastic synapses onto the neuron read, at the present time; 0 without such
   * synapses.
   * Default: 0; read only.
   */
  get post_trace(): Values<number, Many>;
  /** What a multimeter can record: V_m, I_syn_ex, I_syn_in, t_ref_remaining, Ca. */
  get recordables(): Values<string[], Many>;
}

/** What can be set for iaf_psc_exp_neuron. */
export interface IafPscExpNeuronSettings {
  /**
   * Membrane time constant: how fast the potential relaxes to E_L.
   * Unit: ms; default: 10; allowed: finite and > 0.
   */
  tau_m: number;
  /**
   * Capacitance of the membrane.
   * Unit: pF; default: 250; allowed: finite and > 0.
   */
  C_m: number;
  /**
   * Refractory period, counted down by repeated subtraction of the resolution until nothing is
   * left.
   * Unit: ms; default: 2; allowed: finite and ≥ 0.
   */
  refr_T: number;
  /**
   * Leak reversal potential: where the potential rests without input.
   * Unit: mV; default: -70.
   */
  E_L: number;
  /**
   * Constant current into the neuron.
   * Unit: pA; default: 0.
   */
  I_e: number;
  /**
   * Threshold: the neuron fires when its potential reaches this value; at Infinity never.
   * Unit: mV; default: -55; allowed: a finite number or Infinity.
   */
  V_th: number;
  /**
   * Potential right after a spike.
   * Unit: mV; default: -70.
   */
  V_reset: number;
  /**
   * Decay time of the excitatory synaptic current.
   * Unit: ms; default: 2; allowed: finite and > 0.
   */
  tau_syn_exc: number;
  /**
   * Decay time of the inhibitory synaptic current.
   * Unit: ms; default: 2; allowed: finite and > 0.
   */
  tau_syn_inh: number;
  /**
   * Time constant of the postsynaptic trace that spike-timing dependent synapses read.
   * Unit: ms; default: 20; allowed: finite and > 0.
   */
  tau_minus: number;
  /**
   * Time constant of the slow postsynaptic trace of triplet rules.
   * Unit: ms; default: 110; allowed: finite and > 0.
   */
  tau_minus_triplet: number;
  /**
   * Time constant of the calcium concentration.
   * Unit: ms; default: 10000; allowed: finite and > 0.
   */
  tau_Ca: number;
  /**
   * Rise of the calcium concentration at each spike.
   * Default: 0.001; allowed: finite and > 0.
   */
  beta_Ca: number;
  /**
   * Without effect: this model heeds its threshold always.
   * Default: false; allowed: false.
   */
  ignore_and_spike: boolean;
  /**
   * With ignore_and_spike: time until the first spike, counted from when the mechanism is first
   * used, or from when it is set again.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  ignore_and_spike_offset: number;
  /**
   * With ignore_and_spike: time between spikes.
   * Unit: ms; default: 100; allowed: finite and > 0.
   */
  ignore_and_spike_interval: number;
  /**
   * Time does not pass for the neuron: its state stays, what arrives is lost, nothing is recorded
   * of it.
   * Default: false.
   */
  frozen: boolean;
  /**
   * Membrane potential.
   * Unit: mV; default: -70.
   */
  V_m: number;
  /**
   * Excitatory synaptic current.
   * Unit: pA; default: 0.
   */
  I_syn_exc: number;
  /**
   * Inhibitory synaptic current; positive, it is subtracted.
   * Unit: pA; default: 0.
   */
  I_syn_inh: number;
  /**
   * Refractory time left; at most 0 when not refractory.
   * Unit: ms; default: 0.
   */
  refr_t: number;
  /**
   * Calcium concentration: decays with tau_Ca, grows by beta_Ca a spike.
   * Default: 0; allowed: finite and ≥ 0.
   */
  Ca: number;
}

/** What iaf_psc_exp_neuron nodes have as properties. */
export interface IafPscExpNeuronProperties<Many extends boolean> {
  /**
   * Membrane time constant: how fast the potential relaxes to E_L.
   * Unit: ms; default: 10; allowed: finite and > 0.
   */
  get tau_m(): Values<number, Many>;
  set tau_m(value: Input<number>);
  /**
   * Capacitance of the membrane.
   * Unit: pF; default: 250; allowed: finite and > 0.
   */
  get C_m(): Values<number, Many>;
  set C_m(value: Input<number>);
  /**
   * Refractory period, counted down by repeated subtraction of the resolution until nothing is
   * left.
   * Unit: ms; default: 2; allowed: finite and ≥ 0.
   */
  get refr_T(): Values<number, Many>;
  set refr_T(value: Input<number>);
  /**
   * Leak reversal potential: where the potential rests without input.
   * Unit: mV; default: -70.
   */
  get E_L(): Values<number, Many>;
  set E_L(value: Input<number>);
  /**
   * Constant current into the neuron.
   * Unit: pA; default: 0.
   */
  get I_e(): Values<number, Many>;
  set I_e(value: Input<number>);
  /**
   * Threshold: the neuron fires when its potential reaches this value; at Infinity never.
   * Unit: mV; default: -55; allowed: a finite number or Infinity.
   */
  get V_th(): Values<number, Many>;
  set V_th(value: Input<number>);
  /**
   * Potential right after a spike.
   * Unit: mV; default: -70.
   */
  get V_reset(): Values<number, Many>;
  set V_reset(value: Input<number>);
  /**
   * Decay time of the excitatory synaptic current.
   * Unit: ms; default: 2; allowed: finite and > 0.
   */
  get tau_syn_exc(): Values<number, Many>;
  set tau_syn_exc(value: Input<number>);
  /**
   * Decay time of the inhibitory synaptic current.
   * Unit: ms; default: 2; allowed: finite and > 0.
   */
  get tau_syn_inh(): Values<number, Many>;
  set tau_syn_inh(value: Input<number>);
  /**
   * Time constant of the postsynaptic trace that spike-timing dependent synapses read.
   * Unit: ms; default: 20; allowed: finite and > 0.
   */
  get tau_minus(): Values<number, Many>;
  set tau_minus(value: Input<number>);
  /**
   * Time constant of the slow postsynaptic trace of triplet rules.
   * Unit: ms; default: 110; allowed: finite and > 0.
   */
  get tau_minus_triplet(): Values<number, Many>;
  set tau_minus_triplet(value: Input<number>);
  /**
   * Time constant of the calcium concentration.
   * Unit: ms; default: 10000; allowed: finite and > 0.
   */
  get tau_Ca(): Values<number, Many>;
  set tau_Ca(value: Input<number>);
  /**
   * Rise of the calcium concentration at each spike.
   * Default: 0.001; allowed: finite and > 0.
   */
  get beta_Ca(): Values<number, Many>;
  set beta_Ca(value: Input<number>);
  /**
   * Without effect: this model heeds its threshold always.
   * Default: false; allowed: false.
   */
  get ignore_and_spike(): Values<boolean, Many>;
  set ignore_and_spike(value: Input<boolean>);
  /**
   * With ignore_and_spike: time until the first spike, counted from when the mechanism is first
   * used, or from when it is set again.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  get ignore_and_spike_offset(): Values<number, Many>;
  set ignore_and_spike_offset(value: Input<number>);
  /**
   * With ignore_and_spike: time between spikes.
   * Unit: ms; default: 100; allowed: finite and > 0.
   */
  get ignore_and_spike_interval(): Values<number, Many>;
  set ignore_and_spike_interval(value: Input<number>);
  /**
   * Time does not pass for the neuron: its state stays, what arrives is lost, nothing is recorded
   * of it.
   * Default: false.
   */
  get frozen(): Values<boolean, Many>;
  set frozen(value: Input<boolean>);
  /**
   * Membrane potential.
   * Unit: mV; default: -70.
   */
  get V_m(): Values<number, Many>;
  set V_m(value: Input<number>);
  /**
   * Excitatory synaptic current.
   * Unit: pA; default: 0.
   */
  get I_syn_exc(): Values<number, Many>;
  set I_syn_exc(value: Input<number>);
  /**
   * Inhibitory synaptic current; positive, it is subtracted.
   * Unit: pA; default: 0.
   */
  get I_syn_inh(): Values<number, Many>;
  set I_syn_inh(value: Input<number>);
  /**
   * Refractory time left; at most 0 when not refractory.
   * Unit: ms; default: 0.
   */
  get refr_t(): Values<number, Many>;
  set refr_t(value: Input<number>);
  /**
   * Calcium concentration: decays with tau_Ca, grows by beta_Ca a spike.
   * Default: 0; allowed: finite and ≥ 0.
   */
  get Ca(): Values<number, Many>;
  set Ca(value: Input<number>);
  /**
   * Time of the last spike; −1 before the first.
   * Unit: ms; default: -1; read only.
   */
  get t_spike(): Values<number, Many>;
  /**
   * The trace K− that plastic synapses onto the neuron read, at the present time; 0 without such
   * synapses.
   * Default: 0; read only.
   */
  get post_trace(): Values<number, Many>;
  /** What a multimeter can record: V_m, I_syn_exc, I_syn_inh, refr_t, Ca. */
  get recordables(): Values<string[], Many>;
}

/** What can be set for inhomogeneous_poisson_generator. */
export interface InhomogeneousPoissonGeneratorSettings {
  /**
   * Absolute times from which the rates hold. Those that are not later than now are passed over;
   * until the first that is, the rate in force stays.
   * Unit: ms; default: [].
   */
  rate_times: Float64Array;
  /**
   * Rates, one a time.
   * Unit: spikes/s; default: []; allowed: finite and ≥ 0.
   */
  rate_values: Float64Array;
  /**
   * Round times between grid points up instead of refusing them.
   * Default: false.
   */
  allow_offgrid_times: boolean;
  /**
   * Added to start and stop.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  origin: number;
  /**
   * Begin of activity, relative to origin.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  start: number;
  /**
   * End of activity, relative to origin.
   * Unit: ms; default: Infinity; allowed: ≥ 0.
   */
  stop: number;
  /**
   * A name for the user's own purposes.
   * Default: "".
   */
  label: string;
  /**
   * The device does nothing: it sends nothing, and what it would get is lost.
   * Default: false.
   */
  frozen: boolean;
}

/** What inhomogeneous_poisson_generator nodes have as properties. */
export interface InhomogeneousPoissonGeneratorProperties<Many extends boolean> {
  /**
   * Absolute times from which the rates hold. Those that are not later than now are passed over;
   * until the first that is, the rate in force stays.
   * Unit: ms; default: [].
   */
  get rate_times(): Values<Float64Array, Many>;
  set rate_times(value: Input<Float64Array>);
  /**
   * Rates, one a time.
   * Unit: spikes/s; default: []; allowed: finite and ≥ 0.
   */
  get rate_values(): Values<Float64Array, Many>;
  set rate_values(value: Input<Float64Array>);
  /**
   * Round times between grid points up instead of refusing them.
   * Default: false.
   */
  get allow_offgrid_times(): Values<boolean, Many>;
  set allow_offgrid_times(value: Input<boolean>);
  /**
   * Added to start and stop.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  get origin(): Values<number, Many>;
  set origin(value: Input<number>);
  /**
   * Begin of activity, relative to origin.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  get start(): Values<number, Many>;
  set start(value: Input<number>);
  /**
   * End of activity, relative to origin.
   * Unit: ms; default: Infinity; allowed: ≥ 0.
   */
  get stop(): Values<number, Many>;
  set stop(value: Input<number>);
  /**
   * A name for the user's own purposes.
   * Default: "".
   */
  get label(): Values<string, Many>;
  set label(value: Input<string>);
  /**
   * The device does nothing: it sends nothing, and what it would get is lost.
   * Default: false.
   */
  get frozen(): Values<boolean, Many>;
  set frozen(value: Input<boolean>);
}

/** What can be set for izhikevich. */
export interface IzhikevichSettings {
  /**
   * Rate of the recovery variable U_m: smaller is slower.
   * Unit: 1/ms; default: 0.02.
   */
  a: number;
  /**
   * Sensitivity of U_m to the potential below threshold.
   * Default: 0.2.
   */
  b: number;
  /**
   * Potential right after a spike.
   * Unit: mV; default: -65.
   */
  c: number;
  /**
   * Added to U_m at each spike.
   * Unit: mV; default: 8.
   */
  d: number;
  /**
   * Constant current into the neuron.
   * Unit: pA; default: 0.
   */
  I_e: number;
  /**
   * Cut-off of the spike: the neuron fires and is reset when its potential reaches this value; at
   * Infinity never.
   * Unit: mV; default: 30; allowed: a finite number or Infinity.
   */
  V_th: number;
  /**
   * Lower bound of the potential; the default means that there is none.
   * Unit: mV; default: -1.7976931348623157e+308; allowed: a finite number or -Infinity.
   */
  V_min: number;
  /**
   * Forward Euler at any resolution; if false, the published scheme, which halves the step of the
   * potential and is meant for a resolution of 1 ms.
   * Default: true.
   */
  consistent_integration: boolean;
  /**
   * Time constant of the postsynaptic trace that spike-timing dependent synapses read.
   * Unit: ms; default: 20; allowed: finite and > 0.
   */
  tau_minus: number;
  /**
   * Time constant of the slow postsynaptic trace of triplet rules.
   * Unit: ms; default: 110; allowed: finite and > 0.
   */
  tau_minus_triplet: number;
  /**
   * Time constant of the calcium concentration.
   * Unit: ms; default: 10000; allowed: finite and > 0.
   */
  tau_Ca: number;
  /**
   * Rise of the calcium concentration at each spike.
   * Default: 0.001; allowed: finite and > 0.
   */
  beta_Ca: number;
  /**
   * Without effect: this model heeds its threshold always.
   * Default: false; allowed: false.
   */
  ignore_and_spike: boolean;
  /**
   * With ignore_and_spike: time until the first spike, counted from when the mechanism is first
   * used, or from when it is set again.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  ignore_and_spike_offset: number;
  /**
   * With ignore_and_spike: time between spikes.
   * Unit: ms; default: 100; allowed: finite and > 0.
   */
  ignore_and_spike_interval: number;
  /**
   * Time does not pass for the neuron: its state stays, what arrives is lost, nothing is recorded
   * of it.
   * Default: false.
   */
  frozen: boolean;
  /**
   * Membrane potential.
   * Unit: mV; default: -65.
   */
  V_m: number;
  /**
   * Recovery variable.
   * Unit: mV; default: -13.
   */
  U_m: number;
  /**
   * Calcium concentration: decays with tau_Ca, grows by beta_Ca a spike.
   * Default: 0; allowed: finite and ≥ 0.
   */
  Ca: number;
}

/** What izhikevich nodes have as properties. */
export interface IzhikevichProperties<Many extends boolean> {
  /**
   * Rate of the recovery variable U_m: smaller is slower.
   * Unit: 1/ms; default: 0.02.
   */
  get a(): Values<number, Many>;
  set a(value: Input<number>);
  /**
   * Sensitivity of U_m to the potential below threshold.
   * Default: 0.2.
   */
  get b(): Values<number, Many>;
  set b(value: Input<number>);
  /**
   * Potential right after a spike.
   * Unit: mV; default: -65.
   */
  get c(): Values<number, Many>;
  set c(value: Input<number>);
  /**
   * Added to U_m at each spike.
   * Unit: mV; default: 8.
   */
  get d(): Values<number, Many>;
  set d(value: Input<number>);
  /**
   * Constant current into the neuron.
   * Unit: pA; default: 0.
   */
  get I_e(): Values<number, Many>;
  set I_e(value: Input<number>);
  /**
   * Cut-off of the spike: the neuron fires and is reset when its potential reaches this value; at
   * Infinity never.
   * Unit: mV; default: 30; allowed: a finite number or Infinity.
   */
  get V_th(): Values<number, Many>;
  set V_th(value: Input<number>);
  /**
   * Lower bound of the potential; the default means that there is none.
   * Unit: mV; default: -1.7976931348623157e+308; allowed: a finite number or -Infinity.
   */
  get V_min(): Values<number, Many>;
  set V_min(value: Input<number>);
  /**
   * Forward Euler at any resolution; if false, the published scheme, which halves the step of the
   * potential and is meant for a resolution of 1 ms.
   * Default: true.
   */
  get consistent_integration(): Values<boolean, Many>;
  set consistent_integration(value: Input<boolean>);
  /**
   * Time constant of the postsynaptic trace that spike-timing dependent synapses read.
   * Unit: ms; default: 20; allowed: finite and > 0.
   */
  get tau_minus(): Values<number, Many>;
  set tau_minus(value: Input<number>);
  /**
   * Time constant of the slow postsynaptic trace of triplet rules.
   * Unit: ms; default: 110; allowed: finite and > 0.
   */
  get tau_minus_triplet(): Values<number, Many>;
  set tau_minus_triplet(value: Input<number>);
  /**
   * Time constant of the calcium concentration.
   * Unit: ms; default: 10000; allowed: finite and > 0.
   */
  get tau_Ca(): Values<number, Many>;
  set tau_Ca(value: Input<number>);
  /**
   * Rise of the calcium concentration at each spike.
   * Default: 0.001; allowed: finite and > 0.
   */
  get beta_Ca(): Values<number, Many>;
  set beta_Ca(value: Input<number>);
  /**
   * Without effect: this model heeds its threshold always.
   * Default: false; allowed: false.
   */
  get ignore_and_spike(): Values<boolean, Many>;
  set ignore_and_spike(value: Input<boolean>);
  /**
   * With ignore_and_spike: time until the first spike, counted from when the mechanism is first
   * used, or from when it is set again.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  get ignore_and_spike_offset(): Values<number, Many>;
  set ignore_and_spike_offset(value: Input<number>);
  /**
   * With ignore_and_spike: time between spikes.
   * Unit: ms; default: 100; allowed: finite and > 0.
   */
  get ignore_and_spike_interval(): Values<number, Many>;
  set ignore_and_spike_interval(value: Input<number>);
  /**
   * Time does not pass for the neuron: its state stays, what arrives is lost, nothing is recorded
   * of it.
   * Default: false.
   */
  get frozen(): Values<boolean, Many>;
  set frozen(value: Input<boolean>);
  /**
   * Membrane potential.
   * Unit: mV; default: -65.
   */
  get V_m(): Values<number, Many>;
  set V_m(value: Input<number>);
  /**
   * Recovery variable.
   * Unit: mV; default: -13.
   */
  get U_m(): Values<number, Many>;
  set U_m(value: Input<number>);
  /**
   * Calcium concentration: decays with tau_Ca, grows by beta_Ca a spike.
   * Default: 0; allowed: finite and ≥ 0.
   */
  get Ca(): Values<number, Many>;
  set Ca(value: Input<number>);
  /**
   * Time of the last spike; −1 before the first.
   * Unit: ms; default: -1; read only.
   */
  get t_spike(): Values<number, Many>;
  /**
   * The trace K− that plastic synapses onto the neuron read, at the present time; 0 without such
   * synapses.
   * Default: 0; read only.
   */
  get post_trace(): Values<number, Many>;
  /** What a multimeter can record: V_m, U_m, Ca. */
  get recordables(): Values<string[], Many>;
}

/** What can be set for linear_poisson_neuron. */
export interface LinearPoissonNeuronSettings {
  /**
   * Rate without input.
   * Unit: 1/s; default: 10; allowed: finite and ≥ 0.
   */
  nu_0: number;
  /**
   * How long an input spike acts: the time constant of ε.
   * Unit: ms; default: 10; allowed: finite and > 0.
   */
  tau_syn: number;
  /**
   * Spikes that are drawn within this time after a spike do not happen; rounded up to whole steps.
   * Unit: ms; default: 0.2; allowed: finite and ≥ 0.
   */
  t_ref: number;
  /**
   * Time constant of the postsynaptic trace that spike-timing dependent synapses read.
   * Unit: ms; default: 20; allowed: finite and > 0.
   */
  tau_minus: number;
  /**
   * Time constant of the slow postsynaptic trace of triplet rules.
   * Unit: ms; default: 110; allowed: finite and > 0.
   */
  tau_minus_triplet: number;
  /**
   * Time constant of the calcium concentration.
   * Unit: ms; default: 10000; allowed: finite and > 0.
   */
  tau_Ca: number;
  /**
   * Rise of the calcium concentration at each spike.
   * Default: 0.001; allowed: finite and > 0.
   */
  beta_Ca: number;
  /**
   * Without effect: this model heeds its threshold always.
   * Default: false; allowed: false.
   */
  ignore_and_spike: boolean;
  /**
   * With ignore_and_spike: time until the first spike, counted from when the mechanism is first
   * used, or from when it is set again.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  ignore_and_spike_offset: number;
  /**
   * With ignore_and_spike: time between spikes.
   * Unit: ms; default: 100; allowed: finite and > 0.
   */
  ignore_and_spike_interval: number;
  /**
   * Time does not pass for the neuron: its state stays, what arrives is lost, nothing is recorded
   * of it.
   * Default: false.
   */
  frozen: boolean;
  /**
   * Rate at which the neuron fires, at present.
   * Unit: 1/s; default: 10; allowed: finite and ≥ 0.
   */
  rate: number;
  /**
   * Calcium concentration: decays with tau_Ca, grows by beta_Ca a spike.
   * Default: 0; allowed: finite and ≥ 0.
   */
  Ca: number;
}

/** What linear_poisson_neuron nodes have as properties. */
export interface LinearPoissonNeuronProperties<Many extends boolean> {
  /**
   * Rate without input.
   * Unit: 1/s; default: 10; allowed: finite and ≥ 0.
   */
  get nu_0(): Values<number, Many>;
  set nu_0(value: Input<number>);
  /**
   * How long an input spike acts: the time constant of ε.
   * Unit: ms; default: 10; allowed: finite and > 0.
   */
  get tau_syn(): Values<number, Many>;
  set tau_syn(value: Input<number>);
  /**
   * Spikes that are drawn within this time after a spike do not happen; rounded up to whole steps.
   * Unit: ms; default: 0.2; allowed: finite and ≥ 0.
   */
  get t_ref(): Values<number, Many>;
  set t_ref(value: Input<number>);
  /**
   * Time constant of the postsynaptic trace that spike-timing dependent synapses read.
   * Unit: ms; default: 20; allowed: finite and > 0.
   */
  get tau_minus(): Values<number, Many>;
  set tau_minus(value: Input<number>);
  /**
   * Time constant of the slow postsynaptic trace of triplet rules.
   * Unit: ms; default: 110; allowed: finite and > 0.
   */
  get tau_minus_triplet(): Values<number, Many>;
  set tau_minus_triplet(value: Input<number>);
  /**
   * Time constant of the calcium concentration.
   * Unit: ms; default: 10000; allowed: finite and > 0.
   */
  get tau_Ca(): Values<number, Many>;
  set tau_Ca(value: Input<number>);
  /**
   * Rise of the calcium concentration at each spike.
   * Default: 0.001; allowed: finite and > 0.
   */
  get beta_Ca(): Values<number, Many>;
  set beta_Ca(value: Input<number>);
  /**
   * Without effect: this model heeds its threshold always.
   * Default: false; allowed: false.
   */
  get ignore_and_spike(): Values<boolean, Many>;
  set ignore_and_spike(value: Input<boolean>);
  /**
   * With ignore_and_spike: time until the first spike, counted from when the mechanism is first
   * used, or from when it is set again.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  get ignore_and_spike_offset(): Values<number, Many>;
  set ignore_and_spike_offset(value: Input<number>);
  /**
   * With ignore_and_spike: time between spikes.
   * Unit: ms; default: 100; allowed: finite and > 0.
   */
  get ignore_and_spike_interval(): Values<number, Many>;
  set ignore_and_spike_interval(value: Input<number>);
  /**
   * Time does not pass for the neuron: its state stays, what arrives is lost, nothing is recorded
   * of it.
   * Default: false.
   */
  get frozen(): Values<boolean, Many>;
  set frozen(value: Input<boolean>);
  /**
   * Rate at which the neuron fires, at present.
   * Unit: 1/s; default: 10; allowed: finite and ≥ 0.
   */
  get rate(): Values<number, Many>;
  set rate(value: Input<number>);
  /**
   * Calcium concentration: decays with tau_Ca, grows by beta_Ca a spike.
   * Default: 0; allowed: finite and ≥ 0.
   */
  get Ca(): Values<number, Many>;
  set Ca(value: Input<number>);
  /**
   * Time of the last spike; −1 before the first.
   * Unit: ms; default: -1; read only.
   */
  get t_spike(): Values<number, Many>;
  /**
   * The trace K− that plastic synapses onto the neuron read, at the present time; 0 without such
   * synapses.
   * Default: 0; read only.
   */
  get post_trace(): Values<number, Many>;
  /** What a multimeter can record: rate, Ca. */
  get recordables(): Values<string[], Many>;
}

/** What can be set for multimeter. */
export interface MultimeterSettings {
  /**
   * Interval between samples.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  interval: number;
  /**
   * Shift of the sampling times.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  offset: number;
  /**
   * Names of the recordables to sample.
   * Default: [].
   */
  record_from: string[];
  /**
   * Added to start and stop.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  origin: number;
  /**
   * Events after this time are recorded.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  start: number;
  /**
   * Events up to and including this time are recorded.
   * Unit: ms; default: Infinity; allowed: ≥ 0.
   */
  stop: number;
  /**
   * A name for the user's own purposes.
   * Default: "".
   */
  label: string;
  /**
   * Where events go: "memory", "ascii" (a text file), "file" (a binary file: see file_extension) or
   * "screen". A synapse_recorder has only "memory".
   * Default: "memory".
   */
  record_to: string;
  /**
   * Give times in steps, and offsets in ms.
   * Default: false.
   */
  time_in_steps: boolean;
  /**
   * Digits behind the point in files and on the screen.
   * Default: 3; allowed: in [0, 100].
   */
  precision: number;
  /**
   * What the name of a file ends with. With "file" it is its format: "arrow" or "arrows" (a stream
   * of Apache Arrow), "npy" (an array of NumPy).
   * Default: "dat".
   */
  file_extension: string;
  /**
   * Number of events recorded; set it to 0 to clear them.
   * Default: 0; allowed: finite and ≥ 0.
   */
  n_events: number;
  /**
   * The device does nothing: it sends nothing, and what it would get is lost.
   * Default: false.
   */
  frozen: boolean;
}

/** What multimeter nodes have as properties. */
export interface MultimeterProperties<Many extends boolean> {
  /**
   * Interval between samples.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  get interval(): Values<number, Many>;
  set interval(value: Input<number>);
  /**
   * Shift of the sampling times.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  get offset(): Values<number, Many>;
  set offset(value: Input<number>);
  /**
   * Names of the recordables to sample.
   * Default: [].
   */
  get record_from(): Values<string[], Many>;
  set record_from(value: Input<string[]>);
  /**
   * Added to start and stop.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  get origin(): Values<number, Many>;
  set origin(value: Input<number>);
  /**
   * Events after this time are recorded.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  get start(): Values<number, Many>;
  set start(value: Input<number>);
  /**
   * Events up to and including this time are recorded.
   * Unit: ms; default: Infinity; allowed: ≥ 0.
   */
  get stop(): Values<number, Many>;
  set stop(value: Input<number>);
  /**
   * A name for the user's own purposes.
   * Default: "".
   */
  get label(): Values<string, Many>;
  set label(value: Input<string>);
  /**
   * Where events go: "memory", "ascii" (a text file), "file" (a binary file: see file_extension) or
   * "screen". A synapse_recorder has only "memory".
   * Default: "memory".
   */
  get record_to(): Values<string, Many>;
  set record_to(value: Input<string>);
  /**
   * Give times in steps, and offsets in ms.
   * Default: false.
   */
  get time_in_steps(): Values<boolean, Many>;
  set time_in_steps(value: Input<boolean>);
  /**
   * Digits behind the point in files and on the screen.
   * Default: 3; allowed: in [0, 100].
   */
  get precision(): Values<number, Many>;
  set precision(value: Input<number>);
  /**
   * What the name of a file ends with. With "file" it is its format: "arrow" or "arrows" (a stream
   * of Apache Arrow), "npy" (an array of NumPy).
   * Default: "dat".
   */
  get file_extension(): Values<string, Many>;
  set file_extension(value: Input<string>);
  /**
   * The file that "ascii" and "file" write to:
   * data_path/data_prefix(label|model)-ID-0.file_extension.
   * Default: []; read only.
   */
  get filenames(): Values<string[], Many>;
  /**
   * Number of events recorded; set it to 0 to clear them.
   * Default: 0; allowed: finite and ≥ 0.
   */
  get n_events(): Values<number, Many>;
  set n_events(value: Input<number>);
  /**
   * What was recorded, sorted by time and sender.
   * Default: {}; read only.
   */
  get events(): Values<RecordedEvents, Many>;
  /**
   * The device does nothing: it sends nothing, and what it would get is lost.
   * Default: false.
   */
  get frozen(): Values<boolean, Many>;
  set frozen(value: Input<boolean>);
}

/** What can be set for noise_generator. */
export interface NoiseGeneratorSettings {
  /**
   * Mean of the current.
   * Unit: pA; default: 0; allowed: in [-1e+290, 1e+290].
   */
  mean: number;
  /**
   * Standard deviation of the current.
   * Unit: pA; default: 0; allowed: in [0, 1e+150].
   */
  std: number;
  /**
   * Modulated part of the standard deviation, ≤ std.
   * Unit: pA; default: 0; allowed: in [0, 1e+150].
   */
  std_mod: number;
  /**
   * Frequency of the modulation.
   * Unit: Hz; default: 0; allowed: in [-1e+280, 1e+280].
   */
  frequency: number;
  /**
   * Phase of the modulation at time 0.
   * Unit: deg; default: 0; allowed: in [-1e+290, 1e+290].
   */
  phase: number;
  /**
   * Interval between new values; the default is ten steps.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  dt: number;
  /**
   * Added to start and stop.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  origin: number;
  /**
   * Begin of activity, relative to origin.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  start: number;
  /**
   * End of activity, relative to origin.
   * Unit: ms; default: Infinity; allowed: ≥ 0.
   */
  stop: number;
  /**
   * A name for the user's own purposes.
   * Default: "".
   */
  label: string;
  /**
   * The device does nothing: it sends nothing, and what it would get is lost.
   * Default: false.
   */
  frozen: boolean;
}

/** What noise_generator nodes have as properties. */
export interface NoiseGeneratorProperties<Many extends boolean> {
  /**
   * Mean of the current.
   * Unit: pA; default: 0; allowed: in [-1e+290, 1e+290].
   */
  get mean(): Values<number, Many>;
  set mean(value: Input<number>);
  /**
   * Standard deviation of the current.
   * Unit: pA; default: 0; allowed: in [0, 1e+150].
   */
  get std(): Values<number, Many>;
  set std(value: Input<number>);
  /**
   * Modulated part of the standard deviation, ≤ std.
   * Unit: pA; default: 0; allowed: in [0, 1e+150].
   */
  get std_mod(): Values<number, Many>;
  set std_mod(value: Input<number>);
  /**
   * Frequency of the modulation.
   * Unit: Hz; default: 0; allowed: in [-1e+280, 1e+280].
   */
  get frequency(): Values<number, Many>;
  set frequency(value: Input<number>);
  /**
   * Phase of the modulation at time 0.
   * Unit: deg; default: 0; allowed: in [-1e+290, 1e+290].
   */
  get phase(): Values<number, Many>;
  set phase(value: Input<number>);
  /**
   * Interval between new values; the default is ten steps.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  get dt(): Values<number, Many>;
  set dt(value: Input<number>);
  /**
   * Added to start and stop.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  get origin(): Values<number, Many>;
  set origin(value: Input<number>);
  /**
   * Begin of activity, relative to origin.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  get start(): Values<number, Many>;
  set start(value: Input<number>);
  /**
   * End of activity, relative to origin.
   * Unit: ms; default: Infinity; allowed: ≥ 0.
   */
  get stop(): Values<number, Many>;
  set stop(value: Input<number>);
  /**
   * A name for the user's own purposes.
   * Default: "".
   */
  get label(): Values<string, Many>;
  set label(value: Input<string>);
  /**
   * The device does nothing: it sends nothing, and what it would get is lost.
   * Default: false.
   */
  get frozen(): Values<boolean, Many>;
  set frozen(value: Input<boolean>);
  /** What a multimeter can record: I. */
  get recordables(): Values<string[], Many>;
}

/** What can be set for parrot_neuron. */
export interface ParrotNeuronSettings {
  /**
   * Time constant of the postsynaptic trace that spike-timing dependent synapses read.
   * Unit: ms; default: 20; allowed: finite and > 0.
   */
  tau_minus: number;
  /**
   * Time constant of the slow postsynaptic trace of triplet rules.
   * Unit: ms; default: 110; allowed: finite and > 0.
   */
  tau_minus_triplet: number;
  /**
   * Time constant of the calcium concentration.
   * Unit: ms; default: 10000; allowed: finite and > 0.
   */
  tau_Ca: number;
  /**
   * Rise of the calcium concentration at each spike.
   * Default: 0.001; allowed: finite and > 0.
   */
  beta_Ca: number;
  /**
   * Without effect: this model heeds its threshold always.
   * Default: false; allowed: false.
   */
  ignore_and_spike: boolean;
  /**
   * With ignore_and_spike: time until the first spike, counted from when the mechanism is first
   * used, or from when it is set again.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  ignore_and_spike_offset: number;
  /**
   * With ignore_and_spike: time between spikes.
   * Unit: ms; default: 100; allowed: finite and > 0.
   */
  ignore_and_spike_interval: number;
  /**
   * Time does not pass for the neuron: its state stays, what arrives is lost, nothing is recorded
   * of it.
   * Default: false.
   */
  frozen: boolean;
  /**
   * Calcium concentration: decays with tau_Ca, grows by beta_Ca a spike.
   * Default: 0; allowed: finite and ≥ 0.
   */
  Ca: number;
}

/** What parrot_neuron nodes have as properties. */
export interface ParrotNeuronProperties<Many extends boolean> {
  /**
   * Time constant of the postsynaptic trace that spike-timing dependent synapses read.
   * Unit: ms; default: 20; allowed: finite and > 0.
   */
  get tau_minus(): Values<number, Many>;
  set tau_minus(value: Input<number>);
  /**
   * Time constant of the slow postsynaptic trace of triplet rules.
   * Unit: ms; default: 110; allowed: finite and > 0.
   */
  get tau_minus_triplet(): Values<number, Many>;
  set tau_minus_triplet(value: Input<number>);
  /**
   * Time constant of the calcium concentration.
   * Unit: ms; default: 10000; allowed: finite and > 0.
   */
  get tau_Ca(): Values<number, Many>;
  set tau_Ca(value: Input<number>);
  /**
   * Rise of the calcium concentration at each spike.
   * Default: 0.001; allowed: finite and > 0.
   */
  get beta_Ca(): Values<number, Many>;
  set beta_Ca(value: Input<number>);
  /**
   * Without effect: this model heeds its threshold always.
   * Default: false; allowed: false.
   */
  get ignore_and_spike(): Values<boolean, Many>;
  set ignore_and_spike(value: Input<boolean>);
  /**
   * With ignore_and_spike: time until the first spike, counted from when the mechanism is first
   * used, or from when it is set again.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  get ignore_and_spike_offset(): Values<number, Many>;
  set ignore_and_spike_offset(value: Input<number>);
  /**
   * With ignore_and_spike: time between spikes.
   * Unit: ms; default: 100; allowed: finite and > 0.
   */
  get ignore_and_spike_interval(): Values<number, Many>;
  set ignore_and_spike_interval(value: Input<number>);
  /**
   * Time does not pass for the neuron: its state stays, what arrives is lost, nothing is recorded
   * of it.
   * Default: false.
   */
  get frozen(): Values<boolean, Many>;
  set frozen(value: Input<boolean>);
  /**
   * Calcium concentration: decays with tau_Ca, grows by beta_Ca a spike.
   * Default: 0; allowed: finite and ≥ 0.
   */
  get Ca(): Values<number, Many>;
  set Ca(value: Input<number>);
  /**
   * Time of the last spike; −1 before the first.
   * Unit: ms; default: -1; read only.
   */
  get t_spike(): Values<number, Many>;
  /**
   * The trace K− that plastic synapses onto the neuron read, at the present time; 0 without such
   * synapses.
   * Default: 0; read only.
   */
  get post_trace(): Values<number, Many>;
}

/** What can be set for poisson_generator. */
export interface PoissonGeneratorSettings {
  /**
   * Mean firing rate.
   * Unit: spikes/s; default: 0; allowed: in [0, 1000000000].
   */
  rate: number;
  /**
   * Added to start and stop.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  origin: number;
  /**
   * Begin of activity, relative to origin.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  start: number;
  /**
   * End of activity, relative to origin.
   * Unit: ms; default: Infinity; allowed: ≥ 0.
   */
  stop: number;
  /**
   * A name for the user's own purposes.
   * Default: "".
   */
  label: string;
  /**
   * The device does nothing: it sends nothing, and what it would get is lost.
   * Default: false.
   */
  frozen: boolean;
}

/** What poisson_generator nodes have as properties. */
export interface PoissonGeneratorProperties<Many extends boolean> {
  /**
   * Mean firing rate.
   * Unit: spikes/s; default: 0; allowed: in [0, 1000000000].
   */
  get rate(): Values<number, Many>;
  set rate(value: Input<number>);
  /**
   * Added to start and stop.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  get origin(): Values<number, Many>;
  set origin(value: Input<number>);
  /**
   * Begin of activity, relative to origin.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  get start(): Values<number, Many>;
  set start(value: Input<number>);
  /**
   * End of activity, relative to origin.
   * Unit: ms; default: Infinity; allowed: ≥ 0.
   */
  get stop(): Values<number, Many>;
  set stop(value: Input<number>);
  /**
   * A name for the user's own purposes.
   * Default: "".
   */
  get label(): Values<string, Many>;
  set label(value: Input<string>);
  /**
   * The device does nothing: it sends nothing, and what it would get is lost.
   * Default: false.
   */
  get frozen(): Values<boolean, Many>;
  set frozen(value: Input<boolean>);
}

/** What can be set for reward_transmitter. */
export interface RewardTransmitterSettings {
  /**
   * Reward of every step from now on, until the first of reward_times; given alone, it replaces
   * what is left of the time line. Reads as the reward in force.
   * Default: 0.
   */
  reward: number;
  /**
   * Absolute times: the value of that place holds for the step that ends there and later. Those
   * that are not later than now are passed over; until the first that is, the reward in force
   * stays.
   * Unit: ms; default: []; allowed: finite and > 0.
   */
  reward_times: Float64Array;
  /**
   * Rewards, one a time.
   * Default: [].
   */
  reward_values: Float64Array;
  /**
   * Round times between grid points up instead of refusing them.
   * Default: false.
   */
  allow_offgrid_times: boolean;
  /**
   * A spike that arrives at receptor 0 adds its weight times A_1 (s/tau_1) exp(-s/tau_1) - A_2
   * (s/tau_2) exp(-s/tau_2) to the reward, s ms later. For synapses with a reward in continuous
   * time, as are all that follow.
   * Unit: 1/ms; default: 0.
   */
  A_1: number;
  /**
   * See A_1.
   * Unit: ms; default: 200; allowed: finite and > 0.
   */
  tau_1: number;
  /**
   * See A_1.
   * Unit: 1/ms; default: 0.
   */
  A_2: number;
  /**
   * See A_1.
   * Unit: ms; default: 1000; allowed: finite and > 0.
   */
  tau_2: number;
  /**
   * Area of a pulse of reward, times the weight, at the arrival of a spike at receptor 0: weights
   * change by it times the eligibility.
   * Default: 0.
   */
  pulse: number;
  /**
   * Pairs of a spike at receptor 1 (of a learner) with one at receptor 2 (of its target), r ms
   * before it, send pulses of area kappa_plus (exp(-x/tau_kappa_1) - exp(-x/tau_kappa_2)) where x =
   * r + kappa_shift is greater than kappa_gap ….
   * Default: 0.
   */
  kappa_plus: number;
  /**
   * … and kappa_minus (exp(x/tau_kappa_1) - exp(x/tau_kappa_2)) where x is less than -kappa_gap.
   * Default: 0.
   */
  kappa_minus: number;
  /**
   * See kappa_plus.
   * Unit: ms; default: 30; allowed: finite and > 0.
   */
  tau_kappa_1: number;
  /**
   * See kappa_plus.
   * Unit: ms; default: 4; allowed: finite and > 0.
   */
  tau_kappa_2: number;
  /**
   * See kappa_plus.
   * Unit: ms; default: 0.
   */
  kappa_shift: number;
  /**
   * See kappa_plus.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  kappa_gap: number;
  /**
   * Pairs of spikes further apart than this send nothing.
   * Unit: ms; default: 150; allowed: finite and ≥ 0.
   */
  kappa_window: number;
  /**
   * From the later spike of a pair to its pulse; rounded to the grid.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  kappa_delay: number;
  /**
   * Set to true: what spikes have sent so far is forgotten, also what is on its way. Reads as
   * false.
   * Default: false.
   */
  clear: boolean;
  /**
   * The device does nothing: it sends nothing, and what it would get is lost.
   * Default: false.
   */
  frozen: boolean;
}

/** What reward_transmitter nodes have as properties. */
export interface RewardTransmitterProperties<Many extends boolean> {
  /**
   * Reward of every step from now on, until the first of reward_times; given alone, it replaces
   * what is left of the time line. Reads as the reward in force.
   * Default: 0.
   */
  get reward(): Values<number, Many>;
  set reward(value: Input<number>);
  /**
   * Absolute times: the value of that place holds for the step that ends there and later. Those
   * that are not later than now are passed over; until the first that is, the reward in force
   * stays.
   * Unit: ms; default: []; allowed: finite and > 0.
   */
  get reward_times(): Values<Float64Array, Many>;
  set reward_times(value: Input<Float64Array>);
  /**
   * Rewards, one a time.
   * Default: [].
   */
  get reward_values(): Values<Float64Array, Many>;
  set reward_values(value: Input<Float64Array>);
  /**
   * Round times between grid points up instead of refusing them.
   * Default: false.
   */
  get allow_offgrid_times(): Values<boolean, Many>;
  set allow_offgrid_times(value: Input<boolean>);
  /**
   * A spike that arrives at receptor 0 adds its weight times A_1 (s/tau_1) exp(-s/tau_1) - A_2
   * (s/tau_2) exp(-s/tau_2) to the reward, s ms later. For synapses with a reward in continuous
   * time, as are all that follow.
   * Unit: 1/ms; default: 0.
   */
  get A_1(): Values<number, Many>;
  set A_1(value: Input<number>);
  /**
   * See A_1.
   * Unit: ms; default: 200; allowed: finite and > 0.
   */
  get tau_1(): Values<number, Many>;
  set tau_1(value: Input<number>);
  /**
   * See A_1.
   * Unit: 1/ms; default: 0.
   */
  get A_2(): Values<number, Many>;
  set A_2(value: Input<number>);
  /**
   * See A_1.
   * Unit: ms; default: 1000; allowed: finite and > 0.
   */
  get tau_2(): Values<number, Many>;
  set tau_2(value: Input<number>);
  /**
   * Area of a pulse of reward, times the weight, at the arrival of a spike at receptor 0: weights
   * change by it times the eligibility.
   * Default: 0.
   */
  get pulse(): Values<number, Many>;
  set pulse(value: Input<number>);
  /**
   * Pairs of a spike at receptor 1 (of a learner) with one at receptor 2 (of its target), r ms
   * before it, send pulses of area kappa_plus (exp(-x/tau_kappa_1) - exp(-x/tau_kappa_2)) where x =
   * r + kappa_shift is greater than kappa_gap ….
   * Default: 0.
   */
  get kappa_plus(): Values<number, Many>;
  set kappa_plus(value: Input<number>);
  /**
   * … and kappa_minus (exp(x/tau_kappa_1) - exp(x/tau_kappa_2)) where x is less than -kappa_gap.
   * Default: 0.
   */
  get kappa_minus(): Values<number, Many>;
  set kappa_minus(value: Input<number>);
  /**
   * See kappa_plus.
   * Unit: ms; default: 30; allowed: finite and > 0.
   */
  get tau_kappa_1(): Values<number, Many>;
  set tau_kappa_1(value: Input<number>);
  /**
   * See kappa_plus.
   * Unit: ms; default: 4; allowed: finite and > 0.
   */
  get tau_kappa_2(): Values<number, Many>;
  set tau_kappa_2(value: Input<number>);
  /**
   * See kappa_plus.
   * Unit: ms; default: 0.
   */
  get kappa_shift(): Values<number, Many>;
  set kappa_shift(value: Input<number>);
  /**
   * See kappa_plus.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  get kappa_gap(): Values<number, Many>;
  set kappa_gap(value: Input<number>);
  /**
   * Pairs of spikes further apart than this send nothing.
   * Unit: ms; default: 150; allowed: finite and ≥ 0.
   */
  get kappa_window(): Values<number, Many>;
  set kappa_window(value: Input<number>);
  /**
   * From the later spike of a pair to its pulse; rounded to the grid.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  get kappa_delay(): Values<number, Many>;
  set kappa_delay(value: Input<number>);
  /**
   * Set to true: what spikes have sent so far is forgotten, also what is on its way. Reads as
   * false.
   * Default: false.
   */
  get clear(): Values<boolean, Many>;
  set clear(value: Input<boolean>);
  /**
   * The device does nothing: it sends nothing, and what it would get is lost.
   * Default: false.
   */
  get frozen(): Values<boolean, Many>;
  set frozen(value: Input<boolean>);
}

/** What can be set for spike_generator. */
export interface SpikeGeneratorSettings {
  /**
   * Times of the spikes, relative to origin, in ascending order.
   * Unit: ms; default: [].
   */
  spike_times: Float64Array;
  /**
   * Factors to the connections' weights, one a spike; empty: 1.
   * Default: [].
   */
  spike_weights: Float64Array;
  /**
   * How many spikes occur at each time; empty: 1.
   * Default: []; allowed: finite and ≥ 0.
   */
  spike_multiplicities: Float64Array;
  /**
   * Keep times between grid points; delivered on the grid point after.
   * Default: false.
   */
  precise_times: boolean;
  /**
   * Round times between grid points up instead of refusing them.
   * Default: false.
   */
  allow_offgrid_times: boolean;
  /**
   * Shift spikes at the present time one step into the future.
   * Default: false.
   */
  shift_now_spikes: boolean;
  /**
   * Added to start and stop.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  origin: number;
  /**
   * Begin of activity, relative to origin.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  start: number;
  /**
   * End of activity, relative to origin.
   * Unit: ms; default: Infinity; allowed: ≥ 0.
   */
  stop: number;
  /**
   * A name for the user's own purposes.
   * Default: "".
   */
  label: string;
  /**
   * The device does nothing: it sends nothing, and what it would get is lost.
   * Default: false.
   */
  frozen: boolean;
}

/** What spike_generator nodes have as properties. */
export interface SpikeGeneratorProperties<Many extends boolean> {
  /**
   * Times of the spikes, relative to origin, in ascending order.
   * Unit: ms; default: [].
   */
  get spike_times(): Values<Float64Array, Many>;
  set spike_times(value: Input<Float64Array>);
  /**
   * Factors to the connections' weights, one a spike; empty: 1.
   * Default: [].
   */
  get spike_weights(): Values<Float64Array, Many>;
  set spike_weights(value: Input<Float64Array>);
  /**
   * How many spikes occur at each time; empty: 1.
   * Default: []; allowed: finite and ≥ 0.
   */
  get spike_multiplicities(): Values<Float64Array, Many>;
  set spike_multiplicities(value: Input<Float64Array>);
  /**
   * Keep times between grid points; delivered on the grid point after.
   * Default: false.
   */
  get precise_times(): Values<boolean, Many>;
  set precise_times(value: Input<boolean>);
  /**
   * Round times between grid points up instead of refusing them.
   * Default: false.
   */
  get allow_offgrid_times(): Values<boolean, Many>;
  set allow_offgrid_times(value: Input<boolean>);
  /**
   * Shift spikes at the present time one step into the future.
   * Default: false.
   */
  get shift_now_spikes(): Values<boolean, Many>;
  set shift_now_spikes(value: Input<boolean>);
  /**
   * Added to start and stop.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  get origin(): Values<number, Many>;
  set origin(value: Input<number>);
  /**
   * Begin of activity, relative to origin.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  get start(): Values<number, Many>;
  set start(value: Input<number>);
  /**
   * End of activity, relative to origin.
   * Unit: ms; default: Infinity; allowed: ≥ 0.
   */
  get stop(): Values<number, Many>;
  set stop(value: Input<number>);
  /**
   * A name for the user's own purposes.
   * Default: "".
   */
  get label(): Values<string, Many>;
  set label(value: Input<string>);
  /**
   * The device does nothing: it sends nothing, and what it would get is lost.
   * Default: false.
   */
  get frozen(): Values<boolean, Many>;
  set frozen(value: Input<boolean>);
}

/** What can be set for spike_recorder. */
export interface SpikeRecorderSettings {
  /**
   * Added to start and stop.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  origin: number;
  /**
   * Events after this time are recorded.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  start: number;
  /**
   * Events up to and including this time are recorded.
   * Unit: ms; default: Infinity; allowed: ≥ 0.
   */
  stop: number;
  /**
   * A name for the user's own purposes.
   * Default: "".
   */
  label: string;
  /**
   * Where events go: "memory", "ascii" (a text file), "file" (a binary file: see file_extension) or
   * "screen". A synapse_recorder has only "memory".
   * Default: "memory".
   */
  record_to: string;
  /**
   * Give times in steps, and offsets in ms.
   * Default: false.
   */
  time_in_steps: boolean;
  /**
   * Digits behind the point in files and on the screen.
   * Default: 3; allowed: in [0, 100].
   */
  precision: number;
  /**
   * What the name of a file ends with. With "file" it is its format: "arrow" or "arrows" (a stream
   * of Apache Arrow), "npy" (an array of NumPy).
   * Default: "dat".
   */
  file_extension: string;
  /**
   * Number of events recorded; set it to 0 to clear them.
   * Default: 0; allowed: finite and ≥ 0.
   */
  n_events: number;
  /**
   * The device does nothing: it sends nothing, and what it would get is lost.
   * Default: false.
   */
  frozen: boolean;
}

/** What spike_recorder nodes have as properties. */
export interface SpikeRecorderProperties<Many extends boolean> {
  /**
   * Added to start and stop.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  get origin(): Values<number, Many>;
  set origin(value: Input<number>);
  /**
   * Events after this time are recorded.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  get start(): Values<number, Many>;
  set start(value: Input<number>);
  /**
   * Events up to and including this time are recorded.
   * Unit: ms; default: Infinity; allowed: ≥ 0.
   */
  get stop(): Values<number, Many>;
  set stop(value: Input<number>);
  /**
   * A name for the user's own purposes.
   * Default: "".
   */
  get label(): Values<string, Many>;
  set label(value: Input<string>);
  /**
   * Where events go: "memory", "ascii" (a text file), "file" (a binary file: see file_extension) or
   * "screen". A synapse_recorder has only "memory".
   * Default: "memory".
   */
  get record_to(): Values<string, Many>;
  set record_to(value: Input<string>);
  /**
   * Give times in steps, and offsets in ms.
   * Default: false.
   */
  get time_in_steps(): Values<boolean, Many>;
  set time_in_steps(value: Input<boolean>);
  /**
   * Digits behind the point in files and on the screen.
   * Default: 3; allowed: in [0, 100].
   */
  get precision(): Values<number, Many>;
  set precision(value: Input<number>);
  /**
   * What the name of a file ends with. With "file" it is its format: "arrow" or "arrows" (a stream
   * of Apache Arrow), "npy" (an array of NumPy).
   * Default: "dat".
   */
  get file_extension(): Values<string, Many>;
  set file_extension(value: Input<string>);
  /**
   * The file that "ascii" and "file" write to:
   * data_path/data_prefix(label|model)-ID-0.file_extension.
   * Default: []; read only.
   */
  get filenames(): Values<string[], Many>;
  /**
   * Number of events recorded; set it to 0 to clear them.
   * Default: 0; allowed: finite and ≥ 0.
   */
  get n_events(): Values<number, Many>;
  set n_events(value: Input<number>);
  /**
   * What was recorded, sorted by time and sender.
   * Default: {}; read only.
   */
  get events(): Values<RecordedEvents, Many>;
  /**
   * The device does nothing: it sends nothing, and what it would get is lost.
   * Default: false.
   */
  get frozen(): Values<boolean, Many>;
  set frozen(value: Input<boolean>);
}

/** What can be set for step_current_generator. */
export interface StepCurrentGeneratorSettings {
  /**
   * Absolute times from which the amplitudes hold. Those that are not later than now are passed
   * over; until the first that is, the amplitude in force stays.
   * Unit: ms; default: []; allowed: finite and > 0.
   */
  amplitude_times: Float64Array;
  /**
   * Amplitudes, one a time.
   * Unit: pA; default: []; allowed: in [-1e+290, 1e+290].
   */
  amplitude_values: Float64Array;
  /**
   * Round times between grid points up instead of refusing them.
   * Default: false.
   */
  allow_offgrid_times: boolean;
  /**
   * Added to start and stop.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  origin: number;
  /**
   * Begin of activity, relative to origin.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  start: number;
  /**
   * End of activity, relative to origin.
   * Unit: ms; default: Infinity; allowed: ≥ 0.
   */
  stop: number;
  /**
   * A name for the user's own purposes.
   * Default: "".
   */
  label: string;
  /**
   * The device does nothing: it sends nothing, and what it would get is lost.
   * Default: false.
   */
  frozen: boolean;
}

/** What step_current_generator nodes have as properties. */
export interface StepCurrentGeneratorProperties<Many extends boolean> {
  /**
   * Absolute times from which the amplitudes hold. Those that are not later than now are passed
   * over; until the first that is, the amplitude in force stays.
   * Unit: ms; default: []; allowed: finite and > 0.
   */
  get amplitude_times(): Values<Float64Array, Many>;
  set amplitude_times(value: Input<Float64Array>);
  /**
   * Amplitudes, one a time.
   * Unit: pA; default: []; allowed: in [-1e+290, 1e+290].
   */
  get amplitude_values(): Values<Float64Array, Many>;
  set amplitude_values(value: Input<Float64Array>);
  /**
   * Round times between grid points up instead of refusing them.
   * Default: false.
   */
  get allow_offgrid_times(): Values<boolean, Many>;
  set allow_offgrid_times(value: Input<boolean>);
  /**
   * Added to start and stop.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  get origin(): Values<number, Many>;
  set origin(value: Input<number>);
  /**
   * Begin of activity, relative to origin.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  get start(): Values<number, Many>;
  set start(value: Input<number>);
  /**
   * End of activity, relative to origin.
   * Unit: ms; default: Infinity; allowed: ≥ 0.
   */
  get stop(): Values<number, Many>;
  set stop(value: Input<number>);
  /**
   * A name for the user's own purposes.
   * Default: "".
   */
  get label(): Values<string, Many>;
  set label(value: Input<string>);
  /**
   * The device does nothing: it sends nothing, and what it would get is lost.
   * Default: false.
   */
  get frozen(): Values<boolean, Many>;
  set frozen(value: Input<boolean>);
  /** What a multimeter can record: I. */
  get recordables(): Values<string[], Many>;
}

/** What can be set for synapse_recorder. */
export interface SynapseRecorderSettings {
  /**
   * Interval between samples.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  interval: number;
  /**
   * Shift of the sampling times.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  offset: number;
  /**
   * Names of the recordables to sample.
   * Default: ["weight"].
   */
  record_from: string[];
  /**
   * The synapses to record, found by GetConnections. Events come in their order.
   * Default: none.
   */
  connections: SynapseCollection;
  /**
   * Added to start and stop.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  origin: number;
  /**
   * Events after this time are recorded.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  start: number;
  /**
   * Events up to and including this time are recorded.
   * Unit: ms; default: Infinity; allowed: ≥ 0.
   */
  stop: number;
  /**
   * A name for the user's own purposes.
   * Default: "".
   */
  label: string;
  /**
   * Where events go: "memory", "ascii" (a text file), "file" (a binary file: see file_extension) or
   * "screen". A synapse_recorder has only "memory".
   * Default: "memory".
   */
  record_to: string;
  /**
   * Give times in steps, and offsets in ms.
   * Default: false.
   */
  time_in_steps: boolean;
  /**
   * Digits behind the point in files and on the screen.
   * Default: 3; allowed: in [0, 100].
   */
  precision: number;
  /**
   * What the name of a file ends with. With "file" it is its format: "arrow" or "arrows" (a stream
   * of Apache Arrow), "npy" (an array of NumPy).
   * Default: "dat".
   */
  file_extension: string;
  /**
   * Number of events recorded; set it to 0 to clear them.
   * Default: 0; allowed: finite and ≥ 0.
   */
  n_events: number;
  /**
   * The device does nothing: it sends nothing, and what it would get is lost.
   * Default: false.
   */
  frozen: boolean;
}

/** What synapse_recorder nodes have as properties. */
export interface SynapseRecorderProperties<Many extends boolean> {
  /**
   * Interval between samples.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  get interval(): Values<number, Many>;
  set interval(value: Input<number>);
  /**
   * Shift of the sampling times.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  get offset(): Values<number, Many>;
  set offset(value: Input<number>);
  /**
   * Names of the recordables to sample.
   * Default: ["weight"].
   */
  get record_from(): Values<string[], Many>;
  set record_from(value: Input<string[]>);
  /**
   * The synapses to record, found by GetConnections. Events come in their order.
   * Default: none.
   */
  get connections(): Values<RecordedConnections, Many>;
  set connections(value: Input<SynapseCollection>);
  /**
   * Added to start and stop.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  get origin(): Values<number, Many>;
  set origin(value: Input<number>);
  /**
   * Events after this time are recorded.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  get start(): Values<number, Many>;
  set start(value: Input<number>);
  /**
   * Events up to and including this time are recorded.
   * Unit: ms; default: Infinity; allowed: ≥ 0.
   */
  get stop(): Values<number, Many>;
  set stop(value: Input<number>);
  /**
   * A name for the user's own purposes.
   * Default: "".
   */
  get label(): Values<string, Many>;
  set label(value: Input<string>);
  /**
   * Where events go: "memory", "ascii" (a text file), "file" (a binary file: see file_extension) or
   * "screen". A synapse_recorder has only "memory".
   * Default: "memory".
   */
  get record_to(): Values<string, Many>;
  set record_to(value: Input<string>);
  /**
   * Give times in steps, and offsets in ms.
   * Default: false.
   */
  get time_in_steps(): Values<boolean, Many>;
  set time_in_steps(value: Input<boolean>);
  /**
   * Digits behind the point in files and on the screen.
   * Default: 3; allowed: in [0, 100].
   */
  get precision(): Values<number, Many>;
  set precision(value: Input<number>);
  /**
   * What the name of a file ends with. With "file" it is its format: "arrow" or "arrows" (a stream
   * of Apache Arrow), "npy" (an array of NumPy).
   * Default: "dat".
   */
  get file_extension(): Values<string, Many>;
  set file_extension(value: Input<string>);
  /**
   * The file that "ascii" and "file" write to:
   * data_path/data_prefix(label|model)-ID-0.file_extension.
   * Default: []; read only.
   */
  get filenames(): Values<string[], Many>;
  /**
   * Number of events recorded; set it to 0 to clear them.
   * Default: 0; allowed: finite and ≥ 0.
   */
  get n_events(): Values<number, Many>;
  set n_events(value: Input<number>);
  /**
   * What was recorded, sorted by time and sender.
   * Default: {}; read only.
   */
  get events(): Values<RecordedEvents, Many>;
  /**
   * The device does nothing: it sends nothing, and what it would get is lost.
   * Default: false.
   */
  get frozen(): Values<boolean, Many>;
  set frozen(value: Input<boolean>);
}

/** What can be set for voltmeter. */
export interface VoltmeterSettings {
  /**
   * Interval between samples.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  interval: number;
  /**
   * Shift of the sampling times.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  offset: number;
  /**
   * Names of the recordables to sample.
   * Default: ["V_m"].
   */
  record_from: string[];
  /**
   * Added to start and stop.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  origin: number;
  /**
   * Events after this time are recorded.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  start: number;
  /**
   * Events up to and including this time are recorded.
   * Unit: ms; default: Infinity; allowed: ≥ 0.
   */
  stop: number;
  /**
   * A name for the user's own purposes.
   * Default: "".
   */
  label: string;
  /**
   * Where events go: "memory", "ascii" (a text file), "file" (a binary file: see file_extension) or
   * "screen". A synapse_recorder has only "memory".
   * Default: "memory".
   */
  record_to: string;
  /**
   * Give times in steps, and offsets in ms.
   * Default: false.
   */
  time_in_steps: boolean;
  /**
   * Digits behind the point in files and on the screen.
   * Default: 3; allowed: in [0, 100].
   */
  precision: number;
  /**
   * What the name of a file ends with. With "file" it is its format: "arrow" or "arrows" (a stream
   * of Apache Arrow), "npy" (an array of NumPy).
   * Default: "dat".
   */
  file_extension: string;
  /**
   * Number of events recorded; set it to 0 to clear them.
   * Default: 0; allowed: finite and ≥ 0.
   */
  n_events: number;
  /**
   * The device does nothing: it sends nothing, and what it would get is lost.
   * Default: false.
   */
  frozen: boolean;
}

/** What voltmeter nodes have as properties. */
export interface VoltmeterProperties<Many extends boolean> {
  /**
   * Interval between samples.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  get interval(): Values<number, Many>;
  set interval(value: Input<number>);
  /**
   * Shift of the sampling times.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  get offset(): Values<number, Many>;
  set offset(value: Input<number>);
  /**
   * Names of the recordables to sample.
   * Default: ["V_m"].
   */
  get record_from(): Values<string[], Many>;
  set record_from(value: Input<string[]>);
  /**
   * Added to start and stop.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  get origin(): Values<number, Many>;
  set origin(value: Input<number>);
  /**
   * Events after this time are recorded.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  get start(): Values<number, Many>;
  set start(value: Input<number>);
  /**
   * Events up to and including this time are recorded.
   * Unit: ms; default: Infinity; allowed: ≥ 0.
   */
  get stop(): Values<number, Many>;
  set stop(value: Input<number>);
  /**
   * A name for the user's own purposes.
   * Default: "".
   */
  get label(): Values<string, Many>;
  set label(value: Input<string>);
  /**
   * Where events go: "memory", "ascii" (a text file), "file" (a binary file: see file_extension) or
   * "screen". A synapse_recorder has only "memory".
   * Default: "memory".
   */
  get record_to(): Values<string, Many>;
  set record_to(value: Input<string>);
  /**
   * Give times in steps, and offsets in ms.
   * Default: false.
   */
  get time_in_steps(): Values<boolean, Many>;
  set time_in_steps(value: Input<boolean>);
  /**
   * Digits behind the point in files and on the screen.
   * Default: 3; allowed: in [0, 100].
   */
  get precision(): Values<number, Many>;
  set precision(value: Input<number>);
  /**
   * What the name of a file ends with. With "file" it is its format: "arrow" or "arrows" (a stream
   * of Apache Arrow), "npy" (an array of NumPy).
   * Default: "dat".
   */
  get file_extension(): Values<string, Many>;
  set file_extension(value: Input<string>);
  /**
   * The file that "ascii" and "file" write to:
   * data_path/data_prefix(label|model)-ID-0.file_extension.
   * Default: []; read only.
   */
  get filenames(): Values<string[], Many>;
  /**
   * Number of events recorded; set it to 0 to clear them.
   * Default: 0; allowed: finite and ≥ 0.
   */
  get n_events(): Values<number, Many>;
  set n_events(value: Input<number>);
  /**
   * What was recorded, sorted by time and sender.
   * Default: {}; read only.
   */
  get events(): Values<RecordedEvents, Many>;
  /**
   * The device does nothing: it sends nothing, and what it would get is lost.
   * Default: false.
   */
  get frozen(): Values<boolean, Many>;
  set frozen(value: Input<boolean>);
}

/** What can be set for volume_transmitter. */
export interface VolumeTransmitterSettings {
  /**
   * Accepted for NEST's scripts; without effect, because dopamine is integrated exactly.
   * Default: 1; allowed: in [1, 1e+15].
   */
  deliver_interval: number;
  /**
   * A name for the user's own purposes.
   * Default: "".
   */
  label: string;
  /**
   * The device does nothing: it sends nothing, and what it would get is lost.
   * Default: false.
   */
  frozen: boolean;
}

/** What volume_transmitter nodes have as properties. */
export interface VolumeTransmitterProperties<Many extends boolean> {
  /**
   * Accepted for NEST's scripts; without effect, because dopamine is integrated exactly.
   * Default: 1; allowed: in [1, 1e+15].
   */
  get deliver_interval(): Values<number, Many>;
  set deliver_interval(value: Input<number>);
  /**
   * A name for the user's own purposes.
   * Default: "".
   */
  get label(): Values<string, Many>;
  set label(value: Input<string>);
  /**
   * The device does nothing: it sends nothing, and what it would get is lost.
   * Default: false.
   */
  get frozen(): Values<boolean, Many>;
  set frozen(value: Input<boolean>);
}

/** What can be set for weight_recorder. */
export interface WeightRecorderSettings {
  /**
   * Record only these sources; empty: all.
   * Default: [].
   */
  senders: NodeCollection;
  /**
   * Record only these targets; empty: all.
   * Default: [].
   */
  targets: NodeCollection;
  /**
   * Added to start and stop.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  origin: number;
  /**
   * Events after this time are recorded.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  start: number;
  /**
   * Events up to and including this time are recorded.
   * Unit: ms; default: Infinity; allowed: ≥ 0.
   */
  stop: number;
  /**
   * A name for the user's own purposes.
   * Default: "".
   */
  label: string;
  /**
   * Where events go: "memory", "ascii" (a text file), "file" (a binary file: see file_extension) or
   * "screen". A synapse_recorder has only "memory".
   * Default: "memory".
   */
  record_to: string;
  /**
   * Give times in steps, and offsets in ms.
   * Default: false.
   */
  time_in_steps: boolean;
  /**
   * Digits behind the point in files and on the screen.
   * Default: 3; allowed: in [0, 100].
   */
  precision: number;
  /**
   * What the name of a file ends with. With "file" it is its format: "arrow" or "arrows" (a stream
   * of Apache Arrow), "npy" (an array of NumPy).
   * Default: "dat".
   */
  file_extension: string;
  /**
   * Number of events recorded; set it to 0 to clear them.
   * Default: 0; allowed: finite and ≥ 0.
   */
  n_events: number;
  /**
   * The device does nothing: it sends nothing, and what it would get is lost.
   * Default: false.
   */
  frozen: boolean;
}

/** What weight_recorder nodes have as properties. */
export interface WeightRecorderProperties<Many extends boolean> {
  /**
   * Record only these sources; empty: all.
   * Default: [].
   */
  get senders(): Values<NodeCollection, Many>;
  set senders(value: Input<NodeCollection>);
  /**
   * Record only these targets; empty: all.
   * Default: [].
   */
  get targets(): Values<NodeCollection, Many>;
  set targets(value: Input<NodeCollection>);
  /**
   * Added to start and stop.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  get origin(): Values<number, Many>;
  set origin(value: Input<number>);
  /**
   * Events after this time are recorded.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  get start(): Values<number, Many>;
  set start(value: Input<number>);
  /**
   * Events up to and including this time are recorded.
   * Unit: ms; default: Infinity; allowed: ≥ 0.
   */
  get stop(): Values<number, Many>;
  set stop(value: Input<number>);
  /**
   * A name for the user's own purposes.
   * Default: "".
   */
  get label(): Values<string, Many>;
  set label(value: Input<string>);
  /**
   * Where events go: "memory", "ascii" (a text file), "file" (a binary file: see file_extension) or
   * "screen". A synapse_recorder has only "memory".
   * Default: "memory".
   */
  get record_to(): Values<string, Many>;
  set record_to(value: Input<string>);
  /**
   * Give times in steps, and offsets in ms.
   * Default: false.
   */
  get time_in_steps(): Values<boolean, Many>;
  set time_in_steps(value: Input<boolean>);
  /**
   * Digits behind the point in files and on the screen.
   * Default: 3; allowed: in [0, 100].
   */
  get precision(): Values<number, Many>;
  set precision(value: Input<number>);
  /**
   * What the name of a file ends with. With "file" it is its format: "arrow" or "arrows" (a stream
   * of Apache Arrow), "npy" (an array of NumPy).
   * Default: "dat".
   */
  get file_extension(): Values<string, Many>;
  set file_extension(value: Input<string>);
  /**
   * The file that "ascii" and "file" write to:
   * data_path/data_prefix(label|model)-ID-0.file_extension.
   * Default: []; read only.
   */
  get filenames(): Values<string[], Many>;
  /**
   * Number of events recorded; set it to 0 to clear them.
   * Default: 0; allowed: finite and ≥ 0.
   */
  get n_events(): Values<number, Many>;
  set n_events(value: Input<number>);
  /**
   * What was recorded, sorted by time and sender.
   * Default: {}; read only.
   */
  get events(): Values<RecordedEvents, Many>;
  /**
   * The device does nothing: it sends nothing, and what it would get is lost.
   * Default: false.
   */
  get frozen(): Values<boolean, Many>;
  set frozen(value: Input<boolean>);
}

/** What can be set for bernoulli_synapse. */
export interface BernoulliSynapseSettings {
  /**
   * Strength, in the unit of the target's input.
   * Unit: mV, pA or nS; default: 1.
   */
  weight: number;
  /**
   * Time from a spike to its arrival; rounded to the grid, at least one step.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  delay: number;
  /**
   * Which input of the target receives the spikes.
   * Default: 0; allowed: finite and ≥ 0.
   */
  receptor_type: number;
  /**
   * A number to find the synapses by, in GetConnections.
   * Default: -1; allowed: in [-1, 2147483647].
   */
  synapse_label: number;
  /**
   * Probability of transmission.
   * Default: 1; allowed: in [0, 1].
   */
  p_transmit: number;
}

/** What can be set for the model bernoulli_synapse: its defaults. */
export interface BernoulliSynapseDefaults extends BernoulliSynapseSettings {
  /**
   * The weight_recorder that records every transmitted spike; an empty collection detaches it.
   * Default: none; one value for all synapses of the model.
   */
  weight_recorder: NodeCollection;
}

/** What can be set for mstdp_synapse. */
export interface MstdpSynapseSettings {
  /**
   * Strength, in the unit of the target's input.
   * Unit: mV, pA or nS; default: 1.
   */
  weight: number;
  /**
   * Time from a spike to its arrival; rounded to the grid, at least one step.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  delay: number;
  /**
   * Which input of the target receives the spikes.
   * Default: 0; allowed: finite and ≥ 0.
   */
  receptor_type: number;
  /**
   * A number to find the synapses by, in GetConnections.
   * Default: -1; allowed: in [-1, 2147483647].
   */
  synapse_label: number;
  /**
   * Eligibility: what a reward changes the weight by, before the learning rate.
   * Default: 0.
   */
  c: number;
  /**
   * The anticausal part of c; kept only where weight dependence acts when rewards come.
   * Default: 0.
   */
  c_minus: number;
  /**
   * Presynaptic trace: decays, and grows by 1 a spike.
   * Default: 0; allowed: finite and ≥ 0.
   */
  Kplus: number;
}

/** What can be set for the model mstdp_synapse: its defaults. */
export interface MstdpSynapseDefaults extends MstdpSynapseSettings {
  /**
   * The weight_recorder that records every transmitted spike; an empty collection detaches it.
   * Default: none; one value for all synapses of the model.
   */
  weight_recorder: NodeCollection;
  /**
   * Amplitude of causal pairs (post after pre); negative: they depress.
   * Default: 1; one value for all synapses of the model.
   */
  A_plus: number;
  /**
   * Amplitude of anticausal pairs (pre after post), sign included: negative depresses.
   * Default: -1; one value for all synapses of the model.
   */
  A_minus: number;
  /**
   * Time constant of the presynaptic trace; the postsynaptic one decays with the neuron's
   * tau_minus.
   * Unit: ms; default: 20; allowed: finite and > 0; one value for all synapses of the model.
   */
  tau_plus: number;
  /**
   * Learning rate.
   * Default: 1; one value for all synapses of the model.
   */
  eta: number;
  /**
   * The change of weight of a step is multiplied with the resolution in ms.
   * Default: false; one value for all synapses of the model.
   */
  scale_by_dt: boolean;
  /**
   * 1: a reward meets what was eligible a step before; 0: pairs of its own step as well.
   * Unit: steps; default: 1; allowed: in [0, 1]; one value for all synapses of the model.
   */
  lag: number;
  /**
   * Traces are set to 1 by a spike instead of growing by 1.
   * Default: false; one value for all synapses of the model.
   */
  nearest: boolean;
  /**
   * Spikes of both sides in one step are a pair, both ways.
   * Default: true; one value for all synapses of the model.
   */
  count_same_step: boolean;
  /**
   * Smallest weight.
   * Unit: as weight; default: -Infinity; allowed: a number; one value for all synapses of the
   * model.
   */
  Wmin: number;
  /**
   * Largest weight.
   * Unit: as weight; default: Infinity; allowed: a number; one value for all synapses of the model.
   */
  Wmax: number;
  /**
   * The weight is kept in [Wmin, Wmax] at every step.
   * Default: true; one value for all synapses of the model.
   */
  clip: boolean;
  /**
   * What raises the weight is multiplied with ((Wmax - w) / range_plus)^mu_plus.
   * Default: 0; allowed: finite and ≥ 0; one value for all synapses of the model.
   */
  mu_plus: number;
  /**
   * What lowers the weight is multiplied with ((w - Wmin) / range_minus)^mu_minus.
   * Default: 0; allowed: finite and ≥ 0; one value for all synapses of the model.
   */
  mu_minus: number;
  /**
   * See mu_plus.
   * Unit: as weight; default: 1; allowed: finite and > 0; one value for all synapses of the model.
   */
  range_plus: number;
  /**
   * See mu_minus.
   * Unit: as weight; default: 1; allowed: finite and > 0; one value for all synapses of the model.
   */
  range_minus: number;
  /**
   * Nothing raises a weight that is at Wmax or above.
   * Default: false; one value for all synapses of the model.
   */
  hard_plus: boolean;
  /**
   * Nothing lowers a weight that is at Wmin or below.
   * Default: false; one value for all synapses of the model.
   */
  hard_minus: boolean;
  /**
   * Weight dependence is worked out when a pair enters the eligibility, with the weight of that
   * step; else when the weight changes.
   * Default: false; one value for all synapses of the model.
   */
  bounds_at_pairing: boolean;
  /**
   * What raises and what lowers the weight is told apart by the sign of the change; else by the
   * sign of the amplitude, whatever the reward.
   * Default: true; one value for all synapses of the model.
   */
  bounds_follow_reward: boolean;
  /**
   * Every step the weight loses its tau_w-th part; 0: none.
   * Unit: steps; default: 0; allowed: finite and ≥ 0; one value for all synapses of the model.
   */
  tau_w: number;
  /**
   * The reward_transmitter whose reward these synapses get.
   * Default: none; one value for all synapses of the model.
   */
  reward_transmitter: NodeCollection;
}

/** What can be set for mstdpet_synapse. */
export interface MstdpetSynapseSettings {
  /**
   * Strength, in the unit of the target's input.
   * Unit: mV, pA or nS; default: 1.
   */
  weight: number;
  /**
   * Time from a spike to its arrival; rounded to the grid, at least one step.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  delay: number;
  /**
   * Which input of the target receives the spikes.
   * Default: 0; allowed: finite and ≥ 0.
   */
  receptor_type: number;
  /**
   * A number to find the synapses by, in GetConnections.
   * Default: -1; allowed: in [-1, 2147483647].
   */
  synapse_label: number;
  /**
   * Eligibility: what a reward changes the weight by, before the learning rate.
   * Default: 0.
   */
  c: number;
  /**
   * The anticausal part of c; kept only where weight dependence acts when rewards come.
   * Default: 0.
   */
  c_minus: number;
  /**
   * Presynaptic trace: decays, and grows by 1 a spike.
   * Default: 0; allowed: finite and ≥ 0.
   */
  Kplus: number;
}

/** What can be set for the model mstdpet_synapse: its defaults. */
export interface MstdpetSynapseDefaults extends MstdpetSynapseSettings {
  /**
   * The weight_recorder that records every transmitted spike; an empty collection detaches it.
   * Default: none; one value for all synapses of the model.
   */
  weight_recorder: NodeCollection;
  /**
   * Amplitude of causal pairs (post after pre); negative: they depress.
   * Default: 1; one value for all synapses of the model.
   */
  A_plus: number;
  /**
   * Amplitude of anticausal pairs (pre after post), sign included: negative depresses.
   * Default: -1; one value for all synapses of the model.
   */
  A_minus: number;
  /**
   * Time constant of the presynaptic trace; the postsynaptic one decays with the neuron's
   * tau_minus.
   * Unit: ms; default: 20; allowed: finite and > 0; one value for all synapses of the model.
   */
  tau_plus: number;
  /**
   * Time constant of the eligibility.
   * Unit: ms; default: 25; allowed: finite and > 0; one value for all synapses of the model.
   */
  tau_elig: number;
  /**
   * Further factor by which the eligibility decays every step.
   * Default: 1; allowed: in (0, 1]; one value for all synapses of the model.
   */
  elig_decay: number;
  /**
   * A pair enters the eligibility divided by tau_elig.
   * Default: true; one value for all synapses of the model.
   */
  normalized: boolean;
  /**
   * Learning rate.
   * Default: 1; one value for all synapses of the model.
   */
  eta: number;
  /**
   * The change of weight of a step is multiplied with the resolution in ms.
   * Default: false; one value for all synapses of the model.
   */
  scale_by_dt: boolean;
  /**
   * 1: a reward meets what was eligible a step before; 0: pairs of its own step as well.
   * Unit: steps; default: 1; allowed: in [0, 1]; one value for all synapses of the model.
   */
  lag: number;
  /**
   * Traces are set to 1 by a spike instead of growing by 1.
   * Default: false; one value for all synapses of the model.
   */
  nearest: boolean;
  /**
   * Spikes of both sides in one step are a pair, both ways.
   * Default: true; one value for all synapses of the model.
   */
  count_same_step: boolean;
  /**
   * Smallest weight.
   * Unit: as weight; default: -Infinity; allowed: a number; one value for all synapses of the
   * model.
   */
  Wmin: number;
  /**
   * Largest weight.
   * Unit: as weight; default: Infinity; allowed: a number; one value for all synapses of the model.
   */
  Wmax: number;
  /**
   * The weight is kept in [Wmin, Wmax] at every step.
   * Default: true; one value for all synapses of the model.
   */
  clip: boolean;
  /**
   * What raises the weight is multiplied with ((Wmax - w) / range_plus)^mu_plus.
   * Default: 0; allowed: finite and ≥ 0; one value for all synapses of the model.
   */
  mu_plus: number;
  /**
   * What lowers the weight is multiplied with ((w - Wmin) / range_minus)^mu_minus.
   * Default: 0; allowed: finite and ≥ 0; one value for all synapses of the model.
   */
  mu_minus: number;
  /**
   * See mu_plus.
   * Unit: as weight; default: 1; allowed: finite and > 0; one value for all synapses of the model.
   */
  range_plus: number;
  /**
   * See mu_minus.
   * Unit: as weight; default: 1; allowed: finite and > 0; one value for all synapses of the model.
   */
  range_minus: number;
  /**
   * Nothing raises a weight that is at Wmax or above.
   * Default: false; one value for all synapses of the model.
   */
  hard_plus: boolean;
  /**
   * Nothing lowers a weight that is at Wmin or below.
   * Default: false; one value for all synapses of the model.
   */
  hard_minus: boolean;
  /**
   * Weight dependence is worked out when a pair enters the eligibility, with the weight of that
   * step; else when the weight changes.
   * Default: false; one value for all synapses of the model.
   */
  bounds_at_pairing: boolean;
  /**
   * What raises and what lowers the weight is told apart by the sign of the change; else by the
   * sign of the amplitude, whatever the reward.
   * Default: true; one value for all synapses of the model.
   */
  bounds_follow_reward: boolean;
  /**
   * Every step the weight loses its tau_w-th part; 0: none.
   * Unit: steps; default: 0; allowed: finite and ≥ 0; one value for all synapses of the model.
   */
  tau_w: number;
  /**
   * The reward_transmitter whose reward these synapses get.
   * Default: none; one value for all synapses of the model.
   */
  reward_transmitter: NodeCollection;
}

/** What can be set for neuromodulated_stdp_synapse. */
export interface NeuromodulatedStdpSynapseSettings {
  /**
   * Strength, in the unit of the target's input.
   * Unit: mV, pA or nS; default: 1.
   */
  weight: number;
  /**
   * Time from a spike to its arrival; rounded to the grid, at least one step.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  delay: number;
  /**
   * Which input of the target receives the spikes.
   * Default: 0; allowed: finite and ≥ 0.
   */
  receptor_type: number;
  /**
   * A number to find the synapses by, in GetConnections.
   * Default: -1; allowed: in [-1, 2147483647].
   */
  synapse_label: number;
  /**
   * Eligibility trace.
   * Default: 0.
   */
  c: number;
  /**
   * Presynaptic trace: decays, and grows by 1 a spike.
   * Default: 0; allowed: finite and ≥ 0.
   */
  pre_tr: number;
  /**
   * Dopamine concentration: one for all synapses of the model, which can be set for all of them
   * only.
   * Default: 0.
   */
  n: number;
  /**
   * The tutorial's name of weight.
   * Unit: mV, pA or nS; default: 1.
   */
  w: number;
  /**
   * The tutorial's name of delay.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  d: number;
}

/** What can be set for the model neuromodulated_stdp_synapse: its defaults. */
export interface NeuromodulatedStdpSynapseDefaults extends NeuromodulatedStdpSynapseSettings {
  /**
   * The weight_recorder that records every transmitted spike; an empty collection detaches it.
   * Default: none; one value for all synapses of the model.
   */
  weight_recorder: NodeCollection;
  /**
   * Amplitude of facilitation.
   * Default: 1; one value for all synapses of the model.
   */
  A_plus: number;
  /**
   * Amplitude of depression.
   * Default: 1.5; one value for all synapses of the model.
   */
  A_minus: number;
  /**
   * Time constant of the presynaptic trace.
   * Unit: ms; default: 20; allowed: finite and > 0; one value for all synapses of the model.
   */
  tau_tr_pre: number;
  /**
   * Time constant of the eligibility trace.
   * Unit: ms; default: 1000; allowed: finite and > 0; one value for all synapses of the model.
   */
  tau_c: number;
  /**
   * Time constant of dopamine.
   * Unit: ms; default: 200; allowed: finite and > 0; one value for all synapses of the model.
   */
  tau_n: number;
  /**
   * Baseline of dopamine.
   * Default: 0; one value for all synapses of the model.
   */
  b: number;
  /**
   * Smallest weight.
   * Unit: as weight; default: 0; allowed: a number; one value for all synapses of the model.
   */
  Wmin: number;
  /**
   * Largest weight.
   * Unit: as weight; default: Infinity; allowed: a number; one value for all synapses of the model.
   */
  Wmax: number;
  /**
   * Amplitude of a dopamine spike; negative for punishment.
   * Default: 1; one value for all synapses of the model.
   */
  A_vt: number;
  /**
   * Accepted for the tutorial's scripts; the postsynaptic trace belongs to the neuron and decays
   * with its tau_minus.
   * Unit: ms; default: 20; allowed: finite and > 0; one value for all synapses of the model.
   */
  tau_tr_post: number;
  /**
   * The volume_transmitter whose spikes are the dopamine of these synapses.
   * Default: none; one value for all synapses of the model.
   */
  volume_transmitter: NodeCollection;
  /**
   * Older name of volume_transmitter.
   * Default: none; one value for all synapses of the model.
   */
  vt: NodeCollection;
}

/** What can be set for quantal_stp_synapse. */
export interface QuantalStpSynapseSettings {
  /**
   * Strength, in the unit of the target's input.
   * Unit: mV, pA or nS; default: 1.
   */
  weight: number;
  /**
   * Time from a spike to its arrival; rounded to the grid, at least one step.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  delay: number;
  /**
   * Which input of the target receives the spikes.
   * Default: 0; allowed: finite and ≥ 0.
   */
  receptor_type: number;
  /**
   * A number to find the synapses by, in GetConnections.
   * Default: -1; allowed: in [-1, 2147483647].
   */
  synapse_label: number;
  /**
   * Release probability at rest.
   * Default: 0.5; allowed: in [0, 1].
   */
  U: number;
  /**
   * Time constant of recovery.
   * Unit: ms; default: 800; allowed: finite and > 0.
   */
  tau_rec: number;
  /**
   * Time constant of facilitation; 0: none.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  tau_fac: number;
  /**
   * Number of release sites.
   * Default: 1; allowed: in [0, 1000000].
   */
  n: number;
  /**
   * Available release sites.
   * Default: 1; allowed: in [0, 1000000].
   */
  a: number;
  /**
   * Release probability.
   * Default: 0.5; allowed: in [0, 1].
   */
  u: number;
}

/** What can be set for the model quantal_stp_synapse: its defaults. */
export interface QuantalStpSynapseDefaults extends QuantalStpSynapseSettings {
  /**
   * The weight_recorder that records every transmitted spike; an empty collection detaches it.
   * Default: none; one value for all synapses of the model.
   */
  weight_recorder: NodeCollection;
}

/** What can be set for static_synapse. */
export interface StaticSynapseSettings {
  /**
   * Strength, in the unit of the target's input.
   * Unit: mV, pA or nS; default: 1.
   */
  weight: number;
  /**
   * Time from a spike to its arrival; rounded to the grid, at least one step.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  delay: number;
  /**
   * Which input of the target receives the spikes.
   * Default: 0; allowed: finite and ≥ 0.
   */
  receptor_type: number;
  /**
   * A number to find the synapses by, in GetConnections.
   * Default: -1; allowed: in [-1, 2147483647].
   */
  synapse_label: number;
}

/** What can be set for the model static_synapse: its defaults. */
export interface StaticSynapseDefaults extends StaticSynapseSettings {
  /**
   * The weight_recorder that records every transmitted spike; an empty collection detaches it.
   * Default: none; one value for all synapses of the model.
   */
  weight_recorder: NodeCollection;
}

/** What can be set for static_synapse_hom_w. */
export interface StaticSynapseHomWSettings {
  /**
   * Time from a spike to its arrival; rounded to the grid, at least one step.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  delay: number;
  /**
   * Which input of the target receives the spikes.
   * Default: 0; allowed: finite and ≥ 0.
   */
  receptor_type: number;
  /**
   * A number to find the synapses by, in GetConnections.
   * Default: -1; allowed: in [-1, 2147483647].
   */
  synapse_label: number;
}

/** What can be set for the model static_synapse_hom_w: its defaults. */
export interface StaticSynapseHomWDefaults extends StaticSynapseHomWSettings {
  /**
   * Strength, the same for all synapses of the model; SetDefaults changes it for all at once.
   * Unit: mV, pA or nS; default: 1; one value for all synapses of the model.
   */
  weight: number;
  /**
   * The weight_recorder that records every transmitted spike; an empty collection detaches it.
   * Default: none; one value for all synapses of the model.
   */
  weight_recorder: NodeCollection;
}

/** What can be set for stdp_dopamine_synapse. */
export interface StdpDopamineSynapseSettings {
  /**
   * Strength, in the unit of the target's input.
   * Unit: mV, pA or nS; default: 1.
   */
  weight: number;
  /**
   * Time from a spike to its arrival; rounded to the grid, at least one step.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  delay: number;
  /**
   * Which input of the target receives the spikes.
   * Default: 0; allowed: finite and ≥ 0.
   */
  receptor_type: number;
  /**
   * A number to find the synapses by, in GetConnections.
   * Default: -1; allowed: in [-1, 2147483647].
   */
  synapse_label: number;
  /**
   * Eligibility trace.
   * Default: 0.
   */
  c: number;
  /**
   * Presynaptic trace: decays, and grows by 1 a spike.
   * Default: 0; allowed: finite and ≥ 0.
   */
  Kplus: number;
  /**
   * Dopamine concentration: one for all synapses of the model, which can be set for all of them
   * only.
   * Default: 0.
   */
  n: number;
}

/** What can be set for the model stdp_dopamine_synapse: its defaults. */
export interface StdpDopamineSynapseDefaults extends StdpDopamineSynapseSettings {
  /**
   * The weight_recorder that records every transmitted spike; an empty collection detaches it.
   * Default: none; one value for all synapses of the model.
   */
  weight_recorder: NodeCollection;
  /**
   * Amplitude of facilitation.
   * Default: 1; one value for all synapses of the model.
   */
  A_plus: number;
  /**
   * Amplitude of depression.
   * Default: 1.5; one value for all synapses of the model.
   */
  A_minus: number;
  /**
   * Time constant of the presynaptic trace.
   * Unit: ms; default: 20; allowed: finite and > 0; one value for all synapses of the model.
   */
  tau_plus: number;
  /**
   * Time constant of the eligibility trace.
   * Unit: ms; default: 1000; allowed: finite and > 0; one value for all synapses of the model.
   */
  tau_c: number;
  /**
   * Time constant of dopamine.
   * Unit: ms; default: 200; allowed: finite and > 0; one value for all synapses of the model.
   */
  tau_n: number;
  /**
   * Baseline of dopamine.
   * Default: 0; one value for all synapses of the model.
   */
  b: number;
  /**
   * Smallest weight.
   * Unit: as weight; default: 0; allowed: a number; one value for all synapses of the model.
   */
  Wmin: number;
  /**
   * Largest weight.
   * Unit: as weight; default: 200; allowed: a number; one value for all synapses of the model.
   */
  Wmax: number;
  /**
   * The volume_transmitter whose spikes are the dopamine of these synapses.
   * Default: none; one value for all synapses of the model.
   */
  volume_transmitter: NodeCollection;
  /**
   * Older name of volume_transmitter.
   * Default: none; one value for all synapses of the model.
   */
  vt: NodeCollection;
}

/** What can be set for stdp_nn_pre_centered_synapse. */
export interface StdpNnPreCenteredSynapseSettings {
  /**
   * Strength, in the unit of the target's input.
   * Unit: mV, pA or nS; default: 1.
   */
  weight: number;
  /**
   * Time from a spike to its arrival; rounded to the grid, at least one step.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  delay: number;
  /**
   * Which input of the target receives the spikes.
   * Default: 0; allowed: finite and ≥ 0.
   */
  receptor_type: number;
  /**
   * A number to find the synapses by, in GetConnections.
   * Default: -1; allowed: in [-1, 2147483647].
   */
  synapse_label: number;
  /**
   * Time constant of the presynaptic trace.
   * Unit: ms; default: 20; allowed: finite and > 0.
   */
  tau_plus: number;
  /**
   * Step size of the weight.
   * Default: 0.01.
   */
  lambda: number;
  /**
   * Depression relative to facilitation.
   * Default: 1.
   */
  alpha: number;
  /**
   * Exponent of the weight dependence of facilitation.
   * Default: 1.
   */
  mu_plus: number;
  /**
   * Exponent of the weight dependence of depression.
   * Default: 1.
   */
  mu_minus: number;
  /**
   * Largest weight; its sign is the weight's.
   * Unit: as weight; default: 100.
   */
  Wmax: number;
  /**
   * Presynaptic trace since the last postsynaptic spike.
   * Default: 0; allowed: finite and ≥ 0.
   */
  Kplus: number;
}

/** What can be set for the model stdp_nn_pre_centered_synapse: its defaults. */
export interface StdpNnPreCenteredSynapseDefaults extends StdpNnPreCenteredSynapseSettings {
  /**
   * The weight_recorder that records every transmitted spike; an empty collection detaches it.
   * Default: none; one value for all synapses of the model.
   */
  weight_recorder: NodeCollection;
}

/** What can be set for stdp_nn_restr_synapse. */
export interface StdpNnRestrSynapseSettings {
  /**
   * Strength, in the unit of the target's input.
   * Unit: mV, pA or nS; default: 1.
   */
  weight: number;
  /**
   * Time from a spike to its arrival; rounded to the grid, at least one step.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  delay: number;
  /**
   * Which input of the target receives the spikes.
   * Default: 0; allowed: finite and ≥ 0.
   */
  receptor_type: number;
  /**
   * A number to find the synapses by, in GetConnections.
   * Default: -1; allowed: in [-1, 2147483647].
   */
  synapse_label: number;
  /**
   * Time constant of the presynaptic trace.
   * Unit: ms; default: 20; allowed: finite and > 0.
   */
  tau_plus: number;
  /**
   * Step size of the weight.
   * Default: 0.01.
   */
  lambda: number;
  /**
   * Depression relative to facilitation.
   * Default: 1.
   */
  alpha: number;
  /**
   * Exponent of the weight dependence of facilitation.
   * Default: 1.
   */
  mu_plus: number;
  /**
   * Exponent of the weight dependence of depression.
   * Default: 1.
   */
  mu_minus: number;
  /**
   * Largest weight; its sign is the weight's.
   * Unit: as weight; default: 100.
   */
  Wmax: number;
}

/** What can be set for the model stdp_nn_restr_synapse: its defaults. */
export interface StdpNnRestrSynapseDefaults extends StdpNnRestrSynapseSettings {
  /**
   * The weight_recorder that records every transmitted spike; an empty collection detaches it.
   * Default: none; one value for all synapses of the model.
   */
  weight_recorder: NodeCollection;
}

/** What can be set for stdp_nn_symm_synapse. */
export interface StdpNnSymmSynapseSettings {
  /**
   * Strength, in the unit of the target's input.
   * Unit: mV, pA or nS; default: 1.
   */
  weight: number;
  /**
   * Time from a spike to its arrival; rounded to the grid, at least one step.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  delay: number;
  /**
   * Which input of the target receives the spikes.
   * Default: 0; allowed: finite and ≥ 0.
   */
  receptor_type: number;
  /**
   * A number to find the synapses by, in GetConnections.
   * Default: -1; allowed: in [-1, 2147483647].
   */
  synapse_label: number;
  /**
   * Time constant of the presynaptic trace.
   * Unit: ms; default: 20; allowed: finite and > 0.
   */
  tau_plus: number;
  /**
   * Step size of the weight.
   * Default: 0.01.
   */
  lambda: number;
  /**
   * Depression relative to facilitation.
   * Default: 1.
   */
  alpha: number;
  /**
   * Exponent of the weight dependence of facilitation.
   * Default: 1.
   */
  mu_plus: number;
  /**
   * Exponent of the weight dependence of depression.
   * Default: 1.
   */
  mu_minus: number;
  /**
   * Largest weight; its sign is the weight's.
   * Unit: as weight; default: 100.
   */
  Wmax: number;
}

/** What can be set for the model stdp_nn_symm_synapse: its defaults. */
export interface StdpNnSymmSynapseDefaults extends StdpNnSymmSynapseSettings {
  /**
   * The weight_recorder that records every transmitted spike; an empty collection detaches it.
   * Default: none; one value for all synapses of the model.
   */
  weight_recorder: NodeCollection;
}

/** What can be set for stdp_pl_synapse_hom. */
export interface StdpPlSynapseHomSettings {
  /**
   * Strength, in the unit of the target's input.
   * Unit: mV, pA or nS; default: 1.
   */
  weight: number;
  /**
   * Time from a spike to its arrival; rounded to the grid, at least one step.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  delay: number;
  /**
   * Which input of the target receives the spikes.
   * Default: 0; allowed: finite and ≥ 0.
   */
  receptor_type: number;
  /**
   * A number to find the synapses by, in GetConnections.
   * Default: -1; allowed: in [-1, 2147483647].
   */
  synapse_label: number;
  /**
   * Presynaptic trace: decays, and grows by 1 a spike.
   * Default: 0; allowed: finite and ≥ 0.
   */
  Kplus: number;
}

/** What can be set for the model stdp_pl_synapse_hom: its defaults. */
export interface StdpPlSynapseHomDefaults extends StdpPlSynapseHomSettings {
  /**
   * The weight_recorder that records every transmitted spike; an empty collection detaches it.
   * Default: none; one value for all synapses of the model.
   */
  weight_recorder: NodeCollection;
  /**
   * Time constant of the presynaptic trace.
   * Unit: ms; default: 20; allowed: finite and > 0; one value for all synapses of the model.
   */
  tau_plus: number;
  /**
   * Learning rate.
   * Default: 0.1; one value for all synapses of the model.
   */
  lambda: number;
  /**
   * Depression relative to facilitation.
   * Default: 1; one value for all synapses of the model.
   */
  alpha: number;
  /**
   * Exponent of the weight dependence of facilitation.
   * Default: 0.4; one value for all synapses of the model.
   */
  mu: number;
}

/** What can be set for stdp_reward_synapse. */
export interface StdpRewardSynapseSettings {
  /**
   * Strength, in the unit of the target's input.
   * Unit: mV, pA or nS; default: 1.
   */
  weight: number;
  /**
   * Time from a spike to its arrival; rounded to the grid, at least one step.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  delay: number;
  /**
   * Which input of the target receives the spikes.
   * Default: 0; allowed: finite and ≥ 0.
   */
  receptor_type: number;
  /**
   * A number to find the synapses by, in GetConnections.
   * Default: -1; allowed: in [-1, 2147483647].
   */
  synapse_label: number;
  /**
   * Eligibility: what a reward changes the weight by.
   * Default: 0.
   */
  c: number;
  /**
   * Of an alpha-shaped eligibility: what is on its way into it.
   * Default: 0.
   */
  g: number;
}

/** What can be set for the model stdp_reward_synapse: its defaults. */
export interface StdpRewardSynapseDefaults extends StdpRewardSynapseSettings {
  /**
   * The weight_recorder that records every transmitted spike; an empty collection detaches it.
   * Default: none; one value for all synapses of the model.
   */
  weight_recorder: NodeCollection;
  /**
   * Amplitude of causal pairs (a spike arrives, then the target fires).
   * Default: 1; one value for all synapses of the model.
   */
  A_plus: number;
  /**
   * Amplitude of anticausal pairs; positive: they lower the eligibility.
   * Default: 1.05; one value for all synapses of the model.
   */
  A_minus: number;
  /**
   * Time constant of causal pairs; that of anticausal ones is the neuron's tau_minus.
   * Unit: ms; default: 20; allowed: finite and > 0; one value for all synapses of the model.
   */
  tau_plus: number;
  /**
   * Time constant of the eligibility.
   * Unit: ms; default: 400; allowed: finite and > 0; one value for all synapses of the model.
   */
  tau_c: number;
  /**
   * A pair makes (s/tau_c) exp(-s/tau_c) of eligibility, s after it; else exp(-s/tau_c).
   * Default: true; one value for all synapses of the model.
   */
  alpha_kernel: boolean;
  /**
   * Pairs of spikes no further apart than this do not count; coincident ones never do.
   * Unit: ms; default: 0; allowed: finite and ≥ 0; one value for all synapses of the model.
   */
  gap: number;
  /**
   * Causal pairs count w_0^(1 - mu_plus) w^mu_plus times.
   * Default: 0; allowed: finite and ≥ 0; one value for all synapses of the model.
   */
  mu_plus: number;
  /**
   * Anticausal pairs count w_0^(1 - mu_minus) w^mu_minus times.
   * Default: 0; allowed: finite and ≥ 0; one value for all synapses of the model.
   */
  mu_minus: number;
  /**
   * Reference weight of the power law; at 1 and exponents of 0 amplitudes do not depend on the
   * weight.
   * Unit: as weight; default: 1; allowed: finite and > 0; one value for all synapses of the model.
   */
  w_0: number;
  /**
   * Smallest weight.
   * Unit: as weight; default: 0; allowed: a number; one value for all synapses of the model.
   */
  Wmin: number;
  /**
   * Largest weight.
   * Unit: as weight; default: 200; allowed: a number; one value for all synapses of the model.
   */
  Wmax: number;
  /**
   * Change of weight by unit eligibility and reward, in a ms; 0: none.
   * Default: 1; one value for all synapses of the model.
   */
  learning_rate: number;
  /**
   * What is transmitted is the weight times this.
   * Default: 1; one value for all synapses of the model.
   */
  weight_scale: number;
  /**
   * The reward_transmitter whose reward these synapses get.
   * Default: none; one value for all synapses of the model.
   */
  reward_transmitter: NodeCollection;
}

/** What can be set for stdp_reward_tsodyks2_synapse. */
export interface StdpRewardTsodyks2SynapseSettings {
  /**
   * Strength, in the unit of the target's input.
   * Unit: mV, pA or nS; default: 1.
   */
  weight: number;
  /**
   * Time from a spike to its arrival; rounded to the grid, at least one step.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  delay: number;
  /**
   * Which input of the target receives the spikes.
   * Default: 0; allowed: finite and ≥ 0.
   */
  receptor_type: number;
  /**
   * A number to find the synapses by, in GetConnections.
   * Default: -1; allowed: in [-1, 2147483647].
   */
  synapse_label: number;
  /**
   * Eligibility: what a reward changes the weight by.
   * Default: 0.
   */
  c: number;
  /**
   * Of an alpha-shaped eligibility: what is on its way into it.
   * Default: 0.
   */
  g: number;
  /**
   * Release probability at rest.
   * Default: 0.5; allowed: in [0, 1].
   */
  U: number;
  /**
   * Time constant of recovery.
   * Unit: ms; default: 800; allowed: finite and > 0.
   */
  tau_rec: number;
  /**
   * Time constant of facilitation; 0: none.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  tau_fac: number;
  /**
   * Available resources at the last spike.
   * Default: 1; allowed: in [0, 1].
   */
  x: number;
  /**
   * Release probability at the last spike. The first finds x and u as they were set; where u is 0,
   * it is U.
   * Default: 0; allowed: in [0, 1].
   */
  u: number;
}

/** What can be set for the model stdp_reward_tsodyks2_synapse: its defaults. */
export interface StdpRewardTsodyks2SynapseDefaults extends StdpRewardTsodyks2SynapseSettings {
  /**
   * The weight_recorder that records every transmitted spike; an empty collection detaches it.
   * Default: none; one value for all synapses of the model.
   */
  weight_recorder: NodeCollection;
  /**
   * Amplitude of causal pairs (a spike arrives, then the target fires).
   * Default: 1; one value for all synapses of the model.
   */
  A_plus: number;
  /**
   * Amplitude of anticausal pairs; positive: they lower the eligibility.
   * Default: 1.05; one value for all synapses of the model.
   */
  A_minus: number;
  /**
   * Time constant of causal pairs; that of anticausal ones is the neuron's tau_minus.
   * Unit: ms; default: 20; allowed: finite and > 0; one value for all synapses of the model.
   */
  tau_plus: number;
  /**
   * Time constant of the eligibility.
   * Unit: ms; default: 400; allowed: finite and > 0; one value for all synapses of the model.
   */
  tau_c: number;
  /**
   * A pair makes (s/tau_c) exp(-s/tau_c) of eligibility, s after it; else exp(-s/tau_c).
   * Default: true; one value for all synapses of the model.
   */
  alpha_kernel: boolean;
  /**
   * Pairs of spikes no further apart than this do not count; coincident ones never do.
   * Unit: ms; default: 0; allowed: finite and ≥ 0; one value for all synapses of the model.
   */
  gap: number;
  /**
   * Causal pairs count w_0^(1 - mu_plus) w^mu_plus times.
   * Default: 0; allowed: finite and ≥ 0; one value for all synapses of the model.
   */
  mu_plus: number;
  /**
   * Anticausal pairs count w_0^(1 - mu_minus) w^mu_minus times.
   * Default: 0; allowed: finite and ≥ 0; one value for all synapses of the model.
   */
  mu_minus: number;
  /**
   * Reference weight of the power law; at 1 and exponents of 0 amplitudes do not depend on the
   * weight.
   * Unit: as weight; default: 1; allowed: finite and > 0; one value for all synapses of the model.
   */
  w_0: number;
  /**
   * Smallest weight.
   * Unit: as weight; default: 0; allowed: a number; one value for all synapses of the model.
   */
  Wmin: number;
  /**
   * Largest weight.
   * Unit: as weight; default: 200; allowed: a number; one value for all synapses of the model.
   */
  Wmax: number;
  /**
   * Change of weight by unit eligibility and reward, in a ms; 0: none.
   * Default: 1; one value for all synapses of the model.
   */
  learning_rate: number;
  /**
   * What is transmitted is the weight times this.
   * Default: 1; one value for all synapses of the model.
   */
  weight_scale: number;
  /**
   * The reward_transmitter whose reward these synapses get.
   * Default: none; one value for all synapses of the model.
   */
  reward_transmitter: NodeCollection;
}

/** What can be set for stdp_synapse. */
export interface StdpSynapseSettings {
  /**
   * Strength, in the unit of the target's input.
   * Unit: mV, pA or nS; default: 1.
   */
  weight: number;
  /**
   * Time from a spike to its arrival; rounded to the grid, at least one step.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  delay: number;
  /**
   * Which input of the target receives the spikes.
   * Default: 0; allowed: finite and ≥ 0.
   */
  receptor_type: number;
  /**
   * A number to find the synapses by, in GetConnections.
   * Default: -1; allowed: in [-1, 2147483647].
   */
  synapse_label: number;
  /**
   * Time constant of the presynaptic trace.
   * Unit: ms; default: 20; allowed: finite and > 0.
   */
  tau_plus: number;
  /**
   * Step size of the weight.
   * Default: 0.01.
   */
  lambda: number;
  /**
   * Depression relative to facilitation.
   * Default: 1.
   */
  alpha: number;
  /**
   * Exponent of the weight dependence of facilitation.
   * Default: 1.
   */
  mu_plus: number;
  /**
   * Exponent of the weight dependence of depression.
   * Default: 1.
   */
  mu_minus: number;
  /**
   * Largest weight; its sign is the weight's.
   * Unit: as weight; default: 100.
   */
  Wmax: number;
  /**
   * Presynaptic trace: decays, and grows by 1 a spike.
   * Default: 0; allowed: finite and ≥ 0.
   */
  Kplus: number;
}

/** What can be set for the model stdp_synapse: its defaults. */
export interface StdpSynapseDefaults extends StdpSynapseSettings {
  /**
   * The weight_recorder that records every transmitted spike; an empty collection detaches it.
   * Default: none; one value for all synapses of the model.
   */
  weight_recorder: NodeCollection;
}

/** What can be set for stdp_synapse_hom. */
export interface StdpSynapseHomSettings {
  /**
   * Strength, in the unit of the target's input.
   * Unit: mV, pA or nS; default: 1.
   */
  weight: number;
  /**
   * Time from a spike to its arrival; rounded to the grid, at least one step.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  delay: number;
  /**
   * Which input of the target receives the spikes.
   * Default: 0; allowed: finite and ≥ 0.
   */
  receptor_type: number;
  /**
   * A number to find the synapses by, in GetConnections.
   * Default: -1; allowed: in [-1, 2147483647].
   */
  synapse_label: number;
  /**
   * Presynaptic trace: decays, and grows by 1 a spike.
   * Default: 0; allowed: finite and ≥ 0.
   */
  Kplus: number;
}

/** What can be set for the model stdp_synapse_hom: its defaults. */
export interface StdpSynapseHomDefaults extends StdpSynapseHomSettings {
  /**
   * The weight_recorder that records every transmitted spike; an empty collection detaches it.
   * Default: none; one value for all synapses of the model.
   */
  weight_recorder: NodeCollection;
  /**
   * Time constant of the presynaptic trace.
   * Unit: ms; default: 20; allowed: finite and > 0; one value for all synapses of the model.
   */
  tau_plus: number;
  /**
   * Step size of the weight.
   * Default: 0.01; one value for all synapses of the model.
   */
  lambda: number;
  /**
   * Depression relative to facilitation.
   * Default: 1; one value for all synapses of the model.
   */
  alpha: number;
  /**
   * Exponent of the weight dependence of facilitation.
   * Default: 1; one value for all synapses of the model.
   */
  mu_plus: number;
  /**
   * Exponent of the weight dependence of depression.
   * Default: 1; one value for all synapses of the model.
   */
  mu_minus: number;
  /**
   * Largest weight; its sign is the weight's.
   * Unit: as weight; default: 100; one value for all synapses of the model.
   */
  Wmax: number;
}

/** What can be set for stdp_triplet_synapse. */
export interface StdpTripletSynapseSettings {
  /**
   * Strength, in the unit of the target's input.
   * Unit: mV, pA or nS; default: 1.
   */
  weight: number;
  /**
   * Time from a spike to its arrival; rounded to the grid, at least one step.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  delay: number;
  /**
   * Which input of the target receives the spikes.
   * Default: 0; allowed: finite and ≥ 0.
   */
  receptor_type: number;
  /**
   * A number to find the synapses by, in GetConnections.
   * Default: -1; allowed: in [-1, 2147483647].
   */
  synapse_label: number;
  /**
   * Time constant of the short presynaptic trace.
   * Unit: ms; default: 16.8; allowed: finite and > 0.
   */
  tau_plus: number;
  /**
   * Time constant of the long presynaptic trace.
   * Unit: ms; default: 101; allowed: finite and > 0.
   */
  tau_plus_triplet: number;
  /**
   * Facilitation of a pair.
   * Default: 5e-10.
   */
  Aplus: number;
  /**
   * Depression of a pair.
   * Default: 0.007.
   */
  Aminus: number;
  /**
   * Facilitation of a triplet.
   * Default: 0.0062.
   */
  Aplus_triplet: number;
  /**
   * Depression of a triplet.
   * Default: 0.00023.
   */
  Aminus_triplet: number;
  /**
   * Largest weight; its sign is the weight's.
   * Unit: as weight; default: 100.
   */
  Wmax: number;
  /**
   * Presynaptic trace: decays, and grows by 1 a spike.
   * Default: 0; allowed: finite and ≥ 0.
   */
  Kplus: number;
  /**
   * Long presynaptic trace.
   * Default: 0; allowed: finite and ≥ 0.
   */
  Kplus_triplet: number;
}

/** What can be set for the model stdp_triplet_synapse: its defaults. */
export interface StdpTripletSynapseDefaults extends StdpTripletSynapseSettings {
  /**
   * The weight_recorder that records every transmitted spike; an empty collection detaches it.
   * Default: none; one value for all synapses of the model.
   */
  weight_recorder: NodeCollection;
}

/** What can be set for tsodyks2_synapse. */
export interface Tsodyks2SynapseSettings {
  /**
   * Strength, in the unit of the target's input.
   * Unit: mV, pA or nS; default: 1.
   */
  weight: number;
  /**
   * Time from a spike to its arrival; rounded to the grid, at least one step.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  delay: number;
  /**
   * Which input of the target receives the spikes.
   * Default: 0; allowed: finite and ≥ 0.
   */
  receptor_type: number;
  /**
   * A number to find the synapses by, in GetConnections.
   * Default: -1; allowed: in [-1, 2147483647].
   */
  synapse_label: number;
  /**
   * Release probability at rest.
   * Default: 0.5; allowed: in [0, 1].
   */
  U: number;
  /**
   * Time constant of recovery.
   * Unit: ms; default: 800; allowed: finite and > 0.
   */
  tau_rec: number;
  /**
   * Time constant of facilitation; 0: none.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  tau_fac: number;
  /**
   * Available resources.
   * Default: 1; allowed: in [0, 1].
   */
  x: number;
  /**
   * Release probability.
   * Default: 0.5; allowed: in [0, 1].
   */
  u: number;
}

/** What can be set for the model tsodyks2_synapse: its defaults. */
export interface Tsodyks2SynapseDefaults extends Tsodyks2SynapseSettings {
  /**
   * The weight_recorder that records every transmitted spike; an empty collection detaches it.
   * Default: none; one value for all synapses of the model.
   */
  weight_recorder: NodeCollection;
}

/** What can be set for tsodyks_synapse. */
export interface TsodyksSynapseSettings {
  /**
   * Strength, in the unit of the target's input.
   * Unit: mV, pA or nS; default: 1.
   */
  weight: number;
  /**
   * Time from a spike to its arrival; rounded to the grid, at least one step.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  delay: number;
  /**
   * Which input of the target receives the spikes.
   * Default: 0; allowed: finite and ≥ 0.
   */
  receptor_type: number;
  /**
   * A number to find the synapses by, in GetConnections.
   * Default: -1; allowed: in [-1, 2147483647].
   */
  synapse_label: number;
  /**
   * Increment of u at a spike.
   * Default: 0.5; allowed: in [0, 1].
   */
  U: number;
  /**
   * Time constant of the postsynaptic current.
   * Unit: ms; default: 3; allowed: finite and > 0.
   */
  tau_psc: number;
  /**
   * Time constant of facilitation; 0: none.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  tau_fac: number;
  /**
   * Time constant of recovery.
   * Unit: ms; default: 800; allowed: finite and > 0.
   */
  tau_rec: number;
  /**
   * Recovered resources.
   * Default: 1; allowed: in [0, 1].
   */
  x: number;
  /**
   * Active resources.
   * Default: 0; allowed: in [0, 1].
   */
  y: number;
  /**
   * Release probability.
   * Default: 0; allowed: in [0, 1].
   */
  u: number;
}

/** What can be set for the model tsodyks_synapse: its defaults. */
export interface TsodyksSynapseDefaults extends TsodyksSynapseSettings {
  /**
   * The weight_recorder that records every transmitted spike; an empty collection detaches it.
   * Default: none; one value for all synapses of the model.
   */
  weight_recorder: NodeCollection;
}

/** What can be set for tsodyks_synapse_hom. */
export interface TsodyksSynapseHomSettings {
  /**
   * Strength, in the unit of the target's input.
   * Unit: mV, pA or nS; default: 1.
   */
  weight: number;
  /**
   * Time from a spike to its arrival; rounded to the grid, at least one step.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  delay: number;
  /**
   * Which input of the target receives the spikes.
   * Default: 0; allowed: finite and ≥ 0.
   */
  receptor_type: number;
  /**
   * A number to find the synapses by, in GetConnections.
   * Default: -1; allowed: in [-1, 2147483647].
   */
  synapse_label: number;
  /**
   * Recovered resources.
   * Default: 1; allowed: in [0, 1].
   */
  x: number;
  /**
   * Active resources.
   * Default: 0; allowed: in [0, 1].
   */
  y: number;
  /**
   * Release probability.
   * Default: 0; allowed: in [0, 1].
   */
  u: number;
}

/** What can be set for the model tsodyks_synapse_hom: its defaults. */
export interface TsodyksSynapseHomDefaults extends TsodyksSynapseHomSettings {
  /**
   * The weight_recorder that records every transmitted spike; an empty collection detaches it.
   * Default: none; one value for all synapses of the model.
   */
  weight_recorder: NodeCollection;
  /**
   * Increment of u at a spike.
   * Default: 0.5; allowed: in [0, 1]; one value for all synapses of the model.
   */
  U: number;
  /**
   * Time constant of the postsynaptic current.
   * Unit: ms; default: 3; allowed: finite and > 0; one value for all synapses of the model.
   */
  tau_psc: number;
  /**
   * Time constant of facilitation; 0: none.
   * Unit: ms; default: 0; allowed: finite and ≥ 0; one value for all synapses of the model.
   */
  tau_fac: number;
  /**
   * Time constant of recovery.
   * Unit: ms; default: 800; allowed: finite and > 0; one value for all synapses of the model.
   */
  tau_rec: number;
}

/** What can be set for vogels_sprekeler_synapse. */
export interface VogelsSprekelerSynapseSettings {
  /**
   * Strength, in the unit of the target's input.
   * Unit: mV, pA or nS; default: 0.5.
   */
  weight: number;
  /**
   * Time from a spike to its arrival; rounded to the grid, at least one step.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  delay: number;
  /**
   * Which input of the target receives the spikes.
   * Default: 0; allowed: finite and ≥ 0.
   */
  receptor_type: number;
  /**
   * A number to find the synapses by, in GetConnections.
   * Default: -1; allowed: in [-1, 2147483647].
   */
  synapse_label: number;
  /**
   * Time constant of the presynaptic trace.
   * Unit: ms; default: 20; allowed: finite and > 0.
   */
  tau: number;
  /**
   * Depression at every presynaptic spike.
   * Default: 0.12.
   */
  alpha: number;
  /**
   * Learning rate.
   * Default: 0.001.
   */
  eta: number;
  /**
   * Largest weight; its sign is the weight's.
   * Unit: as weight; default: 1.
   */
  Wmax: number;
  /**
   * Presynaptic trace: decays, and grows by 1 a spike.
   * Default: 0; allowed: finite and ≥ 0.
   */
  Kplus: number;
}

/** What can be set for the model vogels_sprekeler_synapse: its defaults. */
export interface VogelsSprekelerSynapseDefaults extends VogelsSprekelerSynapseSettings {
  /**
   * The weight_recorder that records every transmitted spike; an empty collection detaches it.
   * Default: none; one value for all synapses of the model.
   */
  weight_recorder: NodeCollection;
}
