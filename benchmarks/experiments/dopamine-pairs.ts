import { Kernel } from '../../lib';
import { mean, meanRate, spikeTrains, spikesWithin, train } from '../../lib/analysis';
import { defineExperiment, type Quantity } from '../../lib/cli/experiment';
import { stackedPanels, type Figure } from '../../lib/plot';
import { BLACK, BLUE, GREEN, ORANGE, PURPLE, SKY_BLUE, VERMILLION } from './colors';
import { DOPAMINE_DELAY, RESOLUTION, runInPieces, seconds, transmitterAt } from './dopamine';

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

/** Readings of all synapses: [synapse][reading]; n is common to all. */
interface Log {
  readonly t: number[];
  readonly w: number[][];
  readonly c: number[][];
  readonly n: number[];
}

export const dopaminePairs = defineExperiment({
  name: 'dopamine-pairs',
  summary: 'Ten pairs of neurons, rewarded, then punished: traces c, n and w',
  reference: 'NESTML tutorial on dopamine-modulated STDP',
  defaultTime: 12_000,
  resolution: RESOLUTION,
  options: {
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
  },

  async run({ time, threads, seed, options, signal, progress }) {
    const { rate, weight, tau_n, tau_c, A_vt, interval } = options;
    const onGrid = (fractions: readonly number[]) =>
      fractions.map((f) => Math.max(1, Math.round(f * time)));
    const [reward, punishment] = [onGrid(REWARD), onGrid(PUNISHMENT)];
    const turn = Math.round((reward.at(-1)! + punishment[0]!) / 2);
    const kernel = new Kernel();
    try {
      progress('building', 0);
      kernel.SetKernelStatus({
        resolution: RESOLUTION,
        local_num_threads: threads,
        rng_seed: seed,
      });
      const noise = kernel.Create('poisson_generator', { rate });
      const parrots = kernel.Create('parrot_neuron', PAIRS);
      const neurons = kernel.Create('iaf_psc_delta_neuron', PAIRS);
      kernel.CopyModel('neuromodulated_stdp_synapse', 'plastic', {
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
      const synapses = kernel.GetConnections({ synapse_model: 'plastic' });
      const lists = () => Array.from({ length: PAIRS }, () => [] as number[]);
      const log: Log = { t: [], w: lists(), c: lists(), n: [] };
      const read = (t: number): void => {
        log.t.push(t);
        log.n.push((synapses.get('n') as Float64Array)[0]!);
        for (const [key, values] of [
          ['weight', log.w],
          ['c', log.c],
        ] as const) {
          (synapses.get(key) as Float64Array).forEach((value, i) => values[i]!.push(value));
        }
      };
      const half = (from: number, ms: number) =>
        runInPieces(
          kernel,
          {
            time: ms,
            interval,
            signal,
            progress: (phase, f) => progress(phase, (from + f * ms) / time),
          },
          (t) => {
            if (t > (log.t.at(-1) ?? -1)) read(t);
          },
        );
      await half(0, turn);
      kernel.SetDefaults('plastic', { A_vt: -A_vt });
      if (!signal.aborted) await half(turn, time - turn);
      const end = log.t.at(-1)!;
      const trains = spikeTrains(recorder.events, neurons.ids);
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
      return {
        parameters: { pairs: PAIRS, delay: DELAY, resolution: RESOLUTION },
        quantities: periods.flatMap(({ key, label, start, stop }): Quantity[] => {
          const count = spikesWithin(recorder.events.times, { start, stop }).length;
          const at = log.t.findLastIndex((t) => t <= stop);
          return [
            {
              key: `rate_${key}`,
              label: `mean rate ${label}`,
              value: meanRate(count, PAIRS, stop - start),
              unit: 'spikes/s',
            },
            {
              key: `weight_${key}`,
              label: `mean weight at the end of the time ${label}`,
              value: mean(log.w.map((w) => w[at]!)),
              unit: 'mV',
            },
          ];
        }),
        figures:
          end > 0
            ? [
                figure(
                  log,
                  Array.from(neurons.ids, (_, i) => train(trains, i)),
                  { reward, punishment, end, seed },
                ),
              ]
            : [],
        spikes: recorder.events,
        tables: [
          {
            name: 'traces',
            columns: {
              time_ms: log.t,
              n: log.n,
              ...Object.fromEntries(log.w.map((w, i) => [`w_${i + 1}`, w])),
              ...Object.fromEntries(log.c.map((c, i) => [`c_${i + 1}`, c])),
            },
          },
        ],
      };
    } finally {
      kernel.dispose();
    }
  },
});

function figure(
  log: Log,
  trains: readonly Float64Array[],
  {
    reward,
    punishment,
    end,
    seed,
  }: { reward: number[]; punishment: number[]; end: number; seed: number },
): Figure {
  const each = (values: readonly number[][]) =>
    values.map((y, i) => ({ name: `pair ${i + 1}`, color: COLORS[i]!, x: seconds(log.t), y }));
  const arrivals = (times: number[]) => seconds(times.map((t) => t + DOPAMINE_DELAY));
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
        { name: 'reward', color: GREEN, x: arrivals(reward) },
        { name: 'punishment', color: VERMILLION, x: arrivals(punishment) },
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
