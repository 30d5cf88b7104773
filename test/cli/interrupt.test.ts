import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { version as packageVersion } from '../../lib/generated/version';

/** Started and perhaps still running when a test fails. */
const children: ChildProcess[] = [];

const root = path.join(__dirname, '..', '..');

/** The command line in a process of its own. `output` grows while it runs. */
function start(...argv: string[]) {
  return startWith({}, ...argv);
}

function startWith(env: NodeJS.ProcessEnv, ...argv: string[]) {
  const preload = ['register.cjs', 'terminal.cjs'].flatMap((file) => [
    '-r',
    path.join(__dirname, file),
  ]);
  const main = path.join(root, 'benchmarks', 'main.ts');
  const child = spawn(process.execPath, [...preload, main, ...argv], {
    cwd: root,
    env: { ...process.env, ...env },
  });
  children.push(child);
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) =>
    child.on('close', (code, signal) => resolve({ code, signal })),
  );
  /** Resolves as soon as the standard error contains that text. */
  const says = async (text: string) => {
    while (!output.stderr.includes(text)) await once(child.stderr, 'data');
  };
  return { child, output, ended, says };
}

// A small network for a time that no test waits for.
const endless = ['run', 'brunel', '--scale', '0.04', '--time', '100000000', '--discard', '0'];

describe('the process', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'tegmenta-'));
  });
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  test('exits with the code of the command', async () => {
    const { ended, output } = start('list', '--modles');
    expect(await ended).toEqual({ code: 2, signal: null });
    expect(output.stderr).toContain('Did you mean --models?');
  });

  test('does not mind a reader that has gone', async () => {
    const { child, ended, output } = start('list', '--models');
    child.stdout.destroy();
    expect(await ended).toEqual({ code: 0, signal: null });
    expect(output.stderr).toBe('');
  });

  test.each(['SIGINT', 'SIGTERM'] as const)(
    'at %s writes what was recorded and exits with 130',
    async (signal) => {
      const { child, ended, output, says } = start(...endless, '--json', '--out', folder);
      await says('simulating');
      await setTimeout(1500); // for spikes to be recorded, on a busy machine too
      child.kill(signal);
      expect(await ended).toEqual({ code: 130, signal: null });

      const result = JSON.parse(output.stdout) as { results: Record<string, number> };
      expect(result).toMatchObject({ interrupted: true });
      expect(result.results.rate_E).toBeGreaterThan(0);
      expect(readdirSync(folder).sort()).toEqual(['activity.svg', 'result.json', 'spikes.csv']);
      expect(
        readFileSync(path.join(folder, 'spikes.csv'), 'utf8').split('\n').length,
      ).toBeGreaterThan(100);
      expect(output.stderr).toContain('Interrupted');
    },
  );

  test.each(['SIGINT', 'SIGTERM'] as const)('takes %s sent twice for one', async (signal) => {
    const { child, ended, output, says } = start(...endless, '--json', '--out', folder);
    await says('simulating');
    child.kill(signal);
    await says('Ctrl-C again');
    child.kill(signal);
    expect(await ended).toEqual({ code: 130, signal: null });
    expect(JSON.parse(output.stdout)).toMatchObject({ interrupted: true });
    expect(readdirSync(folder)).toContain('result.json');
  });

  test('at a second Ctrl-C ends at once', async () => {
    const { child, output, ended, says } = start(...endless, '--json', '--out', folder);
    await says('simulating');
    child.kill('SIGINT');
    await says('Ctrl-C again');
    // The first of these that is not the same one ends the process: figures take longer than this.
    const again = setInterval(() => child.kill('SIGINT'), 10);
    const end = await ended;
    clearInterval(again);
    expect(end).toEqual({ code: null, signal: 'SIGINT' });
    // The numbers may have been printed by then, but nothing is left half written.
    expect(output.stdout === '' || output.stdout.endsWith('}\n')).toBe(true);
  });

  test('tells its version and helps where the addon does not load', async () => {
    const without = (...argv: string[]) =>
      startWith({ TEGMENTA_ADDON: path.join(folder, 'none') }, ...argv);
    const version = without('--version');
    expect(await version.ended).toEqual({ code: 0, signal: null });
    expect(version.output.stdout).toBe(`${packageVersion}\n`);
    const help = without('--help');
    expect(await help.ended).toEqual({ code: 0, signal: null });
    expect(help.output.stdout).toMatch(/^Usage: tegmenta .*None of them works.*TEGMENTA_ADDON/s);
    const list = without('list');
    expect(await list.ended).toEqual({ code: 1, signal: null });
    expect(list.output.stderr).toMatch(
      /^error: The native addon of tegmenta cannot be loaded: .* which TEGMENTA_ADDON or nativeBinding names, is not there/,
    );
  });
});
