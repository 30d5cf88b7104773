import type { TopLevelSpec } from 'vega-lite';
import type { Numbers } from '../analysis';
import { frame } from './frame';

/** What {@link matrices} draws. */
export interface Matrices {
  readonly title: string;
  readonly subtitle: readonly string[];
  /** What is in the rows, upwards, and in the columns. */
  readonly rows: { readonly title: string; readonly count: number };
  readonly columns: { readonly title: string; readonly count: number };
  /** Row by row as drawn, each from left to right; values are in row-major order. */
  readonly grid: readonly (readonly { readonly title: string; readonly values: Numbers }[])[];
  /** Quantity and unit. */
  readonly color: { readonly title: string; readonly domain: readonly [number, number] };
  /** px of a matrix; by default all are squares. */
  readonly width?: number;
}

const SIZE = 150;
/** Of a cell, and px: without either the background shines through between cells. */
const OVERLAP = { part: 0.05, pixels: 0.5 } as const;

/** A matrix in its place among the others. */
interface Panel {
  readonly title: string;
  readonly values: Numbers;
  /** Only the matrices at the edges have axes. */
  readonly lowest: boolean;
  readonly leftmost: boolean;
}

/** Matrices side by side as coloured cells, all on one scale. */
export function matrices(figure: Matrices): TopLevelSpec {
  const [first = []] = figure.grid;
  const panels = figure.grid.flatMap((line, g) =>
    line.map((matrix, i): Panel => ({
      ...matrix,
      lowest: g === figure.grid.length - 1,
      leftmost: i === 0,
    })),
  );
  return {
    ...frame(figure),
    columns: first.length,
    spacing: { row: 32, column: 16 },
    // So that axes and titles of some panels do not push the others out of line.
    align: 'all',
    bounds: 'flush',
    concat: panels.map((panel) => panelSpec(figure, panel)),
  } as unknown as TopLevelSpec;
}

function panelSpec(
  { rows, columns, color, width = SIZE }: Matrices,
  { title, values, lowest, leftmost }: Panel,
) {
  return {
    title: { text: title, fontSize: 11.5, fontWeight: 'normal', frame: 'group', offset: 4 },
    width,
    height: SIZE,
    data: { values: cells(values, [columns.count, width], [rows.count, SIZE]) },
    mark: { type: 'rect', clip: true },
    encoding: {
      x: {
        field: 'x',
        type: 'quantitative',
        scale: { domain: [0, columns.count], nice: false },
        axis: axis(columns, lowest),
      },
      x2: { field: 'x2' },
      y: {
        field: 'y',
        type: 'quantitative',
        scale: { domain: [0, rows.count], nice: false },
        axis: axis(rows, leftmost),
      },
      y2: { field: 'y2' },
      color: {
        field: 'value',
        type: 'quantitative',
        scale: { domain: [...color.domain], scheme: 'viridis', clamp: true },
        legend: { title: color.title, gradientLength: SIZE },
      },
    },
  };
}

const axis = ({ title, count }: Matrices['rows'], shown: boolean) => ({
  title: shown ? title : null,
  labels: shown,
  ticks: shown,
  tickCount: Math.min(4, count),
  format: 'd',
  labelFlush: true,
});

/** Cells in so many columns and rows on so many px. */
function cells(
  values: Numbers,
  [columns, width]: readonly [number, number],
  [rows, height]: readonly [number, number],
) {
  const overlap = (count: number, size: number): number =>
    Math.max(OVERLAP.part, (OVERLAP.pixels * count) / size);
  const [beside, above] = [overlap(columns, width), overlap(rows, height)];
  return Array.from(values, (value, i) => ({
    x: i % columns,
    x2: (i % columns) + 1 + beside,
    y: Math.floor(i / columns),
    y2: Math.floor(i / columns) + 1 + above,
    value,
  }));
}
