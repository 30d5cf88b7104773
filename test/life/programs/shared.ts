// Prints the digest of what neurons do, on as many threads as the argument says.
import { Kernel } from '../../../lib';
import { spikeHash } from './network';

const kernel = new Kernel();
kernel.SetKernelStatus({ local_num_threads: Number(process.argv[2]) });
const neurons = kernel.Create('iaf_psc_exp', 2000);
const noise = kernel.Create('poisson_generator', { rate: 8000 });
const recorder = kernel.Create('spike_recorder');
kernel.Connect(noise, neurons, 'all_to_all', { weight: 24 });
kernel.Connect(
  neurons,
  neurons,
  { rule: 'fixed_indegree', indegree: 50 },
  { weight: 5, delay: 1.5 },
);
kernel.Connect(neurons, recorder);
// Long and short runs, in which it is tried what pays.
kernel.SimulateSync(200);
for (let i = 0; i < 100; i++) kernel.SimulateSync(1);
process.stdout.write(spikeHash({ kernel, neurons, recorder }));
