import { BadParameterValue, DimensionMismatch } from '../errors';
import { checkObject, isList, type List, mismatch } from '../forms';
import type { Numbers } from '../statistics';
import type { TimeWindow } from './windows';

// What the functions of this folder refuse. Each is given the function's name, for the text.

/** The error for a number out of range. */
export function badValue(
  caller: string,
  parameter: string,
  value: number,
  allowed: string,
): BadParameterValue {
  return new BadParameterValue(`${caller}: ${parameter} must be ${allowed}, got ${value}.`, {
    ...{ parameter, value, allowed },
  });
}

/**
 * A number in a range, which `has` knows and `allowed` says in words.
 * @throws TypeMismatch; BadParameterValue
 */
export function checkNumber(
  caller: string,
  parameter: string,
  value: unknown,
  allowed: string,
  has: (x: number) => boolean,
): number {
  if (typeof value !== 'number') throw mismatch(parameter, 'a number', value, caller);
  if (!has(value)) throw badValue(caller, parameter, value, allowed);
  return value;
}

/** A width or a duration. @throws TypeMismatch; BadParameterValue unless it is finite and > 0 */
export function checkPositive(caller: string, parameter: string, value: unknown): number {
  const isPositive = (x: number): boolean => x > 0 && x < Infinity;
  return checkNumber(caller, parameter, value, 'finite and > 0', isPositive);
}

/** @throws TypeMismatch for what is no array */
function checkList(caller: string, parameter: string, values: unknown): List {
  if (!isList(values)) throw mismatch(parameter, 'an array of numbers', values, caller);
  return values;
}

/**
 * An array of numbers that `has` allows.
 * @throws TypeMismatch; BadParameterValue naming the first entry that is not allowed
 */
export function checkNumbers(
  caller: string,
  parameter: string,
  values: unknown,
  allowed = 'finite',
  has: (x: number) => boolean = Number.isFinite,
): asserts values is Numbers {
  const list = checkList(caller, parameter, values);
  for (let i = 0; i < list.length; i++) {
    const value = list[i];
    if (typeof value === 'number' && has(value)) continue;
    checkNumber(caller, `${parameter}[${i}]`, value, allowed, has);
  }
}

/**
 * Spike times in ms, ascending; equal ones may follow each other.
 * @throws TypeMismatch; BadParameterValue naming the first time that is not finite, or before the
 * one in front of it
 */
export function checkTimes(
  caller: string,
  parameter: string,
  times: unknown,
): asserts times is Numbers {
  checkNumbers(caller, parameter, times);
  for (let i = 1; i < times.length; i++) {
    if (times[i]! >= times[i - 1]!) continue;
    const allowed = `ascending: ≥ ${times[i - 1]}`;
    throw badValue(caller, `${parameter}[${i}]`, times[i]!, allowed);
  }
}

/** @throws TypeMismatch; BadParameterValue unless both ends are finite and stop > start */
export function checkWindow(caller: string, window: unknown): TimeWindow {
  const { start, stop } = checkObject(window, 'window', 'an object { start, stop }', caller);
  const from = checkNumber(caller, 'window.start', start, 'finite', Number.isFinite);
  const isLater = (x: number): boolean => x > from && x < Infinity;
  const allowed = `finite and > start (${from})`;
  return { start: from, stop: checkNumber(caller, 'window.stop', stop, allowed, isLater) };
}

/** IDs of nodes. @throws TypeMismatch; BadParameterValue */
export function checkIds(caller: string, name: string, ids: unknown): asserts ids is Numbers {
  if (ids instanceof Uint32Array) return;
  const isId = (x: number): boolean => Number.isInteger(x) && x >= 0 && x < 2 ** 32;
  checkNumbers(caller, name, ids, 'an integer in [0, 2^32)', isId);
}

/** @throws DimensionMismatch */
export function checkLength(
  caller: string,
  parameter: string,
  given: number,
  expected: number,
): void {
  if (given === expected) return;
  throw new DimensionMismatch(
    `${caller}: ${parameter} must have ${expected} entries, got ${given}.`,
    {
      ...{ parameter, expected, given },
    },
  );
}
