// What is done, and seen, in a run of simulation 3.
import type { Kernel } from '../../../lib';
import { buildDrift, meanWeights, type MeanWeights, plasticWeights } from './drift-network';
import type { DriftSettings } from './drift-parameters';
import { type KindOfRun, simulated } from './jobs';

const MS_PER_HOUR = 3_600_000;
/** Biological time between two looks at the weights, h, in a run of the full length. */
const PIECE = 0.1;

/** A run that is to be done. */
export interface DriftJob {
  /** 1 … 6 */
  readonly experiment: number;
  readonly seed: number;
  readonly settings: DriftSettings;
  /** Shift of kappa, ms. */
  readonly shift: number;
  /** How much faster than published weights change, and part of the published duration. */
  readonly eta: number;
  readonly duration: number;
}

/** What a run has shown: mean weights at the beginning and after every piece. */
export interface DriftCourse {
  /** h */
  readonly t: number[];
  readonly weights: MeanWeights[];
}

/** Length of a piece, ms. */
export const pieceOf = ({ duration }: DriftJob): number => onGrid(PIECE * MS_PER_HOUR * duration);

/** Length of the whole, ms. */
export const lengthOf = ({ settings, duration }: DriftJob): number =>
  onGrid(settings.hours * MS_PER_HOUR * duration);

/** Whole ms. */
const onGrid = (ms: number): number => Math.max(1, Math.round(ms));

/** What is done for a job of simulation 3. */
export const driftRuns: KindOfRun<DriftJob, DriftCourse> = {
  empty: () => ({ t: [], weights: [] }),
  build: (kernel, job) => buildDrift(kernel, job.settings, job),
  begin: look,
  async advance(kernel, job, course, signal) {
    const now = Math.round(kernel.biological_time);
    const piece = Math.min(pieceOf(job), lengthOf(job) - now);
    const done = await simulated(kernel, piece, signal);
    if (done) look(kernel, job, course);
  },
  lengthOf,
  // Whole ms, but for the rounding of hours.
  doneOf: (_job, { t }) => Math.round((t.at(-1) ?? 0) * MS_PER_HOUR),
};

function look(kernel: Kernel, { settings }: DriftJob, { t, weights }: DriftCourse): void {
  t.push(kernel.biological_time / MS_PER_HOUR);
  weights.push(meanWeights(plasticWeights(kernel), settings));
}
