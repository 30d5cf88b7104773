import { setTimeout } from 'node:timers/promises';
import { type CliIO, sameInterrupt } from './io';
import { Progress } from './progress';

/**
 * Does `work` with a progress bar and a signal that the first Ctrl-C aborts; `stopping` says what
 * happens then.
 */
export async function untilInterrupted<Result>(
  io: CliIO,
  stopping: string,
  work: (signal: AbortSignal, progress: Progress) => Promise<Result>,
): Promise<{ result: Result; interrupted: boolean }> {
  const abort = new AbortController();
  const progress = new Progress(io.stderr);
  const stopListening = io.onInterrupt(() => {
    progress.stop();
    io.stderr.write(`${stopping}; press Ctrl-C again to quit at once.\n`);
    abort.abort();
  });
  try {
    const result = await work(abort.signal, progress);
    // What follows may keep the process busy, and another interrupt is to end that.
    if (abort.signal.aborted) await setTimeout(sameInterrupt);
    return { result, interrupted: abort.signal.aborted };
  } finally {
    stopListening();
    progress.stop();
  }
}
