// Disconnect: which connections go, what is refused, and what follows from it.
import * as nest from '../../lib';
import { Kernel, type NodeCollection, type SynapseCollection } from '../../lib';
import { named } from './named';

function network() {
  const kernel = new Kernel();
  const neurons = kernel.Create('iaf_psc_exp', 4);
  const device = kernel.Create('poisson_generator', { rate: 8000 });
  const recorder = kernel.Create('spike_recorder');
  kernel.Connect(neurons, neurons, 'all_to_all', { weight: 5 });
  kernel.Connect(neurons, neurons, 'one_to_one', { synapse_model: 'stdp_synapse', weight: 3 });
  kernel.Connect(device, neurons, 'all_to_all', { weight: 50 });
  kernel.Connect(neurons, recorder);
  return { kernel, neurons, device, recorder, synapses: kernel.GetConnections() };
}

type Network = ReturnType<typeof network>;

const rows = (found: SynapseCollection<string, boolean>) =>
  found.get(['source', 'target', 'weight', 'delay']);

describe('pairs', () => {
  test('lose the first connection of the model each, static_synapse by default', () => {
    const { kernel, neurons } = network();
    kernel.Connect(neurons, neurons, 'one_to_one', { weight: 9, delay: 0.4 });
    kernel.Disconnect(neurons, neurons);
    const left = kernel.GetConnections({ source: neurons, target: neurons });
    expect(left.length).toBe(16 + 4);
    expect(new Set(left.weight)).toEqual(new Set([5, 3]));
    kernel.Disconnect(neurons, neurons, 'one_to_one', 'stdp_synapse');
    kernel.Disconnect(
      neurons,
      neurons,
      { rule: 'all_to_all' },
      { synapse_model: 'static_synapse', weight: 7 },
    );
    expect(kernel.GetConnections({ source: neurons, target: neurons })).toHaveLength(0);
    expect(kernel.GetConnections()).toHaveLength(8);
  });

  test('can be lists of IDs, with repetitions for one_to_one', () => {
    const { kernel, neurons } = network();
    kernel.Connect([1, 1], [2, 2], 'one_to_one', { weight: [7, 8] });
    kernel.Disconnect([1, 1, 4], Uint32Array.of(2, 2, 1));
    const found = kernel.GetConnections({
      source: neurons.slice(0, 1),
      target: neurons.slice(1, 2),
    });
    expect(found.weight).toEqual(Float64Array.of(8));
    expect(kernel.GetConnections({ source: neurons.slice(3, 4) }).target).not.toContain(1);
  });

  test('can be devices', () => {
    const { kernel, neurons, device, recorder } = network();
    kernel.Disconnect(device, neurons.slice(0, 1));
    kernel.Disconnect(neurons.slice(1, 4), recorder, 'all_to_all');
    expect(kernel.GetConnections({ source: device }).target).toEqual(Uint32Array.of(2, 3, 4));
    expect(kernel.GetConnections({ target: recorder }).source).toEqual(Uint32Array.of(1));
    const meter = kernel.Create('voltmeter');
    kernel.Connect(meter, neurons);
    kernel.Disconnect(meter, neurons.slice(0, 3), 'all_to_all');
    expect(kernel.GetConnections({ source: meter }).target).toEqual(Uint32Array.of(4));
  });
});

describe('collections', () => {
  test('go as a whole: all, some, one', () => {
    const { kernel, synapses } = network();
    kernel.Disconnect(synapses.at(2));
    kernel.GetConnections().at(-1).disconnect();
    expect(kernel.GetConnections()).toHaveLength(synapses.length - 2);
    const some = kernel.GetConnections();
    some.pick(Array.from(some.weight, (w) => w === 5)).disconnect();
    expect(new Set(kernel.GetConnections().weight)).toEqual(new Set([3, 50, 1]));
    kernel.Disconnect(kernel.GetConnections());
    expect(kernel.GetConnections()).toHaveLength(0);
    expect(kernel.GetKernelStatus('num_connections')).toBe(0);
    kernel.GetConnections().disconnect();
  });

  test('are stale then, all of them', () => {
    const { kernel, synapses } = network();
    const [part, other] = [synapses.slice(0, 1), kernel.GetConnections()];
    part.disconnect();
    for (const stale of [part, other, synapses]) {
      expect(() => stale.weight).toThrow(named('StaleSynapseCollection'));
      expect(() => stale.disconnect()).toThrow(named('StaleSynapseCollection'));
      expect(() => kernel.Disconnect(stale)).toThrow(named('StaleSynapseCollection'));
    }
  });
});

test('the module has it for its kernel', () => {
  nest.ResetKernel();
  const neurons = nest.Create('iaf_psc_exp', 2);
  nest.Connect(neurons, neurons);
  nest.Disconnect(neurons, neurons);
  expect(nest.GetConnections()).toHaveLength(2);
  nest.Disconnect(nest.GetConnections());
  expect(nest.GetConnections()).toHaveLength(0);
});

type Refused = [what: string, call: (network: Network) => unknown, name: string, fields?: object];
const any =
  (call: (disconnect: (...args: unknown[]) => void, network: Network) => void) => (of: Network) => {
    call(of.kernel.Disconnect.bind(of.kernel) as (...args: unknown[]) => void, of);
  };

test.each<Refused>([
  [
    'a missing pair',
    ({ kernel }) => kernel.Disconnect([1], [5]),
    'InexistentConnection',
    { source: 1, target: 5, model: 'static_synapse' },
  ],
  [
    'one missing pair among others',
    ({ kernel }) => kernel.Disconnect([1, 2, 3], [1, 2, 5]),
    'InexistentConnection',
    { source: 3, target: 5 },
  ],
  [
    'a pair too often',
    ({ kernel }) => kernel.Disconnect([1, 1], [2, 2]),
    'InexistentConnection',
    { source: 1, target: 2 },
  ],
  [
    'a pair of another model',
    ({ kernel }) => kernel.Disconnect([1], [2], 'one_to_one', 'stdp_synapse'),
    'InexistentConnection',
    { model: 'stdp_synapse' },
  ],
  [
    'a pair the wrong way round',
    ({ kernel, neurons, device }) => kernel.Disconnect(neurons.slice(0, 1), device),
    'InexistentConnection',
  ],
  [
    'more pairs than there are synapses',
    ({ kernel, neurons }) => kernel.Disconnect(neurons, neurons, 'all_to_all', 'stdp_synapse'),
    'InexistentConnection',
  ],
  [
    'a synapse twice',
    ({ synapses }) => synapses.pick([3, 1, 3]).disconnect(),
    'InexistentConnection',
    { source: 1, target: 4 },
  ],
  [
    'a device twice',
    ({ kernel, synapses }) => kernel.Disconnect(synapses.pick([-1 + 28, 27])),
    'InexistentConnection',
  ],
  [
    'a rule that draws',
    any((disconnect, { neurons }) =>
      disconnect(neurons, neurons, { rule: 'fixed_indegree', indegree: 1 }),
    ),
    'BadProperty',
    { parameter: 'rule', allowed: 'one_to_one or all_to_all' },
  ],
  [
    'an unknown rule',
    any((disconnect, { neurons }) => disconnect(neurons, neurons, 'one_to_all')),
    'BadProperty',
    { suggestion: 'all_to_all' },
  ],
  [
    'make_symmetric',
    ({ kernel, neurons }) =>
      kernel.Disconnect(neurons, neurons, { rule: 'one_to_one', make_symmetric: true }),
    'BadProperty',
    { parameter: 'make_symmetric' },
  ],
  [
    'an unknown model',
    ({ kernel, neurons }) => kernel.Disconnect(neurons, neurons, 'one_to_one', 'static_synapsis'),
    'UnknownSynapseType',
    { suggestion: 'static_synapse' },
  ],
  [
    'an unknown parameter',
    any((disconnect, { neurons }) => disconnect(neurons, neurons, 'one_to_one', { wieght: 3 })),
    'UnaccessedDictionaryEntry',
    { suggestion: 'weight' },
  ],
  [
    'sizes that differ',
    ({ kernel, neurons }) => kernel.Disconnect(neurons, neurons.slice(0, 2)),
    'DimensionMismatch',
  ],
  ['an unknown node', ({ kernel }) => kernel.Disconnect([1], [77]), 'UnknownNode'],
  [
    'no nodes',
    ({ kernel, neurons }) => kernel.Disconnect(neurons.slice(0, 0), neurons),
    'IllegalConnection',
  ],
  [
    'nothing',
    any((disconnect) => {
      disconnect();
    }),
    'TypeMismatch',
    { parameter: 'pre' },
  ],
  [
    'sources alone',
    any((disconnect, { neurons }) => {
      disconnect(neurons);
    }),
    'TypeMismatch',
    { parameter: 'post' },
  ],
  [
    'a name',
    any((disconnect, { neurons }) => {
      disconnect('neurons', neurons);
    }),
    'TypeMismatch',
    { parameter: 'pre' },
  ],
  [
    'null',
    any((disconnect) => {
      disconnect(null, null);
    }),
    'TypeMismatch',
  ],
  [
    'a number as the rule',
    any((disconnect, { neurons }) => {
      disconnect(neurons, neurons, 3);
    }),
    'TypeMismatch',
    { parameter: 'conn_spec' },
  ],
  [
    'a number as the synapse',
    any((disconnect, { neurons }) => {
      disconnect(neurons, neurons, 'one_to_one', 3);
    }),
    'TypeMismatch',
    { parameter: 'syn_spec' },
  ],
  [
    'too many arguments',
    any((disconnect, { neurons }) => {
      disconnect(neurons, neurons, 'one_to_one', 'static_synapse', 1);
    }),
    'TypeMismatch',
  ],
  [
    'synapses as targets',
    any((disconnect, { neurons, synapses }) => {
      disconnect(neurons, synapses);
    }),
    'TypeMismatch',
    { parameter: 'post' },
  ],
  [
    'a rule for a collection',
    any((disconnect, { synapses }) => {
      disconnect(synapses, undefined, 'one_to_one');
    }),
    'BadProperty',
  ],
  [
    'a model for a collection',
    any((disconnect, { synapses }) => {
      disconnect(synapses, undefined, undefined, 'static_synapse');
    }),
    'BadProperty',
  ],
  [
    'targets for a collection',
    any((disconnect, { neurons, synapses }) => {
      disconnect(synapses, neurons);
    }),
    'BadProperty',
  ],
  [
    'synapses of another kernel',
    any((disconnect) => {
      disconnect(network().synapses);
    }),
    'StaleSynapseCollection',
  ],
  [
    'nodes of another kernel',
    any((disconnect, { neurons }) => {
      disconnect(network().neurons, neurons);
    }),
    'InvalidNodeCollection',
  ],
])('%s is refused, and nothing has changed', (_, call, name, fields = {}) => {
  const subject = network();
  const [before, bytes] = [rows(subject.synapses), subject.kernel.GetKernelStatus('memory_total')];
  expect(() => call(subject)).toThrow(named(name, fields));
  expect(rows(subject.synapses)).toEqual(before);
  expect(rows(subject.kernel.GetConnections())).toEqual(before);
  expect(subject.kernel.GetKernelStatus('memory_total')).toBe(bytes);
});

/**
 * Generators, and neurons that they are disconnected from at 20 ms, or at which they stop; and one
 * neuron each that they go on with.
 */
function driven(how: 'disconnect' | 'stop' | 'go on') {
  const kernel = new Kernel();
  const stop = how === 'stop' ? 20 : Infinity;
  const spike_times = Array.from({ length: 290 }, (_, i) => (i + 1) / 10);
  const made: [generator: NodeCollection, weight: number][] = [
    // The last step before 20 ms is the one that begins at 19.9 to those, ends at 20.1 to these.
    [kernel.Create('poisson_generator', { rate: 9000, stop: stop - 0.1 }), 20],
    [kernel.Create('dc_generator', { amplitude: 100, stop: stop + 0.1 }), 1],
    [kernel.Create('ac_generator', { amplitude: 70, frequency: 40, stop: stop + 0.1 }), 1.5],
    [kernel.Create('noise_generator', { std: 60, dt: 0.5, stop: stop + 0.1 }), 1],
    [kernel.Create('spike_generator', { spike_times: spike_times.filter((t) => t <= stop) }), 11],
  ];
  const neurons = kernel.Create('iaf_psc_exp', made.length * 20, { V_th: 1e9 });
  const kept = kernel.Create('iaf_psc_exp', made.length, { V_th: 1e9 });
  made.forEach(([generator, weight], i) => {
    // Side by side and one by one, with one delay and with several.
    const own = neurons.slice(20 * i, 20 * i + 20);
    const all = own.concat(kept.slice(i, i + 1));
    kernel.Connect(generator, all, 'all_to_all', { weight, delay: 2.3 });
    kernel.Connect(generator, own, 'all_to_all', {
      weight: weight / 3,
      delay: nest.random.uniform(0.1, 5),
    });
  });
  kernel.SimulateSync(13);
  const before = kernel.GetConnections({ target: neurons });
  before.set({ weight: Array.from(before.weight, (w) => w * 1.25) });
  kernel.SimulateSync(7);
  if (how === 'disconnect') {
    // In two steps, of which the first splits lists.
    const first = kernel.GetConnections({ target: neurons });
    first.pick(Array.from(first.target, (id) => id % 2 === 0)).disconnect();
    kernel.GetConnections({ target: neurons }).disconnect();
  }
  const V: unknown[] = [];
  const goesOn: unknown[] = [];
  for (let i = 0; i < 80; i++) {
    kernel.SimulateSync(0.1);
    V.push(neurons.get('V_m'));
    goesOn.push(kept.get('V_m'));
  }
  return { V, goesOn, connections: kernel.GetKernelStatus('num_connections') };
}

test('what generators have sent still arrives: as if they had stopped, for these targets', () => {
  const disconnected = driven('disconnect');
  expect(disconnected.V).toEqual(driven('stop').V);
  expect(disconnected.goesOn).toEqual(driven('go on').goesOn);
  expect(disconnected.V).not.toEqual(driven('go on').V);
  expect(disconnected.connections).toBe(5);
});

test('recorders keep what they have, and get nothing more', () => {
  const kernel = new Kernel();
  const neurons = kernel.Create('parrot_neuron', 3);
  const cells = kernel.Create('iaf_psc_exp', 3);
  kernel.Connect(kernel.Create('spike_generator', { spike_times: [1, 4, 7] }), neurons);
  const poisson = kernel.Create('poisson_generator', { rate: 20000 });
  const recorder = kernel.Create('spike_recorder');
  const direct = kernel.Create('spike_recorder');
  const meter = kernel.Create('voltmeter', { interval: 1 });
  kernel.Connect(neurons, recorder);
  kernel.Connect(poisson, direct);
  kernel.Connect(meter, cells);
  kernel.SimulateSync(5);
  expect(Math.max(...direct.events.times)).toBeGreaterThan(4);
  kernel.Disconnect(neurons.slice(1, 3), recorder, 'all_to_all');
  kernel.Disconnect(poisson, direct);
  kernel.Disconnect(meter, cells.slice(0, 2), 'all_to_all');
  kernel.SimulateSync(5);
  expect(recorder.events.times).toEqual(Float64Array.of(2, 2, 2, 5, 5, 5, 8));
  expect(Math.max(...direct.events.times)).toBeLessThanOrEqual(5);
  const { times, senders } = meter.events;
  expect(senders.filter((_, i) => times[i]! <= 5)).toHaveLength(15);
  expect(new Set(senders.filter((_, i) => times[i]! > 5))).toEqual(new Set([6]));
  // A multimeter may have them again.
  kernel.Connect(meter, cells.slice(0, 2));
  kernel.SimulateSync(1);
  expect(meter.n_events).toBe(15 + 5 + 3);
});

/** Dopamine synapses of two targets, of which those of one may go. */
function learning() {
  const kernel = new Kernel();
  const volume_transmitter = kernel.Create('volume_transmitter');
  const weight_recorder = kernel.Create('weight_recorder');
  kernel.CopyModel('stdp_dopamine_synapse', 'reward', { volume_transmitter, weight_recorder });
  const pre = kernel.Create('parrot_neuron', 3);
  const post = kernel.Create('parrot_neuron', 2);
  const times = Array.from({ length: 40 }, (_, i) => 2 + 3 * i);
  kernel.Connect(kernel.Create('spike_generator', { spike_times: times }), pre);
  kernel.Connect(kernel.Create('spike_generator', { spike_times: times.map((t) => t + 1) }), post);
  kernel.Connect(pre, post, 'all_to_all', {
    synapse_model: 'reward',
    weight: 20,
    receptor_type: 1,
    delay: 1.5,
  });
  kernel.Connect(pre.slice(0, 1), volume_transmitter, 'all_to_all', { delay: 4 });
  const found = kernel.GetConnections({ synapse_model: 'reward' });
  const record_from = ['weight', 'c'];
  const recorder = kernel.Create('synapse_recorder', { record_from, connections: found });
  return { kernel, pre, post, volume_transmitter, weight_recorder, recorder };
}

test('what is recorded of synapses that are no more is NaN; of the others it is as without', () => {
  const [some, all] = [learning(), learning()];
  for (const { kernel } of [some, all]) kernel.SimulateSync(29.7);
  some.kernel
    .GetConnections({ synapse_model: 'reward', target: some.post.slice(0, 1) })
    .disconnect();
  for (const { kernel } of [some, all]) kernel.SimulateSync(31);
  const [a, b] = [some.recorder.events, all.recorder.events];
  expect(some.recorder.connections).toEqual(all.recorder.connections);
  expect([a.times, a.senders, a.targets]).toEqual([b.times, b.senders, b.targets]);
  const gone = Array.from(a.times, (t, i) => t > 29.7 && a.targets[i] === some.post.ids[0]);
  expect(gone.filter(Boolean)).toHaveLength(3 * 31);
  for (const name of ['weight', 'c'] as const) {
    const without = Float64Array.from(b[name]!, (x, i) => (gone[i] ? NaN : x));
    expect(a[name]).toEqual(without);
  }
  const transmitted = (of: typeof some) => {
    const { times, targets, weights } = of.weight_recorder.events;
    return Array.from(times, (t, i) => [t, targets[i], weights[i]]);
  };
  expect(transmitted(some)).toEqual(
    transmitted(all).filter(([t, target]) => t! <= 29.7 || target !== some.post.ids[0]),
  );
});

test('dopamine under way still arrives when the volume_transmitter loses its sources', () => {
  const [without, with_] = [learning(), learning()];
  for (const { kernel } of [without, with_]) kernel.SimulateSync(30);
  without.kernel.Disconnect(without.pre.slice(0, 1), without.volume_transmitter);
  const n = ({ kernel }: typeof without) =>
    kernel.GetConnections({ synapse_model: 'reward' }).get('n');
  for (const { kernel } of [without, with_]) kernel.SimulateSync(4);
  expect(n(without)).toEqual(n(with_));
  for (const { kernel } of [without, with_]) kernel.SimulateSync(10);
  expect(n(without)).not.toEqual(n(with_));
});

test('histories of spikes end where no plastic input is left, and begin again', () => {
  const { kernel, pre, post } = learning();
  kernel.SimulateSync(20);
  const memory = () => kernel.GetKernelStatus();
  const before = memory();
  kernel.GetConnections({ synapse_model: 'reward' }).disconnect();
  kernel.SimulateSync(1);
  const after = memory();
  expect(after.num_connections).toBe(before.num_connections - 6);
  expect(after.memory_plastic_synapses).toBe(0);
  expect(after.memory_plasticity).toBeLessThan(before.memory_plasticity);
  kernel.Connect(pre, post, 'all_to_all', {
    synapse_model: 'stdp_synapse',
    weight: 20,
    receptor_type: 1,
  });
  kernel.SimulateSync(40);
  expect(new Set(kernel.GetConnections({ synapse_model: 'stdp_synapse' }).weight)).not.toEqual(
    new Set([20]),
  );
});

test('between Prepare and Cleanup it acts at once', () => {
  const spikes = (how: 'prepared' | 'not') => {
    const { kernel, neurons, device, recorder } = network();
    const run = (ms: number) => (how === 'prepared' ? kernel.RunSync(ms) : kernel.SimulateSync(ms));
    if (how === 'prepared') kernel.Prepare();
    run(30);
    kernel.Disconnect(device, neurons.slice(0, 2), 'all_to_all');
    kernel.Disconnect(neurons, neurons);
    run(30);
    return recorder.events;
  };
  expect(spikes('prepared')).toEqual(spikes('not'));
  expect(new Set(spikes('not').senders.filter((_, i) => spikes('not').times[i]! > 45))).toEqual(
    new Set([3, 4]),
  );
});

test('limits of delays stay what they were', () => {
  const kernel = new Kernel();
  const neurons = kernel.Create('iaf_psc_exp', 2);
  kernel.Connect(neurons, neurons, 'all_to_all', { delay: 2 });
  kernel.Connect(neurons, neurons, 'one_to_one', { delay: 7 });
  kernel.GetConnections().disconnect();
  expect(kernel.GetKernelStatus(['min_delay', 'max_delay'])).toEqual([2, 7]);
});

test('a spike under way arrives where no synapses are left', () => {
  const voltage = (disconnects: boolean): number => {
    const kernel = new Kernel();
    const source = kernel.Create('iaf_psc_exp', { I_e: 1000 });
    const target = kernel.Create('iaf_psc_exp');
    kernel.Connect(source, target, 'all_to_all', { weight: 100, delay: 8 });
    kernel.SimulateSync(6); // it has fired, once
    if (disconnects) kernel.GetConnections().disconnect();
    kernel.SimulateSync(8);
    return target.V_m;
  };
  expect(voltage(true)).toBe(voltage(false));
  expect(voltage(true)).toBeGreaterThan(-70);
});
