import { parentPort, workerData } from 'node:worker_threads';
import type { Experiment, ExperimentResult, OptionValue } from './experiment';
import { explain } from './explain';

// The thread's side of a sweep: one run of one experiment.

/** What a thread is asked to run. */
export interface AskedRun {
  readonly experiment: string;
  readonly time: number;
  readonly threads: number;
  readonly seed: number;
  readonly options: Readonly<Record<string, OptionValue>>;
}

/** What is kept of a run's result. */
export type SweptResult = Pick<ExperimentResult, 'title' | 'parameters' | 'quantities'>;

/** What a thread tells: how far it is, and at last what it found or why it found nothing. */
export type RunNews =
  | { readonly kind: 'progress'; readonly phase: string; readonly fraction: number }
  | { readonly kind: 'result'; readonly result: SweptResult }
  | { readonly kind: 'failure'; readonly text: string };

/** Between two messages of progress, ms: an experiment may tell of every step. */
const PROGRESS_INTERVAL = 100;

/** Runs what this worker thread was asked to, with one of the experiments, and tells the result. */
export async function answerRun(experiments: readonly Experiment[]): Promise<void> {
  const { experiment: name, ...asked } = workerData as AskedRun;
  const tell = (news: RunNews): void => parentPort!.postMessage(news);
  let toldAt = -Infinity;
  try {
    const experiment = experiments.find((other) => other.name === name)!;
    const { title, parameters, quantities } = await experiment.run({
      ...asked,
      // Who interrupts a sweep ends its threads.
      signal: new AbortController().signal,
      progress: (phase, fraction) => {
        if (performance.now() < toldAt + PROGRESS_INTERVAL) return;
        toldAt = performance.now();
        tell({ kind: 'progress', phase, fraction });
      },
    });
    const result = { ...(title !== undefined && { title }), parameters, quantities };
    tell({ kind: 'result', result });
  } catch (error) {
    tell({ kind: 'failure', text: explain(error) });
  }
}
