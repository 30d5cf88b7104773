// Where the two players of a match live: in one kernel, or each in a kernel of its own.
import { setImmediate } from 'node:timers/promises';
import { type Pair, type Side, SIDES } from './game';
import { KernelSeat } from './kernel-seat';
import type { Played, Seat, SeatOptions, SeatState, TeamOptions } from './seat';
import { WorkerSeat } from './worker-seat';

/**
 * `own`: each player has a kernel of its own; `workers`: and these are on threads of their own;
 * `one`: both share a kernel, as in the original, and with it a stream of random numbers.
 */
export const PLACES = ['own', 'workers', 'one'] as const;
export type Place = (typeof PLACES)[number];

/** Both players of a match, wherever they are. */
export class Team {
  readonly #seats: readonly Seat[];

  constructor(place: Place, options: TeamOptions) {
    const seats = (make: (options: SeatOptions) => Seat) =>
      SIDES.map((_, side) => make({ ...options, sides: [side as Side] }));
    if (place === 'one') this.#seats = [new KernelSeat({ ...options, sides: [0, 1] })];
    else if (place === 'own') this.#seats = seats((own) => new KernelSeat(own));
    else this.#seats = seats((own) => new WorkerSeat(own));
  }

  /** An iteration of both with the ball in `row`. Lets other work in before. */
  async play(row: number): Promise<Pair<Played>> {
    await setImmediate();
    return this.#both((seat) => seat.play(row));
  }

  /** Weights of each, inputs × motor neurons, pA. */
  weights(): Promise<Pair<Float64Array>> {
    return this.#both((seat) => seat.weights());
  }

  async setNoise(on: boolean): Promise<void> {
    await Promise.all(this.#seats.map((seat) => seat.setNoise(on)));
  }

  state(): Promise<readonly SeatState[]> {
    return Promise.all(this.#seats.map((seat) => seat.state()));
  }

  /** Takes up what another team of the same options was. */
  async takeUp(states: readonly SeatState[]): Promise<void> {
    await Promise.all(this.#seats.map((seat, i) => seat.takeUp(states[i]!)));
  }

  async dispose(): Promise<void> {
    await Promise.all(this.#seats.map((seat) => seat.dispose()));
  }

  async #both<T>(ask: (seat: Seat) => Promise<readonly T[]>): Promise<Pair<T>> {
    const [left, right] = (await Promise.all(this.#seats.map(ask))).flat();
    return [left!, right!];
  }
}
