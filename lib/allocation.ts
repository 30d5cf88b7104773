import { OutOfMemory } from './errors';

/**
 * What `make` makes.
 * @throws OutOfMemory of that text and fields where JavaScript has no memory for it.
 */
export function allocated<T>(make: () => T, text: string, fields: Record<string, unknown>): T {
  try {
    return make();
  } catch (cause) {
    if ((cause as Error).name !== 'RangeError') throw cause;
    const error = new OutOfMemory(text, fields);
    error.cause = cause;
    throw error;
  }
}
