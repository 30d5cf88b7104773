/** Statistics of samples: of what was measured several times, of a curve through points. */
export { medianOf, type Median } from './median';
export { mean, standardDeviation, variance, type Numbers } from './moments';
export { meanDifference, studentQuantile, studentTail, type MeanDifference } from './difference';
export { leastSquares, powerLawExponent } from './regression';
