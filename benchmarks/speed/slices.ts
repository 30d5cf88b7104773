import { Kernel } from '../../lib';
import { defineExperiment } from '../../lib/cli/experiment';
import { RESOLUTION } from '../experiments/brunel-network';
import { advance, prepare } from '../experiments/simulation';

/** What every slice costs, however little happens in it: above all the meetings of the threads. */
export const slices = defineExperiment({
  name: 'speed/slices',
  summary: 'Time of a slice of one step in which nothing happens',
  reference: 'Two iaf_psc_delta neurons a thread, without input, connected with a delay of 0.1 ms',
  defaultTime: 2000,
  resolution: RESOLUTION,
  options: {},

  async run({ time, threads, seed, signal, progress }) {
    using kernel = new Kernel();
    const settings = { resolution: RESOLUTION, local_num_threads: threads, rng_seed: seed };
    prepare(kernel, settings, () => {
      const neurons = kernel.Create('iaf_psc_delta', 2 * threads);
      kernel.Connect(neurons, neurons, 'one_to_one', { weight: 1, delay: RESOLUTION });
    });
    const report = await advance(kernel, time, signal, (fraction) =>
      progress('simulating', fraction),
    );
    const count = Math.round(time / RESOLUTION);
    return {
      parameters: { neurons: 2 * threads, resolution: RESOLUTION },
      quantities: [
        { key: 'slices', label: 'slices', value: report ? count : 0, unit: '' },
        {
          key: 'ns_per_slice',
          label: 'wall-clock time per slice',
          value: report ? (1e9 * report.wall_time) / count : NaN,
          unit: 'ns',
        },
      ],
      figures: [],
      spikes: { times: new Float64Array(), senders: new Uint32Array() },
    };
  },
});
