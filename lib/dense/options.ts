import { BadParameter, BadProperty } from '../errors';
import { checkKeys, nearestName } from '../suggest';
import { checkObject, mismatch } from '../forms';
import { badValue } from './compartment';

/** Which numbers a parameter takes, in words and as a test. */
export interface NumberRange {
  readonly allowed: string;
  has(x: number): boolean;
}

const real = (allowed: string, has: (x: number) => boolean): NumberRange => ({
  allowed,
  has: (x) => Number.isFinite(x) && has(x),
});

export const finite = real('finite', () => true);
export const positive = real('> 0', (x) => x > 0);
export const notNegative = real('>= 0', (x) => x >= 0);
export const fraction = real('between 0 and 1', (x) => x >= 0 && x <= 1);
export const chance = real('> 0 and <= 1', (x) => x > 0 && x <= 1);
export const binary = real('0 or 1', (x) => x === 0 || x === 1);
export const count = real('an integer >= 1', (x) => Number.isInteger(x) && x >= 1 && x < 2 ** 32);
export const wholeNumber = real('an integer >= 0', (x) => Number.isInteger(x) && x >= 0);
export const seedRange = real(
  'an integer in [0, 2^32)',
  (x) => Number.isInteger(x) && x >= 0 && x < 2 ** 32,
);
export const notNaN: NumberRange = { allowed: 'a number', has: (x) => !Number.isNaN(x) };

/**
 * Reads the parameters that a component is made with.
 * @throws TypeMismatch, UnaccessedDictionaryEntry for names that nothing reads, BadProperty for
 * values out of range or missing.
 */
export class OptionReader {
  private readonly given: Record<string, unknown>;

  constructor(
    readonly owner: string,
    options: unknown,
    known: readonly string[],
  ) {
    this.given = checkObject(options, 'options', 'an object of parameters', owner);
    checkKeys(this.given, known, `${owner} has no parameter`);
  }

  /** Whatever was given. */
  get all(): Readonly<Record<string, unknown>> {
    return this.given;
  }

  /** Without a default the parameter has to be given. */
  number(name: string, range: NumberRange, otherwise?: number): number {
    return checkNumber(
      this.owner,
      name,
      this.given[name] ?? this.fallback(name, range.allowed, otherwise),
      range,
    );
  }

  flag(name: string, otherwise: boolean): boolean {
    const value = this.given[name] ?? otherwise;
    if (typeof value !== 'boolean') throw mismatch(name, 'true or false', value, this.owner);
    return value;
  }

  choice<T extends string>(name: string, allowed: readonly T[], otherwise: T): T {
    const value = this.given[name] ?? otherwise;
    if (typeof value !== 'string') throw mismatch(name, 'a name', value, this.owner);
    const chosen = allowed.find((candidate) => candidate === value);
    if (chosen !== undefined) return chosen;
    const words = `one of ${allowed.map((candidate) => `'${candidate}'`).join(', ')}`;
    const suggestion = nearestName(value, allowed);
    const hint = suggestion === undefined ? '' : ` Did you mean '${suggestion}'?`;
    throw new BadProperty(`${name} of ${this.owner} must be ${words}, got '${value}'.${hint}`, {
      model: this.owner,
      parameter: name,
      value,
      allowed: words,
      suggestion,
    });
  }

  /** [inputs, outputs] */
  shape(): readonly [number, number] {
    const value = this.given.shape ?? this.fallback('shape', '[inputs, outputs]');
    if (!Array.isArray(value) || value.length !== 2) {
      throw mismatch('shape', 'an array [inputs, outputs]', value, this.owner);
    }
    return [
      checkNumber(this.owner, 'shape[0]', value[0], count),
      checkNumber(this.owner, 'shape[1]', value[1], count),
    ];
  }

  has(name: string): boolean {
    return this.given[name] !== undefined;
  }

  /** Whatever was given, to be checked elsewhere. */
  raw(name: string): unknown {
    return this.given[name];
  }

  private fallback<T>(name: string, allowed: string, otherwise?: T): T {
    if (otherwise !== undefined) return otherwise;
    throw new BadProperty(`${this.owner} needs the parameter ${name} (${allowed}).`, {
      model: this.owner,
      parameter: name,
      allowed,
    });
  }
}

/** A parameter or scalar compartment. @throws TypeMismatch or BadProperty */
export function checkNumber(
  owner: string,
  name: string,
  value: unknown,
  range: NumberRange,
): number {
  if (typeof value !== 'number') throw mismatch(name, 'a number', value, owner);
  if (!range.has(value)) throw badValue(owner, name, value, range.allowed);
  return value;
}

/** The length of a step, ms. @throws TypeMismatch or BadParameter */
export function checkStep(owner: string, dt: unknown): number {
  if (typeof dt !== 'number') throw mismatch('dt', 'a number', dt, owner);
  if (positive.has(dt)) return dt;
  throw new BadParameter(`${owner}: dt must be ${positive.allowed}, got ${dt}.`, {
    model: owner,
    parameter: 'dt',
    value: dt,
    allowed: positive.allowed,
  });
}
