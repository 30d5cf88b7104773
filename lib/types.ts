import type {
  CommonProperties,
  NodeProperties,
  NodeSettings,
  SynapseDefaults,
  SynapseSettings,
} from './generated/models';
import type { AnyInput, AnyValue, Settable } from './value-types';

// How the declarations generated from the core's registry become the types of the API. A model
// whose name is not built in (made by CopyModel, or known only at run time) accepts any parameter;
// the core then checks the names.

/** Built-in neurons and devices. */
export type NodeModelName = keyof NodeSettings;

/** NEST's variants of a synapse model, which differ here in their names only. */
type Variant = 'hpc' | 'lbl';

/** The model of a variant. */
type Invariant<M extends string> = M extends `${infer B extends keyof SynapseSettings}_${Variant}`
  ? B
  : M;

/** Built-in synapse models. */
export type SynapseModelName = keyof SynapseSettings | `${keyof SynapseSettings}_${Variant}`;

/** Settable parameters of a node model. */
export type NodeParameters<M extends string = string> = M extends NodeModelName
  ? Settable<NodeSettings[M]>
  : Readonly<Record<string, AnyInput>>;

/** What can be set for each synapse of a model. */
export type SynapseParameters<M extends string = string> = SettableOf<Invariant<M>>;

type SettableOf<M extends string> = M extends keyof SynapseSettings
  ? Settable<SynapseSettings[M]>
  : Readonly<Record<string, AnyInput>>;

/** What can be set as default of any model, the model-wide values of synapses included. */
export type ModelParameters<M extends string = string> = DefaultsOf<Invariant<M>>;

type DefaultsOf<M extends string> = M extends keyof SynapseDefaults
  ? Settable<SynapseDefaults[M]>
  : NodeParameters<M>;

/** What nodes of a model have as properties, each with its documentation. */
export type PropertiesOf<M extends string, Many extends boolean> = M extends NodeModelName
  ? NodeProperties<Many>[M] & CommonProperties<Many>
  : Readonly<Record<string, AnyValue>>;
