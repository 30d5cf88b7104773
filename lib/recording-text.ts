import { version } from './generated/version';
import { integerColumns } from './recording-columns';
import type { FilePiece, Recorded, RecordingFormat } from './recording-format';
import type { RecorderEvents } from './event-types';

// Recorded events as NEST writes them: a line an event, with the sender, the time, numbers and then
// integers, and tabs between them.

/** The version of NEST whose files these are, and of their format; readers look for both. */
const NEST_VERSION = '3.10.0';
const FORMAT_VERSION = 2;

interface Layout {
  /** How the times are headed. */
  readonly times: readonly string[];
  readonly numbers: readonly NamedColumn[];
  readonly integers: readonly NamedColumn[];
}

type NamedColumn = readonly [name: string, values: Float64Array];

function layoutOf(events: RecorderEvents): Layout {
  const { times, senders, offsets, ...columns } = events;
  void [times, senders];
  const named = Object.entries<Float64Array>(columns);
  return {
    times: offsets ? ['time_step', 'time_offset'] : ['time_ms'],
    numbers: named.filter(([name]) => !integerColumns.includes(name)),
    integers: integerColumns.flatMap((integer) => named.filter(([name]) => name === integer)),
  };
}

/** The first lines of a file: versions, and the names of the columns. */
function headOf(events: RecorderEvents): string {
  const { times, numbers, integers } = layoutOf(events);
  return [
    `# NEST version: ${NEST_VERSION} (tegmenta ${version})`,
    `# RecordingBackendASCII version: ${FORMAT_VERSION}`,
    ['sender', ...times, ...[...numbers, ...integers].map(([name]) => name)].join('\t'),
    '',
  ].join('\n');
}

/** Lines that are made at a time. @internal */
export const pieceLength = 4096;

/** The events, some thousand lines at a time; numbers have `precision` digits behind the point. */
export function* linesOf(events: RecorderEvents, precision: number): Generator<string> {
  const { numbers, integers } = layoutOf(events);
  const { times, senders, offsets } = events;
  const fixed = (value: number): string => value.toFixed(precision);
  for (let from = 0; from < times.length; from += pieceLength) {
    const to = Math.min(from + pieceLength, times.length);
    let text = '';
    for (let i = from; i < to; i++) {
      const time = offsets ? `${times[i]}\t${fixed(offsets[i]!)}` : fixed(times[i]!);
      text += `${senders[i]}\t${time}`;
      for (const [, values] of numbers) text += `\t${fixed(values[i]!)}`;
      for (const [, values] of integers) text += `\t${values[i]}`;
      text += '\n';
    }
    yield text;
  }
}

/** Recorded events as a text. @internal */
export const asciiFormat: RecordingFormat = {
  head: (none) => Buffer.from(headOf(none)),

  *pieces(events: RecorderEvents, size: number, { precision }: Recorded): Generator<FilePiece> {
    let at = size;
    for (const text of linesOf(events, precision)) {
      const bytes = Buffer.from(text);
      yield { at, bytes };
      at += bytes.length;
    }
  },
};
