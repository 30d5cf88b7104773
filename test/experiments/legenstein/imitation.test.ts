// Simulation 2: what is measured of weights and spikes, its networks, and short runs.
import fc from 'fast-check';
import { imitation } from '../../../benchmarks/experiments/legenstein/imitation';
import {
  buildImitation,
  buildTrial,
  plasticWeights,
  startLearning,
  targetWeights,
} from '../../../benchmarks/experiments/legenstein/imitation-network';
import { NETWORK } from '../../../benchmarks/experiments/legenstein/imitation-parameters';
import {
  angleOf,
  imitationRuns,
  misplaced,
  spikeCorrelation,
} from '../../../benchmarks/experiments/legenstein/imitation-run';
import { Kernel } from '../../../lib';
import { column, found, run, valuesOf } from './running';

jest.setTimeout(120_000);

describe('weights', () => {
  const { w_max, inputs } = NETWORK;
  test('the angle to the target weights is 0 along them, and a right one across', () => {
    const target = targetWeights();
    expect(angleOf(target)).toBeCloseTo(0, 6);
    expect(angleOf(target.map((weight) => 0.3 * weight))).toBeCloseTo(0, 6);
    expect(angleOf(target.map((weight) => w_max - weight))).toBeCloseTo(Math.PI / 2, 12);
    // All alike: half of the target's square.
    expect(angleOf(target.map(() => 1))).toBeCloseTo(Math.PI / 4, 12);
  });

  test('are misplaced on the other side of half the largest', () => {
    expect(misplaced(targetWeights())).toBe(0);
    expect(misplaced(targetWeights().map((weight) => w_max - weight))).toBe(inputs);
    expect(misplaced(Array.from({ length: inputs }, () => w_max))).toBe(inputs - NETWORK.strong);
  });
});

describe('the correlation of spikes', () => {
  const window = { start: 0, stop: 1000, width: 10 };
  const trains = fc.array(fc.integer({ min: 0, max: 999 }), { minLength: 1, maxLength: 30 });

  /** ms by ms, by its definition. */
  function plain(a: readonly number[], b: readonly number[]): number {
    const near = (train: readonly number[], t: number) =>
      train.filter((time) => Math.abs(time - t) <= window.width).length;
    const grid = Array.from({ length: 1000 }, (_, t) => [near(a, t), near(b, t)] as const);
    const sum = (of: (x: number, y: number) => number) =>
      grid.reduce((total, [x, y]) => total + of(x, y), 0);
    return sum((x, y) => x * y) / Math.sqrt(sum((x) => x * x) * sum((_, y) => y * y));
  }

  test('is that of its definition, whichever train comes first', () => {
    fc.assert(
      fc.property(trains, trains, (a, b) => {
        expect(spikeCorrelation(a, b, window)).toBeCloseTo(plain(a, b), 12);
        expect(spikeCorrelation(b, a, window)).toBeCloseTo(spikeCorrelation(a, b, window), 12);
      }),
      { seed: 5, numRuns: 40 },
    );
  });

  test('is 1 of a train with itself, and 0 of trains that are far apart, or of none', () => {
    expect(spikeCorrelation([50, 300], [50, 300], window)).toBeCloseTo(1, 12);
    expect(spikeCorrelation([50], [300], window)).toBe(0);
    expect(spikeCorrelation([], [300], window)).toBe(0);
  });
});

describe('its networks', () => {
  let kernel: Kernel;
  beforeEach(() => (kernel = new Kernel()));
  afterEach(() => kernel.dispose());

  test('100 synapses learn, 60 reach the target, and both neurons report to the transmitter', () => {
    buildImitation(kernel, { seed: 1, noise: 1 });
    const count = (synapse_model: string) => kernel.GetConnections({ synapse_model }).length;
    expect(count('learning')).toBe(100);
    expect(count('tsodyks2_synapse')).toBe(60);
    const [transmitter] = kernel.GetNodes({ model: 'reward_transmitter' }).ids;
    const reports = kernel.GetConnections({
      target: kernel.GetNodes({ model: 'reward_transmitter' }),
    });
    expect(Array.from(reports.get('target') as ArrayLike<number>)).toEqual([
      transmitter,
      transmitter,
    ]);
  });

  test('nothing is learned before learning starts', async () => {
    buildImitation(kernel, { seed: 1, noise: 1 });
    const before = plasticWeights(kernel);
    await kernel.Simulate(3000);
    expect(plasticWeights(kernel)).toEqual(before);
    startLearning(kernel);
    await kernel.Simulate(3000);
    expect(plasticWeights(kernel)).not.toEqual(before);
  });

  test('a neuron with the target weights fires as the target does', async () => {
    const { learner, target } = buildTrial(kernel, Float64Array.from(targetWeights()), 3);
    await kernel.Simulate(5000);
    expect(target.n_events).toBeGreaterThan(10);
    expect(learner.events.times).toEqual(target.events.times);
  });
});

describe('a short run', () => {
  const SHORT = 180_000;

  test('the weights part, with one thread or two', async () => {
    const result = await run(imitation, SHORT, { seeds: 2 });
    const values = valuesOf(result);
    expect(values.difference).toBeGreaterThan(0);
    expect(values.angle).toBeLessThan(values.angle_before!);
    expect(values.criteria_met).toBe(0);
    expect(column(result, 'courses', 'time_s')).toEqual([0, 2, 60, 120, 180, 0, 2, 60, 120, 180]);
    expect(column(result, 'weights', 'input')).toHaveLength(2 * 2 * 100);
    expect(result.figures).toHaveLength(1);
    expect(found(await run(imitation, SHORT, { seeds: 2 }, { threads: 2 }))).toEqual(found(result));
  });

  test('--quick is five minutes, and noise makes a difference', async () => {
    const quick = await run(imitation, SHORT, { seeds: 1, quick: true });
    expect(column(quick, 'courses', 'time_s').at(-1)).toBe(300);
    const silent = await run(imitation, SHORT, { seeds: 1, quick: true, noise: 0 });
    expect(valuesOf(silent).angle).not.toBe(valuesOf(quick).angle);
  });

  test('an interrupted run has no numbers, but courses', async () => {
    const abort = new AbortController();
    const result = await run(
      imitation,
      SHORT,
      { seeds: 1 },
      { abort, progress: () => abort.abort() },
    );
    expect(valuesOf(result)).toMatchObject({ difference: NaN, criteria_met: NaN });
    expect(result.quantities[0]!.note).toBe('no run is complete');
    expect(column(result, 'courses', 'time_s').length).toBeLessThan(5);
    expect(result.figures).toEqual([]);
  });
});

test('a piece that is broken off leaves the course as it was', async () => {
  const kernel = new Kernel();
  const job = { seed: 1, noise: 1, time: 60_000 };
  const course = imitationRuns.empty();
  imitationRuns.build(kernel, job);
  imitationRuns.begin!(kernel, job, course);
  await imitationRuns.advance(kernel, job, course, AbortSignal.abort());
  expect(course.t).toEqual([0]);
  kernel.dispose();
});
