import type { TopLevelSpec } from 'vega-lite';
import type { Numbers } from '../analysis';
import { frame } from './frame';

/** What {@link repeatedMeasurements} draws. */
export interface RepeatedMeasurements {
  readonly title: string;
  readonly subtitle: readonly string[];
  readonly x: {
    /** Quantity and unit. */
    readonly title: string;
    /** A logarithmic axis, for values that differ by orders of magnitude. */
    readonly log: boolean;
    /** A value to compare with, e.g. real time; named in the legend's stead. */
    readonly reference?: { readonly value: number; readonly name: string };
  };
  /** The colours of the legend. */
  readonly series: readonly { readonly name: string; readonly color: string }[];
  /** From the top downwards: the repeats of one series in one row. */
  readonly measurements: readonly {
    readonly row: string;
    readonly series: string;
    readonly values: Numbers;
    readonly median: number;
  }[];
}

const WIDTH = 520;
/** Heights of a row: of each series in it, and of the space between rows. */
const SERIES_HEIGHT = 15;
const ROW_SPACE = 12;

/** Every repeat as a dot and their median as a stroke, row by row, in a colour for each series. */
export function repeatedMeasurements(figure: RepeatedMeasurements): TopLevelSpec {
  const { series, measurements } = figure;
  const { log, reference } = figure.x;
  const rows = [...new Set(measurements.map(({ row }) => row))];
  const x = {
    field: 'value',
    type: 'quantitative' as const,
    scale: log ? { type: 'log' as const, nice: true } : { zero: true, nice: true },
    axis: { title: figure.x.title, tickCount: 6, grid: true, gridOpacity: 0.4 },
  };
  const encoding = { x, ...rowsAndColors(rows, series) };
  return {
    ...frame(figure),
    width: WIDTH,
    height: rows.length * (series.length * SERIES_HEIGHT + ROW_SPACE),
    layer: [
      ...(reference ? referenceLayers(reference, x) : []),
      {
        data: {
          values: measurements.flatMap(({ row, series: name, values }) =>
            Array.from(values, (value) => ({ row, series: name, value })),
          ),
        },
        mark: { type: 'point', filled: true, shape: 'circle', size: 46, opacity: 0.55 },
        encoding,
      },
      {
        data: {
          values: measurements.map(({ row, series: name, median }) => ({
            row,
            series: name,
            value: median,
          })),
        },
        mark: { type: 'tick', thickness: 2.5, size: SERIES_HEIGHT, opacity: 1 },
        encoding,
      },
    ],
  };
}

/** A place for each row, within it for each series, and the colour of the series. */
function rowsAndColors(rows: readonly string[], series: RepeatedMeasurements['series']) {
  const names = series.map(({ name }) => name);
  return {
    y: {
      field: 'row',
      type: 'nominal' as const,
      sort: [...rows],
      scale: { paddingInner: 0.25, paddingOuter: 0.2 },
      axis: { title: null, labelLimit: 400, ticks: false },
    },
    yOffset: {
      field: 'series',
      type: 'nominal' as const,
      sort: names,
      scale: { domain: names },
    },
    color: {
      field: 'series',
      type: 'nominal' as const,
      sort: null,
      scale: { domain: names, range: series.map(({ color }) => color) },
      legend: { title: null, orient: 'top' as const, symbolType: 'circle', symbolOpacity: 1 },
    },
  };
}

function referenceLayers(
  { value, name }: { readonly value: number; readonly name: string },
  x: object,
) {
  const data = { values: [{ value, name }] };
  return [
    {
      data,
      mark: { type: 'rule' as const, strokeDash: [4, 3], color: '#666666' },
      encoding: { x },
    },
    {
      data,
      mark: {
        type: 'text' as const,
        align: 'left' as const,
        baseline: 'bottom' as const,
        dx: 4,
        dy: -2,
        color: '#555555',
        fontSize: 11,
      },
      encoding: { x, y: { value: 0 }, text: { field: 'name' } },
    },
  ] as never[];
}
