// State files and the life of processes: killed ones, full disks, the event loop, ends in the middle
// of it, and another process that goes on.
//
// TEGMENTA_STATE_KILLS  how often a process that saves is killed (default 20)
import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Kernel, KernelDisposed } from '../../lib';
import { native } from '../../lib/native';
import { type CompiledPrograms, compilePrograms } from '../compiled';
import { network as largeNetwork } from './programs/large-state';
import { build, digest, variants } from './programs/models';

const kills = Number(process.env.TEGMENTA_STATE_KILLS ?? 20);

let programs: CompiledPrograms;
let folder: string;
beforeAll(() => {
  programs = compilePrograms('test/life/programs', 'test/property');
});
afterAll(() => {
  programs.remove();
});
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tegmenta-states-'));
});
afterEach(() => {
  fs.rmSync(folder, { recursive: true });
});

/** Saves again and again, until it is killed in the middle of it; the time that was saved last. */
async function killedWhileSaving(file: string): Promise<number> {
  const child = spawn(process.execPath, [programs.file('save-again'), file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
  const closed = once(child, 'close');
  await once(child.stdout, 'data');
  await new Promise((resolve) => setTimeout(resolve, 60 * Math.random()));
  child.kill('SIGKILL');
  await closed;
  expect(child.signalCode).toBe('SIGKILL');
  return Number(printed.trim().split('\n').at(-1));
}

test(
  'a file is a whole state at any time, whenever the process that saves is killed',
  async () => {
    const file = path.join(folder, 'run.tg');
    let interrupted = 0;
    for (let i = 0; i < kills; i++) {
      const last = await killedWhileSaving(file);
      // The next one may have been in its place before that was printed.
      expect([last, last + 1]).toContain(Kernel.LoadStateSync(file).kernel.biological_time);
      const left = fs.readdirSync(folder).filter((name) => name !== 'run.tg');
      interrupted += left.length;
      for (const name of left) fs.rmSync(path.join(folder, name));
    }
    // Otherwise the moments were not worth much.
    expect(interrupted).toBeGreaterThan(0);
  },
  30_000 + 3000 * kills,
);

test('what a killed process of the same number has left behind is in nobody’s way', () => {
  const file = path.join(folder, 'run.tg');
  for (let i = 1; i < 200; i++) fs.writeFileSync(`${file}.${process.pid}-${i}.tmp`, '');
  new Kernel().SaveStateSync(file);
  expect(Kernel.LoadStateSync(file).kernel.biological_time).toBe(0);
});

test('where there is no room, the old file stays and nothing else', () => {
  const file = path.join(folder, 'run.tg');
  const kernel = new Kernel();
  kernel.SimulateSync(7);
  kernel.SaveStateSync(file);
  // In units of 512 or 1024 bytes, by the shell.
  const command = 'ulimit -f 1000 && exec "$@"';
  const child = [process.execPath, programs.file('full'), file];
  const printed = execFileSync('sh', ['-c', command, 'sh', ...child], { encoding: 'utf8' });
  const { errors, bytes } = JSON.parse(printed) as { errors: unknown[]; bytes: number };
  const error = { name: 'IOError', reason: 'EFBIG', file };
  expect(errors).toEqual([error, error]);
  expect(bytes).toBeGreaterThan(1_024_000);
  expect(fs.readdirSync(folder)).toEqual(['run.tg']);
  expect(Kernel.LoadStateSync(file).kernel.biological_time).toBe(7);
});

/** How often a timer of 5 ms comes in a second of work, and how long it stays away at most, ms. */
async function ticksDuring(work: () => Promise<unknown>): Promise<{ rate: number; worst: number }> {
  const start = performance.now();
  let [ticks, worst, last] = [0, 0, start];
  const timer = setInterval(() => {
    const now = performance.now();
    worst = Math.max(worst, now - last);
    last = now;
    ticks++;
  }, 5);
  do await work();
  while (performance.now() - start < 1000);
  clearInterval(timer);
  return { rate: (1000 * ticks) / (performance.now() - start), worst };
}

test('the event loop goes on while 10⁶ synapses are saved and loaded', async () => {
  const kernel = largeNetwork();
  const file = path.join(folder, 'run.tg');
  await kernel.SaveState(file);
  const bytes = await kernel.SaveState();
  const works = {
    'to a file': () => kernel.SaveState(file),
    'to bytes': () => kernel.SaveState(),
    'from a file': async () => (await Kernel.LoadState(file)).kernel.dispose(),
    'from bytes': async () => (await Kernel.LoadState(bytes)).kernel.dispose(),
  };
  const idle = () => new Promise((resolve) => setTimeout(resolve, 100));
  for (const [name, work] of Object.entries(works)) {
    // The machine may be busy with something else: then it is when nothing is done, too.
    let found: object = {};
    let isFree = false;
    for (let attempt = 0; !isFree && attempt < 5; attempt++) {
      const [before, during] = [await ticksDuring(idle), await ticksDuring(work)];
      isFree = during.rate > 0.3 * before.rate && during.worst < 50 + 2 * before.worst;
      found = { name, before, during };
    }
    expect({ ...found, isFree }).toMatchObject({ isFree: true });
  }
});

test('dispose() ends what is being saved', async () => {
  for (const wait of [0, 1, 5, 20]) {
    const kernel = largeNetwork();
    const file = path.join(folder, 'run.tg');
    const saving = kernel.SaveState(file).catch((error: unknown) => error);
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    kernel.dispose();
    const problem = await saving;
    expect(problem === undefined || problem instanceof KernelDisposed).toBe(true);
    expect(fs.readdirSync(folder).filter((name) => name !== 'run.tg')).toEqual([]);
    await expect(kernel.SaveState()).rejects.toThrow(KernelDisposed);
  }
});

test.each(['SaveState', 'LoadState'])('an end in the middle of %s is clean', async (work) => {
  for (const [way, code] of [['process.exit', 3] as const, ['worker.terminate', 5] as const]) {
    for (let i = 0; i < 2; i++) {
      const ending = await new Promise<object>((resolve) => {
        const child = execFile(
          process.execPath,
          [programs.file('large-state'), way, work],
          { timeout: 25_000, killSignal: 'SIGKILL' },
          (_, __, stderr) => resolve({ code: child.exitCode, signal: child.signalCode, stderr }),
        );
      });
      expect(ending).toEqual({ code, signal: null, stderr: '' });
    }
  }
});

test('another process goes on as if there had been one: all models', () => {
  const [before, after] = [40, 35];
  const never: Record<string, string> = {};
  for (const variant of variants) {
    const [whole, saved] = [build(variant), build(variant)];
    whole.SimulateSync(before);
    whole.SimulateSync(after);
    never[variant.name] = digest(whole);
    saved.SimulateSync(before);
    saved.SaveStateSync(path.join(folder, `${variant.name}.tg`));
    expect(digest(saved)).not.toBe(never[variant.name]);
    for (const kernel of [whole, saved]) kernel.dispose();
  }
  const others = native.simdLevels.filter((name) => name !== native.simdLevel());
  const args = [folder, String(after), '3', others.at(0) ?? native.simdLevel()];
  const printed = execFileSync(process.execPath, [programs.file('go-on'), ...args]);
  expect(JSON.parse(printed.toString())).toEqual(never);
}, 120_000);
