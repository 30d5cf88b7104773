import { type AbortSignalLike, orAborted } from './signal';

/** How far a call has come. */
export interface Progress {
  /** `prepare`: synapses are laid out for what comes, which small networks do at once. */
  readonly phase: 'prepare' | 'simulate' | 'save' | 'load';
  /** Part of this phase of the call that is done, 0 … 1. */
  readonly fraction: number;
  /** Biological time reached, ms. */
  readonly biological_time: number;
  /** Wall-clock time since the call, s. */
  readonly wall_time: number;
}

/** What is called with the progress. A promise that it gives is waited for at the end. */
export type OnProgress = (progress: Progress) => unknown;

/**
 * The calls of an onProgress. Where one throws, or gives a promise that rejects, that fails the
 * work that it is told of.
 * @internal
 */
export class Reports {
  readonly #onProgress: OnProgress;
  readonly #onFailure: () => void;
  readonly #open = new Set<Promise<unknown>>();
  readonly #failed: Promise<never>;
  #reject: (error: unknown) => void = () => undefined;
  #failure: { readonly error: unknown } | undefined;

  /** `onFailure`: what is to happen as soon as one has failed. */
  constructor(onProgress: OnProgress, onFailure: () => void) {
    this.#onProgress = onProgress;
    this.#onFailure = onFailure;
    this.#failed = new Promise((_, reject) => {
      this.#reject = reject;
    });
    this.#failed.catch(() => undefined);
  }

  /** Never throws. */
  give(progress: Progress): void {
    if (this.#failure) return;
    try {
      const answer = this.#onProgress(progress) as Partial<PromiseLike<unknown>> | null | undefined;
      if (typeof answer?.then === 'function') this.#await(answer as PromiseLike<unknown>);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Throws what failed. */
  check(): void {
    if (this.#failure) throw this.#failure.error;
  }

  /** The promise, or what failed as soon as something has. */
  orFailed<T>(promise: Promise<T>): Promise<T> {
    return Promise.race([promise, this.#failed]);
  }

  /** Waits for the promises that are open; throws what failed, or `signal.reason`. */
  async settle(signal: AbortSignalLike | undefined): Promise<void> {
    if (this.#open.size > 0) await orAborted(Promise.all(this.#open), signal);
    this.check();
  }

  #await(answer: PromiseLike<unknown>): void {
    const open = Promise.resolve(answer)
      .catch((error: unknown) => {
        this.#fail(error);
      })
      .finally(() => this.#open.delete(open));
    this.#open.add(open);
  }

  #fail(error: unknown): void {
    if (this.#failure) return;
    this.#failure = { error };
    this.#reject(error);
    this.#onFailure();
  }
}
