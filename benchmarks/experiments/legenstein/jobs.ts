// Runs of an experiment, one after the other and some side by side, each in a kernel of its own,
// piece by piece.
import { Kernel } from '../../../lib';
import type { ExperimentContext } from '../../../lib/cli/experiment';

/** A kind of run: what is done for a job, and what is seen of it. */
export interface KindOfRun<Job, Course> {
  /** What has been seen before the run begins. */
  empty(): Course;
  /** Makes the network in an empty kernel. */
  build(kernel: Kernel, job: Job): void;
  /** Looks at the network at the beginning. */
  begin?(kernel: Kernel, job: Job, course: Course): void;
  /**
   * Simulates the next piece and looks at the network; where the signal breaks it off, the course
   * stays as it was.
   */
  advance(kernel: Kernel, job: Job, course: Course, signal: AbortSignal | undefined): Promise<void>;
  /** How much there is to do, and how much of it is done, in any unit that all jobs share. */
  lengthOf(job: Job): number;
  doneOf(job: Job, course: Course): number;
}

export const isDone = <Job, Course>(
  kind: KindOfRun<Job, Course>,
  job: Job,
  course: Course,
): boolean => kind.doneOf(job, course) >= kind.lengthOf(job);

/** What of a run is saved: its course, and its kernel while it is under way. */
interface SavedJob<Course> {
  readonly course: Course;
  readonly kernel?: Uint8Array;
}

/**
 * Does the jobs in their order, as many at once as there are threads. Returns their courses, of
 * which those of an interrupted run end early, or are empty.
 */
export async function runJobs<Job, Course>(
  kind: KindOfRun<Job, Course>,
  jobs: readonly Job[],
  {
    threads,
    signal,
    checkpoint,
    progress,
  }: Pick<ExperimentContext<unknown>, 'threads' | 'signal' | 'checkpoint'> & {
    readonly progress: (fraction: number, courses: readonly Course[]) => void;
  },
): Promise<readonly Course[]> {
  const saved = (await checkpoint?.resume<SavedJob<Course>[]>()) ?? [];
  const courses = jobs.map((_, i) => saved[i]?.course ?? kind.empty());
  // Under way, but fewer threads may have other jobs to do first.
  const waiting = new Map(saved.map(({ kernel }, i) => [i, kernel] as const));
  const running = new Map<number, Kernel>();
  const program = async (): Promise<SavedJob<Course>[]> =>
    Promise.all(
      courses.map(async (course, i) => {
        const kernel = (await running.get(i)?.SaveState()) ?? waiting.get(i);
        return { course, ...(kernel && { kernel }) };
      }),
    );
  // A piece that is to be gone on from is not broken off.
  const breaksOff = checkpoint?.active === true ? undefined : signal;
  const advance = async (i: number): Promise<void> => {
    const [job, course] = [jobs[i]!, courses[i]!];
    const kernel = running.get(i) ?? (await start(kind, job, course, waiting.get(i)));
    running.set(i, kernel);
    waiting.delete(i);
    await kind.advance(kernel, job, course, breaksOff);
    if (!isDone(kind, job, course)) return;
    kernel.dispose();
    running.delete(i);
  };
  const whole = jobs.reduce((sum, job) => sum + kind.lengthOf(job), 0);
  try {
    for (;;) {
      await checkpoint?.offer(program);
      const left = courses.flatMap((course, i) => (isDone(kind, jobs[i]!, course) ? [] : [i]));
      if (signal.aborted || left.length === 0) break;
      await Promise.all(left.slice(0, threads).map(advance));
      const done = courses.reduce((sum, course, i) => sum + kind.doneOf(jobs[i]!, course), 0);
      progress(done / whole, courses);
    }
  } finally {
    for (const kernel of running.values()) kernel.dispose();
  }
  return courses;
}

/** Simulates so many ms; false where the signal has broken that off. */
export const simulated = (
  kernel: Kernel,
  ms: number,
  signal: AbortSignal | undefined,
): Promise<boolean> =>
  kernel.Simulate(ms, signal ? { signal } : {}).then(
    () => true,
    (error: unknown) => {
      if (signal?.aborted !== true) throw error;
      return false;
    },
  );

/** A kernel with the network as it was made, or as it was saved. */
async function start<Job, Course>(
  kind: KindOfRun<Job, Course>,
  job: Job,
  course: Course,
  state: Uint8Array | undefined,
): Promise<Kernel> {
  if (state !== undefined) return (await Kernel.LoadState(state)).kernel;
  const kernel = new Kernel();
  kind.build(kernel, job);
  kind.begin?.(kernel, job, course);
  return kernel;
}
