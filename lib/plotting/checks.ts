import {
  badValue,
  checkNumber,
  checkNumbers,
  checkPositive,
  checkWindow,
} from '../analysis/checks';
import { BadParameterValue } from '../errors';
import { checkObject, isList, mismatch } from '../forms';
import { checkKeys, endWith, nearestName } from '../suggest';

// What the functions of this folder refuse. Each check is given the function's name, for the text.

/** Throws for a value that is not allowed. */
export type Check = (caller: string, name: string, value: unknown) => void;

/** How each option is checked: options are what has a check. */
export type Checks<Options> = { readonly [Name in keyof Required<Options>]: Check };

/**
 * The options of a function, with arrays of their own: drawing comes later.
 * @throws UnaccessedDictionaryEntry for a name that nothing reads; what the checks throw
 */
export function checkedOptions<Options extends object>(
  caller: string,
  options: Options,
  checks: Checks<Options>,
): Options {
  const given = checkObject(options, 'options', 'an object of options', caller);
  checkKeys(given, Object.keys(checks), `${caller} has no option`);
  for (const [name, check] of Object.entries<Check>(checks)) {
    if (given[name] !== undefined) check(caller, name, given[name]);
  }
  const copies = Object.entries(given).map(([name, value]) => [
    name,
    isList(value) ? value.slice() : value,
  ]);
  return Object.fromEntries(copies) as Options;
}

export const isText: Check = (caller, name, value) => {
  if (typeof value !== 'string') throw mismatch(name, 'a text', value, caller);
};

export const isFlag: Check = (caller, name, value) => {
  if (typeof value !== 'boolean') throw mismatch(name, 'true or false', value, caller);
};

export const isFiniteNumber: Check = (caller, name, value) => {
  checkNumber(caller, name, value, 'finite', Number.isFinite);
};

export const isPositive: Check = checkPositive;

/** More of these are no drawing that anybody sees, but all of the memory. */
const MOST_PX = 100_000;

/** px of a side of a panel. */
export const isSize: Check = (caller, name, value) => {
  const has = (x: number): boolean => x > 0 && x <= MOST_PX;
  checkNumber(caller, name, value, `> 0 and ≤ ${MOST_PX}`, has);
};

/** A number of things. */
export const isCount: Check = (caller, name, value) => {
  const has = (x: number): boolean => Number.isInteger(x) && x >= 1;
  checkNumber(caller, name, value, 'an integer ≥ 1', has);
};

export const isWindow: Check = (caller, _, value) => {
  checkWindow(caller, value);
};

export const isNumbers: Check = checkNumbers;

/** Ends of an axis or of a scale. */
export type Limits = readonly [low: number, high: number];

export const isLimits: Check = (caller, name, value) => {
  if (!isList(value) || value.length !== 2) {
    throw mismatch(name, 'an array [low, high]', value, caller);
  }
  const low = checkNumber(caller, `${name}[0]`, value[0], 'finite', Number.isFinite);
  const isHigher = (x: number): boolean => x > low && x < Infinity;
  checkNumber(caller, `${name}[1]`, value[1], `finite and > ${low}`, isHigher);
};

export const isTexts: Check = (caller, name, value) => {
  if (!Array.isArray(value)) throw mismatch(name, 'an array of texts', value, caller);
  if (value.length === 0) throw noneGiven(caller, name, 'one or more texts');
  value.forEach((text, i) => isText(caller, `${name}[${i}]`, text));
};

/** The error for an empty list or object where something is needed. */
export const noneGiven = (caller: string, parameter: string, allowed: string): BadParameterValue =>
  new BadParameterValue(`${caller}: ${parameter} must be ${allowed}, got none.`, {
    ...{ parameter, allowed },
  });

/** The error for an option that means nothing beside another one. */
export function notBoth(
  caller: string,
  parameter: string,
  value: unknown,
  where: string,
): BadParameterValue {
  const allowed = `left out where ${where}`;
  return new BadParameterValue(`${caller}: ${parameter} must be ${allowed}.`, {
    ...{ parameter, value, allowed },
  });
}

/** The error for a name that is none of those that are known. */
export function unknownName(
  caller: string,
  parameter: string,
  value: string,
  known: readonly string[],
): BadParameterValue {
  const suggestion = nearestName(value, known);
  const allowed = known.length === 1 ? `'${known[0]}'` : `one of ${known.join(', ')}`;
  return new BadParameterValue(
    `${caller}: ${parameter} must be ${allowed}, got '${value}'${endWith(suggestion)}`,
    {
      ...{ parameter, value, allowed, suggestion },
    },
  );
}

/** One of some names. */
export const isOneOf =
  (known: readonly string[]): Check =>
  (caller, name, value) => {
    isText(caller, name, value);
    if (!known.includes(value as string)) throw unknownName(caller, name, value as string, known);
  };

/** Numbers of which each is larger than the one before. */
export const isAscending: Check = (caller, name, value) => {
  checkNumbers(caller, name, value);
  for (let i = 1; i < value.length; i++) {
    if (value[i]! > value[i - 1]!) continue;
    throw badValue(caller, `${name}[${i}]`, value[i]!, `ascending: > ${value[i - 1]}`);
  }
};
