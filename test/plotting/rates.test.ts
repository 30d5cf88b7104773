import { populationRate, smoothedRate } from '../../lib/analysis';
import { rates } from '../../lib/plotting';
import { axesOf, drawingOf, legendsOf, marked } from './drawn';

const events = { times: [1, 2, 7, 12, 12.5, 40], senders: [1, 2, 1, 3, 4, 9] };
const populations = { E: [1, 2], I: [3, 4, 5] };
const window = { start: 0, stop: 20 };

/** What is drawn of a population: times and rates. */
const drawnOf = (figure: ReturnType<typeof rates>, name: string) => {
  const rows = marked(figure, 'line')[0]!.rows.filter((row) => row.name === name);
  return { times: rows.map(({ x }) => x), rates: rows.map(({ y }) => y) };
};

test('populations in bins are what tegmenta/analysis says, both ends of each bin', async () => {
  const figure = rates(events, { populations, window });
  const expected = [...populationRate([1, 2, 7], 2, window, 5)];
  expect(drawnOf(figure, 'E')).toEqual({
    times: [0, 5, 5, 10, 10, 15, 15, 20],
    rates: expected.flatMap((rate) => [rate, rate]),
  });
  const svg = await drawingOf(figure);
  expect(axesOf(svg)).toEqual([
    'X time (ms): linear, 0 to 20',
    'Y rate (spikes/s), bins of 5 ms: linear, 0 to 220',
  ]);
  expect(legendsOf(svg)).toEqual([
    'Symbol legend for stroke color and strokeDash with 2 values: E, I',
  ]);
});

test('smoothed, in the middles of the bins', async () => {
  const figure = rates(events, { populations, window, bin: 1, sigma: 3 });
  const { times, rates: drawn } = drawnOf(figure, 'I');
  expect([times[0], times.at(-1), times.length]).toEqual([0.5, 19.5, 20]);
  expect(drawn).toEqual([...smoothedRate([12, 12.5], 3, window, 1, 3)]);
  expect(axesOf(await drawingOf(figure))[1]).toMatch(/^Y rate \(spikes\/s\), Gaussian of σ = 3 ms/);
});

test('smoothed in bins that are narrow enough for the Gaussian', () => {
  const widthOf = (sigma: number): number => {
    const { times } = drawnOf(rates(events, { populations, window, sigma }), 'I');
    return Number(times[1]) - Number(times[0]);
  };
  expect(widthOf(2)).toBeCloseTo(0.5, 12);
  expect(widthOf(100)).toBeCloseTo(5, 12);
  expect(widthOf(0.01)).toBeCloseTo(0.1, 12);
});

test('without populations and window: of the neurons that fired, in whole bins', async () => {
  const figure = rates({ times: [10, 12, 13], senders: [1, 2, 1] });
  // 10 ms ends the bin that begins at 5 ms. Two neurons fired.
  expect(drawnOf(figure, 'neurons that fired')).toEqual({
    times: [5, 10, 10, 15],
    rates: [100, 100, 200, 200],
  });
  expect(legendsOf(await drawingOf(figure))).toEqual([]);
});

test('nobody, and no spikes, give axes', async () => {
  const svg = await drawingOf(rates({ times: [], senders: [] }));
  expect(axesOf(svg)).toEqual([
    'X time (ms): linear, 0 to 5',
    'Y rate (spikes/s), bins of 5 ms: linear, 0 to 1',
  ]);
  const nobody = rates(events, { populations: { nobody: [], E: [1] }, window, sigma: 2 });
  expect(drawnOf(nobody, 'nobody').times).toEqual([]);
  expect(legendsOf(await drawingOf(nobody))[0]).toMatch(/: nobody, E$/);
});

test('of many bins the extremes stay', () => {
  const many = rates(
    { times: [77_777.7], senders: [1] },
    { window: { start: 0, stop: 1e5 }, bin: 1 },
  );
  const { times, rates: drawn } = drawnOf(many, 'neurons that fired');
  expect(times.length).toBeLessThan(4 * 2 * 640 + 8);
  expect(Math.max(...drawn.map(Number))).toBe(1000);
});
