import { Kernel, type Progress } from '../../lib';
import * as nest from '../../lib';
import { buildNetwork, spikeHash } from '../life/programs/network';

describe('kernel status', () => {
  test('of an empty kernel', () => {
    const status = new Kernel().GetKernelStatus();
    expect(status).toMatchObject({
      resolution: 0.1,
      tics_per_ms: 1000,
      ms_per_tic: 0.001,
      tics_per_step: 100,
      biological_time: 0,
      min_delay: 0.1,
      max_delay: 0.1,
      local_num_threads: 1,
      rng_seed: 143202461,
      weight_precision: 'double',
      prepared: false,
      network_size: 0,
      num_connections: 0,
      local_spike_counter: 0,
      memory_synapses: 0,
      node_models: nest.node_models,
      synapse_models: nest.synapse_models,
    });
    expect([...status.connection_rules].sort()).toEqual(nest.connection_rules);
    expect(status.T_max).toBeGreaterThan(1e12);
    expect(status.T_min).toBe(-status.T_max);
    expect(['baseline', 'avx2', 'avx512', 'neon']).toContain(status.simd_level);
  });

  test('follows the network', () => {
    const { kernel } = buildNetwork();
    const report = kernel.SimulateSync(50);
    expect(kernel.GetKernelStatus()).toMatchObject({
      network_size: 102,
      num_connections: 100 + 1000 + 100,
      biological_time: 50,
      min_delay: 1,
      max_delay: 1.5,
      local_spike_counter: report.spikes,
    });
    expect(kernel.GetKernelStatus('memory_synapses')).toBeGreaterThan(2000);
    expect(kernel.GetKernelStatus('memory_total')).toBeGreaterThan(10_000);
  });

  test('every setting reads back', () => {
    const kernel = new Kernel();
    const settings = {
      resolution: 0.25,
      tics_per_ms: 2000,
      min_delay: 1,
      max_delay: 20,
      rng_seed: 4294967295,
      local_num_threads: 3,
      weight_precision: 'single',
      simd_level: 'baseline',
    } as const;
    kernel.SetKernelStatus(settings);
    expect(kernel.GetKernelStatus()).toMatchObject({ ...settings, tics_per_step: 500 });
    kernel.ResetKernel();
    expect(kernel.GetKernelStatus()).toEqual(new Kernel().GetKernelStatus());
  });
});

describe('Simulate', () => {
  test('reports what was done', async () => {
    const network = buildNetwork();
    const report = await network.kernel.Simulate(100);
    expect(report).toMatchObject({ steps: 1000, spikes: network.recorder.n_events });
    expect(report.biological_time).toBeCloseTo(100, 9);
    expect(report.real_time_factor).toBeCloseTo(report.wall_time / 0.1, 9);
    expect(report.synaptic_events).toBeGreaterThan(0);
    expect((await network.kernel.Simulate(0)).steps).toBe(0);
  });

  test('tells its progress, ever further, at least once', async () => {
    const network = buildNetwork();
    network.kernel.SimulateSync(10);
    const seen: Progress[] = [];
    await network.kernel.Simulate(1000, { onProgress: (progress) => seen.push(progress) });
    expect(seen.length).toBeGreaterThan(0);
    for (const [i, { fraction, biological_time, wall_time }] of seen.entries()) {
      expect(fraction).toBeCloseTo((biological_time - 10) / 1000, 9);
      expect(fraction).toBeGreaterThan(seen[i - 1]?.fraction ?? 0);
      expect(wall_time).toBeGreaterThanOrEqual(seen[i - 1]?.wall_time ?? 0);
    }
    expect(seen.at(-1)?.fraction).toBeLessThanOrEqual(1);
  });

  test('stops at an abort with its reason, and goes on as if nothing had been', async () => {
    const network = buildNetwork();
    const abort = new AbortController();
    const reason = new Error('enough');
    const run = network.kernel.Simulate(1e6, {
      signal: abort.signal,
      onProgress: () => abort.abort(reason),
    });
    await expect(run).rejects.toBe(reason);
    const stopped = network.kernel.GetKernelStatus('biological_time');
    expect(stopped).toBeGreaterThan(0);
    expect(stopped).toBeLessThan(1e6);
    network.kernel.SimulateSync(20);
    const undisturbed = buildNetwork();
    undisturbed.kernel.SimulateSync(Math.round((stopped + 20) * 10) / 10);
    expect(spikeHash(network)).toBe(spikeHash(undisturbed));
  });

  test('does not begin with a signal that is aborted', async () => {
    const network = buildNetwork();
    const signal = AbortSignal.abort();
    await expect(network.kernel.Simulate(10, { signal })).rejects.toHaveProperty(
      'name',
      'AbortError',
    );
    expect(network.kernel.GetKernelStatus('biological_time')).toBe(0);
  });

  test('rejects with what a callback throws; the kernel goes on', async () => {
    const network = buildNetwork();
    const error = new Error('the bar is closed');
    const onProgress = (): void => {
      throw error;
    };
    await expect(network.kernel.Simulate(1e6, { onProgress })).rejects.toBe(error);
    expect(network.kernel.running).toBe(false);
    await network.kernel.Simulate(10);
  });

  test('in parts, prepared or not, gives the same', async () => {
    const [whole, parts, prepared] = [buildNetwork(), buildNetwork(), buildNetwork()];
    whole.kernel.SimulateSync(100);
    for (const ms of [0.1, 33.3, 0, 16.6]) parts.kernel.SimulateSync(ms);
    await parts.kernel.Simulate(50);
    prepared.kernel.Prepare();
    expect(prepared.kernel.GetKernelStatus('prepared')).toBe(true);
    await prepared.kernel.Run(40);
    expect(prepared.kernel.RunSync(60).steps).toBe(600);
    prepared.kernel.Cleanup();
    expect(spikeHash(parts)).toBe(spikeHash(whole));
    expect(spikeHash(prepared)).toBe(spikeHash(whole));
  });
});

describe('stream', () => {
  test('gives every event once while a simulation runs', async () => {
    const network = buildNetwork();
    const run = network.kernel.Simulate(3000);
    let [events, batches, last] = [0, 0, 0];
    for await (const { times, senders } of network.recorder.stream()) {
      expect(senders).toHaveLength(times.length);
      expect(times[0]).toBeGreaterThanOrEqual(last - 1.5);
      events += times.length;
      batches++;
      last = times.at(-1) ?? NaN;
    }
    await run;
    expect(events).toBe(network.recorder.n_events);
    expect(batches).toBeGreaterThan(0);
  });

  test('goes on where the last one ended, and starts anew after a clear', async () => {
    const network = buildNetwork();
    const count = async (): Promise<number> => {
      let events = 0;
      for await (const { times } of network.recorder.stream()) events += times.length;
      return events;
    };
    const first = network.kernel.SimulateSync(100).spikes;
    expect(await count()).toBe(first);
    expect(await count()).toBe(0);
    const second = network.kernel.SimulateSync(100).spikes;
    expect(await count()).toBe(second);
    network.recorder.n_events = 0;
    expect(network.recorder.events.times).toHaveLength(0);
    expect(await count()).toBe(0);
    const third = network.kernel.SimulateSync(100).spikes;
    expect(await count()).toBe(third);
  });

  test('ends with the reason of its signal', async () => {
    const network = buildNetwork();
    const abort = new AbortController();
    const run = network.kernel.Simulate(1e6, { signal: abort.signal });
    const read = async (): Promise<void> => {
      for await (const batch of network.recorder.stream({ signal: abort.signal })) {
        if (batch.times.length > 0) abort.abort(new Error('enough'));
      }
    };
    await expect(read()).rejects.toThrow('enough');
    await expect(run).rejects.toThrow('enough');
  });
});

describe('the functions of the module', () => {
  test('are those of one default kernel', async () => {
    nest.ResetKernel();
    nest.SetKernelStatus({ rng_seed: 3 });
    const neurons = nest.Create('iaf_psc_alpha', 5);
    const recorder = nest.Create('spike_recorder');
    nest.SetDefaults('poisson_generator', { rate: 20_000 });
    nest.CopyModel('static_synapse', 'strong', { weight: 100 });
    nest.Connect(nest.Create('poisson_generator'), neurons, 'all_to_all', 'strong');
    nest.Connect(neurons, recorder);
    const { spikes } = await nest.Simulate(50);
    expect(spikes).toBeGreaterThan(10);
    expect(recorder.n_events).toBe(spikes);
    nest.Prepare();
    await nest.Run(1);
    nest.RunSync(1);
    nest.Cleanup();
    nest.SimulateSync(1);
    expect(nest.GetKernelStatus('biological_time')).toBeCloseTo(53, 9);
    expect(nest.GetConnections({ synapse_model: 'strong' }).weight).toEqual(
      new Float64Array(5).fill(100),
    );
    nest.SetStatus(neurons, { I_e: 4 });
    expect(nest.GetStatus(neurons, 'I_e')).toEqual(new Float64Array(5).fill(4));
    expect(nest.GetDefaults('poisson_generator', 'rate')).toBe(20_000);
    expect(nest.GetNodes({ model: 'iaf_psc_alpha' }).equals(neurons)).toBe(true);
    expect(new Kernel().GetKernelStatus('network_size')).toBe(0);
    nest.ResetKernel();
    expect(nest.GetNodes()).toHaveLength(0);
  });
});
