// Ends, in the way its argument says, while a state of 10⁶ synapses is saved or loaded; and a
// worker that does the same until it is ended.
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { Kernel, random } from '../../../lib';

export function network(): Kernel {
  const kernel = new Kernel();
  const neurons = kernel.Create('iaf_psc_exp', 1000);
  kernel.Connect(neurons, neurons, 'all_to_all', {
    ...{ synapse_model: 'stdp_synapse', weight: random.uniform(0, 1) },
  });
  return kernel;
}

const works: Record<string, () => Promise<unknown>> = {
  SaveState: () => network().SaveState(),
  LoadState: () => Kernel.LoadState(network().SaveStateSync()),
};

/** Once the work that was begun has come some way, or a moment later. */
const during = (work: string, act: () => void): void => {
  const kernel = network();
  kernel.SimulateSync(0.1);
  const bytes = kernel.SaveStateSync();
  let calls = 0;
  const onProgress = (): void => {
    if (++calls === 1) setTimeout(act, 2);
  };
  void (
    work === 'SaveState'
      ? kernel.SaveState({ onProgress })
      : Kernel.LoadState(bytes, { onProgress })
  ).finally(act);
};

function end(way: string, work: string): void {
  if (way === 'process.exit') return during(work, () => process.exit(3));
  const worker = new Worker(__filename, { workerData: work });
  worker.once('message', () => {
    setTimeout(() => {
      void worker.terminate().then((code) => process.exit(4 + code));
    }, 20);
  });
}

async function repeat(work: () => Promise<unknown>): Promise<void> {
  parentPort?.postMessage('working');
  for (;;) await work();
}

if (!isMainThread && typeof workerData === 'string') {
  void repeat(works[workerData]!);
} else if (require.main === module) {
  end(process.argv[2] ?? '', process.argv[3] ?? '');
}
