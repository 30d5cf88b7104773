import type { ScalarDescription } from '../protocol.js';
import { Chart, drawLines, Extent, type Line, valueText } from './chart.mjs';
import type { PointsFrame } from './decode.mjs';
import type { Panel } from './panel.mjs';
import { withUnit } from './scale.mjs';

interface Curve {
  readonly line: Line;
  readonly x: number[];
  readonly y: number[];
}

/** Scalars that share a chart, from their beginnings. */
export class CurvesPanel implements Panel {
  readonly element: HTMLElement;
  readonly #chart: Chart;
  readonly #curves = new Map<number, Curve>();

  constructor(private readonly first: ScalarDescription) {
    this.#chart = new Chart('scalar', first.name, first.chart, first.note, (context, w, h) => {
      this.#paint(context, w, h);
    });
    this.element = this.#chart.figure;
    this.add(first);
  }

  add({ id, label, unit, color }: ScalarDescription): void {
    this.#curves.set(id, { line: this.#chart.addLine(label, unit, color), x: [], y: [] });
    this.#chart.surface.invalidate();
  }

  clear(): void {
    for (const { x, y } of this.#curves.values()) x.length = y.length = 0;
    this.#chart.surface.invalidate();
  }

  receive({ id, from, base, x, y }: PointsFrame): void {
    const curve = this.#curves.get(id);
    if (curve === undefined) return;
    curve.x.length = curve.y.length = Math.min(from, curve.x.length);
    for (const [i, value] of y.entries()) {
      curve.x.push(base + x[i]!);
      curve.y.push(value);
    }
    this.#chart.surface.invalidate();
  }

  #paint(context: CanvasRenderingContext2D, width: number, height: number): void {
    const [across, up] = [new Extent(), new Extent()];
    for (const { x, y } of this.#curves.values()) {
      for (const value of x) across.add(value);
      for (const value of y) up.add(value);
    }
    const known = across.min < across.max;
    const [from, to] = known ? [across.min, across.max] : [across.max - 1, across.max];
    const ends = Number.isFinite(from) ? { from, to } : { from: 0, to: 1 };
    const { first } = this;
    const alone = this.#curves.size === 1 ? withUnit(first.label, first.unit) : first.unit;
    const label = first.yLabel ?? alone;
    const lines = [...this.#curves.values()].map(({ line, x, y }) => {
      line.latest.set(valueText(y.at(-1), line.unit));
      const points = (point: (x: number, y: number) => void): void => {
        for (const [i, value] of y.entries()) point(x[i]!, value);
      };
      return [line, points] as const;
    });
    const axes = [{ ...ends, label: first.xLabel }, up.axis(label, first.range)] as const;
    drawLines(context, width, height, ...axes, lines);
  }
}
