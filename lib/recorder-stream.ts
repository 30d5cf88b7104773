import { setImmediate, setTimeout } from 'node:timers/promises';
import { BadParameter, BadProperty } from './errors';
import type { NativeKernel } from './native';
import type { Session, StreamMark, StreamPosition } from './session';
import { type AbortSignalLike, checkSignal, throwIfAborted } from './signal';
import { checkKeys } from './suggest';
import type { RecorderEvents } from './event-types';
import { checkObject, mismatch } from './forms';
import { nextEvents } from './recorder-events';

/** Options of `stream`. */
export interface StreamOptions {
  /** Ends the stream: the iteration throws `signal.reason`. */
  readonly signal?: AbortSignalLike;
  /**
   * Events that were delivered are freed; the recorder then only counts them (`n_events`). Memory
   * then does not grow with the time simulated, as long as the reader keeps up. Default: false,
   * `events` has all that was recorded.
   */
  readonly release?: boolean;
  /**
   * A simulation waits, between two slices, as long as more than so many events lie behind those
   * with which the reader has done: it has done with a batch when it asks for the next. A stream
   * that ends, is returned, aborted or collected is not waited for; SimulateSync waits for none.
   * Await the simulation only while something reads, or it waits for ever. Default: none, Simulate
   * never waits for a reader.
   */
  readonly limit?: number;
}

/** Batches of events; every event of the recorder is in exactly one of them. */
export type RecorderStream<Events = RecorderEvents> = AsyncGenerator<Events, void, undefined>;

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
  checkKeys(options, ['signal', 'release', 'limit', ...others], `${caller} has no option`);
  const { signal, release, limit } = options;
  checkSignal(caller, signal);
  if (release !== undefined && typeof release !== 'boolean') {
    throw mismatch('release', 'a boolean', release, caller);
  }
  if (limit !== undefined) checkLimit(caller, limit);
  if (session.writes(recorder)) {
    throw new BadProperty(
      `${caller} needs a recorder that keeps its events; those of node ${recorder} are written.`,
      { node: recorder, parameter: 'record_to', allowed: "'memory'" },
    );
  }
  // None, but a recorder that cannot release says so.
  if (release) session.nativeSince(generation).releaseEvents(recorder, 0);
}

function checkLimit(caller: string, limit: unknown): void {
  if (typeof limit !== 'number') throw mismatch('limit', 'a number', limit, caller);
  if (Number.isSafeInteger(limit) && limit >= 1) return;
  const allowed = 'an integer ≥ 1';
  throw new BadParameter(`limit of ${caller} must be ${allowed}, got ${limit}.`, {
    parameter: 'limit',
    value: limit,
    allowed,
  });
}

/** Streams that nobody has any more hold up neither a simulation nor other streams. */
const abandoned = new FinalizationRegistry<() => void>((close) => {
  close();
});

/** See NodeCollection.stream; the options are checked. @internal */
export function eventStream(source: StreamSource, options: StreamOptions): RecorderStream {
  const mark = source.session.streamMark(source.recorder);
  const at = new Reading(source, mark, options);
  const stream = batches(source, mark, at, options);
  abandoned.register(stream, at.closing());
  // It begins here, not when the first batch is asked for: it is open from now on, so that others
  // release nothing that it has not given, and closing it is noticed.
  void stream.next();
  return stream as RecorderStream;
}

/** Where a stream is. */
class Reading implements StreamPosition {
  position: number;
  readonly #core: NativeKernel;
  readonly #reader: number | undefined;
  readonly #signal: AbortSignalLike | undefined;
  readonly #aborted = (): void => {
    this.close();
  };
  #mark: StreamMark;

  constructor(
    { session, recorder }: StreamSource,
    mark: StreamMark,
    { limit, signal }: StreamOptions,
  ) {
    this.position = mark.delivered;
    this.#signal = signal;
    signal?.addEventListener('abort', this.#aborted, { once: true });
    this.#core = session.native;
    this.#mark = mark;
    mark.open.add(this);
    this.#reader =
      limit === undefined ? undefined : this.#core.addReader(recorder, limit, this.position);
  }

  /** The reader has done with what it was given. */
  done(): void {
    if (this.#reader !== undefined) this.#core.moveReader(this.#reader, this.position);
  }

  /** Events were cleared; there is another mark. */
  restart(mark: StreamMark): void {
    this.#mark.open.delete(this);
    mark.open.add(this);
    this.#mark = mark;
    this.position = 0;
    this.done();
  }

  close(): void {
    this.#signal?.removeEventListener('abort', this.#aborted);
    this.#mark.open.delete(this);
    if (this.#reader !== undefined) this.#core.removeReader(this.#reader);
  }

  /** What closes it, and knows nothing of the stream. */
  closing(): () => void {
    return () => {
      this.close();
    };
  }
}

async function* batches(
  source: StreamSource,
  mark: StreamMark,
  at: Reading,
  options: StreamOptions,
): AsyncGenerator<RecorderEvents | undefined, void, undefined> {
  const most = Math.min(batchLength, options.limit ?? batchLength);
  try {
    yield undefined;
    let waited = 0;
    for (;;) {
      throwIfAborted(options.signal);
      const present = source.session.streamMark(source.recorder);
      if (present !== mark) at.restart((mark = present));
      // Looked up before the events: once it is true no further events can follow those read below.
      const idle = source.session.activeRuns === 0;
      const batch = next(source, mark, at, { most, release: options.release === true });
      if (batch) {
        waited = 0;
        yield batch;
        at.done();
        // There may be many, and others want to have their turn.
        if (batch.times.length === most) await setImmediate();
      } else if (!idle) {
        waited = 0;
        // What waits for the reader must not wait for the next look as well.
        await setTimeout(options.limit === undefined ? pollingInterval : 1);
      } else if (waited++ === 0) {
        await setImmediate();
      } else {
        return;
      }
    }
  } finally {
    at.close();
  }
}

/** The next batch, which then counts as delivered; undefined if there is none at present. */
function next(
  { session, generation, recorder }: StreamSource,
  mark: StreamMark,
  at: StreamPosition,
  { most, release }: Readonly<{ most: number; release: boolean }>,
): RecorderEvents | undefined {
  const core = session.nativeSince(generation);
  const { events, end } = nextEvents(core, recorder, at.position, most);
  if (events.times.length === 0) return undefined;
  at.position = end;
  mark.delivered = Math.max(mark.delivered, end);
  if (release) {
    core.releaseEvents(recorder, Math.min(...[...mark.open].map(({ position }) => position)));
  }
  return events;
}
