import { checkObject } from '../forms';
import { mean, type Numbers } from '../statistics';
import { checkKeys } from '../suggest';
import { badValue, checkNumbers, checkPositive, checkWindow } from './checks';
import { fourierTransform } from './fourier';
import { countInBins } from './rates';
import { EDGE_TOLERANCE, type TimeWindow } from './windows';

/** How a signal was sampled, and into how long segments it is cut. */
export interface SpectrumOptions {
  /** Time between samples, ms: the `interval` of a multimeter. */
  readonly interval: number;
  /**
   * Length of a segment, ms: whole intervals, at least two. Frequencies are 1000/segment Hz apart; the
   * more segments the signal has, the less its density scatters.
   */
  readonly segment: number;
}

/** The same for spike trains. */
export interface SpikeSpectrumOptions {
  /** Spikes outside are left out. */
  readonly window: TimeWindow;
  /** Width of the bins whose counts are the signal, ms. */
  readonly bin: number;
  /** Length of a segment, ms: whole bins, at least two. */
  readonly segment: number;
}

/** A one-sided power spectral density. */
export interface PowerSpectrum {
  /** Hz: 0, 1000/segment, … up to half the sampling rate. */
  readonly frequencies: Float64Array;
  /**
   * The signal's unit squared per Hz (mV²/Hz), for each frequency. Its sum times the distance of
   * frequencies is about the signal's variance.
   */
  readonly density: Float64Array;
  /** How many segments were averaged. */
  readonly segments: number;
}

/**
 * Power spectral density of a sampled signal by Welch's method. Segments of n samples overlap by half
 * (⌊n/2⌋ samples); of each its mean is taken away, and it is multiplied by Hann's window
 * w_j = sin²(πj/n). With X_k its discrete Fourier transform and Δ the interval in s, the density at
 * k/(nΔ) Hz is the mean over all segments of c·Δ·|X_k|²/Σ_j w_j², c = 2 except at 0 and at half the
 * sampling rate, where it is 1. What is left at the signal's end is not looked at.
 * Source: Welch (1967) IEEE Trans Audio Electroacoust 15:70.
 * @throws TypeMismatch; BadParameterValue, for segments longer than the signal, too;
 * UnaccessedDictionaryEntry for an unknown option
 */
export function powerSpectralDensity(signal: Numbers, options: SpectrumOptions): PowerSpectrum {
  const caller = 'powerSpectralDensity';
  checkNumbers(caller, 'signal', signal);
  const given = checkObject(options, 'options', 'an object { interval, segment }', caller);
  checkKeys(given, ['interval', 'segment'], `${caller} has no option`);
  const interval = checkPositive(caller, 'interval', given.interval);
  return welch(signal, interval, segmentLength(caller, given.segment, interval, signal.length));
}

/**
 * Power spectral density of a spike train, or of several together: that of the rate in bins of `bin`
 * ms (1000·counts/bin spikes per second), by {@link powerSpectralDensity}; in spikes²/s²/Hz, which is
 * 1/s. Of a Poisson process of rate r it is 2r on the average, at all frequencies but 0 and half
 * the sampling rate. Times need no order.
 * @throws as {@link powerSpectralDensity}
 */
export function spikeSpectralDensity(times: Numbers, options: SpikeSpectrumOptions): PowerSpectrum {
  const caller = 'spikeSpectralDensity';
  checkNumbers(caller, 'times', times);
  const given = checkObject(options, 'options', 'an object { window, bin, segment }', caller);
  checkKeys(given, ['window', 'bin', 'segment'], `${caller} has no option`);
  const window = checkWindow(caller, given.window);
  const bin = checkPositive(caller, 'bin', given.bin);
  const rate = countInBins(times, window, bin).map((count) => (1000 * count) / bin);
  return welch(rate, bin, segmentLength(caller, given.segment, bin, rate.length));
}

/** Samples of a segment. */
function segmentLength(caller: string, segment: unknown, interval: number, most: number): number {
  const length = checkPositive(caller, 'segment', segment);
  const n = Math.round(length / interval);
  const isWhole = Math.abs(length / interval - n) <= EDGE_TOLERANCE;
  if (isWhole && n >= 2 && n <= most) return n;
  const allowed = `whole steps of ${interval} ms, at least 2 and at most ${most}, as many as there are`;
  throw badValue(caller, 'segment', length, allowed);
}

function welch(signal: Numbers, interval: number, n: number): PowerSpectrum {
  const taper = new Float64Array(n).map((_, j) => Math.sin((Math.PI * j) / n) ** 2);
  const transform = fourierTransform(n);
  const density = new Float64Array(Math.floor(n / 2) + 1);
  const step = n - Math.floor(n / 2);
  const samples = Float64Array.from(signal);
  let segments = 0;
  for (let from = 0; from + n <= samples.length; from += step) {
    const segment = samples.subarray(from, from + n);
    const centre = mean(segment);
    const re = segment.map((value, j) => (value - centre) * taper[j]!);
    const im = new Float64Array(n);
    transform(re, im);
    for (let k = 0; k < density.length; k++) density[k]! += re[k]! ** 2 + im[k]! ** 2;
    segments++;
  }
  const power = taper.reduce((sum, weight) => sum + weight ** 2, 0);
  const scale = interval / 1000 / power / segments;
  return {
    frequencies: density.map((_, k) => (1000 * k) / (n * interval)),
    density: density.map((sum, k) => (k === 0 || 2 * k === n ? 1 : 2) * sum * scale),
    segments,
  };
}
