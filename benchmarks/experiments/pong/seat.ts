// What a kernel with players is to a match, wherever it lives.
import type { Pair, Side } from './game';
import type { PlayerState, Turn, Wiring } from './network';
import type { PlayerName } from './players';

export interface TeamOptions {
  readonly players: Pair<PlayerName>;
  readonly seed: number;
  /** Of each kernel. */
  readonly threads: number;
  readonly wiring: Wiring;
  /** Whether their weights change. */
  readonly plastic: boolean;
}

/** What a player has done in an iteration, and what there is to be seen of it. */
export interface Played extends Turn {
  /** Running mean of the raw reward over all rows. */
  readonly meanReward: number;
  /** Spikes of the motor neurons: times within the iteration, ms, and indices. */
  readonly times: Float64Array;
  readonly motors: Uint32Array;
  /** Spikes of the row's input: times within the iteration, ms. */
  readonly train: Float64Array;
}

/** The kernel of a seat, and what is around it. */
export interface SeatState {
  readonly kernel: Uint8Array;
  readonly players: readonly PlayerState[];
}

/** A kernel with one player or both; sides without a player are left out of what it returns. */
export interface Seat {
  /** An iteration of all its players with the ball in `row`. */
  play(row: number): Promise<readonly Played[]>;
  /** Weights of each, inputs × motor neurons, pA. */
  weights(): Promise<readonly Float64Array[]>;
  setNoise(on: boolean): Promise<void>;
  state(): Promise<SeatState>;
  /** Takes up what another seat of the same options was. */
  takeUp(state: SeatState): Promise<void>;
  dispose(): Promise<void>;
}

/** Which players a kernel has, and its random numbers. */
export interface SeatOptions extends TeamOptions {
  readonly sides: readonly Side[];
}

/** What is sent to a seat on another thread: a method and its argument. */
export type Request =
  | readonly ['play', row: number]
  | readonly ['weights']
  | readonly ['setNoise', on: boolean]
  | readonly ['state']
  | readonly ['takeUp', state: SeatState];
