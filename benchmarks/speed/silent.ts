import { Kernel } from '../../lib';
import {
  defineExperiment,
  each,
  type ExperimentResult,
  type Quantity,
} from '../../lib/cli/experiment';
import { DELAY, RESOLUTION } from '../experiments/brunel-network';
import { advance, prepare } from '../experiments/simulation';
import { makeDopamineModel } from './brunel';

/** Spikes/s of each target. */
const TARGET_RATE = 20;
/** Biological time between looks at the kernel, ms. */
const INTERVAL = 10_000;

interface Sample {
  readonly time: number;
  readonly memory: number;
  readonly visits: number;
  readonly flushed: number;
}

/**
 * Plastic synapses whose sources never fire, while their targets do: no event ever reads the spikes
 * and dopamine that they have to answer for, and yet neither memory nor work may pile up.
 */
export const silent = defineExperiment({
  name: 'speed/silent',
  summary: 'Memory and visits of dopamine synapses whose sources never fire',
  reference: 'Synapses as in speed/brunel_dopa, all_to_all between parrot neurons',
  defaultTime: 600_000,
  resolution: RESOLUTION,
  options: {
    sources: {
      kind: 'number',
      description: 'neurons that never fire',
      unit: 'neurons',
      default: 1000,
      min: 1,
      max: 30_000,
      step: 1,
    },
    targets: {
      kind: 'number',
      description: `neurons that fire at ${TARGET_RATE} spikes/s, as Poisson processes`,
      unit: 'neurons',
      default: 1000,
      min: 1,
      max: 30_000,
      step: 1,
    },
  },

  async run({ time, threads, seed, options, signal, progress }) {
    const synapses = options.sources * options.targets;
    const kernel = new Kernel();
    try {
      progress('building', 0);
      const settings = { resolution: RESOLUTION, local_num_threads: threads, rng_seed: seed };
      const { buildTime } = prepare(kernel, settings, () => build(kernel, options));

      const samples: Sample[] = [];
      let wallTime = 0;
      let spikes = 0;
      for (let at = 0; at < time && !signal.aborted;) {
        // Multiples of the interval, not sums: the time left stays a multiple of the resolution.
        const until = Math.min(time, (samples.length + 1) * INTERVAL);
        const from = at;
        const report = await advance(kernel, until - from, signal, (fraction) =>
          progress('simulating', (from + fraction * (until - from)) / time),
        );
        if (!report) break;
        at = until;
        wallTime += report.wall_time;
        spikes += report.spikes;
        samples.push(sampleOf(kernel));
      }
      return resultOf(samples, { synapses, buildTime, wallTime, spikes, ...options });
    } finally {
      kernel.dispose();
    }
  },
});

function build(kernel: Kernel, { sources, targets }: { sources: number; targets: number }): void {
  const synapse_model = makeDopamineModel(kernel);
  const silentOnes = kernel.Create('parrot_neuron', sources);
  const active = kernel.Create('parrot_neuron', targets);
  kernel.Connect(kernel.Create('poisson_generator', { rate: TARGET_RATE }), active);
  // Receptor 1 of a parrot takes spikes without repeating them.
  kernel.Connect(silentOnes, active, 'all_to_all', {
    synapse_model,
    weight: 0.1,
    delay: DELAY,
    receptor_type: 1,
  });
}

function sampleOf(kernel: Kernel): Sample {
  const [time, memory, visits, flushed] = kernel.GetKernelStatus([
    'biological_time',
    'memory_total',
    'visits',
    'visits_flushed',
  ]) as number[];
  return { time: time!, memory: memory!, visits: visits!, flushed: flushed! };
}

interface Totals {
  readonly sources: number;
  readonly targets: number;
  readonly synapses: number;
  readonly buildTime: number;
  readonly wallTime: number;
  readonly spikes: number;
}

function resultOf(samples: readonly Sample[], totals: Totals): ExperimentResult {
  return {
    parameters: {
      sources: totals.sources,
      targets: totals.targets,
      target_rate: TARGET_RATE,
      delay: DELAY,
      resolution: RESOLUTION,
      interval: INTERVAL,
    },
    quantities: quantitiesOf(samples, totals),
    figures: [],
    spikes: { times: new Float64Array(), senders: new Uint32Array() },
    tables: [
      {
        name: 'memory',
        columns: {
          time_ms: samples.map((sample) => sample.time),
          memory_total: samples.map((sample) => sample.memory),
          visits: samples.map((sample) => sample.visits),
          visits_flushed: samples.map((sample) => sample.flushed),
        },
      },
    ],
  };
}

function quantitiesOf(samples: readonly Sample[], totals: Totals): Quantity[] {
  const { synapses, buildTime, wallTime, spikes } = totals;
  const last = samples.at(-1);
  const flushed = last?.flushed ?? NaN;
  const memory = samples.map((sample) => sample.memory);
  const pick = (choose: (...values: number[]) => number) =>
    memory.length > 0 ? choose(...memory) : NaN;
  return [
    { key: 'synapses', label: 'plastic synapses', value: synapses, unit: '' },
    { key: 'simulated', label: 'biological time simulated', value: last?.time ?? NaN, unit: 'ms' },
    {
      key: 'spikes',
      label: 'spikes of the targets and of the dopaminergic neuron',
      value: spikes,
      unit: '',
    },
    {
      key: 'memory_min',
      label: `memory, smallest of ${memory.length} samples`,
      value: pick(Math.min),
      unit: 'B',
    },
    { key: 'memory_max', label: 'memory, largest', value: pick(Math.max), unit: 'B' },
    { key: 'visits', label: 'visits at spikes', value: last?.visits ?? NaN, unit: '' },
    { key: 'visits_flushed', label: 'visits of silent synapses', value: flushed, unit: '' },
    {
      key: 'flushed_per_synapse',
      label: 'visits of a silent synapse',
      value: flushed / synapses,
      unit: '',
    },
    { key: 'build_time', label: 'time to build the network', value: buildTime, unit: 's' },
    { key: 'wall_time', label: 'time to simulate', value: wallTime, unit: 's' },
    {
      key: 'ns_per_flush',
      label: 'wall-clock time per visit of a silent synapse',
      ...each(1e9 * wallTime, flushed, 'visits in so short a time'),
      unit: 'ns',
    },
  ];
}
