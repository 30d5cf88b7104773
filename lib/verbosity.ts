import { BadParameterValue } from './errors';
import { mismatch } from './forms';
import { nearestName } from './suggest';

/** NEST's levels of messages: from everything to nothing. */
export const VerbosityLevel = Object.freeze({
  ALL: 0,
  DEBUG: 5,
  STATUS: 7,
  INFO: 10,
  PROGRESS: 15,
  DEPRECATED: 18,
  WARNING: 20,
  ERROR: 30,
  FATAL: 40,
  QUIET: 100,
} as const);

/** The name of a level; with `M_` before it as NEST's older programs have it. */
export type VerbosityName = keyof typeof VerbosityLevel | `M_${keyof typeof VerbosityLevel}`;

const levels: ReadonlyMap<string, number> = new Map(Object.entries(VerbosityLevel));

/**
 * A level as a number.
 * @throws BadParameterValue for what is the name of none; TypeMismatch.
 */
export function levelOf(level: unknown): number {
  if (typeof level === 'number') return level;
  if (typeof level !== 'string')
    throw mismatch('level', 'a number or a name', level, 'set_verbosity');
  const name = level.replace(/^M_/, '');
  const number = levels.get(name);
  if (number !== undefined) return number;
  const allowed = [...levels.keys()].join(', ');
  throw new BadParameterValue(`set_verbosity: level must be one of ${allowed}, got '${level}'.`, {
    parameter: 'level',
    value: level,
    allowed,
    suggestion: nearestName(name, levels.keys()),
  });
}
