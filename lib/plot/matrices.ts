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
}

const SIZE = 150;
/** Part of a cell: without it the background shines through between cells. */
const OVERLAP = 0.05;

/** Matrices side by side as coloured cells, all on one scale. */
export function matrices(figure: Matrices): TopLevelSpec {
  const { rows, columns, color } = figure;
  const axis = (title: string, count: number, shown: boolean) => ({
    title: shown ? title : null,
    labels: shown,
    ticks: shown,
    tickCount: Math.min(4, count),
    format: 'd',
    labelFlush: true,
  });
  const cells = (values: Numbers) =>
    Array.from(values, (value, i) => ({
      x: i % columns.count,
      x2: (i % columns.count) + 1 + OVERLAP,
      y: Math.floor(i / columns.count),
      y2: Math.floor(i / columns.count) + 1 + OVERLAP,
      value,
    }));
  const [first = []] = figure.grid;
  const panels = figure.grid.flatMap((line, g) => line.map((panel, i) => ({ ...panel, g, i })));
  return {
    ...frame(figure),
    columns: first.length,
    spacing: { row: 32, column: 16 },
    // So that axes and titles of some panels do not push the others out of line.
    align: 'all',
    bounds: 'flush',
    concat: panels.map(({ title, values, g, i }) => {
      return {
        title: {
          text: title,
          fontSize: 11.5,
          fontWeight: 'normal' as const,
          frame: 'group' as const,
          offset: 4,
        },
        width: SIZE,
        height: SIZE,
        data: { values: cells(values) },
        mark: { type: 'rect' as const, clip: true },
        encoding: {
          x: {
            field: 'x',
            type: 'quantitative' as const,
            scale: { domain: [0, columns.count], nice: false },
            axis: axis(columns.title, columns.count, g === figure.grid.length - 1),
          },
          x2: { field: 'x2' },
          y: {
            field: 'y',
            type: 'quantitative' as const,
            scale: { domain: [0, rows.count], nice: false },
            axis: axis(rows.title, rows.count, i === 0),
          },
          y2: { field: 'y2' },
          color: {
            field: 'value',
            type: 'quantitative' as const,
            scale: { domain: [...color.domain], scheme: 'viridis' as const, clamp: true },
            legend: { title: color.title, gradientLength: SIZE },
          },
        },
      };
    }),
  } as unknown as TopLevelSpec;
}
