// A program of random calls on a kernel, and the same on a plain list of connections.
import assert from 'node:assert/strict';
import { InexistentConnection, Kernel, type NodeCollection } from '../../lib';
import { Draws } from '../fuzz/draws';

interface Row {
  source: number;
  target: number;
  synapse_model: string;
  synapse_label: number;
  delay: number;
  weight: number;
}

const MODELS = ['static_synapse', 'mine', 'shared'] as const;

/** Sums of such weights are exact, in any order. */
const dyadic = (draws: Draws) => (draws.below(64) - 32) / 8;
const steps = (ms: number) => Math.round(ms * 10);

export class Program {
  readonly #draws: Draws;
  readonly #kernel = new Kernel();
  readonly #generators: NodeCollection;
  #parrots: NodeCollection;
  #targets: NodeCollection;
  readonly #recorder: NodeCollection<'spike_recorder', false>;
  #rows: Row[] = [];
  /** What is due, by target and step. */
  readonly #due: [target: number, step: number, weight: number][] = [];
  #now = 0;
  refused = 0;
  removed = 0;

  constructor(seed: number, threads: number) {
    const draws = (this.#draws = new Draws(seed));
    const kernel = this.#kernel;
    kernel.SetKernelStatus({ local_num_threads: threads });
    kernel.CopyModel('static_synapse', 'mine', { delay: 0.7 });
    kernel.CopyModel('static_synapse_hom_w', 'shared', { weight: 0.375 });
    const times = Array.from({ length: 400 }, (_, k) => k + 1);
    this.#generators = kernel.Create('spike_generator', 4, {
      spike_times: draws.list(4, () => times.filter(() => draws.chance(0.4)).map((k) => k / 10)),
    });
    this.#recorder = kernel.Create('spike_recorder');
    this.#parrots = this.#create('parrot_neuron', 12);
    this.#targets = this.#create('iaf_psc_delta', 30);
  }

  #create(model: string, n: number): NodeCollection {
    const kernel = this.#kernel;
    if (model === 'parrot_neuron') {
      const made = kernel.Create(model, n);
      // Not of the models that are looked at here.
      const pairs = this.#draws.list(2 * n, (i) => made.ids[i % n]!);
      const from = pairs.map(() => this.#draws.pick([...this.#generators.ids]));
      kernel.Connect(from, pairs, 'one_to_one', { synapse_label: 99 });
      kernel.Connect(made, this.#recorder, 'all_to_all', { synapse_label: 99 });
      return made;
    }
    // They forget nothing, and never fire.
    return kernel.Create('iaf_psc_delta', n, {
      tau_m: 1e300,
      E_L: 0,
      V_m: 0,
      V_th: 1e300,
      V_reset: -1,
    });
  }

  #some(nodes: NodeCollection): NodeCollection {
    const mask = Array.from(nodes, () => this.#draws.chance(0.5));
    return nodes.pick(mask.includes(true) ? mask : mask.map(() => true));
  }

  #ids(nodes: NodeCollection): number[] {
    return [...nodes.ids];
  }

  /** What there is, as GetConnections tells it. */
  #read(): Row[] {
    const found = this.#kernel.GetConnections();
    const columns = found.get([
      'source',
      'target',
      'synapse_model',
      'synapse_label',
      'delay',
      'weight',
    ]);
    return Array.from(
      { length: found.length },
      (_, i) =>
        Object.fromEntries(
          Object.entries(columns).map(([key, column]) => [key, (column as ArrayLike<unknown>)[i]]),
        ) as unknown as Row,
    ).filter((row) => row.synapse_label !== 99);
  }

  connect(): void {
    const draws = this.#draws;
    const synapse_model = draws.pick(MODELS);
    const synapse_label = draws.chance(0.3) ? 3 : -1;
    const sources = draws.chance(0.2) ? this.#generators : this.#parrots;
    const delay = (1 + draws.below(25)) / 10;
    const before = this.#rows.length;
    const add = (source: number, target: number, weight: number, ms: number) =>
      this.#rows.push({
        source,
        target,
        synapse_model,
        synapse_label,
        delay: ms,
        weight: synapse_model === 'shared' ? 0.375 : weight,
      });
    const spec = { synapse_model, ...(synapse_label >= 0 && { synapse_label }) };
    if (draws.chance(0.5)) {
      const weight = dyadic(draws);
      const [from, to] = [this.#some(sources), this.#some(this.#targets)];
      this.#kernel.Connect(from, to, 'all_to_all', {
        ...spec,
        delay,
        ...(synapse_model !== 'shared' && { weight }),
      });
      for (const s of this.#ids(from)) for (const t of this.#ids(to)) add(s, t, weight, delay);
    } else {
      const n = 1 + draws.below(60);
      const from = draws.list(n, () => draws.pick(this.#ids(sources)));
      const to = draws.list(n, () => draws.pick(this.#ids(this.#targets)));
      const weights = draws.list(n, () => dyadic(draws));
      const delays = draws.list(n, () => (1 + draws.below(25)) / 10);
      this.#kernel.Connect(from, to, 'one_to_one', {
        ...spec,
        delay: delays,
        ...(synapse_model !== 'shared' && { weight: weights }),
      });
      for (let i = 0; i < n; i++) add(from[i]!, to[i]!, weights[i]!, delays[i]!);
    }
    assert(this.#rows.length > before);
    this.#compare(this.#read());
  }

  /** The same connections; from here on in the order in which they are given. */
  #compare(given: Row[]): void {
    const sorted = (rows: Row[]) =>
      rows.map((row) => JSON.stringify(row, Object.keys(row).sort())).sort();
    assert.deepEqual(sorted(given), sorted(this.#rows));
    this.#rows = given;
  }

  /** Without the first of each pair; undefined where one is missing. */
  #without(pairs: readonly (readonly [number, number])[], model: string): Row[] | undefined {
    const left = [...this.#rows];
    for (const [source, target] of pairs) {
      const at = left.findIndex(
        (r) => r.source === source && r.target === target && r.synapse_model === model,
      );
      if (at < 0) return undefined;
      left.splice(at, 1);
    }
    return left;
  }

  #expectAfter(call: () => void, left: Row[] | undefined): void {
    const before = this.#rows;
    const count = this.#kernel.GetKernelStatus('num_connections');
    if (left) {
      call();
      this.#rows = left;
      this.removed += before.length - left.length;
      const now = this.#kernel.GetKernelStatus('num_connections');
      assert.equal(now, count - before.length + left.length);
    } else {
      assert.throws(call, InexistentConnection);
      this.refused += 1;
    }
    assert.deepEqual(this.#read(), this.#rows);
  }

  disconnectPairs(): void {
    const draws = this.#draws;
    const model = draws.pick(MODELS);
    const rows = this.#rows.filter((r) => r.synapse_model === model);
    if (rows.length === 0) return;
    if (draws.chance(0.5)) {
      const n = 1 + draws.below(Math.min(rows.length, 40));
      const pairs = draws.list(n, () => draws.pick(rows)).map((r) => [r.source, r.target] as const);
      const left = this.#without(pairs, model);
      this.#expectAfter(
        () =>
          this.#kernel.Disconnect(
            pairs.map(([s]) => s),
            pairs.map(([, t]) => t),
            'one_to_one',
            model,
          ),
        left,
      );
    } else {
      const few = (nodes: NodeCollection, n: number) => nodes.slice(0, Math.min(n, nodes.length));
      const from = few(this.#some(draws.chance(0.3) ? this.#generators : this.#parrots), 2);
      const to = few(this.#some(this.#targets), draws.chance(0.5) ? 1 : 4);
      const pairs = this.#ids(from).flatMap((s) => this.#ids(to).map((t) => [s, t] as const));
      this.#expectAfter(
        () =>
          this.#kernel.Disconnect(
            from,
            to,
            { rule: 'all_to_all' },
            { synapse_model: model, weight: 7 },
          ),
        this.#without(pairs, model),
      );
    }
  }

  disconnectCollection(): void {
    const draws = this.#draws;
    const found = this.#kernel.GetConnections();
    const p = draws.pick([0.02, 0.3, 1]);
    const own = Array.from(found.synapse_label, (label) => label !== 99);
    const mask = Array.from(own, (is) => Boolean(is) && draws.chance(p));
    const kept = Array.from(mask).filter((_, i) => own[i]);
    const picked = found.pick(mask);
    const call = () => {
      if (draws.chance(0.5)) picked.disconnect();
      else this.#kernel.Disconnect(picked);
    };
    this.#expectAfter(
      call,
      this.#rows.filter((_, i) => !kept[i]),
    );
  }

  set(): void {
    const draws = this.#draws;
    const found = this.#kernel.GetConnections({
      synapse_model: draws.pick(['static_synapse', 'mine']),
    });
    const own = Array.from(found.synapse_label, (label) => label !== 99 && draws.chance(0.3));
    const some = found.pick(own);
    if (some.length === 0) return;
    const delays = draws.chance(0.3);
    some.set(
      delays
        ? { delay: draws.list(some.length, () => (1 + draws.below(25)) / 10) }
        : { weight: draws.list(some.length, () => dyadic(draws)) },
    );
    this.#rows = this.#read();
  }

  create(): void {
    if (this.#draws.chance(0.5))
      this.#parrots = this.#parrots.concat(this.#create('parrot_neuron', 3));
    else this.#targets = this.#targets.concat(this.#create('iaf_psc_delta', 5));
  }

  simulate(): void {
    const { times, senders } = this.#recorder.events;
    const known = times.length;
    const ms = (1 + this.#draws.below(30)) / 10;
    this.#kernel.SimulateSync(ms);
    const until = this.#now + steps(ms);
    const bySource = new Map<number, Row[]>();
    for (const row of this.#rows) {
      bySource.set(row.source, [...(bySource.get(row.source) ?? []), row]);
    }
    const emit = (source: number, stamp: number) => {
      for (const row of bySource.get(source) ?? []) {
        this.#due.push([row.target, stamp + steps(row.delay), row.weight]);
      }
    };
    const events = this.#recorder.events;
    assert.deepEqual(senders, events.senders.slice(0, known));
    for (let i = known; i < events.times.length; i++)
      emit(events.senders[i]!, steps(events.times[i]!));
    for (const generator of this.#generators) {
      for (const t of generator.get('spike_times') as Float64Array) {
        if (steps(t) > this.#now && steps(t) <= until) emit(generator.ids[0]!, steps(t));
      }
    }
    this.#now = until;
    const V = new Map(this.#ids(this.#targets).map((id) => [id, 0]));
    for (const [target, step, weight] of this.#due) {
      if (step <= until) V.set(target, V.get(target)! + weight);
    }
    assert.deepEqual([...(this.#targets.get('V_m') as Float64Array)], [...V.values()]);
  }

  run(calls: number): void {
    const operations = [
      () => this.connect(),
      () => this.connect(),
      () => this.disconnectPairs(),
      () => this.disconnectPairs(),
      () => this.disconnectCollection(),
      () => this.set(),
      () => this.simulate(),
      () => this.simulate(),
      () => this.create(),
    ];
    this.connect();
    for (let i = 0; i < calls; i++) this.#draws.pick(operations)();
    this.simulate();
  }
}
