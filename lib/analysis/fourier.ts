/** Transforms real and imaginary parts in place. */
type Transform = (re: Float64Array, im: Float64Array) => void;

/**
 * The discrete Fourier transform of length n, X_k = Σ_j x_j·exp(−2πi·jk/n), in time n·log n for any n:
 * what depends on n alone is worked out once.
 */
export function fourierTransform(n: number): Transform {
  return Number.isInteger(Math.log2(n)) ? powerOfTwo(n) : anyLength(n);
}

/** exp(−πi·k/n) for k = 0 … n − 1. */
function halfTurn(n: number): readonly [re: Float64Array, im: Float64Array] {
  const re = new Float64Array(n).map((_, k) => Math.cos((Math.PI * k) / n));
  const im = new Float64Array(n).map((_, k) => -Math.sin((Math.PI * k) / n));
  return [re, im];
}

/** Source: Cooley & Tukey (1965) Math Comput 19:297, with decimation in time. */
function powerOfTwo(n: number): Transform {
  const [cos, sin] = halfTurn(Math.max(1, n / 2));
  const bits = Math.log2(n);
  const reversed = new Uint32Array(n);
  for (let i = 1; i < n; i++) reversed[i] = (reversed[i >> 1]! >> 1) | ((i & 1) << (bits - 1));
  return (re, im) => {
    for (let i = 0; i < n; i++) {
      const j = reversed[i]!;
      if (j <= i) continue;
      [re[i], re[j]] = [re[j]!, re[i]!];
      [im[i], im[j]] = [im[j]!, im[i]!];
    }
    for (let half = 1; half < n; half *= 2) butterflies(re, im, half, cos, sin);
  };
}

/** Joins transforms of length `half`, two by two. */
function butterflies(
  re: Float64Array,
  im: Float64Array,
  half: number,
  cos: Float64Array,
  sin: Float64Array,
): void {
  const stride = cos.length / half;
  for (let first = 0; first < re.length; first += 2 * half) {
    for (let k = 0; k < half; k++) {
      const [i, j] = [first + k, first + k + half];
      const [c, s] = [cos[k * stride]!, sin[k * stride]!];
      const x = c * re[j]! - s * im[j]!;
      const y = s * re[j]! + c * im[j]!;
      re[j] = re[i]! - x;
      im[j] = im[i]! - y;
      re[i]! += x;
      im[i]! += y;
    }
  }
}

/**
 * With jk = (j² + k² − (k − j)²)/2 the transform is a convolution with a chirp, which transforms of
 * a power of two do. Source: Bluestein (1970) IEEE Trans Audio Electroacoust 18:451.
 */
function anyLength(n: number): Transform {
  const size = 2 ** Math.ceil(Math.log2(2 * n - 1));
  const transform = powerOfTwo(size);
  // exp(−πi·j²/n): j² modulo 2n keeps the angle small and exact.
  const angle = (j: number): number => (Math.PI * ((j * j) % (2 * n))) / n;
  const cos = new Float64Array(n).map((_, j) => Math.cos(angle(j)));
  const sin = new Float64Array(n).map((_, j) => -Math.sin(angle(j)));
  const [chirpRe, chirpIm] = [new Float64Array(size), new Float64Array(size)];
  for (let j = 0; j < n; j++) {
    for (const at of [j, (size - j) % size]) [chirpRe[at], chirpIm[at]] = [cos[j]!, -sin[j]!];
  }
  transform(chirpRe, chirpIm);
  return (re, im) => {
    const [x, y] = [new Float64Array(size), new Float64Array(size)];
    multiply(re, im, cos, sin, x, y);
    transform(x, y);
    multiply(x, y, chirpRe, chirpIm, x, y);
    // Back: the transform of the conjugate is the conjugate of the inverse, but for 1/size.
    for (let k = 0; k < size; k++) [x[k], y[k]] = [x[k]! / size, -y[k]! / size];
    transform(x, y);
    for (let k = 0; k < n; k++) y[k] = -y[k]!;
    multiply(x.subarray(0, n), y.subarray(0, n), cos, sin, re, im);
  };
}

/** Products, entry by entry, of two arrays of complex numbers; `re` and `im` get them. */
function multiply(
  aRe: Float64Array,
  aIm: Float64Array,
  bRe: Float64Array,
  bIm: Float64Array,
  re: Float64Array,
  im: Float64Array,
): void {
  for (let k = 0; k < aRe.length; k++) {
    const x = aRe[k]! * bRe[k]! - aIm[k]! * bIm[k]!;
    im[k] = aRe[k]! * bIm[k]! + aIm[k]! * bRe[k]!;
    re[k] = x;
  }
}
