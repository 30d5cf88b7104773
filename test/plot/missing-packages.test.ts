// What draws need not be installed.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { MissingPackage } from '../../lib';
import type { Experiment } from '../../lib/cli/experiment';
import { runProgram } from '../../lib/cli/program';
import { checkFormat, figureFormats, renderSvg, type FigureFormat } from '../../lib/plot';
import { TestIO } from '../cli/streams';

const absent: string[] = [];
const mockAbsent = absent;
function mockPackage(name: string): unknown {
  if (!mockAbsent.includes(name)) return jest.requireActual(name);
  const error = new Error(`Cannot find package '${name}' imported from here`);
  throw Object.assign(error, { code: 'ERR_MODULE_NOT_FOUND' });
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
  expect(await checkFormat('json', 'this').then(() => 'taken')).toBe('taken');
  await expect(checkFormat('svg', 'this')).rejects.toThrow(`this needs ${says}`);
});

test('the command names them before a run, which may do without', async () => {
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
    const run = async (format: FigureFormat) => {
      const io = new TestIO();
      const argv = ['run', 'drawing', '--format', format, '--out', folder];
      return { code: await runProgram(argv, io, [drawing]), said: io.stderr.text };
    };
    for (const format of Object.keys(figureFormats) as FigureFormat[]) {
      if (format === 'json') continue;
      const { code, said } = await run(format);
      expect(code).toBe(1);
      expect(said).toContain(`--format ${format} needs a package not installed: vega-lite.`);
    }
    expect(runs).toBe(0);
    expect((await run('json')).code).toBe(0);
    expect(readdirSync(folder).sort()).toEqual(['one.json', 'result.json']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
