// The network of simulation 3: inputs, a neuron that learns, and the target that it is to follow.
import { type Kernel, math, type NodeCollection, random } from '../../../lib';
import { COMMON, type DriftSettings, kappaAmplitudes } from './drift-parameters';
import { STEP } from './step';

const NEURON = 'linear_poisson_neuron';
const RULE = 'stdp_reward_synapse';
const PLASTIC = 'plastic';

/** Receptors of the transmitter. */
const RECEPTOR = { learner: 1, target: 2 } as const;

/** What the neurons are created with: inputs, the learning neuron, the target. */
export function neuronParameters({ rate, tau_eps, nu_0, tau }: DriftSettings) {
  const { t_ref, t_ref_input } = COMMON;
  return {
    inputs: { nu_0: rate, t_ref: t_ref_input },
    learner: { nu_0, tau_syn: tau_eps, t_ref, tau_minus: tau },
    target: { nu_0: 0, tau_syn: tau_eps, t_ref },
  };
}

/** What the rule is made of. `eta`: how much faster weights change than is published. */
export const ruleParameters = ({ A_plus, ratio, tau, w_max }: DriftSettings, eta: number) => ({
  A_plus,
  A_minus: ratio * A_plus,
  tau_plus: tau,
  tau_c: COMMON.tau_c,
  gap: COMMON.gap,
  Wmin: 0,
  Wmax: w_max,
  learning_rate: eta,
});

/** What the transmitter makes of pairs of spikes, which reach it after the delay of all synapses. */
export function transmitterParameters(settings: DriftSettings, shift: number) {
  const { plus, minus } = kappaAmplitudes(settings);
  return {
    kappa_plus: plus,
    kappa_minus: minus,
    tau_kappa_1: settings.t1,
    tau_kappa_2: COMMON.tau_kappa_2,
    kappa_shift: shift,
    kappa_gap: COMMON.kappa_gap,
    kappa_window: COMMON.kappa_cut * settings.t1,
    kappa_delay: COMMON.reward_delay - COMMON.delay,
  };
}

/** Initial weights, drawn for each synapse. */
export function initialWeight({ w_max }: DriftSettings) {
  const { w_init, w_init_sd, w_init_low, w_init_high } = COMMON;
  const drawn = random.normal(w_init * w_max, w_init_sd * w_max);
  return math.min(math.max(drawn, w_init_low * w_max), w_init_high * w_max);
}

/** Makes the network in an empty kernel. */
export function buildDrift(
  kernel: Kernel,
  settings: DriftSettings,
  { seed, shift, eta }: { readonly seed: number; readonly shift: number; readonly eta: number },
): void {
  const { inputs: count, w_max } = settings;
  // The neurons are too few for several threads.
  kernel.SetKernelStatus({ resolution: STEP, local_num_threads: 1, rng_seed: seed });
  const parameters = neuronParameters(settings);
  const inputs: NodeCollection = kernel.Create(NEURON, count + COMMON.extra, parameters.inputs);
  const learner: NodeCollection = kernel.Create(NEURON, 1, parameters.learner);
  const target: NodeCollection = kernel.Create(NEURON, 1, parameters.target);
  const transmitter: NodeCollection = kernel.Create(
    'reward_transmitter',
    transmitterParameters(settings, shift) as object,
  );
  kernel.CopyModel(RULE, PLASTIC, {
    ...ruleParameters(settings, eta),
    reward_transmitter: transmitter,
  });
  const { delay } = COMMON;
  kernel.Connect(inputs.slice(0, count), learner, 'all_to_all', {
    ...{ synapse_model: PLASTIC, delay },
    weight: initialWeight(settings),
  });
  const shared = inputs.slice(0, count / 2).concat(inputs.slice(count));
  kernel.Connect(shared, target, 'all_to_all', { weight: w_max, delay });
  const reports = { weight: 1, delay };
  const { learner: own, target: other } = RECEPTOR;
  kernel.Connect(learner, transmitter, 'all_to_all', { ...reports, receptor_type: own });
  kernel.Connect(target, transmitter, 'all_to_all', { ...reports, receptor_type: other });
}

/** Mean weights of the inputs that the target shares, and of the others, in halves of w_max. */
export interface MeanWeights {
  readonly strong: number;
  readonly weak: number;
}

/** Weights of the synapses that learn, in the order of their inputs. */
export const plasticWeights = (kernel: Kernel): Float64Array =>
  kernel.GetConnections({ synapse_model: PLASTIC }).get('weight');

/** The first half of the inputs are those that the target shares. */
export function meanWeights(weights: Float64Array, { w_max }: DriftSettings): MeanWeights {
  const half = weights.length / 2;
  const average = (values: Float64Array) =>
    values.reduce((sum, weight) => sum + weight, 0) / half / (w_max / 2);
  return { strong: average(weights.subarray(0, half)), weak: average(weights.subarray(half)) };
}
