import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runProgram } from '../../lib/cli/program';
import { shares } from '../../lib/cli/sweep-runs';
import { version as packageVersion } from '../../lib/generated/version';
import { TestIO } from './streams';
import { sweptExperiments } from './swept-experiments';

jest.mock('node:worker_threads', () => jest.requireActual<object>('../typescript-workers'));

/** As the command prints it. */
interface Sweep {
  readonly interrupted: boolean;
  readonly swept: string[];
  readonly options: object;
  readonly units: object;
  readonly runs: {
    readonly options: Record<string, number | string>;
    readonly parameters?: Record<string, unknown>;
    readonly results?: Record<string, number | null>;
    readonly error?: string;
  }[];
}

let io: TestIO;
let folder: string;

beforeEach(() => {
  io = new TestIO();
  folder = mkdtempSync(path.join(os.tmpdir(), 'tegmenta-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const worker = require.resolve('./swept-worker');
const run = (...argv: string[]) => runProgram(['run', ...argv], io, sweptExperiments, { worker });

/** What it prints as JSON; its exit code first. */
async function found(...argv: string[]): Promise<[number, Sweep]> {
  const code = await run(...argv, '--json');
  return [code, JSON.parse(io.stdout.text) as Sweep];
}

const text = (file: string) => readFileSync(path.join(folder, file), 'utf8');

describe('a sweep', () => {
  test('runs the experiment for each value, and finds what single runs find', async () => {
    const [code, sweep] = await found('teller', '--sweep', 'g=3, 1 ,-2,3', '--time', '2');
    expect(code).toBe(0);
    expect(sweep).toMatchObject({
      experiment: 'teller',
      title: 'Tells what it was given',
      reference: 'A. Teller (2000)',
      interrupted: false,
      swept: ['g'],
      options: { time: 2, seed: 55, neuron: 'lif', brief: false },
      units: { g_squared: 'mV', root: '' },
      versions: { tegmenta: packageVersion },
    });
    expect(sweep.options).not.toHaveProperty('g');
    expect(sweep.runs.map(({ options }) => options)).toEqual([{ g: 3 }, { g: 1 }, { g: -2 }]);
    for (const { options, ...one } of sweep.runs) {
      io = new TestIO();
      expect(await run('teller', `--g=${options.g}`, '--time', '2', '--json')).toBe(0);
      const alone = JSON.parse(io.stdout.text) as { results: object };
      const { threads, ...results } = one.results!;
      expect(threads).toBeGreaterThanOrEqual(1);
      expect(alone).toMatchObject({ ...one, results });
    }
  });

  test('of several options runs every value with every value', async () => {
    const sweeps = ['--sweep', 'neuron=lif,hh', '--sweep', 'seed=7,9', '--sweep', 'time=1'];
    const [code, { runs, swept }] = await found('teller', ...sweeps);
    expect(code).toBe(0);
    expect(swept).toEqual(['neuron', 'seed', 'time']);
    expect(runs.map(({ options }) => Object.values(options))).toEqual(
      [['lif', 7, 1], ['lif', 9, 1], ['hh', 7, 1], ['hh', 9, 1]], // prettier-ignore
    );
    expect(runs.map(({ results }) => results!.seed)).toEqual([7, 9, 7, 9]);
    expect(runs.map(({ results }) => results!.gates)).toEqual([undefined, undefined, 3, 3]);
  });

  test('knows options whose names have dashes', async () => {
    const [, { runs }] = await found('teller', '--sweep', 'top-speed=2,3');
    expect(runs.map(({ options, results }) => [options['top-speed'], results!.speed])).toEqual([
      [2, 2],
      [3, 3],
    ]);
  });

  test('shares the threads among runs that go on at once', async () => {
    expect(shares(4, 2)).toEqual([2, 2]);
    expect(shares(5, 3)).toEqual([2, 2, 1]);
    expect(shares(3, 8)).toEqual([1, 1, 1]);
    expect(shares(8, 1)).toEqual([8]);
    const [, { runs }] = await found('teller', '--sweep', 'g=1,2', '--threads', '3');
    expect(runs.map(({ results }) => results!.threads)).toEqual([2, 1]);
  });

  test('of what measures time gives each run all threads, one after the other', async () => {
    const [, { runs }] = await found('timed', '--sweep', 'g=1,2', '--threads', '3');
    expect(runs.map(({ results }) => results!.threads)).toEqual([3, 3]);
  });

  test('prints a table: rows of values, columns of quantities', async () => {
    io.stdout.columns = 58;
    expect(await run('teller', '--sweep', 'g=-1,2', '--no-files', '--threads', '1')).toBe(0);
    expect(io.stdout.text).toBe(
      'Tells what it was given\n\n' +
        '   g  g_squared (mV)  time (ms)  seed  threads   root\n' +
        '  -1               1          5    55        1      –\n' +
        '   2               4          5    55        1  1.414\n' +
        '\n   g  speed\n  -1      –\n   2      –\n',
    );
    expect(io.stderr.text).toBe('');
    expect(io.listening).toBe(false);
  });

  test('writes one table, one figure and all numbers', async () => {
    const sweeps = ['--sweep', 'g=-1,4', '--sweep', 'neuron=lif,hh'];
    expect(await run('teller', ...sweeps, '--out', folder, '--threads', '1')).toBe(0);
    expect(readdirSync(folder).sort()).toEqual(['result.json', 'sweep.csv', 'sweep.svg']);
    for (const file of readdirSync(folder)) {
      expect(io.stdout.text).toContain(`  ${path.join(folder, file)}\n`);
    }
    expect(text('sweep.csv')).toBe(
      'g,neuron,g_squared,time,seed,threads,root,speed,gates\n' +
        '-1,lif,1,5,55,1,NaN,NaN,\n-1,hh,1,5,55,1,NaN,NaN,3\n' +
        '4,lif,16,5,55,1,2,NaN,\n4,hh,16,5,55,1,2,NaN,3\n',
    );
    const { runs } = JSON.parse(text('result.json')) as Sweep;
    expect(runs[0]).toMatchObject({
      title: 'Tells g -1',
      parameters: { twice: -2, folder: 'none' },
      results: { g_squared: 1, root: null },
      notes: { root: 'negative' },
    });
    // What differs between the runs, and its label where that does not.
    const figure = text('sweep.svg');
    for (const word of ['g_squared (mV)', 'neuron lif', 'neuron hh', '6 more in sweep.csv']) {
      expect(figure).toContain(word);
    }
    expect(figure).not.toContain('square of');
  });

  test('writes beside single runs by default', async () => {
    const before = process.cwd();
    process.chdir(folder);
    try {
      expect(await run('teller', '--sweep', 'g=1,2')).toBe(0);
      expect(readdirSync('tegmenta-results/teller/sweep')).toHaveLength(3);
    } finally {
      process.chdir(before);
    }
  });

  test('goes on where a run fails, tells why and exits with 1', async () => {
    const [code, { runs, interrupted }] = await found('teller', '--sweep', 'g=7,8,2');
    expect([code, interrupted]).toEqual([1, false]);
    expect(runs.map(({ error }) => error)).toEqual([
      'g must not be 7.',
      'its thread ended with code 3',
      undefined,
    ]);
    expect(runs[2]!.results!.g_squared).toBe(4);
    expect(io.stderr.text).toBe(
      'error: g 7: g must not be 7.\nerror: g 8: its thread ended with code 3\n',
    );
    io = new TestIO();
    expect(await run('teller', '--sweep', 'g=7', '--out', folder)).toBe(1);
    // Nothing is found: there is nothing to be drawn.
    expect(text('sweep.csv')).toBe('g\n7\n');
    expect(readdirSync(folder)).not.toContain('sweep.svg');
  });

  test('stopped by Ctrl-C ends all threads, keeps what is complete and exits with 130', async () => {
    io.stderr.isTTY = true;
    const ending = run('endless', '--sweep', 'g=1,2,3', '--threads', '2', '--out', folder);
    while (!io.stderr.text.includes('1 of 3 runs; g 2: waiting 0 %; g 3: waiting 0 %')) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    io.interrupt();
    expect(await ending).toBe(130);
    expect(io.stderr.text).toContain('Stopping all runs');
    expect(io.stderr.text).toContain('Interrupted: 1 of 3 runs were complete by then.\n');
    expect(text('sweep.csv')).toBe('g,g\n1,1\n');
    expect(JSON.parse(text('result.json'))).toMatchObject({ interrupted: true });
    expect(io.listening).toBe(false);
  });

  test('finds before the runs that no files can be written', async () => {
    writeFileSync(path.join(folder, 'file'), '');
    const out = path.join(folder, 'file', 'below');
    expect(await run('endless', '--sweep', 'g=2', '--out', out)).toBe(1);
    expect(io.stderr.text).toMatch(/^error: No files can be written into .*ENOTDIR/);
  });
});

describe('wrong usage', () => {
  const invalid = "error: option '--sweep <name=value,…>' argument";

  test.each<[argv: string[], message: string]>([
    [['--sweep', 'g'], `${invalid} 'g' is invalid. Expected the name of an option, =,`],
    [['--sweep', 'g='], `${invalid} 'g=' is invalid. Expected`],
    [['--sweep', 'neuro=lif'], `${invalid} 'neuro=lif' is invalid. Did you mean neuron?`],
    [['--sweep', 'threads=1'], 'Allowed are g, top-speed, neuron, time, seed.'],
    [['--sweep', 'brief=1'], 'Allowed are g, top-speed, neuron, time, seed.'],
    [['--sweep', 'g=1', '--sweep', 'g=2'], 'The values of g have been given.'],
    [['--sweep', 'g=1', '--g', '2'], "'--sweep' of 'g' cannot be used with option '--g <number>'"],
    [['--sweep', 'g=1', '--save-every', '9'], "cannot be used with option '--save-every <s>'"],
    [['--sweep', 'g=1', '--resume'], "cannot be used with option '--resume'"],
    [['--sweep', 'g=1', '--serve'], "cannot be used with option '--serve [port]'"],
  ])('%j', async (argv, message) => {
    expect(await run('teller', ...argv)).toBe(2);
    expect(io.stderr.text).toContain(message);
    expect(io.stdout.text).toBe('');
  });

  // Each as [sweep, the same as a single run].
  test.each<[string[], string[]]>([
    [['--sweep', 'g=1,9'], ['--g=9']],
    [['--sweep', 'g=1,'], ['--g=']],
    [['--sweep', 'g=two'], ['--g=two']],
    [['--sweep', 'neuron=lif,hx'], ['--neuron=hx']],
    [['--sweep', 'time=1.05'], ['--time=1.05']],
    [['--sweep', 'seed=0'], ['--seed=0']],
    [
      ['--sweep', 'top-speed=2', '--g', '2'],
      ['--top-speed=2', '--g', '2'],
    ],
    [
      ['--sweep', 'time=2', '--brief'],
      ['--time=2', '--brief'],
    ],
  ])('%j is refused in the words of %j', async (swept, single) => {
    expect(await run('teller', ...swept)).toBe(2);
    const { text: words } = io.stderr;
    io = new TestIO();
    expect(await run('teller', ...single)).toBe(2);
    expect(words).toBe(io.stderr.text);
  });

  test('there are no sweeps without a module for threads', async () => {
    const argv = ['run', 'teller', '--sweep', 'g=1'];
    expect(await runProgram(argv, io, sweptExperiments)).toBe(2);
    expect(io.stderr.text).toContain("unknown option '--sweep'");
  });
});
