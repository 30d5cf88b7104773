/** Statistics of spike trains: pure functions on the typed arrays that recorders give. */
export { medianOf, type Median } from './median';
export { mean, standardDeviation, type Numbers } from './moments';
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
export { meanDifference, studentQuantile, studentTail, type MeanDifference } from './difference';
export { leastSquares, powerLawExponent } from './regression';
