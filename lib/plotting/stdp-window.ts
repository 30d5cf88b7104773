import { checkLength, checkNumbers } from '../analysis/checks';
import { checkObject } from '../forms';
import type { NumberArray } from '../value-types';
import { apart, extentOf, inWords, ruleLayer, xOf, yOf } from './axes';
import { checkedOptions, isLimits, type Check, type Checks, type Limits } from './checks';
import { DrawnFigure, type Figure } from './figure';
import { heightChecks, seriesChecks, type HeightOptions, type SeriesOptions } from './options';
import { notesOf, type Canvas, type SharedAxis } from './view';

/** Changes of a weight, and the lags at which they were found. */
export interface WeightChanges {
  /** Time of the postsynaptic spike minus that of the presynaptic one, in ms. */
  readonly lags: NumberArray;
  /** By how much the weight changed, in its unit or relative to something. */
  readonly changes: NumberArray;
}

/** What {@link stdpWindow} can be given. */
export interface StdpWindowOptions extends SeriesOptions, HeightOptions {
  /** What is expected, as a line; it is broken at zero, where the window may jump. */
  readonly curve?: WeightChanges;
  /** Ends of the axis of lags, ms; default: those of the lags, the same to both sides. */
  readonly xLimits?: Limits;
}

const isWeightChanges: Check = (caller, name, value) => {
  const expected = 'an object { lags, changes }';
  const { lags, changes } = checkObject(value, name, expected, caller);
  checkNumbers(caller, `${name}.lags`, lags);
  checkNumbers(caller, `${name}.changes`, changes);
  checkLength(caller, `${name}.changes`, changes.length, lags.length);
};

const windowChecks: Checks<StdpWindowOptions> = {
  ...seriesChecks,
  ...heightChecks,
  curve: isWeightChanges,
  xLimits: isLimits,
};

const WIDTH = 440;
const HEIGHT = 280;

/**
 * STDP window: changes of a weight against the time between two spikes, as dots, and a curve.
 * @param points What was simulated or measured, in any order.
 * @throws TypeMismatch; DimensionMismatch; BadParameterValue; UnaccessedDictionaryEntry
 */
export function stdpWindow(points: WeightChanges, given: StdpWindowOptions = {}): Figure {
  isWeightChanges('stdpWindow', 'points', points);
  const options = checkedOptions('stdpWindow', given, windowChecks);
  const { curve } = options;
  const lags = [points.lags, curve?.lags ?? []];
  const [low, high] = extentOf(lags) ?? [-1, 1];
  const most = Math.max(Math.abs(low), Math.abs(high)) * 1.04 || 1;
  const x: SharedAxis = {
    label: options.xLabel ?? 'Δt = t_post − t_pre (ms)',
    limits: options.xLimits ?? [-most, most],
    nice: false,
  };
  const rows = {
    points: rowsOf(points),
    curve: curve ? rowsOf(curve).sort((a, b) => a.x - b.x) : [],
  };
  const changes = apart(extentOf([points.changes, curve?.changes ?? [], [0]]));
  return new DrawnFigure(
    {
      title: options.title,
      notes: notesOf(options),
      description:
        `STDP window: ${points.lags.length} changes of the weight at lags from ` +
        `${inWords(low)} to ${inWords(high)} ms${curve ? ', and a curve' : ''}.`,
      x,
      draw: (canvas) => draw(canvas, options, rows, x, changes),
    },
    options.theme,
  );
}

interface Row {
  readonly x: number;
  readonly y: number;
  /** −1 before, 1 after, 0 where the window may jump. */
  readonly side: number;
}

const rowsOf = ({ lags, changes }: WeightChanges): Row[] =>
  Array.from(lags, (x, i) => ({ x, y: changes[i]!, side: Math.sign(x) }));

function draw(
  canvas: Canvas,
  options: StdpWindowOptions,
  rows: { readonly points: readonly Row[]; readonly curve: readonly Row[] },
  own: SharedAxis,
  [low, high]: Limits,
): object {
  const { width = canvas.width ?? WIDTH, height = canvas.height ?? HEIGHT, yLimits } = options;
  const { theme } = canvas;
  const [first, second = first] = options.colors ?? theme.palette;
  const x = xOf(own, canvas, width);
  const room = 0.06 * (high - low);
  const y = yOf(canvas, height, {
    title: options.yLabel ?? 'Δw',
    scale: { domain: [...(yLimits ?? [low - room, high + room])], nice: false, zero: false },
  });
  return {
    width,
    height,
    layer: [
      ruleLayer(theme, 'x', x, [0], false),
      ruleLayer(theme, 'y', y, [0], false),
      {
        data: { values: rows.curve },
        mark: { type: 'line', color: second, strokeWidth: 1.6, clip: true, aria: false },
        encoding: { x, y, detail: { field: 'side', type: 'nominal' } },
      },
      {
        data: { values: rows.points },
        mark: {
          ...{ type: 'point', shape: 'circle', filled: true, size: 34, opacity: 1 },
          ...{ color: first, clip: true, aria: false },
        },
        encoding: { x, y },
      },
    ],
  };
}
