import type { ValueDescription } from '../protocol.js';
import { make, makeFigure, type Reading } from './panel.mjs';
import { numberText, tickText } from './scale.mjs';
import { Surface } from './surface.mjs';
import { theme } from './theme.mjs';
import type { ValuePanel } from './value-panel.mjs';

/** The state of a game: positions in a field of 1.6 × 1.0 whose origin is at the bottom left. */
interface Game {
  readonly ball: { readonly x: number; readonly y: number };
  /** Middles of the paddles, left and right. */
  readonly paddles: readonly [number, number];
  readonly score: readonly [number, number];
  readonly players: readonly [string, string];
  readonly iteration: number;
  /** How many there are to be. */
  readonly iterations?: number;
  /** Iterations a second. */
  readonly rate?: number | null;
  /** Rows in which the players see the ball. */
  readonly rows: number;
}

const field = { width: 1.6, height: 1 };
const ballRadius = 0.025;
const paddle = { length: 0.2, width: 0.02 };
/** Room around the field for paddles, and for a ball that has passed one. */
const margin = { x: 0.06, y: 0.04 };

const NO_SCORE = '– : –';

/** A game of Pong with its score. */
export class PongPanel implements ValuePanel {
  readonly element: HTMLElement;
  readonly #reading: Reading;
  readonly #surface: Surface;
  readonly #names = [make('span', 'player'), make('span', 'player')] as const;
  readonly #score = make('output', '', NO_SCORE);
  #game: Game | undefined;

  constructor(stream: ValueDescription) {
    const { figure, reading } = makeFigure('value', stream.name, stream.label, stream.note);
    figure.dataset.view = 'pong';
    const line = make('div', 'score');
    this.#score.setAttribute('aria-label', 'Score');
    this.#score.setAttribute('aria-live', 'off');
    line.append(this.#names[0], this.#score, this.#names[1]);
    this.#surface = new Surface(`Field of the game: ${stream.label}`, (context, w, h) => {
      this.#paint(context, w, h);
    });
    figure.append(line, this.#surface.element);
    this.element = figure;
    this.#reading = reading;
  }

  clear(): void {
    this.#game = undefined;
    setText(this.#score, NO_SCORE);
    this.#surface.invalidate();
  }

  receive(value: unknown): void {
    const game = value as Game;
    this.#game = game;
    for (const side of [0, 1] as const) setText(this.#names[side], game.players[side]);
    setText(this.#score, `${game.score[0]} : ${game.score[1]}`);
    this.#reading.set(progressText(game));
    this.#surface.invalidate();
  }

  #paint(context: CanvasRenderingContext2D, width: number, height: number): void {
    const scale = Math.min(
      width / (field.width + 2 * margin.x),
      height / (field.height + 2 * margin.y),
    );
    const [left, top] = [(width - field.width * scale) / 2, (height - field.height * scale) / 2];
    const toX = (x: number): number => left + x * scale;
    const toY = (y: number): number => top + (field.height - y) * scale;
    drawField(context, toX, toY, this.#game?.rows ?? 0);
    if (this.#game === undefined) return;
    const colors = theme();
    const { ball, paddles } = this.#game;
    const [w, h] = [paddle.width * scale, paddle.length * scale];
    context.fillStyle = colors.blue;
    fillRounded(context, toX(0) - w, toY(paddles[0] + paddle.length / 2), w, h);
    context.fillStyle = colors.orange;
    fillRounded(context, toX(field.width), toY(paddles[1] + paddle.length / 2), w, h);
    context.fillStyle = colors.ink;
    context.beginPath();
    context.arc(toX(ball.x), toY(ball.y), ballRadius * scale, 0, 2 * Math.PI);
    context.fill();
  }
}

function progressText({ iteration, iterations, rate }: Game): string {
  const of = iterations === undefined ? '' : ` of ${numberText(iterations)}`;
  const pace = typeof rate === 'number' ? `, ${tickText(rate, rate < 10 ? 1 : 0)} a second` : '';
  return `iteration ${numberText(iteration)}${of}${pace}`;
}

function drawField(
  context: CanvasRenderingContext2D,
  toX: (x: number) => number,
  toY: (y: number) => number,
  rows: number,
): void {
  const colors = theme();
  const [left, right] = [toX(0), toX(field.width)];
  const [bottom, top] = [toY(0), toY(field.height)];
  context.lineWidth = 1;
  context.strokeStyle = colors.grid;
  context.beginPath();
  for (let row = 1; row < rows; row++) {
    const y = Math.round(toY((row * field.height) / rows)) - 0.5;
    context.moveTo(left, y);
    context.lineTo(right, y);
  }
  context.stroke();
  context.strokeStyle = colors.line;
  context.setLineDash([6, 6]);
  context.beginPath();
  context.moveTo((left + right) / 2, top);
  context.lineTo((left + right) / 2, bottom);
  context.stroke();
  context.setLineDash([]);
  context.strokeStyle = colors.soft;
  context.strokeRect(left, top, right - left, bottom - top);
}

function fillRounded(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
): void {
  context.beginPath();
  context.roundRect(x, y, width, height, width / 3);
  context.fill();
}

function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
