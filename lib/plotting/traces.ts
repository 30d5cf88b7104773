import { checkLength, checkNumbers } from '../analysis/checks';
import { isList, mismatch } from '../forms';
import type { NodeIds } from '../node-collection';
import { integerColumns, unitOf } from '../recording-columns';
import type { NumberArray } from '../value-types';
import { apart, extentOf, inWords, ruleLayer, seriesEncoding, timeAxisOf, xOf, yOf } from './axes';
import {
  checkedOptions,
  isCount,
  isFiniteNumber,
  isTexts,
  noneGiven,
  unknownName,
  type Check,
  type Checks,
  type Limits,
} from './checks';
import { DrawnFigure, type Figure } from './figure';
import { heightChecks, timeChecks, type HeightOptions, type TimeOptions } from './options';
import { checkSpikes, idsOf, isShown, type Spikes } from './spikes';
import { thinLine, type Line } from './thinning';
import { notesOf, type Canvas, type SharedAxis } from './view';

/** What a multimeter or a synapse recorder holds, or the same in other arrays. */
export type Samples = Spikes & Readonly<Record<string, NumberArray>>;

/** What {@link traces} can be given. */
export interface TraceOptions extends TimeOptions, HeightOptions {
  /** What is shown, a panel each; default: all that was recorded. */
  readonly recordables?: string | readonly string[];
  /** Whose traces are shown; default: those of the smallest IDs. Of synapses, the sources. */
  readonly neurons?: NodeIds;
  /** Most traces in a panel where `neurons` are not given; default: 3. */
  readonly maxTraces?: number;
  /** A dashed line in the first panel, in the unit of its recordable: the firing threshold. */
  readonly threshold?: number;
  /** Spikes of these neurons, as strokes at the top of the first panel. */
  readonly spikes?: Spikes;
}

const isRecordables: Check = (caller, name, value) => {
  if (typeof value !== 'string') isTexts(caller, name, value);
};

const traceChecks: Checks<TraceOptions> = {
  ...timeChecks,
  ...heightChecks,
  recordables: isRecordables,
  neurons: idsOf,
  maxTraces: isCount,
  threshold: isFiniteNumber,
  spikes: checkSpikes,
};

const WIDTH = 640;
/** px of a panel, alone and among several. */
const HEIGHT = 220;
const SHARED_HEIGHT = 130;
const LEAST_HEIGHT = 60;
const SPACING = 8;
const MAX_TRACES = 3;
/** Columns for each px, in which a trace has four points at most. */
const COLUMNS = 2;
/** One panel has the legend for all. */
const INDEPENDENT = { color: 'independent', strokeDash: 'independent' } as const;
/** Of the values' range: what spikes stand above them, and where the axis ends. */
const SPIKES = { from: 0.06, to: 0.2, end: 0.24 } as const;

/** A line of a panel. */
interface Trace extends Line {
  readonly name: string;
  readonly sender: number;
}

/** A panel of its own for each recordable. */
interface Panel {
  readonly recordable: string;
  readonly traces: readonly Trace[];
  readonly threshold: number | undefined;
  /** Ends of the values. */
  readonly limits: Limits;
  /** Strokes above the values. */
  readonly spikes: readonly object[];
}

/**
 * Sampled signals over time, such as membrane potentials: a panel for each recordable, with its unit,
 * and a line for each neuron, of synapses for each pair. Lines are broken at values that are not
 * finite; of many samples that fall on one px the extremes are kept.
 * @param held What a multimeter or synapse recorder holds (`recorder.events`), or the same in arrays.
 * @throws TypeMismatch; DimensionMismatch; BadParameterValue; UnaccessedDictionaryEntry
 */
export function traces(held: Samples | Spikes, given: TraceOptions = {}): Figure {
  const events = held as Samples;
  const recorded = recordablesOf(events);
  const options = checkedOptions('traces', given, traceChecks);
  const recordables = chosen(recorded, options.recordables);
  const { width = WIDTH, threshold, spikes } = options;
  const lines = linesOf(events, options);
  const x = timeAxisOf(options, [events.times]);
  const panels = recordables.map((recordable, panel): Panel => {
    const drawn = lines.shown.map(({ name, sender, at }): Trace => {
      const line = {
        x: at.map((i) => events.times[i]!),
        y: at.map((i) => events[recordable]![i]!),
      };
      return { name, sender, ...thinLine(line, width * COLUMNS) };
    });
    return panel === 0 ? panelOf(recordable, drawn, threshold, spikes) : panelOf(recordable, drawn);
  });
  const left = lines.all - lines.shown.length;
  const names = lines.shown.map(({ name }) => name).join(', ');
  const few = `${lines.shown.length} of ${lines.all} traces are shown.`;
  return new DrawnFigure(
    {
      title: options.title,
      notes: notesOf(options, left > 0 ? few : undefined, absentNote(lines.shown, options)),
      description:
        `Traces of ${recordables.join(', ')}: ${names || 'none'}; ` +
        `${x.limits.map(inWords).join(' to ')} ms.`,
      x,
      draw: (canvas) => draw(canvas, options, panels, x),
    },
    options.theme,
  );
}

/** Of neurons that were asked for and never sampled. */
function absentNote(shown: readonly Positions[], { neurons }: TraceOptions): string | undefined {
  if (neurons === undefined) return undefined;
  const sampled = new Set(shown.map(({ sender }) => sender));
  const ids = Array.from(idsOf('traces', 'neurons', neurons));
  const absent = ids.filter((id) => !sampled.has(id));
  if (absent.length === 0) return undefined;
  const which = ids.length === 1 ? `neuron ${ids[0]}` : `${absent.length} of ${ids.length} neurons`;
  return `There are no samples of ${which}.`;
}

/** Names of the columns with samples. */
function recordablesOf(events: Samples): string[] {
  checkSpikes('traces', 'events', events);
  const isOther = (name: string): boolean =>
    !['times', 'senders', ...integerColumns].includes(name);
  const found = Object.keys(events).filter(isOther);
  if (found.length === 0) throw noneGiven('traces', 'events', 'samples with a recordable');
  for (const name of [...found, ...('targets' in events ? ['targets'] : [])]) {
    const column: unknown = events[name];
    if (!isList(column)) throw mismatch(`events.${name}`, 'an array of numbers', column, 'traces');
    checkNumbers('traces', `events.${name}`, column, 'a number', () => true);
    checkLength('traces', `events.${name}`, column.length, events.times.length);
  }
  return found;
}

function chosen(
  recorded: readonly string[],
  given: TraceOptions['recordables'],
): readonly string[] {
  if (given === undefined) return recorded;
  const names = typeof given === 'string' ? [given] : given;
  const unknown = names.find((name) => !recorded.includes(name));
  if (unknown !== undefined) throw unknownName('traces', 'recordables', unknown, recorded);
  return names;
}

/** Samples that belong together: where they are. */
interface Positions {
  readonly name: string;
  readonly sender: number;
  readonly at: readonly number[];
}

function linesOf(
  events: Samples,
  { neurons, maxTraces = MAX_TRACES, window }: TraceOptions,
): { readonly shown: readonly Positions[]; readonly all: number } {
  const wanted = neurons && new Set(Array.from(idsOf('traces', 'neurons', neurons)));
  const found = new Map<string, { name: string; sender: number; at: number[] }>();
  for (let i = 0; i < events.times.length; i++) {
    const sender = events.senders[i]!;
    if (wanted?.has(sender) === false || !isShown(events.times[i]!, window)) continue;
    const name = events.targets ? `${sender} → ${events.targets[i]}` : `neuron ${sender}`;
    const line = lineAt(found, name, sender, events.times, i);
    line.at.push(i);
  }
  const lines = [...found.values()].sort((a, b) => a.sender - b.sender);
  return { shown: wanted ? lines : lines.slice(0, maxTraces), all: lines.length };
}

/** Several synapses of a pair are sampled at the same time, one after the other: a line for each. */
function lineAt(
  found: Map<string, { name: string; sender: number; at: number[] }>,
  name: string,
  sender: number,
  times: NumberArray,
  i: number,
) {
  for (let nth = 1; ; nth++) {
    const key = nth === 1 ? name : `${name} (${nth})`;
    const line = found.get(key) ?? { name: key, sender, at: [] };
    if (line.at.length > 0 && times[line.at.at(-1)!] === times[i]) continue;
    found.set(key, line);
    return line;
  }
}

function panelOf(
  recordable: string,
  lines: readonly Trace[],
  threshold?: number,
  spikes?: Spikes,
): Panel {
  const values = [...lines.map(({ y }) => y), threshold === undefined ? [] : [threshold]];
  const limits = apart(extentOf(values));
  const strokes = spikes ? strokesOf(spikes, lines, limits) : [];
  return { recordable, traces: lines, threshold, limits, spikes: strokes };
}

function draw(
  canvas: Canvas,
  options: TraceOptions,
  panels: readonly Panel[],
  x: SharedAxis,
): object {
  const last = panels.length - 1;
  const height = heightOf(canvas, panels.length);
  const views = panels.map((panel, i) => {
    const xLabels = canvas.xLabels && i === last;
    return drawPanel({ ...canvas, xLabels }, options, panel, { x, height, legend: i === 0 });
  });
  return last > 0
    ? { vconcat: views, spacing: SPACING, resolve: { legend: INDEPENDENT } }
    : views[0]!;
}

/** px of a panel of so many, which share the height that there is. */
function heightOf({ height }: Canvas, count: number): number {
  if (height === undefined) return count > 1 ? SHARED_HEIGHT : HEIGHT;
  return Math.max(LEAST_HEIGHT, (height - (count - 1) * SPACING) / count);
}

function drawPanel(
  canvas: Canvas,
  options: TraceOptions,
  { recordable, traces: lines, threshold, limits, spikes }: Panel,
  own: { readonly x: SharedAxis; readonly height: number; readonly legend: boolean },
): object {
  const { width = canvas.width ?? WIDTH, height = own.height } = options;
  const names = lines.map(({ name }) => name);
  const series = seriesEncoding(names, canvas.theme, options.colors, own.legend);
  const x = xOf(own.x, canvas, width);
  const y = yOf(canvas, height, {
    title: options.yLabel ?? labelOf(recordable, names),
    scale: scaleOf(options.yLimits, limits, spikes.length > 0),
  });
  return {
    width,
    height,
    layer: [
      ...(threshold === undefined ? [] : [ruleLayer(canvas.theme, 'y', y, [threshold])]),
      {
        data: { values: lines.flatMap(rowsOf) },
        mark: { type: 'line', strokeWidth: 1.3, clip: true, aria: false },
        encoding: { x, y, ...series },
      },
      {
        data: { values: spikes },
        mark: { type: 'rule', strokeWidth: 1.3, clip: true, aria: false },
        encoding: { x, y, y2: { field: 'top' }, color: series.color },
      },
    ],
  };
}

/** A quantity with its unit, and whose it is where there is no legend. */
function labelOf(recordable: string, [first, second]: readonly string[]): string[] {
  const unit = unitOf(recordable);
  const quantity = unit === undefined ? recordable : `${recordable} (${unit})`;
  return first !== undefined && second === undefined ? [quantity, first] : [quantity];
}

/** Null breaks a line. */
const rowsOf = ({ name, x, y }: Trace): object[] =>
  Array.from(x, (at, i) => ({ x: at, y: Number.isFinite(y[i]!) ? y[i]! : null, name }));

function scaleOf(given: Limits | undefined, [low, high]: Limits, spikes: boolean): object {
  if (given) return { domain: [...given], nice: false, zero: false };
  const range = high - low;
  const end = spikes ? SPIKES.end : 0.05;
  return { domain: [low - 0.05 * range, high + end * range], nice: !spikes, zero: false };
}

/** A stroke above the values for each spike of a neuron that is shown, while it was sampled. */
function strokesOf(
  { times, senders }: Spikes,
  lines: readonly Trace[],
  [low, high]: Limits,
): object[] {
  const names = new Map(lines.map(({ sender, name }) => [sender, name]));
  const [first, last] = extentOf(lines.map(({ x }) => x)) ?? [0, 0];
  const range = high - low;
  const ends = { y: high + SPIKES.from * range, top: high + SPIKES.to * range };
  return Array.from(times, (x, i) => ({ x, ...ends, name: names.get(senders[i]!) })).filter(
    ({ x, name }) => name !== undefined && x >= first && x <= last,
  );
}
