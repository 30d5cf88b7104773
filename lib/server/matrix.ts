import { checkCount, checkLength, checkOptions, checkRange, checkText, checkUnit } from './checks';
import { checkNumbers, type CommonOptions, refused } from './checks';
import { floatsOf, makeFrame } from './frames';
import type { MatrixDescription } from './protocol';
import { latestOnly, Stream, type Feed, type Place } from './stream';

/** How a matrix is shown. */
export interface MatrixOptions extends CommonOptions {
  /** How many rows. */
  readonly rows: number;
  /** How many columns; at most 2²² elements in all. */
  readonly columns: number;
  /** Unit of the elements; default none. */
  readonly unit?: string;
  /** What a row is; default `row`. */
  readonly rowLabel?: string;
  /** What a column is; default `column`. */
  readonly columnLabel?: string;
  /** Ends of the colour scale; default: those of the data. */
  readonly range?: readonly [number, number];
}

/** Most elements of a matrix: what a screen can show, and a frame of 16 MB. */
const mostElements = 2 ** 22;
const caller = 'matrix';

/** A matrix, say of weights, shown as colours; viewers get the latest one. */
export class MatrixStream extends Stream {
  /** @internal */
  readonly description: MatrixDescription;
  readonly #latest: Float32Array;
  #version = 0;
  /** The latest matrix as a frame, made for the first viewer that gets it. */
  #frame: Uint8Array | undefined;

  /** @internal */
  constructor(place: Place, options: MatrixOptions) {
    super(place);
    checkOptions(caller, options, [
      ...['rows', 'columns', 'unit', 'rowLabel', 'columnLabel', 'range'],
    ]);
    checkCount(caller, 'rows', options.rows, mostElements);
    checkCount(caller, 'columns', options.columns, mostElements);
    const elements = options.rows * options.columns;
    if (elements > mostElements) {
      const allowed = `at most ${mostElements} divided by the columns`;
      throw refused(caller, 'rows', options.rows, allowed);
    }
    checkUnit(caller, options.unit);
    for (const key of ['rowLabel', 'columnLabel'] as const) {
      if (options[key] !== undefined) checkText(caller, key, options[key]);
    }
    checkRange(caller, options.range);
    const defaults = { unit: '', rowLabel: 'row', columnLabel: 'column' };
    this.description = { ...defaults, ...options, kind: 'matrix', id: place.id, name: place.name };
    this.#latest = new Float32Array(elements);
  }

  /**
   * Replaces the matrix; `values` is copied.
   * @param values row by row; what is not finite is shown as missing
   * @throws DimensionMismatch if there are not rows × columns of them.
   */
  publish(values: ArrayLike<number>): void {
    checkNumbers(caller, 'values', values);
    checkLength(caller, 'values', values.length, this.#latest.length);
    this.#latest.set(values);
    this.#frame = undefined;
    this.#version++;
    this.announce();
  }

  /** @internal */
  feed(): Feed {
    return latestOnly(
      () => this.#version,
      () => (this.#frame ??= this.#makeFrame()),
    );
  }

  #makeFrame(): Uint8Array {
    const count = this.#latest.length;
    const frame = makeFrame({ kind: 'matrix', id: this.description.id, count }, count * 4);
    floatsOf(frame, 0, count).set(this.#latest);
    return frame;
  }
}
