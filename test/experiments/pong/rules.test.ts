import { causalCorrelation, rawReward, RowMeans } from '../../../benchmarks/experiments/pong/rules';

test('raw reward by distance, alike on both sides', () => {
  expect([0, 1, 2, 3, 4, 19].map((d) => rawReward(d, 0))).toEqual([1, 0.7, 0.4, 0.1, 0, 0]);
  expect([7, 8, 9, 10, 11].map((w) => rawReward(w, 10))).toEqual([0.1, 0.4, 0.7, 1, 0.7]);
});

test('by chance 0.161, where all rows are as frequent', () => {
  let sum = 0;
  for (let row = 0; row < 20; row++) {
    for (let winner = 0; winner < 20; winner++) sum += rawReward(winner, row);
  }
  // (20 · 1 + 2 · 19 · 0.7 + 2 · 18 · 0.4 + 2 · 17 · 0.1) / 400 = 64.4 / 400 = 0.161.
  expect(sum / 400).toBeCloseTo(0.161, 12);
});

test('running means move half of the way, row by row', () => {
  const means = new RowMeans(2, 0.05);
  expect(means.excess(0, 1)).toBeCloseTo(0.95, 15);
  expect(means.excess(0, 1)).toBeCloseTo(0.475, 15);
  expect(means.excess(1, 0)).toBeCloseTo(-0.05, 15);
  expect([...means.values]).toEqual([0.7625, 0.025]);
});

describe('correlation', () => {
  const e = (dt: number) => 36 * Math.exp(-dt / 64);
  const pre = [1, 11, 21];

  test.each<[string, number[], number]>([
    ['nothing', [], 0],
    ['before the train', [0.5, 0.9], 0],
    ['at the time of a spike: not after it', [1], 0],
    ['the first after each spike', [2, 3, 12, 30], e(1) + e(1) + e(9)],
    ['a spike without one in between', [25], e(4)],
    ['at the next spike: paired with the one before', [11, 12], e(10) + e(1)],
  ])('%s', (_, post, expected) => {
    expect(causalCorrelation(pre, post)).toBeCloseTo(expected, 12);
  });

  test('saturates at 128', () => {
    const many = Array.from({ length: 20 }, (_, i) => 10 * i);
    expect(
      causalCorrelation(
        many,
        many.map((t) => t + 1),
      ),
    ).toBe(128);
  });
});
