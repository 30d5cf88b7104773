import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Played, Request, Seat, SeatOptions, SeatState } from './seat';

/** A kernel on a thread of its own. One request at a time. */
export class WorkerSeat implements Seat {
  readonly #worker: Worker;

  constructor(options: SeatOptions) {
    this.#worker = new Worker(require.resolve('./worker'), { workerData: options });
  }

  async play(row: number): Promise<readonly Played[]> {
    return (await this.#ask(['play', row])) as readonly Played[];
  }

  async weights(): Promise<readonly Float64Array[]> {
    return (await this.#ask(['weights'])) as readonly Float64Array[];
  }

  async setNoise(on: boolean): Promise<void> {
    await this.#ask(['setNoise', on]);
  }

  async state(): Promise<SeatState> {
    return (await this.#ask(['state'])) as SeatState;
  }

  async takeUp(state: SeatState): Promise<void> {
    await this.#ask(['takeUp', state]);
  }

  async dispose(): Promise<void> {
    await this.#worker.terminate();
  }

  /** Rejects with what the worker ends of. */
  async #ask(request: Request): Promise<unknown> {
    this.#worker.postMessage(request);
    const [answer] = (await once(this.#worker, 'message')) as [unknown];
    return answer;
  }
}
