import fc from 'fast-check';
import { Kernel } from '../../lib';
import {
  coefficientOfVariation,
  fanoFactor,
  fanoFactors,
  interspikeIntervals,
  intervalVariations,
  localVariation,
  meanPairwiseCorrelation,
  meanRate,
  meanRates,
  revisedLocalVariation,
  spikeCounts,
  spikesPerTrain,
  spikeTrains,
  variance,
} from '../../lib/analysis';
import { expectAll, meanOf, pearson, varianceOf } from './naive';

const window = { start: 0, stop: 100 };
const times = fc
  .array(fc.double({ min: 0.01, max: 100, noNaN: true }), { maxLength: 40 })
  .map((list) => list.sort((a, b) => a - b));
const trains = fc.array(times, { maxLength: 8 });
const interval = fc.double({ min: 0.1, max: 100, noNaN: true });
const intervals = fc.array(interval, { maxLength: 30 });

test('variance of a population', () => {
  expect(variance([2, 4, 4, 4, 5, 5, 7, 9])).toBe(4);
  expect(variance([])).toBeNaN();
});

test('counts and rates of each train', () => {
  expect([...spikesPerTrain([[1, 2, 3], [], [0, 2, 4]], { start: 0, stop: 2 })]).toEqual([2, 0, 1]);
  expect([...meanRates([[1, 2, 3], [], [0, 2, 4]], { start: 0, stop: 2 })]).toEqual([1000, 0, 500]);
  expect(meanRate(0, 3, 0)).toBeNaN();
});

describe('local variation', () => {
  test('by hand', () => {
    // ((1 − 3)/4)² = 1/4, 0: their sum times 3/2.
    expect(localVariation([1, 3, 3])).toBe(3 / 8);
    expect(localVariation([5, 5, 5])).toBe(0);
    // The same, times 1 + 4·5/4.
    expect(revisedLocalVariation([1, 3, 3])).toBe((3 / 8) * 6);
    expect(revisedLocalVariation([1, 3, 3], 0)).toBe(3 / 8);
    for (const few of [[], [4]]) {
      expect(localVariation(few)).toBeNaN();
      expect(revisedLocalVariation(few)).toBeNaN();
    }
  });

  test('is that of the definition', () => {
    fc.assert(
      fc.property(intervals, (list) => {
        const pairs = list.slice(1).map((b, i): [number, number] => [list[i]!, b]);
        const lv = pairs.map(([a, b]) => (3 * (a - b) ** 2) / (a + b) ** 2);
        const lvr = pairs.map(
          ([a, b]) => 3 * (1 - (4 * a * b) / (a + b) ** 2) * (1 + (4 * 2) / (a + b)),
        );
        expectAll([localVariation(list)], [meanOf(lv)]);
        expectAll([revisedLocalVariation(list, 2)], [meanOf(lvr)]);
      }),
    );
  });

  test('does not depend on the unit of time', () => {
    fc.assert(
      fc.property(intervals, (list) => {
        expectAll([localVariation(list.map((x) => x / 4))], [localVariation(list)]);
      }),
    );
  });
});

test('coefficient of variation and Fano factor are those of the definition', () => {
  fc.assert(
    fc.property(intervals, (list) => {
      expectAll([coefficientOfVariation(list)], [Math.sqrt(varianceOf(list)) / meanOf(list)]);
      const counts = list.map(Math.ceil);
      expectAll([fanoFactor(counts)], [varianceOf(counts) / meanOf(counts)]);
    }),
  );
  expect(coefficientOfVariation([0, 0])).toBeNaN();
  expect(coefficientOfVariation([-1, 1])).toBeNaN();
});

test('Fano factor', () => {
  expect(fanoFactor([1, 3])).toBe(0.5);
  expect(fanoFactor([4, 4, 4])).toBe(0);
  expect(fanoFactor([0, 0])).toBeNaN();
  expect(fanoFactor([])).toBeNaN();
  const some = [[1, 2, 3, 60], [], [10, 60]];
  expectAll(fanoFactors(some, window, 50), [0.5, NaN, 0]);
  expectAll(fanoFactors(some, window, 101), [NaN, NaN, NaN]);
  fc.assert(
    fc.property(trains, (lists) => {
      const expected = lists.map((list) => fanoFactor(spikeCounts(list, window, 7)));
      expectAll(fanoFactors(lists, window, 7), expected);
    }),
  );
});

test('the mean correlation is that of all pairs', () => {
  fc.assert(
    fc.property(trains, (lists) => {
      const counts = lists.map((list) => Array.from(spikeCounts(list, window, 5)));
      const varying = counts.filter((list) => varianceOf(list) > 1e-12);
      const all = varying.flatMap((x, i) => varying.slice(i + 1).map((y) => pearson(x, y)));
      expectAll([meanPairwiseCorrelation(lists, window, 5)], [meanOf(all)]);
    }),
  );
});

test('trains are the same however they are given', () => {
  const kernel = new Kernel();
  const neurons = kernel.Create('iaf_psc_exp', 20);
  const noise = kernel.Create('poisson_generator', { rate: 8000 });
  const spikes = kernel.Create('spike_recorder');
  kernel.Connect(noise, neurons, 'all_to_all', { weight: 60 });
  kernel.Connect(neurons, spikes);
  kernel.SimulateSync(300);
  const { events } = spikes;
  const { ids } = neurons;
  kernel.dispose();
  const sorted = spikeTrains(events, ids);
  const lists = Array.from(ids, (id) =>
    [...events.times].filter((_, i) => events.senders[i] === id),
  );
  const span = { start: 0, stop: 300 };
  expect(Math.min(...lists.map((list) => list.length))).toBeGreaterThan(3);
  const statistics = [
    intervalVariations,
    (given: typeof sorted | typeof lists | typeof events) => spikesPerTrain(given, span),
    (given: typeof sorted | typeof lists | typeof events) => fanoFactors(given, span, 50),
  ];
  for (const statistic of statistics) {
    expect(statistic(events)).toEqual(statistic(sorted));
    expect(statistic(lists)).toEqual(statistic(sorted));
  }
  expect([...intervalVariations(events)]).toEqual(
    lists.map((list) => coefficientOfVariation(interspikeIntervals(list))),
  );
});

test('events have trains of neurons that fired, in the order of their IDs', () => {
  const events = { times: Float64Array.of(1, 2, 3), senders: Uint32Array.of(12, 3, 12) };
  expect([...spikesPerTrain(events, window)]).toEqual([1, 2]);
});
