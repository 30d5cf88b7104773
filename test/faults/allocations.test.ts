// Memory that runs out at any allocation of the addon: a clean OutOfMemory, nothing has changed,
// the next call works. Twenty allocations of each of the calls here, others each time
// (TEGMENTA_FUZZ_SEED repeats); every one with TEGMENTA_TEST_LONG.
import { spawn } from 'node:child_process';
import { type CompiledPrograms, compilePrograms } from '../compiled';
import { compileFailing, type FailingLibrary } from './library';
import type { Outcome } from './programs/campaign';
import { operations } from './programs/operations';

let programs: CompiledPrograms;
let library: FailingLibrary;

/** What a process that goes through these operations prints, and how it ends. */
function campaign(
  seed: number,
  count: string,
  names: string[],
): Promise<{ ending: unknown; out: Outcome[] }> {
  return new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      [programs.file('campaign'), library.file, count, String(seed), ...names],
      { env: { ...process.env, LD_PRELOAD: library.file }, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const written = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].on('data', (data) => (written[name] += String(data)));
    }
    child.on('close', (code, signal) => {
      const lines = written.stdout.split('\n').filter(Boolean);
      resolve({
        // The last lines say at which allocation it was.
        ending: code === 0 ? 'complete' : { code, signal, last: written.stderr.slice(-300) },
        out: lines.map((line) => JSON.parse(line) as Outcome),
      });
    });
  });
}

describe('faults of the system', () => {
  beforeAll(() => {
    programs = compilePrograms('test/faults/programs', 'test/fuzz');
    library = compileFailing();
  });
  afterAll(() => {
    programs.remove();
    library.remove();
  });

  test('memory that runs out within a call leaves everything as it was', async () => {
    const seed = Number(process.env.TEGMENTA_FUZZ_SEED ?? Date.now() % 2 ** 31);
    const start = performance.now();
    const names = Object.keys(operations);
    expect(names.length).toBeGreaterThanOrEqual(40);
    const count = process.env.TEGMENTA_TEST_LONG ? 'every' : '20';
    const halves = [names.filter((_, i) => i % 2 === 0), names.filter((_, i) => i % 2 === 1)];
    const results = await Promise.all(halves.map((half) => campaign(seed, count, half)));
    const outcomes = results.flatMap(({ out }) => out);
    const tried = outcomes.reduce((sum, outcome) => sum + outcome.tried, 0);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    process.stderr.write(
      `failing allocations: ${tried} in ${outcomes.length} operations, ${seconds} s, TEGMENTA_FUZZ_SEED ${seed}\n`,
    );
    expect({ seed, endings: results.map(({ ending }) => ending) }).toEqual({
      seed,
      endings: ['complete', 'complete'],
    });
    expect({ seed, faulty: outcomes.filter(({ faults }) => faults.length > 0) }).toEqual({
      seed,
      faulty: [],
    });
    expect(outcomes).toHaveLength(names.length);
    for (const { operation, allocations, tried, failed } of outcomes) {
      const most = count === 'every' ? allocations : Math.min(20, allocations);
      expect({ operation, tried }).toEqual({ operation, tried: most });
      // Threads may have allocated less than in the run that was counted.
      expect(failed).toBeGreaterThanOrEqual(tried / 2);
    }
  }, 3_600_000);
});
