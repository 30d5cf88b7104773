import {
  Kernel,
  KernelDisposed,
  random,
  SimulationRunning,
  StaleSynapseCollection,
} from '../../lib';

let kernel: Kernel;
beforeEach(() => {
  kernel = new Kernel();
});

/** Source, target, weight, delay of every synapse. */
const rowsOf = (filter?: Parameters<Kernel['GetConnections']>[0]): number[][] => {
  const { source, target, weight, delay } = kernel.GetConnections(filter);
  return Array.from(source, (s, i) => [s, target[i] ?? 0, weight[i] ?? 0, delay[i] ?? 0]);
};

describe('GetConnections', () => {
  beforeEach(() => {
    const nodes = kernel.Create('iaf_psc_alpha', 4);
    const noise = kernel.Create('poisson_generator');
    const recorder = kernel.Create('spike_recorder');
    kernel.CopyModel('static_synapse', 'another');
    kernel.Connect(nodes.slice(0, 2), nodes.slice(2), 'all_to_all', {
      weight: [
        [1, 2],
        [3, 4],
      ],
    });
    kernel.Connect(nodes, nodes, 'one_to_one', { synapse_model: 'another', synapse_label: 7 });
    kernel.Connect(noise, nodes, 'all_to_all', { weight: 9, delay: 0.5 });
    kernel.Connect(nodes, recorder);
  });

  test('gives everything in the order (model, source, delay, target)', () => {
    expect(rowsOf({ synapse_model: 'another' })).toEqual([1, 2, 3, 4].map((i) => [i, i, 1, 1]));
    expect(rowsOf({ synapse_model: 'static_synapse' })).toEqual([
      [1, 3, 1, 1],
      [1, 4, 3, 1],
      [2, 3, 2, 1],
      [2, 4, 4, 1],
      ...[1, 2, 3, 4].map((i) => [5, i, 9, 0.5]),
      ...[1, 2, 3, 4].map((i) => [i, 6, 1, 1]),
    ]);
    expect(kernel.GetConnections()).toHaveLength(16);
    expect(kernel.GetKernelStatus('num_connections')).toBe(16);
  });

  test('filters by source, target, model, label and all of them', () => {
    const all = kernel.GetNodes();
    const [first, third] = [all.at(0), all.at(2)];
    expect(rowsOf({ source: first }).map(([, target]) => target)).toEqual([3, 4, 6, 1]);
    expect(rowsOf({ target: third }).map(([source]) => source)).toEqual([1, 2, 5, 3]);
    expect(rowsOf({ source: first, target: third })).toEqual([[1, 3, 1, 1]]);
    expect(rowsOf({ synapse_label: 7 })).toHaveLength(4);
    expect(rowsOf({ synapse_label: 7, source: first, synapse_model: 'another' })).toHaveLength(1);
    expect(rowsOf({ synapse_label: 8 })).toEqual([]);
    expect(rowsOf({ source: all.at(5) })).toEqual([]);
    expect(rowsOf({ source: all.slice(0, 0) })).toEqual([]);
  });

  test('gives columns as typed arrays, single synapses as values', () => {
    const synapses = kernel.GetConnections({ source: kernel.GetNodes().slice(0, 2) });
    const { source, weight, synapse_model } = synapses;
    expect([source, weight].map((column) => column.constructor.name)).toEqual([
      'Uint32Array',
      'Float64Array',
    ]);
    expect(synapse_model).toContain('another');
    expect(synapses.get(['target', 'receptor'])).toEqual({
      target: synapses.target,
      receptor: new Float64Array(synapses.length),
    });
    const single = synapses.at(1);
    expect([single.source, single.target, single.weight, single.delay]).toEqual([1, 4, 3, 1]);
    expect([...synapses].map((synapse) => synapse.weight)).toEqual([...weight]);
    expect(
      kernel.GetConnections({ synapse_label: 7, target: kernel.GetNodes().at(0) }).weight,
    ).toEqual(Float64Array.of(1));
  });

  test('gives parts by slice and pick, in the order asked for', () => {
    const synapses = kernel.GetConnections({ synapse_model: 'static_synapse' });
    expect([...synapses.slice(0, 4, 2).weight]).toEqual([1, 2]);
    expect([...synapses.slice(-2).target]).toEqual([6, 6]);
    expect([...synapses.pick([3, 0, 3]).weight]).toEqual([4, 1, 4]);
    expect([...synapses.pick(Array.from(synapses.weight, (w) => w === 9)).target]).toEqual([
      1, 2, 3, 4,
    ]);
    expect(synapses.slice(2, 2)).toHaveLength(0);
    expect(synapses.slice(2, 2).weight).toEqual(new Float64Array());
  });

  test('prints a table', () => {
    const table = String(kernel.GetConnections({ synapse_label: 7 })).split('\n');
    expect(table).toHaveLength(6);
    expect(table[2]?.split(/\s+/).filter(Boolean)).toEqual(['1', '1', 'another', '1.000', '1.000']);
    expect(String(kernel.GetConnections({ synapse_label: 8 }))).toBe(
      'The synapse collection does not contain any connections.',
    );
  });
});

describe('set of synapses', () => {
  test('weights and delays: one for all, one for each, drawn', () => {
    const nodes = kernel.Create('iaf_psc_alpha', 30);
    kernel.Connect(nodes, nodes, { rule: 'fixed_indegree', indegree: 20 }, { weight: 2 });
    const synapses = kernel.GetConnections();
    synapses.weight = 5;
    expect(synapses.weight).toEqual(new Float64Array(600).fill(5));
    const ramp = Float64Array.from({ length: 600 }, (_, i) => i / 7);
    synapses.set({ weight: ramp });
    expect(synapses.weight).toEqual(ramp);
    synapses.pick([10, 3]).weight = [100, 200];
    expect([synapses.at(10).weight, synapses.at(3).weight]).toEqual([100, 200]);
    synapses.set({ weight: random.uniform(1, 2), delay: random.uniform(1, 2) });
    const { weight, delay } = synapses;
    expect(new Set(weight).size).toBe(600);
    expect([Math.min(...weight) >= 1, Math.max(...weight) < 2]).toEqual([true, true]);
    expect(new Set(delay).size).toBe(11);
    // Drawn independently of each other.
    const mean = (column: Float64Array): number => column.reduce((a, b) => a + b) / column.length;
    const [w, d] = [mean(weight), mean(delay)];
    const covariance = mean(weight.map((x, i) => (x - w) * ((delay[i] ?? NaN) - d)));
    expect(Math.abs(covariance * 12)).toBeLessThan(0.2);
  });

  test('the values move with their synapses to their new places in the order', () => {
    const nodes = kernel.Create('iaf_psc_alpha', 3);
    kernel.Connect(nodes, nodes, 'all_to_all', {
      weight: [
        [1, 2, 3],
        [4, 5, 6],
        [7, 8, 9],
      ],
    });
    const synapses = kernel.GetConnections();
    expect([...synapses.weight]).toEqual([1, 4, 7, 2, 5, 8, 3, 6, 9]);
    synapses.delay = [3, 2, 1, 3, 2, 1, 3, 2, 1];
    expect([...synapses.weight]).toEqual([1, 4, 7, 2, 5, 8, 3, 6, 9]);
    expect([...kernel.GetConnections().weight]).toEqual([7, 4, 1, 8, 5, 2, 9, 6, 3]);
    expect(kernel.GetKernelStatus(['min_delay', 'max_delay'])).toEqual([1, 3]);
  });

  test('of generators and recorders', () => {
    const nodes = kernel.Create('iaf_psc_alpha', 3);
    kernel.Connect(kernel.Create('poisson_generator'), nodes);
    const synapses = kernel.GetConnections();
    synapses.weight = [1, 2, 3];
    synapses.at(1).delay = 2;
    expect(rowsOf()).toEqual([
      [4, 1, 1, 1],
      [4, 2, 2, 2],
      [4, 3, 3, 1],
    ]);
  });

  test('of recorders, each by itself', () => {
    const nodes = kernel.Create('parrot_neuron', 3);
    const recorder = kernel.Create('spike_recorder');
    const meter = kernel.Create('multimeter', { record_from: [] });
    kernel.Connect(nodes, recorder, 'all_to_all', { weight: [[5, 6, 7]] });
    kernel.Connect(meter, kernel.Create('iaf_psc_alpha', 2));
    const synapses = kernel.GetConnections({ target: recorder });
    expect(Array.from(synapses.source)).toEqual([1, 2, 3]);
    synapses.at(1).delay = 2.5;
    synapses.at(2).set({ weight: -1, delay: 3 });
    kernel.GetConnections({ source: meter }).delay = [0.1, 0.2];
    expect(rowsOf()).toEqual([
      [1, 4, 5, 1],
      [2, 4, 6, 2.5],
      [3, 4, -1, 3],
      [5, 6, 1, 0.1],
      [5, 7, 1, 0.2],
    ]);
    expect(kernel.max_delay).toBe(3);
    kernel.GetConnections({ target: recorder }).at(0).disconnect();
    kernel.GetConnections({ source: meter }).at(1).disconnect();
    expect(rowsOf()).toEqual([
      [2, 4, 6, 2.5],
      [3, 4, -1, 3],
      [5, 6, 1, 0.1],
    ]);
  });

  test('of a volume transmitter decide when each source releases dopamine', () => {
    const times = { spike_times: [1] };
    const sources = kernel.Create('parrot_neuron', 2);
    kernel.Connect(kernel.Create('spike_generator', 2, times), sources, 'one_to_one');
    const transmitter = kernel.Create('volume_transmitter');
    kernel.Connect(sources, transmitter, 'all_to_all', { delay: 1 });
    kernel.CopyModel('stdp_dopamine_synapse', 'dopamine', {
      volume_transmitter: transmitter,
      tau_n: 10,
    });
    kernel.Connect(kernel.Create('iaf_psc_alpha'), kernel.Create('iaf_psc_alpha'), 'all_to_all', {
      synapse_model: 'dopamine',
    });
    kernel.GetConnections({ target: transmitter }).at(1).delay = 4;
    const n = () => kernel.GetConnections({ synapse_model: 'dopamine' }).get('n')[0];
    kernel.SimulateSync(5);
    expect(n()).toBeCloseTo(Math.exp(-0.2) / 10, 12); // from 3 ms on
    kernel.SimulateSync(1);
    expect(n()).toBeCloseTo((Math.exp(-0.3) + 1) / 10, 12); // and from 6 ms on
  });

  test('the weight of a model with one weight is its default', () => {
    const nodes = kernel.Create('iaf_psc_alpha', 3);
    kernel.Connect(nodes, nodes, 'all_to_all', 'static_synapse_hom_w');
    kernel.Connect(nodes, kernel.Create('spike_recorder'), 'all_to_all', 'static_synapse_hom_w');
    kernel.SetDefaults('static_synapse_hom_w', { weight: 4.25 });
    expect(kernel.GetConnections().weight).toEqual(new Float64Array(12).fill(4.25));
  });
});

test('receptor and label of a synapse model are the defaults of Connect', () => {
  const generator = kernel.Create('spike_generator', { spike_times: [1] });
  const parrots = kernel.Create('parrot_neuron', 3);
  kernel.CopyModel('static_synapse', 'silent', { receptor_type: 1, synapse_label: 7 });
  expect(kernel.GetDefaults('silent', ['receptor_type', 'synapse_label'])).toEqual({
    receptor_type: 1,
    synapse_label: 7,
  });
  const [first, silenced, repeating] = [2, 3, 4] as const;
  kernel.Connect(generator, [first]);
  kernel.Connect([first], [silenced], 'all_to_all', 'silent');
  kernel.Connect([first], [repeating], 'all_to_all', {
    synapse_model: 'silent',
    receptor_type: 0,
    synapse_label: 8,
  });
  expect(Array.from(kernel.GetConnections({ synapse_label: 7 }).target)).toEqual([silenced]);
  expect(Array.from(kernel.GetConnections({ synapse_label: 8 }).target)).toEqual([repeating]);
  const spikes = kernel.Create('spike_recorder');
  kernel.Connect(parrots, spikes);
  kernel.SimulateSync(10);
  // Receptor 1 of a parrot is not repeated.
  expect(Array.from(spikes.events.senders)).toEqual([first, repeating]);
});

describe('Connect', () => {
  test('pairs explicit arrays, repeats included, with their weights and delays', () => {
    kernel.Create('iaf_psc_alpha', 5);
    kernel.Connect([3, 1, 3, 3], Int32Array.of(2, 2, 2, 5), 'one_to_one', {
      weight: [1, 2, 3, 4],
      delay: [1, 1, 1, 2],
    });
    expect(rowsOf()).toEqual([
      [1, 2, 2, 1],
      [3, 2, 1, 1],
      [3, 2, 3, 1],
      [3, 5, 4, 2],
    ]);
  });

  test('rounds delays to the grid, half a step up', () => {
    const nodes = kernel.Create('iaf_psc_alpha', 4);
    kernel.Connect(nodes, nodes, 'one_to_one', { delay: [0.81, 0.8499, 0.85, 0.1] });
    const { source, delay } = kernel.GetConnections();
    expect([...source].map((id, i) => [id, delay[i]])).toEqual([
      [1, 0.8],
      [2, 0.8],
      [3, 0.9],
      [4, 0.1],
    ]);
  });

  test('rounds weights where they are kept in single precision', () => {
    const nodes = kernel.Create('iaf_psc_alpha', 2);
    kernel.Connect(nodes, nodes, 'one_to_one', { weight: [0.1, 0.2] });
    kernel.SetKernelStatus({ weight_precision: 'single' });
    kernel.CopyModel('static_synapse', 'rounded');
    kernel.Connect(nodes, nodes, 'one_to_one', { weight: [0.1, 0.2], synapse_model: 'rounded' });
    expect(kernel.GetConnections({ synapse_model: 'static_synapse' }).weight).toEqual(
      Float64Array.of(0.1, 0.2),
    );
    expect(kernel.GetConnections({ synapse_model: 'rounded' }).weight).toEqual(
      Float64Array.of(Math.fround(0.1), Math.fround(0.2)),
    );
  });

  test('after a simulation adds to what is there', () => {
    const nodes = kernel.Create('iaf_psc_alpha', 5);
    kernel.Connect(nodes, nodes, 'one_to_one', { weight: 3 });
    kernel.SimulateSync(1);
    kernel.Connect(nodes, kernel.Create('iaf_psc_alpha', 2), 'all_to_all', {
      weight: 4,
      delay: 0.3,
    });
    const { weight } = kernel.GetConnections();
    expect(weight.reduce((a, b) => a + b)).toBe(5 * 3 + 10 * 4);
    expect(kernel.GetKernelStatus('min_delay')).toBeCloseTo(0.3, 12);
  });
});

test('a million synapses are read without an object for each', () => {
  const nodes = kernel.Create('iaf_psc_alpha', 1000);
  kernel.Connect(
    nodes,
    nodes,
    { rule: 'fixed_indegree', indegree: 1000 },
    { weight: random.uniform() },
  );
  const synapses = kernel.GetConnections();
  const start = process.cpuUsage();
  const weight = synapses.get('weight');
  const { user, system } = process.cpuUsage(start);
  expect(weight).toHaveLength(1e6);
  expect(Math.abs(weight.reduce((a, b) => a + b) / 1e6 - 0.5)).toBeLessThan(0.002);
  expect((user + system) / 1000).toBeLessThan(100); // about 10 ms; an object for each: about 1 s
});

describe('columns that only the network can change', () => {
  const connections = () => {
    const nodes = kernel.Create('iaf_psc_alpha', 30);
    kernel.Connect(nodes, nodes, 'all_to_all', { weight: 1, delay: 1 });
    return kernel.GetConnections();
  };

  test('are read once, weights every time', () => {
    const all = connections();
    for (const key of ['source', 'target', 'synapse_model', 'receptor', 'synapse_label', 'delay']) {
      expect(all.get(key)).toBe(all.get(key));
    }
    expect(all.weight).not.toBe(all.weight);
    all.set({ weight: 2 });
    expect(all.weight[0]).toBe(2);
    expect(all.at(3).target).toBe(all.target[3]);
  });

  test('are read again after a change of delays', () => {
    const all = connections();
    expect(all.delay[0]).toBe(1);
    const before = [...all.target];
    all.set({ delay: 2 });
    expect(all.delay[0]).toBe(2);
    all.slice(0, 30).set({ delay: 3 });
    // The synapses have moved, under this collection too.
    expect(() => all.delay).toThrow(StaleSynapseCollection);
    expect([...kernel.GetConnections().target].sort()).toEqual(before.sort());
  });

  test('do not outlive the network, nor are they read while it runs', async () => {
    const all = connections();
    expect(all.source).toHaveLength(900);
    const controller = new AbortController();
    const running = kernel.Simulate(1e9, { signal: controller.signal });
    expect(() => all.source).toThrow(SimulationRunning);
    controller.abort();
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
    expect(all.source[31]).toBe(2);
    kernel.Connect(kernel.GetNodes().at(0), kernel.GetNodes().at(1));
    kernel.GetConnections();
    expect(() => all.source).toThrow(StaleSynapseCollection);
    const later = kernel.GetConnections();
    expect(later.target).toHaveLength(901);
    kernel.dispose();
    expect(() => later.target).toThrow(KernelDisposed);
  });
});
