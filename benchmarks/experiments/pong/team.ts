// Where the two players of a match live: in one kernel, or each in a kernel of its own.
import { setImmediate } from 'node:timers/promises';
import { Kernel, random } from '../../../lib';
import { type Pair, type Side, SIDES } from './game';
import { ITERATION, type PongNetwork, RESOLUTION, type Turn, type Wiring } from './network';
import { makePlayer, type PlayerName } from './players';
import { WorkerSeat } from './worker-seat';

/**
 * `own`: each player has a kernel of its own; `workers`: and these are on threads of their own;
 * `one`: both share a kernel, as in the original, and with it a stream of random numbers.
 */
export const PLACES = ['own', 'workers', 'one'] as const;
export type Place = (typeof PLACES)[number];

export interface TeamOptions {
  readonly players: Pair<PlayerName>;
  readonly seed: number;
  /** Of each kernel. */
  readonly threads: number;
  readonly wiring: Wiring;
  /** Whether their weights change. */
  readonly plastic: boolean;
}

/** What a player has done in an iteration, and what there is to be seen of it. */
export interface Played extends Turn {
  /** Running mean of the raw reward over all rows. */
  readonly meanReward: number;
  /** Spikes of the motor neurons: times within the iteration, ms, and indices. */
  readonly times: Float64Array;
  readonly motors: Uint32Array;
  /** Spikes of the row's input: times within the iteration, ms. */
  readonly train: Float64Array;
}

/** A kernel with one player or both; sides without a player are left out of what it returns. */
export interface Seat {
  /** An iteration of all its players with the ball in `row`. */
  play(row: number): Promise<readonly Played[]>;
  /** Weights of each, inputs × motor neurons, pA. */
  weights(): Promise<readonly Float64Array[]>;
  setNoise(on: boolean): Promise<void>;
  dispose(): Promise<void>;
}

/** Which players a kernel has, and its random numbers. */
export interface SeatOptions extends TeamOptions {
  readonly sides: readonly Side[];
}

/** A kernel on the thread that made it, which waits for each iteration. */
export class KernelSeat implements Seat {
  readonly #kernel = new Kernel();
  readonly #players: readonly PongNetwork[];

  constructor({ players, seed, threads, wiring, plastic, sides }: SeatOptions) {
    const draws = random.stream(seed);
    // The same for a side wherever it plays.
    const seeds = SIDES.map(() => ({ kernel: 1 + draws.below(2 ** 32 - 1), ties: draws.state }));
    this.#kernel.SetKernelStatus({
      resolution: RESOLUTION,
      local_num_threads: threads,
      rng_seed: seeds[sides[0]!]!.kernel,
    });
    this.#players = sides.map((side) =>
      makePlayer(players[side], this.#kernel, SIDES[side], {
        wiring,
        plastic,
        draws: random.stream(seeds[side]!.ties),
      }),
    );
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- as seats on other threads
  async play(row: number): Promise<readonly Played[]> {
    const begin = this.#kernel.GetKernelStatus('biological_time');
    for (const player of this.#players) player.present(row);
    this.#kernel.SimulateSync(ITERATION);
    return this.#players.map((player) => {
      const { times, motors, train } = player.spikes();
      const turn = player.learn();
      player.clear();
      const { meanReward } = player;
      const within = (t: number) => t - begin;
      const heard = train.filter((t) => t <= begin + ITERATION).map(within);
      return {
        ...turn,
        meanReward,
        times: times.map(within),
        motors,
        train: Float64Array.from(heard),
      };
    });
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- as seats on other threads
  async weights(): Promise<readonly Float64Array[]> {
    return this.#players.map((player) => player.weights());
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- as seats on other threads
  async setNoise(on: boolean): Promise<void> {
    for (const player of this.#players) player.setNoise(on);
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- as seats on other threads
  async dispose(): Promise<void> {
    this.#kernel.dispose();
  }
}

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

  async dispose(): Promise<void> {
    await Promise.all(this.#seats.map((seat) => seat.dispose()));
  }

  async #both<T>(ask: (seat: Seat) => Promise<readonly T[]>): Promise<Pair<T>> {
    const [left, right] = (await Promise.all(this.#seats.map(ask))).flat();
    return [left!, right!];
  }
}
