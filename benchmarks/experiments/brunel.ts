import { Kernel } from '../../lib';
import { mergeSpikes, type TimeWindow } from '../../lib/analysis';
import { defineExperiment, type ExperimentResult, type Quantity } from '../../lib/cli/experiment';
import type { Figure } from '../../lib/plot';
import { activityFigure, activityQuantities, type RecordedPopulation } from './activity';
import {
  brunelOptions,
  brunelParameters,
  buildBrunel,
  DELAY,
  NEURON,
  RESOLUTION,
  type BrunelNetwork,
  type BrunelOptions,
  type BrunelParameters,
} from './brunel-network';
import { advance, prepare } from './simulation';
import { BLUE, VERMILLION } from './colors';

/** What a run measured of the simulator itself. */
interface Performance {
  /** Create, Connect and Prepare, s. */
  readonly buildTime: number;
  /** Simulation of the analysed time, s. */
  readonly wallTime: number;
  /** Spikes delivered through recurrent synapses in that time; NaN when interrupted. */
  readonly events: number;
  /** Bytes that hold the synapses. */
  readonly memory: number;
}

export const brunel = defineExperiment({
  name: 'brunel',
  summary: 'Balanced random network of excitatory and inhibitory neurons',
  reference:
    'N. Brunel (2000), Dynamics of sparsely connected networks of excitatory and inhibitory ' +
    'spiking neurons, J. Comput. Neurosci. 8, 183-208: model A',
  defaultTime: 1000,
  resolution: RESOLUTION,
  options: brunelOptions,

  async run({ time, threads, seed, options, signal, progress }) {
    const parameters = brunelParameters(options);
    const { discard } = options;
    const kernel = new Kernel();
    try {
      progress('building', 0);
      const settings = { resolution: RESOLUTION, local_num_threads: threads, rng_seed: seed };
      const { network, buildTime } = prepare(kernel, settings, () =>
        buildBrunel(kernel, options, parameters),
      );
      const simulate = (ms: number, phase: string) =>
        advance(kernel, ms, signal, (fraction) => progress(phase, fraction));
      await simulate(discard, 'settling');
      const measuredFrom = performance.now();
      const report = await simulate(time, 'simulating');
      const wallTime = report?.wall_time ?? (performance.now() - measuredFrom) / 1000;
      kernel.Cleanup();

      progress('analysing', 0);
      const status = kernel.GetKernelStatus();
      const window = { start: discard, stop: Math.max(discard, status.biological_time) };
      return resultOf(network, window, options, parameters, seed, {
        buildTime,
        wallTime,
        events: report?.synaptic_events ?? NaN,
        memory: Number(status.memory_synapses),
      });
    } finally {
      kernel.dispose();
    }
  },
});

function resultOf(
  network: BrunelNetwork,
  window: TimeWindow,
  options: BrunelOptions,
  parameters: BrunelParameters,
  seed: number,
  performance: Performance,
): ExperimentResult {
  const populations = recordedPopulations(network);
  const recorded = window.stop > window.start;
  return {
    parameters: { ...parameters, delay: DELAY, resolution: RESOLUTION },
    quantities: [
      ...populations.flatMap((population) => activityQuantities(population, window)),
      ...performanceQuantities(performance, window, parameters),
    ],
    figures: recorded ? [figure(network, window, options, parameters, seed, populations)] : [],
    spikes: mergeSpikes(network.spikes_E.events, network.spikes_I.events),
  };
}

/** A fifth of the neurons is inhibitory, in the raster too. */
function recordedPopulations(network: BrunelNetwork): RecordedPopulation[] {
  return [
    {
      key: 'E',
      name: 'excitatory',
      color: BLUE,
      ids: network.excitatory.ids,
      events: network.spikes_E.events,
      shown: 40,
    },
    {
      key: 'I',
      name: 'inhibitory',
      color: VERMILLION,
      ids: network.inhibitory.ids,
      events: network.spikes_I.events,
      shown: 10,
    },
  ];
}

function performanceQuantities(
  { buildTime, wallTime, events, memory }: Performance,
  { start, stop }: TimeWindow,
  { N_E, N_I, C_E, C_I }: BrunelParameters,
): Quantity[] {
  const synapses = (N_E + N_I) * (C_E + C_I);
  return [
    { key: 'synapses', label: 'recurrent synapses', value: synapses, unit: '' },
    { key: 'build_time', label: 'time to build the network', value: buildTime, unit: 's' },
    { key: 'wall_time', label: 'time to simulate', value: wallTime, unit: 's' },
    {
      key: 'real_time_factor',
      label: 'wall-clock time per biological time',
      value: (1000 * wallTime) / (stop - start),
      unit: '',
    },
    { key: 'synaptic_events', label: 'synaptic events', value: events, unit: '' },
    {
      key: 'ns_per_event',
      label: 'wall-clock time per synaptic event',
      value: (1e9 * wallTime) / events,
      unit: 'ns',
    },
    {
      key: 'bytes_per_synapse',
      label: 'memory per synapse',
      value: memory / synapses,
      unit: 'B',
    },
  ];
}

function figure(
  { excitatory, voltmeter }: BrunelNetwork,
  window: TimeWindow,
  { g, eta, J, neuron }: BrunelOptions,
  { N_E, N_I, C_E, C_I }: BrunelParameters,
  seed: number,
  populations: readonly RecordedPopulation[],
): Figure {
  const count = (n: number) => n.toLocaleString('en-US');
  const { times, V_m } = voltmeter.events;
  return activityFigure({
    title: `Brunel (2000), model A: g = ${g}, η = ${eta}`,
    subtitle: [
      `${count(N_E)} excitatory and ${count(N_I)} inhibitory ${neuron} neurons, ` +
        `${count(C_E)} + ${count(C_I)} synapses each`,
      `J = ${J} mV, delay ${DELAY} ms, seed ${seed}`,
    ],
    window,
    populations,
    trace: {
      sender: excitatory.ids[0]!,
      times,
      values: V_m as Float64Array,
      threshold: NEURON.V_th,
    },
  });
}
