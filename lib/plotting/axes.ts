import type { Numbers, TimeWindow } from '../analysis';
import type { Theme } from '../plot/theme';
import type { Limits } from './checks';
import type { Canvas, SharedAxis } from './view';

/** Of y axes: room for labels, the same in all panels, so that titles stand in line. */
export const Y_ROOM = { minExtent: 40, titlePadding: 6 } as const;

/** Without separators of thousands, and without zeros at the end. */
export const NUMBER_FORMAT = '.9~g';

/** A number in a sentence. */
export const inWords = (value: number): string => String(Number(value.toPrecision(6)));

/** The least and the greatest of finite numbers; undefined where there are none. */
export function extentOf(lists: Iterable<Numbers>): Limits | undefined {
  let [low, high] = [Infinity, -Infinity];
  for (const list of lists) {
    for (const value of list) {
      if (!Number.isFinite(value)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return low <= high ? [low, high] : undefined;
}

/** Limits that are apart: values that are all the same, or none, still get an axis. */
export function apart(limits: Limits | undefined): Limits {
  const [low, high] = limits ?? [0, 1];
  if (low < high) return [low, high];
  const half = Math.abs(low) / 10 || 0.5;
  return [low - half, high + half];
}

/** The axis of what was recorded at these times. */
export function timeAxisOf(
  { window, xLabel = 'time (ms)' }: { readonly window?: TimeWindow; readonly xLabel?: string },
  times: readonly Numbers[],
): SharedAxis {
  if (window) return { label: xLabel, limits: [window.start, window.stop], nice: false };
  return { label: xLabel, limits: apart(extentOf(times)), nice: true };
}

/** How values are spread over an axis. */
export type ScaleName = 'linear' | 'log';

/** The x axis of a figure: what it shares with others, or its own. */
export function xOf(
  own: SharedAxis,
  { x = own, xLabels }: Canvas,
  width: number,
  type: ScaleName = 'linear',
) {
  return {
    field: 'x',
    type: 'quantitative' as const,
    scale: {
      domain: [...x.limits],
      nice: x.nice,
      ...(type === 'log' ? { type } : { zero: false }),
    },
    axis: {
      title: xLabels ? x.label : null,
      labels: xLabels,
      grid: false,
      tickCount: Math.max(2, Math.round(width / 70)),
      labelFlush: false,
      format: NUMBER_FORMAT,
    },
  };
}

/** A y axis with lines across the panel. */
export function yOf(
  { theme }: Canvas,
  height: number,
  options: { readonly title: string | readonly string[]; readonly scale: object },
) {
  return {
    field: 'y',
    type: 'quantitative' as const,
    scale: options.scale,
    axis: {
      title: options.title,
      ...Y_ROOM,
      format: NUMBER_FORMAT,
      grid: true,
      gridColor: theme.grid,
      tickCount: Math.max(2, Math.min(6, Math.round(height / 40))),
    },
  };
}

/** An axis that has texts at some values, and nothing else. */
export function namedValues(values: readonly number[], texts: readonly string[]) {
  const listed = JSON.stringify(texts).replace(
    // Vega's expressions end their lines at these.
    /[\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16)}`,
  );
  return {
    values,
    labelExpr: `${listed}[indexof(${JSON.stringify(values)}, datum.value)]`,
  };
}

/** Patterns of lines, so that they are told apart without colours, too. */
const DASHES: readonly (readonly number[])[] = [[], [7, 2], [2, 2], [8, 2, 2, 2]];

/** Lines above the panel that are long enough to show their patterns. */
const LEGEND = {
  ...{ title: null, orient: 'top', direction: 'horizontal', offset: 6 },
  ...{ symbolType: 'stroke', symbolSize: 500, symbolStrokeWidth: 1.8, symbolOpacity: 1 },
} as const;

/** Colours and patterns of series, by their names, with a legend where there are several. */
export function seriesEncoding(
  names: readonly string[],
  theme: Theme,
  colors: readonly string[] | undefined,
  hasLegend = true,
) {
  const palette = colors ?? theme.palette;
  const field = { field: 'name', type: 'nominal' as const, sort: null };
  const legend = names.length > 1 && hasLegend ? LEGEND : null;
  return {
    color: {
      ...field,
      scale: { domain: names, range: names.map((_, i) => palette[i % palette.length]) },
      legend,
    },
    strokeDash: {
      ...field,
      scale: { domain: names, range: names.map((_, i) => DASHES[i % DASHES.length]) },
      legend,
    },
  };
}

/** A line across a panel at a value of its axis: a threshold, a bound, zero. */
export function ruleLayer(
  theme: Theme,
  channel: 'x' | 'y',
  { scale, axis }: { readonly scale: object; readonly axis: object },
  values: readonly number[],
  dashed = true,
): object {
  const field = { field: 'at', type: 'quantitative' };
  return {
    data: { values: values.map((at) => ({ at })) },
    mark: {
      ...{ type: 'rule', color: theme.axis, clip: true, aria: false },
      ...(dashed && { strokeDash: [4, 3] }),
    },
    encoding: { [channel]: { ...field, scale, axis } },
  };
}
