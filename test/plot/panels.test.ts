import { renderSvg, stackedPanels, type CurvePanel } from '../../lib/plot';

/** Heights (downwards, from the panel's top) of the points of a curve above an axis of 100 px. */
async function heights(panel: Partial<CurvePanel>, y: readonly number[]): Promise<number[]> {
  const svg = await renderSvg(
    stackedPanels({
      title: 'A title',
      subtitle: [],
      x: { title: 'x', domain: [0, y.length] },
      panels: [
        {
          kind: 'curves',
          title: 'y',
          height: 100,
          series: [{ name: 'a', color: '#123456', x: y.map((_, i) => i), y, shape: 'points' }],
          ...panel,
        },
      ],
    }),
  );
  const points = svg.matchAll(/transform="translate\([^,]*,([^)]*)\)"[^>]*fill="#123456"/g);
  return Array.from(points, ([, height]) => Number(height));
}

describe('the y axis of a panel', () => {
  test('is linear between the given ends', async () => {
    expect(await heights({ domain: [0, 200] }, [0, 50, 200])).toEqual([100, 75, 0]);
  });

  test('is logarithmic on request, without values that have no logarithm', async () => {
    const panel = { log: true, domain: [0.1, 1000] } as const;
    expect(await heights(panel, [0.1, 0, 1, -5, 100, 1000, NaN])).toEqual([100, 75, 25, 0]);
  });
});

test.each([
  [false, [0, 200], [50, 100], [150, 100], [75, 50], [25, 50]],
  [true, [0.1, 1000], [1, 0.1], [100, 1000], [75, 100], [25, 0]],
] as const)(
  'a band lies between its ends (logarithmic: %p)',
  async (log, domain, low, high, lower, upper) => {
    const svg = await renderSvg(
      stackedPanels({
        title: 'A title',
        subtitle: [],
        x: { title: 'x', domain: [0, 1] },
        panels: [
          {
            kind: 'curves',
            title: 'y',
            height: 100,
            log,
            domain,
            series: [{ name: 'a', color: '#123456', x: [0, 1], y: [9, 9], band: [low, high] }],
          },
        ],
      }),
    );
    const [, path] = /<path[^>]* d="([^"]*)"[^>]*fill="#123456"[^>]*opacity="0.2"/.exec(svg)!;
    const corners = Array.from(path!.matchAll(/([-\d.]+),([-\d.]+)/g), ([, , height]) =>
      Number(height),
    );
    expect(new Set(corners)).toEqual(new Set([...lower, ...upper]));
  },
);

describe('lines of the same name', () => {
  /** Corners of the lines of that colour. */
  async function lines(names: readonly string[]): Promise<string[][]> {
    const svg = await renderSvg(
      stackedPanels({
        title: 'A title',
        subtitle: [],
        x: { title: 'x', domain: [0, 2] },
        panels: [
          {
            kind: 'curves',
            title: 'y',
            series: names.map((name, i) => ({
              ...{ name, color: '#123456', x: [0, 1, 2] },
              y: [i, i, i],
            })),
          },
        ],
      }),
    );
    return Array.from(svg.matchAll(/<path[^>]* d="([^"]*)"[^>]*stroke="#123456"/g), ([, path]) =>
      path!.split(/[ML]/).slice(1),
    ).filter((corners) => corners.length > 2);
  }

  test('are lines of their own, with one entry in the legend', async () => {
    const alike = await lines(['run', 'run']);
    expect(alike.map((corners) => corners.length)).toEqual([3, 3]);
    // Each stays at one height.
    for (const corners of alike) {
      expect(new Set(corners.map((corner) => corner.split(',')[1])).size).toBe(1);
    }
  });

  test('as those of different names are', async () => {
    const different = await lines(['one', 'other']);
    expect(different.map((corners) => corners.length)).toEqual([3, 3]);
  });
});
