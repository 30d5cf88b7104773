// What recorders hold, and when.
import { Kernel } from '../../lib';
import { recordSpikes, sampleEveryStep, toSteps } from './compare';

const steps = (...ms: number[]) => ms.map((t) => Math.round(10 * t));

describe('multimeter: sampling times', () => {
  const sampled = (settings: object, runs: readonly number[] = [6]) => {
    const kernel = new Kernel();
    const neuron = kernel.Create('iaf_psc_delta');
    const meter = kernel.Create('multimeter', { record_from: ['V_m'], ...settings });
    kernel.Connect(meter, neuron);
    for (const ms of runs) kernel.SimulateSync(ms);
    return toSteps(meter.events.times);
  };

  test.each<[string, object, number[]]>([
    ['default', {}, steps(1, 2, 3, 4, 5, 6)],
    ['interval', { interval: 1.7 }, steps(1.7, 3.4, 5.1)],
    ['offset', { interval: 2, offset: 0.5 }, steps(0.5, 2.5, 4.5)],
    ['offset beyond the interval', { interval: 1, offset: 3.2 }, steps(3.2, 4.2, 5.2)],
    ['an offset of one step: not sampled there', { interval: 2, offset: 0.1 }, steps(2.1, 4.1)],
    ['(start, stop]', { start: 2, stop: 5 }, steps(3, 4, 5)],
    ['origin', { origin: 1, start: 1.5, stop: 3.5 }, steps(3, 4)],
    ['a window between samples', { start: 2.1, stop: 2.9 }, []],
  ])('%s', (_, settings, expected) => {
    expect(sampled(settings)).toEqual(expected);
    expect(sampled(settings, [0.1, 2.4, 0.5, 0.1, 1.9, 1])).toEqual(expected);
  });

  test('two multimeters on one neuron do not disturb each other', () => {
    const kernel = new Kernel();
    const neuron = kernel.Create('iaf_psc_exp', { I_e: 300 });
    const [often, seldom] = [0.1, 0.7].map((interval) =>
      kernel.Create('multimeter', { interval, record_from: ['V_m', 'I_syn_ex'] }),
    );
    if (!often || !seldom) throw new Error('no multimeters');
    kernel.Connect(often, neuron);
    kernel.Connect(seldom, neuron);
    kernel.SimulateSync(7);
    const all = often.events.V_m ?? [];
    expect(often.events.times.length).toBe(70);
    expect(toSteps(seldom.events.times)).toEqual(
      steps(0.7, 1.4, 2.1, 2.8, 3.5, 4.2, 4.9, 5.6, 6.3, 7),
    );
    expect([...(seldom.events.V_m ?? [])]).toEqual(
      toSteps(seldom.events.times).map((k) => all[k - 1]),
    );
  });

  test('connected later, it joins its schedule', () => {
    const kernel = new Kernel();
    const neuron = kernel.Create('iaf_psc_delta');
    kernel.SimulateSync(2.5);
    const meter = kernel.Create('multimeter', { record_from: ['V_m'] });
    kernel.Connect(meter, neuron);
    kernel.SimulateSync(2);
    expect(toSteps(meter.events.times)).toEqual([30, 40]);
  });
});

test('samples are sorted by time and sender and belong to their sender', () => {
  const kernel = new Kernel();
  kernel.SetKernelStatus({ local_num_threads: 3 });
  const neurons = kernel.Create('iaf_psc_delta', 70, {
    V_m: Array.from({ length: 70 }, (_, i) => -70 + 0.1 * i),
    E_L: Array.from({ length: 70 }, (_, i) => -70 + 0.1 * i),
  });
  const meter = sampleEveryStep(kernel, neurons);
  kernel.SimulateSync(0.3);
  const { times, senders, V_m } = meter.events;
  expect(toSteps(times)).toEqual([1, 2, 3].flatMap((k) => Array<number>(70).fill(k)));
  expect([...senders]).toEqual([1, 2, 3].flatMap(() => [...neurons.ids]));
  (V_m ?? []).forEach((v, i) => {
    expect(v).toBeCloseTo(-70 + 0.1 * (i % 70), 10);
  });
});

test('everything up to the end of a run can be read right after it', () => {
  const kernel = new Kernel();
  const generator = kernel.Create('spike_generator', { spike_times: [2.9] });
  const neuron = kernel.Create('iaf_psc_delta');
  const follower = kernel.Create('iaf_psc_delta');
  kernel.Connect(generator, neuron, 'all_to_all', { weight: 20, delay: 2 });
  kernel.Connect(neuron, follower, 'all_to_all', { weight: 3, delay: 0.1 });
  const recorder = recordSpikes(kernel, neuron);
  const meter = sampleEveryStep(kernel, follower);
  kernel.SimulateSync(4.9);
  // The spike is emitted in the very last step; the follower gets it in the next.
  expect(toSteps(recorder.events.times)).toEqual([49]);
  expect(neuron.V_m).toBe(-70);
  expect(meter.events.times.length).toBe(49);
  expect(toSteps(meter.events.times).at(-1)).toBe(49);
  expect(follower.V_m).toBe(-70);
  kernel.SimulateSync(0.1);
  expect(follower.V_m).toBe(-67);
  expect(meter.events.V_m?.at(-1)).toBe(-67);
});

describe('spike_recorder', () => {
  const times = [1, 2, 2.5, 4, 4.1, 6];
  test.each<[string, object, number[]]>([
    ['everything', {}, steps(...times)],
    ['(start, stop]', { start: 2, stop: 4 }, steps(2.5, 4)],
    ['origin', { origin: 2, start: 0.5, stop: 2.1 }, steps(4, 4.1)],
    ['nothing', { start: 4, stop: 4 }, []],
  ])('window: %s', (_, window, expected) => {
    const kernel = new Kernel();
    const generator = kernel.Create('spike_generator', { spike_times: times });
    const recorder = kernel.Create('spike_recorder', window);
    kernel.Connect(generator, recorder);
    kernel.SimulateSync(10);
    expect(toSteps(recorder.events.times)).toEqual(expected);
    expect(recorder.n_events).toBe(expected.length);
  });

  test('time_in_steps gives whole steps and offsets', () => {
    const kernel = new Kernel();
    const generator = kernel.Create('spike_generator', {
      spike_times: [1, 2.25],
      precise_times: true,
    });
    const recorder = kernel.Create('spike_recorder', { time_in_steps: true });
    kernel.Connect(generator, recorder);
    kernel.SimulateSync(3);
    expect([...recorder.events.times]).toEqual([10, 23]);
    expect(recorder.events.offsets?.[0]).toBe(0);
    expect(recorder.events.offsets?.[1]).toBeCloseTo(0.05, 12);
  });

  test('n_events = 0 forgets what was recorded, and recording goes on', () => {
    const kernel = new Kernel();
    const generator = kernel.Create('spike_generator', { spike_times: times });
    const recorder = recordSpikes(kernel, generator);
    kernel.SimulateSync(3);
    expect(recorder.n_events).toBe(3);
    recorder.n_events = 0;
    expect(recorder.events.times.length).toBe(0);
    kernel.SimulateSync(7);
    expect(toSteps(recorder.events.times)).toEqual(steps(4, 4.1, 6));
  });

  test('each recorder has the nodes connected to it, sorted by time and sender', () => {
    const kernel = new Kernel();
    const generators = kernel.Create('spike_generator', 3, {
      spike_times: [
        [3, 5],
        [1, 3],
        [3, 4],
      ],
    });
    const all = recordSpikes(kernel, generators);
    const some = recordSpikes(kernel, generators.slice(1, 3));
    kernel.SimulateSync(6);
    expect(toSteps(all.events.times)).toEqual(steps(1, 3, 3, 3, 4, 5));
    expect([...all.events.senders]).toEqual([2, 1, 2, 3, 3, 1]);
    expect([...some.events.senders]).toEqual([2, 2, 3, 3]);
  });

  test('connected later, it has later spikes', () => {
    const kernel = new Kernel();
    const generator = kernel.Create('spike_generator', { spike_times: times });
    kernel.SimulateSync(2.5);
    const recorder = recordSpikes(kernel, generator);
    kernel.SimulateSync(5);
    expect(toSteps(recorder.events.times)).toEqual(steps(4, 4.1, 6));
  });
});
