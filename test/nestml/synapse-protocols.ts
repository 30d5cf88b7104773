// Protocols of synapses in a kernel, with the model of a text or a built-in one.
import { type AnyInput, Kernel, type NodeCollection, type SynapseCollection } from '../../lib';
import { column } from '../reference/compare';
import {
  LISTENING,
  makeNodes,
  type Nodes,
  type PostSpike,
  postSpikes,
  receptorOf,
} from './synapse-nodes';
import type { Numbers, Sent } from './synapse-oracle';
import { type PlannedSynapse, type Plan, type Stop, stopOf } from './synapse-plan';
import type { BuiltIn, TriedModel } from './synapse-rules';
import { synapseText } from './synapse-texts';

/** A kernel with the models of a rule's text, and what is reset with it. */
export async function kernelOf(rule: TriedModel): Promise<Kernel> {
  const kernel = new Kernel();
  await kernel.LoadModel(LISTENING);
  await kernel.LoadModel(synapseText(rule.file), rule.said);
  return kernel;
}

/** What comes of a plan, by the names of the text. */
export interface Outcome {
  /** At each stop that is read, of each synapse. */
  readonly reads: readonly (readonly Numbers[])[];
  /** By source and target, as `pairOf` has them. */
  readonly sent: ReadonlyMap<string, readonly Sent[]>;
  /** What each target has sent. */
  readonly posts: readonly (readonly PostSpike[])[];
}

export const pairOf = ({ source, target }: Pick<PlannedSynapse, 'source' | 'target'>): string =>
  `${source} → ${target}`;

/** The copy of the model. */
const COPY = 'tried';

/** A plan in a kernel. */
export class Protocol {
  /** @param builtIn What takes the place of the model of the text. */
  private constructor(
    readonly kernel: Kernel,
    readonly rule: TriedModel,
    readonly plan: Plan,
    private readonly nodes: Nodes,
    private readonly recorder: NodeCollection<'weight_recorder', false>,
    private readonly builtIn: BuiltIn | undefined,
    /** Positions of the synapses that there are, in the order in which they were made. */
    private present: readonly number[],
  ) {}

  /** In a kernel where nothing has been made yet. */
  static make(kernel: Kernel, rule: TriedModel, plan: Plan, builtIn?: BuiltIn): Protocol {
    const { perMs, threads, targets } = plan;
    kernel.SetKernelStatus({ resolution: 1 / perMs, local_num_threads: threads });
    const ofTarget = Object.entries(builtIn?.ofTarget ?? {});
    const tau = targets.map(({ p }) =>
      Object.fromEntries(ofTarget.map(([name, own]) => [own, p[name]!])),
    );
    const nodes = makeNodes(kernel, plan, rule.modulator, builtIn ? tau : []);
    const recorder = kernel.Create('weight_recorder');
    const protocol = new Protocol(kernel, rule, plan, nodes, recorder, builtIn, []);
    protocol.#copyModel();
    const isFirst = (k: number): boolean => stopOf(plan, 'made', k) === undefined;
    protocol.#connect([...plan.synapses.keys()].filter(isFirst));
    return protocol;
  }

  /** The same in a kernel that has its state. */
  in(kernel: Kernel): Protocol {
    const same = <N extends NodeCollection>(nodes: N): N =>
      kernel.NodeCollection(nodes.ids) as unknown as N;
    const { sources, targets, spikes, meter, transmitter } = this.nodes;
    const nodes: Nodes = {
      ...{ sources: same(sources), targets: same(targets), spikes: same(spikes) },
      ...{ meter: meter && same(meter), transmitter: transmitter && same(transmitter) },
    };
    const { rule, plan, recorder, builtIn, present } = this;
    return new Protocol(kernel, rule, plan, nodes, same(recorder), builtIn, present);
  }

  /** Goes on, with all that is read and set on the way. */
  run(stops: readonly Stop[] = this.plan.stops): Outcome {
    const { perMs } = this.plan;
    const reads: Numbers[][] = [];
    let now = Math.round(this.kernel.GetKernelStatus('biological_time') * perMs);
    for (const { step, isRead, change, reward, ...others } of stops) {
      this.kernel.SimulateSync((step - now) / perMs);
      now = step;
      if (isRead) reads.push(this.read());
      if (change) this.#change(change.name, change.values);
      if (reward !== undefined && this.rule.modulator === 'reward') {
        this.nodes.transmitter?.set({ reward });
      }
      this.#work(others);
    }
    return { reads, sent: this.sent(), posts: postSpikes(this.nodes, perMs) };
  }

  private get synapses(): SynapseCollection<string, true> {
    return this.kernel.GetConnections({ synapse_model: COPY });
  }

  /** The present numbers of all synapses; of a built-in model the weight and the delay. */
  read(): Numbers[] {
    const { synapses } = this;
    const { p, s } = this.plan;
    const own = this.builtIn ? [] : [...Object.keys(p), ...Object.keys(s)];
    const delay = this.#delay;
    const names = new Set([...own, 'weight', 'delay', delay]);
    const columns = [...names].map((name) => [name, synapses.get(name) as unknown[]] as const);
    const places = this.#places();
    return [...places.keys()]
      .sort((a, b) => a - b)
      .map((k) =>
        Object.fromEntries(columns.map(([name, values]) => [name, Number(values[places.get(k)!])])),
      );
  }

  /** What has been sent up to now. */
  sent(): Map<string, Sent[]> {
    const [sources, targets] = [this.nodes.sources, this.nodes.targets].map(({ ids }) =>
      Array.from(ids),
    );
    const [to, weights] = [column(this.recorder, 'targets'), column(this.recorder, 'weights')];
    const { times, senders } = this.recorder.events;
    const sent = new Map<string, Sent[]>();
    times.forEach((t, i) => {
      const [source, target] = [sources!.indexOf(senders[i]!), targets!.indexOf(to[i]!)];
      const key = pairOf({ source, target });
      const one = { step: Math.round(t * this.plan.perMs), weight: weights[i]! };
      if (!sent.get(key)?.push(one)) sent.set(key, [one]);
    });
    return sent;
  }

  /** The text's name of the delay, where it has one. */
  get #delay(): string {
    return (this.builtIn ? undefined : this.rule.delay) ?? 'delay';
  }

  /** The model's name of a parameter or state; undefined where it has none. */
  #nameOf(name: string): string | undefined {
    if (!this.builtIn) return name;
    return name === 'w' ? 'weight' : this.builtIn.names[name];
  }

  #given(numbers: Numbers): Record<string, AnyInput> {
    const entries = Object.entries(numbers).flatMap(([name, value]): [string, AnyInput][] => {
      const own = this.#nameOf(name);
      const isBoolean = this.rule.booleans.includes(name);
      return own === undefined ? [] : [[own, isBoolean ? value !== 0 : value]];
    });
    return Object.fromEntries(entries);
  }

  #copyModel(): void {
    const { p, s, perMs } = this.plan;
    const { transmitter } = this.nodes;
    const gate = this.rule.modulator === 'reward' ? 'reward_transmitter' : 'volume_transmitter';
    const own = this.builtIn ? { weight: s.w!, ...this.#given(p) } : this.#given({ ...p, ...s });
    this.kernel.CopyModel(this.builtIn?.model ?? this.rule.name, COPY, {
      ...{ ...own, ...this.builtIn?.more?.(p, 1 / perMs), weight_recorder: this.recorder },
      ...(transmitter && { [gate]: transmitter }),
    });
  }

  #connect(made: readonly number[]): void {
    if (made.length === 0) return;
    const { varied, perMs, targets } = this.plan;
    const synapses = made.map((k) => this.plan.synapses[k]!);
    this.present = [...this.present, ...made];
    const { sources, targets: others } = this.nodes;
    const names = ['w', ...(this.builtIn?.isShared ? [] : new Set(varied))];
    const columns = names.flatMap((name): [string, number[]][] => {
      const own = this.#nameOf(name);
      return own === undefined ? [] : [[own, synapses.map(({ p, s }) => (p[name] ?? s[name])!)]];
    });
    this.kernel.Connect(
      synapses.map(({ source }) => sources.ids[source]!),
      synapses.map(({ target }) => others.ids[target]!),
      'one_to_one',
      {
        synapse_model: COPY,
        [this.#delay]: synapses.map(({ delay }) => delay / perMs),
        receptor_type: receptorOf[targets[0]!.kind],
        ...Object.fromEntries(columns),
      },
    );
  }

  /** Where each synapse is in the order of GetConnections: by source, delay, target and creation. */
  #places(): Map<number, number> {
    const order = [...this.present.entries()].map(([made, k]) => {
      const { source, delay, target } = this.plan.synapses[k]!;
      return { k, key: [source, delay, target, made] };
    });
    order.sort((a, b) => {
      const at = a.key.findIndex((value, i) => value !== b.key[i]);
      return a.key[at]! - b.key[at]!;
    });
    return new Map(order.map(({ k }, place) => [k, place]));
  }

  /** Some of the synapses that there are. */
  #some(chosen: readonly number[]): SynapseCollection<string, true> {
    const places = this.#places();
    return this.synapses.pick(chosen.map((k) => places.get(k)!));
  }

  #change(name: string, values: ReadonlyMap<number, number>): void {
    const own = this.#nameOf(name);
    const chosen = this.present.filter((k) => values.has(k));
    if (own === undefined || chosen.length === 0) return;
    this.#some(chosen).set({ [own]: chosen.map((k) => values.get(k)!) });
  }

  #work({ made, removed }: Pick<Stop, 'made' | 'removed'>): void {
    if (removed && removed.length > 0) {
      this.#some(removed).disconnect();
      this.present = this.present.filter((k) => !removed.includes(k));
    }
    if (made) this.#connect(made);
  }
}
