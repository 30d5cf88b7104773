// Loads the states of a folder, lets time pass for each, and prints their digests.
import fs from 'node:fs';
import path from 'node:path';
import { Kernel } from '../../../lib';
import { digest } from './models';

const [folder = '', ms, threads, simd_level = ''] = process.argv.slice(2);
const digests = fs.readdirSync(folder).map((file) => {
  const { kernel } = Kernel.LoadStateSync(path.join(folder, file), {
    local_num_threads: Number(threads),
  });
  kernel.SetKernelStatus({ simd_level });
  kernel.SimulateSync(Number(ms));
  const found = [path.basename(file, '.tg'), digest(kernel)] as const;
  kernel.dispose();
  return found;
});
console.log(JSON.stringify(Object.fromEntries(digests)));
