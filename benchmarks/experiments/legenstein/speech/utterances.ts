// Spoken digits as spikes of the channels that a liquid has for input.
import { mean } from '../../../../lib/analysis';
import { decode, encode } from './bsa';
import { type Cochleagram, cochleagramOf } from './lyon';
import type { Recording } from './wav';

/** Channels that a liquid hears. */
export const INPUTS = 20;

/** The digits that are to be told apart; the second is the rewarded one. */
export const SPOKEN = [1, 2] as const;
export type Digit = (typeof SPOKEN)[number];

/** What is heard of one take of a digit, before it is made spikes. */
export interface Heard {
  readonly digit: Digit;
  readonly take: number;
  /** INPUTS channels from high to low, a value a ms. */
  readonly activity: readonly Float64Array[];
}

/** Spikes of the input channels, by time. */
export interface Utterance {
  readonly digit: Digit;
  readonly take: number;
  /** ms */
  readonly times: Float64Array;
  readonly channels: Uint8Array;
}

/**
 * A cochlea's channels as so few: means of neighbours, since each says by how much it exceeds the
 * next one, and what lies between two that were picked would not be heard at all.
 */
export function pooledChannels({ channels, activity }: Cochleagram): Cochleagram {
  const stride = Math.floor(channels.length / INPUTS);
  const groups = Array.from({ length: INPUTS }, (_, i) => i * stride);
  return {
    channels: groups.map((first) => channels[first + Math.floor(stride / 2)]!),
    activity: groups.map((first) => {
      const own = activity.slice(first, first + stride);
      return own[0]!.map((_, t) => mean(own.map((channel) => channel[t]!)));
    }),
  };
}

/**
 * Root mean square of an utterance when it is heard, of full scale: so quiet that the gain controls
 * hardly act. Louder sound gets them to make all of it alike, from its onset to its end.
 */
export const LOUDNESS = 1e-4;

function atLoudness({ rate, samples }: Recording): Recording {
  const loudness = Math.sqrt(mean(samples.map((sample) => sample * sample)));
  const gain = loudness > 0 ? LOUDNESS / loudness : 0;
  return { rate, samples: samples.map((sample) => sample * gain) };
}

export const heard = (digit: Digit, take: number, recording: Recording): Heard => ({
  ...{ digit, take },
  activity: pooledChannels(cochleagramOf(atLoudness(recording))).activity,
});

/** Of all activity, what lies below this part of an utterance is what full scale means. */
const FULL = 0.995;

/** Activity between 0 and 1: compressed once more, against its own largest values. */
export function levelled({ activity }: Heard): Float64Array[] {
  const all = Float64Array.from(activity.flatMap((channel) => Array.from(channel))).sort();
  const full = Math.sqrt(all[Math.floor(FULL * (all.length - 1))]!) || 1;
  return activity.map((channel) =>
    channel.map((value) => Math.min(Math.sqrt(Math.max(value, 0)) / full, 1)),
  );
}

/** How many spikes an utterance has. */
export interface Amount {
  /** Spikes of an utterance, or their mean. */
  readonly total: number;
  /** Every utterance has as many; else their activity is scaled alike. */
  readonly equal: boolean;
}

const spikesOf = (levels: readonly Float64Array[], scale: number): number[][] =>
  levels.map((channel) => encode(channel.map((value) => value * scale)));

const countOf = (spikes: readonly (readonly number[])[]): number =>
  spikes.reduce((sum, { length }) => sum + length, 0);

/** Scales between which one is looked for, and in how many halvings. */
const SCALES = [0.005, 3] as const;
const HALVINGS = 14;

/** Scales just below and above which there are so many spikes. */
function scalesAround(count: (scale: number) => number, total: number): [number, number] {
  let [low, high] = SCALES as readonly [number, number];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = Math.sqrt(low * high);
    if (count(middle) > total) high = middle;
    else low = middle;
  }
  return [low, high];
}

/** Of two scales the one with the number of spikes that is nearer. */
function nearest(count: (scale: number) => number, total: number): number {
  const [low, high] = scalesAround(count, total);
  return total - count(low) <= count(high) - total ? low : high;
}

function utterance({ digit, take }: Heard, levels: Float64Array[], scale: number): Utterance {
  const spikes = spikesOf(levels, scale)
    .flatMap((times, channel) => times.map((time) => ({ time, channel })))
    .sort((a, b) => a.time - b.time || a.channel - b.channel);
  return {
    ...{ digit, take },
    times: Float64Array.from(spikes, ({ time }) => time),
    channels: Uint8Array.from(spikes, ({ channel }) => channel),
  };
}

/** All takes as spikes. */
export function utterancesOf(takes: readonly Heard[], { total, equal }: Amount): Utterance[] {
  const levels = takes.map(levelled);
  const count = (i: number) => (scale: number) => countOf(spikesOf(levels[i]!, scale));
  if (equal) return takes.map((take, i) => utterance(take, levels[i]!, nearest(count(i), total)));
  const mean = (scale: number): number =>
    takes.reduce((sum, _, i) => sum + count(i)(scale), 0) / takes.length;
  const scale = nearest(mean, total);
  return takes.map((take, i) => utterance(take, levels[i]!, scale));
}

/** What the coder's filter makes of the spikes of each channel. */
export const toldBy = ({ times, channels }: Utterance, length: number): Float64Array[] =>
  Array.from({ length: INPUTS }, (_, i) =>
    decode(
      Array.from(times).filter((_time, k) => channels[k] === i),
      length,
    ),
  );

/** How well spikes tell activity: the correlation of what the coder's filter makes of them with it. */
export function fidelity(take: Heard, utterance: Utterance): number {
  const level = levelled(take);
  const told = toldBy(utterance, level[0]!.length);
  return correlation(level.flatMap(numbers), told.flatMap(numbers));
}

const numbers = (values: Float64Array): number[] => Array.from(values);

function correlation(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  a.forEach((x, i) => {
    const [u, v] = [x - meanA, b[i]! - meanB];
    ab += u * v;
    aa += u * u;
    bb += v * v;
  });
  return ab / Math.sqrt(aa * bb);
}
