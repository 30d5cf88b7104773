import { medianOf } from '../statistics';
import type { Quantity } from '../cli/experiment';
import type { Benchmark, Control, Engine, Job, MeasureBandwidth } from './engine';
import { mediansOf, valueOf } from './summary';

/** One workload with the values to measure it with. */
export interface PlannedWorkload {
  readonly benchmark: Benchmark;
  readonly options: Job['options'];
  readonly time: number;
}

/** What is to be measured. */
export interface Plan {
  readonly workloads: readonly PlannedWorkload[];
  readonly threads: readonly number[];
  /** The first runs, whose results are dropped. */
  readonly warmup: number;
  readonly repeats: number;
  /** Of the first repeat; each further one has the next. */
  readonly seed: number;
}

/** One workload, and the values it was measured with. */
export interface MeasuredWorkload extends Omit<PlannedWorkload, 'benchmark'> {
  readonly benchmark: Pick<Benchmark, 'name' | 'headlines'>;
}

/** All runs of one workload on one engine with one number of threads. */
export interface Series {
  readonly workload: MeasuredWorkload;
  readonly engine: string;
  readonly threads: number;
  readonly runs: readonly { readonly seed: number; readonly quantities: readonly Quantity[] }[];
  /** Medians over the runs. */
  readonly quantities: readonly Quantity[];
}

/** Memory bandwidth, bytes a second, in the rounds in which it was measured. */
export interface Bandwidth {
  readonly threads: number;
  readonly values: readonly number[];
}

/** What was measured until the end or the interruption. */
export interface Measurements {
  /** Those with a run at least. */
  readonly series: readonly Series[];
  readonly bandwidths: readonly Bandwidth[];
  /** What could not be measured, and why: sentences. */
  readonly failures: readonly string[];
  readonly interrupted: boolean;
}

/** How the user hears of the measurements. */
export interface Listener {
  readonly signal: AbortSignal;
  /** Of the measurement going on. */
  readonly progress: (what: string, fraction: number) => void;
  /** A measurement has ended. */
  readonly finished: (what: string, seconds: number) => void;
}

/** One workload, engine and number of threads, while it is being measured. */
interface Configuration {
  readonly engine: Engine;
  readonly threads: number;
  readonly runs: { seed: number; quantities: readonly Quantity[] }[];
  failed: boolean;
}

/**
 * Measures workload by workload. Within one, every round runs each engine with each number of
 * threads once, and reads memory with each number of threads, in turn and every other round in
 * reverse, so that slow phases of the machine meet all alike. What fails is left out from then on.
 */
export async function measureAll(
  plan: Plan,
  engines: readonly Engine[],
  bandwidth: MeasureBandwidth,
  listener: Listener,
): Promise<Measurements> {
  const failures: string[] = [];
  const speeds = new Map(plan.threads.map((threads) => [threads, [] as number[]]));
  const measured: { workload: PlannedWorkload; configurations: Configuration[] }[] = [];
  for (const workload of plan.workloads) {
    const configurations = engines
      .filter((engine) => engine.runs(workload.benchmark))
      .flatMap((engine) =>
        plan.threads.map((threads): Configuration => ({
          engine,
          threads,
          runs: [],
          failed: false,
        })),
      );
    measured.push({ workload, configurations });
    for (let round = 0; round < plan.warmup + plan.repeats; round++) {
      const tasks = configurations.map(
        (configuration) => () =>
          measureOnce(plan, workload, configuration, round, listener, failures),
      );
      // Networks read rows from memory; the others do not.
      const reads = workload.benchmark.headlines.length > 0 ? [] : plan.threads;
      const readers = reads.map(
        (threads) => () =>
          readOnce(threads, bandwidth, speeds.get(threads)!, round < plan.warmup, listener),
      );
      const inTurn = [...readers, ...tasks];
      for (const task of round % 2 === 0 ? inTurn : inTurn.reverse()) {
        if (!listener.signal.aborted) await task();
      }
    }
  }
  const bandwidths = [...speeds].flatMap(([threads, values]) =>
    values.length > 0 ? [{ threads, values }] : [],
  );
  return {
    series: measured.flatMap(({ workload, configurations }) =>
      configurations
        .filter(({ runs }) => runs.length > 0)
        .map(({ engine, threads, runs }) =>
          seriesOf(workload, engine.name, threads, runs, speeds.get(threads)!),
        ),
    ),
    bandwidths,
    failures,
    interrupted: listener.signal.aborted,
  };
}

async function measureOnce(
  { warmup, repeats, seed }: Plan,
  { benchmark, options, time }: PlannedWorkload,
  configuration: Configuration,
  round: number,
  listener: Listener,
  failures: string[],
): Promise<void> {
  const { engine, threads, runs } = configuration;
  if (configuration.failed) return;
  const run = round < warmup ? `warm-up ${round + 1}` : `run ${round - warmup + 1} of ${repeats}`;
  const what = `${benchmark.name}, ${engine.name}, ${threadCount(threads)}, ${run}`;
  // The warm-up does what the first run does.
  const job = { benchmark, options, time, threads, seed: seed + Math.max(0, round - warmup) };
  const startedAt = performance.now();
  try {
    const quantities = await engine.measure(job, controlOf(what, listener));
    if (round >= warmup) runs.push({ seed: job.seed, quantities });
    listener.finished(what, (performance.now() - startedAt) / 1000);
  } catch (error) {
    if (listener.signal.aborted) return;
    configuration.failed = true;
    failures.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function readOnce(
  threads: number,
  bandwidth: MeasureBandwidth,
  values: number[],
  dropped: boolean,
  listener: Listener,
): Promise<void> {
  try {
    const value = await bandwidth(threads, controlOf('memory bandwidth', listener));
    if (!dropped) values.push(value);
  } catch (error) {
    if (!listener.signal.aborted) throw error;
  }
}

const controlOf = (what: string, { signal, progress }: Listener): Control => ({
  signal,
  progress: (phase, fraction) => progress(`${what}: ${phase}`, fraction),
});

/** `2 threads` */
export const threadCount = (threads: number): string =>
  threads === 1 ? '1 thread' : `${threads} threads`;

function seriesOf(
  workload: PlannedWorkload,
  engine: string,
  threads: number,
  runs: Series['runs'],
  bandwidths: readonly number[],
): Series {
  const quantities = mediansOf(runs.map((run) => run.quantities));
  const fraction = bandwidthFraction(quantities, bandwidths);
  return {
    workload,
    engine,
    threads,
    runs,
    quantities: fraction ? [...quantities, fraction] : quantities,
  };
}

/**
 * What part of the memory's bandwidth delivery takes: bytes of rows read for an event, times events
 * per wall-clock second, over the median bandwidth of as many threads. Bytes written and everything
 * but rows (neurons, input, queues) are left out, and rows that lie in a cache count as well: a
 * measure of how near the limit a simulation is, which may exceed 1 for a small network.
 */
function bandwidthFraction(
  quantities: readonly Quantity[],
  bandwidths: readonly number[],
): Quantity | undefined {
  const bytes = valueOf(quantities, 'bytes_read_per_event');
  const ns = quantities.find(({ key }) => key === 'ns_per_event');
  const { value: bandwidth } = medianOf(bandwidths);
  if (!ns || !(bytes * bandwidth > 0)) return undefined;
  const of = (nanoseconds: number) => (1e9 * bytes) / nanoseconds / bandwidth;
  return {
    key: 'bandwidth_fraction',
    label: 'rows read, as a part of the memory bandwidth',
    value: of(ns.value),
    unit: '',
    ...(ns.range && { range: [of(ns.range[1]), of(ns.range[0])] as const }),
  };
}
