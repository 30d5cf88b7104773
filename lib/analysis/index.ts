/** Statistics of spike trains and sampled signals, of the typed arrays that recorders give. */
export { mean, standardDeviation, variance, type Numbers } from '../statistics';
export type { TimeWindow } from './windows';
export {
  countUpTo,
  mergeSpikes,
  spikeTrains,
  spikesWithin,
  train,
  type SpikeEvents,
  type SpikeTrains,
  type Trains,
} from './trains';
export {
  meanRate,
  meanRates,
  populationRate,
  smoothedRate,
  spikeCounts,
  spikesPerTrain,
} from './rates';
export {
  coefficientOfVariation,
  interspikeIntervals,
  intervalVariations,
  localVariation,
  revisedLocalVariation,
} from './intervals';
export { fanoFactor, fanoFactors } from './fano';
export { meanPairwiseCorrelation } from './correlation';
export {
  autoCorrelogram,
  crossCorrelogram,
  type Correlogram,
  type CorrelogramOptions,
} from './correlograms';
export {
  powerSpectralDensity,
  spikeSpectralDensity,
  type PowerSpectrum,
  type SpectrumOptions,
  type SpikeSpectrumOptions,
} from './spectrum';
