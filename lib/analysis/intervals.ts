import { mean, standardDeviation, type Numbers } from '../statistics';
import { checkNumber, checkNumbers, checkTimes } from './checks';
import { type Trains, trainsOf } from './trains';

/**
 * Times between successive spikes of one train, ms: one fewer than spikes, or none.
 * @throws TypeMismatch; BadParameterValue for times that are not finite or not ascending
 */
export function interspikeIntervals(times: Numbers): Float64Array {
  checkTimes('interspikeIntervals', 'times', times);
  return intervalsOf(times);
}

/** The same of times that were checked. */
function intervalsOf(times: Numbers): Float64Array {
  const intervals = new Float64Array(Math.max(0, times.length - 1));
  for (let i = 0; i < intervals.length; i++) intervals[i] = times[i + 1]! - times[i]!;
  return intervals;
}

/**
 * Standard deviation (of the population, not the sample) over mean: of inter-spike intervals, 0
 * for a regular train and 1 for a long one of Poisson statistics. NaN of nothing, and where the
 * mean is 0.
 * @throws TypeMismatch; BadParameterValue for values that are not finite
 */
export function coefficientOfVariation(values: Numbers): number {
  checkNumbers('coefficientOfVariation', 'values', values);
  return variationOf(values);
}

function variationOf(values: Numbers): number {
  const centre = mean(values);
  return centre === 0 ? NaN : standardDeviation(values) / centre;
}

/**
 * Coefficient of variation of the inter-spike intervals of every train of at least `minSpikes`
 * spikes, in the order of the trains; the others have none. Three spikes make two intervals, the
 * fewest that can vary.
 * @throws TypeMismatch; BadParameterValue
 */
export function intervalVariations(trains: Trains, minSpikes = 3): Float64Array {
  checkNumber('intervalVariations', 'minSpikes', minSpikes, 'a number', (x) => !Number.isNaN(x));
  const all = trainsOf('intervalVariations', trains);
  const enough = all.filter((times) => times.length >= Math.max(minSpikes, 3));
  return Float64Array.from(enough, (times) => variationOf(intervalsOf(times)));
}

/**
 * Local variation of n intervals I: LV = 3/(n − 1)·Σᵢ ((Iᵢ − Iᵢ₊₁)/(Iᵢ + Iᵢ₊₁))². As the coefficient of
 * variation it is 0 for a regular train and 1 on the average for a Poisson one, but slow changes of
 * the rate hardly matter. NaN of fewer than two intervals.
 * Source: Shinomoto, Shima & Tanji (2003) Neural Comput 15:2823.
 * @throws TypeMismatch; BadParameterValue for intervals that are not finite and > 0
 */
export function localVariation(intervals: Numbers): number {
  checkNumbers('localVariation', 'intervals', intervals, 'finite and > 0', isInterval);
  return meanOfPairs(intervals, (a, b) => 3 * ((a - b) / (a + b)) ** 2);
}

/**
 * Revised local variation of n intervals I, which makes up for the time R in which a neuron is
 * refractory (`refractory`, ms): LvR = 3/(n − 1)·Σᵢ (1 − 4·Iᵢ·Iᵢ₊₁/(Iᵢ + Iᵢ₊₁)²)·(1 + 4·R/(Iᵢ + Iᵢ₊₁)). NaN of
 * fewer than two intervals.
 * Source: Shinomoto et al. (2009) PLoS Comput Biol 5:e1000433, where R is 5 ms.
 * @throws TypeMismatch; BadParameterValue for intervals that are not finite and > 0, and for a
 * negative time
 */
export function revisedLocalVariation(intervals: Numbers, refractory = 5): number {
  const caller = 'revisedLocalVariation';
  checkNumbers(caller, 'intervals', intervals, 'finite and > 0', isInterval);
  checkNumber(caller, 'refractory', refractory, 'finite and ≥ 0', isDuration);
  // 1 − 4ab/(a + b)² is ((a − b)/(a + b))², which loses no digits where a and b are alike.
  return meanOfPairs(
    intervals,
    (a, b) => 3 * ((a - b) / (a + b)) ** 2 * (1 + (4 * refractory) / (a + b)),
  );
}

const isInterval = (x: number): boolean => x > 0 && x < Infinity;
const isDuration = (x: number): boolean => x >= 0 && x < Infinity;

/** Mean of a function of successive values. */
function meanOfPairs(values: Numbers, of: (a: number, b: number) => number): number {
  let sum = 0;
  for (let i = 1; i < values.length; i++) sum += of(values[i - 1]!, values[i]!);
  return values.length < 2 ? NaN : sum / (values.length - 1);
}
