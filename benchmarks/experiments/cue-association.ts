import { Kernel, type SynapseCollection } from '../../lib';
import {
  mean,
  meanRate,
  mergeSpikes,
  populationRate,
  spikeTrains,
  standardDeviation,
  train,
  type SpikeEvents,
  type TimeWindow,
} from '../../lib/analysis';
import { defineExperiment, type Quantity, type Table } from '../../lib/cli/experiment';
import { stackedPanels, type CurvePanel, type Figure, type RasterPanel } from '../../lib/plot';
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
import {
  cost,
  DOPAMINE_DELAY,
  noPieces,
  type PiecesReport,
  RESOLUTION,
  runInPieces,
  seconds,
} from './dopamine';
import { tutorialModels } from './nestml-models';

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

  resumable: true,

  async run({ time, threads, seed, options, signal, progress, checkpoint }) {
    const protocol = drawProtocol(time, seed, options);
    const kernel = new Kernel();
    try {
      progress('building', 0);
      kernel.SetKernelStatus({
        resolution: RESOLUTION,
        local_num_threads: threads,
        rng_seed: seed,
      });
      const models = await tutorialModels(kernel, options.nestml);
      const network = buildCueAssociation(kernel, options, protocol, models);
      kernel.Prepare();
      kernel.Cleanup();
      const saved: { log: Log; report: PiecesReport } = {
        log: { t: [], c_sum: [[], []], w_avg: [[], []] },
        report: noPieces(),
      };
      Object.assign(saved, await checkpoint?.resume(kernel));
      const { log, report } = saved;
      const synapses = network.synapses();
      const { interval } = options;
      await runInPieces(
        kernel,
        { time, interval, signal, progress, checkpoint, program: () => saved },
        report,
        (t) => readSynapses(log, synapses, t),
      );
      progress('analysing', 0);
      const weights = network.plastic().get('weight') as Float64Array;
      const end = log.t.at(-1)!;
      const difference = log.w_avg[0].map((w, i) => w - log.w_avg[1][i]!);
      const outcome = { network, protocol, log, weights, difference, end, seed };
      return {
        parameters: cueAssociationParameters,
        quantities: [
          ...rates(outcome),
          ...learnt(outcome),
          ...evoked(outcome),
          {
            key: 'stimuli',
            label: 'stimuli presented',
            value: protocol.stimuli[0].length + protocol.stimuli[1].length,
            unit: '',
          },
          ...cost(report, end),
        ],
        figures: end > 0 ? [figure(outcome)] : [],
        spikes: mergeSpikes(network.spikes_E.events, network.spikes_I.events),
        tables: [synapseTable(log)],
      };
    } finally {
      kernel.dispose();
    }
  },
});

/** Reads the synapses from the neurons of either stimulus. */
function readSynapses(log: Log, synapses: readonly SynapseCollection[], t: number): void {
  log.t.push(t);
  synapses.forEach((group, k) => {
    const c = group.get('c') as Float64Array;
    log.c_sum[k]!.push(mean(c) * c.length);
    log.w_avg[k]!.push(mean(group.get('weight') as Float64Array));
  });
}

interface Outcome {
  readonly network: CueAssociationNetwork;
  readonly protocol: Protocol;
  readonly log: Log;
  /** All plastic weights at the end, pA. */
  readonly weights: Float64Array;
  /** Mean weight from the reinforced stimulus' neurons less that from the other's, over time. */
  readonly difference: readonly number[];
  readonly end: number;
  readonly seed: number;
}

/** Mean rates of both populations and of both stimuli's neurons. */
function rates({ network, end }: Outcome): Quantity[] {
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

/** What became of the plastic weights. */
function learnt({ weights, difference }: Outcome): Quantity[] {
  return [
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
  ];
}

/**
 * Excitatory spikes outside the stimulated group in the 20 ms after each stimulus reaches it: mean
 * over the first and over the last third of its presentations.
 */
function evoked({ network, protocol, end }: Outcome): Quantity[] {
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
        note: 'fewer than three such stimuli',
      },
      {
        key: `evoked_${name}_last`,
        label: `spikes evoked by the ${name} stimulus, last third`,
        value: mean(counts.slice(counts.length - third)),
        unit: '',
        note: 'fewer than three such stimuli',
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

const synapseTable = (log: Log): Table => ({
  name: 'synapses',
  columns: {
    time_ms: log.t,
    c_sum_reinforced: log.c_sum[0],
    c_sum_other: log.c_sum[1],
    w_avg_reinforced: log.w_avg[0],
    w_avg_other: log.w_avg[1],
  },
});

/** The times from the start of the window on, s. */
const shown = (times: ArrayLike<number>, { start }: TimeWindow): Float64Array =>
  seconds(Array.from(times).filter((t) => t >= start));

/** The last seconds of the spikes and of what was read. */
function figure(outcome: Outcome): Figure {
  const { network, protocol, end, seed } = outcome;
  const window = { start: Math.max(0, end - SHOWN), stop: end };
  const dopamine = protocol.dopamine.map((t) => t + DOPAMINE_DELAY);
  return {
    name: 'cue-association',
    spec: stackedPanels({
      title: 'Noisy cue association: dopamine follows one of two stimuli',
      subtitle: [
        `${NE} excitatory and ${NI} inhibitory neurons, ${(80_000).toLocaleString('en-US')} plastic synapses; ` +
          `${protocol.stimuli[0].length} reinforced and ${protocol.stimuli[1].length} other stimuli`,
        `c and w: synapses from the neurons of either stimulus; seed ${seed}`,
      ],
      x: { title: 'time (s)', domain: [window.start / 1000, end / 1000] },
      marks: [
        {
          name: 'dopamine',
          color: GREEN,
          x: shown(dopamine, window).filter((t) => t <= end / 1000),
        },
      ],
      panels: [
        raster(network, window),
        populationRates(network, window),
        ...synapsePanels(outcome),
      ],
    }),
  };
}

/** Spikes of some neurons of each kind. */
function raster(
  { excitatory, inhibitory, groups, spikes_E, spikes_I }: CueAssociationNetwork,
  window: TimeWindow,
): RasterPanel {
  const rows = (events: SpikeEvents, ids: Uint32Array) => {
    const trains = spikeTrains(events, ids);
    return Array.from(ids, (_, i) => shown(train(trains, i), window));
  };
  const [reinforced, other] = groups;
  const special = new Set([...reinforced.ids, ...other.ids]);
  const rest = excitatory.ids.filter((id) => !special.has(id)).subarray(0, 30);
  return {
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
  };
}

function populationRates(
  { spikes_E, spikes_I }: CueAssociationNetwork,
  window: TimeWindow,
): CurvePanel {
  const rate = (events: SpikeEvents, n: number) => populationRate(events.times, n, window, BIN);
  const [y_E, y_I] = [rate(spikes_E.events, NE), rate(spikes_I.events, NI)];
  const x = Float64Array.from(y_E, (_, k) => (window.start + k * BIN) / 1000);
  return {
    kind: 'curves',
    title: ['rate (spikes/s),', `${BIN} ms bins`],
    height: 80,
    zero: true,
    series: [
      { name: 'inhibitory', color: VERMILLION, x, y: y_I, shape: 'steps' },
      { name: 'excitatory', color: BLACK, x, y: y_E, shape: 'steps' },
    ],
  };
}

/** Eligibility and weights of the synapses from the neurons of either stimulus. */
function synapsePanels({ log, difference }: Outcome): CurvePanel[] {
  const x = seconds(log.t);
  const pair = (values: readonly [number[], number[]]) => [
    { name: 'other stimulus', color: GREY, x, y: values[1] },
    { name: 'reinforced stimulus', color: BLUE, x, y: values[0] },
  ];
  return [
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
      series: [{ name: 'reinforced − other', color: BLUE, x, y: difference }],
    },
  ];
}
