import { Kernel } from '../../lib';
import type { SpikeEvents } from '../../lib/analysis';
import type { OptionDeclarations, OptionValues } from '../../lib/cli/experiment';
import {
  native,
  type NativeGroup,
  type NativeKernel,
  type NativeProperties,
  type NativeValue,
} from '../../lib/native';
import type { Workload, WorkloadNetwork } from '../speed/workload';

/** Node IDs as [first, last] of each range of successive ones. */
type Ranges = readonly (readonly [first: number, last: number])[];

/** Plain values; random ones as `{parameter}`, nodes as `{nodes}`, infinities as `±Infinity`. */
type Values = Readonly<Record<string, unknown>>;

/** One call that makes a part of a network. */
export type Step =
  | {
      readonly do: 'Create';
      readonly model: string;
      readonly n: number;
      readonly params: Values;
      readonly first: number;
    }
  | {
      readonly do: 'Connect';
      readonly pre: Ranges;
      readonly post: Ranges;
      readonly conn_spec: Values;
      readonly syn_spec: Values;
    }
  | { readonly do: 'set'; readonly nodes: Ranges; readonly params: Values }
  | { readonly do: 'SetDefaults'; readonly model: string; readonly params: Values }
  | {
      readonly do: 'CopyModel';
      readonly existing: string;
      readonly name: string;
      readonly params: Values;
    };

/** A workload's network as data for another simulator. */
export interface NetworkDescription<Network> {
  /** In their order; JSON. */
  readonly steps: readonly Step[];
  /** Nodes whose spikes are recorded into `recorders`. */
  readonly recorders: readonly number[];
  /** The network as {@link Workload.measure} reads it, with the spikes that the other recorded. */
  readonly network: (recorded: ReadonlyMap<number, SpikeEvents>) => Network;
}

/**
 * Writes down what a workload's `build` does, so that its parameters stand in one place for all
 * simulators. The nodes are made (their IDs and keys are needed); nothing is connected.
 */
export function describeNetwork<
  Options extends OptionDeclarations,
  Network extends WorkloadNetwork,
>(
  workload: Workload<Options, Network>,
  options: OptionValues<Options>,
): NetworkDescription<Network> {
  const steps: Step[] = [];
  const recorded = new Map<number, SpikeEvents>();
  const network = workload.build(new Kernel(listener(steps, recorded)), options);
  return {
    steps,
    recorders: steps.flatMap((step) =>
      step.do === 'Create' && step.model === 'spike_recorder'
        ? Array.from({ length: step.n }, (_, i) => step.first + i)
        : [],
    ),
    network: (events) => {
      for (const [id, spikes] of events) recorded.set(id, spikes);
      return network;
    },
  };
}

function forAll(params: NativeProperties | readonly NativeGroup[]): NativeProperties {
  if (!isGroups(params)) return params;
  throw new TypeError('A network that is described gives all nodes of a call the same object.');
}

const isGroups = (params: object): params is readonly NativeGroup[] => Array.isArray(params);

/** A kernel that writes down what is made, and has the events that it is given. */
function listener(steps: Step[], recorded: ReadonlyMap<number, SpikeEvents>): NativeKernel {
  const kernel = new native.NativeKernel();
  const heard: Partial<NativeKernel> = {
    create(model, n, params) {
      const first = kernel.create(model, n, params);
      steps.push({ do: 'Create', model, n, params: plain(forAll(params)), first });
      return first;
    },
    connect(pre, post, conn, [syn = {}, ...others]) {
      if (others.length > 0) {
        throw new TypeError('A network that is described has one syn_spec for each Connect.');
      }
      steps.push({
        do: 'Connect',
        pre: rangesOf(pre),
        post: rangesOf(post),
        conn_spec: plain(conn),
        syn_spec: plain(syn),
      });
    },
    setNodes(ids, params) {
      kernel.setNodes(ids, params);
      steps.push({ do: 'set', nodes: rangesOf(ids), params: plain(forAll(params)) });
    },
    setDefaults(model, params) {
      kernel.setDefaults(model, params);
      steps.push({ do: 'SetDefaults', model, params: plain(params) });
    },
    copyModel(existing, name, params) {
      kernel.copyModel(existing, name, params);
      steps.push({ do: 'CopyModel', existing, name, params: plain(params) });
    },
    events(id) {
      const { times = new Float64Array(), senders = new Uint32Array() } = recorded.get(id) ?? {};
      return {
        times: { f64: times.slice().buffer },
        senders: { u32: senders.slice().buffer },
      };
    },
  };
  // Everything else is the kernel's: methods of native objects need that object as `this`.
  return new Proxy(kernel, {
    get(target, key) {
      const own: unknown = Reflect.get(heard, key);
      if (own !== undefined) return own;
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]): unknown => Reflect.apply(value, target, args);
    },
  });
}

function plain(properties: NativeProperties): Values {
  return Object.fromEntries(
    Object.entries(properties).map(([key, value]) => [key, plainValue(value)]),
  );
}

function plainValue(value: NativeValue): unknown {
  if (typeof value !== 'object') return finiteOrText(value);
  if (value instanceof Float64Array) return Array.from(value, finiteOrText);
  if (Array.isArray(value)) return value.map((entry: NativeValue) => plainValue(entry));
  if ('nodes' in value) return { nodes: rangesOf(value.nodes) };
  if ('parameter' in value) return { parameter: plainSpec(value.parameter) };
  throw new TypeError('Synapses of a network cannot be described to another simulator.');
}

const plainSpec = (spec: unknown): unknown =>
  Array.isArray(spec) ? spec.map(plainSpec) : finiteOrText(spec);

/** JSON has no infinities. */
const finiteOrText = (value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;

function rangesOf(ids: Uint32Array): Ranges {
  const ranges: [number, number][] = [];
  for (const id of ids) {
    const last = ranges.at(-1);
    if (last?.[1] === id - 1) last[1] = id;
    else ranges.push([id, id]);
  }
  return ranges;
}
