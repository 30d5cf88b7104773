import { Kernel } from '../../lib';
import { mergeSpikes, type TimeWindow } from '../../lib/analysis';
import {
  defineExperiment,
  each,
  type ExperimentResult,
  type Quantity,
} from '../../lib/cli/experiment';
import type { Figure } from '../../lib/plot';
import { activityFigure, activityQuantities, type RecordedPopulation } from './activity';
import {
  brunelOptions,
  brunelParameters,
  buildBrunel,
  DELAY,
  meanFieldRate,
  NEURON,
  RESOLUTION,
  scaleOf,
  type BrunelNetwork,
  type BrunelOptions,
  type BrunelParameters,
} from './brunel-network';
import { advanceTo, prepare, type Simulated } from './simulation';
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

  resumable: true,

  async run({ time, threads, seed, options, signal, progress, checkpoint }) {
    const parameters = brunelParameters(options);
    const { discard } = options;
    const kernel = new Kernel();
    try {
      progress('building', 0);
      const settings = { resolution: RESOLUTION, local_num_threads: threads, rng_seed: seed };
      const { network, buildTime } = prepare(kernel, settings, () =>
        buildBrunel(kernel, options, parameters),
      );
      const simulated = { settling: none(), measured: none() };
      Object.assign(simulated, await checkpoint?.resume(kernel));
      const simulate = (phase: string, begin: number, end: number, sum: Simulated) =>
        advanceTo(
          kernel,
          { begin, end },
          { signal, checkpoint, progress: (fraction) => progress(phase, fraction) },
          sum,
          () => simulated,
        );
      await simulate('settling', 0, discard, simulated.settling);
      await simulate('simulating', discard, discard + time, simulated.measured);
      kernel.Cleanup();

      progress('analysing', 0);
      const status = kernel.GetKernelStatus();
      const window = { start: discard, stop: Math.max(discard, status.biological_time) };
      return resultOf(network, window, options, parameters, seed, {
        buildTime,
        ...simulated.measured,
        memory: Number(status.memory_synapses),
      });
    } finally {
      kernel.dispose();
    }
  },
});

const none = (): Simulated => ({ wallTime: 0, events: 0 });

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
  const rates = expectedRates(options, parameters);
  const { V_reset } = options;
  const scale = scaleOf(options);
  return {
    title: `Balanced random network of excitatory and inhibitory neurons, scale ${scale}`,
    parameters: {
      ...{ scale, ...parameters, V_reset, mean_field_rate: rates.here },
      ...{ delay: DELAY, resolution: RESOLUTION },
    },
    quantities: [
      ...populations.flatMap((population) => activityQuantities(population, window, rates.text)),
      ...performanceQuantities(performance, window, parameters),
    ],
    figures: recorded ? [figure(network, window, options, parameters, seed, populations)] : [],
    spikes: mergeSpikes(network.spikes_E.events, network.spikes_I.events),
  };
}

/**
 * What the theory says of this network and of the full one. They differ where the current that makes
 * up for the mean of the input would silence a network at rest.
 */
function expectedRates(options: BrunelOptions, parameters: BrunelParameters) {
  const here = meanFieldRate(parameters, options);
  const full = meanFieldRate(brunelParameters({ ...options, size: undefined, scale: 1 }), options);
  const [scale, theory] = [scaleOf(options), `mean-field theory at scale 1: ${full.toFixed(1)}`];
  return { here, text: scale === 1 ? theory : `${theory}, at scale ${scale}: ${here.toFixed(1)}` };
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
      ...each(1000 * wallTime, stop - start, 'time was simulated'),
      unit: '',
    },
    { key: 'synaptic_events', label: 'synaptic events', value: events, unit: '' },
    {
      key: 'ns_per_event',
      label: 'wall-clock time per synaptic event',
      ...each(1e9 * wallTime, events, 'synaptic events'),
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

/** Lines on the synapses' strength, and what became of it in a smaller network. */
function strength(options: BrunelOptions): string[] {
  const { J } = options;
  const ratio = Math.sqrt(Math.max(1, 1 / scaleOf(options)));
  if (ratio === 1) return [`J = ${J} mV`];
  const factor = Number(ratio.toPrecision(3));
  const scaled = Number((J * ratio).toPrecision(3));
  return [
    `J = ${scaled} mV, ${factor} times the ${J} mV of scale 1: the same variance of the input from fewer synapses`,
    'a constant current brings what the mean of the input lacks',
  ];
}

function figure(
  { excitatory, voltmeter }: BrunelNetwork,
  window: TimeWindow,
  options: BrunelOptions,
  { N_E, N_I, C_E, C_I }: BrunelParameters,
  seed: number,
  populations: readonly RecordedPopulation[],
): Figure {
  const count = (n: number) => n.toLocaleString('en-US');
  const { times, V_m } = voltmeter.events;
  const { g, eta, neuron, V_reset } = options;
  return activityFigure({
    title: `Brunel (2000), model A: g = ${g}, η = ${eta}, scale ${scaleOf(options)}`,
    subtitle: [
      `${count(N_E)} excitatory and ${count(N_I)} inhibitory ${neuron} neurons, ` +
        `${count(C_E)} + ${count(C_I)} synapses each`,
      ...strength(options),
      `delay ${DELAY} ms, V_reset ${V_reset} mV, seed ${seed}`,
    ],
    window,
    populations,
    trace: {
      sender: excitatory.ids[0]!,
      times,
      values: V_m,
      threshold: NEURON.V_th,
    },
  });
}
