import { Kernel } from '../../lib';
import {
  mean,
  meanRate,
  mergeSpikes,
  populationRate,
  spikeTrains,
  standardDeviation,
  train,
  type SpikeEvents,
} from '../../lib/analysis';
import { defineExperiment, type Quantity } from '../../lib/cli/experiment';
import { stackedPanels, type Figure } from '../../lib/plot';
import {
  buildCueAssociation,
  cueAssociationOptions,
  cueAssociationParameters,
  drawProtocol,
  NE,
  NI,
  type CueAssociationNetwork,
  type Protocol,
} from './cue-association-network';
import { BLACK, BLUE, GREEN, GREY, VERMILLION } from './colors';
import { DOPAMINE_DELAY, RESOLUTION, runInPieces, seconds } from './dopamine';

/** Longest time that a raster shows, ms. */
const SHOWN = 10_000;
/** Bins of the rate in the figure, ms. */
const BIN = 50;

/** What was read at successive times: of the reinforced [0] and the other [1] stimulus. */
interface Log {
  readonly t: number[];
  /** Sum of the eligibility traces of the synapses from the stimulus' neurons. */
  readonly c_sum: [number[], number[]];
  /** Mean weight of these synapses, pA. */
  readonly w_avg: [number[], number[]];
}

export const cueAssociation = defineExperiment({
  name: 'cue-association',
  summary: 'Noisy cue association: dopamine after one of two stimuli strengthens its synapses',
  reference:
    'NESTML tutorial on dopamine-modulated STDP, after E. M. Izhikevich (2007), Solving the distal ' +
    'reward problem through linkage of STDP and dopamine signaling, Cereb. Cortex 17, 2443-2452',
  defaultTime: 10_000,
  resolution: RESOLUTION,
  options: cueAssociationOptions,

  async run({ time, threads, seed, options, signal, progress }) {
    const protocol = drawProtocol(time, seed, options);
    const kernel = new Kernel();
    try {
      progress('building', 0);
      kernel.SetKernelStatus({
        resolution: RESOLUTION,
        local_num_threads: threads,
        rng_seed: seed,
      });
      const network = buildCueAssociation(kernel, options, protocol);
      kernel.Prepare();
      kernel.Cleanup();
      const synapses = network.synapses();
      const log: Log = { t: [], c_sum: [[], []], w_avg: [[], []] };
      const { wallTime, events } = await runInPieces(
        kernel,
        { time, interval: options.interval, signal, progress },
        (t) => {
          log.t.push(t);
          synapses.forEach((group, k) => {
            const c = group.get('c') as Float64Array;
            log.c_sum[k]!.push(mean(c) * c.length);
            log.w_avg[k]!.push(mean(group.get('weight') as Float64Array));
          });
        },
      );
      progress('analysing', 0);
      const weights = network.plastic().get('weight') as Float64Array;
      const end = log.t.at(-1)!;
      const difference = log.w_avg[0].map((w, i) => w - log.w_avg[1][i]!);
      return {
        parameters: cueAssociationParameters,
        quantities: [
          ...rates(network, protocol, end),
          { key: 'final_w_net', label: 'mean plastic weight', value: mean(weights), unit: 'pA' },
          {
            key: 'final_w_all_sd',
            label: 'sd of the plastic weights',
            value: standardDeviation(weights),
            unit: 'pA',
          },
          {
            key: 'final_group_minus_nongroup',
            label: 'weight difference, reinforced − other stimulus',
            value: difference.at(-1)!,
            unit: 'pA',
          },
          ...evoked(network, protocol, end),
          {
            key: 'stimuli',
            label: 'stimuli presented',
            value: protocol.stimuli[0].length + protocol.stimuli[1].length,
            unit: '',
          },
          { key: 'wall_time', label: 'time to simulate', value: wallTime, unit: 's' },
          {
            key: 'real_time_factor',
            label: 'wall-clock time per biological time',
            value: (1000 * wallTime) / end,
            unit: '',
          },
          { key: 'synaptic_events', label: 'synaptic events', value: events, unit: '' },
        ],
        figures: end > 0 ? [figure(network, protocol, log, difference, seed)] : [],
        spikes: mergeSpikes(network.spikes_E.events, network.spikes_I.events),
        tables: [
          {
            name: 'synapses',
            columns: {
              time_ms: log.t,
              c_sum_reinforced: log.c_sum[0],
              c_sum_other: log.c_sum[1],
              w_avg_reinforced: log.w_avg[0],
              w_avg_other: log.w_avg[1],
            },
          },
        ],
      };
    } finally {
      kernel.dispose();
    }
  },
});

/** Mean rates of both populations and of both stimuli's neurons. */
function rates(network: CueAssociationNetwork, protocol: Protocol, end: number): Quantity[] {
  const quantity = (key: string, label: string, events: SpikeEvents, ids: Uint32Array) => ({
    key,
    label,
    value: meanRate(spikeTrains(events, ids).times.length, ids.length, end),
    unit: 'spikes/s',
  });
  const { excitatory, inhibitory, groups, spikes_E, spikes_I } = network;
  return [
    quantity('rate_ex', 'mean rate, excitatory', spikes_E.events, excitatory.ids),
    quantity('rate_in', 'mean rate, inhibitory', spikes_I.events, inhibitory.ids),
    quantity(
      'rate_group',
      "mean rate, reinforced stimulus' neurons",
      spikes_E.events,
      groups[0].ids,
    ),
    quantity('rate_nongroup', "mean rate, other stimulus' neurons", spikes_E.events, groups[1].ids),
  ];
}

/**
 * Excitatory spikes outside the stimulated group in the 20 ms after each stimulus reaches it: mean
 * over the first and over the last third of its presentations.
 */
function evoked(network: CueAssociationNetwork, protocol: Protocol, end: number): Quantity[] {
  const { times, senders } = network.spikes_E.events;
  return protocol.stimuli.flatMap((all, k) => {
    const stimuli = all.filter((t) => t + DOPAMINE_DELAY + 20 <= end);
    const members = new Set(network.groups[k]!.ids);
    const counts = stimuli.map((t) => {
      let count = 0;
      for (let i = lowerBound(times, t + DOPAMINE_DELAY); i < times.length; i++) {
        if (times[i]! > t + DOPAMINE_DELAY + 20) break;
        if (!members.has(senders[i]!)) count++;
      }
      return count;
    });
    const third = Math.floor(counts.length / 3);
    const name = k === 0 ? 'reinforced' : 'other';
    return [
      {
        key: `evoked_${name}_first`,
        label: `spikes evoked by the ${name} stimulus, first third`,
        value: mean(counts.slice(0, third)),
        unit: '',
      },
      {
        key: `evoked_${name}_last`,
        label: `spikes evoked by the ${name} stimulus, last third`,
        value: mean(counts.slice(counts.length - third)),
        unit: '',
      },
    ];
  });
}

/** First index whose time is above `limit`. */
function lowerBound(times: Float64Array, limit: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

function figure(
  { excitatory, inhibitory, groups, spikes_E, spikes_I }: CueAssociationNetwork,
  protocol: Protocol,
  log: Log,
  difference: readonly number[],
  seed: number,
): Figure {
  const stop = log.t.at(-1)!;
  const start = Math.max(0, stop - SHOWN);
  const window = { start, stop };
  const shown = (times: ArrayLike<number>) => seconds(Array.from(times).filter((t) => t >= start));
  const rows = (events: SpikeEvents, ids: Uint32Array) => {
    const trains = spikeTrains(events, ids);
    return Array.from(ids, (_, i) => shown(train(trains, i)));
  };
  const [reinforced, other] = groups;
  const special = new Set([...reinforced.ids, ...other.ids]);
  const rest = excitatory.ids.filter((id) => !special.has(id)).subarray(0, 30);
  const rate = (events: SpikeEvents, n: number) => populationRate(events.times, n, window, BIN);
  const bins = Float64Array.from(rate(spikes_E.events, NE), (_, k) => (start + k * BIN) / 1000);
  const pair = (values: readonly [number[], number[]]) => [
    { name: 'other stimulus', color: GREY, x: seconds(log.t), y: values[1] },
    { name: 'reinforced stimulus', color: BLUE, x: seconds(log.t), y: values[0] },
  ];
  return {
    name: 'cue-association',
    spec: stackedPanels({
      title: 'Noisy cue association: dopamine follows one of two stimuli',
      subtitle: [
        `${NE} excitatory and ${NI} inhibitory neurons, ${(80_000).toLocaleString('en-US')} plastic synapses; ` +
          `${protocol.stimuli[0].length} reinforced and ${protocol.stimuli[1].length} other stimuli`,
        `c and w: synapses from the neurons of either stimulus; seed ${seed}`,
      ],
      x: { title: 'time (s)', domain: [start / 1000, stop / 1000] },
      marks: [
        {
          name: 'dopamine',
          color: GREEN,
          x: shown(protocol.dopamine.map((t) => t + DOPAMINE_DELAY)).filter(
            (t) => t <= stop / 1000,
          ),
        },
      ],
      panels: [
        {
          kind: 'raster',
          title: 'neuron',
          height: 230,
          groups: [
            {
              name: 'inhibitory',
              color: VERMILLION,
              trains: rows(spikes_I.events, inhibitory.ids.subarray(0, 15)),
            },
            { name: 'excitatory', color: BLACK, trains: rows(spikes_E.events, rest) },
            {
              name: 'other stimulus',
              color: GREY,
              trains: rows(spikes_E.events, other.ids.subarray(0, 25)),
            },
            {
              name: 'reinforced stimulus',
              color: BLUE,
              trains: rows(spikes_E.events, reinforced.ids.subarray(0, 25)),
            },
          ],
        },
        {
          kind: 'curves',
          title: ['rate (spikes/s),', `${BIN} ms bins`],
          height: 80,
          zero: true,
          series: [
            {
              name: 'inhibitory',
              color: VERMILLION,
              x: bins,
              y: rate(spikes_I.events, NI),
              shape: 'steps',
            },
            {
              name: 'excitatory',
              color: BLACK,
              x: bins,
              y: rate(spikes_E.events, NE),
              shape: 'steps',
            },
          ],
        },
        {
          kind: 'curves',
          title: ['summed', 'eligibility c'],
          height: 90,
          series: pair(log.c_sum),
          rules: [0],
        },
        { kind: 'curves', title: ['mean weight', '(pA)'], height: 90, series: pair(log.w_avg) },
        {
          kind: 'curves',
          title: ['weight difference', '(pA)'],
          height: 90,
          zero: true,
          rules: [0],
          series: [{ name: 'reinforced − other', color: BLUE, x: seconds(log.t), y: difference }],
        },
      ],
    }),
  };
}
