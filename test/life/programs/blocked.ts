// Ends, in the way its argument says, a worker that is inside a synchronous simulation.
import path from 'node:path';
import { runInNewContext } from 'node:vm';
import { Worker } from 'node:worker_threads';
import { buildNetwork, endless } from './network';

const whileBlocked = (act: (worker: Worker) => void): void => {
  const worker = new Worker(path.join(__dirname, 'worker.js'), { workerData: 'blocked' });
  // The worker posts before it simulates.
  worker.once('message', () => setTimeout(() => act(worker), 200));
};

const ways: Record<string, () => void> = {
  'process.exit': () => {
    whileBlocked(() => process.exit(3));
  },
  'worker.terminate': () => {
    whileBlocked((worker) => {
      void worker.terminate().then((code) => process.exit(4 + code));
    });
  },
  'an uncaught exception': () => {
    whileBlocked(() => {
      throw new Error('thrown on purpose');
    });
  },
  'a time limit of vm': () => {
    const { kernel } = buildNetwork();
    const simulate = () => kernel.SimulateSync(endless);
    try {
      runInNewContext('simulate()', { simulate }, { timeout: 200 });
    } catch (error) {
      const { code } = error as { code?: unknown };
      // The kernel can go on.
      const goesOn = kernel.SimulateSync(1).steps > 0 && !kernel.running;
      process.exit(code === 'ERR_SCRIPT_EXECUTION_TIMEOUT' && goesOn ? 6 : 1);
    }
  },
};

ways[process.argv[2] ?? '']?.();
