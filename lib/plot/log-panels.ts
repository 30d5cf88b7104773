import type { TopLevelSpec } from 'vega-lite';
import type { Numbers } from '../analysis';
import { frame } from './frame';
import { colorOf } from './panels';

/** Values measured at some x, and a curve beside them. */
export interface LogSeries {
  /** Name in the legend. */
  readonly name: string;
  /** CSS colour. */
  readonly color: string;
  readonly x: Numbers;
  readonly y: Numbers;
  /** Smallest and largest y, drawn as a bar. */
  readonly ranges?: readonly (readonly [min: number, max: number])[];
  /** What is expected at the same x, drawn as a dashed line. */
  readonly expected?: Numbers;
}

/** A panel with logarithmic axes of its own. */
export interface LogPanel {
  readonly title: string;
  /** Quantity and unit. */
  readonly x: string;
  readonly y: string;
  readonly series: readonly LogSeries[];
  /** False where another panel names the same series. */
  readonly legend?: boolean;
}

/** What {@link logPanels} draws. */
export interface LogPanels {
  readonly title: string;
  readonly subtitle: readonly string[];
  readonly panels: readonly LogPanel[];
}

const SIZE = { width: 370, height: 260 };
const COLUMNS = 2;
/** 0.03, 100, 30k, 1G */
const LABEL = "format(datum.value, datum.value < 1000 ? '~g' : '~s')";

/**
 * Panels in two columns whose axes are all logarithmic: series as dots joined by thin lines, with
 * bars from the smallest to the largest value and dashed lines of what is expected. Values that are
 * not positive are left out, and panels without any.
 */
export function logPanels(figure: LogPanels): TopLevelSpec {
  return {
    ...frame(figure),
    columns: COLUMNS,
    spacing: 34,
    resolve: { scale: { color: 'independent' } },
    concat: figure.panels.filter(hasValues).map(panelSpec),
  } as unknown as TopLevelSpec;
}

const hasValues = ({ series }: LogPanel): boolean =>
  series.some(({ x, y }) => Array.from(x).some((at, i) => at > 0 && y[i]! > 0));

type Row = Readonly<Record<'x' | 'y' | 'y2', number>> & { readonly name: string };

function panelSpec({ title, x, y, series, legend = true }: LogPanel): object {
  const rows = (valuesOf: (of: LogSeries, i: number) => readonly [number, number]) =>
    series.flatMap((of) =>
      Array.from(of.x, (at, i): Row => {
        const [value, other] = valuesOf(of, i);
        return { x: at, y: value, y2: other, name: of.name };
      }).filter((row) => row.x > 0 && row.y > 0 && row.y2 > 0),
    );
  const axis = {
    grid: true,
    gridOpacity: 0.35,
    labelOverlap: true,
    labelExpr: LABEL,
  };
  const named = colorOf(series, 'circle');
  const color = { ...named, legend: legend ? { ...named.legend, columns: 2 } : null };
  const encoding = {
    x: {
      field: 'x',
      type: 'quantitative',
      scale: scaleOf(series.flatMap((of) => [...of.x])),
      axis: { ...axis, title: x, values: ticks(series.flatMap((of) => [...of.x])) },
    },
    y: {
      field: 'y',
      type: 'quantitative',
      scale: scaleOf(series.flatMap((of) => [...of.y])),
      axis: { ...axis, title: y, values: ticks(series.flatMap((of) => [...of.y])) },
    },
    color,
  };
  const layer = (values: readonly Row[], mark: object, more: object = {}) =>
    values.length === 0 ? [] : [{ data: { values }, mark, encoding: { ...encoding, ...more } }];
  const measured = rows((of, i) => [of.y[i]!, of.y[i]!]);
  return {
    ...SIZE,
    title: { text: title, fontSize: 12.5, fontWeight: 'normal', anchor: 'start', offset: 6 },
    layer: [
      ...layer(
        rows(({ expected }, i) => [expected?.[i] ?? NaN, expected?.[i] ?? NaN]),
        { type: 'line', strokeDash: [5, 3], strokeWidth: 1.2, opacity: 0.9 },
      ),
      ...layer(
        rows(({ ranges }, i) => ranges?.[i] ?? [NaN, NaN]),
        { type: 'rule', strokeWidth: 1.6, opacity: 0.7 },
        { y2: { field: 'y2' } },
      ),
      ...layer(measured, { type: 'line', strokeWidth: 0.8, opacity: 0.5 }),
      ...layer(measured, { type: 'point', filled: true, shape: 'circle', size: 42, opacity: 1 }),
    ],
  };
}

/** Axes reach over this many powers of ten or more, in which two values at least stand at them. */
const SHORTEST = 0.8;

/** A logarithmic axis, wide enough to read where the values hardly differ. */
function scaleOf(values: readonly number[]): object {
  const scale = { type: 'log', nice: false, padding: 14 };
  const logs = values.filter((value) => value > 0).map(Math.log10);
  const [least, most] = [Math.min(...logs), Math.max(...logs)];
  const lacking = (SHORTEST - (most - least)) / 2;
  return lacking > 0
    ? { ...scale, domain: [10 ** (least - lacking), 10 ** (most + lacking)] }
    : scale;
}

/** Values at an axis: 1, 2 and 5 times powers of ten, of many powers 1 and 3 times. */
function ticks(values: readonly number[]): number[] {
  const logs = values.filter((value) => value > 0).map(Math.log10);
  const [least, most] = [Math.min(...logs), Math.max(...logs)];
  const digits = most - least < 1.5 ? [1, 2, 5] : [1, 3];
  const from = Math.floor(least);
  const powers = Array.from({ length: Math.ceil(most) - from + 1 }, (_, i) => from + i);
  // Read as text, so that 0.001 is that.
  return powers.flatMap((e) => digits.map((digit) => Number(`${digit}e${e}`)));
}
