import { matrices, renderSvg } from '../../lib/plot';

const figure = (values: readonly number[]) =>
  matrices({
    title: 'A title',
    subtitle: ['below it'],
    rows: { title: 'input', count: 2 },
    columns: { title: 'output', count: 3 },
    grid: [
      [
        { title: 'before', values },
        { title: 'after', values: [...values].reverse() },
      ],
      [
        { title: 'before', values },
        { title: 'after', values },
      ],
    ],
    color: { title: 'weight (pA)', domain: [0, 5] },
  });

/** Fills of the cells of each matrix, bottom row first. */
async function cells(values: readonly number[]): Promise<string[][]> {
  const svg = await renderSvg(figure(values));
  const marks = [...svg.matchAll(/<path aria-label="[^"]*"[^>]*d="M[^"]*"[^>]*fill="([^"]*)"/g)];
  const fills = marks.map(([, fill]) => fill!);
  return Array.from({ length: fills.length / 6 }, (_, k) => fills.slice(6 * k, 6 * k + 6));
}

test('every matrix has a cell for each value, all on one scale', async () => {
  const drawn = await cells([0, 1, 2, 3, 4, 5]);
  expect(drawn).toHaveLength(4);
  expect(new Set(drawn[0]).size).toBe(6);
  expect(drawn[1]).toEqual([...drawn[0]!].reverse());
  expect(drawn[2]).toEqual(drawn[0]);
});

test('values beyond the scale have the colour of its end', async () => {
  const [first] = await cells([-3, 0, 5, 9, 2, 2]);
  expect(first![0]).toBe(first![1]);
  expect(first![2]).toBe(first![3]);
});

test('titles and axes are there', async () => {
  const svg = await renderSvg(figure([0, 1, 2, 3, 4, 5]));
  for (const text of ['A title', 'below it', 'input', 'output', 'before', 'after', 'weight (pA)']) {
    expect(svg).toContain(`>${text}<`);
  }
});

test('a matrix is as wide as it is to be', async () => {
  const widthOf = async (width?: number): Promise<number> => {
    const svg = await renderSvg(
      matrices({
        ...{ title: '', subtitle: [], color: { title: '', domain: [0, 1] } },
        ...{ rows: { title: '', count: 1 }, columns: { title: '', count: 200 } },
        grid: [[{ title: '', values: Array.from({ length: 200 }, () => 1) }]],
        ...(width !== undefined && { width }),
      }),
    );
    const cells = [...svg.matchAll(/<path aria-label="x:[^"]*"[^>]*d="M([\d.]+),[^"]*?h([\d.]+)/g)];
    return Number(cells.at(-1)![1]);
  };
  expect(await widthOf(300)).toBeGreaterThan(290);
  expect(await widthOf()).toBeLessThan(150);
});
