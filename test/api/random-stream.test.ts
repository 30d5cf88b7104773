import { random } from '../../lib';
import { named } from './named';

test('numbers are those of SplitMix64', () => {
  // The first outputs for the seed 0, as published; the upper 53 bits make a number.
  const outputs = [0xe220a8397b1dcdafn, 0x6e789e6aa1b965f4n, 0x06c45d188009454fn];
  const draws = random.stream(0);
  for (const output of outputs) expect(draws.uniform()).toBe(Number(output >> 11n) / 2 ** 53);
});

test('a seed gives the same numbers again, its state goes on with them, another seed does not', () => {
  const take = (draws: random.RandomStream) => Array.from({ length: 20 }, () => draws.uniform());
  const draws = random.stream(7);
  const first = take(draws);
  const later = random.stream(draws.state);
  expect(take(random.stream(7))).toEqual(first);
  expect(take(later)).toEqual(take(draws));
  expect(take(random.stream(8))).not.toEqual(first);
});

test('means and ranges', () => {
  const draws = random.stream(1);
  const n = 20_000;
  const mean = (draw: () => number) => Array.from({ length: n }, draw).reduce((a, b) => a + b) / n;
  // Five standard errors.
  expect(Math.abs(mean(() => draws.uniform()) - 0.5)).toBeLessThan(5 * Math.sqrt(1 / 12 / n));
  expect(Math.abs(mean(() => draws.exponential(3)) - 3)).toBeLessThan((5 * 3) / Math.sqrt(n));
  const counts = new Array<number>(6).fill(0);
  for (let i = 0; i < n; i++) counts[draws.below(6)]!++;
  for (const count of counts) expect(Math.abs(count - n / 6)).toBeLessThan(5 * Math.sqrt(n / 6));
  for (let i = 0; i < 100; i++) {
    const subset = draws.subset(10, 4);
    expect(new Set(subset).size).toBe(4);
    expect(subset).toEqual([...subset].sort((a, b) => a - b));
    expect(subset.every((x) => Number.isInteger(x) && x >= 0 && x < 10)).toBe(true);
  }
  expect([draws.subset(3, 3), draws.subset(3, 0), draws.exponential(0)]).toEqual([
    [0, 1, 2],
    [],
    0,
  ]);
});

describe('what is refused', () => {
  test.each([-1, 0.5, NaN, 2 ** 53, -1n, 2n ** 64n])('the seed %p', (seed) => {
    expect(() => random.stream(seed)).toThrow(
      named('BadParameterValue', { parameter: 'seed', value: seed }),
    );
  });

  test.each(['1', null, undefined, {}])('the seed %p, which is no number', (seed) => {
    expect(() => random.stream(seed as never)).toThrow(named('TypeMismatch', {}));
  });

  test.each<[string, (draws: random.RandomStream) => unknown]>([
    ['below(0)', (draws) => draws.below(0)],
    ['below(1.5)', (draws) => draws.below(1.5)],
    ['exponential(-1)', (draws) => draws.exponential(-1)],
    ['exponential(NaN)', (draws) => draws.exponential(NaN)],
    ['subset(3, 4)', (draws) => draws.subset(3, 4)],
    ['subset(3, -1)', (draws) => draws.subset(3, -1)],
    ['subset(1.5, 1)', (draws) => draws.subset(1.5, 1)],
  ])('%s, which draws nothing', (_, draw) => {
    const draws = random.stream(1);
    const { state } = draws;
    expect(() => draw(draws)).toThrow(named('BadParameterValue', {}));
    expect(draws.state).toBe(state);
  });
});
