import { Kernel } from '../../lib';
import { medianOf } from '../../lib/statistics';
import { setImmediate } from 'node:timers/promises';
import { defineExperiment } from '../../lib/cli/experiment';

/** Simulation grid, ms, and biological time of a call. */
const RESOLUTION = 0.1;
const NEURONS = 100;
/** Synapses of a target in the network whose weights are read. */
const INDEGREE = 1000;

/** What calls cost by themselves: a simulation of one step, and reading the weights. */
export const call = defineExperiment({
  name: 'speed/call',
  summary: 'SimulateSync of one step for 100 neurons, and reading the weights of all synapses',
  reference: 'iaf_psc_delta neurons without input; static synapses, fixed_indegree',
  defaultTime: 100,
  resolution: RESOLUTION,
  options: {
    synapses: {
      kind: 'number',
      description: `synapses whose weights are read, multiple of ${INDEGREE}`,
      unit: 'n',
      default: 10_000_000,
      min: INDEGREE,
      max: 100_000_000,
      step: INDEGREE,
    },
    repeats: {
      kind: 'number',
      description: 'times the weights are read',
      unit: 'n',
      default: 5,
      min: 1,
      max: 1000,
      step: 1,
    },
  },

  async run({ time, threads, seed, options, signal, progress }) {
    const settings = { resolution: RESOLUTION, local_num_threads: threads, rng_seed: seed };
    progress('simulating step by step', 0);
    const calls = timeCalls(settings, Math.round(time / RESOLUTION));
    progress('reading weights', 0);
    const { reads, weights } = await timeReads(settings, options, signal);
    return {
      parameters: { neurons: NEURONS, indegree: INDEGREE, resolution: RESOLUTION },
      quantities: [
        { key: 'calls', label: 'calls of SimulateSync', value: calls.length, unit: '' },
        { key: 'call_time', label: 'time of a call', unit: 'µs', ...medianOf(calls) },
        { key: 'weights', label: 'weights read at a time', value: weights, unit: '' },
        {
          key: 'read_time',
          label: `time to find and read ${weights.toLocaleString('en-US')} weights`,
          unit: 'ms',
          ...medianOf(reads),
        },
      ],
      figures: [],
      spikes: { times: new Float64Array(), senders: new Uint32Array() },
    };
  },
});

interface Settings {
  readonly resolution: number;
  readonly local_num_threads: number;
  readonly rng_seed: number;
}

/** Time of each call, µs. */
function timeCalls(settings: Settings, calls: number): number[] {
  using kernel = new Kernel();
  kernel.SetKernelStatus(settings);
  kernel.Create('iaf_psc_delta', NEURONS);
  const walls: number[] = [];
  while (walls.length < calls) {
    const startedAt = performance.now();
    kernel.SimulateSync(RESOLUTION);
    walls.push(1000 * (performance.now() - startedAt));
  }
  return walls;
}

/** Time of each read, ms, and how many weights one gives. */
async function timeReads(
  settings: Settings,
  { synapses, repeats }: { synapses: number; repeats: number },
  signal: AbortSignal,
): Promise<{ reads: number[]; weights: number }> {
  using kernel = new Kernel();
  kernel.SetKernelStatus(settings);
  const neurons = kernel.Create('iaf_psc_delta', synapses / INDEGREE);
  const inputs = { rule: 'fixed_indegree', indegree: INDEGREE } as const;
  kernel.Connect(neurons, neurons, inputs, { weight: 0.1, delay: 1.5 });
  const reads: number[] = [];
  let weights = 0;
  while (reads.length < repeats && !signal.aborted) {
    const startedAt = performance.now();
    weights = kernel.GetConnections().get('weight').length;
    reads.push(performance.now() - startedAt);
    // Lets an interruption through.
    await setImmediate();
  }
  return { reads, weights };
}
