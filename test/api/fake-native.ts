// A stand-in for the addon, for tests of lib/ alone: it remembers what it was told and computes
// nothing. Use: jest.mock('../../lib/native', () => jest.requireActual('./fake-native')).
import type {
  NativeAddon,
  NativeConnectionRule,
  NativeDense,
  NativeExtras,
  NativeFilter,
  NativeKernel,
  NativeKernelAttribute,
  NativeLoaded,
  NativeModelDescription,
  NativeProgress,
  NativeProperties,
  NativeReport,
  NativeResult,
  NativeSynapses,
} from '../../lib/native';

/** Calls in order: name and arguments. */
export const calls: [name: string, ...args: unknown[]][] = [];

const values: Readonly<Record<string, (id: number) => number | boolean | string>> = {
  V_m: (id) => -70 - id,
  frozen: (id) => id % 2 === 0,
  model: () => 'neuron',
  n_events: () => 0,
};

const f64 = (numbers: Iterable<number>): { f64: ArrayBuffer } => ({
  f64: Float64Array.from(numbers).buffer,
});
const u32 = (numbers: Iterable<number>): { u32: ArrayBuffer } => ({
  u32: Uint32Array.from(numbers).buffer,
});

/** What the recorders hold; tests add to it. */
export const recorded: { times: number[]; senders: number[] } = { times: [], senders: [] };

/** The same by name. */
interface FakeReport {
  steps: number;
  biological_time: number;
  wall_time: number;
  spikes: number;
  synaptic_events: number;
  cancelled: boolean;
}

/** The run in progress: tests report progress and end it. */
export interface FakeRun {
  progress: (reached: number) => void;
  finish: (report?: Partial<FakeReport>) => void;
  fail: (error: Error) => void;
  cancelled: boolean;
}

export let run: FakeRun | undefined;

class FakeSynapses implements NativeSynapses {
  constructor(private readonly pairs: readonly (readonly [number, number])[]) {}
  get length(): number {
    return this.pairs.length;
  }
  disconnect(): void {
    calls.push(['synapses.disconnect', this.pairs]);
  }
  check(): void {
    calls.push(['synapses.check', this.pairs]);
  }
  keys(): string[] {
    return ['source', 'target', 'synapse_model', 'weight', 'delay'];
  }
  get(key: string): NativeResult {
    if (key === 'source') return u32(this.pairs.map(([source]) => source));
    if (key === 'target') return u32(this.pairs.map(([, target]) => target));
    if (key === 'synapse_model') return this.pairs.map(() => 'static_synapse');
    return f64(this.pairs.map(([source, target]) => (key === 'weight' ? source / target : 1)));
  }
  set(properties: NativeProperties): void {
    calls.push(['synapses.set', this.pairs, properties]);
  }
  pick(indices: Uint32Array): NativeSynapses {
    return new FakeSynapses(Array.from(indices, (i) => this.pairs[i] ?? [0, 0]));
  }
  slice(from: number, to: number, step: number): NativeSynapses {
    return new FakeSynapses(this.pairs.slice(from, to).filter((_, i) => i % step === 0));
  }
}

class FakeKernel implements NativeKernel {
  private nodes = 0;
  running = false;
  create(...args: [string, number, NativeProperties]): number {
    calls.push(['create', ...args]);
    const first = this.nodes + 1;
    this.nodes += args[1];
    return first;
  }
  nodeKeys(): string[] {
    return [...Object.keys(values), 'events'];
  }
  getNodes(ids: Uint32Array, key: string): NativeResult {
    const value = values[key];
    if (!value) throw new Error(`no ${key}`);
    const list = Array.from(ids, value);
    return typeof list[0] === 'number' ? f64(list as number[]) : list;
  }
  getNode(id: number, key: string): NativeResult {
    const column = this.getNodes(Uint32Array.of(id), key);
    return Array.isArray(column)
      ? column[0]!
      : new Float64Array((column as { f64: ArrayBuffer }).f64)[0]!;
  }
  setNodes(ids: Uint32Array, properties: NativeProperties): void {
    calls.push(['setNodes', [...ids], properties]);
  }
  connect(...[pre, post, conn, syns]: Parameters<NativeKernel['connect']>): void {
    calls.push(['connect', pre, post, conn, ...syns]);
  }
  disconnect(...args: [Uint32Array, Uint32Array, NativeProperties, NativeProperties]): void {
    calls.push(['disconnect', ...args]);
  }
  getConnections(...args: Parameters<NativeKernel['getConnections']>): NativeSynapses {
    calls.push(['getConnections', ...args]);
    return new FakeSynapses(Array.from({ length: 40 }, (_, i) => [i + 1, i + 2]));
  }
  getDefaults(): Record<string, NativeResult> {
    return { V_m: -70, spike_times: f64([1, 2]), record_from: ['V_m'] };
  }
  setDefaults(...args: unknown[]): void {
    calls.push(['setDefaults', ...args]);
  }
  copyModel(...args: unknown[]): void {
    calls.push(['copyModel', ...args]);
  }
  loadModels(...args: unknown[]): void {
    calls.push(['loadModels', ...args]);
  }
  nodeModel(name: string): NativeModelDescription {
    return model(name, 'neuron');
  }
  getStatus(): Record<string, NativeResult> {
    return {
      biological_time: 100,
      resolution: 0.1,
      local_num_threads: 1,
      node_models: ['neuron', 'my_neuron'],
      synapse_models: ['static_synapse', 'my_synapse'],
      connection_rules: ['all_to_all', 'one_to_one'],
    };
  }
  setStatus(properties: NativeProperties): void {
    calls.push(['setStatus', properties]);
  }
  checkRun(...args: [number, boolean]): void {
    calls.push(['checkRun', ...args]);
  }
  prepare(): void {
    calls.push(['prepare']);
  }
  cleanup(): void {
    calls.push(['cleanup']);
  }
  run(ms: number): NativeReport {
    return this.report({ steps: ms * 10, biological_time: ms });
  }
  simulate(ms: number): NativeReport {
    return this.report({ steps: ms * 10, biological_time: ms });
  }
  runAsync(
    ms: number,
    prepared: boolean,
    onProgress: NativeProgress | undefined,
  ): Promise<NativeReport> {
    calls.push(['runAsync', ms, prepared]);
    this.running = true;
    return new Promise((resolve, reject) => {
      run = {
        progress: (reached) => onProgress?.(false, (reached - 100) / ms, reached),
        finish: (report = {}) => {
          this.running = false;
          resolve(this.report({ steps: ms * 10, biological_time: ms, ...report }));
        },
        fail: (error) => {
          this.running = false;
          reject(error);
        },
        cancelled: false,
      };
    });
  }
  prepareAsync(): Promise<boolean> {
    calls.push(['prepareAsync']);
    return Promise.resolve(true);
  }
  getConnectionsAsync(filter: NativeFilter): Promise<NativeSynapses> {
    return Promise.resolve(this.getConnections(filter));
  }
  saveState(path: string | undefined, extras: NativeExtras): ArrayBuffer | true {
    calls.push(['saveState', path, extras]);
    return path === undefined ? new ArrayBuffer(8) : true;
  }
  saveStateAsync(path: string | undefined, extras: NativeExtras): Promise<ArrayBuffer | boolean> {
    return Promise.resolve(this.saveState(path, extras));
  }
  loadState(from: string | Uint8Array, threads: number | undefined): NativeLoaded {
    calls.push(['loadState', from, threads]);
    return {
      about: '{"files":[],"written_by":"a fake"}',
      collections: [],
      user: new ArrayBuffer(0),
      ranges: [],
    };
  }
  loadStateAsync(from: string | Uint8Array, threads: number | undefined): Promise<NativeLoaded> {
    return Promise.resolve(this.loadState(from, threads));
  }
  resetState(...args: [readonly string[], number | undefined]): void {
    calls.push(['resetState', ...args]);
  }
  cancel(): void {
    if (run) run.cancelled = true;
    run?.finish({ cancelled: true });
  }
  events(): ReturnType<NativeKernel['events']> {
    return this.eventsFrom(0, 0, Infinity);
  }
  eventsFrom(_id: number, from: number, most: number): ReturnType<NativeKernel['events']> {
    return {
      times: f64(recorded.times.slice(from, from + most)),
      senders: u32(recorded.senders.slice(from, from + most)),
    };
  }
  releaseEvents(id: number, end: number): void {
    calls.push(['releaseEvents', id, end]);
  }
  firstHeld(): number {
    return 0;
  }
  addReader(...args: unknown[]): number {
    calls.push(['addReader', ...args]);
    return 1;
  }
  moveReader(): void {
    return;
  }
  removeReader(): void {
    return;
  }
  writtenRecorders(): { u32: ArrayBuffer } {
    return u32([]);
  }
  drawParameter(...args: unknown[]): { f64: ArrayBuffer } {
    calls.push(['drawParameter', ...args]);
    return f64([0.25]);
  }
  reset(): void {
    calls.push(['reset']);
    this.nodes = 0;
  }
  dispose(): void {
    calls.push(['dispose']);
  }
  private report({
    steps = 0,
    biological_time = 0,
    wall_time = 0.5,
    spikes = 3,
    synaptic_events = 4,
    cancelled = false,
  }: Partial<FakeReport>): NativeReport {
    return [steps, biological_time, wall_time, spikes, synaptic_events, 0, cancelled];
  }
}

const model = (name: string, kind: string): NativeModelDescription => ({
  name,
  kind,
  summary: '',
  source: '',
  equations: '',
  parameters: [],
  recordables: [],
  variants: [],
});

const attributeNames = ['node_models', 'synapse_models', 'connection_rules'];

const attribute = (name: string): NativeKernelAttribute => ({
  name,
  type: 'strings',
  unit: '',
  default: '',
  allowed: '',
  choices: [],
  description: '',
  role: 'readonly',
});

const connectionRule = (name: string): NativeConnectionRule => ({
  name,
  summary: '',
  parameters: [],
  options: [],
  connectsRecorders: true,
  rows: 'unknown',
  columns: 'unknown',
});

export const native: NativeAddon = {
  initialize: () => undefined,
  NativeKernel: FakeKernel,
  models: () => [
    model('neuron', 'neuron'),
    model('recorder', 'recorder'),
    model('static_synapse', 'synapse'),
  ],
  nodeReadOuts: () => [],
  errors: () => [],
  kernelAttributes: () => attributeNames.map(attribute),
  kernelAttributeNames: attributeNames,
  connectionRules: () => ['one_to_one', 'all_to_all'].map(connectionRule),
  connectionPairs: () => [],
  dense: {} as NativeDense,
  simdLevels: ['baseline'],
  simdLevel: () => 'baseline',
  memoryBandwidth: () => 1e10,
  liveKernels: () => 0,
  counters: () => ({ concurrency: 2, queued: 0, running: 0, threads: 0, kernels: [] }),
  setConcurrency: (n = 2) => n,
  processors: () => 2,
  warnsFirst: () => true,
  liveBytes: () => 0,
};
