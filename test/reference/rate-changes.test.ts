// inhomogeneous_poisson_generator, at rates where every step has spikes: when does a rate hold?
import { Kernel, type NodeParameters } from '../../lib';
import { named } from '../api/named';
import { recordSpikes, toSteps } from './compare';
import { poissonDeviation } from './statistics';

type Settings = NodeParameters<'inhomogeneous_poisson_generator'>;

const high = 5e6;

/** Grid points at which a parrot, 0.1 ms behind the generator, fired; all at once or in parts. */
function active(settings: Settings, runs: readonly number[] = [10]): number[] {
  const kernel = new Kernel();
  const generator = kernel.Create('inhomogeneous_poisson_generator', settings);
  const parrot = kernel.Create('parrot_neuron');
  kernel.Connect(generator, parrot, 'all_to_all', { delay: 0.1 });
  const recorder = recordSpikes(kernel, parrot);
  for (const ms of runs) kernel.SimulateSync(ms);
  return [...new Set(toSteps(recorder.events.times))];
}

const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);

test.each<[string, Settings, number[]]>([
  ['silent before the first time', { rate_times: [3], rate_values: [high] }, range(31, 100)],
  [
    'a rate set for t holds for spikes stamped t and later',
    { rate_times: [1, 2.5, 4, 5.2], rate_values: [high, 0, high, 0] },
    [...range(11, 25), ...range(41, 52)],
  ],
  [
    'the window is that of poisson_generator',
    { rate_times: [0.1], rate_values: [high], start: 2, stop: 4 },
    range(23, 42),
  ],
  [
    'a change while the window is closed counts',
    { rate_times: [1, 3], rate_values: [0, high], start: 2, stop: 4 },
    range(31, 42),
  ],
  [
    'times off the grid are rounded up',
    { rate_times: [1.02, 3.08], rate_values: [high, 0], allow_offgrid_times: true },
    range(12, 31),
  ],
  ['no rates, no spikes', { rate_times: [], rate_values: [] }, []],
])('%s', (_, settings, expected) => {
  expect(active(settings)).toEqual(expected);
  expect(active(settings, [0.3, 2.2, 1.5, 0.1, 5.9])).toEqual(expected);
});

test('counts follow the rate of their time', () => {
  const kernel = new Kernel();
  const rates = [300, 20_000, 4_000];
  const generator = kernel.Create('inhomogeneous_poisson_generator', {
    rate_times: [1, 1001, 2001],
    rate_values: rates,
  });
  const parrot = kernel.Create('parrot_neuron');
  kernel.Connect(generator, parrot, 'all_to_all', { delay: 0.1 });
  const recorder = recordSpikes(kernel, parrot);
  kernel.SimulateSync(3001);
  const counts = rates.map(() => new Int32Array(10_000));
  for (const step of toSteps(recorder.events.times)) {
    const part = counts[Math.floor((step - 11) / 10_000)];
    if (part) part[(step - 11) % 10_000] = (part[(step - 11) % 10_000] ?? 0) + 1;
  }
  counts.forEach((part, i) => {
    const { mean, variance } = poissonDeviation(part, (rates[i] ?? NaN) * 1e-4);
    expect(Math.abs(mean)).toBeLessThan(5);
    expect(Math.abs(variance)).toBeLessThan(5);
  });
});

test('the rate in force stays until the first of the new times', () => {
  const kernel = new Kernel();
  const generator = kernel.Create('inhomogeneous_poisson_generator', {
    rate_times: [0.1],
    rate_values: [10_000],
  });
  const recorder = kernel.Create('spike_recorder');
  kernel.Connect(generator, recorder);
  const counts = [];
  for (const change of [{ rate_times: [200], rate_values: [0] }, null, null]) {
    kernel.SimulateSync(100);
    counts.push(recorder.n_events);
    if (change) generator.set(change);
  }
  const [first = NaN, second = NaN, third = NaN] = counts;
  expect(Math.abs(first - 1000)).toBeLessThan(200);
  expect(Math.abs(second - first - 1000)).toBeLessThan(200);
  // The spikes of the step that ends at 200 ms have the new rate.
  expect(third).toBe(second);
});

test('past times are passed over', () => {
  for (const how of ['Create', 'set', 'defaults']) {
    const kernel = new Kernel();
    const rates = { rate_times: [3, 4, 6], rate_values: [0, high, 0] };
    const model = 'inhomogeneous_poisson_generator';
    if (how === 'defaults') kernel.SetDefaults(model, rates);
    const early =
      how === 'set' ? kernel.Create(model, { rate_times: [2], rate_values: [high] }) : null;
    const parrot = kernel.Create('parrot_neuron');
    const delay = { delay: 0.1 };
    if (early) kernel.Connect(early, parrot, 'all_to_all', delay);
    kernel.SimulateSync(4);
    const generator = early ?? kernel.Create(model, how === 'Create' ? rates : {});
    if (early) early.set(rates);
    else kernel.Connect(generator, parrot, 'all_to_all', delay);
    const recorder = recordSpikes(kernel, parrot);
    kernel.SimulateSync(4);
    // Only what is in force at 4 ms, and the change at 6 ms.
    const expected = how === 'set' ? range(41, 60) : [];
    expect([...new Set(toSteps(recorder.events.times))]).toEqual(expected);
    expect(generator.rate_times).toEqual(Float64Array.of(3, 4, 6));
  }
});

test('rates set between runs; spikes under way arrive', () => {
  const kernel = new Kernel();
  const generator = kernel.Create('inhomogeneous_poisson_generator', {
    rate_times: [1, 3],
    rate_values: [high, 0],
  });
  const parrot = kernel.Create('parrot_neuron');
  kernel.Connect(generator, parrot, 'all_to_all', { delay: 2 });
  const recorder = recordSpikes(kernel, parrot);
  kernel.SimulateSync(3);
  generator.set({ rate_times: [5], rate_values: [high] });
  kernel.SimulateSync(5);
  // Sent from 1.0 up to 2.9 and from 5.0 on.
  expect([...new Set(toSteps(recorder.events.times))]).toEqual([
    ...range(30, 49),
    ...range(70, 80),
  ]);
});

test.each<[string, Settings]>([
  ['not later than 0', { rate_times: [0, 6], rate_values: [1, 2] }],
  ['not ascending', { rate_times: [6, 6], rate_values: [1, 2] }],
  ['off the grid', { rate_times: [6.05], rate_values: [1] }],
  ['different lengths', { rate_times: [6, 7], rate_values: [1] }],
  ['times alone', { rate_times: [6] }],
  ['negative rates', { rate_times: [6], rate_values: [-1] }],
])('refused at 4 ms: %s', (_, settings) => {
  const kernel = new Kernel();
  const generator = kernel.Create('inhomogeneous_poisson_generator', {
    rate_times: [2],
    rate_values: [10],
  });
  kernel.SimulateSync(4);
  expect(() => {
    generator.set(settings);
  }).toThrow(named('BadProperty'));
  expect(generator.rate_times).toEqual(Float64Array.of(2));
});
