import { ReadableStream } from 'node:stream/web';
import { setImmediate } from 'node:timers/promises';
import { BadParameterValue } from './errors';
import { headLine, type TextFormat, textPieces } from './event-text';
import { mismatch } from './forms';
import { ArrowWriter } from './recording-arrow';
import type { ByteStream } from './platform';
import { noEvents } from './recorder-events';
import {
  checkStream,
  eventStream,
  type RecorderStream,
  type StreamOptions,
  type StreamSource,
} from './recorder-stream';
import { CallSignal } from './signal';
import type { RecorderEvents } from './event-types';

/** Options of `readable`. */
export interface ReadableOptions extends StreamOptions {
  /**
   * `ndjson` (default): an object in a line for each event; `csv`: a line with the names of the
   * columns, then one for each event; `arrow`: a stream of Apache Arrow, which needs the package
   * `apache-arrow`.
   */
  readonly format?: TextFormat | 'arrow';
}

const caller = 'readable';

/** How a stream of bytes is made of events. */
interface Encoder {
  head(none: RecorderEvents): Uint8Array;
  pieces(events: RecorderEvents): Iterable<Uint8Array>;
  readonly end: Uint8Array;
}

const encoders = {
  csv: () => textEncoder('csv'),
  ndjson: () => textEncoder('ndjson'),
  arrow: arrowEncoder,
};

/** See NodeCollection.readable. @internal */
export function readableEvents(source: StreamSource, options: ReadableOptions): ByteStream {
  checkStream(caller, source, options, ['format']);
  const { format = 'ndjson', signal, ...others } = options;
  if (typeof format !== 'string') throw mismatch('format', 'a string', format, caller);
  if (!Object.hasOwn(encoders, format)) {
    const allowed = "'ndjson', 'csv' or 'arrow'";
    throw new BadParameterValue(
      `${caller}: format must be ${allowed}, got ${JSON.stringify(format)}.`,
      { parameter: 'format', value: format, allowed },
    );
  }
  const encoder = encoders[format]();
  const head = encoder.head(
    noEvents(source.session.nativeSince(source.generation), source.recorder),
  );
  const stop = new CallSignal(signal);
  const stream = eventStream(source, { ...others, signal: stop });
  const bytes = bytesOf(stream, encoder, head);
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await bytes.next();
        if (!done) controller.enqueue(value);
        else {
          stop.end();
          controller.close();
        }
      },
      async cancel(reason) {
        stop.abort(reason);
        stop.end();
        await stream.return();
      },
    },
    { highWaterMark: 0 }, // nothing is taken from the recorder before it is asked for
  );
}

async function* bytesOf(
  stream: RecorderStream,
  encoder: Encoder,
  head: Uint8Array,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (head.length > 0) yield head;
  for await (const events of stream) {
    for (const piece of encoder.pieces(events)) {
      yield piece;
      await setImmediate(); // a reader that is as fast would let nothing else have its turn
    }
  }
  if (encoder.end.length > 0) yield encoder.end;
}

const nothing = new Uint8Array();

function textEncoder(format: TextFormat): Encoder {
  const encoder = new TextEncoder();
  return {
    head: (none) => encoder.encode(headLine[format](none)),
    *pieces(events) {
      for (const text of textPieces(format, events)) yield encoder.encode(text);
    },
    end: nothing,
  };
}

function arrowEncoder(): Encoder {
  const writer = new ArrowWriter(`${caller} with format 'arrow'`);
  return {
    head: (none) => writer.head(none),
    *pieces(events) {
      yield writer.batch(events);
    },
    end: writer.end,
  };
}
