// A long run that may be killed at any time, and goes on where it was saved last, bit for bit.
//
//   node resumed.js state.tg     the first time, and again after whatever has ended it
import { existsSync } from 'node:fs';
import { Kernel, type NodeCollection } from 'tegmenta';

const [file = 'state.tg'] = process.argv.slice(2);
const total = 5000; // ms
const between = 250; // two saves, ms

function made(): { kernel: Kernel; collections: Record<string, NodeCollection> } {
  const kernel = new Kernel();
  const noise = kernel.Create('poisson_generator', { rate: 8000 });
  const neurons = kernel.Create('iaf_psc_exp', 500);
  const spikes = kernel.Create('spike_recorder');
  kernel.Connect(noise, neurons, 'all_to_all', { weight: 25 });
  kernel.Connect(neurons, neurons, { rule: 'fixed_indegree', indegree: 50 }, { weight: 5 });
  kernel.Connect(neurons, spikes);
  return { kernel, collections: { spikes } };
}

async function run(): Promise<void> {
  const { kernel, collections } = existsSync(file) ? await Kernel.LoadState(file) : made();
  while (kernel.biological_time < total) {
    await kernel.Simulate(between);
    // The file is replaced as a whole or not at all.
    await kernel.SaveState(file, { collections });
    console.log(`saved at ${kernel.biological_time} ms`);
  }
  console.log(`${String(collections.spikes!.get('n_events'))} spikes`);
}

void run();
