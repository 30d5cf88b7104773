import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Experiment } from '../../lib/cli/experiment';
import { runProgram } from '../../lib/cli/program';
import { TestIO } from './streams';

/** Whether the package that makes images is there. */
const images = { installed: true };
const mockImages = images;

jest.mock('@resvg/resvg-js', () => {
  if (mockImages.installed) return jest.requireActual<object>('@resvg/resvg-js');
  const error = new Error("Cannot find module '@resvg/resvg-js'");
  throw Object.assign(error, { code: 'MODULE_NOT_FOUND' });
});

const point = (name: string) => ({
  name,
  spec: {
    data: { values: [{ x: 1 }] },
    mark: 'point' as const,
    encoding: { x: { field: 'x', type: 'quantitative' as const, title: 'x (ms)' } },
  },
});

let runs = 0;
const drawing: Experiment = {
  ...{ name: 'drawing', summary: 'Draws <two> figures', reference: 'nobody' },
  ...{ defaultTime: 1, resolution: 0.1, options: {} },
  run: () => {
    runs++;
    return Promise.resolve({
      ...{ parameters: {}, quantities: [], figures: [point('one'), point('two')] },
      spikes: { times: new Float64Array(), senders: new Uint32Array() },
    });
  },
};

let io: TestIO;
let folder: string;

beforeEach(() => {
  [io, runs] = [new TestIO(), 0];
  images.installed = true;
  folder = mkdtempSync(path.join(os.tmpdir(), 'tegmenta-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const run = (...argv: string[]) => runProgram(['run', 'drawing', ...argv], io, [drawing]);
const text = (file: string) => readFileSync(path.join(folder, file), 'utf8');

test.each([
  ['svg', ['one.svg', 'two.svg']],
  ['png', ['one.png', 'two.png']],
  ['json', ['one.json', 'two.json']],
  ['html', ['figures.html']],
])('--format %s', async (format, files) => {
  expect(await run('--format', format, '--out', folder)).toBe(0);
  expect(readdirSync(folder).sort()).toEqual([...files, 'result.json'].sort());
  for (const file of files) expect(io.stdout.text).toContain(path.join(folder, file));
});

test('json is the specification', async () => {
  await run('--format', 'json', '--out', folder);
  expect(JSON.parse(text('two.json'))).toEqual(point('two').spec);
});

test('png has two pixels in each direction for one of the drawing', async () => {
  await run('--format', 'png', '--out', folder);
  await run('--format', 'svg', '--out', folder);
  const image = readFileSync(path.join(folder, 'one.png'));
  const [, width, height] = /^<svg [^>]*width="(\d+)" height="(\d+)"/.exec(text('one.svg'))!;
  expect(image.subarray(1, 4).toString()).toBe('PNG');
  expect([image.readUInt32BE(16), image.readUInt32BE(20)]).toEqual([+width! * 2, +height! * 2]);
});

test('html is a page with both drawings that fetches nothing', async () => {
  await run('--format', 'html', '--out', folder);
  const page = text('figures.html');
  const drawings = [...page.matchAll(/src="data:image\/svg\+xml;base64,([^"]+)"/g)];
  expect(drawings).toHaveLength(2);
  expect(Buffer.from(drawings[1]![1]!, 'base64').toString()).toContain('x (ms)');
  expect(page).toContain('<h1>Draws &#60;two&#62; figures</h1>');
  expect(page).toContain("default-src 'none'");
  expect(page).not.toMatch(/(?:src|href)="(?!data:)/);
});

test('a missing package is named before the run', async () => {
  images.installed = false;
  jest.resetModules();
  expect(await run('--format', 'png', '--out', folder)).toBe(1);
  expect(io.stderr.text).toBe(
    'error: --format png needs a package not installed: @resvg/resvg-js. ' +
      'Install with: npm install @resvg/resvg-js\n',
  );
  expect(runs).toBe(0);
  // Where nothing is drawn, nothing is missing.
  expect(await run('--format', 'png', '--no-files')).toBe(0);
});

test('an unknown format is wrong usage', async () => {
  expect(await run('--format', 'pdf')).toBe(2);
  expect(io.stderr.text).toContain('Allowed choices are svg, png, html, json.');
});
