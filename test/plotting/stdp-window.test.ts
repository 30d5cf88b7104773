import { stdpWindow } from '../../lib/plotting';
import { axesOf, count, drawingOf, marked, strokesOf } from './drawn';

const points = { lags: [-10, 10, 20], changes: [-0.5, 0.8, 0.4] };

test('points, and zero on both axes', async () => {
  const svg = await drawingOf(stdpWindow(points));
  expect(axesOf(svg)).toEqual([
    'X Δt = t_post − t_pre (ms): linear, −20.8 to 20.8',
    'Y Δw: linear, −0.578 to 0.878',
  ]);
  expect(count(svg, /<path[^>]*fill="#0072b2"/g)).toBe(3);
  expect(marked(stdpWindow(points), 'rule').map(({ rows }) => rows)).toEqual([
    [{ at: 0 }],
    [{ at: 0 }],
  ]);
});

test('a curve is sorted by lags and broken at zero', async () => {
  const curve = { lags: [5, -5, 0, -1, 1], changes: [1, -1, 0, -2, 2] };
  const figure = stdpWindow(points, { curve, yLabel: 'Δw (pA)', xLimits: [-40, 40] });
  const [line] = marked(figure, 'line');
  expect(line!.rows.map(({ x }) => x)).toEqual([-5, -1, 0, 1, 5]);
  const svg = await drawingOf(figure);
  expect(axesOf(svg)[0]).toMatch(/−40 to 40$/);
  expect(axesOf(svg)[1]).toMatch(/^Y Δw \(pA\)/);
  const sides = strokesOf(svg, '#d55e00').filter((path) => path.includes('L'));
  expect(sides.map((path) => count(path, /[ML]/g))).toEqual([2, 2]);
});

test('without points there are axes', async () => {
  expect(axesOf(await drawingOf(stdpWindow({ lags: [], changes: [] })))).toEqual([
    expect.stringMatching(/−1.04 to 1.04$/),
    expect.stringMatching(/^Y Δw/),
  ]);
});
