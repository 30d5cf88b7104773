import { AddonNotLoaded } from './addon/not-loaded';
import * as core from './generated/errors';
import type { ModelTextProblem } from './model-text-problem';
import type { NativeResult } from './native';
import { nameErrors, TegmentaError } from './tegmenta-error';

export * from './generated/errors';
export { AddonNotLoaded };
export { TegmentaError };
export type { ModelTextProblem };

/** The nodes went with a ResetKernel, or belong to another kernel. */
export class InvalidNodeCollection extends TegmentaError {}
/** An optional package that the call needs is not installed. */
export class MissingPackage extends TegmentaError {
  /** Names of those that are missing. */
  declare readonly packages: readonly string[];
  /** What installs them. */
  declare readonly command: string;
}
/** The text of a model has errors; the message has a line for each, with its place. */
export class ModelTextError extends TegmentaError {
  /** All that is wrong with the text, in its order: place, level, message, suggestion. */
  declare readonly problems: readonly ModelTextProblem[];
}

const classes: Readonly<Record<string, typeof TegmentaError>> = {
  ...core,
  AddonNotLoaded,
  InvalidNodeCollection,
  MissingPackage,
  ModelTextError,
};
nameErrors(classes);

/**
 * Makes the error that the core asks for; registered with the addon when it is loaded.
 * @internal
 */
export function makeError(
  name: string,
  message: string,
  fields: Record<string, NativeResult>,
): TegmentaError {
  const errorClass = Object.hasOwn(classes, name) ? classes[name] : undefined;
  return new (errorClass ?? core.InternalError)(message, fields);
}
