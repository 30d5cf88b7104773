import { TypeMismatch } from './errors';
import { isRevoked, typeName } from './words';

// The forms in which values are given: objects, lists, names; and the error for any other.

/**
 * An object with string keys.
 * @throws TypeMismatch for anything else, arrays and collections included.
 */
export function checkObject(
  value: unknown,
  name: string,
  expected: string,
  caller?: string,
): Record<string, unknown> {
  if (isPlainObject(value)) return value;
  throw mismatch(name, expected, value, caller);
}

/** Whether something is an object written as `{...}`, in this realm or another one. */
function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || isRevoked(value)) return false;
  if (Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** What is taken for a list. */
export type List = readonly unknown[] | Float64Array;

/** Whether something is an array or an array of numbers of fixed type. */
export function isList(value: unknown): value is List {
  if (isRevoked(value)) return false;
  if (Array.isArray(value)) return true;
  return ArrayBuffer.isView(value) && !(value instanceof DataView) && !isBigIntArray(value);
}

function isBigIntArray(value: ArrayBufferView): boolean {
  return value instanceof BigInt64Array || value instanceof BigUint64Array;
}

/** Entries one by one; a typed array that was transferred to another thread is empty. */
export function* entriesOf(iterable: Iterable<unknown>): Generator<unknown> {
  if (ArrayBuffer.isView(iterable)) {
    // Its iterator throws JavaScript's own TypeError, also in the middle.
    const view = iterable as unknown as ArrayLike<unknown>;
    let i = 0;
    while (i < view.length) yield view[i++];
  } else {
    yield* iterable;
  }
}

/** `instanceof`, which throws for a Proxy that was revoked. */
export function isInstance<T>(
  value: unknown,
  owner: abstract new (...args: never[]) => T,
): value is T {
  return !isRevoked(value) && value instanceof owner;
}

/** The error for a value of the wrong type; `caller` is the function that it was given to. */
export function mismatch(
  key: string,
  expected: string,
  value: unknown,
  caller?: string,
): TypeMismatch {
  const what = caller === undefined ? key : `${caller}: ${key}`;
  const shown =
    typeof value === 'number' ? value : value === '' ? 'an empty text' : typeName(value);
  return new TypeMismatch(`${what} must be ${expected}, got ${shown}.`, {
    parameter: key,
    expected,
    given: typeName(value),
    ...(typeof value === 'number' && { value }),
  });
}

/**
 * One name or several.
 * @throws TypeMismatch
 */
export function checkKeyNames(keys: unknown, caller: string): void {
  if (typeof keys === 'string') return;
  if (isRevoked(keys) || !Array.isArray(keys))
    throw mismatch('key', 'a name or an array of names', keys, caller);
  const wrong = keys.findIndex((key) => typeof key !== 'string');
  if (wrong >= 0) throw mismatch(`keys[${wrong}]`, 'a name', keys[wrong], caller);
}
