import { Kernel } from '../../lib';
import { type TimeWindow } from '../../lib/analysis';
import { medianOf } from '../../lib/statistics';
import {
  defineExperiment,
  each,
  type Experiment,
  type ExperimentContext,
  type ExperimentResult,
  type OptionDeclarations,
  type OptionValues,
  type Quantity,
} from '../../lib/cli/experiment';
import { advance, prepare } from '../experiments/simulation';
import type { Workload, WorkloadNetwork } from './workload';

/** The options that every workload has besides its own. */
const timingOptions = {
  repeats: {
    kind: 'number',
    description: 'times the network is built and simulated; medians are reported',
    unit: 'n',
    default: 1,
    min: 1,
    max: 1000,
    step: 1,
  },
  'weight-precision': {
    kind: 'choice',
    description: 'how weights that differ, and what else plastic synapses keep, are stored',
    default: 'double',
    choices: ['double', 'single'],
  },
} as const;

type TimingOptions = OptionValues<typeof timingOptions>;

type Context<Options> = ExperimentContext<OptionValues<Options> & TimingOptions>;

/** What one repeat measured. */
interface Timing {
  /** Create, Connect and Prepare, s. */
  readonly buildTime: number;
  /** Simulation of the timed window, s: of wall-clock time, and of all processors together. */
  readonly wallTime: number;
  readonly cpuTime: number;
  /** Spikes through recurrent synapses in that time, and those through plastic ones. */
  readonly events: number;
  readonly plasticEvents: number;
  /**
   * Bytes of all recurrent synapses, of their rows as delivery reads them, of the plastic ones, and
   * of the network altogether.
   */
  readonly memorySynapses: number;
  readonly rowsRead: number;
  readonly memoryPlastic: number;
  readonly memoryTotal: number;
}

/** A workload on this simulator, as `tegmenta run speed/<name>` runs it. */
export function timed<Options extends OptionDeclarations, Network extends WorkloadNetwork>(
  workload: Workload<Options, Network>,
): Experiment {
  const { name, summary, reference, defaultTime, resolution, weightPrecision } = workload;
  const precision = timingOptions['weight-precision'];
  // The command line hands over a value for each option declared here, of the type declared.
  return defineExperiment<OptionDeclarations>({
    name: `speed/${name}`,
    summary,
    reference,
    defaultTime,
    resolution,
    options: {
      ...workload.options,
      ...timingOptions,
      'weight-precision': { ...precision, default: weightPrecision ?? precision.default },
    },
    run: (context) => repeat(workload, context as Context<Options>),
  });
}

async function repeat<Options extends OptionDeclarations, Network extends WorkloadNetwork>(
  workload: Workload<Options, Network>,
  context: Context<Options>,
): Promise<ExperimentResult> {
  const { time, signal, options } = context;
  const timings: Timing[] = [];
  let result: ExperimentResult | undefined;
  do {
    const kernel = new Kernel();
    try {
      const { network, timing, window } = await buildAndSimulate(
        workload,
        kernel,
        context,
        timings.length,
      );
      if (timing) timings.push(timing);
      const measured = [
        ...workload.measure(network, window),
        ...timingQuantities(timings, network, time),
      ];
      result = {
        title: `${workload.summary}, ${workload.size(options)}`,
        parameters: network.parameters,
        quantities: measured,
        figures: workload.figures?.(network, window) ?? [],
        spikes: workload.spikes(network),
      };
    } finally {
      kernel.dispose();
    }
  } while (timings.length < options.repeats && !signal.aborted);
  return result;
}

/** Builds the network and simulates it once; no timing of what was interrupted. */
async function buildAndSimulate<
  Options extends OptionDeclarations,
  Network extends WorkloadNetwork,
>(
  workload: Workload<Options, Network>,
  kernel: Kernel,
  { time, threads, seed, options, signal, progress }: Context<Options>,
  done: number,
): Promise<{ network: Network; timing: Timing | undefined; window: TimeWindow }> {
  const run = options.repeats > 1 ? `, ${done + 1} of ${options.repeats}` : '';
  progress(`building${run}`, 0);
  const settings = {
    resolution: workload.resolution,
    local_num_threads: threads,
    rng_seed: seed,
    weight_precision: options['weight-precision'],
  };
  const { network, buildTime } = prepare(kernel, settings, () => workload.build(kernel, options));

  const simulate = (ms: number, phase: string) =>
    advance(kernel, ms, signal, (fraction) => progress(phase + run, fraction));
  await simulate(workload.presimulation, 'settling');
  const { visits } = kernel.GetKernelStatus();
  const usedBefore = process.cpuUsage();
  const report = await simulate(time, 'simulating');
  const used = process.cpuUsage(usedBefore);
  const status = kernel.GetKernelStatus();
  const start = workload.presimulation;
  return {
    network,
    window: { start, stop: Math.max(start, status.biological_time) },
    timing: report && {
      buildTime,
      wallTime: report.wall_time,
      cpuTime: (used.user + used.system) / 1e6,
      events: report.synaptic_events,
      plasticEvents: status.visits - visits,
      memorySynapses: status.memory_synapses,
      rowsRead: status.memory_rows_read,
      memoryPlastic: status.memory_plastic_synapses,
      memoryTotal: status.memory_total,
    },
  };
}

/** The median of what `of` reads from all repeats. */
type MedianQuantity = (
  key: string,
  label: string,
  unit: string,
  of: (timing: Timing) => number,
  /** Why there is none, where nothing was interrupted. */
  note?: string,
) => Quantity;

function timingQuantities(
  timings: readonly Timing[],
  network: WorkloadNetwork,
  time: number,
): Quantity[] {
  const quantity: MedianQuantity = (key, label, unit, of, note) => ({
    ...{ key, label, unit },
    ...medianOf(timings.map(of)),
    ...(note !== undefined && timings.length > 0 && { note }),
  });
  return [
    { key: 'repeats', label: 'repeats', value: timings.length, unit: '' },
    ...sizes(network),
    ...times(quantity, time),
    ...events(quantity, network),
    ...memory(quantity, network),
  ];
}

/** Quantities of the plastic synapses: none where there are none. */
const ofPlastic = ({ plasticSynapses }: WorkloadNetwork, ...quantities: Quantity[]): Quantity[] =>
  plasticSynapses > 0 ? quantities : [];

function sizes(network: WorkloadNetwork): Quantity[] {
  const { synapses, plasticSynapses } = network;
  return [
    { key: 'synapses', label: 'recurrent synapses', value: synapses, unit: '' },
    ...ofPlastic(network, {
      key: 'plastic_synapses',
      label: 'plastic synapses',
      value: plasticSynapses,
      unit: '',
    }),
  ];
}

function times(quantity: MedianQuantity, time: number): Quantity[] {
  return [
    quantity('build_time', 'time to build the network', 's', (t) => t.buildTime),
    quantity('wall_time', 'time to simulate', 's', (t) => t.wallTime),
    quantity('cpu_time', 'processor time to simulate', 's', (t) => t.cpuTime),
    quantity(
      'real_time_factor',
      'wall-clock time per biological time',
      '',
      (t) => (1000 * t.wallTime) / time,
    ),
  ];
}

/** Wall-clock ns for each of these events, and what to say where there are none. */
const perEvent = (events: string, of: (timing: Timing) => number) =>
  [(t: Timing) => each(1e9 * t.wallTime, of(t), events).value, `no ${events}`] as const;

function events(quantity: MedianQuantity, network: WorkloadNetwork): Quantity[] {
  return [
    quantity('synaptic_events', 'synaptic events', '', (t) => t.events),
    quantity(
      'ns_per_event',
      'wall-clock time per synaptic event',
      'ns',
      ...perEvent('synaptic events', (t) => t.events),
    ),
    ...ofPlastic(
      network,
      quantity('plastic_events', 'plastic events', '', (t) => t.plasticEvents),
      quantity(
        'ns_per_plastic_event',
        'wall-clock time per plastic event',
        'ns',
        ...perEvent('plastic events', (t) => t.plasticEvents),
      ),
    ),
  ];
}

function memory(quantity: MedianQuantity, network: WorkloadNetwork): Quantity[] {
  const { synapses, plasticSynapses } = network;
  return [
    quantity(
      'bytes_per_synapse',
      'memory of the synapses, per synapse',
      'B',
      (t) => t.memorySynapses / synapses,
    ),
    quantity(
      'bytes_read_per_event',
      'bytes of rows read for a synaptic event',
      'B',
      (t) => t.rowsRead / synapses,
    ),
    ...ofPlastic(
      network,
      quantity(
        'bytes_per_plastic_synapse',
        'memory of the plastic synapses, per plastic synapse',
        'B',
        (t) => t.memoryPlastic / plasticSynapses,
      ),
    ),
    quantity('memory_total', 'memory of the whole network', 'B', (t) => t.memoryTotal),
    quantity(
      'bytes_per_synapse_all_in',
      'memory of the whole network, per synapse',
      'B',
      (t) => t.memoryTotal / synapses,
    ),
  ];
}
