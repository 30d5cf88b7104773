import { BadProperty, Kernel, StaleSynapseCollection, type SynapseCollection } from '../../lib';

/** Parrots whose dopamine synapses learn, and static synapses beside them. */
function network() {
  const kernel = new Kernel();
  const pre = kernel.Create('parrot_neuron', 3);
  const post = kernel.Create('parrot_neuron', 2);
  const volume_transmitter = kernel.Create('volume_transmitter');
  const stimulus = kernel.Create('spike_generator', { spike_times: [5, 12, 30, 55] });
  kernel.Connect(stimulus, pre);
  kernel.Connect(kernel.Create('spike_generator', { spike_times: [8, 33] }), post);
  kernel.Connect(pre.at(0), volume_transmitter);
  kernel.CopyModel('stdp_dopamine_synapse', 'reward', { volume_transmitter });
  kernel.Connect(pre, post, 'all_to_all', {
    synapse_model: 'reward',
    weight: 3,
    receptor_type: 1,
  });
  kernel.Connect(pre, post, 'all_to_all', { weight: 0.25, receptor_type: 1 });
  return {
    kernel,
    pre,
    post,
    stimulus,
    learning: kernel.GetConnections({ synapse_model: 'reward' }),
    fixed: kernel.GetConnections({ source: pre, target: post, synapse_model: 'static_synapse' }),
  };
}

test('events have times, senders, targets and a column for each name', () => {
  const { kernel, learning } = network();
  const sr = kernel.Create('synapse_recorder', { interval: 10, record_from: ['weight', 'c'] });
  expect(sr.n_events).toBe(0);
  expect(sr.connections).toEqual({ source: new Uint32Array(), target: new Uint32Array() });
  sr.set({ connections: learning.pick([4, 0]) });
  expect(sr.connections).toEqual({ source: Uint32Array.of(3, 1), target: Uint32Array.of(4, 4) });
  kernel.SimulateSync(35);
  const { times, senders, targets, weight, c } = sr.events;
  expect(sr.n_events).toBe(6);
  expect(times).toEqual(Float64Array.of(10, 10, 20, 20, 30, 30));
  expect(senders).toEqual(Uint32Array.of(3, 1, 3, 1, 3, 1));
  expect(targets).toEqual(Float64Array.of(4, 4, 4, 4, 4, 4));
  expect(weight?.length).toBe(6);
  expect(new Set(c).size).toBeGreaterThan(2);
  sr.n_events = 0;
  expect(sr.n_events).toBe(0);
  expect(sr.events).toEqual({
    times: new Float64Array(),
    senders: new Uint32Array(),
    targets: new Float64Array(),
    weight: new Float64Array(),
    c: new Float64Array(),
  });
  kernel.SimulateSync(10);
  expect(sr.events.times).toEqual(Float64Array.of(40, 40));
});

test('by default the weight, every ms', () => {
  const { kernel, learning } = network();
  const sr = kernel.Create('synapse_recorder', { connections: learning });
  kernel.SimulateSync(3);
  expect(Object.keys(sr.events)).toEqual(['times', 'senders', 'targets', 'weight']);
  expect(sr.n_events).toBe(3 * 6);
  expect(kernel.GetDefaults('synapse_recorder')).toMatchObject({
    interval: 1,
    offset: 0,
    record_from: ['weight'],
    element_type: 'recorder',
  });
});

test('start, stop, origin and offset shift the samples', () => {
  const { kernel, learning } = network();
  const sampling = { interval: 5, connections: learning.slice(0, 1) };
  const within = kernel.Create('synapse_recorder', {
    ...sampling,
    start: 10,
    stop: 30,
    origin: 5,
  });
  const shifted = kernel.Create('synapse_recorder', { ...sampling, offset: 2.5 });
  kernel.SimulateSync(40);
  expect(Array.from(within.events.times)).toEqual([20, 25, 30, 35]);
  expect(Array.from(shifted.events.times)).toEqual([2.5, 7.5, 12.5, 17.5, 22.5, 27.5, 32.5, 37.5]);
});

test('weights of static synapses and of generators are recorded as they are set', () => {
  const { kernel, fixed, learning, stimulus } = network();
  const all = [fixed, kernel.GetConnections({ source: stimulus })];
  const recorders = all.map((connections) =>
    kernel.Create('synapse_recorder', { interval: 2, connections }),
  );
  const mixed = kernel.Create('synapse_recorder', {
    interval: 2,
    connections: kernel.GetConnections({
      source: kernel.GetNodes({ global_id: 1 }),
      target: kernel.GetNodes({ global_id: 4 }),
    }),
  });
  kernel.SimulateSync(2);
  fixed.set({ weight: 0.5 });
  kernel.SimulateSync(2);
  expect(Array.from(recorders[0]?.events.weight ?? [])).toEqual([
    ...Array<number>(6).fill(0.25),
    ...Array<number>(6).fill(0.5),
  ]);
  expect(Array.from(recorders[1]?.events.weight ?? [])).toEqual(Array<number>(6).fill(1));
  expect(Array.from(mixed.events.weight ?? [])).toEqual([0.25, 3, 0.5, 3]);
  expect(learning.length).toBe(6);
});

test('recorded synapses are followed when the network grows', () => {
  const { kernel, learning, pre, post } = network();
  const sr = kernel.Create('synapse_recorder', {
    interval: 10,
    record_from: ['c'],
    connections: learning,
  });
  kernel.SimulateSync(15);
  const more = kernel.Create('parrot_neuron', 100);
  kernel.Connect(pre, more, 'all_to_all', { synapse_model: 'reward', receptor_type: 1 });
  kernel.Connect(more, post, 'all_to_all', { weight: 2 });
  kernel.SimulateSync(25);
  const now = kernel.GetConnections({ source: pre, target: post, synapse_model: 'reward' });
  expect(() => learning.get('c')).toThrow(StaleSynapseCollection);
  expect(sr.events.c?.slice(-6)).toEqual(now.get('c'));
  expect(sr.events.targets?.slice(-6)).toEqual(Float64Array.from(now.target));
});

test('a stream gives the same rows', async () => {
  const { kernel, learning } = network();
  const sr = kernel.Create('synapse_recorder', {
    interval: 0.5,
    record_from: ['weight', 'n'],
    connections: learning,
  });
  const run = kernel.Simulate(60);
  const times: number[] = [];
  const n: number[] = [];
  for await (const batch of sr.stream()) {
    times.push(...batch.times);
    n.push(...(batch.n ?? []));
  }
  await run;
  expect(times.length).toBe(6 * 120);
  expect(times).toEqual(Array.from(sr.events.times));
  expect(n).toEqual(Array.from(sr.events.n ?? []));
});

test('samples take eight bytes a value, and clearing frees them', () => {
  const { kernel, learning } = network();
  const memory = () => kernel.GetKernelStatus('memory_total');
  const sr = kernel.Create('synapse_recorder', { interval: 0.1, connections: learning });
  kernel.SimulateSync(0.1);
  const before = memory();
  kernel.SimulateSync(2000);
  const values = sr.n_events;
  expect(values).toBe(6 * 20_001);
  const grown = memory() - before;
  expect(grown).toBeGreaterThan(8 * values);
  // And a time for every row of six, in a list that doubles.
  expect(grown).toBeLessThan(8 * values * 1.5);
  sr.n_events = 0;
  expect(memory()).toBeLessThan(before + 1000);
});

test('what can be recorded is listed with the model', () => {
  const { kernel } = network();
  expect(kernel.GetDefaults('reward', 'recordables')).toEqual(['weight', 'c', 'Kplus', 'n']);
  expect(kernel.GetDefaults('tsodyks_synapse', 'recordables')).toEqual(['weight', 'x', 'y', 'u']);
  expect(kernel.GetDefaults('static_synapse', 'recordables')).toEqual(['weight']);
});

test('another selection once the events are cleared', () => {
  const { kernel, learning } = network();
  const sr = kernel.Create('synapse_recorder', { connections: learning });
  kernel.SimulateSync(2);
  const change = { connections: learning.slice(0, 2), record_from: ['c', 'n'] } as const;
  expect(() => {
    sr.set(change);
  }).toThrow(BadProperty);
  expect(sr.n_events).toBe(12);
  sr.set({ n_events: 0, ...change });
  kernel.SimulateSync(1);
  expect(Object.keys(sr.events)).toEqual(['times', 'senders', 'targets', 'c', 'n']);
  expect(sr.n_events).toBe(2);
});

test('several recorders are set together or not at all', () => {
  const { kernel, learning, fixed } = network();
  const two = kernel.Create('synapse_recorder', 2);
  two.at(1).set({ record_from: ['c'] });
  two.set({ connections: learning.slice(0, 1) });
  expect(() => {
    two.set({ connections: fixed });
  }).toThrow(BadProperty);
  expect(two.get('connections')).toEqual(
    Array(2).fill({ source: Uint32Array.of(1), target: Uint32Array.of(4) }),
  );
});

test('synapses of another kernel, or from before a reset, are refused', () => {
  const { kernel, learning } = network();
  const sr = kernel.Create('synapse_recorder');
  const give = (connections: SynapseCollection<string, true>) => () => {
    sr.set({ connections });
  };
  expect(give(network().learning)).toThrow('These synapses belong to another kernel.');
  expect(give(network().learning)).toThrow(StaleSynapseCollection);
  kernel.ResetKernel();
  const again = kernel.Create('synapse_recorder');
  expect(() => {
    again.set({ connections: learning });
  }).toThrow(StaleSynapseCollection);
  expect(again.connections.source.length).toBe(0);
});
