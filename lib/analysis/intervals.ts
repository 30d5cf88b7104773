import { mean, standardDeviation, type Numbers } from '../statistics';
import { type SpikeTrains, train } from './trains';

/** Times between successive spikes of one train, ms. */
export function interspikeIntervals(times: Float64Array): Float64Array {
  const intervals = new Float64Array(Math.max(0, times.length - 1));
  for (let i = 0; i < intervals.length; i++) intervals[i] = times[i + 1]! - times[i]!;
  return intervals;
}

/** Standard deviation (of the population, not the sample) over mean. */
export function coefficientOfVariation(values: Numbers): number {
  return standardDeviation(values) / mean(values);
}

/**
 * Coefficient of variation of the inter-spike intervals of every neuron that fired at least
 * `minSpikes` times, in the order of the trains; the others have none. Three spikes make two
 * intervals, the fewest that can vary.
 */
export function intervalVariations(trains: SpikeTrains, minSpikes = 3): Float64Array {
  const variations: number[] = [];
  for (let i = 0; i < trains.ids.length; i++) {
    const times = train(trains, i);
    if (times.length >= Math.max(minSpikes, 3)) {
      variations.push(coefficientOfVariation(interspikeIntervals(times)));
    }
  }
  return Float64Array.from(variations);
}
