import type { RecordedSpikes } from './event-types';
import type { Parameter } from './parameters';

// Types of values as they are given and read.

/**
 * The collections, which are values too: `nodes` and `synapses`. The file of each class adds its
 * own, because what collections take and give is written with the types of this file.
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type
export interface CollectionTypes {}

/** Arrays of numbers of any kind. */
export type NumberArray =
  | readonly number[]
  | Float64Array
  | Float32Array
  | Int8Array
  | Int16Array
  | Int32Array
  | Uint8Array
  | Uint8ClampedArray
  | Uint16Array
  | Uint32Array;

/** What can be given for one value of type T. */
type One<T> = [T] extends [Float64Array]
  ? NumberArray
  : [T] extends [(infer Name extends string)[]]
    ? readonly Name[]
    : T;

/** Nodes are read as their IDs, synapses as what they connect; both are given as collections. */
type Collected<T> = [T] extends [Uint32Array]
  ? CollectionTypes['nodes']
  : [T] extends [RecordedConnections]
    ? CollectionTypes['synapses']
    : T;

/**
 * What can be given for what is read as T: one value for all, one value for each node, or (numbers)
 * a parameter drawn for each.
 */
export type Input<T> = [T] extends [number]
  ? number | NumberArray | Parameter
  : [T] extends [boolean | string | Float64Array]
    ? One<T> | readonly One<T>[]
    : [T] extends [string[]]
      ? One<T>
      : Collected<T>;

/** The same for what takes an infinity: null stands for it, as JSON has no other way to write it. */
export type InfiniteInput = Input<number> | null | readonly (number | null)[];

/** Several values of type T: numbers come as one typed array. */
export type Column<T> = [T] extends [number] ? Float64Array : T[];

/** A value where there is one node or synapse, a column where there are several. */
export type Values<T, Many extends boolean> = Many extends true ? Column<T> : T;

/** Any value that can be set, for models that are known only at run time. */
export type AnyInput =
  | InfiniteInput
  | Input<boolean>
  | Input<string>
  | Input<Float64Array>
  | Input<string[]>
  | CollectionTypes[keyof CollectionTypes];

/** Any value that can be read. */
export type AnyValue =
  | number
  | boolean
  | string
  | Float64Array
  | Uint32Array
  | null
  | readonly AnyValue[]
  | RecordedSpikes
  | RecordedConnections
  | { readonly [key: string]: AnyValue };

/** A name of its own completes the built-in names in the editor and still takes any other. */
export type OrAnyName<Names extends string> = Names | (string & {});

/** The synapses that a synapse_recorder records, in their order. */
export interface RecordedConnections {
  /** IDs of the nodes that they come from. */
  readonly source: Uint32Array;
  /** IDs of the nodes that they go to. */
  readonly target: Uint32Array;
}
