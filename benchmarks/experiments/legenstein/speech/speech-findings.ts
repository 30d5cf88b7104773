// What a run of simulation 5 has found.
import {
  type Classes,
  growthOver,
  type ReadoutRun,
  spikesOver,
  toldApart,
} from '../readout-measures';
import type { Response } from './liquid';
import { type PairSums, pairSums } from './pair-sums';
import { SPEECH } from './speech-parameters';
import type { Phase, SpeechTrial } from './speech-plan';

export type SpeechRun = ReadoutRun<SpeechTrial>;

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

export function findingOf(
  runs: readonly SpeechRun[],
  responses: readonly Response[],
): SpeechFinding {
  /** Takes that are held out, told apart by the midpoint of those that are not. */
  const heldOut = (when: 'before' | 'after'): number =>
    toldApart(runs, `held out ${when}` satisfies Phase, when satisfies Phase);
  return {
    before: spikesOver(runs, 'held out before' satisfies Phase),
    after: spikesOver(runs, 'held out after' satisfies Phase),
    accuracy: { before: heldOut('before'), after: heldOut('after') },
    variance: growthOver(runs, 'free before' satisfies Phase, 'free after' satisfies Phase),
    rho: rhoOf(runs, responses),
  };
}
