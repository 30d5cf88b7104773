import { checkColor, checkFinite, checkOptions, checkRange, checkText, checkUnit } from './checks';
import type { CommonOptions } from './checks';
import { floatsOf, makeFrame } from './frames';
import type { ScalarDescription, StreamColor } from './protocol';
import { Stream, type Feed, type Place } from './stream';
import { mismatch } from '../forms';

/** How a curve is shown. */
export interface ScalarOptions extends CommonOptions {
  /** Default none. */
  readonly unit?: string;
  /** Title of the chart; scalars that name the same one share it. Default: the label. */
  readonly chart?: string;
  /** Title of the axis of x; default `time (ms)`. */
  readonly xLabel?: string;
  /** Title of the axis of y; default the unit, of a single scalar with its label. */
  readonly yLabel?: string;
  /** Ends of the axis of y; default: those of the data. */
  readonly range?: readonly [number, number];
  /** Of the curve; default: the next one of its chart. */
  readonly color?: StreamColor;
}

/** Most points of a curve; even, because full ones are halved. */
const capacity = 2 ** 11;
const caller = 'scalar';

/**
 * A number that develops, shown as a curve from the beginning: when there are too many points,
 * pairs of neighbours become their means, so that any history fits in the same memory.
 */
export class ScalarStream extends Stream {
  /** @internal */
  readonly description: ScalarDescription;
  readonly #x = new Float64Array(capacity);
  readonly #y = new Float64Array(capacity);
  /** Points in use. */
  #length = 0;
  /** Publications in a full point, and in the last one; finite ones in the last one. */
  #stride = 1;
  #fill = 0;
  #finite = 0;
  #halvings = 0;
  #version = 0;

  /** @internal */
  constructor(place: Place, options: ScalarOptions) {
    super(place);
    checkOptions(caller, options, ['unit', 'chart', 'xLabel', 'yLabel', 'range', 'color']);
    checkUnit(caller, options.unit);
    for (const key of ['chart', 'xLabel', 'yLabel'] as const) {
      if (options[key] !== undefined) checkText(caller, key, options[key]);
    }
    checkRange(caller, options.range);
    checkColor(caller, options.color);
    const defaults = { unit: '', chart: options.label, xLabel: 'time (ms)' };
    const { id, name } = place;
    this.description = { ...defaults, ...options, kind: 'scalar', id, name };
  }

  /**
   * Adds a point; what is not finite in `y` is a gap.
   * @throws TypeMismatch, BadParameterValue if x is not finite.
   */
  publish(x: number, y: number): void {
    checkFinite(caller, 'x', x);
    if (typeof y !== 'number') throw mismatch('y', 'a number', y, caller);
    if (this.#length === 0 || this.#fill === this.#stride) this.#beginPoint();
    const last = this.#length - 1;
    this.#fill++;
    this.#x[last]! += (x - this.#x[last]!) / this.#fill;
    if (Number.isFinite(y)) {
      this.#finite++;
      if (this.#finite === 1) this.#y[last] = y;
      else this.#y[last]! += (y - this.#y[last]!) / this.#finite;
    }
    this.#version++;
    this.announce();
  }

  /** @internal */
  feed(): Feed {
    let version = 0;
    let halvings = this.#halvings;
    let settled = 0;
    return {
      next: () => {
        if (version === this.#version) return undefined;
        version = this.#version;
        const from = halvings === this.#halvings ? settled : 0;
        halvings = this.#halvings;
        settled = this.#fill === this.#stride ? this.#length : this.#length - 1;
        return this.#frame(from);
      },
    };
  }

  #beginPoint(): void {
    if (this.#length === capacity) this.#halve();
    this.#x[this.#length] = 0;
    this.#y[this.#length] = NaN;
    this.#length++;
    this.#fill = this.#finite = 0;
  }

  #halve(): void {
    for (let i = 0; i < capacity / 2; i++) {
      const [a, b] = [this.#y[2 * i]!, this.#y[2 * i + 1]!];
      this.#x[i] = (this.#x[2 * i]! + this.#x[2 * i + 1]!) / 2;
      this.#y[i] = Number.isNaN(a) ? b : Number.isNaN(b) ? a : (a + b) / 2;
    }
    this.#length = capacity / 2;
    this.#stride *= 2;
    this.#halvings++;
  }

  #frame(from: number): Uint8Array {
    const count = this.#length - from;
    const base = this.#x[from] ?? 0;
    const header = { kind: 'scalar', id: this.description.id, count, index: from, base } as const;
    const frame = makeFrame(header, count * 8);
    const x = floatsOf(frame, 0, count);
    for (let i = 0; i < count; i++) x[i] = this.#x[from + i]! - base;
    floatsOf(frame, 4 * count, count).set(this.#y.subarray(from, this.#length));
    return frame;
  }
}
