import type { Experiment, OptionValue, Quantity } from '../cli/experiment';

/** A workload as the command `bench` measures it. */
export interface Benchmark {
  /** As typed after `tegmenta bench`. */
  readonly name: string;
  /** What `tegmenta run speed/<name>` runs: its options, their ranges and its defaults. */
  readonly experiment: Experiment;
  /** Whether it is measured when none is named. */
  readonly byDefault: boolean;
  /** Biological time and options that take a few seconds, where the experiment's take longer. */
  readonly time: number;
  readonly options: Readonly<Record<string, number | string>>;
  /**
   * Keys of the quantities that tell its result, besides those that all networks have. Empty for a
   * network.
   */
  readonly headlines: readonly string[];
}

/** One measurement that an engine is asked for. */
export interface Job {
  readonly benchmark: Benchmark;
  /** A value for each option that the experiment declares. */
  readonly options: Readonly<Record<string, OptionValue>>;
  /** Biological time, ms. */
  readonly time: number;
  readonly threads: number;
  readonly seed: number;
}

/** How the user follows and stops a measurement. */
export interface Control {
  readonly signal: AbortSignal;
  /** Tells what is being done, and what fraction (0 … 1) of it is. */
  readonly progress: (phase: string, fraction: number) => void;
}

/** A simulator that workloads can be measured on. */
export interface Engine {
  readonly name: string;
  readonly version: string;
  /** Whether it can do that workload. */
  runs(benchmark: Benchmark): boolean;
  /**
   * Measures once, in a process of its own, so that memory is that of this network alone.
   * Rejects with `signal.reason` after an abort, and with an Error that says why if it fails.
   */
  measure(job: Job, control: Control): Promise<readonly Quantity[]>;
}

/** Bytes a second that `threads` together read from memory. Rejects as {@link Engine.measure}. */
export type MeasureBandwidth = (threads: number, control: Control) => Promise<number>;

/** Keys of what a network did, not how fast: engines are comparable only where these agree. */
export const isActivity = (key: string): boolean => /^(rate|cv_isi|correlation)_/.test(key);
