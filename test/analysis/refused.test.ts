// What the functions of lib/analysis refuse, and by which error.
import {
  BadParameterValue,
  DimensionMismatch,
  Kernel,
  TegmentaError,
  TypeMismatch,
  UnaccessedDictionaryEntry,
} from '../../lib';
import * as analysis from '../../lib/analysis';

const window = { start: 0, stop: 10 };
const options = { window, bin: 1, maxLag: 2 };
// As JavaScript calls them.
const given = { ...analysis } as unknown as Record<string, (...args: unknown[]) => unknown>;
const errorOf = (name: string, args: unknown[]): TegmentaError => {
  try {
    given[name]!(...args);
  } catch (error) {
    if (error instanceof TegmentaError) return error;
    throw error;
  }
  throw new Error(`${name} took it.`);
};

const bad = BadParameterValue;
const wrong = TypeMismatch;
const calls: [string, unknown[], typeof TegmentaError, string][] = [
  ['meanRate', [-1, 1, 1], bad, 'spikes'],
  ['meanRate', ['1', 1, 1], wrong, 'spikes'],
  ['meanRate', [1, 0, 1], bad, 'neurons'],
  ['meanRate', [1, 1, NaN], bad, 'duration'],
  ['spikeCounts', [[1], window, 0], bad, 'bin'],
  ['spikeCounts', [[1], window, -1], bad, 'bin'],
  ['spikeCounts', [[1], window, NaN], bad, 'bin'],
  ['spikeCounts', [[1], window, Infinity], bad, 'bin'],
  ['spikeCounts', [[1], window, '1'], wrong, 'bin'],
  ['spikeCounts', [[1], { start: 1, stop: 1 }, 1], bad, 'window.stop'],
  ['spikeCounts', [[1], { start: 1, stop: Infinity }, 1], bad, 'window.stop'],
  ['spikeCounts', [[1], { start: NaN, stop: 1 }, 1], bad, 'window.start'],
  ['spikeCounts', [[1], { start: 1 }, 1], wrong, 'window.stop'],
  ['spikeCounts', [[1], [0, 1], 1], wrong, 'window'],
  ['spikeCounts', [5, window, 1], wrong, 'times'],
  ['spikeCounts', [[1, '2'], window, 1], wrong, 'times[1]'],
  ['spikeCounts', [new Array(3), window, 1], wrong, 'times[0]'],
  ['spikeCounts', [BigInt64Array.of(1n), window, 1], wrong, 'times'],
  ['spikeCounts', [[1, Infinity], window, 1], bad, 'times[1]'],
  ['populationRate', [[1], 0, window, 1], bad, 'neurons'],
  ['populationRate', [[NaN], 1, window, 1], bad, 'times[0]'],
  ['populationRate', [[1], 1, window, 0], bad, 'bin'],
  ['smoothedRate', [[1], 0, window, 1, 1], bad, 'neurons'],
  ['smoothedRate', [[NaN], 1, window, 1, 1], bad, 'times[0]'],
  ['smoothedRate', [[1], 1, window, -1, 1], bad, 'bin'],
  ['smoothedRate', [[1], 1, window, 1, 0], bad, 'sigma'],
  ['smoothedRate', [[1], 1, window, 1], wrong, 'sigma'],
  ['smoothedRate', [[1], 1, { start: 1, stop: 0 }, 1, 1], bad, 'window.stop'],
  ['spikesPerTrain', [[[2, 1]], window], bad, 'trains[0][1]'],
  ['spikesPerTrain', [[1, 2], window], wrong, 'trains[0]'],
  ['spikesPerTrain', [{}, window], wrong, 'trains'],
  ['spikesPerTrain', ['trains', window], wrong, 'trains'],
  ['meanRates', [[], { start: 2, stop: 1 }], bad, 'window.stop'],
  ['interspikeIntervals', [[3, 2]], bad, 'times[1]'],
  ['coefficientOfVariation', [[1, NaN]], bad, 'values[1]'],
  ['intervalVariations', [[], NaN], bad, 'minSpikes'],
  ['localVariation', [[1, 0]], bad, 'intervals[1]'],
  ['localVariation', [[1, Infinity]], bad, 'intervals[1]'],
  ['revisedLocalVariation', [[1, -1]], bad, 'intervals[1]'],
  ['revisedLocalVariation', [[1, 1], -1], bad, 'refractory'],
  ['fanoFactor', [[1, -1]], bad, 'counts[1]'],
  ['fanoFactors', [[], window, 0], bad, 'bin'],
  ['fanoFactors', [[], { start: 0, stop: 0 }, 1], bad, 'window.stop'],
  ['meanPairwiseCorrelation', [[], window, 0], bad, 'bin'],
  ['meanPairwiseCorrelation', [[], { start: 0, stop: 0 }, 1], bad, 'window.stop'],
  ['crossCorrelogram', [[2, 1], [1], options], bad, 'first[1]'],
  ['crossCorrelogram', [[1], [2, 1], options], bad, 'second[1]'],
  ['crossCorrelogram', [[1], [1], { ...options, bin: 0 }], bad, 'bin'],
  ['crossCorrelogram', [[1], [1], { ...options, bin: 30 }], bad, 'bin'],
  ['crossCorrelogram', [[1], [1], { ...options, maxLag: -1 }], bad, 'maxLag'],
  ['crossCorrelogram', [[1], [1], { ...options, maxLag: 10 }], bad, 'maxLag'],
  ['crossCorrelogram', [[1], [1], { window, bin: 1 }], wrong, 'maxLag'],
  ['crossCorrelogram', [[1], [1], { ...options, maxlag: 1 }], UnaccessedDictionaryEntry, 'maxlag'],
  ['crossCorrelogram', [[1], [1]], wrong, 'options'],
  ['autoCorrelogram', [[2, 1], options], bad, 'times[1]'],
  ['powerSpectralDensity', [[1, NaN], { interval: 1, segment: 2 }], bad, 'signal[1]'],
  ['powerSpectralDensity', [[1, 2], { interval: 0, segment: 2 }], bad, 'interval'],
  ['powerSpectralDensity', [[1, 2], { interval: 1, segment: 1 }], bad, 'segment'],
  ['powerSpectralDensity', [[1, 2], { interval: 1, segment: 3 }], bad, 'segment'],
  ['powerSpectralDensity', [[1, 2, 3], { interval: 1, segment: 2.5 }], bad, 'segment'],
  ['powerSpectralDensity', [[], { interval: 1, segment: 2 }], bad, 'segment'],
  ['powerSpectralDensity', [[1, 2], { dt: 1 }], UnaccessedDictionaryEntry, 'dt'],
  ['spikeSpectralDensity', [[1], { window, bin: 0, segment: 2 }], bad, 'bin'],
  ['spikeSpectralDensity', [[1], { window, bin: 1, segment: 20 }], bad, 'segment'],
  ['spikeSpectralDensity', [['1'], { window, bin: 1, segment: 2 }], wrong, 'times[0]'],
  ['spikeTrains', [{ times: [1], senders: [] }, []], DimensionMismatch, 'events.senders'],
  ['spikeTrains', [{ times: [1], senders: [1.5] }, []], bad, 'events.senders[0]'],
  ['spikeTrains', [{ times: [2, 1], senders: [1, 1] }, []], bad, 'events.times[1]'],
  ['spikeTrains', [{ times: [], senders: [] }, [1, 1]], bad, 'ids[1]'],
  ['spikeTrains', [{ times: [], senders: [] }, [-1]], bad, 'ids[0]'],
  ['spikeTrains', [[], []], wrong, 'events'],
  ['mergeSpikes', [{ times: [], senders: [] }, 5], wrong, 'b'],
  ['train', [{ ids: [], offsets: [0], times: Float64Array.of() }, 0], bad, 'i'],
  ['spikesWithin', [[1], window], wrong, 'times'],
  ['spikesWithin', [Float64Array.of(1), { start: NaN, stop: 1 }], bad, 'window.start'],
  ['spikesWithin', [Float64Array.of(1), 5], wrong, 'window'],
  [
    'intervalVariations',
    [{ ids: [1], offsets: [0], times: Float64Array.of() }],
    DimensionMismatch,
    'trains.offsets',
  ],
  ['intervalVariations', [{ ids: [1], offsets: [0, 1], times: [1] }], wrong, 'trains.times'],
  [
    'intervalVariations',
    [{ ids: [1], offsets: [0, 2], times: Float64Array.of(2, 1) }],
    bad,
    'train(trains, 0)[1]',
  ],
];

test.each(calls)('%s%j', (name, args, errorClass, parameter) => {
  const error = errorOf(name, args);
  expect(error).toBeInstanceOf(errorClass);
  expect(error.parameter).toBe(parameter);
  // A name that nothing reads is said of its owner.
  expect(error.message).toContain(name);
});

test('a text says the value and what is allowed', () => {
  const error = errorOf('interspikeIntervals', [[1, 5, 3]]);
  expect(error.message).toBe('interspikeIntervals: times[2] must be ascending: ≥ 5, got 3.');
  expect(error).toMatchObject({ value: 3, allowed: 'ascending: ≥ 5' });
  const unknown = errorOf('autoCorrelogram', [[], { ...options, maxlag: 1 }]);
  expect(unknown.suggestion).toBe('maxLag');
});

test('events in steps are refused', () => {
  const kernel = new Kernel();
  const cells = kernel.Create('iaf_psc_exp', 2, { I_e: 600 });
  const recorder = kernel.Create('spike_recorder', { time_in_steps: true });
  kernel.Connect(cells, recorder);
  kernel.SimulateSync(50);
  const error = errorOf('intervalVariations', [recorder.events]);
  expect(error).toBeInstanceOf(TypeMismatch);
  expect(error.message).toContain('in ms, not in steps');
  kernel.dispose();
});

test('the functions without an entry here are those that take whatever has numbers', () => {
  const tried = new Set(calls.map(([name]) => name));
  const functions = Object.entries(analysis).filter(([, value]) => typeof value === 'function');
  const others = functions.map(([name]) => name).filter((name) => !tried.has(name));
  expect(others.sort()).toEqual(['countUpTo', 'mean', 'standardDeviation', 'variance']);
});
