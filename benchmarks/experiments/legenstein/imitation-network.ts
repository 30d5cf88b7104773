// The networks of simulation 2: one that learns, and one in which what was learned is tried.
import { type Kernel, type NodeCollection, random } from '../../../lib';
import { CELL_MODEL, cellParameters, RECEPTOR } from './cell';
import { NETWORK, REWARD } from './imitation-parameters';
import { DYNAMICS, PLASTIC, ruleParameters } from './plastic-parameters';
import { STEP } from './step';

const INPUT = 'linear_poisson_neuron';
const PLASTIC_RULE = 'stdp_reward_tsodyks2_synapse';
const STATIC_RULE = 'tsodyks2_synapse';
const LEARNING = 'learning';
const MS_PER_SECOND = 1000;

/** Receptors of the transmitter. */
const REWARDED = { learner: 1, target: 2 } as const;

/** Inputs that fire at the rate wanted, in spite of their dead time. */
export function inputParameters() {
  const { rate, dead_time } = NETWORK;
  return { nu_0: rate / (1 - (rate * dead_time) / MS_PER_SECOND), t_ref: dead_time };
}

export const transmitterParameters = () => ({
  kappa_plus: REWARD.kappa_plus,
  kappa_minus: REWARD.kappa_minus,
  tau_kappa_1: REWARD.tau_1,
  tau_kappa_2: REWARD.tau_2,
  kappa_shift: REWARD.shift,
  kappa_gap: REWARD.kappa_gap,
  kappa_window: REWARD.window,
  kappa_delay: REWARD.reward_delay - PLASTIC.delay,
});

/** What the target weights are: the first inputs have w_max, the others 0. */
export const targetWeights = (): number[] =>
  Array.from({ length: NETWORK.inputs }, (_, i) => (i < NETWORK.strong ? NETWORK.w_max : 0));

/** A synapse with short-term plasticity whose first spike finds the utilisation at rest. */
const resting = (weight: number) => ({
  ...{ synapse_model: STATIC_RULE, weight, delay: PLASTIC.delay, receptor_type: RECEPTOR.exc },
  ...{ ...DYNAMICS, u: DYNAMICS.U },
});

function connectStrong(kernel: Kernel, inputs: NodeCollection, target: NodeCollection): void {
  const strong = inputs.slice(0, NETWORK.strong);
  kernel.Connect(strong, target, 'all_to_all', resting(NETWORK.w_max));
}

/** Makes the network that learns in an empty kernel. */
export function buildImitation(
  kernel: Kernel,
  { seed, noise }: { readonly seed: number; readonly noise: number },
): void {
  // The neurons are too few for several threads.
  kernel.SetKernelStatus({ resolution: STEP, local_num_threads: 1, rng_seed: seed });
  const { inputs: count, extra, w_max, w_extra } = NETWORK;
  const { delay, w_init, w_init_sd } = PLASTIC;
  const inputs: NodeCollection = kernel.Create(INPUT, count + extra, inputParameters());
  const learner: NodeCollection = kernel.Create(CELL_MODEL, 1, {
    ...cellParameters(noise),
    tau_minus: PLASTIC.tau,
  });
  const target: NodeCollection = kernel.Create(CELL_MODEL, 1, cellParameters(0));
  const transmitter: NodeCollection = kernel.Create(
    'reward_transmitter',
    transmitterParameters() as object,
  );
  kernel.CopyModel(PLASTIC_RULE, LEARNING, {
    ...ruleParameters(NETWORK.w_max),
    reward_transmitter: transmitter,
  });
  kernel.Connect(inputs.slice(0, count), learner, 'all_to_all', {
    ...{ synapse_model: LEARNING, delay, receptor_type: RECEPTOR.exc },
    ...DYNAMICS,
    weight: random.normal(w_init * w_max, w_init_sd * w_max),
  });
  connectStrong(kernel, inputs, target);
  kernel.Connect(inputs.slice(count), target, 'all_to_all', resting(w_extra * w_max));
  const report = { weight: 1, delay };
  const { learner: own, target: other } = REWARDED;
  kernel.Connect(learner, transmitter, 'all_to_all', { ...report, receptor_type: own });
  kernel.Connect(target, transmitter, 'all_to_all', { ...report, receptor_type: other });
}

/** Lets the synapses learn from here on. */
export function startLearning(kernel: Kernel): void {
  kernel.SetDefaults(LEARNING, { learning_rate: 1 });
}

/** Weights of the synapses that learn, in the order of their inputs. */
export const plasticWeights = (kernel: Kernel): Float64Array =>
  kernel.GetConnections({ synapse_model: LEARNING }).get('weight');

/** A neuron with the weights that were learned and one with the target's, both without noise. */
export interface Trial {
  readonly learner: NodeCollection<'spike_recorder', false>;
  readonly target: NodeCollection<'spike_recorder', false>;
}

/** Makes the network of a trial in an empty kernel. */
export function buildTrial(kernel: Kernel, weights: Float64Array, seed: number): Trial {
  kernel.SetKernelStatus({ resolution: STEP, local_num_threads: 1, rng_seed: seed });
  const inputs: NodeCollection = kernel.Create(INPUT, NETWORK.inputs, inputParameters());
  const [learner, target] = [0, 1].map(() => kernel.Create(CELL_MODEL, 1, cellParameters(0)));
  kernel.Connect(inputs, learner!, 'all_to_all', {
    ...resting(0),
    weight: Array.from(weights),
  });
  connectStrong(kernel, inputs, target!);
  const recorded = (neuron: NodeCollection) => {
    const recorder = kernel.Create('spike_recorder');
    kernel.Connect(neuron, recorder);
    return recorder;
  };
  return { learner: recorded(learner!), target: recorded(target!) };
}
