import { logPanels, renderSvg, type LogPanel } from '../../lib/plot';

const COLOR = '#123456';

const panel: LogPanel = {
  title: 'Growth',
  x: 'size (n)',
  y: 'time (s)',
  series: [{ name: 'measured', color: COLOR, x: [1, 10, 100], y: [0.01, 1, 100] }],
};

const draw = (...panels: LogPanel[]) =>
  renderSvg(logPanels({ title: 'A title', subtitle: ['below it'], panels }));

/** Places of the dots, from the left: to the right and downwards. */
const dotsOf = (svg: string, color = COLOR): number[][] =>
  Array.from(
    svg.matchAll(new RegExp(`translate\\(([^,]*),([^)]*)\\)"[^>]*fill="${color}"`, 'g')),
    ([, x, y]) => [Number(x), Number(y)],
  );

test('both axes are logarithmic: factors are distances', async () => {
  const dots = dotsOf(await draw({ ...panel, legend: false }));
  expect(dots).toHaveLength(3);
  const [[x0, y0], [x1, y1], [x2, y2]] = dots as [number[], number[], number[]];
  expect(x1! - x0!).toBeGreaterThan(50);
  expect(x2! - x1!).toBeCloseTo(x1! - x0!, 6);
  expect(y0! - y1!).toBeGreaterThan(50);
  expect(y1! - y2!).toBeCloseTo(y0! - y1!, 6);
});

test('values that have no logarithm are left out', async () => {
  const series = [
    { name: 'a', color: COLOR, x: [0, 1, 2, 10, 100], y: [1, NaN, -3, 1, 2], expected: [1, 2, 3] },
  ];
  expect(dotsOf(await draw({ ...panel, legend: false, series }))).toHaveLength(2);
});

test('values that hardly differ have axes that can be read, and panels without values are left out', async () => {
  const series = [{ name: 'a', color: COLOR, x: [3000, 3000], y: [7, 7.1] }];
  const nothing = {
    ...panel,
    title: 'Nothing',
    series: [{ ...panel.series[0]!, y: [0, NaN, -1] }],
  };
  const svg = await draw({ ...panel, legend: false, series }, nothing);
  for (const label of ['2k', '5k', '5', '10']) {
    expect([label, svg.match(new RegExp(`>${label}<`, 'g'))?.length]).toEqual([label, 1]);
  }
  expect(svg).not.toContain('Nothing');
});

test('has titles, units, names of the series, ranges and what is expected', async () => {
  const series = panel.series.map((of) => ({
    ...of,
    ranges: of.y && Array.from(of.y, (y) => [0.5 * y, 2 * y] as const),
    expected: [0.02, 0.9, 80],
  }));
  const other: LogPanel = { ...panel, title: 'Other', y: 'memory (bytes)' };
  const svg = await draw({ ...panel, series }, other);
  for (const text of [
    ...['A title', 'below it', 'Growth', 'Other', 'size (n)', 'time (s)', 'memory (bytes)'],
    ...['measured', '0.01', '100'],
  ]) {
    expect([text, svg.includes(`>${text}<`)]).toEqual([text, true]);
  }
  expect(svg.match(/stroke-dasharray="5,3"/g)).toHaveLength(1);
  // A bar from half to twice each value.
  expect(svg.match(/<line aria-label="[^>]*stroke-width="1.6"/g)).toHaveLength(3);
});
