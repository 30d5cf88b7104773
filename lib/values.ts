import { DimensionMismatch, NotImplemented } from './errors';
import { checkObject, isList, type List, mismatch } from './forms';
import type { NativeNames, NativeProperties, NativeResult, NativeValue } from './native';
import { Parameter, stepsOf } from './parameters';
import { infinities } from './registry';
import type { Session } from './session';
import type { AnyValue } from './value-types';
import { isRevoked } from './words';

// Values on their way to the core and back. Only forms are checked here; names, units and ranges
// are the core's.

/** Collections have this method: what the core takes for them, if they are of that session. */
export const toNative = Symbol('toNative');

interface Collection {
  [toNative](session: Session): NativeValue;
}

function isCollection(value: unknown): value is Collection {
  return typeof value === 'object' && value !== null && !isRevoked(value) && toNative in value;
}

/**
 * Parameters as the core takes them.
 * @throws TypeMismatch naming the key.
 */
export function encodeProperties(
  values: unknown,
  caller: string,
  session: Session,
): NativeProperties {
  const given = checkObject(values, 'values', 'an object of parameters', caller);
  const properties: NativeProperties = {};
  for (const [key, value] of Object.entries(given)) {
    const encoded = encodeValue(key, value, session);
    if (key !== '__proto__') properties[key] = encoded;
    // Assigned, it would be the prototype.
    else Object.defineProperty(properties, key, { value: encoded, enumerable: true });
    session.notice(key);
  }
  return properties;
}

/**
 * One value for the core of a session. Numbers in arrays become a Float64Array, which the core reads as one value of an
 * array parameter or as one value for each node, whichever the parameter is declared to be.
 * @throws TypeMismatch; DimensionMismatch for arrays nested deeper than one level;
 * InvalidNodeCollection or StaleSynapseCollection for collections of another kernel.
 */
export function encodeValue(key: string, value: unknown, session: Session): NativeValue {
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string') {
    return value;
  }
  if (isInfinity(key, value)) return infinities.get(key)!;
  if (Parameter.is(value)) return { parameter: stepsOf(value.spec) };
  if (isCollection(value)) return value[toNative](session);
  if (isList(value)) return encodeList(key, value);
  throw mismatch(key, 'a number, boolean, string, array, Parameter or collection', value);
}

function encodeList(key: string, list: List): NativeValue {
  if (list instanceof Float64Array) return list;
  const first = list[0];
  if (list.length === 0) return ArrayBuffer.isView(list) ? new Float64Array() : [];
  if (typeof first === 'number' || isInfinity(key, first)) return toNumbers(key, list);
  if (isList(first)) return toRows(key, list);
  if (typeof first === 'boolean' || typeof first === 'string') {
    for (const [i, entry] of list.entries()) {
      if (typeof entry !== typeof first) throw mismatch(`${key}[${i}]`, `a ${typeof first}`, entry);
    }
    return list as readonly boolean[] | readonly string[];
  }
  throw mismatch(`${key}[0]`, 'a number, boolean, string or array of numbers', first);
}

/**
 * A flat array of numbers.
 * @throws TypeMismatch naming the position of the first entry that is none.
 */
export function toNumbers(key: string, list: unknown): Float64Array {
  if (!isList(list)) throw mismatch(key, 'an array of numbers', list);
  // An array that was transferred is empty, too, and cannot be used.
  if (list.length === 0) return new Float64Array();
  if (list instanceof Float64Array) return list;
  if (ArrayBuffer.isView(list)) return Float64Array.from(list);
  // First, because a sparse array may claim 2³² − 1 entries, for which there is no memory.
  for (let i = 0; i < list.length; i++) checkEntry(key, i, list[i]);
  const numbers = new Float64Array(list.length);
  for (let i = 0; i < numbers.length; i++) numbers[i] = checkEntry(key, i, list[i]);
  return numbers;
}

/**
 * An array of arrays of numbers.
 * @throws TypeMismatch naming the first row that is none.
 */
export function toRows(key: string, list: List): Float64Array[] {
  // Not map, which goes through the holes of a sparse array.
  const rows: Float64Array[] = [];
  for (let i = 0; i < list.length; i++) rows.push(toNumbers(`${key}[${i}]`, list[i]));
  return rows;
}

/** Whether it is null, as JSON writes an infinity, of a parameter that takes one. */
const isInfinity = (key: string, value: unknown): boolean => value === null && infinities.has(key);

function checkEntry(key: string, i: number, entry: unknown): number {
  if (typeof entry === 'number') return entry;
  if (isInfinity(key, entry)) return infinities.get(key)!;
  if (!isList(entry)) throw mismatch(`${key}[${i}]`, 'a number', entry);
  throw new DimensionMismatch(`${key}[${i}] must be a number, got an array.`, {
    parameter: key,
    expected: 'number',
    given: 'array',
  });
}

/** A value of the core as JavaScript has it; typed arrays are views made in this realm. */
export function decode(result: NativeResult): AnyValue {
  if (result === null || typeof result !== 'object') return result;
  if (Array.isArray(result)) return result.map(decode);
  if ('f64' in result) return new Float64Array(result.f64);
  if ('u32' in result) return new Uint32Array(result.u32);
  if ('names' in result) return decodeNames(result);
  return decodeRecord(result.properties);
}

/**
 * Elements for which V8 takes memory at once. Joining arrays (concat) is no way: where some package
 * has set Symbol.isConcatSpreadable, as apache-arrow does, that is slow, and ends the process for
 * some ten million elements.
 */
const longestAtOnce = 2 ** 25;
/** Elements that V8 allows an array. */
const longestArray = 2 ** 27 - 1024;

/** All entries of a name are references to one string. */
function decodeNames({ names, codes, ends }: NativeNames): string[] {
  const code = new Uint32Array(codes);
  const end = new Uint32Array(ends);
  const length = end.at(-1) ?? 0;
  if (length > longestArray) {
    throw new NotImplemented(
      `A list holds at most ${longestArray} texts, not ${length}; read them in parts (slice).`,
      { expected: longestArray, given: length },
    );
  }
  const all = new Array<string>(Math.min(length, longestAtOnce));
  let from = 0;
  for (let i = 0; i < end.length; i++) {
    const name = names[code[i] ?? 0] ?? '';
    const to = end[i] ?? 0;
    for (const known = Math.min(to, longestAtOnce); from < known; from++) all[from] = name;
    for (; from < to; from++) all.push(name);
  }
  return all;
}

/** An object of such values. */
export function decodeRecord(record: Record<string, NativeResult>): Record<string, AnyValue> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, decode(value)]));
}
