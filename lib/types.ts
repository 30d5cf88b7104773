import type {
  CommonProperties,
  DefaultRecorded,
  InfiniteName,
  NodeProperties,
  ReadOnlyName,
  SynapseColumns,
  SynapseCommons,
  SynapseValues,
} from './generated/models';
import type { LoadedModels, SettableKey } from './loaded-models';
import type { AnyInput, AnyValue, InfiniteInput, Input } from './value-types';

// How the declarations generated from the core's registry become the types of the API. A model
// whose name is not built in (made by CopyModel or LoadModel, or known only at run time) accepts any
// parameter, unless a file of `tegmenta nestml types` declares it; the core then checks the names.

/** Built-in neurons and devices, and models of texts whose types are declared. */
// eslint-disable-next-line @typescript-eslint/no-redundant-type-constituents -- users declare them
export type NodeModelName = keyof NodeProperties<boolean, string> | keyof LoadedModels<boolean>;

/** What nodes of a model have; a model of a text may have taken the place of a built-in one. */
type ValuesOfNodes<
  M extends NodeModelName,
  Many extends boolean,
  Recorded extends string,
> = M extends keyof LoadedModels<Many>
  ? LoadedModels<Many>[M]
  : M extends keyof NodeProperties<Many, Recorded>
    ? NodeProperties<Many, Recorded>[M]
    : never;

/** Built-in synapse models, without NEST's variants of them. */
type SynapseRuleName = keyof SynapseColumns<boolean>;

/** NEST's variants of a synapse model, which differ here in their names only. */
type Variant = 'hpc' | 'lbl';

/** The model of a variant. */
type Invariant<M extends string> = M extends `${infer B extends SynapseRuleName}_${Variant}`
  ? B
  : M;

/** Built-in synapse models. */
export type SynapseModelName = SynapseRuleName | `${SynapseRuleName}_${Variant}`;

/** Keys of which there are as many as there are receptors: g_1, g_2 … */
type PatternsOf<T> = keyof {
  [K in keyof T as Record<never, 1> extends Record<K, 1> ? K : never]: T[K];
} &
  keyof T;

// K is a parameter of its own because the keys then keep their documentation.
type SettableKeys<T, K extends keyof T> = {
  readonly [Key in K]?: Key extends InfiniteName ? InfiniteInput : Input<T[Key]>;
};

/** What can be set of the values of an interface, in the forms in which it may be given. */
export type Settable<T> = [PatternsOf<T>] extends [never]
  ? SettableKeys<T, Exclude<keyof T, ReadOnlyName>>
  : SettableKeys<T, Exclude<keyof T, ReadOnlyName | PatternsOf<T>>> & {
      readonly [K in PatternsOf<T>]: Input<T[K]>;
    };

// K is a parameter of its own because the keys then keep their documentation.
type LoadedSettable<T, K extends keyof T = SettableKey<T>> = {
  readonly [Key in K]?: Input<T[Key]>;
};

/** Settable parameters of a node model. */
export type NodeParameters<M extends string = string> = M extends keyof LoadedModels<false>
  ? LoadedSettable<LoadedModels<false>[M]>
  : M extends NodeModelName
    ? Settable<ValuesOfNodes<M, false, string>>
    : Readonly<Record<string, AnyInput>>;

/** Models of devices that sample states: `record_from` says which. */
export type SamplerName = keyof DefaultRecorded;

/** The names that nodes of a model record unless they are told; any, of models that sample none. */
export type RecordedUntold<M extends string> = M extends SamplerName ? DefaultRecorded[M] : string;

/** What a sampler can record. */
type RecordableOf<M extends SamplerName> = NodeProperties<false, string>[M]['record_from'][number];

/** What is known of the names that nodes of a model record: of voltmeters one, of others none. */
export type RecordedSomehow<M extends string> = M extends 'voltmeter'
  ? RecordedUntold<M>
  : M extends SamplerName
    ? RecordableOf<M>
    : string;

/** A name that is written down has to be one that there is; others are known at run time only. */
type Recordable<M extends SamplerName, Name extends string> =
  Name extends RecordableOf<M> ? Name : string extends Name ? Name : RecordableOf<M>;

// K is a parameter of its own because the key then keeps its documentation.
// eslint-disable-next-line @typescript-eslint/consistent-indexed-object-style -- a Record does not
type RecordFrom<T, K extends keyof T, Own extends string> = {
  readonly [Key in K]?: readonly Own[];
};

/** Parameters of nodes, from which is inferred what they record. */
export type NodeInput<M extends string, Recorded extends string> = M extends SamplerName
  ? SettableKeys<
      NodeProperties<false, string>[M],
      Exclude<keyof NodeProperties<false, string>[M], ReadOnlyName | 'record_from'>
    > &
      RecordFrom<NodeProperties<false, string>[M], 'record_from', Recordable<M, Recorded>>
  : NodeParameters<M>;

/** What can be set for each synapse of a model. */
export type SynapseParameters<M extends string = string> = SettableOf<Invariant<M>>;

type SettableOf<M extends string> = M extends SynapseRuleName
  ? Settable<SynapseValues & SynapseColumns<false>[M]>
  : Readonly<Record<string, AnyInput>>;

/** What can be set as default of any model, the model-wide values of synapses included. */
export type ModelParameters<M extends string = string> = SettableOfModel<Invariant<M>>;

type SettableOfModel<M extends string> = M extends SynapseRuleName
  ? Settable<SynapseValues & SynapseColumns<false>[M] & SynapseCommons<false>[M]>
  : NodeParameters<M>;

/** What models of synapses have among their defaults besides. */
export interface AboutSynapseModel {
  /** Names of the states that a synapse_recorder can record. */
  readonly recordables: string[];
  /** Number of synapses of the model. */
  readonly num_connections: number;
  /** Whether its synapses have a delay. */
  readonly has_delay: boolean;
  /** Whether Connect has to make the opposite connection of each, too. */
  readonly requires_symmetric: boolean;
  /** Name of the model. */
  readonly synapse_model: string;
  /** What the model is of: `synapse`. */
  readonly element_type: string;
}

/** What nodes have among the defaults of their model: nothing of a single one of them. */
export type AboutNodeModel = Pick<
  CommonProperties<false>,
  'model' | 'model_id' | 'type_id' | 'element_type'
>;

/** Defaults of a model by name, as GetDefaults gives them. */
export type DefaultsOf<M extends string = string> = ValuesOfModel<Invariant<M>>;

type ValuesOfModel<M extends string> = M extends SynapseRuleName
  ? SynapseValues & SynapseColumns<false>[M] & SynapseCommons<false>[M] & AboutSynapseModel
  : M extends NodeModelName
    ? Omit<ValuesOfNodes<M, false, string>, 'events'> & AboutNodeModel
    : Readonly<Record<string, AnyValue>>;

/** Names of values that are nodes: their model has them, but not each of the synapses. */
type NodeValued<T> = { [K in keyof T]: T[K] extends Uint32Array ? K : never }[keyof T];

/** What synapses of a rule have as columns: values of their own, and those of their model. */
type RuleColumns<R extends SynapseRuleName, Many extends boolean> = SynapseColumns<Many>[R] &
  Omit<SynapseCommons<Many>[R], NodeValued<SynapseCommons<false>[R]>>;

type Intersection<T> = (T extends unknown ? (given: T) => void : never) extends (
  given: infer All,
) => void
  ? All
  : never;
type AnyOwn<Many extends boolean> = Intersection<SynapseColumns<Many>[SynapseRuleName]>;
type AnyCommon<Many extends boolean> = Intersection<SynapseCommons<Many>[SynapseRuleName]>;

/** The columns that any rule has. Where not all synapses have one, reading it throws. */
type AnyColumns<Many extends boolean> = AnyOwn<Many> &
  Omit<AnyCommon<Many>, keyof AnyOwn<false> | NodeValued<AnyCommon<false>>>;

/** Whether a name is that of one built-in synapse model. */
export type IsRule<M extends string> = [SynapseModelName] extends [M]
  ? false
  : M extends SynapseModelName
    ? true
    : false;

/** What the synapses of a model, or of several, have as columns besides SynapseProperties. */
export type ColumnsOf<M extends string, Many extends boolean> =
  IsRule<M> extends true ? RuleColumns<Invariant<M> & SynapseRuleName, Many> : AnyColumns<Many>;

/** What can be set of synapses that exist, by their model. */
export type SynapseInput<M extends string = string> =
  IsRule<M> extends true
    ? Settable<SynapseColumns<false>[Invariant<M> & SynapseRuleName]> &
        SettableKeys<SynapseValues, 'delay'>
    : Readonly<Record<string, AnyInput>> & {
        readonly weight?: Input<number>;
        readonly delay?: Input<number>;
      };

/** What nodes of a model have as properties, each with its documentation. */
export type PropertiesOf<
  M extends string,
  Many extends boolean,
  Recorded extends string = RecordedSomehow<M>,
> = string extends M
  ? Readonly<Record<string, AnyValue>>
  : M extends NodeModelName
    ? ValuesOfNodes<M, Many, Recorded> & CommonProperties<Many>
    : CommonProperties<Many> & Readonly<Record<string, AnyValue>>;
