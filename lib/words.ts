// What values are in words, for error texts. Nothing here throws, whatever is given, but what a
// getter of the user's throws itself.

/** Whether something is a Proxy that was revoked: whatever is done with it throws. @internal */
export function isRevoked(value: unknown): boolean {
  try {
    Array.isArray(value);
    return false;
  } catch {
    return true;
  }
}

/** Its type, or the name of its class. @internal */
export function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value !== 'object') return typeof value;
  if (isRevoked(value)) return 'a revoked Proxy';
  const made: unknown = value.constructor;
  const name: unknown = typeof made === 'function' ? made.name : undefined;
  return typeof name === 'string' ? name : 'object';
}

/** A number, text or the like as it is; not the text of an object, which could be endless. @internal */
export function textOf(value: unknown): string {
  if (typeof value === 'object' || typeof value === 'function') return typeName(value);
  return typeof value === 'symbol' ? value.toString() : `${value as string}`;
}
