import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Pair } from '../../../benchmarks/experiments/pong/game';
import type { MatchOptions } from '../../../benchmarks/experiments/pong/match';
import type { PlayerName } from '../../../benchmarks/experiments/pong/players';
import { type CompiledPrograms, compilePrograms } from '../../compiled';
import type { MatchReport } from './programs/matches';

let programs: CompiledPrograms;
beforeAll(() => {
  programs = compilePrograms('test/experiments/pong/programs', 'benchmarks/experiments');
});
afterAll(() => {
  programs.remove();
});

const ITERATIONS = 25;

/** A match for each of the options, which differ from the usual ones in these. */
async function play(
  players: Pair<PlayerName>,
  ...matches: readonly Partial<MatchOptions>[]
): Promise<MatchReport[]> {
  const usual = { players, seed: 7, threads: 1, wiring: 'each', plastic: true, place: 'own' };
  const all = matches.map((options) => ({ ...usual, ...options }));
  const argv = [programs.file('matches'), JSON.stringify([ITERATIONS, ...all])];
  const { stdout } = await promisify(execFile)(process.execPath, argv);
  return JSON.parse(stdout) as MatchReport[];
}

describe.each<Pair<PlayerName>>([
  ['r', 'rn'],
  ['d', 'dn'],
  ['dn+', 'rn'],
  ['dn', 'dn'],
])('%s against %s', (...players) => {
  test('is the same on any number of threads, and on worker threads', async () => {
    const [once, ...again] = await play(
      players,
      {},
      { threads: 2 },
      { place: 'workers' },
      { place: 'workers', threads: 2 },
    );
    expect(once!.spikes).toBeGreaterThan(0);
    for (const report of again) expect(report).toEqual(once);
    const [other] = await play(players, { seed: 8 });
    expect(other!.digest).not.toBe(once!.digest);
  });

  test.each<Partial<MatchOptions>>([{ place: 'one' }, { wiring: 'one' }])(
    'with %j is the same on any number of threads',
    async (options) => {
      const [once, twice] = await play(players, options, { ...options, threads: 2 });
      expect(once!.spikes).toBeGreaterThan(0);
      expect(twice).toEqual(once);
    },
  );
});
