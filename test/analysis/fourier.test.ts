import fc from 'fast-check';
import { fourierTransform } from '../../lib/analysis/fourier';
import { dft, expectAll } from './naive';

const parts = (n: number) =>
  fc.tuple(...[0, 1].map(() => fc.array(fc.double({ min: -1, max: 1, noNaN: true }), size(n))));
const size = (n: number) => ({ minLength: n, maxLength: n });

const transformed = (x: readonly number[], y: readonly number[]) => {
  const [re, im] = [Float64Array.from(x), Float64Array.from(y)];
  fourierTransform(x.length)(re, im);
  return { re, im };
};

test.each([1, 2, 3, 4, 5, 7, 8, 12, 16, 31, 32, 60, 64, 97, 100, 128])('of length %i', (n) => {
  fc.assert(
    fc.property(parts(n), ([x, y]) => {
      const { re, im } = transformed(x!, y!);
      const expected = dft(x!, y!);
      // Up to n numbers of size 1 are added.
      expectAll(
        re.map((value) => value / n),
        expected.map(([value]) => value / n),
      );
      expectAll(
        im.map((value) => value / n),
        expected.map(([, value]) => value / n),
      );
    }),
    { numRuns: 10 },
  );
});

test('of a wave is a line', () => {
  const wave = Array.from({ length: 30 }, (_, j) => Math.cos((2 * Math.PI * 4 * j) / 30));
  const { re, im } = transformed(wave, new Array<number>(30).fill(0));
  expectAll(
    re,
    Array.from({ length: 30 }, (_, k) => (k === 4 || k === 26 ? 15 : 0)),
  );
  expectAll(im, new Float64Array(30));
});

test('keeps power at a large prime length', () => {
  const n = 10_007;
  const x = Array.from({ length: n }, (_, j) => Math.sin(j * j));
  const { re, im } = transformed(x, new Array<number>(n).fill(0));
  const power = re.reduce((sum, value, k) => sum + value ** 2 + im[k]! ** 2, 0) / n;
  const expected = x.reduce((sum, value) => sum + value ** 2, 0);
  expect(Math.abs(power / expected - 1)).toBeLessThan(1e-12);
});
