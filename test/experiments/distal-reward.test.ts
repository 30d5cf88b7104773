// Izhikevich's experiments on distal reward: that rewards come when they should, that the synapses
// follow his rule in his units, and that the responses are counted rightly.
import { distalReward } from '../../benchmarks/experiments/distal-reward';
import { drawStimuli, Responses } from '../../benchmarks/experiments/distal-reward-conditioning';
import { RewardedPair, undisturbed } from '../../benchmarks/experiments/distal-reward-synapse';
import { stream } from '../../lib/random-stream';
import type { SpikeEvents } from '../../lib/analysis';
import type { ExperimentResult } from '../../lib/cli/experiment';
import { renderSvg } from '../../lib/plot';

jest.setTimeout(180_000);

const DEFAULTS = { part: 'synapse', dopamine: 0.5, window: 10, interval: 500 } as const;

function run(
  { time = 1000, seed = 55, threads = 1, signal = new AbortController().signal },
  options: object = {},
): Promise<ExperimentResult> {
  return distalReward.run({
    time,
    threads,
    seed,
    options: { ...DEFAULTS, ...options },
    signal,
    progress: () => undefined,
  });
}

const value = ({ quantities }: ExperimentResult, key: string): number =>
  quantities.find((quantity) => quantity.key === key)?.value ?? NaN;

const table = ({ tables }: ExperimentResult, name: string): Record<string, number[]> => {
  const { columns } = tables!.find((one) => one.name === name)!;
  const lists = Object.entries(columns).map(([key, list]) => [key, Array.from(list)] as const);
  return Object.fromEntries(lists);
};

const events = (spikes: readonly (readonly [t: number, sender: number])[]): SpikeEvents => ({
  times: Float64Array.from(spikes, ([t]) => t),
  senders: Uint32Array.from(spikes, ([, sender]) => sender),
});

describe('the rewards of a pair of neurons, 7 before 3', () => {
  test('go to postsynaptic spikes that follow a presynaptic one within the window', () => {
    const pair = new RewardedPair(7, 10, stream(1));
    pair.see(events([[5, 3], [10, 7], [20, 3], [31, 3]])); // prettier-ignore
    pair.see(events([[40, 3], [40, 7], [45, 7], [49, 7]])); // prettier-ignore
    pair.see(events([[49, 3], [50, 3], [61, 3], [70, 7], [70, 3]])); // prettier-ignore
    expect(pair.rewards.map(({ coincidence }) => coincidence)).toEqual([20, 49, 50]);
  });

  test('come 1 to 3 s later, all delays alike', () => {
    const pair = new RewardedPair(7, 10, stream(1));
    for (let t = 0; t < 1e6; t += 100) pair.see(events([[t, 7], [t + 5, 3]])); // prettier-ignore
    const delays = pair.rewards.map(({ coincidence, arrival }) => arrival - coincidence);
    expect(delays).toHaveLength(10_000);
    expect(Math.min(...delays)).toBe(1000);
    expect(Math.max(...delays)).toBe(3000);
    const average = delays.reduce((sum, delay) => sum + delay, 0) / delays.length;
    expect(Math.abs(average - 2000)).toBeLessThan((4 * 577) / Math.sqrt(delays.length));
  });

  test('leave their source 2 ms before they arrive, in order and once a millisecond', () => {
    const pair = new RewardedPair(7, 10, stream(1));
    pair.rewards.push(
      { coincidence: 10, arrival: 2010 },
      { coincidence: 20, arrival: 1500 },
      { coincidence: 400, arrival: 2010 },
    );
    expect(pair.pending(0)).toEqual([1498, 2008]);
    expect(pair.pending(1498)).toEqual([2008]);
  });
});

test.each<[coincidence: number, arrival: number, expected: boolean]>([
  [0, 999, true],
  [0, 1000, false],
  [1500, 4000, false],
  [2010, 4000, false],
  [2011, 4000, true],
])('another reward, for %i and at %i ms, leaves one from 1000 to 2010 ms alone: %p', (...other) => {
  const reward = { coincidence: 1000, arrival: 2010 };
  const [coincidence, arrival, expected] = other;
  expect(undisturbed(reward, [reward, { coincidence, arrival }])).toBe(expected);
});

/**
 * The rule in the original's units, for one synapse: d jumps by 0.5 and c by +0.1 or −0.15 times
 * the traces of earlier spikes; the weight grows by (0.002 + d) c in 10 ms. The postsynaptic spikes
 * are seen 1 ms late. Values at the end of every millisecond.
 */
function followRule(
  pre: readonly number[],
  post: readonly number[],
  rewards: readonly number[],
  time: number,
) {
  const trace = (times: readonly number[], t: number) =>
    times.filter((s) => s < t).reduce((sum, s) => sum + Math.exp((s - t) / 20), 0);
  const seen = post.map((t) => t + 1);
  const values = [{ weight: 0, c: 0, d: 0 }];
  let [weight, c, d] = [0, 0, 0];
  for (let t = 1; t <= time; t++) {
    // The exact integral over the millisecond before: neither c nor 0.002 + d changes its sign.
    const both = 1 / 1000 + 1 / 200;
    const tonic = 0.002 * c * 1000 * -Math.expm1(-1 / 1000);
    const phasic = (d * c * -Math.expm1(-both)) / both;
    weight = Math.min(4, Math.max(0, weight + (tonic + phasic) / 10));
    c *= Math.exp(-1 / 1000);
    d *= Math.exp(-1 / 200);
    if (rewards.includes(t)) d += 0.5;
    if (seen.includes(t)) c += 0.1 * trace(pre, t);
    if (pre.includes(t)) c -= 0.15 * trace(seen, t);
    values.push({ weight, c, d });
  }
  return values;
}

describe('one synapse', () => {
  let result: ExperimentResult;
  let pre: number[];
  let post: number[];
  const time = 8000;

  beforeAll(async () => {
    // A wide window, and a seed with which some spikes are rewarded soon, one without another.
    result = await run({ time, seed: 6, threads: 2 }, { window: 60, interval: 2000 });
    const { times, senders } = result.spikes;
    const of = (id: unknown) => Array.from(times.filter((_, i) => senders[i] === id));
    [pre, post] = [of(result.parameters.pre), of(result.parameters.post)];
  });

  test('is rewarded for all coincidences, and for nothing else', () => {
    const { coincidence_ms, arrival_ms } = table(result, 'rewards');
    const expected = post.filter((t) => pre.some((s) => s < t && t - s <= 60));
    expect(coincidence_ms).toEqual(expected);
    expect(expected.length).toBeGreaterThan(2);
    arrival_ms!.forEach((t, i) => {
      expect(t - coincidence_ms![i]!).toBeGreaterThanOrEqual(1000);
      expect(t - coincidence_ms![i]!).toBeLessThanOrEqual(3000);
    });
    expect(value(result, 'rewards')).toBe(arrival_ms!.filter((t) => t <= time).length);
    expect(value(result, 'rewards')).toBeGreaterThan(1);
  });

  test.each(['detail', 'synapse'])('follows the rule of the original: %s', (name) => {
    const { time_ms, weight, c, dopamine } = table(result, name);
    const rewards = table(result, 'rewards').arrival_ms!;
    const expected = followRule(pre, post, rewards, time);
    const worst = { weight: 0, c: 0, d: 0 };
    time_ms!.forEach((t, i) => {
      const rule = expected[t]!;
      worst.weight = Math.max(worst.weight, Math.abs(weight![i]! - rule.weight));
      worst.c = Math.max(worst.c, Math.abs(c![i]! - rule.c));
      worst.d = Math.max(worst.d, Math.abs(dopamine![i]! - rule.d));
    });
    expect(worst.weight).toBeLessThan(1e-11);
    expect(worst.c).toBeLessThan(1e-12);
    expect(worst.d).toBeLessThan(1e-12);
    // Something has happened.
    expect(Math.max(...c!)).toBeGreaterThan(0.01);
    expect(Math.max(...dopamine!)).toBeGreaterThan(0.3);
    expect(Math.max(...weight!)).toBeGreaterThan(0);
  });

  test('is shown every 10 ms around one reward, and every 500 ms', () => {
    const [detail, whole] = [table(result, 'detail'), table(result, 'synapse')];
    const { coincidence_ms, arrival_ms } = table(result, 'rewards');
    const rewards = coincidence_ms!.map((t, i) => ({ coincidence: t, arrival: arrival_ms![i]! }));
    const shown = rewards.find((reward) => undisturbed(reward, rewards))!;
    const every = (ms: number, from: number, to: number) =>
      Array.from({ length: time / ms }, (_, k) => (k + 1) * ms).filter((t) => t >= from && t <= to);
    expect(detail.time_ms).toEqual(every(10, shown.coincidence - 500, shown.arrival + 1500));
    expect(whole.time_ms).toEqual(every(500, 0, time));
  });

  test('stands among all plastic synapses', () => {
    const { synapses } = table(result, 'histogram');
    const { time_ms, mean } = table(result, 'weights');
    expect(synapses!.reduce((sum, n) => sum + n, 0)).toBe(80_000);
    expect(time_ms).toEqual([0, 2000, 4000, 6000, 8000]);
    expect(mean![0]).toBeCloseTo(1 - 1 / 80_000, 12);
    expect(mean!.at(-1)).toBe(value(result, 'weight_mean'));
    expect(value(result, 'weight')).toBe(table(result, 'synapse').weight!.at(-1));
    expect(value(result, 'stronger') + Math.round(value(result, 'weaker') * 79_999)).toBe(79_999);
    expect(value(result, 'rate')).toBeGreaterThan(1);
    expect(value(result, 'rate')).toBeLessThan(4);
  });

  test('has figures that say what they show', async () => {
    const svgs = await Promise.all(result.figures.map(({ spec }) => renderSvg(spec)));
    expect(result.figures.map(({ name }) => name)).toEqual([
      'distal-reward-synapse',
      'distal-reward-detail',
      'distal-reward-weights',
    ]);
    const texts = [
      ['eligibility c', 'weight (mV)', 'rewarded synapse'],
      ['coincidence', 'dopamine d', 'postsynaptic'],
      ['synapses in a bin', 'rewarded synapse'],
    ];
    svgs.forEach((svg, i) => texts[i]!.forEach((text) => expect(svg).toContain(text)));
  });

  test('gets nothing where dopamine is 0', async () => {
    const none = await run({ time: 2000, seed: 6 }, { window: 60, dopamine: 0 });
    expect(value(none, 'coincidences')).toBeGreaterThan(0);
    expect(value(none, 'rewards')).toBe(0);
    expect(new Set(table(none, 'synapse').dopamine)).toEqual(new Set([0]));
  });
});

describe('conditioning', () => {
  test('stimuli come as described', () => {
    const { groups, onsets, which, dopamine } = drawStimuli(1_000_000, 1);
    expect(groups).toHaveLength(100);
    for (const group of groups) expect(new Set(group).size).toBe(50);
    const intervals = onsets.slice(1).map((t, i) => t - onsets[i]!);
    expect(Math.min(...intervals)).toBe(100);
    expect(Math.max(...intervals)).toBe(300);
    expect(new Set(which).size).toBe(100);
    const rewarded = onsets.filter((_, i) => which[i] === 0);
    expect(dopamine).toHaveLength(rewarded.length);
    const late = rewarded.filter((t) => !dopamine.some((d) => d - t >= 1 && d - t <= 1000));
    expect(late).toEqual([]);
  });

  test('responses are the spikes of other neurons within 20 ms, whatever the pieces', () => {
    const stimuli = { groups: [[0, 1], [2]], onsets: [100, 300], which: [0, 1], dopamine: [] };
    const spikes = [[90, 11], [100, 12], [101, 10], [101, 12], [120, 11], [120, 12], [121, 12],
      [301, 10], [302, 12], [330, 10]] as const; // prettier-ignore
    for (const cuts of [[500], [101, 199, 200, 310, 500]]) {
      const responses = new Responses(stimuli, Uint32Array.of(10, 11, 12), 500);
      let from = 0;
      for (const cut of cuts) {
        responses.see(events(spikes.filter(([t]) => t > from && t <= cut)), cut);
        from = cut;
      }
      expect(responses.counts).toEqual([2, 1]);
      const { first, others } = responses.histograms;
      expect(first.presentations).toBe(1);
      // Bins of 1 ms from −20 ms on: 0, 1, 20 and 21 ms after the stimulus.
      expect(first.counts.flatMap((n, k) => (n > 0 ? [[k - 19, n]] : []))).toEqual([
        [0, 1],
        [1, 1],
        [20, 1],
        [21, 1],
      ]);
      expect(others.presentations).toBe(0);
      expect(Array.from(responses.shown.first!.times)).toEqual([90, 100, 101, 101, 120, 120, 121]);
    }
  });

  test('a run counts what was recorded', async () => {
    // In the stimuli of this seed the rewarded one comes at 692 and at 1882 ms.
    const [time, seed] = [3000, 166];
    const { groups, onsets, which, dopamine } = drawStimuli(time, seed);
    const result = await run({ time, seed, threads: 2 }, { part: 'conditioning' });
    const { onset_ms, stimulus, spikes } = table(result, 'responses');
    expect(onset_ms).toEqual(onsets.filter((t) => t + 100 <= time));
    expect(stimulus).toEqual(which.slice(0, onset_ms!.length));
    expect(value(result, 'rewards')).toBe(dopamine.filter((t) => t <= time).length);
    expect(value(result, 'rewards')).toBe(2);
    const members = new Set(groups[0]!.map((i) => i + 1));
    const shown = onset_ms!.filter((_, i) => stimulus![i] === 0);
    expect(shown).toEqual([692, 1882]);
    for (const onset of shown) {
      const { times, senders } = result.spikes;
      const inside = Array.from(times, (t, i) => [t - onset, senders[i]!] as const).filter(
        ([lag]) => lag > 0 && lag <= 20,
      );
      expect(inside.filter(([, id]) => !members.has(id))).toHaveLength(
        spikes![onset_ms!.indexOf(onset)]!,
      );
      // The stimulus makes its own neurons fire at once.
      const own = inside.filter(([lag, id]) => lag <= 3 && members.has(id));
      expect(new Set(own.map(([, id]) => id)).size).toBeGreaterThan(45);
    }
    expect(value(result, 'response_others_last')).toBeGreaterThan(20);
    const svgs = await Promise.all(result.figures.map(({ spec }) => renderSvg(spec)));
    expect(svgs).toHaveLength(2);
    expect(svgs[0]).toContain('response (spikes)');
    expect(svgs[1]).toContain('time from the stimulus (ms)');
  });
});

describe.each(['synapse', 'conditioning'])('part %s', (part) => {
  test('is the same for any number of threads', async () => {
    const [one, two] = [await run({}, { part }), await run({ threads: 2 }, { part })];
    expect(two.spikes).toEqual(one.spikes);
    expect(two.tables).toEqual(one.tables);
    expect(value(two, 'synaptic_events')).toBe(value(one, 'synaptic_events'));
    expect(value(one, 'synaptic_events')).toBeGreaterThan(10_000);
  });

  test('stops where it is interrupted', async () => {
    const result = await run({ signal: AbortSignal.abort() }, { part });
    expect(result.figures).toEqual([]);
    expect(result.spikes.times).toHaveLength(0);
  });
});
