import type {
  NodeProperties,
  NodeSettings,
  SynapseDefaults,
  SynapseSettings,
} from './models.generated';
import type { NodeCollection } from './node-collection';
import type { Parameter } from './parameters';
import type { SynapseCollection } from './synapse-collection';

// How the declarations generated from the core's registry become the types of the API. A model
// whose name is not built in (made by CopyModel, or known only at run time) accepts any parameter;
// the core then checks the names.

/** Arrays of numbers of any kind. */
export type NumberArray =
  | readonly number[]
  | Float64Array
  | Float32Array
  | Int8Array
  | Int16Array
  | Int32Array
  | Uint8Array
  | Uint16Array
  | Uint32Array;

/** What can be given for one value of type T. */
type One<T> = [T] extends [Float64Array]
  ? NumberArray
  : [T] extends [string[]]
    ? readonly string[]
    : T;

/** One value for all, one value for each node, or (numbers) a parameter drawn for each. */
export type Input<T> = [T] extends [number]
  ? number | NumberArray | Parameter
  : [T] extends [boolean | string | string[] | Float64Array]
    ? One<T> | readonly One<T>[]
    : T;

/** Several values of type T: numbers come as one typed array. */
export type Column<T> = [T] extends [number] ? Float64Array : T[];

/** A value where there is one node or synapse, a column where there are several. */
export type Values<T, Many extends boolean> = Many extends true ? Column<T> : T;

/** Parameters of an interface of values, as they may be given. */
export type Settable<T> = string extends keyof T
  ? Readonly<Record<string, never>>
  : { readonly [K in keyof T]?: Input<T[K]> };

/** Any value that can be set, for models that are known only at run time. */
export type AnyInput =
  | Input<number>
  | Input<boolean>
  | Input<string>
  | Input<Float64Array>
  | Input<string[]>
  | NodeCollection
  | SynapseCollection;

/** Any value that can be read. */
export type AnyValue =
  | number
  | boolean
  | string
  | Float64Array
  | Uint32Array
  | null
  | readonly AnyValue[]
  | { readonly [key: string]: AnyValue };

/** Built-in neurons and devices. */
export type NodeModelName = keyof NodeSettings;

/** Built-in synapse models. */
export type SynapseModelName = keyof SynapseSettings;

/** A name of its own completes the built-in names in the editor and still takes any other. */
export type OrAnyName<Names extends string> = Names | (string & {});

/** Settable parameters of a node model. */
export type NodeParameters<M extends string = string> = M extends NodeModelName
  ? Settable<NodeSettings[M]>
  : Readonly<Record<string, AnyInput>>;

/** What can be set for each synapse of a model. */
export type SynapseParameters<M extends string = string> = M extends SynapseModelName
  ? Settable<SynapseSettings[M]>
  : Readonly<Record<string, AnyInput>>;

/** What can be set as default of any model, the model-wide values of synapses included. */
export type ModelParameters<M extends string = string> = M extends SynapseModelName
  ? Settable<SynapseDefaults[M]>
  : NodeParameters<M>;

/** What nodes of a model have as properties, each with its documentation. */
export type PropertiesOf<M extends string, Many extends boolean> = M extends NodeModelName
  ? NodeProperties<Many>[M] & CommonProperties<Many>
  : Readonly<Record<string, AnyValue>>;

/** What every node has. */
export interface CommonProperties<Many extends boolean> {
  /** ID of the node. */
  get global_id(): Values<number, Many>;
  /** Name of its model. */
  get model(): Values<string, Many>;
  /** `neuron`, `stimulator` or `recorder`. */
  get element_type(): Values<string, Many>;
}

/** What a recorder holds: `times` in ms, the IDs of the `senders`, and a column for each recordable. */
export interface RecorderEvents {
  readonly times: Float64Array;
  readonly senders: Uint32Array;
  readonly [recordable: string]: Float64Array | Uint32Array;
}

/** The synapses that a synapse_recorder records, in their order. */
export interface RecordedConnections {
  readonly source: Uint32Array;
  readonly target: Uint32Array;
}
