// How well the players learn. With TEGMENTA_TEST_LONG over 20,000 iterations and many seeds, as
// `npm run test:long pong` has it; otherwise the beginning of one match.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Pair, Side } from '../../../benchmarks/experiments/pong/game';
import type { MatchOptions } from '../../../benchmarks/experiments/pong/match';
import { CHANCE } from '../../../benchmarks/experiments/pong/rules';
import type { PlayerName } from '../../../benchmarks/experiments/pong/players';
import { type CompiledPrograms, compilePrograms } from '../../compiled';
import type { Learned } from './programs/learning';

const isLong = process.env.TEGMENTA_TEST_LONG !== undefined;

/** Iterations over which rewards are averaged. */
const WINDOW = 50;

let programs: CompiledPrograms;
beforeAll(() => {
  programs = compilePrograms('test/experiments/pong/programs', 'benchmarks/experiments');
});
afterAll(() => {
  programs.remove();
});

async function learn(
  players: Pair<PlayerName>,
  iterations: number,
  seed: number,
  plastic = true,
): Promise<Learned> {
  const options: MatchOptions = {
    players,
    seed,
    threads: 1,
    wiring: 'each',
    plastic,
    place: 'own',
  };
  const argv = [programs.file('learning'), JSON.stringify([iterations, WINDOW, options])];
  const { stdout } = await promisify(execFile)(process.execPath, argv);
  return JSON.parse(stdout) as Learned;
}

/** All of them, two at a time. */
async function all<T>(works: readonly (() => Promise<T>)[]): Promise<T[]> {
  const results: T[] = [];
  for (let i = 0; i < works.length; i += 2) {
    results.push(...(await Promise.all(works.slice(i, i + 2).map((work) => work()))));
  }
  return results;
}

const seeds = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);
const mean = (values: readonly number[]): number =>
  values.reduce((a, b) => a + b, 0) / values.length;
const deviation = (values: readonly number[]): number => {
  const m = mean(values);
  return Math.sqrt(values.reduce((a, b) => a + (b - m) ** 2, 0) / (values.length - 1));
};

/** Mean raw reward of the iterations from … to. */
const reward = ({ reward: all }: Learned, side: Side, from: number, to: number): number =>
  mean(all[side].slice(from / WINDOW, to / WINDOW));
/** Running mean over all rows after so many iterations. */
const running = ({ meanReward }: Learned, side: Side, after: number): number =>
  meanReward[side][after / WINDOW - 1]!;

/** Figures for a note. */
const tell = (what: string, values: readonly number[]): void => {
  process.stderr.write(`${what}: ${values.map((x) => x.toFixed(3)).join(' ')}\n`);
};

const HOUR = 3_600_000;

if (isLong) {
  const LENGTH = 20_000;

  test(
    'R-STDP with noise learns to play, without noise it does not',
    async () => {
      const matches = await all(seeds(20).map((seed) => () => learn(['r', 'rn'], LENGTH, seed)));
      const early = matches.map((m) => reward(m, 1, 4000, 5000));
      const late = matches.map((m) => reward(m, 1, 15_000, LENGTH));
      const clean = matches.map((m) => reward(m, 0, 15_000, LENGTH));
      const points = matches.map(({ score: [r, rn] }) => rn / Math.max(1, r));
      tell('rn at 4,000–5,000', early);
      tell('rn at 15,000–20,000', late);
      tell('r at 15,000–20,000', clean);
      tell('points of rn for each of r', points);
      tell(
        'rows of rn within one',
        matches.map((m) => m.aim[1].near),
      );
      // Some networks learn later than most, or keep to a neighbour of the row in many rows.
      expect(early.filter((x) => x >= 0.8).length).toBeGreaterThanOrEqual(17);
      expect(late.filter((x) => x >= 0.88).length).toBeGreaterThanOrEqual(17);
      expect(mean(early)).toBeGreaterThan(0.83);
      expect(mean(late)).toBeGreaterThan(0.91);
      expect(Math.max(...clean)).toBeLessThan(0.5);
      expect(Math.min(...points)).toBeGreaterThanOrEqual(5);
      expect(new Set(matches.map((m) => m.aim[1].near))).toEqual(new Set([20]));
      // What is wanted of the first five: the networks of seeds 1 and 5 are slightly below it.
      expect(Math.min(...early.slice(0, 5))).toBeGreaterThanOrEqual(0.8);
      expect(Math.min(...late.slice(0, 5))).toBeGreaterThanOrEqual(0.88);
    },
    HOUR,
  );

  test(
    'dopamine with noise points to the row, and plays better than its frozen twin',
    async () => {
      const play = (plastic: boolean) =>
        all(seeds(5).map((seed) => () => learn(['d', 'dn'], LENGTH, seed, plastic)));
      const [learned, frozen] = [await play(true), await play(false)];
      const late = (matches: readonly Learned[]) =>
        matches.map((m) => reward(m, 1, 15_000, LENGTH));
      const [with_, without] = [late(learned), late(frozen)];
      // Rewards of windows are all but independent of each other.
      const windows = (matches: readonly Learned[]) =>
        matches.flatMap((m) => m.reward[1].slice(15_000 / WINDOW));
      const error = Math.hypot(
        ...[learned, frozen].map((m) => deviation(windows(m)) / Math.sqrt(windows(m).length)),
      );
      tell('dn at 15,000–20,000', with_);
      tell('its frozen twin', without);
      tell('standard error of the difference', [error]);
      tell(
        'd at 15,000–20,000',
        learned.map((m) => reward(m, 0, 15_000, LENGTH)),
      );
      tell(
        'rows of dn exact',
        learned.map((m) => m.aim[1].exact),
      );
      tell(
        'diagonal of dn above the rest, pA',
        learned.map((m) => m.aim[1].contrast),
      );
      for (const { aim } of learned) {
        expect(aim[1].exact).toBeGreaterThanOrEqual(17);
        expect(aim[1].contrast).toBeGreaterThanOrEqual(200);
      }
      expect(mean(with_) - mean(without)).toBeGreaterThan(3 * error);
    },
    HOUR,
  );

  test(
    'the improved dopamine player plays well',
    async () => {
      const matches = await all(seeds(5).map((seed) => () => learn(['rn', 'dn+'], LENGTH, seed)));
      const late = matches.map((m) => reward(m, 1, LENGTH - 1000, LENGTH));
      tell('dn+ over the last 1,000', late);
      expect(Math.min(...late)).toBeGreaterThanOrEqual(0.8);
    },
    HOUR,
  );

  // Running means of the original's runs, as its text shows them.
  test(
    'running means agree with those of the original',
    async () => {
      const [rn, mixed] = await Promise.all([
        all(seeds(20).map((seed) => () => learn(['r', 'rn'], 700, seed))),
        all(seeds(20).map((seed) => () => learn(['rn', 'dn'], 1050, seed))),
      ]);
      const shown: readonly [string, readonly Learned[], Side, number, number][] = [
        ['rn', rn, 1, 500, 0.33],
        ['rn', rn, 1, 600, 0.35],
        ['rn', rn, 1, 650, 0.4],
        ['rn against dn', mixed, 0, 900, 0.47],
        ['dn against rn', mixed, 1, 900, 0.15],
        ['rn against dn', mixed, 0, 1050, 0.4],
        ['dn against rn', mixed, 1, 1050, 0.12],
      ];
      for (const [who, matches, side, after, original] of shown) {
        const ours = matches.map((m) => running(m, side, after));
        tell(`${who} at ${after}: mean, SD, original`, [mean(ours), deviation(ours), original]);
        expect(Math.abs(original - mean(ours))).toBeLessThanOrEqual(3 * deviation(ours));
      }
    },
    HOUR,
  );

  test(
    'running means of r lie in a range that holds the original',
    async () => {
      const matches = await all(seeds(60).map((seed) => () => learn(['r', 'rn'], 650, seed)));
      for (const [after, original] of [
        [500, 0.22],
        [600, 0.27],
        [650, 0.12],
      ] as const) {
        const ours = matches.map((m) => running(m, 0, after));
        tell(`r at ${after}: least, most, original`, [
          Math.min(...ours),
          Math.max(...ours),
          original,
        ]);
        // The original is shown to two digits.
        expect(original + 0.005).toBeGreaterThan(Math.min(...ours));
        expect(original - 0.005).toBeLessThan(Math.max(...ours));
      }
    },
    HOUR,
  );
} else {
  test('R-STDP with noise is far above chance after 1,000 iterations', async () => {
    const match = await learn(['r', 'rn'], 1000, 1);
    expect(reward(match, 1, 800, 1000)).toBeGreaterThan(3 * CHANCE);
    expect(reward(match, 1, 800, 1000)).toBeGreaterThan(reward(match, 0, 800, 1000));
    expect(reward(match, 1, 0, 100)).toBeLessThan(2 * CHANCE);
    expect(match.aim[1].near).toBeGreaterThanOrEqual(10);
  });
}
