import { Kernel, random } from '../../../lib';
import { SIDES } from './game';
import { ITERATION, type PongNetwork, RESOLUTION } from './network';
import { makePlayer } from './players';
import type { Played, Seat, SeatOptions, SeatState } from './seat';

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

  async state(): Promise<SeatState> {
    const kernel = await this.#kernel.SaveState();
    return { kernel, players: this.#players.map((player) => player.state) };
  }

  async takeUp({ kernel, players }: SeatState): Promise<void> {
    await this.#kernel.LoadState(kernel);
    this.#players.forEach((player, i) => player.takeUp(players[i]!));
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- as seats on other threads
  async dispose(): Promise<void> {
    this.#kernel.dispose();
  }
}
