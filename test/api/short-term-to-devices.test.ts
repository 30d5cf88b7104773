// bernoulli, quantal and tsodyks synapses to recorders and volume transmitters.
import {
  IllegalConnection,
  Kernel,
  random,
  type NodeCollection,
  type SynapseCollection,
} from '../../lib';

const RELEASING = [
  'bernoulli_synapse',
  'quantal_stp_synapse',
  'tsodyks_synapse',
  'tsodyks_synapse_hom',
  'tsodyks2_synapse',
] as const;
const DEVICES = ['spike_recorder', 'volume_transmitter'] as const;

function kernelWith(attributes: { local_num_threads?: number; rng_seed?: number }): Kernel {
  const kernel = new Kernel();
  kernel.SetKernelStatus(attributes);
  return kernel;
}

/** Neurons that fire every `interval` ms, `spikes` times. */
function firing(kernel: Kernel, n: number, spikes = 200, interval = 1): NodeCollection {
  const spike_times = Array.from({ length: spikes }, (_, i) => (i + 1) * interval);
  const parrots = kernel.Create('parrot_neuron', n);
  kernel.Connect(kernel.Create('spike_generator', { spike_times }), parrots);
  return parrots;
}

/** Numbers of some connections. */
const numbers = (of: SynapseCollection, key: string): Float64Array => of.get(key) as Float64Array;

/** How many events a recorder has of each sender. */
function counts(recorder: NodeCollection<'spike_recorder', false>): Map<number, number> {
  const all = new Map<number, number>();
  for (const id of recorder.events.senders) all.set(id, (all.get(id) ?? 0) + 1);
  return all;
}

/** Mean and deviation that so many draws of probability p may have. */
const isBinomial = (k: number, n: number, p: number): boolean =>
  Math.abs(k - n * p) <= 4.5 * Math.sqrt(n * p * (1 - p));

describe.each(DEVICES)('to a %s', (device) => {
  test.each(RELEASING)('%s connects neurons, and no generators', (synapse_model) => {
    const kernel = new Kernel();
    const parrots = kernel.Create('parrot_neuron', 2);
    const target = kernel.Create(device);
    kernel.Connect(parrots, target, 'all_to_all', { synapse_model, weight: 2, delay: 1.5 });
    const { source, weight, delay, synapse_model: models } = kernel.GetConnections({ target });
    expect([Array.from(source), Array.from(weight), Array.from(delay), models]).toEqual([
      [1, 2],
      [2, 2],
      [1.5, 1.5],
      [synapse_model, synapse_model],
    ]);
    for (const model of ['spike_generator', 'poisson_generator']) {
      const generator = kernel.Create(model);
      expect(() => {
        kernel.Connect(generator, target, 'all_to_all', { synapse_model });
      }).toThrow(IllegalConnection);
    }
    expect(kernel.num_connections).toBe(2);
  });

  test('other plastic synapses connect neurons only', () => {
    const kernel = new Kernel();
    const cell = kernel.Create('iaf_psc_alpha');
    expect(() => {
      kernel.Connect(cell, kernel.Create(device), 'all_to_all', 'stdp_synapse');
    }).toThrow(`stdp_synapse connects neurons only, not iaf_psc_alpha to ${device}.`);
  });

  test.each([
    ['tsodyks_synapse', { U: [0.2, 0.6], tau_psc: 2, x: 0.5, y: 0.1 }, ['x', 'y', 'u']],
    ['tsodyks_synapse_hom', {}, ['x', 'y', 'u']],
    ['tsodyks2_synapse', { U: 0.3, u: 0.4, tau_fac: [0, 30], x: 0.8 }, ['x', 'u']],
  ] as const)('the states of %s are those of synapses to neurons', (model, values, states) => {
    const of = (threads: number, runs: number[]): number[][] => {
      const kernel = kernelWith({ local_num_threads: threads });
      const pre = firing(kernel, 2, 40, 2.3);
      const post = kernel.Create('parrot_neuron');
      const got = kernel.Create(device);
      const syn = { synapse_model: model, ...values };
      kernel.Connect(pre, post, 'all_to_all', syn);
      kernel.Connect(pre, got, 'all_to_all', syn);
      const read = (target: NodeCollection) =>
        states.map((key) => Array.from(numbers(kernel.GetConnections({ target }), key)));
      expect(read(got)).toEqual(read(post));
      for (const ms of runs) {
        kernel.SimulateSync(ms);
        expect(read(got)).toEqual(read(post));
      }
      return read(got)
        .flat()
        .map((x) => [x]);
    };
    const whole = of(1, [80]);
    expect(new Set(whole.flat()).size).toBeGreaterThan(1);
    expect(of(2, [80])).toEqual(whole);
    expect(of(2, [0.1, 40.2, 39.7])).toEqual(whole);
  });
});

describe('a recorder gets', () => {
  test('each spike with the probability of its bernoulli_synapse', () => {
    const kernel = kernelWith({ rng_seed: 3 });
    const n = 2000;
    const p = [0, 0.1, 0.5, 0.9, 1];
    const parrots = firing(kernel, p.length, n);
    const recorder = kernel.Create('spike_recorder');
    const syn = { synapse_model: 'bernoulli_synapse', p_transmit: [p] };
    kernel.Connect(parrots, recorder, 'all_to_all', syn);
    kernel.SimulateSync(n + 10);
    const got = counts(recorder);
    p.forEach((x, i) => {
      const k = got.get(parrots.ids[i]!) ?? 0;
      expect([x, k, isBinomial(k, n, x)]).toEqual([x, k, true]);
    });
    // Times are those of the spikes.
    expect(Math.min(...recorder.events.times)).toBe(2);
  });

  test('of several spikes in one step as many as are transmitted', () => {
    const kernel = new Kernel();
    const spike_multiplicities = Array.from({ length: 100 }, () => 30);
    const spike_times = spike_multiplicities.map((_, i) => i + 1);
    const generator = kernel.Create('spike_generator', { spike_times, spike_multiplicities });
    const parrot = kernel.Create('parrot_neuron');
    kernel.Connect(generator, parrot);
    const recorder = kernel.Create('spike_recorder');
    const syn = { synapse_model: 'bernoulli_synapse', p_transmit: 0.25 };
    kernel.Connect(parrot, recorder, 'all_to_all', syn);
    kernel.SimulateSync(110);
    expect(isBinomial(recorder.n_events, 3000, 0.25)).toBe(true);
  });

  test('a spike of a quantal_stp_synapse where some site releases', () => {
    const kernel = kernelWith({ rng_seed: 5 });
    const n = 4000;
    // Sites recover at once: each releases with probability U.
    const syn = { synapse_model: 'quantal_stp_synapse', U: 0.2, u: 0.2, tau_rec: 1e-3 };
    const [one, three] = [1, 3].map((sites) => {
      const recorder = kernel.Create('spike_recorder');
      const pre = firing(kernel, 1, n);
      kernel.Connect(pre, recorder, 'all_to_all', { ...syn, n: sites, a: sites });
      return recorder;
    });
    kernel.SimulateSync(n + 10);
    expect(isBinomial(one!.n_events, n, 0.2)).toBe(true);
    expect(isBinomial(three!.n_events, n, 1 - 0.8 ** 3)).toBe(true);
    const synapses = kernel.GetConnections({ synapse_model: syn.synapse_model });
    const sites = numbers(synapses, 'n');
    expect(numbers(synapses, 'a').every((a, i) => a >= 0 && a <= sites[i]!)).toBe(true);
  });

  test('every spike of tsodyks synapses, whatever they release, beside what is static', () => {
    const kernel = new Kernel();
    const parrots = firing(kernel, 3, 20);
    const recorder = kernel.Create('spike_recorder');
    kernel.Connect(parrots, recorder, 'all_to_all', { synapse_model: 'tsodyks_synapse', x: 0 });
    kernel.Connect(parrots, recorder);
    kernel.SimulateSync(30);
    expect([...counts(recorder)]).toEqual(Array.from(parrots.ids, (id) => [id, 40]));
    const { times, senders } = recorder.events;
    const order = Array.from(times, (t, i) => 1000 * t + senders[i]!);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });

  test('the same for any number of threads and split of a run', () => {
    const events = (threads: number, runs: number[]) => {
      const kernel = kernelWith({ local_num_threads: threads, rng_seed: 11 });
      const parrots = firing(kernel, 20);
      const recorder = kernel.Create('spike_recorder', 2);
      for (const synapse_model of RELEASING) {
        kernel.Connect(parrots, recorder, 'all_to_all', { synapse_model });
      }
      const bernoulli = kernel.GetConnections({ synapse_model: 'bernoulli_synapse' });
      bernoulli.set({ p_transmit: random.uniform() });
      runs.forEach((ms) => kernel.SimulateSync(ms));
      const all = kernel.GetConnections({ synapse_model: 'quantal_stp_synapse' });
      return [...recorder].map(({ events }) => events).concat(all.get(['a', 'u']) as never);
    };
    const whole = events(1, [210]);
    expect(events(2, [210])).toEqual(whole);
    expect(events(3, [0.1, 99.9, 100, 10])).toEqual(whole);
  });

  test('draws of its own through each connection', () => {
    const kernel = new Kernel();
    const n = 1000;
    const parrot = firing(kernel, 1, n);
    const recorder = kernel.Create('spike_recorder');
    const syn = { synapse_model: 'bernoulli_synapse', p_transmit: 0.5 };
    const twice = [parrot.ids[0]!, parrot.ids[0]!];
    const to = [recorder.ids[0]!, recorder.ids[0]!];
    kernel.Connect(twice, to, 'one_to_one', syn); // in one call,
    kernel.Connect(twice, to, 'one_to_one', { ...syn, synapse_label: [3, 4] }); // in two parts,
    kernel.Connect(parrot, recorder, 'all_to_all', syn); // and in another
    kernel.SimulateSync(n + 10);
    const at = new Map<number, number>();
    for (const t of recorder.events.times) at.set(t, (at.get(t) ?? 0) + 1);
    const of = (k: number) => [...at.values()].filter((x) => x === k).length;
    expect(isBinomial(recorder.n_events, 5 * n, 0.5)).toBe(true);
    [1, 2, 3, 4, 5].forEach((k) => {
      const p = [1, 5, 10, 10, 5, 1][k]! / 32;
      expect([k, isBinomial(of(k), n, p)]).toEqual([k, true]);
    });
  });
});

describe('dopamine', () => {
  /** Its concentration after 100 spikes of each of two neurons, in spikes. */
  function released(synapse_model: string, values: object, threads = 1): number {
    const kernel = kernelWith({ local_num_threads: threads });
    const parrots = firing(kernel, 2, 100);
    const transmitter = kernel.Create('volume_transmitter');
    kernel.Connect(parrots, transmitter, 'all_to_all', { synapse_model, ...values });
    const tau_n = 1e12;
    kernel.CopyModel('stdp_dopamine_synapse', 'dopamine', {
      volume_transmitter: transmitter,
      tau_n,
    });
    const cells = kernel.Create('iaf_psc_alpha', 2);
    kernel.Connect(cells, cells, 'all_to_all', 'dopamine');
    kernel.SimulateSync(120);
    return numbers(kernel.GetConnections({ synapse_model: 'dopamine' }), 'n')[0]! * tau_n;
  }

  test('comes from the spikes that are transmitted', () => {
    expect(released('static_synapse', {})).toBeCloseTo(200, 5);
    expect(released('tsodyks_synapse', {})).toBe(released('static_synapse', {}));
    expect(released('bernoulli_synapse', {})).toBe(released('static_synapse', {}));
    expect(released('bernoulli_synapse', { p_transmit: 0 })).toBe(0);
    const some = released('bernoulli_synapse', { p_transmit: [[0.1, 0.5]] });
    expect(Math.abs(some - Math.round(some))).toBeLessThan(1e-6);
    expect(isBinomial(some, 200, 0.3)).toBe(true);
    expect(released('bernoulli_synapse', { p_transmit: [[0.1, 0.5]] }, 2)).toBe(some);
  });

  test('has the delay of each connection', () => {
    const at = (synapse_model: string, ms: number): number => {
      const kernel = new Kernel();
      const parrots = firing(kernel, 2, 1);
      const transmitter = kernel.Create('volume_transmitter');
      kernel.Connect(parrots, transmitter, 'all_to_all', { synapse_model, delay: [[2, 1]] });
      kernel.GetConnections({ target: transmitter }).at(1).delay = 4;
      const syn = { volume_transmitter: transmitter, tau_n: 10 };
      kernel.CopyModel('stdp_dopamine_synapse', 'dopamine', syn);
      kernel.Connect(kernel.Create('iaf_psc_alpha'), parrots, 'all_to_all', 'dopamine');
      kernel.SimulateSync(ms);
      return numbers(kernel.GetConnections({ synapse_model: 'dopamine' }), 'n')[0]!;
    };
    for (const ms of [3.9, 4, 5.9, 6, 7]) {
      expect(at('tsodyks2_synapse', ms)).toBe(at('static_synapse', ms));
    }
    expect(at('tsodyks2_synapse', 4)).toBeGreaterThan(0);
  });
});

describe('their values', () => {
  let kernel: Kernel;
  let parrots: NodeCollection;
  let recorder: NodeCollection<'spike_recorder', false>;
  beforeEach(() => {
    kernel = kernelWith({ local_num_threads: 2 });
    parrots = firing(kernel, 4, 50);
    recorder = kernel.Create('spike_recorder');
  });
  const all = () => kernel.GetConnections({ target: recorder });

  test('are given, drawn, read and set one a connection', () => {
    const syn = { synapse_model: 'tsodyks2_synapse', U: [0.1, 0.2, 0.3, 0.4], weight: 1.25 };
    kernel.Connect(parrots, recorder, 'all_to_all', { ...syn, tau_rec: random.uniform(10, 20) });
    expect(Array.from(numbers(all(), 'U'))).toEqual([0.1, 0.2, 0.3, 0.4]);
    const tau = numbers(all(), 'tau_rec');
    expect(new Set(tau).size).toBe(4);
    expect(tau.every((x) => x > 10 && x < 20)).toBe(true);
    all().set({ U: [0.9, 0.8, 0.7, 0.6], tau_fac: 5, weight: [1, 2, 3, 4], delay: [1, 2, 1, 2] });
    all().pick([1]).set({ x: 0.25 });
    const keys = ['source', 'U', 'tau_fac', 'weight', 'delay', 'x', 'tau_rec'] as const;
    expect(all().get([...keys])).toEqual({
      source: parrots.ids,
      U: Float64Array.of(0.9, 0.8, 0.7, 0.6),
      tau_fac: new Float64Array(4).fill(5),
      weight: Float64Array.of(1, 2, 3, 4),
      delay: Float64Array.of(1, 2, 1, 2),
      x: Float64Array.of(1, 0.25, 1, 1),
      tau_rec: tau,
    });
    expect(() => {
      all().set({ U: 1.5 });
    }).toThrow(/^U of tsodyks2_synapse/);
    expect(() => {
      all().set({ Wmax: 1.5 });
    }).toThrow(/Wmax.*known: weight, delay, U/);
    expect(() => {
      all().set({ receptor_type: 0 });
    }).not.toThrow(/did you mean 'receptor_type'/);
  });

  test('belong to the model where they do', () => {
    kernel.Connect(parrots, recorder, 'all_to_all', 'tsodyks_synapse_hom');
    kernel.SetDefaults('tsodyks_synapse_hom', { U: 0.125 });
    expect(Array.from(numbers(all(), 'U'))).toEqual([0.125, 0.125, 0.125, 0.125]);
    kernel.SimulateSync(3);
    expect(numbers(all(), 'u')[0]).toBeCloseTo(0.125, 12);
  });

  test('are checked together before anything is connected', () => {
    const connect = (values: object) => {
      kernel.Connect(parrots, recorder, 'all_to_all', {
        synapse_model: 'tsodyks_synapse',
        ...values,
      });
    };
    expect(() => {
      connect({ x: 0.7, y: 0.7 });
    }).toThrow(/^x of tsodyks_synapse/);
    expect(() => {
      connect({ x: [[0.1, 0.2, 0.9, 0.3]], y: 0.3 });
    }).toThrow(/^x of tsodyks_synapse/);
    expect(() => {
      connect({ U: -1 });
    }).toThrow(/^U of tsodyks_synapse/);
    expect(() => {
      connect({ U: random.uniform(0.5, 2) });
    }).toThrow(/^U of tsodyks_synapse/);
    expect(all()).toHaveLength(0);
  });

  test('are single precision where that is asked for', () => {
    const weight_precision = 'single';
    kernel.Connect(parrots, recorder, 'all_to_all', {
      synapse_model: 'tsodyks_synapse',
      weight_precision,
      weight: 0.1,
      U: [0.1, 0.2, 0.3, 0.4],
    });
    kernel.SimulateSync(10);
    expect(all().weight[0]).toBe(Math.fround(0.1));
    expect(Array.from(numbers(all(), 'U'))).toEqual([0.1, 0.2, 0.3, 0.4].map(Math.fround));
    expect(recorder.n_events).toBe(36);
  });

  test('go on where others are removed', () => {
    const syn = { synapse_model: 'tsodyks2_synapse', U: [0.1, 0.2, 0.3, 0.4] };
    kernel.Connect(parrots, recorder, 'all_to_all', syn);
    kernel.Connect(parrots, recorder, 'all_to_all', { ...syn, synapse_label: 1 });
    kernel.SimulateSync(10);
    kernel.GetConnections({ synapse_label: 1 }).pick([0, 2]).disconnect();
    kernel.SimulateSync(10);
    const left = kernel.GetConnections({ synapse_label: 1 });
    const whole = kernel.GetConnections({ target: recorder }).slice(0, 4).pick([1, 3]);
    const keys = ['source', 'U', 'x', 'u'] as const;
    expect(left.get([...keys])).toEqual(whole.get([...keys]));
    kernel.Disconnect(parrots, recorder, 'all_to_all', 'tsodyks2_synapse');
    expect(all()).toHaveLength(2);
    kernel.GetConnections({ synapse_label: 1 }).disconnect();
    expect(all()).toHaveLength(0);
    const before = recorder.n_events;
    kernel.SimulateSync(10);
    expect(recorder.n_events).toBe(before);
  });

  test('are sampled by a synapse_recorder as those to neurons are', () => {
    const post = kernel.Create('parrot_neuron');
    for (const to of [recorder, post]) {
      kernel.Connect(parrots, to, 'all_to_all', {
        synapse_model: 'tsodyks_synapse',
        U: [0.1, 0.2, 0.3, 0.4],
        weight: [[1, 2, 3, 4]],
      });
    }
    const record_from = ['x', 'weight', 'u'];
    const [device, neuron, both] = [
      kernel.GetConnections({ target: recorder }),
      kernel.GetConnections({ target: post }),
      kernel.GetConnections({ synapse_model: 'tsodyks_synapse' }),
    ].map((connections) => {
      const sampler = kernel.Create('synapse_recorder', { record_from, interval: 0.7 });
      sampler.connections = connections;
      return sampler;
    });
    kernel.SimulateSync(30);
    kernel.SimulateSync(40);
    expect(device!.n_events).toBe(4 * 100);
    const { targets: to = [], ...sampled } = device!.events;
    const { targets: from = [], ...wanted } = neuron!.events;
    expect(sampled).toEqual(wanted);
    expect(new Set([...to, ...from])).toEqual(new Set([recorder.ids[0], post.ids[0]]));
    expect(both!.n_events).toBe(8 * 100);
  });
});

test('nodes of several kinds are connected by them, too', () => {
  const kernel = new Kernel();
  const parrots = firing(kernel, 3, 10);
  const targets = kernel
    .Create('iaf_psc_exp', 2)
    .concat(kernel.Create('spike_recorder', 2))
    .concat(kernel.Create('volume_transmitter'));
  kernel.Connect(parrots, targets, 'all_to_all', { synapse_model: 'tsodyks2_synapse' });
  kernel.SimulateSync(20);
  const synapses = kernel.GetConnections({ synapse_model: 'tsodyks2_synapse' });
  expect(synapses).toHaveLength(15);
  const x = numbers(synapses, 'x');
  expect(x.every((value) => value === x[0] && value < 1)).toBe(true);
});

test('labels tell the draws of synapses between neurons apart', () => {
  const kernel = new Kernel();
  const n = 1000;
  const parrot = firing(kernel, 1, n);
  const targets = kernel.Create('parrot_neuron', 1);
  for (const synapse_label of [3, 4, 5]) {
    const syn = { synapse_model: 'bernoulli_synapse', p_transmit: 0.5, synapse_label } as const;
    kernel.Connect(parrot, targets, 'all_to_all', syn);
  }
  const recorder = kernel.Create('spike_recorder');
  kernel.Connect(targets, recorder);
  kernel.SimulateSync(n + 10);
  const at = new Map<number, number>();
  for (const t of recorder.events.times) at.set(t, (at.get(t) ?? 0) + 1);
  const of = (k: number) => [...at.values()].filter((x) => x === k).length;
  [1, 2, 3].forEach((k) => {
    expect([k, isBinomial(of(k), n, [0, 3, 3, 1][k]! / 8)]).toEqual([k, true]);
  });
});
