import {
  countUpTo,
  intervalVariations,
  mean,
  meanPairwiseCorrelation,
  meanRate,
  populationRate,
  spikesWithin,
  spikeTrains,
  standardDeviation,
  train,
  type SpikeEvents,
  type SpikeTrains,
  type TimeWindow,
} from '../../lib/analysis';
import type { Quantity } from '../../lib/cli/experiment';
import { networkActivity, type Figure, type PlottedPopulation } from '../../lib/plot';

/** Bins of the population rate whose standard deviation is reported, ms. */
const RATE_BIN = 1;
/** Bins of the population rate that a figure may have, ms. */
const PLOTTED_BINS = [0.1, 0.2, 0.5];
/** Bins of the spike counts that are correlated, ms. */
const CORRELATION_BIN = 5;

/** Why a statistic has no value. */
export const NO_INTERVALS = 'no neuron fired three times';
export const NO_PAIRS = 'no two neurons whose counts vary';

/** What was recorded from one population. */
export interface RecordedPopulation {
  /** Suffix of the keys of its quantities: `rate_E`. */
  readonly key: string;
  /** Name in tables and figures: `excitatory`. */
  readonly name: string;
  readonly color: string;
  readonly ids: Uint32Array;
  readonly events: SpikeEvents;
  /** Neurons shown in the raster: the first ones. */
  readonly shown: number;
}

/** Membrane potential of one neuron of the first population. */
export interface RecordedTrace {
  readonly sender: number;
  readonly times: Float64Array;
  readonly values: Float64Array;
  /** Firing threshold, mV. */
  readonly threshold: number;
}

/**
 * The usual statistics of a population's spikes in a window:
 *
 * - mean rate, over all neurons;
 * - mean coefficient of variation of the inter-spike intervals, over the neurons with at least
 *   three spikes in the window;
 * - standard deviation of the population rate in bins of 1 ms;
 * - correlation of spike counts in bins of 5 ms, mean over all pairs of neurons that fired.
 *
 * `expected`: the rate that they should have, and by whom, beside that which they have.
 */
export function activityQuantities(
  { key, name, ids, events }: RecordedPopulation,
  window: TimeWindow,
  expected: string,
): Quantity[] {
  const trains = spikeTrains(events, ids);
  const duration = window.stop - window.start;
  // An experiment that is interrupted before its window begins.
  const ofTime = (statistic: () => number): number => (duration > 0 ? statistic() : NaN);
  const rates = () => populationRate(events.times, ids.length, window, RATE_BIN);
  return [
    {
      key: `rate_${key}`,
      label: `mean rate, ${name} (${expected})`,
      value: meanRate(events.times.length, ids.length, duration),
      unit: 'spikes/s',
    },
    {
      key: `cv_isi_${key}`,
      label: `mean CV of inter-spike intervals, ${name}`,
      value: mean(intervalVariations(trains)),
      unit: '',
      note: NO_INTERVALS,
    },
    {
      key: `population_rate_sd_${key}`,
      label: `sd of the population rate (${RATE_BIN} ms bins), ${name}`,
      value: ofTime(() => standardDeviation(rates())),
      unit: 'spikes/s',
      note: `no ${RATE_BIN} ms were recorded`,
    },
    {
      key: `correlation_${key}`,
      label: `mean pairwise correlation (${CORRELATION_BIN} ms bins), ${name}`,
      value: ofTime(() => meanPairwiseCorrelation(trains, window, CORRELATION_BIN)),
      unit: '',
      note: NO_PAIRS,
    },
  ];
}

/** What {@link activityFigure} shows. */
export interface RecordedActivity {
  readonly title: string;
  readonly subtitle: readonly string[];
  readonly window: TimeWindow;
  readonly populations: readonly RecordedPopulation[];
  readonly trace: RecordedTrace;
}

/** Raster, rates and membrane potential over the last part of the window. */
export function activityFigure({
  title,
  subtitle,
  window,
  populations,
  trace,
}: RecordedActivity): Figure {
  const view = legibleWindow(window, populations);
  const bin = legibleBin(window, populations);
  const from = countUpTo(trace.times, view.start);
  const own = populations[0]?.events ?? { times: new Float64Array(), senders: new Uint32Array() };
  const spec = networkActivity({
    title,
    subtitle,
    window: view,
    bin,
    populations: populations.map((population) => plotted(population, view, bin)),
    trace: {
      name: `V_m of neuron ${trace.sender}`,
      unit: 'mV',
      times: trace.times.subarray(from),
      values: trace.values.subarray(from),
      threshold: trace.threshold,
      spikes: spikesWithin(spikeTrains(own, Uint32Array.of(trace.sender)).times, view),
    },
  });
  return { name: 'activity', spec };
}

function plotted(
  { name, color, ids, events, shown }: RecordedPopulation,
  view: TimeWindow,
  bin: number,
): PlottedPopulation {
  const trains: SpikeTrains = spikeTrains(events, ids.subarray(0, shown));
  return {
    name,
    color,
    trains: Array.from(trains.ids, (_, i) => spikesWithin(train(trains, i), view)),
    rate: populationRate(spikesWithin(events.times, view), ids.length, view, bin),
  };
}

/**
 * The end of a recording, short enough to tell spikes apart: as long as a neuron takes for about
 * ten spikes, rounded to 50 ms, between 50 and 500 ms.
 */
function legibleWindow(window: TimeWindow, populations: readonly RecordedPopulation[]): TimeWindow {
  const neurons = populations.reduce((sum, { ids }) => sum + ids.length, 0);
  const tenSpikes = (10 * neurons) / Math.max(spikesPerMs(window, populations), 1e-9);
  const length = Math.min(500, Math.max(50, 50 * Math.round(tenSpikes / 50)));
  return { start: Math.max(window.start, window.stop - length), stop: window.stop };
}

/**
 * The finest bins in which the populations together fire a hundred spikes on the average: noise of
 * counting then does not hide oscillations, and those of Brunel's synchronous states, around
 * 1/delay and its multiples, are not averaged away.
 */
function legibleBin(window: TimeWindow, populations: readonly RecordedPopulation[]): number {
  const rate = spikesPerMs(window, populations);
  return PLOTTED_BINS.find((bin) => rate * bin >= 100) ?? RATE_BIN;
}

/** Spikes of all populations in a ms, on the average. */
function spikesPerMs(
  { start, stop }: TimeWindow,
  populations: readonly RecordedPopulation[],
): number {
  const spikes = populations.reduce((sum, { events }) => sum + events.times.length, 0);
  return spikes / (stop - start);
}
