// A hundred stimuli, each of which makes 50 random neurons fire, come in random order; dopamine
// follows one of them within a second, while others come and go.
import { Kernel, type NodeCollection, random, type SynapseCollection } from '../../lib';
import {
  mean,
  mergeSpikes,
  spikeTrains,
  standardDeviation,
  train,
  type SpikeEvents,
} from '../../lib/analysis';
import { each, type ExperimentResult, type Quantity, type Table } from '../../lib/cli/experiment';
import { stackedPanels, type CurvePanel, type Figure, type RasterPanel } from '../../lib/plot';
import {
  buildDistalReward,
  distalRewardParameters,
  effort,
  NE,
  NI,
  type DistalRewardContext,
} from './distal-reward-network';
import { BLACK, BLUE, GREY, SKY_BLUE, VERMILLION } from './colors';
import { DOPAMINE_DELAY, noPieces, runInPieces, seconds } from './dopamine';

const STIMULI = 100;
const GROUP = 50;
/** Shift of the potential of a neuron that belongs to the stimulus, mV. */
const STRENGTH = 40;
const STIMULUS_DELAY = 1;
/** Time between stimuli, and from the rewarded one to its dopamine, ms. */
const INTERVAL = { min: 100, max: 300 };
const REWARD_DELAY = { min: 1, max: 1000 };
/** Spikes within this time of a stimulus are the response to it, ms. */
const RESPONSE = 20;
/** Around a stimulus: what the histograms count and what the rasters show, ms. */
const HISTOGRAM = { from: -20, to: 60 };
const SHOWN = { from: -50, to: 100 };
/** Points of the curves over the whole time. */
const POINTS = 60;
const PIECE = 500;

/** When which stimulus reaches its neurons, and when dopamine follows, ms. */
export interface Stimuli {
  /** Indices of the neurons of each stimulus; the first stimulus is the rewarded one. */
  readonly groups: readonly number[][];
  readonly onsets: readonly number[];
  readonly which: readonly number[];
  readonly dopamine: readonly number[];
}

export function drawStimuli(time: number, seed: number): Stimuli {
  const draws = random.stream(seed);
  const within = ({ min, max }: { min: number; max: number }) => min + draws.below(max - min + 1);
  const groups = Array.from({ length: STIMULI }, () => draws.subset(NE + NI, GROUP));
  const [onsets, which, dopamine]: [number[], number[], number[]] = [[], [], []];
  for (let t = within(INTERVAL); t <= time; t += within(INTERVAL)) {
    const stimulus = draws.below(STIMULI);
    onsets.push(t);
    which.push(stimulus);
    if (stimulus === 0) dopamine.push(t + within(REWARD_DELAY));
  }
  return { groups, onsets, which, dopamine: dopamine.sort((a, b) => a - b) };
}

/** Spikes of neurons outside a stimulus' group around its presentations. */
interface Histogram {
  presentations: number;
  readonly counts: number[];
}

/** All that was seen of the responses so far; plain, so that it can be kept and taken up again. */
interface ResponsesState {
  readonly counts: number[];
  readonly histograms: {
    readonly first: Histogram;
    readonly last: Histogram;
    readonly others: Histogram;
  };
  readonly shown: { first?: SpikeEvents; last?: SpikeEvents };
  readonly kept: SpikeEvents;
}

/** Counts the responses to the stimuli while the spikes come in piece by piece. */
export class Responses {
  /** Of every presentation so far: spikes of neurons outside its group. */
  readonly counts: number[];
  readonly histograms: ResponsesState['histograms'];
  /** Spikes around the first and the last presentation of the rewarded stimulus, from its onset. */
  readonly shown: ResponsesState['shown'];
  readonly #stimuli: Stimuli;
  readonly #members: readonly ReadonlySet<number>[];
  readonly #time: number;
  #kept: SpikeEvents;

  /**
   * `ids`: of all neurons, in the order of the groups' indices. `state`: what was seen already.
   */
  constructor(stimuli: Stimuli, ids: Uint32Array, time: number, state?: ResponsesState) {
    this.counts = state?.counts ?? [];
    this.histograms = state?.histograms ?? {
      first: emptyHistogram(),
      last: emptyHistogram(),
      others: emptyHistogram(),
    };
    this.shown = state?.shown ?? {};
    this.#kept = state?.kept ?? { times: new Float64Array(), senders: new Uint32Array() };
    this.#stimuli = stimuli;
    this.#members = stimuli.groups.map((group) => new Set(group.map((i) => ids[i]!)));
    this.#time = time;
  }

  get state(): ResponsesState {
    const { counts, histograms, shown } = this;
    return { counts, histograms, shown, kept: this.#kept };
  }

  /** Takes the spikes of the next piece, ascending in time, up to `now`. */
  see({ times, senders }: SpikeEvents, now: number): void {
    const { onsets } = this.#stimuli;
    const kept = this.#kept;
    const all = {
      times: Float64Array.of(...kept.times, ...times),
      senders: Uint32Array.of(...kept.senders, ...senders),
    };
    while ((onsets[this.counts.length] ?? Infinity) + SHOWN.to <= now) this.#count(all);
    const needed = (onsets[this.counts.length] ?? Infinity) + SHOWN.from;
    const from = all.times.findIndex((t) => t > needed);
    this.#kept =
      from < 0
        ? { times: new Float64Array(), senders: new Uint32Array() }
        : { times: all.times.slice(from), senders: all.senders.slice(from) };
  }

  /** The next presentation, all of whose spikes are there. */
  #count({ times, senders }: SpikeEvents): void {
    const k = this.counts.length;
    const [onset, stimulus] = [this.#stimuli.onsets[k]!, this.#stimuli.which[k]!];
    const members = this.#members[stimulus]!;
    const histogram = this.#histogram(onset, stimulus);
    if (histogram) histogram.presentations++;
    let count = 0;
    times.forEach((t, i) => {
      if (members.has(senders[i]!)) return;
      const lag = t - onset;
      if (lag > 0 && lag <= RESPONSE) count++;
      if (histogram && lag > HISTOGRAM.from && lag <= HISTOGRAM.to) {
        histogram.counts[lag - HISTOGRAM.from - 1]!++;
      }
    });
    this.counts.push(count);
    if (stimulus !== 0) return;
    const inside = times.map((t) => Number(t > onset + SHOWN.from && t <= onset + SHOWN.to));
    const shown = {
      times: times.filter((_, i) => inside[i]),
      senders: senders.filter((_, i) => inside[i]),
    };
    this.shown.first ??= shown;
    this.shown.last = shown;
  }

  /** Where a presentation is counted: in the first or the last third of the time. */
  #histogram(onset: number, stimulus: number): Histogram | undefined {
    const { first, last, others } = this.histograms;
    if (3 * onset > 2 * this.#time) return stimulus === 0 ? last : others;
    return stimulus === 0 && 3 * onset <= this.#time ? first : undefined;
  }
}

function emptyHistogram(): Histogram {
  return { presentations: 0, counts: new Array<number>(HISTOGRAM.to - HISTOGRAM.from).fill(0) };
}

/** Mean weight of the synapses from the rewarded stimulus' neurons [0] and of all plastic ones. */
interface Weights {
  readonly t: number[];
  readonly group: number[];
  readonly all: number[];
}

export async function conditionStimulus(context: DistalRewardContext): Promise<ExperimentResult> {
  const { time, seed, options, signal, progress, checkpoint } = context;
  const kernel = new Kernel();
  try {
    progress('building', 0);
    const stimuli = drawStimuli(time, seed);
    const network = buildDistalReward(kernel, context);
    const { excitatory, inhibitory, dopamine } = network;
    const all = excitatory.concat(inhibitory);
    if (options.dopamine > 0) {
      dopamine.spike_times = [...new Set(stimuli.dopamine)].map((t) => t - DOPAMINE_DELAY);
    }
    stimulate(kernel, all, stimuli);
    const recorder = kernel.Create('spike_recorder');
    kernel.Connect(all, recorder);
    const saved = {
      responses: undefined as ResponsesState | undefined,
      weights: { t: [], group: [], all: [] } as Weights,
      report: noPieces(),
    };
    Object.assign(saved, await checkpoint?.resume(kernel));
    const { weights, report } = saved;
    const plastic = network.plastic();
    const group = kernel.GetConnections({
      source: excitatory.pick(stimuli.groups[0]!.filter((i) => i < NE)),
      synapse_model: 'plastic',
    });

    const responses = new Responses(stimuli, all.ids, time, saved.responses);
    const average = (synapses: SynapseCollection) => mean(synapses.get('weight') as Float64Array);
    const program = () => ({ ...saved, responses: responses.state });
    const pieces = { time, interval: PIECE, signal, progress, checkpoint, program };
    await runInPieces(kernel, pieces, report, (t) => {
      const events = recorder.events;
      recorder.n_events = 0;
      responses.see(events, t);
      if (t % options.interval !== 0 && t !== time) return;
      weights.t.push(t);
      weights.group.push(average(group));
      weights.all.push(average(plastic));
    });
    progress('analysing', 0);
    const end = kernel.GetKernelStatus('biological_time');
    const outcome = {
      ...{ stimuli, responses, weights, ids: all.ids, time, end, seed },
      final: { group: average(group), all: average(plastic) },
      rewarded: options.dopamine > 0,
    };
    const { first, last } = responses.shown;
    return {
      parameters: { ...distalRewardParameters, ...conditioningParameters },
      quantities: [...thirds(outcome), ...training(outcome), ...effort(report, end)],
      figures: last ? [course(outcome), response(outcome)] : [],
      // The spikes around the two presentations that the figure shows; all would be millions.
      spikes: first && last && first !== last ? mergeSpikes(first, last) : (last ?? NONE),
      tables: tables(outcome),
    };
  } finally {
    kernel.dispose();
  }
}

/** For the record. */
const conditioningParameters = {
  stimuli: STIMULI,
  stimulus_neurons: GROUP,
  stimulus_strength: STRENGTH,
  stimulus_interval_min: INTERVAL.min,
  stimulus_interval_max: INTERVAL.max,
  reward_delay_min: REWARD_DELAY.min,
  reward_delay_max: REWARD_DELAY.max,
  response_window: RESPONSE,
};

const NONE: SpikeEvents = { times: new Float64Array(), senders: new Uint32Array() };

/** A generator for each stimulus, connected to its neurons. */
function stimulate(kernel: Kernel, all: NodeCollection, { groups, onsets, which }: Stimuli): void {
  const times = groups.map((): number[] => []);
  onsets.forEach((t, k) => times[which[k]!]!.push(t - STIMULUS_DELAY));
  const generators = kernel.Create('spike_generator', STIMULI, { spike_times: times });
  groups.forEach((group, k) => {
    kernel.Connect(generators.at(k), all.pick(group), 'all_to_all', {
      weight: STRENGTH,
      delay: STIMULUS_DELAY,
    });
  });
}

interface Outcome {
  readonly stimuli: Stimuli;
  readonly responses: Responses;
  readonly weights: Weights;
  /** Mean weights at the end: from the rewarded stimulus' neurons, and of all plastic synapses. */
  readonly final: { readonly group: number; readonly all: number };
  readonly ids: Uint32Array;
  readonly time: number;
  readonly end: number;
  readonly seed: number;
  readonly rewarded: boolean;
}

/** Responses to each stimulus in [start, stop). */
function byStimulus(
  { stimuli: { onsets, which }, responses: { counts } }: Outcome,
  { start, stop }: { start: number; stop: number },
): number[][] {
  const lists = Array.from({ length: STIMULI }, (): number[] => []);
  counts.forEach((count, k) => {
    if (onsets[k]! >= start && onsets[k]! < stop) lists[which[k]!]!.push(count);
  });
  return lists;
}

/** Why a comparison of responses has no value where one of them has none. */
const orTooFew = (compared: ReturnType<typeof each>): ReturnType<typeof each> => ({
  note: 'too few stimuli were presented',
  ...compared,
});

/** The response to the rewarded stimulus among those to the others, in either third of the time. */
function thirds(outcome: Outcome): Quantity[] {
  const { time } = outcome;
  return [
    { name: 'first', start: 0, stop: time / 3 },
    { name: 'last', start: (2 * time) / 3, stop: Infinity },
  ].flatMap(({ name, start, stop }): Quantity[] => {
    const [rewarded, ...others] = byStimulus(outcome, { start, stop }).map((list) => mean(list));
    const present = others.filter((value) => Number.isFinite(value));
    const [average, spread] = [mean(present), standardDeviation(present)];
    return [
      {
        key: `response_${name}`,
        label: `response to the rewarded stimulus, ${name} third`,
        value: rewarded!,
        unit: 'spikes',
        note: 'it was not presented',
      },
      {
        key: `response_others_${name}`,
        label: `mean response to the others, ${name} third`,
        value: average,
        unit: 'spikes',
        note: 'none was presented',
      },
      {
        key: `ratio_${name}`,
        label: `their ratio, ${name} third`,
        ...orTooFew(each(rewarded!, average, 'response to the others')),
        unit: '',
      },
      {
        key: `z_${name}`,
        label: `standard deviations above the others, ${name} third`,
        ...orTooFew(each(rewarded! - average, spread, 'difference among the others')),
        unit: '',
      },
    ];
  });
}

/** What the rewards, so many of them, made of the weights. */
function training({ stimuli, final, end, rewarded }: Outcome): Quantity[] {
  return [
    {
      key: 'weight_group',
      label: "mean weight from the rewarded stimulus' neurons",
      value: final.group,
      unit: 'mV',
    },
    { key: 'weight_mean', label: 'mean plastic weight', value: final.all, unit: 'mV' },
    {
      key: 'rewards',
      label: 'rewards delivered',
      value: rewarded ? stimuli.dopamine.filter((t) => t <= end).length : 0,
      unit: '',
    },
  ];
}

function tables({ stimuli, responses, weights }: Outcome): Table[] {
  const { counts } = responses;
  return [
    {
      name: 'responses',
      columns: {
        onset_ms: stimuli.onsets.slice(0, counts.length),
        stimulus: stimuli.which.slice(0, counts.length),
        spikes: counts,
      },
    },
    {
      name: 'weights',
      columns: { time_ms: weights.t, mean_rewarded_stimulus: weights.group, mean: weights.all },
    },
  ];
}

const subtitle = ({ stimuli: { which }, seed }: Outcome): string =>
  `${STIMULI} stimuli of ${GROUP} neurons each; the rewarded one came ${which.filter((k) => k === 0).length} of ` +
  `${which.length.toLocaleString('en-US')} times; seed ${seed}`;

/** Responses and weights over the whole time. */
function course(outcome: Outcome): Figure {
  const { weights, end } = outcome;
  const t = seconds(weights.t);
  return {
    name: 'distal-reward-conditioning',
    spec: stackedPanels({
      title: 'Dopamine follows one stimulus of a hundred, up to 1 s late',
      subtitle: [
        subtitle(outcome),
        `Response: spikes of the other ${NE + NI - GROUP} neurons in the ${RESPONSE} ms after the stimulus`,
      ],
      x: { title: 'time (s)', domain: [0, end / 1000] },
      panels: [
        responsesOverTime(outcome),
        {
          kind: 'curves',
          title: 'mean weight (mV)',
          height: 130,
          series: [
            { name: 'from the rewarded stimulus', color: BLUE, x: t, y: weights.group },
            { name: 'all plastic synapses', color: GREY, x: t, y: weights.all },
          ],
        },
      ],
    }),
  };
}

/** Each response to the rewarded stimulus, and the means of its and of the others' in bins. */
function responsesOverTime(outcome: Outcome): CurvePanel {
  const { stimuli, responses, end } = outcome;
  const bins = Array.from({ length: POINTS }, (_, k) => ({
    start: (k * end) / POINTS,
    stop: ((k + 1) * end) / POINTS,
  }));
  const middle = seconds(bins.map(({ start, stop }) => (start + stop) / 2));
  const binned = bins.map((bin) => byStimulus(outcome, bin));
  const presented = responses.counts.flatMap((_, k) => (stimuli.which[k] === 0 ? [k] : []));
  return {
    kind: 'curves',
    title: 'response (spikes)',
    height: 230,
    zero: true,
    series: [
      {
        name: 'rewarded stimulus, each time',
        color: SKY_BLUE,
        x: seconds(presented.map((k) => stimuli.onsets[k]!)),
        y: presented.map((k) => responses.counts[k]!),
        shape: 'points',
      },
      {
        name: 'mean',
        color: BLUE,
        x: middle,
        y: binned.map(([rewarded]) => mean(rewarded!)),
      },
      {
        name: 'mean of the others',
        color: VERMILLION,
        x: middle,
        y: binned.map((lists) => mean(lists.slice(1).flat())),
      },
    ],
  };
}

/** The rewarded stimulus before and after the training. */
function response(outcome: Outcome): Figure {
  const { stimuli, responses } = outcome;
  const { first, last } = responses.shown;
  const seen = stimuli.onsets.filter(
    (_, k) => k < responses.counts.length && stimuli.which[k] === 0,
  );
  const [before, after] = [seen[0]!, seen.at(-1)!];
  return {
    name: 'distal-reward-response',
    spec: stackedPanels({
      title: 'The rewarded stimulus before and after the training',
      subtitle: [
        subtitle(outcome),
        `Shown: its first time (${before / 1000} s) and its last (${after / 1000} s); below: means over thirds of the time`,
      ],
      x: { title: 'time from the stimulus (ms)', domain: [SHOWN.from, SHOWN.to] },
      marks: [{ name: 'stimulus', color: GREY, x: [0] }],
      panels: [
        { ...raster(outcome, first!, before), title: 'neuron, before', legend: true },
        { ...raster(outcome, last!, after), title: 'neuron, after', legend: false },
        histogramPanel(responses),
      ],
    }),
  };
}

/** Spikes of all neurons around a presentation of the rewarded stimulus. */
function raster(
  { stimuli, ids }: Outcome,
  events: SpikeEvents,
  onset: number,
): Omit<RasterPanel, 'title'> {
  const members = new Set(stimuli.groups[0]);
  const trains = spikeTrains(events, ids);
  const rows = (wanted: (index: number) => boolean) =>
    Array.from(ids, (_, i) => i)
      .filter(wanted)
      .map((i) => train(trains, i).map((t) => t - onset));
  return {
    kind: 'raster',
    height: 210,
    groups: [
      { name: 'its neurons', color: BLUE, trains: rows((i) => members.has(i)) },
      {
        name: 'other excitatory',
        color: BLACK,
        trains: rows((i) => i < NE && !members.has(i)),
      },
      {
        name: 'other inhibitory',
        color: VERMILLION,
        trains: rows((i) => i >= NE && !members.has(i)),
      },
    ],
  };
}

/** Mean responses, millisecond by millisecond. */
function histogramPanel({ histograms: { first, last, others } }: Responses): CurvePanel {
  const curve = (name: string, color: string, { presentations, counts }: Histogram) => ({
    name,
    color,
    x: counts.map((_, k) => HISTOGRAM.from + k + 0.5),
    y: counts.map((count) => count / presentations),
    shape: 'steps' as const,
  });
  return {
    kind: 'curves',
    title: ['spikes of others', 'in a ms'],
    height: 120,
    zero: true,
    series: [
      curve('other stimuli, last third', GREY, others),
      curve('rewarded, first third', SKY_BLUE, first),
      curve('rewarded, last third', BLUE, last),
    ],
  };
}
