import type { TraceDescription } from '../protocol.js';
import { Chart, drawLines, Extent, valueText } from './chart.mjs';
import type { EventsFrame } from './decode.mjs';
import { EventWindow } from './event-window.mjs';
import type { Panel } from './panel.mjs';
import { timeAxis } from './time-axis.mjs';

/** Sampled values over the latest window of time. */
export class TracesPanel implements Panel {
  readonly element: HTMLElement;
  readonly #chart: Chart;
  readonly #samples: EventWindow;

  constructor(private readonly stream: TraceDescription) {
    const { name, label, note, unit, lines, window } = stream;
    this.#chart = new Chart('trace', name, label, note, (context, width, height) => {
      this.#paint(context, width, height);
    });
    for (const line of lines) this.#chart.addLine(line, unit);
    this.#samples = new EventWindow(window, lines.length, 2 ** 14);
    this.element = this.#chart.figure;
  }

  clear(): void {
    this.#samples.clear();
    this.#chart.surface.invalidate();
  }

  receive(frame: EventsFrame): void {
    this.#samples.add(frame);
    this.#chart.surface.invalidate();
  }

  #paint(context: CanvasRenderingContext2D, width: number, height: number): void {
    const { window, unit, range } = this.stream;
    const { axis, unitMs } = timeAxis(this.#samples.now, window);
    const up = new Extent();
    const { values } = this.#samples;
    const count = this.stream.lines.length;
    let latest = -1;
    this.#samples.forEach((_time, at) => {
      for (let k = 0; k < count; k++) up.add(values[at + k]!);
      latest = at;
    });
    const lines = this.#chart.lines.map((line, k) => {
      line.latest.set(valueText(latest < 0 ? undefined : values[latest + k], unit));
      const points = (point: (x: number, y: number) => void): void => {
        this.#samples.forEach((time, at) => {
          point(time / unitMs, values[at + k]!);
        });
      };
      return [line, points] as const;
    });
    drawLines(context, width, height, axis, up.axis(unit, range), lines);
  }
}
