import { Kernel, math, type NodeCollection, random, type SynapseCollection } from '../../lib';
import { named } from './named';
import { buildNetwork, futureOf, type Network, snapshotOf } from './refused/network';

// Calls that are right in themselves and refused for the state that the kernel or a collection is in.

const untouched = buildNetwork();
const snapshot = snapshotOf(untouched);
const future = futureOf(untouched);

function expectUnchanged(network: Network): void {
  expect(snapshotOf(network)).toEqual(snapshot);
  expect(futureOf(network)).toBe(future);
}

describe('while a simulation runs', () => {
  const uses: [string, (network: Network) => unknown][] = [
    ['Create', ({ kernel }) => kernel.Create('iaf_psc_exp')],
    ['Connect', ({ kernel, alpha }) => kernel.Connect(alpha, alpha)],
    ['Disconnect', ({ kernel, alpha }) => kernel.Disconnect(alpha, alpha)],
    ['Disconnect of synapses', ({ kernel, synapses }) => kernel.Disconnect(synapses)],
    ['disconnect of synapses', ({ synapses }) => synapses.disconnect()],
    ['GetConnections', ({ kernel }) => kernel.GetConnections()],
    ['get of nodes', ({ alpha }) => alpha.V_m],
    ['set of nodes', ({ alpha }) => (alpha.V_m = -70)],
    ['get of synapses', ({ synapses }) => synapses.weight],
    ['set of synapses', ({ synapses }) => (synapses.weight = 3)],
    ['GetDefaults', ({ kernel }) => kernel.GetDefaults('iaf_psc_exp')],
    ['SetDefaults', ({ kernel }) => kernel.SetDefaults('iaf_psc_exp', { tau_m: 20 })],
    ['CopyModel', ({ kernel }) => kernel.CopyModel('iaf_psc_exp', 'mine')],
    ['GetKernelStatus', ({ kernel }) => kernel.GetKernelStatus()],
    ['SetKernelStatus', ({ kernel }) => kernel.SetKernelStatus({ rng_seed: 3 })],
    ['SimulateSync', ({ kernel }) => kernel.SimulateSync(1)],
    ['Prepare', ({ kernel }) => kernel.Prepare()],
    ['RunSync', ({ kernel }) => kernel.RunSync(1)],
    ['Cleanup', ({ kernel }) => kernel.Cleanup()],
    ['ResetKernel', ({ kernel }) => kernel.ResetKernel()],
    ['GetValue', ({ kernel }) => random.uniform().GetValue(kernel)],
    ['GetNodes by value', ({ kernel }) => kernel.GetNodes({ V_m: -70 })],
  ];

  test('whatever reads or changes the network is refused, and the run is as without', async () => {
    const [network, undisturbed] = [buildNetwork(), buildNetwork()];
    undisturbed.kernel.SimulateSync(50000);
    const running = network.kernel.Simulate(50000);
    for (const [name, use] of uses) {
      expect([name, network.kernel.running]).toEqual([name, true]);
      expect(() => use(network)).toThrow(
        named('SimulationRunning', { code: 'ERR_TEGMENTA_SIMULATION_RUNNING' }),
      );
    }
    await expect(network.kernel.Simulate(1)).rejects.toThrow(named('SimulationRunning'));
    await expect(network.kernel.Run(1)).rejects.toThrow(named('SimulationRunning'));
    await running;
    expect(snapshotOf(network)).toEqual(snapshotOf(undisturbed));
    expect(futureOf(network)).toBe(futureOf(undisturbed));
  });

  test('events, the collections themselves and parameters are there', async () => {
    const network = buildNetwork();
    const running = network.kernel.Simulate(50000);
    expect(network.recorder.events.times).toBeInstanceOf(Float64Array);
    expect(network.alpha.slice(2, 4).ids).toEqual(Uint32Array.of(3, 4));
    expect(network.synapses).toHaveLength(30);
    expect(String(network.alpha)).toContain('size=10');
    expect(math.exp(random.uniform())).toBeDefined();
    await running;
  });
});

describe('between Prepare and Cleanup', () => {
  test('Prepare and Simulate are refused', async () => {
    const network = buildNetwork();
    network.kernel.Prepare();
    expect(() => network.kernel.Prepare()).toThrow(
      named('KernelException', { message: 'Prepare was called twice; call Cleanup first.' }),
    );
    const between = { message: 'Simulate was called between Prepare and Cleanup; use Run.' };
    expect(() => network.kernel.SimulateSync(1)).toThrow(named('KernelException', between));
    await expect(network.kernel.Simulate(1)).rejects.toThrow(named('KernelException', between));
    network.kernel.Cleanup();
    expectUnchanged(network);
  });

  test('recorders keep their settings', () => {
    const network = buildNetwork();
    network.kernel.Prepare();
    expect(() => network.recorder.set({ start: 5 })).toThrow(
      named('BadProperty', { model: 'spike_recorder', parameter: 'start' }),
    );
    network.kernel.Cleanup();
    expectUnchanged(network);
  });

  test('a bad time leaves the kernel prepared', () => {
    const network = buildNetwork();
    network.kernel.Prepare();
    expect(() => network.kernel.RunSync(0.05)).toThrow(named('BadParameter'));
    expect(network.kernel.GetKernelStatus('prepared')).toBe(true);
    network.kernel.Cleanup();
    expectUnchanged(network);
  });
});

describe('collections', () => {
  test('of nodes do not outlive ResetKernel', () => {
    const { kernel, alpha, recorder } = buildNetwork();
    kernel.ResetKernel();
    const fresh = kernel.Create('iaf_psc_alpha', 10);
    const uses: (() => unknown)[] = [
      () => alpha.V_m,
      () => (alpha.V_m = -70),
      () => alpha.ids,
      () => alpha.at(0),
      () => alpha.concat(fresh),
      () => fresh.concat(alpha),
      () => kernel.Connect(fresh, alpha),
      () => kernel.GetConnections({ source: alpha }),
      () => recorder.events,
      () => recorder.stream(),
    ];
    for (const use of uses) {
      expect(use).toThrow(
        named('InvalidNodeCollection', { code: 'ERR_TEGMENTA_INVALID_NODE_COLLECTION' }),
      );
    }
    expect(fresh.V_m).toEqual(new Float64Array(10).fill(-70));
    expect(kernel.GetKernelStatus('num_connections')).toBe(0);
  });

  test.each<[string, (network: Network) => void]>([
    ['Connect', ({ kernel, alpha }) => kernel.Connect(alpha, alpha)],
    ['ResetKernel', ({ kernel }) => kernel.ResetKernel()],
  ])('of synapses become stale by %s', (_, change) => {
    const network = buildNetwork();
    const { synapses } = network;
    change(network);
    network.kernel.GetConnections();
    const uses: (() => unknown)[] = [
      () => synapses.weight,
      () => synapses.at(3).weight,
      () => (synapses.weight = 3),
      () => String(synapses),
    ];
    for (const use of uses) {
      expect(use).toThrow(
        named('StaleSynapseCollection', { code: 'ERR_TEGMENTA_STALE_SYNAPSE_COLLECTION' }),
      );
    }
  });

  test('of synapses stay valid when their weights and delays change', () => {
    const { synapses } = buildNetwork();
    const sources = synapses.source;
    synapses.set({ weight: Array.from(sources, (_, i) => i + 0.1) });
    synapses.set({ delay: Array.from(sources, (_, i) => (i % 3) + 1) });
    expect(synapses.weight).toEqual(Float64Array.from(sources, (_, i) => i + 0.1));
    expect(synapses.delay).toEqual(Float64Array.from(sources, (_, i) => (i % 3) + 1));
    expect(synapses.source).toEqual(sources);
  });
});

describe('after dispose', () => {
  const uses: [string, (network: Network) => unknown][] = [
    ['Create', ({ kernel }) => kernel.Create('iaf_psc_exp')],
    ['Connect', ({ kernel, alpha }) => kernel.Connect(alpha, alpha)],
    ['Disconnect', ({ kernel, alpha }) => kernel.Disconnect(alpha, alpha)],
    ['Disconnect of synapses', ({ kernel, synapses }) => kernel.Disconnect(synapses)],
    ['disconnect of synapses', ({ synapses }) => synapses.disconnect()],
    ['GetConnections', ({ kernel }) => kernel.GetConnections()],
    ['GetNodes', ({ kernel }) => kernel.GetNodes({ V_m: -70 })],
    ['get of nodes', ({ alpha }) => alpha.V_m],
    ['set of nodes', ({ alpha }) => (alpha.V_m = -70)],
    ['get of synapses', ({ synapses }) => synapses.weight],
    ['slice of synapses', ({ synapses }) => synapses.slice(0, 3)],
    ['events', ({ recorder }) => recorder.events],
    ['stream', ({ recorder }) => recorder.stream()],
    ['GetDefaults', ({ kernel }) => kernel.GetDefaults('iaf_psc_exp')],
    ['SetDefaults', ({ kernel }) => kernel.SetDefaults('iaf_psc_exp', { tau_m: 20 })],
    ['CopyModel', ({ kernel }) => kernel.CopyModel('iaf_psc_exp', 'mine')],
    ['GetKernelStatus', ({ kernel }) => kernel.GetKernelStatus()],
    ['SetKernelStatus', ({ kernel }) => kernel.SetKernelStatus({ rng_seed: 3 })],
    ['node_models', ({ kernel }) => kernel.node_models],
    ['SimulateSync', ({ kernel }) => kernel.SimulateSync(1)],
    ['Prepare', ({ kernel }) => kernel.Prepare()],
    ['RunSync', ({ kernel }) => kernel.RunSync(1)],
    ['Cleanup', ({ kernel }) => kernel.Cleanup()],
    ['ResetKernel', ({ kernel }) => kernel.ResetKernel()],
    ['GetValue', ({ kernel }) => random.uniform().GetValue(kernel)],
  ];
  const network = buildNetwork();
  network.kernel.dispose();

  test.each(uses)('%s throws KernelDisposed', (_, use) => {
    expect(() => use(network)).toThrow(
      named('KernelDisposed', { code: 'ERR_TEGMENTA_KERNEL_DISPOSED' }),
    );
  });

  test('Simulate and Run reject with KernelDisposed', async () => {
    await expect(network.kernel.Simulate(1)).rejects.toThrow(named('KernelDisposed'));
    await expect(network.kernel.Run(1)).rejects.toThrow(named('KernelDisposed'));
  });
});

describe('settings that must come first', () => {
  test('resolution and threads once defaults were changed', () => {
    const kernel = new Kernel();
    kernel.SetDefaults('iaf_psc_alpha', { tau_m: 20 });
    for (const settings of [{ resolution: 0.2 }, { local_num_threads: 2 }]) {
      expect(() => kernel.SetKernelStatus(settings)).toThrow(
        named('KernelException', { parameter: Object.keys(settings)[0] }),
      );
    }
    kernel.ResetKernel();
    kernel.SetKernelStatus({ resolution: 0.2, local_num_threads: 2 });
    expect(kernel.GetKernelStatus(['resolution', 'local_num_threads'])).toEqual([0.2, 2]);
    expect(kernel.GetDefaults('iaf_psc_alpha', 'tau_m')).toBe(10);
  });

  test.each([
    [{ min_delay: 0.05, max_delay: 1 }, 'min_delay'],
    [{ min_delay: NaN, max_delay: 1 }, 'min_delay'],
    [{ min_delay: 2, max_delay: 1 }, 'max_delay'],
    [{ min_delay: 1, max_delay: Infinity }, 'max_delay'],
    [{ resolution: 0 }, 'resolution'],
    [{ resolution: -0.1 }, 'resolution'],
    [{ resolution: NaN }, 'resolution'],
    [{ resolution: Infinity }, 'resolution'],
    [{ resolution: 0.0001 }, 'resolution'],
    [{ resolution: 0.1234567 }, 'resolution'],
    [{ resolution: 1, tics_per_ms: 0 }, 'tics_per_ms'],
    [{ resolution: 1, tics_per_ms: 0.5 }, 'tics_per_ms'],
  ])('%j is refused for its %s', (settings, parameter) => {
    const kernel = new Kernel();
    const before = kernel.GetKernelStatus();
    expect(() => kernel.SetKernelStatus(settings)).toThrow(
      expect.objectContaining({
        parameter,
        name: expect.stringMatching(/^Bad/) as string,
      }) as Error,
    );
    expect(kernel.GetKernelStatus()).toEqual(before);
  });

  test('limits of delays hold for every connection, and keep their length on a new grid', () => {
    const kernel = new Kernel();
    kernel.SetKernelStatus({ min_delay: 1, max_delay: 2 });
    kernel.SetKernelStatus({ resolution: 0.5 });
    expect(kernel.GetKernelStatus(['min_delay', 'max_delay'])).toEqual([1, 2]);
    const nodes = kernel.Create('iaf_psc_alpha', 2);
    for (const delay of [0.5, 2.5]) {
      expect(() => kernel.Connect(nodes, nodes, 'all_to_all', { delay })).toThrow(
        named('BadDelay', {
          value: delay,
          allowed: 'within min_delay and max_delay (1 … 2 ms)',
          message: `delay of static_synapse must be within min_delay and max_delay (1 … 2 ms), got ${delay}.`,
        }),
      );
    }
    expect(kernel.GetKernelStatus('num_connections')).toBe(0);
    kernel.Connect(nodes, nodes, 'all_to_all', { delay: 2 });
    expect(kernel.GetConnections().delay).toEqual(new Float64Array(4).fill(2));
  });
});

test('a simulation that fails names the neuron; only ResetKernel helps then', async () => {
  const kernel = new Kernel();
  kernel.Create('iaf_psc_alpha', 3);
  const neurons: NodeCollection<'aeif_cond_exp'> = kernel.Create('aeif_cond_exp', 3);
  neurons.at(1).I_e = -1e6;
  await expect(kernel.Simulate(100)).rejects.toThrow(
    named('NumericalInstability', {
      code: 'ERR_TEGMENTA_NUMERICAL_INSTABILITY',
      model: 'aeif_cond_exp',
      node: 5,
      message: expect.stringMatching(/^aeif_cond_exp, node 5, at [\d.]+ ms: /) as string,
    }),
  );
  expect(kernel.running).toBe(false);
  expect(() => kernel.SimulateSync(1)).toThrow(
    named('KernelException', {
      message: 'An earlier simulation failed and left the network inconsistent; call ResetKernel.',
    }),
  );
  kernel.ResetKernel();
  kernel.Create('iaf_psc_alpha');
  expect(kernel.SimulateSync(1).steps).toBe(10);
});

test('the part of a stale collection is stale as well', () => {
  const network = buildNetwork();
  const part: SynapseCollection<string, false> = network.synapses.at(0);
  network.kernel.Connect(network.alpha, network.alpha);
  network.kernel.GetConnections();
  expect(() => part.weight).toThrow(named('StaleSynapseCollection'));
});
