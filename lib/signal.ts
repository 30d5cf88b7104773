import { mismatch } from './forms';
import { isRevoked } from './words';

/**
 * Something that works as an AbortSignal; undefined for none. Not instanceof: signals of another
 * realm or a polyfill do as well.
 * @throws TypeMismatch before anything has begun, where a method would be missing later.
 * @internal
 */
export function checkSignal(
  caller: string,
  signal: unknown,
): asserts signal is AbortSignalLike | undefined {
  if (signal === undefined) return;
  const given = (isRevoked(signal) ? {} : (signal ?? {})) as Readonly<Record<string, unknown>>;
  const methods = ['throwIfAborted', 'addEventListener', 'removeEventListener'];
  if (typeof given.aborted === 'boolean' && methods.every((m) => typeof given[m] === 'function')) {
    return;
  }
  throw mismatch('signal', 'an AbortSignal', signal, caller);
}

/** What is asked of a signal that stops a call: every AbortSignal has it. */
export interface AbortSignalLike {
  /** Whether the call is to stop. */
  readonly aborted: boolean;
  /** Why: what the call rejects with. */
  readonly reason: unknown;
  /** Throws the reason of a signal that has aborted. */
  throwIfAborted(): void;
  /** Hears of the abort. */
  addEventListener(type: 'abort', listener: () => void, options: { readonly once: true }): void;
  /** Hears of it no more. */
  removeEventListener(type: 'abort', listener: () => void): void;
}

/**
 * The signal of one call: it aborts with the given one, and can be aborted. An AbortController does
 * the same and costs as much as a small simulation.
 * @internal
 */
export class CallSignal implements AbortSignalLike {
  aborted = false;
  reason: unknown;
  readonly #given: AbortSignalLike | undefined;
  readonly #listeners = new Set<() => void>();
  readonly #follow = (): void => {
    const reason: unknown = this.#given?.reason;
    this.abort(reason === undefined ? cancelled() : reason);
  };

  constructor(given: AbortSignalLike | undefined) {
    this.#given = given;
    given?.addEventListener('abort', this.#follow, { once: true });
  }

  abort(reason: unknown): void {
    if (this.aborted) return;
    this.aborted = true;
    this.reason = reason;
    const listeners = [...this.#listeners];
    this.#listeners.clear();
    for (const listener of listeners) listener();
  }

  /** The call has ended. */
  end(): void {
    this.#given?.removeEventListener('abort', this.#follow);
  }

  throwIfAborted(): void {
    if (this.aborted) throw this.reason;
  }

  addEventListener(_type: 'abort', listener: () => void): void {
    if (!this.aborted) this.#listeners.add(listener);
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners.delete(listener);
  }
}

/** Throws the reason of a signal that has aborted, even where its own method does not. @internal */
export function throwIfAborted(signal: AbortSignalLike | undefined): void {
  signal?.throwIfAborted();
  if (signal?.aborted) throw cancelled();
}

/** The reason of an abort that has no other. @internal */
export const cancelled = (): DOMException =>
  new DOMException('The call was cancelled.', 'AbortError');

/**
 * The promise, or the signal's reason as soon as it aborts. What the promise rejects with is heard
 * in any case.
 * @internal
 */
export async function orAborted<T>(
  promise: Promise<T>,
  signal: AbortSignalLike | undefined,
): Promise<T> {
  let listener = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    listener = () => {
      reject((signal?.reason as Error | undefined) ?? cancelled());
    };
  });
  try {
    const first = Promise.race([promise, aborted]);
    first.catch(() => undefined); // where the next lines throw
    throwIfAborted(signal);
    signal?.addEventListener('abort', listener, { once: true });
    return await first;
  } finally {
    signal?.removeEventListener('abort', listener);
  }
}
