import { medianOf } from '../statistics';
import type { Quantity } from '../cli/experiment';

/** Value of a quantity of one run; NaN where the run has none of that key. */
export function valueOf(quantities: readonly Quantity[], key: string): number {
  return quantities.find((quantity) => quantity.key === key)?.value ?? NaN;
}

/** Every quantity's median over runs that have the same ones. */
export function mediansOf(runs: readonly (readonly Quantity[])[]): Quantity[] {
  return (runs[0] ?? []).map(({ key, label, unit, note }) => ({
    ...{ key, label, unit, ...(note !== undefined && { note }) },
    ...medianOf(runs.map((run) => valueOf(run, key))),
  }));
}
