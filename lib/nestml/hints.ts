import { predefinedFunctions } from './functions';
import type { OwnFunction } from './surroundings';

// What is probably meant by what stands in a text as in another language, or is only nearly right.

/** How a function is called that stands in a text as if it were a variable; undefined for what is none. */
export function callOf(
  name: string,
  own?: ReadonlyMap<string, Pick<OwnFunction, 'parameters'>>,
): string | undefined {
  const declared = own?.get(name);
  if (declared) return `${name}(${declared.parameters.map((one) => one.name).join(', ')})`;
  if (!Object.hasOwn(predefinedFunctions, name)) return undefined;
  const { parameters, optional = 0 } = predefinedFunctions[name]!;
  const takesNothing = parameters.length === optional || parameters[0] === 'states';
  return takesNothing ? `${name}()` : `${name}(…)`;
}

/** Tells what a function's name without parentheses is. */
export const functionText = (name: string, call: string): string =>
  `'${name}' is a function: ${call}.`;
