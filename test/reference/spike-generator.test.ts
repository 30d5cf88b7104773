// spike_generator: rounding of times, windows, weights, and what happens to times in the past.
import { Kernel, type NodeParameters } from '../../lib';
import { named } from '../api/named';
import { column, recordSpikes, sampleEveryStep, toSteps } from './compare';

type Settings = NodeParameters<'spike_generator'>;

/** Emitted spikes as steps and offsets, after `at` ms have passed before the settings. */
function emitted(settings: Settings, at = 0, until = 20) {
  const kernel = new Kernel();
  const generator = kernel.Create('spike_generator');
  const recorder = kernel.Create('spike_recorder', { time_in_steps: true });
  kernel.Connect(generator, recorder);
  kernel.SimulateSync(at);
  generator.set(settings);
  kernel.SimulateSync(until - at);
  const { times, offsets } = recorder.events;
  return { steps: [...times], offsets: [...(offsets ?? [])] };
}

describe('times', () => {
  test.each<[string, Settings, number[], number[]]>([
    ['on the grid to within half a tic', { spike_times: [2.9999, 4.3004, 7.1] }, [30, 43, 71], []],
    [
      'off the grid, rounded up',
      { spike_times: [1, 1.05, 2.2006, 3.0001], allow_offgrid_times: true },
      [10, 11, 23, 30],
      [],
    ],
    [
      'precise: the grid point above and what is missing to it',
      { spike_times: [1, 1.05, 3.0001, 4.16], precise_times: true },
      [10, 11, 31, 42],
      [0, 0.05, 0.0999, 0.04],
    ],
  ])('%s', (_, settings, steps, offsets) => {
    const sent = emitted(settings);
    expect(sent.steps).toEqual(steps);
    sent.offsets.forEach((offset, i) => {
      expect(offset).toBeCloseTo(offsets[i] ?? 0, 12);
    });
  });

  test('are read back rounded; precise ones as they are', () => {
    const kernel = new Kernel();
    const generator = kernel.Create('spike_generator');
    generator.set({ spike_times: [2.9999, 4.3004] });
    expect(generator.spike_times).toEqual(Float64Array.of(3, 4.3));
    generator.set({ spike_times: [0.25, 1.31], allow_offgrid_times: true });
    expect(toSteps(generator.spike_times)).toEqual([3, 14]);
    generator.set({ spike_times: [0.25, 1.31], allow_offgrid_times: false, precise_times: true });
    expect(generator.spike_times[0]).toBeCloseTo(0.25, 12);
    expect(generator.spike_times[1]).toBeCloseTo(1.31, 12);
  });

  test('a recorder gives precise times in ms', () => {
    const kernel = new Kernel();
    const generator = kernel.Create('spike_generator', {
      spike_times: [1.05],
      precise_times: true,
    });
    const recorder = recordSpikes(kernel, generator);
    kernel.SimulateSync(2);
    expect(recorder.events.times[0]).toBeCloseTo(1.05, 12);
  });

  test.each<[string, Settings, number[], number[]]>([
    ['is past', { spike_times: [10.0001] }, [], []],
    ['is shifted by a step', { spike_times: [10.0001], shift_now_spikes: true }, [101], [0]],
    ['is precise', { spike_times: [10.0001], precise_times: true }, [101], [0.0999]],
    ['earlier ones are skipped', { spike_times: [3, 9.9, 10, 10.1, 12] }, [101, 120], [0, 0]],
    [
      'only a time that is now is shifted',
      { spike_times: [9.9, 10, 10.1], shift_now_spikes: true },
      [101, 101],
      [0, 0],
    ],
  ])('at 10 ms, a spike at that time: %s', (_, settings, steps, offsets) => {
    const sent = emitted(settings, 10);
    expect(sent.steps).toEqual(steps);
    sent.offsets.forEach((offset, i) => {
      expect(offset).toBeCloseTo(offsets[i] ?? NaN, 12);
    });
  });

  test.each<[string, Settings]>([
    ['0', { spike_times: [0, 1] }],
    ['off the grid', { spike_times: [1.0006] }],
    ['descending', { spike_times: [1, 3, 2] }],
    [
      'precise and off the grid',
      { spike_times: [1], precise_times: true, allow_offgrid_times: true },
    ],
    ['precise and shifted', { spike_times: [1], precise_times: true, shift_now_spikes: true }],
    ['a flag alone', { allow_offgrid_times: true }],
    ['too few weights', { spike_times: [1, 2], spike_weights: [1] }],
    ['too many multiplicities', { spike_times: [1, 2], spike_multiplicities: [1, 1, 1] }],
  ])('refused: %s; the old ones stay', (_, settings) => {
    const kernel = new Kernel();
    const generator = kernel.Create('spike_generator', { spike_times: [1.5, 2.5] });
    const recorder = recordSpikes(kernel, generator);
    expect(() => {
      generator.set(settings);
    }).toThrow(named('BadProperty'));
    kernel.SimulateSync(5);
    expect(toSteps(recorder.events.times)).toEqual([15, 25]);
  });
});

describe('windows', () => {
  test.each<[string, Settings, number[]]>([
    ['(start, stop]', { start: 2, stop: 4 }, [25, 40]],
    ['start at a spike excludes it', { start: 2.5 }, [40, 41, 60]],
    ['origin moves times and window', { origin: 3, start: 2, stop: 4 }, [55, 70]],
    ['an empty window', { start: 3, stop: 3 }, []],
  ])('%s', (_, window, steps) => {
    expect(emitted({ spike_times: [1, 2, 2.5, 4, 4.1, 6], ...window }).steps).toEqual(steps);
  });

  test('a spike outside the window is gone, not postponed', () => {
    const kernel = new Kernel();
    const generator = kernel.Create('spike_generator', { spike_times: [1, 5], start: 2 });
    const recorder = recordSpikes(kernel, generator);
    kernel.SimulateSync(3);
    generator.set({ start: 0 });
    kernel.SimulateSync(3);
    expect(toSteps(recorder.events.times)).toEqual([50]);
  });
});

test('new times start over, also with times already used', () => {
  const kernel = new Kernel();
  const generator = kernel.Create('spike_generator', { spike_times: [1, 2, 8] });
  const recorder = recordSpikes(kernel, generator);
  kernel.SimulateSync(5);
  generator.set({ spike_times: [2, 6, 7] });
  kernel.SimulateSync(5);
  expect(toSteps(recorder.events.times)).toEqual([10, 20, 60, 70]);
});

test('factors multiply the weight, multiplicities the spike', () => {
  const kernel = new Kernel();
  const generator = kernel.Create('spike_generator', {
    spike_times: [1, 3, 5, 5],
    spike_weights: [2, -0.5, 1, 1.25],
    spike_multiplicities: [1, 2, 3, 0],
  });
  // Without a leak worth the name the potential adds up.
  const neuron = kernel.Create('iaf_psc_delta', {
    E_L: 0,
    V_m: 0,
    V_th: 1e6,
    V_reset: -1,
    tau_m: 1e9,
  });
  kernel.Connect(generator, neuron, 'all_to_all', { weight: 1.5, delay: 1 });
  const meter = sampleEveryStep(kernel, neuron);
  kernel.SimulateSync(8);
  const v = column(meter, 'V_m');
  const at = (ms: number) => v[Math.round(10 * ms) - 1];
  expect(at(1.9)).toBe(0);
  expect(at(2)).toBeCloseTo(3, 6);
  expect(at(4)).toBeCloseTo(1.5, 6);
  expect(at(6)).toBeCloseTo(6, 6);
  expect(at(8)).toBeCloseTo(6, 6);
});

test.each([0.05, 0.1, 0.25, 1])('with a resolution of %d ms', (resolution) => {
  const kernel = new Kernel();
  kernel.SetKernelStatus({ resolution });
  const generator = kernel.Create('spike_generator', { spike_times: [1, 2, 7] });
  const recorder = recordSpikes(kernel, generator);
  kernel.SimulateSync(10);
  expect([...recorder.events.times]).toEqual([1, 2, 7]);
});
