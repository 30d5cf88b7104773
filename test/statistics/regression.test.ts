import { leastSquares, powerLawExponent } from '../../lib/statistics';

const ones = (n: number) => new Array<number>(n).fill(1);

describe('least squares', () => {
  test('finds the coefficients of values that are such a sum', () => {
    const columns = [
      [1, 1, 1, 1, 1],
      [1, 2, 3, 4, 5],
      [2, -1, 4, 0, 7],
    ];
    const values = [0, 1, 2, 3, 4].map(
      (i) => 3 * columns[0]![i]! - 2 * columns[1]![i]! + 0.5 * columns[2]![i]!,
    );
    const c = leastSquares(columns, values);
    [3, -2, 0.5].forEach((expected, j) => expect(c[j]).toBeCloseTo(expected, 12));
  });

  test("gives Anscombe's regression line", () => {
    // F. J. Anscombe (1973), Graphs in statistical analysis, Am. Stat. 27, 17-21, first data set.
    const x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
    const y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
    const [intercept, slope] = leastSquares([ones(11), x], y);
    expect(intercept).toBeCloseTo(3.0000909, 7);
    expect(slope).toBeCloseTo(0.5000909, 7);
  });

  test('weighs: a value of weight n counts as n equal ones', () => {
    const [x, y] = [
      [0, 1, 2],
      [1, 0, 5],
    ];
    const weighted = leastSquares([ones(3), x], y, [1, 3, 2]);
    const repeated = leastSquares([ones(6), [0, 1, 1, 1, 2, 2]], [1, 0, 0, 0, 5, 5]);
    weighted.forEach((c, j) => expect(c).toBeCloseTo(repeated[j]!, 12));
    expect(weighted[1]).not.toBeCloseTo(leastSquares([ones(3), x], y)[1]!, 3);
  });

  test('keeps its digits where columns differ by many orders of magnitude', () => {
    const steps = [1e7, 3e7, 1e8, 3e8];
    const events = [3e6, 1e8, 3e8, 4e9];
    const slices = [700, 700, 100, 20];
    const time = steps.map((n, i) => 4e-9 * n + 2e-9 * events[i]! + 5e-6 * slices[i]!);
    const weights = time.map((t) => 1 / t ** 2);
    const c = leastSquares([steps, events, slices], time, weights);
    [4e-9, 2e-9, 5e-6].forEach((expected, j) => expect(c[j]! / expected).toBeCloseTo(1, 9));
  });

  test.each([
    ['no values', [[], []], []],
    ['fewer values than columns', [[1], [2]], [3]],
    [
      'columns that depend on each other',
      [
        [1, 2, 3],
        [2, 4, 6],
      ],
      [1, 2, 4],
    ],
    ['a column of zeros', [[0, 0]], [1, 2]],
  ])('does not invent coefficients for %s', (_, columns, values) => {
    expect(leastSquares(columns, values)).toEqual(columns.map(() => NaN));
  });
});

describe('exponent of a power law', () => {
  test('is that of values which follow one', () => {
    const x = [1, 10, 50, 1e6];
    expect(
      powerLawExponent(
        x,
        x.map((v) => 7 * v ** 1.25),
      ),
    ).toBeCloseTo(1.25, 12);
    expect(powerLawExponent(x, [4, 4, 4, 4])).toBeCloseTo(0, 12);
  });

  test('is none of a single x', () => {
    expect(powerLawExponent([5, 5], [1, 2])).toBeNaN();
    expect(powerLawExponent([5], [1])).toBeNaN();
  });
});
