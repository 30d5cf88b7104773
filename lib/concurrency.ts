import { mismatch } from './forms';
import { type KernelCounters, native, type NativeCounters } from './native';

// The threads and the memory of all kernels of the process, those in worker threads included.

export type { KernelCounters };

/** What kernels of the process do and hold; see {@link counters}. */
export interface Counters extends NativeCounters {
  /** Bytes of all kernels. */
  readonly bytes: number;
}

/**
 * How many threads compute at once, of all kernels of the process, those in worker threads
 * included; at first as many as affinity and control group (`cpu.max`) allow. Asynchronous calls
 * beyond that wait in turn, and where several wait each gets fewer threads than
 * `local_num_threads`: results do not depend on it. Calls that block their thread do not wait.
 * @param n At least 1; undefined: as at first.
 * @returns The number that holds from now on. What is running keeps its threads.
 * @throws TypeMismatch, BadParameterValue
 */
export function setConcurrency(n?: number): number {
  if (n !== undefined && typeof n !== 'number') {
    throw mismatch('concurrency', 'a number', n, 'setConcurrency');
  }
  return native.setConcurrency(n);
}

/** What the kernels of the process do and hold just now. */
export function counters(): Counters {
  const all = native.counters();
  return { ...all, bytes: all.kernels.reduce((sum, { bytes }) => sum + bytes, 0) };
}

/** Warns, once in the process, of more threads than processors. @internal */
export function heedThreads(threads: number): void {
  const processors = native.processors();
  if (threads <= processors || !native.warnsFirst()) return;
  process.emitWarning(
    `local_num_threads is ${threads}, but this process may use ${processors} processor` +
      `${processors === 1 ? '' : 's'}: simulations take no more threads than setConcurrency allows.`,
    { type: 'TegmentaWarning', code: 'TEGMENTA_MORE_THREADS_THAN_PROCESSORS' },
  );
}
