// Generated from the core's declarations by scripts/generate.cjs; do not edit.

import type { EventsOf } from '../event-types';
import type { InfiniteInput, Input, RecordedConnections, Values } from '../value-types';
import type { NodeRecordable, SynapseRecordable } from './recordables';

/** What can be read but not set. */
export type ReadOnlyName =
  | 't_spike'
  | 'post_trace'
  | 'n_receptors'
  | 'filenames'
  | 'events'
  | 'armed'
  | 'global_id'
  | 'model'
  | 'model_id'
  | 'type_id'
  | 'element_type'
  | 'local'
  | 'thread'
  | 'vp'
  | 'thread_local_id'
  | 'recordables';

/** What takes an infinity, which can be given as null. */
export type InfiniteName = 'stop' | 'V_peak' | 'V_th' | 'V_min' | 'Wmin' | 'Wmax';

/** What depends on the number of threads: `get()` without names leaves it out. */
export type ByThreadsName = 'thread' | 'vp' | 'thread_local_id';

/** What samplers record unless they are told; those that record nothing then will be told. */
export interface DefaultRecorded {
  /**
   * Samples states of the nodes it is connected to.
   * Source: NEST 3.10 documentation, multimeter.
   */
  multimeter: NodeRecordable;
  /** Samples states of chosen synapses: weights, eligibility traces, resources. */
  synapse_recorder: 'weight';
  /**
   * Samples the membrane potential of the neurons it is connected to.
   * Source: NEST 3.10 documentation, multimeter.
   */
  voltmeter: 'V_m';
}

/** What every node has besides. */
export interface CommonProperties<Many extends boolean> {
  /** ID of the node. Default: 0; read only. */
  get global_id(): Values<number, Many>;
  /** Name of its model. Read only. */
  get model(): Values<string, Many>;
  /** Number of its model among those of nodes. Default: 0; read only. */
  get model_id(): Values<number, Many>;
  /** Name of the built-in model that its model is a copy of. Read only. */
  get type_id(): Values<string, Many>;
  /** `neuron`, `stimulator` or `recorder`. Read only. */
  get element_type(): Values<string, Many>;
  /** Whether this process has the node: always true. Default: true; read only. */
  get local(): Values<boolean, Many>;
  /**
   * Thread that updates the neuron; −1 for devices, and until the network is laid out (Prepare,
   * GetConnections).
   * Default: -1; read only.
   */
  get thread(): Values<number, Many>;
  /** NEST's virtual process: here the thread. Default: -1; read only. */
  get vp(): Values<number, Many>;
  /**
   * Place of the neuron among those that are laid out with it; −1 where `thread` is.
   * Default: -1; read only.
   */
  get thread_local_id(): Values<number, Many>;
}

/** Neurons and devices: the properties of their collections. */
export interface NodeProperties<Many extends boolean, Recorded extends string> {
  /** A sinusoidal current. Source: NEST 3.10 documentation, ac_generator. */
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
  /** A constant current. Source: NEST 3.10 documentation, dc_generator. */
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
  multimeter: MultimeterProperties<Many, Recorded>;
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
  parrot_neuron: NeuronProperties5<Many>;
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
  /** Spikes at given times. Source: NEST 3.10 documentation, spike_generator. */
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
  synapse_recorder: SynapseRecorderProperties<Many, Recorded>;
  /**
   * Samples the membrane potential of the neurons it is connected to.
   * Source: NEST 3.10 documentation, multimeter.
   */
  voltmeter: VoltmeterProperties<Many, Recorded>;
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

/**
 * Of ac_generator, dc_generator, inhomogeneous_poisson_generator, multimeter, noise_generator,
 * poisson_generator, spike_generator, spike_recorder, step_current_generator, synapse_recorder,
 * voltmeter, weight_recorder.
 */
interface DeviceProperties1<Many extends boolean> extends DeviceProperties2<Many> {
  /** Added to start and stop. Unit: ms; default: 0; allowed: finite and ≥ 0. */
  get origin(): Values<number, Many>;
  set origin(value: Input<number>);
}

/**
 * Of ac_generator, dc_generator, inhomogeneous_poisson_generator, noise_generator,
 * poisson_generator, spike_generator, step_current_generator.
 */
interface StimulatorProperties1<Many extends boolean> extends DeviceProperties1<Many> {
  /** Begin of activity, relative to origin. Unit: ms; default: 0; allowed: finite and ≥ 0. */
  get start(): Values<number, Many>;
  set start(value: Input<number>);
  /** End of activity, relative to origin. Unit: ms; default: Infinity; allowed: ≥ 0. */
  get stop(): Values<number, Many>;
  set stop(value: InfiniteInput);
}

/**
 * Of ac_generator, dc_generator, inhomogeneous_poisson_generator, multimeter, noise_generator,
 * poisson_generator, spike_generator, spike_recorder, step_current_generator, synapse_recorder,
 * voltmeter, volume_transmitter, weight_recorder.
 */
interface DeviceProperties2<Many extends boolean> extends DeviceProperties3<Many> {
  /** A name for the user's own purposes. Default: "". */
  get label(): Values<string, Many>;
  set label(value: Input<string>);
}

/**
 * Of ac_generator, dc_generator, inhomogeneous_poisson_generator, multimeter, noise_generator,
 * poisson_generator, reward_transmitter, spike_generator, spike_recorder, step_current_generator,
 * synapse_recorder, voltmeter, volume_transmitter, weight_recorder.
 */
interface DeviceProperties3<Many extends boolean> {
  /** The device does nothing: it sends nothing, and what it would get is lost. Default: false. */
  get frozen(): Values<boolean, Many>;
  set frozen(value: Input<boolean>);
}

/** Of aeif_cond_exp, iaf_cond_alpha, iaf_cond_exp. */
interface NeuronProperties1<Many extends boolean>
  extends NeuronProperties5<Many>, NeuronProperties6<Many> {
  /** Potential right after a spike. Unit: mV; default: -60. */
  get V_reset(): Values<number, Many>;
  set V_reset(value: Input<number>);
  /** Reversal potential of the excitatory conductance. Unit: mV; default: 0. */
  get E_ex(): Values<number, Many>;
  set E_ex(value: Input<number>);
  /** Reversal potential of the inhibitory conductance. Unit: mV; default: -85. */
  get E_in(): Values<number, Many>;
  set E_in(value: Input<number>);
}

/** Of aeif_cond_exp, iaf_cond_exp. */
interface NeuronProperties2<Many extends boolean> extends NeuronProperties1<Many> {
  /** Decay time of the excitatory conductance. Unit: ms; default: 0.2; allowed: finite and > 0. */
  get tau_syn_ex(): Values<number, Many>;
  set tau_syn_ex(value: Input<number>);
  /** Decay time of the inhibitory conductance. Unit: ms; default: 2; allowed: finite and > 0. */
  get tau_syn_in(): Values<number, Many>;
  set tau_syn_in(value: Input<number>);
}

/**
 * Of aeif_cond_exp, iaf_cond_alpha, iaf_cond_exp, iaf_cond_exp_multisynapse, iaf_psc_alpha,
 * iaf_psc_delta, iaf_psc_delta_neuron, iaf_psc_exp, iaf_psc_exp_neuron, izhikevich.
 */
interface NeuronProperties3<Many extends boolean> extends NeuronProperties4<Many> {
  /** Constant current into the neuron. Unit: pA; default: 0. */
  get I_e(): Values<number, Many>;
  set I_e(value: Input<number>);
}

/**
 * Of aeif_cond_exp, clamped_neuron, iaf_cond_alpha, iaf_cond_exp, iaf_cond_exp_multisynapse,
 * iaf_psc_alpha, iaf_psc_delta, iaf_psc_delta_neuron, iaf_psc_exp, iaf_psc_exp_neuron, izhikevich,
 * linear_poisson_neuron, parrot_neuron.
 */
interface NeuronProperties4<Many extends boolean> {
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
  /** Rise of the calcium concentration at each spike. Default: 0.001; allowed: finite and > 0. */
  get beta_Ca(): Values<number, Many>;
  set beta_Ca(value: Input<number>);
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
  /** Time of the last spike; −1 before the first. Unit: ms; default: -1; read only. */
  get t_spike(): Values<number, Many>;
  /**
   * The trace K− that plastic synapses onto the neuron read, at the present time; 0 without such
   * synapses.
   * Default: 0; read only.
   */
  get post_trace(): Values<number, Many>;
}

/**
 * Of aeif_cond_exp, clamped_neuron, iaf_cond_alpha, iaf_cond_exp, iaf_cond_exp_multisynapse,
 * iaf_psc_alpha, iaf_psc_delta_neuron, iaf_psc_exp, iaf_psc_exp_neuron, izhikevich,
 * linear_poisson_neuron, parrot_neuron.
 */
interface NeuronProperties5<Many extends boolean> extends NeuronProperties4<Many> {
  /** Without effect: this model heeds its threshold always. Default: false; allowed: false. */
  get ignore_and_spike(): Values<boolean, Many>;
  set ignore_and_spike(value: Input<boolean>);
}

/**
 * Of aeif_cond_exp, iaf_cond_alpha, iaf_cond_exp, iaf_cond_exp_multisynapse, iaf_psc_alpha,
 * iaf_psc_delta, iaf_psc_exp.
 */
interface NeuronProperties6<Many extends boolean> extends NeuronProperties3<Many> {
  /**
   * Rest of the refractory period; what is set is rounded up to whole steps.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  get t_ref_remaining(): Values<number, Many>;
  set t_ref_remaining(value: Input<number>);
}

/**
 * Of iaf_cond_alpha, iaf_cond_exp, iaf_psc_alpha, iaf_psc_delta, iaf_psc_delta_neuron, iaf_psc_exp,
 * iaf_psc_exp_neuron.
 */
interface NeuronProperties7<Many extends boolean> extends NeuronProperties10<Many> {
  /**
   * Threshold: the neuron fires when its potential reaches this value; at Infinity never.
   * Unit: mV; default: -55; allowed: a finite number or Infinity.
   */
  get V_th(): Values<number, Many>;
  set V_th(value: InfiniteInput);
  /** Capacitance of the membrane. Unit: pF; default: 250; allowed: finite and > 0. */
  get C_m(): Values<number, Many>;
  set C_m(value: Input<number>);
}

/** Of iaf_cond_alpha, iaf_cond_exp, iaf_psc_alpha, iaf_psc_delta, iaf_psc_exp. */
interface NeuronProperties8<Many extends boolean>
  extends NeuronProperties6<Many>, NeuronProperties7<Many> {
  /**
   * Refractory period: how long the potential stays at V_reset after a spike, rounded up to whole
   * steps.
   * Unit: ms; default: 2; allowed: finite and ≥ 0.
   */
  get t_ref(): Values<number, Many>;
  set t_ref(value: Input<number>);
}

/** Of iaf_cond_alpha, iaf_cond_exp. */
interface NeuronProperties9<Many extends boolean>
  extends NeuronProperties1<Many>, NeuronProperties8<Many> {
  /** Leak conductance of the membrane. Unit: nS; default: 16.6667. */
  get g_L(): Values<number, Many>;
  set g_L(value: Input<number>);
  /** Excitatory synaptic conductance. Unit: nS; default: 0. */
  get g_ex(): Values<number, Many>;
  set g_ex(value: Input<number>);
  /** Inhibitory synaptic conductance. Unit: nS; default: 0. */
  get g_in(): Values<number, Many>;
  set g_in(value: Input<number>);
}

/**
 * Of iaf_cond_alpha, iaf_cond_exp, iaf_cond_exp_multisynapse, iaf_psc_alpha, iaf_psc_delta,
 * iaf_psc_delta_neuron, iaf_psc_exp, iaf_psc_exp_neuron.
 */
interface NeuronProperties10<Many extends boolean> extends NeuronProperties3<Many> {
  /** Leak reversal potential: where the potential rests without input. Unit: mV; default: -70. */
  get E_L(): Values<number, Many>;
  set E_L(value: Input<number>);
  /** Membrane potential. Unit: mV; default: -70. */
  get V_m(): Values<number, Many>;
  set V_m(value: Input<number>);
}

/**
 * Of iaf_cond_exp_multisynapse, iaf_psc_alpha, iaf_psc_delta, iaf_psc_delta_neuron, iaf_psc_exp,
 * iaf_psc_exp_neuron.
 */
interface NeuronProperties11<Many extends boolean> extends NeuronProperties10<Many> {
  /** Potential right after a spike. Unit: mV; default: -70. */
  get V_reset(): Values<number, Many>;
  set V_reset(value: Input<number>);
}

/** Of iaf_psc_alpha, iaf_psc_delta, iaf_psc_delta_neuron, iaf_psc_exp, iaf_psc_exp_neuron. */
interface NeuronProperties12<Many extends boolean>
  extends NeuronProperties7<Many>, NeuronProperties11<Many> {
  /**
   * Membrane time constant: how fast the potential relaxes to E_L.
   * Unit: ms; default: 10; allowed: finite and > 0.
   */
  get tau_m(): Values<number, Many>;
  set tau_m(value: Input<number>);
}

/** Of iaf_psc_alpha, iaf_psc_exp. */
interface NeuronProperties13<Many extends boolean>
  extends NeuronProperties5<Many>, NeuronProperties8<Many>, NeuronProperties12<Many> {
  /** Excitatory synaptic current. Unit: pA; default: 0. */
  get I_syn_ex(): Values<number, Many>;
  set I_syn_ex(value: Input<number>);
  /** Inhibitory synaptic current. Unit: pA; default: 0. */
  get I_syn_in(): Values<number, Many>;
  set I_syn_in(value: Input<number>);
}

/** Of iaf_psc_delta, izhikevich. */
interface NeuronProperties14<Many extends boolean> extends NeuronProperties3<Many> {
  /**
   * Lower bound of the potential; the default means that there is none.
   * Unit: mV; default: -1.7976931348623157e+308; allowed: a finite number or -Infinity.
   */
  get V_min(): Values<number, Many>;
  set V_min(value: InfiniteInput);
}

/** Of iaf_psc_delta_neuron, iaf_psc_exp_neuron. */
interface NeuronProperties15<Many extends boolean>
  extends NeuronProperties5<Many>, NeuronProperties12<Many> {
  /**
   * Refractory period, counted down by repeated subtraction of the resolution until nothing is
   * left.
   * Unit: ms; default: 2; allowed: finite and ≥ 0.
   */
  get refr_T(): Values<number, Many>;
  set refr_T(value: Input<number>);
  /** Refractory time left; at most 0 when not refractory. Unit: ms; default: 0. */
  get refr_t(): Values<number, Many>;
  set refr_t(value: Input<number>);
}

/**
 * Of inhomogeneous_poisson_generator, reward_transmitter, spike_generator, step_current_generator.
 */
interface StimulatorProperties2<Many extends boolean> extends DeviceProperties3<Many> {
  /** Round times between grid points up instead of refusing them. Default: false. */
  get allow_offgrid_times(): Values<boolean, Many>;
  set allow_offgrid_times(value: Input<boolean>);
}

/** Of multimeter, synapse_recorder, voltmeter. */
interface RecorderProperties1<Many extends boolean> extends RecorderProperties2<Many> {
  /** Interval between samples. Unit: ms; default: 1; allowed: finite and > 0. */
  get interval(): Values<number, Many>;
  set interval(value: Input<number>);
  /** Shift of the sampling times. Unit: ms; default: 0; allowed: finite and ≥ 0. */
  get offset(): Values<number, Many>;
  set offset(value: Input<number>);
}

/** Of multimeter, spike_recorder, synapse_recorder, voltmeter, weight_recorder. */
interface RecorderProperties2<Many extends boolean> extends DeviceProperties1<Many> {
  /** Events after this time are recorded. Unit: ms; default: 0; allowed: finite and ≥ 0. */
  get start(): Values<number, Many>;
  set start(value: Input<number>);
  /**
   * Events up to and including this time are recorded.
   * Unit: ms; default: Infinity; allowed: ≥ 0.
   */
  get stop(): Values<number, Many>;
  set stop(value: InfiniteInput);
  /**
   * Where events go: "memory", "ascii" (a text file), "file" (a binary file: see file_extension) or
   * "screen". A synapse_recorder has only "memory".
   * Default: "memory".
   */
  get record_to(): Values<string, Many>;
  set record_to(value: Input<string>);
  /** Give times in steps, and offsets in ms. Default: false. */
  get time_in_steps(): Values<boolean, Many>;
  set time_in_steps(value: Input<boolean>);
  /** Digits behind the point in files and on the screen. Default: 3; allowed: in [0, 100]. */
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
  /** Number of events recorded; set it to 0 to clear them. Default: 0; allowed: finite and ≥ 0. */
  get n_events(): Values<number, Many>;
  set n_events(value: Input<number>);
}

/** A sinusoidal current. */
export interface AcGeneratorProperties<Many extends boolean> extends StimulatorProperties1<Many> {
  /** Amplitude of the sine. Unit: pA; default: 0; allowed: in [-1e+290, 1e+290]. */
  get amplitude(): Values<number, Many>;
  set amplitude(value: Input<number>);
  /** Constant part of the current. Unit: pA; default: 0; allowed: in [-1e+290, 1e+290]. */
  get offset(): Values<number, Many>;
  set offset(value: Input<number>);
  /** Frequency. Unit: Hz; default: 0; allowed: in [-1e+280, 1e+280]. */
  get frequency(): Values<number, Many>;
  set frequency(value: Input<number>);
  /** Phase at time 0. Unit: deg; default: 0; allowed: in [-1e+290, 1e+290]. */
  get phase(): Values<number, Many>;
  set phase(value: Input<number>);
  /** What a multimeter can record: I. */
  get recordables(): Values<string[], Many>;
}

/**
 * Adaptive exponential integrate-and-fire neuron with exponential synaptic conductances: an input
 * spike raises a conductance by its weight (nS).
 */
export interface AeifCondExpProperties<Many extends boolean> extends NeuronProperties2<Many> {
  /**
   * Potential at which a spike is detected and the neuron is reset.
   * Unit: mV; default: 0; allowed: a finite number or Infinity.
   */
  get V_peak(): Values<number, Many>;
  set V_peak(value: InfiniteInput);
  /**
   * Refractory period: how long the potential stays at V_reset after a spike, rounded up to whole
   * steps.
   * Unit: ms; default: 0; allowed: finite and ≥ 0.
   */
  get t_ref(): Values<number, Many>;
  set t_ref(value: Input<number>);
  /** Leak conductance of the membrane. Unit: nS; default: 30. */
  get g_L(): Values<number, Many>;
  set g_L(value: Input<number>);
  /** Capacitance of the membrane. Unit: pF; default: 281; allowed: finite and > 0. */
  get C_m(): Values<number, Many>;
  set C_m(value: Input<number>);
  /** Leak reversal potential: where the potential rests without input. Unit: mV; default: -70.6. */
  get E_L(): Values<number, Many>;
  set E_L(value: Input<number>);
  /**
   * Slope factor of the spike's upstroke; at 0 the neuron fires at V_th.
   * Unit: mV; default: 2; allowed: finite and ≥ 0.
   */
  get Delta_T(): Values<number, Many>;
  set Delta_T(value: Input<number>);
  /** Time constant of the adaptation current. Unit: ms; default: 144; allowed: finite and > 0. */
  get tau_w(): Values<number, Many>;
  set tau_w(value: Input<number>);
  /** Subthreshold adaptation: coupling of w to the potential. Unit: nS; default: 4. */
  get a(): Values<number, Many>;
  set a(value: Input<number>);
  /** Spike-triggered adaptation: added to w at each spike. Unit: pA; default: 80.5. */
  get b(): Values<number, Many>;
  set b(value: Input<number>);
  /**
   * Threshold at which the upstroke of a spike begins; at Infinity there is neither an upstroke nor
   * a spike.
   * Unit: mV; default: -50.4; allowed: a finite number or Infinity.
   */
  get V_th(): Values<number, Many>;
  set V_th(value: InfiniteInput);
  /**
   * Error tolerance of the adaptive integration, absolute and relative to the slope.
   * Default: 1e-06; allowed: finite and > 0.
   */
  get gsl_error_tol(): Values<number, Many>;
  set gsl_error_tol(value: Input<number>);
  /** Membrane potential. Unit: mV; default: -70.6. */
  get V_m(): Values<number, Many>;
  set V_m(value: Input<number>);
  /** Excitatory synaptic conductance. Unit: nS; default: 0; allowed: finite and ≥ 0. */
  get g_ex(): Values<number, Many>;
  set g_ex(value: Input<number>);
  /** Inhibitory synaptic conductance. Unit: nS; default: 0; allowed: finite and ≥ 0. */
  get g_in(): Values<number, Many>;
  set g_in(value: Input<number>);
  /** Adaptation current. Unit: pA; default: 0. */
  get w(): Values<number, Many>;
  set w(value: Input<number>);
  /** What a multimeter can record: V_m, g_ex, g_in, w, t_ref_remaining, Ca. */
  get recordables(): Values<string[], Many>;
}

/**
 * Emits spikes at given times, whatever reaches it: for protocols with both sides of a synapse
 * under control.
 */
export interface ClampedNeuronProperties<Many extends boolean> extends NeuronProperties5<Many> {
  /**
   * Times of the spikes, on the grid and strictly increasing; those that have passed are without
   * effect.
   * Unit: ms; default: []; allowed: finite and > 0.
   */
  get spike_times(): Values<Float64Array, Many>;
  set spike_times(value: Input<Float64Array>);
}

/** A constant current. */
export interface DcGeneratorProperties<Many extends boolean> extends StimulatorProperties1<Many> {
  /** Amplitude of the current. Unit: pA; default: 0; allowed: in [-1e+290, 1e+290]. */
  get amplitude(): Values<number, Many>;
  set amplitude(value: Input<number>);
  /** What a multimeter can record: I. */
  get recordables(): Values<string[], Many>;
}

/**
 * Leaky integrate-and-fire neuron with alpha-shaped synaptic conductances: an input spike causes a
 * conductance whose peak is its weight (nS).
 */
export interface IafCondAlphaProperties<Many extends boolean> extends NeuronProperties9<Many> {
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
  /** Auxiliary variable that drives the excitatory conductance. Unit: nS/ms; default: 0. */
  get dg_ex(): Values<number, Many>;
  set dg_ex(value: Input<number>);
  /** Auxiliary variable that drives the inhibitory conductance. Unit: nS/ms; default: 0. */
  get dg_in(): Values<number, Many>;
  set dg_in(value: Input<number>);
  /** What a multimeter can record: V_m, g_ex, g_in, t_ref_remaining, dg_ex, dg_in, Ca. */
  get recordables(): Values<string[], Many>;
}

/**
 * Leaky integrate-and-fire neuron with exponential synaptic conductances: an input spike raises a
 * conductance by its weight (nS).
 */
export interface IafCondExpProperties<Many extends boolean>
  extends NeuronProperties2<Many>, NeuronProperties9<Many> {
  /** What a multimeter can record: V_m, g_ex, g_in, t_ref_remaining, Ca. */
  get recordables(): Values<string[], Many>;
}

/**
 * Leaky integrate-and-fire neuron with any number of exponential synaptic conductances: an input
 * spike raises the conductance of its receptor by its weight (nS, not negative). Two more
 * conductances fluctuate as Ornstein-Uhlenbeck processes.
 */
export interface IafCondExpMultisynapseProperties<Many extends boolean>
  extends NeuronProperties5<Many>, NeuronProperties6<Many>, NeuronProperties11<Many> {
  /** Capacitance of the membrane. Unit: pF; default: 300; allowed: finite and > 0. */
  get C_m(): Values<number, Many>;
  set C_m(value: Input<number>);
  /** Leak conductance of the membrane. Unit: nS; default: 10; allowed: finite and ≥ 0. */
  get g_L(): Values<number, Many>;
  set g_L(value: Input<number>);
  /**
   * Threshold: the neuron fires when its potential reaches this value; at Infinity never.
   * Unit: mV; default: -59; allowed: a finite number or Infinity.
   */
  get V_th(): Values<number, Many>;
  set V_th(value: InfiniteInput);
  /**
   * Refractory period: how long the potential stays at V_reset after a spike, rounded up to whole
   * steps.
   * Unit: ms; default: 5; allowed: finite and ≥ 0.
   */
  get t_ref(): Values<number, Many>;
  set t_ref(value: Input<number>);
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
  /** Reversal potential of the fluctuating excitatory conductance. Unit: mV; default: 0. */
  get E_e(): Values<number, Many>;
  set E_e(value: Input<number>);
  /** Reversal potential of the fluctuating inhibitory conductance. Unit: mV; default: -75. */
  get E_i(): Values<number, Many>;
  set E_i(value: Input<number>);
  /** Reversal potentials, one a receptor: as many as tau_syn has values. Unit: mV; default: [0]. */
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
   * Conductance of the first receptor; the others have g_2, g_3 ….
   * Unit: nS; default: 0; allowed: finite and ≥ 0.
   */
  get g_1(): Values<number, Many>;
  set g_1(value: Input<number>);
  [receptor: `g_${bigint}`]: Values<number, Many>;
  /** What a multimeter can record: V_m, g_e, g_i, t_ref_remaining, g_1, Ca. */
  get recordables(): Values<string[], Many>;
}

/**
 * Leaky integrate-and-fire neuron with alpha-shaped postsynaptic currents: an input spike causes a
 * current whose peak is its weight (pA).
 */
export interface IafPscAlphaProperties<Many extends boolean> extends NeuronProperties13<Many> {
  /**
   * Lower bound of the potential; the default means that there is none.
   * Unit: mV; default: -Infinity; allowed: a finite number or -Infinity.
   */
  get V_min(): Values<number, Many>;
  set V_min(value: InfiniteInput);
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
  /** Auxiliary variable that drives the excitatory current. Unit: pA/ms; default: 0. */
  get dI_syn_ex(): Values<number, Many>;
  set dI_syn_ex(value: Input<number>);
  /** Auxiliary variable that drives the inhibitory current. Unit: pA/ms; default: 0. */
  get dI_syn_in(): Values<number, Many>;
  set dI_syn_in(value: Input<number>);
  /**
   * What a multimeter can record: V_m, I_syn_ex, I_syn_in, dI_syn_ex, dI_syn_in, t_ref_remaining,
   * Ca.
   */
  get recordables(): Values<string[], Many>;
}

/**
 * Leaky integrate-and-fire neuron with delta-shaped postsynaptic currents: an input spike shifts
 * the potential by its weight (mV).
 */
export interface IafPscDeltaProperties<Many extends boolean>
  extends NeuronProperties8<Many>, NeuronProperties12<Many>, NeuronProperties14<Many> {
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
   * With refractory_input: what arrived during the refractory period, as it will be at its end.
   * Unit: mV; default: 0.
   */
  get kept_input(): Values<number, Many>;
  set kept_input(value: Input<number>);
  /** What a multimeter can record: V_m, t_ref_remaining, kept_input, Ca. */
  get recordables(): Values<string[], Many>;
}

/**
 * Leaky integrate-and-fire neuron of the NESTML dopamine tutorial: an input spike shifts the
 * potential by its weight (mV), also while the neuron is refractory.
 */
export interface IafPscDeltaNeuronProperties<
  Many extends boolean,
> extends NeuronProperties15<Many> {
  /** What a multimeter can record: V_m, refr_t, Ca. */
  get recordables(): Values<string[], Many>;
}

/**
 * Leaky integrate-and-fire neuron with exponential postsynaptic currents: an input spike raises the
 * synaptic current by its weight (pA).
 */
export interface IafPscExpProperties<Many extends boolean> extends NeuronProperties13<Many> {
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
  /** What a multimeter can record: V_m, I_syn_ex, I_syn_in, t_ref_remaining, Ca. */
  get recordables(): Values<string[], Many>;
}

/**
 * Leaky integrate-and-fire neuron of the NESTML dopamine tutorial with exponential postsynaptic
 * currents: an input spike raises the synaptic current by its weight (pA).
 */
export interface IafPscExpNeuronProperties<Many extends boolean> extends NeuronProperties15<Many> {
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
  /** Excitatory synaptic current. Unit: pA; default: 0. */
  get I_syn_exc(): Values<number, Many>;
  set I_syn_exc(value: Input<number>);
  /** Inhibitory synaptic current; positive, it is subtracted. Unit: pA; default: 0. */
  get I_syn_inh(): Values<number, Many>;
  set I_syn_inh(value: Input<number>);
  /** What a multimeter can record: V_m, I_syn_exc, I_syn_inh, refr_t, Ca. */
  get recordables(): Values<string[], Many>;
}

/** Poisson spike trains whose rate changes at given times, independent for every target. */
export interface InhomogeneousPoissonGeneratorProperties<Many extends boolean>
  extends StimulatorProperties1<Many>, StimulatorProperties2<Many> {
  /**
   * Absolute times from which the rates hold. Those that are not later than now are passed over;
   * until the first that is, the rate in force stays.
   * Unit: ms; default: [].
   */
  get rate_times(): Values<Float64Array, Many>;
  set rate_times(value: Input<Float64Array>);
  /** Rates, one a time. Unit: spikes/s; default: []; allowed: finite and ≥ 0. */
  get rate_values(): Values<Float64Array, Many>;
  set rate_values(value: Input<Float64Array>);
}

/**
 * Izhikevich's two-variable neuron: reproduces many firing patterns with four parameters; an input
 * spike shifts the potential by its weight (mV).
 */
export interface IzhikevichProperties<Many extends boolean>
  extends NeuronProperties5<Many>, NeuronProperties14<Many> {
  /** Rate of the recovery variable U_m: smaller is slower. Unit: 1/ms; default: 0.02. */
  get a(): Values<number, Many>;
  set a(value: Input<number>);
  /** Sensitivity of U_m to the potential below threshold. Default: 0.2. */
  get b(): Values<number, Many>;
  set b(value: Input<number>);
  /** Potential right after a spike. Unit: mV; default: -65. */
  get c(): Values<number, Many>;
  set c(value: Input<number>);
  /** Added to U_m at each spike. Unit: mV; default: 8. */
  get d(): Values<number, Many>;
  set d(value: Input<number>);
  /**
   * Cut-off of the spike: the neuron fires and is reset when its potential reaches this value; at
   * Infinity never.
   * Unit: mV; default: 30; allowed: a finite number or Infinity.
   */
  get V_th(): Values<number, Many>;
  set V_th(value: InfiniteInput);
  /**
   * Forward Euler at any resolution; if false, the published scheme, which halves the step of the
   * potential and is meant for a resolution of 1 ms.
   * Default: true.
   */
  get consistent_integration(): Values<boolean, Many>;
  set consistent_integration(value: Input<boolean>);
  /** Membrane potential. Unit: mV; default: -65. */
  get V_m(): Values<number, Many>;
  set V_m(value: Input<number>);
  /** Recovery variable. Unit: mV; default: -13. */
  get U_m(): Values<number, Many>;
  set U_m(value: Input<number>);
  /** What a multimeter can record: V_m, U_m, Ca. */
  get recordables(): Values<string[], Many>;
}

/**
 * Fires at random at the rate nu_0 + Σ w ε(t − t_k), ε(s) = exp(−s/tau_syn)/tau_syn, or not at all
 * where that is negative: the weight w of an input spike is the expected number of spikes that it
 * causes. At most one spike a step.
 */
export interface LinearPoissonNeuronProperties<
  Many extends boolean,
> extends NeuronProperties5<Many> {
  /** Rate without input. Unit: 1/s; default: 10; allowed: finite and ≥ 0. */
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
   * Rate at which the neuron fires, at present.
   * Unit: 1/s; default: 10; allowed: finite and ≥ 0.
   */
  get rate(): Values<number, Many>;
  set rate(value: Input<number>);
  /** What a multimeter can record: rate, Ca. */
  get recordables(): Values<string[], Many>;
}

/** Samples states of the nodes it is connected to. */
export interface MultimeterProperties<
  Many extends boolean,
  Recorded extends string,
> extends RecorderProperties1<Many> {
  /** Names of the recordables to sample. Default: []. */
  get record_from(): Values<NodeRecordable[], Many>;
  set record_from(value: Input<NodeRecordable[]>);
  /** What was recorded, sorted by time and sender. Default: {}; read only. */
  get events(): Values<EventsOf<'multimeter', Recorded>, Many>;
}

/** Gaussian white-noise current, constant over dt, independent for every target. */
export interface NoiseGeneratorProperties<
  Many extends boolean,
> extends StimulatorProperties1<Many> {
  /** Mean of the current. Unit: pA; default: 0; allowed: in [-1e+290, 1e+290]. */
  get mean(): Values<number, Many>;
  set mean(value: Input<number>);
  /** Standard deviation of the current. Unit: pA; default: 0; allowed: in [0, 1e+150]. */
  get std(): Values<number, Many>;
  set std(value: Input<number>);
  /**
   * Modulated part of the standard deviation, ≤ std.
   * Unit: pA; default: 0; allowed: in [0, 1e+150].
   */
  get std_mod(): Values<number, Many>;
  set std_mod(value: Input<number>);
  /** Frequency of the modulation. Unit: Hz; default: 0; allowed: in [-1e+280, 1e+280]. */
  get frequency(): Values<number, Many>;
  set frequency(value: Input<number>);
  /** Phase of the modulation at time 0. Unit: deg; default: 0; allowed: in [-1e+290, 1e+290]. */
  get phase(): Values<number, Many>;
  set phase(value: Input<number>);
  /**
   * Interval between new values; the default is ten steps.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  get dt(): Values<number, Many>;
  set dt(value: Input<number>);
  /** What a multimeter can record: I. */
  get recordables(): Values<string[], Many>;
}

/** Spike trains of Poisson statistics, an independent one for every target. */
export interface PoissonGeneratorProperties<
  Many extends boolean,
> extends StimulatorProperties1<Many> {
  /** Mean firing rate. Unit: spikes/s; default: 0; allowed: in [0, 1000000000]. */
  get rate(): Values<number, Many>;
  set rate(value: Input<number>);
}

/** A reward, given as numbers or caused by spikes, handed to the synapses bound to it. */
export interface RewardTransmitterProperties<
  Many extends boolean,
> extends StimulatorProperties2<Many> {
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
  /** Rewards, one a time. Default: []. */
  get reward_values(): Values<Float64Array, Many>;
  set reward_values(value: Input<Float64Array>);
  /**
   * A spike that arrives at receptor 0 adds its weight times A_1 (s/tau_1) exp(-s/tau_1) - A_2
   * (s/tau_2) exp(-s/tau_2) to the reward, s ms later. For synapses with a reward in continuous
   * time, as are all that follow.
   * Unit: 1/ms; default: 0.
   */
  get A_1(): Values<number, Many>;
  set A_1(value: Input<number>);
  /** See A_1. Unit: ms; default: 200; allowed: finite and > 0. */
  get tau_1(): Values<number, Many>;
  set tau_1(value: Input<number>);
  /** See A_1. Unit: 1/ms; default: 0. */
  get A_2(): Values<number, Many>;
  set A_2(value: Input<number>);
  /** See A_1. Unit: ms; default: 1000; allowed: finite and > 0. */
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
  /** See kappa_plus. Unit: ms; default: 30; allowed: finite and > 0. */
  get tau_kappa_1(): Values<number, Many>;
  set tau_kappa_1(value: Input<number>);
  /** See kappa_plus. Unit: ms; default: 4; allowed: finite and > 0. */
  get tau_kappa_2(): Values<number, Many>;
  set tau_kappa_2(value: Input<number>);
  /** See kappa_plus. Unit: ms; default: 0. */
  get kappa_shift(): Values<number, Many>;
  set kappa_shift(value: Input<number>);
  /** See kappa_plus. Unit: ms; default: 0; allowed: finite and ≥ 0. */
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
}

/** Spikes at given times. */
export interface SpikeGeneratorProperties<Many extends boolean>
  extends StimulatorProperties1<Many>, StimulatorProperties2<Many> {
  /** Times of the spikes, relative to origin, in ascending order. Unit: ms; default: []. */
  get spike_times(): Values<Float64Array, Many>;
  set spike_times(value: Input<Float64Array>);
  /** Factors to the connections' weights, one a spike; empty: 1. Default: []. */
  get spike_weights(): Values<Float64Array, Many>;
  set spike_weights(value: Input<Float64Array>);
  /** How many spikes occur at each time; empty: 1. Default: []; allowed: finite and ≥ 0. */
  get spike_multiplicities(): Values<Float64Array, Many>;
  set spike_multiplicities(value: Input<Float64Array>);
  /** Keep times between grid points; delivered on the grid point after. Default: false. */
  get precise_times(): Values<boolean, Many>;
  set precise_times(value: Input<boolean>);
  /** Shift spikes at the present time one step into the future. Default: false. */
  get shift_now_spikes(): Values<boolean, Many>;
  set shift_now_spikes(value: Input<boolean>);
}

/** Records the spikes of the nodes connected to it. */
export interface SpikeRecorderProperties<Many extends boolean> extends RecorderProperties2<Many> {
  /** What was recorded, sorted by time and sender. Default: {}; read only. */
  get events(): Values<EventsOf<'spike_recorder'>, Many>;
}

/** A current that is constant between given times. */
export interface StepCurrentGeneratorProperties<Many extends boolean>
  extends StimulatorProperties1<Many>, StimulatorProperties2<Many> {
  /**
   * Absolute times from which the amplitudes hold. Those that are not later than now are passed
   * over; until the first that is, the amplitude in force stays.
   * Unit: ms; default: []; allowed: finite and > 0.
   */
  get amplitude_times(): Values<Float64Array, Many>;
  set amplitude_times(value: Input<Float64Array>);
  /** Amplitudes, one a time. Unit: pA; default: []; allowed: in [-1e+290, 1e+290]. */
  get amplitude_values(): Values<Float64Array, Many>;
  set amplitude_values(value: Input<Float64Array>);
  /** What a multimeter can record: I. */
  get recordables(): Values<string[], Many>;
}

/** Samples states of chosen synapses: weights, eligibility traces, resources. */
export interface SynapseRecorderProperties<
  Many extends boolean,
  Recorded extends string,
> extends RecorderProperties1<Many> {
  /** Names of the recordables to sample. Default: ["weight"]. */
  get record_from(): Values<SynapseRecordable[], Many>;
  set record_from(value: Input<SynapseRecordable[]>);
  /** The synapses to record, found by GetConnections. Events come in their order. Default: none. */
  get connections(): Values<RecordedConnections, Many>;
  set connections(value: Input<RecordedConnections>);
  /** What was recorded, sorted by time and sender. Default: {}; read only. */
  get events(): Values<EventsOf<'synapse_recorder', Recorded>, Many>;
}

/** Samples the membrane potential of the neurons it is connected to. */
export interface VoltmeterProperties<
  Many extends boolean,
  Recorded extends string,
> extends RecorderProperties1<Many> {
  /** Names of the recordables to sample. Default: ["V_m"]. */
  get record_from(): Values<NodeRecordable[], Many>;
  set record_from(value: Input<NodeRecordable[]>);
  /** What was recorded, sorted by time and sender. Default: {}; read only. */
  get events(): Values<EventsOf<'voltmeter', Recorded>, Many>;
}

/** Collects spikes and hands them, as dopamine, to the synapses bound to it. */
export interface VolumeTransmitterProperties<Many extends boolean> extends DeviceProperties2<Many> {
  /**
   * Accepted for NEST's scripts; without effect, because dopamine is integrated exactly.
   * Default: 1; allowed: in [1, 1e+15].
   */
  get deliver_interval(): Values<number, Many>;
  set deliver_interval(value: Input<number>);
}

/** Records the weights that the synapses of a model transmit to neurons. */
export interface WeightRecorderProperties<Many extends boolean> extends RecorderProperties2<Many> {
  /** Record only these sources; empty: all. Default: []. */
  get senders(): Values<Uint32Array, Many>;
  set senders(value: Input<Uint32Array>);
  /** Record only these targets; empty: all. Default: []. */
  get targets(): Values<Uint32Array, Many>;
  set targets(value: Input<Uint32Array>);
  /** What was recorded, sorted by time and sender. Default: {}; read only. */
  get events(): Values<EventsOf<'weight_recorder'>, Many>;
}

/** What synapses of every model can be given. */
export interface SynapseValues {
  /**
   * Time from a spike to its arrival; rounded to the grid, at least one step.
   * Unit: ms; default: 1; allowed: finite and > 0.
   */
  delay: number;
  /** Which input of the target receives the spikes. Default: 0; allowed: finite and ≥ 0. */
  receptor_type: number;
  /**
   * A number to find the synapses by, in GetConnections.
   * Default: -1; allowed: in [-1, 2147483647].
   */
  synapse_label: number;
}

/** Synapse models: what each synapse has for itself, besides SynapseValues. */
export interface SynapseColumns<Many extends boolean> {
  /**
   * A synapse that transmits each spike with a probability.
   * Source: NEST 3.10 documentation, bernoulli_synapse.
   */
  bernoulli_synapse: BernoulliSynapseColumns<Many>;
  /**
   * Spike-timing dependent plasticity times reward.
   * Source: Florian (2007) Neural Comput 19:1468.
   */
  mstdp_synapse: SynapseColumns2<Many>;
  /**
   * Reward-modulated spike-timing dependent plasticity with an eligibility trace.
   * Source: Florian (2007) Neural Comput 19:1468.
   */
  mstdpet_synapse: SynapseColumns2<Many>;
  /**
   * Dopamine-modulated plasticity as in the NESTML tutorial.
   * Source: NESTML tutorial, dopamine-modulated STDP synapse.
   */
  neuromodulated_stdp_synapse: NeuromodulatedStdpSynapseColumns<Many>;
  /**
   * Short-term plasticity of a few release sites, drawn at random.
   * Source: Loebel et al. (2009) Front Comput Neurosci 3:27.
   */
  quantal_stp_synapse: QuantalStpSynapseColumns<Many>;
  /** A synapse of constant weight. Source: NEST 3.10 documentation, static_synapse. */
  static_synapse: SynapseColumns1<Many>;
  /**
   * Synapses of constant weight, one weight for all of the model.
   * Source: NEST 3.10 documentation, static_synapse_hom_w.
   */
  static_synapse_hom_w: object;
  /**
   * Spike-timing dependent plasticity gated by dopamine.
   * Source: Izhikevich (2007) Cereb Cortex 17:2443; Potjans, Morrison & Diesmann (2010) Front
   * Comput Neurosci 4:141.
   */
  stdp_dopamine_synapse: StdpDopamineSynapseColumns<Many>;
  /**
   * Nearest-neighbour STDP, presynaptically centred.
   * Source: Morrison, Diesmann & Gerstner (2008) Biol Cybern 98:459.
   */
  stdp_nn_pre_centered_synapse: StdpNnPreCenteredSynapseColumns<Many>;
  /**
   * Nearest-neighbour STDP, restricted: only adjacent spikes pair.
   * Source: Morrison, Diesmann & Gerstner (2008) Biol Cybern 98:459.
   */
  stdp_nn_restr_synapse: StdpNnRestrSynapseColumns<Many>;
  /**
   * Nearest-neighbour STDP, symmetric: every spike pairs with the nearest earlier one of the other
   * side.
   * Source: Morrison, Diesmann & Gerstner (2008) Biol Cybern 98:459.
   */
  stdp_nn_symm_synapse: SynapseColumns8<Many>;
  /**
   * STDP with power-law facilitation and multiplicative depression.
   * Source: Morrison, Aertsen & Diesmann (2007) Neural Comput 19:1437.
   */
  stdp_pl_synapse_hom: StdpPlSynapseHomColumns<Many>;
  /**
   * Plasticity gated by a reward in continuous time, with an eligibility that rises and decays;
   * pairs of spikes are timed where they arrive.
   * Source: Legenstein, Pecevski & Maass (2008) PLoS Comput Biol 4:e1000180.
   */
  stdp_reward_synapse: SynapseColumns10<Many>;
  /**
   * stdp_reward_synapse with the short-term dynamics of tsodyks2_synapse.
   * Source: Legenstein, Pecevski & Maass (2008) PLoS Comput Biol 4:e1000180; Markram, Wang &
   * Tsodyks (1998) PNAS 95:5323.
   */
  stdp_reward_tsodyks2_synapse: StdpRewardTsodyks2SynapseColumns<Many>;
  /**
   * Spike-timing dependent plasticity of all pairs of spikes.
   * Source: Guetig et al. (2003) J Neurosci 23:3697.
   */
  stdp_synapse: StdpSynapseColumns<Many>;
  /**
   * stdp_synapse with parameters common to all synapses of the model.
   * Source: Guetig et al. (2003) J Neurosci 23:3697.
   */
  stdp_synapse_hom: StdpSynapseHomColumns<Many>;
  /** STDP of spike triplets. Source: Pfister & Gerstner (2006) J Neurosci 26:9673. */
  stdp_triplet_synapse: StdpTripletSynapseColumns<Many>;
  /**
   * Short-term plasticity, without the state of the current.
   * Source: Fuhrmann et al. (2002) J Neurophysiol 87:140.
   */
  tsodyks2_synapse: Tsodyks2SynapseColumns<Many>;
  /**
   * Short-term depression and facilitation.
   * Source: Tsodyks, Uziel & Markram (2000) J Neurosci 20:RC50.
   */
  tsodyks_synapse: TsodyksSynapseColumns<Many>;
  /**
   * Short-term plasticity with parameters common to the model.
   * Source: Tsodyks, Uziel & Markram (2000) J Neurosci 20:RC50.
   */
  tsodyks_synapse_hom: SynapseColumns11<Many>;
  /**
   * Symmetric STDP with constant depression, for inhibitory synapses.
   * Source: Vogels et al. (2011) Science 334:1569.
   */
  vogels_sprekeler_synapse: VogelsSprekelerSynapseColumns<Many>;
}

/**
 * Of bernoulli_synapse, mstdp_synapse, mstdpet_synapse, neuromodulated_stdp_synapse,
 * quantal_stp_synapse, static_synapse, stdp_dopamine_synapse, stdp_nn_pre_centered_synapse,
 * stdp_nn_restr_synapse, stdp_nn_symm_synapse, stdp_pl_synapse_hom, stdp_reward_synapse,
 * stdp_reward_tsodyks2_synapse, stdp_synapse, stdp_synapse_hom, stdp_triplet_synapse,
 * tsodyks2_synapse, tsodyks_synapse, tsodyks_synapse_hom.
 */
interface SynapseColumns1<Many extends boolean> {
  /** Strength, in the unit of the target's input. Unit: mV, pA or nS; default: 1. */
  get weight(): Values<number, Many>;
  set weight(value: Input<number>);
}

/** Of mstdp_synapse, mstdpet_synapse. */
interface SynapseColumns2<Many extends boolean>
  extends SynapseColumns1<Many>, SynapseColumns3<Many> {
  /** Eligibility: what a reward changes the weight by, before the learning rate. Default: 0. */
  get c(): Values<number, Many>;
  set c(value: Input<number>);
  /**
   * The anticausal part of c; kept only where weight dependence acts when rewards come.
   * Default: 0.
   */
  get c_minus(): Values<number, Many>;
  set c_minus(value: Input<number>);
}

/**
 * Of mstdp_synapse, mstdpet_synapse, stdp_dopamine_synapse, stdp_pl_synapse_hom, stdp_synapse,
 * stdp_synapse_hom, stdp_triplet_synapse, vogels_sprekeler_synapse.
 */
interface SynapseColumns3<Many extends boolean> {
  /** Presynaptic trace: decays, and grows by 1 a spike. Default: 0; allowed: finite and ≥ 0. */
  get Kplus(): Values<number, Many>;
  set Kplus(value: Input<number>);
}

/** Of neuromodulated_stdp_synapse, stdp_dopamine_synapse. */
interface SynapseColumns4<Many extends boolean> extends SynapseColumns1<Many> {
  /** Eligibility trace. Default: 0. */
  get c(): Values<number, Many>;
  set c(value: Input<number>);
  /**
   * Dopamine concentration: one for all synapses of the model, which can be set for all of them
   * only.
   * Default: 0.
   */
  get n(): Values<number, Many>;
  set n(value: Input<number>);
}

/** Of quantal_stp_synapse, stdp_reward_tsodyks2_synapse, tsodyks2_synapse. */
interface SynapseColumns5<Many extends boolean> extends SynapseColumns6<Many> {
  /** Release probability at rest. Default: 0.5; allowed: in [0, 1]. */
  get U(): Values<number, Many>;
  set U(value: Input<number>);
}

/** Of quantal_stp_synapse, stdp_reward_tsodyks2_synapse, tsodyks2_synapse, tsodyks_synapse. */
interface SynapseColumns6<Many extends boolean> extends SynapseColumns1<Many> {
  /** Time constant of recovery. Unit: ms; default: 800; allowed: finite and > 0. */
  get tau_rec(): Values<number, Many>;
  set tau_rec(value: Input<number>);
  /** Time constant of facilitation; 0: none. Unit: ms; default: 0; allowed: finite and ≥ 0. */
  get tau_fac(): Values<number, Many>;
  set tau_fac(value: Input<number>);
}

/** Of quantal_stp_synapse, tsodyks2_synapse. */
interface SynapseColumns7<Many extends boolean> extends SynapseColumns5<Many> {
  /** Release probability. Default: 0.5; allowed: in [0, 1]. */
  get u(): Values<number, Many>;
  set u(value: Input<number>);
}

/** Of stdp_nn_pre_centered_synapse, stdp_nn_restr_synapse, stdp_nn_symm_synapse, stdp_synapse. */
interface SynapseColumns8<Many extends boolean> extends SynapseColumns9<Many> {
  /** Time constant of the presynaptic trace. Unit: ms; default: 20; allowed: finite and > 0. */
  get tau_plus(): Values<number, Many>;
  set tau_plus(value: Input<number>);
  /** Step size of the weight. Default: 0.01. */
  get lambda(): Values<number, Many>;
  set lambda(value: Input<number>);
  /** Depression relative to facilitation. Default: 1. */
  get alpha(): Values<number, Many>;
  set alpha(value: Input<number>);
  /** Exponent of the weight dependence of facilitation. Default: 1. */
  get mu_plus(): Values<number, Many>;
  set mu_plus(value: Input<number>);
  /** Exponent of the weight dependence of depression. Default: 1. */
  get mu_minus(): Values<number, Many>;
  set mu_minus(value: Input<number>);
}

/**
 * Of stdp_nn_pre_centered_synapse, stdp_nn_restr_synapse, stdp_nn_symm_synapse, stdp_synapse,
 * stdp_triplet_synapse.
 */
interface SynapseColumns9<Many extends boolean> extends SynapseColumns1<Many> {
  /** Largest weight; its sign is the weight's. Unit: as weight; default: 100. */
  get Wmax(): Values<number, Many>;
  set Wmax(value: Input<number>);
}

/** Of stdp_reward_synapse, stdp_reward_tsodyks2_synapse. */
interface SynapseColumns10<Many extends boolean> extends SynapseColumns1<Many> {
  /** Eligibility: what a reward changes the weight by. Default: 0. */
  get c(): Values<number, Many>;
  set c(value: Input<number>);
  /** Of an alpha-shaped eligibility: what is on its way into it. Default: 0. */
  get g(): Values<number, Many>;
  set g(value: Input<number>);
}

/** Of tsodyks_synapse, tsodyks_synapse_hom. */
interface SynapseColumns11<Many extends boolean> extends SynapseColumns1<Many> {
  /** Recovered resources. Default: 1; allowed: in [0, 1]. */
  get x(): Values<number, Many>;
  set x(value: Input<number>);
  /** Active resources. Default: 0; allowed: in [0, 1]. */
  get y(): Values<number, Many>;
  set y(value: Input<number>);
  /** Release probability. Default: 0; allowed: in [0, 1]. */
  get u(): Values<number, Many>;
  set u(value: Input<number>);
}

/** A synapse that transmits each spike with a probability. */
export interface BernoulliSynapseColumns<Many extends boolean> extends SynapseColumns1<Many> {
  /** Probability of transmission. Default: 1; allowed: in [0, 1]. */
  get p_transmit(): Values<number, Many>;
  set p_transmit(value: Input<number>);
}

/** Dopamine-modulated plasticity as in the NESTML tutorial. */
export interface NeuromodulatedStdpSynapseColumns<
  Many extends boolean,
> extends SynapseColumns4<Many> {
  /** Presynaptic trace: decays, and grows by 1 a spike. Default: 0; allowed: finite and ≥ 0. */
  get pre_tr(): Values<number, Many>;
  set pre_tr(value: Input<number>);
  /** The tutorial's name of weight. Unit: mV, pA or nS; default: 1. */
  get w(): Values<number, Many>;
  set w(value: Input<number>);
  /** The tutorial's name of delay. Unit: ms; default: 1; allowed: finite and > 0. */
  get d(): Values<number, Many>;
  set d(value: Input<number>);
}

/** Short-term plasticity of a few release sites, drawn at random. */
export interface QuantalStpSynapseColumns<Many extends boolean> extends SynapseColumns7<Many> {
  /** Number of release sites. Default: 1; allowed: in [0, 1000000]. */
  get n(): Values<number, Many>;
  set n(value: Input<number>);
  /** Available release sites. Default: 1; allowed: in [0, 1000000]. */
  get a(): Values<number, Many>;
  set a(value: Input<number>);
}

/** Spike-timing dependent plasticity gated by dopamine. */
export interface StdpDopamineSynapseColumns<Many extends boolean>
  extends SynapseColumns3<Many>, SynapseColumns4<Many> {}

/** Nearest-neighbour STDP, presynaptically centred. */
export interface StdpNnPreCenteredSynapseColumns<
  Many extends boolean,
> extends SynapseColumns8<Many> {
  /** Presynaptic trace since the last postsynaptic spike. Default: 0; allowed: finite and ≥ 0. */
  get Kplus(): Values<number, Many>;
  set Kplus(value: Input<number>);
}

/** Nearest-neighbour STDP, restricted: only adjacent spikes pair. */
export interface StdpNnRestrSynapseColumns<Many extends boolean> extends SynapseColumns8<Many> {
  /**
   * 1 until a postsynaptic spike follows the last presynaptic one.
   * Default: 1; allowed: in [0, 1]; read only.
   */
  get armed(): Values<number, Many>;
}

/** STDP with power-law facilitation and multiplicative depression. */
export interface StdpPlSynapseHomColumns<Many extends boolean>
  extends SynapseColumns1<Many>, SynapseColumns3<Many> {}

/** stdp_reward_synapse with the short-term dynamics of tsodyks2_synapse. */
export interface StdpRewardTsodyks2SynapseColumns<Many extends boolean>
  extends SynapseColumns5<Many>, SynapseColumns10<Many> {
  /** Available resources at the last spike. Default: 1; allowed: in [0, 1]. */
  get x(): Values<number, Many>;
  set x(value: Input<number>);
  /**
   * Release probability at the last spike. The first finds x and u as they were set; where u is 0,
   * it is U.
   * Default: 0; allowed: in [0, 1].
   */
  get u(): Values<number, Many>;
  set u(value: Input<number>);
}

/** Spike-timing dependent plasticity of all pairs of spikes. */
export interface StdpSynapseColumns<Many extends boolean>
  extends SynapseColumns3<Many>, SynapseColumns8<Many> {}

/** stdp_synapse with parameters common to all synapses of the model. */
export interface StdpSynapseHomColumns<Many extends boolean>
  extends SynapseColumns1<Many>, SynapseColumns3<Many> {}

/** STDP of spike triplets. */
export interface StdpTripletSynapseColumns<Many extends boolean>
  extends SynapseColumns3<Many>, SynapseColumns9<Many> {
  /**
   * Time constant of the short presynaptic trace.
   * Unit: ms; default: 16.8; allowed: finite and > 0.
   */
  get tau_plus(): Values<number, Many>;
  set tau_plus(value: Input<number>);
  /**
   * Time constant of the long presynaptic trace.
   * Unit: ms; default: 101; allowed: finite and > 0.
   */
  get tau_plus_triplet(): Values<number, Many>;
  set tau_plus_triplet(value: Input<number>);
  /** Facilitation of a pair. Default: 5e-10. */
  get Aplus(): Values<number, Many>;
  set Aplus(value: Input<number>);
  /** Depression of a pair. Default: 0.007. */
  get Aminus(): Values<number, Many>;
  set Aminus(value: Input<number>);
  /** Facilitation of a triplet. Default: 0.0062. */
  get Aplus_triplet(): Values<number, Many>;
  set Aplus_triplet(value: Input<number>);
  /** Depression of a triplet. Default: 0.00023. */
  get Aminus_triplet(): Values<number, Many>;
  set Aminus_triplet(value: Input<number>);
  /** Long presynaptic trace. Default: 0; allowed: finite and ≥ 0. */
  get Kplus_triplet(): Values<number, Many>;
  set Kplus_triplet(value: Input<number>);
}

/** Short-term plasticity, without the state of the current. */
export interface Tsodyks2SynapseColumns<Many extends boolean> extends SynapseColumns7<Many> {
  /** Available resources. Default: 1; allowed: in [0, 1]. */
  get x(): Values<number, Many>;
  set x(value: Input<number>);
}

/** Short-term depression and facilitation. */
export interface TsodyksSynapseColumns<Many extends boolean>
  extends SynapseColumns6<Many>, SynapseColumns11<Many> {
  /** Increment of u at a spike. Default: 0.5; allowed: in [0, 1]. */
  get U(): Values<number, Many>;
  set U(value: Input<number>);
  /** Time constant of the postsynaptic current. Unit: ms; default: 3; allowed: finite and > 0. */
  get tau_psc(): Values<number, Many>;
  set tau_psc(value: Input<number>);
}

/** Symmetric STDP with constant depression, for inhibitory synapses. */
export interface VogelsSprekelerSynapseColumns<Many extends boolean> extends SynapseColumns3<Many> {
  /** Strength, in the unit of the target's input. Unit: mV, pA or nS; default: 0.5. */
  get weight(): Values<number, Many>;
  set weight(value: Input<number>);
  /** Time constant of the presynaptic trace. Unit: ms; default: 20; allowed: finite and > 0. */
  get tau(): Values<number, Many>;
  set tau(value: Input<number>);
  /** Depression at every presynaptic spike. Default: 0.12. */
  get alpha(): Values<number, Many>;
  set alpha(value: Input<number>);
  /** Learning rate. Default: 0.001. */
  get eta(): Values<number, Many>;
  set eta(value: Input<number>);
  /** Largest weight; its sign is the weight's. Unit: as weight; default: 1. */
  get Wmax(): Values<number, Many>;
  set Wmax(value: Input<number>);
}

/** Synapse models: what has one value for all synapses of the model. */
export interface SynapseCommons<Many extends boolean> {
  /**
   * A synapse that transmits each spike with a probability.
   * Source: NEST 3.10 documentation, bernoulli_synapse.
   */
  bernoulli_synapse: SynapseCommons1<Many>;
  /**
   * Spike-timing dependent plasticity times reward.
   * Source: Florian (2007) Neural Comput 19:1468.
   */
  mstdp_synapse: SynapseCommons2<Many>;
  /**
   * Reward-modulated spike-timing dependent plasticity with an eligibility trace.
   * Source: Florian (2007) Neural Comput 19:1468.
   */
  mstdpet_synapse: MstdpetSynapseCommons<Many>;
  /**
   * Dopamine-modulated plasticity as in the NESTML tutorial.
   * Source: NESTML tutorial, dopamine-modulated STDP synapse.
   */
  neuromodulated_stdp_synapse: NeuromodulatedStdpSynapseCommons<Many>;
  /**
   * Short-term plasticity of a few release sites, drawn at random.
   * Source: Loebel et al. (2009) Front Comput Neurosci 3:27.
   */
  quantal_stp_synapse: SynapseCommons1<Many>;
  /** A synapse of constant weight. Source: NEST 3.10 documentation, static_synapse. */
  static_synapse: SynapseCommons1<Many>;
  /**
   * Synapses of constant weight, one weight for all of the model.
   * Source: NEST 3.10 documentation, static_synapse_hom_w.
   */
  static_synapse_hom_w: StaticSynapseHomWCommons<Many>;
  /**
   * Spike-timing dependent plasticity gated by dopamine.
   * Source: Izhikevich (2007) Cereb Cortex 17:2443; Potjans, Morrison & Diesmann (2010) Front
   * Comput Neurosci 4:141.
   */
  stdp_dopamine_synapse: StdpDopamineSynapseCommons<Many>;
  /**
   * Nearest-neighbour STDP, presynaptically centred.
   * Source: Morrison, Diesmann & Gerstner (2008) Biol Cybern 98:459.
   */
  stdp_nn_pre_centered_synapse: SynapseCommons1<Many>;
  /**
   * Nearest-neighbour STDP, restricted: only adjacent spikes pair.
   * Source: Morrison, Diesmann & Gerstner (2008) Biol Cybern 98:459.
   */
  stdp_nn_restr_synapse: SynapseCommons1<Many>;
  /**
   * Nearest-neighbour STDP, symmetric: every spike pairs with the nearest earlier one of the other
   * side.
   * Source: Morrison, Diesmann & Gerstner (2008) Biol Cybern 98:459.
   */
  stdp_nn_symm_synapse: SynapseCommons1<Many>;
  /**
   * STDP with power-law facilitation and multiplicative depression.
   * Source: Morrison, Aertsen & Diesmann (2007) Neural Comput 19:1437.
   */
  stdp_pl_synapse_hom: StdpPlSynapseHomCommons<Many>;
  /**
   * Plasticity gated by a reward in continuous time, with an eligibility that rises and decays;
   * pairs of spikes are timed where they arrive.
   * Source: Legenstein, Pecevski & Maass (2008) PLoS Comput Biol 4:e1000180.
   */
  stdp_reward_synapse: SynapseCommons10<Many>;
  /**
   * stdp_reward_synapse with the short-term dynamics of tsodyks2_synapse.
   * Source: Legenstein, Pecevski & Maass (2008) PLoS Comput Biol 4:e1000180; Markram, Wang &
   * Tsodyks (1998) PNAS 95:5323.
   */
  stdp_reward_tsodyks2_synapse: SynapseCommons10<Many>;
  /**
   * Spike-timing dependent plasticity of all pairs of spikes.
   * Source: Guetig et al. (2003) J Neurosci 23:3697.
   */
  stdp_synapse: SynapseCommons1<Many>;
  /**
   * stdp_synapse with parameters common to all synapses of the model.
   * Source: Guetig et al. (2003) J Neurosci 23:3697.
   */
  stdp_synapse_hom: StdpSynapseHomCommons<Many>;
  /** STDP of spike triplets. Source: Pfister & Gerstner (2006) J Neurosci 26:9673. */
  stdp_triplet_synapse: SynapseCommons1<Many>;
  /**
   * Short-term plasticity, without the state of the current.
   * Source: Fuhrmann et al. (2002) J Neurophysiol 87:140.
   */
  tsodyks2_synapse: SynapseCommons1<Many>;
  /**
   * Short-term depression and facilitation.
   * Source: Tsodyks, Uziel & Markram (2000) J Neurosci 20:RC50.
   */
  tsodyks_synapse: SynapseCommons1<Many>;
  /**
   * Short-term plasticity with parameters common to the model.
   * Source: Tsodyks, Uziel & Markram (2000) J Neurosci 20:RC50.
   */
  tsodyks_synapse_hom: TsodyksSynapseHomCommons<Many>;
  /**
   * Symmetric STDP with constant depression, for inhibitory synapses.
   * Source: Vogels et al. (2011) Science 334:1569.
   */
  vogels_sprekeler_synapse: SynapseCommons1<Many>;
}

/**
 * Of bernoulli_synapse, mstdp_synapse, mstdpet_synapse, neuromodulated_stdp_synapse,
 * quantal_stp_synapse, static_synapse, static_synapse_hom_w, stdp_dopamine_synapse,
 * stdp_nn_pre_centered_synapse, stdp_nn_restr_synapse, stdp_nn_symm_synapse, stdp_pl_synapse_hom,
 * stdp_reward_synapse, stdp_reward_tsodyks2_synapse, stdp_synapse, stdp_synapse_hom,
 * stdp_triplet_synapse, tsodyks2_synapse, tsodyks_synapse, tsodyks_synapse_hom,
 * vogels_sprekeler_synapse.
 */
interface SynapseCommons1<Many extends boolean> {
  /**
   * The weight_recorder that records every transmitted spike; an empty collection detaches it.
   * Default: none; one value for all synapses of the model.
   */
  readonly weight_recorder: Values<Uint32Array, Many>;
}

/** Of mstdp_synapse, mstdpet_synapse. */
interface SynapseCommons2<Many extends boolean>
  extends SynapseCommons3<Many>, SynapseCommons4<Many> {
  /**
   * Amplitude of causal pairs (post after pre); negative: they depress.
   * Default: 1; one value for all synapses of the model.
   */
  readonly A_plus: Values<number, Many>;
  /**
   * Amplitude of anticausal pairs (pre after post), sign included: negative depresses.
   * Default: -1; one value for all synapses of the model.
   */
  readonly A_minus: Values<number, Many>;
  /**
   * Time constant of the presynaptic trace; the postsynaptic one decays with the neuron's
   * tau_minus.
   * Unit: ms; default: 20; allowed: finite and > 0; one value for all synapses of the model.
   */
  readonly tau_plus: Values<number, Many>;
  /** Learning rate. Default: 1; one value for all synapses of the model. */
  readonly eta: Values<number, Many>;
  /**
   * The change of weight of a step is multiplied with the resolution in ms.
   * Default: false; one value for all synapses of the model.
   */
  readonly scale_by_dt: Values<boolean, Many>;
  /**
   * 1: a reward meets what was eligible a step before; 0: pairs of its own step as well.
   * Unit: steps; default: 1; allowed: in [0, 1]; one value for all synapses of the model.
   */
  readonly lag: Values<number, Many>;
  /**
   * Traces are set to 1 by a spike instead of growing by 1.
   * Default: false; one value for all synapses of the model.
   */
  readonly nearest: Values<boolean, Many>;
  /**
   * Spikes of both sides in one step are a pair, both ways.
   * Default: true; one value for all synapses of the model.
   */
  readonly count_same_step: Values<boolean, Many>;
  /**
   * Smallest weight.
   * Unit: as weight; default: -Infinity; allowed: a number; one value for all synapses of the
   * model.
   */
  readonly Wmin: Values<number, Many>;
  /**
   * The weight is kept in [Wmin, Wmax] at every step.
   * Default: true; one value for all synapses of the model.
   */
  readonly clip: Values<boolean, Many>;
  /**
   * What raises the weight is multiplied with ((Wmax - w) / range_plus)^mu_plus.
   * Default: 0; allowed: finite and ≥ 0; one value for all synapses of the model.
   */
  readonly mu_plus: Values<number, Many>;
  /**
   * What lowers the weight is multiplied with ((w - Wmin) / range_minus)^mu_minus.
   * Default: 0; allowed: finite and ≥ 0; one value for all synapses of the model.
   */
  readonly mu_minus: Values<number, Many>;
  /**
   * See mu_plus.
   * Unit: as weight; default: 1; allowed: finite and > 0; one value for all synapses of the model.
   */
  readonly range_plus: Values<number, Many>;
  /**
   * See mu_minus.
   * Unit: as weight; default: 1; allowed: finite and > 0; one value for all synapses of the model.
   */
  readonly range_minus: Values<number, Many>;
  /**
   * Nothing raises a weight that is at Wmax or above.
   * Default: false; one value for all synapses of the model.
   */
  readonly hard_plus: Values<boolean, Many>;
  /**
   * Nothing lowers a weight that is at Wmin or below.
   * Default: false; one value for all synapses of the model.
   */
  readonly hard_minus: Values<boolean, Many>;
  /**
   * Weight dependence is worked out when a pair enters the eligibility, with the weight of that
   * step; else when the weight changes.
   * Default: false; one value for all synapses of the model.
   */
  readonly bounds_at_pairing: Values<boolean, Many>;
  /**
   * What raises and what lowers the weight is told apart by the sign of the change; else by the
   * sign of the amplitude, whatever the reward.
   * Default: true; one value for all synapses of the model.
   */
  readonly bounds_follow_reward: Values<boolean, Many>;
  /**
   * Every step the weight loses its tau_w-th part; 0: none.
   * Unit: steps; default: 0; allowed: finite and ≥ 0; one value for all synapses of the model.
   */
  readonly tau_w: Values<number, Many>;
}

/** Of mstdp_synapse, mstdpet_synapse, neuromodulated_stdp_synapse. */
interface SynapseCommons3<Many extends boolean> extends SynapseCommons1<Many> {
  /**
   * Largest weight.
   * Unit: as weight; default: Infinity; allowed: a number; one value for all synapses of the model.
   */
  readonly Wmax: Values<number, Many>;
}

/** Of mstdp_synapse, mstdpet_synapse, stdp_reward_synapse, stdp_reward_tsodyks2_synapse. */
interface SynapseCommons4<Many extends boolean> extends SynapseCommons1<Many> {
  /**
   * The reward_transmitter whose reward these synapses get.
   * Default: none; one value for all synapses of the model.
   */
  readonly reward_transmitter: Values<Uint32Array, Many>;
}

/** Of neuromodulated_stdp_synapse, stdp_dopamine_synapse. */
interface SynapseCommons5<Many extends boolean> extends SynapseCommons6<Many> {
  /** Amplitude of facilitation. Default: 1; one value for all synapses of the model. */
  readonly A_plus: Values<number, Many>;
  /** Amplitude of depression. Default: 1.5; one value for all synapses of the model. */
  readonly A_minus: Values<number, Many>;
  /**
   * Time constant of the eligibility trace.
   * Unit: ms; default: 1000; allowed: finite and > 0; one value for all synapses of the model.
   */
  readonly tau_c: Values<number, Many>;
  /**
   * Time constant of dopamine.
   * Unit: ms; default: 200; allowed: finite and > 0; one value for all synapses of the model.
   */
  readonly tau_n: Values<number, Many>;
  /** Baseline of dopamine. Default: 0; one value for all synapses of the model. */
  readonly b: Values<number, Many>;
  /**
   * The volume_transmitter whose spikes are the dopamine of these synapses.
   * Default: none; one value for all synapses of the model.
   */
  readonly volume_transmitter: Values<Uint32Array, Many>;
  /** Older name of volume_transmitter. Default: none; one value for all synapses of the model. */
  readonly vt: Values<Uint32Array, Many>;
}

/**
 * Of neuromodulated_stdp_synapse, stdp_dopamine_synapse, stdp_reward_synapse,
 * stdp_reward_tsodyks2_synapse.
 */
interface SynapseCommons6<Many extends boolean> extends SynapseCommons1<Many> {
  /**
   * Smallest weight.
   * Unit: as weight; default: 0; allowed: a number; one value for all synapses of the model.
   */
  readonly Wmin: Values<number, Many>;
}

/** Of stdp_dopamine_synapse, stdp_pl_synapse_hom, stdp_synapse_hom. */
interface SynapseCommons7<Many extends boolean> extends SynapseCommons1<Many> {
  /**
   * Time constant of the presynaptic trace.
   * Unit: ms; default: 20; allowed: finite and > 0; one value for all synapses of the model.
   */
  readonly tau_plus: Values<number, Many>;
}

/** Of stdp_dopamine_synapse, stdp_reward_synapse, stdp_reward_tsodyks2_synapse. */
interface SynapseCommons8<Many extends boolean> extends SynapseCommons6<Many> {
  /**
   * Largest weight.
   * Unit: as weight; default: 200; allowed: a number; one value for all synapses of the model.
   */
  readonly Wmax: Values<number, Many>;
}

/** Of stdp_pl_synapse_hom, stdp_synapse_hom. */
interface SynapseCommons9<Many extends boolean> extends SynapseCommons7<Many> {
  /** Depression relative to facilitation. Default: 1; one value for all synapses of the model. */
  readonly alpha: Values<number, Many>;
}

/** Of stdp_reward_synapse, stdp_reward_tsodyks2_synapse. */
interface SynapseCommons10<Many extends boolean>
  extends SynapseCommons4<Many>, SynapseCommons8<Many> {
  /**
   * Amplitude of causal pairs (a spike arrives, then the target fires).
   * Default: 1; one value for all synapses of the model.
   */
  readonly A_plus: Values<number, Many>;
  /**
   * Amplitude of anticausal pairs; positive: they lower the eligibility.
   * Default: 1.05; one value for all synapses of the model.
   */
  readonly A_minus: Values<number, Many>;
  /**
   * Time constant of causal pairs; that of anticausal ones is the neuron's tau_minus.
   * Unit: ms; default: 20; allowed: finite and > 0; one value for all synapses of the model.
   */
  readonly tau_plus: Values<number, Many>;
  /**
   * Time constant of the eligibility.
   * Unit: ms; default: 400; allowed: finite and > 0; one value for all synapses of the model.
   */
  readonly tau_c: Values<number, Many>;
  /**
   * A pair makes (s/tau_c) exp(-s/tau_c) of eligibility, s after it; else exp(-s/tau_c).
   * Default: true; one value for all synapses of the model.
   */
  readonly alpha_kernel: Values<boolean, Many>;
  /**
   * Pairs of spikes no further apart than this do not count; coincident ones never do.
   * Unit: ms; default: 0; allowed: finite and ≥ 0; one value for all synapses of the model.
   */
  readonly gap: Values<number, Many>;
  /**
   * Causal pairs count w_0^(1 - mu_plus) w^mu_plus times.
   * Default: 0; allowed: finite and ≥ 0; one value for all synapses of the model.
   */
  readonly mu_plus: Values<number, Many>;
  /**
   * Anticausal pairs count w_0^(1 - mu_minus) w^mu_minus times.
   * Default: 0; allowed: finite and ≥ 0; one value for all synapses of the model.
   */
  readonly mu_minus: Values<number, Many>;
  /**
   * Reference weight of the power law; at 1 and exponents of 0 amplitudes do not depend on the
   * weight.
   * Unit: as weight; default: 1; allowed: finite and > 0; one value for all synapses of the model.
   */
  readonly w_0: Values<number, Many>;
  /**
   * Change of weight by unit eligibility and reward, in a ms; 0: none.
   * Default: 1; one value for all synapses of the model.
   */
  readonly learning_rate: Values<number, Many>;
  /**
   * What is transmitted is the weight times this.
   * Default: 1; one value for all synapses of the model.
   */
  readonly weight_scale: Values<number, Many>;
}

/** Reward-modulated spike-timing dependent plasticity with an eligibility trace. */
export interface MstdpetSynapseCommons<Many extends boolean> extends SynapseCommons2<Many> {
  /**
   * Time constant of the eligibility.
   * Unit: ms; default: 25; allowed: finite and > 0; one value for all synapses of the model.
   */
  readonly tau_elig: Values<number, Many>;
  /**
   * Further factor by which the eligibility decays every step.
   * Default: 1; allowed: in (0, 1]; one value for all synapses of the model.
   */
  readonly elig_decay: Values<number, Many>;
  /**
   * A pair enters the eligibility divided by tau_elig.
   * Default: true; one value for all synapses of the model.
   */
  readonly normalized: Values<boolean, Many>;
}

/** Dopamine-modulated plasticity as in the NESTML tutorial. */
export interface NeuromodulatedStdpSynapseCommons<Many extends boolean>
  extends SynapseCommons3<Many>, SynapseCommons5<Many> {
  /**
   * Time constant of the presynaptic trace.
   * Unit: ms; default: 20; allowed: finite and > 0; one value for all synapses of the model.
   */
  readonly tau_tr_pre: Values<number, Many>;
  /**
   * Amplitude of a dopamine spike; negative for punishment.
   * Default: 1; one value for all synapses of the model.
   */
  readonly A_vt: Values<number, Many>;
  /**
   * Accepted for the tutorial's scripts; the postsynaptic trace belongs to the neuron and decays
   * with its tau_minus.
   * Unit: ms; default: 20; allowed: finite and > 0; one value for all synapses of the model.
   */
  readonly tau_tr_post: Values<number, Many>;
}

/** Synapses of constant weight, one weight for all of the model. */
export interface StaticSynapseHomWCommons<Many extends boolean> extends SynapseCommons1<Many> {
  /**
   * Strength, the same for all synapses of the model; SetDefaults changes it for all at once.
   * Unit: mV, pA or nS; default: 1; one value for all synapses of the model.
   */
  readonly weight: Values<number, Many>;
}

/** Spike-timing dependent plasticity gated by dopamine. */
export interface StdpDopamineSynapseCommons<Many extends boolean>
  extends SynapseCommons5<Many>, SynapseCommons7<Many>, SynapseCommons8<Many> {}

/** STDP with power-law facilitation and multiplicative depression. */
export interface StdpPlSynapseHomCommons<Many extends boolean> extends SynapseCommons9<Many> {
  /** Learning rate. Default: 0.1; one value for all synapses of the model. */
  readonly lambda: Values<number, Many>;
  /**
   * Exponent of the weight dependence of facilitation.
   * Default: 0.4; one value for all synapses of the model.
   */
  readonly mu: Values<number, Many>;
}

/** stdp_synapse with parameters common to all synapses of the model. */
export interface StdpSynapseHomCommons<Many extends boolean> extends SynapseCommons9<Many> {
  /** Step size of the weight. Default: 0.01; one value for all synapses of the model. */
  readonly lambda: Values<number, Many>;
  /**
   * Exponent of the weight dependence of facilitation.
   * Default: 1; one value for all synapses of the model.
   */
  readonly mu_plus: Values<number, Many>;
  /**
   * Exponent of the weight dependence of depression.
   * Default: 1; one value for all synapses of the model.
   */
  readonly mu_minus: Values<number, Many>;
  /**
   * Largest weight; its sign is the weight's.
   * Unit: as weight; default: 100; one value for all synapses of the model.
   */
  readonly Wmax: Values<number, Many>;
}

/** Short-term plasticity with parameters common to the model. */
export interface TsodyksSynapseHomCommons<Many extends boolean> extends SynapseCommons1<Many> {
  /**
   * Increment of u at a spike.
   * Default: 0.5; allowed: in [0, 1]; one value for all synapses of the model.
   */
  readonly U: Values<number, Many>;
  /**
   * Time constant of the postsynaptic current.
   * Unit: ms; default: 3; allowed: finite and > 0; one value for all synapses of the model.
   */
  readonly tau_psc: Values<number, Many>;
  /**
   * Time constant of facilitation; 0: none.
   * Unit: ms; default: 0; allowed: finite and ≥ 0; one value for all synapses of the model.
   */
  readonly tau_fac: Values<number, Many>;
  /**
   * Time constant of recovery.
   * Unit: ms; default: 800; allowed: finite and > 0; one value for all synapses of the model.
   */
  readonly tau_rec: Values<number, Many>;
}
