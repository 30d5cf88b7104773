// What the figures of simulation 1 are drawn from: rates, histograms, correlations.
import { countUpTo, mean, type TimeWindow } from '../../../lib/analysis';
import { BIN, type BiofeedbackRecord, histogramOf, type WeightReading } from './biofeedback-record';

/** Bins of the histograms of rates, from 0 on, and their width in spikes/s. */
const RATE_BINS = 20;
const RATE_WIDTH = 0.9;

/** Lags of the cross-correlation and their bins, ms. */
export const LAG_MAX = 30;
export const LAG_BIN = 0.5;
/** Those of the covariance of pairs, to either side. */
const PAIR_LAG_MAX = 100;
const PAIR_LAG_BIN = 0.2;
/** Far below every grid, ms: times on a grid may differ in their last digits. */
const TOLERANCE = 1e-3;

/**
 * The published run lasts twenty minutes; a run of any other time has twenty parts, which are called
 * minutes as well.
 */
export const MINUTES = 20;
export const minuteOf = (time: number): number => time / MINUTES;

/** From minute to minute, in a run of that time. */
export const minutes = (from: number, to: number, time: number): TimeWindow => ({
  start: from * minuteOf(time),
  stop: to * minuteOf(time),
});

/** Minutes whose distributions are shown, as in the paper. */
const SHOWN_MINUTES = [6, 11, 16, MINUTES];
export const shownWindows = (time: number) =>
  SHOWN_MINUTES.map((minute) => ({ minute, window: minutes(minute - 1, minute, time) }));

/** Whether the whole of a window has been simulated. */
export const isSeen = ({ end }: BiofeedbackRecord, { stop }: TimeWindow): boolean => stop <= end;

/** Mean rate of each of the neurons in a window, spikes/s; NaN where that has not been simulated. */
export function ratesIn(
  record: BiofeedbackRecord,
  ids: ArrayLike<number>,
  window: TimeWindow,
): Float64Array {
  const { counts, neurons } = record;
  const [from, to] = [Math.round(window.start / BIN), Math.round(window.stop / BIN)];
  return Float64Array.from(ids, (id) => {
    if (!isSeen(record, window)) return NaN;
    let spikes = 0;
    for (let bin = from; bin < to; bin++) spikes += counts[bin * neurons + id - 1]!;
    return (1000 * spikes) / (window.stop - window.start);
  });
}

/** A curve over time, ms. */
export interface Curve {
  readonly t: number[];
  readonly y: number[];
}

/** Mean rate of the neurons in a window of `width` ms that slides over the run, by its middle. */
export function slidingRate(
  record: BiofeedbackRecord,
  ids: readonly number[],
  width: number,
): Curve {
  const last = Math.floor((record.end - width) / BIN + 1e-6);
  const starts = Array.from({ length: Math.max(0, last + 1) }, (_, k) => k * BIN);
  return {
    t: starts.map((start) => start + width / 2),
    y: starts.map((start) => mean(ratesIn(record, ids, { start, stop: start + width }))),
  };
}

/** Mean rate of the neurons minute by minute, by its middle. */
export function rateByMinute(
  record: BiofeedbackRecord,
  ids: ArrayLike<number>,
  time: number,
): Curve {
  const windows = wholeMinutes(record, time);
  return {
    t: windows.map(({ start, stop }) => (start + stop) / 2),
    y: windows.map((window) => mean(ratesIn(record, ids, window))),
  };
}

/** The highest rate of any of the neurons in any minute, spikes/s. */
export const highestRate = (
  record: BiofeedbackRecord,
  ids: ArrayLike<number>,
  time: number,
): number =>
  wholeMinutes(record, time)
    .flatMap((window) => [...ratesIn(record, ids, window)])
    .reduce((high, rate) => (rate <= high ? high : rate), NaN);

const wholeMinutes = (record: BiofeedbackRecord, time: number): TimeWindow[] =>
  Array.from({ length: MINUTES }, (_, k) => minutes(k, k + 1, time)).filter((window) =>
    isSeen(record, window),
  );

/**
 * The bins in windows of `width` ms: each as wide as a whole number of spikes, so that none has
 * place for more numbers of spikes than others.
 */
export function rateBins(width: number): { readonly count: number; readonly width: number } {
  const spikes = Math.ceil((RATE_WIDTH * width) / 1000 - 1e-9);
  const wide = (1000 * spikes) / width;
  return { count: Math.round((RATE_BINS * RATE_WIDTH) / wide), width: wide };
}

/** Part of the neurons whose rate in the window is in each bin. */
export function rateHistogram(
  record: BiofeedbackRecord,
  ids: ArrayLike<number>,
  window: TimeWindow,
): number[] {
  const { count, width } = rateBins(window.stop - window.start);
  // A rate at the edge of two bins may differ from it in its last digits.
  const rates = ratesIn(record, ids, window).map((rate) => rate + width * 1e-6);
  return parts(histogramOf(rates, count, count * width));
}

/** What of the whole is in each bin. */
export function parts(counts: readonly number[]): number[] {
  const whole = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => count / whole);
}

/** The last reading of the weights at or before `t`. */
export const weightsAt = ({ weights }: BiofeedbackRecord, t: number): WeightReading | undefined =>
  weights.findLast((reading) => reading.t <= t + 1e-6);

/** Spikes of a source around a spike of the target, by their distance, on the average. */
export interface CrossCorrelation {
  /** Middles of the bins, ms. */
  readonly lag: number[];
  /** Of spikes that arrive before the target's, and after. */
  readonly causal: number[];
  readonly acausal: number[];
}

/**
 * @param target Spikes of the target in the window that is looked at.
 * @param sources Arrivals of the spikes of each source, ascending.
 */
export function crossCorrelation(
  target: Float64Array,
  sources: readonly Float64Array[],
): CrossCorrelation {
  const bins = Math.round(LAG_MAX / LAG_BIN);
  const [causal, acausal] = [new Array<number>(bins).fill(0), new Array<number>(bins).fill(0)];
  for (const source of sources) {
    for (const t of target) {
      const last = countUpTo(source, t + LAG_MAX);
      for (let i = countUpTo(source, t - LAG_MAX - TOLERANCE); i < last; i++) {
        const lag = t - source[i]!;
        const bin = Math.ceil((Math.abs(lag) - TOLERANCE) / LAG_BIN) - 1;
        // What arrives at the moment of a spike was not its cause, nor caused by it.
        if (lag > TOLERANCE) causal[bin]!++;
        else if (lag < -TOLERANCE) acausal[bin]!++;
      }
    }
  }
  const chances = target.length * sources.length;
  return {
    lag: causal.map((_, k) => (k + 0.5) * LAG_BIN),
    causal: causal.map((count) => count / chances),
    acausal: acausal.map((count) => count / chances),
  };
}

/** Covariance of the spikes of pairs of neurons, on the average over the pairs. */
export interface PairCovariance {
  /** By how much the second fires later, ms. */
  readonly lag: number[];
  /** Over the variances: 1 for equal trains. */
  readonly covariance: number[];
}

/**
 * @param trains Spikes in the window: those of the first of each pair, then those of the second.
 * Pairs of which one is silent have no covariance and are left out.
 */
export function pairCovariance(
  trains: readonly Float64Array[],
  { start, stop }: TimeWindow,
): PairCovariance {
  const [reach, bins] = [PAIR_LAG_MAX, stop - start].map((ms) => Math.round(ms / PAIR_LAG_BIN));
  const binned = trains.map((times) =>
    times.map((t) => Math.ceil((t - start - TOLERANCE) / PAIR_LAG_BIN)),
  );
  const half = binned.length / 2;
  const sums = new Float64Array(2 * reach! + 1);
  let pairs = 0;
  for (let k = 0; k < half; k++) {
    const [first, second] = [binned[k]!, binned[half + k]!];
    if (first.length === 0 || second.length === 0) continue;
    pairs++;
    // Neurons are refractory for longer than a bin: there is a spike in it or none.
    const [p, q] = [first.length / bins!, second.length / bins!];
    const scale = 1 / Math.sqrt(p * (1 - p) * q * (1 - q));
    sums.forEach((_, i) => (sums[i]! -= p * q * scale));
    for (const at of first) {
      const last = countUpTo(second, at + reach!);
      for (let i = countUpTo(second, at - reach! - 0.5); i < last; i++) {
        sums[second[i]! - at + reach!]! += scale / bins!;
      }
    }
  }
  return {
    lag: Array.from(sums, (_, i) => Number(((i - reach!) * PAIR_LAG_BIN).toFixed(1))),
    covariance: Array.from(sums, (sum) => sum / pairs),
  };
}
