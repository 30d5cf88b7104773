// Simulation 3, run after run: two side by side, each in a kernel of its own, piece by piece.
import { Kernel } from '../../../lib';
import type { ExperimentContext } from '../../../lib/cli/experiment';
import { buildDrift, meanWeights, type MeanWeights, plasticWeights } from './drift-network';
import type { DriftSettings } from './drift-parameters';

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

/** What of a run is saved: its course, and its kernel while it is under way. */
interface SavedJob {
  readonly course: DriftCourse;
  readonly kernel?: Uint8Array;
}

/** Length of a piece, ms. */
export const pieceOf = ({ duration }: DriftJob): number => onGrid(PIECE * MS_PER_HOUR * duration);

/** Length of the whole, ms. */
export const lengthOf = ({ settings, duration }: DriftJob): number =>
  onGrid(settings.hours * MS_PER_HOUR * duration);

/** Whole ms. */
const onGrid = (ms: number): number => Math.max(1, Math.round(ms));

export const isDone = (job: DriftJob, { t }: DriftCourse): boolean =>
  t.length > 0 && t.at(-1)! * MS_PER_HOUR >= lengthOf(job) - 0.5;

/** A run under way. */
class DriftRun {
  readonly course: DriftCourse;
  readonly #job: DriftJob;
  readonly #kernel: Kernel;

  private constructor(job: DriftJob, kernel: Kernel, course: DriftCourse) {
    this.#job = job;
    this.#kernel = kernel;
    this.course = course;
  }

  /** Begins, or goes on from what was saved. */
  static async start(job: DriftJob, course: DriftCourse, state?: Uint8Array): Promise<DriftRun> {
    if (state !== undefined) {
      const { kernel } = await Kernel.LoadState(state);
      return new DriftRun(job, kernel, course);
    }
    const kernel = new Kernel();
    buildDrift(kernel, job.settings, job);
    const run = new DriftRun(job, kernel, course);
    run.#read();
    return run;
  }

  /** Simulates to the end of the next piece; not to it where the signal breaks it off. */
  async advance(signal: AbortSignal | undefined): Promise<void> {
    const now = Math.round(this.#kernel.biological_time);
    const piece = Math.min(pieceOf(this.#job), lengthOf(this.#job) - now);
    const done = await this.#kernel.Simulate(piece, signal ? { signal } : {}).then(
      () => true,
      (error: unknown) => {
        if (signal?.aborted !== true) throw error;
        return false;
      },
    );
    if (done) this.#read();
  }

  state(): Promise<Uint8Array> {
    return this.#kernel.SaveState();
  }

  dispose(): void {
    this.#kernel.dispose();
  }

  #read(): void {
    this.course.t.push(this.#kernel.biological_time / MS_PER_HOUR);
    this.course.weights.push(meanWeights(plasticWeights(this.#kernel), this.#job.settings));
  }
}

/**
 * Does the jobs in their order, as many at once as there are threads. Returns their courses, of
 * which those of an interrupted run end early, or are empty.
 */
export async function runJobs(
  jobs: readonly DriftJob[],
  {
    threads,
    signal,
    checkpoint,
    progress,
  }: Pick<ExperimentContext<unknown>, 'threads' | 'signal' | 'checkpoint'> & {
    readonly progress: (fraction: number, courses: readonly DriftCourse[]) => void;
  },
): Promise<readonly DriftCourse[]> {
  const saved = (await checkpoint?.resume<SavedJob[]>()) ?? [];
  const courses = jobs.map((_, i) => saved[i]?.course ?? { t: [], weights: [] });
  // Under way, but fewer threads may have other jobs to do first.
  const waiting = new Map(saved.map(({ kernel }, i) => [i, kernel] as const));
  const running = new Map<number, DriftRun>();
  const whole = jobs.reduce((sum, job) => sum + lengthOf(job), 0);
  const program = async (): Promise<SavedJob[]> =>
    Promise.all(
      courses.map(async (course, i) => {
        const kernel = (await running.get(i)?.state()) ?? waiting.get(i);
        return { course, ...(kernel && { kernel }) };
      }),
    );
  // A piece that is to be gone on from is not broken off.
  const breaksOff = checkpoint?.active === true ? undefined : signal;
  const advance = async (i: number): Promise<void> => {
    const [job, course] = [jobs[i]!, courses[i]!];
    const run = running.get(i) ?? (await DriftRun.start(job, course, waiting.get(i)));
    running.set(i, run);
    waiting.delete(i);
    await run.advance(breaksOff);
    if (!isDone(job, course)) return;
    run.dispose();
    running.delete(i);
  };
  try {
    for (;;) {
      await checkpoint?.offer(program);
      const left = courses.flatMap((course, i) => (isDone(jobs[i]!, course) ? [] : [i]));
      if (signal.aborted || left.length === 0) break;
      await Promise.all(left.slice(0, threads).map(advance));
      const done = courses.reduce((sum, { t }) => sum + (t.at(-1) ?? 0) * MS_PER_HOUR, 0);
      progress(done / whole, courses);
    }
  } finally {
    for (const run of running.values()) run.dispose();
  }
  return courses;
}
