import { execFile } from 'node:child_process';
import { type CompiledPrograms, compilePrograms } from '../compiled';

let programs: CompiledPrograms;
beforeAll(() => {
  programs = compilePrograms('test/life/programs');
});
afterAll(() => {
  programs.remove();
});

interface Ending {
  code: unknown;
  signal: NodeJS.Signals | null;
  stderr: string;
}

/** Runs a process that ends in that way while it simulates. */
const endingOf = (way: string): Promise<Ending> =>
  new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [programs.file('exit'), way],
      { timeout: 20_000, killSignal: 'SIGKILL' },
      (_, __, stderr) => {
        resolve({ code: child.exitCode, signal: child.signalCode, stderr });
      },
    );
  });

// Crashes at exit are races: each way is tried several times.
const attempts = 4;

test.each<[string, number | null, NodeJS.Signals | null]>([
  ['process.exit', 3, null],
  ['process.exit in the progress callback', 4, null],
  ['process.exit with two simulations', 5, null],
  ['process.exit while a worker simulates', 6, null],
  ['an uncaught exception', 1, null],
  ['an unhandled rejection from the progress callback', 1, null],
  ['SIGTERM', null, 'SIGTERM'],
  ['SIGTERM with a handler', 8, null],
  ['the end of its work', 0, null],
  ['the end of its work, the result dropped', 0, null],
])('%s during a simulation is clean', async (way, code, signal) => {
  for (let i = 0; i < attempts; i += 2) {
    for (const ending of await Promise.all([endingOf(way), endingOf(way)])) {
      expect(ending).toMatchObject({ code, signal });
      expect(ending.stderr).not.toMatch(/FATAL ERROR|Sanitizer|Assertion|terminate called/);
      // What the program throws on purpose, and nothing else.
      expect(ending.stderr === '' || ending.stderr.includes('thrown on purpose')).toBe(true);
    }
  }
});
