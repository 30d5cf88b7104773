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
const endingOf = (way: string, program = 'exit'): Promise<Ending> =>
  new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [programs.file(program), way],
      { timeout: 20_000, killSignal: 'SIGKILL' },
      (_, __, stderr) => {
        resolve({ code: child.exitCode, signal: child.signalCode, stderr });
      },
    );
  });

const expectClean = (
  ending: Ending,
  code: number | null,
  signal: NodeJS.Signals | null = null,
): void => {
  expect(ending).toMatchObject({ code, signal });
  expect(ending.stderr).not.toMatch(/FATAL ERROR|Sanitizer|Assertion|terminate called/);
  // What the program throws on purpose, and nothing else.
  expect(ending.stderr === '' || ending.stderr.includes('thrown on purpose')).toBe(true);
};

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
      expectClean(ending, code, signal);
    }
  }
});

test.each<[string, number]>([
  ['process.exit', 3],
  ['worker.terminate', 5],
  ['an uncaught exception', 1],
  ['a time limit of vm', 6],
])('%s ends a synchronous simulation', async (way, code) => {
  expectClean(await endingOf(way, 'blocked'), code);
});
