import { Kernel, type SynapseCollection } from '../../lib';
import {
  mean,
  meanRate,
  spikeTrains,
  spikesWithin,
  train,
  type SpikeEvents,
} from '../../lib/analysis';
import {
  defineExperiment,
  each,
  type OptionValues,
  type Quantity,
  type Table,
} from '../../lib/cli/experiment';
import { stackedPanels, type Figure } from '../../lib/plot';
import { BLACK, BLUE, GREEN, ORANGE, PURPLE, SKY_BLUE, VERMILLION } from './colors';
import {
  DOPAMINE_DELAY,
  noPieces,
  RESOLUTION,
  runInPieces,
  seconds,
  transmitterAt,
} from './dopamine';
import { nestmlOption, setAmplitude, type TutorialModels, tutorialModels } from './nestml-models';

const PAIRS = 10;
const DELAY = 0.5;
/** Reward and punishment as fractions of the time: at 2, 3, 4 and at 8, 9, 10 of 12 s. */
const REWARD = [2, 3, 4].map((s) => s / 12);
const PUNISHMENT = [8, 9, 10].map((s) => s / 12);
const COLORS = [
  BLUE,
  VERMILLION,
  GREEN,
  PURPLE,
  ORANGE,
  SKY_BLUE,
  '#000000',
  '#999999',
  '#8c564b',
  '#b8a800',
];

/** When dopamine comes, ms; at the turn between, it ceases to reward and begins to punish. */
interface Schedule {
  readonly reward: readonly number[];
  readonly turn: number;
  readonly punishment: readonly number[];
}

function scheduleOf(time: number): Schedule {
  const onGrid = (fractions: readonly number[]) =>
    fractions.map((f) => Math.max(1, Math.round(f * time)));
  const [reward, punishment] = [onGrid(REWARD), onGrid(PUNISHMENT)];
  return { reward, turn: Math.round((reward.at(-1)! + punishment[0]!) / 2), punishment };
}

/** Readings of all synapses: [synapse][reading]; n is common to all. */
interface Log {
  readonly t: number[];
  readonly w: number[][];
  readonly c: number[][];
  readonly n: number[];
}

const pairsOptions = {
  rate: {
    kind: 'number',
    description: "rate of each neuron's input",
    unit: '1/s',
    default: 50,
    min: 0,
    max: 1000,
  },
  weight: {
    kind: 'number',
    description: 'initial weight',
    unit: 'mV',
    default: 5.6,
    min: 0,
    max: 1000,
  },
  tau_n: {
    kind: 'number',
    description: 'time constant of dopamine',
    unit: 'ms',
    default: 50,
    min: 1,
    max: 1e5,
  },
  tau_c: {
    kind: 'number',
    description: 'time constant of the eligibility trace',
    unit: 'ms',
    default: 100,
    min: 1,
    max: 1e5,
  },
  A_vt: {
    kind: 'number',
    description: 'amplitude of reward; that of punishment is its negative',
    default: 10,
    min: 0,
    max: 1e4,
  },
  interval: {
    kind: 'number',
    description: 'time between readings of the synapses',
    unit: 'ms',
    default: 10,
    min: 1,
    step: 1,
  },
  nestml: nestmlOption,
} as const;

type PairsOptions = OptionValues<typeof pairsOptions>;

export const dopaminePairs = defineExperiment({
  name: 'dopamine-pairs',
  summary: 'Ten pairs of neurons, rewarded, then punished: traces c, n and w',
  reference: 'NESTML tutorial on dopamine-modulated STDP',
  defaultTime: 12_000,
  resolution: RESOLUTION,
  options: pairsOptions,

  resumable: true,

  async run({ time, threads, seed, options, signal, progress, checkpoint }) {
    const { A_vt, interval } = options;
    const schedule = scheduleOf(time);
    const { turn } = schedule;
    const kernel = new Kernel();
    try {
      progress('building', 0);
      kernel.SetKernelStatus({
        resolution: RESOLUTION,
        local_num_threads: threads,
        rng_seed: seed,
      });
      const models = await tutorialModels(kernel, options.nestml);
      const { neurons, recorder } = buildPairs(kernel, options, schedule, models);
      const lists = () => Array.from({ length: PAIRS }, () => [] as number[]);
      const empty: Log = { t: [], w: lists(), c: lists(), n: [] };
      const log = (await checkpoint?.resume<Log>(kernel)) ?? empty;
      const synapses = plasticSynapses(kernel);
      const half = (begin: number, ms: number) =>
        runInPieces(
          kernel,
          {
            ...{ begin, time: ms, interval, signal, checkpoint },
            progress: (phase, f) => progress(phase, (begin + f * ms) / time),
            program: () => log,
          },
          noPieces(),
          (t) => {
            if (t > (log.t.at(-1) ?? -1)) readSynapses(log, synapses, t);
          },
        );
      if (kernel.biological_time < turn || turn === 0) await half(0, turn);
      if (kernel.biological_time <= turn) setAmplitude(kernel, 'plastic', -A_vt);
      if (!signal.aborted) await half(turn, time - turn);
      const trains = spikeTrains(recorder.events, neurons.ids);
      const outcome = {
        log,
        spikes: recorder.events,
        trains: Array.from(neurons.ids, (_, i) => train(trains, i)),
        ...{ schedule, time, end: log.t.at(-1)!, seed },
      };
      return {
        parameters: { pairs: PAIRS, delay: DELAY, resolution: RESOLUTION },
        quantities: ratesAndWeights(outcome),
        figures: outcome.end > 0 ? [figure(outcome)] : [],
        spikes: recorder.events,
        tables: [traces(log)],
      };
    } finally {
      kernel.dispose();
    }
  },
});

/** Makes the pairs in an empty kernel: Poisson sources, and neurons whose only inputs they are. */
function buildPairs(
  kernel: Kernel,
  { rate, weight, tau_n, tau_c, A_vt }: PairsOptions,
  { reward, punishment }: Schedule,
  models: TutorialModels,
) {
  const noise = kernel.Create('poisson_generator', { rate });
  const parrots = kernel.Create('parrot_neuron', PAIRS);
  const neurons = kernel.Create(models.delta, PAIRS);
  kernel.CopyModel(models.synapse, 'plastic', {
    volume_transmitter: transmitterAt(kernel, [...reward, ...punishment]),
    tau_n,
    tau_c,
    A_vt,
  });
  kernel.Connect(noise, parrots, 'all_to_all', { delay: 1 });
  kernel.Connect(parrots, neurons, 'one_to_one', {
    synapse_model: 'plastic',
    weight,
    delay: DELAY,
  });
  const recorder = kernel.Create('spike_recorder');
  kernel.Connect(neurons, recorder);
  return { neurons, recorder };
}

const plasticSynapses = (kernel: Kernel): SynapseCollection =>
  kernel.GetConnections({ synapse_model: 'plastic' });

function readSynapses(log: Log, synapses: SynapseCollection, t: number): void {
  log.t.push(t);
  log.n.push((synapses.get('n') as Float64Array)[0]!);
  for (const [key, values] of [
    ['weight', log.w],
    ['c', log.c],
  ] as const) {
    (synapses.get(key) as Float64Array).forEach((value, i) => values[i]!.push(value));
  }
}

interface Outcome {
  readonly log: Log;
  readonly spikes: SpikeEvents;
  /** Of each neuron. */
  readonly trains: readonly Float64Array[];
  readonly schedule: Schedule;
  readonly time: number;
  readonly end: number;
  readonly seed: number;
}

/** How fast the neurons fire before, between and after reward and punishment, and their weights. */
function ratesAndWeights({ log, spikes, schedule, time }: Outcome): Quantity[] {
  const { reward, punishment } = schedule;
  const periods = [
    { key: 'before', label: 'before reward', start: 0, stop: reward[0]! },
    {
      key: 'rewarded',
      label: 'between reward and punishment',
      start: reward.at(-1)!,
      stop: punishment[0]!,
    },
    { key: 'punished', label: 'after punishment', start: punishment.at(-1)!, stop: time },
  ];
  return periods.flatMap(({ key, label, start, stop }): Quantity[] => {
    const count = spikesWithin(spikes.times, { start, stop }).length;
    const at = log.t.findLastIndex((t) => t <= stop);
    return [
      {
        key: `rate_${key}`,
        label: `mean rate ${label}`,
        ...each(meanRate(count, PAIRS, 1), stop - start, 'such time'),
        unit: 'spikes/s',
      },
      {
        key: `weight_${key}`,
        label: `mean weight at the end of the time ${label}`,
        value: mean(log.w.map((w) => w[at]!)),
        unit: 'mV',
      },
    ];
  });
}

const traces = (log: Log): Table => ({
  name: 'traces',
  columns: {
    time_ms: log.t,
    n: log.n,
    ...Object.fromEntries(log.w.map((w, i) => [`w_${i + 1}`, w])),
    ...Object.fromEntries(log.c.map((c, i) => [`c_${i + 1}`, c])),
  },
});

function figure({ log, trains, schedule, end, seed }: Outcome): Figure {
  const each = (values: readonly number[][]) =>
    values.map((y, i) => ({ name: `pair ${i + 1}`, color: COLORS[i]!, x: seconds(log.t), y }));
  const arrivals = (times: readonly number[]) => seconds(times.map((t) => t + DOPAMINE_DELAY));
  return {
    name: 'dopamine-pairs',
    spec: stackedPanels({
      title: 'Ten pairs of neurons, rewarded and then punished',
      subtitle: [
        'Each neuron has one plastic input from a Poisson source; all hear the same dopamine; colours as in the raster',
        `seed ${seed}`,
      ],
      x: { title: 'time (s)', domain: [0, end / 1000] },
      marks: [
        { name: 'reward', color: GREEN, x: arrivals(schedule.reward) },
        { name: 'punishment', color: VERMILLION, x: arrivals(schedule.punishment) },
      ],
      panels: [
        {
          kind: 'raster',
          title: 'neuron',
          height: 150,
          legend: false,
          groups: trains.map((times, i) => ({
            name: `pair ${i + 1}`,
            color: COLORS[i]!,
            trains: [seconds(times)],
          })),
        },
        { kind: 'curves', title: 'eligibility c', series: each(log.c), rules: [0], legend: false },
        {
          kind: 'curves',
          title: 'dopamine n',
          height: 80,
          series: [{ name: 'n', color: BLACK, x: seconds(log.t), y: log.n }],
          rules: [0],
        },
        {
          kind: 'curves',
          title: 'weight w (mV)',
          height: 140,
          series: each(log.w),
          zero: true,
          legend: false,
        },
      ],
    }),
  };
}
