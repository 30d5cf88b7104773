import { checkNumber, checkNumbers } from '../analysis/checks';
import { checkObject, isInstance, isList } from '../forms';
import type { Theme } from '../plot/theme';
import { SynapseCollection } from '../synapse-collection';
import type { NumberArray } from '../value-types';
import {
  apart,
  extentOf,
  inWords,
  ruleLayer,
  seriesEncoding,
  xOf,
  yOf,
  type ScaleName,
} from './axes';
import {
  checkedOptions,
  isAscending,
  isLimits,
  isNumbers,
  isOneOf,
  noneGiven,
  notBoth,
  type Check,
  type Checks,
  type Limits,
} from './checks';
import { DrawnFigure, type Figure } from './figure';
import { heightChecks, seriesChecks, type HeightOptions, type SeriesOptions } from './options';
import { notesOf, type Canvas, type SharedAxis } from './view';
import { weightsOf } from './weights';

/** Weights: of synapses that `GetConnections` gives, or as numbers. */
export type Weights = SynapseCollection | NumberArray;

/** What {@link weightHistogram} can be given. */
export interface WeightHistogramOptions extends SeriesOptions, HeightOptions {
  /** How many bins there are (default: 40; 100 000 at most), or their edges, ascending. */
  readonly bins?: number | NumberArray;
  /** Where bins begin and end; default: at the least and the greatest weight. Not with edges. */
  readonly xLimits?: Limits;
  /** Whether bins are of the same width (`linear`, default) or of the same ratio (`log`). */
  readonly xScale?: ScaleName;
  /** Whether counts are drawn as such (`linear`, default) or by their logarithm. */
  readonly yScale?: ScaleName;
  /** Weights that are marked by dashed lines: the bounds of a rule of plasticity, such as Wmax. */
  readonly bounds?: NumberArray;
}

const isBins: Check = (caller, name, value) => {
  if (!isList(value)) {
    const has = (x: number): boolean => Number.isInteger(x) && x >= 1 && x <= MOST_BINS;
    checkNumber(caller, name, value, `an integer in [1, ${MOST_BINS}], or edges`, has);
    return;
  }
  isAscending(caller, name, value);
  if (value.length < 2) throw noneGiven(caller, name, 'a number of bins, or two or more edges');
};

const isScale = isOneOf(['linear', 'log']);

const histogramChecks: Checks<WeightHistogramOptions> = {
  ...seriesChecks,
  ...heightChecks,
  bins: isBins,
  xLimits: isLimits,
  xScale: isScale,
  yScale: isScale,
  bounds: isNumbers,
};

const WIDTH = 440;
const HEIGHT = 240;
const BINS = 40;
/** More bins than that are not seen. */
const MOST_BINS = 100_000;
/** Where a logarithmic axis of counts begins: below one. */
const LEAST_COUNT = 0.5;

/** Weights under one name. */
interface WeightSet {
  readonly name: string;
  /** What they are called in errors. */
  readonly parameter: string;
  readonly values: NumberArray;
}

/** The counts of weights. */
interface Counts {
  readonly name: string;
  readonly counts: Float64Array;
}

/**
 * How many synapses have which weight. The last bin includes its end.
 * @param weights A SynapseCollection or numbers; an object of names and such, for several beside each
 * other: `{ before, after }`.
 * @throws TypeMismatch; BadParameterValue; UnaccessedDictionaryEntry; StaleSynapseCollection
 */
export function weightHistogram(
  weights: Weights | Readonly<Record<string, Weights>>,
  given: WeightHistogramOptions = {},
): Figure {
  const options = checkedOptions('weightHistogram', given, histogramChecks);
  const sets = setsOf(weights);
  checkLogarithms(sets, options);
  const edges = edgesOf(sets, options);
  const counted = sets.map(({ name, values }) => ({ name, counts: countsOf(values, edges) }));
  const all = sets.reduce((sum, { values }) => sum + values.length, 0);
  const inside = counted.reduce((sum, { counts }) => sum + counts.reduce((a, b) => a + b, 0), 0);
  const x: SharedAxis = {
    label: options.xLabel ?? 'weight',
    limits: [edges[0]!, edges.at(-1)!],
    nice: false,
  };
  const outside = `${all - inside} of ${all} weights lie outside.`;
  return new DrawnFigure(
    {
      title: options.title,
      notes: notesOf(options, inside < all ? outside : undefined),
      description:
        `Histogram of ${all} weights in ${edges.length - 1} bins, ` +
        `${x.limits.map(inWords).join(' to ')}.`,
      // A logarithmic axis is another one.
      x: options.xScale === 'log' ? undefined : x,
      draw: (canvas) => draw(canvas, options, counted, edges, x),
    },
    options.theme,
  );
}

/** @throws TypeMismatch; BadParameterValue */
function setsOf(given: unknown): WeightSet[] {
  if (isList(given) || isInstance(given, SynapseCollection)) {
    const parameter = 'weights';
    const values = weightsOf('weightHistogram', parameter, given);
    return [{ name: parameter, parameter, values }];
  }
  const expected = 'a SynapseCollection, an array of weights, or an object of names and such';
  const named = Object.entries(checkObject(given, 'weights', expected, 'weightHistogram'));
  if (named.length === 0) throw noneGiven('weightHistogram', 'weights', 'one or more');
  return named.map(([name, values]) => {
    const parameter = `weights.${name}`;
    return { name, parameter, values: weightsOf('weightHistogram', parameter, values) };
  });
}

/** @throws BadParameterValue where edges are given, and their ends besides */
function edgesOf(
  sets: readonly WeightSet[],
  { bins = BINS, xLimits, xScale = 'linear' }: WeightHistogramOptions,
): number[] {
  const isLog = xScale === 'log';
  if (typeof bins !== 'number') {
    if (xLimits) throw notBoth('weightHistogram', 'xLimits', xLimits, 'bins are edges');
    return Array.from(bins);
  }
  const extent = extentOf(sets.map(({ values }) => values));
  const [low, high] = xLimits ?? apart(extent ?? (isLog ? [0.1, 1] : undefined));
  return Array.from({ length: bins + 1 }, (_, i) => {
    if (i === bins) return high;
    return isLog ? low * (high / low) ** (i / bins) : low + ((high - low) * i) / bins;
  });
}

/** @throws BadParameterValue */
function checkLogarithms(
  sets: readonly WeightSet[],
  { bins = BINS, xLimits, xScale, bounds = [], yLimits, yScale }: WeightHistogramOptions,
): void {
  const isAbove = (x: number): boolean => x > 0;
  const check = (scale: string, name: string, values: unknown): void =>
    checkNumbers('weightHistogram', name, values, `> 0 where ${scale} is 'log'`, isAbove);
  if (yScale === 'log' && yLimits) check('yScale', 'yLimits', yLimits);
  if (xScale !== 'log') return;
  check('xScale', 'bounds', bounds);
  if (xLimits) check('xScale', 'xLimits', xLimits);
  else if (typeof bins !== 'number') check('xScale', 'bins', bins);
  else for (const { parameter, values } of sets) check('xScale', parameter, values);
}

function countsOf(values: NumberArray, edges: readonly number[]): Float64Array {
  const counts = new Float64Array(edges.length - 1);
  for (const value of values) {
    const bin = value === edges.at(-1) ? counts.length - 1 : upTo(edges, value) - 1;
    if (bin >= 0 && bin < counts.length) counts[bin]!++;
  }
  return counts;
}

/** How many edges are at most a value. */
function upTo(edges: readonly number[], value: number): number {
  let [low, high] = [0, edges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function draw(
  canvas: Canvas,
  options: WeightHistogramOptions,
  counted: readonly Counts[],
  edges: readonly number[],
  own: SharedAxis,
): object {
  const { width = canvas.width ?? WIDTH, height = canvas.height ?? HEIGHT, bounds = [] } = options;
  const x = xOf(withBounds(own, bounds, options), canvas, width, options.xScale);
  const y = yOf(canvas, height, {
    title: options.yLabel ?? 'number of synapses',
    scale: countScale(counted, options),
  });
  return {
    width,
    height,
    layer: [
      ...countLayers(counted, edges, options, { x, y }, canvas.theme),
      ...(bounds.length > 0 ? [ruleLayer(canvas.theme, 'x', x, Array.from(bounds))] : []),
    ],
  };
}

/** Bounds do not fall on the frame, unless the ends of the axis are given. */
function withBounds(
  own: SharedAxis,
  bounds: NumberArray,
  { xLimits, xScale }: WeightHistogramOptions,
): SharedAxis {
  if (xLimits || bounds.length === 0) return own;
  const [low, high] = extentOf([own.limits, bounds])!;
  if (xScale === 'log') return { ...own, limits: [low / 1.1, high * 1.1] };
  const room = (high - low) * 0.03;
  return { ...own, limits: [low - room, high + room] };
}

function countScale(
  counted: readonly Counts[],
  { yLimits, yScale }: WeightHistogramOptions,
): object {
  const log = yScale === 'log' ? { type: 'log' } : {};
  if (yLimits) return { ...log, domain: [...yLimits], nice: false };
  const most = counted.reduce(
    (high, { counts }) => counts.reduce((a, b) => Math.max(a, b), high),
    0,
  );
  if (yScale === 'log')
    return { ...log, domain: [LEAST_COUNT, Math.max(1, most) * 1.3], nice: false };
  return { domain: [0, most || 1], nice: true };
}

/** Steps, filled and outlined, which are told apart where several sets overlap. */
function countLayers(
  counted: readonly Counts[],
  edges: readonly number[],
  options: WeightHistogramOptions,
  { x, y }: { readonly x: object; readonly y: object },
  theme: Theme,
): object[] {
  const floor = options.yLimits?.[0] ?? (options.yScale === 'log' ? LEAST_COUNT : 0);
  const names = counted.map(({ name }) => name);
  const series = seriesEncoding(names, theme, options.colors);
  const outlines = counted.flatMap(({ name, counts }) => [
    { x: edges[0]!, y: floor, floor, name },
    ...Array.from(counts, (count) => Math.max(count, floor)).flatMap((y, i) => [
      { x: edges[i]!, y, floor, name },
      { x: edges[i + 1]!, y, floor, name },
    ]),
    { x: edges.at(-1)!, y: floor, floor, name },
  ]);
  return [
    {
      data: { values: outlines },
      mark: { type: 'area', opacity: counted.length > 1 ? 0.25 : 0.6, clip: true, aria: false },
      encoding: {
        ...{ x, y: { ...y, stack: null }, y2: { field: 'floor' } },
        ...{ color: series.color, order: { value: null } },
      },
    },
    {
      data: { values: outlines },
      mark: { type: 'line', strokeWidth: 1.4, clip: true, aria: false },
      encoding: { x, y, ...series, order: { value: null } },
    },
  ];
}
