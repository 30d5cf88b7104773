import { medianOf } from '../statistics';
import {
  BLUE,
  GREEN,
  ORANGE,
  PURPLE,
  repeatedMeasurements,
  SKY_BLUE,
  VERMILLION,
  type Figure,
} from '../plot';
import type { Comparison } from './comparison';
import type { Measurements, Series } from './measure';
import { threadCount } from './measure';
import { valueOf } from './summary';
import { headlinesOf, workloadName } from './table';

/** Told apart without red and green. */
export const SERIES_COLORS = [BLUE, ORANGE, GREEN, PURPLE, SKY_BLUE, VERMILLION, '#000000'];

/** A figure and what it is called to those who do not see it. */
export interface TitledFigure extends Figure {
  readonly title: string;
}

const DOTS = 'dots: single runs; strokes: medians';

const seriesName = ({ engine, threads }: Series): string => `${engine}, ${threadCount(threads)}`;

/** Figures of what was measured; none for quantities that no workload has. */
export function figuresOf(
  { series }: Pick<Measurements, 'series'>,
  comparisons: readonly Comparison[],
): TitledFigure[] {
  const networks = series.filter(({ workload }) => workload.benchmark.headlines.length === 0);
  const quantityFigure = (
    name: string,
    title: string,
    axis: string,
    value: (series: Series, run: Series['runs'][number]) => number,
    options: { readonly log?: boolean; readonly reference?: { value: number; name: string } } = {},
  ) =>
    figureOf(name, { title, axis, ...options }, networks, (of) => [
      { row: workloadName(of.workload), values: of.runs.map((run) => value(of, run)) },
    ]);
  const key =
    (name: string) =>
    (_: Series, { quantities }: Series['runs'][number]) =>
      valueOf(quantities, name);
  return [
    ...quantityFigure(
      'real-time-factor',
      'Time to simulate',
      'real-time factor (wall-clock s per biological s)',
      key('real_time_factor'),
      { log: true, reference: { value: 1, name: 'real time' } },
    ),
    ...quantityFigure(
      'ns-per-event',
      'Time of a synaptic event',
      'wall-clock time per synaptic event (ns)',
      key('ns_per_event'),
    ),
    ...quantityFigure(
      'bandwidth',
      'Use of the memory bandwidth',
      'rows read per wall-clock time, as a part of the bandwidth',
      (of, { quantities }) => {
        // The same bandwidth for all runs of a series: its median.
        const scale =
          valueOf(of.quantities, 'bandwidth_fraction') * valueOf(of.quantities, 'ns_per_event');
        return scale / valueOf(quantities, 'ns_per_event');
      },
    ),
    ...quantityFigure('build', 'Construction', 'time to build the network (s)', key('build_time'), {
      log: true,
    }),
    ...quantityFigure(
      'bytes-per-synapse',
      'Memory of the synapses',
      'bytes per synapse',
      key('bytes_per_synapse'),
    ),
    ...otherFigures(series),
    ...activityFigures(comparisons),
  ];
}

/** A figure of rows of values; none where there are no finite values. */
function figureOf(
  name: string,
  {
    title,
    axis,
    log = false,
    reference,
  }: {
    readonly title: string;
    readonly axis: string;
    readonly log?: boolean;
    readonly reference?: { readonly value: number; readonly name: string };
  },
  series: readonly Series[],
  rowsOf: (series: Series) => readonly { readonly row: string; readonly values: number[] }[],
): TitledFigure[] {
  const measurements = series.flatMap((of) =>
    rowsOf(of).flatMap(({ row, values }) => {
      const finite = values.filter((value) => Number.isFinite(value) && (!log || value > 0));
      if (finite.length === 0) return [];
      return [{ row, series: seriesName(of), values: finite, median: medianOf(finite).value }];
    }),
  );
  if (measurements.length === 0) return [];
  const names = [...new Set(series.map(seriesName))];
  const spec = repeatedMeasurements({
    title,
    subtitle: [DOTS],
    x: { title: axis, log, ...(reference && { reference }) },
    // A series keeps its colour in all figures of a page that show the same series.
    series: names.map((of, i) => ({ name: of, color: SERIES_COLORS[i % SERIES_COLORS.length]! })),
    measurements,
  });
  return [{ name, title, spec }];
}

/** A figure for each unit of what the other workloads tell. */
function otherFigures(series: readonly Series[]): TitledFigure[] {
  const others = series.filter(({ workload }) => workload.benchmark.headlines.length > 0);
  const units = new Set(
    others.flatMap(({ workload, quantities }) =>
      headlinesOf(workload, quantities).map(({ unit }) => unit),
    ),
  );
  return [...units].flatMap((unit) =>
    figureOf(
      `other-${unit === 'µs' ? 'us' : unit}`,
      { title: `Other workloads, in ${unit}`, axis: `value (${unit})`, log: true },
      others,
      ({ workload, quantities, runs }) =>
        headlinesOf(workload, quantities)
          .filter((quantity) => quantity.unit === unit)
          .map(({ key, label }) => ({
            row: `${workload.benchmark.name}: ${label}`,
            values: runs.map((run) => valueOf(run.quantities, key)),
          })),
    ),
  );
}

/** What the networks did on each engine: a figure each for rates, CVs and correlations. */
function activityFigures(comparisons: readonly Comparison[]): TitledFigure[] {
  const engines = [...new Set(comparisons.flatMap(({ series, peer }) => [series, peer]))];
  const kinds = [
    { prefix: 'rate_', title: 'Mean rates', axis: 'mean rate (spikes/s)' },
    { prefix: 'cv_isi_', title: 'Irregularity', axis: 'mean CV of inter-spike intervals' },
    { prefix: 'correlation_', title: 'Correlation', axis: 'mean pairwise correlation' },
  ];
  return kinds.flatMap(({ prefix, title, axis }) =>
    figureOf(`activity-${prefix.slice(0, -1)}`, { title, axis }, engines, ({ workload, runs }) =>
      (runs[0]?.quantities ?? [])
        .filter(({ key }) => key.startsWith(prefix))
        .map(({ key }) => ({
          row: `${workload.benchmark.name}, ${key.slice(prefix.length)}`,
          values: runs.map((run) => valueOf(run.quantities, key)),
        })),
    ),
  );
}
