import type { Numbers } from '../statistics';

/** A stretch of biological time in ms: what happens after `start`, up to and including `stop`. */
export interface TimeWindow {
  readonly start: number;
  readonly stop: number;
}

/** Spikes per second and neuron. `duration` in ms. */
export function meanRate(spikes: number, neurons: number, duration: number): number {
  return (1000 * spikes) / (neurons * duration);
}

/**
 * Far below half a step of any grid in use, far above what adding up floating-point times can
 * gather: a spike on the edge of a bin must not change bins because 0.1 is no binary number.
 */
const EDGE_TOLERANCE = 1e-6;

/** Number of whole bins of `bin` ms in a window; a remainder at its end is left out. */
export function binCount(window: TimeWindow, bin: number): number {
  return Math.max(0, Math.floor((window.stop - window.start) / bin + EDGE_TOLERANCE));
}

/**
 * Bin of a spike at `time`, possibly outside 0 … {@link binCount} − 1. A spike is stamped with the
 * end of its step, so that bin k is open on the left: (start + k·bin, start + (k + 1)·bin].
 */
export function binOf(time: number, start: number, bin: number): number {
  return Math.ceil((time - start) / bin - EDGE_TOLERANCE) - 1;
}

/** Spikes in each bin of `bin` ms. */
export function spikeCounts(times: Numbers, window: TimeWindow, bin: number): Float64Array {
  const counts = new Float64Array(binCount(window, bin));
  for (const time of times) {
    const k = binOf(time, window.start, bin);
    if (k >= 0 && k < counts.length) counts[k]!++;
  }
  return counts;
}

/** Rate of a population of `neurons`, in spikes per second and neuron, for each bin of `bin` ms. */
export function populationRate(
  times: Numbers,
  neurons: number,
  window: TimeWindow,
  bin: number,
): Float64Array {
  return spikeCounts(times, window, bin).map((count) => meanRate(count, neurons, bin));
}
