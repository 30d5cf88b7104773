import { Worker } from 'node:worker_threads';
import { explain } from './explain';
import type { AskedRun, RunNews, SweptResult } from './sweep-worker';

/** What became of a run: what it found, or why it found nothing; undefined if it was stopped. */
export type Outcome = { readonly result: SweptResult } | { readonly failure: string } | undefined;

/**
 * Threads for runs that go on at once: as many shares as runs can, in sum all threads, the first
 * ones one more where they do not come out even.
 */
export function shares(threads: number, runs: number): number[] {
  const atOnce = Math.min(threads, runs);
  return Array.from(
    { length: atOnce },
    (_, i) => Math.floor(threads / atOnce) + (i < threads % atOnce ? 1 : 0),
  );
}

/**
 * Does runs in worker threads, as many at once as there are shares, each with the threads of its
 * share. Resolves to what became of each, in their order; an abort ends the threads, and the runs
 * that were not complete by then are undefined.
 * @param worker The module that the threads run; it calls `answerRun`.
 */
export async function doRuns(
  runs: readonly Omit<AskedRun, 'threads'>[],
  {
    worker,
    shares: threadsOf,
    signal,
    progress,
  }: {
    readonly worker: string;
    readonly shares: readonly number[];
    readonly signal: AbortSignal;
    /** Told when run `i` is begun, how far it is, and when it has ended: `fraction` is 1 then. */
    readonly progress: (i: number, phase: string, fraction: number) => void;
  },
): Promise<Outcome[]> {
  const outcomes: Outcome[] = runs.map(() => undefined);
  let next = 0;
  const work = async (threads: number): Promise<void> => {
    while (next < runs.length && !signal.aborted) {
      const i = next++;
      progress(i, 'starting', 0);
      outcomes[i] = await doRun(worker, { ...runs[i]!, threads }, signal, ({ phase, fraction }) =>
        progress(i, phase, fraction),
      );
      progress(i, ENDED, 1);
    }
  };
  await Promise.all(threadsOf.map(work));
  return outcomes;
}

/** The phase of a run that has ended. */
export const ENDED = 'ended';

async function doRun(
  file: string,
  workerData: AskedRun,
  signal: AbortSignal,
  progress: (news: Extract<RunNews, { kind: 'progress' }>) => void,
): Promise<Outcome> {
  const worker = new Worker(file, { workerData });
  const stop = (): void => void worker.terminate();
  signal.addEventListener('abort', stop);
  try {
    return await new Promise<Outcome>((resolve) => {
      worker.on('message', (news: RunNews) => {
        if (news.kind === 'progress') progress(news);
        else if (news.kind === 'result') resolve({ result: news.result });
        else resolve({ failure: news.text });
      });
      worker.on('error', (error) => resolve({ failure: explain(error) }));
      worker.on('exit', (code) =>
        resolve(signal.aborted ? undefined : { failure: `its thread ended with code ${code}` }),
      );
    });
  } finally {
    signal.removeEventListener('abort', stop);
    await worker.terminate();
  }
}
