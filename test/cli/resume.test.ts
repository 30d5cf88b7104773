// Runs of the command that are ended by a signal, and gone on with by another process.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const root = path.join(__dirname, '..', '..');
const command = [
  ...['-r', path.join(__dirname, 'register.cjs'), '-r', path.join(__dirname, 'terminal.cjs')],
  path.join(root, 'benchmarks', 'main.ts'),
];
const run = (...argv: string[]) =>
  spawnSync(process.execPath, [...command, 'run', ...argv], { cwd: root, encoding: 'utf8' });

let folder: string;
let child: ChildProcess | undefined;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tegmenta-resume-'));
});
afterEach(() => {
  child?.kill('SIGKILL');
  fs.rmSync(folder, { recursive: true });
});

const pong = ['pong', '--iterations', '1500', '--kernels', 'workers', '--seed', '5'];

/** Results without those of the clock. */
function resultsOf(stdout: string): Record<string, number> {
  const { results } = JSON.parse(stdout) as { results: Record<string, number> };
  return Object.fromEntries(Object.entries(results).filter(([key]) => key !== 'speed'));
}

it('a match that was ended goes on as if it had not been, score, game and all', async () => {
  const whole = run(...pong, '--json', '--no-files');
  child = spawn(process.execPath, [
    ...command,
    ...['run', ...pong, '--save-every', '1000', '--out', folder],
  ]);
  let said = '';
  child.stderr!.on('data', (chunk: Buffer) => (said += chunk.toString()));
  while (!/ [1-9]\d? %/.test(said)) {
    expect(child.exitCode).toBeNull();
    await Promise.race([once(child.stderr!, 'data'), once(child, 'close')]);
  }
  child.kill('SIGTERM');
  expect(await once(child, 'close')).toEqual([130, null]);
  const file = path.join(folder, 'state.tg');
  expect(said).toContain(`Saved to ${file}: --resume goes on with it.`);
  expect(fs.existsSync(file)).toBe(true);

  const other = run('pong', '--resume', '--seed', '6', '--out', folder);
  expect(other.status).toBe(2);
  expect(other.stderr).toContain(`error: ${file} was saved with --seed 5`);

  const rest = run('pong', '--resume', '--json', '--out', folder);
  expect(rest.stderr).not.toContain('error');
  expect(resultsOf(rest.stdout)).toEqual(resultsOf(whole.stdout));
  expect(fs.existsSync(file)).toBe(false);
}, 300_000);

it('what cannot be resumed or saved is refused', () => {
  const none = run('brunel', '--resume', '--out', folder);
  expect(none).toMatchObject({ status: 1 });
  expect(none.stderr).toContain('state.tg cannot be read: ENOENT');
  const text = 'error: a run is saved in the folder of its results: give --out <dir>\n';
  for (const given of [['--resume'], ['--save-every', '5']]) {
    expect(run('brunel', ...given, '--no-files')).toMatchObject({ status: 2, stderr: text });
  }
  expect(run('cart-pole', '--resume').stderr).toContain("unknown option '--resume'");
});
