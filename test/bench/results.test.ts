// benchmarks/RESULTS.md, its figure and the figures of speed in README are what their generator makes
// of the files of results; and what it makes of results that say other things.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  newest,
  resultsFigure,
  resultsName,
  resultsPage,
  withShortTable,
  type Results,
} from '../../benchmarks/measuring/results';
import type { RecordedComparison, RecordedSeries } from '../../lib/bench/report';

const root = path.join(__dirname, '..', '..');
const textOf = (file: string): string => readFileSync(path.join(root, file), 'utf8');

const folder = 'benchmarks/results';
const files = readdirSync(path.join(root, folder)).filter((name) => name.endsWith('.json'));
const all = files.map((name) => JSON.parse(textOf(`${folder}/${name}`)) as Results);

describe('after node scripts/results.cjs', () => {
  test('RESULTS.md is made from the newest results', () => {
    expect(textOf('benchmarks/RESULTS.md')).toBe(resultsPage(all));
  });

  test('its figure, too', async () => {
    expect(textOf(`${folder}/speed.svg`)).toBe(await resultsFigure(all));
  });

  test('README shows them in short', () => {
    const readme = textOf('README.md');
    expect(withShortTable(readme, all)).toBe(readme);
  });
});

test('every file of results is named after its date, commit and processor', () => {
  expect(files.length).toBeGreaterThan(0);
  expect(all.map((results) => `${resultsName(results)}.json`)).toEqual(files);
});

const brunel = (seconds: number): RecordedSeries => ({
  ...{ workload: 'brunel', headlines: [], engine: 'tegmenta', threads: 2, time: 500 },
  options: { scale: 1 },
  results: {
    real_time_factor: { label: '', median: seconds, range: [seconds / 2, 2 * seconds], unit: '' },
    ns_per_event: { label: '', median: 4 * seconds, unit: 'ns' },
    build_time: { label: '', median: null, unit: 's' },
  },
  runs: [{ seed: 1, results: { real_time_factor: seconds } }],
});

const call: RecordedSeries = {
  ...{ workload: 'call', headlines: ['call_time'], engine: 'tegmenta', threads: 2, time: 100 },
  ...{ options: {}, results: { call_time: { label: 'time of a call', median: 5, unit: 'µs' } } },
  runs: [],
};

const nest: RecordedComparison = {
  ...{ workload: 'brunel', threads: 2, engines: ['tegmenta', 'NEST'], activity: [] },
  verdict: 'agree',
  ratios: {
    wall_time: { value: 30, range: [28, 33] },
    build_time: { value: 5 },
    peak_memory: { value: 6 },
  },
};

const resultsOf = (day: string, ...comparisons: RecordedComparison[]): Results => ({
  commit: `abc00${day}`,
  conditions: 'nothing else ran',
  runs: [
    {
      benchmark: 'tegmenta bench',
      ...{ date: `2026-01-${day}T10:00:00.000Z`, command: `tegmenta bench brunel call --seed 3` },
      installation: {
        processor: 'Intel(R) Xeon(R) CPU @ 2.50GHz',
        threads: '2',
        memory: '8 GiB, 7',
      },
      engines: { tegmenta: '1.0.0', NEST: '3.10' },
      ...{ interrupted: false, failures: [] },
      options: { threads: [2], warmup: 1, repeats: 5, seed: 1 },
      bandwidth: [{ threads: 2, value: 9.5e9, unit: 'B/s' }],
      series: [brunel(Number(day)), call, { ...brunel(99), engine: 'NEST' }],
      comparisons,
    },
  ],
});

const row = (page: string, name: string): string =>
  page.split('\n').find((line) => line.startsWith(`| ${name}`))!;

describe('a page of results', () => {
  test('tells medians and ranges of the newest, and of this simulator only', () => {
    const page = resultsPage([resultsOf('04'), resultsOf('02')]);
    expect(row(page, 'brunel')).toBe(
      '| brunel, scale 1, 500 ms | 2 | 4 (2…8) | 16 | – | – | – | – | 1 |',
    );
    expect(row(page, 'call')).toBe('| call | 2 | time of a call | 5 | µs | 1 |');
    expect(page).toContain('1. `npx tegmenta bench brunel call --seed 3`');
    expect(page).toContain('Measured 2026-01-04 at commit abc0004');
    expect(page).toContain('9.5 GB/s with 2 threads');
    expect(page).not.toContain('99');
    expect(page).toContain('No file of results holds a measurement in turn with NEST.');
  });

  test('tells what NEST took in turn, if both did the same', () => {
    expect(row(resultsPage([resultsOf('04', nest)]), 'brunel')).toContain(
      '| 30 (28…33) times as long | 1 |',
    );
    const { workload, threads, engines, activity } = nest;
    const other = { workload, threads, engines, activity, verdict: 'differ' } as const;
    const differing = resultsPage([resultsOf('04', other)]);
    expect(row(differing, 'brunel')).toContain('| does not do the same | 1 |');
  });

  test('keeps an older measurement beside NEST apart, with its own date', () => {
    const page = resultsPage([resultsOf('04'), resultsOf('02', nest)]);
    const [now, then] = page.split('## Beside NEST') as [string, string];
    expect(row(now, 'brunel')).not.toContain('times as long');
    expect(then).toContain('Measured 2026-01-02 at commit abc0002');
    expect(row(then, 'brunel')).toContain('| 2 (1…4) |');
    expect(row(then, 'brunel')).toContain('30 (28…33) times as long');
  });

  test('stands for the newest results', () => {
    expect(newest([resultsOf('02'), resultsOf('04'), resultsOf('03')]).commit).toBe('abc0004');
    expect(resultsName(resultsOf('04'))).toBe('2026-01-04-abc0004-intel-xeon-2.50ghz');
  });
});

test('a README without the marks of the table is refused', () => {
  expect(() => withShortTable('# tegmenta\n', all)).toThrow('README.md lacks <!-- Made by');
});
