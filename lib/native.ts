import { loadAddon } from './addon/load';

/**
 * What binding/ exports: the contract between the TypeScript API and the native core.
 * Not part of the public API. Everything here is checked again by the core, which throws
 * through the error factory that {@link NativeAddon.initialize} was given.
 */

/**
 * A random or mathematical expression, evaluated by the core once per node or connection: a
 * constant, or steps whose last gives the value. An operand is a number or, in brackets, the
 * position of an earlier step; a step that several take is drawn anew for each.
 */
export type ParameterSteps =
  number | readonly (readonly [operation: string, ...(number | readonly [step: number])[]])[];

/**
 * A value on its way to the core. Which forms a key accepts depends on its declared type:
 * a Float64Array is one value for an array parameter (`spike_times`) and one value a node for a
 * scalar one; a list is one value a node.
 */
export type NativeValue =
  | number
  | boolean
  | string
  | Float64Array
  | readonly number[]
  | readonly boolean[]
  | readonly string[]
  | readonly Float64Array[]
  | { readonly parameter: ParameterSteps }
  | { readonly nodes: Uint32Array }
  | { readonly synapses: NativeSynapses };

export type NativeProperties = Record<string, NativeValue>;

/** What some of a list of nodes or synapses are given; no position is in two groups of a call. */
export interface NativeGroup {
  /** In the list, ascending. */
  positions: Uint32Array;
  /** Values given one each are as many as the positions. */
  values: NativeProperties;
}

/**
 * A value on its way back. Typed arrays travel as ArrayBuffers, because objects made by native
 * code belong to the main realm; lib/ makes the view.
 */
export type NativeResult =
  | number
  | boolean
  | string
  | { readonly f64: ArrayBuffer }
  | { readonly u32: ArrayBuffer }
  | NativeNames
  | NativeResult[]
  | null
  | { readonly properties: Record<string, NativeResult> };

/**
 * A column of names in stretches that are equal: names[codes[i]] up to, not including, position
 * ends[i]. Codes and ends are numbers of 32 bits.
 */
export interface NativeNames {
  readonly names: string[];
  readonly codes: ArrayBuffer;
  readonly ends: ArrayBuffer;
}

/** One declared parameter, state or recordable of a model, from the core's registry. */
export interface NativeParameterDescription {
  name: string;
  /** `double`, `int`, `bool`, `string`, `doubles`, `ints`, `strings`, `nodes`, `events`, `map` */
  type: string;
  unit: string;
  /** Text of the default, as documentation shows it. */
  default: string;
  /** Allowed values in words, e.g. `> 0`; empty when anything finite is allowed. */
  allowed: string;
  /** The infinity that null stands for, as JSON writes it; 0 where none is allowed. */
  infinity: number;
  description: string;
  /** `parameter`, `state` (settable), `readonly`, `common` (model-wide, synapses) */
  role: string;
  /** Every receptor has one: this is the first one's, the others' names end in their numbers. */
  ofReceptor: boolean;
}

/** What nodes have besides what their models declare. */
export interface NativeReadOut extends NativeParameterDescription {
  /** Whether it depends on the number of threads. */
  byThreads: boolean;
}

export interface NativeModelDescription {
  name: string;
  /** `neuron`, `stimulator`, `recorder` or `synapse` */
  kind: string;
  summary: string;
  source: string;
  /** A line each; empty where the summary says all. */
  equations: string;
  parameters: NativeParameterDescription[];
  recordables: string[];
  /** Of a synapse: models that differ from it in their names only. */
  variants: string[];
}

/** One attribute of a kernel. */
export interface NativeKernelAttribute extends Omit<
  NativeParameterDescription,
  'infinity' | 'ofReceptor'
> {
  /** The texts allowed, where these are the same on every machine. */
  choices: string[];
}

/** A connection rule. */
export interface NativeConnectionRule {
  name: string;
  summary: string;
  parameters: {
    name: string;
    /** Allowed values in words. */
    allowed: string;
    description: string;
    /** Whether it can be a random parameter. */
    drawn: boolean;
    /** A value that fits small networks. */
    example: number;
  }[];
  /** What all rules have. `takes`: what this rule takes. */
  options: {
    name: string;
    default: boolean;
    description: string;
    takes: 'any' | 'true' | 'false' | 'default';
  }[];
  /** Takes nodes as they are given: such rules connect recorders too. */
  connectsRecorders: boolean;
  /** How many values an array has. */
  rows: NativeValueCount;
  columns: NativeValueCount;
}

/** `parameter`: what the rule's first parameter says. */
export type NativeValueCount = 'unknown' | 'one' | 'sources' | 'targets' | 'parameter';

/** Models of nodes that can or cannot be connected. */
export interface NativeConnectionPair {
  sources: string[];
  targets: string[];
  /** What their connections are kept as; empty where they are refused. */
  keptAs: '' | 'synapses' | 'input' | 'recording' | 'sampling';
  /** Whether all rules can connect them, not only those that take nodes as they are. */
  anyRule: boolean;
  /** Which plastic synapse models can connect them; empty: none. */
  plasticModels: '' | 'short-term' | 'all';
  /** The error's text, with {source} and {target} for the models. */
  refusal: string;
}

/** One kind of error of the core. */
export interface NativeErrorDescription {
  /** The class, e.g. `BadProperty`. */
  name: string;
  when: string;
}

/** What a run did. A list, because an object costs as much as a short run of a few neurons. */
export type NativeReport = readonly [
  /** Steps simulated by this call. */
  steps: number,
  /** Biological time simulated by this call, ms. */
  biological_time: number,
  /** Wall-clock seconds of this call, preparation included. */
  wall_time: number,
  /** Spikes emitted by neurons, with multiplicity. */
  spikes: number,
  /** Spikes delivered through synapses between neurons. */
  synaptic_events: number,
  /** What maxEvents counts, where there is a guard. */
  guarded_events: number,
  cancelled: boolean,
];

/** Guards of a run, and what earlier parts of the same call have used of them: events, seconds. */
export type NativeGuards = readonly [
  guards?: NativeProperties,
  events?: number,
  wall_time?: number,
];

/** The fraction is that of preparing, or of the simulation; the biological time is in ms. */
export type NativeProgress = (
  isPreparing: boolean,
  fraction: number,
  biologicalTime: number,
) => void;

/** Criteria, combined by "and". */
export interface NativeFilter {
  source?: Uint32Array;
  target?: Uint32Array;
  synapse_model?: string;
  synapse_label?: number;
}

/** What is saved with a state besides the network. */
export interface NativeExtras {
  /** JSON. */
  about: string;
  collections: { name: string; ids: Uint32Array }[];
  user: Uint8Array;
}

export interface NativeLoaded {
  about: string;
  collections: ({ name: string } & { readonly u32: ArrayBuffer })[];
  user: ArrayBuffer;
  ranges: { first: number; last: number; model: string }[];
}

/** A model that was compiled from a text: the members of cpp/compiled/code.h, as decode.h says. */
export interface NativeModelCode {
  readonly strings: readonly string[];
  readonly integers: Int32Array;
  readonly numbers: Float64Array;
}

/** A sorted list of synapses; stale once the network changes. */
export interface NativeSynapses {
  readonly length: number;
  /** Column of values: `source`, `target`, `weight`, `delay`, `receptor`, `synapse_id`, … */
  get(key: string): NativeResult;
  /** Throws what `get` would: StaleSynapseCollection, SimulationRunning, KernelDisposed. */
  check(): void;
  /** Keys that every synapse of the list has. */
  keys(): string[];
  set(values: NativeProperties | readonly NativeGroup[]): void;
  /** Removes them all. */
  disconnect(): void;
  /** Sub-list with the given positions, in that order. */
  pick(indices: Uint32Array): NativeSynapses;
  slice(from: number, to: number, step: number): NativeSynapses;
}

export interface NativeKernel {
  /** Makes `n` nodes and returns the ID of the first. */
  create(model: string, n: number, params: NativeProperties | readonly NativeGroup[]): number;
  /** Names of everything that can be read from nodes of that model. */
  nodeKeys(model: string): string[];
  /**
   * One value a node: `{f64}` for a numeric scalar, otherwise a list with one entry a node.
   * `{u32}` for IDs.
   */
  getNodes(ids: Uint32Array, key: string): NativeResult;
  /** What such a column has for one node. */
  getNode(id: number, key: string): NativeResult;
  setNodes(ids: Uint32Array, params: NativeProperties | readonly NativeGroup[]): void;
  /**
   * conn: rule and its parameters. With `arrays: true` pre[i] → post[i], duplicates allowed. syns:
   * one synapse of each for every pair.
   */
  connect(
    pre: Uint32Array,
    post: Uint32Array,
    conn: NativeProperties,
    syns: readonly NativeProperties[],
  ): void;
  /** Of each pair one of syn's synapse_model; conn as for connect. */
  disconnect(
    pre: Uint32Array,
    post: Uint32Array,
    conn: NativeProperties,
    syn: NativeProperties,
  ): void;
  getConnections(filter: NativeFilter): NativeSynapses;
  getDefaults(model: string): Record<string, NativeResult>;
  setDefaults(model: string, params: NativeProperties): void;
  copyModel(existing: string, name: string, params: NativeProperties): void;
  /**
   * Neuron models that are made of texts, all or none. Throws NewModelNameExists; with `replace` a
   * model that has no nodes may be replaced. Throws BadProperty where a code does not fit together,
   * or its defaults are not what its guards allow.
   */
  loadModels(
    neurons: readonly NativeModelCode[],
    synapses: readonly NativeModelCode[],
    replace: boolean,
  ): void;
  /** A model of nodes of this kernel, built in or not, as {@link NativeAddon.models} has them. */
  nodeModel(model: string): NativeModelDescription;
  /** Some attributes, or all. */
  getStatus(keys?: readonly string[]): Record<string, NativeResult>;
  setStatus(params: NativeProperties): void;
  /** Throws what `runAsync` would reject with before it begins. */
  checkRun(ms: number, prepared: boolean, ...guards: NativeGuards): void;
  prepare(): void;
  /** Blocks the calling thread. */
  run(ms: number): NativeReport;
  cleanup(): void;
  /** Prepare, run, cleanup; blocks the calling thread. */
  simulate(ms: number): NativeReport;
  /**
   * On a thread of its own. `prepared` true: a Run between Prepare and Cleanup. Calls of
   * `onProgress` are coalesced. Resolves (never rejects) on cancel.
   */
  runAsync(
    ms: number,
    prepared: boolean,
    onProgress: NativeProgress | undefined,
    ...guards: NativeGuards
  ): Promise<NativeReport>;
  /** On a thread of its own; false: cancelled. */
  prepareAsync(onProgress: NativeProgress | undefined): Promise<boolean>;
  /** On a thread of its own; null: cancelled. */
  getConnectionsAsync(
    filter: NativeFilter,
    onProgress: NativeProgress | undefined,
  ): Promise<NativeSynapses | null>;
  /** To a file (true), or to memory. Blocks the calling thread. */
  saveState(path: string | undefined, extras: NativeExtras): ArrayBuffer | true;
  /** On a thread of its own; false: cancelled. */
  saveStateAsync(
    path: string | undefined,
    extras: NativeExtras,
    onProgress: NativeProgress | undefined,
  ): Promise<ArrayBuffer | boolean>;
  /** From a file or from memory. Blocks the calling thread. */
  loadState(from: string | Uint8Array, threads: number | undefined): NativeLoaded;
  /** On a thread of its own, for which the bytes must stay as they are; null: cancelled. */
  loadStateAsync(
    from: string | Uint8Array,
    threads: number | undefined,
    onProgress: NativeProgress | undefined,
  ): Promise<NativeLoaded | null>;
  /** Makes what runs on a thread of its own stop soon. Allowed at any time. */
  cancel(): void;
  readonly running: boolean;
  /** What a recorder holds, sorted by (time, sender): times, senders, and one column a recordable. Allowed while running. */
  events(id: number): Record<string, { f64: ArrayBuffer } | { u32: ArrayBuffer }>;
  /**
   * `most` events in order of recording from position `from` on, or from the first that is held.
   * Allowed while running.
   */
  eventsFrom(
    id: number,
    from: number,
    most: number,
  ): Record<string, { f64: ArrayBuffer } | { u32: ArrayBuffer }>;
  /**
   * Events before position `end` are no longer held, only counted. Allowed while running; a
   * NotImplemented for a recorder that keeps its events.
   */
  releaseEvents(id: number, end: number): void;
  /** Position of the first event that a recorder holds. Allowed while running. */
  firstHeld(id: number): number;
  /**
   * From now on simulations on threads of their own wait as long as more than `limit` events of the
   * recorder lie behind `position`. Gives the reader's number. These three need no kernel that is
   * not disposed of.
   */
  addReader(id: number, limit: number, position: number): number;
  moveReader(reader: number, position: number): void;
  removeReader(reader: number): void;
  /** IDs of the recorders whose events are to be taken and written, ascending. */
  writtenRecorders(): { u32: ArrayBuffer };
  /** Value of a parameter expression, for tests and `GetValue`. `n` draws. */
  drawParameter(parameter: ParameterSteps, n: number): { f64: ArrayBuffer };
  /** Time 0, states as created, apart from what is kept. */
  resetState(keep: readonly string[], seed: number | undefined): void;
  /** Back to an empty network with default status. */
  reset(): void;
  /** Frees everything now; any later call throws KernelDisposed. */
  dispose(): void;
}

/**
 * Dense components, computed in place on arrays that lib/ owns; lengths are checked, rules are
 * not. Each is made of its rule, the constants, and of its arrays, both by the names that the core
 * declares (cpp/dense/); its functions then take what changes from step to step. Matrices have a
 * row for each input; what belongs to a sample of a batch comes sample by sample.
 */
export interface NativeDense {
  /** Bytes from which on an array is large. */
  readonly largeArray: number;
  /**
   * Where in a fresh ArrayBuffer an array should begin, in bytes, at most largeArray: there a huge
   * page does, and the system is asked for such.
   */
  placeLarge(buffer: ArrayBuffer): number;
  readonly activationNames: readonly string[];
  trace(rule: NativeTraceRule, arrays: NativeArrays<'inputs' | 'trace'>): NativeTrace;
  /** `before` is scratch. */
  lif(
    rule: NativeLifRule,
    arrays: NativeArrays<'j' | 'v' | 's' | 'rfr' | 'thr_theta' | 'tols' | 'before'>,
  ): NativeLif;
  traceStdp(rule: NativeStdpRule, arrays: NativeCableArrays<'dWeights'>): NativeTraceStdp;
  /**
   * `last` holds preSpike, postSpike, preTrace, postTrace of the step before and gets those of this
   * one.
   */
  mstdpet(
    rule: NativeStdpRule,
    arrays: NativeCableArrays<'last' | 'modulator' | 'outmask' | 'eligibility'>,
  ): NativeMstdpet;
  /** `slope` is scratch. */
  reinforce(rule: NativeReinforceRule, arrays: NativeReinforceArrays): NativeReinforce;
  /** Fills `values`: uniform in [first, second), normal with mean and deviation, or 1 with chance `first`, else 0. */
  draw(
    what: 'uniform' | 'normal' | 'mask',
    seed: number,
    first: number,
    second: number,
    values: Float64Array,
  ): void;
}

type NativeArrays<Name extends string> = Readonly<Record<Name, Float64Array>>;

interface NativeShape {
  readonly inputs: number;
  readonly outputs: number;
  readonly batch: number;
}

export interface NativeTraceRule {
  /** Entries. */
  readonly n: number;
  readonly tau_tr: number;
  readonly a_delta: number;
  readonly p_scale: number;
  readonly gamma_tr: number;
  readonly decay: 'exp' | 'lin' | 'step';
  readonly n_nearest_spikes: number;
}

export interface NativeTrace {
  advance(dt: number): void;
}

export interface NativeLifRule {
  readonly units: number;
  readonly batch: number;
  readonly tau_m: number;
  readonly resist_m: number;
  readonly conduct_leak: number;
  readonly thr: number;
  readonly v_rest: number;
  readonly v_reset: number;
  readonly v_min: number;
  readonly refract_time: number;
  readonly tau_theta: number;
  readonly theta_plus: number;
  /** Of second order instead of Euler's. */
  readonly midpoint: boolean;
  /** Of cells that spike in the same step, which do. */
  readonly winners: 'all' | 'random' | 'highest';
  readonly seed: number;
}

export interface NativeLif {
  /** The `step`-th step, which begins at `t`. */
  advance(t: number, dt: number, step: number): void;
}

export interface NativeStdpRule extends NativeShape {
  readonly a_plus: number;
  readonly a_minus: number;
  readonly pretrace_target: number;
  readonly mu: number;
  readonly w_min: number;
  readonly w_bound: number;
  readonly tau_w: number;
  readonly tau_elg: number;
  readonly elg_decay: number;
  readonly g_conduct_factor: number;
  readonly enforce_weight_mask: boolean;
}

type NativeCableArrays<More extends string> = NativeArrays<
  'weights' | 'inputs' | 'outputs' | 'preSpike' | 'postSpike' | 'preTrace' | 'postTrace' | More
> & { readonly weight_mask: Float64Array | undefined };

interface NativeCable {
  /** outputs = g_conduct_factor · inputs × (weights · mask). */
  forward(): void;
}

export interface NativeTraceStdp extends NativeCable {
  evolve(eta: number): void;
}

export interface NativeMstdpet extends NativeCable {
  /**
   * With `dWeights` the pairings of the step before are read there instead of formed from `last`;
   * for mu > 0 it is necessary and gets those of this step.
   */
  evolve(eta: number, dt: number, dWeights: Float64Array | undefined): void;
  /** dWeights = the pairings of `last`, for mu = 0. */
  lastPairings(dWeights: Float64Array): void;
}

export interface NativeReinforceRule extends NativeShape {
  /** Among activationNames. */
  readonly act_fx: string;
  readonly mu_act_fx: string;
  readonly mu_out_min: number;
  readonly mu_out_max: number;
  readonly scalar_stddev: number;
  readonly decay: number;
}

type NativeReinforceArrays = NativeArrays<
  | 'inputs'
  | 'hidden'
  | 'readout'
  | 'mean'
  | 'deviation'
  | 'noise'
  | 'outputs'
  | 'weights'
  | 'rewards'
  | 'dWeights'
  | 'accumulated_gradients'
  | 'lower'
  | 'upper'
  | 'slope'
> & { readonly weight_mask: Float64Array | undefined };

export interface NativeReinforce {
  /** Draws actions; the noise is the `call`-th of `seed` or, if not `drawNoise`, what it holds. */
  sample(seed: number, call: number, drawNoise: boolean): void;
  /** Learns from actions that `sample` drew; gives the objective. */
  learn(eta: number, learningMask: number, stepCount: number, clipAlways: boolean): number;
}

/** Bytes of one kernel, as of the last call that changed much of it. */
export interface KernelCounters {
  /** Its number in the process, from 1. */
  readonly kernel: number;
  /** All that it holds. */
  readonly bytes: number;
  /** As of its last layout or run; what was made since then is in `bytes` alone. */
  readonly parts: {
    /** Neurons and devices. */
    readonly nodes: number;
    /** Events that recorders hold. */
    readonly recorders: number;
    readonly synapses: number;
    /** Spikes under way. */
    readonly under_way: number;
    /** Histories of spikes and modulators for plastic synapses. */
    readonly plasticity: number;
  };
}

/** What kernels of the process do and hold. */
export interface NativeCounters {
  /** How many threads may compute at once. */
  readonly concurrency: number;
  /** Calls that wait for threads. */
  readonly queued: number;
  /** Calls that have some. */
  readonly running: number;
  /** Threads that they have. */
  readonly threads: number;
  /** Of each kernel that is not disposed of, in the order in which they were made. */
  readonly kernels: readonly KernelCounters[];
}

export interface NativeAddon {
  /**
   * Registers how errors are made; called again by every further copy of lib/ in the environment.
   * `name` is the class (`BadProperty`), `fields` its data (parameter, value, allowed, model, …).
   * `allocate` makes memory of arrays; what is in it does not matter. `memory`: the bytes that the
   * process may have, as Node knows; 0, or more than there can be: no limit.
   */
  initialize(
    makeError: (name: string, message: string, fields: Record<string, NativeResult>) => Error,
    allocate: (bytes: number) => ArrayBufferLike,
    memory: number,
  ): void;
  readonly NativeKernel: new () => NativeKernel;
  /** Everything that Create, Connect and GetDefaults know, from the core's registry. */
  models(): NativeModelDescription[];
  /** What every node can be asked for, besides what its model declares. */
  nodeReadOuts(): NativeReadOut[];
  /** Every name that `makeError` is called with. */
  errors(): NativeErrorDescription[];
  /** Every attribute that GetKernelStatus gives, in that order. */
  kernelAttributes(): NativeKernelAttribute[];
  /** Their names, which are known without making a kernel. */
  readonly kernelAttributeNames: readonly string[];
  /** Every rule that Connect knows. */
  connectionRules(): NativeConnectionRule[];
  /** What can be connected with what. Of the entries that hold both ends the first counts. */
  connectionPairs(): NativeConnectionPair[];
  readonly dense: NativeDense;
  /** Instruction-set levels usable on this processor, slowest first. */
  readonly simdLevels: readonly string[];
  /**
   * The level that new kernels start with: the best one, or that of TEGMENTA_SIMD. Throws
   * BadProperty when that names none of simdLevels.
   */
  simdLevel(): string;
  /**
   * Bytes a second that `threads` read together from an array of `bytes`, the fastest of `passes`.
   * Blocks the calling thread.
   */
  memoryBandwidth(threads: number, bytes: number, passes: number): number;
  /** Threads that compute and bytes that are held, of all kernels of the process. */
  counters(): NativeCounters;
  /** How many threads may compute at once; without a number as many as there are processors. */
  setConcurrency(n?: number): number;
  /** Processors that the process may use. */
  processors(): number;
  /** Whether it is the first call in the process. */
  warnsFirst(): boolean;
  /** Kernels alive in this process, and the bytes their networks hold. */
  liveKernels(): number;
  liveBytes(): number;
}

export const native = loadAddon() as NativeAddon;
