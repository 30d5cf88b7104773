// Plays a match and prints how both have learned, as JSON.
import { aim } from '../../../../benchmarks/experiments/pong/history';
import type { Pair } from '../../../../benchmarks/experiments/pong/game';
import { Match, type MatchOptions } from '../../../../benchmarks/experiments/pong/match';

export interface Learned {
  /** Mean raw reward of one window after the other. */
  readonly reward: Pair<number[]>;
  /** Running mean over all rows at the end of each window. */
  readonly meanReward: Pair<number[]>;
  readonly score: Pair<number>;
  readonly aim: Pair<ReturnType<typeof aim>>;
  readonly seconds: number;
}

async function learn(options: MatchOptions, iterations: number, window: number): Promise<Learned> {
  const match = new Match(options);
  const reward: Pair<number[]> = [[], []];
  const meanReward: Pair<number[]> = [[], []];
  const sums: [number, number] = [0, 0];
  const begin = performance.now();
  for (let i = 1; i <= iterations; i++) {
    const { played } = await match.iterate();
    for (const side of [0, 1] as const) {
      sums[side] += played[side].reward;
      if (i % window > 0) continue;
      reward[side].push(sums[side] / window);
      meanReward[side].push(played[side].meanReward);
      sums[side] = 0;
    }
  }
  const seconds = (performance.now() - begin) / 1000;
  const [left, right] = await match.team.weights();
  await match.dispose();
  const { score } = match.game.state;
  return { reward, meanReward, score, aim: [aim(left), aim(right)], seconds };
}

const [iterations, window, options] = JSON.parse(process.argv[2]!) as [
  number,
  number,
  MatchOptions,
];
void learn(options, iterations, window).then((learned) => {
  console.log(JSON.stringify(learned));
});
