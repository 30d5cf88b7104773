import { BadProperty, IndexError } from './errors';
import { entriesOf, mismatch } from './forms';
import { isRevoked, textOf } from './words';

/**
 * An ascending set of node IDs. Progressions (all nodes of one Create, every tenth of them, …) are
 * kept as first, count and step; anything else as an array. Immutable.
 */
export class IdSet {
  readonly length: number;
  readonly #first: number;
  readonly #step: number;
  #ids: Uint32Array | undefined;

  private constructor(first: number, length: number, step: number, ids?: Uint32Array) {
    this.#first = first;
    this.length = length;
    this.#step = step;
    this.#ids = ids;
  }

  /** `count` IDs: first, first + step, … */
  static progression(first: number, count: number, step = 1): IdSet {
    return new IdSet(first, count, step);
  }

  /** From ascending IDs without repeats; the array is kept. */
  static from(ids: Uint32Array): IdSet {
    const first = ids[0] ?? 0;
    const step = ids.length > 1 ? at(ids, 1) - first : 1;
    let regular = true;
    for (let i = 1; i < ids.length; i++) {
      const gap = at(ids, i) - at(ids, i - 1);
      if (gap <= 0) {
        throw new BadProperty(
          `Node IDs must ascend without repeats, but ${at(ids, i - 1)} is followed by ${at(ids, i)}.`,
          { value: at(ids, i), expected: 'ascending IDs' },
        );
      }
      regular &&= gap === step;
    }
    return regular ? new IdSet(first, ids.length, step) : new IdSet(first, ids.length, 0, ids);
  }

  /** All IDs. The array is shared: callers must not change it. */
  toArray(): Uint32Array {
    return (this.#ids ??= Uint32Array.from(
      { length: this.length },
      (_, i) => this.#first + i * this.#step,
    ));
  }

  /** The ID at a position in [0, length). */
  get(index: number): number {
    return this.#step > 0 ? this.#first + index * this.#step : at(this.toArray(), index);
  }

  /** Position of the first ID that is not below `id`; `length` if there is none. */
  lowerBound(id: number): number {
    if (this.#step > 0) {
      const index = Math.ceil((id - this.#first) / this.#step);
      return Math.min(Math.max(index, 0), this.length);
    }
    let [low, high] = [0, this.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.get(middle) < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Position of an ID, or -1. */
  indexOf(id: number): number {
    return this.includes(id) ? this.lowerBound(id) : -1;
  }

  includes(id: number): boolean {
    const index = this.lowerBound(id);
    return index < this.length && this.get(index) === id;
  }

  /** Every `step`-th ID of the positions [from, to). */
  slice(from: number, to: number, step: number): IdSet {
    const count = Math.max(0, Math.ceil((to - from) / step));
    if (this.#step > 0) return new IdSet(this.#first + from * this.#step, count, this.#step * step);
    return IdSet.from(Uint32Array.from({ length: count }, (_, i) => this.get(from + i * step)));
  }

  /** The IDs at the given ascending positions. */
  pick(indices: Uint32Array): IdSet {
    return IdSet.from(indices.map((index) => this.get(index)));
  }

  /**
   * Both sets in ascending order.
   * @throws BadProperty if they share an ID.
   */
  union(other: IdSet): IdSet {
    if (this.length === 0) return other;
    if (other.length === 0) return this;
    const [low, high] = this.get(0) <= other.get(0) ? [this, other] : [other, this];
    const follows = low.#step === 1 && high.#step === 1 && low.get(low.length - 1) + 1;
    if (follows === high.get(0)) return new IdSet(low.#first, low.length + high.length, 1);
    const ids = new Uint32Array(this.length + other.length);
    ids.set(this.toArray());
    ids.set(other.toArray(), this.length);
    ids.sort();
    for (let i = 1; i < ids.length; i++) {
      if (ids[i] !== ids[i - 1]) continue;
      throw new BadProperty(`Cannot join: node ${at(ids, i)} is in both collections.`, {
        node: at(ids, i),
      });
    }
    return IdSet.from(ids);
  }

  equals(other: IdSet): boolean {
    if (this.length !== other.length) return false;
    if (this.#step > 0 && other.#step > 0) {
      const sameStep = this.length < 2 || this.#step === other.#step;
      return this.length === 0 || (this.#first === other.#first && sameStep);
    }
    return this.toArray().every((id, i) => id === other.get(i));
  }

  /** The longest progressions it consists of, ascending: [first, last, step]. */
  *runs(): Generator<readonly [first: number, last: number, step: number]> {
    for (let start = 0; start < this.length;) {
      let end = start + 1;
      const step = end < this.length ? this.get(end) - this.get(start) : 1;
      if (this.#step > 0) end = this.length;
      else while (end < this.length && this.get(end) - this.get(end - 1) === step) end++;
      yield [this.get(start), this.get(end - 1), step];
      start = end;
    }
  }
}

/** Reads an element that is known to exist. */
export function at(array: Uint32Array, index: number): number {
  const value = array[index];
  if (value === undefined) throw new RangeError(`no element ${index}`);
  return value;
}

/**
 * Turns a position that may count from the end (-1 is the last) into one in [0, length).
 * @throws IndexError naming the allowed range.
 */
export function resolveIndex(index: unknown, length: number): number {
  const position = typeof index === 'number' && index < 0 ? index + length : index;
  if (typeof position === 'number' && Number.isInteger(position)) {
    if (position >= 0 && position < length) return position;
  }
  const allowed = length === 0 ? 'none, the collection is empty' : `${-length} … ${length - 1}`;
  throw new IndexError(`Index ${textOf(index)} is outside the collection; allowed: ${allowed}.`, {
    value: index,
    allowed,
  });
}

/**
 * Bounds of a slice; negative ones count from the end, `to` itself is not included.
 * @throws IndexError for bounds beyond the length or a step below 1, as NEST does.
 */
export function resolveSlice(
  length: number,
  from = 0,
  to = length,
  step = 1,
): readonly [from: number, to: number, step: number] {
  const bound = (value: unknown): number => {
    const number = typeof value === 'number' ? value : NaN;
    const position = number < 0 ? number + length : number;
    if (Number.isInteger(position) && position >= 0 && position <= length) return position;
    const allowed = `${-length} … ${length}`;
    throw new IndexError(
      `Slice bound ${textOf(value)} is outside the collection; allowed: ${allowed}.`,
      {
        value,
        allowed,
      },
    );
  };
  if (!Number.isInteger(step) || step < 1) {
    throw new IndexError(`Slice step must be an integer ≥ 1, got ${textOf(step)}.`, {
      parameter: 'step',
      value: step,
      allowed: '≥ 1',
    });
  }
  const [start, end] = [bound(from), bound(to)];
  return [start, Math.max(start, end), step];
}

/**
 * Positions from a list of indices (negative ones count from the end) or a mask with one boolean
 * for each element.
 * @throws IndexError for a position outside, or a mask of another length.
 */
export function resolvePick(
  selection: Iterable<number> | readonly boolean[],
  length: number,
): Uint32Array {
  const iterable = isRevoked(selection) ? null : (selection as Partial<Iterable<unknown>> | null);
  if (typeof iterable?.[Symbol.iterator] !== 'function') {
    throw mismatch('selection', 'positions or a mask', selection, 'pick');
  }
  // One by one: a sparse array may claim 2³² − 1 entries.
  const mask: boolean[] = [];
  const positions: number[] = [];
  for (const entry of entriesOf(selection)) {
    const other = typeof entry === 'boolean' ? positions : mask;
    if (other.length > 0) {
      throw new IndexError('A mask must hold nothing but booleans.', { expected: 'booleans' });
    }
    if (typeof entry === 'boolean') mask.push(entry);
    else positions.push(resolveIndex(entry, length));
  }
  if (mask.length === 0) return Uint32Array.from(positions);
  if (mask.length !== length) {
    throw new IndexError(
      `A mask must have one boolean for each of the ${length} elements, got ${mask.length} entries.`,
      { expected: length, given: mask.length },
    );
  }
  return Uint32Array.from([...mask.keys()].filter((i) => mask[i]));
}
