// Random networks of all models, rules and devices, and all that can be read from them.
import { createHash } from 'node:crypto';
import { Kernel, type NodeCollection, presets, random, TegmentaError } from '../../lib';
import { models } from '../../lib/registry';
import { Draws } from './draws';

/** What must not matter to results. */
export interface Machine {
  readonly threads: number;
  readonly simd: string;
}

export interface RandomNetwork {
  readonly kernel: Kernel;
  readonly resolution: number;
  /** Length of the simulation, steps. */
  readonly steps: number;
  /** What happens on the way, ascending. */
  readonly changes: readonly { readonly step: number; readonly act: () => void }[];
  /** Reads something, as users do on the way. */
  look(): void;
  /** Digests of everything that can be read, by name. */
  digests(): Record<string, string>;
}

type Values = Record<string, unknown>;

/** What synapse models may need. */
interface Devices {
  readonly volume: NodeCollection;
  readonly reward: NodeCollection;
  readonly weights: NodeCollection;
}

const namesOf = (kind: string): string[] =>
  [...models.values()].filter((model) => model.kind === kind).map(({ name }) => name);
const neuronModels = namesOf('neuron');
const synapseModels = namesOf('synapse');
const generators = [
  ...['poisson_generator', 'poisson_generator', 'spike_generator', 'dc_generator', 'ac_generator'],
  ...['noise_generator', 'step_current_generator', 'inhomogeneous_poisson_generator'],
];
const isCurrent = (generator: string): boolean => /current|dc_|ac_|noise/.test(generator);
const isRelay = (model: string): boolean => /parrot|clamped/.test(model);
const hasParameter = (model: string, name: string): boolean =>
  models.get(model)?.parameters.some((p) => p.name === name) ?? false;

/** The network of a seed. */
export class NetworkMaker implements RandomNetwork {
  readonly kernel = new Kernel();
  readonly resolution: number;
  readonly steps: number;
  readonly changes: readonly { readonly step: number; readonly act: () => void }[];
  readonly #draws: Draws;
  readonly #populations: { nodes: NodeCollection; model: string }[] = [];
  readonly #recorders: NodeCollection[] = [];
  /** Copies of synapse models that are plastic. */
  readonly #plastic: string[] = [];
  /** What was refused. */
  readonly #refused: string[] = [];

  constructor(seed: number, { threads, simd }: Machine) {
    const d = (this.#draws = new Draws(seed));
    this.resolution = d.pick([0.1, 0.1, 0.5, 1, 0.25]);
    this.kernel.SetKernelStatus({
      resolution: this.resolution,
      local_num_threads: threads,
      simd_level: simd,
      rng_seed: 1 + d.below(1e6),
      weight_precision: d.pick(['double', 'double', 'single']),
    });
    for (let i = 2 + d.below(4); i > 0; i--) this.#population();
    for (let i = 1 + d.below(4); i > 0; i--) this.#generator();
    const devices = this.#modulators();
    for (let i = 2 + d.below(6); i > 0; i--) this.#projection(devices);
    this.#record(devices.weights);
    if (d.chance(0.3)) this.#several();
    this.steps = 200 + d.below(600);
    this.changes = d
      .list(d.below(4), () => ({ step: d.below(this.steps), act: this.#change(d.below(1e9)) }))
      .sort((a, b) => a.step - b.step);
  }

  look(): void {
    const synapses = this.kernel.GetConnections();
    if (synapses.length > 0) synapses.get('weight');
    for (const { nodes } of this.#populations.slice(0, 2)) nodes.get();
    this.#recorders[0]?.get('events');
  }

  digests(): Record<string, string> {
    const { kernel } = this;
    const found: Record<string, string> = { refused: this.#refused.join(' | ') };
    const put = (owner: string, values: Values): void => {
      for (const [key, value] of Object.entries(values)) found[`${owner}.${key}`] = digest(value);
    };
    const recorded = (when: string): void =>
      this.#recorders.forEach((recorder, i) =>
        put(`${when} ${i} ${recorder.get('model') as string}`, recorder.get('events') as Values),
      );
    recorded('recorder');
    this.#populations.forEach(({ nodes, model }, i) => put(`nodes ${i} ${model}`, nodes.get()));
    for (const model of kernel.synapse_models) {
      const synapses = kernel.GetConnections({ synapse_model: model });
      if (synapses.length > 0) put(`synapses ${model}`, synapses.get());
    }
    for (const { nodes } of this.#populations) {
      for (const filter of [{ source: nodes }, { target: nodes }]) {
        const synapses = kernel.GetConnections(filter);
        if (synapses.length > 0)
          put(Object.keys(filter).join(), synapses.get(['source', 'target']));
      }
    }
    found.positive = digest(kernel.GetNodes({ element_type: 'neuron' }).toJSON());
    const { biological_time, num_connections, network_size, min_delay, max_delay } =
      kernel.GetKernelStatus();
    put('kernel', { biological_time, num_connections, network_size, min_delay, max_delay });
    // What reading has left behind.
    recorded('recorder read again');
    return found;
  }

  /** Does what may be refused; the refusal is part of the result. */
  #try(act: () => void): boolean {
    try {
      act();
      return true;
    } catch (error) {
      if (!(error instanceof TegmentaError)) throw error;
      this.#refused.push(`${error.name}: ${error.message}`);
      return false;
    }
  }

  #grid(ms: number): number {
    return Math.round(ms / this.resolution) * this.resolution;
  }

  #population(): void {
    const d = this.#draws;
    const model = d.pick(neuronModels);
    const n = d.pick([1, 3, 17, 64, 65, 100, 130, 200]);
    const values: Values = {};
    const maybe = (name: string, p: number, make: () => unknown): void => {
      if (hasParameter(model, name) && d.chance(p)) values[name] = make();
    };
    maybe('V_m', 0.7, () => random.uniform(-75, -55));
    maybe('I_e', 0.6, () =>
      model.includes('izh') ? random.uniform(0, 15) : random.uniform(200, 600),
    );
    maybe('t_ref', 0.3, () => d.pick([0, 0.5, 2, 5]));
    maybe('tau_minus', 0.3, () => (d.chance(0.5) ? 30 : random.uniform(10, 30)));
    if (model === 'clamped_neuron')
      values.spike_times = d.list(n, () => this.#times(d.below(8), 40));
    const made = { n, ...values };
    this.#try(() => {
      const nodes = this.kernel.Create(model, made.n, values as never);
      this.#populations.push({ nodes, model });
    });
    if (this.#populations.length === 0) this.#population();
  }

  #times(n: number, gap: number): number[] {
    let step = 0;
    return this.#draws.list(n, () => (step += 1 + this.#draws.below(gap)) * this.resolution);
  }

  #generator(): void {
    const d = this.#draws;
    const model = d.pick(generators);
    const values: Values = {};
    if (model === 'poisson_generator') values.rate = d.pick([500, 5000, 20_000, 200_000]);
    if (model === 'spike_generator') {
      const times = this.#times(5 + d.below(20), 20);
      values.spike_times = times;
      if (d.chance(0.4)) values.spike_weights = times.map(() => d.between(0, 3));
      if (d.chance(0.3)) values.spike_multiplicities = times.map(() => d.below(4));
    }
    if (/^[ad]c_/.test(model)) values.amplitude = d.between(0, 300);
    if (model === 'ac_generator') values.frequency = 40;
    if (model === 'noise_generator') {
      Object.assign(values, { mean: 100, std: 200, dt: this.resolution * d.pick([1, 2, 5]) });
    }
    const times = [5, 25, 60].map((ms) => this.#grid(ms));
    if (model === 'step_current_generator') {
      Object.assign(values, { amplitude_times: times, amplitude_values: [100, -50, 400] });
    }
    if (model === 'inhomogeneous_poisson_generator') {
      Object.assign(values, { rate_times: times, rate_values: [1000, 0, 30_000] });
    }
    if (d.chance(0.2)) values.start = this.#grid(10);
    if (d.chance(0.2)) values.stop = this.#grid(80);
    const n = d.pick([1, 1, 2, 5]);
    const weight = d.chance(0.3) ? random.uniform(1, 60) : d.pick([2, 20, 80, 300]);
    const rule = d.chance(0.5) ? 'all_to_all' : { rule: 'pairwise_bernoulli', p: 0.5 };
    const target = d.pick(this.#populations);
    const delay = this.#delay(10);
    this.#try(() => {
      const made = this.kernel.Create(model, n, values as never);
      this.kernel.Connect(made, target.nodes, rule as never, {
        weight: isCurrent(model) ? 1 : weight,
        delay,
      });
    });
  }

  #delay(most: number) {
    const d = this.#draws;
    const drawn = random.uniform(this.resolution, most * this.resolution);
    return d.chance(0.4) ? drawn : this.resolution * (1 + d.below(most));
  }

  #modulators(): Devices {
    const d = this.#draws;
    const volume = this.kernel.Create('volume_transmitter');
    const reward = this.kernel.Create('reward_transmitter', { reward: 0.3 });
    if (d.chance(0.5)) {
      const reward_times = [10, 20, 60].map((ms) => this.#grid(ms));
      reward.set({ reward_times, reward_values: [1, -1, 0.5] });
    }
    const weights = this.kernel.Create('weight_recorder');
    const source = d.pick(this.#populations);
    this.#try(() => this.kernel.Connect(source.nodes, volume));
    return { volume, reward, weights };
  }

  /** A copy of a synapse model that has what it needs. */
  #synapseModel({ volume, reward, weights }: Devices) {
    const d = this.#draws;
    const base = d.chance(0.4) ? 'static_synapse' : d.pick(synapseModels);
    const values: Values = {};
    if (/dopa|neuromod/.test(base)) {
      Object.assign(values, { volume_transmitter: volume, Wmin: 0, Wmax: 200 });
    }
    if (base.startsWith('mstdp')) {
      const bounds = { Wmin: 0, Wmax: 200, A_plus: 1, A_minus: -1 };
      const known: Values = presets[base as 'mstdp_synapse'];
      const preset = d.chance(0.5) ? known[d.pick(Object.keys(known))] : {};
      Object.assign(values, { reward_transmitter: reward }, bounds, preset);
    }
    if (base !== 'static_synapse_hom_w' && d.chance(0.3)) values.weight_recorder = weights;
    if (base === 'static_synapse_hom_w') values.weight = 10;
    const name = `copy${this.#plastic.length}_${base}`;
    const isMade = this.#try(() => {
      if (!this.kernel.synapse_models.includes(name))
        this.kernel.CopyModel(base, name, values as never);
    });
    if (isMade && !base.startsWith('static')) this.#plastic.push(name);
    return { base, name: isMade ? name : 'static_synapse' };
  }

  #projection(devices: Devices): void {
    const d = this.#draws;
    const [from, to] = [d.pick(this.#populations), d.pick(this.#populations)];
    const { base, name } = this.#synapseModel(devices);
    const degree = 1 + d.below(10);
    const rule = d.pick<Values>([
      from.nodes.length * to.nodes.length > 8000
        ? { rule: 'pairwise_bernoulli', p: 0.05 }
        : { rule: 'all_to_all' },
      { rule: 'fixed_indegree', indegree: degree },
      { rule: 'fixed_indegree', indegree: degree, allow_multapses: false, allow_autapses: false },
      { rule: 'fixed_indegree', indegree: random.uniform_int(6) },
      { rule: 'fixed_outdegree', outdegree: degree },
      { rule: 'fixed_total_number', N: 50 * degree },
      { rule: 'pairwise_bernoulli', p: 0.1 },
      { rule: 'pairwise_bernoulli', p: random.uniform(0, 0.3) },
      { rule: 'pairwise_poisson', pairwise_avg_num_conns: 0.2 },
    ]);
    const scale = /cond|aeif/.test(to.model) ? 3 : to.model.includes('delta') ? 1 : 50;
    const synapse: Values = { synapse_model: name, delay: this.#delay(20) };
    if (base !== 'static_synapse_hom_w') {
      const inhibits = scale !== 3 && base === 'static_synapse' && d.chance(0.3);
      const weight = d.chance(0.4) ? random.uniform(0, scale) : scale * d.pick([0.5, 1, 2]);
      synapse.weight = inhibits ? -scale : weight;
    }
    if (base === 'stdp_synapse' && d.chance(0.4)) synapse.lambda = random.uniform(0, 0.05);
    // Relays that drive each other would multiply without end.
    if (isRelay(to.model)) synapse.receptor_type = 1;
    if (d.chance(0.2)) synapse.synapse_label = d.below(3);
    this.#try(() => this.kernel.Connect(from.nodes, to.nodes, rule as never, synapse));
  }

  #record(weights: NodeCollection): void {
    const d = this.#draws;
    const { kernel, resolution } = this;
    const all = kernel.Create('spike_recorder');
    const some = kernel.Create('spike_recorder', {
      start: 20 * resolution,
      stop: 200 * resolution,
    });
    for (const { nodes } of this.#populations) kernel.Connect(nodes, all);
    kernel.Connect(d.pick(this.#populations).nodes, some);
    this.#recorders.push(all, some, weights);
    for (const { nodes, model } of this.#populations) {
      const recordables = models.get(model)?.recordables ?? [];
      if (recordables.length === 0 || d.chance(0.4)) continue;
      const meter = kernel.Create('multimeter', {
        interval: resolution * d.pick([1, 3, 10]),
        offset: d.chance(0.3) ? 2 * resolution : 0,
        record_from: recordables.slice(0, 1 + d.below(recordables.length)),
      });
      kernel.Connect(meter, nodes.length > 20 ? nodes.slice(0, 20) : nodes);
      this.#recorders.push(meter);
    }
    if (this.#plastic.length === 0 || d.chance(0.3)) return;
    const synapses = kernel.GetConnections({ synapse_model: d.pick(this.#plastic) });
    if (synapses.length === 0) return;
    const interval = resolution * d.pick([1, 5, 20]);
    const reader = kernel.Create('synapse_recorder', { interval, record_from: ['weight'] });
    reader.set({ connections: synapses.slice(0, Math.min(50, synapses.length)) });
    this.#recorders.push(reader);
  }

  /** One call for a population, generators and a recorder. */
  #several(): void {
    const d = this.#draws;
    const { kernel } = this;
    const [from, to] = [d.pick(this.#populations), d.pick(this.#populations)];
    const isRelayed = isRelay(to.model);
    const generators = kernel
      .Create('poisson_generator', { rate: 5000 })
      .concat(kernel.Create('spike_generator', { spike_times: this.#times(20, 20) }));
    const recorder = kernel.Create('spike_recorder');
    this.#recorders.push(recorder);
    const sources = from.nodes.concat(generators);
    const drawn = { rule: 'fixed_indegree', indegree: 1 + d.below(8) };
    const synapse = { weight: random.uniform(0, 5), delay: this.#delay(10) };
    this.#try(() => {
      if (isRelayed || d.chance(0.5)) kernel.Connect(sources, recorder, 'all_to_all', synapse);
      else kernel.Connect(sources, to.nodes, drawn as never, synapse);
    });
    this.#try(() => {
      if (!isRelayed) kernel.Connect(generators, to.nodes.concat(recorder), 'all_to_all', synapse);
    });
  }

  /** Something that users do between two simulations. */
  #change(seed: number): () => void {
    const { kernel, resolution } = this;
    const d = new Draws(seed);
    const population = (): NodeCollection => d.pick(this.#populations).nodes;
    const outgoing = (filter: object = {}) =>
      kernel.GetConnections({ source: population(), ...filter });
    const changes: (() => void)[] = [
      () => population().set({ V_m: -60 }),
      () => outgoing().set({ weight: random.uniform(0, 2) }),
      () =>
        outgoing({ synapse_model: 'static_synapse' })
          .pick([0, 2])
          .set({ weight: [1.5, 1 / 3] }),
      () => outgoing().set({ delay: random.uniform(resolution, 15 * resolution) }),
      () => population().set({ tau_minus: random.uniform(10, 40) }),
      () => kernel.GetNodes({ model: 'poisson_generator' }).set({ rate: 3000 }),
      () =>
        kernel.SetDefaults(
          d.pick(this.#plastic),
          d.pick([{ tau_plus: 15 }, { lambda: 0.02 }, { Wmax: 250 }]),
        ),
      () => {
        const target = d.pick(this.#populations.filter(({ model }) => !isRelay(model)));
        const rule = { rule: 'fixed_indegree', indegree: 2 } as const;
        kernel.Connect(population(), target.nodes, rule, { weight: 1, delay: 3 * resolution });
      },
      () => {
        const nodes = kernel.Create('iaf_psc_alpha', 70, { I_e: 400 });
        const synapse = { synapse_model: 'stdp_synapse', weight: 20, delay: 2 * resolution };
        kernel.Connect(population(), nodes, { rule: 'fixed_indegree', indegree: 3 }, synapse);
        this.#populations.push({ nodes, model: 'iaf_psc_alpha' });
      },
    ];
    return () => {
      const change = d.pick(changes);
      try {
        this.#try(change);
      } catch (error) {
        // Nothing to pick from in this network.
        if (!(error instanceof RangeError)) throw error;
      }
    };
  }
}

function digest(value: unknown): string {
  const hash = createHash('sha1');
  const feed = (part: unknown): void => {
    if (part instanceof Float64Array || part instanceof Uint32Array) hash.update(part);
    else if (Array.isArray(part)) part.forEach(feed);
    else hash.update(Object.is(part, -0) ? '-0' : `${JSON.stringify(part)};`);
  };
  feed(value);
  return hash.digest('hex').slice(0, 12);
}
