import { type Kernel, type NodeCollection, random, type SynapseCollection } from '../../lib';
import type { OptionValues } from '../../lib/cli/experiment';
import { RESOLUTION, transmitterAt } from './dopamine';
import { nestmlOption, type TutorialModels } from './nestml-models';

// The network and the protocol of the tutorial, in its own names.
export const NE = 800;
export const NI = 200;
const CE = 80;
const CI = 20;
const DELAY = 1;
const J_EX = 300;
const J_IN = -4 * J_EX;
const J_POISSON = 2500;
const J_STIM = 5000;
/** Rate of each neuron's external input, spikes/s. */
const P_RATE = 5;

const CELL = {
  C_m: 300,
  tau_m: 10,
  tau_syn_exc: 1,
  tau_syn_inh: 1,
  E_L: -65,
  V_reset: -70,
  V_m: -65,
};
const EXCITATORY = { ...CELL, refr_T: 4, V_th: -55.4 };
const INHIBITORY = { ...CELL, refr_T: 2, V_th: -56.4 };
const TAU = { tau_c: 200, tau_n: 200 };

export const cueAssociationOptions = {
  learning_rate: {
    kind: 'number',
    description: 'facilitation of the eligibility trace by a pair; depression is 1.5 times as much',
    default: 0.1,
    min: 0,
    max: 1000,
  },
  stimulus_rate: {
    kind: 'number',
    description: 'stimuli a second, both together',
    unit: '1/s',
    default: 5,
    min: 0.01,
    max: 50,
  },
  group_size: {
    kind: 'number',
    description: 'neurons that a stimulus makes fire',
    unit: 'neurons',
    default: 50,
    min: 1,
    max: NE,
    step: 1,
  },
  min_reward_delay: {
    kind: 'number',
    description: 'shortest time from the reinforced stimulus to its dopamine spike',
    unit: 'ms',
    default: 10,
    min: 1,
    max: 10_000,
    step: 1,
  },
  max_reward_delay: {
    kind: 'number',
    description: 'longest such time',
    unit: 'ms',
    default: 30,
    min: 1,
    max: 10_000,
    step: 1,
  },
  interval: {
    kind: 'number',
    description: 'time between readings of the synapses',
    unit: 'ms',
    default: 100,
    min: 1,
    step: 1,
  },
  nestml: nestmlOption,
} as const;

export type CueAssociationOptions = OptionValues<typeof cueAssociationOptions>;

/** When the stimuli come, which neurons they have, and when dopamine follows, ms. */
export interface Protocol {
  /** Indices of the excitatory neurons that the reinforced and the other stimulus make fire. */
  readonly groups: readonly [number[], number[]];
  readonly stimuli: readonly [number[], number[]];
  readonly dopamine: readonly number[];
}

/** Intervals are exponential, whole milliseconds and at least 10 ms, as in the tutorial. */
export function drawProtocol(
  time: number,
  seed: number,
  { stimulus_rate, group_size, min_reward_delay, max_reward_delay }: CueAssociationOptions,
): Protocol {
  const draws = random.stream(seed);
  const groups: [number[], number[]] = [draws.subset(NE, group_size), draws.subset(NE, group_size)];
  const stimuli: [number[], number[]] = [[], []];
  const dopamine: number[] = [];
  const spread = Math.max(1, max_reward_delay - min_reward_delay);
  for (let t = 0; ;) {
    t += Math.max(10, Math.round(draws.exponential(1000 / stimulus_rate)));
    if (t >= time) break;
    const which = draws.below(2) as 0 | 1;
    stimuli[which].push(t);
    if (which === 0) dopamine.push(t + min_reward_delay + draws.below(spread));
  }
  return { groups, stimuli, dopamine: dopamine.sort((a, b) => a - b) };
}

export interface CueAssociationNetwork {
  readonly excitatory: NodeCollection;
  readonly inhibitory: NodeCollection;
  /** Neurons of the reinforced and of the other stimulus. */
  readonly groups: readonly [NodeCollection, NodeCollection];
  /** Synapses from these neurons. */
  readonly synapses: () => readonly [SynapseCollection, SynapseCollection];
  readonly plastic: () => SynapseCollection;
  readonly spikes_E: NodeCollection<'spike_recorder', false>;
  readonly spikes_I: NodeCollection<'spike_recorder', false>;
}

/** Makes the network in an empty kernel. */
export function buildCueAssociation(
  kernel: Kernel,
  { learning_rate }: CueAssociationOptions,
  protocol: Protocol,
  models: TutorialModels,
): CueAssociationNetwork {
  const excitatory = kernel.Create(models.exp, NE, EXCITATORY);
  const inhibitory = kernel.Create(models.exp, NI, INHIBITORY);
  const all = excitatory.concat(inhibitory);
  const transmitter = transmitterAt(kernel, protocol.dopamine);
  kernel.CopyModel(models.synapse, 'excitatory', {
    volume_transmitter: transmitter,
    A_plus: learning_rate,
    A_minus: 1.5 * learning_rate,
    ...TAU,
  });

  const noise = kernel.Create('poisson_generator', { rate: P_RATE });
  kernel.Connect(noise, all, 'all_to_all', { weight: J_POISSON, delay: DELAY });
  const generators = kernel.Create('spike_generator', 2, {
    spike_times: protocol.stimuli.map((times) => [...times]),
  });
  const cues = kernel.Create('parrot_neuron', 2);
  kernel.Connect(generators, cues, 'one_to_one', { delay: DELAY });
  const groups: [NodeCollection, NodeCollection] = [
    excitatory.pick(protocol.groups[0]),
    excitatory.pick(protocol.groups[1]),
  ];
  groups.forEach((group, k) => {
    kernel.Connect(cues.at(k), group, 'all_to_all', { weight: J_STIM, delay: DELAY });
  });
  kernel.Connect(
    excitatory,
    all,
    { rule: 'fixed_indegree', indegree: CE },
    { synapse_model: 'excitatory', weight: J_EX, delay: DELAY },
  );
  kernel.Connect(
    inhibitory,
    all,
    { rule: 'fixed_indegree', indegree: CI },
    { weight: J_IN, delay: DELAY },
  );
  const spikes_E = kernel.Create('spike_recorder');
  const spikes_I = kernel.Create('spike_recorder');
  kernel.Connect(excitatory, spikes_E);
  kernel.Connect(inhibitory, spikes_I);
  const from = (source: NodeCollection) =>
    kernel.GetConnections({ source, synapse_model: 'excitatory' });
  return {
    excitatory,
    inhibitory,
    groups,
    synapses: () => [from(groups[0]), from(groups[1])],
    plastic: () => kernel.GetConnections({ synapse_model: 'excitatory' }),
    spikes_E,
    spikes_I,
  };
}

/** For the record. */
export const cueAssociationParameters = {
  NE,
  NI,
  CE,
  CI,
  delay: DELAY,
  J_ex: J_EX,
  J_in: J_IN,
  J_poisson: J_POISSON,
  J_stim: J_STIM,
  p_rate: P_RATE,
  ...TAU,
  resolution: RESOLUTION,
};
