import type { Numbers } from '../analysis';
import type { Limits } from './checks';

// Drawings stay small, however much was recorded.

/** Spikes as they are drawn: their times in ms and their rows. */
export interface RowSpikes {
  readonly times: Float64Array;
  readonly rows: Float64Array;
}

/** How spikes are thinned. */
export interface ThinningOptions {
  /** Spikes at most, if that can be. */
  readonly most: number;
  /** What is drawn, in ms, and on how many columns. */
  readonly limits: Limits;
  readonly columns: number;
  /** Where a row stands in its population, from 0. */
  readonly placeOf: (row: number) => number;
}

/**
 * Spikes, of which there are not too many: of those of one row that fall on the same column only the
 * first is left, which is not seen; then one of so many rows of each population, beginning with its
 * first.
 */
export function thinSpikes(
  spikes: RowSpikes,
  { most, limits: [start, stop], columns, placeOf }: ThinningOptions,
): RowSpikes & { readonly oneOf: number } {
  if (spikes.times.length <= most) return { ...spikes, oneOf: 1 };
  const seen = firstOfEachColumn(spikes, (time) =>
    Math.floor(((time - start) / (stop - start)) * columns),
  );
  const places = Uint32Array.from(seen.rows, placeOf);
  const counts = countsOf(places);
  let oneOf = Math.max(1, Math.ceil(seen.rows.length / most));
  // A part of the rows may have more than its share of the spikes.
  while (oneOf < counts.length && countEvery(counts, oneOf) > most) oneOf++;
  return { ...pick(seen, (i) => places[i]! % oneOf === 0), oneOf };
}

const pick = ({ times, rows }: RowSpikes, isKept: (i: number) => boolean): RowSpikes => {
  const kept = Uint32Array.from(times.keys()).filter(isKept);
  return {
    times: Float64Array.from(kept, (i) => times[i]!),
    rows: Float64Array.from(kept, (i) => rows[i]!),
  };
};

function firstOfEachColumn(spikes: RowSpikes, columnOf: (time: number) => number): RowSpikes {
  const ordered = inOrder(spikes);
  const last = new Map<number, number>();
  return pick(ordered, (i) => {
    const [row, column] = [ordered.rows[i]!, columnOf(ordered.times[i]!)];
    const isFirst = last.get(row) !== column;
    last.set(row, column);
    return isFirst;
  });
}

/** Ascending in time, as recorders give them. */
function inOrder(spikes: RowSpikes): RowSpikes {
  const { times, rows } = spikes;
  if (times.every((time, i) => i === 0 || time >= times[i - 1]!)) return spikes;
  const order = Uint32Array.from(times.keys()).sort((a, b) => times[a]! - times[b]!);
  return {
    times: Float64Array.from(order, (i) => times[i]!),
    rows: Float64Array.from(order, (i) => rows[i]!),
  };
}

function countsOf(places: Uint32Array): Uint32Array {
  const counts = new Uint32Array(places.reduce((most, place) => Math.max(most, place), 0) + 1);
  for (const place of places) counts[place]!++;
  return counts;
}

function countEvery(counts: Uint32Array, step: number): number {
  let sum = 0;
  for (let place = 0; place < counts.length; place += step) sum += counts[place]!;
  return sum;
}

/** A line through values; NaN where it is broken. */
export interface Line {
  readonly x: Numbers;
  readonly y: Numbers;
}

/**
 * A line of at most four points a column, which looks the same: of each column the first, the least,
 * the greatest and the last value, in their order.
 */
export function thinLine({ x, y }: Line, columns: number): Line {
  if (x.length <= 4 * columns) return { x, y };
  const kept: number[] = [];
  const [start, stop] = [x[0]!, x[x.length - 1]!];
  const columnOf = (i: number): number => Math.floor(((x[i]! - start) / (stop - start)) * columns);
  for (let from = 0; from < x.length;) {
    const column = columnOf(from);
    let [low, high, to] = [from, from, from];
    for (; to < x.length && columnOf(to) === column; to++) {
      if (!(y[to]! >= y[low]!)) low = to;
      if (!(y[to]! <= y[high]!)) high = to;
    }
    kept.push(...new Set([from, Math.min(low, high), Math.max(low, high), to - 1]));
    from = to;
  }
  return { x: kept.map((i) => x[i]!), y: kept.map((i) => y[i]!) };
}
