// Rates that give more spikes a step than can be told are refused; all others are drawn, however high.
import { Kernel, type NodeCollection } from '../../lib';
import { named } from './named';

/** The numbers of spikes that n generators of a rate send in a step, as parrots see them. */
const counts = (model: string, rate: number, resolution: number, n: number): number[] => {
  const kernel = new Kernel();
  kernel.SetKernelStatus({ resolution });
  const parameters =
    model === 'poisson_generator' ? { rate } : { rate_times: [resolution], rate_values: [rate] };
  const generator = kernel.Create(model, 1, parameters);
  const targets = kernel.Create('iaf_psc_delta', n, { V_th: 1e300, tau_m: 1e300 });
  kernel.Connect(generator, targets, 'all_to_all', { weight: 1, delay: resolution });
  const read = (): number[] => Array.from(targets.get('V_m'));
  kernel.SimulateSync(3 * resolution);
  const before = read();
  kernel.SimulateSync(resolution);
  return read().map((v, i) => v - (before[i] ?? 0));
};

const mean = (x: number[]): number => x.reduce((sum, v) => sum + v, 0) / x.length;

describe.each(['poisson_generator', 'inhomogeneous_poisson_generator'])('%s', (model) => {
  test.each([
    [1e9, 1],
    [1e9, 1.001],
    [1e9, 100],
    [1e9, 4000],
    [8e8, 5000],
  ])('mean and variance of %d spikes/s in steps of %d ms', (rate, resolution) => {
    const lambda = rate * resolution * 1e-3;
    const n = 4000;
    const drawn = counts(model, rate, resolution, n);
    const m = mean(drawn);
    const variance = mean(drawn.map((x) => (x - m) ** 2));
    // Five standard errors.
    expect(Math.abs(m - lambda)).toBeLessThan(5 * Math.sqrt(lambda / n));
    expect(Math.abs(variance / lambda - 1)).toBeLessThan(5 * Math.sqrt(2 / n));
    expect(new Set(drawn).size).toBeGreaterThan(n / 4);
  });

  test('what a step cannot hold is refused wherever it is set', () => {
    const kernel = new Kernel();
    kernel.SetKernelStatus({ resolution: 5000 });
    const times = model === 'poisson_generator' ? [] : [5000, 10000];
    const name = times.length > 0 ? 'rate_values' : 'rate';
    const rates = (rate: number): Record<string, number | number[]> =>
      times.length > 0 ? { rate_times: times, rate_values: [1, rate] } : { rate };
    const refused = named('BadProperty', {
      model,
      parameter: name,
      value: 1e9,
      allowed: 'in [0, 800000000]: at most 4000000000 spikes a step',
    });
    expect(() => kernel.Create(model, 1, rates(1e9))).toThrow(refused);
    expect(kernel.GetKernelStatus('network_size')).toBe(0);
    const generator = kernel.Create(model, 1, rates(8e8));
    expect(() => generator.set(rates(1e9))).toThrow(refused);
    const fresh = new Kernel();
    fresh.SetKernelStatus({ resolution: 5000 });
    expect(() => fresh.SetDefaults(model, rates(1e9))).toThrow(refused);
  });
});

test('the resolution stays once a rate was set', () => {
  const kernel = new Kernel();
  kernel.SetDefaults('poisson_generator', { rate: 1e9 });
  expect(() => kernel.SetKernelStatus({ resolution: 5000 })).toThrow(named('KernelException'));
});

test('a list of many different rates takes one search each', () => {
  const kernel = new Kernel();
  const n = 100_000;
  const generator = kernel.Create('inhomogeneous_poisson_generator', 1, {
    rate_times: Float64Array.from({ length: n }, (_, i) => (i + 1) / 10),
    rate_values: Float64Array.from({ length: n }, (_, i) => 1000 + i / n),
    allow_offgrid_times: true,
  });
  const recorder = kernel.Create('spike_recorder');
  const parrots: NodeCollection = kernel.Create('parrot_neuron', 1);
  kernel.Connect(generator, parrots);
  kernel.Connect(parrots, recorder);
  const started = process.cpuUsage();
  kernel.SimulateSync(n / 10);
  // A search through all tables for each would take minutes.
  expect(process.cpuUsage(started).user).toBeLessThan(15e6);
  expect(Math.abs(recorder.n_events - n / 10)).toBeLessThan(5 * Math.sqrt(n / 10));
});

test('a recorder of generators with giant rates counts all spikes in a row', async () => {
  const kernel = new Kernel();
  kernel.SetKernelStatus({ resolution: 1 });
  const generator = kernel.Create('poisson_generator', 1, { rate: 1e9 });
  const recorder = kernel.Create('spike_recorder');
  kernel.Connect(generator, recorder);
  await kernel.Simulate(100_000);
  const events = recorder.n_events;
  expect(Math.abs(events - 1e11)).toBeLessThan(1e6 * 1000 + 5 * Math.sqrt(1e11));
  expect(() => recorder.get('events')).toThrow(named('OutOfMemory'));
  kernel.dispose();
});
