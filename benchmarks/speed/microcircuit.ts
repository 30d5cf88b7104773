import type { NodeCollection } from '../../lib';
import { spikesWithin, spikeTrains, train, type TimeWindow } from '../../lib/analysis';
import type { Quantity } from '../../lib/cli/experiment';
import { populationRaster, type Figure } from '../../lib/plot';
import { workloadActivity, rateOf } from './workload-activity';
import {
  buildMicrocircuit,
  populations,
  RESOLUTION,
  sizeAt,
  synapsesAt,
} from './microcircuit-network';
import { defineWorkload, type WorkloadNetwork } from './workload';

/** Neurons in the raster, of all populations together. */
const SHOWN = 1200;
/** Longest raster, ms. */
const SHOWN_TIME = 500;

export interface MicrocircuitWorkloadNetwork extends WorkloadNetwork {
  /** In the order of `populations`. */
  readonly neurons: readonly NodeCollection[];
  readonly scale: number;
  /** Records all neurons. */
  readonly recorder: NodeCollection<'spike_recorder', false>;
}

export const microcircuit = defineWorkload({
  name: 'microcircuit',
  summary: 'Cortical microcircuit of eight populations',
  reference:
    'T. C. Potjans & M. Diesmann (2014), The cell-type specific cortical microcircuit: relating ' +
    'structure and activity in a full-scale spiking network model, Cereb. Cortex 24, 785-806',
  resolution: RESOLUTION,
  presimulation: 500,
  defaultTime: 1000,
  weightPrecision: 'single',
  options: {
    scale: {
      kind: 'number',
      description: 'neurons, as a multiple of 77169; each keeps all its synapses',
      default: 0.1,
      min: 0.005,
      max: 1,
    },
    input: {
      kind: 'choice',
      description: 'external input: spikes, or their mean as a current',
      default: 'poisson',
      choices: ['poisson', 'dc'],
    },
  },

  size: ({ scale }) => `scale ${scale}`,

  build(kernel, { scale, input }): MicrocircuitWorkloadNetwork {
    const neurons = buildMicrocircuit(kernel, scale, input);
    const recorder = kernel.Create('spike_recorder');
    for (const population of neurons) kernel.Connect(population, recorder);
    const of = (prefix: string, value: (i: number) => number) =>
      Object.fromEntries(populations.map(({ key }, i) => [`${prefix}_${key}`, value(i)]));
    return {
      neurons,
      recorder,
      scale,
      parameters: {
        scale,
        ...of('N', (i) => sizeAt(scale, populations[i]!)),
        ...of('reference_rate', (i) => populations[i]!.referenceRate),
        resolution: RESOLUTION,
      },
      synapses: synapsesAt(scale),
      plasticSynapses: 0,
    };
  },

  measure({ neurons, recorder, scale }, window): Quantity[] {
    const { events } = recorder;
    return populations.flatMap(({ key, name, referenceRate }, i) => {
      const { ids } = neurons[i]!;
      const [rate, ...others] = workloadActivity(events, { key, name, ids }, window);
      const label = `${rate!.label} at scale ${scale} (NEST at scale 1: ${referenceRate})`;
      return [{ ...rate!, label }, ...others];
    });
  },

  spikes: ({ recorder }) => recorder.events,
  figures: (network, window) => (window.stop > window.start ? [raster(network, window)] : []),
});

/** The last spikes of a part of every population. */
function raster(
  { neurons, recorder, synapses, scale }: MicrocircuitWorkloadNetwork,
  window: TimeWindow,
) {
  const { events } = recorder;
  const view = { start: Math.max(window.start, window.stop - SHOWN_TIME), stop: window.stop };
  const total = neurons.reduce((sum, { length }) => sum + length, 0);
  const fraction = Math.min(1, SHOWN / total);
  const count = (n: number) => n.toLocaleString('en-US');
  const spec = populationRaster({
    title: `Cortical microcircuit (Potjans & Diesmann 2014), scale ${scale}`,
    subtitle: [
      `${count(total)} neurons, each with as many synapses as at scale 1: ${count(synapses)} in all`,
    ],
    window: view,
    referenceName: 'NEST at scale 1',
    populations: populations.map(({ name, color, referenceRate }, i) => {
      const { ids } = neurons[i]!;
      const shown = ids.subarray(0, Math.max(1, Math.round(fraction * ids.length)));
      const trains = spikeTrains(events, shown);
      return {
        name,
        color,
        trains: Array.from(shown, (_, k) => spikesWithin(train(trains, k), view)),
        rate: rateOf(events, ids, window),
        referenceRate,
      };
    }),
  });
  return { name: 'raster', spec } satisfies Figure;
}
