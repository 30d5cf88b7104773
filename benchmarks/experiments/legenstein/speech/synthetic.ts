// Digits that nobody has spoken: moving formants on a scale of hearing, warped in time, shifted in
// pitch and of different loudness from take to take. For tests, and where there are no recordings.
import { random } from '../../../../lib';

/** Channels of what is made. */
export const SYNTHETIC_CHANNELS = 20;
/** Frames, ms. */
const LENGTH = 620;
/** Sound begins here, and takes half a second, before it is warped. */
const ONSET = 40;
const DURATION = 500;
/** Width of a formant, in units of the scale. */
const WIDTH = 1.2;
/** How takes differ: standard deviations. */
const VARIATION = { speed: 0.1, onset: 20, pitch: 0.5, loudness: 0.2 } as const;
/** Hz, of the first and of the last channel. */
const RANGE = [3400, 120] as const;

/** B. C. J. Moore & B. R. Glasberg (1983): the number of critical bands below a frequency. */
const bandsBelow = (hertz: number): number => 21.4 * Math.log10(1 + 0.00437 * hertz);

const channels: readonly number[] = Array.from({ length: SYNTHETIC_CHANNELS }, (_, i) => {
  const [high, low] = [bandsBelow(RANGE[0]), bandsBelow(RANGE[1])];
  return high + ((low - high) * i) / (SYNTHETIC_CHANNELS - 1);
});

/** Values at times, ms after the onset; straight lines between them. */
type Course = readonly (readonly [time: number, value: number])[];

interface Formant {
  /** Hz */
  readonly frequency: Course;
  readonly strength: Course;
}

/** "one": a glide up from low, then through the nose. "two": a burst of high noise, then down. */
const DIGITS: Readonly<Record<1 | 2, readonly Formant[]>> = {
  1: [
    {
      frequency: [
        [0, 320],
        [130, 620],
        [270, 590],
        [350, 270],
        [500, 240],
      ],
      strength: [
        [0, 0],
        [50, 0.7],
        [120, 1],
        [270, 1],
        [350, 0.6],
        [450, 0.4],
        [500, 0],
      ],
    },
    {
      frequency: [
        [0, 720],
        [140, 1180],
        [280, 1280],
        [500, 1120],
      ],
      strength: [
        [0, 0],
        [50, 0.5],
        [140, 0.8],
        [280, 0.7],
        [350, 0.1],
        [500, 0],
      ],
    },
    {
      frequency: [
        [0, 2250],
        [280, 2450],
        [500, 2350],
      ],
      strength: [
        [0, 0],
        [110, 0.25],
        [280, 0.3],
        [350, 0.05],
        [500, 0],
      ],
    },
  ],
  2: [
    {
      frequency: [
        [0, 360],
        [500, 310],
      ],
      strength: [
        [0, 0],
        [60, 0],
        [100, 0.9],
        [310, 0.9],
        [430, 0.4],
        [500, 0],
      ],
    },
    {
      frequency: [
        [0, 2950],
        [50, 2750],
        [80, 1850],
        [310, 1020],
        [500, 920],
      ],
      strength: [
        [0, 0.2],
        [10, 0.8],
        [50, 0.7],
        [90, 0.7],
        [310, 0.5],
        [430, 0.2],
        [500, 0],
      ],
    },
    {
      frequency: [
        [0, 3300],
        [60, 3150],
        [90, 2450],
        [500, 2250],
      ],
      strength: [
        [0, 0.3],
        [10, 1],
        [50, 0.8],
        [90, 0.3],
        [310, 0.15],
        [450, 0],
      ],
    },
  ],
};

function valueAt(course: Course, time: number): number {
  const after = course.findIndex(([t]) => t >= time);
  if (after === 0) return course[0]![1];
  const end = course.at(after === -1 ? -1 : after)!;
  if (after === -1) return end[1];
  const begin = course[after - 1]!;
  return begin[1] + ((end[1] - begin[1]) * (time - begin[0])) / (end[0] - begin[0]);
}

/** Four normal numbers of a take. */
type Draws = readonly [speed: number, onset: number, pitch: number, loudness: number];

/** Activity of the channels, 1000 values a second. */
function spoken(digit: 1 | 2, [speed, onset, pitch, loudness]: Draws): Float64Array[] {
  const activity = channels.map(() => new Float64Array(LENGTH));
  const gain = Math.exp(VARIATION.loudness * loudness);
  for (let t = 0; t < LENGTH; t++) {
    const own = (t - ONSET - VARIATION.onset * onset) / (1 + VARIATION.speed * speed);
    if (own < 0 || own > DURATION) continue;
    for (const { frequency, strength } of DIGITS[digit]) {
      const place = bandsBelow(valueAt(frequency, own)) + VARIATION.pitch * pitch;
      const peak = gain * valueAt(strength, own);
      channels.forEach((channel, i) => {
        activity[i]![t]! += peak * Math.exp(-((channel - place) ** 2) / (2 * WIDTH ** 2));
      });
    }
  }
  return activity;
}

/** A standard normal number: G. E. P. Box & M. E. Muller (1958). */
const normal = (draws: random.RandomStream): number =>
  Math.sqrt(-2 * Math.log(1 - draws.uniform())) * Math.cos(2 * Math.PI * draws.uniform());

/** So many takes of a digit, the same every time: activity by take and channel. */
export function syntheticTakes(digit: 1 | 2, takes: number): Float64Array[][] {
  const draws = random.stream(digit);
  return Array.from({ length: takes }, () =>
    spoken(digit, [normal(draws), normal(draws), normal(draws), normal(draws)]),
  );
}
