// Guards: a run that exceeds one ends at a slice boundary with LimitExceeded, and the kernel can be
// read and goes on as if it had been cut there.
import { Kernel, LimitExceeded, type NodeCollection, type SimulateOptions } from '../../lib';

interface Network {
  kernel: Kernel;
  neurons: NodeCollection;
  spikes: NodeCollection;
}

/** Neurons that fire some 500 spikes/s each. */
function runaway(threads = 1): Network {
  const kernel = new Kernel();
  kernel.set({ local_num_threads: threads });
  const neurons = kernel.Create('iaf_psc_delta', 200, { I_e: 4000, t_ref: 1 });
  const noise = kernel.Create('poisson_generator', { rate: 5000 });
  const spikes = kernel.Create('spike_recorder');
  kernel.Connect(noise, neurons, 'all_to_all', { weight: 1 });
  kernel.Connect(
    neurons,
    neurons,
    { rule: 'fixed_indegree', indegree: 10 },
    { weight: 0.5, delay: 1 },
  );
  kernel.Connect(neurons, spikes);
  return { kernel, neurons, spikes };
}

async function endedBy(kernel: Kernel, options: SimulateOptions): Promise<LimitExceeded> {
  const error = await kernel.Simulate(1e6, options).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(LimitExceeded);
  return error as LimitExceeded;
}

const field = (error: LimitExceeded, name: string): unknown =>
  (error as unknown as Record<string, unknown>)[name];

const guards = [
  ['maxSpikeRate', { maxSpikeRate: 100 }],
  ['maxEvents', { maxEvents: 3000 }],
  ['maxWallTime', { maxWallTime: 0.05 }],
  ['maxMemory', { maxMemory: 3e6 }],
] as const;

describe.each(guards)('%s', (name, options) => {
  const limit = (options as Record<string, number>)[name]!;

  it.each([1, 3])('ends a run that exceeds it, %d threads', async (threads) => {
    const { kernel, neurons, spikes } = runaway(threads);
    const error = await endedBy(kernel, options);
    expect(error.code).toBe('ERR_TEGMENTA_LIMIT_EXCEEDED');
    expect(error.message).toContain(`more than ${name} (${limit}`);
    expect(error.message).toContain('the kernel can go on');
    expect(field(error, 'parameter')).toBe(name);
    expect(field(error, 'limit')).toBe(limit);
    expect(field(error, 'value')).toBeGreaterThan(limit);
    const { biological_time } = kernel;
    expect(field(error, 'biological_time')).toBe(biological_time);
    expect(biological_time).toBeGreaterThan(0);
    // All is there until then, and a network that was simulated so far in one go is the same.
    const same = runaway();
    await same.kernel.Simulate(biological_time);
    expect(spikes.get('events')).toEqual(same.spikes.get('events'));
    expect(neurons.get('V_m')).toEqual(same.neurons.get('V_m'));
    await kernel.Simulate(5);
    await same.kernel.Simulate(5);
    expect(neurons.get('V_m')).toEqual(same.neurons.get('V_m'));
    kernel.dispose();
    same.kernel.dispose();
  });

  it('is an attribute of the kernel, which an option replaces', async () => {
    const { kernel } = runaway();
    expect(kernel.GetKernelStatus(name)).toBe(Infinity);
    kernel.SetKernelStatus(options);
    expect(kernel.GetKernelStatus(name)).toBe(limit);
    await endedBy(kernel, {});
    const { biological_time } = kernel;
    const end = biological_time + (name === 'maxSpikeRate' ? 20 : 2);
    const report = await kernel.Simulate(end - biological_time, { [name]: Infinity });
    expect(report.steps).toBeGreaterThan(0);
    expect(() => kernel.SimulateSync(1e6)).toThrow(LimitExceeded);
    kernel.ResetKernel();
    expect(kernel.GetKernelStatus(name)).toBe(Infinity);
  });

  it('is saved, and refused where it makes no sense', async () => {
    const { kernel } = runaway();
    kernel.SetKernelStatus(options);
    const { kernel: loaded } = await Kernel.LoadState(await kernel.SaveState());
    expect(loaded.GetKernelStatus(name)).toBe(limit);
    for (const value of [0, -1, NaN, -Infinity]) {
      await expect(kernel.Simulate(1, { [name]: value })).rejects.toMatchObject({
        code: 'ERR_TEGMENTA_BAD_PROPERTY',
        parameter: name,
      });
      expect(() => kernel.SetKernelStatus({ [name]: value })).toThrow(name);
    }
    await expect(kernel.Simulate(1, { [name]: '1' })).rejects.toMatchObject({
      code: 'ERR_TEGMENTA_TYPE_MISMATCH',
      parameter: name,
    });
    expect(kernel.biological_time).toBe(0);
  });
});

it('a volley is none too many, a rate over 10 ms is', async () => {
  const kernel = new Kernel();
  const once = kernel.Create('spike_generator', { spike_times: [5] });
  const parrots = kernel.Create('parrot_neuron', 100);
  kernel.Connect(once, parrots);
  // 100 spikes in one step, in the mean of 10 ms 100 spikes/s.
  await kernel.Simulate(50, { maxSpikeRate: 101 });
  const other = new Kernel();
  other.Connect(
    other.Create('spike_generator', { spike_times: [5, 6] }),
    other.Create('parrot_neuron', 100),
  );
  const error = await other.Simulate(50, { maxSpikeRate: 101 }).catch((e: unknown) => e);
  expect(field(error as LimitExceeded, 'value')).toBeCloseTo(200, 9);
});

it('maxEvents counts what is recorded, where that is more', async () => {
  const kernel = new Kernel();
  const neurons = kernel.Create('iaf_psc_exp', 10);
  const meter = kernel.Create('multimeter', { interval: 0.1, record_from: ['V_m'] });
  kernel.Connect(meter, neurons);
  await kernel.Simulate(5, { maxEvents: 500 });
  // Each run counts anew.
  await kernel.Simulate(4.9, { maxEvents: 500 });
  await endedBy(kernel, { maxEvents: 1000 });
  expect(meter.n_events).toBeLessThan(3000);
});

it('a run in parts has used what its parts have used', async () => {
  const kernel = new Kernel();
  const transmitter = kernel.Create('reward_transmitter');
  const noise = kernel.Create('poisson_generator', { rate: 1000 });
  const parrots = kernel.Create('parrot_neuron', 10);
  kernel.Connect(noise, parrots);
  const error = await endedBy(kernel, {
    maxEvents: 500,
    reward: { transmitter, interval: 10, source: () => 1 },
  });
  expect(field(error, 'parameter')).toBe('maxEvents');
  expect(kernel.biological_time).toBeGreaterThan(30);
  expect(kernel.biological_time).toBeLessThan(80);
});
