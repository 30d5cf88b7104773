import { BadParameterValue } from './errors';
import { encodeConnect, encodeSynSpecs, type Nodes, type SynSpec, type SynSpecs } from './connect';
import { disconnect, type DisconnectSpec } from './disconnect';
import type { ConnSpec } from './generated/connection-rules';
import { nodesWith } from './get-nodes';
import { IdSet } from './id-set';
import { heedThreads } from './concurrency';
import { loadModels } from './load-model';
import type { LoadedNames, LoadModelOptions, ModelSource } from './loaded-models';
import type { KernelSettings, KernelStatus } from './generated/kernel-status';
import { type AsyncOptions, checkAsyncOptions, prepareAsync, runJob } from './job';
import { addAttributes, type KernelAttributes } from './kernel-attributes';
import { native, type NativeFilter, type NativeKernel, type ParameterSteps } from './native';
import { makeNodes, NodeCollection, type NodeIds, nodeIdsOf } from './node-collection';
import { knownIds } from './node-ids';
import { encodeGroups } from './property-groups';
import { guardReceivers } from './receivers';
import { beginFiles } from './recording-files';
import { runAsync, runSync } from './run';
import { Session } from './session';
import type { Report, SimulateOptions } from './simulation';
import {
  checkLoadArguments,
  type LoadedExtras,
  type LoadedWith,
  type LoadOptions,
  loadState,
  loadStateSync,
  type ResetOptions,
  resetState,
  saveArguments,
  type SavedWith,
  type SaveOptions,
  saveState,
  saveStateSync,
} from './state';
import { checkKeys, unknownKey } from './suggest';
import { makeSynapses, SynapseCollection } from './synapse-collection';
import type {
  DefaultsOf,
  ModelParameters,
  NodeInput,
  NodeModelName,
  NodeParameters,
  RecordedUntold,
  SynapseModelName,
} from './types';
import type { AnyValue, OrAnyName } from './value-types';
import { isRevoked } from './words';
import { checkKeyNames, checkObject, isInstance, mismatch } from './forms';
import { levelOf, type VerbosityName } from './verbosity';
import { decode, decodeRecord, encodeProperties } from './values';

/** Which synapses GetConnections finds; criteria are combined by "and". */
export interface ConnectionFilter<M extends string = OrAnyName<SynapseModelName>> {
  /** Nodes that they come from. */
  readonly source?: NodeCollection;
  /** Nodes that they go to. */
  readonly target?: NodeCollection;
  /** Their model. */
  readonly synapse_model?: M;
  /** What Connect was given as `synapse_label`. */
  readonly synapse_label?: number;
}

/** The model of synapses that are found: any, where its name is known only at run time. */
type ModelFound<M extends string> = string extends M ? SynapseModelName : M;

/** What has values: nodes, or synapses. */
type Collection = NodeCollection | SynapseCollection;

/** All values that a collection has by name: what it gives for all the names. */
type ValuesIn<C extends Collection> = ReturnType<C['get']>;

/** A model of nodes or synapses: a built-in one, or a copy. */
type ModelName = OrAnyName<NodeModelName | SynapseModelName>;

/**
 * Whether `n` nodes are several, as they are taken to be where n is not a literal. Only ReturnType
 * gives undefined, and number, too: then there are any number.
 */
type IsMany<N extends number | undefined> = [N] extends [1 | undefined]
  ? false
  : undefined extends N
    ? boolean
    : true;

/**
 * One simulation: its network, clock, random numbers and settings. Any number of kernels live side
 * by side, in threads too, and share nothing. A kernel is freed by `dispose()` or, with its
 * collections, by garbage collection.
 *
 * A call that throws has changed nothing. While a simulation runs, whatever would change or read
 * the network throws SimulationRunning; recorders' events and progress stay readable.
 */
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging
export class Kernel {
  readonly #session: Session;

  static {
    guardReceivers(this, 'a Kernel', (value) => #session in value);
  }

  /** `core`: a stand-in that hears what the kernel would do. @internal */
  constructor(core?: NativeKernel) {
    if (core !== undefined) checkStandIn(core);
    this.#session = new Session(core);
  }

  /**
   * Makes `n` nodes of a model. A parameter takes one value for all, an array with one value for
   * each node, or a Parameter drawn for each; an array of objects gives each node its own
   * parameters. Source: NEST, "Create".
   * @param n Default: 1, also where it is left out before `params`.
   * @throws UnknownModelName; BadParameterValue for n < 1; UnaccessedDictionaryEntry for an
   * unknown parameter; TypeMismatch, DimensionMismatch or BadProperty for a bad value.
   */
  Create<M extends OrAnyName<NodeModelName>, Recorded extends string = RecordedUntold<M>>(
    model: M,
    params: NodeInput<M, Recorded>,
  ): NodeCollection<M, false, Recorded>;
  // The last, because that is the one of ReturnType and Parameters.
  Create<
    M extends OrAnyName<NodeModelName>,
    N extends number | undefined = 1,
    Recorded extends string = RecordedUntold<M>,
  >(
    model: M,
    n?: N,
    params?: NodeInput<M, Recorded> | readonly NodeParameters<M>[],
  ): NodeCollection<M, IsMany<N>, Recorded>;
  Create(model: string, nOrParams: number | object = 1, onlyParams: object = {}): NodeCollection {
    const [n, params] = typeof nOrParams === 'object' ? [1, nOrParams] : [nOrParams, onlyParams];
    checkName('Create', 'model', model);
    if (!Number.isInteger(n)) throw mismatch('n', 'an integer', n, 'Create');
    if (n < 1) {
      throw new BadParameterValue(`Create: n must be ≥ 1, got ${n}.`, {
        parameter: 'n',
        value: n,
        allowed: '≥ 1',
      });
    }
    const properties = encodeGroups(params, 'Create', this.#session, n);
    const first = this.#session.create(model, n, properties);
    return makeNodes(this.#session, IdSet.progression(first, n));
  }

  /**
   * Connects sources to targets by a rule (default all_to_all) with synapses of a model (default
   * static_synapse). Values for single synapses: with one_to_one an array of one a pair, with
   * fixed_total_number of N; with all_to_all nested as targets × sources, with fixed_indegree as
   * targets × indegree, with fixed_outdegree as sources × outdegree, or the same flat, row by row.
   * IDs in place of collections must ascend, except with one_to_one, which connects pre[i] to
   * post[i] and allows repeats. Of a list of specifications every pair gets a synapse each, as of
   * NEST's CollocatedSynapses. Source: NEST, "Connect".
   * @throws IllegalConnection, BadProperty (rule missing, unknown or with bad parameters),
   * UnknownSynapseType, UnaccessedDictionaryEntry, DimensionMismatch, BadDelay, UnknownNode,
   * UnknownReceptorType, NotImplemented, InvalidNodeCollection.
   */
  Connect<
    M extends OrAnyName<SynapseModelName> = SynapseModelName,
    Name extends string = SynapseModelName,
    const Models extends readonly unknown[] = [],
  >(
    pre: Nodes,
    post: Nodes,
    conn_spec?: ConnSpec['rule'] | ConnSpec,
    syn_spec?: SynapseModelName | Name | SynSpec<M> | SynSpecs<Models, Name>,
  ): void {
    const given = encodeConnect(this.#session, pre, post, conn_spec);
    const syns = encodeSynSpecs(given, syn_spec);
    this.#session.native.connect(given.pre, given.post, given.conn, syns);
  }

  /**
   * Removes connections, those from and to devices included: all of a SynapseCollection, or, for
   * every pair of a source and a target that the rule makes (one_to_one, the default, or
   * all_to_all), the first of the synapse model in the order of GetConnections. Of syn_spec only the
   * synapse model counts. What is under way through them still arrives; all collections of synapses
   * made before are stale. Source: NEST, "Disconnect".
   * @throws InexistentConnection where a connection is not there, or twice in the collection;
   * StaleSynapseCollection, IllegalConnection, BadProperty, UnknownSynapseType,
   * UnaccessedDictionaryEntry, DimensionMismatch, UnknownNode, InvalidNodeCollection; TypeMismatch
   * for other arguments. Nothing is removed then.
   */
  Disconnect(connections: SynapseCollection): void;
  Disconnect<
    M extends OrAnyName<SynapseModelName> = SynapseModelName,
    Name extends string = SynapseModelName,
  >(
    pre: Nodes,
    post: Nodes,
    conn_spec?: DisconnectSpec['rule'] | DisconnectSpec,
    syn_spec?: SynapseModelName | Name | SynSpec<M>,
  ): void;
  Disconnect(...args: readonly unknown[]): void {
    disconnect(this.#session, args);
  }

  /**
   * Finds synapses; without a filter all. Waits until new ones are laid out; see
   * GetConnectionsAsync. Source: NEST, "GetConnections".
   * @throws UnknownSynapseType; TypeMismatch; UnaccessedDictionaryEntry for an unknown criterion.
   */
  GetConnections<M extends OrAnyName<SynapseModelName> = SynapseModelName>(
    filter: ConnectionFilter<M> = {},
  ): SynapseCollection<ModelFound<M>, true> {
    const found = this.#session.native.getConnections(this.#filter('GetConnections', filter));
    return makeSynapses(this.#session, found);
  }

  /**
   * GetConnections on a thread of its own: the first one after Connect lays the new synapses out,
   * which takes a second for some 20 million. As long as it works the kernel is `running`.
   * @returns What GetConnections does. Rejects with what that throws, or with `signal.reason`.
   */
  async GetConnectionsAsync<M extends OrAnyName<SynapseModelName> = SynapseModelName>(
    filter: ConnectionFilter<M> = {},
    options: AsyncOptions = {},
  ): Promise<SynapseCollection<ModelFound<M>, true>> {
    checkAsyncOptions('GetConnectionsAsync', options);
    const criteria = this.#filter('GetConnectionsAsync', filter);
    const found = await this.#session.during(options.signal, (signal) =>
      runJob(
        this.#session,
        { ...options, signal },
        (core, reached) => core.getConnectionsAsync(criteria, reached),
        (synapses) => synapses === null,
      ),
    );
    return makeSynapses(this.#session, found!);
  }

  /**
   * The nodes of these IDs; without any, an empty collection. `new NodeCollection(ids)` makes one of
   * the default kernel. Source: NEST, "NodeCollection".
   * @throws TypeMismatch for what are no integers; BadProperty for IDs that do not ascend;
   * UnknownNode.
   */
  NodeCollection(ids: NodeIds = []): NodeCollection {
    return makeNodes(this.#session, knownIds(this.#session, ids));
  }

  /**
   * The nodes whose values equal all the given ones; without any, all nodes. Nodes that do not
   * have one of the parameters are left out. Source: NEST, "GetNodes".
   * @throws TypeMismatch for a value that is no number, boolean or string.
   */
  GetNodes(properties: Readonly<Record<string, number | boolean | string>> = {}): NodeCollection {
    return makeNodes(this.#session, nodesWith(this.#session, properties));
  }

  /**
   * Simulates on a thread of its own: Prepare, Run and Cleanup in one. Source: NEST, "Simulate".
   * @param ms Biological time, a multiple of the resolution.
   * @returns What was done, once it is done. Rejects with BadParameter for a bad time,
   * SimulationRunning, KernelException (prepared already), NumericalInstability, SolverFailure,
   * IOError (files of recorders), or `signal.reason` after an abort, which leaves a kernel that can
   * go on.
   */
  Simulate(ms: number, options?: SimulateOptions): Promise<Report> {
    return runAsync(this.#session, ms, false, options);
  }

  /**
   * Simulates on the calling thread, which waits.
   * @param ms Biological time, a multiple of the resolution.
   * @returns What was done.
   * @throws What Simulate rejects with.
   */
  SimulateSync(ms: number): Report {
    return runSync(this.#session, ms, false);
  }

  /**
   * Readies the network for Run, and waits until it is; see PrepareAsync. Parameters set between
   * Prepare and Cleanup may act only after the next Prepare. Source: NEST, "Prepare".
   * @throws KernelException if it is prepared already; IOError if the file of a recorder exists and
   * may not be overwritten, or cannot be made.
   */
  Prepare(): void {
    this.#session.native.prepare();
    this.#beginOutput();
  }

  /**
   * Prepare on a thread of its own, which lays out large networks without blocking. As long as it
   * works the kernel is `running`. Stopped by the signal, it has changed nothing.
   * @returns Rejects with what Prepare throws, or with `signal.reason`.
   */
  async PrepareAsync(options: AsyncOptions = {}): Promise<void> {
    checkAsyncOptions('PrepareAsync', options);
    await prepareAsync(this.#session, options);
    this.#beginOutput();
  }

  /**
   * Simulates between Prepare and Cleanup, as often as is wished; otherwise as Simulate. Source:
   * NEST, "Run".
   * @param ms Biological time, a multiple of the resolution.
   * @returns What was done, once it is done. Rejects with KernelException if the kernel is not
   * prepared, and with what Simulate rejects with.
   */
  Run(ms: number, options?: SimulateOptions): Promise<Report> {
    return runAsync(this.#session, ms, true, options);
  }

  /**
   * Run on the calling thread, which waits.
   * @param ms Biological time, a multiple of the resolution.
   * @returns What was done.
   * @throws What Run rejects with.
   */
  RunSync(ms: number): Report {
    return runSync(this.#session, ms, true);
  }

  /**
   * Ends what Prepare began. Source: NEST, "Cleanup".
   * @throws KernelException if it is not prepared.
   */
  Cleanup(): void {
    this.#session.native.cleanup();
  }

  /**
   * Defaults of a node or synapse model: all, one by name, or an object of several.
   * Source: NEST, "GetDefaults".
   * @throws UnknownComponent; UnaccessedDictionaryEntry for an unknown name.
   */
  GetDefaults<M extends ModelName>(model: M): DefaultsOf<M>;
  GetDefaults<M extends ModelName, K extends keyof DefaultsOf<M> & string>(
    model: M,
    key: K,
  ): DefaultsOf<M>[K];
  GetDefaults<M extends ModelName, K extends keyof DefaultsOf<M> & string>(
    model: M,
    keys: readonly K[],
  ): Pick<DefaultsOf<M>, K>;
  GetDefaults(model: string, keys?: string | readonly string[]): unknown {
    checkName('GetDefaults', 'model', model);
    const defaults = decodeRecord(this.#session.native.getDefaults(model));
    const read = (key: string): AnyValue => readKey(defaults, key, `${model} has no default`);
    if (keys === undefined) return defaults;
    checkKeyNames(keys, 'GetDefaults');
    if (typeof keys === 'string') return read(keys);
    return Object.fromEntries(keys.map((key) => [key, read(key)]));
  }

  /**
   * Changes defaults; they apply to what is made later. Model-wide values of synapse models apply
   * to existing synapses as well. Source: NEST, "SetDefaults".
   * @throws UnknownComponent, UnaccessedDictionaryEntry, TypeMismatch, BadProperty.
   */
  SetDefaults<M extends ModelName>(model: M, params: ModelParameters<M>): void {
    checkName('SetDefaults', 'model', model);
    this.#session.native.setDefaults(model, this.#encode(params, 'SetDefaults'));
  }

  /**
   * Makes a model with other defaults out of an existing one. Source: NEST, "CopyModel".
   * @throws UnknownModelName; NewModelNameExists; otherwise as SetDefaults.
   */
  CopyModel<M extends ModelName>(existing: M, name: string, params?: ModelParameters<M>): void {
    checkName('CopyModel', 'existing', existing);
    checkName('CopyModel', 'name', name);
    const properties = this.#encode(params ?? {}, 'CopyModel');
    this.#session.native.copyModel(existing, name, properties);
  }

  /**
   * Loads neuron models written in NESTML 8: texts, `{ path }` of files, or a list of both, each with
   * any number of models. All are checked first, and all or none are loaded. They are models of this
   * kernel as the built-in ones are, also after ResetKernel; saved states hold them. What the
   * language is here: docs/nestml.md.
   * @returns The names of the models, in the order of the texts. Rejects with ModelTextError, whose
   * `problems` say all that is wrong, with file, line and column; NewModelNameExists, also with
   * `replace` for a model that has nodes or is no neuron; NotImplemented for synapse models;
   * BadProperty for defaults that the model itself does not allow; IOError; TypeMismatch,
   * BadParameterValue or UnaccessedDictionaryEntry for bad arguments; SimulationRunning.
   */
  async LoadModel<const Source extends ModelSource | readonly ModelSource[]>(
    source: Source,
    options: LoadModelOptions = {},
  ): Promise<LoadedNames<Source>> {
    return (await loadModels(this.#session, source, options)) as LoadedNames<Source>;
  }

  /**
   * `collection.get(keys)`, for programs written for NEST: all values, one by name, or an object of
   * several. Source: NEST, "GetStatus".
   * @throws TypeMismatch for what is no collection; what `get` of the collection throws.
   */
  GetStatus<C extends Collection>(collection: C): ValuesIn<C>;
  GetStatus<C extends Collection, K extends keyof ValuesIn<C> & string>(
    collection: C,
    key: K,
  ): ValuesIn<C>[K];
  GetStatus<C extends Collection, K extends keyof ValuesIn<C> & string>(
    collection: C,
    keys: readonly K[],
  ): Pick<ValuesIn<C>, K>;
  GetStatus(collection: unknown, keys?: string | readonly string[]): unknown {
    return checkCollection(collection, 'GetStatus').get(keys);
  }

  /**
   * `collection.set(values)`, for programs written for NEST: values of all, or an object for each.
   * Source: NEST, "SetStatus".
   * @throws TypeMismatch for what is no collection; what `set` of the collection throws.
   */
  SetStatus<C extends Collection>(collection: C, values: Parameters<C['set']>[0]): void {
    checkCollection(collection, 'SetStatus').set(values);
  }

  /**
   * The kernel's attributes: all, one by name, or a list in the order of the names.
   * Source: NEST, "GetKernelStatus".
   * @throws UnaccessedDictionaryEntry for an unknown name.
   */
  GetKernelStatus(): KernelStatus;
  GetKernelStatus<K extends keyof KernelStatus>(key: K): KernelStatus[K];
  GetKernelStatus<const K extends readonly (keyof KernelStatus)[]>(
    keys: K,
  ): { -readonly [I in keyof K]: KernelStatus[K[I]] };
  GetKernelStatus(keys?: string | readonly string[]): unknown {
    if (keys === undefined) return decodeRecord(this.#session.native.getStatus());
    checkKeyNames(keys, 'GetKernelStatus');
    const wanted = typeof keys === 'string' ? [keys] : keys;
    const status = decodeRecord(this.#session.native.getStatus(wanted));
    const values = wanted.map((key) => status[key] ?? null);
    return typeof keys === 'string' ? values[0] : values;
  }

  /**
   * Sets attributes of the kernel. Source: NEST, "SetKernelStatus".
   * @throws UnaccessedDictionaryEntry for an unknown or read-only name; KernelException for
   * resolution and threads once the network has nodes or the clock has moved; BadProperty, BadDelay.
   */
  SetKernelStatus(values: Readonly<KernelSettings>): void {
    this.#session.native.setStatus(this.#encode(values, 'SetKernelStatus'));
    if (values.local_num_threads !== undefined) heedThreads(values.local_num_threads);
  }

  /** NEST's level of messages, a number; see VerbosityLevel. Source: NEST, "get_verbosity". */
  get_verbosity(): number {
    return this.GetKernelStatus('verbosity');
  }

  /**
   * Keeps a level of messages: a number, or its name, also with NEST's `M_` before it. Nothing
   * depends on it, as there are no messages. Source: NEST, "set_verbosity".
   * @throws BadParameterValue for the name of none; BadProperty for a number that is none.
   */
  set_verbosity(level: number | VerbosityName): void {
    this.SetKernelStatus({ verbosity: levelOf(level) });
  }

  /**
   * Back to an empty network, default settings and time 0; collections made before become invalid.
   * Source: NEST, "ResetKernel".
   * @throws SimulationRunning
   */
  ResetKernel(): void {
    this.#session.reset();
  }

  /**
   * Saves all that what happens next depends on, and what the recorders hold: to a file, which is
   * replaced as a whole or not at all, or to bytes. On a thread of its own; as long as it works the
   * kernel is `running`. Lists of synapses and plans of `Simulate` are not saved: GetConnections
   * finds the synapses again. Format: docs/state-file.md.
   * @returns Nothing, or the bytes. Rejects with IOError, after which an old file is as it was,
   * OutOfMemory, KernelException where an earlier simulation failed, or `signal.reason`.
   */
  SaveState(path: string, options?: SaveOptions): Promise<void>;
  SaveState(options?: SaveOptions): Promise<Uint8Array>;
  async SaveState(...args: [(string | SaveOptions)?, SaveOptions?]): Promise<Uint8Array | void> {
    const others = ['onProgress', 'signal'];
    const { path, options, extras } = saveArguments(this.#session, 'SaveState', args, others);
    checkAsyncOptions('SaveState', options, ['collections', 'user']);
    return saveState(this.#session, path, extras, options);
  }

  /**
   * SaveState on the calling thread, which waits.
   * @returns Nothing, or the bytes.
   * @throws What SaveState rejects with.
   */
  SaveStateSync(path: string, options?: SavedWith): void;
  SaveStateSync(options?: SavedWith): Uint8Array;
  SaveStateSync(...args: [(string | SavedWith)?, SavedWith?]): Uint8Array | void {
    const { path, extras } = saveArguments(this.#session, 'SaveStateSync', args);
    return saveStateSync(this.#session, path, extras);
  }

  /**
   * A new kernel in a state that was saved, by this version or an earlier one, on any machine; it
   * goes on exactly as the one that was saved. Files of recorders go on from where they were then.
   * @param from A path, or bytes.
   * @returns Rejects with BadStateFile, whose `reason` is `foreign`, `newer`, `truncated` or
   * `corrupted`; IOError; OutOfMemory; BadParameterValue for a bad number of threads; or
   * `signal.reason`.
   */
  static async LoadState(
    from: string | Uint8Array,
    options: LoadOptions = {},
  ): Promise<LoadedState> {
    checkLoadArguments('LoadState', from, options, true);
    const kernel = new Kernel();
    return { kernel, ...(await orDisposed(kernel, loadState(kernel.#session, from, options))) };
  }

  /**
   * LoadState on the calling thread, which waits.
   * @param from A path, or bytes.
   * @throws What LoadState rejects with.
   */
  static LoadStateSync(from: string | Uint8Array, options: LoadedWith = {}): LoadedState {
    checkLoadArguments('LoadStateSync', from, options, false);
    const kernel = new Kernel();
    try {
      return { kernel, ...loadStateSync(kernel.#session, from, options) };
    } catch (error) {
      kernel.dispose();
      throw error;
    }
  }

  /**
   * Loads a state into this kernel, whose network goes only once the other one is there. Where that
   * has the same nodes, collections of nodes stay valid. Otherwise as Kernel.LoadState.
   * @param from A path, or bytes.
   * @returns This kernel, and what was saved with the network. Rejects with what Kernel.LoadState
   * rejects with; the kernel is as it was then.
   */
  async LoadState(from: string | Uint8Array, options: LoadOptions = {}): Promise<LoadedState> {
    checkLoadArguments('LoadState', from, options, true);
    return { kernel: this, ...(await loadState(this.#session, from, options)) };
  }

  /**
   * LoadState on the calling thread, which waits.
   * @param from A path, or bytes.
   * @returns This kernel, and what was saved with the network.
   * @throws What LoadState rejects with.
   */
  LoadStateSync(from: string | Uint8Array, options: LoadedWith = {}): LoadedState {
    checkLoadArguments('LoadStateSync', from, options, false);
    return { kernel: this, ...loadStateSync(this.#session, from, options) };
  }

  /**
   * Back to time 0 and to the states that nodes and synapses had when they were first simulated,
   * with nothing under way, no histories of spikes and empty recorders; connections, parameters,
   * defaults and collections stay. Without a seed the noise is the same again.
   * @throws BadParameterValue for an unknown name or a bad seed; SimulationRunning;
   * KernelException where an earlier simulation failed; OutOfMemory.
   */
  ResetState(options: ResetOptions = {}): void {
    resetState(this.#session, options);
  }

  /**
   * A second kernel in the same state, which goes on independently and equally. Its nodes have the
   * same IDs; files of recorders stay this kernel's.
   * @throws SimulationRunning; OutOfMemory; KernelException where an earlier simulation failed.
   */
  clone(): Kernel {
    const { kernel } = Kernel.LoadStateSync(this.SaveStateSync());
    kernel.#session.written = new Map();
    kernel.#session.cut = new Map();
    return kernel;
  }

  /** Whether a simulation of this kernel is running. */
  get running(): boolean {
    return !this.#session.disposed && this.#session.native.running;
  }

  /**
   * Frees all memory now; every later use throws KernelDisposed. What is running is stopped: its
   * promise rejects with KernelDisposed, and the memory is freed once it has ended. Disposing twice
   * is allowed.
   */
  dispose(): void {
    this.#session.dispose();
  }

  /** `using kernel = new Kernel()`: at the end of the block the kernel is disposed of. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  /**
   * `await using kernel = new Kernel()`: at the end of the block what is running is stopped, its
   * files are written to the end, and the kernel is disposed of.
   */
  [Symbol.asyncDispose](): Promise<void> {
    return this.#session.close();
  }

  /** One draw of a parameter; `Parameter.GetValue(kernel)` calls it. @internal */
  drawParameter(parameter: ParameterSteps): number {
    return (decode(this.#session.native.drawParameter(parameter, 1)) as Float64Array)[0] ?? NaN;
  }

  /** Begins the files of recorders; where that fails the kernel is not prepared. */
  #beginOutput(): void {
    if (!this.#session.hasOutput) return;
    try {
      beginFiles(this.#session);
    } catch (error) {
      this.#session.native.cleanup();
      throw error;
    }
  }

  #encode(values: unknown, caller: string): ReturnType<typeof encodeProperties> {
    return encodeProperties(values, caller, this.#session);
  }

  #filter(caller: string, filter: ConnectionFilter): NativeFilter {
    checkObject(filter, 'filter', 'an object of criteria', caller);
    const criteria = ['source', 'target', 'synapse_model', 'synapse_label'];
    checkKeys(filter, criteria, `${caller} has no criterion`);
    const { source, target, synapse_model, synapse_label } = filter;
    const idsOf = (name: string, nodes: unknown): Uint32Array => {
      const ids = nodeIdsOf(this.#session)(nodes);
      if (!ids) throw mismatch(name, 'a NodeCollection', nodes, caller);
      return ids;
    };
    return {
      ...(source !== undefined && { source: idsOf('source', source) }),
      ...(target !== undefined && { target: idsOf('target', target) }),
      ...(synapse_model !== undefined && { synapse_model }),
      ...(synapse_label !== undefined && { synapse_label }),
    };
  }
}

/** A state that was loaded: its kernel, the collections by their names, and the user's bytes. */
export interface LoadedState extends LoadedExtras {
  /** In the state that was saved. */
  readonly kernel: Kernel;
}

/** What the promise gives; where it rejects, the kernel is of no use. */
async function orDisposed<T>(kernel: Kernel, promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    kernel.dispose();
    throw error;
  }
}

// With the class it makes one type: what the core declares, and NEST's names of two functions.
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging
export interface Kernel extends KernelAttributes {
  /** GetKernelStatus. */
  get: Kernel['GetKernelStatus'];
  /** SetKernelStatus. */
  set: Kernel['SetKernelStatus'];
}

// eslint-disable-next-line @typescript-eslint/unbound-method -- they go to the same prototype
const { GetKernelStatus: get, SetKernelStatus: set } = Kernel.prototype;
Object.defineProperties(Kernel.prototype, { get: { value: get }, set: { value: set } });
addAttributes(Kernel.prototype);

interface ReadAndSet {
  get(keys?: string | readonly string[]): unknown;
  set(values: unknown): void;
}

function checkCollection(value: unknown, caller: string): ReadAndSet {
  if (isInstance(value, NodeCollection) || isInstance(value, SynapseCollection)) {
    return value;
  }
  throw mismatch('collection', 'a NodeCollection or a SynapseCollection', value, caller);
}

/** A stand-in has all that the native kernel has. */
function checkStandIn(core: unknown): void {
  const known = Object.getOwnPropertyNames(native.NativeKernel.prototype);
  const isOne =
    typeof core === 'object' &&
    core !== null &&
    !isRevoked(core) &&
    known.every((name) => name in core);
  if (!isOne)
    throw mismatch('core', 'left out: a Kernel is made without arguments', core, 'Kernel');
}

function checkName(caller: string, what: string, name: unknown): void {
  if (typeof name !== 'string') throw mismatch(what, 'a name', name, caller);
}

function readKey(
  values: Readonly<Record<string, AnyValue>>,
  key: string,
  ownerHasNo: string,
): AnyValue {
  const value = Object.hasOwn(values, key) ? values[key] : undefined;
  if (value === undefined) throw unknownKey(ownerHasNo, key, Object.keys(values));
  return value;
}
