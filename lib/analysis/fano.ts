import { mean, type Numbers, variance } from '../statistics';
import { checkNumbers, checkPositive, checkWindow } from './checks';
import { countInBins } from './rates';
import { type Trains, trainsOf } from './trains';
import type { TimeWindow } from './windows';

/**
 * Fano factor of counts: their variance (of the population: divisor n) over their mean. Of counts in
 * trials or of neurons (`spikesPerTrain`), or in successive bins (`spikeCounts`); 1 on the average
 * of many counts of Poisson processes of one rate. NaN of nothing, and where the mean is 0.
 * Source: Fano (1947) Phys Rev 72:26.
 * @throws TypeMismatch; BadParameterValue for counts that are not finite and ≥ 0
 */
export function fanoFactor(counts: Numbers): number {
  const isCount = (x: number): boolean => x >= 0 && x < Infinity;
  checkNumbers('fanoFactor', 'counts', counts, 'finite and ≥ 0', isCount);
  return variance(counts) / mean(counts);
}

/**
 * Fano factor of each train over successive bins of `bin` ms of a window, in the order of the
 * trains; NaN where a train has no spike in them, and where the window is shorter than a bin.
 * @throws TypeMismatch; BadParameterValue
 */
export function fanoFactors(trains: Trains, window: TimeWindow, bin: number): Float64Array {
  const all = trainsOf('fanoFactors', trains);
  checkWindow('fanoFactors', window);
  checkPositive('fanoFactors', 'bin', bin);
  return Float64Array.from(all, (times) => {
    const counts = countInBins(times, window, bin);
    return variance(counts) / mean(counts);
  });
}
