// A sweep over worker threads: each takes the next value when it has done with the last. All of
// them together compute on no more threads than the process has processors.
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { Kernel } from 'tegmenta';

/** Mean rate of neurons under noise of that strength, spikes/s. */
async function rateUnder(weight: number): Promise<number> {
  const kernel = new Kernel();
  const noise = kernel.Create('poisson_generator', { rate: 8000 });
  const neurons = kernel.Create('iaf_psc_exp', 100);
  kernel.Connect(noise, neurons, 'all_to_all', { weight });
  const { spikes } = await kernel.Simulate(1000);
  kernel.dispose();
  return spikes / 100;
}

/** The values, and what they gave, in order. */
async function sweep(values: readonly number[], workers: number): Promise<number[]> {
  const results: number[] = [];
  let next = 0;
  const work = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const worker = new Worker(__filename);
      const give = (): void =>
        worker.postMessage(next < values.length ? [next, values[next++]] : null);
      worker.on('message', ([at, rate]: [number, number]) => {
        results[at] = rate;
        give();
      });
      worker.once('error', reject);
      worker.once('exit', () => resolve());
      give();
    });
  await Promise.all(Array.from({ length: workers }, work));
  return results;
}

if (isMainThread) {
  const weights = [20, 22, 24, 26, 28, 30];
  void sweep(weights, 2).then((rates) => {
    weights.forEach((weight, i) => console.log(`${weight} pA: ${rates[i]} spikes/s`));
  });
} else {
  parentPort!.on('message', (given: [number, number] | null) => {
    if (!given) return parentPort!.close();
    const [at, weight] = given;
    void rateUnder(weight).then((rate) => parentPort!.postMessage([at, rate]));
  });
}
