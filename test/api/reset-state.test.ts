// ResetState: an episode after it is one of a fresh kernel.
import nest, { Kernel, type NodeCollection, random } from '../../lib';
import { models } from '../../lib/registry';
import { copyPlasticModels, plasticNames } from '../property/plastic-models';
import { toFirst } from '../property/receptors';

interface Everything {
  readonly kernel: Kernel;
  /** Nodes by what they were made of. */
  readonly nodes: readonly NodeCollection[];
  readonly recorders: readonly NodeCollection[];
  readonly plastic: readonly string[];
}

const ofKind = (kind: string): string[] =>
  [...models.values()].filter((model) => model.kind === kind).map(({ name }) => name);

const ACTIVE: Record<string, Record<string, number | number[]>> = {
  ac_generator: { amplitude: 400, offset: 300, frequency: 30 },
  dc_generator: { amplitude: 420 },
  inhomogeneous_poisson_generator: { rate_times: [10, 30], rate_values: [2000, 9000] },
  noise_generator: { mean: 350, std: 300 },
  poisson_generator: { rate: 6000 },
  spike_generator: { spike_times: [3, 5.5, 20, 21, 44], spike_multiplicities: [1, 2, 9, 1, 3] },
  step_current_generator: { amplitude_times: [10, 30], amplitude_values: [500, 900] },
  reward_transmitter: { reward_times: [5, 25], reward_values: [1, -0.5] },
};

/** Every model of neurons, stimulators, recorders and plastic synapses. */
function everything(threads = 1, rng_seed = 5): Everything {
  const kernel = new Kernel();
  kernel.set({ local_num_threads: threads, rng_seed });
  const neurons = ofKind('neuron').map((model): NodeCollection => kernel.Create(model, 4));
  for (const population of neurons) {
    if ('V_m' in population && 'E_L' in population) {
      population.set({ V_m: random.uniform(-75, -60) });
    }
    if ('spike_times' in population) population.set({ spike_times: [4, 11, 30.5] });
  }
  const all = neurons.reduce((some, more) => some.concat(more));
  const takesCurrents = all.pick(
    [...all].flatMap((node, i) =>
      'V_m' in node && node.get('model') !== 'clamped_neuron' ? [i] : [],
    ),
  );
  const parrots = neurons.find((nodes) => nodes.at(0).get('model') === 'parrot_neuron')!;
  const stimulators = ofKind('stimulator').map((model): NodeCollection => {
    const device: NodeCollection = kernel.Create(model, 1, ACTIVE[model] ?? {});
    if (model === 'reward_transmitter') return device;
    const spikes = model.includes('poisson') || model === 'spike_generator';
    if (!spikes) kernel.Connect(device, takesCurrents);
    for (const population of spikes ? neurons : []) {
      const name = population.at(0).get('model') as string;
      kernel.Connect(device, population, 'all_to_all', toFirst(name, 30));
    }
    return device;
  });
  const transmitters = {
    volume_transmitter: kernel.Create('volume_transmitter'),
    reward_transmitter: stimulators.find((nodes) => 'reward' in nodes)!,
  };
  const sink = kernel.Create('spike_recorder');
  const weights = kernel.Create('weight_recorder');
  const meter = kernel.Create('multimeter', { record_from: ['V_m'] });
  const synapses = kernel.Create('synapse_recorder');
  kernel.Connect(all, sink);
  kernel.Connect(meter, takesCurrents);
  kernel.Connect(parrots, transmitters.volume_transmitter, 'all_to_all', { delay: 2 });
  const plastic = copyPlasticModels(kernel, transmitters, weights);
  const targets = kernel.Create('iaf_psc_exp', 6);
  for (const synapse_model of plastic) {
    kernel.Connect(parrots, targets, 'all_to_all', { synapse_model, weight: 50, delay: 1.5 });
  }
  kernel.Connect(parrots, sink, 'all_to_all', { synapse_model: 'tsodyks_synapse' });
  const connections = kernel.GetConnections({ synapse_model: plastic[0]! });
  synapses.set({ connections, record_from: ['weight'] });
  return {
    kernel,
    nodes: [...neurons, targets],
    recorders: [sink, weights, meter, synapses],
    plastic,
  };
}

const weightsOf = ({ kernel, plastic }: Everything): unknown[] =>
  plastic.map((synapse_model) => kernel.GetConnections({ synapse_model }).weight);

/** All that can be read from nodes and synapses. */
const stateOf = (network: Everything): unknown => ({
  time: network.kernel.biological_time,
  nodes: network.nodes.map((nodes) => nodes.get()),
  synapses: network.plastic.map((synapse_model) =>
    network.kernel.GetConnections({ synapse_model }).get(),
  ),
});
const outcomeOf = (network: Everything): unknown => [
  stateOf(network),
  network.recorders.map((recorder) => recorder.get('events')),
];

it('covers every plastic model', () => {
  expect(plasticNames.length).toBeGreaterThan(10);
});

describe('an episode', () => {
  it.each([1, 2])('is the same again without anything kept, with %i threads', (threads) => {
    const network = everything(threads);
    const { kernel } = network;
    const begin = stateOf(network);
    kernel.SimulateSync(50);
    const first = outcomeOf(network);
    kernel.SimulateSync(20);
    kernel.ResetState({ keep: [] });
    expect(stateOf(network)).toEqual(begin);
    for (const recorder of network.recorders) expect(recorder.get('n_events')).toBe(0);
    kernel.SimulateSync(50);
    expect(outcomeOf(network)).toEqual(first);
  });

  it.each([undefined, 77])('is that of a fresh kernel with its weights, with seed %s', (seed) => {
    const network = everything();
    network.kernel.SimulateSync(50);
    network.kernel.ResetState({ ...(seed !== undefined && { seed }) });
    const fresh = everything();
    for (const [i, weight] of weightsOf(network).entries()) {
      const synapses = fresh.kernel.GetConnections({ synapse_model: network.plastic[i]! });
      synapses.set({ weight: weight as Float64Array });
    }
    // Only draws of the construction have been made with the other one.
    if (seed !== undefined) fresh.kernel.ResetState({ seed });
    expect(stateOf(network)).toEqual(stateOf(fresh));
    for (const { kernel } of [network, fresh]) kernel.SimulateSync(50);
    expect(outcomeOf(network)).toEqual(outcomeOf(fresh));
  });

  it('keeps the weights that could be read before', () => {
    const network = everything();
    network.kernel.SimulateSync(31.7);
    const before = weightsOf(network);
    const initial = weightsOf(everything());
    expect(before).not.toEqual(initial);
    network.kernel.ResetState();
    expect(weightsOf(network)).toEqual(before);
    network.kernel.ResetState({ keep: [] });
    expect(weightsOf(network)).toEqual(initial);
  });

  it('begins with what was set before the first one, not with what was set later', () => {
    const kernel = new Kernel();
    const early = kernel.Create('iaf_psc_alpha', 2, { I_e: 400 });
    early.set({ V_m: [-66, -61] });
    kernel.SimulateSync(10);
    const late = kernel.Create('iaf_psc_alpha', 2, { V_m: -59 });
    early.set({ V_m: -50, E_L: -75 });
    kernel.SimulateSync(10);
    kernel.ResetState();
    expect([...early.V_m, ...late.V_m]).toEqual([-66, -61, -59, -59]);
  });

  it('has what is kept of eligibility, dopamine and events', () => {
    const make = (): { kernel: Kernel; pre: NodeCollection; sink: NodeCollection } => {
      const kernel = new Kernel();
      const pre = kernel.Create('parrot_neuron', 3);
      const post = kernel.Create('parrot_neuron', 2);
      const source = kernel.Create('spike_generator', { spike_times: [2, 4, 6, 8] });
      const volume_transmitter = kernel.Create('volume_transmitter');
      const sink = kernel.Create('spike_recorder');
      kernel.SetDefaults('stdp_dopamine_synapse', { volume_transmitter });
      kernel.Connect(source, pre);
      kernel.Connect(source, post, 'all_to_all', { delay: 3 });
      kernel.Connect(pre, volume_transmitter);
      kernel.Connect(pre, post, 'all_to_all', { synapse_model: 'stdp_dopamine_synapse' });
      kernel.Connect(pre, sink);
      return { kernel, pre, sink };
    };
    const synapses = (kernel: Kernel): { c: Float64Array; n: number } => {
      const found = kernel.GetConnections({ synapse_model: 'stdp_dopamine_synapse' });
      return {
        c: found.get('c'),
        n: kernel.GetDefaults('stdp_dopamine_synapse', 'n'),
      };
    };
    const { kernel, sink } = make();
    kernel.SimulateSync(12);
    const { c, n } = synapses(kernel);
    expect(Math.abs(c[0]!)).toBeGreaterThan(0);
    expect(n).toBeGreaterThan(0);
    const kept = kernel.clone();
    kept.ResetState({ keep: ['weights', 'eligibility', 'modulators', 'recorders'] });
    expect(synapses(kept)).toEqual({ c, n });
    expect(kept.NodeCollection(sink.ids).get('n_events')).toBe(12);
    kept.SimulateSync(12);
    const { times } = kept.NodeCollection(sink.ids).get('events') as { times: Float64Array };
    expect([...times]).toEqual([3, 5, 7, 9].flatMap((t) => Array<number>(6).fill(t)));
    kernel.ResetState();
    expect(synapses(kernel)).toEqual({ c: c.map(() => 0), n: 0 });
    expect(sink.get('n_events')).toBe(0);
  });

  it('follows synapses that are connected and removed between episodes', () => {
    const kernel = new Kernel();
    const [a, b] = [kernel.Create('parrot_neuron', 10), kernel.Create('parrot_neuron', 10)];
    const noise = kernel.Create('poisson_generator', { rate: 400 });
    kernel.Connect(noise, a.concat(b));
    const connect = (indegree: number): void => {
      kernel.Connect(
        a,
        b,
        { rule: 'fixed_indegree', indegree },
        { synapse_model: 'stdp_synapse', weight: random.uniform(1, 2), delay: 1 },
      );
    };
    const all = (): string[] => {
      const { source, target, weight } = kernel.GetConnections({ synapse_model: 'stdp_synapse' });
      return Array.from(source, (s, i) => `${s} ${target[i]} ${weight[i]}`);
    };
    connect(4);
    const initial = all();
    kernel.SimulateSync(200);
    const learned = all();
    expect(learned).not.toEqual(initial);
    connect(2);
    const added = all().filter((synapse) => !learned.includes(synapse));
    expect(added.length).toBe(20);
    kernel.SimulateSync(100);
    const synapses = kernel.GetConnections({ synapse_model: 'stdp_synapse' });
    synapses.pick(all().map((_, i) => i % 3 === 0)).disconnect();
    kernel.SimulateSync(50);
    kernel.ResetState({ keep: [] });
    expect(all().length).toBe(40);
    expect(all().filter((synapse) => ![...initial, ...added].includes(synapse))).toEqual([]);
    kernel.Connect(a, b, 'all_to_all', { synapse_model: 'stdp_synapse', weight: 5, Kplus: 1 });
    kernel.SimulateSync(50);
    kernel.ResetState({ keep: [] });
    const old = all().filter((synapse) => !synapse.endsWith(' 5'));
    expect(old.length).toBe(40);
    expect(old.filter((synapse) => ![...initial, ...added].includes(synapse))).toEqual([]);
  });
});

describe('the seed of a run', () => {
  const draws = (seed: number): { poisson: number; noise: number[]; transmitted: number } => {
    const kernel = new Kernel();
    kernel.set({ resolution: 1, rng_seed: 9 });
    const noise = kernel.Create('noise_generator', { mean: 100, std: 30 });
    const meter = kernel.Create('multimeter', { record_from: ['I'] });
    const neurons = kernel.Create('iaf_psc_alpha', 200);
    kernel.Connect(noise, neurons);
    kernel.Connect(meter, noise);
    const parrots = kernel.Create('parrot_neuron', 100);
    kernel.Connect(kernel.Create('poisson_generator', { rate: 500 }), parrots);
    const all = kernel.Create('spike_recorder');
    const some = kernel.Create('spike_recorder');
    kernel.Connect(parrots, all);
    kernel.Connect(parrots, some, 'all_to_all', {
      synapse_model: 'bernoulli_synapse',
      p_transmit: 0.3,
    });
    kernel.SimulateSync(50);
    kernel.ResetState({ seed });
    kernel.SimulateSync(400);
    const I = (meter.get('events') as unknown as Record<string, Float64Array>).I!;
    return {
      poisson: all.n_events,
      noise: [...neurons.V_m, ...I],
      transmitted: some.n_events,
    };
  };

  it('gives other draws of the same statistics, and the same with the same', () => {
    const seeds = [1, 2, 3, 4, 5, 6, 7, 8];
    const found = seeds.map(draws);
    expect(draws(1)).toEqual(found[0]);
    for (const key of ['poisson', 'transmitted'] as const) {
      expect(new Set(found.map((each) => each[key])).size).toBeGreaterThan(6);
    }
    expect(new Set(found.map(({ noise }) => noise[0])).size).toBe(8);
    // 100 trains of 500 spikes/s in 0.4 s, eight times: 160 000 ± 5 standard deviations.
    const sum = found.reduce((n, { poisson }) => n + poisson, 0);
    expect(Math.abs(sum - 160_000)).toBeLessThan(5 * Math.sqrt(160_000));
    const passed = found.reduce((n, { transmitted }) => n + transmitted, 0);
    expect(Math.abs(passed - 0.3 * sum)).toBeLessThan(5 * Math.sqrt(0.3 * 0.7 * sum));
  });

  it('is apart from that of the construction, which sets both', () => {
    const kernel = new Kernel();
    const weightOf = (): number => {
      const [a, b] = [kernel.Create('parrot_neuron'), kernel.Create('parrot_neuron')];
      kernel.Connect(a, b, 'all_to_all', { weight: random.uniform(0, 1) });
      return kernel.GetConnections({ source: a }).weight[0]!;
    };
    kernel.ResetState({ seed: 3 });
    const drawn = weightOf();
    expect(kernel.rng_seed).toBe(143202461);
    kernel.ResetKernel();
    expect(weightOf()).toBe(drawn);
  });
});

describe('what is refused', () => {
  it.each<[unknown, string, RegExp]>([
    [{ keep: ['wieghts'] }, 'BadParameterValue', /no 'wieghts'; did you mean 'weights'\?/],
    [{ keep: 'weights' }, 'TypeMismatch', /keep/],
    [{ keep: [1] }, 'TypeMismatch', /keep/],
    [{ seed: 0 }, 'BadParameterValue', /seed must be an integer in/],
    [{ seed: 1.5 }, 'BadParameterValue', /seed/],
    [{ seed: '1' }, 'TypeMismatch', /seed/],
    [{ kep: [] }, 'UnaccessedDictionaryEntry', /kep/],
    [5, 'TypeMismatch', /options/],
  ])('%j', (options, name, text) => {
    const kernel = new Kernel();
    kernel.Create('iaf_psc_exp', 3);
    kernel.SimulateSync(5);
    const before = kernel.SaveStateSync();
    expect(() => kernel.ResetState(options as never)).toThrow(
      expect.objectContaining({ name }) as Error,
    );
    expect(() => kernel.ResetState(options as never)).toThrow(text);
    expect(kernel.SaveStateSync()).toEqual(before);
  });

  it('and what runs', async () => {
    const kernel = new Kernel();
    kernel.Create('iaf_psc_exp', 3);
    const abort = new AbortController();
    const running = kernel.Simulate(1e9, { signal: abort.signal });
    expect(() => kernel.ResetState()).toThrow(nest.SimulationRunning);
    abort.abort();
    await expect(running).rejects.toThrow();
    kernel.dispose();
    expect(() => kernel.ResetState()).toThrow(nest.KernelDisposed);
  });
});
