import { isDeepStrictEqual } from 'node:util';
import { InvalidNodeCollection, KernelDisposed } from './errors';
import type { IdSet } from './id-set';
import {
  native,
  type NativeGroup,
  type NativeKernel,
  type NativeModelCode,
  type NativeProperties,
} from './native';
import type { FormatName } from './recording-format';
import { type AbortSignalLike, CallSignal, throwIfAborted } from './signal';

/** A stream of a recorder that is open: the position of the first event that it has not given. */
export interface StreamPosition {
  position: number;
}

/** What the streams of a recorder have given. */
export interface StreamMark {
  /** How many events some stream has delivered. */
  delivered: number;
  readonly open: Set<StreamPosition>;
}

/** A recorder whose events go to a file, or to the terminal. */
export interface WrittenRecorder {
  readonly id: number;
  /** Name of the file as the core gives it, and where that was when it was begun; none: terminal. */
  readonly name: string | undefined;
  readonly file: string | undefined;
  /** Format of the file; none: terminal. */
  readonly format: FormatName | undefined;
  readonly model: string;
  /** Digits behind the point. */
  readonly precision: number;
}

/** What makes a simulation write, once it was set. */
const outputKeys: ReadonlySet<string> = new Set(['record_to', 'print_time']);

export interface NodeRange {
  readonly first: number;
  readonly last: number;
  readonly model: string;
}

const noKeys: readonly string[] = [];

/**
 * What a kernel and its collections share: the native kernel, and what lib/ remembers about the
 * network so that collections work while a simulation runs.
 * @internal
 */
export class Session {
  readonly #native: NativeKernel;
  #disposed = false;
  /** It is being closed: simulations that go on end, and none begins. */
  #closing = false;
  /** Calls that are not settled. */
  readonly #calls = new Map<CallSignal, Promise<unknown>>();
  #generation = 0;
  #ranges: NodeRange[] = [];
  /** Keys readable from nodes of a model, by model name. */
  #nodeKeys = new Map<string, readonly string[]>();
  /** Keys of collections with several models, by the models' names. */
  #composites = new Map<string, readonly string[]>();
  /** Simulations of this kernel that were started and are not settled. */
  activeRuns = 0;
  /** Settles once the threads of all jobs have left the kernel. */
  jobs: Promise<unknown> = Promise.resolve();
  /** Whether a simulation may have something to write: recorders' files, or the time. */
  hasOutput = false;
  /** Recorders that write, as of the last simulation. */
  written: ReadonlyMap<number, WrittenRecorder> = new Map();
  /** Files of a loaded state that are still to be cut to the length that they had then. */
  cut: ReadonlyMap<string, number> = new Map();
  /** What streams have delivered, by recorder. */
  #marks = new Map<number, StreamMark>();

  constructor(core: NativeKernel = new native.NativeKernel()) {
    this.#native = core;
  }

  /** @throws KernelDisposed */
  get native(): NativeKernel {
    if (this.#disposed) throw disposed();
    return this.#native;
  }

  /** The native kernel, for a job that begins. @throws KernelDisposed */
  get open(): NativeKernel {
    if (this.#closing) throw disposed();
    return this.native;
  }

  /**
   * A call that works on another thread; what closes the kernel stops it and waits for it.
   * @param call Gets a signal that aborts with the given one, or when the kernel is closed.
   */
  async during<T>(
    given: AbortSignalLike | undefined,
    call: (signal: AbortSignalLike) => Promise<T>,
  ): Promise<T> {
    throwIfAborted(given);
    void this.open;
    const signal = new CallSignal(given);
    const work = call(signal);
    this.#calls.set(signal, work);
    try {
      return await work;
    } finally {
      signal.end();
      this.#calls.delete(signal);
    }
  }

  /** Counts the resets; collections of an earlier count are invalid. */
  get generation(): number {
    return this.#generation;
  }

  /**
   * The native kernel, for a collection made in `generation`.
   * @throws InvalidNodeCollection after ResetKernel; KernelDisposed after dispose.
   */
  nativeSince(generation: number): NativeKernel {
    const kernel = this.native;
    if (generation !== this.#generation) {
      throw new InvalidNodeCollection(
        'This collection was made before ResetKernel or LoadState; create its nodes anew.',
      );
    }
    return kernel;
  }

  /**
   * Makes nodes. What collections need is learnt first: once the nodes exist nothing may fail.
   * @returns The ID of the first.
   */
  create(model: string, count: number, params: NativeProperties | NativeGroup[]): number {
    if (!this.#nodeKeys.has(model)) this.#nodeKeys.set(model, this.native.nodeKeys(model));
    const first = this.native.create(model, count, params);
    this.#ranges.push({ first, last: first + count - 1, model });
    return first;
  }

  /** In ms. */
  get resolution(): number {
    return this.open.getStatus(['resolution']).resolution as number;
  }

  /** Adds models. What was known of models that they replace is forgotten: no node has it. */
  loadModels(
    neurons: readonly NativeModelCode[],
    synapses: readonly NativeModelCode[],
    replace: boolean,
  ): void {
    this.open.loadModels(neurons, synapses, replace);
    const used = new Set(this.#ranges.map(({ model }) => model));
    for (const model of this.#nodeKeys.keys()) if (!used.has(model)) this.#nodeKeys.delete(model);
  }

  /** All nodes, ascending, one range for each Create. */
  get ranges(): readonly NodeRange[] {
    return this.#ranges;
  }

  /** The parts of a set that lie in each range of nodes, as positions [from, to) in the set. */
  *parts(ids: IdSet): Generator<{ model: string; from: number; to: number }> {
    let from = 0;
    for (let i = this.#rangeOf(ids); i < this.#ranges.length && from < ids.length; i++) {
      const range = this.#ranges[i];
      if (!range) return;
      const to = ids.lowerBound(range.last + 1);
      if (to > from) yield { model: range.model, from, to };
      from = to;
    }
  }

  nodeKeys(model: string): readonly string[] {
    return this.#nodeKeys.get(model) ?? [];
  }

  /** Keys of any of these models; the same array for the same models. */
  keysOf(modelNames: readonly string[]): readonly string[] {
    const [only = '', ...others] = new Set(modelNames);
    if (others.length === 0) return this.#nodeKeys.get(only) ?? noKeys;
    const name = [only, ...others].sort().join(' ');
    const known = this.#composites.get(name);
    if (known) return known;
    const keys = [...new Set([only, ...others].flatMap((model) => this.nodeKeys(model)))];
    this.#composites.set(name, keys);
    return keys;
  }

  /** The mark of a recorder; another one after its events were cleared. */
  streamMark(recorder: number): StreamMark {
    const mark = this.#marks.get(recorder) ?? { delivered: 0, open: new Set() };
    this.#marks.set(recorder, mark);
    return mark;
  }

  /** Told of every key whose value goes to the core. */
  notice(key: string): void {
    this.hasOutput ||= outputKeys.has(key);
  }

  /** Whether a recorder's events are written, and not kept. */
  writes(recorder: number): boolean {
    if (!this.hasOutput) return false;
    const core = this.native;
    if (core.running) return this.written.has(recorder);
    return new Uint32Array(core.writtenRecorders().u32).includes(recorder);
  }

  clearStream(recorder: number): void {
    this.#marks.delete(recorder);
  }

  clearStreams(): void {
    this.#marks.clear();
  }

  reset(): void {
    this.native.reset();
    this.#generation++;
    this.#forget();
  }

  /** Another network is in the kernel: collections made before are invalid, unless it is alike. */
  restored(ranges: readonly NodeRange[]): void {
    if (!isDeepStrictEqual(joined(ranges), joined(this.#ranges))) this.#generation++;
    this.#forget();
    this.#ranges = [...ranges];
    for (const { model } of ranges) this.#nodeKeys.set(model, this.native.nodeKeys(model));
    this.hasOutput = true; // the next simulation looks
  }

  #forget(): void {
    this.#ranges = [];
    this.#nodeKeys = new Map();
    this.#marks = new Map();
    this.#composites = new Map();
    this.hasOutput = false;
    this.written = new Map();
    this.cut = new Map();
  }

  get disposed(): boolean {
    return this.#disposed;
  }

  /** Frees the kernel; what is going on is stopped, and the memory is freed once it has ended. */
  dispose(): void {
    if (this.#disposed) return;
    const core = this.#native;
    this.#stop();
    if (core.running) void this.jobs.then(() => core.dispose());
    else core.dispose();
    this.#disposed = true;
  }

  /** Stops what is going on, waits until it has ended, and frees the kernel. */
  async close(): Promise<void> {
    this.#stop();
    await Promise.allSettled(this.#calls.values());
    this.dispose();
  }

  #stop(): void {
    if (this.#closing) return;
    this.#closing = true;
    for (const call of this.#calls.keys()) call.abort(disposed());
  }

  /** Index of the range that the first ID lies in. */
  #rangeOf(ids: IdSet): number {
    const first = ids.length > 0 ? ids.get(0) : 0;
    let [low, high] = [0, this.#ranges.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#ranges[middle]?.last ?? 0) < first) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** With nodes of one model that follow each other in one range. */
function joined(ranges: readonly NodeRange[]): NodeRange[] {
  const all: NodeRange[] = [];
  for (const { first, last, model } of ranges) {
    const before = all.at(-1);
    if (before?.model === model) all[all.length - 1] = { ...before, last };
    else all.push({ first, last, model });
  }
  return all;
}

const disposed = (): KernelDisposed =>
  new KernelDisposed('This kernel was disposed of; make a new one.');
