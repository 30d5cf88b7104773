import type { NativeKernel, NativeProgress } from './native';
import { type OnProgress, type Progress, Reports } from './progress';
import type { Session } from './session';
import { type AbortSignalLike, cancelled, checkSignal, throwIfAborted } from './signal';
import { checkKeys } from './suggest';
import { checkObject, mismatch } from './forms';

/** Options of calls that work on a thread of their own. */
export interface AsyncOptions {
  /**
   * Called now and then with the progress; calls are coalesced while JavaScript is busy. If it
   * throws, or gives a promise that rejects, the work stops and the promise of the call rejects
   * with that error; promises that it has given are waited for at the end.
   */
  readonly onProgress?: OnProgress;
  /**
   * Stops a simulation at the next slice boundary, and what comes before it within some tens of
   * ms; the promise rejects with `signal.reason`. A preparation that was stopped has changed
   * nothing.
   */
  readonly signal?: AbortSignalLike;
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
 * A job of the core, which is cancelled when the signal aborts or onProgress fails.
 * @param start Begins it.
 * @param phase What its progress is called; none: preparing, then simulating.
 * @internal
 */
export async function runJob<T>(
  session: Session,
  { signal, onProgress }: AsyncOptions,
  start: (core: NativeKernel, onProgress: NativeProgress | undefined) => Promise<T>,
  isCancelled: (result: T) => boolean,
  phase?: Progress['phase'],
): Promise<T> {
  throwIfAborted(signal);
  const core = session.open;
  const reports = onProgress && new Reports(onProgress, () => core.cancel());
  let aborted = false;
  const abort = (): void => {
    aborted = true;
    core.cancel();
  };
  // Before the job, which nothing may lose once it has begun.
  signal?.addEventListener('abort', abort, { once: true });
  try {
    const pending = start(core, reports && reachedOf(reports, phase));
    session.jobs = Promise.allSettled([session.jobs, pending]).then(() => undefined);
    if (aborted) core.cancel();
    const result = await pending;
    reports?.check();
    if (isCancelled(result)) {
      throwIfAborted(signal);
      throw cancelled();
    }
    await reports?.settle(signal);
    return result;
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

/** Prepare on a thread of its own. @internal */
export async function prepareAsync(session: Session, options: AsyncOptions): Promise<void> {
  await session.during(options.signal, (signal) =>
    runJob(
      session,
      { ...options, signal },
      (core, reached) => core.prepareAsync(reached),
      (complete) => !complete,
    ),
  );
}

function reachedOf(reports: Reports, phase: Progress['phase'] | undefined): NativeProgress {
  const startedAt = performance.now();
  return (isPreparing, fraction, biological_time) => {
    reports.give({
      phase: phase ?? (isPreparing ? 'prepare' : 'simulate'),
      fraction,
      biological_time,
      wall_time: (performance.now() - startedAt) / 1000,
    });
  };
}
