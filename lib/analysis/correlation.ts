import { mean, standardDeviation } from '../statistics';
import { checkPositive, checkWindow } from './checks';
import { countInBins } from './rates';
import { type Trains, trainsOf } from './trains';
import { binCount, binOf, type TimeWindow } from './windows';

/**
 * Mean over all pairs of neurons of Pearson's correlation between their spike counts in bins of
 * `bin` ms. Neurons whose count never changes have no correlation and are left out; NaN when
 * fewer than two remain.
 *
 * No pair is looked at. With z_i the standardised counts of neuron i, T bins and n neurons,
 *
 *     Σ_t (Σ_i z_i(t))² = Σ_i Σ_j Σ_t z_i(t)·z_j(t) = T·(n + Σ_{i≠j} r_ij),
 *
 * which gives the mean of all n·(n−1) coefficients in time proportional to the spikes.
 * @throws TypeMismatch; BadParameterValue
 */
export function meanPairwiseCorrelation(trains: Trains, window: TimeWindow, bin: number): number {
  const caller = 'meanPairwiseCorrelation';
  const all = trainsOf(caller, trains);
  checkWindow(caller, window);
  const bins = binCount(window, checkPositive(caller, 'bin', bin));
  const summed = new Float64Array(bins);
  let baseline = 0;
  let neurons = 0;
  for (const times of all) {
    const counts = countInBins(times, window, bin);
    const deviation = standardDeviation(counts);
    if (!(deviation > 0)) continue;
    neurons++;
    baseline += mean(counts) / deviation;
    for (const time of times) {
      const k = binOf(time, window.start, bin);
      if (k >= 0 && k < bins) summed[k]! += 1 / deviation;
    }
  }
  if (neurons < 2) return NaN;
  const power = mean(summed.map((value) => (value - baseline) ** 2));
  return (power - neurons) / (neurons * (neurons - 1));
}
