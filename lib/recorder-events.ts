import type { NativeKernel } from './native';
import type { RecorderEvents } from './value-types';
import { decodeRecord } from './values';

// Events of a recorder in order of recording, as the core gives them.

/** None, with the columns that the events of a recorder have. @internal */
export const noEvents = (core: NativeKernel, recorder: number): RecorderEvents =>
  decodeRecord(core.eventsFrom(recorder, Number.MAX_SAFE_INTEGER, 0)) as unknown as RecorderEvents;

/**
 * The events from a position on that are held, at most so many, and the position behind them.
 * @internal
 */
export function nextEvents(
  core: NativeKernel,
  recorder: number,
  position: number,
  most: number,
): { readonly events: RecorderEvents; readonly end: number } {
  const from = Math.max(position, core.firstHeld(recorder));
  const events = decodeRecord(core.eventsFrom(recorder, from, most)) as unknown as RecorderEvents;
  return { events, end: from + events.times.length };
}
