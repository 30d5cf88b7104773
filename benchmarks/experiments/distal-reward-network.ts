// Izhikevich's network of 1000 neurons with synapses that learn by dopamine, and what it takes to
// bring his numbers into our units. He lets a weight grow by (0.002 + d) c every 10 ms, and a reward
// raise the dopamine d by 0.5; here dw/dt = (n − b) c at every moment, so that n = d/10 and
// b = −0.0002. Two more things differ: the noise is Gaussian with the variance of his uniform one,
// and the delay counts as dendritic, as everywhere in this simulator.
import type { Kernel, NodeCollection, SynapseCollection } from '../../lib';
import {
  each,
  type ExperimentContext,
  type OptionValues,
  type Quantity,
} from '../../lib/cli/experiment';
import { cost, dopamineSource, type PiecesReport } from './dopamine';

/** Grid of the simulation, ms: that of the published scheme. */
export const STEP = 1;
export const NE = 800;
export const NI = 200;
/** Synapses from each neuron. */
const OUTDEGREE = 100;
const DELAY = 1;
export const W_EX = 1;
const W_IN = -1;
export const W_MAX = 4;
/** Standard deviation of a uniform current between −6.5 and 6.5. */
const NOISE = 13 / Math.sqrt(12);
/** Interval between two updates of the weights in the original, ms. */
const UPDATE = 10;
/** What the original adds to the dopamine in each update. */
const TONIC = 0.002;

const CELL = { b: 0.2, c: -65, V_m: -65, U_m: -13, consistent_integration: false };
const EXCITATORY = { ...CELL, a: 0.02, d: 8 };
const INHIBITORY = { ...CELL, a: 0.1, d: 2 };
const SYNAPSE = { tau_tr_pre: 20, tau_c: 1000, tau_n: 200, A_plus: 0.1, A_minus: 0.15 };

export const distalRewardOptions = {
  part: {
    kind: 'choice',
    description:
      'reward one synapse for its coincidences, or follow one stimulus of many by reward',
    default: 'synapse',
    choices: ['synapse', 'conditioning'],
  },
  dopamine: {
    kind: 'number',
    description: 'dopamine of a reward; 0: none, for comparison',
    default: 0.5,
    min: 0,
    max: 10,
  },
  window: {
    kind: 'number',
    description: 'part synapse: longest time from a presynaptic to a rewarded postsynaptic spike',
    unit: 'ms',
    default: 10,
    min: 1,
    max: 1000,
    step: 1,
  },
  interval: {
    kind: 'number',
    description: 'time between readings of all weights',
    unit: 'ms',
    default: 10_000,
    min: 500,
    step: 500,
  },
} as const;

export type DistalRewardContext = ExperimentContext<OptionValues<typeof distalRewardOptions>>;

export interface DistalRewardNetwork {
  readonly excitatory: NodeCollection;
  readonly inhibitory: NodeCollection;
  /** Its spike times are those of dopamine, less the time that it takes to the synapses. */
  readonly dopamine: NodeCollection<'spike_generator', false>;
  readonly plastic: () => SynapseCollection;
}

/** Dopamine in the original's units. */
export const dopamineOf = (n: number): number => n * UPDATE;

/** Makes the network in an empty kernel. */
export function buildDistalReward(
  kernel: Kernel,
  { threads, seed, options }: DistalRewardContext,
): DistalRewardNetwork {
  kernel.SetKernelStatus({ resolution: STEP, local_num_threads: threads, rng_seed: seed });
  const excitatory = kernel.Create('izhikevich', NE, EXCITATORY);
  const inhibitory = kernel.Create('izhikevich', NI, INHIBITORY);
  const all = excitatory.concat(inhibitory);
  kernel.Connect(kernel.Create('noise_generator', { std: NOISE, dt: STEP }), all);
  const { generator, transmitter } = dopamineSource(kernel);
  kernel.CopyModel('neuromodulated_stdp_synapse', 'plastic', {
    volume_transmitter: transmitter,
    ...SYNAPSE,
    A_vt: (options.dopamine * SYNAPSE.tau_n) / UPDATE,
    b: -TONIC / UPDATE,
    Wmin: 0,
    Wmax: W_MAX,
  });
  const rule = {
    rule: 'fixed_outdegree',
    outdegree: OUTDEGREE,
    allow_autapses: false,
    allow_multapses: false,
  } as const;
  kernel.Connect(excitatory, all, rule, { synapse_model: 'plastic', weight: W_EX, delay: DELAY });
  kernel.Connect(inhibitory, excitatory, rule, { weight: W_IN, delay: DELAY });
  return {
    excitatory,
    inhibitory,
    dopamine: generator,
    plastic: () => kernel.GetConnections({ synapse_model: 'plastic' }),
  };
}

/** What all neurons did in `end` ms, and how long that took. */
export const effort = (report: PiecesReport, end: number): Quantity[] => [
  {
    key: 'rate',
    label: 'mean rate of all neurons',
    ...each((1000 * report.spikes) / (NE + NI), end, 'time was simulated'),
    unit: 'spikes/s',
  },
  ...cost(report, end),
];

/** For the record. */
export const distalRewardParameters = {
  NE,
  NI,
  outdegree: OUTDEGREE,
  delay: DELAY,
  w_ex: W_EX,
  w_in: W_IN,
  w_max: W_MAX,
  noise_std: NOISE,
  tonic_dopamine: TONIC,
  ...SYNAPSE,
  resolution: STEP,
};
