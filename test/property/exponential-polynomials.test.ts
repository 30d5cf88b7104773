// Integrals and sign changes of the oracle of reward-modulated pairing, by other means.
import { worst } from '../reference/compare';
import {
  type ExponentialPolynomial,
  integral,
  moment,
  product,
  shifted,
  signChanges,
  valueAt,
} from './exponential-polynomials';
import { gauss } from './stdp-reward-integration';
import { uniformNumbers } from './uniform-numbers';

const uniform = uniformNumbers(17);
const random = (degree: number, rates: readonly number[]): ExponentialPolynomial =>
  rates.map((rate) => ({
    rate,
    polynomial: Array.from({ length: degree + 1 }, (_, k) => uniform(-1, 1) / 50 ** k),
  }));

test('moments, where they cancel and where they do not', () => {
  for (const x of [0, 1e-9, 1e-3, 0.7, 3.999, 4, 4.001, 12, 300]) {
    const length = 20;
    const rate = x / length;
    const panels = 32 + 4 * Math.ceil(x);
    for (const k of [0, 1, 2]) {
      const expected = gauss((s) => s ** k * Math.exp(-rate * s), 0, length, panels);
      expect(Math.abs(moment(k, rate, length) / expected - 1)).toBeLessThanOrEqual(2e-14);
    }
  }
  // ∫ e^(−x s) over [0, 1] to all digits.
  for (const x of [1e-12, 1e-5, 0.3]) {
    expect(Math.abs((moment(0, x, 1) * x) / -Math.expm1(-x) - 1)).toBeLessThanOrEqual(5e-16);
  }
});

test('products, shifts and integrals', () => {
  for (let i = 0; i < 200; i++) {
    const f = random(1, [1 / uniform(1, 500)]);
    const g = random(1, [0, 1 / uniform(1, 500), 1 / uniform(1, 500)]);
    const [s, by, length] = [uniform(0, 50), uniform(0, 50), uniform(0.1, 200)];
    const values = [valueAt(product(f, g), s), valueAt(shifted(g, by), s)];
    expect(worst(values, [valueAt(f, s) * valueAt(g, s), valueAt(g, s + by)]).error).toBeLessThan(
      1e-14,
    );
    const whole = integral(product(f, g), length);
    const numbers = gauss((t) => valueAt(f, t) * valueAt(g, t), 0, length, 400);
    expect(Math.abs(whole - numbers)).toBeLessThanOrEqual(1e-12 * Math.max(1, length));
  }
});

test('sign changes are those that a fine grid sees', () => {
  let found = 0;
  const most = new Set<number>();
  for (let i = 0; i < 400; i++) {
    const tau = uniform(5, 500);
    const near = [tau, tau * (1 + 1e-9), uniform(5, 500)][i % 3] ?? NaN;
    const f = random(1, i % 2 === 0 ? [1 / tau, 1 / near] : [0, 1 / tau, 1 / near]);
    const length = uniform(1, 2000);
    const changes = signChanges(f, length);
    const cells = 1000;
    const at = (k: number) => Math.sign(valueAt(f, (k * length) / cells));
    const seen = Array.from({ length: cells }, (_, k) => k).filter((k) => at(k) !== at(k + 1));
    const cellOf = (s: number) => Math.floor((s * cells) / length);
    for (const k of seen) expect(changes.map(cellOf)).toContain(k);
    // Two changes within one cell cannot be seen.
    const lonely = changes.filter((s) => changes.filter((t) => cellOf(t) === cellOf(s)).length < 2);
    for (const s of lonely) expect(seen).toContain(cellOf(s));
    found += changes.length;
    most.add(changes.length);
  }
  expect(found).toBeGreaterThan(100);
  expect(most.has(2)).toBe(true);
});

test('a constant and two alpha functions may change their sign four times', () => {
  const changes = [10, 30, 80, 200];
  // The coefficients follow from the four places, by Gauss's elimination of a 4 × 4 system.
  const rates = [1 / 15, 1 / 90];
  const columns = (s: number) => rates.flatMap((r) => [Math.exp(-r * s), s * Math.exp(-r * s)]);
  const [a, b, c, d] = solveLinear(
    changes.map(columns),
    changes.map(() => -1),
  );
  const f = [
    { rate: 0, polynomial: [1] },
    { rate: rates[0]!, polynomial: [a!, b!] },
    { rate: rates[1]!, polynomial: [c!, d!] },
  ];
  expect(worst(signChanges(f, 1000), changes).error).toBeLessThan(1e-11);
});

function solveLinear(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  rows.forEach((_row, i) => {
    const pivot = rows.slice(i).reduce((a, b) => (Math.abs(b[i]!) > Math.abs(a[i]!) ? b : a));
    rows.splice(rows.indexOf(pivot), 1);
    rows.splice(i, 0, pivot);
    rows.forEach((row, k) => {
      if (k === i) return;
      const factor = row[i]! / pivot[i]!;
      for (let j = i; j < row.length; j++) row[j]! -= factor * pivot[j]!;
    });
  });
  return rows.map((row, i) => row.at(-1)! / row[i]!);
}
