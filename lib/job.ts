import type { NativeKernel, NativeProgress } from './native';
import type { Session } from './session';
import { cancelled, checkSignal, throwIfAborted } from './signal';
import { checkKeys } from './suggest';
import { checkObject, mismatch } from './forms';

/** How far a call has come. */
export interface Progress {
  /** `prepare`: synapses are laid out for what comes, which small networks do at once. */
  readonly phase: 'prepare' | 'simulate';
  /** Part of this phase of the call that is done, 0 … 1. */
  readonly fraction: number;
  /** Biological time reached, ms. */
  readonly biological_time: number;
  /** Wall-clock time since the call, s. */
  readonly wall_time: number;
}

/** Options of calls that work on a thread of their own. */
export interface AsyncOptions {
  /**
   * Called now and then with the progress; calls are coalesced while JavaScript is busy. If it
   * throws, the work stops and the promise rejects with that error.
   */
  readonly onProgress?: (progress: Progress) => void;
  /**
   * Stops a simulation at the next slice boundary, and what comes before it within some tens of
   * ms; the promise rejects with `signal.reason`. A preparation that was stopped has changed
   * nothing.
   */
  readonly signal?: AbortSignal;
}

/** @internal */
export function checkAsyncOptions(
  name: string,
  options: AsyncOptions,
  others: readonly string[] = [],
): void {
  checkObject(options, 'options', 'an object', name);
  checkKeys(options, ['onProgress', 'signal', ...others], `${name} has no option`);
  const { onProgress, signal } = options;
  if (onProgress !== undefined && typeof onProgress !== 'function') {
    throw mismatch('onProgress', 'a function', onProgress, name);
  }
  checkSignal(name, signal);
}

/**
 * A job of the core, which is cancelled when the signal aborts or onProgress throws.
 * @param start Begins it.
 * @internal
 */
export async function runJob<T>(
  session: Session,
  { signal, onProgress }: AsyncOptions,
  start: (core: NativeKernel, onProgress: NativeProgress | undefined) => Promise<T>,
  isCancelled: (result: T) => boolean,
): Promise<T> {
  throwIfAborted(signal);
  const core = session.native;
  const report = onProgress && progressReporter(core, onProgress);
  let aborted = false;
  const abort = (): void => {
    aborted = true;
    core.cancel();
  };
  // Before the job, which nothing may lose once it has begun.
  signal?.addEventListener('abort', abort, { once: true });
  try {
    const pending = start(core, report?.reached);
    session.lastJob = pending;
    if (aborted) core.cancel();
    const result = await pending;
    if (report?.failure) throw report.failure.error;
    if (isCancelled(result)) {
      throwIfAborted(signal);
      throw cancelled();
    }
    return result;
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

/** Prepare on a thread of its own. @internal */
export async function prepareAsync(session: Session, options: AsyncOptions): Promise<void> {
  await runJob(
    session,
    options,
    (core, reached) => core.prepareAsync(reached),
    (complete) => !complete,
  );
}

/** Never lets an exception out of the native callback: Node would swallow it. */
function progressReporter(
  core: NativeKernel,
  onProgress: (progress: Progress) => void,
): { failure: { error: unknown } | undefined; reached: NativeProgress } {
  const startedAt = performance.now();
  const reporter = {
    failure: undefined as { error: unknown } | undefined,
    reached(isPreparing: boolean, fraction: number, biological_time: number): void {
      if (reporter.failure) return;
      try {
        onProgress({
          phase: isPreparing ? 'prepare' : 'simulate',
          fraction,
          biological_time,
          wall_time: (performance.now() - startedAt) / 1000,
        });
      } catch (error) {
        reporter.failure = { error };
        core.cancel();
      }
    },
  };
  return reporter;
}
