import { type ColumnKind, columnsOf, type RecordingColumn } from './recording-columns';
import type { FilePiece, RecordingFormat } from './recording-format';
import type { RecorderEvents } from './event-types';

// Recorded events as one array of NumPy (.npy, version 1.0): a row an event, its columns packed one
// after the other, little-endian. The head has room for any number of rows, so that it is written
// anew in its place whenever there are more. Format: NumPy, "numpy.lib.format".

const magic = Buffer.from('\x93NUMPY\x01\x00', 'latin1');
/** Magic and the length of what follows. */
const beforeText = magic.length + 2;
const alignment = 64;
const mostDigits = String(Number.MAX_SAFE_INTEGER).length;

const types: Readonly<Record<ColumnKind, string>> = {
  float64: '<f8',
  int64: '<i8',
  uint32: '<u4',
};
/** Words of 32 bits. */
const words: Readonly<Record<ColumnKind, number>> = { float64: 2, int64: 2, uint32: 1 };

const widthOf = (columns: readonly RecordingColumn[]): number =>
  columns.reduce((sum, { kind }) => sum + words[kind], 0);

/** The head of a file of that many rows; all are as long as that of none. */
function headOf(columns: readonly RecordingColumn[], rows: number): Buffer {
  const fields = columns.map(({ name, kind }) => `('${name}', '${types[kind]}')`);
  return headWith(`[${fields.join(', ')}]`, rows);
}

function headWith(fields: string, rows: number): Buffer {
  const text = `{'descr': ${fields}, 'fortran_order': False, 'shape': (${rows},), }`;
  const longest = text.length - String(rows).length + mostDigits + 1;
  const length = Math.ceil((beforeText + longest) / alignment) * alignment - beforeText;
  const head = Buffer.alloc(beforeText + length, ' ');
  magic.copy(head);
  head.writeUInt16LE(length, magic.length);
  head.write(text, beforeText, 'latin1');
  head.write('\n', head.length - 1, 'latin1');
  return head;
}

/** Bytes of the rows of these columns. */
function rowsOf(columns: readonly RecordingColumn[]): Uint8Array {
  const width = widthOf(columns);
  const rows = new Uint32Array(width * (columns[0]?.values.length ?? 0));
  let at = 0;
  for (const { kind, values } of columns) {
    fill[kind](rows, at, width, values);
    at += words[kind];
  }
  return new Uint8Array(rows.buffer);
}

type Values = RecordingColumn['values'];
/** Puts values into every `width`-th word from `at` on. */
type Fill = (rows: Uint32Array, at: number, width: number, values: Values) => void;

const fill: Readonly<Record<ColumnKind, Fill>> = {
  float64(rows, at, width, values) {
    const halves = new Uint32Array(values.buffer, values.byteOffset, 2 * values.length);
    for (let i = 0, j = at; i < halves.length; i += 2, j += width) {
      rows[j] = halves[i]!;
      rows[j + 1] = halves[i + 1]!;
    }
  },
  int64(rows, at, width, values) {
    for (let i = 0, j = at; i < values.length; i++, j += width) {
      rows[j] = values[i]! >>> 0;
      rows[j + 1] = Math.floor(values[i]! / 2 ** 32);
    }
  },
  uint32(rows, at, width, values) {
    for (let i = 0, j = at; i < values.length; i++, j += width) rows[j] = values[i]!;
  },
};

/** Recorded events as an array of NumPy. @internal */
export const npyFormat: RecordingFormat = {
  head: (none) => headOf(columnsOf(none), 0),

  *pieces(events: RecorderEvents, size: number): Generator<FilePiece> {
    const columns = columnsOf(events);
    const { length } = headOf(columns, 0);
    const rowBytes = 4 * widthOf(columns);
    // Rows that the head does not count are those of a process that was killed.
    const before = Math.floor((size - length) / rowBytes);
    yield { at: length + before * rowBytes, bytes: rowsOf(columns) };
    // Only now: a file is whole at every moment.
    yield { at: 0, bytes: headOf(columns, before + events.times.length) };
  },

  mended(start: Buffer, size: number): Buffer {
    const length = beforeText + start.readUInt16LE(magic.length);
    const fields = /'descr': (\[.*?\]), '/.exec(start.toString('latin1', beforeText, length))![1]!;
    const rowBytes = [...fields.matchAll(/'<[fiu](\d)'/g)].reduce(
      (sum, [, n]) => sum + Number(n),
      0,
    );
    return headWith(fields, Math.floor((size - length) / rowBytes));
  },
};
