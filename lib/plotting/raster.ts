import type { TimeWindow } from '../analysis';
import { extentOf, inWords, namedValues, timeAxisOf, xOf, Y_ROOM } from './axes';
import { checkedOptions, isCount, type Checks, type Limits } from './checks';
import { DrawnFigure, type Figure } from './figure';
import { timeChecks, type TimeOptions } from './options';
import {
  checkSpikes,
  isPopulations,
  isShown,
  populationsOf,
  sendersOf,
  type Populations,
  type Spikes,
} from './spikes';
import { thinSpikes, type RowSpikes } from './thinning';
import { notesOf, type Canvas, type SharedAxis } from './view';

/** What {@link raster} can be given. */
export interface RasterOptions extends TimeOptions {
  /**
   * Populations by their names, from below upwards: a row for each of their neurons, of silent ones,
   * too. Spikes of others are left out. Without populations a row is a node ID.
   */
  readonly populations?: Populations;
  /**
   * Most spikes that are drawn; default: 100 000. Of more, neurons are left out at equal distances,
   * and the figure says so.
   */
  readonly maxSpikes?: number;
}

const rasterChecks: Checks<RasterOptions> = {
  ...timeChecks,
  populations: isPopulations,
  maxSpikes: isCount,
};

const WIDTH = 640;
const MAX_SPIKES = 100_000;
/** Columns for each px, in which spikes of a neuron are drawn once. */
const COLUMNS = 2;
/** px of rows where there are few of them, and of a panel. */
const ROW = 14;
const HEIGHTS = { least: 80, most: 320 } as const;
/** Rows that are all numbered. */
const MOST_NUMBERED = 8;
/** px of a row from which on spikes are strokes; below they are dots. */
const STROKES = 4;

/** Rows of the raster: their range, and the populations on it. */
interface Rows {
  readonly limits: Limits;
  readonly bands: readonly {
    readonly name: string;
    readonly first: number;
    readonly end: number;
  }[];
  readonly label: string;
  /** Undefined for what is not drawn. */
  readonly rowOf: (sender: number) => number | undefined;
  /** Where a row stands among those of its population, from 0. */
  readonly placeOf: (row: number) => number;
}

/**
 * Spike raster: a dot, or in few rows a stroke, for each spike.
 * @param events What a spike recorder holds (`recorder.events`), or times in ms and senders.
 * @throws TypeMismatch; DimensionMismatch; BadParameterValue; UnaccessedDictionaryEntry
 */
export function raster(events: Spikes, given: RasterOptions = {}): Figure {
  checkSpikes('raster', 'events', events);
  const options = checkedOptions('raster', given, rasterChecks);
  const { width = WIDTH, maxSpikes = MAX_SPIKES } = options;
  const rows = rowsOf(events, options.populations);
  const x = timeAxisOf(options, [events.times]);
  const inside = spikesInside(events, rows, options.window);
  const shown = thinSpikes(inside, {
    ...{ most: maxSpikes, limits: x.limits, columns: width * COLUMNS, placeOf: rows.placeOf },
  });
  const neurons = new Set(inside.rows).size;
  return new DrawnFigure(
    {
      title: options.title,
      notes: notesOf(options, thinnedNote(shown.oneOf)),
      description:
        `Spike raster: ${inside.times.length} spikes of ${neurons} neurons, ` +
        `${x.limits.map(inWords).join(' to ')} ms.`,
      x,
      draw: (canvas) => draw(canvas, options, rows, x, shown),
    },
    options.theme,
  );
}

const thinnedNote = (oneOf: number): string | undefined =>
  oneOf === 1 ? undefined : `One of ${oneOf} neurons is shown.`;

function rowsOf(events: Spikes, given: Populations | undefined): Rows {
  if (given === undefined) {
    const senders = sendersOf(events);
    const places = new Map(Array.from(senders, (id, i) => [id, i]));
    const [low, high] = extentOf([senders]) ?? [0, 1];
    return {
      limits: [low - 1, high + 1],
      bands: [],
      label: 'neuron (node ID)',
      rowOf: (id) => id,
      placeOf: (row) => places.get(row) ?? 0,
    };
  }
  const populations = populationsOf('raster', given);
  const rows = new Map<number, number>();
  const bands = populations.map(({ name, ids }) => {
    const first = rows.size;
    for (const id of ids) rows.set(id, rows.size);
    return { name, first, end: rows.size };
  });
  const count = rows.size;
  return {
    limits: [-0.5, Math.max(count, 1) - 0.5],
    bands,
    label: count === 1 ? '1 neuron' : `${count} neurons`,
    rowOf: (id) => rows.get(id),
    placeOf: (row) => row - (bands.find(({ end }) => row < end)?.first ?? 0),
  };
}

/** The spikes that have a row, and the times of which are shown. */
function spikesInside({ times, senders }: Spikes, { rowOf }: Rows, window?: TimeWindow): RowSpikes {
  const inside = { times: [] as number[], rows: [] as number[] };
  for (let i = 0; i < times.length; i++) {
    const row = rowOf(senders[i]!);
    if (row === undefined || !isShown(times[i]!, window)) continue;
    inside.times.push(times[i]!);
    inside.rows.push(row);
  }
  return { times: Float64Array.from(inside.times), rows: Float64Array.from(inside.rows) };
}

function draw(
  canvas: Canvas,
  options: RasterOptions,
  rows: Rows,
  x: SharedAxis,
  spikes: RowSpikes,
): object {
  const count = rows.limits[1] - rows.limits[0];
  const {
    width = canvas.width ?? WIDTH,
    height = canvas.height ?? Math.min(HEIGHTS.most, Math.max(HEIGHTS.least, ROW * count)),
  } = options;
  const { theme } = canvas;
  const palette = options.colors ?? theme.palette;
  const names = rows.bands.map(({ name }) => name);
  const encoding = {
    x: xOf(x, canvas, width),
    y: rowAxis(rows, options.yLabel),
    order: { value: null },
    color: {
      field: 'name',
      type: 'nominal',
      scale: { domain: names, range: names.map((_, i) => palette[i % palette.length]) },
      legend: null,
    },
  };
  const single = { ...encoding, color: { value: palette[0] } };
  return {
    width,
    height,
    layer: [
      ...bandLayers(rows, canvas),
      {
        data: { values: marksOf(spikes, rows, height / count >= STROKES) },
        mark: { type: 'line', aria: false, ...strokeOf(height / count) },
        encoding: names.length > 0 ? encoding : single,
      },
    ],
  };
}

/** Rows are numbered, or have the names of populations beside them. */
function rowAxis({ limits, bands, label }: Rows, title = label): object {
  const [low, high] = limits;
  const count = high - low - 1;
  const ticks =
    count <= MOST_NUMBERED
      ? { values: Array.from({ length: count }, (_, i) => low + 1 + i) }
      : { tickCount: 5 };
  const names = bands.map(({ name }) => name);
  const middles = bands.map(({ first, end }) => (first + end - 1) / 2);
  const named = {
    ...namedValues(middles, names),
    labelOverlap: false,
    ticks: false,
  };
  return {
    field: 'y',
    type: 'quantitative',
    scale: { domain: [...limits], nice: false, zero: false },
    axis: { title, ...Y_ROOM, grid: false, format: 'd', ...(bands.length > 0 ? named : ticks) },
  };
}

/** A line between populations. */
function bandLayers({ bands }: Rows, { theme }: Canvas): object[] {
  const between = bands.slice(1).map(({ first }) => ({ y: first - 0.5 }));
  if (between.length === 0) return [];
  return [
    {
      data: { values: between },
      mark: { type: 'rule', color: theme.border, aria: false },
      encoding: { y: { field: 'y', type: 'quantitative' } },
    },
  ];
}

const strokeOf = (row: number) =>
  row >= STROKES
    ? { strokeWidth: 1.2, strokeCap: 'butt' }
    : { strokeWidth: Math.min(3, Math.max(1.6, 0.8 * row)), strokeCap: 'round' };

/**
 * All spikes of a population are one path, which is a tenth of what as many marks take: a stroke, or a
 * point, which has round ends, and then a gap.
 */
function marksOf({ times, rows }: RowSpikes, { bands }: Rows, strokes: boolean): object[] {
  const nameOf = (row: number): string | undefined => bands.find(({ end }) => row < end)?.name;
  const ends = strokes ? [-0.4, 0.4] : [0];
  return Array.from(times).flatMap((x, i) => {
    const row = rows[i]!;
    const name = nameOf(row);
    return [...ends.map((end) => ({ x, y: row + end, name })), { x, y: null, name }];
  });
}
