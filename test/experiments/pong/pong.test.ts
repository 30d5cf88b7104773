import { pong } from '../../../benchmarks/experiments/pong/pong';
import { CHANCE } from '../../../benchmarks/experiments/pong/rules';
import type { ExperimentResult } from '../../../lib/cli/experiment';
import { renderSvg } from '../../../lib/plot';

type Options = Parameters<typeof pong.run>[0]['options'];

const USUAL: Options = {
  players: ['rn', 'dn+'],
  iterations: 30,
  window: 10,
  generators: 'each',
  plasticity: 'on',
  kernels: 'own',
};

/** `stopAfter`: so many reports of progress. */
function run(options: Partial<Options> = {}, stopAfter = Infinity): Promise<ExperimentResult> {
  const abort = new AbortController();
  let reports = 0;
  return pong.run({
    time: 2000,
    threads: 1,
    seed: 3,
    options: { ...USUAL, ...options },
    signal: abort.signal,
    progress: () => {
      if (++reports >= stopAfter) abort.abort();
    },
  });
}

const quantity = ({ quantities }: ExperimentResult, key: string): number =>
  quantities.find((q) => q.key === key)!.value;
const table = ({ tables }: ExperimentResult, name: string) =>
  tables!.find((t) => t.name === name)!.columns as Record<string, readonly number[]>;

test('tells what was played, iteration by iteration', async () => {
  const result = await run();
  const rows = table(result, 'iterations');
  expect(rows.iteration).toHaveLength(30);
  expect(rows.row![0]).toBe(10);
  for (const side of ['left', 'right'] as const) {
    const rewards = rows[`reward_${side}`]!;
    // 1, 0.7, 0.4 or 0.1 for the neuron that won, by its distance from the row.
    rewards.forEach((reward, i) => {
      const distance = Math.abs(rows[`winner_${side}`]![i]! - rows.row![i]!);
      expect(reward).toBe([1, 0.7, 0.4, 0.1][distance] ?? 0);
    });
    const windows = table(result, 'rewards')[`reward_${side}`]!;
    const expected = [0, 10, 20].map(
      (from) => rewards.slice(from, from + 10).reduce((a, b) => a + b) / 10,
    );
    windows.forEach((mean, k) => {
      expect(mean).toBeCloseTo(expected[k]!, 12);
    });
    expect(quantity(result, `reward_${side}`)).toBeCloseTo(expected[2]!, 12);
  }
  expect(table(result, 'rewards').iteration).toEqual([10, 20, 30]);
  expect(result.parameters).toMatchObject({ left: 'rn', right: 'dn+', iterations: 30 });
});

test('weights are told at four times, the last of them at the end', async () => {
  const { iteration, input, motor, weight_left } = table(await run(), 'weights');
  expect([...new Set(iteration)]).toEqual([0, 10, 20, 30]);
  expect(weight_left).toHaveLength(4 * 400);
  expect([input![0], motor![0], input![399], motor![399]]).toEqual([0, 0, 19, 19]);
});

test('a run that is interrupted tells what has been played', async () => {
  const result = await run({ iterations: 5000 }, 2);
  const { iteration } = table(result, 'iterations');
  expect(iteration!.length).toBeGreaterThan(1);
  expect(iteration!.length).toBeLessThan(100);
  expect(quantity(result, 'iterations')).toBe(iteration!.length);
});

test('--time takes the place of --iterations', async () => {
  const result = await run({ iterations: undefined });
  expect(quantity(result, 'iterations')).toBe(10);
});

test('figures show learning and weights', async () => {
  const { figures } = await run();
  expect(figures.map(({ name }) => name)).toEqual(['pong-learning', 'pong-weights']);
  const [learning, weights] = await Promise.all(figures.map(({ spec }) => renderSvg(spec)));
  for (const text of ['raw reward,', 'points', 'rn (left)', 'dn+ (right)']) {
    expect(learning).toContain(`>${text}<`);
  }
  expect(weights).toContain('>weight (pA)<');
});

test('by chance the reward is 0.163', () => {
  expect(CHANCE).toBe(0.163);
  expect(pong.defaultThreads).toBe(1);
});
