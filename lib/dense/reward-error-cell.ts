import { guardReceivers } from '../receivers';
import { checkAllPresent, Compartment, type CompartmentInput } from './compartment';
import { count, fraction, OptionReader } from './options';
import { countOf, type DenseParts, keptOptions, packState, putArrays, unpackState } from './state';

/** Parameters of {@link RewardErrorCell}; names and defaults are those of ngc-learn. */
export interface RewardErrorOptions {
  /** Number of reward signals. Default 1. */
  readonly n_units?: number;
  /** Weight of a new reward in the online prediction, 0 … 1; 0: none is predicted. */
  readonly alpha: number;
  /** Window of the prediction over episodes, in episodes. Default 10. */
  readonly ema_window_len?: number;
  /** Whether rewards are predicted at all; if not, the error is the reward. Default true. */
  readonly use_online_predictor?: boolean;
  /** Samples side by side. Default 1. */
  readonly batch_size?: number;
}

const options: readonly (keyof RewardErrorOptions)[] = [
  'n_units',
  'alpha',
  'ema_window_len',
  'use_online_predictor',
  'batch_size',
];

/**
 * Reward prediction errors against a moving average: `advance` computes
 *
 *     accum_reward += reward,   rpe = reward − mu,   mu = (1 − alpha) · mu + alpha · reward,
 *
 * and `evolve`, at the end of an episode, moves mu by 1/ema_window_len towards the mean reward of
 * all steps since the last `reset`. With use_online_predictor false mu stays 0.
 *
 * Behaviour of ngc-learn 3.2. Compartments are Float64Arrays of batch_size × n_units; getters give
 * the live array, setters copy into it. A few operations a step, done in JavaScript.
 */
export class RewardErrorCell {
  /** Number of reward signals. */
  readonly n_units: number;
  /** Samples side by side. */
  readonly batch_size: number;
  readonly #alpha: number;
  readonly #window: number;
  readonly #predicts: boolean;
  readonly #reward: Compartment;
  readonly #mu: Compartment;
  readonly #rpe: Compartment;
  readonly #accumulated: Compartment;
  readonly #options: Readonly<Record<string, unknown>>;
  #steps = 0;

  static {
    guardReceivers(this, 'a RewardErrorCell', (value) => #alpha in value);
  }

  /** @throws BadProperty, TypeMismatch or UnaccessedDictionaryEntry naming the parameter */
  constructor(given: RewardErrorOptions) {
    const reader = new OptionReader('RewardErrorCell', given, options);
    this.#options = keptOptions(given);
    this.n_units = reader.number('n_units', count, 1);
    this.batch_size = reader.number('batch_size', count, 1);
    this.#alpha = reader.number('alpha', fraction);
    this.#window = reader.number('ema_window_len', count, 10);
    this.#predicts = reader.flag('use_online_predictor', true);
    const compartment = (name: string): Compartment =>
      new Compartment('RewardErrorCell', name, [this.batch_size, this.n_units]);
    this.#reward = compartment('reward');
    this.#mu = compartment('mu');
    this.#rpe = compartment('rpe');
    this.#accumulated = compartment('accum_reward');
  }

  /** The rewards of this step. */
  get reward(): Float64Array {
    return this.#reward.values;
  }
  set reward(values: CompartmentInput) {
    this.#reward.set(values);
  }

  /** Predicted rewards. */
  get mu(): Float64Array {
    return this.#mu.values;
  }
  set mu(values: CompartmentInput) {
    this.#mu.set(values);
  }

  /** Errors of prediction in the last step, against the prediction before it. */
  get rpe(): Float64Array {
    return this.#rpe.values;
  }

  /** Sums of rewards since the last `reset`. */
  get accum_reward(): Float64Array {
    return this.#accumulated.values;
  }

  /** Steps since the last `reset`. */
  get n_ep_steps(): number {
    return this.#steps;
  }

  /**
   * One step.
   * @throws BadProperty for rewards that are not finite; nothing has changed then
   */
  advance(): void {
    const { reward, mu, rpe, accum_reward } = this;
    checkAllPresent([this.#reward, this.#mu, this.#rpe, this.#accumulated]);
    this.#reward.check();
    for (const [i, r] of reward.entries()) {
      const predicted = mu[i] ?? 0;
      accum_reward[i] = (accum_reward[i] ?? 0) + r;
      rpe[i] = r - predicted;
      if (this.#predicts) mu[i] = (1 - this.#alpha) * predicted + this.#alpha * r;
    }
    this.#steps++;
  }

  /** The end of an episode; before the first step it changes nothing. */
  evolve(): void {
    if (!this.#predicts || this.#steps === 0) return;
    checkAllPresent([this.#mu, this.#accumulated]);
    const { mu, accum_reward } = this;
    for (let i = 0; i < mu.length; i++) {
      const mean = (accum_reward[i] ?? 0) / this.#steps;
      mu[i] = (1 - 1 / this.#window) * (mu[i] ?? 0) + mean / this.#window;
    }
  }

  /** All that it is, as bytes; see docs/state-file.md. */
  toState(): Uint8Array {
    return packState('RewardErrorCell', this.#options, this.#parts());
  }

  /**
   * A component as the one whose state it was, which goes on as that would have.
   * @throws TypeMismatch for what are no bytes; BadStateFile with its `reason`; OutOfMemory.
   */
  static fromState(bytes: Uint8Array): RewardErrorCell {
    const { options: made, arrays, values } = unpackState('RewardErrorCell', bytes);
    const cell = new RewardErrorCell(made as unknown as RewardErrorOptions);
    putArrays(cell.#parts().arrays, arrays);
    cell.#steps = countOf(values, 'steps');
    return cell;
  }

  #parts(): DenseParts {
    const { reward, mu, rpe, accum_reward } = this;
    return { arrays: { reward, mu, rpe, accum_reward }, values: { steps: this.#steps } };
  }

  /** Everything becomes 0. */
  reset(): void {
    checkAllPresent([this.#reward, this.#mu, this.#rpe, this.#accumulated]);
    for (const values of [this.reward, this.mu, this.rpe, this.accum_reward]) values.fill(0);
    this.#steps = 0;
  }
}
