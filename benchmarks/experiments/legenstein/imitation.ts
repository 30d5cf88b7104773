// Simulation 2 of the paper: a neuron learns the spike times of another.
import { defineExperiment, type Quantity, type Table } from '../../../lib/cli/experiment';
import { type Figure, stackedPanels } from '../../../lib/plot';
import { BLUE, GREY, VERMILLION } from '../colors';
import { seedsOf } from '../learners';
import { NETWORK, TEST } from './imitation-parameters';
import {
  angleOf,
  type ImitationCourse,
  type ImitationJob,
  imitationRuns,
  misplaced,
  type Snapshot,
} from './imitation-run';
import { isDone, runJobs } from './jobs';
import { PLASTIC } from './plastic-parameters';
import { overRuns, runsThat } from './quantities';
import { deviationParameters, type Deviation } from './sourced';
import { STEP } from './step';

const MS_PER_MINUTE = 60_000;
/** Two hours, ms. */
const WHOLE = 120 * MS_PER_MINUTE;
/** `--quick`, ms. */
const QUICK = 5 * MS_PER_MINUTE;

/** What is asked of every run. */
export const IMITATION_CRITERIA = {
  /** Between the mean weights, in w_max. */
  difference: 0.75,
  /** Radians. */
  angle: 0.25,
  /** By which the correlation rises: in every run, and in the mean. */
  rise: { each: 0.08, mean: 0.15 },
};

export const imitationDeviations: readonly Deviation[] = [
  {
    key: 'inputs',
    published: 'spike trains with a fixed number of spikes, spread evenly over the run',
    here: 'Poisson trains with the same rate and dead time',
    reason: 'over two hours the numbers differ by a third of a percent',
  },
  {
    key: 'initial_weights',
    published: 'drawn from a normal distribution that is to be clipped, but is not',
    here: 'the same, and weights below 0 or above w_max begin there',
    reason: 'five standard deviations lie on either side',
  },
  {
    key: 'trial',
    published: 'the ten inputs that the learning neuron lacks have another weight when it is tried',
    here: 'they are left out then, as the caption says',
    reason: 'what the neuron can learn is what is tried',
  },
];

export const imitation = defineExperiment({
  name: 'legenstein-2',
  summary: 'A neuron learns to fire when another does, by a reward for how their spikes lie',
  reference:
    'R. Legenstein, D. Pecevski & W. Maass (2008), A learning theory for reward-modulated ' +
    'spike-timing-dependent plasticity with application to biofeedback, PLoS Comput. Biol. 4, ' +
    'e1000180, simulation 2 (figures 6, 7 and S6)',
  defaultTime: WHOLE,
  resolution: MS_PER_MINUTE,
  options: {
    seeds: {
      kind: 'number',
      description: 'runs, with seeds from --seed on',
      ...{ unit: 'n', default: 5, min: 1, max: 1000, step: 1 },
    },
    noise: {
      kind: 'number',
      description: "scale of the learning neuron's noise",
      ...{ default: 1, min: 0, max: 10 },
    },
    quick: {
      kind: 'flag',
      description: `${QUICK / MS_PER_MINUTE} minutes in place of two hours`,
      default: false,
      conflicts: 'time',
    },
  },
  resumable: true,

  async run({ time: wanted, threads, seed, options, signal, progress, checkpoint }) {
    const { noise, quick } = options;
    const time = quick ? QUICK : wanted;
    const seeds = seedsOf(seed, options.seeds);
    const jobs = seeds.map((own): ImitationJob => ({ seed: own, noise, time }));
    const courses = await runJobs(imitationRuns, jobs, {
      ...{ threads, signal, checkpoint },
      progress: (fraction, so) => progress('simulating', fraction, standing(jobs, so)),
    });
    const complete = courses.filter((course, i) => isDone(imitationRuns, jobs[i]!, course));
    const what = `noise × ${noise}, ${seeds.length} ${seeds.length === 1 ? 'run' : 'runs'}, seed ${seed}`;
    return {
      title: `A neuron learns the spikes of another, ${what}`,
      parameters: {
        noise,
        resolution: STEP,
        ...NETWORK,
        ...PLASTIC,
        ...deviationParameters(imitationDeviations),
      },
      quantities: quantitiesOf(complete),
      figures: complete.length > 0 ? [figure(complete, what, time)] : [],
      spikes: { times: new Float64Array(), senders: new Uint32Array() },
      tables: [courseTable(seeds, courses), weightTable(seeds, courses)],
    };
  },
});

function standing(jobs: readonly ImitationJob[], courses: readonly ImitationCourse[]): string {
  const done = jobs.filter((job, i) => isDone(imitationRuns, job, courses[i]!)).length;
  const last = courses.findLast(({ t }) => t.length > 1);
  if (!last) return '';
  return `${done} of ${jobs.length} runs, strong ${last.strong.at(-1)!.toFixed(2)}, weak ${last.weak.at(-1)!.toFixed(2)}`;
}

const riseOf = ({ snapshots }: ImitationCourse): number =>
  snapshots.at(-1)!.correlation - snapshots[0]!.correlation;

function quantitiesOf(complete: readonly ImitationCourse[]): Quantity[] {
  const last = ({ snapshots }: ImitationCourse): Snapshot => snapshots.at(-1)!;
  const over = (
    key: string,
    label: string,
    unit: string,
    valueOf: (course: ImitationCourse) => number,
  ): Quantity => overRuns(key, label, unit, complete.map(valueOf));
  const { difference, angle, rise } = IMITATION_CRITERIA;
  const met = complete.map(
    (course) =>
      course.strong.at(-1)! - course.weak.at(-1)! >= difference &&
      angleOf(last(course).weights) <= angle &&
      riseOf(course) >= rise.each,
  );
  return [
    over('strong', 'mean weight of inputs that the target has', 'w_max', (c) => c.strong.at(-1)!),
    over('weak', 'mean weight of the others', 'w_max', (c) => c.weak.at(-1)!),
    over('difference', 'difference of both', 'w_max', (c) => c.strong.at(-1)! - c.weak.at(-1)!),
    over('angle_before', 'angle to the target weights, at the beginning', 'rad', (c) =>
      angleOf(c.snapshots[0]!.weights),
    ),
    over('angle', 'and at the end', 'rad', (c) => angleOf(last(c).weights)),
    over('misplaced', `synapses on the wrong side of w_max/2, of ${NETWORK.inputs}`, '', (c) =>
      misplaced(last(c).weights),
    ),
    over(
      'correlation_before',
      "correlation of its spikes with the target's, at the beginning",
      '',
      (c) => c.snapshots[0]!.correlation,
    ),
    over('correlation', 'and at the end', '', (c) => last(c).correlation),
    over('rise', 'rise of the correlation', '', riseOf),
    runsThat('criteria_met', 'runs in which all that is asked is met', met),
  ];
}

/** Weights, correlations and angles over time (figures 7A, 7C and 7D). */
function figure(complete: readonly ImitationCourse[], what: string, time: number): Figure {
  const minutes = (ms: number): number => ms / MS_PER_MINUTE;
  const each = (
    name: string,
    color: string,
    valuesOf: (course: ImitationCourse) => readonly [number[], number[]],
    shape: 'line' | 'points' = 'line',
  ) =>
    complete.map((course) => {
      const [x, y] = valuesOf(course);
      return { name, color, shape, x: x.map(minutes), y };
    });
  const seen = (valueOf: (snapshot: Snapshot) => number) => (course: ImitationCourse) =>
    [course.snapshots.map(({ t }) => t), course.snapshots.map(valueOf)] as const;
  return {
    name: 'imitation',
    spec: stackedPanels({
      title: 'A neuron learns the spikes of another',
      subtitle: [
        what,
        `Correlation: spikes within ±${TEST.width} ms, ${(TEST.duration - TEST.start) / 1000} s without noise`,
      ],
      x: { title: 'time (min)', domain: [0, minutes(time)] },
      panels: [
        {
          kind: 'curves',
          title: ['mean weight', '(w_max)'],
          height: 170,
          domain: [0, 1],
          series: [
            ...each('inputs that the target has', BLUE, (c) => [c.t, c.strong]),
            ...each('other inputs', VERMILLION, (c) => [c.t, c.weak]),
          ],
        },
        {
          kind: 'curves',
          title: ['correlation with', "the target's spikes"],
          height: 130,
          legend: false,
          series: each('each run', GREY, (c) => [...seen((s) => s.correlation)(c)]),
        },
        {
          kind: 'curves',
          title: ['angle to the', 'target weights (rad)'],
          height: 130,
          legend: false,
          zero: true,
          series: each('each run', GREY, (c) => [...seen((s) => angleOf(s.weights))(c)]),
        },
      ],
    }),
  };
}

function courseTable(seeds: readonly number[], courses: readonly ImitationCourse[]): Table {
  const rows = courses.flatMap(({ t, strong, weak }, i) =>
    t.map((at, k) => ({ seed: seeds[i]!, t: at / 1000, strong: strong[k]!, weak: weak[k]! })),
  );
  return {
    name: 'courses',
    columns: {
      seed: rows.map((row) => row.seed),
      time_s: rows.map((row) => row.t),
      strong: rows.map((row) => row.strong),
      weak: rows.map((row) => row.weak),
    },
  };
}

/** All weights, at every look at them. */
function weightTable(seeds: readonly number[], courses: readonly ImitationCourse[]): Table {
  const rows = courses.flatMap(({ snapshots }, i) =>
    snapshots.flatMap(({ t, weights }) =>
      weights.map((weight, input) => ({ seed: seeds[i]!, t: t / 1000, input: input + 1, weight })),
    ),
  );
  return {
    name: 'weights',
    columns: {
      seed: rows.map((row) => row.seed),
      time_s: rows.map((row) => row.t),
      input: rows.map((row) => row.input),
      weight_nS: rows.map((row) => row.weight),
    },
  };
}
