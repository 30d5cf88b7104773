// Two players learn while they play against each other.
import { random } from '../../../lib';
import { type Direction, type GameStep, type Pair, PongGame } from './game';
import type { Played, TeamOptions } from './seat';
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

/** A match from its first ball on. */
export class Match {
  readonly team: Team;
  readonly game: PongGame;

  constructor({ place, ...options }: MatchOptions) {
    const draws = random.stream(options.seed);
    this.game = new PongGame(() => draws.uniform());
    this.team = new Team(place, options);
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
