// The readouts of simulations 4 and 5: what is done in a trial, and what is measured of it; and
// simulation 4 for a short time.
import { discrimination } from '../../../benchmarks/experiments/legenstein/discrimination';
import {
  NETWORK,
  PROTOCOL,
} from '../../../benchmarks/experiments/legenstein/discrimination-parameters';
import {
  discriminationJob,
  drawPatterns,
  patternTrials,
} from '../../../benchmarks/experiments/legenstein/discrimination-plan';
import {
  accuracy,
  countsIn,
  countsOf,
  growthOver,
  midpoint,
  spikesOver,
  standingOf,
  toldApart,
  varianceOf,
} from '../../../benchmarks/experiments/legenstein/readout-measures';
import { readoutsIn, weightsOf } from '../../../benchmarks/experiments/legenstein/readout-network';
import {
  type ReadoutCourse,
  type ReadoutJob,
  readoutRuns,
  type TrialPlan,
} from '../../../benchmarks/experiments/legenstein/readout-run';
import { Kernel, random } from '../../../lib';
import { column, found, run, valuesOf } from './running';

jest.setTimeout(120_000);

const plan = (phase: string, sign: 1 | -1, more: Partial<TrialPlan> = {}): TrialPlan => ({
  ...{ phase, sign, free: false, watched: false, learns: false },
  ...more,
});

const timing = { length: 1500, onset: 50, counted: 600, watched: 300 };

/** Twenty inputs that all fire at 100, 120 and 140 ms of every trial. */
const job = (trials: readonly TrialPlan[], more: Partial<ReadoutJob> = {}): ReadoutJob => ({
  ...{
    seed: 3,
    readouts: 2,
    tau_syn: 5,
    transmission: 'static',
    w_max: 4,
    ratio: 0.5,
    reward: 0.01,
  },
  ...{ timing, trials },
  times: () =>
    Array.from({ length: 20 }, () =>
      trials.flatMap((_, k) => [100, 120, 140].map((time) => k * timing.length + time)),
    ),
  ...more,
});

/** All trials of a job, and the weights after each. */
async function doAll(todo: ReadoutJob): Promise<{ course: ReadoutCourse; weights: number[][][] }> {
  const kernel = new Kernel();
  try {
    const course = readoutRuns.empty();
    readoutRuns.build(kernel, todo);
    const weights = [weightsOf(kernel, readoutsIn(kernel, todo.readouts), todo)];
    while (course.spikes.length < todo.trials.length) {
      await readoutRuns.advance(kernel, todo, course, undefined);
      weights.push(weightsOf(kernel, readoutsIn(kernel, todo.readouts), todo));
    }
    return { course, weights };
  } finally {
    kernel.dispose();
  }
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

describe('a trial', () => {
  test.each(['static', 'dynamic'] as const)(
    'makes weights grow where spikes are rewarded, and shrink where they are punished: %s',
    async (transmission) => {
      const trials = [
        plan('before', 1),
        plan('training', 1, { learns: true }),
        plan('training', -1, { learns: true }),
        plan('after', -1),
      ];
      const { course, weights } = await doAll(job(trials, { transmission }));
      const [first, tested, rewarded, punished, last] = weights.map((each) => each.map(mean));
      expect(course.spikes[1]!.every((times) => times.length > 0)).toBe(true);
      for (const readout of [0, 1]) {
        expect(tested![readout]).toBe(first![readout]);
        expect(rewarded![readout]).toBeGreaterThan(first![readout]! + 1e-3);
        expect(punished![readout]).toBeLessThan(rewarded![readout]! - 1e-3);
        expect(last![readout]).toBe(punished![readout]);
      }
      // Each has weights, noise and a reward of its own.
      expect(rewarded![0]! - first![0]!).not.toBe(rewarded![1]! - first![1]!);
    },
  );

  test('has no spikes where the threshold is out of reach, and potentials where they are watched', async () => {
    const trials = [
      plan('free before', 1, { free: true, watched: true }),
      plan('watched before', 1, { watched: true }),
      plan('before', 1),
    ];
    const { course } = await doAll(job(trials));
    expect(course.spikes[0]).toEqual([[], []]);
    expect(course.spikes[2]!.flat().length).toBeGreaterThan(0);
    expect(course.potentials.map((seen) => seen?.first.length)).toEqual([250, 250, undefined]);
    const [free, watched] = course.potentials as { first: number[]; variances: number[] }[];
    expect(Math.max(...free!.first)).toBeGreaterThan(-59);
    expect(Math.max(...watched!.first)).toBeLessThanOrEqual(-59);
    expect(Math.min(...free!.variances)).toBeGreaterThan(0);
    const centre = mean(free!.first);
    expect(free!.variances[0]).toBeCloseTo(mean(free!.first.map((v) => (v - centre) ** 2)), 9);
  });

  test('that is broken off leaves the course as it was', async () => {
    const kernel = new Kernel();
    const todo = job([plan('before', 1)]);
    const course = readoutRuns.empty();
    readoutRuns.build(kernel, todo);
    await readoutRuns.advance(kernel, todo, course, AbortSignal.abort());
    expect(course).toEqual(readoutRuns.empty());
    kernel.dispose();
  });
});

describe('what is measured', () => {
  const trials = [plan('a', 1), plan('a', -1), plan('b', 1), plan('a', 1), plan('a', -1)];
  const course: ReadoutCourse = {
    // Of two readouts; 50 is no longer, 600 is still counted.
    spikes: [
      [[50, 51, 600], [10]],
      [[700], [70, 71]],
      [[100], [100]],
      [[60, 61, 62, 63], []],
    ],
    potentials: [
      { variances: [2, 20], first: [] },
      { variances: [6, 60], first: [] },
      undefined,
      { variances: [4, 40], first: [] },
    ],
  };
  const todo = job(trials);

  test('spikes that count, by trial, and by readout, phase and class', () => {
    expect([0, 1, 2, 3].map((trial) => countsIn(todo, course, trial))).toEqual([
      [2, 0],
      [0, 2],
      [1, 1],
      [4, 0],
    ]);
    expect(countsOf(todo, course, 0, 'a')).toEqual({ rewarded: [2, 4], punished: [0] });
    expect(countsOf(todo, course, 1, 'a')).toEqual({ rewarded: [0, 0], punished: [2] });
    expect(spikesOver([{ job: todo, course }], 'a')).toEqual({ rewarded: 1.5, punished: 1 });
  });

  test('mean variances', () => {
    expect(varianceOf(todo, course, 0, 'a')).toEqual({ rewarded: 3, punished: 6 });
    expect(varianceOf(todo, course, 1, 'a')).toEqual({ rewarded: 30, punished: 60 });
  });

  test('over all readouts of all runs', () => {
    const runs = [
      { job: todo, course },
      { job: { ...todo, readouts: 1 }, course },
    ];
    expect(spikesOver(runs, 'a')).toEqual({ rewarded: (3 + 0 + 3) / 3, punished: (0 + 2 + 0) / 3 });
    expect(toldApart(runs, 'a', 'a')).toBe((1 + 0 + 1) / 3);
    expect(growthOver(runs, 'a', 'a')).toEqual({ rewarded: 1, punished: 1 });
  });

  test('how things stand, of the last run that has begun', () => {
    const names = { rewarded: 'P', punished: 'N' };
    const begun = { job: todo, course };
    const waiting = { job: todo, course: readoutRuns.empty() };
    expect(standingOf([begun, waiting], names)).toBe('a, trial 4: 1.3 spikes for P, 1.0 for N');
    expect(standingOf([waiting], names)).toBe('');
  });

  test('how well classes are told apart', () => {
    expect(midpoint({ rewarded: [4, 6], punished: [1, 2, 3] })).toBe(3.5);
    expect(accuracy({ rewarded: [4, 6], punished: [1, 2, 3] }, 3.5)).toBe(1);
    expect(accuracy({ rewarded: [1, 2], punished: [5, 4] }, 3)).toBe(0);
    expect(accuracy({ rewarded: [3, 4], punished: [3, 3] }, 3)).toBe((0.5 + 1 + 0.5 + 0.5) / 4);
  });
});

describe('patterns', () => {
  test('each input fires once, at any time of the pattern', () => {
    const { P, N } = drawPatterns(random.stream(4));
    for (const times of [P, N]) {
      expect(times).toHaveLength(NETWORK.inputs);
      expect(Math.min(...times)).toBeGreaterThan(0);
      expect(Math.max(...times)).toBeLessThanOrEqual(NETWORK.pattern);
      expect(mean(times)).toBeGreaterThan(200);
      expect(mean(times)).toBeLessThan(300);
    }
    expect(P).not.toEqual(N);
  });

  test('take turns in all phases, and are learned in one', () => {
    const trials = patternTrials(PROTOCOL.training);
    expect(trials).toHaveLength(10 + 50 + 1000 + 50 + 10);
    expect(trials.filter(({ pattern }) => pattern === 'P')).toHaveLength(trials.length / 2);
    expect(trials.filter(({ learns }) => learns)).toHaveLength(1000);
    expect(trials.filter(({ free }) => free).map(({ watched }) => watched)).not.toContain(false);
    expect(trials.every(({ pattern, sign }) => (pattern === 'P') === (sign === 1))).toBe(true);
  });

  test('are heard after the onset of every trial', () => {
    const trials = patternTrials(0).slice(0, 3);
    const { P, N } = drawPatterns(random.stream(9));
    const job9 = discriminationJob({ seed: 9, readouts: 1, factor: 2 }, trials);
    expect(job9.reward).toBeCloseTo(2 * NETWORK.A, 12);
    const times = job9.times();
    expect(times).toHaveLength(NETWORK.inputs);
    expect(times[7]).toEqual([50 + P[7]!, 3050 + N[7]!, 6050 + P[7]!]);
  });
});

describe('legenstein-4', () => {
  const few = { pairs: 2, readouts: 2 };
  const SHORT = 60_000;

  test('more spikes for P than before, with one thread or two', async () => {
    const result = await run(discrimination, SHORT, few);
    const values = valuesOf(result);
    expect(values.after_P! - values.after_N!).toBeGreaterThan(values.before_P! - values.before_N!);
    expect(column(result, 'trials', 'trial')).toHaveLength(2 * (120 + 20));
    expect(result.figures.map(({ name }) => name)).toEqual([
      'discrimination',
      'discrimination-rasters',
      'discrimination-potentials',
    ]);
    expect(found(await run(discrimination, SHORT, few, { threads: 2 }))).toEqual(found(result));
  });

  test('with the reward times e weights change by more', async () => {
    const lead = async (reward: string): Promise<number> => {
      const { after_P, after_N } = valuesOf(
        await run(discrimination, SHORT, { ...few, pairs: 1, reward }),
      );
      return after_P! - after_N!;
    };
    expect(await lead('e')).toBeGreaterThan(await lead('1'));
  });

  test('an interrupted run has no numbers, but figures of what was done', async () => {
    const abort = new AbortController();
    let told = 0;
    const result = await run(discrimination, SHORT, few, {
      abort,
      progress: () => {
        if (++told === 14) abort.abort();
      },
    });
    expect(valuesOf(result)).toMatchObject({ accuracy: NaN, different: NaN });
    expect(column(result, 'trials', 'trial')).toHaveLength(14);
    expect(result.figures.length).toBeGreaterThan(0);
  });
});
