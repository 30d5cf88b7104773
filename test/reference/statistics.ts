// Tests of counts against distributions. All bounds are in standard deviations of the estimator.

/** Sample mean and unbiased variance. */
export function moments(values: ArrayLike<number>): { mean: number; variance: number } {
  const n = values.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += values[i] ?? NaN;
  const mean = sum / n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += ((values[i] ?? NaN) - mean) ** 2;
  return { mean, variance: squares / (n - 1) };
}

/** How many standard deviations the mean and variance of n independent Poisson numbers are off. */
export function poissonDeviation(counts: ArrayLike<number>, lambda: number) {
  const n = counts.length;
  const { mean, variance } = moments(counts);
  // Fourth central moment of a Poisson number: λ + 3 λ².
  const varianceOfVariance = (lambda + 3 * lambda ** 2 - lambda ** 2) / n;
  return {
    mean: (mean - lambda) / Math.sqrt(lambda / n),
    variance: (variance - lambda) / Math.sqrt(varianceOfVariance),
  };
}

/** Correlation coefficient of two columns. */
export function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [ma, mb] = [moments(a), moments(b)];
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += ((a[i] ?? NaN) - ma.mean) * ((b[i] ?? NaN) - mb.mean);
  return sum / (a.length - 1) / Math.sqrt(ma.variance * mb.variance);
}

/** χ² of observed numbers against equal expectation, in standard deviations (Wilson–Hilferty). */
export function chiSquareDeviation(observed: ArrayLike<number>): number {
  const k = observed.length;
  let total = 0;
  for (let i = 0; i < k; i++) total += observed[i] ?? NaN;
  const expected = total / k;
  let chi2 = 0;
  for (let i = 0; i < k; i++) chi2 += ((observed[i] ?? NaN) - expected) ** 2 / expected;
  const f = k - 1;
  return (Math.cbrt(chi2 / f) - (1 - 2 / (9 * f))) / Math.sqrt(2 / (9 * f));
}
