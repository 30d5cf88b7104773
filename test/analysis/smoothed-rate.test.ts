import { populationRate, smoothedRate } from '../../lib/analysis';

const window = { start: 0, stop: 200 };
const sum = (values: Float64Array): number => values.reduce((all, value) => all + value, 0);

test('a spike becomes a Gaussian of its standard deviation, which has one spike below it', () => {
  const rate = smoothedRate([100], 2, window, 0.1, 5);
  // Bin 999 ends at 100 ms. In spikes/s and neuron, of two neurons.
  const density = (t: number): number =>
    (1000 * Math.exp(-0.5 * (t / 5) ** 2)) / (2 * 5 * Math.sqrt(2 * Math.PI));
  for (const lag of [-15, -5, 0, 0.1, 5, 10, 20]) {
    expect(rate[999 + Math.round(lag * 10)]).toBeCloseTo(density(lag), 3);
  }
  expect((2 * 0.1 * sum(rate)) / 1000).toBeCloseTo(1, 6);
  expect(rate[999 + 240]).toBe(0);
});

test('a constant rate stays constant up to the ends of the window', () => {
  const times = Float64Array.from({ length: 200 }, (_, k) => k + 0.5);
  const rate = smoothedRate(times, 1, window, 1, 10);
  expect(Math.max(...rate)).toBeCloseTo(1000, 9);
  expect(Math.min(...rate)).toBeCloseTo(1000, 9);
});

test('a narrow Gaussian changes nothing, one wider than the window gives its mean', () => {
  const times = [3, 50, 51, 52, 199];
  const binned = populationRate(times, 1, window, 1);
  expect(smoothedRate(times, 1, window, 1, 0.01)).toEqual(binned);
  const mean = sum(binned) / binned.length;
  for (const value of smoothedRate(times, 1, window, 1, 1e6)) expect(value).toBeCloseTo(mean, 6);
});

test('a window shorter than a bin has none', () => {
  expect(smoothedRate([1], 1, { start: 0, stop: 1 }, 2, 5)).toHaveLength(0);
});
