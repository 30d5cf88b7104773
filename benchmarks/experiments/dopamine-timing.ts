import { Kernel } from '../../lib';
import { defineExperiment, type Quantity } from '../../lib/cli/experiment';
import { mergeSpikes } from '../../lib/analysis';
import { stackedPanels, type Figure } from '../../lib/plot';
import { BLUE, VERMILLION } from './colors';
import { DOPAMINE_DELAY, RESOLUTION, seconds, transmitterAt } from './dopamine';
import { nestmlOption, type TutorialModels, tutorialModels } from './nestml-models';
import { simulateTo } from './simulation';

const PRE = 1;
const POST = 3;
const DELAY = 0.5;
const WEIGHT = 1;
/** Spikes are one step of a parrot, or of a connection, later than their generators' times, ms. */
const GENERATOR_DELAY = 1;
const A_VT = [1, -1] as const;
const SYNAPSE = { tau_tr_pre: 10, tau_c: 1000, tau_n: 200, A_plus: 1 };

/** Weight after `time` ms with dopamine given at `dopamine` ms: the exact solution. */
export function finalWeight(A_vt: number, dopamine: number, time: number): number {
  const { tau_tr_pre, tau_c, tau_n, A_plus } = SYNAPSE;
  const tau_s = 1 / tau_c + 1 / tau_n;
  const facilitated = POST + GENERATOR_DELAY + DELAY;
  const arrival = dopamine + DOPAMINE_DELAY;
  if (arrival >= time) return WEIGHT;
  const c = A_plus * Math.exp(-(facilitated - PRE - GENERATOR_DELAY) / tau_tr_pre);
  const c_then = c * Math.exp(-(arrival - facilitated) / tau_c);
  const dw = (A_vt / tau_n / tau_s) * c_then * -Math.expm1(-tau_s * (time - arrival));
  return Math.max(0, WEIGHT + dw);
}

export const dopamineTiming = defineExperiment({
  name: 'dopamine-timing',
  summary: 'Weight of a synapse against the time of the dopamine spike',
  reference: 'NESTML tutorial on dopamine-modulated STDP',
  defaultTime: 10_000,
  resolution: RESOLUTION,
  options: {
    points: {
      kind: 'number',
      description: 'times of dopamine, for either sign',
      default: 12,
      min: 2,
      max: 1000,
      step: 1,
    },
    latest: {
      kind: 'number',
      description: 'latest time of dopamine',
      unit: 'ms',
      default: 5000,
      min: 5,
      step: 1,
    },
    nestml: nestmlOption,
  },

  resumable: true,

  async run({ time, threads, seed, options, signal, progress, checkpoint }) {
    const { points, latest, nestml } = options;
    const earliest = 4;
    const dopamine = Array.from({ length: points }, (_, k) =>
      Math.round(earliest + ((latest - earliest) * k) / (points - 1)),
    );
    const kernel = new Kernel();
    try {
      progress('building', 0);
      kernel.SetKernelStatus({
        resolution: RESOLUTION,
        local_num_threads: threads,
        rng_seed: seed,
      });
      const conditions = A_VT.flatMap((A_vt) => dopamine.map((t) => ({ A_vt, t })));
      const models = await tutorialModels(kernel, nestml);
      const { spikes_pre, spikes_post } = buildPairs(kernel, conditions, models);
      await checkpoint?.resume(kernel);
      await simulateTo(kernel, time, {
        ...{ signal, checkpoint },
        progress: (fraction) => progress('simulating', fraction),
      });
      const end = kernel.GetKernelStatus('biological_time');
      const weights = conditions.map(
        (_, i) => kernel.GetConnections({ synapse_model: `plastic_${i}` }).at(0).weight,
      );
      const worst = conditions.reduce(
        (most, { A_vt, t }, i) => Math.max(most, Math.abs(weights[i]! - finalWeight(A_vt, t, end))),
        0,
      );
      const outcome = {
        dopamine,
        reward: weights.slice(0, points),
        punishment: weights.slice(points),
        worst,
        end,
      };
      return {
        parameters: { pre: PRE, post: POST, delay: DELAY, weight: WEIGHT, ...SYNAPSE },
        quantities: quantitiesOf(outcome),
        figures: [figure(outcome)],
        spikes: mergeSpikes(spikes_pre.events, spikes_post.events),
        tables: [
          {
            name: 'weights',
            columns: {
              dopamine_ms: dopamine,
              w_reward: outcome.reward,
              w_punishment: outcome.punishment,
            },
          },
        ],
      };
    } finally {
      kernel.dispose();
    }
  },
});

/** Sign and time of the one dopamine spike, ms. */
interface Condition {
  readonly A_vt: number;
  readonly t: number;
}

/** Makes a pair of neurons for each condition, with a transmitter of its own; the first is common. */
function buildPairs(kernel: Kernel, conditions: readonly Condition[], models: TutorialModels) {
  const generators = kernel.Create('spike_generator', 2, { spike_times: [[PRE], [POST]] });
  const pre = kernel.Create('parrot_neuron');
  const post = kernel.Create(models.delta, conditions.length);
  kernel.Connect(generators.at(0), pre, 'all_to_all', { delay: GENERATOR_DELAY });
  kernel.Connect(generators.at(1), post, 'all_to_all', {
    weight: 9999,
    delay: GENERATOR_DELAY,
  });
  conditions.forEach(({ A_vt, t }, i) => {
    const synapse_model = `plastic_${i}`;
    kernel.CopyModel(models.synapse, synapse_model, {
      volume_transmitter: transmitterAt(kernel, [t]),
      ...SYNAPSE,
      A_vt,
    });
    kernel.Connect(pre, post.at(i), 'all_to_all', {
      synapse_model,
      weight: WEIGHT,
      delay: DELAY,
    });
  });
  const spikes_pre = kernel.Create('spike_recorder');
  const spikes_post = kernel.Create('spike_recorder');
  kernel.Connect(pre, spikes_pre);
  kernel.Connect(post, spikes_post);
  return { spikes_pre, spikes_post };
}

interface Outcome {
  /** Times of the dopamine spike, ms, and the final weight for each, for either sign. */
  readonly dopamine: readonly number[];
  readonly reward: readonly number[];
  readonly punishment: readonly number[];
  /** Largest deviation from the exact solution. */
  readonly worst: number;
  readonly end: number;
}

function quantitiesOf({ dopamine, reward, punishment, worst }: Outcome): Quantity[] {
  const ends = (name: string, weights: readonly number[]): Quantity[] => [
    {
      key: `w_first_${name}`,
      label: `weight, ${name} at ${dopamine[0]!} ms`,
      value: weights[0]!,
      unit: '',
    },
    {
      key: `w_last_${name}`,
      label: `weight, ${name} at ${dopamine.at(-1)!} ms`,
      value: weights.at(-1)!,
      unit: '',
    },
  ];
  return [
    ...ends('reward', reward),
    ...ends('punishment', punishment),
    {
      key: 'closed_form_error',
      label: 'largest deviation from the exact solution',
      value: worst,
      unit: '',
    },
  ];
}

function figure({ dopamine, reward, punishment, end }: Outcome): Figure {
  const latest = dopamine.at(-1)!;
  const fine = Array.from(
    { length: 201 },
    (_, k) => dopamine[0]! + ((latest - dopamine[0]!) * k) / 200,
  );
  const both = (name: string, A_vt: number, color: string, w: readonly number[]) => [
    {
      name,
      color,
      x: seconds(fine),
      y: fine.map((t) => finalWeight(A_vt, t, end)),
    },
    { name, color, x: seconds(dopamine), y: w, shape: 'points' as const },
  ];
  return {
    name: 'dopamine-timing',
    spec: stackedPanels({
      title: 'Credit for a pair of spikes fades until dopamine comes',
      subtitle: [
        `One presynaptic spike at ${PRE + GENERATOR_DELAY} ms, one postsynaptic spike at ${POST + GENERATOR_DELAY} ms, ` +
          'one dopamine spike',
        `Weight after ${end / 1000} s, initially ${WEIGHT}; dots: simulated, lines: exact solution`,
      ],
      x: {
        title: 'time of the dopamine spike (s)',
        domain: [-0.02 * (latest / 1000), (1.02 * latest) / 1000],
      },
      panels: [
        {
          kind: 'curves',
          title: 'final weight',
          height: 300,
          rules: [WEIGHT],
          series: [
            ...both('reward (A_vt = 1)', A_VT[0], BLUE, reward),
            ...both('punishment (A_vt = −1)', A_VT[1], VERMILLION, punishment),
          ],
        },
      ],
    }),
  };
}
