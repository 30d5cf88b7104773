// Statistics written down as they are defined, in quadratic time.

/** The numbers and their largest deviation, relative where they are large. */
export function expectAll(actual: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(actual).toHaveLength(expected.length);
  const errors = Array.from(expected, (value, i) => {
    const error = Math.abs(actual[i]! - value) / Math.max(1, Math.abs(value));
    return Number.isNaN(value) && Number.isNaN(actual[i]) ? 0 : error;
  });
  const wrong = errors.findIndex((error) => !(error <= 1e-12));
  expect({ wrong, is: actual[wrong], expected: expected[wrong] }).toEqual({ wrong: -1 });
}

const sum = (values: readonly number[]): number => values.reduce((total, x) => total + x, 0);
export const meanOf = (values: readonly number[]): number => sum(values) / values.length;
export const varianceOf = (values: readonly number[]): number =>
  meanOf(values.map((x) => (x - meanOf(values)) ** 2));

/** X_k, one by one. */
export function dft(re: readonly number[], im: readonly number[]): [re: number, im: number][] {
  const n = re.length;
  return re.map((_, k) => {
    // jk modulo n: a large angle would have few digits.
    const angle = (j: number): number => (-2 * Math.PI * ((j * k) % n)) / n;
    return [
      sum(re.map((x, j) => x * Math.cos(angle(j)) - im[j]! * Math.sin(angle(j)))),
      sum(re.map((x, j) => x * Math.sin(angle(j)) + im[j]! * Math.cos(angle(j)))),
    ];
  });
}

/** Welch's density with segments of n samples, `dt` in s. */
export function welchOf(signal: readonly number[], dt: number, n: number): number[] {
  const step = n - Math.floor(n / 2);
  const weights = Array.from({ length: n }, (_, j) => 0.5 - 0.5 * Math.cos((2 * Math.PI * j) / n));
  const periodograms: number[][] = [];
  for (let from = 0; from + n <= signal.length; from += step) {
    const segment = signal.slice(from, from + n);
    const tapered = segment.map((x, j) => (x - meanOf(segment)) * weights[j]!);
    const powers = dft(tapered, new Array<number>(n).fill(0)).map(([x, y]) => x * x + y * y);
    const norm = dt / sum(weights.map((w) => w * w));
    // Both sides: k and n − k are the same frequency.
    periodograms.push(
      Array.from({ length: Math.floor(n / 2) + 1 }, (_, k) => {
        const isAlone = k === 0 || k === n - k;
        return norm * (powers[k]! + (isAlone ? 0 : powers[n - k]!));
      }),
    );
  }
  return periodograms[0]!.map((_, k) => meanOf(periodograms.map((p) => p[k]!)));
}

/** Pearson's coefficient. */
export function pearson(x: readonly number[], y: readonly number[]): number {
  const [mx, my] = [meanOf(x), meanOf(y)];
  return (
    meanOf(x.map((a, i) => (a - mx) * (y[i]! - my))) / Math.sqrt(varianceOf(x) * varianceOf(y))
  );
}
