import { guardReceivers } from '../receivers';
import { KernelException } from '../errors';
import { native, type NativeReinforce, type NativeReinforceRule } from '../native';
import {
  allocate,
  badValue,
  checkAllPresent,
  Compartment,
  type CompartmentInput,
} from './compartment';
import {
  binary,
  chance,
  checkNumber,
  checkStep,
  count,
  finite,
  notNaN,
  OptionReader,
  seedRange,
} from './options';
import {
  countOf,
  type DenseParts,
  flagOf,
  keptOptions,
  numberOf,
  packState,
  putArrays,
  unpackState,
} from './state';
import { applyMask, drawMask, initialize, type WeightInit } from './weights';

/** Activation functions, by name. */
export type ActivationName =
  | 'identity'
  | 'tanh'
  | 'sigmoid'
  | 'relu'
  | 'lrelu'
  | 'relu6'
  | 'elu'
  | 'silu'
  | 'gelu'
  | 'telu'
  | 'softplus'
  | 'softmax'
  | 'sine'
  | 'unit_threshold'
  | 'heaviside'
  | 'bkwta';

/** Parameters of {@link REINFORCESynapse}; names are those of ngc-learn. */
export interface REINFORCEOptions {
  /** Numbers of inputs and of actions. */
  readonly shape: readonly [number, number];
  /** Learning rate; can be changed later. Default 1e-4. */
  readonly eta?: number;
  /** Decay of the average of gradients (which is for looking at only). Default 0.99. */
  readonly decay?: number;
  /** Initial weights, inputs × 2 actions. Default `['uniform', 0.025, 0.8]`. */
  readonly weight_init?: WeightInit;
  /** Activation of the inputs. Default `identity`. */
  readonly act_fx?: ActivationName;
  /** Activation of the means. Default `identity`. */
  readonly mu_act_fx?: ActivationName;
  /** Lower bound of the actions. Default: none. */
  readonly mu_out_min?: number;
  /** Upper bound of the actions. Default: none. */
  readonly mu_out_max?: number;
  /** Standard deviation of all actions, which is not learnt then; 0 or less: learnt. Default −1. */
  readonly scalar_stddev?: number;
  /** Chance of every input to be connected to an action, drawn once with `seed`. Default 1. */
  readonly p_conn?: number;
  /** Upper bound of the weights of means. Default 1. */
  readonly w_bound?: number;
  /** Lower bound of the weights of means. Default −w_bound; ngc-learn: 0. */
  readonly w_min?: number;
  /** Lower bound of the weights of log deviations. Default: none; ngc-learn: 0. */
  readonly log_std_w_min?: number;
  /** Upper bound of the weights of log deviations. Default: none; ngc-learn: w_bound. */
  readonly log_std_w_max?: number;
  /** Samples that are computed side by side with the same weights. Default 1. */
  readonly batch_size?: number;
  /** Seed of initial weights, of p_conn and of the noise. Default 42. */
  readonly seed?: number;
  /** Seed of the noise after `reset`. Default: `seed`; ngc-learn: always 42. */
  readonly reset_seed?: number;
  /** What `learning_mask` holds at first. Default 1; ngc-learn: 0, so that nothing is learnt. */
  readonly learning_mask_initial?: number;
  /** Whether weights are clipped also while learning_mask is 0. Default false; ngc-learn: true. */
  readonly clip_without_learning?: boolean;
  /**
   * Whether `evolve` draws new actions and learns from these, as in ngc-learn, where rewards cannot
   * be those of the actions. Default false: it learns from the actions of `advance`.
   */
  readonly sample_in_evolve?: boolean;
}

const options: readonly (keyof REINFORCEOptions)[] = [
  'shape',
  'eta',
  'decay',
  'weight_init',
  'act_fx',
  'mu_act_fx',
  'mu_out_min',
  'mu_out_max',
  'scalar_stddev',
  'p_conn',
  'w_bound',
  'w_min',
  'log_std_w_min',
  'log_std_w_max',
  'batch_size',
  'seed',
  'reset_seed',
  'learning_mask_initial',
  'clip_without_learning',
  'sample_in_evolve',
];

const owner = 'REINFORCESynapse';

/**
 * A stochastic cable that acts and learns by REINFORCE. With weights W = [W_mu | W_ls] and
 * h = act_fx(inputs), `advance` draws the actions
 *
 *     outputs = clip(mu + σ · noise, mu_out_min, mu_out_max),
 *     mu = mu_act_fx(h W_mu),   σ = e^clip(h W_ls, −10, 2) or scalar_stddev,
 *
 * and `evolve`, given the rewards of these actions (less what was expected, if they are to be
 * learnt from quickly), ascends their likelihood, actions taken as given:
 *
 *     objective = −0.01 · mean over the batch of rewards · log p(outputs)
 *     dWeights = −∂objective/∂W,   W = clip(W + learning_mask · eta · dWeights)
 *
 * inputs: batch_size × inputs; outputs, noise: batch_size × actions; rewards: batch_size; weights,
 * dWeights, accumulated_gradients: inputs × 2 actions. Getters give the live Float64Array, setters
 * copy into it. Actions depend on the seed and on how often actions were drawn since `reset`, so do
 * not reset between the episodes of one experiment.
 *
 * Source of the rule: R. J. Williams, Machine Learning 8 (1992), in the form of ngc-learn 3.2. What
 * differs from it has a switch: sample_in_evolve, learning_mask_initial, w_min, log_std_w_min,
 * log_std_w_max, clip_without_learning, reset_seed; p_conn makes a sparse cable.
 */
export class REINFORCESynapse {
  /** Numbers of inputs and of actions. */
  readonly shape: readonly [number, number];
  /** Samples that are computed side by side. */
  readonly batch_size: number;
  readonly #native: NativeReinforce;
  readonly #inputs: Compartment;
  readonly #outputs: Compartment;
  readonly #noise: Compartment;
  readonly #rewards: Compartment;
  readonly #weights: Compartment;
  readonly #dWeights: Compartment;
  readonly #average: Compartment;
  readonly #mask: Float64Array | undefined;
  readonly #resetSeed: number;
  readonly #options: Readonly<Record<string, unknown>>;
  /** What `evolve` needs of `advance` besides the actions. */
  readonly #between: Readonly<
    Record<'hidden' | 'readout' | 'mean' | 'deviation' | 'slope', Float64Array>
  >;
  readonly #clipAlways: boolean;
  readonly #samplesInEvolve: boolean;
  #eta: number;
  #learningMask: number;
  #seed: number;
  #draws = 0;
  #drawsNoise = true;
  #acted = false;
  #steps = 0;
  #objective = 0;

  static {
    guardReceivers(this, 'a REINFORCESynapse', (value) => #native in value);
  }

  /**
   * @throws BadProperty, TypeMismatch, DimensionMismatch or UnaccessedDictionaryEntry naming the
   * parameter; OutOfMemory
   */
  constructor(given: REINFORCEOptions) {
    const reader = new OptionReader(owner, given, options);
    this.#options = keptOptions(given);
    this.shape = reader.shape();
    const [n, m] = this.shape;
    const batch = (this.batch_size = reader.number('batch_size', count, 1));
    const rule = readRule(reader, { inputs: n, outputs: m, batch });
    this.#eta = reader.number('eta', finite, 1e-4);
    const bounds = readBounds(reader);
    this.#learningMask = reader.number('learning_mask_initial', binary, 1);
    this.#clipAlways = reader.flag('clip_without_learning', false);
    this.#samplesInEvolve = reader.flag('sample_in_evolve', false);
    this.#seed = reader.number('seed', seedRange, 42);
    this.#resetSeed = reader.number('reset_seed', seedRange, this.#seed);
    const compartment = (name: string, ...shape: number[]): Compartment =>
      new Compartment(owner, name, shape);
    this.#weights = compartment('weights', n, 2 * m);
    const lower = rowOfBounds(m, bounds.means[0], bounds.logDeviations[0]);
    const upper = rowOfBounds(m, bounds.means[1], bounds.logDeviations[1]);
    const p = reader.number('p_conn', chance, 1);
    this.#mask = bothHalves(drawMask(owner, p, this.#seed, n * m), m);
    const init = reader.raw('weight_init') ?? ['uniform', 0.025, 0.8];
    initialize(owner, this.#weights, init, this.#seed);
    applyMask(this.weights, this.#mask);
    this.#dWeights = compartment('dWeights', n, 2 * m);
    this.#average = compartment('accumulated_gradients', n, 2 * m);
    this.#inputs = compartment('inputs', batch, n);
    this.#outputs = compartment('outputs', batch, m);
    this.#noise = compartment('noise', batch, m);
    this.#rewards = compartment('rewards', batch);
    this.#between = {
      hidden: allocate(batch * n, owner),
      readout: allocate(2 * batch * m, owner),
      mean: allocate(batch * m, owner),
      deviation: allocate(batch * m, owner),
      slope: allocate(2 * batch * m, owner),
    };
    const { inputs, outputs, noise, rewards, weights, dWeights, accumulated_gradients } = this;
    this.#native = native.dense.reinforce(rule, {
      ...{ inputs, outputs, noise, rewards, weights, dWeights, accumulated_gradients },
      ...{ weight_mask: this.#mask, lower, upper },
      ...this.#between,
    });
  }

  /** What the actions depend on. */
  get inputs(): Float64Array {
    return this.#inputs.values;
  }
  set inputs(values: CompartmentInput) {
    this.#inputs.set(values);
  }

  /** The actions. */
  get outputs(): Float64Array {
    return this.#outputs.values;
  }

  /**
   * The standard normal numbers of the actions. What is set takes the place of those that would be
   * drawn next, once: 0 gives the most likely actions.
   */
  get noise(): Float64Array {
    return this.#noise.values;
  }
  set noise(values: CompartmentInput) {
    this.#noise.set(values);
    this.#drawsNoise = false;
  }

  /** The rewards of the actions, one a sample. */
  get rewards(): Float64Array {
    return this.#rewards.values;
  }
  set rewards(values: CompartmentInput) {
    this.#rewards.set(values);
  }

  /** Weights [W_mu | W_ls]. What is set where p_conn left out a connection becomes 0. */
  get weights(): Float64Array {
    return this.#weights.values;
  }
  set weights(values: CompartmentInput) {
    this.#weights.set(values);
    applyMask(this.weights, this.#mask);
  }

  /** The gradient of the last `evolve`, upwards. */
  get dWeights(): Float64Array {
    return this.#dWeights.values;
  }

  /** Average of the gradients since the last step that learnt; nothing is learnt from it. */
  get accumulated_gradients(): Float64Array {
    return this.#average.values;
  }

  /** Steps in `accumulated_gradients`. */
  get step_count(): number {
    return this.#steps;
  }

  /** What the last `evolve` descended: −0.01 · mean of rewards · log p(outputs). */
  get objective(): number {
    return this.#objective;
  }

  /** Whether `evolve` changes the weights: 1 or 0. */
  get learning_mask(): number {
    return this.#learningMask;
  }
  set learning_mask(value: number) {
    this.#learningMask = checkNumber(owner, 'learning_mask', value, binary);
  }

  /** Learning rate. */
  get eta(): number {
    return this.#eta;
  }
  set eta(value: number) {
    this.#eta = checkNumber(owner, 'eta', value, finite);
  }

  /**
   * Draws the actions for `inputs`.
   * @param dt length of the step, ms; does not enter.
   * @throws BadParameter for dt, BadProperty for inputs that are not finite; nothing has changed
   * then
   */
  advance(dt = 1): void {
    checkStep(owner, dt);
    this.#native.sample(this.#seed, this.#draws, this.#drawsNoise);
    this.#draws++;
    this.#drawsNoise = true;
    this.#acted = true;
  }

  /**
   * Learns from the rewards of the actions that `advance` drew.
   * @param dt length of the step, ms; does not enter.
   * @throws BadParameter for dt, BadProperty for rewards that are not finite, KernelException
   * without actions since the last `reset`; nothing has changed then
   */
  evolve(dt = 1): void {
    checkStep(owner, dt);
    this.#rewards.check();
    if (this.#samplesInEvolve) this.advance(dt);
    if (!this.#acted) {
      throw new KernelException(
        `${owner}: evolve() learns from actions; call advance() before, and set their rewards.`,
        { model: owner },
      );
    }
    const step = this.#steps + 1;
    this.#objective = this.#native.learn(this.#eta, this.#learningMask, step, this.#clipAlways);
    this.#steps = step * (1 - this.#learningMask);
  }

  /** All that it is, as bytes; see docs/state-file.md. */
  toState(): Uint8Array {
    return packState(owner, this.#options, this.#parts());
  }

  /**
   * A component as the one whose state it was, which goes on as that would have.
   * @throws TypeMismatch for what are no bytes; BadStateFile with its `reason`; OutOfMemory.
   */
  static fromState(bytes: Uint8Array): REINFORCESynapse {
    const { options: made, arrays, values } = unpackState(owner, bytes);
    const weight_init = ['constant', 0] as const;
    const synapse = new REINFORCESynapse({ ...(made as unknown as REINFORCEOptions), weight_init });
    putArrays(synapse.#parts().arrays, arrays);
    synapse.#eta = numberOf(values, 'eta');
    synapse.#learningMask = countOf(values, 'learning_mask');
    synapse.#seed = countOf(values, 'seed');
    synapse.#draws = countOf(values, 'draws');
    synapse.#drawsNoise = flagOf(values, 'draws_noise');
    synapse.#acted = flagOf(values, 'acted');
    synapse.#steps = countOf(values, 'steps');
    synapse.#objective = numberOf(values, 'objective');
    return synapse;
  }

  #parts(): DenseParts {
    const { inputs, outputs, noise, rewards, weights, dWeights, accumulated_gradients } = this;
    return {
      arrays: {
        ...{ inputs, outputs, noise, rewards, weights, dWeights, accumulated_gradients },
        ...this.#between,
      },
      values: {
        ...{ eta: this.#eta, learning_mask: this.#learningMask, seed: this.#seed },
        ...{ draws: this.#draws, draws_noise: this.#drawsNoise, acted: this.#acted },
        ...{ steps: this.#steps, objective: this.#objective },
      },
    };
  }

  /**
   * Inputs, outputs, rewards and gradients become 0 and the noise begins again; weights and
   * learning_mask stay.
   */
  reset(): void {
    checkAllPresent([
      ...[this.#inputs, this.#outputs, this.#noise, this.#rewards],
      ...[this.#dWeights, this.#average],
    ]);
    for (const values of [
      this.inputs,
      this.outputs,
      this.noise,
      this.rewards,
      this.dWeights,
      this.accumulated_gradients,
    ]) {
      values.fill(0);
    }
    this.#seed = this.#resetSeed;
    this.#draws = 0;
    this.#drawsNoise = true;
    this.#acted = false;
    this.#steps = 0;
    this.#objective = 0;
  }
}

/** The parameters of the rule, checked. */
function readRule(
  reader: OptionReader,
  sizes: Pick<NativeReinforceRule, 'inputs' | 'outputs' | 'batch'>,
): NativeReinforceRule {
  const activation = (name: string): string =>
    reader.choice(name, native.dense.activationNames, 'identity');
  const lowest = reader.number('mu_out_min', notNaN, -Infinity);
  const highest = reader.number('mu_out_max', notNaN, Infinity);
  if (highest <= lowest) throw badValue(owner, 'mu_out_max', highest, `> mu_out_min = ${lowest}`);
  return {
    ...sizes,
    act_fx: activation('act_fx'),
    mu_act_fx: activation('mu_act_fx'),
    ...{ mu_out_min: lowest, mu_out_max: highest },
    scalar_stddev: reader.number('scalar_stddev', finite, -1),
    decay: reader.number('decay', finite, 0.99),
  };
}

/** Bounds of the weights, checked. */
interface Bounds {
  readonly means: readonly [low: number, high: number];
  readonly logDeviations: readonly [low: number, high: number];
}

function readBounds(reader: OptionReader): Bounds {
  const bound = reader.number('w_bound', finite, 1);
  const means = [reader.number('w_min', finite, -bound), bound] as const;
  const logDeviations = [
    reader.number('log_std_w_min', notNaN, -Infinity),
    reader.number('log_std_w_max', notNaN, Infinity),
  ] as const;
  for (const [name, [low, high]] of [
    ['w_bound', means],
    ['log_std_w_max', logDeviations],
  ] as const) {
    if (high <= low) throw badValue(owner, name, high, `> the lower bound ${low}`);
  }
  return { means, logDeviations };
}

/** A bound for each weight of a row [W_mu | W_ls]. */
const rowOfBounds = (m: number, mean: number, logDeviation: number): Float64Array =>
  allocate(2 * m, owner)
    .fill(mean, 0, m)
    .fill(logDeviation, m);

/** The mask of connections for [W_mu | W_ls]: a missing connection is missing in both. */
function bothHalves(mask: Float64Array | undefined, m: number): Float64Array | undefined {
  if (mask === undefined) return undefined;
  const both = allocate(2 * mask.length, owner);
  for (let row = 0; row < mask.length; row += m) {
    const half = mask.subarray(row, row + m);
    both.set(half, 2 * row);
    both.set(half, 2 * row + m);
  }
  return both;
}
