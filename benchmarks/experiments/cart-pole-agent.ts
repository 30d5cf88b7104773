// Actor and critic for the pole: adaptive elements after Barto, Sutton & Anderson (1983), made of
// spikes, eligibility traces and a prediction error.
import { MSTDPETSynapse, random, RewardErrorCell } from '../../lib';
import {
  EPISODE_LIMIT,
  firstState,
  hasFailed,
  pushed,
  STEP,
  type CartPoleState,
} from './cart-pole-task';

/** Borders of the boxes of Barto, Sutton & Anderson: m, m/s, degrees, degrees/s. */
const POSITIONS = [-0.8, 0.8];
const VELOCITIES = [-0.5, 0.5];
const ANGLES = [-6, -1, 0, 1, 6];
const ANGULAR_VELOCITIES = [-50, 50];

/** Boxes that the states of cart and pole are divided into. */
export const BOXES = 3 * 3 * 6 * 3;

/** The box that a state is in, 0 … 161. */
export function boxOf({ position, velocity, angle, angularVelocity }: CartPoleState): number {
  const degrees = 180 / Math.PI;
  const above = (value: number, borders: readonly number[]) =>
    borders.filter((border) => value >= border).length;
  return [
    [position, POSITIONS] as const,
    [velocity, VELOCITIES] as const,
    [angle * degrees, ANGLES] as const,
    [angularVelocity * degrees, ANGULAR_VELOCITIES] as const,
  ].reduce((box, [value, borders]) => box * (borders.length + 1) + above(value, borders), 0);
}

export interface AgentOptions {
  /** What a prediction error of 1 changes in the weight of the action just taken. */
  readonly 'actor-rate': number;
  /** The same for the value of the box just visited. */
  readonly 'critic-rate': number;
  /** Time constants of eligibility, ms. */
  readonly 'actor-tau': number;
  readonly 'critic-tau': number;
  /** Weight of a new reward in its running average. */
  readonly alpha: number;
  /** Difference of inputs at which one action neuron fires e times as often as the other. */
  readonly noise: number;
}

/**
 * A neuron for each box spikes while the state is there. It drives two action neurons, exactly one
 * of which spikes in a step, drawn with probabilities in the ratio e^(input/noise), and the critic,
 * whose input is the value of the state. Reward is −1 at failure, else 0. The prediction error
 *
 *     δ = (reward − mean reward) + value after − value before,          value of failure: 0,
 *
 * modulates both cables: temporal differences for the average reward. A {@link RewardErrorCell}
 * learns the mean and gives the first term. The error of a step comes with the spikes of the next,
 * where MSTDPETSynapse applies it to pairings up to the step before: no other delay is needed.
 */
export class CartPoleAgent {
  /** Steps of all episodes that are over. */
  readonly lengths: number[] = [];
  readonly #actor: MSTDPETSynapse;
  readonly #critic: MSTDPETSynapse;
  readonly #reward: RewardErrorCell;
  readonly #draws: random.RandomStream;
  readonly #noise: number;
  /** The compartments that hold the spikes of boxes; one entry of each changes at a time. */
  readonly #presynaptic: readonly Float64Array[];
  #state: CartPoleState;
  #box = 0;
  #steps = 0;
  #error = 0;

  constructor(
    readonly seed: number,
    options: AgentOptions,
  ) {
    const cable = (outputs: number, rate: number, tau_elg: number) =>
      new MSTDPETSynapse({
        shape: [BOXES, outputs],
        A_plus: 1,
        A_minus: 0,
        // A pairing adds 1/tau_elg to the eligibility.
        eta: rate * tau_elg,
        tau_elg,
        w_min: -100,
        w_bound: 100,
        weight_init: ['constant', 0],
      });
    this.#actor = cable(2, options['actor-rate'], options['actor-tau']);
    this.#critic = cable(1, options['critic-rate'], options['critic-tau']);
    this.#reward = new RewardErrorCell({ alpha: options.alpha });
    this.#noise = options.noise;
    this.#draws = random.stream(seed);
    this.#presynaptic = [this.#actor, this.#critic].flatMap((synapse) => [
      synapse.inputs,
      synapse.preSpike,
      synapse.preTrace,
    ]);
    this.#state = firstState(this.#draws);
    this.#see();
  }

  /** What the agent expects to be rewarded with in a step. */
  get meanReward(): number {
    return this.#reward.mu[0]!;
  }

  /** One step: an action, and what it leads to. */
  step(): void {
    const value = this.#critic.outputs[0]!;
    const action = this.#choose();
    this.#learn();
    this.#state = pushed(this.#state, action);
    this.#steps++;
    this.#see();
    const failed = hasFailed(this.#state);
    this.#reward.reward = failed ? -1 : 0;
    this.#reward.advance();
    this.#error = this.#reward.rpe[0]! + (failed ? 0 : this.#critic.outputs[0]!) - value;
    if (failed || this.#steps === EPISODE_LIMIT) this.#endEpisode();
  }

  /** The spike of the box that the state is in, and its value. */
  #see(): void {
    this.#spike(0);
    this.#box = boxOf(this.#state);
    this.#spike(1);
    this.#critic.advance(STEP);
  }

  #spike(value: 0 | 1): void {
    for (const values of this.#presynaptic) values[this.#box] = value;
  }

  #choose(): number {
    this.#actor.advance(STEP);
    const [left, right] = [this.#actor.outputs[0]!, this.#actor.outputs[1]!];
    const action = this.#draws.uniform() * (1 + Math.exp((left - right) / this.#noise)) < 1 ? 1 : 0;
    this.#actor.postSpike = [1 - action, action];
    this.#critic.postSpike = 1;
    return action;
  }

  /** Applies the error of the step before, and pairs the spikes of this one. */
  #learn(): void {
    for (const synapse of [this.#actor, this.#critic]) {
      synapse.modulator = this.#error;
      synapse.evolve(STEP);
    }
  }

  #endEpisode(): void {
    // Learns from the last error, and forgets what was eligible: the next state is no consequence.
    this.#learn();
    this.#actor.reset();
    this.#critic.reset();
    this.#error = 0;
    this.lengths.push(this.#steps);
    this.#steps = 0;
    this.#state = firstState(this.#draws);
    this.#see();
  }
}
