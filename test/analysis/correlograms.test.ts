import fc from 'fast-check';
import { autoCorrelogram, crossCorrelogram } from '../../lib/analysis';
import { expectAll } from './naive';

const window = { start: 0, stop: 100 };
const times = fc
  .array(fc.integer({ min: 1, max: 1000 }), { maxLength: 40 })
  .map((steps) => steps.sort((a, b) => a - b).map((step) => step * 0.1));
const bins = fc.constantFrom(0.1, 0.2, 0.5, 1, 3);

/** All pairs, one by one; times and bins in steps of 0.1 ms, which are exact. */
function pairs(a: number[], b: number[], bin: number, most: number, skip: boolean): number[] {
  const counts = new Array<number>(2 * most + 1).fill(0);
  const steps = (ms: number): number => Math.round(10 * ms);
  for (const [i, first] of a.entries()) {
    for (const [j, second] of b.entries()) {
      if (skip && i === j) continue;
      const lag = steps(second) - steps(first);
      const k = Math.floor((2 * Math.abs(lag) + steps(bin)) / (2 * steps(bin)));
      if (k <= most) counts[most + Math.sign(lag) * k]!++;
    }
  }
  return counts;
}

test('counts pairs by their lag', () => {
  fc.assert(
    fc.property(times, times, bins, (a, b, bin) => {
      const most = 8;
      const options = { window, bin, maxLag: most * bin };
      const { lags, counts, rate } = crossCorrelogram(a, b, options);
      expect([...counts]).toEqual(pairs(a, b, bin, most, false));
      expectAll(
        lags,
        Array.from(counts, (_, k) => (k - most) * bin),
      );
      expectAll(
        rate,
        Array.from(counts, (n) => n / (a.length * bin * 0.001)),
      );
      expect([...crossCorrelogram(b, a, options).counts]).toEqual([...counts].reverse());
      const own = autoCorrelogram(a, options).counts;
      expect([...own]).toEqual(pairs(a, a, bin, most, true));
      expect([...own]).toEqual([...own].reverse());
    }),
  );
});

test('by hand', () => {
  const { lags, counts, rate } = crossCorrelogram([10, 20], [11, 11.5, 18, 90], {
    ...{ window, bin: 1, maxLag: 2.9 },
  });
  expect([...lags]).toEqual([-2, -1, 0, 1, 2]);
  // Lags 1, 1.5 (halfway: outwards), 8, 80 and −9, −8.5, −2, 70.
  expect([...counts]).toEqual([1, 0, 0, 1, 1]);
  expect([...rate]).toEqual([500, 0, 0, 500, 500]);
});

test('the ratio is that to all pairs that fit into the window', () => {
  // Times everywhere: what uniform trains would have, exactly but for the grid.
  const all = Float64Array.from({ length: 2000 }, (_, i) => (i + 0.5) / 20);
  const { ratio } = crossCorrelogram(all, all, { window, bin: 4, maxLag: 80 });
  for (const value of ratio) expect(Math.abs(value - 1)).toBeLessThan(0.03);
  const { counts, ratio: two } = crossCorrelogram([50], [50], { window, bin: 2, maxLag: 0 });
  // Of |τ| < 1 uniform pairs have (2·100 − 1)/100².
  expectAll([counts[0]!, two[0]!], [1, 1e4 / 199]);
  const three = autoCorrelogram([50, 51, 52], { window, bin: 1, maxLag: 1 }).ratio;
  expectAll(three, [2 / ((6 * 99) / 1e4), 0, 2 / ((6 * 99) / 1e4)]);
});

test('spikes outside the window are left out', () => {
  const options = { window: { start: 10, stop: 20 }, bin: 1, maxLag: 3 };
  const { counts, rate } = crossCorrelogram([10, 12, 21], [9, 13, 20.5], options);
  expect([...counts]).toEqual([0, 0, 0, 0, 1, 0, 0]);
  expect(rate[4]).toBe(1000);
});

test('without spikes there is nothing to tell', () => {
  const options = { window, bin: 1, maxLag: 1 };
  const nothing = [NaN, NaN, NaN];
  expect(crossCorrelogram([], [5], options)).toMatchObject({
    ...{ counts: Float64Array.of(0, 0, 0), rate: Float64Array.from(nothing) },
    ratio: Float64Array.from(nothing),
  });
  expect([...crossCorrelogram([5], [], options).rate]).toEqual([0, 0, 0]);
  expect([...autoCorrelogram([5], options).ratio]).toEqual(nothing);
});
