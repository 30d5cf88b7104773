/** A list or a typed array of numbers. */
export type Numbers = ArrayLike<number> & Iterable<number>;

/** Arithmetic mean; NaN of nothing. */
export function mean(values: Numbers): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/**
 * Variance of a whole population (divisor n, as NumPy's default), in two passes so that a large
 * mean costs no digits; NaN of nothing.
 */
export function variance(values: Numbers): number {
  const centre = mean(values);
  let sum = 0;
  for (const value of values) sum += (value - centre) ** 2;
  return sum / values.length;
}

/** Standard deviation of a whole population, the root of its {@link variance}; NaN of nothing. */
export function standardDeviation(values: Numbers): number {
  return Math.sqrt(variance(values));
}
