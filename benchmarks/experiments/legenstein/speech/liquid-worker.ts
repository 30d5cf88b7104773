// A circuit on a thread of its own: trials come in, responses go out.
import { parentPort, workerData } from 'node:worker_threads';
import { ListeningLiquid, type ListeningTrial, type Response } from './liquid';
import type { LiquidSettings } from './liquid-network';
import type { Utterance } from './utterances';

/** What a worker is started with. */
export interface WorkerPlan {
  readonly settings: LiquidSettings;
  readonly utterances: readonly Utterance[];
}

/** What it answers to trials. */
export interface WorkerAnswer {
  readonly responses: readonly Response[];
  readonly excitatory: number;
  /** ms of the clock. */
  readonly time: number;
}

const { settings, utterances } = workerData as WorkerPlan;
const liquid = new ListeningLiquid(settings, utterances);

parentPort!.on('message', (trials: readonly ListeningTrial[]) => {
  const begin = performance.now();
  const responses = trials.map((trial) => liquid.listen(trial));
  const answer: WorkerAnswer = {
    ...{ responses, excitatory: liquid.excitatory },
    time: performance.now() - begin,
  };
  parentPort!.postMessage(answer);
});
