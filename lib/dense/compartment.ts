import { allocated } from '../allocation';
import { BadProperty, DimensionMismatch } from '../errors';
import { native } from '../native';
import { isInstance, isList, mismatch } from '../forms';
import { textOf } from '../words';

/** Numbers of a vector, of a matrix by rows, or of one matrix a sample. */
type Nested = (ArrayLike<number> & Iterable<number>) | readonly Nested[];

/**
 * What a compartment can be given: one number for all its entries, or numbers in its shape, nested
 * or flat (row by row). Axes of length 1 may be left out.
 */
export type CompartmentInput = number | Nested;

/**
 * A named array of fixed shape in a dense component. The array is made once: reading a compartment
 * gives always the same live `Float64Array`, setting one copies into it.
 * @internal
 */
export class Compartment {
  readonly values: Float64Array;

  /** `owner` is the class that errors name. */
  constructor(
    private readonly owner: string,
    private readonly name: string,
    private readonly shape: readonly number[],
    initial = 0,
  ) {
    this.values = allocate(size(shape), owner);
    if (initial !== 0) this.values.fill(initial);
  }

  /**
   * Copies numbers into the compartment.
   * @throws DimensionMismatch naming both shapes, TypeMismatch, or BadProperty for numbers that
   * are not finite; nothing has changed then.
   */
  set(input: CompartmentInput): void {
    this.checkPresent();
    if (typeof input === 'number') {
      this.checkEntry(input, this.name);
      this.values.fill(input);
    } else if (isInstance(input, Float64Array) && input.length === this.values.length) {
      this.checkNumbers(input);
      this.values.set(input);
    } else {
      this.checkList(input);
      this.write(input, 0);
    }
  }

  /** @throws DimensionMismatch where the array was transferred to another thread. */
  checkPresent(): void {
    const { length } = this.values;
    if (length !== size(this.shape)) throw this.wrongShape(this.name, this.shape, [length]);
  }

  /** @throws BadProperty for an entry that is not finite: live arrays can be written to unchecked. */
  check(): void {
    this.checkNumbers(this.values);
  }

  private checkNumbers(numbers: Float64Array): void {
    for (let i = 0; i < numbers.length; i++) {
      if (!Number.isFinite(numbers[i])) this.checkEntry(numbers[i], `${this.name}[${i}]`);
    }
  }

  private checkList(input: unknown): void {
    if (!isList(input)) throw mismatch(this.name, 'a number or an array', input, this.owner);
    const given = shapeOf(input);
    const flat = given.length === 1 && given[0] === this.values.length;
    const same = squeezed(given).join() === squeezed(this.shape).join();
    if (!flat && !same) throw this.wrongShape(this.name, this.shape, given);
    this.checkEntries(input, given, this.name);
  }

  private checkEntries(list: ArrayLike<unknown>, shape: readonly number[], name: string): void {
    const [length, ...rest] = shape;
    if (list.length !== length) throw this.wrongShape(name, shape, [list.length]);
    for (let i = 0; i < list.length; i++) {
      const entry = list[i];
      if (rest.length === 0) this.checkEntry(entry, `${name}[${i}]`);
      else if (isList(entry)) this.checkEntries(entry, rest, `${name}[${i}]`);
      else throw this.wrongShape(`${name}[${i}]`, rest, []);
    }
  }

  private checkEntry(entry: unknown, name: string): void {
    if (typeof entry !== 'number') throw mismatch(name, 'a number', entry, this.owner);
    if (!Number.isFinite(entry)) throw badValue(this.owner, name, entry, 'finite');
  }

  private write(list: Nested, from: number): number {
    let at = from;
    for (const entry of list as Iterable<number | Nested>) {
      if (typeof entry === 'number') this.values[at++] = entry;
      else at = this.write(entry, at);
    }
    return at;
  }

  private wrongShape(
    name: string,
    expected: readonly number[],
    given: readonly number[],
  ): DimensionMismatch {
    return new DimensionMismatch(
      `${name} of ${this.owner} must have the shape ${shapeText(expected)}, got ${shapeText(given)}.`,
      { model: this.owner, parameter: name, expected: [...expected], given: [...given] },
    );
  }
}

/** `tau_m of LIFCell must be > 0, got -1.` @internal */
export function badValue(
  owner: string,
  parameter: string,
  value: unknown,
  allowed: string,
): BadProperty {
  const shown = typeof value === 'string' ? `'${value}'` : textOf(value);
  return new BadProperty(`${parameter} of ${owner} must be ${allowed}, got ${shown}.`, {
    model: owner,
    parameter,
    value,
    allowed,
  });
}

const STAGGERS = 7;
/** Large arrays so far. */
let large = 0;

/** Before several are changed. @throws DimensionMismatch, see checkPresent @internal */
export function checkAllPresent(compartments: readonly Compartment[]): void {
  for (const compartment of compartments) compartment.checkPresent();
}

/** Zeros. @throws OutOfMemory @internal */
export function allocate(length: number, owner: string): Float64Array {
  const page = native.dense.largeArray;
  const bytes = 8 * length;
  const make = (): Float64Array => {
    if (bytes < page) return new Float64Array(length);
    // Whole pages, and one to be aligned with; what is not touched takes no memory. Arrays that are
    // walked through together must not have equal addresses modulo 4096: that looks to the
    // processor like the same place.
    const stagger = (large++ % STAGGERS) * 576;
    const buffer = new ArrayBuffer((Math.ceil((bytes + stagger) / page) + 1) * page);
    return new Float64Array(buffer, native.dense.placeLarge(buffer) + stagger, length);
  };
  const text = `${owner}: no memory for an array of ${length} numbers.`;
  return allocated(make, text, { model: owner, value: length });
}

function size(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** No input is nested deeper; an array that holds itself is without end. */
const deepest = 32;

/** Lengths along the first entries: [2, 3] for two rows of three. */
function shapeOf(list: ArrayLike<unknown>): number[] {
  const shape: number[] = [];
  for (let at: unknown = list; isList(at) && shape.length < deepest; at = at[0]) {
    shape.push(at.length);
  }
  return shape;
}

function squeezed(shape: readonly number[]): readonly number[] {
  return shape.filter((length) => length !== 1);
}

function shapeText(shape: readonly number[]): string {
  if (shape.length === 0) return 'of a number';
  return shape.length === 1 ? `[${shape[0]}]` : shape.join(' × ');
}
