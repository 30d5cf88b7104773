// Random programs that connect, disconnect, set and simulate synapses of stdp_reward_synapse and
// stdp_reward_tsodyks2_synapse, on a kernel and on the plain network of stdp-reward-life.ts.
import { Kernel, type NodeCollection } from '../../lib';
import { worst } from '../reference/compare';
import type { Spike } from './dopamine-oracle';
import { drive, pairOf } from './dopamine-protocols';
import { type Model, Network, Node, Synapse, type Teaching, Transmitter } from './stdp-reward-life';
import type { RewardParameters, Rule } from './stdp-reward-oracle';
import { uniformNumbers } from './uniform-numbers';

/** Of a parrot: what arrives there is not repeated. */
const IGNORED = 1;
const LONGEST_DELAY = 40;
const TOLERANCE = 1e-9;
const msOf = (step: number): number => step / 10;
const keyOf = ({ model, source, target }: Synapse) => model.name + pairOf(source.id, target.id);

const RULE: Rule = {
  A_plus: 1,
  A_minus: 1.05,
  tau_plus: 20,
  tau_c: 100,
  mu_plus: 0,
  mu_minus: 0,
  w_0: 1,
  Wmin: 0.2,
  Wmax: 3,
  gap: 0,
  alpha_kernel: true,
  learning_rate: 1,
  weight_scale: 1,
};
const PARAMETERS: RewardParameters = {
  A_1: 4e-3,
  A_2: 1e-3,
  tau_1: 50,
  tau_2: 120,
  pulse: 0.05,
  kappa_plus: 0.15,
  kappa_minus: -0.14,
  tau_kappa_1: 30,
  tau_kappa_2: 4,
  kappa_shift: 0,
  kappa_gap: 0,
  kappa_window: 150,
  kappa_delay: 3,
};

export class Program {
  readonly network = new Network();
  readonly kernel = new Kernel();
  compared = 0;
  readonly #uniform: (low: number, high: number) => number;
  readonly #last: number;
  readonly #threads: () => number;
  readonly #recorders: NodeCollection<'weight_recorder', false>[] = [];
  readonly #transmitters: NodeCollection[] = [];
  readonly #models: Model[] = [];
  readonly #all: Synapse[] = [];
  readonly #kept = new Set<Synapse>();
  readonly #calls: readonly (() => void)[];

  constructor(seed: number, steps: number, threads: () => number) {
    this.#uniform = uniformNumbers(seed);
    this.#last = steps;
    this.#threads = threads;
    this.kernel.SetKernelStatus({ resolution: 0.1, local_num_threads: threads() });
    for (const parameters of [PARAMETERS, { ...PARAMETERS, tau_2: 50, pulse: 0 }]) {
      this.#transmitters.push(this.kernel.Create('reward_transmitter', { ...parameters }));
      this.network.transmitters.push(new Transmitter(parameters));
    }
    this.#makeModel('a', 'stdp_reward_synapse', 0, RULE);
    this.#makeModel('b', 'stdp_reward_tsodyks2_synapse', 0, { ...RULE, gap: 0.3, tau_c: 30 });
    this.#makeModel('c', 'stdp_reward_synapse', 1, { ...RULE, mu_plus: 0.4, mu_minus: 1 });
    this.#makeNodes(6);
    for (let k = 0; k < 4; k++) this.#teach();
    for (const model of this.#models) this.#connectSome(8, model);
    this.#calls = [
      () => this.#connectSome(this.#below(6) + 1, this.#pick(this.#models)),
      () => this.#disconnectSome(),
      () => this.#setSome(),
      () => this.#setRule(),
      () => this.#setTransmitter(),
      () => this.#setNodes(),
      () => this.#makeNodes(this.#below(3) + 1),
      () => this.#teach(),
      () => this.#reload(),
      () => this.#copyModel(),
    ];
  }

  #below(n: number): number {
    return Math.floor(this.#uniform(0, n));
  }
  #pick<T>(values: readonly T[]): T {
    return values[this.#below(values.length)]!;
  }
  #chance(p: number): boolean {
    return this.#uniform(0, 1) < p;
  }

  #makeModel(name: string, original: string, t: number, rule: Rule): void {
    const weight_recorder = this.kernel.Create('weight_recorder');
    this.#recorders.push(weight_recorder);
    const reward_transmitter = this.#transmitters[t]!;
    this.kernel.CopyModel(original, name, { ...rule, reward_transmitter, weight_recorder });
    const transmitter = this.network.transmitters[t]!;
    const releases = original === 'stdp_reward_tsodyks2_synapse';
    this.#models.push({ name, rule, transmitter, releases });
  }

  #copyModel(): void {
    if (this.#models.length > 6) return;
    const t = this.#below(this.#transmitters.length);
    const name = `copy ${this.#models.length}`;
    this.#makeModel(name, 'stdp_reward_synapse', t, { ...RULE, tau_c: this.#uniform(10, 200) });
    this.#connectSome(4, this.#models.at(-1)!);
  }

  #train(): Spike[] {
    const from = this.network.now + 3;
    const steps: number[] = [];
    const rate = this.#pick([0, 0.003, 0.01]);
    for (let step = from; step < this.#last; step++) {
      if (this.#chance(rate)) steps.push(step, ...(this.#chance(0.2) ? [step + 1] : []));
    }
    return [...new Set(steps)].map((step) => ({
      step,
      multiplicity: this.#pick([1, 1, 1, 2, 3]),
    }));
  }
  #makeNodes(n: number): void {
    const made = this.kernel.Create('parrot_neuron', n);
    for (let i = 0; i < n; i++) {
      const train = this.#train();
      if (train.length > 0) drive(this.kernel, made.at(i), train, 1);
      this.network.nodes.push(new Node(made.ids[i]!, train));
    }
    // Their spikes are kept from the start.
    const kept = this.#connect(
      this.network.nodes.slice(-n).map((node) => [this.#pick(this.network.nodes), node]),
      this.#models[0]!,
    );
    for (const synapse of kept) this.#kept.add(synapse);
  }
  #teach(): void {
    const t = this.#below(this.#transmitters.length);
    const teaching: Teaching = {
      source: this.#pick(this.network.nodes),
      receptor: this.#pick([0, 1, 2]),
      weight: this.#pick([1, -0.5, 1]),
      delay: this.#below(LONGEST_DELAY) + 1,
    };
    const { source, receptor, weight, delay } = teaching;
    this.kernel.Connect([source.id], this.#transmitters[t]!, 'all_to_all', {
      weight,
      delay: msOf(delay),
      receptor_type: receptor,
    });
    this.network.transmitters[t]!.teachings.push(teaching);
  }

  #connectSome(n: number, model: Model): void {
    const pairs = Array.from({ length: n }, (): [Node, Node] => [
      this.#pick(this.network.nodes),
      this.#pick(this.network.nodes),
    ]);
    this.#connect(pairs, model);
  }
  #connect(pairs: readonly (readonly [Node, Node])[], model: Model): Synapse[] {
    const there = new Set(
      this.network.synapses
        .filter((s) => s.model === model)
        .map((s) => pairOf(s.source.id, s.target.id)),
    );
    const made = pairs.flatMap(([source, target]) => {
      const pair = pairOf(source.id, target.id);
      if (there.has(pair)) return [];
      there.add(pair);
      const shortTerm = {
        U: this.#uniform(0.1, 0.9),
        tau_rec: this.#uniform(10, 500),
        tau_fac: this.#pick([0, this.#uniform(10, 500)]),
      };
      const weight = this.#uniform(0.1, 3.2);
      const delay = this.#below(LONGEST_DELAY) + 1;
      return [new Synapse(model, source, target, delay, weight, shortTerm)];
    });
    if (made.length === 0) return [];
    this.network.synapses.push(...made);
    this.#all.push(...made);
    this.kernel.Connect(
      made.map(({ source }) => source.id),
      made.map(({ target }) => target.id),
      'one_to_one',
      {
        synapse_model: model.name,
        weight_precision: 'double',
        weight: made.map(({ weight }) => weight),
        delay: made.map(({ delay }) => msOf(delay)),
        receptor_type: IGNORED,
        ...(model.releases && {
          U: made.map((s) => s.shortTerm.U),
          tau_rec: made.map((s) => s.shortTerm.tau_rec),
          tau_fac: made.map((s) => s.shortTerm.tau_fac),
        }),
      },
    );
    return made;
  }

  #found(synapses: readonly Synapse[]) {
    return synapses.map((s) =>
      this.kernel.GetConnections({
        source: this.kernel.NodeCollection([s.source.id]),
        target: this.kernel.NodeCollection([s.target.id]),
        synapse_model: s.model.name,
      }),
    );
  }
  #some(): Synapse[] {
    return this.network.synapses.filter(() => this.#chance(0.15));
  }
  #disconnectSome(): void {
    // A neuron without plastic input forgets its spikes.
    for (const synapse of this.#some().filter((s) => !this.#kept.has(s))) {
      this.kernel.Disconnect([synapse.source.id], [synapse.target.id], 'one_to_one', {
        synapse_model: synapse.model.name,
      });
      this.network.synapses = this.network.synapses.filter((s) => s !== synapse);
    }
  }
  #setSome(): void {
    const some = this.#some();
    this.#found(some).forEach((found, i) => {
      const synapse = some[i]!;
      const values = {
        weight: this.#uniform(0.1, 3.2),
        ...(this.#chance(0.5) && { c: this.#uniform(-1, 1) }),
        ...(this.#chance(0.5) && { g: this.#uniform(-1, 1) }),
        ...(synapse.model.releases && { u: this.#uniform(0.1, 0.9), x: this.#uniform(0, 1) }),
      };
      found.set(values);
      Object.assign(synapse, values);
    });
  }
  #setRule(): void {
    const model = this.#pick(this.#models);
    const changes: Partial<Rule>[] = [
      { tau_plus: this.#uniform(3, 40) },
      { tau_c: this.#uniform(5, 300) },
      { gap: this.#pick([0, 0.1, 1, 8]) },
      { alpha_kernel: this.#chance(0.5) },
      { A_plus: this.#uniform(-1, 1), A_minus: this.#uniform(-1, 1) },
      { learning_rate: this.#pick([1, -1, 0, 0.5]) },
      { Wmin: this.#uniform(0.05, 1), Wmax: this.#uniform(1, 3) },
      { weight_scale: this.#uniform(0.5, 2) },
      { mu_plus: this.#pick([0, 1, 0.5]), mu_minus: this.#pick([0, 1]), w_0: this.#uniform(1, 2) },
    ];
    const change = this.#pick(changes);
    model.rule = { ...model.rule, ...change };
    this.kernel.SetDefaults(model.name, { ...change });
  }
  #setTransmitter(): void {
    const t = this.#below(this.#transmitters.length);
    const [transmitter, plain] = [this.#transmitters[t]!, this.network.transmitters[t]!];
    if (this.#chance(0.15)) {
      transmitter.set({ clear: true });
      plain.clear();
      return;
    }
    if (this.#chance(0.3)) {
      const reward = this.#pick([0, this.#uniform(-0.01, 0.01)]);
      transmitter.set({ reward });
      plain.level = reward;
      return;
    }
    const changes: Partial<RewardParameters>[] = [
      { A_1: this.#uniform(-0.01, 0.01), A_2: this.#uniform(-0.01, 0.01) },
      { tau_1: this.#uniform(5, 200), tau_2: this.#uniform(5, 200) },
      { pulse: this.#uniform(-0.1, 0.1) },
      { kappa_plus: this.#uniform(-1, 1), kappa_minus: this.#uniform(-1, 1) },
      { kappa_delay: this.#pick([0, 0.1, 5, 30]) },
      { kappa_shift: this.#pick([0, 2, -3]), kappa_gap: this.#pick([0, 1]) },
    ];
    const change = this.#pick(changes);
    transmitter.set({ ...change });
    plain.set(change);
  }
  #setNodes(): void {
    for (const node of this.network.nodes.filter(() => this.#chance(0.3))) {
      node.tau_minus = this.#uniform(3, 40);
      this.kernel.NodeCollection([node.id]).set({ tau_minus: node.tau_minus });
    }
  }
  #reload(): void {
    const saved = this.kernel.SaveStateSync();
    if (this.#chance(0.5)) this.kernel.SimulateSync(7.3);
    this.kernel.LoadStateSync(saved, { local_num_threads: this.#threads() });
  }
  /** Up to so many runs, with calls between them. */
  run(runs: number): void {
    for (let i = 0; i < runs && this.network.now < this.#last; i++) {
      const steps = this.#pick([1, 3, 1 + this.#below(50), 1 + this.#below(500)]);
      const until = Math.min(this.network.now + steps, this.#last);
      this.kernel.SimulateSync(msOf(until - this.network.now));
      this.network.advance(until);
      this.#compare();
      for (let k = this.#below(4); k > 0; k--) this.#pick(this.#calls)();
    }
  }

  #states(): Map<string, number[]> {
    const values = new Map<string, number[]>();
    for (const { name, releases } of this.#models) {
      const found = this.kernel.GetConnections({ synapse_model: name });
      const names = ['weight', 'c', 'g', ...(releases ? ['u', 'x'] : [])];
      const columns = names.map((state) => found.get(state) as Float64Array);
      found.source.forEach((source, i) => {
        const own = columns.map((column) => column[i]!);
        values.set(name + pairOf(source, found.target[i]), own);
      });
    }
    return values;
  }
  /** By model and pair, of synapses that have gone, too. */
  #sent(): Map<string, number[]> {
    const sent = new Map<string, number[]>();
    this.#models.forEach(({ name }, m) => {
      const events = this.#recorders[m]!.events as unknown as Record<string, Float64Array>;
      const { senders, targets, times, weights } = events;
      senders!.forEach((source, i) => {
        const key = name + pairOf(source, targets![i]);
        if (!sent.has(key)) sent.set(key, []);
        sent.get(key)!.push(times![i]!, weights![i]!);
      });
    });
    return sent;
  }
  #compare(): void {
    const [states, sent] = [this.#states(), this.#sent()];
    const expected = new Map<string, number[]>();
    for (const s of this.#all) {
      const list = expected.get(keyOf(s)) ?? [];
      list.push(...s.sent.flatMap(({ step, weight }) => [msOf(step), weight]));
      expected.set(keyOf(s), list);
    }
    for (const [key, list] of expected) this.#expectSame(key, sent.get(key) ?? [], list);
    for (const s of this.network.synapses) {
      const { weight, c, g, u, x } = s;
      const own = s.model.releases ? [weight, c, g, u, x] : [weight, c, g];
      this.#expectSame(keyOf(s), states.get(keyOf(s)) ?? [], own);
    }
    this.compared += expected.size + this.network.synapses.length;
  }
  #expectSame(key: string, own: readonly number[], expected: readonly number[]): void {
    const { error } = worst(own, expected);
    if (own.length === expected.length && error <= TOLERANCE) return;
    const seen = { own: own.slice(-6), expected: expected.slice(-6) };
    throw new Error(`${key}, step ${this.network.now}: ${error}, ${JSON.stringify(seen)}`);
  }
}
