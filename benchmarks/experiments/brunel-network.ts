import type { Kernel, NodeCollection } from '../../lib';
import type { OptionValues } from '../../lib/cli/experiment';
import { alpha, exponential, type CurrentShape } from './psp';

/** Simulation grid, ms. */
export const RESOLUTION = 0.1;
/** Neurons at scale 1: 10,000 excitatory and 2,500 inhibitory ones. */
const NEURONS = 12_500;
/** Delay of the recurrent synapses, ms. */
export const DELAY = 1.5;

/** All models: membrane and threshold of Brunel (2000), potentials relative to rest. */
export const NEURON = { tau_m: 20, t_ref: 2, E_L: 0, V_reset: 0, V_m: 0, V_th: 20 };
/** Where a spike shifts the potential itself, the capacitance does not matter. */
const DELTA = { C_m: 1 };
/** Where it causes a current. */
const CURRENT = { C_m: 250, tau_syn_ex: 0.5, tau_syn_in: 0.5 };

/** The options of the experiment. */
export const brunelOptions = {
  scale: {
    kind: 'number',
    description: `size of the network, as a multiple of ${NEURONS} neurons`,
    default: 1,
    min: 0.004,
    max: 8,
  },
  size: {
    kind: 'number',
    description: 'size of the network in neurons, instead of --scale',
    unit: 'neurons',
    min: 50,
    max: 100_000,
    step: 1,
    conflicts: 'scale',
  },
  g: {
    kind: 'number',
    description: 'strength of inhibition relative to excitation',
    default: 5,
    min: 0,
    max: 100,
  },
  eta: {
    kind: 'number',
    description: 'external rate relative to the rate that reaches the threshold',
    default: 2,
    min: 0,
    max: 100,
  },
  J: {
    kind: 'number',
    description: 'peak of an excitatory postsynaptic potential',
    unit: 'mV',
    default: 0.1,
    min: 0.001,
    max: 20,
  },
  neuron: {
    kind: 'choice',
    description: 'neuron model; the weights follow from J',
    default: 'iaf_psc_delta',
    choices: ['iaf_psc_delta', 'iaf_psc_exp', 'iaf_psc_alpha'],
  },
  discard: {
    kind: 'number',
    description: 'biological time simulated before the analysis',
    unit: 'ms',
    default: 200,
    min: 0,
    step: RESOLUTION,
  },
} as const;

export type BrunelOptions = OptionValues<typeof brunelOptions>;

/** Numbers of neurons, in-degrees, weights and external drive that follow from the options. */
export interface BrunelParameters {
  readonly N_E: number;
  readonly N_I: number;
  /** Excitatory and inhibitory synapses of each neuron. */
  readonly C_E: number;
  readonly C_I: number;
  /** In mV for iaf_psc_delta, else in pA. */
  readonly weight_ex: number;
  readonly weight_in: number;
  /** Rate of the external input of each neuron, spikes/s. */
  readonly external_rate: number;
}

/**
 * Model A of Brunel (2000). The external rate is η·C_E·ν_th, with ν_th the rate per synapse at
 * which the mean depolarisation reaches the threshold: V_th/(J·C_E·τm) where a spike shifts the
 * potential by J, and V_th·C_m/(w·q·C_E·τm) where it brings a charge w·q.
 */
export function brunelParameters({
  size,
  scale,
  g,
  eta,
  J,
  neuron,
}: Omit<BrunelOptions, 'discard'>): BrunelParameters {
  const total = size ?? NEURONS * scale;
  const N_E = Math.round(0.8 * total);
  const N_I = Math.round(0.2 * total);
  const C_E = Math.max(1, Math.round(0.1 * N_E));
  const C_I = Math.max(1, Math.round(0.1 * N_I));
  const { weight, jump } = excitation(neuron, J);
  const nu_th = NEURON.V_th / (jump * C_E * NEURON.tau_m);
  return {
    N_E,
    N_I,
    C_E,
    C_I,
    weight_ex: weight,
    weight_in: -g * weight,
    external_rate: 1000 * eta * C_E * nu_th,
  };
}

/** Weight for a potential that peaks at J, and the shift of the potential by all its charge. */
function excitation(neuron: BrunelOptions['neuron'], J: number): { weight: number; jump: number } {
  if (neuron === 'iaf_psc_delta') return { weight: J, jump: J };
  const shape: CurrentShape = neuron === 'iaf_psc_exp' ? exponential : alpha;
  const { C_m, tau_syn_ex: tau_syn } = CURRENT;
  const membrane = { C_m, tau_m: NEURON.tau_m, tau_syn };
  const weight = J * shape.weightPerMillivolt(membrane);
  return { weight, jump: (weight * shape.chargePerWeight(membrane)) / C_m };
}

/** The neurons of the network. */
export interface BrunelNeurons {
  readonly excitatory: NodeCollection;
  readonly inhibitory: NodeCollection;
}

/** The nodes whose recordings are analysed. */
export interface BrunelNetwork extends BrunelNeurons {
  readonly spikes_E: NodeCollection<'spike_recorder', false>;
  readonly spikes_I: NodeCollection<'spike_recorder', false>;
  readonly voltmeter: NodeCollection<'voltmeter', false>;
}

/**
 * Makes neurons, drive and recurrent synapses in an empty kernel. Synapses among excitatory neurons
 * are of `synapse_model`; who is connected with whom does not depend on it.
 */
export function buildBrunelNeurons(
  kernel: Kernel,
  neuron: BrunelOptions['neuron'],
  { N_E, N_I, C_E, C_I, weight_ex, weight_in, external_rate }: BrunelParameters,
  synapse_model = 'static_synapse',
): BrunelNeurons {
  const model: string = neuron;
  const cell = { ...NEURON, ...(neuron === 'iaf_psc_delta' ? DELTA : CURRENT) };
  const excitatory = kernel.Create(model, N_E, cell);
  const inhibitory = kernel.Create(model, N_I, cell);
  const all = excitatory.concat(inhibitory);
  const external = kernel.Create('poisson_generator', { rate: external_rate });

  kernel.Connect(external, all, 'all_to_all', { weight: weight_ex, delay: DELAY });
  const excitation = { weight: weight_ex, delay: DELAY };
  const excitatoryInputs = { rule: 'fixed_indegree', indegree: C_E } as const;
  kernel.Connect(excitatory, excitatory, excitatoryInputs, { ...excitation, synapse_model });
  kernel.Connect(excitatory, inhibitory, excitatoryInputs, excitation);
  const inhibition = { weight: weight_in, delay: DELAY };
  kernel.Connect(inhibitory, all, { rule: 'fixed_indegree', indegree: C_I }, inhibition);
  return { excitatory, inhibitory };
}

/** Makes the network in an empty kernel, to be recorded from `discard` on. */
export function buildBrunel(
  kernel: Kernel,
  { neuron, discard }: BrunelOptions,
  parameters: BrunelParameters,
): BrunelNetwork {
  const { excitatory, inhibitory } = buildBrunelNeurons(kernel, neuron, parameters);
  const spikes_E = kernel.Create('spike_recorder', { start: discard });
  const spikes_I = kernel.Create('spike_recorder', { start: discard });
  const voltmeter = kernel.Create('voltmeter', { interval: RESOLUTION, start: discard });
  kernel.Connect(excitatory, spikes_E);
  kernel.Connect(inhibitory, spikes_I);
  kernel.Connect(voltmeter, excitatory.at(0));
  return { excitatory, inhibitory, spikes_E, spikes_I, voltmeter };
}
