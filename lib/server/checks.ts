import { BadParameterValue, DimensionMismatch } from '../errors';
import type { StreamColor } from './protocol';
import { checkKeys } from '../suggest';
import { checkObject, isList, type List, mismatch } from '../forms';
import { textOf } from '../words';

// Checks of what a program gives to streams. All throw before anything has changed.

const colors: readonly StreamColor[] = ['blue', 'orange', 'green', 'purple', 'grey'];

/** What all streams can be given. */
export interface CommonOptions {
  /** Title on the page. */
  readonly label: string;
  /** A sentence shown beneath the title. */
  readonly note?: string;
}

/** Options of a stream: an object with a label and keys that are known. */
export function checkOptions(caller: string, options: object, known: readonly string[]): void {
  const given = checkObject(options, 'options', 'an object', caller);
  checkKeys(given, ['label', 'note', ...known], `${caller} has no option`);
  checkText(caller, 'label', given.label);
  if (given.note !== undefined) checkText(caller, 'note', given.note);
}

/** @throws TypeMismatch, BadParameterValue if empty. */
export function checkText(caller: string, key: string, value: unknown): asserts value is string {
  if (typeof value !== 'string') throw mismatch(key, 'a text', value, caller);
  if (value === '') throw refused(caller, key, value, 'a text that is not empty');
}

/** A unit; empty for numbers that have none. */
export function checkUnit(caller: string, value: unknown): void {
  if (value !== undefined && typeof value !== 'string') {
    throw mismatch('unit', 'a text', value, caller);
  }
}

/** A whole number from 1 to `most`. */
export function checkCount(caller: string, key: string, value: unknown, most: number): void {
  if (typeof value !== 'number') throw mismatch(key, 'a number', value, caller);
  if (Number.isInteger(value) && value >= 1 && value <= most) return;
  throw refused(caller, key, value, `a whole number from 1 to ${most}`);
}

/** A finite number above 0. */
export function checkPositive(caller: string, key: string, value: unknown): void {
  if (typeof value !== 'number') throw mismatch(key, 'a number', value, caller);
  if (!(value > 0 && value < Infinity))
    throw refused(caller, key, value, 'a finite number above 0');
}

export function checkFinite(caller: string, key: string, value: unknown): void {
  if (typeof value !== 'number') throw mismatch(key, 'a number', value, caller);
  if (!Number.isFinite(value)) throw refused(caller, key, value, 'a finite number');
}

/** Two finite numbers, the second one larger; or none. */
export function checkRange(caller: string, value: unknown): void {
  if (value === undefined) return;
  if (!isList(value)) throw mismatch('range', 'two numbers', value, caller);
  const [from, to] = value as readonly unknown[];
  const finite = Number.isFinite(from) && Number.isFinite(to);
  if (finite && value.length === 2 && (from as number) < (to as number)) return;
  throw refused(caller, 'range', value, 'two finite numbers, the smaller one first');
}

export function checkColor(caller: string, value: unknown): void {
  if (value === undefined || colors.includes(value as StreamColor)) return;
  throw refused(caller, 'color', value, colors.join(', '));
}

/** Numbers to be published. @throws TypeMismatch */
export function checkNumbers(caller: string, key: string, value: unknown): void {
  if (!isList(value)) throw mismatch(key, 'an array of numbers', value, caller);
  if (ArrayBuffer.isView(value)) return;
  const list: List = value;
  for (let i = 0; i < list.length; i++) {
    if (typeof list[i] !== 'number') throw mismatch(`${key}[${i}]`, 'a number', list[i], caller);
  }
}

/** @throws DimensionMismatch */
export function checkLength(caller: string, key: string, length: number, expected: number): void {
  if (length === expected) return;
  throw new DimensionMismatch(`${caller}: ${key} must have ${expected} entries, got ${length}.`, {
    parameter: key,
    expected,
    given: length,
  });
}

/** The error for a value that is not among those allowed. */
export function refused(
  caller: string,
  parameter: string,
  value: unknown,
  allowed: string,
): BadParameterValue {
  const text = typeof value === 'string' ? JSON.stringify(value) : textOf(value);
  return new BadParameterValue(`${caller}: ${parameter} must be ${allowed}, got ${text}.`, {
    parameter,
    value,
    allowed,
  });
}
