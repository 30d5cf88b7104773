import type { Numbers } from '../statistics';
import { checkNumber, checkNumbers, checkPositive, checkWindow } from './checks';
import { countUpTo, type Trains, trainsOf } from './trains';
import { binCount, binOf, type TimeWindow } from './windows';

/**
 * Mean rate in spikes per second and neuron: 1000·spikes/(neurons·duration), `duration` in ms. NaN
 * where no time has passed.
 * @throws TypeMismatch; BadParameterValue unless spikes and duration are finite and ≥ 0, neurons
 * finite and > 0
 */
export function meanRate(spikes: number, neurons: number, duration: number): number {
  const isAmount = (x: number): boolean => x >= 0 && x < Infinity;
  checkNumber('meanRate', 'spikes', spikes, 'finite and ≥ 0', isAmount);
  checkPositive('meanRate', 'neurons', neurons);
  checkNumber('meanRate', 'duration', duration, 'finite and ≥ 0', isAmount);
  return duration === 0 ? NaN : (1000 * spikes) / (neurons * duration);
}

/**
 * Spikes of each train in a window, in the order of the trains: of neurons, or of one neuron in
 * trials.
 * @throws TypeMismatch; BadParameterValue
 */
export function spikesPerTrain(trains: Trains, window: TimeWindow): Float64Array {
  return countsIn('spikesPerTrain', trains, window);
}

/**
 * Mean rate of each train in a window, in spikes per second, in the order of the trains.
 * @throws TypeMismatch; BadParameterValue
 */
export function meanRates(trains: Trains, window: TimeWindow): Float64Array {
  const counts = countsIn('meanRates', trains, window);
  return counts.map((count) => (1000 * count) / (window.stop - window.start));
}

function countsIn(caller: string, trains: Trains, window: TimeWindow): Float64Array {
  const { start, stop } = checkWindow(caller, window);
  return Float64Array.from(
    trainsOf(caller, trains),
    (times) => countUpTo(times, stop) - countUpTo(times, start),
  );
}

/**
 * Spikes in each bin of `bin` ms of a window, of one train or of several together (the `times` of
 * a recorder). Bin k is (start + k·bin, start + (k + 1)·bin], and spikes within 10⁻⁶ bins above its
 * end belong to it; a remainder at the window's end is left out, so that a window shorter than a
 * bin has none. Times need no order.
 * @throws TypeMismatch; BadParameterValue
 */
export function spikeCounts(times: Numbers, window: TimeWindow, bin: number): Float64Array {
  checkNumbers('spikeCounts', 'times', times);
  checkWindow('spikeCounts', window);
  return countInBins(times, window, checkPositive('spikeCounts', 'bin', bin));
}

/** The same of what was checked. */
export function countInBins(times: Numbers, window: TimeWindow, bin: number): Float64Array {
  const counts = new Float64Array(binCount(window, bin));
  for (const time of times) {
    const k = binOf(time, window.start, bin);
    if (k >= 0 && k < counts.length) counts[k]!++;
  }
  return counts;
}

/**
 * Rate of a population of `neurons`, in spikes per second and neuron, for each bin of `bin` ms:
 * 1000·{@link spikeCounts}/(neurons·bin), of the spikes of all its neurons together.
 * @throws TypeMismatch; BadParameterValue
 */
export function populationRate(
  times: Numbers,
  neurons: number,
  window: TimeWindow,
  bin: number,
): Float64Array {
  checkNumbers('populationRate', 'times', times);
  checkPositive('populationRate', 'neurons', neurons);
  checkWindow('populationRate', window);
  checkPositive('populationRate', 'bin', bin);
  return countInBins(times, window, bin).map((count) => (1000 * count) / (neurons * bin));
}

/** In standard deviations: 4·10⁻⁶ of a Gaussian lie further away, and are left out. */
const KERNEL_REACH = 4.6;

/**
 * {@link populationRate} smoothed by a Gaussian whose standard deviation is `sigma` ms: in each bin the
 * mean of all bins, weighted by the Gaussian of their distance. Bins outside the window have no weight,
 * so that the rate does not fall towards its ends (M. P. Nawrot, A. Aertsen & S. Rotter (1999), J.
 * Neurosci. Methods 94, 81-92).
 * @throws TypeMismatch; BadParameterValue
 */
export function smoothedRate(
  times: Numbers,
  neurons: number,
  window: TimeWindow,
  bin: number,
  sigma: number,
): Float64Array {
  checkNumbers('smoothedRate', 'times', times);
  checkPositive('smoothedRate', 'neurons', neurons);
  checkWindow('smoothedRate', window);
  checkPositive('smoothedRate', 'bin', bin);
  checkPositive('smoothedRate', 'sigma', sigma);
  const counts = countInBins(times, window, bin);
  const reach = Math.min(Math.ceil((KERNEL_REACH * sigma) / bin), counts.length);
  const kernel = Float64Array.from({ length: reach + 1 }, (_, k) =>
    Math.exp(-0.5 * ((k * bin) / sigma) ** 2),
  );
  return counts.map((_, i) => {
    let [sum, weights] = [0, 0];
    const last = Math.min(i + reach, counts.length - 1);
    for (let k = Math.max(0, i - reach); k <= last; k++) {
      const weight = kernel[Math.abs(k - i)]!;
      sum += weight * counts[k]!;
      weights += weight;
    }
    return (1000 * sum) / (weights * neurons * bin);
  });
}
