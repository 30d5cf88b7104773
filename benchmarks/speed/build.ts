import { Kernel } from '../../lib';
import { medianOf } from '../../lib/statistics';
import {
  defineExperiment,
  type OptionDeclarations,
  type OptionValues,
  type Quantity,
} from '../../lib/cli/experiment';
import { prepare } from '../experiments/simulation';
import { brunel } from './brunel';
import { microcircuit } from './microcircuit';
import type { Workload, WorkloadNetwork } from './workload';

/** What one construction took. */
interface Construction {
  /** Create, Connect and Prepare, s. */
  readonly buildTime: number;
  /** The first simulation, which may do work that construction left, s. */
  readonly firstRun: number;
  readonly memorySynapses: number;
  readonly memoryTotal: number;
  readonly synapses: number;
}

/** Time and memory of construction. */
export const build = defineExperiment({
  name: 'speed/build',
  summary: 'Time and memory that construction of speed/brunel and speed/microcircuit takes',
  reference: 'Networks as in speed/brunel and speed/microcircuit; weight precision as there',
  // Simulated once, after construction.
  defaultTime: 1,
  resolution: 0.1,
  options: {
    scale: {
      kind: 'number',
      description: 'size of both networks',
      default: 0.1,
      min: 0.005,
      max: 1,
    },
    repeats: {
      kind: 'number',
      description: 'times each network is built; medians are reported',
      unit: 'n',
      default: 3,
      min: 1,
      max: 1000,
      step: 1,
    },
  },

  async run({ time, threads, seed, options: { scale, repeats }, signal, progress }) {
    const settings = { local_num_threads: threads, rng_seed: seed };
    const constructions = async <O extends OptionDeclarations, N extends WorkloadNetwork>(
      workload: Workload<O, N>,
      values: OptionValues<O>,
    ): Promise<Quantity[]> => {
      const results: Construction[] = [];
      while (results.length < repeats && !signal.aborted) {
        progress(`building ${workload.name}`, results.length / repeats);
        results.push(await construct(workload, values, settings, time));
      }
      return quantitiesOf(workload.name, results);
    };
    return {
      title: `Time and memory that construction takes, scale ${scale}`,
      parameters: { scale },
      quantities: [
        ...(await constructions(brunel, { scale })),
        ...(await constructions(microcircuit, { scale, input: 'poisson' })),
      ],
      figures: [],
      spikes: { times: new Float64Array(), senders: new Uint32Array() },
    };
  },
});

async function construct<Options extends OptionDeclarations, Network extends WorkloadNetwork>(
  workload: Workload<Options, Network>,
  options: OptionValues<Options>,
  settings: { local_num_threads: number; rng_seed: number },
  time: number,
): Promise<Construction> {
  using kernel = new Kernel();
  const own = {
    resolution: workload.resolution,
    weight_precision: workload.weightPrecision ?? 'double',
  } as const;
  const { network, buildTime } = prepare(kernel, { ...settings, ...own }, () =>
    workload.build(kernel, options),
  );
  const { wall_time } = await kernel.Run(time);
  const { memory_synapses, memory_total } = kernel.GetKernelStatus();
  return {
    buildTime,
    firstRun: wall_time,
    memorySynapses: memory_synapses,
    memoryTotal: memory_total,
    synapses: network.synapses,
  };
}

function quantitiesOf(name: string, constructions: readonly Construction[]): Quantity[] {
  const quantity = (
    key: string,
    label: string,
    unit: string,
    of: (construction: Construction) => number,
  ): Quantity => ({
    key: `${name}_${key}`,
    label: `${name}: ${label}`,
    unit,
    ...medianOf(constructions.map(of)),
  });
  return [
    {
      key: `${name}_synapses`,
      label: `${name}: recurrent synapses`,
      value: constructions[0]?.synapses ?? NaN,
      unit: '',
    },
    quantity('build_time', 'time to build', 's', (c) => c.buildTime),
    quantity(
      'build_ns_per_synapse',
      'of it per synapse',
      'ns',
      (c) => (1e9 * c.buildTime) / c.synapses,
    ),
    quantity('first_run_time', 'time of the first simulation', 's', (c) => c.firstRun),
    quantity(
      'bytes_per_synapse',
      'memory of the synapses, per synapse',
      'B',
      (c) => c.memorySynapses / c.synapses,
    ),
    quantity('memory_total', 'memory of the network', 'B', (c) => c.memoryTotal),
  ];
}
