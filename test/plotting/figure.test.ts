import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { BadParameterValue, IOError, MissingPackage, TypeMismatch } from '../../lib';
import { themes } from '../../lib/plot';
import * as plot from '../../lib/plotting';
import { drawingOf } from './drawn';

/** Whether the package that makes images is there. */
const images = { installed: true };
const mockImages = images;
jest.mock('@resvg/resvg-js', () => {
  if (mockImages.installed) return jest.requireActual<object>('@resvg/resvg-js');
  const error = new Error("Cannot find module '@resvg/resvg-js'");
  throw Object.assign(error, { code: 'MODULE_NOT_FOUND' });
});

const options = { title: 'A <b> & "c"', subtitle: 'below it' };
const figure = plot.raster({ times: [1, 2], senders: [1, 2] }, options);

let folder: string;
beforeEach(() => {
  images.installed = true;
  folder = mkdtempSync(path.join(os.tmpdir(), 'tegmenta-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('a drawing says what it shows', async () => {
  const svg = await drawingOf(figure);
  expect(svg).toMatch(
    /^<svg[^>]*><desc>A &#60;b&#62; &#38; &#34;c&#34;: Spike raster: 2 spikes of 2 neurons, 1 to 2 ms\. below it<\/desc>/,
  );
  expect(svg).toContain('>A &lt;b&gt; &amp; "c"</text>');
  expect(svg).toContain('>below it</text>');
});

test('a title that is empty is none', () => {
  const { description } = plot.raster({ times: [], senders: [] }, { title: '' }).spec;
  expect(description).toMatch(/^Spike raster: /);
});

test('the specification is of Vega-Lite and holds the numbers, as they were', async () => {
  const times = [1, 2];
  const raster = plot.raster({ times, senders: [1, 1] });
  times[1] = 77;
  expect(raster.spec).toMatchObject({ $schema: expect.stringContaining('vega-lite/v5') as string });
  expect(JSON.stringify(raster.spec)).not.toContain('77');
  expect(raster.spec).toBe(raster.spec);
  await raster.save(path.join(folder, 'figure.json'));
  const saved: unknown = JSON.parse(readFileSync(path.join(folder, 'figure.json'), 'utf8'));
  expect(saved).toEqual(JSON.parse(JSON.stringify(raster.spec)));
});

/** Without what differs from drawing to drawing, so that several can stand on one page. */
const unnumbered = (svg: string | Buffer): string => svg.toString().replace(/clip\d+/g, 'clip');

test('what is changed after the call is not drawn', () => {
  const [times, senders, lags] = [[1, 2], [1, 1], [1]];
  const [threshold, bounds, ids, colors] = [5, [0, 9], [1], ['#123456']];
  const populations = { E: ids };
  const figures = [
    plot.raster({ times, senders }, { populations, colors }),
    plot.rates({ times, senders }, { populations, colors }),
    plot.traces({ times, senders, V_m: times }, { threshold, spikes: { times, senders }, colors }),
    plot.weightMatrix([times], { targets: senders.map((_, i) => i), limits: [0, 3] }),
    plot.weightHistogram(times, { bounds, colors }),
    plot.stdpWindow({ lags, changes: lags }, { curve: { lags, changes: lags } }),
  ];
  for (const list of [times, senders, lags, bounds, ids]) list.fill(777);
  colors.fill('#777777');
  for (const { spec } of figures) expect(JSON.stringify(spec)).not.toContain('777');
});

test('files are what their names end in', async () => {
  const read = async (name: string, imageOptions?: plot.ImageOptions) => {
    await figure.save(path.join(folder, name), imageOptions);
    return readFileSync(path.join(folder, name));
  };
  expect(unnumbered(await read('figure.svg'))).toBe(unnumbered(await figure.svg()));
  expect((await read('figure.HTML')).toString()).toMatch(/^<!doctype html>/);
  const sizeOf = (image: Uint8Array): number[] => {
    const view = Buffer.from(image);
    expect(view.subarray(1, 4).toString()).toBe('PNG');
    return [view.readUInt32BE(16), view.readUInt32BE(20)];
  };
  const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(await figure.svg())!;
  expect(sizeOf(await read('a.figure.png', { scale: 3 }))).toEqual([+width! * 3, +height! * 3]);
  expect(sizeOf(await figure.png())).toEqual([+width! * 2, +height! * 2]);
});

test('a page holds the drawing, fetches nothing and has the colour of the theme', async () => {
  const html = await plot
    .raster({ times: [], senders: [] }, { theme: 'dark', title: 'A <b>' })
    .html();
  const [, data] = /src="data:image\/svg\+xml;base64,([^"]+)"/.exec(html)!;
  expect(Buffer.from(data!, 'base64').toString()).toContain('time (ms)');
  expect(html).toContain('<title>A &#60;b&#62;</title>');
  expect(html).toContain(`background: ${themes.dark.background}`);
  expect(html).toContain('alt="Spike raster: 0 spikes');
  expect(html).not.toContain('<h1>');
  expect(html).not.toMatch(/(?:src|href)="(?!data:)/);
});

test('another end, no path and bad options are refused', async () => {
  const save = (...args: unknown[]) =>
    (figure.save as (...args: unknown[]) => Promise<void>)(...args);
  const errorOf = (done: Promise<unknown>): Promise<unknown> =>
    done.then(
      () => 'taken',
      (error: unknown) => error,
    );
  const end = await errorOf(save('figure.sgv'));
  expect(end).toBeInstanceOf(BadParameterValue);
  expect((end as Error).message).toBe(
    "save: path must end in .svg, .png, .html or .json, got 'figure.sgv'; did you mean '.svg'?",
  );
  for (const given of [undefined, 5, '']) {
    expect(await errorOf(save(given))).toMatchObject({ parameter: 'path', name: 'TypeMismatch' });
  }
  expect(await errorOf(save(''))).toMatchObject({
    message: 'save: path must be a path, got an empty text.',
  });
  expect(await errorOf(save('a.png', { scale: 0 }))).toMatchObject({
    parameter: 'scale',
    value: 0,
  });
  expect(await errorOf(save('a.png', { size: 1 }))).toMatchObject({ parameter: 'size' });
  expect(await errorOf(figure.png({ scale: '2' } as never))).toBeInstanceOf(TypeMismatch);
  const nowhere = await errorOf(save(path.join(folder, 'no', 'figure.svg')));
  expect(nowhere).toBeInstanceOf(IOError);
  expect((nowhere as Error).message).toContain('cannot be written: ENOENT');
});

test('an image of clipped parts that all lie outside it is drawn', async () => {
  const samples = { times: [1, 2], senders: [1, 1], V_m: [-70, -60] };
  const image = await plot.traces(samples, { yLimits: [1e3, 1.1e3], threshold: -55 }).png();
  const without = plot.traces(
    { times: [1, 2], senders: [1, 1], V_m: [NaN, NaN] },
    { yLimits: [1e3, 1.1e3] },
  );
  expect(sizeOf(image)).toEqual(sizeOf(await without.png()));
});

const sizeOf = (png: Uint8Array): number[] =>
  [16, 20].map((at) => Buffer.from(png).readUInt32BE(at));

test.each([1e-9, 1e3, 1e9, 1e300])(
  'an image of scale %d is refused by what is allowed',
  async (scale) => {
    const failed: unknown = await figure.png({ scale }).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(BadParameterValue);
    expect(failed).toMatchObject({ parameter: 'scale', value: scale });
    expect((failed as Error).message).toMatch(
      /^png: scale must be from 0\.\d+ to \d+ for a drawing of \d+ × \d+ px, got /,
    );
  },
);

test('characters that XML does not have, or expressions, are drawn as well as they can be', async () => {
  const name = 'a\0b\u001b\ud800c\u2028d\n"e" 😀';
  const odd = plot.raster(
    { times: [1, 2], senders: [1, 2] },
    { title: name, populations: { [name]: [1], other: [2] } },
  );
  const svg = await drawingOf(odd);
  expect(svg).toContain('a\ufffdb\ufffd\ufffdc\u2028d');
  expect(svg).not.toContain('\u001b');
  expect(svg).toContain('😀');
  expect((await odd.png()).length).toBeGreaterThan(1000);
});

test('an image without its package is refused by what to install', async () => {
  images.installed = false;
  jest.resetModules();
  const failed: unknown = await figure.png().catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(MissingPackage);
  expect(failed).toMatchObject({ command: 'npm install @resvg/resvg-js' });
  await expect(figure.save(path.join(folder, 'figure.png'))).rejects.toThrow(MissingPackage);
});

describe('themes', () => {
  /** Relative luminance of a colour (WCAG 2.2). */
  function luminance(color: string): number {
    const named = color === 'white' ? '#ffffff' : color;
    const hex = named.length === 4 ? named.replace(/[^#]/g, '$&$&') : named;
    const [r, g, b] = [1, 3, 5].map((at) => {
      const value = parseInt(hex.slice(at, at + 2), 16) / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
  }
  function contrast(a: string, b: string): number {
    const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (high! + 0.05) / (low! + 0.05);
  }

  test.each(Object.entries(themes))('%s is legible', (_, theme) => {
    expect(contrast(theme.ink, theme.background)).toBeGreaterThan(7);
    expect(contrast(theme.axis, theme.background)).toBeGreaterThan(3);
    // Subtle.
    expect(contrast(theme.grid, theme.background)).toBeLessThan(1.6);
    for (const color of theme.palette) {
      expect(contrast(color, theme.background)).toBeGreaterThan(2);
    }
    for (const color of theme.palette.slice(0, 3)) {
      expect(contrast(color, theme.background)).toBeGreaterThan(3);
    }
    const zero = theme.diverging[3];
    expect(contrast(zero, theme.missing)).toBeGreaterThan(1.3);
  });

  test('dark is not white on black', () => {
    expect(themes.dark.background).not.toMatch(/^#000|black/);
    expect(themes.dark.ink).not.toMatch(/^#fff|white/i);
  });

  test.each(Object.keys(themes) as plot.ThemeName[])(
    '%s colours background, letters and series',
    async (theme) => {
      const svg = await drawingOf(plot.rates({ times: [1], senders: [1] }, { theme }));
      const { background, ink, palette, grid } = themes[theme];
      expect(svg).toMatch(new RegExp(`<rect [^>]*fill="${background}"`));
      expect(
        new Set(Array.from(svg.matchAll(/<text [^>]*fill="([^"]*)"/g), ([, fill]) => fill)),
      ).toEqual(new Set([ink]));
      expect(svg).toContain(`stroke="${palette[0]}"`);
      expect(svg).toContain(`stroke="${grid}"`);
    },
  );

  test('colours can be given', async () => {
    const populations = { a: [1], b: [2], c: [3] };
    const colors = ['#111111', '#222222'];
    const svg = await drawingOf(plot.rates({ times: [1], senders: [1] }, { populations, colors }));
    for (const color of colors) expect(svg).toContain(`stroke="${color}"`);
    expect(svg).not.toContain(themes.light.palette[0]);
  });

  test.each([
    ...['DarkOrange', '#abc', '#abcd', '#11223344', 'rgb(1, 2, 3)', 'rgba(1,2,3,.5)'],
    ...['rgb(10% 20% 30% / 50%)', 'hsl(120, 50%, 50%)', 'hsl(120deg 50% 50%)'],
  ])('%s is a colour', async (color) => {
    const spikes = { times: [1], senders: [1] };
    const svg = await drawingOf(plot.rates(spikes, { colors: [color] }));
    expect(svg).toContain(`stroke="${color}"`);
  });
});
