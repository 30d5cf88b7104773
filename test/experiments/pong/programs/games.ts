// Plays so many random games and looks at every step. Prints a GamesReport.
import {
  BALL_STEP,
  type Direction,
  FIELD,
  type GameState,
  type GameStep,
  type Pair,
  PongGame,
} from '../../../../benchmarks/experiments/pong/game';
import { stream } from '../../../../lib/random-stream';

export interface GamesReport {
  readonly games: number;
  readonly scores: number;
  readonly hits: number;
  /** The first few. */
  readonly faults: readonly string[];
}

/** All directions of both players. */
const DIRECTIONS = ([-1, 0, 1] as const).flatMap((left) =>
  ([-1, 0, 1] as const).map((right): Pair<Direction> => [left, right]),
);

/** What is wrong with a step, if anything. */
function fault(
  { ball: before }: GameState,
  { ball, paddles, score, scored, hit }: GameStep,
  after: GameState,
): string | undefined {
  const beyond = scored === undefined ? 0 : BALL_STEP;
  if (ball.x < -beyond || ball.x > FIELD.width + beyond) return 'beyond a side';
  if (ball.y <= 0 || ball.y >= FIELD.height) return 'beyond an edge';
  if (Math.abs(ball.vx) !== Math.abs(before.vx)) return 'another speed along x';
  if (Math.abs(ball.vy) !== Math.abs(before.vy)) return 'another speed along y';
  if (Math.abs(Math.abs(ball.vx) + Math.abs(ball.vy) - 1) > 1e-12) return 'another speed';
  if (Math.min(...paddles) < 0 || Math.max(...paddles) > FIELD.height) return 'a paddle left';
  if (scored === undefined) return after.score === score ? undefined : 'a score for nothing';
  if (hit !== undefined) return 'hit and scored';
  const other = scored === 0 ? 1 : 0;
  if (after.score[scored] !== score[scored] + 1) return 'the score did not grow by one';
  if (after.score[other] !== score[other]) return 'both scored';
  if (after.ball.x !== FIELD.width / 2 || after.row !== 10) return 'a ball from elsewhere';
  if (Math.sign(after.ball.vx) !== (scored === 1 ? 1 : -1)) return 'a ball the wrong way';
  return undefined;
}

/** Steps of a game at most, and how long a player goes its way. */
const [STEPS, WAY] = [80, 16];

const games = Number(process.argv[2]);
const draws = stream(2026);
const draw = () => draws.uniform();
const faults: string[] = [];
let scores = 0;
let hits = 0;
for (let g = 0; g < games; g++) {
  const game = new PongGame(draw);
  let directions = DIRECTIONS[0]!;
  for (let step = 0; step < STEPS; step++) {
    if (step % WAY === 0) directions = DIRECTIONS[draws.below(DIRECTIONS.length)]!;
    const before = game.state;
    const done = game.step(directions);
    const wrong = fault(before, done, game.state);
    if (wrong !== undefined && faults.length < 3) {
      faults.push(`${wrong}: ${JSON.stringify({ g, before, done, after: game.state })}`);
    }
    if (done.hit !== undefined) hits++;
    if (done.scored === undefined) continue;
    scores++;
    break;
  }
}
const report: GamesReport = { games, scores, hits, faults };
console.log(JSON.stringify(report));
