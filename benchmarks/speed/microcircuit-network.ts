import { type Kernel, math, type NodeCollection, type Parameter, random } from '../../lib';

// Potjans & Diesmann (2014): a cortical column under 1 mm² of surface. Times in ms, potentials in
// mV, currents in pA.

/** Simulation grid. */
export const RESOLUTION = 0.1;

/** One of the eight populations. */
export interface Population {
  /** Suffix of keys. */
  readonly key: string;
  /** Name in tables and figures. */
  readonly name: string;
  readonly color: string;
  readonly excitatory: boolean;
  /** Neurons at scale 1. */
  readonly size: number;
  /** Probability that there is a connection from a neuron of each population, in their order. */
  readonly probabilities: readonly number[];
  /** External synapses of a neuron. */
  readonly externalIndegree: number;
  /** Mean and standard deviation of the potential at the start. */
  readonly V_m: readonly [mean: number, sd: number];
  /** Mean rate at scale 1 in one run of NEST, spikes/s. */
  readonly referenceRate: number;
}

/** From the surface inwards. */
export const populations: readonly Population[] = [
  {
    ...{ key: 'L23E', name: 'L2/3E', color: '#0b5394', excitatory: true, size: 20683 },
    probabilities: [0.1009, 0.1689, 0.0437, 0.0818, 0.0323, 0, 0.0076, 0],
    ...{ externalIndegree: 1600, V_m: [-68.28, 5.36], referenceRate: 0.903 },
  },
  {
    ...{ key: 'L23I', name: 'L2/3I', color: '#6fa8dc', excitatory: false, size: 5834 },
    probabilities: [0.1346, 0.1371, 0.0316, 0.0515, 0.0755, 0, 0.0042, 0],
    ...{ externalIndegree: 1500, V_m: [-63.16, 4.57], referenceRate: 2.965 },
  },
  {
    ...{ key: 'L4E', name: 'L4E', color: '#38761d', excitatory: true, size: 21915 },
    probabilities: [0.0077, 0.0059, 0.0497, 0.135, 0.0067, 0.0003, 0.0453, 0],
    ...{ externalIndegree: 2100, V_m: [-63.33, 4.74], referenceRate: 4.414 },
  },
  {
    ...{ key: 'L4I', name: 'L4I', color: '#93c47d', excitatory: false, size: 5479 },
    probabilities: [0.0691, 0.0029, 0.0794, 0.1597, 0.0033, 0, 0.1057, 0],
    ...{ externalIndegree: 1900, V_m: [-63.45, 4.94], referenceRate: 5.876 },
  },
  {
    ...{ key: 'L5E', name: 'L5E', color: '#b45f06', excitatory: true, size: 4850 },
    probabilities: [0.1004, 0.0622, 0.0505, 0.0057, 0.0831, 0.3726, 0.0204, 0],
    ...{ externalIndegree: 2000, V_m: [-63.11, 4.94], referenceRate: 7.569 },
  },
  {
    ...{ key: 'L5I', name: 'L5I', color: '#f6a13b', excitatory: false, size: 1065 },
    probabilities: [0.0548, 0.0269, 0.0257, 0.0022, 0.06, 0.3158, 0.0086, 0],
    ...{ externalIndegree: 1900, V_m: [-61.66, 4.55], referenceRate: 8.633 },
  },
  {
    ...{ key: 'L6E', name: 'L6E', color: '#741b47', excitatory: true, size: 14395 },
    probabilities: [0.0156, 0.0066, 0.0211, 0.0166, 0.0572, 0.0197, 0.0396, 0.2252],
    ...{ externalIndegree: 2900, V_m: [-66.72, 5.46], referenceRate: 1.105 },
  },
  {
    ...{ key: 'L6I', name: 'L6I', color: '#c27ba0', excitatory: false, size: 2948 },
    probabilities: [0.0364, 0.001, 0.0034, 0.0005, 0.0277, 0.008, 0.0658, 0.1443],
    ...{ externalIndegree: 2100, V_m: [-61.43, 4.48], referenceRate: 7.829 },
  },
];

/** iaf_psc_exp. */
export const NEURON = {
  C_m: 250,
  tau_m: 10,
  tau_syn_ex: 0.5,
  tau_syn_in: 0.5,
  t_ref: 2,
  E_L: -65,
  V_reset: -65,
  V_th: -50,
};

/** Causes a potential that peaks at 0.15 mV. */
const WEIGHT = 87.81;
/** Of an inhibitory synapse, relative to an excitatory one. */
const G = -4;
/** Standard deviation of the weights over their mean. */
const WEIGHT_SD = 0.1;
const DELAY = {
  excitatory: { mean: 1.5, sd: 0.75 },
  inhibitory: { mean: 0.75, sd: 0.375 },
};
/** Spikes/s of an external synapse. */
const EXTERNAL_RATE = 8;
const EXTERNAL_DELAY = 1.5;

/** How the external input reaches the neurons: as spikes, or as their mean current. */
export type ExternalInput = 'poisson' | 'dc';

/** Neurons of a population at a scale. */
export const sizeAt = (scale: number, { size }: Population): number =>
  Math.max(1, Math.round(scale * size));

/**
 * Synapses from one population to another: as many as give the connection probability C when each
 * chooses its two neurons independently, K = ln(1 − C)/ln(1 − 1/(N_pre·N_post)) (Potjans &
 * Diesmann 2014, equation 1). In a smaller network each neuron keeps the synapses it has.
 */
export function synapsesBetween(source: Population, target: Population, scale: number): number {
  const probability = target.probabilities[populations.indexOf(source)]!;
  const full = Math.round(Math.log1p(-probability) / Math.log1p(-1 / (source.size * target.size)));
  return Math.round((full / target.size) * sizeAt(scale, target));
}

/** All recurrent synapses. */
export const synapsesAt = (scale: number): number =>
  populations
    .flatMap((target) => populations.map((source) => synapsesBetween(source, target, scale)))
    .reduce((sum, synapses) => sum + synapses, 0);

/** Makes neurons, external input and recurrent synapses; gives the neurons by population. */
export function buildMicrocircuit(
  kernel: Kernel,
  scale: number,
  input: ExternalInput,
): NodeCollection[] {
  const neurons = populations.map((population) =>
    kernel.Create('iaf_psc_exp', sizeAt(scale, population), {
      ...NEURON,
      V_m: random.normal(...population.V_m),
      I_e: input === 'dc' ? externalCurrent(population) : 0,
    }),
  );
  if (input === 'poisson') {
    populations.forEach(({ externalIndegree }, i) => {
      const rate = EXTERNAL_RATE * externalIndegree;
      const synapse = { weight: WEIGHT, delay: EXTERNAL_DELAY };
      const generator = kernel.Create('poisson_generator', { rate });
      kernel.Connect(generator, neurons[i]!, 'all_to_all', synapse);
    });
  }
  for (const [t, target] of populations.entries()) {
    for (const [s, source] of populations.entries()) {
      const N = synapsesBetween(source, target, scale);
      if (N === 0) continue;
      const synapse = { weight: weightOf(source, target), delay: delayOf(source) };
      kernel.Connect(neurons[s]!, neurons[t]!, { rule: 'fixed_total_number', N }, synapse);
    }
  }
  return neurons;
}

/** Mean current of the external spikes: rate · charge of one. */
const externalCurrent = ({ externalIndegree }: Population): number =>
  (EXTERNAL_RATE / 1000) * externalIndegree * WEIGHT * NEURON.tau_syn_ex;

/** Those from L4E to L2/3E are twice as strong. */
function weightOf(source: Population, target: Population): Parameter {
  if (!source.excitatory) {
    return math.redraw(random.normal(G * WEIGHT, WEIGHT_SD * Math.abs(G) * WEIGHT), -Infinity, 0);
  }
  const weight = source.key === 'L4E' && target.key === 'L23E' ? 2 * WEIGHT : WEIGHT;
  return math.redraw(random.normal(weight, WEIGHT_SD * weight), 0, Infinity);
}

function delayOf({ excitatory }: Population): Parameter {
  const { mean, sd } = excitatory ? DELAY.excitatory : DELAY.inhibitory;
  return math.redraw(random.normal(mean, sd), RESOLUTION, Infinity);
}
