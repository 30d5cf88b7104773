// A cochlea: R. F. Lyon (1982), A computational model of filtering, detection and compression in
// the cochlea, Proc. IEEE ICASSP, 1282–1285, in the form of M. Slaney (1988), Lyon's cochlear
// model, Apple Technical Report 13. Sound goes through a cascade of filters from high frequencies
// to low ones; every output is rectified, and compressed by four stages of automatic gain control
// that neighbours share.
import { filter, resonance, type Section, withGain } from './sections';
import type { Recording } from './wav';

/** Numbers of the model, as published. */
const EAR = {
  /** Filters are this much narrower than their frequency, above the break. */
  quality: 8,
  /** Between channels, of a bandwidth. */
  step: 0.25,
  /** Hz; below, bandwidths stay alike. */
  break: 1000,
  /** Of zeros above their poles, in steps. */
  zero: 1.5,
  /** Of zeros against poles. */
  sharpness: 5,
  /** Hz, of the outer ear. */
  emphasis: 300,
} as const;

/** Stages of gain control: the mean that they hold their output near, and how fast, s. */
const GAIN_CONTROLS = [
  { target: 0.0032, tau: 0.64 },
  { target: 0.0016, tau: 0.16 },
  { target: 0.0008, tau: 0.04 },
  { target: 0.0004, tau: 0.01 },
] as const;

/** Frames a second that are kept of the output. */
export const FRAMES = 1000;
/** Frames over which the output is smoothed. */
const SMOOTHING = 3;

/** Width of a filter at a frequency, Hz. */
const bandwidthAt = (frequency: number): number => Math.hypot(frequency, EAR.break) / EAR.quality;

/** Hz, before the first channel. */
function topOf(rate: number): number {
  const highest = rate / 2;
  return highest - (EAR.zero - 1) * EAR.step * bandwidthAt(highest);
}

/** Middle frequencies of the channels, Hz, from high to low; 86 at 16 kHz, 64 at 8 kHz. */
export function channelsOf(rate: number): readonly number[] {
  const reach = (frequency: number): number => frequency + Math.hypot(frequency, EAR.break);
  const top = reach(topOf(rate));
  const lowest = EAR.break / Math.sqrt(4 * EAR.quality ** 2 - 1);
  const count = Math.floor((EAR.quality / EAR.step) * Math.log(top / reach(lowest)));
  return Array.from({ length: count }, (_, i) => {
    const down = Math.exp(((i + 1) * EAR.step) / EAR.quality);
    return (top / down - (EAR.break ** 2 * down) / top) / 2;
  });
}

/** What sound goes through before the channels, and then a section for each of them. */
export function sectionsOf(rate: number): {
  outer: readonly Section[];
  cascade: readonly Section[];
} {
  const top = topOf(rate);
  const quarter = rate / 4;
  const kept = Math.exp((-2 * Math.PI * EAR.emphasis) / rate);
  const [, ...ringing] = resonance(top, top / bandwidthAt(top), rate);
  const emphasis: Section = { b: [0, 1, -kept], a: [0, 0] };
  const canal: Section = { b: [1, 0, -1], a: ringing };
  const outer = [emphasis, canal].map((section) => withGain(section, 1, quarter, rate));
  const channels = channelsOf(rate);
  const cascade = channels.map((frequency, i): Section => {
    const width = bandwidthAt(frequency);
    const zero = frequency + width * EAR.step * EAR.zero;
    const [, a1, a2] = resonance(frequency, frequency / width, rate);
    const b = resonance(zero, (EAR.sharpness * zero) / width, rate);
    return withGain({ b, a: [a1, a2] }, (channels[i - 1] ?? top) / frequency, 0, rate);
  });
  return { outer, cascade };
}

/** 1 would be silence for ever. */
const MOST_CONTROL = 1 - 1e-6;

/**
 * All channels of one moment through one stage, in place. Its state, from 0 to 1, is what it takes
 * away; of a channel it follows what the channel gives and what its neighbours' is.
 */
function control(values: Float64Array, state: Float64Array, target: number, kept: number): void {
  const gained = (1 - kept) / target;
  const last = values.length - 1;
  let before = state[0]!;
  for (let i = 0; i <= last; i++) {
    const here = state[i]!;
    const after = state[i < last ? i + 1 : last]!;
    const output = values[i]! * (1 - here);
    values[i] = output;
    state[i] = Math.min(output * gained + (kept / 3) * (before + here + after), MOST_CONTROL);
    before = here;
  }
}

/** What a cochlea makes of a recording. */
export interface Cochleagram {
  /** Hz, from high to low. */
  readonly channels: readonly number[];
  /** For every channel its activity, FRAMES values a second. */
  readonly activity: readonly Float64Array[];
}

/** What a cochlea at rest does to the outputs of its filters, moment by moment. */
class HairCells {
  readonly #stages;
  readonly #now: Float64Array;
  readonly #once: Float64Array;
  /** Smoothed output of every channel. */
  readonly output: Float64Array;
  readonly #kept: number;

  constructor(channels: number, rate: number) {
    this.#stages = GAIN_CONTROLS.map(({ target, tau }) => ({
      target,
      kept: Math.exp(-1 / (tau * rate)),
      state: new Float64Array(channels),
    }));
    this.#now = new Float64Array(channels);
    this.#once = new Float64Array(channels);
    this.output = new Float64Array(channels);
    this.#kept = Math.exp(-FRAMES / (SMOOTHING * rate));
  }

  take(filtered: readonly Float64Array[], t: number): void {
    const [now, once, twice, kept] = [this.#now, this.#once, this.output, this.#kept];
    for (let i = 0; i < now.length; i++) now[i] = Math.max(filtered[i]![t]!, 0);
    for (const { state, target, kept: remembered } of this.#stages) {
      control(now, state, target, remembered);
    }
    for (let i = 0; i < now.length; i++) {
      const own = i > 0 ? Math.max(now[i - 1]! - now[i]!, 0) : now[0]!;
      once[i] = kept * once[i]! + (1 - kept) * own;
      twice[i] = kept * twice[i]! + (1 - kept) * once[i]!;
    }
  }
}

/** What the filters make of sound, before it is rectified: a signal for every channel. */
export function filtered({ rate, samples }: Recording): Float64Array[] {
  const { outer, cascade } = sectionsOf(rate);
  const sound = Float64Array.from(samples);
  for (const section of outer) filter(section, sound);
  return cascade.map((section) => {
    filter(section, sound);
    return sound.slice();
  });
}

/**
 * The activity of all channels: what of each exceeds that of the next lower one, so that a tone is
 * not heard in all channels that it has come through.
 */
export function cochleagramOf(recording: Recording): Cochleagram {
  const { rate, samples } = recording;
  const channels = channelsOf(rate);
  const outputs = filtered(recording);
  const frames = Math.floor((samples.length * FRAMES) / rate);
  const activity = channels.map(() => new Float64Array(frames));
  const cells = new HairCells(channels.length, rate);
  for (let t = 0, frame = 0; frame < frames; t++) {
    cells.take(outputs, t);
    if ((t + 1) * FRAMES < (frame + 1) * rate) continue;
    for (let i = 0; i < channels.length; i++) activity[i]![frame] = cells.output[i]!;
    frame++;
  }
  return { channels, activity };
}
