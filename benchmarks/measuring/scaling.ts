import { BadParameterValue, TegmentaError } from '../../lib';
import { medianOf } from '../../lib/statistics';
import type { Benchmark, Control, Engine, MeasureBandwidth } from '../../lib/bench/engine';
import { threadCount } from '../../lib/bench/measure';
import { valueOf } from '../../lib/bench/summary';
import {
  defineExperiment,
  each,
  type Experiment,
  type ExperimentResult,
  type OptionValues,
  type Quantity,
  type Table,
} from '../../lib/cli/experiment';
import { DELAY, RESOLUTION } from '../experiments/brunel-network';
import { scalingFigure } from './scaling-figure';
import {
  expectedTime,
  fitCosts,
  fitError,
  fitExponent,
  fitMemory,
  median,
  type Configuration,
  type Costs,
  type MemoryCosts,
  type Point,
  type Run,
} from './scaling-model';
import { slices } from '../speed/slices';
import { sparse } from '../speed/sparse';
import { timed } from '../speed/timing';

/** A network is sparse if a neuron has synapses from this part of the others at most. */
const LARGEST_CONNECTIVITY = 0.1;
/** Rate by which biological times are chosen, spikes/s: about that of all these networks. */
const EXPECTED_RATE = 35;
/** Fewest slices in a run. */
const FEWEST_SLICES = 10;
/** Networks of more synapses are measured once: construction takes most of their time. */
const REPEATED_SYNAPSES = 5e7;

const { neurons, indegree } = sparse.options;

const options = {
  neurons: {
    kind: 'numbers',
    description: neurons.description,
    default: [1000, 3000, 10_000, 30_000, 100_000],
    min: neurons.min,
    max: neurons.max,
    step: neurons.step,
  },
  indegrees: {
    kind: 'numbers',
    description: `${indegree.description}; no more than a tenth of the neurons are measured`,
    default: [100, 1000],
    min: indegree.min,
    max: indegree.max,
    step: indegree.step,
  },
  synapses: {
    kind: 'number',
    description: 'largest network measured, in synapses',
    unit: 'n',
    default: 1e8,
    min: 1,
  },
  'fit-neurons': {
    kind: 'number',
    description: 'largest networks to whose times the costs are fitted',
    unit: 'n',
    default: 30_000,
    min: neurons.min,
  },
  events: {
    kind: 'number',
    description: 'events by which biological times are chosen; --time limits them',
    unit: 'n',
    default: 1e8,
    min: 1,
  },
  repeats: {
    kind: 'number',
    description: `runs of each network, in turn; one above ${REPEATED_SYNAPSES / 1e6} million synapses`,
    unit: 'n',
    default: 3,
    min: 1,
    max: 1000,
    step: 1,
  },
} as const;

/** What is run, and how the user follows and stops it. */
interface Study extends Control {
  readonly time: number;
  readonly threads: readonly number[];
  readonly seed: number;
  readonly options: OptionValues<typeof options>;
}

/** How this simulator is measured, each time in a process of its own. */
export interface Instruments {
  readonly engine: Engine;
  readonly bandwidth: MeasureBandwidth;
}

/** What was measured with one number of threads besides the networks. */
interface Machine {
  readonly threads: number;
  /** ns per slice in which nothing happens. */
  readonly slices: number[];
  /** Bytes read a second. */
  readonly bandwidths: number[];
}

/**
 * Networks of many sizes in turn, on one thread and on all: what a neuron-step, an event, a slice,
 * a neuron and a synapse cost, and how time and memory grow.
 */
export const scaling = (instruments: Instruments): Experiment<typeof options> =>
  defineExperiment({
    name: 'speed/scaling',
    summary: 'How time and memory grow with neurons and synapses: costs, exponents, a figure',
    reference:
      'Networks as in speed/sparse on one thread and on --threads; slices as in speed/slices',
    defaultTime: 1000,
    resolution: RESOLUTION,
    options,

    async run({ threads, ...context }) {
      const study = { ...context, threads: [...new Set([1, threads])] };
      const configurations = configurationsOf(study);
      const machines = study.threads.map((n): Machine => ({
        ...{ threads: n, slices: [], bandwidths: [] },
      }));
      const points = configurations.map((configuration) => ({
        configuration,
        runs: [] as Run[],
      }));
      for (let round = 0; round < study.options.repeats; round++) {
        const tasks = [
          ...machines.map((machine) => () => measureMachine(machine, study, instruments)),
          ...points
            .filter((point) => round === 0 || synapsesOf(point.configuration) <= REPEATED_SYNAPSES)
            .map((point) => () => measurePoint(point, study.seed + round, study, instruments)),
        ];
        // The largest first, so that lack of memory shows at once; then in turn.
        for (const task of round % 2 === 0 ? tasks.reverse() : tasks) {
          if (!study.signal.aborted) await task().catch(unlessAborted(study.signal));
        }
      }
      return resultOf(
        points.filter(({ runs }) => runs.length > 0),
        machines,
        study,
      );
    },
  });

const synapsesOf = (configuration: Configuration): number =>
  configuration.neurons * configuration.indegree;

/** From the fewest synapses to the most. */
function configurationsOf({ time, threads, options }: Study) {
  const { neurons, indegrees, synapses, events } = options;
  const sizes = neurons.flatMap((n) =>
    indegrees
      .filter((k) => k <= LARGEST_CONNECTIVITY * n && k * n <= synapses)
      .map((k) => ({ neurons: n, indegree: k })),
  );
  if (sizes.length === 0) {
    const allowed = `at most a tenth of the neurons, and ${synapses} synapses in all`;
    throw new BadParameterValue(`No network is left: indegrees must be ${allowed}.`, {
      ...{ parameter: 'indegrees', value: indegrees, allowed },
    });
  }
  return sizes
    .flatMap((size) =>
      threads.map((n): Configuration => {
        const wanted = events / (size.neurons * size.indegree * (EXPECTED_RATE / 1000));
        const count = Math.max(FEWEST_SLICES, Math.round(wanted / DELAY));
        // A whole number of slices where --time allows one, and of steps in any case.
        return { ...size, threads: n, time: Math.min(time, onGrid(count * DELAY)) };
      }),
    )
    .sort((a, b) => synapsesOf(a) - synapsesOf(b) || a.neurons - b.neurons);
}

const onGrid = (ms: number): number => Math.round(ms / RESOLUTION) * RESOLUTION;

/** Passes errors on unless the user has interrupted. */
const unlessAborted =
  (signal: AbortSignal) =>
  (error: unknown): void => {
    if (!signal.aborted) throw error;
  };

const benchmarkOf = (experiment: Experiment): Benchmark => ({
  ...{ name: experiment.name, experiment, byDefault: false, time: experiment.defaultTime },
  ...{ options: {}, headlines: [] },
});
const NETWORK = benchmarkOf(timed(sparse));
const SLICES = benchmarkOf(slices);

async function measureMachine(
  { threads, slices: times, bandwidths }: Machine,
  { seed, ...control }: Study,
  { engine, bandwidth }: Instruments,
): Promise<void> {
  control.progress(`memory bandwidth, ${threadCount(threads)}`, 0);
  bandwidths.push(await bandwidth(threads, control));
  const job = { benchmark: SLICES, options: {}, time: SLICES.time, threads, seed };
  times.push(valueOf(await engine.measure(job, control), 'ns_per_slice'));
}

async function measurePoint(
  { configuration, runs }: { readonly configuration: Configuration; readonly runs: Run[] },
  seed: number,
  { signal, progress, options: { repeats } }: Study,
  { engine }: Instruments,
): Promise<void> {
  const { neurons: n, indegree: k, threads, time } = configuration;
  const name = `${n} neurons, ${k} synapses each, ${threadCount(threads)}`;
  const control: Control = {
    signal,
    progress: (phase, fraction) =>
      progress(`${name}, run ${runs.length + 1} of ${repeats}: ${phase}`, fraction),
  };
  const values = { neurons: n, indegree: k, repeats: 1, 'weight-precision': 'double' };
  const job = { benchmark: NETWORK, options: values, time, threads, seed };
  const quantities = await engine.measure(job, control).catch((error: unknown) => {
    if (signal.aborted) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new TegmentaError(`${name}: ${reason}`, { ...configuration });
  });
  const of = (key: string) => valueOf(quantities, key);
  runs.push({
    seed,
    synapses: of('synapses'),
    neuronSteps: n * Math.round(time / RESOLUTION),
    slices: time / DELAY,
    events: of('synaptic_events'),
    rate: of('synaptic_events') / of('synapses') / (time / 1000),
    buildTime: of('build_time'),
    wallTime: of('wall_time'),
    cpuTime: of('cpu_time'),
    memorySynapses: of('bytes_per_synapse') * of('synapses'),
    memory: of('memory_total'),
    peakMemory: of('peak_memory'),
  });
}

function resultOf(
  points: readonly Point[],
  machines: readonly Machine[],
  { threads, options: { indegrees, 'fit-neurons': fitNeurons } }: Study,
): ExperimentResult {
  const on = (n: number) => points.filter(({ configuration: c }) => c.threads === n);
  const small = (n: number) =>
    on(n).filter(({ configuration }) => configuration.neurons <= fitNeurons);
  const costs = new Map(
    machines.map(({ threads: n, slices: times }) => [
      n,
      fitCosts(small(n), medianOf(times).value / 1e9),
    ]),
  );
  // Hardly any of it depends on the number of threads.
  const memory = fitMemory(on(1));
  return {
    parameters: { connectivity_max: LARGEST_CONNECTIVITY, delay: DELAY, resolution: RESOLUTION },
    quantities: [
      ...machines.flatMap(machineQuantities),
      ...threads.flatMap((n) => costQuantities(n, costs.get(n)!, small(n))),
      ...memoryQuantities(memory),
      ...indegrees.flatMap((k) => {
        const those = (n: number) => on(n).filter(({ configuration: c }) => c.indegree === k);
        return [...threads.map((n) => timeExponent(k, n, those(n))), memoryExponent(k, those(1))];
      }),
    ],
    figures: points.length > 0 ? [scalingFigure(points, costs, memory)] : [],
    spikes: { times: new Float64Array(), senders: new Uint32Array() },
    tables: [pointTable(points, costs), runTable(points)],
  };
}

function machineQuantities({ threads, slices: times, bandwidths }: Machine): Quantity[] {
  const on = threadCount(threads);
  return [
    {
      key: `bandwidth_${threads}`,
      label: `reading from memory, ${on}`,
      unit: 'B/s',
      ...medianOf(bandwidths),
    },
    {
      key: `ns_per_silent_slice_${threads}`,
      label: `slice in which nothing happens, ${on}`,
      unit: 'ns',
      ...medianOf(times),
    },
  ];
}

function costQuantities(threads: number, costs: Costs, points: readonly Point[]): Quantity[] {
  const note = noteOf(costs);
  const cost = (key: string, label: string, seconds: number): Quantity => ({
    key: `ns_per_${key}_${threads}`,
    label: `fitted: ${label}, ${threadCount(threads)}`,
    value: 1e9 * seconds,
    unit: 'ns',
    ...note,
  });
  return [
    cost('neuron_step', 'neuron-step', costs.neuronStep),
    cost('event', 'synaptic event', costs.event),
    {
      key: `fit_error_${threads}`,
      label: `deviation from the fit (root mean square), ${threadCount(threads)}`,
      value: fitError(points, costs),
      unit: '',
      ...note,
    },
  ];
}

const noteOf = ({ note }: Costs | MemoryCosts) => (note === undefined ? {} : { note });

function memoryQuantities(costs: MemoryCosts): Quantity[] {
  const cost = (key: string, label: string, value: number): Quantity => ({
    ...{ key: `bytes_${key}`, label: `fitted: memory ${label}`, value, unit: 'B' },
    ...noteOf(costs),
  });
  return [
    cost('fixed', 'besides those', costs.fixed),
    cost('per_neuron', 'of a neuron', costs.neuron),
    cost('per_synapse', 'of a synapse', costs.synapse),
  ];
}

const timeExponent = (k: number, threads: number, points: readonly Point[]): Quantity => ({
  key: `exponent_time_${k}_${threads}`,
  label: `exponent of time over events, ${k} synapses a neuron, ${threadCount(threads)}`,
  unit: '',
  ...fitExponent(
    points,
    (point) => median(point, (run) => run.events) / point.configuration.time,
    (point) => median(point, (run) => run.wallTime) / point.configuration.time,
    3,
  ),
});

const memoryExponent = (k: number, points: readonly Point[]): Quantity => ({
  key: `exponent_memory_${k}`,
  label: `exponent of memory over synapses, ${k} a neuron`,
  unit: '',
  // Bytes are counted: two networks make a line.
  ...fitExponent(
    points,
    (point) => median(point, (run) => run.synapses),
    (point) => median(point, (run) => run.memory),
    2,
  ),
});

/** A row a configuration: medians, ranges of the wall-clock time, and how they compare. */
function pointTable(points: readonly Point[], costs: ReadonlyMap<number, Costs>): Table {
  const column = (of: (point: Point) => number) => points.map(of);
  const medians = (of: (run: Run) => number) => column((point) => median(point, of));
  const wall = (point: Point) => median(point, (run) => run.wallTime);
  const alone = ({ configuration: c }: Point) =>
    points.find(
      ({ configuration: other }) =>
        other.threads === 1 && other.neurons === c.neurons && other.indegree === c.indegree,
    );
  return {
    name: 'scaling',
    columns: {
      ...configurationColumns(points.map(({ configuration }) => configuration)),
      runs: column(({ runs }) => runs.length),
      synapses: medians((run) => run.synapses),
      neuron_steps: medians((run) => run.neuronSteps),
      synaptic_events: medians((run) => run.events),
      rate: medians((run) => run.rate),
      build_time_s: medians((run) => run.buildTime),
      wall_time_s: column(wall),
      wall_time_min_s: column(({ runs }) => Math.min(...runs.map((run) => run.wallTime))),
      wall_time_max_s: column(({ runs }) => Math.max(...runs.map((run) => run.wallTime))),
      cpu_time_s: medians((run) => run.cpuTime),
      ns_per_event: medians((run) => each(1e9 * run.wallTime, run.events, 'events').value),
      ns_per_neuron_step: medians((run) => (1e9 * run.wallTime) / run.neuronSteps),
      wall_time_over_fit: column((point) => {
        const expected = (run: Run) => expectedTime(costs.get(point.configuration.threads)!, run);
        return wall(point) / median(point, expected);
      }),
      thread_efficiency: column((point) => {
        const single = alone(point);
        return single ? wall(single) / wall(point) / point.configuration.threads : NaN;
      }),
      memory_synapses_B: medians((run) => run.memorySynapses),
      memory_B: medians((run) => run.memory),
      peak_memory_B: medians((run) => run.peakMemory),
    },
  };
}

/** A row a run. */
function runTable(points: readonly Point[]): Table {
  const rows = points.flatMap(({ configuration, runs }) =>
    runs.map((run) => ({ configuration, run })),
  );
  const column = (of: (run: Run) => number) => rows.map(({ run }) => of(run));
  return {
    name: 'runs',
    columns: {
      ...configurationColumns(rows.map(({ configuration }) => configuration)),
      seed: column((run) => run.seed),
      synaptic_events: column((run) => run.events),
      build_time_s: column((run) => run.buildTime),
      wall_time_s: column((run) => run.wallTime),
      cpu_time_s: column((run) => run.cpuTime),
      memory_B: column((run) => run.memory),
      peak_memory_B: column((run) => run.peakMemory),
    },
  };
}

const configurationColumns = (configurations: readonly Configuration[]) => ({
  neurons: configurations.map((c) => c.neurons),
  synapses_per_neuron: configurations.map((c) => c.indegree),
  threads: configurations.map((c) => c.threads),
  time_ms: configurations.map((c) => c.time),
});
