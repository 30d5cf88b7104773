/** A median, and the smallest and largest value where there are several. */
export interface Median {
  readonly value: number;
  readonly range?: readonly [smallest: number, largest: number];
}

/** Median of what was measured several times, and its range if so; NaN is nothing, and of nothing. */
export function medianOf(values: readonly number[]): Median {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const value =
    sorted.length % 2 === 1
      ? sorted[middle]!
      : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
  return sorted.length > 1 ? { value, range: [sorted[0]!, sorted.at(-1)!] } : { value };
}
