// The contextual bandit: what it rewards, what a policy is worth, and that the cable learns it.
import { stream } from '../../lib/random-stream';
import { reinforceBandit } from '../../benchmarks/experiments/reinforce-bandit';
import {
  activity,
  BanditLearner,
  ContinuousBandit,
} from '../../benchmarks/experiments/reinforce-bandit-task';
import type { ExperimentResult } from '../../lib/cli/experiment';
import { renderSvg } from '../../lib/plot';

const DEFAULTS = { learners: 10, inputs: 8, eta: 2, alpha: 0.05, deviation: 0.1, interval: 250 };

function run(
  { time = 20_000, seed = 55, signal = new AbortController().signal },
  options: object = {},
): Promise<ExperimentResult> {
  return reinforceBandit.run({
    time,
    threads: 1,
    seed,
    options: { ...DEFAULTS, ...options },
    signal,
    progress: () => undefined,
  });
}

const value = ({ quantities }: ExperimentResult, key: string): number =>
  quantities.find((quantity) => quantity.key === key)?.value ?? NaN;

test.each([
  [0, [1, 0, 0, 0]],
  [0.25, [0, 1, 0, 0]],
  [0.3125, [0, 0.75, 0.25, 0]],
  [0.875, [0.5, 0, 0, 0.5]],
])('the direction %d of a turn is between two of four inputs', (direction, expected) => {
  expect(Array.from(activity(4, direction))).toEqual(expected);
});

test('rewards fall with the square of the distance from the best action', () => {
  const bandit = new ContinuousBandit(stream(3), 4);
  const [a, b] = [bandit.best[1]!, bandit.best[2]!];
  const inputs = activity(4, 0.3125);
  const best = 0.75 * a + 0.25 * b;
  expect(bandit.bestAction(inputs)).toBeCloseTo(best, 14);
  expect(bandit.reward(inputs, best)).toBeCloseTo(0, 14);
  expect(bandit.reward(inputs, best + 0.5)).toBeCloseTo(-0.25, 14);
  expect(bandit.reward(inputs, best - 2)).toBeCloseTo(-4, 14);
});

test('a policy is worth what its actions earn on the average', () => {
  const learner = new BanditLearner(7, { ...DEFAULTS, eta: 0 });
  const { best } = learner.bandit;
  // Between two inputs the best action is linear: the mean of its square has a closed form.
  let square = 0;
  best.forEach((a, i) => {
    const b = best[(i + 1) % best.length]!;
    square += (a * a + a * b + b * b) / 3 / best.length;
  });
  const { reward, rewardOfMeans, deviation } = learner.worth();
  expect(deviation).toBe(1);
  expect(rewardOfMeans).toBeCloseTo(-square, 2);
  expect(reward).toBeCloseTo(rewardOfMeans - 1, 14);
  const rewards = Array.from({ length: 40_000 }, () => learner.trial());
  const mean = rewards.reduce((sum, r) => sum + r, 0) / rewards.length;
  const variance = rewards.reduce((sum, r) => sum + (r - mean) ** 2, 0) / rewards.length;
  expect(Math.abs(mean - reward)).toBeLessThan(4 * Math.sqrt(variance / rewards.length) + 0.005);
  expect(learner.worth()).toEqual({ reward, rewardOfMeans, deviation });
});

describe('ten cables', () => {
  let result: ExperimentResult;

  beforeAll(async () => {
    result = await run({});
  });

  test('close the gap to the best mean reward', () => {
    expect(value(result, 'reward_initial')).toBeLessThan(-1);
    // Without noise; noise alone costs 0.01 of about 1.3.
    expect(value(result, 'gap_closed_least')).toBeGreaterThan(0.95);
    expect(value(result, 'gap_closed')).toBeLessThan(1);
    expect(value(result, 'gap_closed_attainable')).toBeGreaterThan(0.99);
    expect(value(result, 'reward_attainable')).toBeCloseTo(-0.01, 14);
    expect(value(result, 'deviation_final')).toBeGreaterThanOrEqual(0.1 * (1 - 1e-12));
    expect(value(result, 'deviation_final')).toBeLessThan(0.11);
    expect(value(result, 'reward_of_means_final')).toBeGreaterThan(-0.002);
  });

  test('are recorded interval by interval, and plotted', async () => {
    const { time_ms, ...rewards } = result.tables![0]!.columns;
    expect(Array.from(time_ms!)).toEqual(Array.from({ length: 80 }, (_, k) => 250 * (k + 1)));
    expect(Object.keys(rewards)).toEqual(Array.from({ length: 10 }, (_, k) => `reward_${55 + k}`));
    const last = Object.values(rewards).map(
      (column) =>
        Array.from(column)
          .slice(-8)
          .reduce((a, b) => a + b, 0) / 8,
    );
    expect(last.reduce((a, b) => a + b, 0) / 10).toBeCloseTo(value(result, 'reward_final'), 12);
    const svgs = await Promise.all(result.figures.map(({ spec }) => renderSvg(spec)));
    expect(result.figures.map(({ name }) => name)).toEqual([
      'reinforce-bandit',
      'reinforce-bandit-policy',
    ]);
    expect(svgs[0]).toContain('mean reward');
    expect(svgs[1]).toContain('context: a direction (degrees)');
  });
});

test('a learner depends on its seed alone', async () => {
  const [several, one] = [
    await run({ time: 1100, seed: 1 }, { learners: 3 }),
    await run({ time: 1100, seed: 2 }, { learners: 1 }),
  ];
  expect(one.tables![0]!.columns.time_ms).toEqual([250, 500, 750, 1000, 1100]);
  expect(one.tables![0]!.columns.reward_2).toEqual(several.tables![0]!.columns.reward_2);
  expect(several.tables![0]!.columns.reward_3).not.toEqual(several.tables![0]!.columns.reward_2);
});

test('without a learning rate nothing is learnt', async () => {
  const result = await run({ time: 2000 }, { learners: 2, eta: 0 });
  expect(value(result, 'deviation_final')).toBe(1);
  expect(Math.abs(value(result, 'gap_closed'))).toBeLessThan(0.3);
});

test('stops where it is interrupted', async () => {
  const early = await run({ signal: AbortSignal.abort() });
  expect(early.figures).toEqual([]);
  expect(value(early, 'reward_initial')).toBeLessThan(-1);
  const interrupt = new AbortController();
  setTimeout(() => interrupt.abort(), 0);
  const late = await run({ time: 10_000_000, signal: interrupt.signal }, { learners: 1 });
  const { time_ms } = late.tables![0]!.columns;
  expect(time_ms!.length).toBeLessThan(1000);
});

test('a learning rate that is far too large gives numbers still', async () => {
  const result = await run({ time: 5000 }, { learners: 2, eta: 100 });
  const numbers = result.quantities.map((quantity) => quantity.value);
  expect(numbers.every(Number.isFinite)).toBe(true);
  expect(value(result, 'reward_final')).toBeLessThan(-0.02);
});
