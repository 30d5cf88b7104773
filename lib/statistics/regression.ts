import type { Numbers } from './moments';

/** A column whose part that others do not explain is smaller than this depends on them. */
const DEPENDENT = 1e-10;

/**
 * The coefficients c that make Σᵢ wᵢ·(yᵢ − Σⱼ cⱼ·xⱼᵢ)² least, for columns x of as many values as y.
 * A column of ones gives an intercept; weights 1/yᵢ² make relative errors count alike. Without
 * weights all are 1. All NaN where the columns do not determine the coefficients: fewer values than
 * columns, or columns that depend on each other. By modified Gram-Schmidt orthogonalisation, in
 * which y takes part as the last column (Å. Björck (1967), BIT 7, 1-21).
 */
export function leastSquares(
  columns: readonly Numbers[],
  values: Numbers,
  weights?: Numbers,
): number[] {
  const scaled = (column: Numbers) =>
    Float64Array.from(values, (_, i) => Math.sqrt(weights?.[i] ?? 1) * column[i]!);
  const rest = [...columns, values].map(scaled);
  const lengths = rest.map(norm);
  const n = columns.length;
  // The triangle R of columns = Q·R, with Qᵀ·y as its last column.
  const R = columns.map(() => new Float64Array(n + 1));
  for (let j = 0; j < n; j++) {
    const column = rest[j]!;
    const length = norm(column);
    if (!(length > DEPENDENT * lengths[j]!)) return columns.map(() => NaN);
    R[j]![j] = length;
    for (let k = j + 1; k <= n; k++) {
      const factor = dot(column, rest[k]!) / length ** 2;
      R[j]![k] = factor * length;
      for (let i = 0; i < column.length; i++) rest[k]![i]! -= factor * column[i]!;
    }
  }
  const c = new Array<number>(n).fill(0);
  for (let j = n - 1; j >= 0; j--) {
    let sum = R[j]![n]!;
    for (let k = j + 1; k < n; k++) sum -= R[j]![k]! * c[k]!;
    c[j] = sum / R[j]![j]!;
  }
  return c;
}

/**
 * Exponent s of the power law y = t·xˢ through values that are all positive: the slope of the
 * straight line through (ln x, ln y), by least squares. NaN unless two x differ.
 */
export function powerLawExponent(x: Numbers, y: Numbers): number {
  const log = (values: Numbers) => Float64Array.from(values, Math.log);
  const ones = new Float64Array(x.length).fill(1);
  return leastSquares([ones, log(x)], log(y))[1]!;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

const norm = (a: Float64Array): number => Math.sqrt(dot(a, a));
