import type { CheckedModel } from '../checked-model';
import type { Steps } from '../steps';
import { TooLarge } from './builder';

/** What compiling gives; undefined, which is told, of a model that is written out without end. */
export function* unlessTooLarge<T>(
  model: CheckedModel,
  compiling: Steps<T | undefined>,
): Steps<T | undefined> {
  try {
    return yield* compiling;
  } catch (error) {
    // Of what is nested or written out without end, the stack may be the first to come to its own.
    if (!(error instanceof TooLarge || error instanceof RangeError)) throw error;
    const { name } = model.text;
    model.problems.error(name, `'${name.text}' is too large, or nested too deep, to be compiled.`);
    return undefined;
  }
}
