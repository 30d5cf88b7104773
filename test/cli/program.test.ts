import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { defineExperiment, type Experiment } from '../../lib/cli/experiment';
import { ExitCode } from '../../lib/cli/io';
import { runProgram } from '../../lib/cli/program';
import { Progress } from '../../lib/cli/progress';
import { BadProperty } from '../../lib/errors';
import { version as packageVersion } from '../../lib/generated/version';
import { TestIO } from './streams';

/** Counts to `--time` in steps of 1 ms unless it is interrupted, and reports what it was given. */
const counter = defineExperiment({
  name: 'counter',
  summary: 'Counts milliseconds',
  reference: 'A. Counter (2000)',
  defaultTime: 5,
  resolution: 0.1,
  options: {
    scale: { kind: 'number', description: 'a factor', default: 1, min: 0.5, max: 8 },
    size: { kind: 'number', description: 'a size', min: 1, step: 1, conflicts: 'scale' },
    neuron: { kind: 'choice', description: 'a model', default: 'lif', choices: ['lif', 'hh'] },
    brief: {
      kind: 'flag',
      description: 'to be brief',
      default: false,
      conflicts: ['time', 'neuron'],
    },
    data: { kind: 'path', of: 'folder', description: 'what is counted' },
    list: { kind: 'path', of: 'file', optional: true, description: 'where numbers stand' },
    pair: {
      kind: 'choices',
      description: 'two pets',
      default: ['cat', 'cat'],
      choices: ['cat', 'dog'],
    },
  },
  async run({ time, threads, seed, options, signal, progress, folder }) {
    let reached = 0;
    while (reached < (options.brief ? 1 : time) && !signal.aborted) {
      await new Promise(setImmediate);
      progress('counting', ++reached / time);
    }
    return {
      title: `Counts milliseconds, scale ${options.scale}`,
      parameters: {
        scaled: (options.size ?? 10) * options.scale,
        read: options.data ?? 'nothing',
        list: options.list === true ? 'own' : (options.list ?? 'none'),
        folder: folder ?? 'none',
      },
      quantities: [
        { key: 'reached', label: 'time reached', value: reached, unit: 'ms' },
        { key: 'threads', label: 'threads', value: threads, unit: '' },
        { key: 'seed', label: 'seed', value: seed, unit: '' },
        { key: 'nothing', label: 'no value', value: NaN, unit: 'mV' },
        { key: 'unseen', label: 'not seen', value: NaN, unit: 'Hz', note: 'nobody looked' },
        { key: 'seen', label: 'seen', value: 1, unit: 'Hz', note: 'nobody looked' },
      ],
      figures: [
        {
          name: 'points',
          spec: {
            data: { values: [{ x: 1 }] },
            mark: 'point',
            encoding: { x: { field: 'x', type: 'quantitative', title: 'x (ms)' } },
          },
        },
      ],
      spikes: { times: Float64Array.of(0.1 * 3, 1), senders: Uint32Array.of(2, 1) },
    };
  },
});

const failing = (name: string, error: Error): Experiment => ({
  name,
  summary: 'Fails',
  reference: 'nobody',
  defaultTime: 1,
  resolution: 0.1,
  options: {},
  run: () => Promise.reject(error),
});

const experiments: Experiment[] = [
  counter,
  failing('refused', new BadProperty('tau_m must be > 0, got -1.', { parameter: 'tau_m' })),
  failing('broken', new Error('surprise')),
  failing('unwritable', Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' })),
];

let io: TestIO;
const tegmenta = (...argv: string[]) => runProgram(argv, io, experiments);

beforeEach(() => {
  io = new TestIO();
});

describe('help', () => {
  test('names the commands and exits with 0', async () => {
    expect(await tegmenta('--help')).toBe(0);
    for (const command of ['list', 'info', 'run'])
      expect(io.stdout.text).toContain(`  ${command} `);
    expect(io.stderr.text).toBe('');
  });

  test('of an experiment gives its paper, its options and their defaults', async () => {
    expect(await tegmenta('run', 'counter', '--help')).toBe(0);
    for (const text of [
      'A. Counter (2000)',
      '--time <ms>',
      '(default: 5)',
      '--list [file]',
      '"lif", "hh"',
    ]) {
      expect(io.stdout.text).toContain(text);
    }
  });

  test('ends with the exit codes', async () => {
    await tegmenta('--help');
    const rows = Object.values(ExitCode).map((code) => ` +${code} +\\w.+\n`);
    expect(io.stdout.text).toMatch(new RegExp(`\nExit codes:\n${rows.join('')}$`));
  });

  test.each([[[]], [['run']], [['run', 'counter']], [['list']]])(
    'help %j says what --help says',
    async (names: string[]) => {
      expect(await tegmenta('help', ...names)).toBe(0);
      const { text } = io.stdout;
      io = new TestIO();
      await tegmenta(...names, '--help');
      expect(text).toBe(io.stdout.text);
      expect(text).toContain(['Usage: tegmenta', ...names].join(' '));
    },
  );

  test('version', async () => {
    expect(await tegmenta('--version')).toBe(0);
    expect(io.stdout.text).toBe(`${packageVersion}\n`);
  });
});

describe('wrong usage exits with 2 and says what is right', () => {
  test.each<[argv: string[], message: string]>([
    [[], 'Usage: tegmenta'],
    [['run'], 'Usage: tegmenta run'],
    [['rnu'], 'Did you mean run?'],
    [['run', 'conter'], 'Did you mean counter?'],
    [['run', 'counter', '--scael', '2'], 'Did you mean --scale?'],
    [['run', 'counter', '--scale'], 'argument missing'],
    [['run', 'counter', 'extra'], 'too many arguments'],
    [['run', 'counter', '--scale', '9'], 'a number from 0.5 to 8'],
    [['run', 'counter', '--scale', 'two'], 'a number from 0.5 to 8'],
    [['run', 'counter', '--size', '1.5'], 'a whole number, at least 1'],
    [['run', 'counter', '--size', '2', '--scale', '2'], 'cannot be used with'],
    [['run', 'counter', '--brief', '--time', '3'], 'cannot be used with'],
    [['run', 'counter', '--neuron', 'hh', '--brief'], 'cannot be used with'],
    [['run', 'counter', '--data'], 'argument missing'],
    [['run', 'counter', '--neuron', 'hx'], 'Allowed choices are lif, hh'],
    [['run', 'counter', '--pair', 'cat'], 'Expected 2 of cat, dog, separated by commas'],
    [['run', 'counter', '--pair', 'cat,dog,cat'], 'Expected 2 of cat, dog'],
    [['run', 'counter', '--pair', 'cat,cow'], 'Expected 2 of cat, dog'],
    [['run', 'counter', '--time', '0'], 'a multiple of 0.1, at least 0.1'],
    [['run', 'counter', '--time', '1.05'], 'a multiple of 0.1, at least 0.1'],
    [['run', 'counter', '--time', ''], 'a multiple of 0.1, at least 0.1'],
    [['run', 'counter', '--threads', '0'], 'a whole number, at least 1'],
    [['run', 'counter', '--seed', '4294967296'], 'a whole number from 1 to 4294967295'],
    [['run', 'counter', '--no-files', '--out', 'x'], 'cannot be used with'],
    [['help', 'rnu'], "unknown command 'rnu'\n(Did you mean run?)"],
    [['help', 'run', 'conter'], "unknown command 'conter'\n(Did you mean counter?)"],
    [['help', 'something'], "unknown command 'something'\n"],
    [['list', '--model'], 'Did you mean --models?'],
  ])('%j', async (argv, message) => {
    expect(await tegmenta(...argv)).toBe(2);
    expect(io.stderr.text).toContain(message);
    expect(io.stdout.text).toBe('');
  });
});

describe('list and info', () => {
  test('list gives a line for each experiment', async () => {
    expect(await tegmenta('list')).toBe(0);
    expect(io.stdout.text).toContain('  counter     Counts milliseconds\n');
    expect(io.stdout.text.match(/\n/g)).toHaveLength(1 + experiments.length);
  });

  test('list --models gives the models by kind, with their summaries', async () => {
    expect(await tegmenta('list', '--models')).toBe(0);
    expect(io.stdout.text).toMatch(/^Neurons\n( {2}\w+ .+\n)+\nStimulating devices\n/);
    expect(io.stdout.text).toMatch(/\nSynapses\n( {2}\w+ .+\n)+$/);
    expect(io.stdout.text).toMatch(/ {2}iaf_psc_delta +\S/);
  });

  test('info', async () => {
    expect(await tegmenta('info')).toBe(0);
    for (const text of [packageVersion, process.version, 'instruction set', 'threads', 'GiB']) {
      expect(io.stdout.text).toContain(text);
    }
  });
});

describe('run', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'tegmenta-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  test('prints a table of the results', async () => {
    expect(await tegmenta('run', 'counter', '--no-files', '--seed', '7')).toBe(0);
    expect(io.stdout.text).toMatch(/time reached +5 {2}ms\n/);
    expect(io.stdout.text).toMatch(/seed +7\n/);
    expect(io.stdout.text).toMatch(/no value +– {2}mV\n/);
    expect(io.stdout.text).toMatch(/not seen +– {2}Hz {2}nobody looked\n/);
    expect(io.stdout.text).toMatch(/seen +1 {2}Hz\n/);
    expect(io.stdout.text).toMatch(/^Counts milliseconds, scale 1\n\n/);
    expect(io.stdout.text).not.toContain('Written');
    expect(io.stderr.text).toBe('');
    expect(io.listening).toBe(false);
  });

  test('writes figures, numbers and spikes, and lists them', async () => {
    const out = path.join(folder, 'a', 'b');
    expect(await tegmenta('run', 'counter', '--size', '20', '--out', out)).toBe(0);
    const files = ['points.svg', 'result.json', 'spikes.csv'];
    expect(readdirSync(out).sort()).toEqual(files);
    for (const file of files) expect(io.stdout.text).toContain(`  ${path.join(out, file)}\n`);
    expect(readFileSync(path.join(out, 'points.svg'), 'utf8')).toContain('x (ms)');
    expect(readFileSync(path.join(out, 'spikes.csv'), 'utf8')).toBe('time_ms,sender\n0.3,2\n1,1\n');
    expect(JSON.parse(readFileSync(path.join(out, 'result.json'), 'utf8'))).toMatchObject({
      experiment: 'counter',
      title: 'Counts milliseconds, scale 1',
      interrupted: false,
      options: { time: 5, seed: 55, scale: 1, size: 20, neuron: 'lif' },
      parameters: { scaled: 20 },
      results: { reached: 5, nothing: null },
      notes: { unseen: 'nobody looked' },
      units: { reached: 'ms' },
      versions: { tegmenta: packageVersion },
    });
  });

  test('writes below tegmenta-results by default', async () => {
    const before = process.cwd();
    process.chdir(folder);
    try {
      expect(await tegmenta('run', 'counter')).toBe(0);
      expect(readdirSync('tegmenta-results/counter')).toHaveLength(3);
    } finally {
      process.chdir(before);
    }
  });

  test('--json prints the result and nothing else, and writes no files', async () => {
    expect(await tegmenta('run', 'counter', '--json', '--time', '3', '--neuron', 'hh')).toBe(0);
    expect(JSON.parse(io.stdout.text)).toMatchObject({
      options: { time: 3, neuron: 'hh', brief: false },
      results: { reached: 3 },
    });
    expect(io.stderr.text).toBe('');
  });

  test('a flag is on where it is given', async () => {
    expect(await tegmenta('run', 'counter', '--json', '--brief')).toBe(0);
    expect(JSON.parse(io.stdout.text)).toMatchObject({
      options: { brief: true },
      results: { reached: 1 },
    });
  });

  test('a path is what was typed, and an experiment knows where its files go', async () => {
    expect(await tegmenta('run', 'counter', '--json', '--data', 'some/where')).toBe(0);
    expect(JSON.parse(io.stdout.text)).toMatchObject({
      options: { data: 'some/where' },
      parameters: { read: 'some/where', folder: 'none' },
    });
    io = new TestIO();
    expect(await tegmenta('run', 'counter', '--json', '--out', folder)).toBe(0);
    expect(JSON.parse(io.stdout.text)).toMatchObject({
      parameters: { read: 'nothing', folder },
    });
  });

  test.each<[argv: string[], value: unknown, read: string]>([
    [[], undefined, 'none'],
    [['--list'], true, 'own'],
    [['--list', '--seed', '3'], true, 'own'],
    [['--list', 'some/where'], 'some/where', 'some/where'],
  ])('a path can be left out where it is optional: %j', async (argv, value, list) => {
    expect(await tegmenta('run', 'counter', '--json', ...argv)).toBe(0);
    const { options, parameters } = JSON.parse(io.stdout.text) as Record<
      string,
      { list?: unknown }
    >;
    expect(options!.list).toBe(value);
    expect(parameters!.list).toBe(list);
  });

  test('--json --out does both', async () => {
    expect(await tegmenta('run', 'counter', '--json', '--out', folder)).toBe(0);
    expect(readFileSync(path.join(folder, 'result.json'), 'utf8')).toBe(io.stdout.text);
  });

  test('exits with 1 and the text of an error that says what to do', async () => {
    expect(await tegmenta('run', 'refused')).toBe(1);
    expect(io.stderr.text).toBe('error: tau_m must be > 0, got -1.\n');
    expect(await tegmenta('run', 'unwritable')).toBe(1);
    expect(io.stderr.text).toMatch(/\nerror: EACCES: permission denied\n$/);
    expect(io.listening).toBe(false);
  });

  test('finds before the run that the folder cannot be made', async () => {
    writeFileSync(path.join(folder, 'file'), '');
    const out = path.join(folder, 'file', 'below');
    expect(await tegmenta('run', 'broken', '--out', out)).toBe(1);
    expect(io.stderr.text).toMatch(/^error: No files can be written into .*ENOTDIR/);
    // Where the system makes no folders.
    expect(await tegmenta('run', 'broken', '--out', '/proc/tegmenta/a')).toBe(1);
    expect(io.stderr.text).toContain('No files can be written into /proc/tegmenta/a');
  });

  /** What a run leaves in a folder in which that name cannot be replaced. */
  const runWithout = async (name: string, ...more: string[]) => {
    rmSync(path.join(folder, name), { force: true, recursive: true });
    mkdirSync(path.join(folder, name));
    const code = await tegmenta('run', 'counter', '--out', folder, ...more);
    return { code, files: readdirSync(folder).sort() };
  };
  const numbers = () =>
    JSON.parse(readFileSync(path.join(folder, 'result.json'), 'utf8')) as { options: object };

  test('prints what it found even where no file can be written, and leaves no halves', async () => {
    const { code, files } = await runWithout('result.json');
    expect(code).toBe(1);
    expect(io.stdout.text).toMatch(/time reached +5 {2}ms\n/);
    expect(io.stderr.text).toMatch(/^error: .*rename/);
    expect(files).toEqual(['result.json']);
    io = new TestIO();
    expect((await runWithout('result.json', '--json')).code).toBe(1);
    expect(JSON.parse(io.stdout.text)).toMatchObject({ results: { reached: 5 } });
  });

  test('writes numbers before figures', async () => {
    const { code, files } = await runWithout('points.svg', '--seed', '9');
    expect(code).toBe(1);
    expect(files).toEqual(['points.svg', 'result.json', 'spikes.csv']);
    expect(numbers()).toMatchObject({ options: { seed: 9 } });
  });

  test('leaves old files whole where new ones fail', async () => {
    await tegmenta('run', 'counter', '--out', folder, '--seed', '1');
    const old = readFileSync(path.join(folder, 'points.svg'), 'utf8');
    const spikes = (): never => {
      throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
    };
    const full: Experiment = {
      ...failing('full', new Error()),
      run: () =>
        Promise.resolve({
          parameters: {},
          quantities: [{ key: 'found', label: 'found', value: 3, unit: '' }],
          figures: [],
          spikes: {
            times: {
              length: 2,
              get 0() {
                return spikes();
              },
            } as unknown as Float64Array,
            senders: Uint32Array.of(1, 2),
          },
        }),
    };
    expect(await runProgram(['run', 'full', '--out', folder], io, [full])).toBe(1);
    expect(io.stdout.text).toMatch(/found +3\n/);
    expect(io.stderr.text).toContain('error: ENOSPC');
    expect(readFileSync(path.join(folder, 'spikes.csv'), 'utf8')).toBe(
      'time_ms,sender\n0.3,2\n1,1\n',
    );
    expect(readFileSync(path.join(folder, 'points.svg'), 'utf8')).toBe(old);
    expect(readdirSync(folder)).toHaveLength(3);
  });

  test('writes no spikes where there are none, nor leaves those of an earlier run', async () => {
    await tegmenta('run', 'counter', '--out', folder);
    const silent: Experiment = {
      ...failing('silent', new Error()),
      run: () =>
        Promise.resolve({
          parameters: {},
          quantities: [],
          figures: [],
          spikes: { times: new Float64Array(), senders: new Uint32Array() },
        }),
    };
    expect(await runProgram(['run', 'silent', '--out', folder], io, [silent])).toBe(0);
    expect(readdirSync(folder).sort()).toEqual(['points.svg', 'result.json']);
  });

  test('shows where an unexpected error came from', async () => {
    expect(await tegmenta('run', 'broken')).toBe(1);
    expect(io.stderr.text).toMatch(/^error: Error: surprise\n +at /);
  });

  test('a first Ctrl-C ends with what was recorded so far and exits with 130', async () => {
    const finished = tegmenta('run', 'counter', '--time', '1000000', '--json', '--out', folder);
    await new Promise(setImmediate);
    io.interrupt();
    expect(await finished).toBe(130);
    const result = JSON.parse(io.stdout.text) as { results: { reached: number } };
    expect(result).toMatchObject({ interrupted: true });
    expect(result.results.reached).toBeLessThan(1_000_000);
    expect(readdirSync(folder)).toHaveLength(3);
    expect(io.stderr.text).toContain('Ctrl-C again');
    expect(io.stderr.text).toContain('Interrupted');
    expect(io.listening).toBe(false);
  });

  test('shows progress on a terminal only', async () => {
    io.stderr.isTTY = true;
    expect(await tegmenta('run', 'counter', '--json', '--time', '100')).toBe(0);
    expect(io.stderr.text).toMatch(/counting ░+ 0 %(?!,)/);
    expect(io.stderr.text).toMatch(/counting .* 100 %, 0 s left/);
    expect(() => JSON.parse(io.stdout.text) as unknown).not.toThrow();
  });
});

describe('progress on a terminal without the package that draws bars', () => {
  const absent = Object.assign(new Error("Cannot find module 'cli-progress'"), {
    code: 'MODULE_NOT_FOUND',
  });

  test('names it in one line and goes on with lines', () => {
    jest.doMock('cli-progress', () => {
      throw absent;
    });
    io.stderr.isTTY = true;
    let now = 0;
    const progress = new Progress(io.stderr, () => now);
    for (; now <= 10_000; now += 5_000) progress.update('building', now / 20_000);
    progress.stop();
    jest.dontMock('cli-progress');
    expect(io.stderr.text).toBe(
      'A progress bar needs a package not installed: cli-progress. Install with: npm install cli-progress\n' +
        'building: 50 %, 10 s left\n',
    );
  });
});

describe('progress without a terminal', () => {
  test('is a line every ten seconds', () => {
    let now = 0;
    const progress = new Progress(io.stderr, () => now);
    const lines = () => io.stderr.text.split('\n').slice(0, -1);
    for (; now < 9_999; now += 100) progress.update('building', now / 20_000);
    expect(lines()).toEqual([]);
    for (now = 10_000; now <= 35_000; now += 100)
      progress.update('simulating', (now - 10_000) / 40_000);
    expect(lines()).toEqual([
      'simulating: 0 %',
      'simulating: 25 %, 30 s left',
      'simulating: 50 %, 20 s left',
    ]);
  });

  test('says how things stand', () => {
    let now = 0;
    const progress = new Progress(io.stderr, () => now);
    for (const [ms, fraction, standing] of [
      [0, 0, 'score 0 : 0'],
      [10_000, 0.5, 'score 2 : 1'],
      [20_000, 1, ''],
    ] as const) {
      now = ms;
      progress.update('learning', fraction, standing);
    }
    expect(io.stderr.text).toBe(
      'learning: 50 %, 10 s left, score 2 : 1\nlearning: 100 %, 0 s left\n',
    );
  });
});
