import type { StreamColor } from '../protocol.js';
import { type Axis, clipTo, drawAxes, scaleOf } from './axes.mjs';
import { Legend, makeFigure, type Reading } from './panel.mjs';
import { niceRange, numberText } from './scale.mjs';
import { Surface } from './surface.mjs';
import { colorOrder, theme } from './theme.mjs';

/** One line: its points, and how it looks. */
export interface Line {
  readonly label: string;
  readonly unit: string;
  readonly color: StreamColor;
  readonly style: LineStyle;
  readonly latest: Reading;
}

type LineStyle = keyof typeof dashes;
const dashes = { solid: [], dashed: [7, 4], dotted: [2, 3] } as const;
const styles = Object.keys(dashes) as readonly LineStyle[];

/** What is drawn of a line: calls `point` for each of its points. */
export type Points = (point: (x: number, y: number) => void) => void;

/** A chart of lines with a legend that tells their latest values. */
export class Chart {
  readonly figure: HTMLElement;
  readonly surface: Surface;
  readonly lines: Line[] = [];
  readonly #legend = new Legend();

  constructor(
    kind: string,
    name: string,
    title: string,
    note: string | undefined,
    paint: (context: CanvasRenderingContext2D, width: number, height: number) => void,
  ) {
    const { figure } = makeFigure(kind, name, title, note);
    this.surface = new Surface(`Chart: ${title}`, paint);
    figure.append(this.#legend.element, this.surface.element);
    this.figure = figure;
  }

  /** Colours come in turn where none is asked for; when they are used up, dashes tell lines apart. */
  addLine(label: string, unit: string, color?: StreamColor): Line {
    const index = this.lines.length;
    const style = styles[Math.floor(index / colorOrder.length) % styles.length]!;
    const chosen = color ?? colorOrder[index % colorOrder.length]!;
    const latest = this.#legend.add(label, chosen, style);
    const line = { label, unit, color: chosen, style, latest };
    this.lines.push(line);
    return line;
  }
}

/** Draws lines and their axes. */
export function drawLines(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  x: Axis,
  y: Axis,
  lines: readonly (readonly [Line, Points])[],
): void {
  const box = drawAxes(context, width, height, x, y);
  const [toX, toY] = [scaleOf(x, box.left, box.right), scaleOf(y, box.bottom, box.top)];
  context.save();
  clipTo(context, box);
  context.lineWidth = 1.75;
  context.lineJoin = 'round';
  for (const [line, points] of lines) {
    context.strokeStyle = theme()[line.color];
    context.setLineDash([...dashes[line.style]]);
    context.beginPath();
    let drawing = false;
    points((px, py) => {
      const known = Number.isFinite(py);
      if (known && drawing) context.lineTo(toX(px), toY(py));
      else if (known) context.moveTo(toX(px), toY(py));
      drawing = known;
    });
    context.stroke();
  }
  context.restore();
}

/** Extremes of numbers that come one by one. */
export class Extent {
  min = Infinity;
  max = -Infinity;

  /** What is not finite is left out. */
  add(value: number): void {
    if (!Number.isFinite(value)) return;
    if (value < this.min) this.min = value;
    if (value > this.max) this.max = value;
  }

  /** Ends of an axis that shows them all. */
  axis(label: string, range?: readonly [number, number]): Axis {
    const [from, to] = range ?? niceRange(this.min, this.max);
    return { from, to, label };
  }
}

export const valueText = (value: number | undefined, unit: string): string =>
  value === undefined || !Number.isFinite(value) ? '' : `${numberText(value)} ${unit}`.trim();
