// Threads that the system refuses: a KernelException that says so, nothing has changed, and the
// next call works.
import { execFileSync } from 'node:child_process';
import { type CompiledPrograms, compilePrograms } from '../compiled';
import { compileFailing, type FailingLibrary } from './library';

let programs: CompiledPrograms;
let library: FailingLibrary;
interface Line {
  call: string;
  threads: number;
  refused: number;
  error: { name?: string; message?: string; code?: string; parameter?: string; value?: number };
  /** What a refused call has changed. */
  changed: string;
  /** Where the next calls have come to, ms. */
  advanced: number;
  failed: number;
}
/** These have a thread of their own, which is asked for first. */
const asynchronous = ['Simulate', 'PrepareAsync', 'GetConnectionsAsync'];
/** Needs none but the calling thread. */
const withoutTeam = ['Connect of a generator'];

describe('faults of the system', () => {
  beforeAll(() => {
    programs = compilePrograms('test/faults/programs');
    library = compileFailing();
  });
  afterAll(() => {
    programs.remove();
    library.remove();
  });

  test('a call whose threads are refused says so and changes nothing', () => {
    const out = execFileSync(process.execPath, [programs.file('threads'), library.file], {
      env: { ...process.env, LD_PRELOAD: library.file },
      encoding: 'utf8',
    });
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Line);
    expect(lines).toHaveLength(8 * 2 * 3);
    for (const { call, threads, refused, changed, advanced, failed } of lines) {
      const line = { call, threads, refused };
      const to = call.startsWith('Simulate') ? 20 : 10;
      expect({ ...line, changed, advanced }).toEqual({ ...line, changed: '', advanced: to });
      const own = asynchronous.includes(call) ? 1 : 0;
      const needed = withoutTeam.includes(call) ? 0 : own + threads - 1;
      expect({ ...line, failed }).toEqual({ ...line, failed: refused < needed ? 1 : 0 });
    }
    const refusals = lines.filter(({ failed }) => failed > 0);
    expect(refusals).toHaveLength(4 * 3 + 3 * 4);
    for (const { call, threads, refused, error } of refusals) {
      expect({ call, threads, refused, ...error }).toMatchObject(refusal(call, threads, refused));
    }
    for (const { call, failed, error } of lines) {
      expect({ call, failed, refused: 'name' in error }).toEqual({
        call,
        failed,
        refused: failed > 0,
      });
    }
  });
});

function refusal(call: string, threads: number, refused: number): object {
  const kind = {
    ...{ call, threads, refused },
    ...{ name: 'KernelException', code: 'ERR_TEGMENTA_KERNEL_EXCEPTION' },
    message: expect.stringMatching(/refused/) as string,
  };
  if (asynchronous.includes(call) && refused === 0) return kind;
  const parameter = call === 'memoryBandwidth' ? 'threads' : 'local_num_threads';
  return { ...kind, parameter, value: threads };
}
