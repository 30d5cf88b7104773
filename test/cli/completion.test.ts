import { spawnSync } from 'node:child_process';
import { experiments } from '../../benchmarks/experiments';
import { runProgram } from '../../lib/cli/program';
import { models } from '../../lib/registry';
import { TestIO } from './streams';

async function script(shell: string): Promise<string> {
  const io = new TestIO();
  expect(await runProgram(['completion', shell], io, experiments)).toBe(0);
  return io.stdout.text;
}

const isThere = (shell: string): boolean => spawnSync(shell, ['-c', 'true']).status === 0;

/** What bash offers after that line: an empty last word where it ends in a blank. */
async function offered(line: string): Promise<string[]> {
  const words = line.split(' ');
  const program = `${await script('bash')}
complete -p tegmenta | grep -q -- '-o default' || exit 1
COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')})
COMP_CWORD=${words.length - 1}
_tegmenta
printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { status, stdout, stderr } = spawnSync('bash', ['-c', program], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
  return stdout.split('\n').filter(Boolean);
}

describe('bash completes', () => {
  test('commands', async () => {
    expect(await offered('tegmenta ')).toEqual(
      expect.arrayContaining(['list', 'info', 'run', 'completion', 'help', '--version']),
    );
    expect(await offered('tegmenta r')).toEqual(['run']);
    expect(await offered('tegmenta completion ')).toEqual(
      expect.arrayContaining(['bash', 'zsh', 'fish']),
    );
  });

  test('experiments, their options and choices', async () => {
    const names = experiments.map(({ name }) => name);
    expect(await offered('tegmenta run ')).toEqual(expect.arrayContaining(names));
    expect(await offered('tegmenta run brun')).toEqual(['brunel']);
    const [brunel] = experiments.filter(({ name }) => name === 'brunel');
    const options = Object.keys(brunel!.options).map((name) => `--${name}`);
    expect(await offered('tegmenta run brunel --')).toEqual(
      expect.arrayContaining([...options, '--time', '--seed', '--json']),
    );
    expect(await offered('tegmenta run brunel --g 4 --sc')).toEqual(['--scale']);
    const neuron = brunel!.options.neuron as { choices: readonly string[] };
    expect(await offered('tegmenta run brunel --neuron ')).toEqual(neuron.choices);
    // Options of another command are none of its own.
    expect(await offered('tegmenta list --sc')).toEqual([]);
  });

  test('models', async () => {
    expect(await offered('tegmenta list ')).toEqual(expect.arrayContaining([...models.keys()]));
    expect(await offered('tegmenta list iaf_psc_e')).toEqual(['iaf_psc_exp', 'iaf_psc_exp_neuron']);
  });

  test('files where an option takes a value of its own', async () => {
    // By bash's default, which needs a terminal, where the function has nothing to offer.
    expect(await offered('tegmenta run brunel --out package.js')).toEqual([]);
  });
});

test.each(['zsh', 'fish'])('%s gets all commands and options', async (shell) => {
  const text = await script(shell);
  for (const word of ['completion', 'brunel', 'save-every', 'iaf_psc_alpha', 'stdp_synapse_hpc']) {
    expect(text).toContain(word);
  }
  if (!isThere(shell)) return;
  const { status, stderr } = spawnSync(shell, ['-n'], { input: text, encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
});

test('of an unknown shell is wrong usage', async () => {
  const io = new TestIO();
  expect(await runProgram(['completion', 'tcsh'], io, experiments)).toBe(2);
  expect(io.stderr.text).toContain('Allowed choices are bash, zsh, fish');
});
