// A contextual bandit with continuous actions, and a cable that learns it by REINFORCE. The context
// is a direction; inputs prefer directions that are evenly spaced, and fade linearly to the next.
import { random, REINFORCESynapse, RewardErrorCell } from '../../lib';
import { mean } from '../../lib/analysis';

/** A trial takes one step, ms. */
export const TRIAL = 1;

/** Contexts between neighbouring inputs at which a policy is judged. */
const JUDGED = 16;

/** Activity of `n` inputs for a direction in [0, 1) of a full turn; it sums to 1. */
export function activity(n: number, direction: number): Float64Array {
  const values = new Float64Array(n);
  const place = direction * n;
  const lower = Math.floor(place);
  values[lower % n] = 1 - (place - lower);
  values[(lower + 1) % n] = place - lower;
  return values;
}

const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
};

/** Rewards −(a − a*)² for an action a, where the best one, a*, depends on the context. */
export class ContinuousBandit {
  /** Best actions where one input is active alone, in [−1, 1). */
  readonly best: Float64Array;

  constructor(draws: random.RandomStream, inputs: number) {
    this.best = Float64Array.from({ length: inputs }, () => 2 * draws.uniform() - 1);
  }

  bestAction(inputs: ArrayLike<number>): number {
    return dot(inputs, this.best);
  }

  reward(inputs: ArrayLike<number>, action: number): number {
    return -((action - this.bestAction(inputs)) ** 2);
  }
}

/** What a policy is worth, averaged over all contexts. */
export interface Worth {
  /** Expected reward of its actions. */
  readonly reward: number;
  /** Expected reward of its mean actions, without exploration. */
  readonly rewardOfMeans: number;
  /** Root mean square of the standard deviation of its actions. */
  readonly deviation: number;
}

export interface LearnerOptions {
  readonly inputs: number;
  /** Learning rate of the cable. */
  readonly eta: number;
  /** Weight of a new reward in its running average. */
  readonly alpha: number;
  /** Smallest standard deviation of actions. */
  readonly deviation: number;
}

/** One cable, and a bandit of its own. */
export class BanditLearner {
  readonly bandit: ContinuousBandit;
  readonly #cable: REINFORCESynapse;
  readonly #critic: RewardErrorCell;
  readonly #draws: random.RandomStream;
  readonly #contexts: readonly Float64Array[];

  constructor(
    readonly seed: number,
    { inputs, eta, alpha, deviation }: LearnerOptions,
  ) {
    this.#draws = random.stream(seed);
    this.bandit = new ContinuousBandit(this.#draws, inputs);
    this.#cable = new REINFORCESynapse({
      shape: [inputs, 1],
      eta,
      weight_init: ['constant', 0],
      w_bound: 2,
      // Inputs sum to 1, so that no deviation is below the exponential of the smallest weight.
      log_std_w_min: Math.log(deviation),
      // The rule takes no log deviation above 2.
      log_std_w_max: 2,
      seed,
    });
    this.#critic = new RewardErrorCell({ alpha });
    const judged = inputs * JUDGED;
    this.#contexts = Array.from({ length: judged }, (_, k) => activity(inputs, (k + 0.5) / judged));
  }

  /** Mean and standard deviation of the actions in a context. */
  policy(inputs: Float64Array): { readonly mean: number; readonly deviation: number } {
    const { weights } = this.#cable;
    const column = (k: number) => inputs.map((_, i) => weights[2 * i + k]!);
    return { mean: dot(inputs, column(0)), deviation: Math.exp(dot(inputs, column(1))) };
  }

  worth(): Worth {
    const policies = this.#contexts.map((inputs) => this.policy(inputs));
    const rewardOfMeans = mean(
      policies.map((policy, k) => this.bandit.reward(this.#contexts[k]!, policy.mean)),
    );
    const variance = mean(policies.map(({ deviation }) => deviation ** 2));
    return { reward: rewardOfMeans - variance, rewardOfMeans, deviation: Math.sqrt(variance) };
  }

  /** Acts in a context drawn at random, and learns; returns the reward. */
  trial(): number {
    const inputs = activity(this.bandit.best.length, this.#draws.uniform());
    this.#cable.inputs = inputs;
    this.#cable.advance(TRIAL);
    const reward = this.bandit.reward(inputs, this.#cable.outputs[0]!);
    this.#critic.reward = reward;
    this.#critic.advance();
    this.#cable.rewards = this.#critic.rpe;
    this.#cable.evolve(TRIAL);
    return reward;
  }
}
