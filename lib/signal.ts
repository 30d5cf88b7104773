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
): asserts signal is AbortSignal | undefined {
  if (signal === undefined) return;
  const given = (isRevoked(signal) ? {} : (signal ?? {})) as Readonly<Record<string, unknown>>;
  const methods = ['throwIfAborted', 'addEventListener', 'removeEventListener'];
  if (typeof given.aborted === 'boolean' && methods.every((m) => typeof given[m] === 'function')) {
    return;
  }
  throw mismatch('signal', 'an AbortSignal', signal, caller);
}

/** Throws the reason of a signal that has aborted, even where its own method does not. @internal */
export function throwIfAborted(signal: AbortSignal | undefined): void {
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
  signal: AbortSignal | undefined,
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
