import { binCount, binOf, spikeCounts, type TimeWindow } from './rates';
import { mean, standardDeviation } from '../statistics';
import { type SpikeTrains, train } from './trains';

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
 */
export function meanPairwiseCorrelation(
  trains: SpikeTrains,
  window: TimeWindow,
  bin: number,
): number {
  const bins = binCount(window, bin);
  const summed = new Float64Array(bins);
  let baseline = 0;
  let neurons = 0;
  for (let i = 0; i < trains.ids.length; i++) {
    const times = train(trains, i);
    const counts = spikeCounts(times, window, bin);
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
