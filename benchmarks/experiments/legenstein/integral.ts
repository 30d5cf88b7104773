// Integrals of functions that are smooth but for jumps at known places.

/** Pieces between two jumps; the error is of their fourth power. */
const PIECES = 1000;
/** Places of the two values in a piece from −1 to 1 (Gauss's rule). */
const PLACE = 1 / Math.sqrt(3);

/** Integral of `f` over the stretches between neighbouring `ends`; it may jump at these. */
export function integral(f: (x: number) => number, ends: readonly number[]): number {
  const sorted = ends.toSorted((a, b) => a - b);
  return sorted.slice(1).reduce((sum, to, i) => sum + smoothIntegral(f, sorted[i]!, to), 0);
}

function smoothIntegral(f: (x: number) => number, from: number, to: number): number {
  const half = (to - from) / (2 * PIECES);
  let sum = 0;
  for (let k = 0; k < PIECES; k++) {
    const middle = from + (2 * k + 1) * half;
    sum += f(middle - PLACE * half) + f(middle + PLACE * half);
  }
  return sum * half;
}

/** Where `f`, which is on either side of 0 at the ends, is 0. */
export function root(f: (x: number) => number, low: number, high: number): number {
  const isPositive = f(low) > 0;
  let [a, b] = [low, high];
  for (;;) {
    const middle = (a + b) / 2;
    if (middle <= a || middle >= b) return middle;
    if (f(middle) > 0 === isPositive) a = middle;
    else b = middle;
  }
}
