import type { Numbers } from '../analysis';
import type { Limits } from './checks';

// Drawings stay small, however much was recorded.

/** Spikes as they are drawn: their times in ms and their rows. */
export interface RowSpikes {
  readonly times: ArrayLike<number>;
  readonly rows: ArrayLike<number>;
}

/** What is left of spikes, and of how many rows one is shown. */
export interface ThinnedSpikes {
  readonly times: Float64Array;
  readonly rows: Int32Array;
  readonly oneOf: number;
}

/**
 * At most so many spikes, if that can be: of those of one row that fall on the same column only the
 * first is left, which is not seen; then every second row is, every third …, beginning with the first.
 * Fewer are left out from `firsts`, the rows in which populations begin, on: each keeps its first row.
 */
export function thinSpikes(
  { times, rows }: RowSpikes,
  firsts: readonly number[],
  most: number,
  [start, stop]: Limits,
  columns: number,
): ThinnedSpikes {
  const all = { times: Float64Array.from(times), rows: Int32Array.from(rows), oneOf: 1 };
  if (times.length <= most) return all;
  const seen = firstOfEachColumn(all, (time) =>
    Math.floor(((time - start) / (stop - start)) * columns),
  );
  const place = placesIn(firsts, seen.rows);
  const counts = countsOf(place);
  let oneOf = Math.max(1, Math.ceil(seen.rows.length / most));
  // A part of the rows may have more than its share of the spikes.
  while (oneOf < counts.length && countEvery(counts, oneOf) > most) oneOf++;
  return { ...pick(seen, (_, i) => place[i]! % oneOf === 0), oneOf };
}

type Kept = Pick<ThinnedSpikes, 'times' | 'rows'>;

function pick({ times, rows }: Kept, isKept: (time: number, i: number) => boolean): Kept {
  const kept = times.map((time, i) => (isKept(time, i) ? 1 : 0));
  return { times: times.filter((_, i) => kept[i]), rows: rows.filter((_, i) => kept[i]) };
}

function firstOfEachColumn(spikes: Kept, columnOf: (time: number) => number): Kept {
  const { times, rows } = inOrder(spikes);
  const last = new Map<number, number>();
  return pick({ times, rows }, (time, i) => {
    const column = columnOf(time);
    const isFirst = last.get(rows[i]!) !== column;
    last.set(rows[i]!, column);
    return isFirst;
  });
}

/** Ascending in time, as recorders give them. */
function inOrder({ times, rows }: Kept): Kept {
  if (times.every((time, i) => i === 0 || time >= times[i - 1]!)) return { times, rows };
  const order = Uint32Array.from(times.keys()).sort((a, b) => times[a]! - times[b]!);
  return {
    times: Float64Array.from(order, (i) => times[i]!),
    rows: Int32Array.from(order, (i) => rows[i]!),
  };
}

/** Places of rows in their populations, which begin at these rows. */
function placesIn(firsts: readonly number[], rows: Int32Array): Int32Array {
  const descending = [...firsts].sort((a, b) => b - a);
  return rows.map((row) => row - (descending.find((first) => first <= row) ?? 0));
}

function countsOf(places: Int32Array): Uint32Array {
  const counts = new Uint32Array(places.reduce((most, place) => Math.max(most, place), -1) + 1);
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
