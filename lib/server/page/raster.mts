import type { SpikesDescription } from '../protocol.js';
import { clipTo, drawAxes, scaleOf } from './axes.mjs';
import type { EventsFrame } from './decode.mjs';
import { EventWindow } from './event-window.mjs';
import { makeFigure, type Panel, type Reading } from './panel.mjs';
import { numberText } from './scale.mjs';
import { Surface } from './surface.mjs';
import { theme } from './theme.mjs';
import { timeAxis } from './time-axis.mjs';

/** Spikes as marks, a row a neuron, over the latest window of time. */
export class RasterPanel implements Panel {
  readonly element: HTMLElement;
  readonly #reading: Reading;
  readonly #surface: Surface;
  readonly #spikes: EventWindow;

  constructor(private readonly stream: SpikesDescription) {
    const { figure, reading } = makeFigure('spikes', stream.name, stream.label, stream.note);
    this.#spikes = new EventWindow(stream.window, 1);
    this.#surface = new Surface(`Raster of spikes: ${stream.label}`, (context, width, height) => {
      this.#paint(context, width, height);
    });
    figure.append(this.#surface.element);
    this.element = figure;
    this.#reading = reading;
  }

  clear(): void {
    this.#spikes.clear();
    this.#surface.invalidate();
  }

  receive(frame: EventsFrame): void {
    this.#spikes.add(frame);
    this.#surface.invalidate();
  }

  #paint(context: CanvasRenderingContext2D, width: number, height: number): void {
    const { rows, rowLabel, window, color = 'blue' } = this.stream;
    const { axis, unitMs } = timeAxis(this.#spikes.now, window);
    const y = { from: -0.5, to: rows - 0.5, label: rowLabel, whole: true };
    const box = drawAxes(context, width, height, axis, y, false);
    const toX = scaleOf(axis, box.left, box.right);
    const toY = scaleOf(y, box.bottom, box.top);
    const rowHeight = (box.bottom - box.top) / rows;
    const markHeight = Math.max(1, Math.min(rowHeight * 0.8, 12));
    context.save();
    clipTo(context, box);
    context.fillStyle = theme()[color];
    this.#spikes.forEach((time, at) => {
      const row = this.#spikes.values[at]!;
      context.fillRect(toX(time / unitMs) - 0.75, toY(row) - markHeight / 2, 1.5, markHeight);
    });
    context.restore();
    this.#reading.set(this.#summary());
  }

  #summary(): string {
    const seconds = Math.min(this.stream.window, this.#spikes.now) / 1000;
    if (seconds <= 0) return '';
    const rate = this.#spikes.length / this.stream.rows / seconds;
    const missing = this.#spikes.skipped > 0 ? ' (not all shown)' : '';
    return `mean rate ${numberText(rate)} spikes/s${missing}`;
  }
}
