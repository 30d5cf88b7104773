import type { TopLevelSpec } from 'vega-lite';
import type { Numbers, TimeWindow } from '../analysis';
import { frame } from './frame';

/** One band of the raster and its bar. */
export interface RasterPopulation {
  readonly name: string;
  /** CSS colour of dots and bar. */
  readonly color: string;
  /** Spike times in ms, one list (and one row) a neuron. */
  readonly trains: readonly Numbers[];
  /** Mean rate of the whole population, spikes/s. */
  readonly rate: number;
  /** Rate to compare it with, spikes/s. */
  readonly referenceRate: number;
}

/** What {@link populationRaster} draws. */
export interface PopulationRaster {
  readonly title: string;
  readonly subtitle: readonly string[];
  readonly window: TimeWindow;
  /** From the top downwards. */
  readonly populations: readonly RasterPopulation[];
  /** Where the reference rates come from. */
  readonly referenceName: string;
}

const HEIGHT = 430;

/** Rows of a population: the first, and the one after the last. */
interface Band {
  readonly top: number;
  readonly bottom: number;
}

/** Spike raster of many populations, band by band, and beside each band the population's rate. */
export function populationRaster(figure: PopulationRaster): TopLevelSpec {
  const bands = bandsOf(figure.populations);
  return {
    ...frame(figure),
    spacing: 14,
    hconcat: [rasterPanel(figure, bands), ratePanel(figure, bands)],
  };
}

function bandsOf(populations: readonly RasterPopulation[]): Band[] {
  let bottom = 0;
  return populations.map(({ trains }) => {
    const top = bottom;
    bottom += trains.length;
    return { top, bottom };
  });
}

const rowScale = (bands: readonly Band[]) => ({
  domain: [0, bands.at(-1)?.bottom ?? 1],
  reverse: true,
  nice: false,
  zero: false,
});

function populationColor(populations: readonly RasterPopulation[]) {
  return {
    field: 'population',
    type: 'nominal' as const,
    sort: null,
    scale: {
      domain: populations.map(({ name }) => name),
      range: populations.map(({ color }) => color),
    },
    legend: null,
  };
}

function rasterPanel({ populations, window }: PopulationRaster, bands: readonly Band[]) {
  const middles = bands.map(({ top, bottom }) => (top + bottom) / 2);
  const names = JSON.stringify(populations.map(({ name }) => name));
  return {
    width: 560,
    height: HEIGHT,
    data: {
      values: populations.flatMap(({ name, trains }, i) =>
        trains.flatMap((times, k) =>
          Array.from(times, (time) => ({ time, row: bands[i]!.top + k + 0.5, population: name })),
        ),
      ),
    },
    mark: {
      type: 'point' as const,
      filled: true,
      shape: 'circle',
      size: 3,
      opacity: 1,
      clip: true,
    },
    encoding: {
      x: {
        field: 'time',
        type: 'quantitative' as const,
        scale: { domain: [window.start, window.stop], nice: false, zero: false },
        axis: { title: 'time (ms)', tickCount: 6, labelFlush: false, format: 'd' },
      },
      y: {
        field: 'row',
        type: 'quantitative' as const,
        scale: rowScale(bands),
        axis: {
          title: `population (${bands.at(-1)?.bottom ?? 0} neurons shown)`,
          values: middles,
          labelExpr: `${names}[indexof(${JSON.stringify(middles)}, datum.value)]`,
          labelOverlap: false,
          ticks: false,
        },
      },
      color: populationColor(populations),
    },
  };
}

/** Bars as high as their bands, and a stroke at each reference rate. */
function ratePanel({ populations, referenceName }: PopulationRaster, bands: readonly Band[]) {
  const values = populations.map(({ name, rate, referenceRate }, i) => {
    const { top, bottom } = bands[i]!;
    const margin = 0.1 * (bottom - top);
    return {
      population: name,
      rate,
      reference: referenceRate,
      ...{ zero: 0, top: top + margin, bottom: bottom - margin },
    };
  });
  const y = {
    field: 'top',
    type: 'quantitative' as const,
    scale: rowScale(bands),
    axis: null,
  };
  const x = (field: string) => ({
    field,
    type: 'quantitative' as const,
    axis: {
      title: ['mean rate (spikes/s),', `black: ${referenceName}`],
      tickCount: 5,
    },
  });
  return {
    width: 170,
    height: HEIGHT,
    data: { values },
    layer: [
      {
        mark: { type: 'rect' as const },
        encoding: {
          x: x('zero'),
          x2: { field: 'rate' },
          y,
          y2: { field: 'bottom' },
          color: populationColor(populations),
        },
      },
      {
        mark: { type: 'rule' as const, color: 'black', strokeWidth: 2 },
        encoding: { x: x('reference'), y, y2: { field: 'bottom' } },
      },
    ],
  };
}
