// The network of simulation 1: first what is to be created and connected, then that in a kernel.
import { type Kernel, math, type NodeCollection, type Parameter, random } from '../../../lib';
import {
  type Kind,
  KINDS,
  NETWORK,
  REWARD,
  RULE,
  SHORT_TERM,
  type ShortTerm,
  SPREAD,
  WEIGHT_DEPENDENT_RULE,
  WEIGHTS,
} from './biofeedback-parameters';
import { STEP } from './step';
import { CELL_MODEL, cellParameters, RECEPTOR } from './cell';

/**
 * Which short-term parameters synapses get: those that the published program gives them, or those
 * that it means to give them.
 */
export const CODINGS = ['coded', 'intended'] as const;
export type Coding = (typeof CODINGS)[number];

/** The halves of the neurons: much noise or little. */
const NOISES = ['low', 'high'] as const;
type Noise = (typeof NOISES)[number];

/** Kinds of neurons: E, I. */
type Cell = 'E' | 'I';

export type PopulationName = `${Cell}_${Noise}`;

export interface PopulationSpec {
  readonly name: PopulationName;
  readonly size: number;
  readonly parameters: ReturnType<typeof cellParameters> & { readonly tau_minus: number };
}

/** In the order in which they are created. */
export const populationSpecs = (tau_minus: number): PopulationSpec[] =>
  (['E', 'I'] as const).flatMap((cell) =>
    NOISES.map((noise): PopulationSpec => {
      const size = cell === 'E' ? NETWORK.excitatory : NETWORK.inhibitory;
      return {
        name: `${cell}_${noise}`,
        size: size * (noise === 'high' ? NETWORK.noisy : 1 - NETWORK.noisy),
        parameters: { ...cellParameters(NETWORK[`noise_${noise}`]), tau_minus },
      };
    }),
  );

/** Synapses of a kind onto one half of its targets. */
export interface ProjectionSpec {
  readonly kind: Kind;
  readonly noise: Noise;
  readonly sources: readonly PopulationName[];
  readonly targets: PopulationName;
  readonly probability: number;
  readonly plastic: boolean;
  /** nS */
  readonly weight: number;
  readonly receptor: number;
  readonly shortTerm: Readonly<Record<ShortTerm, number>>;
  /** Whether these differ from synapse to synapse. */
  readonly varied: boolean;
}

/** All connections between neurons, in the order in which they are made. */
export const projectionSpecs = (coding: Coding): ProjectionSpec[] =>
  KINDS.flatMap((kind) => NOISES.map((noise) => projectionSpec(kind, noise, coding)));

function projectionSpec(kind: Kind, noise: Noise, coding: Coding): ProjectionSpec {
  const [source, target] = [...kind] as [Cell, Cell];
  // The program sets up the distributions of one half only, with the means of one kind for all.
  const asProgrammed = coding === 'coded';
  const excites = source === 'E';
  return {
    ...{ kind, noise },
    sources: NOISES.map((half): PopulationName => `${source}_${half}`),
    targets: `${target}_${noise}`,
    probability: NETWORK[`p_${noise}`] * NETWORK[`p_${kind}`],
    plastic: kind === 'EE',
    weight: excites ? WEIGHTS.W_exc : WEIGHTS.W_inh,
    receptor: excites ? RECEPTOR.exc : RECEPTOR.inh,
    shortTerm: SHORT_TERM[asProgrammed && noise === 'low' ? 'EE' : kind],
    varied: !asProgrammed || noise === 'low',
  };
}

/** A value, drawn for each synapse if it is to vary. */
function shortTermValue(
  name: ShortTerm,
  { shortTerm, varied }: ProjectionSpec,
): number | Parameter {
  const middle = shortTerm[name];
  if (!varied) return middle;
  const [low, high] =
    name === 'U' ? [SPREAD.U_min, SPREAD.U_max] : [SPREAD.tau_min, SPREAD.tau_max];
  return math.redraw(random.normal(middle, SPREAD.relative_sd * middle), low, high);
}

/** Names of the synapse models. */
const PLASTIC_RULE = 'stdp_reward_tsodyks2_synapse';
const STATIC_RULE = 'tsodyks2_synapse';
export const PLASTIC = 'plastic';

/** What Connect is given for it. */
export const synapseSpec = (projection: ProjectionSpec) => ({
  synapse_model: projection.plastic ? PLASTIC : STATIC_RULE,
  weight: projection.weight,
  delay: NETWORK.delay,
  receptor_type: projection.receptor,
  U: shortTermValue('U', projection),
  tau_rec: shortTermValue('tau_rec', projection),
  tau_fac: shortTermValue('tau_fac', projection),
});

export const connectionSpec = ({ probability }: ProjectionSpec) =>
  ({ rule: 'pairwise_bernoulli', p: probability, allow_autapses: false }) as const;

/** Synapses of a projection to be expected: a pair of a neuron and itself is none. */
export function expectedSynapses({ kind, noise, probability }: ProjectionSpec): number {
  const [source, target] = [...kind] as [Cell, Cell];
  const size = (cell: Cell) => (cell === 'E' ? NETWORK.excitatory : NETWORK.inhibitory);
  const targets = size(target) * (noise === 'high' ? NETWORK.noisy : 1 - NETWORK.noisy);
  return probability * targets * (size(source) - (source === target ? 1 : 0));
}

/** What the network and its reward depend on. */
export interface BiofeedbackSettings {
  readonly threads: number;
  readonly seed: number;
  readonly coding: Coding;
  /** Factor of the reward. */
  readonly reward: number;
  /** Pairs of spikes that are no farther apart do not count, ms. */
  readonly gap: number;
  readonly weightDependent: boolean;
}

export interface BiofeedbackNetwork {
  readonly populations: Readonly<Record<PopulationName, NodeCollection>>;
  readonly transmitter: NodeCollection;
}

/** What the reward_transmitter is created with. */
export const transmitterParameters = (factor: number) => ({
  A_1: factor * REWARD.A_1,
  A_2: factor * REWARD.A_2,
  tau_1: REWARD.tau_1,
  tau_2: REWARD.tau_2,
});

/** Constants of the rule of the synapses that learn; they do not before `startLearning`. */
export function ruleParameters({ weightDependent, gap }: BiofeedbackSettings) {
  const { tau_minus, ...rule } = weightDependent ? WEIGHT_DEPENDENT_RULE : RULE;
  const bounds = { Wmin: 0, Wmax: WEIGHTS.W_max };
  return { neuron: { tau_minus }, synapse: { ...rule, ...bounds, gap } };
}

/** Makes the network in an empty kernel. */
export function buildBiofeedback(
  kernel: Kernel,
  settings: BiofeedbackSettings,
): BiofeedbackNetwork {
  const { threads, seed, coding, reward } = settings;
  kernel.SetKernelStatus({ resolution: STEP, local_num_threads: threads, rng_seed: seed });
  const rule = ruleParameters(settings);
  const created = populationSpecs(rule.neuron.tau_minus).map(
    ({ name, size, parameters }): [PopulationName, NodeCollection] => [
      name,
      kernel.Create(CELL_MODEL, size, parameters),
    ],
  );
  const populations = Object.fromEntries(created) as Record<PopulationName, NodeCollection>;
  const transmitter = kernel.Create('reward_transmitter', transmitterParameters(reward) as object);
  kernel.CopyModel(PLASTIC_RULE, PLASTIC, {
    ...rule.synapse,
    learning_rate: 0,
    reward_transmitter: transmitter,
  });
  for (const projection of projectionSpecs(coding)) {
    const [first, second] = projection.sources.map((name) => populations[name]);
    const sources = first!.concat(second!);
    const targets = populations[projection.targets];
    kernel.Connect(sources, targets, connectionSpec(projection), synapseSpec(projection));
  }
  // The first spike finds the utilisation at rest.
  const resting = kernel.GetConnections({ synapse_model: STATIC_RULE });
  const utilisation = resting.get('U');
  resting.set({ u: utilisation });
  return { populations, transmitter };
}

/** Lets the synapses learn from here on. */
export function startLearning(kernel: Kernel): void {
  kernel.SetDefaults(PLASTIC, { learning_rate: 1 });
}

/** Every spike of the neuron is rewarded, or with −1 punished. */
export function connectReward(
  kernel: Kernel,
  { transmitter }: BiofeedbackNetwork,
  neuron: number,
  sign: 1 | -1,
): void {
  kernel.Connect([neuron], transmitter, 'all_to_all', {
    weight: sign,
    delay: REWARD.reward_delay + REWARD.broadcast,
  });
}

/** From here on spikes of the neuron that were rewarded are punished, and the other way round. */
export function exchangeRewards(kernel: Kernel, { transmitter }: BiofeedbackNetwork): void {
  const rewards = kernel.GetConnections({ target: transmitter });
  const signs: Float64Array = rewards.get('weight');
  rewards.set({ weight: signs.map((sign) => -sign) });
}
