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

/** Means of both. */
export const means = ({ rewarded, punished }: Classes<readonly number[]>): Classes<number> => ({
  rewarded: mean(rewarded),
  punished: mean(punished),
});

/** The middle between the mean counts of both classes. */
export function midpoint(counts: Classes<readonly number[]>): number {
  const { rewarded, punished } = means(counts);
  return (rewarded + punished) / 2;
}

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

/** The mean over all readouts of a job. */
export const overReadouts = ({ readouts }: ReadoutJob, of: (readout: number) => number): number =>
  mean(Array.from({ length: readouts }, (_, readout) => of(readout)));
