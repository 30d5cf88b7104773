import { Buffer, constants } from 'node:buffer';
import { makeError } from './errors';
import { native, type NativeModelDescription } from './native';

// What the core declares about itself.

// Memory that is filled at once needs no zeros; Buffer has it up to its greatest length.
native.initialize(
  makeError,
  (bytes) =>
    bytes <= constants.MAX_LENGTH ? Buffer.allocUnsafeSlow(bytes).buffer : new ArrayBuffer(bytes),
  process.constrainedMemory(),
);

/** Every built-in model with its parameters, their units, defaults and ranges. @internal */
export const models: ReadonlyMap<string, NativeModelDescription> = new Map(
  native.models().map((model) => [model.name, model]),
);

/**
 * What null stands for, by parameter, where one takes an infinity: JSON has no other way to write
 * `stop: Infinity`. Elsewhere the core refuses the infinity.
 * @internal
 */
export const infinities: ReadonlyMap<string, number> = new Map(
  [...models.values()]
    .flatMap(({ parameters }) => parameters)
    .filter(({ infinity }) => infinity !== 0)
    .map(({ name, infinity }) => [name, infinity]),
);

const namesWhere = (isSynapse: boolean): readonly string[] =>
  Object.freeze(
    [...models.values()]
      .filter((model) => (model.kind === 'synapse') === isSynapse)
      .flatMap((model) => [model.name, ...model.variants])
      .sort(),
  );

/** Names of the built-in neurons and devices; those of CopyModel are listed by their kernel. */
export const node_models = namesWhere(false);

/** Names of the built-in synapse models; those of CopyModel are listed by their kernel. */
export const synapse_models = namesWhere(true);

/** Names of the attributes of a kernel. @internal */
export const kernelAttributes: readonly string[] = native.kernelAttributeNames;

/** Names of the rules that Connect knows. */
export const connection_rules: readonly string[] = Object.freeze(
  native
    .connectionRules()
    .map(({ name }) => name)
    .sort(),
);
