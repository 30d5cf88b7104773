// Random calls of the public API, each sequence in a process of its own.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { type CompiledPrograms, compilePrograms } from '../compiled';
import { seeds, timeout } from './budget';

/** Calls of one process. */
const callsEach = 100;
/** One that takes longer hangs, ms; generous, for busy machines and sanitizers. */
const patience = 120_000;

let programs: CompiledPrograms;
beforeAll(() => {
  programs = compilePrograms('test/fuzz');
});
afterAll(() => {
  programs.remove();
});

interface Outcome {
  readonly seed: number;
  readonly calls: number;
  readonly findings: readonly string[];
}

function sequence(seed: number): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      [
        '--max-old-space-size=2000',
        programs.file('programs/calls'),
        String(seed),
        String(callsEach),
      ],
      { stdio: ['ignore', 'pipe', 'pipe', 'pipe'], timeout: patience, killSignal: 'SIGKILL' },
    );
    const heard = ['', '', '', ''];
    [1, 2, 3].forEach((i) => {
      child.stdio[i]?.on('data', (chunk: Buffer) => (heard[i] += chunk.toString()));
    });
    child.on('close', (code, signal) => {
      const [, output = '', errors = '', trace = ''] = heard;
      if (code === 0) {
        const result = JSON.parse(output.trim().split('\n').at(-1)!) as Outcome;
        resolve({ ...result, seed });
      } else {
        const last = trace.trim().split('\n').at(-1);
        const how = `ended with ${String(code ?? signal)} after call ${last}: ${errors.slice(0, 2000)}`;
        resolve({ seed, calls: 0, findings: [how] });
      }
    });
  });
}

test(
  'random calls are carried out or refused with a TegmentaError, and refused ones change nothing',
  async () => {
    const outcomes: Outcome[] = [];
    const all = seeds('random calls');
    const worker = async (): Promise<void> => {
      for (let next = all.next(); !next.done; next = all.next()) {
        outcomes.push(await sequence(next.value));
      }
    };
    await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, worker));
    const calls = outcomes.reduce((sum, outcome) => sum + outcome.calls, 0);
    process.stderr.write(`random calls: ${calls} in ${outcomes.length} processes\n`);
    expect(outcomes.filter(({ findings }) => findings.length > 0)).toEqual([]);
    expect(calls).toBeGreaterThan(0);
  },
  timeout,
);
