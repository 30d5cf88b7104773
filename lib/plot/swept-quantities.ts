import type { TopLevelSpec } from 'vega-lite';
import { frame } from './frame';
import { colorOf } from './panels';

/** What {@link sweptQuantities} draws. */
export interface SweptQuantities {
  readonly title: string;
  readonly subtitle: readonly string[];
  /** What is swept. */
  readonly x: string;
  /** The colours of the legend, of which there is none where there is one series. */
  readonly series: readonly { readonly name: string; readonly color: string }[];
  readonly panels: readonly {
    /** Quantity and unit. */
    readonly title: string;
    /** Several of the same series and x are repeats. Those that are not finite are left out. */
    readonly values: readonly {
      readonly x: number | string;
      readonly y: number;
      readonly series: string;
    }[];
  }[];
}

const SIZE = { width: 260, height: 130 };
const COLUMNS = 2;

/** Numbers that differ by this factor or more stand on a logarithmic axis. */
const WIDE = 100;

/**
 * A panel for each quantity against the swept values, numbers or words: every run as a dot, and
 * lines through the medians of repeats.
 */
export function sweptQuantities(figure: SweptQuantities): TopLevelSpec {
  const { series, panels } = figure;
  const color =
    series.length > 1 ? colorOf(series, 'circle') : { ...colorOf(series, 'circle'), legend: null };
  const x = xOf(figure);
  return {
    ...frame(figure),
    columns: Math.min(COLUMNS, panels.length),
    spacing: 24,
    resolve: { scale: { color: 'shared' } },
    concat: panels.map(({ title, values }) => ({
      ...SIZE,
      title: {
        ...{ text: linesOf(title), fontSize: 12, fontWeight: 'normal', anchor: 'start', offset: 6 },
      },
      data: {
        values: values
          .filter(({ y }) => Number.isFinite(y))
          .map(({ x: at, y, series: name }) => ({ x: at, y, name })),
      },
      layer: [
        { mark: { type: 'line', strokeWidth: 1.3 }, ...encoding(x, color, 'median') },
        {
          mark: { type: 'point', filled: true, size: 34, opacity: 0.75 },
          ...encoding(x, color),
        },
      ],
    })),
  } as unknown as TopLevelSpec;
}

/** Letters of a title that stand side by side above a panel. */
const LETTERS = 44;

function linesOf(title: string): string[] {
  const lines = [''];
  for (const word of title.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`.trimStart();
    if (longer.length > LETTERS && lines.at(-1) !== '') lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

const encoding = (x: object, color: object, aggregate?: 'median') => ({
  encoding: {
    x,
    y: {
      field: 'y',
      type: 'quantitative',
      ...(aggregate && { aggregate }),
      scale: { zero: false, nice: true },
      axis: { title: null, tickCount: 4 },
    },
    color,
  },
});

/** Words stand in the order in which they are given, numbers where they belong. */
function xOf({ x: title, panels }: SweptQuantities): object {
  const at = [...new Set(panels.flatMap(({ values }) => values.map(({ x }) => x)))];
  const numbers = at.filter((value): value is number => typeof value === 'number');
  if (numbers.length < at.length) {
    return { field: 'x', type: 'ordinal', sort: at, axis: { title, labelAngle: 0 } };
  }
  const least = Math.min(...numbers);
  const log = least > 0 && Math.max(...numbers) / least >= WIDE;
  const scale = { zero: false, nice: false, padding: 10, ...(log && { type: 'log' }) };
  return { field: 'x', type: 'quantitative', scale, axis: { title, tickCount: 5 } };
}
