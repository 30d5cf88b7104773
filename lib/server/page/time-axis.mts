import type { Axis } from './axes.mjs';

/** From this width, and from this time on, an axis counts seconds, ms. */
const [widthInSeconds, timeInSeconds] = [5000, 100_000];

/** The axis of the latest window of time, and the unit that it counts. */
export function timeAxis(now: number, window: number): { axis: Axis; unitMs: number } {
  const end = Math.max(now, window);
  const seconds = window >= widthInSeconds || end >= timeInSeconds;
  const unitMs = seconds ? 1000 : 1;
  const axis = {
    from: (end - window) / unitMs,
    to: end / unitMs,
    label: seconds ? 'time (s)' : 'time (ms)',
  };
  return { axis, unitMs };
}
