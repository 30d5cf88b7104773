// What draws need not be installed.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { benchmarks } from '../../benchmarks/measuring';
import { MissingPackage } from '../../lib';
import type { BenchSetup } from '../../lib/cli/bench';
import type { Experiment } from '../../lib/cli/experiment';
import { runProgram } from '../../lib/cli/program';
import { checkFormat, figureFormats, renderSvg, type FigureFormat } from '../../lib/plot';
import { TestIO } from '../cli/streams';

const absent: string[] = [];
const mockAbsent = absent;
function mockPackage(name: string): unknown {
  if (!mockAbsent.includes(name)) return jest.requireActual(name);
  const error = new Error(`Cannot find module '${name}'`);
  throw Object.assign(error, { code: 'MODULE_NOT_FOUND' });
}
jest.mock('vega', () => mockPackage('vega'));
jest.mock('vega-lite', () => mockPackage('vega-lite'));

beforeEach(() => {
  jest.resetModules();
  absent.length = 0;
});

const spec = {
  data: { values: [{ x: 1 }] },
  mark: 'point' as const,
  encoding: { x: { field: 'x', type: 'quantitative' as const } },
};

test.each([
  [['vega-lite'], 'a package not installed: vega-lite. Install with: npm install vega-lite'],
  [
    ['vega', 'vega-lite'],
    'packages not installed: vega, vega-lite. Install with: npm install vega vega-lite',
  ],
])('without %p', async (names, says) => {
  absent.push(...names);
  const failed: unknown = await renderSvg(spec).catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(MissingPackage);
  expect(failed).toMatchObject({ message: `A figure needs ${says}`, packages: names });
  expect(() => checkFormat('json', 'this')).not.toThrow();
  expect(() => checkFormat('svg', 'this')).toThrow(`this needs ${says}`);
});

test('the command names them before a run, which does without where no format was asked for', async () => {
  absent.push('vega-lite');
  let runs = 0;
  const drawing: Experiment = {
    ...{ name: 'drawing', summary: 'Draws', reference: 'nobody' },
    ...{ defaultTime: 1, resolution: 0.1, options: {} },
    run: () => {
      runs++;
      return Promise.resolve({
        ...{ parameters: {}, quantities: [], figures: [{ name: 'one', spec }] },
        spikes: { times: new Float64Array(), senders: new Uint32Array() },
      });
    },
  };
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tegmenta-'));
  try {
    const run = async (format?: FigureFormat) => {
      const io = new TestIO();
      const asked = format === undefined ? [] : ['--format', format];
      const argv = ['run', 'drawing', ...asked, '--out', folder];
      return { code: await runProgram(argv, io, [drawing]), said: io.stderr.text };
    };
    for (const format of Object.keys(figureFormats) as FigureFormat[]) {
      if (format === 'json') continue;
      const { code, said } = await run(format);
      expect(code).toBe(1);
      expect(said).toContain(`--format ${format} needs a package not installed: vega-lite.`);
    }
    expect(runs).toBe(0);
    expect(await run()).toEqual({
      code: 0,
      said: 'A figure needs a package not installed: vega-lite. Install with: npm install vega-lite (numbers are written without)\n',
    });
    expect(readdirSync(folder)).toEqual(['result.json']);
    expect((await run('json')).code).toBe(0);
    expect(readdirSync(folder).sort()).toEqual(['one.json', 'result.json']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('bench names them before it measures, and writes its page without figures', async () => {
  absent.push('vega', 'vega-lite');
  const said: string[] = [];
  const io = new TestIO();
  const setup: BenchSetup = {
    benchmarks,
    engine: {
      ...{ name: 'tegmenta', version: '1.2.3', runs: () => true },
      measure: () => Promise.resolve([]).finally(() => said.push(io.stderr.text)),
    },
    bandwidth: () => Promise.resolve(8e9),
    connectNest: () => Promise.resolve('none'),
  };
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tegmenta-'));
  try {
    const argv = ['bench', 'loop', '--repeats', '1', '--warmup', '0', '--out', folder];
    expect(await runProgram(argv, io, [], { bench: setup })).toBe(0);
    expect(said[0]).toMatch(/^A figure needs packages not installed: vega, vega-lite\. /);
    expect(readdirSync(folder).sort()).toEqual(['index.html', 'result.json']);
    const page = readFileSync(path.join(folder, 'index.html'), 'utf8');
    expect(page).toContain('<h2>How it was measured</h2>');
    expect(page).not.toContain('<h2>Figures</h2>');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
