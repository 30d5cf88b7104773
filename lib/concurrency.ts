import { mismatch } from './forms';
import { native } from './native';

// The threads and the memory of all kernels of the process, those in worker threads included.

/** What kernels of the process do and hold; see {@link counters}. */
export interface Counters {
  /** How many threads may compute at once. */
  readonly concurrency: number;
  /** Calls that wait for threads. */
  readonly queued: number;
  /** Calls that have some. */
  readonly running: number;
  /** Threads that they have. */
  readonly threads: number;
  /** Bytes of all kernels. */
  readonly bytes: number;
  /** Of each kernel that is not disposed of, in the order in which they were made. */
  readonly kernels: readonly KernelCounters[];
}

/** Bytes of one kernel, as of the last call that changed much of it. */
export interface KernelCounters {
  /** Its number in the process, from 1. */
  readonly kernel: number;
  readonly bytes: number;
  /** As of its last layout or run; what was made since then is in `bytes` alone. */
  readonly parts: {
    /** Neurons and devices. */
    readonly nodes: number;
    /** Events that recorders hold. */
    readonly recorders: number;
    readonly synapses: number;
    /** Spikes under way. */
    readonly under_way: number;
    /** Histories of spikes and modulators for plastic synapses. */
    readonly plasticity: number;
  };
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
