import { badValue, checkLength, checkNumbers } from '../analysis/checks';
import { isList, mismatch } from '../forms';
import type { NodeIds } from '../node-collection';
import type { Theme } from '../plot/theme';
import type { SynapseCollection } from '../synapse-collection';
import type { NumberArray } from '../value-types';
import { extentOf, inWords, namedValues, NUMBER_FORMAT, Y_ROOM } from './axes';
import {
  checkedOptions,
  isLimits,
  isText,
  noneGiven,
  type Check,
  type Checks,
  type Limits,
} from './checks';
import { DrawnFigure, type Figure } from './figure';
import { axisChecks, type AxisOptions } from './options';
import { idsOf } from './spikes';
import { notesOf, type Canvas } from './view';
import { synapsesOf, type Synapses } from './weights';

/** What {@link weightMatrix} can be given. */
export interface WeightMatrixOptions extends AxisOptions {
  /** Nodes of the rows, from above; default: those that are sources, ascending. */
  readonly sources?: NodeIds;
  /** Nodes of the columns; default: those that are targets, ascending. */
  readonly targets?: NodeIds;
  /** Ends of the colours; default: those of the weights, about zero where these have both signs. */
  readonly limits?: Limits;
  /** Beside the colours; default: weight. Units of weights depend on the model of the targets. */
  readonly label?: string;
}

const isSide: Check = (caller, name, value) => {
  const known = new Set<number>();
  for (const [i, id] of Array.from(idsOf(caller, name, value)).entries()) {
    const allowed = 'a node that is in no other place';
    if (known.has(id)) throw badValue(caller, `${name}[${i}]`, id, allowed);
    known.add(id);
  }
};

const matrixChecks: Checks<WeightMatrixOptions> = {
  ...axisChecks,
  sources: isSide,
  targets: isSide,
  limits: isLimits,
  label: isText,
};

/** px of the longer side, unless its cells are few. */
const SIZE = 384;
const LARGEST_CELL = 36;
/** Cells of a side; of more nodes several have one. */
const MOST_CELLS = 128;

/** A side of the matrix. */
interface Side {
  readonly label: string;
  /** IDs of nodes, or positions from 0. */
  readonly names: ArrayLike<number>;
}

/** Weights by their places. */
interface Entries {
  readonly rows: Side;
  readonly columns: Side;
  /** Calls `add` for each of them: there may be too many to list them again. */
  readonly forEach: (add: (row: number, column: number, weight: number) => void) => void;
}

/** What is drawn: a cell for each block of so many nodes a side that has weights. */
interface Cells {
  readonly block: number;
  /** Synapses in all cells. */
  readonly synapses: number;
  readonly rows: number;
  readonly columns: number;
  readonly values: readonly {
    readonly row: number;
    readonly column: number;
    readonly value: number;
  }[];
}

/**
 * Weights as a heat map: a row for each source, from above, and a column for each target. Where there
 * is no synapse, there is the colour of nothing, which is not that of 0. Several synapses of a pair are
 * added up. Where a side has more than 128 nodes, a cell is the mean over a block of them, and the
 * figure says so. Colours are from blue through white (in dark: black) to orange where weights have both
 * signs, else one scale.
 * @param synapses What `GetConnections` gives; columns `source`, `target` and `weight`; or rows of a
 * matrix, in which NaN is no synapse.
 * @throws TypeMismatch; DimensionMismatch; BadParameterValue; UnaccessedDictionaryEntry;
 * StaleSynapseCollection; InvalidNodeCollection
 */
export function weightMatrix(
  synapses: SynapseCollection | Synapses | readonly NumberArray[],
  given: WeightMatrixOptions = {},
): Figure {
  const options = checkedOptions('weightMatrix', given, matrixChecks);
  const entries = isList(synapses)
    ? entriesOfRows(synapses, options)
    : entriesOf(synapses, options);
  const cells = cellsOf(entries);
  const limits = options.limits ?? limitsOf(cells);
  const { block } = cells;
  const means = `Cells are means over ${block} × ${block} nodes.`;
  const isFull = cells.values.length === cells.rows * cells.columns;
  return new DrawnFigure(
    {
      title: options.title,
      notes: notesOf(
        options,
        block > 1 ? means : undefined,
        isFull ? undefined : 'Grey: no synapse.',
      ),
      description:
        `Weights of ${cells.synapses} synapses, ${entries.rows.names.length} sources by ` +
        `${entries.columns.names.length} targets, ${limits.map(inWords).join(' to ')}.`,
      x: undefined,
      draw: (canvas) => draw(canvas, options, entries, cells, limits),
    },
    options.theme,
  );
}

/** @throws TypeMismatch; DimensionMismatch; BadParameterValue */
function entriesOfRows(rows: ArrayLike<unknown>, options: WeightMatrixOptions): Entries {
  const isWeight = (x: number): boolean => Number.isNaN(x) || Number.isFinite(x);
  let columns = 0;
  for (let row = 0; row < rows.length; row++) {
    const values = rows[row];
    const name = `synapses[${row}]`;
    if (!isList(values)) throw mismatch(name, 'a row of numbers', values, 'weightMatrix');
    checkNumbers('weightMatrix', name, values, 'finite, or NaN', isWeight);
    if (row === 0) columns = values.length;
    checkLength('weightMatrix', name, values.length, columns);
  }
  if (columns === 0) throw noneGiven('weightMatrix', 'synapses', 'one or more rows of numbers');
  const side = (name: 'sources' | 'targets', count: number): ArrayLike<number> => {
    if (options[name] === undefined) return Array.from({ length: count }, (_, i) => i);
    const ids = idsOf('weightMatrix', name, options[name]);
    checkLength('weightMatrix', name, ids.length, count);
    return ids;
  };
  return {
    rows: { label: options.sources ? SOURCES : 'row', names: side('sources', rows.length) },
    columns: { label: options.targets ? TARGETS : 'column', names: side('targets', columns) },
    forEach: (add) => {
      for (let row = 0; row < rows.length; row++) {
        (rows[row] as NumberArray).forEach((weight, column) => {
          if (!Number.isNaN(weight)) add(row, column, weight);
        });
      }
    },
  };
}

const SOURCES = 'source (node ID)';
const TARGETS = 'target (node ID)';

/** The synapses of the nodes that are asked for. */
function entriesOf(given: unknown, options: WeightMatrixOptions): Entries {
  const { source, target, weight } = synapsesOf('weightMatrix', 'synapses', given);
  const side = (name: 'sources' | 'targets', found: NumberArray): ArrayLike<number> =>
    options[name] === undefined
      ? Float64Array.from(new Set(found)).sort()
      : idsOf('weightMatrix', name, options[name]);
  const [rows, columns] = [side('sources', source), side('targets', target)];
  const [rowOf, columnOf] = [placesOf(rows), placesOf(columns)];
  return {
    rows: { label: SOURCES, names: rows },
    columns: { label: TARGETS, names: columns },
    forEach: (add) => {
      for (let i = 0; i < weight.length; i++) {
        const [row, column] = [rowOf.get(source[i]!), columnOf.get(target[i]!)];
        if (row !== undefined && column !== undefined) add(row, column, weight[i]!);
      }
    },
  };
}

const placesOf = (ids: ArrayLike<number>): Map<number, number> =>
  new Map(Array.from(ids, (id, i) => [id, i]));

function cellsOf({ rows, columns, forEach }: Entries): Cells {
  const block = Math.ceil(Math.max(rows.names.length, columns.names.length, 1) / MOST_CELLS);
  const across = Math.ceil(columns.names.length / block);
  const sums = new Map<number, { sum: number; count: number }>();
  let synapses = 0;
  forEach((row, column, weight) => {
    const key = Math.floor(row / block) * across + Math.floor(column / block);
    const cell = sums.get(key) ?? { sum: 0, count: 0 };
    cell.sum += weight;
    cell.count++;
    synapses++;
    sums.set(key, cell);
  });
  return {
    block,
    synapses,
    rows: Math.ceil(rows.names.length / block),
    columns: across,
    values: Array.from(sums, ([key, { sum, count }]) => ({
      row: Math.floor(key / across),
      column: key % across,
      value: block > 1 ? sum / count : sum,
    })),
  };
}

/** The same to both sides of zero where there are both signs. */
function limitsOf({ values }: Cells): Limits {
  const [low, high] = extentOf([values.map(({ value }) => value)]) ?? [0, 1];
  const most = Math.max(-low, high);
  if (low < 0 && high > 0) return [-most, most];
  if (low < high) return [low, high];
  // All the same: up to zero, so that the colours say how much it is.
  return low === 0 ? [0, 1] : [Math.min(low, 0), Math.max(high, 0)];
}

function draw(
  canvas: Canvas,
  options: WeightMatrixOptions,
  entries: Entries,
  cells: Cells,
  limits: Limits,
): object {
  const most = Math.max(cells.rows, cells.columns, 1);
  // Whole px, so that there is nothing between cells.
  const cell = Math.min(
    LARGEST_CELL,
    Math.max(1, Math.floor(Math.min(canvas.width ?? SIZE, canvas.height ?? SIZE) / most)),
  );
  const {
    width = cell * Math.max(cells.columns, 1),
    height = cell * Math.max(cells.rows, 1),
    label = 'weight',
  } = options;
  const { theme } = canvas;
  return {
    width,
    height,
    view: { fill: theme.missing, stroke: theme.border },
    data: {
      values: cells.values.map(({ row, column, value }) => ({
        ...{ x: column, x2: column + 1, y: row, y2: row + 1, value },
      })),
    },
    mark: { type: 'rect', clip: true, aria: false },
    encoding: {
      x: sideAxis('x', entries.columns, cells.columns, cells.block, options.xLabel),
      x2: { field: 'x2' },
      y: sideAxis('y', entries.rows, cells.rows, cells.block, options.yLabel),
      y2: { field: 'y2' },
      color: {
        field: 'value',
        type: 'quantitative',
        scale: colorScale(limits, theme),
        legend: {
          title: label,
          titleFontWeight: 'normal',
          format: NUMBER_FORMAT,
          gradientLength: Math.min(200, Math.max(60, height)),
        },
      },
    },
  };
}

/** Labels of a side, at most. */
const MOST_LABELS = 8;

/** Cells have the names of their nodes, some of them where there are many. */
function sideAxis(
  field: 'x' | 'y',
  { label, names }: Side,
  cells: number,
  block: number,
  title = label,
): object {
  const every = Math.max(1, Math.ceil(cells / (cells <= 2 * MOST_LABELS ? cells : MOST_LABELS)));
  const labelled = Array.from({ length: Math.ceil(cells / every) }, (_, i) => i * every);
  const middles = labelled.map((at) => at + 0.5);
  const texts = labelled.map((at) => `${names[at * block]}`);
  return {
    field,
    type: 'quantitative',
    scale: { domain: [0, Math.max(cells, 1)], nice: false, zero: false, reverse: field === 'y' },
    axis: {
      ...{ title, grid: false, ...namedValues(middles, texts), labelOverlap: true },
      ...(field === 'y' && Y_ROOM),
    },
  };
}

/** Colours on both sides of zero where the limits have both signs; else from the least upwards. */
function colorScale([low, high]: Limits, { diverging }: Theme): object {
  if (low >= 0 || high <= 0) return { domain: [low, high], scheme: 'viridis', clamp: true };
  const half = (diverging.length - 1) / 2;
  const at = (i: number): number => {
    const side = (i - half) / half;
    return side < 0 ? -side * low : side * high;
  };
  return {
    domain: diverging.map((_, i) => at(i)),
    range: [...diverging],
    interpolate: 'rgb',
    clamp: true,
  };
}
