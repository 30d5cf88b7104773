// Goes on from the state in a file, if there is one, and saves it there after every millisecond,
// for ever. Prints the time of each state that is in its place.
import fs from 'node:fs';
import { Kernel, random } from '../../../lib';

const [file = ''] = process.argv.slice(2);

/** Of some MB. */
function network(): Kernel {
  const kernel = new Kernel();
  const neurons = kernel.Create('iaf_psc_exp', 1000, { I_e: 400 });
  const indegree = { rule: 'fixed_indegree', indegree: 300 } as const;
  kernel.Connect(neurons, neurons, indegree, { weight: random.uniform(0, 1), delay: 1.5 });
  return kernel;
}

const kernel = fs.existsSync(file) ? Kernel.LoadStateSync(file).kernel : network();
for (;;) {
  kernel.SimulateSync(1);
  kernel.SaveStateSync(file);
  fs.writeSync(1, `${kernel.biological_time}\n`);
}
