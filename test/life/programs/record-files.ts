// Records to the files of its arguments until it is killed; says so once they have something.
import fs from 'node:fs';
import { Kernel } from '../../../lib';
import { endless } from './network';

const [folder = '.', ...extensions] = process.argv.slice(2);
const kernel = new Kernel();
kernel.data_path = folder;
const noise = kernel.Create('poisson_generator', { rate: 20_000 });
const cells = kernel.Create('parrot_neuron', 50);
kernel.Connect(noise, cells);
const label = 'killed';
for (const file_extension of extensions) {
  const to = { record_to: 'file', file_extension, label };
  kernel.Connect(cells, kernel.Create('spike_recorder', to));
}
const files = kernel
  .GetNodes({ model: 'spike_recorder' })
  .get('filenames') as unknown as string[][];
void kernel.Simulate(endless);
const timer = setInterval(() => {
  if (!files.flat().every((file) => fs.statSync(file).size > 1e6)) return;
  clearInterval(timer);
  console.log(files.flat().join('\n'));
}, 1);
