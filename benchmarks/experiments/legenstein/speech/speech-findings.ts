// What a run of simulation 5 has found.
import { mean } from '../../../../lib/analysis';
import {
  accuracy,
  type Classes,
  countsOf,
  means,
  midpoint,
  overReadouts,
  varianceOf,
} from '../readout-measures';
import type { ReadoutCourse, ReadoutJob } from '../readout-run';
import { type PairSums, pairSums } from './pair-sums';
import type { Response } from './liquid';
import { SPEECH } from './speech-parameters';
import type { Phase, SpeechTrial } from './speech-plan';

/** A job and what it has shown. */
export interface SpeechRun {
  readonly job: ReadoutJob<SpeechTrial>;
  readonly course: ReadoutCourse;
}

/** Means over all readouts. */
export interface SpeechFinding {
  /** Spikes a trial, of takes that are held out. */
  readonly before: Classes<number>;
  readonly after: Classes<number>;
  /** Parts of trials of these takes that are told apart. */
  readonly accuracy: { readonly before: number; readonly after: number };
  /** Variance of the potential afterwards over that before. */
  readonly variance: Classes<number>;
  /** LTP over LTD, of the trials of learning: all, and by class. */
  readonly rho: { readonly all: number } & Classes<number>;
}

/** The mean over the readouts of all jobs. */
const over = (
  runs: readonly SpeechRun[],
  of: (run: SpeechRun, readout: number) => number,
): number => mean(runs.map((run) => overReadouts(run.job, (readout) => of(run, readout))));

const counts = ({ job, course }: SpeechRun, readout: number, phase: Phase) =>
  countsOf(job, course, readout, phase);

function spikes(runs: readonly SpeechRun[], phase: Phase): Classes<number> {
  const of = (name: keyof Classes<number>): number =>
    over(runs, (run, readout) => means(counts(run, readout, phase))[name]);
  return { rewarded: of('rewarded'), punished: of('punished') };
}

/** Takes that are held out, told apart by the midpoint of those that are not. */
const toldApart = (runs: readonly SpeechRun[], phase: 'before' | 'after'): number =>
  over(runs, (run, readout) =>
    accuracy(counts(run, readout, `held out ${phase}`), midpoint(counts(run, readout, phase))),
  );

function growth(runs: readonly SpeechRun[]): Classes<number> {
  const of = (name: keyof Classes<number>): number =>
    over(runs, ({ job, course }, readout) => {
      const seen = (phase: Phase): number => varianceOf(job, course, readout, phase)[name];
      return seen('free after') / seen('free before');
    });
  return { rewarded: of('rewarded'), punished: of('punished') };
}

function rhoOf(runs: readonly SpeechRun[], responses: readonly Response[]): SpeechFinding['rho'] {
  const sums = runs.flatMap(({ job, course }) =>
    job.trials.flatMap(({ learns, sign }, i) => {
      if (!learns) return [];
      const trains = course.spikes[i]!.map((times) => times.map((time) => time - SPEECH.onset));
      return pairSums(responses[i]!, trains).map((sum) => ({ ...sum, sign }));
    }),
  );
  const ratio = (chosen: readonly PairSums[]): number =>
    chosen.reduce((sum, { ltp }) => sum + ltp, 0) / chosen.reduce((sum, { ltd }) => sum + ltd, 0);
  return {
    all: ratio(sums),
    rewarded: ratio(sums.filter(({ sign }) => sign === 1)),
    punished: ratio(sums.filter(({ sign }) => sign === -1)),
  };
}

export const findingOf = (
  runs: readonly SpeechRun[],
  responses: readonly Response[],
): SpeechFinding => ({
  before: spikes(runs, 'held out before'),
  after: spikes(runs, 'held out after'),
  accuracy: { before: toldApart(runs, 'before'), after: toldApart(runs, 'after') },
  variance: growth(runs),
  rho: rhoOf(runs, responses),
});
