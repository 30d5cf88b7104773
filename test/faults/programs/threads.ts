// Lets the system refuse threads, and prints what calls do then: node threads.js <library>
import { Kernel } from '../../../lib';
import { native } from '../../../lib/native';
import { loadFailing } from './failing';

const failing = loadFailing(process.argv[2] ?? '');

type Call = (kernel: Kernel) => unknown;
const calls: Record<string, Call> = {
  SimulateSync: (k) => k.SimulateSync(10),
  Simulate: (k) => k.Simulate(10),
  Prepare: (k) => {
    k.Prepare();
  },
  PrepareAsync: (k) => k.PrepareAsync(),
  Connect: (k) => {
    const nodes = k.GetNodes({ model: 'iaf_psc_exp' });
    k.Connect(nodes, nodes, { rule: 'pairwise_bernoulli', p: 0.5 });
  },
  'Connect of a generator': (k) => {
    k.Connect(k.GetNodes({ model: 'poisson_generator' }), k.GetNodes({ model: 'iaf_psc_exp' }));
  },
  GetConnectionsAsync: (k) => k.GetConnectionsAsync(),
  memoryBandwidth: (k) => native.memoryBandwidth(k.GetKernelStatus('local_num_threads'), 1e4, 1),
};

/** Without connections: making them needs the threads, which are kept. */
function makeKernel(threads: number): Kernel {
  const kernel = new Kernel();
  kernel.SetKernelStatus({ local_num_threads: threads });
  kernel.Create('iaf_psc_exp', 10, { I_e: 500 });
  kernel.Create('poisson_generator');
  return kernel;
}

async function main(): Promise<void> {
  for (const [name, call] of Object.entries(calls)) {
    for (const threads of [1, 4]) {
      for (const refused of [0, 1, 2]) {
        const kernel = makeKernel(threads);
        failing.arm('threads', refused, false);
        const outcome = { call: name, threads, refused, error: {}, changed: '', advanced: 0 };
        const before = JSON.stringify(kernel.GetKernelStatus());
        try {
          await call(kernel);
        } catch (error) {
          const { message } = error as Error;
          outcome.error = { name: (error as Error).name, message, ...(error as object) };
          const after = JSON.stringify(kernel.GetKernelStatus());
          if (after !== before) outcome.changed = `${before} → ${after}`;
        }
        const { failed } = failing.disarm();
        if (failed > 0) await call(kernel);
        if (kernel.GetKernelStatus('prepared')) kernel.Cleanup();
        await kernel.Simulate(10);
        outcome.advanced = kernel.GetKernelStatus('biological_time');
        console.log(JSON.stringify({ ...outcome, failed }));
      }
    }
  }
}

void main();
