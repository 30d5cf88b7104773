import type { TopLevelSpec } from 'vega-lite';
import type { Numbers, TimeWindow } from '../analysis';

/** One population as the figure shows it. */
export interface PlottedPopulation {
  /** Name in the legend. */
  readonly name: string;
  /** CSS colour of its dots and of its rate. */
  readonly color: string;
  /** Spike times in ms of the neurons drawn in the raster, one list (and one row) a neuron. */
  readonly trains: readonly Numbers[];
  /** Rate of the whole population in spikes/s, one value a bin from the window's start on. */
  readonly rate: Numbers;
}

/** Membrane potential of one neuron. */
export interface PlottedTrace {
  /** Name on the axis, e.g. `V_m of neuron 1`. */
  readonly name: string;
  readonly unit: string;
  /** Sample times in ms, inside the window. */
  readonly times: Numbers;
  readonly values: Numbers;
  /** Firing threshold, in the trace's unit. */
  readonly threshold: number;
  /** The neuron's own spikes in ms, drawn as strokes above the threshold. */
  readonly spikes: Numbers;
}

/** What {@link networkActivity} draws. */
export interface NetworkActivity {
  readonly title: string;
  readonly subtitle: readonly string[];
  readonly window: TimeWindow;
  /** Width of the rate's bins, ms. */
  readonly bin: number;
  /** From the lowest rows of the raster upwards. */
  readonly populations: readonly PlottedPopulation[];
  readonly trace: PlottedTrace;
}

type ConcatSpec = Extract<TopLevelSpec, { vconcat: unknown }>;
type Panel = ConcatSpec['vconcat'][number];

const WIDTH = 680;

/** Room for the axis labels, the same in all panels so that their time axes stand in line. */
const Y_AXIS = { minExtent: 44, maxExtent: 44, titlePadding: 4 };

/**
 * The usual picture of a network's activity: spike raster, population rates and one membrane
 * potential above a shared time axis.
 */
export function networkActivity(activity: NetworkActivity): TopLevelSpec {
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v5.json',
    background: 'white',
    padding: 12,
    title: {
      text: activity.title,
      subtitle: [...activity.subtitle],
      anchor: 'start',
      offset: 10,
      fontSize: 15,
      subtitleFontSize: 11.5,
      subtitlePadding: 5,
    },
    spacing: 4,
    vconcat: [rasterPanel(activity), ratePanel(activity), tracePanel(activity)],
    config: {
      font: 'Helvetica, Arial, sans-serif',
      axis: { grid: false, titleFontWeight: 'normal', titleFontSize: 12, labelFontSize: 11 },
      legend: { labelFontSize: 11.5, symbolType: 'circle', symbolSize: 60, symbolStrokeWidth: 0 },
      view: { stroke: '#bbbbbb' },
    },
  };
}

function timeAxis({ window }: NetworkActivity, withLabels: boolean) {
  return {
    field: 'time',
    type: 'quantitative' as const,
    scale: { domain: [window.start, window.stop], nice: false },
    axis: {
      title: withLabels ? 'time (ms)' : null,
      labels: withLabels,
      format: 'd',
      tickCount: 7,
      labelFlush: false,
    },
  };
}

function populationColor({ populations }: NetworkActivity) {
  return {
    field: 'population',
    type: 'nominal' as const,
    sort: null,
    scale: {
      domain: populations.map(({ name }) => name),
      range: populations.map(({ color }) => color),
    },
    legend: { title: null, orient: 'top' as const, offset: 6 },
  };
}

function rasterPanel(activity: NetworkActivity): Panel {
  const dots: { time: number; row: number; population: string }[] = [];
  let row = 0;
  for (const { name, trains } of activity.populations) {
    for (const times of trains) {
      row++;
      for (const time of times) dots.push({ time, row, population: name });
    }
  }
  return {
    width: WIDTH,
    height: Math.max(60, 5 * row),
    data: { values: dots },
    mark: { type: 'point', filled: true, shape: 'circle', size: 11, opacity: 1, clip: true },
    encoding: {
      x: timeAxis(activity, false),
      y: {
        field: 'row',
        type: 'quantitative',
        scale: { domain: [0, row + 1], nice: false, zero: false },
        axis: { ...Y_AXIS, title: `neuron (${row} shown)`, tickCount: 5, format: 'd' },
      },
      color: populationColor(activity),
    },
  };
}

function ratePanel(activity: NetworkActivity): Panel {
  const { window, bin } = activity;
  // The first population is drawn last: on top.
  const values = activity.populations.toReversed().flatMap(({ name, rate }) =>
    // Once more at the end: a step needs both edges.
    [...rate, ...Array.from(rate).slice(-1)].map((value, k) => ({
      time: window.start + k * bin,
      rate: value,
      population: name,
    })),
  );
  const highest = values.reduce((high, { rate }) => Math.max(high, rate), 1);
  return {
    width: WIDTH,
    height: 110,
    data: { values },
    mark: { type: 'line', interpolate: 'step-after', strokeWidth: 1.1, clip: true },
    encoding: {
      x: timeAxis(activity, false),
      y: {
        field: 'rate',
        type: 'quantitative',
        scale: { domain: [0, highest], nice: true },
        axis: { ...Y_AXIS, title: ['rate (spikes/s),', `${bin} ms bins`], tickCount: 4 },
      },
      color: populationColor(activity),
    },
  };
}

function tracePanel(activity: NetworkActivity): Panel {
  const { trace } = activity;
  const samples = Array.from(trace.times, (time, i) => ({ time, value: trace.values[i]! }));
  const lowest = samples.reduce((low, { value }) => Math.min(low, value), trace.threshold);
  const highest = samples.reduce((high, { value }) => Math.max(high, value), trace.threshold);
  // A trace that never leaves the threshold, or no trace at all, still gets an axis.
  const range = highest - lowest || 1;
  const top = highest + 0.3 * range;
  const color = activity.populations[0]?.color ?? 'black';
  const value = {
    field: 'value',
    type: 'quantitative' as const,
    scale: { domain: [lowest - 0.05 * range, top], nice: false, zero: false },
    axis: { ...Y_AXIS, title: [trace.name, `(${trace.unit})`], tickCount: 4 },
  };
  return {
    width: WIDTH,
    height: 110,
    layer: [
      {
        data: { values: samples },
        mark: { type: 'line', strokeWidth: 1.1, color, clip: true },
        encoding: { x: timeAxis(activity, true), y: value },
      },
      {
        data: { values: [{ value: trace.threshold }] },
        mark: { type: 'rule', strokeDash: [4, 3], color: '#888888' },
        encoding: { y: value },
      },
      {
        data: {
          values: Array.from(trace.spikes, (time) => ({ time, value: trace.threshold, top })),
        },
        mark: { type: 'rule', strokeWidth: 1.1, color, clip: true },
        encoding: { x: timeAxis(activity, true), y: value, y2: { field: 'top' } },
      },
    ],
  };
}
