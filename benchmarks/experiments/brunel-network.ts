import type { Kernel, NodeCollection } from '../../lib';
import type { OptionValues } from '../../lib/cli/experiment';
import { selfConsistentRate } from './mean-field';
import { alpha, exponential, type CurrentShape } from './psp';

/** Simulation grid, ms. */
export const RESOLUTION = 0.1;
/** Neurons at scale 1, and synapses of each: those of the paper. */
const FULL = { N_E: 10_000, N_I: 2500, C_E: 1000, C_I: 250 };
export const NEURONS = FULL.N_E + FULL.N_I;
/** Part of the neurons of a small network from which each has synapses, as at scale 1. */
const CONNECTIVITY = FULL.C_E / FULL.N_E;
/** Delay of the recurrent synapses, ms. */
export const DELAY = 1.5;

/**
 * All models: membrane and threshold of Brunel (2000), potentials relative to rest. The paper resets
 * to 10 mV; NEST's examples of the network, whose rates are known, to 0 as here.
 */
export const NEURON = { tau_m: 20, t_ref: 2, E_L: 0, V_reset: 0, V_m: 0, V_th: 20 };
/** Where a spike shifts the potential itself, the capacitance does not matter. */
const DELTA = { C_m: 1 };
/** Where it causes a current. */
const CURRENT = { C_m: 250, tau_syn_ex: 0.5, tau_syn_in: 0.5 };

/** The options of the experiment. */
export const brunelOptions = {
  scale: {
    kind: 'number',
    description:
      `size of the network, as a multiple of ${NEURONS} neurons; a smaller one has as many times ` +
      'fewer synapses a neuron, and the mean and the variance of their input',
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
    description: 'peak of an excitatory postsynaptic potential, at scale 1 and above',
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
  V_reset: {
    kind: 'number',
    description: 'potential after a spike: 10 in the paper, 0 in the examples of NEST',
    unit: 'mV',
    default: NEURON.V_reset,
    min: -1000,
    max: 19,
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

/** How many neurons there are, and how many synapses each has from either population. */
export interface BrunelSize {
  readonly N_E: number;
  readonly N_I: number;
  readonly C_E: number;
  readonly C_I: number;
}

/** Numbers of neurons, in-degrees, weights and external drive that follow from the options. */
export interface BrunelParameters extends BrunelSize {
  /** In mV for iaf_psc_delta, else in pA. */
  readonly weight_ex: number;
  readonly weight_in: number;
  readonly weight_external: number;
  /** Rate of the external input of each neuron, spikes/s. */
  readonly external_rate: number;
  /** Mean of the recurrent input that a small network lacks, pA. */
  readonly I_e: number;
}

/** What the weights and the drive follow from. */
type Strength = Pick<BrunelOptions, 'g' | 'eta' | 'J' | 'neuron'>;

/** Neurons of the network as a multiple of {@link NEURONS}. */
export const scaleOf = ({ size, scale }: Pick<BrunelOptions, 'size' | 'scale'>): number =>
  size === undefined ? scale : size / NEURONS;

/** A network of any size in which a neuron has synapses from a tenth of all others. */
export function connectedSize(neurons: number): BrunelSize {
  const N_E = Math.round(0.8 * neurons);
  const N_I = Math.round(0.2 * neurons);
  const indegree = (N: number) => Math.max(1, Math.round(CONNECTIVITY * N));
  return { N_E, N_I, C_E: indegree(N_E), C_I: indegree(N_I) };
}

/**
 * Model A of Brunel (2000) with synapses of J whatever their number. The external rate is η·C_E·ν_th,
 * with ν_th the rate per synapse at which the mean depolarisation reaches the threshold:
 * V_th/(J·C_E·τm) where a spike shifts the potential by J, and V_th·C_m/(w·q·C_E·τm) where it brings a
 * charge w·q.
 */
export function unscaledParameters(size: BrunelSize, { g, eta, J, neuron }: Strength) {
  const weight = J * weightPerMillivolt(neuron);
  const nu_th = NEURON.V_th / (jumpOf(neuron, weight) * size.C_E * NEURON.tau_m);
  return {
    ...size,
    weight_ex: weight,
    weight_in: -g * weight,
    weight_external: weight,
    external_rate: 1000 * eta * size.C_E * nu_th,
    I_e: 0,
  } satisfies BrunelParameters;
}

/**
 * Model A of Brunel (2000). A smaller network has fewer synapses a neuron, in proportion. Each is
 * stronger by the square root of what they are fewer by, which keeps the variance of their input, and
 * a current brings what its mean lacks at the rate of the full network (S. J. van Albada, M. Helias &
 * M. Diesmann (2015), PLoS Comput. Biol. 11, e1004490): so rate and irregularity stay. A larger
 * network has the synapses of the paper, from a smaller part of the neurons.
 */
export function brunelParameters(options: Omit<BrunelOptions, 'discard'>): BrunelParameters {
  const full = unscaledParameters(FULL, options);
  const size = connectedSize(NEURONS * scaleOf(options));
  const [C_E, C_I] = [Math.min(size.C_E, FULL.C_E), Math.min(size.C_I, FULL.C_I)];
  const weight_ex = full.weight_ex * Math.sqrt(FULL.C_E / C_E);
  const weight_in = full.weight_in * Math.sqrt(FULL.C_I / C_I);
  const lost =
    FULL.C_E * full.weight_ex - C_E * weight_ex + (FULL.C_I * full.weight_in - C_I * weight_in);
  const spikes = meanFieldRate(full, options) / 1000;
  const I_e = lost * chargePerWeight(options.neuron) * spikes;
  return { ...full, ...size, C_E, C_I, weight_ex, weight_in, I_e };
}

/** The rate that the theory gives a network with neurons of these options, spikes/s. */
export function meanFieldRate(
  parameters: BrunelParameters,
  { neuron, V_reset = NEURON.V_reset }: { neuron: Neuron; V_reset?: number },
): number {
  const { C_E, C_I, weight_ex, weight_in, weight_external, external_rate, I_e } = parameters;
  const [ex, inh, external] = [weight_ex, weight_in, weight_external].map((w) => jumpOf(neuron, w));
  const tau = NEURON.tau_m / 1000; // s
  const drive = {
    mean: tau * external! * external_rate + (I_e * NEURON.tau_m) / capacitanceOf(neuron),
    variance: tau * external! ** 2 * external_rate,
    mean_per_rate: tau * (C_E * ex! + C_I * inh!),
    variance_per_rate: tau * (C_E * ex! ** 2 + C_I * inh! ** 2),
  };
  return selfConsistentRate(drive, { ...NEURON, V_reset, tau_noise: noiseTime(neuron) });
}

type Neuron = BrunelOptions['neuron'];

const shapeOf = (neuron: Exclude<Neuron, 'iaf_psc_delta'>): CurrentShape =>
  neuron === 'iaf_psc_exp' ? exponential : alpha;

const membrane = { C_m: CURRENT.C_m, tau_m: NEURON.tau_m, tau_syn: CURRENT.tau_syn_ex };

/** Weight of a synapse for each mV of the potential's peak. */
const weightPerMillivolt = (neuron: Neuron): number =>
  neuron === 'iaf_psc_delta' ? 1 : shapeOf(neuron).weightPerMillivolt(membrane);

/** Charge that a spike brings for each unit of the weight, fC. */
const chargePerWeight = (neuron: Neuron): number =>
  neuron === 'iaf_psc_delta' ? DELTA.C_m : shapeOf(neuron).chargePerWeight(membrane);

const capacitanceOf = (neuron: Neuron): number =>
  neuron === 'iaf_psc_delta' ? DELTA.C_m : CURRENT.C_m;

/** Shift of the potential by all the charge of a spike, mV. */
const jumpOf = (neuron: Neuron, weight: number): number =>
  (weight * chargePerWeight(neuron)) / capacitanceOf(neuron);

/** Correlation time of the noise behind the synapses, which filter once or twice, ms. */
const noiseTime = (neuron: Neuron): number =>
  ({ iaf_psc_delta: 0, iaf_psc_exp: 1, iaf_psc_alpha: 2 })[neuron] * CURRENT.tau_syn_ex;

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
  parameters: BrunelParameters,
  synapse_model = 'static_synapse',
  V_reset = NEURON.V_reset,
): BrunelNeurons {
  const { N_E, N_I, C_E, C_I, weight_ex, weight_in, weight_external, external_rate, I_e } =
    parameters;
  const model: string = neuron;
  const own = neuron === 'iaf_psc_delta' ? DELTA : CURRENT;
  const cell = { ...NEURON, ...own, V_reset, I_e };
  const excitatory = kernel.Create(model, N_E, cell);
  const inhibitory = kernel.Create(model, N_I, cell);
  const all = excitatory.concat(inhibitory);
  const external = kernel.Create('poisson_generator', { rate: external_rate });

  kernel.Connect(external, all, 'all_to_all', { weight: weight_external, delay: DELAY });
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
  { neuron, V_reset, discard }: BrunelOptions,
  parameters: BrunelParameters,
): BrunelNetwork {
  const { excitatory, inhibitory } = buildBrunelNeurons(
    kernel,
    neuron,
    parameters,
    undefined,
    V_reset,
  );
  const spikes_E = kernel.Create('spike_recorder', { start: discard });
  const spikes_I = kernel.Create('spike_recorder', { start: discard });
  const voltmeter = kernel.Create('voltmeter', { interval: RESOLUTION, start: discard });
  kernel.Connect(excitatory, spikes_E);
  kernel.Connect(inhibitory, spikes_I);
  kernel.Connect(voltmeter, excitatory.at(0));
  return { excitatory, inhibitory, spikes_E, spikes_I, voltmeter };
}
