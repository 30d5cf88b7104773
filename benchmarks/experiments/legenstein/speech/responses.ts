// Responses of a circuit to all trials: computed by several workers, and kept on disk.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { ListeningTrial, Response } from './liquid';
import type { LiquidSettings } from './liquid-network';
import { INPUT, LIQUID, listeningTime } from './liquid-parameters';
import type { WorkerAnswer, WorkerPlan } from './liquid-worker';
import type { Utterance } from './utterances';

/** Trials that a worker is given at once. */
const BATCH = 20;

/** What a circuit is asked. */
export interface ListeningPlan {
  readonly settings: LiquidSettings;
  readonly utterances: readonly Utterance[];
  readonly trials: readonly ListeningTrial[];
}

export interface Responses {
  /** Excitatory neurons of the circuit. */
  readonly excitatory: number;
  readonly responses: readonly Response[];
}

/** ms of the clock that a trial took one worker; not there where all were found on disk. */
export interface Computed extends Responses {
  readonly trialTime?: number;
}

/** How the trials are done. */
interface Listening {
  /** Workers. */
  readonly threads: number;
  readonly signal: AbortSignal;
  readonly progress: (fraction: number) => void;
}

/** Of all that responses depend on. */
function digestOf({ settings, utterances, trials }: ListeningPlan): string {
  const hash = createHash('sha256');
  hash.update(serialize([LIQUID, INPUT, listeningTime(utterances), settings, utterances, trials]));
  return hash.digest('hex').slice(0, 16);
}

/** What a file has kept; undefined where there is none, or what is in it is something else. */
async function keptIn(file: string, trials: number): Promise<Responses | undefined> {
  try {
    const kept = deserialize(await readFile(file)) as Partial<Responses> | undefined;
    return kept?.responses?.length === trials ? (kept as Responses) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The responses to all trials, in their order. Undefined where the signal aborts.
 * @param folder Where they are kept, and found again; none to compute them anew.
 */
export async function respond(
  plan: ListeningPlan,
  { folder, ...listening }: Listening & { readonly folder?: string | undefined },
): Promise<Computed | undefined> {
  const file = folder && path.join(folder, `liquid-${digestOf(plan)}.bin`);
  const kept = file && (await keptIn(file, plan.trials.length));
  if (kept) {
    // Another version of the simulator may answer otherwise: the first trial is asked again.
    const first = { ...plan, trials: plan.trials.slice(0, 1) };
    const now = await compute(first, { ...listening, threads: 1, progress: () => undefined });
    if (!now) return undefined;
    if (isDeepStrictEqual(now.responses[0], kept.responses[0])) return kept;
  }
  const computed = await compute(plan, listening);
  if (computed && file) {
    await mkdir(path.dirname(file), { recursive: true });
    const { excitatory, responses } = computed;
    await writeFile(`${file}.part`, serialize({ excitatory, responses }));
    await rename(`${file}.part`, file);
  }
  return computed;
}

async function compute(
  { settings, utterances, trials }: ListeningPlan,
  { threads, signal, progress }: Listening,
): Promise<Computed | undefined> {
  const responses: Response[] = [];
  let [next, done, excitatory, time] = [0, 0, 0, 0];
  const work = async (): Promise<void> => {
    const workerData: WorkerPlan = { settings, utterances };
    const worker = new Worker(require.resolve('./liquid-worker'), { workerData });
    try {
      while (next < trials.length && !signal.aborted) {
        const first = next;
        const batch = trials.slice(first, first + BATCH);
        next += batch.length;
        worker.postMessage(batch);
        const [answer] = (await once(worker, 'message')) as [WorkerAnswer];
        answer.responses.forEach((response, i) => (responses[first + i] = response));
        excitatory = answer.excitatory;
        time += answer.time;
        done += batch.length;
        progress(done / trials.length);
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: threads }, work));
  return signal.aborted ? undefined : { excitatory, responses, trialTime: time / trials.length };
}
