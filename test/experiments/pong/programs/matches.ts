// Plays matches one after the other and prints what they were, as JSON. A program of its own:
// workers load its modules.
import { createHash } from 'node:crypto';
import { Match, type MatchOptions } from '../../../../benchmarks/experiments/pong/match';

export interface MatchReport {
  /** Of all that was played, and of the weights at the end. */
  readonly digest: string;
  readonly spikes: number;
  readonly reward: readonly [number, number];
}

async function play(options: MatchOptions, iterations: number): Promise<MatchReport> {
  const match = new Match(options);
  const hash = createHash('sha256');
  const reward: [number, number] = [0, 0];
  let spikes = 0;
  for (let i = 0; i < iterations; i++) {
    const { row, played, step } = await match.iterate();
    hash.update(JSON.stringify([row, step]));
    for (const side of [0, 1] as const) {
      const { times, motors, train, ...turn } = played[side];
      hash.update(times).update(motors).update(train).update(JSON.stringify(turn));
      spikes += times.length;
      reward[side] += turn.reward;
    }
  }
  for (const weights of await match.team.weights()) hash.update(weights);
  await match.dispose();
  return { digest: hash.digest('hex'), spikes, reward };
}

const [iterations, ...matches] = JSON.parse(process.argv[2]!) as [number, ...MatchOptions[]];
void (async () => {
  const reports: MatchReport[] = [];
  for (const options of matches) reports.push(await play(options, iterations));
  console.log(JSON.stringify(reports));
})();
