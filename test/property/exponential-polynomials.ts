// Sums of polynomials times exponentials, and what can be said of them exactly: products, integrals,
// and where they change their sign.

/** P(s) e^(−rate s), the coefficients of P in ascending order. */
export interface Term {
  readonly rate: number;
  readonly polynomial: readonly number[];
}

export type ExponentialPolynomial = readonly Term[];

const horner = (polynomial: readonly number[], s: number): number =>
  polynomial.reduceRight((sum, a) => sum * s + a, 0);

export const valueAt = (f: ExponentialPolynomial, s: number): number =>
  f.reduce((sum, { rate, polynomial }) => sum + horner(polynomial, s) * Math.exp(-rate * s), 0);

/** s ↦ f(s + by). */
export const shifted = (f: ExponentialPolynomial, by: number): Term[] =>
  f.map(({ rate, polynomial }) => {
    const moved = [...polynomial];
    for (let first = 0; first < moved.length - 1; first++) {
      for (let k = moved.length - 2; k >= first; k--) moved[k]! += by * moved[k + 1]!;
    }
    const decay = Math.exp(-rate * by);
    return { rate, polynomial: moved.map((a) => a * decay) };
  });

export const product = (f: ExponentialPolynomial, g: ExponentialPolynomial): Term[] =>
  f.flatMap((a) =>
    g.map((b) => {
      const polynomial = Array<number>(a.polynomial.length + b.polynomial.length - 1).fill(0);
      a.polynomial.forEach((x, i) => {
        b.polynomial.forEach((y, k) => (polynomial[i + k]! += x * y));
      });
      return { rate: a.rate + b.rate, polynomial };
    }),
  );

// Where 1 − e^(−x)(1 + x + x²/2 + …) no longer cancels.
const SERIES_UNTIL = 4;

/** ∫ s^k e^(−rate s) ds from 0 to length, to a few units in the last place whatever rate ≥ 0. */
export function moment(k: number, rate: number, length: number): number {
  const x = rate * length;
  if (x < SERIES_UNTIL) {
    // e^(−x) Σ x^n / ((k + 1) … (k + 1 + n)): all terms have one sign.
    let term = 1 / (k + 1);
    let sum = term;
    for (let n = 1; term > sum * Number.EPSILON; n++) sum += term *= x / (k + 1 + n);
    return length ** (k + 1) * Math.exp(-x) * sum;
  }
  let [term, sum, factorial] = [1, 1, 1];
  for (let j = 1; j <= k; j++) {
    sum += term *= x / j;
    factorial *= j;
  }
  return (factorial / rate ** (k + 1)) * (1 - Math.exp(-x) * sum);
}

/** ∫ f(s) ds from 0 to length. */
export const integral = (f: ExponentialPolynomial, length: number): number =>
  f.reduce(
    (sum, { rate, polynomial }) =>
      polynomial.reduce((own, a, k) => (a === 0 ? own : own + a * moment(k, rate, length)), sum),
    0,
  );

/** d/ds of f, without terms and coefficients that vanish. */
function derivative(f: ExponentialPolynomial): Term[] {
  return f.map(({ rate, polynomial }) => {
    const slope = polynomial.map((a, k) => (k + 1) * (polynomial[k + 1] ?? 0) - rate * a);
    return { rate, polynomial: rate === 0 ? slope.slice(0, -1) : slope };
  });
}

/** Where f, monotone from a to b and of different signs there, is 0: to the last place. */
function bisect(f: ExponentialPolynomial, a: number, b: number): number {
  const sign = Math.sign(valueAt(f, a));
  for (;;) {
    const middle = a + (b - a) / 2;
    if (middle <= a || middle >= b) return b;
    if (Math.sign(valueAt(f, middle)) === sign) a = middle;
    else b = middle;
  }
}

/** Where f changes its sign between 0 and length, ascending. */
export function signChanges(f: ExponentialPolynomial, length: number): number[] {
  const terms = f.filter(({ polynomial }) => polynomial.some((a) => a !== 0));
  if (terms.length === 0) return [];
  // A factor e^(slowest s) changes no sign, and leaves a polynomial that derivatives use up; without
  // the slowest nothing grows. Between two places where the derivative changes its sign (Rolle) f
  // changes its own once at most.
  const slowest = Math.min(...terms.map(({ rate }) => rate));
  const g = terms.map(({ rate, polynomial }) => ({ rate: rate - slowest, polynomial }));
  const ends = [0, ...signChanges(derivative(g), length), length];
  return ends.slice(1).flatMap((b, i) => {
    const a = ends[i]!;
    return Math.sign(valueAt(g, a)) * Math.sign(valueAt(g, b)) < 0 ? [bisect(g, a, b)] : [];
  });
}
