// Numbers over several runs of an experiment.
import { mean } from '../../../lib/analysis';
import type { Quantity } from '../../../lib/cli/experiment';

export const NONE = 'no run is complete';

/** The mean of a value of each complete run, and its smallest and largest. */
export const overRuns = (
  key: string,
  label: string,
  unit: string,
  values: readonly number[],
): Quantity => ({
  ...{ key, label, unit, value: mean(values), note: NONE },
  ...(values.length > 1 && { range: [Math.min(...values), Math.max(...values)] as const }),
});

/** How many of the complete runs do what is asked. */
export const runsThat = (key: string, label: string, met: readonly boolean[]): Quantity => ({
  ...{ key, label: `${label}, of ${met.length}`, unit: '', note: NONE },
  value: met.length > 0 ? met.filter(Boolean).length : NaN,
});
