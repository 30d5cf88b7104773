// What a worker thread of the tests runs; `workerData` says which.
import { parentPort, workerData } from 'node:worker_threads';
import { buildNetwork, endless, spikeHash } from './network';

const tasks: Record<string, () => Promise<void> | void> = {
  /** Posts the hash of 300 ms. */
  async hash() {
    const network = buildNetwork();
    await network.kernel.Simulate(300);
    parentPort?.postMessage(spikeHash(network));
  },
  /** Posts once the simulation is under way, and never ends. */
  async endless() {
    let calls = 0;
    await buildNetwork().kernel.Simulate(endless, {
      onProgress: () => {
        if (++calls === 2) parentPort?.postMessage('running');
      },
    });
  },
  /** Posts, and then simulates for ever on its own thread. */
  blocked() {
    const { kernel } = buildNetwork();
    parentPort?.postMessage('running');
    kernel.SimulateSync(endless);
  },
  /** Ends the worker out of the progress callback. */
  async exit() {
    let calls = 0;
    await buildNetwork().kernel.Simulate(endless, {
      onProgress: () => {
        if (++calls === 2) process.exit(7);
      },
    });
  },
};

void tasks[workerData as string]?.();
