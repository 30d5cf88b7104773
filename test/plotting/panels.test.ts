import { panels, raster, rates, stdpWindow, traces, weightMatrix } from '../../lib/plotting';
import { themes } from '../../lib/plot';
import { axesOf, drawingOf } from './drawn';

const events = { times: [10, 20, 30], senders: [1, 2, 1] };
const spikes = raster(events, { window: { start: 0, stop: 50 } });
const rate = rates(events, { window: { start: 10, stop: 80 } });
const potential = traces({ times: [20, 30], senders: [1, 1], V_m: [-70, -60] });
const stdp = stdpWindow({ lags: [1], changes: [1] }, { title: 'Window', subtitle: 'of a pair' });

/** Left ends and upper ends of the panels. */
const placesOf = (svg: string) =>
  Array.from(
    svg.matchAll(
      /<g class="mark-group role-scope concat_\d+_group"[^>]*><g transform="translate\(([\d.]+),([\d.]+)\)"/g,
    ),
    ([, x, y]) => [Number(x), Number(y)] as const,
  );

test('stand one above the other, each as it is by itself', async () => {
  const figure = panels([spikes, stdp], { title: 'Two' });
  const svg = await drawingOf(figure);
  expect(axesOf(svg)).toEqual([
    ...axesOf(await drawingOf(spikes)),
    ...axesOf(await drawingOf(stdp)),
  ]);
  for (const text of ['Two', 'Window', 'of a pair']) expect(svg).toContain(`>${text}</text>`);
  expect(figure.spec.description).toMatch(/^Two: Spike raster: .* STDP window: /);
});

test('share an x axis that holds all, with labels below the last', async () => {
  const svg = await drawingOf(panels([spikes, rate, potential], { sharedX: true }));
  expect(axesOf(svg).filter((axis) => axis.startsWith('X'))).toEqual([
    'X : linear, 0 to 80',
    'X : linear, 0 to 80',
    'X time (ms): linear, 0 to 80',
  ]);
  const lefts = placesOf(svg).map(([x]) => x);
  expect(lefts).toHaveLength(3);
  expect(new Set(lefts).size).toBe(1);
});

test.each([
  [{ columns: 2 }, 2],
  [{ rows: 2 }, 2],
  [{ columns: 3 }, 3],
  [{ columns: 9 }, 4],
  [{}, 1],
])('%j', async (options, columns) => {
  const svg = await drawingOf(panels([spikes, rate, stdp, potential], options));
  const places = placesOf(svg);
  expect(places).toHaveLength(4);
  expect(new Set(places.map(([x]) => x)).size).toBe(columns);
});

test('take the theme of the first figure, or their own, all of them', async () => {
  const dark = raster(events, { theme: 'dark' });
  const backgroundOf = (figure: ReturnType<typeof panels>) => figure.spec.background;
  expect(backgroundOf(panels([dark, rate]))).toBe(themes.dark.background);
  expect(backgroundOf(panels([rate, dark]))).toBe(themes.light.background);
  const svg = await drawingOf(panels([rate, dark], { theme: 'dark' }));
  expect(svg).toContain(`stroke="${themes.dark.palette[0]}"`);
  expect(svg).not.toContain(themes.light.palette[0]);
});

test('have the size that is given where figures have none of their own', () => {
  const sized = raster(events, { width: 111, height: 77 });
  const { concat } = panels([sized, rate], { width: 200, height: 100 }).spec as {
    concat: { width: number; height: number }[];
  };
  expect(concat.map(({ width, height }) => [width, height])).toEqual([
    [111, 77],
    [200, 100],
  ]);
});

test('may be panels again', async () => {
  const inner = panels([spikes, rate], { sharedX: true });
  const svg = await drawingOf(panels([inner, weightMatrix([[1]])], { columns: 2, theme: 'dark' }));
  expect(axesOf(svg)).toHaveLength(6);
});
