// Two players learn while they play against each other.
import { random } from '../../../lib';
import { type Direction, type GameState, type GameStep, type Pair, PongGame } from './game';
import type { Played, SeatState, TeamOptions } from './seat';
import { type Place, Team } from './team';

export interface MatchOptions extends TeamOptions {
  readonly place: Place;
}

/** What an iteration was: the input, what each made of it, and what that did in the game. */
export interface MatchIteration {
  readonly row: number;
  readonly played: Pair<Played>;
  readonly step: GameStep;
}

/** All that a match is between two iterations. */
export interface MatchState {
  readonly game: GameState;
  readonly draws: bigint;
  readonly seats: readonly SeatState[];
}

/** A match from its first ball on. */
export class Match {
  readonly team: Team;
  #game: PongGame;
  #draws: random.RandomStream;

  constructor({ place, ...options }: MatchOptions) {
    this.#draws = random.stream(options.seed);
    this.#game = new PongGame(() => this.#draws.uniform());
    this.team = new Team(place, options);
  }

  get game(): PongGame {
    return this.#game;
  }

  async state(): Promise<MatchState> {
    const [game, draws] = [this.#game.state, this.#draws.state];
    return { game, draws, seats: await this.team.state() };
  }

  /** Takes up what another match of the same options was. */
  async takeUp({ game, draws, seats }: MatchState): Promise<void> {
    await this.team.takeUp(seats);
    this.#draws = random.stream(draws);
    this.#game = new PongGame(() => this.#draws.uniform(), game);
  }

  /** Both see the ball, learn from what they made of it, and move by one step. */
  async iterate(): Promise<MatchIteration> {
    const { row } = this.game.state;
    const played = await this.team.play(row);
    const cells = this.game.paddleCells;
    const towards = ({ winner }: Played, cell: number) => Math.sign(winner - cell) as Direction;
    const step = this.game.step([towards(played[0], cells[0]), towards(played[1], cells[1])]);
    return { row, played, step };
  }

  dispose(): Promise<void> {
    return this.team.dispose();
  }
}
