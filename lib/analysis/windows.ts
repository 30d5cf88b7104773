/** A stretch of biological time in ms: what happens after `start`, up to and including `stop`. */
export interface TimeWindow {
  /** ms; what happens at it is not in the window. */
  readonly start: number;
  /** ms; what happens at it is in the window. */
  readonly stop: number;
}

/**
 * Far below half a step of any grid in use, far above what adding up floating-point times can
 * gather: a spike on the edge of a bin must not change bins because 0.1 is no binary number.
 */
export const EDGE_TOLERANCE = 1e-6;

/** How many whole steps of `step` go into `length`. */
export const wholeSteps = (length: number, step: number): number =>
  Math.max(0, Math.floor(length / step + EDGE_TOLERANCE));

/** Number of whole bins of `bin` ms in a window; a remainder at its end is left out. */
export function binCount(window: TimeWindow, bin: number): number {
  return wholeSteps(window.stop - window.start, bin);
}

/**
 * Bin of a spike at `time`, possibly outside 0 … {@link binCount} − 1. A spike is stamped with the
 * end of its step, so that bin k is open on the left: (start + k·bin, start + (k + 1)·bin].
 */
export function binOf(time: number, start: number, bin: number): number {
  return Math.ceil((time - start) / bin - EDGE_TOLERANCE) - 1;
}
