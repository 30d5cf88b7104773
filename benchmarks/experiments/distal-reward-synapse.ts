// One synapse of many is rewarded: whenever its postsynaptic neuron happens to fire shortly after
// its presynaptic one, dopamine comes 1 to 3 s later, to all synapses alike.
import { Kernel, random, type SynapseCollection, type SynapseSamples } from '../../lib';
import { mean, mergeSpikes, spikeTrains, train, type SpikeEvents } from '../../lib/analysis';
import { each, type ExperimentResult, type Quantity, type Table } from '../../lib/cli/experiment';
import { stackedPanels, type CurvePanel, type Figure, type RasterPanel } from '../../lib/plot';
import {
  buildDistalReward,
  distalRewardParameters,
  dopamineOf,
  effort,
  NE,
  NI,
  W_MAX,
  type DistalRewardContext,
  type DistalRewardNetwork,
} from './distal-reward-network';
import { BLACK, BLUE, GREEN, GREY, VERMILLION } from './colors';
import { DOPAMINE_DELAY, noPieces, type PiecesReport, runInPieces, seconds } from './dopamine';

const REWARD_DELAY = { min: 1000, max: 3000 };
/** Pieces of the simulation, ms: shorter than the shortest delay, so no reward can be too late. */
const PIECE = 500;
/** Intervals between samples of the synapse for the figure of one reward and for the others, ms. */
const FINE = 10;
const COARSE = 500;
/** What that figure shows before the coincidence and after the reward, ms. */
const BEFORE = 500;
const AFTER = 1500;
/** Neurons in its raster beside the two. */
const CROWD = { excitatory: 40, inhibitory: 10 };
const BINS = 80;
/** Part of the largest weight that counts as having reached it. */
const ALMOST = 0.95;

/** A rewarded coincidence, ms: of the postsynaptic spike, and when dopamine reaches the synapses. */
export interface Reward {
  readonly coincidence: number;
  readonly arrival: number;
}

/** What a pair has seen and was granted; plain, so that it can be kept and taken up again. */
interface PairState {
  readonly rewards: Reward[];
  readonly presynaptic: number[];
  readonly draws: bigint;
}

/** Sees the spikes of two neurons piece by piece, and grants the rewards. */
export class RewardedPair {
  readonly rewards: Reward[];
  readonly #pre: number;
  readonly #window: number;
  readonly #draws: random.RandomStream;
  readonly #presynaptic: number[];

  /** `state`: of one that is taken up again. */
  constructor(pre: number, window: number, draws: random.RandomStream, state?: PairState) {
    this.#pre = pre;
    this.#window = window;
    this.#draws = state ? random.stream(state.draws) : draws;
    this.rewards = state?.rewards ?? [];
    this.#presynaptic = state?.presynaptic ?? [];
  }

  get state(): PairState {
    return {
      rewards: this.rewards,
      presynaptic: this.#presynaptic,
      draws: this.#draws.state,
    };
  }

  /** Takes the spikes of the next piece, ascending in time. */
  see({ times, senders }: SpikeEvents): void {
    const before = this.#presynaptic;
    times.forEach((t, i) => {
      if (senders[i] === this.#pre) {
        before.push(t);
        return;
      }
      // A presynaptic spike at the same time comes too late to have been a cause.
      const cause = before.at(-1) === t ? before.at(-2) : before.at(-1);
      if (cause === undefined || t - cause > this.#window) return;
      const delay = REWARD_DELAY.min + this.#draws.below(REWARD_DELAY.max - REWARD_DELAY.min + 1);
      this.rewards.push({ coincidence: t, arrival: t + delay });
    });
  }

  /** When dopamine still has to leave its source after `t`; two at once count as one. */
  pending(t: number): number[] {
    const times = new Set(this.rewards.map(({ arrival }) => arrival - DOPAMINE_DELAY));
    return [...times].filter((time) => time > t).sort((a, b) => a - b);
  }
}

/** Whether there was no other coincidence and no other dopamine during the delay of a reward. */
export function undisturbed(reward: Reward, rewards: readonly Reward[]): boolean {
  const during = (t: number) => t >= reward.coincidence && t <= reward.arrival;
  return !rewards.some((other) => {
    return other !== reward && (during(other.coincidence) || during(other.arrival));
  });
}

/** Samples of the chosen synapse. */
interface Trace {
  readonly t: Float64Array;
  readonly weight: Float64Array;
  readonly c: Float64Array;
  readonly d: Float64Array;
}

/** Readings of all weights. */
interface Population {
  readonly t: number[];
  readonly mean: number[];
  readonly high: number[];
}

/** For the record. */
const rewardParameters = {
  ...distalRewardParameters,
  reward_delay_min: REWARD_DELAY.min,
  reward_delay_max: REWARD_DELAY.max,
};

/** What is saved of a run. */
interface SavedSynapse {
  readonly pair?: PairState;
  readonly spikes: SpikeEvents[];
  readonly population: Population;
  readonly report: PiecesReport;
}

export async function rewardSynapse(context: DistalRewardContext): Promise<ExperimentResult> {
  const { time, seed, options, signal, progress, checkpoint } = context;
  const kernel = new Kernel();
  try {
    progress('building', 0);
    const network = buildDistalReward(kernel, context);
    const draws = random.stream(seed);
    const chosen = chooseSynapse(network, draws);
    const { pairRecorder, crowdRecorder, crowd } = recordSpikes(kernel, network, chosen);
    const synapse = network.plastic().pick([chosen.index]);
    synapse.set({ weight: 0 });
    const trace = recordSynapse(kernel, synapse);

    const saved: SavedSynapse = {
      spikes: [],
      population: { t: [], mean: [], high: [] },
      report: noPieces(),
    };
    Object.assign(saved, await checkpoint?.resume(kernel));
    const { spikes, population, report } = saved;
    const pair = new RewardedPair(chosen.pre, options.window, draws, saved.pair);
    const plastic = network.plastic();
    const program = () => ({ ...saved, pair: pair.state });
    const pieces = { time, interval: PIECE, signal, progress, checkpoint, program };
    await runInPieces(kernel, pieces, report, (t) => {
      const { times, senders } = pairRecorder.events;
      spikes.push({ times, senders });
      pairRecorder.n_events = 0;
      pair.see({ times, senders });
      if (options.dopamine > 0) network.dopamine.spike_times = pair.pending(t);
      if (t % options.interval === 0 || t === time) readPopulation(population, plastic, t);
    });
    progress('analysing', 0);
    const weights = plastic.get('weight') as Float64Array;
    const end = kernel.GetKernelStatus('biological_time');
    const outcome = {
      ...{ synapse: chosen, population, weights, rewards: pair.rewards, end, seed },
      trace: sampled(trace.events),
      own: mergeAll(spikes),
      crowd: crowdRecorder.events,
      crowdIds: Uint32Array.from(crowd),
      rewarded: options.dopamine > 0,
    };
    return {
      parameters: { ...rewardParameters, pre: chosen.pre, post: chosen.post },
      quantities: [
        ...standing(weights, chosen.index),
        ...history(outcome.trace, time),
        ...granted(outcome),
        ...effort(report, end),
      ],
      figures: end > 0 ? figures(outcome) : [],
      spikes: mergeSpikes(outcome.own, crowdRecorder.events),
      tables: tables(outcome),
    };
  } finally {
    kernel.dispose();
  }
}

/** A synapse: its neurons, and its position among the plastic ones. */
interface ChosenSynapse {
  readonly pre: number;
  readonly post: number;
  readonly index: number;
}

/** A random synapse between two excitatory neurons. */
function chooseSynapse(network: DistalRewardNetwork, draws: random.RandomStream): ChosenSynapse {
  const [sources, targets] = ['source', 'target'].map(
    (key) => network.plastic().get(key) as Uint32Array,
  );
  for (;;) {
    const index = draws.below(targets!.length);
    const post = targets![index]!;
    if (post <= NE) return { pre: sources![index]!, post, index };
  }
}

/** Records the spikes of the synapse's neurons, and of a crowd beside them. */
function recordSpikes(
  kernel: Kernel,
  { excitatory, inhibitory }: DistalRewardNetwork,
  { pre, post }: ChosenSynapse,
) {
  const others = (ids: Uint32Array) => ids.filter((id) => id !== pre && id !== post);
  const crowd = [
    ...others(excitatory.ids).subarray(0, CROWD.excitatory),
    ...others(inhibitory.ids).subarray(0, CROWD.inhibitory),
  ];
  const pairRecorder = kernel.Create('spike_recorder');
  const crowdRecorder = kernel.Create('spike_recorder');
  for (const neuron of [pre, post]) kernel.Connect([neuron], pairRecorder);
  kernel.Connect(crowd, crowdRecorder);
  return { pairRecorder, crowdRecorder, crowd };
}

const recordSynapse = (kernel: Kernel, synapse: SynapseCollection) =>
  kernel.Create('synapse_recorder', {
    interval: FINE,
    record_from: ['weight', 'c', 'n'],
    connections: synapse,
  });

function sampled({ times, weight, c, n }: SynapseSamples<'weight' | 'c' | 'n'>): Trace {
  return { t: times, weight, c, d: n.map(dopamineOf) };
}

/** The samples at times that are wanted. */
function samples({ t, weight, c, d }: Trace, wanted: (t: number) => boolean): Trace {
  const chosen = (values: Float64Array) => values.filter((_, i) => wanted(t[i]!));
  return { t: chosen(t), weight: chosen(weight), c: chosen(c), d: chosen(d) };
}

/** The reward that a figure shows: the first that nothing disturbed. */
const shownReward = ({ rewards, end }: Outcome): Reward | undefined =>
  rewards.find((reward) => reward.arrival + AFTER <= end && undisturbed(reward, rewards));

/** The times in that figure. */
const around = ({ coincidence, arrival }: Reward) => {
  return (t: number): boolean => t >= coincidence - BEFORE && t <= arrival + AFTER;
};

const coarse = (trace: Trace): Trace => samples(trace, (t) => t % COARSE === 0);

function readPopulation(population: Population, plastic: SynapseCollection, t: number): void {
  const weights = plastic.get('weight') as Float64Array;
  population.t.push(t);
  population.mean.push(mean(weights));
  population.high.push(quantile(weights, 0.999));
}

/** The value that a fraction of all values does not exceed. */
function quantile(values: Float64Array, fraction: number): number {
  return values.toSorted()[Math.ceil(fraction * values.length) - 1]!;
}

function mergeAll(events: readonly SpikeEvents[]): SpikeEvents {
  return {
    times: Float64Array.from(events.flatMap(({ times }) => Array.from(times))),
    senders: Uint32Array.from(events.flatMap(({ senders }) => Array.from(senders))),
  };
}

/** The chosen synapse's weight, alone and among all. */
function standing(weights: Float64Array, index: number): Quantity[] {
  const weight = weights[index]!;
  const average = mean(weights);
  const [below, above] = [
    weights.filter((w) => w < weight).length,
    weights.filter((w) => w > weight).length,
  ];
  return [
    { key: 'weight', label: 'weight of the rewarded synapse', value: weight, unit: 'mV' },
    { key: 'weight_mean', label: 'mean plastic weight', value: average, unit: 'mV' },
    {
      key: 'weight_ratio',
      label: 'rewarded weight over mean weight',
      ...each(weight, average, 'plastic weight above 0'),
      unit: '',
    },
    {
      key: 'weight_high',
      label: '99.9th percentile of the plastic weights',
      value: quantile(weights, 0.999),
      unit: 'mV',
    },
    { key: 'stronger', label: 'stronger plastic synapses', value: above, unit: '' },
    {
      key: 'weaker',
      label: 'part of the other plastic synapses that are weaker',
      value: below / (weights.length - 1),
      unit: '',
    },
  ];
}

/** The chosen synapse's weight over the time: at its end alone it may be in one of its dips. */
function history({ t, weight }: Trace, time: number): Quantity[] {
  const reached = weight.findIndex((w) => w >= ALMOST * W_MAX);
  return [
    {
      key: 'weight_last_third',
      label: 'its mean over the last third of the time',
      value: mean(weight.filter((_, i) => 3 * t[i]! >= 2 * time)),
      unit: 'mV',
      note: 'not read in that time',
    },
    {
      key: 'reached',
      label: `time when it reached ${ALMOST * W_MAX} mV`,
      value: reached < 0 ? NaN : t[reached]! / 1000,
      unit: 's',
      note: 'not reached',
    },
  ];
}

/** How often the neurons earned a reward, and how many came. */
function granted({ rewards, end, rewarded }: Outcome): Quantity[] {
  return [
    { key: 'coincidences', label: 'coincidences', value: rewards.length, unit: '' },
    {
      key: 'rewards',
      label: 'rewards delivered',
      value: rewarded ? rewards.filter(({ arrival }) => arrival <= end).length : 0,
      unit: '',
    },
  ];
}

interface Outcome {
  readonly synapse: ChosenSynapse;
  readonly trace: Trace;
  readonly population: Population;
  readonly weights: Float64Array;
  readonly rewards: readonly Reward[];
  readonly own: SpikeEvents;
  readonly crowd: SpikeEvents;
  readonly crowdIds: Uint32Array;
  readonly end: number;
  readonly seed: number;
  readonly rewarded: boolean;
}

/** Numbers of weights in bins from 0 to the largest possible; the last bin includes its end. */
function histogram(weights: Float64Array): { readonly edges: number[]; readonly counts: number[] } {
  const counts = new Array<number>(BINS).fill(0);
  for (const w of weights) counts[Math.min(BINS - 1, Math.floor((w / W_MAX) * BINS))]!++;
  return { edges: counts.map((_, k) => (k * W_MAX) / BINS), counts };
}

function tables(outcome: Outcome): Table[] {
  const { trace, population, rewards, weights } = outcome;
  const shown = shownReward(outcome);
  const { edges, counts } = histogram(weights);
  const readings = (name: string, { t, weight, c, d }: Trace): Table => ({
    name,
    columns: { time_ms: t, weight, c, dopamine: d },
  });
  return [
    readings('synapse', coarse(trace)),
    ...(shown ? [readings('detail', samples(trace, around(shown)))] : []),
    {
      name: 'weights',
      columns: { time_ms: population.t, mean: population.mean, percentile_99_9: population.high },
    },
    {
      name: 'rewards',
      columns: {
        coincidence_ms: rewards.map(({ coincidence }) => coincidence),
        arrival_ms: rewards.map(({ arrival }) => arrival),
      },
    },
    { name: 'histogram', columns: { weight_from: edges, synapses: counts } },
  ];
}

function figures(outcome: Outcome): Figure[] {
  const shown = shownReward(outcome);
  const details = outcome.rewarded && shown ? [detail(outcome, shown)] : [];
  return [course(outcome), ...details, distribution(outcome)];
}

const subtitle = ({ synapse: { pre, post }, seed }: Outcome): string =>
  `Synapse from neuron ${pre} to neuron ${post} of ${NE} excitatory and ${NI} inhibitory ones; seed ${seed}`;

/** Weight and eligibility trace over the whole time. */
function course(outcome: Outcome): Figure {
  const { population, rewards, end, rewarded } = outcome;
  const trace = coarse(outcome.trace);
  const given = rewards.filter(({ arrival }) => rewarded && arrival <= end);
  return {
    name: 'distal-reward-synapse',
    spec: stackedPanels({
      title: 'One synapse, rewarded 1 to 3 s after each coincidence of its neurons',
      subtitle: [subtitle(outcome), `${given.length} rewards reached all plastic synapses`],
      x: { title: 'time (s)', domain: [0, end / 1000] },
      panels: [
        weightPanel(trace, population),
        {
          kind: 'curves',
          title: 'eligibility c',
          height: 120,
          rules: [0],
          series: [{ name: 'c', color: BLUE, x: seconds(trace.t), y: trace.c }],
        },
        {
          kind: 'curves',
          title: 'rewards so far',
          height: 90,
          zero: true,
          series: [
            {
              name: 'rewards',
              color: GREEN,
              x: seconds(given.map(({ arrival }) => arrival).sort((a, b) => a - b)),
              y: given.map((_, k) => k + 1),
              shape: 'points',
            },
          ],
        },
      ],
    }),
  };
}

/** The chosen synapse's weight among all. */
function weightPanel(trace: Trace, population: Population): CurvePanel {
  const t = seconds(population.t);
  return {
    kind: 'curves',
    title: 'weight (mV)',
    height: 190,
    domain: [0, 1.03 * W_MAX],
    rules: [W_MAX],
    series: [
      { name: 'rewarded synapse', color: BLUE, x: seconds(trace.t), y: trace.weight },
      { name: 'mean of all plastic synapses', color: GREY, x: t, y: population.mean },
      { name: 'their 99.9th percentile', color: VERMILLION, x: t, y: population.high },
    ],
  };
}

/** A coincidence, its trace, and the reward that comes for it. */
function detail(outcome: Outcome, reward: Reward): Figure {
  const { coincidence, arrival } = reward;
  const trace = samples(outcome.trace, around(reward));
  const curve = (name: string, color: string, y: Float64Array) => ({
    name,
    color,
    x: seconds(trace.t),
    y,
  });
  return {
    name: 'distal-reward-detail',
    spec: stackedPanels({
      title: 'The trace of a coincidence is still there when its reward comes',
      subtitle: [subtitle(outcome), `Reward ${arrival - coincidence} ms after the coincidence`],
      x: { title: 'time (s)', domain: [(coincidence - BEFORE) / 1000, (arrival + AFTER) / 1000] },
      marks: [
        { name: 'coincidence', color: BLUE, x: [coincidence / 1000] },
        { name: 'reward', color: GREEN, x: [arrival / 1000] },
      ],
      panels: [
        raster(outcome, reward),
        {
          kind: 'curves',
          title: 'eligibility c',
          rules: [0],
          series: [curve('c', BLUE, trace.c)],
        },
        {
          kind: 'curves',
          title: 'dopamine d',
          height: 80,
          zero: true,
          series: [curve('d', GREEN, trace.d)],
        },
        {
          kind: 'curves',
          title: 'weight (mV)',
          series: [curve('weight', BLACK, trace.weight)],
        },
      ],
    }),
  };
}

/** Spikes of the synapse's neurons, and of others. */
function raster({ synapse, own, crowd, crowdIds }: Outcome, reward: Reward): RasterPanel {
  const of = (events: SpikeEvents, ids: Uint32Array) => {
    const trains = spikeTrains(events, ids);
    return Array.from(ids, (_, i) => seconds(train(trains, i).filter(around(reward))));
  };
  return {
    kind: 'raster',
    title: 'neuron',
    height: 190,
    groups: [
      {
        name: 'presynaptic',
        color: BLUE,
        trains: of(own, Uint32Array.of(synapse.pre)),
      },
      {
        name: 'postsynaptic',
        color: VERMILLION,
        trains: of(own, Uint32Array.of(synapse.post)),
      },
      { name: `${crowdIds.length} others`, color: GREY, trains: of(crowd, crowdIds) },
    ],
  };
}

/** All plastic weights at the end. */
function distribution(outcome: Outcome): Figure {
  const { weights, synapse, end } = outcome;
  const { edges, counts } = histogram(weights);
  return {
    name: 'distal-reward-weights',
    spec: stackedPanels({
      title: `Weights of all plastic synapses after ${end / 1000} s`,
      subtitle: [
        subtitle(outcome),
        `${weights.length.toLocaleString('en-US')} synapses, ${BINS} bins; a bin without any is drawn at the lower edge`,
      ],
      x: { title: 'weight (mV)', domain: [0, 1.02 * W_MAX] },
      marks: [{ name: 'rewarded synapse', color: BLUE, x: [weights[synapse.index]!] }],
      panels: [
        {
          kind: 'curves',
          title: 'synapses in a bin',
          height: 260,
          log: true,
          domain: [0.5, weights.length],
          series: [
            {
              name: 'synapses',
              color: BLACK,
              x: [...edges, W_MAX],
              y: [...counts, counts.at(-1)!].map((count) => Math.max(count, 0.5)),
              shape: 'steps',
            },
          ],
        },
      ],
    }),
  };
}
