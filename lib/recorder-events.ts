import type { NativeKernel } from './native';
import type { RecorderEvents } from './event-types';

// Events of a recorder in order of recording, as the core gives them.

/** What the core gives of a recorder. */
type NativeEvents = ReturnType<NativeKernel['events']>;

/** Events of any recorder, by the names of their columns. */
type EventColumns = RecorderEvents & Readonly<Record<string, Float64Array | Uint32Array>>;

/** Events as JavaScript has them; read often, by a loop that is quicker than decodeRecord. @internal */
export function decodeEvents(given: NativeEvents): EventColumns {
  const events: Record<string, unknown> = {};
  for (const name of Object.keys(given)) {
    const column = given[name]!;
    events[name] = 'f64' in column ? new Float64Array(column.f64) : new Uint32Array(column.u32);
  }
  return events as unknown as EventColumns;
}

/** The columns of events with their names. @internal */
export const namedColumns = (events: RecorderEvents): [string, Float64Array | Uint32Array][] =>
  Object.entries<Float64Array | Uint32Array>({ ...events });

/** None, with the columns that the events of a recorder have. @internal */
export const noEvents = (core: NativeKernel, recorder: number): RecorderEvents =>
  decodeEvents(core.eventsFrom(recorder, Number.MAX_SAFE_INTEGER, 0));

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
  const events = decodeEvents(core.eventsFrom(recorder, from, most));
  return { events, end: from + events.times.length };
}
