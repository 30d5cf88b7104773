import type { SpikesDescription } from '../protocol.js';
import { clipTo, drawAxes, scaleOf } from './axes.mjs';
import type { EventsFrame } from './decode.mjs';
import { EventWindow } from './event-window.mjs';
import { Legend, makeFigure, type Panel, type Reading } from './panel.mjs';
import { numberText } from './scale.mjs';
import { Surface } from './surface.mjs';
import { theme } from './theme.mjs';
import { timeAxis } from './time-axis.mjs';

interface Population {
  readonly stream: SpikesDescription;
  readonly spikes: EventWindow;
  readonly rate: Reading;
}

/** Spikes as marks, a row a neuron, over the latest window of time. */
export class RasterPanel implements Panel {
  readonly element: HTMLElement;
  readonly #surface: Surface;
  readonly #reading: Reading;
  readonly #legend = new Legend();
  readonly #populations = new Map<number, Population>();

  constructor(private readonly first: SpikesDescription) {
    const { figure, reading } = makeFigure('spikes', first.name, first.chart, first.note);
    this.#surface = new Surface(`Raster of spikes: ${first.chart}`, (context, width, height) => {
      this.#paint(context, width, height);
    });
    figure.append(this.#legend.element, this.#surface.element);
    this.element = figure;
    this.#reading = reading;
    this.add(first);
  }

  add(stream: SpikesDescription): void {
    const spikes = new EventWindow(stream.window, 1);
    const isTitle = stream.label === this.first.chart;
    const rate = isTitle ? this.#reading : this.#legend.add(stream.label, stream.color ?? 'blue');
    this.#populations.set(stream.id, { stream, spikes, rate });
    this.#surface.invalidate();
  }

  clear(): void {
    for (const { spikes } of this.#populations.values()) spikes.clear();
    this.#surface.invalidate();
  }

  receive(frame: EventsFrame): void {
    this.#populations.get(frame.id)?.spikes.add(frame);
    this.#surface.invalidate();
  }

  #paint(context: CanvasRenderingContext2D, width: number, height: number): void {
    const { rowLabel, window } = this.first;
    const populations = [...this.#populations.values()];
    const rows = Math.max(...populations.map(({ stream }) => stream.rows));
    const now = Math.max(...populations.map(({ spikes }) => spikes.now));
    const { axis, unitMs } = timeAxis(now, window);
    const y = { from: -0.5, to: rows - 0.5, label: rowLabel, whole: true };
    const box = drawAxes(context, width, height, axis, y, false);
    const toX = scaleOf(axis, box.left, box.right);
    const toY = scaleOf(y, box.bottom, box.top);
    const rowHeight = (box.bottom - box.top) / rows;
    context.save();
    clipTo(context, box);
    for (const { stream, spikes, rate } of populations) {
      const isBehind = stream.color === 'grey';
      context.fillStyle = theme()[stream.color ?? 'blue'];
      context.globalAlpha = isBehind ? 0.5 : 1;
      const [w, h] = isBehind ? [1, rowHeight] : [1.5, Math.max(1, Math.min(0.8 * rowHeight, 12))];
      spikes.forEach((time, at) => {
        const row = spikes.values[at]!;
        context.fillRect(toX(time / unitMs) - w / 2, toY(row) - h / 2, w, h);
      });
      if (!isBehind) rate.set(rateText(stream, spikes));
    }
    context.restore();
  }
}

/** Mean rate in the window, over all neurons. */
function rateText({ window, rows }: SpikesDescription, spikes: EventWindow): string {
  const seconds = Math.min(window, spikes.now) / 1000;
  if (seconds <= 0) return '';
  const missing = spikes.skipped > 0 ? ' (not all shown)' : '';
  return `${numberText(spikes.length / rows / seconds)} spikes/s${missing}`;
}
