import { allocated } from './allocation';
import { IndexError, StaleSynapseCollection } from './errors';
import { resolveIndex, resolvePick, resolveSlice } from './id-set';
import type { NativeSynapses, NativeValue } from './native';
import { idsFor, type NodeCollection } from './node-collection';
import { foreign, guardCollection, primitive } from './receivers';
import type { Session } from './session';
import { synapseTable } from './synapse-table';
import type { ColumnsOf, IsRule, SynapseInput } from './types';
import type { AnyValue, Input, Values } from './value-types';
import { checkKeyNames, mismatch } from './forms';
import { encodeGroups } from './property-groups';
import { decode, toNative } from './values';

/** What every synapse has. */
export interface SynapseProperties<Many extends boolean> {
  /** IDs of the sources. */
  get source(): Many extends true ? Uint32Array : number;
  /** IDs of the targets. */
  get target(): Many extends true ? Uint32Array : number;
  /** Names of the synapse models. */
  get synapse_model(): Values<string, Many>;
  /** Delay in ms, a multiple of the resolution. */
  get delay(): Values<number, Many>;
  set delay(value: Input<number>);
  /** Receptor of the target. */
  get receptor(): Values<number, Many>;
  /** The number given at Connect; -1 if none was. */
  get synapse_label(): Values<number, Many>;
  /** Number of the synapse model among those of the kernel. */
  get synapse_id(): Values<number, Many>;
}

/** What synapses keep until the network, or a delay, is changed; collections are stale then. */
const CONSTANT_COLUMNS: ReadonlySet<string> = new Set([
  'source',
  'target',
  'synapse_model',
  'receptor',
  'synapse_label',
  'delay',
]);

/**
 * Synapses found by GetConnections, in the order (model, source, delay, target, creation). Their
 * values come as columns: typed arrays for numbers, one entry for each synapse, even if there is
 * only one; `at(i)` and iteration give single synapses, whose values are plain. Whatever can be
 * read is also a property: `conns.weight`.
 *
 * Columns that only a change of the network can change (source, target, synapse_model, receptor,
 * synapse_label, delay) are read once: every read gives the same array, so that
 * `conns.target[i]` in a loop costs little; do not write into it.
 *
 * A collection becomes stale when neurons are made or connected, when anything is disconnected, or
 * when another one changes delays:
 * it then throws StaleSynapseCollection, and GetConnections has to be called again. Devices, and
 * what is read in between, change nothing. Source: NEST, "SynapseCollection".
 */
class Synapses<M extends string = string, P = Readonly<Record<string, AnyValue>>> {
  readonly #session: Session;
  readonly #synapses: NativeSynapses;
  readonly #single: boolean;
  /** Columns read, of those that stay what they are until `set`. */
  readonly #kept = new Map<string, readonly AnyValue[]>();

  static {
    const isOne = (value: object) => #session in value;
    guardCollection<Synapses>(this, 'a SynapseCollection', isOne, (synapses, name) =>
      synapses.#unknown(name),
    );
  }

  /** @internal */
  constructor(session: Session, synapses: NativeSynapses, single: boolean) {
    this.#session = session;
    this.#synapses = synapses;
    this.#single = single;
  }

  /** Number of synapses. */
  get length(): number {
    return this.#synapses.length;
  }

  /**
   * The synapse at a position; -1 is the last.
   * @throws IndexError naming the allowed range.
   */
  at(index: number): SynapseCollection<M, false> {
    const position = resolveIndex(index, this.length);
    return this.#part(this.#valid().slice(position, position + 1, 1), true);
  }

  /**
   * Every `step`-th synapse of the positions from `from` up to, not including, `to`.
   * @throws IndexError for bounds beyond the length or a step below 1.
   */
  slice(from?: number, to?: number, step?: number): SynapseCollection<M, true> {
    return this.#part(this.#valid().slice(...resolveSlice(this.length, from, to, step)), false);
  }

  /**
   * The synapses at the given positions, in that order, or those where a mask is true.
   * @throws IndexError for a position outside or a mask of another length.
   */
  pick(selection: Iterable<number> | readonly boolean[]): SynapseCollection<M, true> {
    return this.#part(this.#valid().pick(resolvePick(selection, this.length)), false);
  }

  /** Single synapses. */
  *[Symbol.iterator](): IterableIterator<SynapseCollection<M, false>> {
    for (let i = 0; i < this.length; i++) yield this.at(i);
  }

  /** All values that every one of the synapses has. */
  get(): { [K in keyof P & string]: P[K] };
  /**
   * A column in the order of the synapses, or the value of a single synapse.
   * @throws UnaccessedDictionaryEntry for a name that not every synapse has.
   */
  get<K extends keyof P & string>(key: K): P[K];
  /** Several of them by name. */
  get<K extends keyof P & string>(keys: readonly K[]): Pick<P, K>;
  get(keys?: string | readonly string[]): unknown {
    if (keys !== undefined) checkKeyNames(keys, 'get');
    if (typeof keys === 'string') return this.#read(keys);
    const names = keys ?? this.#valid().keys();
    return Object.fromEntries(names.map((key) => [key, this.#read(key)]));
  }

  /**
   * Sets values: one for all synapses, an array with one for each, or a Parameter drawn for each;
   * an array of objects gives each synapse its own values. A weight acts on everything that arrives from now on.
   * @throws UnaccessedDictionaryEntry, TypeMismatch, BadDelay, DimensionMismatch; nothing is
   * changed then.
   */
  set(values: SynapseInput<M> | readonly SynapseInput<M>[]): void {
    this.#valid().set(encodeGroups(values, 'set', this.#session, this.length));
    this.#kept.clear();
  }

  /**
   * Removes these connections. What is under way through them still arrives; this collection and all
   * others are stale then, unless it is empty. Source: NEST, "SynapseCollection.disconnect".
   * @throws InexistentConnection where one is in the collection twice, StaleSynapseCollection;
   * nothing is removed then.
   */
  disconnect(): void {
    this.#valid().disconnect();
  }

  /**
   * The weights as a matrix, row by row: a row for each source and a column for each target; 0 for
   * pairs without a synapse, the sum for pairs with several. Synapses of other nodes are left out.
   * @throws TypeMismatch, InvalidNodeCollection, StaleSynapseCollection, OutOfMemory.
   */
  weightMatrix(sources: NodeCollection, targets: NodeCollection): Float64Array {
    const indexOf = (name: string, nodes: NodeCollection) => {
      const ids = idsFor(this.#session, nodes);
      if (!ids) throw mismatch(name, 'a NodeCollection', nodes, 'weightMatrix');
      return ids;
    };
    const rows = indexOf('sources', sources);
    const columns = indexOf('targets', targets);
    const length = rows.length * columns.length;
    const matrix = allocated(
      () => new Float64Array(length),
      `weightMatrix: no memory for a matrix of ${length} numbers.`,
      { value: length },
    );
    const [source, target, weight] = ['source', 'target', 'weight'].map(
      (key) => this.#column(key) as ArrayLike<number>,
    ) as [ArrayLike<number>, ArrayLike<number>, ArrayLike<number>];
    for (let i = 0; i < weight.length; i++) {
      const [row, column] = [rows.indexOf(source[i]!), columns.indexOf(target[i]!)];
      if (row >= 0 && column >= 0) matrix[row * columns.length + column]! += weight[i]!;
    }
    return matrix;
  }

  /** A table of source, target, model, weight and delay as NEST prints it; long ones abridged. */
  toString(): string {
    return synapseTable(this.#valid());
  }

  /**
   * JavaScript's operators cannot combine collections.
   * @throws TypeMismatch for `synapses + other` and the like.
   */
  [Symbol.toPrimitive](hint: string): string {
    return primitive(this, hint, 'a SynapseCollection', 'its methods: .get(key), .at(1), …');
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }

  /** The value of a property. @internal */
  static read(synapses: Synapses, key: string): AnyValue {
    if (#session in synapses) return synapses.#read(key);
    throw foreign('a SynapseCollection', synapses);
  }

  /** @internal */
  [toNative](session: Session): NativeValue {
    if (session !== this.#session) {
      throw new StaleSynapseCollection('These synapses belong to another kernel.', {
        expected: 'synapses of this kernel',
        given: 'synapses of another kernel',
      });
    }
    return { synapses: this.#valid() };
  }

  #valid(): NativeSynapses {
    // The core recognises stale lists itself, but only while there is a kernel.
    void this.#session.native;
    return this.#synapses;
  }

  #part<Count extends boolean>(
    synapses: NativeSynapses,
    single: boolean,
  ): SynapseCollection<M, Count> {
    // Keys of all are keys of a part, so the part can have the same properties.
    const own = this.constructor as typeof Synapses;
    const part: unknown = new own(this.#session, synapses, single);
    return part as SynapseCollection<M, Count>;
  }

  #column(key: string): readonly AnyValue[] {
    const kept = this.#kept.get(key);
    if (kept) {
      this.#valid().check();
      return kept;
    }
    const column = decode(this.#valid().get(key)) as readonly AnyValue[];
    if (CONSTANT_COLUMNS.has(key)) this.#kept.set(key, column);
    return column;
  }

  /** What is asked for is no value: the core says which there are. */
  #unknown(name: string): AnyValue {
    if (!/^-?\d+$/.test(name)) return this.#read(name);
    throw new IndexError(`A SynapseCollection has no [${name}]; use .at(${name}).`, {
      value: name,
    });
  }

  #read(key: string): AnyValue {
    const column = this.#column(key);
    return this.#single ? (column[0] ?? null) : column;
  }
}

/** What synapses of these models have as properties; where none is known, what all have. */
type Properties<M extends string, Many extends boolean> = string extends M
  ? CommonProperties<Many>
  : SynapseProperties<Many> & ColumnsOf<M, Many>;

/** What else synapses can be asked for whose model is not known: names of a copy's columns. */
type Readable<M extends string, Many extends boolean> = Properties<M, Many> &
  (IsRule<M> extends true ? unknown : Readonly<Record<string, AnyValue>>);

/** What synapses of every model have. */
interface CommonProperties<Many extends boolean> extends SynapseProperties<Many> {
  /** Strength; its unit depends on the target's model: pA, mV or nS. */
  get weight(): Values<number, Many>;
  set weight(value: Input<number>);
}

/**
 * Synapses. `M` is their model, where it is known: then names and types of columns are checked. Of
 * several models, and of copies, they have the columns that any model has; reading one that not all
 * of them have throws. `Many` is false for a single one (from `at` or iteration) and true for a list.
 */
export type SynapseCollection<M extends string = string, Many extends boolean = boolean> = Synapses<
  M,
  Readable<M, Many>
> &
  Properties<M, Many>;

declare module './value-types' {
  interface CollectionTypes {
    synapses: SynapseCollection;
  }
}

// One name for the type and, for `instanceof`, for the class.
export const SynapseCollection = Synapses as unknown as abstract new () => SynapseCollection;

type SynapsesClass = new (session: Session, synapses: NativeSynapses, single: boolean) => Synapses;

const classes = new Map<string, SynapsesClass>();

/** The subclass with these keys as properties. */
function classWith(keys: readonly string[]): SynapsesClass {
  const name = keys.join(' ');
  const known = classes.get(name);
  if (known) return known;
  const base: SynapsesClass = Synapses;
  const made = class SynapseCollection extends base {};
  for (const key of keys) {
    if (key in Synapses.prototype) continue;
    Object.defineProperty(made.prototype, key, {
      get(this: Synapses) {
        return Synapses.read(this, key);
      },
      set(this: Synapses, value: number) {
        this.set({ [key]: value });
      },
    });
  }
  classes.set(name, made);
  return made;
}

/** The collection of these synapses. @internal */
export function makeSynapses<M extends string>(
  session: Session,
  synapses: NativeSynapses,
): SynapseCollection<M, true> {
  const made: unknown = new (classWith(synapses.keys()))(session, synapses, false);
  return made as SynapseCollection<M, true>;
}
