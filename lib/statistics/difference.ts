import { mean, type Numbers } from './moments';

/** How far the means of two samples are apart. */
export interface MeanDifference {
  readonly means: readonly [a: number, b: number];
  /** Mean of a minus mean of b. */
  readonly difference: number;
  /** Half width of the difference's confidence interval at the level asked for. */
  readonly margin: number;
  /**
   * Probability that samples of one mean differ by as much: 1 where the means are equal, 0 where
   * they are not although neither sample varies.
   */
  readonly p: number;
}

/**
 * Welch's test of two independent samples, whose variances need not be equal. With s² the variances
 * and n the sizes, t = (mean a − mean b)/√(s_a²/n_a + s_b²/n_b) follows about Student's t with
 * (s_a²/n_a + s_b²/n_b)² / (s_a⁴/(n_a²(n_a − 1)) + s_b⁴/(n_b²(n_b − 1))) degrees of freedom.
 * Source: B. L. Welch (1947), Biometrika 34, 28-35.
 *
 * `significance` is the probability to call equal means different. All results but the means are
 * NaN unless both samples have two values or more.
 */
export function meanDifference(a: Numbers, b: Numbers, significance: number): MeanDifference {
  const means = [mean(a), mean(b)] as const;
  const difference = means[0] - means[1];
  if (a.length < 2 || b.length < 2) return { means, difference: NaN, margin: NaN, p: NaN };
  const parts = [squaredError(a), squaredError(b)] as const;
  const variance = parts[0] + parts[1];
  if (variance === 0) return { means, difference, margin: 0, p: difference === 0 ? 1 : 0 };
  const error = Math.sqrt(variance);
  const freedom = variance ** 2 / (parts[0] ** 2 / (a.length - 1) + parts[1] ** 2 / (b.length - 1));
  return {
    means,
    difference,
    margin: error * studentQuantile(significance, freedom),
    p: studentTail(Math.abs(difference) / error, freedom),
  };
}

/** Squared standard error of the mean. */
function squaredError(values: Numbers): number {
  const centre = mean(values);
  let sum = 0;
  for (const value of values) sum += (value - centre) ** 2;
  return sum / (values.length - 1) / values.length;
}

/**
 * Probability that |t| is larger, for Student's t with `freedom` degrees of freedom:
 * I_x(ν/2, 1/2) at x = ν/(ν + t²) (Abramowitz & Stegun 26.7.1 and 26.5.27).
 */
export function studentTail(t: number, freedom: number): number {
  return incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5);
}

/** The t that is exceeded in absolute value with probability `p`, by bisection. */
export function studentQuantile(p: number, freedom: number): number {
  let [low, high] = [0, 1];
  while (studentTail(high, freedom) > p) high *= 2;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (studentTail(middle, freedom) > p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * Regularised incomplete beta function I_x(a, b) by its continued fraction (Abramowitz & Stegun
 * 26.5.8), on the side where that converges fast (26.5.2).
 */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0 || x >= 1) return x <= 0 ? 0 : 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const factor = Math.exp(
    a * Math.log(x) + b * Math.log1p(-x) + logGamma(a + b) - logGamma(a) - logGamma(b),
  );
  // From the innermost outwards; with so many terms the rest is below rounding.
  let fraction = 1;
  for (let n = 40 + Math.ceil(3 * Math.sqrt(a + b)); n >= 1; n--) {
    const m = Math.floor(n / 2);
    const d =
      n % 2 === 0
        ? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
        : (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    fraction = 1 + d / fraction;
  }
  return factor / (a * fraction);
}

/** ln Γ(x) for x > 0: Stirling's series (Abramowitz & Stegun 6.1.41) at an argument of 10 or more. */
function logGamma(x: number): number {
  let shift = 0;
  let z = x;
  for (; z < 10; z++) shift += Math.log(z);
  const series = 1 / (12 * z) - 1 / (360 * z ** 3) + 1 / (1260 * z ** 5) - 1 / (1680 * z ** 7);
  return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series - shift;
}
