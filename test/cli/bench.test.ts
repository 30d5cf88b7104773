// The command `bench` with engines that measure nothing, then with this simulator on tiny networks.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { benchmarks, tegmentaEngine } from '../../benchmarks/measuring';
import type { Engine, Job } from '../../lib/bench/engine';
import type { BenchSetup } from '../../lib/cli/bench';
import type { Quantity } from '../../lib/cli/experiment';
import { runProgram } from '../../lib/cli/program';
import { TestIO } from './streams';

/** Jobs in the order in which engines got them. */
let jobs: (Job & { readonly engine: string })[];
let io: TestIO;
let folder: string;

beforeEach(() => {
  jobs = [];
  io = new TestIO();
  folder = mkdtempSync(path.join(os.tmpdir(), 'tegmenta-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const quantity = (key: string, value: number, unit = ''): Quantity => ({
  ...{ key, label: key, value, unit },
});

/** Takes `seconds` for everything and fires at `rate` and a bit that the seed decides. */
function fakeEngine(name: string, seconds: number, rate: number): Engine {
  return {
    name,
    version: '1.2.3',
    runs: (benchmark) => name === 'tegmenta' || benchmark.headlines.length === 0,
    measure(job, { progress }) {
      jobs.push({ ...job, engine: name });
      progress('simulating', 0.5);
      if (job.benchmark.name === 'hpc') return Promise.reject(new Error('no memory'));
      const own = [...job.benchmark.headlines].map((key) => quantity(key, seconds, 'ms'));
      return Promise.resolve([
        ...own,
        quantity('rate_E', rate + (job.seed % 3)),
        quantity('wall_time', seconds * job.threads, 's'),
        quantity('real_time_factor', seconds * job.threads),
        quantity('ns_per_event', 10 * seconds, 'ns'),
        quantity('bytes_read_per_event', 4, 'B'),
        quantity('bytes_per_synapse', 5, 'B'),
        quantity('build_time', seconds, 's'),
        quantity('peak_memory', 2 ** 27 * seconds, 'B'),
      ]);
    },
  };
}

const fakes = (peer: Engine | string = 'NEST is left out: there is none.'): BenchSetup => ({
  benchmarks,
  engine: fakeEngine('tegmenta', 1, 30),
  bandwidth: (threads) => Promise.resolve(8e9 * threads),
  connectNest: () => Promise.resolve(peer),
});

const tegmenta = (setup: BenchSetup, ...argv: string[]) =>
  runProgram(['bench', ...argv], io, [], { bench: setup });

interface Document {
  readonly series: readonly {
    workload: string;
    engine: string;
    threads: number;
    results: Record<string, { median: number; range?: [number, number] }>;
    runs: { seed: number; results: Record<string, number> }[];
  }[];
  readonly comparisons: readonly { verdict: string; ratios?: { wall_time: { value: number } } }[];
}
const document = () => JSON.parse(io.stdout.text) as Document;

describe('usage', () => {
  test.each<[argv: string[], message: string]>([
    [['brunle'], 'Did you mean brunel?'],
    [['brunel', '--scale', '9'], 'invalid for brunel. Expected a number from 0.004 to 8'],
    [['loop', '--scale', '1'], 'none of these workloads has a scale'],
    [['brunel', '--time', '0.05'], 'invalid for brunel. Expected a multiple of 0.1'],
    [['loop', '--time', '100'], 'invalid for loop. Expected a multiple of 200'],
    [['--threads', '1,0'], 'a whole number from 1 to 4096'],
    [['--threads', ''], 'a whole number from 1 to 4096'],
    [['--repeats', '0'], 'a whole number from 1 to 1000'],
    [['--warmup', '-1'], 'a whole number from 0 to 1000'],
    [['--seed', '4294967295'], 'must be at most 4294967293 for 3 repeats'],
    [['--compare', 'nset'], 'Allowed choices are nest'],
    [['--compare', 'nest', '--repeats', '1'], 'at least 2'],
    [['--no-files', '--out', 'x'], 'cannot be used with'],
  ])('%j is refused', async (argv, message) => {
    expect(await tegmenta(fakes(), ...argv)).toBe(2);
    expect(io.stderr.text).toContain(message);
    expect(jobs).toEqual([]);
  });

  test('is told by --help, and the workloads by --list', async () => {
    expect(await runProgram(['--help'], io, [], { bench: fakes() })).toBe(0);
    expect(io.stdout.text).toContain('  bench ');
    expect(await tegmenta(fakes(), '--list')).toBe(0);
    for (const { name } of benchmarks) expect(io.stdout.text).toContain(`  ${name} `);
  });
});

describe('runs', () => {
  test('take turns, every other round in reverse, each repeat with a seed of its own', async () => {
    const argv = ['brunel', '--threads', '1,2', '--repeats', '2', '--seed', '9', '--json'];
    expect(await tegmenta(fakes(), ...argv)).toBe(0);
    expect(jobs.map(({ threads, seed }) => [threads, seed])).toEqual([
      ...[
        [1, 9],
        [2, 9],
      ], // warm-up
      ...[
        [2, 9],
        [1, 9],
      ],
      ...[
        [1, 10],
        [2, 10],
      ],
    ]);
    const { series } = document();
    expect(series.map(({ threads, runs }) => [threads, runs.map(({ seed }) => seed)])).toEqual([
      [1, [9, 10]],
      [2, [9, 10]],
    ]);
    expect(series[0]!.results.rate_E).toMatchObject({ median: 30.5, range: [30, 31] });
    // 4 B in 10 ns of 8 GB/s.
    expect(series[0]!.results.bandwidth_fraction!.median).toBeCloseTo(0.05, 12);
    expect(io.stderr.text).toContain('brunel, tegmenta, 2 threads, run 1 of 2: 0.0 s\n');
  });

  test('are of the default workloads unless some are named', async () => {
    expect(await tegmenta(fakes(), '--warmup', '0', '--repeats', '1', '--no-files')).toBe(0);
    expect(jobs.map(({ benchmark }) => benchmark.name)).toEqual(
      benchmarks.filter(({ byDefault }) => byDefault).map(({ name }) => name),
    );
    expect(jobs[0]!.options).toEqual({ scale: 1, repeats: 1, 'weight-precision': 'double' });
    expect(io.stdout.text).toMatch(/brunel, scale 1, 500 ms +tegmenta/);
  });

  test('that fail are named, the others reported, and the exit status is 1', async () => {
    expect(await tegmenta(fakes(), 'brunel', 'hpc', '--repeats', '2', '--json')).toBe(1);
    expect(io.stderr.text).toMatch(/error: hpc, tegmenta, .*, warm-up 1: no memory\n$/);
    expect(document().series.map(({ workload }) => workload)).toEqual(['brunel']);
    expect(jobs.filter(({ benchmark }) => benchmark.name === 'hpc')).toHaveLength(1);
  });

  test('end at Ctrl-C with what is finished', async () => {
    const setup = fakes();
    const measure = setup.engine.measure.bind(setup.engine);
    setup.engine.measure = (job, control) => {
      if (jobs.length === 3) io.interrupt();
      return control.signal.aborted
        ? Promise.reject(control.signal.reason as Error)
        : measure(job, control);
    };
    expect(await tegmenta(setup, 'brunel', 'loop', '--repeats', '9', '--json')).toBe(130);
    expect(document()).toMatchObject({ interrupted: true });
    expect(document().series[0]!.runs).toHaveLength(2);
    expect(io.stderr.text).toContain('Interrupted');
    expect(io.listening).toBe(false);
  });

  test('show a bar on a terminal', async () => {
    io.stderr.isTTY = true;
    expect(await tegmenta(fakes(), 'brunel', '--json')).toBe(0);
    expect(io.stderr.text).toContain('brunel, tegmenta');
    expect(io.stderr.text).toMatch(/simulating .* 50 %/);
  });
});

describe('--compare nest', () => {
  const argv = ['brunel', '--compare', 'nest', '--threads', '2', '--json'];

  test('gives ratios of the same activity', async () => {
    expect(await tegmenta(fakes(fakeEngine('NEST', 20, 30)), ...argv)).toBe(0);
    const [comparison] = document().comparisons;
    expect(comparison).toMatchObject({ verdict: 'agree', ratios: { wall_time: { value: 20 } } });
    expect(jobs.slice(0, 4).map(({ engine }) => engine)).toEqual(
      ['tegmenta', 'NEST', 'NEST', 'tegmenta'], // warm-up, and the first round in reverse
    );
  });

  test('gives none of another', async () => {
    const peer = fakeEngine('NEST', 20, 35);
    expect(await tegmenta(fakes(peer), ...argv)).toBe(0);
    expect(document().comparisons).toMatchObject([{ verdict: 'differ' }]);
    expect(document().comparisons[0]!.ratios).toBeUndefined();
    io = new TestIO();
    expect(await tegmenta(fakes(peer), ...argv.slice(0, -1), '--no-files')).toBe(0);
    expect(io.stdout.text).toContain('differ by more than the sampling error: no ratio');
    expect(io.stdout.text).not.toContain('times as long');
  });

  test('without NEST says so and measures the rest', async () => {
    expect(await tegmenta(fakes(), ...argv)).toBe(0);
    expect(io.stderr.text).toMatch(/^NEST is left out: there is none\.\n/);
    expect(document().series).toHaveLength(1);
  });
});

const register = ['-r', path.join(__dirname, 'register.cjs')];

test('this simulator measures in processes of their own', async () => {
  const setup = { ...fakes(), ...tegmentaEngine(register) };
  const argv = ['brunel', 'loop', '--scale', '0.01', '--time', '200', '--repeats', '1'];
  expect(await tegmenta(setup, ...argv, '--warmup', '0', '--threads', '1', '--json')).toBe(0);
  const [brunel, loop] = document().series;
  for (const key of ['real_time_factor', 'bandwidth_fraction', 'bytes_read_per_event']) {
    expect(brunel!.results[key]!.median).toBeGreaterThan(0);
  }
  expect(brunel!.results.peak_memory!.median).toBeGreaterThan(2 ** 24);
  expect(brunel!.results.bytes_read_per_event!.median).toBeLessThanOrEqual(
    brunel!.results.bytes_per_synapse!.median,
  );
  expect(loop!.results.turns!.median).toBe(1);
}, 60_000);

test('says why there is no time of an event where there are no events', async () => {
  const setup = { ...fakes(), ...tegmentaEngine(register) };
  const argv = ['silent', '--time', '200', '--repeats', '2', '--warmup', '0', '--threads', '1'];
  expect(await tegmenta(setup, ...argv, '--out', folder)).toBe(0);
  const line = 'silent, 200 ms: no visits in so short a time (wall-clock time per visit';
  expect(io.stdout.text).toContain(line);
  expect(io.stdout.text).not.toContain('∞');
  expect(readFileSync(path.join(folder, 'index.html'), 'utf8')).toContain(`<p>${line}`);
  const { series } = JSON.parse(readFileSync(path.join(folder, 'result.json'), 'utf8')) as {
    series: { results: Record<string, { median: number | null; note?: string }> }[];
  };
  const { ns_per_flush } = series[0]!.results;
  expect(ns_per_flush).toMatchObject({ median: null, note: 'no visits in so short a time' });
}, 60_000);

test('a measurement is ended by an interruption', async () => {
  const { engine } = tegmentaEngine(register);
  const abort = new AbortController();
  const benchmark = benchmarks.find(({ name }) => name === 'brunel')!;
  const options = { scale: 0.01, repeats: 1, 'weight-precision': 'double' };
  const job = { benchmark, options, time: 1e8, threads: 1, seed: 1 };
  const progress = (phase: string) => {
    if (phase === 'simulating') abort.abort();
  };
  await expect(engine.measure(job, { signal: abort.signal, progress })).rejects.toMatchObject({
    name: 'AbortError',
  });
}, 60_000);

describe('the page', () => {
  const build = async () => {
    const peer = fakeEngine('NEST', 20, 30);
    const argv = ['brunel', 'loop', '--compare', 'nest', '--threads', '1,2', '--out', folder];
    expect(await tegmenta(fakes(peer), ...argv)).toBe(0);
    expect(readdirSync(folder).sort()).toEqual(['index.html', 'result.json']);
    return path.join(folder, 'index.html');
  };

  test('stands alone and tells where it comes from', async () => {
    const html = readFileSync(await build(), 'utf8');
    expect(html).not.toMatch(/<(script|link|img)[^>]*(src|href)="(?!data:)/);
    for (const text of [
      'tegmenta bench brunel loop',
      'Node.js',
      'instruction set',
      'GB/s',
      '1.2.3',
    ]) {
      expect(html).toContain(text);
    }
    expect(html).toContain('NEST takes 20 times as long to simulate');
  });

  // What finds no browser here is not tested here; .ci/run installs one.
  const browser = ['chromium', 'chromium-browser', 'google-chrome'].find(
    (name) => spawnSync(name, ['--version']).status === 0,
  );
  if (browser === undefined) process.stderr.write('No browser: the page is not opened in one.\n');
  const opened = browser === undefined ? [] : [browser];
  if (opened.length > 0) {
    test.each(opened)(
      'shows its figures in %s, with titles, axes and legends',
      async (program) => {
        const url = pathToFileURL(await build()).href;
        const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--enable-logging=stderr'];
        const run = spawnSync(
          program,
          [...flags, `--user-data-dir=${path.join(folder, 'profile')}`, '--dump-dom', url],
          { encoding: 'utf8', timeout: 60_000 },
        );
        expect(run.status).toBe(0);
        expect(run.stderr).not.toContain(':CONSOLE');
        const figures = run.stdout.match(/<figure [\s\S]*?<\/figure>/g) ?? [];
        expect(figures.map((figure) => /id="([^"]+)"/.exec(figure)![1])).toEqual([
          ...['real-time-factor', 'ns-per-event', 'bandwidth', 'build', 'bytes-per-synapse'],
          ...['other-ms', 'activity-rate'],
        ]);
        expect(figures[0]).toContain('real-time factor (wall-clock s per biological s)');
        for (const figure of figures) {
          expect(figure).toContain('<svg');
          expect(figure).toContain('tegmenta, 2 threads');
        }
        expect(figures[0]).toContain('NEST, 1 thread');
      },
      90_000,
    );
  }
});
