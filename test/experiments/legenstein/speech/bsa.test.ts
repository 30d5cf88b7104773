// The spike coder against a plain one, and what its filter makes of its spikes.
import fc from 'fast-check';
import {
  CODING_KERNEL,
  decode,
  encode,
} from '../../../../benchmarks/experiments/legenstein/speech/bsa';

/** Schrauwen & Van Campenhout's definition, moment by moment, on lists. */
function plainSpikes(signal: readonly number[]): number[] {
  const filter = Array.from({ length: 33 }, (_, t) => Math.exp(-t / 4) - Math.exp(-t));
  const area = filter.reduce((a, b) => a + b, 0);
  const h = filter.map((value) => value / area);
  const x = [...signal];
  const at = (t: number): number => x[t] ?? 0;
  return signal.flatMap((_, t) => {
    const withSpike = h.map((value, k) => Math.abs(at(t + k) - value));
    const without = h.map((_value, k) => Math.abs(at(t + k)));
    const sum = (values: number[]): number => values.reduce((a, b) => a + b, 0);
    if (sum(withSpike) > sum(without) - 0.2) return [];
    h.forEach((value, k) => (x[t + k] = at(t + k) - value));
    return [t];
  });
}

test('the filter rises and decays, and has an area of 1', () => {
  expect(CODING_KERNEL).toHaveLength(33);
  expect(CODING_KERNEL.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
  expect(CODING_KERNEL.indexOf(Math.max(...CODING_KERNEL))).toBe(2);
});

test('spikes are those of a plain implementation', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 120 }),
      fc.double({ min: 0, max: 2, noNaN: true }),
      (values, scale) => {
        const signal = values.map((value) => value * scale);
        expect(encode(Float64Array.from(signal))).toEqual(plainSpikes(signal));
      },
    ),
    { seed: 3, numRuns: 200 },
  );
});

test('silence has no spikes; spikes that are far apart come back, as soon as they can be told', () => {
  expect(encode(new Float64Array(100))).toEqual([]);
  const spikes = [5, 60, 110];
  expect(encode(decode(spikes, 160))).toEqual(spikes.map((spike) => spike - 2));
});

test('what spikes say follows the signal', () => {
  const signal = Float64Array.from({ length: 600 }, (_, t) => 0.4 * (1 - Math.cos(t / 40)));
  const told = decode(encode(signal), signal.length);
  const smooth = (values: Float64Array): number[] =>
    Array.from(values, (_, t) => values.subarray(Math.max(0, t - 20), t + 1)).map(
      (window) => window.reduce((a, b) => a + b, 0) / window.length,
    );
  const [given, back] = [smooth(signal), smooth(told)];
  given.forEach((value, t) => expect(Math.abs(value - back[t]!)).toBeLessThan(0.4));
  const product = (a: number[], b: number[]): number => a.reduce((s, x, i) => s + x * b[i]!, 0);
  const alike = product(given, back) / Math.sqrt(product(given, given) * product(back, back));
  expect(alike).toBeGreaterThan(0.98);
});
