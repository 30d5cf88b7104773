// Neurons that hear the same inputs, and learn each from a reward of its own to tell what they hear:
// the readouts of simulations 4 and 5.
import { type Kernel, type NodeCollection, random } from '../../../lib';
import { CELL, CELL_MODEL, cellParameters, RECEPTOR } from './cell';
import { DYNAMICS, PLASTIC, ruleParameters } from './plastic-parameters';
import { READOUT } from './readout-parameters';
import { STEP } from './step';

/** From a generator to the input that repeats its spikes, ms. */
const RELAY = 1;

/** Short-term plasticity of the synapses that learn: of its usual strength, or none. */
export const TRANSMISSIONS = ['dynamic', 'static'] as const;
export type Transmission = (typeof TRANSMISSIONS)[number];

const RULES: Readonly<Record<Transmission, string>> = {
  dynamic: 'stdp_reward_tsodyks2_synapse',
  static: 'stdp_reward_synapse',
};

/** What the readouts are made of. */
export interface ReadoutSettings {
  readonly seed: number;
  readonly readouts: number;
  /** Time constant of their synaptic conductance, ms. */
  readonly tau_syn: number;
  readonly transmission: Transmission;
  /** nS */
  readonly w_max: number;
  /** LTD over LTP. */
  readonly ratio: number;
  /** Amplitude of the reward of a spike, 1/ms. */
  readonly reward: number;
}

export interface Readouts {
  readonly neurons: NodeCollection;
  readonly transmitters: NodeCollection;
  readonly spikes: NodeCollection;
  readonly meter: NodeCollection;
  /** Synapse models of the neurons. */
  readonly models: readonly string[];
}

const modelNames = (readouts: number): string[] =>
  Array.from({ length: readouts }, (_, i) => `plastic ${i + 1}`);

const neuronParameters = ({ tau_syn }: ReadoutSettings) => ({
  ...cellParameters(READOUT.noise),
  tau_syn: [tau_syn, CELL.tau_syn],
  tau_minus: PLASTIC.tau,
});

/** What of its weight a static synapse releases: as much as a dynamic one at rest. */
const releasedBy = (transmission: Transmission): number =>
  transmission === 'static' ? DYNAMICS.U : 1;

/** Makes the readouts and their inputs in an empty kernel; the neurons are too few for threads. */
export function buildReadouts(
  kernel: Kernel,
  settings: ReadoutSettings,
  /** When each input fires, ms. */
  times: readonly (readonly number[])[],
): Readouts {
  const { seed, readouts, transmission, w_max, ratio, reward } = settings;
  const { delay, w_init, w_init_sd } = PLASTIC;
  kernel.SetKernelStatus({ resolution: STEP, local_num_threads: 1, rng_seed: seed });
  const generators = kernel.Create(
    'spike_generator',
    times.length,
    times.map((own) => ({ spike_times: own.map((time) => time - RELAY) })),
  );
  const inputs: NodeCollection = kernel.Create('parrot_neuron', times.length);
  kernel.Connect(generators, inputs, 'one_to_one', { delay: RELAY });
  const neurons: NodeCollection = kernel.Create(CELL_MODEL, readouts, neuronParameters(settings));
  const transmitters: NodeCollection = kernel.Create('reward_transmitter', readouts, {
    A_1: reward,
    tau_1: READOUT.tau_reward,
  });
  const models = modelNames(readouts);
  models.forEach((model, i) => {
    kernel.CopyModel(RULES[transmission], model, {
      ...ruleParameters(w_max, ratio),
      weight_scale: releasedBy(transmission),
      reward_transmitter: transmitters.at(i),
    });
    kernel.Connect(inputs, neurons.at(i), 'all_to_all', {
      ...{ synapse_model: model, delay, receptor_type: RECEPTOR.exc },
      ...(transmission === 'dynamic' ? DYNAMICS : {}),
      weight: random.normal(w_init * w_max, w_init_sd * w_max),
    });
  });
  kernel.Connect(neurons, transmitters, 'one_to_one', { weight: 0, delay: READOUT.reward_delay });
  const spikes = kernel.Create('spike_recorder');
  kernel.Connect(neurons, spikes);
  const meter = kernel.Create('multimeter', 1, { record_from: ['V_m'], interval: 1, stop: 0 });
  kernel.Connect(meter, neurons);
  return { neurons, transmitters, spikes, meter, models };
}

/** The readouts that were made in this kernel before. */
export function readoutsIn(kernel: Kernel, readouts: number): Readouts {
  const of = (model: string): NodeCollection => kernel.GetNodes({ model });
  return {
    neurons: of(CELL_MODEL),
    transmitters: of('reward_transmitter'),
    spikes: of('spike_recorder'),
    meter: of('multimeter'),
    models: modelNames(readouts),
  };
}

/** Weights of all readouts in w_max, one after the other. */
export const weightsOf = (
  kernel: Kernel,
  { models }: Readouts,
  { w_max }: ReadoutSettings,
): number[][] =>
  models.map((synapse_model) => {
    const weights: Float64Array = kernel.GetConnections({ synapse_model }).get('weight');
    return Array.from(weights, (weight) => weight / w_max);
  });
