import { setImmediate, setTimeout } from 'node:timers/promises';
import { BadProperty } from './errors';
import type { Session, StreamMark, StreamPosition } from './session';
import { checkSignal, type Stoppable, throwIfAborted } from './signal';
import { checkKeys } from './suggest';
import type { RecorderEvents } from './value-types';
import { checkObject, mismatch } from './forms';
import { nextEvents } from './recorder-events';

/** Options of `stream`. */
export interface StreamOptions {
  /** Ends the stream: the iteration throws `signal.reason`. */
  readonly signal?: AbortSignal;
  /**
   * Events that were delivered are freed; the recorder then only counts them (`n_events`). Memory
   * then does not grow with the time simulated, as long as the reader keeps up. Default: false,
   * `events` has all that was recorded.
   */
  readonly release?: boolean;
}

/** Batches of events; every event of the recorder is in exactly one of them. */
export type RecorderStream = AsyncGenerator<RecorderEvents, void, undefined>;

/** Milliseconds between two looks at a recorder that had nothing new. */
const pollingInterval = 10;

/** Events of a batch, at most: copying more at a time is no faster. @internal */
export const batchLength = 2 ** 16;

/** A recorder of a session. @internal */
export interface StreamSource {
  readonly session: Session;
  readonly generation: number;
  readonly recorder: number;
}

/**
 * Refuses what the streams of a recorder cannot do.
 * @param caller The function that was given the options.
 * @param others Options that it has besides.
 * @internal
 */
export function checkStream(
  caller: string,
  { session, generation, recorder }: StreamSource,
  options: StreamOptions,
  others: readonly string[] = [],
): void {
  checkObject(options, 'options', 'an object', caller);
  checkKeys(options, ['signal', 'release', ...others], `${caller} has no option`);
  const { signal, release } = options;
  checkSignal(caller, signal);
  if (release !== undefined && typeof release !== 'boolean') {
    throw mismatch('release', 'a boolean', release, caller);
  }
  if (session.writes(recorder)) {
    throw new BadProperty(
      `${caller} needs a recorder that keeps its events; those of node ${recorder} are written.`,
      { node: recorder, parameter: 'record_to', allowed: "'memory'" },
    );
  }
  // None, but a recorder that cannot release says so.
  if (release) session.nativeSince(generation).releaseEvents(recorder, 0);
}

/** See NodeCollection.stream; the options are checked. @internal */
export function eventStream(
  source: StreamSource,
  options: Stoppable<StreamOptions>,
): RecorderStream {
  const mark = source.session.streamMark(source.recorder);
  const stream = batches(source, mark, options);
  // It begins here, not when the first batch is asked for: it is open from now on, so that others
  // release nothing that it has not given, and closing it is noticed.
  void stream.next();
  return stream as RecorderStream;
}

async function* batches(
  source: StreamSource,
  mark: StreamMark,
  options: Stoppable<StreamOptions>,
): AsyncGenerator<RecorderEvents | undefined, void, undefined> {
  const at: StreamPosition = { position: mark.delivered };
  mark.open.add(at);
  try {
    yield undefined;
    let waited = 0;
    for (;;) {
      throwIfAborted(options.signal);
      mark = renewed(source, mark, at);
      // Looked up before the events: once it is true no further events can follow those read below.
      const idle = source.session.activeRuns === 0;
      const batch = next(source, mark, at, options.release === true);
      if (batch) {
        waited = 0;
        yield batch;
        // There may be many, and others want to have their turn.
        if (batch.times.length === batchLength) await setImmediate();
      } else if (!idle) {
        waited = 0;
        await setTimeout(pollingInterval);
      } else if (waited++ === 0) {
        await setImmediate();
      } else {
        return;
      }
    }
  } finally {
    mark.open.delete(at);
  }
}

/** The mark of the recorder, whose events may have been cleared since. */
function renewed({ session, recorder }: StreamSource, mark: StreamMark, at: StreamPosition) {
  const present = session.streamMark(recorder);
  if (present !== mark) {
    mark.open.delete(at);
    present.open.add(at);
    at.position = 0;
  }
  return present;
}

/** The next batch, which then counts as delivered; undefined if there is none at present. */
function next(
  { session, generation, recorder }: StreamSource,
  mark: StreamMark,
  at: StreamPosition,
  release: boolean,
): RecorderEvents | undefined {
  const core = session.nativeSince(generation);
  const { events, end } = nextEvents(core, recorder, at.position, batchLength);
  if (events.times.length === 0) return undefined;
  at.position = end;
  mark.delivered = Math.max(mark.delivered, end);
  if (release) {
    core.releaseEvents(recorder, Math.min(...[...mark.open].map(({ position }) => position)));
  }
  return events;
}
