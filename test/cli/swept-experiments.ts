// Experiments that tests sweep, here and in worker threads.
import { setTimeout } from 'node:timers/promises';
import { defineExperiment, type Experiment } from '../../lib/cli/experiment';
import { BadParameterValue } from '../../lib/errors';

/** Tells what it was given as quantities. */
const teller = defineExperiment({
  name: 'teller',
  summary: 'Tells what it was given',
  reference: 'A. Teller (2000)',
  defaultTime: 5,
  resolution: 0.1,
  options: {
    g: { kind: 'number', description: 'a factor', default: 1, min: -8, max: 8 },
    'top-speed': { kind: 'number', description: 'a size', min: 1, step: 1, conflicts: 'g' },
    neuron: { kind: 'choice', description: 'a model', default: 'lif', choices: ['lif', 'hh'] },
    brief: { kind: 'flag', description: 'to be brief', default: false, conflicts: ['time'] },
  },
  resumable: true,
  live: true,
  async run({ time, threads, seed, options, progress, folder }) {
    progress('telling', 0.5);
    if (options.g === 7) {
      throw new BadParameterValue('g must not be 7.', {
        ...{ parameter: 'g', value: 7, allowed: 'not 7' },
      });
    }
    if (options.g === 8) process.exit(3);
    // Later ones are faster.
    await setTimeout(Math.max(0, 20 - 4 * options.g));
    const { neuron } = options;
    return {
      title: `Tells g ${options.g}`,
      parameters: { twice: 2 * options.g, folder: folder ?? 'none' },
      quantities: [
        { key: 'g_squared', label: `square of ${options.g}`, value: options.g ** 2, unit: 'mV' },
        { key: 'time', label: 'time', value: time, unit: 'ms' },
        { key: 'seed', label: 'seed', value: seed, unit: '' },
        { key: 'threads', label: 'threads', value: threads, unit: '' },
        ...(neuron === 'hh' ? [{ key: 'gates', label: 'gates', value: 3, unit: '' }] : []),
        {
          ...{ key: 'root', label: 'root', value: Math.sqrt(options.g), unit: '' },
          note: 'negative',
        },
        { key: 'speed', label: 'speed', value: options['top-speed'] ?? NaN, unit: '' },
      ],
      figures: [],
      spikes: { times: new Float64Array(), senders: new Uint32Array() },
    };
  },
});

/** Ends at once where g is 1, and else never, nor does it listen. */
const endless = defineExperiment({
  ...{ name: 'endless', summary: 'Never ends', reference: 'nobody' },
  ...{ defaultTime: 1, resolution: 0.1 },
  options: { g: { kind: 'number', description: 'a number', default: 1 } },
  async run({ options, progress }) {
    progress('waiting', 0);
    while (options.g !== 1) await setTimeout(5);
    return {
      parameters: {},
      quantities: [{ key: 'g', label: 'g', value: options.g, unit: '' }],
      figures: [],
      spikes: { times: new Float64Array(), senders: new Uint32Array() },
    };
  },
});

/** How many of its runs are there at once, by what the clock says of each. */
const timed: Experiment = { ...teller, name: 'timed', timed: true };

export const sweptExperiments: readonly Experiment[] = [teller, endless, timed];
