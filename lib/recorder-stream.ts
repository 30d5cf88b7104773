import { setImmediate, setTimeout } from 'node:timers/promises';
import { BadProperty } from './errors';
import type { Session, StreamMark } from './session';
import { checkSignal, throwIfAborted } from './signal';
import { checkKeys } from './suggest';
import type { RecorderEvents } from './value-types';
import { checkObject } from './forms';
import { decodeRecord } from './values';

/** Options of `stream`. */
export interface StreamOptions {
  /** Ends the stream: the iteration throws `signal.reason`. */
  readonly signal?: AbortSignal;
}

/** Batches of events; every event of the recorder is in exactly one of them. */
export type RecorderStream = AsyncGenerator<RecorderEvents, void, undefined>;

/** Milliseconds between two looks at a recorder that had nothing new. */
const pollingInterval = 10;

/** See NodeCollection.stream. @internal */
export function eventStream(
  session: Session,
  generation: number,
  recorder: number,
  options: StreamOptions,
): RecorderStream {
  checkObject(options, 'options', 'an object', 'stream');
  checkKeys(options, ['signal'], 'stream has no option');
  checkSignal('stream', options.signal);
  if (session.writes(recorder)) {
    throw new BadProperty(
      `stream needs a recorder that keeps its events; those of node ${recorder} are written.`,
      { node: recorder, parameter: 'record_to', allowed: "'memory'" },
    );
  }
  // Here and not in the generator, whose body does not run before the first batch is asked for.
  const mark = session.streamMark(recorder);
  return batches(session, generation, recorder, mark, mark.delivered, options);
}

async function* batches(
  session: Session,
  generation: number,
  recorder: number,
  mark: StreamMark,
  position: number,
  { signal }: StreamOptions,
): RecorderStream {
  let waitedForStart = false;
  for (;;) {
    throwIfAborted(signal);
    if (mark !== session.streamMark(recorder)) {
      mark = session.streamMark(recorder);
      position = 0;
    }
    // Looked up before the events: once it is true no further events can follow those read below.
    const idle = session.activeRuns === 0;
    const core = session.nativeSince(generation);
    const batch = decodeRecord(core.eventsFrom(recorder, position)) as unknown as RecorderEvents;
    if (batch.times.length > 0) {
      position += batch.times.length;
      mark.delivered = Math.max(mark.delivered, position);
      yield batch;
    } else if (!idle) {
      waitedForStart = false;
      await setTimeout(pollingInterval);
    } else if (!waitedForStart) {
      waitedForStart = true;
      await setImmediate();
    } else {
      return;
    }
  }
}
