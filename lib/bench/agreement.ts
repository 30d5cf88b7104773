import { meanDifference, medianOf, type MeanDifference } from '../statistics';
import type { Quantity } from '../cli/experiment';
import { isActivity } from './engine';
import { valueOf } from './summary';

/** Probability that the activities of engines that do the same are said to differ. */
const SIGNIFICANCE = 0.01;

/** One rate, CV or correlation in two engines. */
export interface ActivityComparison extends MeanDifference {
  readonly key: string;
  readonly label: string;
  readonly unit: string;
  readonly agrees: boolean;
}

/** What two engines did in the same workload, run by run with the same seeds. */
export interface Agreement {
  readonly activity: readonly ActivityComparison[];
  /** `undecided` without two runs of each, or without anything to compare. */
  readonly verdict: 'agree' | 'differ' | 'undecided';
}

type Runs = readonly (readonly Quantity[])[];

/**
 * Whether rates, coefficients of variation and correlations agree within sampling error. That error
 * is taken from the runs: each has a seed of its own, hence other connections, noise and initial
 * values, so that it holds what all neurons of a network share, too. Each quantity is tested as
 * {@link meanDifference} does, at {@link SIGNIFICANCE} divided by the number of quantities.
 */
export function compareActivity(a: Runs, b: Runs): Agreement {
  const compared = (a[0] ?? []).filter(
    ({ key }) => isActivity(key) && b[0]?.some((quantity) => quantity.key === key),
  );
  const values = (runs: Runs, key: string) =>
    runs.map((run) => valueOf(run, key)).filter(Number.isFinite);
  const activity = compared.flatMap(({ key, label, unit }): ActivityComparison[] => {
    const [first, second] = [values(a, key), values(b, key)];
    // Nobody fired often enough, there as well as here.
    if (first.length === 0 && second.length === 0) return [];
    const found = meanDifference(first, second, SIGNIFICANCE / compared.length);
    return [{ key, label, unit, ...found, agrees: found.p >= SIGNIFICANCE / compared.length }];
  });
  if (activity.length === 0) return { activity, verdict: 'undecided' };
  // A quantity that only one of the engines has is a difference, not a lack of runs.
  const onlyOne = activity.some(({ means: [x, y] }) => Number.isNaN(x) !== Number.isNaN(y));
  if (onlyOne && a.length > 1 && b.length > 1) return { activity, verdict: 'differ' };
  if (activity.some(({ p }) => Number.isNaN(p))) return { activity, verdict: 'undecided' };
  return { activity, verdict: activity.every(({ agrees }) => agrees) ? 'agree' : 'differ' };
}

/**
 * How many times as much of a quantity `b` takes as `a`: the median and the range over the rounds,
 * in which both ran one after the other.
 */
export function ratioOf(a: Runs, b: Runs, key: string): Pick<Quantity, 'value' | 'range'> {
  const rounds = Math.min(a.length, b.length);
  return medianOf(
    Array.from({ length: rounds }, (_, i) => valueOf(b[i]!, key) / valueOf(a[i]!, key)),
  );
}
