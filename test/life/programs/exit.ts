// A process that ends in the way its argument says, while it simulates.
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { buildNetwork, endless } from './network';

const simulateUntil = (second: () => void): Promise<unknown> => {
  let calls = 0;
  return buildNetwork().kernel.Simulate(endless, {
    onProgress: () => {
      if (++calls === 2) second();
    },
  });
};
/** Out of the callback, so that the simulation is in the middle of a slice. */
const soon = (body: () => void) => () => void setTimeout(body, 5);

const ways: Record<string, () => unknown> = {
  'process.exit': () => simulateUntil(soon(() => process.exit(3))),
  'process.exit in the progress callback': () => simulateUntil(() => process.exit(4)),
  'process.exit with two simulations': () => {
    void buildNetwork(2).kernel.Simulate(endless);
    return simulateUntil(() => process.exit(5));
  },
  'process.exit while a worker simulates': () => {
    const worker = new Worker(path.join(__dirname, 'worker.js'), { workerData: 'endless' });
    worker.once('message', () => process.exit(6));
  },
  'an uncaught exception': () =>
    simulateUntil(
      soon(() => {
        throw new Error('thrown on purpose');
      }),
    ),
  'an unhandled rejection from the progress callback': () =>
    simulateUntil(() => {
      throw new Error('thrown on purpose');
    }),
  SIGTERM: () => simulateUntil(() => process.kill(process.pid, 'SIGTERM')),
  'SIGTERM with a handler': () => {
    process.once('SIGTERM', () => process.exit(8));
    return simulateUntil(() => process.kill(process.pid, 'SIGTERM'));
  },
  'the end of its work': () => buildNetwork().kernel.Simulate(100),
  'the end of its work, the result dropped': () => {
    void buildNetwork().kernel.Simulate(100);
  },
};

void ways[process.argv[2] ?? '']?.();
