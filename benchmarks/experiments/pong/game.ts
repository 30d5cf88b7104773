// The rules of Pong: a ball, two paddles, and no networks.

/** Extent of the field; the unit of all positions. */
export const FIELD = { width: 1.6, height: 1 } as const;
/** Cells that the field is divided into for those who play. */
export const CELLS = { x: 32, y: 20 } as const;
export const BALL_RADIUS = 0.025;
/** Part of its velocity by which the ball moves in a step. */
export const BALL_STEP = 0.025;
export const PADDLE_LENGTH = 0.2;
export const PADDLE_STEP = 0.05;

export const SIDES = ['left', 'right'] as const;
/** 0: left, 1: right. */
export type Side = 0 | 1;
/** Down (to lower y), not at all, up. */
export type Direction = -1 | 0 | 1;

/** Something for each player: left, right. */
export type Pair<T> = readonly [T, T];

export interface Ball {
  readonly x: number;
  readonly y: number;
  /** |vx| + |vy| is 1. */
  readonly vx: number;
  readonly vy: number;
}

/** All that a game is between two steps; plain, so that it can be kept and taken up again. */
export interface GameState {
  readonly step: number;
  readonly ball: Ball;
  /** The row of cells in which the players see the ball. */
  readonly row: number;
  /** Positions of the centres of the paddles. */
  readonly paddles: Pair<number>;
  readonly score: Pair<number>;
}

/** What a step did. */
export interface GameStep {
  /** Ball and paddles after they have moved, and the score that was played for. */
  readonly ball: Ball;
  readonly paddles: Pair<number>;
  readonly score: Pair<number>;
  /** Whose paddle hit the ball. */
  readonly hit?: Side;
  /** Who scored. */
  readonly scored?: Side;
}

/** The cell in which a position lies; `cells`, one more than the last, for one at the far end. */
export const cellOf = (position: number, length: number, cells: number): number =>
  Math.floor((position / length) * cells);

const rowOf = (y: number): number => cellOf(y, FIELD.height, CELLS.y);

const MIDDLE = FIELD.height / 2;

/**
 * A game of Pong that two players steer with directions. Positions are sums of doubles, step by
 * step: paddles stand on the edges of cells, where any other arithmetic sees them in other ones.
 */
export class PongGame {
  readonly #draw: () => number;
  #state: GameState;

  /**
   * `draw`: uniform numbers in [0, 1), three for each new ball: speed along x, the sign of the
   * speed along y, height. `state`: a game to be taken up; a new one otherwise.
   */
  constructor(draw: () => number, state?: GameState) {
    this.#draw = draw;
    this.#state = state ?? {
      step: 0,
      ball: this.#newBall(1),
      row: rowOf(MIDDLE),
      paddles: [MIDDLE, MIDDLE],
      score: [0, 0],
    };
  }

  get state(): GameState {
    return this.#state;
  }

  /** Cells of the paddles' centres. */
  get paddleCells(): Pair<number> {
    const [left, right] = this.#state.paddles;
    return [rowOf(left), rowOf(right)];
  }

  /** Collisions first, where all stood before: what the players command now acts a step late. */
  step(directions: Pair<Direction>): GameStep {
    const { step, paddles: before, score } = this.#state;
    const { ball: reflected, hit, scored } = collide(this.#state.ball, before);
    const paddles: Pair<number> = [
      movedPaddle(before[0], directions[0]),
      movedPaddle(before[1], directions[1]),
    ];
    const ball = movedBall(reflected);
    this.#state =
      scored === undefined
        ? { step: step + 1, ball, row: rowOf(ball.y), paddles, score }
        : {
            step: step + 1,
            ball: this.#newBall(scored === 1 ? 1 : -1),
            // As if the ball came from the middle: it is seen before its height is drawn.
            row: rowOf(MIDDLE),
            paddles,
            score: [score[0] + Number(scored === 0), score[1] + Number(scored === 1)],
          };
    return {
      ball,
      paddles,
      score,
      ...(hit !== undefined && { hit }),
      ...(scored !== undefined && { scored }),
    };
  }

  #newBall(direction: 1 | -1): Ball {
    const speed = 0.5 + 0.5 * this.#draw();
    const sign = this.#draw() < 0.5 ? -1 : 1;
    const y = this.#draw() * FIELD.height;
    return { x: FIELD.width / 2, y, vx: direction * speed, vy: sign * (1 - speed) };
  }
}

function collide(
  { x, y, vx, vy }: Ball,
  paddles: Pair<number>,
): { readonly ball: Ball; readonly hit?: Side; readonly scored?: Side } {
  if (y + BALL_RADIUS >= FIELD.height) vy = -Math.abs(vy);
  else if (y - BALL_RADIUS <= 0) vy = Math.abs(vy);
  const at: Side | undefined =
    x - BALL_RADIUS <= 0 ? 0 : x + BALL_RADIUS >= FIELD.width ? 1 : undefined;
  if (at === undefined) return { ball: { x, y, vx, vy } };
  if (Math.abs(paddles[at] - y) > PADDLE_LENGTH / 2) {
    return { ball: { x, y, vx, vy }, scored: at === 0 ? 1 : 0 };
  }
  return { ball: { x, y, vx: at === 0 ? Math.abs(vx) : -Math.abs(vx), vy }, hit: at };
}

const movedPaddle = (y: number, direction: Direction): number =>
  Math.min(FIELD.height, Math.max(0, y + PADDLE_STEP * direction));

const movedBall = ({ x, y, vx, vy }: Ball): Ball => ({
  x: x + BALL_STEP * vx,
  y: y + BALL_STEP * vy,
  vx,
  vy,
});
