// Figures that documents show are what their commands draw today. To renew one: run the command, and
// put the file that it writes into docs/images/.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { experiments } from '../../benchmarks/experiments';
import { runProgram } from '../../lib/cli/program';
import { TestIO } from '../cli/streams';
import { textOf } from './blocks';

test('the figure of README is what tegmenta run florian-stdp draws', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tegmenta-'));
  try {
    const command = ['run', 'florian-stdp', '--out', folder];
    expect(await runProgram(command, new TestIO(), experiments)).toBe(0);
    const drawn = readFileSync(path.join(folder, 'florian-stdp.svg'), 'utf8');
    expect(textOf('docs/images/florian-stdp.svg')).toBe(drawn);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
