import type { TopLevelSpec } from 'vega-lite';
import type { Numbers } from '../analysis';
import { frame } from './frame';

/** Values over the figure's x axis. */
export interface Series {
  /** Name in the legend, one entry for all series of the same name, each of which is a line. */
  readonly name: string;
  /** CSS colour. */
  readonly color: string;
  readonly x: Numbers;
  readonly y: Numbers;
  /** A shaded range about the values: its lower and its upper ends. */
  readonly band?: readonly [low: Numbers, high: Numbers];
  /** Default: line; dots are small points for thousands of them. */
  readonly shape?: 'line' | 'points' | 'dots' | 'steps';
}

/** Lines, steps and dots above a shared x axis. */
export interface CurvePanel {
  readonly kind: 'curves';
  readonly title: string | readonly string[];
  readonly series: readonly Series[];
  readonly height?: number;
  /** Ends of the y axis; by default those of the values, or of the values and zero. */
  readonly domain?: readonly [number, number];
  readonly zero?: boolean;
  /** A logarithmic y axis; values that are not positive are left out. */
  readonly log?: boolean;
  /** False where another panel names the same series. */
  readonly legend?: boolean;
  /** Values at which thin lines cross the panel. */
  readonly rules?: readonly number[];
}

/** A spike raster. */
export interface RasterPanel {
  readonly kind: 'raster';
  readonly title: string | readonly string[];
  /** From the lowest rows upwards; one list of spike times a row. */
  readonly groups: readonly {
    readonly name: string;
    readonly color: string;
    readonly trains: readonly Numbers[];
  }[];
  readonly height?: number;
  readonly legend?: boolean;
}

/** Moments that all panels mark: a triangle on the first panel and a thin line in all. */
export interface Marks {
  readonly name: string;
  readonly color: string;
  readonly x: Numbers;
}

/** What {@link stackedPanels} draws. */
export interface StackedPanels {
  readonly title: string;
  readonly subtitle: readonly string[];
  readonly x: { readonly title: string; readonly domain: readonly [number, number] };
  readonly marks?: readonly Marks[];
  readonly panels: readonly (CurvePanel | RasterPanel)[];
}

type ConcatSpec = Extract<TopLevelSpec, { vconcat: unknown }>;
type Panel = ConcatSpec['vconcat'][number];

const WIDTH = 680;
const HEIGHT = 110;
/** Room for the axis labels, the same in all panels so that their x axes stand in line. */
const Y_AXIS = { minExtent: 50, maxExtent: 50, titlePadding: 6 };

/** Panels one above the other over a shared x axis. */
export function stackedPanels(figure: StackedPanels): TopLevelSpec {
  const last = figure.panels.length - 1;
  return {
    ...frame(figure),
    spacing: 8,
    resolve: { scale: { color: 'independent' } },
    vconcat: figure.panels.map((panel, i) => panelSpec(figure, panel, i === 0, i === last)),
  };
}

/** Rows for Vega-Lite: numbers that are none are left out. */
const rowsOf = ({ x, y, name }: Series, log: boolean) =>
  Array.from(x, (at, i) => ({ x: at, y: y[i]!, name })).filter(
    ({ y: value }) => Number.isFinite(value) && (!log || value > 0),
  );

/** Whether several have the same name, and would be joined to one line. */
const haveNamesakes = (series: readonly Series[]): boolean =>
  new Set(series.map(({ name }) => name)).size < series.length;

/** The same for shaded ranges; on a logarithmic axis they must be positive. */
const bandRowsOf = ({ x, band, name }: Series, log: boolean) =>
  band === undefined
    ? []
    : Array.from(x, (at, i) => ({ x: at, y: band[0][i]!, high: band[1][i]!, name })).filter(
        ({ y, high }) => Number.isFinite(y) && Number.isFinite(high) && (!log || y > 0),
      );

function panelSpec(
  figure: StackedPanels,
  panel: CurvePanel | RasterPanel,
  first: boolean,
  last: boolean,
): Panel {
  const x = {
    field: 'x',
    type: 'quantitative' as const,
    scale: { domain: [...figure.x.domain], nice: false, zero: false },
    axis: { title: last ? figure.x.title : null, labels: last, tickCount: 8, labelFlush: false },
  };
  const lines = (figure.marks ?? []).map(({ color, x: at }) => ({
    data: { values: Array.from(at, (value) => ({ x: value })) },
    mark: { type: 'rule' as const, color, strokeWidth: 0.7, opacity: 0.45, clip: true },
    encoding: { x },
  }));
  const body = panel.kind === 'raster' ? rasterLayers(panel, x) : curveLayers(panel, x);
  return {
    width: WIDTH,
    height: panel.height ?? HEIGHT,
    layer: [...lines, ...body, ...(first ? markLayers(figure, x) : [])],
    resolve: { scale: { color: 'independent' } },
  } as unknown as Panel;
}

/** Triangles at the top of the first panel, with a legend of their own. */
function markLayers({ marks = [] }: StackedPanels, x: object): object[] {
  if (marks.length === 0) return [];
  return [
    {
      data: { values: marks.flatMap(({ name, x: at }) => Array.from(at, (v) => ({ x: v, name }))) },
      mark: {
        type: 'point',
        filled: true,
        shape: 'triangle-up',
        size: 55,
        opacity: 1,
        clip: false,
      },
      encoding: { x, y: { value: 0 }, color: colorOf(marks, 'triangle-up') },
    },
  ];
}

/** The colours of series by their names, in that order, and a legend above the panel. */
export function colorOf(
  series: readonly { readonly name: string; readonly color: string }[],
  symbolType: string,
) {
  const colors = new Map(series.map(({ name, color }) => [name, color]));
  return {
    field: 'name',
    type: 'nominal' as const,
    sort: null,
    scale: { domain: [...colors.keys()], range: [...colors.values()] },
    legend: {
      title: null,
      orient: 'top' as const,
      direction: 'horizontal',
      labelLimit: 300,
      offset: 4,
      symbolType,
      symbolOpacity: 1,
    },
  };
}

/** Marks of curves by their shapes. */
const CURVES = [
  { shape: 'line', mark: { type: 'line', strokeWidth: 1.3, clip: true } },
  {
    shape: 'steps',
    mark: { type: 'line', interpolate: 'step-after', strokeWidth: 1.1, clip: true },
  },
  { shape: 'points', mark: { type: 'point', filled: true, size: 42, opacity: 1, clip: true } },
  { shape: 'dots', mark: { type: 'point', filled: true, size: 6, opacity: 1, clip: true } },
] as const;

/** The values of all series of a shape, and what tells lines of one name from each other. */
function drawnAs(shape: Series['shape'], series: readonly Series[], log: boolean) {
  const those = series.filter((s) => (s.shape ?? 'line') === shape);
  if (!haveNamesakes(those)) return { values: those.flatMap((s) => rowsOf(s, log)), detail: {} };
  return {
    values: those.flatMap((s, run) => rowsOf(s, log).map((row) => ({ ...row, run }))),
    detail: { detail: { field: 'run', type: 'nominal' } },
  };
}

function curveLayers(panel: CurvePanel, x: object): object[] {
  const { series, rules = [], domain, zero = false, log = false, height = HEIGHT } = panel;
  const { legend = series.length > 1 } = panel;
  const shapes = CURVES.map(({ shape, mark }) => ({ mark, ...drawnAs(shape, series, log) }));
  const shaded = series.flatMap((s) => bandRowsOf(s, log));
  // A panel without values keeps its axes, which need ends then, and its legend.
  const isEmpty = shaded.length === 0 && shapes.every(({ values }) => values.length === 0);
  const given = domain ?? (isEmpty ? [log ? 0.1 : 0, 1] : undefined);
  const ends = given ? { domain: [...given], nice: false } : { nice: true };
  const y = {
    field: 'y',
    type: 'quantitative',
    scale: log ? { type: 'log', ...ends } : { ...ends, zero: !given && zero },
    axis: { ...Y_AXIS, title: panel.title, tickCount: Math.min(4, Math.round(height / 25)) },
  };
  // One colour scale for all shapes, so that every series has its entry in the legend.
  const color = { ...colorOf(series, 'stroke'), ...(legend ? {} : { legend: null }) };
  return [
    ...rules.map((value) => ({
      data: { values: [{ y: value }] },
      mark: { type: 'rule', strokeDash: [4, 3], color: '#888888' },
      encoding: { y },
    })),
    {
      layer: [
        ...(shaded.length === 0
          ? []
          : [
              {
                data: { values: shaded },
                mark: { type: 'area', opacity: 0.2, clip: true },
                encoding: { x, y, y2: { field: 'high' }, color },
              },
            ]),
        ...shapes
          .filter(({ values }) => isEmpty || values.length > 0)
          .map(({ mark, values, detail }) => ({
            ...{ data: { values }, mark },
            encoding: { x, y, color, ...detail },
          })),
      ],
      resolve: { scale: { color: 'shared' } },
    },
  ];
}

/** Rows are numbered where they are few, and one alone needs no number. */
function rowTicks(rows: number): object {
  if (rows > 5) return { tickCount: 5 };
  return { values: rows > 1 ? Array.from({ length: rows }, (_, i) => i + 1) : [] };
}

function rasterLayers(panel: RasterPanel, x: object): object[] {
  const { groups, title, height = HEIGHT, legend = groups.length > 1 } = panel;
  const values: { x: number; y: number; name: string }[] = [];
  let row = 0;
  for (const { name, trains } of groups) {
    for (const times of trains) {
      row++;
      for (const time of times) values.push({ x: time, y: row, name });
    }
  }
  const size = Math.min(20, Math.max(3, (0.7 * height) / Math.max(row, 1)) ** 2);
  const color = colorOf(groups, 'circle');
  return [
    {
      data: { values },
      mark: { type: 'point', filled: true, shape: 'circle', size, opacity: 1, clip: true },
      encoding: {
        x,
        y: {
          field: 'y',
          type: 'quantitative',
          scale: { domain: [-0.06 * row, row + 1], nice: false, zero: false },
          axis: { ...Y_AXIS, title, format: 'd', ...rowTicks(row) },
        },
        color: legend ? color : { ...color, legend: null },
      },
    },
  ];
}
