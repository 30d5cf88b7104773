import { meanDifference, studentQuantile, studentTail } from '../../lib/statistics';
import { compareActivity, ratioOf } from '../../lib/bench/agreement';
import type { Quantity } from '../../lib/cli/experiment';

const quantity = (key: string, value: number): Quantity => ({ key, label: key, value, unit: '' });
const runs = (key: string, values: readonly number[]) => values.map((v) => [quantity(key, v)]);

describe("Student's t", () => {
  // Abramowitz & Stegun, table 26.10, two-sided.
  test.each([
    [1, 0.1, 6.314],
    [2, 0.05, 4.303],
    [4, 0.01, 4.604],
    [10, 0.05, 2.228],
    [30, 0.02, 2.457],
    [120, 0.05, 1.98],
  ])('with %d degrees of freedom exceeds with probability %d %d', (freedom, p, t) => {
    expect(studentQuantile(p, freedom)).toBeCloseTo(t, 3);
    expect(studentTail(studentQuantile(p, freedom), freedom)).toBeCloseTo(p, 10);
  });

  test('of one degree of freedom is the Cauchy distribution', () => {
    for (const t of [0, 0.3, 1, 7, 1000]) {
      expect(studentTail(t, 1)).toBeCloseTo(1 - (2 / Math.PI) * Math.atan(t), 12);
    }
  });
});

describe('meanDifference', () => {
  test('is that of means, with a margin from both variances', () => {
    // Variances 1 and 4 of the samples, so squared errors 1/3 and 4/3: ν = (5/3)²/(1/18 + 16/18).
    const { means, difference, margin, p } = meanDifference([1, 2, 3], [4, 6, 8], 0.05);
    expect([means, difference]).toEqual([[2, 6], -4]);
    const freedom = 50 / 17;
    expect(margin).toBeCloseTo(studentQuantile(0.05, freedom) * Math.sqrt(5 / 3), 10);
    expect(p).toBeCloseTo(studentTail(4 / Math.sqrt(5 / 3), freedom), 12);
  });

  test('without variance is none or certain', () => {
    expect(meanDifference([2, 2], [2, 2], 0.01)).toMatchObject({ p: 1, margin: 0 });
    expect(meanDifference([2, 2], [3, 3], 0.01)).toMatchObject({ p: 0, margin: 0 });
  });

  test('of single values is unknown', () => {
    expect(meanDifference([2], [3, 4], 0.01)).toMatchObject({ means: [2, 3.5], p: NaN });
  });
});

describe('activities', () => {
  test('agree where the runs vary as much as the engines differ', () => {
    const found = compareActivity(
      runs('rate_E', [32, 32.4, 31.8, 32.1, 32.2]),
      runs('rate_E', [32.3, 31.9, 32.2, 32.5, 31.7]),
    );
    expect(found.verdict).toBe('agree');
    expect(found.activity[0]!.margin).toBeLessThan(1);
  });

  test('differ where the runs vary less than that', () => {
    const found = compareActivity(
      runs('rate_E', [32, 32.4, 31.8, 32.1, 32.2]),
      runs('rate_E', [34.3, 33.9, 34.2, 34.5, 33.7]),
    );
    expect(found).toMatchObject({ verdict: 'differ', activity: [{ agrees: false }] });
  });

  test('differ as a whole if one quantity does, be it the CV alone', () => {
    const both = (rates: number[], variations: number[]) =>
      rates.map((rate, i) => [quantity('rate_E', rate), quantity('cv_isi_E', variations[i]!)]);
    const found = compareActivity(
      both([5, 5.1, 4.9], [0.9, 0.91, 0.89]),
      both([5.05, 4.95, 5], [0.5, 0.51, 0.49]),
    );
    expect(found.verdict).toBe('differ');
    expect(found.activity.map(({ agrees }) => agrees)).toEqual([true, false]);
  });

  test('are not compared in quantities that tell the speed', () => {
    const [a, b] = [runs('wall_time', [1, 1.1]), runs('wall_time', [50, 51])];
    expect(compareActivity(a, b)).toEqual({ activity: [], verdict: 'undecided' });
  });

  test('of single runs cannot be judged', () => {
    expect(compareActivity(runs('rate_E', [5]), runs('rate_E', [5])).verdict).toBe('undecided');
  });

  test('of silent networks have nothing but their rates', () => {
    const silent = [
      [quantity('rate_E', 0), quantity('cv_isi_E', NaN)],
      [quantity('rate_E', 0), quantity('cv_isi_E', NaN)],
    ];
    expect(compareActivity(silent, silent)).toMatchObject({
      verdict: 'agree',
      activity: [{ key: 'rate_E' }],
    });
    const active = silent.map(([rate]) => [rate!, quantity('cv_isi_E', 0.9)]);
    expect(compareActivity(silent, active).verdict).toBe('differ');
  });

  test('differences as large as chance makes them are called so once in a hundred', () => {
    // Sums of 12 uniform numbers: variance 1. A fixed sequence (Park & Miller), no luck involved.
    let state = 1;
    const uniform = () => (state = (48271 * state) % 2147483647) / 2147483647;
    const normal = () => Array.from({ length: 12 }, uniform).reduce((sum, u) => sum + u, -6);
    const sample = () => runs('rate_E', Array.from({ length: 4 }, normal));
    const trials = 400;
    let differing = 0;
    for (let i = 0; i < trials; i++) {
      if (compareActivity(sample(), sample()).verdict === 'differ') differing++;
    }
    // 4 ± 2 of 400; Welch's test of so few values is a little more careful.
    expect(differing).toBeGreaterThan(0);
    expect(differing).toBeLessThan(11);
  });
});

test('ratios are taken round by round', () => {
  const ratio = ratioOf(runs('wall_time', [1, 2, 4]), runs('wall_time', [10, 30, 20]), 'wall_time');
  expect(ratio).toEqual({ value: 10, range: [5, 15] });
});
