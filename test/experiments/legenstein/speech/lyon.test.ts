// The cochlea: its channels as published, its filters against a plain implementation of their own,
// and what it hears of tones.
import {
  channelsOf,
  cochleagramOf,
  filtered,
  FRAMES,
  sectionsOf,
} from '../../../../benchmarks/experiments/legenstein/speech/lyon';
import type { Section } from '../../../../benchmarks/experiments/legenstein/speech/sections';

import { plainChannels, plainCochleagram, plainGain, plainStages } from './plain-cochlea';

/** The gain of sections at a frequency, by complex numbers as they are written down. */
function gainOf(sections: readonly Section[], frequency: number, rate: number): number {
  const w = (-2 * Math.PI * frequency) / rate;
  const sizeOf = (coefficients: readonly number[]): number =>
    Math.hypot(
      coefficients.reduce((sum, c, k) => sum + c * Math.cos(k * w), 0),
      coefficients.reduce((sum, c, k) => sum + c * Math.sin(k * w), 0),
    );
  return sections.reduce((gain, { b, a }) => (gain * sizeOf(b)) / sizeOf([1, ...a]), 1);
}

/** The gain of a response to a click at a frequency: the sum that defines it. */
function gainOfResponse(response: Float64Array, frequency: number, rate: number): number {
  let [real, imaginary] = [0, 0];
  response.forEach((value, t) => {
    real += value * Math.cos((2 * Math.PI * frequency * t) / rate);
    imaginary -= value * Math.sin((2 * Math.PI * frequency * t) / rate);
  });
  return Math.hypot(real, imaginary);
}

test('channels are as many, and where, they are published', () => {
  expect([16000, 12500, 12000, 8000].map((rate) => channelsOf(rate).length)).toEqual([
    86, 78, 77, 64,
  ]);
  const of86 = channelsOf(16000);
  expect([...Array(20).keys()].map((i) => Math.round(of86[4 * i + 2]!))).toEqual([
    7163, 6313, 5561, 4897, 4309, 3788, 3327, 2917, 2554, 2230, 1941, 1683, 1450, 1241, 1051, 877,
    718, 569, 429, 296,
  ]);
  expect(Math.round(channelsOf(8000)[0]!)).toBe(3811);
  expect(Math.round(channelsOf(8000).at(-1)!)).toBe(79);
});

test.each([8000, 16000])('filters at %d Hz respond as their formulas say', (rate) => {
  const click = new Float64Array(rate / 4);
  click[0] = 1;
  const responses = filtered({ rate, samples: click });
  const { outer, cascade } = sectionsOf(rate);
  for (const [i, response] of responses.entries()) {
    if (i % 7 !== 0) continue;
    const sections = [...outer, ...cascade.slice(0, i + 1)];
    for (const frequency of [100, 330, 700, 1500, 2900]) {
      const expected = gainOf(sections, frequency, rate);
      expect(Math.abs(gainOfResponse(response, frequency, rate) - expected)).toBeLessThan(
        1e-6 + 1e-6 * expected,
      );
    }
  }
});

test.each([8000, 16000])(
  'gains at %d Hz: stage by stage at rest, outer ear at a quarter',
  (rate) => {
    const { outer, cascade } = sectionsOf(rate);
    for (const section of outer) expect(gainOf([section], rate / 4, rate)).toBeCloseTo(1, 12);
    const channels = channelsOf(rate);
    cascade.forEach((section, i) => {
      if (i === 0) return;
      const expected = channels[i - 1]! / channels[i]!;
      expect(gainOf([section], 0, rate)).toBeCloseTo(expected, 10);
    });
    // All that rings dies away.
    for (const { a } of [...outer, ...cascade]) expect(Math.abs(a[1])).toBeLessThan(1);
  },
);

test.each([8000, 12000, 16000])('filters at %d Hz respond as a plain implementation', (rate) => {
  const plain = plainChannels(rate);
  const channels = channelsOf(rate);
  expect(channels).toHaveLength(plain.length);
  channels.forEach((frequency, i) => expect(frequency / plain[i]!).toBeCloseTo(1, 12));
  const { outer, cascade } = sectionsOf(rate);
  const stages = plainStages(rate);
  [...outer, ...cascade].forEach((section, i) => {
    for (const part of [0.01, 0.05, 0.11, 0.23, 0.31, 0.47]) {
      const expected = plainGain(stages[i]!, part * rate, rate);
      expect(gainOf([section], part * rate, rate) / expected).toBeCloseTo(1, 9);
    }
  });
});

test.each([
  [1e-4, 'quiet'],
  [0.1, 'loud'],
])('a cochleagram is that of a plain implementation, at %d (%s)', (loudness) => {
  const rate = 8000;
  const samples = Array.from(
    { length: 480 },
    (_, t) => loudness * (Math.sin(t / 3) + Math.sin(t / (1.1 + t / 400))),
  );
  const { activity } = cochleagramOf({ rate, samples: Float64Array.from(samples) });
  const plain = plainCochleagram(samples, rate);
  const largest = Math.max(...plain.flat());
  expect(activity).toHaveLength(plain.length);
  activity.forEach((channel, i) => {
    expect(channel).toHaveLength(plain[i]!.length);
    channel.forEach((value, frame) =>
      expect(Math.abs(value - plain[i]![frame]!) / largest).toBeLessThan(1e-9),
    );
  });
});

test('a tone is heard where it belongs, after it has begun', () => {
  const rate = 8000;
  for (const frequency of [250, 500, 1000, 2000, 3000]) {
    const samples = Float64Array.from({ length: 4000 }, (_, t) =>
      t < 1600 ? 0 : 0.1 * Math.sin((2 * Math.PI * frequency * t) / rate),
    );
    const { channels, activity } = cochleagramOf({ rate, samples });
    expect(activity[0]).toHaveLength((4000 / rate) * FRAMES);
    const during = activity.map((channel) =>
      channel.subarray(300).reduce((sum, value) => sum + value, 0),
    );
    const loudest = channels[during.indexOf(Math.max(...during))]!;
    expect(Math.abs(Math.log2(loudest / frequency))).toBeLessThan(0.35);
    const before = activity.map((channel) => Math.max(...channel.subarray(0, 195)));
    expect(Math.max(...before)).toBe(0);
  }
});

test('loudness is compressed', () => {
  const rate = 8000;
  const loudnessOf = (amplitude: number): number => {
    const samples = Float64Array.from(
      { length: 8000 },
      (_, t) => amplitude * Math.sin((2 * Math.PI * 1000 * t) / rate),
    );
    const { activity } = cochleagramOf({ rate, samples });
    return Math.max(...activity.map((channel) => channel.at(-1)!));
  };
  const ratio = loudnessOf(0.5) / loudnessOf(0.005);
  expect(ratio).toBeGreaterThan(1);
  expect(ratio).toBeLessThan(10);
});
