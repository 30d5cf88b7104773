import type { RecorderEvents } from './event-types';
import { namedColumns } from './recorder-events';
import { pieceLength } from './recording-text';

// Recorded events as texts that programs read: every number in full precision, some thousand lines
// at a time, so that nothing else waits for long.

/** Formats of text. */
export type TextFormat = 'csv' | 'ndjson';

/** The first line of a text; empty where there is none. @internal */
export const headLine: Readonly<Record<TextFormat, (none: RecorderEvents) => string>> = {
  csv: (none) => `${Object.keys(none).join(',')}\n`,
  ndjson: () => '',
};

/** The line of an event, from the names of the columns and its numbers. */
const line: Readonly<
  Record<TextFormat, (names: readonly string[]) => (numbers: number[]) => string>
> = {
  csv: () => (numbers) => numbers.join(','),
  ndjson(names) {
    const keys = names.map((name, i) => `${i === 0 ? '{' : ','}${JSON.stringify(name)}:`);
    // As JSON writes them: what is not finite is null.
    return (numbers) =>
      `${keys.map((key, i) => key + (Number.isFinite(numbers[i]) ? numbers[i]! : 'null')).join('')}}`;
  },
};

/** The lines of events, a piece at a time. @internal */
export function* textPieces(format: TextFormat, events: RecorderEvents): Generator<string> {
  const columns = namedColumns(events).map(([, values]) => values);
  const lineOf = line[format](Object.keys(events));
  const { length } = events.times;
  for (let from = 0; from < length; from += pieceLength) {
    let text = '';
    for (let i = from; i < Math.min(from + pieceLength, length); i++) {
      text += `${lineOf(columns.map((column) => column[i]!))}\n`;
    }
    yield text;
  }
}
