/** Statistics of spike trains: pure functions on the typed arrays that recorders give. */
export { mean, standardDeviation, type Numbers } from '../statistics';
export {
  countUpTo,
  mergeSpikes,
  spikeTrains,
  spikesWithin,
  train,
  type SpikeEvents,
  type SpikeTrains,
} from './trains';
export { meanRate, populationRate, spikeCounts, type TimeWindow } from './rates';
export { coefficientOfVariation, interspikeIntervals, intervalVariations } from './intervals';
export { meanPairwiseCorrelation } from './correlation';
