import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import {
  BALL_RADIUS,
  cellOf,
  CELLS,
  type Direction,
  FIELD,
  type GameState,
  type Pair,
  PongGame,
} from '../../../benchmarks/experiments/pong/game';
import { stream } from '../../../lib/random-stream';
import { compilePrograms } from '../../compiled';
import type { GamesReport } from './programs/games';

/** Draws of new balls in a list: three each. */
function injected(...draws: number[]): () => number {
  const left = draws.values();
  return () => {
    const { value, done } = left.next();
    if (done) throw new Error('More was drawn than the rules say.');
    return value;
  };
}

const state = (ball: GameState['ball'], more: Partial<GameState> = {}): GameState => ({
  step: 0,
  row: Math.floor(ball.y * CELLS.y),
  paddles: [0.5, 0.5],
  score: [0, 0],
  ball,
  ...more,
});

const still: Pair<Direction> = [0, 0];

/** Positions are sums of doubles, in tables rounded to what a person writes. */
const written = (value: number): number => Math.round(value * 1e9) / 1e9 + 0;

describe('a new game', () => {
  test('draws speed, sign and height of a ball that goes right; it is seen in row 10', () => {
    // vx = 0.5 + 0.5 · 0.5, vy < 0 for a draw below one half, y = 0.05.
    const { state: first } = new PongGame(injected(0.5, 0.4, 0.05));
    expect(first).toEqual({
      step: 0,
      ball: { x: 0.8, y: 0.05, vx: 0.75, vy: -0.25 },
      row: 10,
      paddles: [0.5, 0.5],
      score: [0, 0],
    });
  });

  test('later the row is that of the ball', () => {
    const game = new PongGame(injected(0.5, 0.6, 0.05));
    game.step(still);
    // y = 0.05 + 0.025 · 0.25.
    expect(game.state.row).toBe(1);
  });
});

describe('collisions', () => {
  // Ball before; ball after: a coordinate that reaches an edge changes the sign of its speed.
  test.each<[string, GameState['ball'], GameState['ball']]>([
    ['upper edge', { x: 0.8, y: 0.98, vx: 0.6, vy: 0.4 }, { x: 0.815, y: 0.97, vx: 0.6, vy: -0.4 }],
    [
      'upper edge, on its way back already',
      { x: 0.8, y: 0.98, vx: 0.6, vy: -0.4 },
      { x: 0.815, y: 0.97, vx: 0.6, vy: -0.4 },
    ],
    ['lower edge', { x: 0.8, y: 0.02, vx: 0.6, vy: -0.4 }, { x: 0.815, y: 0.03, vx: 0.6, vy: 0.4 }],
    ['left edge', { x: 0.02, y: 0.55, vx: -0.8, vy: 0.2 }, { x: 0.04, y: 0.555, vx: 0.8, vy: 0.2 }],
    [
      'right edge',
      { x: 1.58, y: 0.45, vx: 0.8, vy: -0.2 },
      { x: 1.56, y: 0.445, vx: -0.8, vy: -0.2 },
    ],
    [
      'no edge',
      { x: 0.026, y: 0.974, vx: -0.8, vy: 0.2 },
      { x: 0.006, y: 0.979, vx: -0.8, vy: 0.2 },
    ],
  ])('%s', (_, before, after) => {
    const game = new PongGame(injected(), state(before));
    const { ball } = game.step(still);
    expect(Object.values(ball).map(written)).toEqual(Object.values(after).map(written));
  });

  test('a corner reflects both, and the paddle has hit', () => {
    const game = new PongGame(
      injected(),
      state({ x: 1.58, y: 0.98, vx: 0.8, vy: 0.2 }, { paddles: [0.5, 0.95] }),
    );
    const { ball, hit, scored } = game.step(still);
    expect(Object.values(ball).map(written)).toEqual([1.56, 0.975, -0.8, -0.2]);
    expect([hit, scored]).toEqual([1, undefined]);
  });

  test('a paddle reaches 0.1 to both sides, and where it stood before the step', () => {
    const near = (paddle: number, y: number, direction: Direction) =>
      new PongGame(
        injected(0, 0, 0),
        state({ x: 0.02, y, vx: -1, vy: 0 }, { paddles: [paddle, 0.5] }),
      ).step([direction, 0]);
    expect(near(0.5, 0.599, 0).hit).toBe(0);
    expect(near(0.5, 0.401, 0).hit).toBe(0);
    expect(near(0.5, 0.601, 1).scored).toBe(1);
    expect(near(0.5, 0.599, -1).hit).toBe(0);
  });
});

describe('scores', () => {
  test('right scores at the left edge: all move once more, then a ball goes right', () => {
    // The new ball: vx = 0.5, vy > 0, y = 0.9.
    const game = new PongGame(
      injected(0, 0.5, 0.9),
      state(
        { x: 0.02, y: 0.2, vx: -0.8, vy: 0.2 },
        { paddles: [0.5, 0.3], score: [2, 3], step: 41 },
      ),
    );
    const { ball, paddles, score, hit, scored } = game.step([-1, 1]);
    expect(Object.values(ball).map(written)).toEqual([0, 0.205, -0.8, 0.2]);
    expect(paddles.map(written)).toEqual([0.45, 0.35]);
    expect({ score, hit, scored }).toEqual({ score: [2, 3], hit: undefined, scored: 1 });
    expect(game.state).toEqual({
      step: 42,
      ball: { x: 0.8, y: 0.9, vx: 0.5, vy: 0.5 },
      row: 10,
      paddles,
      score: [2, 4],
    });
  });

  test('left scores at the right edge: the ball goes left', () => {
    const game = new PongGame(
      injected(0.2, 0.1, 0.3),
      state({ x: 1.58, y: 0.8, vx: 0.6, vy: 0.4 }, { score: [0, 1] }),
    );
    expect(game.step(still).scored).toBe(0);
    expect(game.state.score).toEqual([1, 1]);
    expect(Object.values(game.state.ball).map(written)).toEqual([0.8, 0.3, -0.6, -0.4]);
    expect(game.state.row).toBe(10);
  });
});

describe('paddles', () => {
  test('stay within the field and see cell 20 at its end', () => {
    const game = new PongGame(injected(0.5, 0.5, 0.5));
    for (let i = 0; i < 12; i++) game.step([1, -1]);
    expect(game.state.paddles).toEqual([1, 0]);
    expect(game.paddleCells).toEqual([20, 0]);
  });

  test('stand where sums of doubles are', () => {
    const game = new PongGame(injected(0.5, 0.5, 0.5));
    const cells: number[] = [];
    let sum = 0.5;
    for (let i = 0; i < 8; i++) {
      cells.push(game.paddleCells[0]);
      expect(game.state.paddles[0]).toBe(sum);
      game.step([1, 0]);
      sum += 0.05;
    }
    // 0.5, 0.55, 0.6000000000000001, 0.6500000000000001, 0.7000000000000002 …
    expect(cells).toEqual([10, 11, 12, 13, 14, 15, 16, 17]);
  });
});

test('a whole rally by hand', () => {
  // vx = 1, so that the ball goes straight: 31 steps to x = 1.575, whose step reflects it.
  const game = new PongGame(injected(1 - 2 ** -53, 0.5, 0.5));
  const hits: number[] = [];
  for (let i = 1; i <= 200; i++) if (game.step(still).hit !== undefined) hits.push(i);
  // From 0.8 the edge is reached after 31 steps (0.8 + 31 · 0.025 = 1.575), seen in the 32nd; from
  // one edge to the other there are 62 steps of 0.025 and more: 1.575 to 0.025.
  expect(hits.length).toBeGreaterThanOrEqual(3);
  expect(hits[0]).toBeGreaterThanOrEqual(32);
  expect(hits[0]).toBeLessThanOrEqual(33);
  expect(Math.abs(hits[1]! - hits[0]! - 62)).toBeLessThanOrEqual(1);
});

// In a process of their own: a game is a matter of microseconds, but not within jest.
test('10⁵ random games: the ball stays, its speed is kept, scores grow by one', async () => {
  const programs = compilePrograms('test/experiments/pong/programs', 'benchmarks/experiments');
  try {
    const argv = [programs.file('games'), '100000'];
    const { stdout } = await promisify(execFile)(process.execPath, argv);
    const { faults, games, scores, hits } = JSON.parse(stdout) as GamesReport;
    expect(faults).toEqual([]);
    expect(games).toBe(1e5);
    expect(scores).toBeGreaterThan(5e4);
    expect(hits).toBeGreaterThan(1e4);
  } finally {
    programs.remove();
  }
}, 120_000);

test('a state can be taken up again', () => {
  const draws = stream(3);
  const game = new PongGame(() => draws.uniform());
  for (let i = 0; i < 70; i++) game.step([1, -1]);
  const kept = JSON.parse(JSON.stringify(game.state)) as GameState;
  const again = stream(draws.state);
  const other = new PongGame(() => again.uniform(), kept);
  for (let i = 0; i < 500; i++) expect(other.step([-1, 1])).toEqual(game.step([-1, 1]));
});

test('cells', () => {
  expect([0, 0.0499, 0.05, 0.999, 1].map((y) => cellOf(y, FIELD.height, CELLS.y))).toEqual([
    0, 0, 1, 19, 20,
  ]);
  expect(cellOf(0.8, FIELD.width, CELLS.x)).toBe(16);
  expect(BALL_RADIUS).toBe(0.025);
});
