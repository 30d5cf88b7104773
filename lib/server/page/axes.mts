import { tickText, ticksOf, type Ticks } from './scale.mjs';
import { theme } from './theme.mjs';

/** Where data are drawn, in CSS pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** One axis: the numbers at its ends, the first one left or at the bottom. */
export interface Axis {
  readonly from: number;
  readonly to: number;
  readonly label: string;
  /** Labels whole numbers only. */
  readonly whole?: boolean;
}

export const font =
  '12px system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif';

/** Maps numbers of an axis to pixels between two ends. */
export function scaleOf({ from, to }: Axis, start: number, end: number): (value: number) => number {
  const factor = (end - start) / (to - from);
  return (value) => start + (value - from) * factor;
}

/** Draws two axes with grid, numbers and titles around the box that is left for data. */
export function drawAxes(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  x: Axis,
  y: Axis,
  grid = true,
): Box {
  context.font = font;
  const yTicks = ticksFor(y, (height - 60) / 45);
  const yTexts = yTicks.values.map((value) => tickText(value, yTicks.digits));
  const widest = Math.max(0, ...yTexts.map((text) => context.measureText(text).width));
  const titleRoom = y.label === '' ? 0 : 18;
  const box = {
    left: Math.ceil(titleRoom + widest + 9),
    top: 8,
    right: width - 10,
    bottom: height - 38,
  };
  const xTicks = ticksFor(x, (box.right - box.left) / 90);
  const [toX, toY] = [scaleOf(x, box.left, box.right), scaleOf(y, box.bottom, box.top)];
  const colors = theme();
  context.lineWidth = 1;
  context.strokeStyle = colors.grid;
  context.beginPath();
  if (grid) {
    for (const value of yTicks.values)
      hairline(context, box.left, toY(value), box.right, toY(value));
    for (const value of xTicks.values)
      hairline(context, toX(value), box.top, toX(value), box.bottom);
  }
  context.stroke();
  context.strokeStyle = colors.line;
  context.strokeRect(
    Math.round(box.left) - 0.5,
    Math.round(box.top) - 0.5,
    Math.round(box.right - box.left) + 1,
    Math.round(box.bottom - box.top) + 1,
  );
  context.fillStyle = colors.soft;
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  for (const [i, value] of yTicks.values.entries()) {
    context.fillText(yTexts[i] ?? '', box.left - 6, toY(value));
  }
  context.textBaseline = 'top';
  for (const value of xTicks.values) {
    drawInside(context, tickText(value, xTicks.digits), toX(value), box.bottom + 6, width);
  }
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  context.fillText(x.label, (box.left + box.right) / 2, height - 4);
  drawUpwards(context, y.label, 11, (box.top + box.bottom) / 2);
  return box;
}

/** Text centred at a place, moved where it would leave the canvas. */
function drawInside(
  context: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  width: number,
): void {
  const half = context.measureText(text).width / 2;
  context.textAlign = 'center';
  context.fillText(text, Math.min(x, width - half - 1), y);
}

/** Text from bottom to top, its middle at a place. */
export function drawUpwards(
  context: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
): void {
  context.save();
  context.translate(x, y);
  context.rotate(-Math.PI / 2);
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  context.fillText(text, 0, 0);
  context.restore();
}

/** Confines drawing to a box. */
export function clipTo(context: CanvasRenderingContext2D, box: Box): void {
  context.beginPath();
  context.rect(box.left, box.top, box.right - box.left, box.bottom - box.top);
  context.clip();
}

function ticksFor(axis: Axis, count: number): Ticks {
  const [min, max] = [Math.min(axis.from, axis.to), Math.max(axis.from, axis.to)];
  const ticks = ticksOf(min, max, Math.max(2, Math.floor(count)));
  if (axis.whole !== true || ticks.digits === 0) return ticks;
  return { values: ticks.values.filter(Number.isInteger), digits: 0 };
}

/** A line one pixel wide where pixels of the canvas are those of the screen. */
function hairline(
  context: CanvasRenderingContext2D,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
): void {
  context.moveTo(Math.round(x0) - 0.5, Math.round(y0) - 0.5);
  context.lineTo(Math.round(x1) - 0.5, Math.round(y1) - 0.5);
}
