// Digits as spikes: how many there are, what they tell, and which channels are heard.
import { syntheticTakes } from '../../../../benchmarks/experiments/legenstein/speech/synthetic';
import {
  fidelity,
  type Heard,
  heard,
  INPUTS,
  levelled,
  pooledChannels,
  SPOKEN,
  utterancesOf,
} from '../../../../benchmarks/experiments/legenstein/speech/utterances';

const takes: readonly Heard[] = SPOKEN.flatMap((digit) =>
  syntheticTakes(digit, 3).map((activity, take) => ({ digit, take, activity })),
);

test('channels are pooled: around those of the paper, and spread over any cochlea', () => {
  const numbered = (n: number) => ({
    channels: Array.from({ length: n }, (_, i) => i),
    activity: Array.from({ length: n }, (_, i) => Float64Array.of(i)),
  });
  const of86 = pooledChannels(numbered(86));
  expect(of86.channels).toEqual(Array.from({ length: 20 }, (_, i) => 4 * i + 2));
  expect(of86.activity.map(([value]) => value)).toEqual(
    Array.from({ length: 20 }, (_, i) => 4 * i + 1.5),
  );
  const of64 = pooledChannels(numbered(64));
  expect(of64.channels).toEqual(Array.from({ length: 20 }, (_, i) => 3 * i + 1));
  expect(of64.activity.map(([value]) => value)).toEqual(of64.channels);
});

test('how loud a recording is makes no difference', () => {
  const samples = Float64Array.from({ length: 1000 }, (_, t) => Math.sin(t / 5) * (t % 300));
  const [quiet, loud] = [1e-5, 1e-3].map((gain) =>
    heard(1, 0, { rate: 8000, samples: samples.map((sample) => gain * sample) }),
  );
  quiet!.activity.forEach((channel, i) =>
    channel.forEach((value, t) => expect(value).toBeCloseTo(loud!.activity[i]![t]!, 12)),
  );
  const silence = heard(1, 0, { rate: 8000, samples: new Float64Array(1000) });
  expect(silence.activity.flatMap((channel) => Array.from(channel)).every((v) => v === 0)).toBe(
    true,
  );
});

test('every utterance has as many spikes as it is to have', () => {
  for (const total of [60, 100]) {
    for (const { times } of utterancesOf(takes, { total, equal: true })) {
      expect(Math.abs(times.length - total)).toBeLessThanOrEqual(2);
    }
  }
});

test('or all of them in the mean, louder ones more', () => {
  const utterances = utterancesOf(takes, { total: 100, equal: false });
  const counts = utterances.map(({ times }) => times.length);
  expect(Math.abs(counts.reduce((a, b) => a + b) / counts.length - 100)).toBeLessThan(3);
  expect(new Set(counts).size).toBeGreaterThan(1);
});

test('spikes are in order, in channels that there are', () => {
  for (const { times, channels, digit, take } of utterancesOf(takes, { total: 80, equal: true })) {
    expect(times).toEqual(times.toSorted());
    expect(channels).toHaveLength(times.length);
    expect(Math.max(...channels)).toBeLessThan(INPUTS);
    const { activity } = takes.find((one) => one.digit === digit && one.take === take)!;
    expect(times.at(-1)).toBeLessThan(activity[0]!.length);
  }
});

test('more spikes tell more', () => {
  const of = (total: number): number => {
    const [utterance] = utterancesOf(takes.slice(0, 1), { total, equal: true });
    return fidelity(takes[0]!, utterance!);
  };
  expect(of(100)).toBeGreaterThan(0.5);
  expect(of(400)).toBeGreaterThan(of(100) + 0.1);
});

test('levels are between 0 and 1, and silence is silent', () => {
  const levels = levelled(takes[0]!).flatMap((channel) => Array.from(channel));
  expect(Math.min(...levels)).toBe(0);
  expect(Math.max(...levels)).toBe(1);
  const silence = { digit: 1 as const, take: 0, activity: [new Float64Array(50)] };
  expect(levelled(silence)).toEqual([new Float64Array(50)]);
  expect(utterancesOf([silence], { total: 10, equal: true })[0]!.times).toHaveLength(0);
});

test('a tone is heard by the channel nearest to it', () => {
  const samples = Float64Array.from({ length: 2000 }, (_, t) => 0.2 * Math.sin((Math.PI * t) / 4));
  const { activity } = heard(1, 0, { rate: 8000, samples });
  const loudness = activity.map((channel) => Math.max(...channel));
  // 1000 Hz: 18 of 64 channels lie between 1.4 and 0.7 times that.
  expect(loudness.indexOf(Math.max(...loudness))).toBeGreaterThan(8);
  expect(loudness.indexOf(Math.max(...loudness))).toBeLessThan(14);
});

test('synthetic digits are the same every time, and differ from take to take', () => {
  expect(syntheticTakes(2, 2)).toEqual(syntheticTakes(2, 2));
  const [first, second] = syntheticTakes(2, 2);
  expect(first).not.toEqual(second);
  expect(syntheticTakes(2, 3).slice(0, 2)).toEqual([first, second]);
});
