import { Kernel } from '../../lib';
import { themes } from '../../lib/plot';
import { weightHistogram, weightMatrix, type Figure } from '../../lib/plotting';
import { axesOf, drawingOf, layersOf, legendsOf, marked } from './drawn';

/** Cells as they are drawn: [row, column, value]. */
const cellsOf = (figure: Figure) =>
  layersOf(figure.spec)[0]!.rows.map(({ y, x, value }) => [y, x, value]);
const colorsOf = (figure: Figure) => layersOf(figure.spec)[0]!.encoding.color!.scale!;

function network() {
  const kernel = new Kernel();
  const cells = kernel.Create('iaf_psc_exp', 4);
  kernel.Connect(cells.slice(0, 2), cells.slice(2, 4), 'all_to_all', { weight: 20 });
  kernel.Connect(cells.slice(0, 1), cells.slice(3, 4), 'all_to_all', { weight: 5 });
  kernel.Connect(cells.slice(1, 2), cells.slice(0, 1), 'all_to_all', { weight: -100 });
  return { kernel, cells, synapses: kernel.GetConnections({ source: cells }) };
}

describe('a heat map', () => {
  test('of a SynapseCollection: rows are sources, what is not there is not drawn', async () => {
    const { kernel, synapses } = network();
    const figure = weightMatrix(synapses, { label: 'weight (pA)' });
    // Sources 1 and 2; targets 1, 3 and 4. Two synapses from 1 to 4.
    expect(cellsOf(figure).sort()).toEqual([
      [0, 1, 20],
      [0, 2, 25],
      [1, 0, -100],
      [1, 1, 20],
      [1, 2, 20],
    ]);
    expect(colorsOf(figure)).toMatchObject({ range: themes.light.diverging });
    const { domain } = colorsOf(figure);
    expect([domain[0], domain[3], domain[6]]).toEqual([-100, 0, 100]);
    const svg = await drawingOf(figure);
    expect(axesOf(svg)).toEqual([
      'X target (node ID): linear, 0.0 to 3.0',
      'Y source (node ID): linear, 0.0 to 2.0',
    ]);
    expect(legendsOf(svg)).toEqual([
      "Gradient legend titled 'weight (pA)' for fill color with values from −100 to 100",
    ]);
    expect(svg).toContain('>Grey: no synapse.</text>');
    expect(svg).toContain(`fill="${themes.light.missing}"`);
    // The first source is above.
    const [one, two] = ['1', '2'].map((id) =>
      Number(
        new RegExp(`text-anchor="end" transform="translate\\(-\\d+,([\\d.]+)\\)"[^>]*>${id}<`).exec(
          svg,
        )![1],
      ),
    );
    expect(one).toBeLessThan(two!);
    kernel.dispose();
  });

  test('of nodes that are asked for, a single synapse, and columns', () => {
    const { kernel, cells, synapses } = network();
    const asked = weightMatrix(synapses, { sources: cells.slice(1, 2), targets: [4, 9, 3] });
    expect(cellsOf(asked).sort()).toEqual([
      [0, 0, 20],
      [0, 2, 20],
    ]);
    expect(cellsOf(weightMatrix(synapses.at(0)))).toEqual([[0, 0, 20]]);
    const columns = { source: [7, 7], target: [3, 5], weight: [0, 2] };
    expect(cellsOf(weightMatrix(columns))).toEqual([
      [0, 0, 0],
      [0, 1, 2],
    ]);
    kernel.dispose();
  });

  test('of a matrix, in which NaN is missing and zero is not', async () => {
    const figure = weightMatrix([
      [0, NaN, 2],
      [1, 3, 4],
    ]);
    expect(cellsOf(figure)).toEqual([
      [0, 0, 0],
      [0, 2, 2],
      [1, 0, 1],
      [1, 1, 3],
      [1, 2, 4],
    ]);
    expect(colorsOf(figure)).toMatchObject({ domain: [0, 4], scheme: 'viridis' });
    const svg = await drawingOf(figure);
    expect(axesOf(svg)).toEqual(['X column: linear, 0.0 to 3.0', 'Y row: linear, 0.0 to 2.0']);
    expect(weightMatrix([[1, 2]]).spec.title).toBeUndefined();
  });

  test('has colours for its limits, for weights that are all the same, and for none', async () => {
    const domainOf = (rows: number[][], limits?: [number, number]) =>
      colorsOf(weightMatrix(rows, limits ? { limits } : {})).domain;
    expect(domainOf([[5, 5]])).toEqual([0, 5]);
    expect(domainOf([[-5, -5]])).toEqual([-5, 0]);
    expect(domainOf([[0]])).toEqual([0, 1]);
    expect(domainOf([[1, 2]], [0, 10])).toEqual([0, 10]);
    expect(domainOf([[1, 2]], [-3, 9])).toEqual([-3, -2, -1, 0, 3, 6, 9]);
    await drawingOf(weightMatrix([[NaN]]));
    await drawingOf(weightMatrix({ source: [], target: [], weight: [] }));
  });

  test('of many nodes has means over blocks, and says so', async () => {
    const length = 300;
    const rows = Array.from({ length }, (_, row) =>
      Float64Array.from({ length }, (_, i) => row + i),
    );
    const figure = weightMatrix(rows);
    // Blocks of 3 × 3.
    expect(cellsOf(figure)).toHaveLength(100 * 100);
    expect(cellsOf(figure)[1]).toEqual([0, 1, 5]);
    const svg = await drawingOf(figure);
    expect(svg).toContain('>Cells are means over 3 × 3 nodes.</text>');
    expect(svg).not.toContain('Grey');
    expect(figure.spec.description).toContain(
      'Weights of 90000 synapses, 300 sources by 300 targets',
    );
  });
});

describe('a histogram', () => {
  /** Bins with their ends that are not empty: between the ends of the outline, both ends of each. */
  const countsOf = (figure: Figure, name = 'weights') => {
    const outline = marked(figure, 'line')[0]!.rows.filter((row) => row.name === name);
    return outline
      .slice(1, -2)
      .map(({ x, y, floor }, i) => ({ bin: [x, outline[i + 2]!.x, y], isDrawn: y !== floor, i }))
      .filter(({ isDrawn, i }) => isDrawn && i % 2 === 0)
      .map(({ bin }) => bin);
  };

  test('counts weights in bins, the last of which has its end', async () => {
    const figure = weightHistogram([0, 1, 1, 2, 3.9, 4], { bins: 4, xLabel: 'weight (pA)' });
    expect(countsOf(figure)).toEqual([
      [0, 1, 1],
      [1, 2, 2],
      [2, 3, 1],
      [3, 4, 2],
    ]);
    const svg = await drawingOf(figure);
    expect(axesOf(svg)).toEqual([
      'X weight (pA): linear, 0 to 4',
      'Y number of synapses: linear, 0 to 2',
    ]);
    expect(marked(figure, 'area')[0]!.rows).toEqual(marked(figure, 'line')[0]!.rows);
    // Down at both ends, and up and down between.
    const filled = /<path d="([^"]*)" fill="#0072b2" opacity="0.6"/.exec(svg)![1]!;
    expect(filled).toContain(
      'M0,240L0,120L110,120L110,0L220,0L220,120L330,120L330,0L440,0L440,240',
    );
  });

  test('of synapses, between edges, without what lies outside', async () => {
    const { kernel, synapses } = network();
    const figure = weightHistogram(synapses, { bins: [0, 10, 30] });
    expect(countsOf(figure)).toEqual([
      [0, 10, 1],
      [10, 30, 4],
    ]);
    expect(await drawingOf(figure)).toContain('>1 of 6 weights lie outside.</text>');
    expect(countsOf(weightHistogram(synapses, { xLimits: [0, 50], bins: 1 }))).toEqual([
      [0, 50, 5],
    ]);
    kernel.dispose();
  });

  test('has several sets on the same bins, told apart in the legend, and bounds', async () => {
    const figure = weightHistogram({ before: [1, 1], after: [0, 2] }, { bins: 2, bounds: [0, 3] });
    expect(countsOf(figure, 'before')).toEqual([[1, 2, 2]]);
    expect(countsOf(figure, 'after')).toEqual([
      [0, 1, 1],
      [1, 2, 1],
    ]);
    const [bounds] = marked(figure, 'rule');
    expect(bounds!.rows).toEqual([{ at: 0 }, { at: 3 }]);
    const svg = await drawingOf(figure);
    expect(legendsOf(svg)[0]).toMatch(/with 2 values: before, after$/);
    // A bound does not fall on the frame.
    expect(axesOf(svg)[0]).toBe('X weight: linear, −0.09 to 3.09');
  });

  test('has logarithmic axes', async () => {
    const figure = weightHistogram([1, 1, 10, 100], {
      bins: 2,
      xScale: 'log',
      yScale: 'log',
      bounds: [1000],
    });
    expect(countsOf(figure)).toEqual([
      [1, 10, 2],
      [10, 100, 2],
    ]);
    const svg = await drawingOf(figure);
    expect(axesOf(svg)).toEqual([
      expect.stringMatching(/^X weight: log, 0\.9\d* to 1,?100/),
      'Y number of synapses: log, 0.5 to 2.6',
    ]);
  });

  test('of no weights, and of weights that are all the same', async () => {
    const none = weightHistogram([]);
    expect(countsOf(none)).toEqual([]);
    expect(axesOf(await drawingOf(none))).toEqual([
      'X weight: linear, 0 to 1',
      'Y number of synapses: linear, 0 to 1',
    ]);
    await drawingOf(weightHistogram([], { xScale: 'log', yScale: 'log' }));
    const same = weightHistogram(new Float64Array(7).fill(20));
    expect(countsOf(same)).toEqual([[expect.any(Number), expect.any(Number), 7]]);
    expect(axesOf(await drawingOf(same))[0]).toBe('X weight: linear, 18 to 22');
  });
});
