// What the package exports by name.

export { defaultKernel } from './default-kernel';
export * from './generated/module-functions';
export { Kernel, type ConnectionFilter, type LoadedState } from './kernel';
export type {
  KeptByReset,
  LoadedExtras,
  LoadedWith,
  LoadOptions,
  ResetOptions,
  SavedWith,
  SaveOptions,
} from './state';
export type { KernelSettings, KernelStatus } from './generated/kernel-status';
export type { KernelAttributes } from './kernel-attributes';
export { NodeCollection } from './node-collection';
export type { NodeCollectionConstructor, NodeIds } from './node-collection';
export { SynapseCollection } from './synapse-collection';
export type { SynapseProperties } from './synapse-collection';
export { Parameter, type Operand } from './parameters';
export * as random from './random';
export * as math from './math';
export * as logic from './logic';
export { connection_rules, node_models, synapse_models } from './registry';
export type { ConnectionInput, Nodes, SynSpec, SynSpecs } from './connect';
export type { DisconnectSpec } from './disconnect';
export type { ConnSpec, RuleOptions } from './generated/connection-rules';
export { presets } from './presets';
export { counters, type Counters, type KernelCounters, setConcurrency } from './concurrency';
export { VerbosityLevel, type VerbosityName } from './verbosity';
export type { AsyncOptions } from './job';
export type { AbortSignalLike } from './signal';
export type { ByteStream } from './platform';
export type { Guards } from './guards';
export type { OnProgress, Progress } from './progress';
export type { Report, RewardSource, SimulateOptions } from './simulation';
export type { RecorderStream, StreamOptions } from './recorder-stream';
export type { ReadableOptions } from './readable-events';
export * from './dense';
export * from './server';
export * from './errors';
export type * from './loaded-models';
export type * from './types';
export type {
  AnyInput,
  AnyValue,
  Column,
  InfiniteInput,
  Input,
  NumberArray,
  OrAnyName,
  RecordedConnections,
  Values,
} from './value-types';
export type {
  ArrowTable,
  EventConversions,
  EventsOf,
  HeldBy,
  RecordedBy,
  RecordedEvents,
  RecordedSpikes,
  RecordedWeights,
  RecorderEvents,
  Samples,
  SynapseSamples,
} from './event-types';
export type * from './generated/models';
export type { NodeRecordable, SynapseRecordable } from './generated/recordables';
