import type * as Arrow from 'apache-arrow';
import { absent, missingPackages } from './peers';
import { type ColumnKind, columnsOf, type RecordingColumn } from './recording-columns';
import type { FilePiece, Recorded, RecordingFormat } from './recording-format';
import type { RecorderEvents } from './event-types';

// Recorded events as Apache Arrow has them: a stream of record batches. It has no end mark, so that
// a file can go on at any time; for readers the end of the file ends it as well.

/** How the stream ends where nothing follows. */
const endMark = Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 0);

/**
 * Loads the library.
 * @throws MissingPackage if it is not installed.
 */
function load(caller: string): typeof Arrow {
  const arrow = loadArrow();
  if (arrow === undefined) throw missingPackages(caller, ['apache-arrow']);
  return arrow;
}

function loadArrow(): typeof Arrow | undefined {
  try {
    return require('apache-arrow') as typeof Arrow;
  } catch (error) {
    return absent('apache-arrow', error);
  }
}

/** What events are written with, batch by batch. @throws MissingPackage @internal */
export class ArrowWriter {
  readonly #arrow: typeof Arrow;

  constructor(caller: string) {
    this.#arrow = load(caller);
  }

  /** How a stream of events of these columns begins. */
  head(none: RecorderEvents, model?: string): Uint8Array {
    return this.#written(this.#schema(columnsOf(none), model));
  }

  /** A batch of such a stream. */
  batch(events: RecorderEvents): Uint8Array {
    const columns = columnsOf(events);
    const schema = this.#schema(columns);
    const head = this.#written(schema);
    return this.#written(schema, this.#recordBatch(columns, schema)).subarray(head.length);
  }

  /** All in one. */
  table(events: RecorderEvents, model?: string): Arrow.Table {
    const columns = columnsOf(events);
    const schema = this.#schema(columns, model);
    return new this.#arrow.Table(schema, [this.#recordBatch(columns, schema)]);
  }

  get end(): Uint8Array {
    return endMark;
  }

  #written(schema: Arrow.Schema, batch?: Arrow.RecordBatch): Uint8Array {
    const writer = new this.#arrow.RecordBatchStreamWriter();
    writer.reset(undefined, schema);
    if (batch) writer.write(batch);
    return writer.toUint8Array(true);
  }

  #schema(columns: readonly RecordingColumn[], model?: string): Arrow.Schema {
    const { Field, Schema } = this.#arrow;
    const fields = columns.map(
      ({ name, kind, unit }) =>
        new Field(name, this.#type(kind), false, new Map(unit ? [['unit', unit]] : [])),
    );
    return new Schema(fields, new Map(model ? [['recorder', model]] : []));
  }

  #type(kind: ColumnKind): Arrow.DataType {
    const { Float64, Int64, Uint32 } = this.#arrow;
    return { float64: () => new Float64(), int64: () => new Int64(), uint32: () => new Uint32() }[
      kind
    ]();
  }

  /** It says in which times its events lie. */
  #recordBatch(columns: readonly RecordingColumn[], schema: Arrow.Schema): Arrow.RecordBatch {
    const { makeData, RecordBatch, Struct } = this.#arrow;
    const times = columns[0]!.values;
    const children = columns.map(({ kind, values }) =>
      makeData({ type: this.#type(kind), data: typed[kind](values), nullCount: 0 } as never),
    );
    const data = makeData({
      type: new Struct(schema.fields),
      length: times.length,
      nullCount: 0,
      children,
    });
    const span: [string, string][] =
      times.length > 0
        ? [
            ['first_time', String(times[0])],
            ['last_time', String(times.at(-1))],
          ]
        : [];
    return new RecordBatch(schema, data, new Map(span));
  }
}

type Values = RecordingColumn['values'];

/** The same numbers as arrays of the type that Arrow takes. */
const typed: Readonly<Record<ColumnKind, (values: Values) => ArrayBufferView>> = {
  float64: (values) => values,
  uint32: (values) => (values instanceof Uint32Array ? values : Uint32Array.from(values)),
  int64(values) {
    const halves = new Uint32Array(2 * values.length);
    for (let i = 0; i < values.length; i++) {
      halves[2 * i] = values[i]! >>> 0;
      halves[2 * i + 1] = Math.floor(values[i]! / 2 ** 32);
    }
    return new BigInt64Array(halves.buffer);
  },
};

/** Files of such streams. @throws MissingPackage @internal */
export function arrowFormat(caller: string): RecordingFormat {
  const writer = new ArrowWriter(caller);
  return {
    head: (none, { model }: Recorded) => writer.head(none, model),

    *pieces(events: RecorderEvents, size: number): Generator<FilePiece> {
      yield { at: size, bytes: writer.batch(events) };
    },
  };
}
