// What is kept of a match, and its numbers.
import { mean } from '../../../lib/analysis';
import { type Pair, type Side, SIDES } from './game';
import type { MatchIteration } from './match';
import { NEURONS } from './network';

/** The weights of both after so many iterations. */
export interface Snapshot {
  readonly iteration: number;
  readonly weights: Pair<Float64Array>;
}

/** All of a history; plain, so that it can be kept and taken up again. */
type HistoryState = Pick<
  History,
  'row' | 'winner' | 'reward' | 'meanReward' | 'score' | 'hits' | 'snapshots' | 'rallies'
> & { readonly rallyBegan: number };

/** Iteration by iteration, for each player. */
export class History {
  readonly row: number[] = [];
  readonly winner: Pair<number[]> = [[], []];
  readonly reward: Pair<number[]> = [[], []];
  readonly meanReward: Pair<number[]> = [[], []];
  /** The score that was played for. */
  readonly score: Pair<number[]> = [[], []];
  readonly hits: [number, number] = [0, 0];
  readonly snapshots: Snapshot[] = [];
  /** Steps that each ball was in play. */
  readonly rallies: number[] = [];
  #rallyBegan = 0;

  /** `state`: of a history that is gone on with. */
  constructor(state?: HistoryState) {
    if (!state) return;
    const { rallyBegan, ...lists } = state;
    Object.assign(this, lists);
    this.#rallyBegan = rallyBegan;
  }

  get state(): HistoryState {
    const { row, winner, reward, meanReward, score, hits, snapshots, rallies } = this;
    return {
      ...{ row, winner, reward, meanReward, score, hits, snapshots, rallies },
      rallyBegan: this.#rallyBegan,
    };
  }

  get iterations(): number {
    return this.row.length;
  }

  add({ row, played, step }: MatchIteration): void {
    this.row.push(row);
    for (const side of [0, 1] as const) {
      this.winner[side].push(played[side].winner);
      this.reward[side].push(played[side].reward);
      this.meanReward[side].push(played[side].meanReward);
      this.score[side].push(step.score[side]);
    }
    if (step.hit !== undefined) this.hits[step.hit]++;
    if (step.scored !== undefined) {
      this.rallies.push(this.iterations - this.#rallyBegan);
      this.#rallyBegan = this.iterations;
    }
  }

  /** Mean raw reward of the latest `length` iterations, of all where there are fewer. */
  recentReward(side: Side, length: number): number {
    return mean(this.reward[side].slice(-length));
  }

  /** Mean raw reward of the windows one after the other; the last one may be shorter. */
  windows(side: Side, length: number): number[] {
    const all = this.reward[side];
    return Array.from({ length: Math.ceil(all.length / length) }, (_, k) =>
      mean(all.slice(k * length, (k + 1) * length)),
    );
  }
}

/** How far weights (inputs × motor neurons) point from each row to its own motor neuron. */
export function aim(weights: Float64Array): {
  /** Rows whose largest weight is at the row, and at most one beside it. */
  readonly exact: number;
  readonly near: number;
  /** Mean of the diagonal less the mean of all other weights, pA. */
  readonly contrast: number;
} {
  const rows = Array.from({ length: NEURONS }, (_, i) =>
    weights.subarray(i * NEURONS, (i + 1) * NEURONS),
  );
  const distances = rows.map((row, i) => Math.abs(row.indexOf(Math.max(...row)) - i));
  const diagonal = rows.map((row, i) => row[i]!);
  const rest = rows.flatMap((row, i) => [...row].filter((_, j) => j !== i));
  return {
    exact: distances.filter((d) => d === 0).length,
    near: distances.filter((d) => d <= 1).length,
    contrast: mean(diagonal) - mean(rest),
  };
}

/** Columns of a table, one for each side: `reward_left`, `reward_right`. */
export const bySide = <T>(name: string, columns: Pair<T>): Record<string, T> =>
  Object.fromEntries(SIDES.map((side, i) => [`${name}_${side}`, columns[i as Side]]));
