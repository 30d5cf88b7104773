// What readouts have learned: how many spikes each of the two classes gets, how well they are told
// apart by that, and how potentials vary.
import { mean } from '../../../lib/analysis';
import type { ReadoutCourse, ReadoutJob, TrialPlan } from './readout-run';

/** One of each class: that whose spikes are rewarded, and that whose spikes are punished. */
export interface Classes<Value> {
  readonly rewarded: Value;
  readonly punished: Value;
}

export const ofClasses = <Value>(of: (sign: TrialPlan['sign']) => Value): Classes<Value> => ({
  rewarded: of(1),
  punished: of(-1),
});

/** Trials of a phase in which spikes have that reward, by number, as far as they were done. */
const trialsOf = (
  { trials }: ReadoutJob,
  { spikes }: ReadoutCourse,
  phase: string,
  sign: TrialPlan['sign'],
): number[] =>
  spikes.flatMap((_, i) => (trials[i]!.phase === phase && trials[i]!.sign === sign ? [i] : []));

/** How many spikes of a trial count, by readout. */
export const countsIn = ({ timing }: ReadoutJob, { spikes }: ReadoutCourse, trial: number) =>
  spikes[trial]!.map(
    (times) => times.filter((time) => time > timing.onset && time <= timing.counted).length,
  );

/** How many spikes of a readout count in each trial of a phase. */
export const countsOf = (
  job: ReadoutJob,
  course: ReadoutCourse,
  readout: number,
  phase: string,
): Classes<number[]> =>
  ofClasses((sign) =>
    trialsOf(job, course, phase, sign).map((trial) => countsIn(job, course, trial)[readout]!),
  );

/** Mean variance of a readout's potential in the trials of a phase, mV². */
export const varianceOf = (
  job: ReadoutJob,
  course: ReadoutCourse,
  readout: number,
  phase: string,
): Classes<number> =>
  ofClasses((sign) =>
    mean(
      trialsOf(job, course, phase, sign).map(
        (trial) => course.potentials[trial]!.variances[readout]!,
      ),
    ),
  );

/** The middle between the mean counts of both classes. */
export const midpoint = ({ rewarded, punished }: Classes<readonly number[]>): number =>
  (mean(rewarded) + mean(punished)) / 2;

/**
 * Part of the trials that counts tell apart: more spikes than the threshold where they are
 * rewarded. A count at the threshold is half right.
 */
export function accuracy(
  { rewarded, punished }: Classes<readonly number[]>,
  threshold: number,
): number {
  const right = (count: number, sign: TrialPlan['sign']): number =>
    count === threshold ? 0.5 : Number(sign * (count - threshold) > 0);
  return mean([
    ...rewarded.map((count) => right(count, 1)),
    ...punished.map((count) => right(count, -1)),
  ]);
}

/** A job and what it has shown. */
export interface ReadoutRun<Plan extends TrialPlan = TrialPlan> {
  readonly job: ReadoutJob<Plan>;
  readonly course: ReadoutCourse;
}

/** Jobs with what they have shown. */
export const paired = <Plan extends TrialPlan>(
  jobs: readonly ReadoutJob<Plan>[],
  courses: readonly ReadoutCourse[],
): ReadoutRun<Plan>[] => jobs.map((job, i) => ({ job, course: courses[i]! }));

/** The mean over the readouts of all runs. */
const overReadouts = (
  runs: readonly ReadoutRun[],
  of: (run: ReadoutRun, readout: number) => number,
): number =>
  mean(
    runs.flatMap((run) =>
      Array.from({ length: run.job.readouts }, (_, readout) => of(run, readout)),
    ),
  );

/** Spikes in a trial of a phase. */
export function spikesOver(runs: readonly ReadoutRun[], phase: string): Classes<number> {
  const of = (name: keyof Classes<number>): number =>
    overReadouts(runs, ({ job, course }, readout) =>
      mean(countsOf(job, course, readout, phase)[name]),
    );
  return { rewarded: of('rewarded'), punished: of('punished') };
}

/** Part of the trials of a phase that the midpoint of those of another tells apart. */
export const toldApart = (runs: readonly ReadoutRun[], phase: string, trained: string): number =>
  overReadouts(runs, ({ job, course }, readout) =>
    accuracy(
      countsOf(job, course, readout, phase),
      midpoint(countsOf(job, course, readout, trained)),
    ),
  );

/** Variance of the potential in a phase over that in one before. */
export function growthOver(
  runs: readonly ReadoutRun[],
  before: string,
  after: string,
): Classes<number> {
  const of = (name: keyof Classes<number>): number =>
    overReadouts(runs, ({ job, course }, readout) => {
      const seen = (phase: string): number => varianceOf(job, course, readout, phase)[name];
      return seen(after) / seen(before);
    });
  return { rewarded: of('rewarded'), punished: of('punished') };
}

/** Over how many trials it is told how a run stands. */
const RECENT = 40;

/** How the run that is under way stands, for who waits for it. */
export function standingOf(runs: readonly ReadoutRun[], names: Classes<string>): string {
  const run = runs.findLast(({ course }) => course.spikes.length > 1);
  if (!run) return '';
  const { job, course } = run;
  const done = course.spikes.length;
  const recent = Array.from({ length: Math.min(RECENT, done) }, (_, k) => done - 1 - k);
  const of = (sign: TrialPlan['sign']): string => {
    const own = recent.filter((trial) => job.trials[trial]!.sign === sign);
    return mean(own.map((trial) => mean(countsIn(job, course, trial)))).toFixed(1);
  };
  const { phase } = job.trials[done - 1]!;
  return `${phase}, trial ${done}: ${of(1)} spikes for ${names.rewarded}, ${of(-1)} for ${names.punished}`;
}
