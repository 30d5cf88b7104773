import { BadParameterValue, DimensionMismatch, IndexError, InvalidNodeCollection } from './errors';
import type { ByThreadsName, CommonProperties } from './generated/models';
import { type IdSet, resolveIndex, resolvePick, resolveSlice } from './id-set';
import { native, type NativeKernel, type NativeValue } from './native';
import { foreign, guardCollection, primitive } from './receivers';
import { type ReadableOptions, readableEvents } from './readable-events';
import { withConversions } from './recorded-events';
import { decodeEvents } from './recorder-events';
import {
  checkStream,
  eventStream,
  type RecorderStream,
  type StreamOptions,
  type StreamSource,
} from './recorder-stream';
import type { ByteStream } from './platform';
import type { Session } from './session';
import type { NodeParameters, PropertiesOf, RecordedSomehow } from './types';
import type { AnyValue, NumberArray } from './value-types';
import type { HeldBy, RecorderEvents } from './event-types';
import { checkKeyNames, isInstance, mismatch } from './forms';
import { encodeGroups } from './property-groups';
import { decode, decodeRecord, toNative } from './values';

/**
 * Nodes of one kernel in ascending order of their IDs; immutable.
 *
 * Whatever can be read or set is also a property: `E.V_m`, `stim.spike_times = [10, 20]`. One node
 * gives a value; several give a column: a typed array for numbers, else an array. Types know the
 * number only where it is written out, and stand for several elsewhere; `at(i)` is always one. After
 * ResetKernel every use of its nodes throws InvalidNodeCollection. Source: NEST, "NodeCollection".
 */
class Nodes<
  M extends string = string,
  P = Readonly<Record<string, AnyValue>>,
  Recorded extends string = string,
> {
  readonly #session: Session;
  readonly #generation: number;
  readonly #ids: IdSet;

  static {
    const isOne = (value: object) => #session in value;
    guardCollection<Nodes>(this, 'a NodeCollection', isOne, (nodes, name) => nodes.#unknown(name));
  }

  /** @internal */
  constructor(session: Session, generation: number, ids: IdSet) {
    this.#session = session;
    this.#generation = generation;
    this.#ids = ids;
  }

  /** Number of nodes. */
  get length(): number {
    return this.#ids.length;
  }

  /** Their IDs, ascending. A copy. */
  get ids(): Uint32Array {
    this.#check();
    return this.#ids.toArray().slice();
  }

  /**
   * The node at a position, as a collection of one; -1 is the last.
   * @throws IndexError naming the allowed range.
   */
  at(index: number): NodeCollection<M, false, Recorded> {
    const position = resolveIndex(index, this.length);
    return this.#part(this.#ids.slice(position, position + 1, 1));
  }

  /**
   * Every `step`-th node of the positions from `from` up to, not including, `to`; negative bounds
   * count from the end.
   * @throws IndexError for bounds beyond the length, as NEST does, or a step below 1.
   */
  slice(from?: number, to?: number, step?: number): NodeCollection<M, true, Recorded> {
    return this.#part(this.#ids.slice(...resolveSlice(this.length, from, to, step)));
  }

  /**
   * The nodes at ascending positions without repeats, or those where a mask is true.
   * @throws IndexError for a position outside or a mask of another length; BadProperty for
   * positions that do not ascend.
   */
  pick(selection: Iterable<number> | readonly boolean[]): NodeCollection<M, true, Recorded> {
    return this.#part(this.#ids.pick(resolvePick(selection, this.length)));
  }

  /**
   * The nodes of both collections, ascending.
   * @throws BadProperty if a node is in both; InvalidNodeCollection if the kernels differ.
   */
  concat(other: NodeCollection<M, boolean, Recorded>): NodeCollection<M, true, Recorded>;
  concat(other: NodeCollection): NodeCollection;
  concat(other: unknown): unknown {
    this.#check();
    const ids = Nodes.idsFor(this.#session, other);
    if (!ids) throw mismatch('nodes', 'a NodeCollection', other, 'concat');
    return this.#part(this.#ids.union(ids));
  }

  /** Whether a node ID belongs to the collection. @throws TypeMismatch unless it is a number. */
  includes(id: number): boolean {
    return this.#ids.includes(checkId(id, 'includes'));
  }

  /** Position of a node ID, or -1. @throws TypeMismatch unless it is a number. */
  indexOf(id: number): number {
    return this.#ids.indexOf(checkId(id, 'indexOf'));
  }

  /** Whether the other collection has the same nodes of the same kernel. */
  equals(other: NodeCollection): boolean {
    const nodes: unknown = other;
    if (!isNodes(nodes) || !(#session in nodes) || nodes.#session !== this.#session) return false;
    return nodes.#generation === this.#generation && nodes.#ids.equals(this.#ids);
  }

  /** Collections of one node each. */
  *[Symbol.iterator](): IterableIterator<NodeCollection<M, false, Recorded>> {
    for (let i = 0; i < this.length; i++) yield this.at(i);
  }

  /**
   * All values that can be read from every one of the nodes, but those that depend on the number of
   * threads (`thread`, `vp`, `thread_local_id`).
   */
  get(): { [K in Exclude<keyof P & string, ByThreadsName>]: P[K] };
  /**
   * One value (one node) or a column (several), in the order of the nodes; null in the place of
   * nodes whose model does not have it, if another one does.
   * @throws UnaccessedDictionaryEntry for a name that none of the models has.
   */
  get<K extends keyof P & string>(key: K): P[K];
  /** Several of them by name. */
  get<K extends keyof P & string>(keys: readonly K[]): Pick<P, K>;
  get(keys?: string | readonly string[]): unknown {
    if (keys !== undefined) checkKeyNames(keys, 'get');
    if (typeof keys === 'string') return this.#read(keys);
    const names = keys ?? this.#keys().filter((key) => !keysByThreads.has(key));
    const values = Object.fromEntries(names.map((key) => [key, this.#read(key)]));
    return this.#check().running ? withCounts(values) : values;
  }

  /**
   * Sets parameters: one value for all nodes, an array with one value for each, or a Parameter
   * drawn for each; an array of objects gives each node its own parameters. Fails as a whole:
   * nothing is changed if anything is refused.
   * @throws UnaccessedDictionaryEntry, TypeMismatch, BadProperty, DimensionMismatch.
   */
  set(values: NodeParameters<M> | readonly NodeParameters<M>[]): void {
    const given = encodeGroups(values, 'set', this.#session, this.length);
    const ids = this.#ids.toArray();
    this.#check().setNodes(ids, given);
    if (!Array.isArray(given)) {
      if ('n_events' in given) ids.forEach((id) => this.#session.clearStream(id));
      return;
    }
    for (const { positions, values: own } of given) {
      if (!('n_events' in own)) continue;
      for (const position of positions) this.#session.clearStream(this.#ids.get(position));
    }
  }

  /**
   * Events of one recorder in batches, in order of recording, while a simulation runs. Starts with
   * the first event that no earlier stream has delivered, so nothing is lost between streams;
   * streams open at the same time are independent. Ends when no simulation is running (or started
   * within the same turn of the event loop) and everything was delivered; simulations awaited one
   * after the other count as one. The simulation never waits for a reader.
   *
   * With `release: true` what was delivered is freed: `n_events` goes on counting it, `events` has
   * only what is still to be delivered, and memory does not grow with the time simulated. Where
   * several streams are open, an event is freed once each of them has delivered it, whether they
   * release or not; one that is not read from any more holds up the others until it is closed
   * (`return()`; leaving a `for await` does it). A batch is delivered when the reader gets it: a
   * reader that throws or leaves has had that batch, and what follows stays for the next stream.
   * @throws DimensionMismatch unless there is one node; BadProperty for a recorder whose events are
   * written; NotImplemented for `release` of a synapse_recorder; `signal.reason` on abort.
   */
  stream(options: StreamOptions = {}): RecorderStream<HeldBy<M, Recorded>> {
    const source = this.#source('stream');
    checkStream('stream', source, options);
    return eventStream(source, options) as RecorderStream<HeldBy<M, Recorded>>;
  }

  /**
   * The same stream as bytes, for whatever takes a web stream: `new Response(stream)`, `reply.send`
   * of fastify. Nothing is taken from the recorder before it is asked for; cancelling the stream,
   * as a client does that goes away, closes it. What is open, released and delivered is as with
   * `stream`.
   * @throws What `stream` throws; BadParameterValue for a format that is none; MissingPackage for
   * `arrow` without the package `apache-arrow`. The stream fails with `signal.reason` on abort.
   */
  readable(options: ReadableOptions = {}): ByteStream {
    return readableEvents(this.#source('readable'), options);
  }

  /**
   * How many of the events that these recorders hold came from each of the senders, in their order.
   * @throws TypeMismatch, InvalidNodeCollection; BadProperty for what is no recorder.
   */
  eventCounts(senders: NodeCollection): Uint32Array {
    const core = this.#check();
    const ids = Nodes.idsFor(this.#session, senders);
    if (!ids) throw mismatch('senders', 'a NodeCollection', senders, 'eventCounts');
    const counts = new Uint32Array(ids.length);
    for (const recorder of this.#ids.toArray()) {
      const events = decodeRecord(core.events(recorder));
      for (const sender of events.senders as Iterable<number>) {
        const position = ids.indexOf(sender);
        if (position >= 0) counts[position]!++;
      }
    }
    return counts;
  }

  /** NEST's description: model, size, first and last ID of every range. */
  toString(): string {
    const ranges = [...this.#session.parts(this.#ids)].flatMap(({ model, from, to }) =>
      [...this.#ids.slice(from, to, 1).runs()].map(([first, last, step]) => {
        const size = (last - first) / step + 1;
        const stride = step > 1 ? `, step=${step}` : '';
        return `model=${model}, size=${size}, first=${first}, last=${last}${stride}`;
      }),
    );
    const shown = ranges.length > 35 ? [...ranges.slice(0, 15), '⋮', ...ranges.slice(-15)] : ranges;
    if (shown.length === 0) return 'NodeCollection(<empty>)';
    const separator = shown.length > 1 ? `\n${' '.repeat(15)}` : ' ';
    return `NodeCollection(metadata=None,${separator}${shown.join(`;${separator}`)})`;
  }

  /** The IDs, for JSON. */
  toJSON(): number[] {
    return [...this.#ids.toArray()];
  }

  /**
   * JavaScript's operators cannot combine collections.
   * @throws TypeMismatch for `nodes + other` and the like.
   */
  [Symbol.toPrimitive](hint: string): string {
    return primitive(this, hint, 'a NodeCollection', 'its methods: .concat(other), .at(1), …');
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }

  /** The value of a property. @internal */
  static read(nodes: Nodes, key: string): AnyValue {
    if (#session in nodes) return nodes.#read(key);
    throw foreign('a NodeCollection', nodes);
  }

  /**
   * IDs of a collection, which has to belong to the session; undefined for anything else.
   * @throws InvalidNodeCollection
   * @internal
   */
  static idsFor(session: Session, value: unknown): IdSet | undefined {
    if (!isNodes(value)) return undefined;
    if (!(#session in value)) throw foreign('a NodeCollection', value);
    if (value.#session !== session) {
      throw new InvalidNodeCollection('These nodes belong to another kernel.', {
        expected: 'nodes of this kernel',
        given: 'nodes of another kernel',
      });
    }
    value.#check();
    return value.#ids;
  }

  /** @internal */
  [toNative](session: Session): NativeValue {
    return { nodes: Nodes.idsFor(session, this)?.toArray() ?? new Uint32Array() };
  }

  /** Of the one recorder that `caller` needs. */
  #source(caller: string): StreamSource {
    this.#check();
    if (this.length !== 1) {
      throw new DimensionMismatch(
        `${caller} needs exactly one recorder, got ${this.length} nodes; stream each on its own.`,
        { expected: 1, given: this.length },
      );
    }
    return { session: this.#session, generation: this.#generation, recorder: this.#ids.get(0) };
  }

  #check(): NativeKernel {
    return this.#session.nativeSince(this.#generation);
  }

  /** What is asked for is no parameter: the core says which there are. */
  #unknown(name: string): AnyValue {
    if (!/^-?\d+$/.test(name)) return this.#read(name);
    throw new IndexError(`A NodeCollection has no [${name}]; use .at(${name}).`, { value: name });
  }

  #part<N extends string, Count extends boolean, Names extends string>(
    ids: IdSet,
  ): NodeCollection<N, Count, Names> {
    this.#check();
    return makeNodes<N, Count, Names>(this.#session, ids);
  }

  /** What any of the nodes has. */
  #keys(): readonly string[] {
    return this.#session.keysOf([...this.#session.parts(this.#ids)].map(({ model }) => model));
  }

  /** What recorders hold, and null for others; an error if none is a recorder. */
  #events(core: NativeKernel): AnyValue {
    const ids = this.#ids.toArray();
    const isRecorder = (model: string) => this.#session.nodeKeys(model).includes('events');
    const some = this.#keys().includes('events');
    const events = [...this.#session.parts(this.#ids)].flatMap(({ model, from, to }) =>
      Array.from(ids.subarray(from, to), (id) =>
        some && !isRecorder(model) ? null : recorded(core.events(id)),
      ),
    );
    return ids.length === 1 ? at0(events) : events;
  }

  #read(key: string): AnyValue {
    const core = this.#check();
    if (this.length === 0) {
      throw new BadParameterValue(`Cannot read ${key} of an empty collection.`, { parameter: key });
    }
    if (key === 'events') return this.#events(core);
    if (this.length === 1) return decode(core.getNode(this.#ids.get(0), key));
    return decode(core.getNodes(this.#ids.toArray(), key));
  }
}

/** What get() leaves out unless it is asked for: a result is the same for any number of threads. */
const keysByThreads: ReadonlySet<string> = new Set(
  native
    .nodeReadOuts()
    .filter(({ byThreads }) => byThreads)
    .map(({ name }) => name),
);

// A narrower result than `instanceof` alone, which would give any model.
function isNodes(value: unknown): value is Nodes {
  return isInstance(value, Nodes);
}

function checkId(id: unknown, caller: string): number {
  if (typeof id !== 'number') throw mismatch('id', 'a node ID', id, caller);
  return id;
}

const recorded = (events: ReturnType<NativeKernel['events']>): AnyValue =>
  withConversions(decodeEvents(events));

/** While a simulation runs, more may be recorded between reading `n_events` and `events`. */
function withCounts(values: Record<string, AnyValue>): Record<string, AnyValue> {
  const { n_events, events } = values as { n_events?: unknown; events?: RecorderEvents };
  if (n_events === undefined || events === undefined) return values;
  const counts = Array.isArray(events)
    ? Float64Array.from(events as RecorderEvents[], ({ times }) => times.length)
    : events.times.length;
  return { ...values, n_events: counts };
}

function at0<T>(list: ArrayLike<T>): T {
  return list[0] as T;
}

/**
 * A collection of nodes. `M` is their model, where it is known: then names and types of parameters
 * are checked. `Many` is false for exactly one node and true for several. `Recorded` are the names
 * that they record, which are columns of their events.
 */
export type NodeCollection<
  M extends string = string,
  Many extends boolean = boolean,
  Recorded extends string = RecordedSomehow<M>,
> = Nodes<M, PropertiesOf<M, Many, Recorded>, Recorded> & Shown<M, Many, Recorded>;

/** What nodes have as properties; where their model is not known, what all nodes have. */
type Shown<M extends string, Many extends boolean, Recorded extends string> = string extends M
  ? CommonProperties<Many>
  : PropertiesOf<M, Many, Recorded>;

declare module './value-types' {
  interface CollectionTypes {
    nodes: NodeCollection;
  }
}

/** What a collection can be made of: IDs, ascending without repeats, or a collection. */
export type NodeIds = NodeCollection | NumberArray;

/** Makes collections of nodes of the default kernel; see {@link Kernel.NodeCollection}. */
export interface NodeCollectionConstructor {
  new (ids?: NodeIds): NodeCollection;
  (ids?: NodeIds): NodeCollection;
  /** What collections share; `instanceof` looks for it. */
  readonly prototype: NodeCollection;
}

let collectDefault: ((ids?: NodeIds) => NodeCollection) | undefined;

/** @internal Tells what makes collections where no kernel is named. */
export function setDefaultCollector(collect: (ids?: NodeIds) => NodeCollection): void {
  collectDefault = collect;
}

// One name for the type, for what makes collections and, for `instanceof`, for the class.
export const NodeCollection = function NodeCollection(ids?: NodeIds) {
  return collectDefault?.(ids);
} as unknown as NodeCollectionConstructor;
Object.defineProperty(NodeCollection, 'prototype', { value: Nodes.prototype, writable: false });

type NodesClass = new (session: Session, generation: number, ids: IdSet) => Nodes;

const classes = new WeakMap<readonly string[], NodesClass>();

/** The subclass with these keys as properties. */
function classWith(keys: readonly string[]): NodesClass {
  const known = classes.get(keys);
  if (known) return known;
  const base: NodesClass = Nodes;
  const made = class NodeCollection extends base {};
  for (const key of keys) {
    if (key in Nodes.prototype) continue;
    Object.defineProperty(made.prototype, key, {
      get(this: Nodes) {
        return Nodes.read(this, key);
      },
      set(this: Nodes, value: number) {
        this.set({ [key]: value });
      },
    });
  }
  classes.set(keys, made);
  return made;
}

/** The collection of these nodes. @internal */
export function makeNodes<
  M extends string = string,
  Many extends boolean = boolean,
  Recorded extends string = RecordedSomehow<M>,
>(session: Session, ids: IdSet): NodeCollection<M, Many, Recorded> {
  const keys = session.keysOf([...session.parts(ids)].map(({ model }) => model));
  const made: unknown = new (classWith(keys))(session, session.generation, ids);
  return made as NodeCollection<M, Many, Recorded>;
}

/**
 * IDs of a collection of the session; undefined for anything else.
 * @throws InvalidNodeCollection for a collection of another kernel or from before a reset.
 * @internal
 */
export const idsFor = (session: Session, value: unknown): IdSet | undefined =>
  Nodes.idsFor(session, value);

/**
 * Recognises collections of a session among values.
 * @throws InvalidNodeCollection for a collection of another kernel or from before a reset.
 * @internal
 */
export function nodeIdsOf(session: Session): (value: unknown) => Uint32Array | undefined {
  return (value) => Nodes.idsFor(session, value)?.toArray();
}
