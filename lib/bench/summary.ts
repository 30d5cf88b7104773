import type { Quantity } from '../cli/experiment';

/** Median of what was measured several times, and its range if so; NaN of nothing. */
export function medianOf(values: readonly number[]): Pick<Quantity, 'value' | 'range'> {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const value =
    sorted.length % 2 === 1
      ? sorted[middle]!
      : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
  return sorted.length > 1 ? { value, range: [sorted[0]!, sorted.at(-1)!] } : { value };
}

/** Value of a quantity of one run; NaN where the run has none of that key. */
export function valueOf(quantities: readonly Quantity[], key: string): number {
  return quantities.find((quantity) => quantity.key === key)?.value ?? NaN;
}

/** Every quantity's median over runs that have the same ones. */
export function mediansOf(runs: readonly (readonly Quantity[])[]): Quantity[] {
  return (runs[0] ?? []).map(({ key, label, unit }) => ({
    key,
    label,
    unit,
    ...medianOf(runs.map((run) => valueOf(run, key))),
  }));
}
