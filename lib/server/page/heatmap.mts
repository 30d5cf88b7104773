import type { MatrixDescription } from '../protocol.js';
import { type Box, drawUpwards, font, scaleOf } from './axes.mjs';
import { shadeOf, viridis } from './colormap.mjs';
import type { MatrixFrame } from './decode.mjs';
import { makeFigure, type Panel, type Reading } from './panel.mjs';
import { niceRange, numberText, tickText, ticksOf, withUnit } from './scale.mjs';
import { Surface } from './surface.mjs';
import { theme } from './theme.mjs';

/** A matrix as colours, with a scale beside it. Rows go down, as in print. */
export class HeatmapPanel implements Panel {
  readonly element: HTMLElement;
  readonly #reading: Reading;
  readonly #surface: Surface;
  readonly #image: HTMLCanvasElement;
  #elements: Float32Array | undefined;
  #pointer: { x: number; y: number } | undefined;

  constructor(private readonly stream: MatrixDescription) {
    const { figure, reading } = makeFigure('matrix', stream.name, stream.label, stream.note);
    const label = `Matrix, ${stream.rows} by ${stream.columns}: ${stream.label}`;
    this.#surface = new Surface(label, (context, width, height) => {
      this.#paint(context, width, height);
    });
    this.#surface.onPointer((at) => {
      this.#pointer = at;
      this.#surface.invalidate();
    });
    this.#image = document.createElement('canvas');
    this.#image.width = stream.columns;
    this.#image.height = stream.rows;
    figure.append(this.#surface.element);
    this.element = figure;
    this.#reading = reading;
  }

  clear(): void {
    this.#elements = undefined;
    this.#surface.invalidate();
  }

  receive({ elements }: MatrixFrame): void {
    this.#elements = elements;
    this.#surface.invalidate();
  }

  #paint(context: CanvasRenderingContext2D, width: number, height: number): void {
    const [min, max] = this.#extremes();
    const [from, to] = this.stream.range ?? niceRange(min, max);
    context.font = font;
    const box = this.#place(width, height);
    if (this.#elements !== undefined) {
      this.#fill(this.#elements, from, to);
      context.imageSmoothingEnabled = false;
      const [w, h] = [box.right - box.left, box.bottom - box.top];
      context.drawImage(this.#image, box.left, box.top, w, h);
    }
    this.#drawFrame(context, box);
    drawColorScale(context, box, from, to, this.stream.unit);
    this.#reading.set(this.#readingText(box, min, max));
  }

  /** Square elements where the matrix is not much longer than it is wide. */
  #place(width: number, height: number): Box {
    const { rows, columns } = this.stream;
    const room = { left: 54, top: 8, right: width - 84, bottom: height - 40 };
    let [w, h] = [room.right - room.left, room.bottom - room.top];
    const ratio = rows / columns;
    if (ratio > 0.25 && ratio < 4) {
      const size = Math.min(w / columns, h / rows);
      [w, h] = [size * columns, size * rows];
    }
    const left = Math.round(room.left + (room.right - room.left - w) / 2);
    return { left, top: room.top, right: left + Math.round(w), bottom: room.top + Math.round(h) };
  }

  #fill(elements: Float32Array, from: number, to: number): void {
    const context = this.#image.getContext('2d')!;
    const image = context.createImageData(this.stream.columns, this.stream.rows);
    const pixels = new Uint32Array(image.data.buffer);
    for (let i = 0; i < elements.length; i++) {
      const value = elements[i]!;
      pixels[i] = Number.isFinite(value) ? viridis[shadeOf(value, from, to)]! : 0;
    }
    context.putImageData(image, 0, 0);
  }

  #drawFrame(context: CanvasRenderingContext2D, box: Box): void {
    const { rows, columns, rowLabel, columnLabel } = this.stream;
    const colors = theme();
    context.strokeStyle = colors.line;
    context.lineWidth = 1;
    const [w, h] = [box.right - box.left, box.bottom - box.top];
    context.strokeRect(box.left - 0.5, box.top - 0.5, w + 1, h + 1);
    context.fillStyle = colors.soft;
    context.textAlign = 'center';
    context.textBaseline = 'top';
    const toX = scaleOf({ from: -0.5, to: columns - 0.5, label: '' }, box.left, box.right);
    for (const column of indices(columns, w / 45)) {
      context.fillText(tickText(column, 0), toX(column), box.bottom + 6);
    }
    context.textBaseline = 'middle';
    context.textAlign = 'right';
    const toY = scaleOf({ from: -0.5, to: rows - 0.5, label: '' }, box.top, box.bottom);
    for (const row of indices(rows, h / 35)) {
      context.fillText(tickText(row, 0), box.left - 6, toY(row));
    }
    context.textAlign = 'center';
    context.textBaseline = 'alphabetic';
    context.fillText(columnLabel, (box.left + box.right) / 2, box.bottom + 34);
    const rowTextWidth = context.measureText(tickText(rows - 1, 0)).width;
    drawUpwards(context, rowLabel, box.left - rowTextWidth - 14, (box.top + box.bottom) / 2);
  }

  #extremes(): [number, number] {
    let [min, max] = [Infinity, -Infinity];
    for (const value of this.#elements ?? []) {
      if (value < min && value > -Infinity) min = value;
      if (value > max && value < Infinity) max = value;
    }
    return [min, max];
  }

  #readingText(box: Box, min: number, max: number): string {
    const { rows, columns, unit, rowLabel, columnLabel } = this.stream;
    if (this.#elements === undefined || min > max) return '';
    const at = this.#pointer;
    if (at !== undefined && at.x >= box.left && at.y >= box.top) {
      const column = Math.floor(((at.x - box.left) / (box.right - box.left)) * columns);
      const row = Math.floor(((at.y - box.top) / (box.bottom - box.top)) * rows);
      const value = this.#elements[row * columns + column];
      if (column < columns && row < rows && value !== undefined) {
        const where = `${rowLabel} ${row}, ${columnLabel} ${column}`;
        return `${where}: ${numberText(value)} ${unit}`;
      }
    }
    return `${numberText(min)} to ${numberText(max)} ${unit}`;
  }
}

/** Rows or columns that are labelled: about `count` of them. */
function indices(length: number, count: number): readonly number[] {
  if (length === 1) return [0];
  return ticksOf(0, length - 1, Math.max(1, Math.floor(count))).values.filter(Number.isInteger);
}

let strip: HTMLCanvasElement | undefined;

/** All colours in one column, the highest on top. */
function shadeStrip(): HTMLCanvasElement {
  if (strip !== undefined) return strip;
  strip = document.createElement('canvas');
  strip.width = 1;
  strip.height = viridis.length;
  const context = strip.getContext('2d')!;
  const image = context.createImageData(1, viridis.length);
  new Uint32Array(image.data.buffer).set(viridis.toReversed());
  context.putImageData(image, 0, 0);
  return strip;
}

function drawColorScale(
  context: CanvasRenderingContext2D,
  { right, top, bottom }: Box,
  from: number,
  to: number,
  unit: string,
): void {
  const colors = theme();
  const [left, width, height] = [right + 14, 12, bottom - top];
  context.imageSmoothingEnabled = true;
  context.drawImage(shadeStrip(), left, top, width, height);
  context.strokeStyle = colors.line;
  context.strokeRect(left - 0.5, top - 0.5, width + 1, height + 1);
  context.fillStyle = colors.soft;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  const ticks = ticksOf(from, to, Math.max(2, Math.floor(height / 45)));
  const toY = scaleOf({ from, to, label: '' }, bottom, top);
  for (const value of ticks.values) {
    context.fillText(tickText(value, ticks.digits), left + width + 5, toY(value));
  }
  context.textBaseline = 'alphabetic';
  context.fillText(withUnit('', unit), left, bottom + 20);
}
