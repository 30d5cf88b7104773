import type { Numbers } from '../statistics';
import { checkKeys } from '../suggest';
import { checkObject } from '../forms';
import { badValue, checkNumber, checkPositive, checkTimes, checkWindow } from './checks';
import { countUpTo } from './trains';
import { EDGE_TOLERANCE, type TimeWindow, wholeSteps } from './windows';

/** What {@link crossCorrelogram} and {@link autoCorrelogram} look at. */
export interface CorrelogramOptions {
  /** Spikes outside are left out. */
  readonly window: TimeWindow;
  /** Width of a bin, ms. */
  readonly bin: number;
  /** Lags of whole bins up to this one are looked at in both directions, ms. */
  readonly maxLag: number;
}

/** A histogram of the lags between the spikes of two trains: 2K + 1 bins, K = ⌊maxLag/bin⌋. */
export interface Correlogram {
  /** Middle of each bin, ms: −K·bin … K·bin. Where it is positive the second train comes later. */
  readonly lags: Float64Array;
  /** Pairs of spikes. */
  readonly counts: Float64Array;
  /**
   * Spikes per second of the second train, at that lag from a spike of the first:
   * 1000·counts/(n·bin) with n spikes of the first train. NaN where it has none.
   */
  readonly rate: Float64Array;
  /**
   * Counts over those that are expected of as many spikes, put into the window independently and
   * uniformly: n₁·n₂/T²·∫(T − |τ|)dτ over the bin, T the window's length; n·(n − 1) instead of n₁·n₂
   * for one train with itself. 1 on the average of independent Poisson trains, whatever the lag. NaN
   * where there is no pair of spikes.
   */
  readonly ratio: Float64Array;
}

/**
 * Cross-correlogram of two trains: how many pairs of a spike of the `first` and one of the `second` are
 * how far apart. The bin around lag 0 is open, (−bin/2, bin/2); a lag halfway between two bins
 * belongs to the outer one, so that exchanging the trains mirrors the counts.
 * Source: Perkel, Gerstein & Moore (1967) Biophys J 7:419.
 * @throws TypeMismatch; BadParameterValue, for bins that reach beyond the window's length, too;
 * UnaccessedDictionaryEntry for an unknown option
 */
export function crossCorrelogram(
  first: Numbers,
  second: Numbers,
  options: CorrelogramOptions,
): Correlogram {
  const caller = 'crossCorrelogram';
  checkTimes(caller, 'first', first);
  checkTimes(caller, 'second', second);
  const { window, bin, most } = checkOptions(caller, options);
  const [a, b] = [within(first, window), within(second, window)];
  const counts = countLags(a, b, bin, most, false);
  return correlogram(counts, a.length, a.length * b.length, window, bin);
}

/**
 * Autocorrelogram of a train: its cross-correlogram with itself without the pairs of a spike and
 * itself. It is symmetric.
 * Source: Perkel, Gerstein & Moore (1967) Biophys J 7:391.
 * @throws as {@link crossCorrelogram}
 */
export function autoCorrelogram(times: Numbers, options: CorrelogramOptions): Correlogram {
  const caller = 'autoCorrelogram';
  checkTimes(caller, 'times', times);
  const { window, bin, most } = checkOptions(caller, options);
  const own = within(times, window);
  const counts = countLags(own, own, bin, most, true);
  return correlogram(counts, own.length, own.length * (own.length - 1), window, bin);
}

function checkOptions(caller: string, options: CorrelogramOptions) {
  const given = checkObject(options, 'options', 'an object { window, bin, maxLag }', caller);
  checkKeys(given, ['window', 'bin', 'maxLag'], `${caller} has no option`);
  const window = checkWindow(caller, given.window);
  const bin = checkPositive(caller, 'bin', given.bin);
  const length = window.stop - window.start;
  if (bin / 2 > length) throw badValue(caller, 'bin', bin, `at most 2·${length}, the window`);
  const allowed = `≥ 0 and < ${length}, the window less half a bin`;
  const fits = (lag: number): boolean => lag >= 0 && (wholeSteps(lag, bin) + 0.5) * bin <= length;
  const maxLag = checkNumber(caller, 'maxLag', given.maxLag, allowed, fits);
  return { window, bin, most: wholeSteps(maxLag, bin) };
}

const within = (times: Numbers, { start, stop }: TimeWindow): Float64Array =>
  Float64Array.from(times).subarray(countUpTo(times, start), countUpTo(times, stop));

/** Pairs by their lag in bins, from −most to most. */
function countLags(
  a: Float64Array,
  b: Float64Array,
  bin: number,
  most: number,
  isItself: boolean,
): Float64Array {
  const counts = new Float64Array(2 * most + 1);
  const reach = (most + 1) * bin;
  let from = 0;
  for (let i = 0; i < a.length; i++) {
    while (from < b.length && b[from]! < a[i]! - reach) from++;
    for (let j = from; j < b.length && b[j]! <= a[i]! + reach; j++) {
      if (isItself && i === j) continue;
      const lag = b[j]! - a[i]!;
      const bins = Math.floor(Math.abs(lag) / bin + 0.5 + EDGE_TOLERANCE);
      if (bins <= most) counts[most + Math.sign(lag) * bins]!++;
    }
  }
  return counts;
}

function correlogram(
  counts: Float64Array,
  spikes: number,
  pairs: number,
  window: TimeWindow,
  bin: number,
): Correlogram {
  const most = (counts.length - 1) / 2;
  const length = window.stop - window.start;
  const lags = counts.map((_, k) => (k - most) * bin);
  // The bin around 0 has two halves, in which |τ| is bin/4 on the average.
  const expected = lags.map(
    (lag) => (pairs * bin * (length - (lag === 0 ? bin / 4 : Math.abs(lag)))) / length ** 2,
  );
  return {
    lags,
    counts,
    rate: counts.map((count) => (1000 * count) / (spikes * bin)),
    ratio: counts.map((count, k) => count / expected[k]!),
  };
}
