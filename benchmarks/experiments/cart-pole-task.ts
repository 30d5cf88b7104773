import type { random } from '../../lib';
// A cart on a track balances a pole: A. G. Barto, R. S. Sutton & C. W. Anderson (1983), IEEE Trans.
// Syst. Man Cybern. 13, 834-846, appendix, without friction and with the rules of CartPole-v0.

/** Time from one push to the next, ms; equations are integrated by Euler's method with this step. */
export const STEP = 20;
/** Steps after which an episode ends that has not failed. */
export const EPISODE_LIMIT = 200;

const GRAVITY = 9.8; // m/s²
const CART = 1; // kg
const POLE = 0.1; // kg
const HALF_LENGTH = 0.5; // m
const FORCE = 10; // N
const TRACK = 2.4; // m from the middle to either end
const LARGEST_ANGLE = (12 * Math.PI) / 180;
const FIRST_STATES = 0.05;

/** Position of the cart in m, angle of the pole from upright in rad, and their rates per s. */
export interface CartPoleState {
  readonly position: number;
  readonly velocity: number;
  readonly angle: number;
  readonly angularVelocity: number;
}

/** Accelerations of cart (m/s²) and pole (rad/s²) where a force (N) acts on the cart. */
export function accelerations(
  { angle, angularVelocity }: CartPoleState,
  force: number,
): { readonly linear: number; readonly angular: number } {
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
  const total = CART + POLE;
  const push = (force + POLE * HALF_LENGTH * angularVelocity ** 2 * sine) / total;
  const angular =
    (GRAVITY * sine - cosine * push) / (HALF_LENGTH * (4 / 3 - (POLE * cosine ** 2) / total));
  return { linear: push - (POLE * HALF_LENGTH * angular * cosine) / total, angular };
}

/** Kinetic and potential energy, J; a force changes it by force · velocity. */
export function energy({ velocity, angle, angularVelocity }: CartPoleState): number {
  return (
    ((CART + POLE) * velocity ** 2) / 2 +
    POLE * HALF_LENGTH * Math.cos(angle) * velocity * angularVelocity +
    (2 / 3) * POLE * HALF_LENGTH ** 2 * angularVelocity ** 2 +
    POLE * GRAVITY * HALF_LENGTH * Math.cos(angle)
  );
}

/** The state a step later, after a push to the left (0) or to the right (1). */
export function pushed(state: CartPoleState, action: number): CartPoleState {
  const { position, velocity, angle, angularVelocity } = state;
  const { linear, angular } = accelerations(state, action === 1 ? FORCE : -FORCE);
  const dt = STEP / 1000;
  return {
    position: position + dt * velocity,
    velocity: velocity + dt * linear,
    angle: angle + dt * angularVelocity,
    angularVelocity: angularVelocity + dt * angular,
  };
}

/** Whether the cart has left the track, or the pole is more than 12 degrees from upright. */
export const hasFailed = ({ position, angle }: CartPoleState): boolean =>
  Math.abs(position) > TRACK || Math.abs(angle) > LARGEST_ANGLE;

/** Near the middle and upright: every number between −0.05 and 0.05. */
export function firstState(draws: random.RandomStream): CartPoleState {
  const draw = () => FIRST_STATES * (2 * draws.uniform() - 1);
  return { position: draw(), velocity: draw(), angle: draw(), angularVelocity: draw() };
}
