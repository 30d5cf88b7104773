import type { NativeResult } from './native';

const codes = new Map<unknown, string>();
const ownByDefinition = new Set(['name', 'message', 'stack', 'code', 'cause']);

/** Base of every error of this package. Class names follow NEST's exceptions where NEST has one. */
export class TegmentaError extends Error {
  /** Stable identification, e.g. `ERR_TEGMENTA_BAD_PROPERTY`. */
  readonly code: string;
  /** Model concerned. */
  declare readonly model?: string;
  /** Connection rule concerned. */
  declare readonly rule?: string;
  /** Parameter, option or key concerned. */
  declare readonly parameter?: string;
  /** Value that was refused. */
  declare readonly value?: unknown;
  /** Values allowed, in words. */
  declare readonly allowed?: string;
  /** ID of the node concerned; for Create the ID that it would have got. */
  declare readonly node?: number;
  /** Nearest valid name. */
  declare readonly suggestion?: string;
  /** What was expected: a type, a size or a shape. */
  declare readonly expected?: unknown;
  /** What was given instead. */
  declare readonly given?: unknown;

  /** The fields become own enumerable properties; fields without a value are left out. */
  constructor(message: string, fields: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.code = codes.get(new.target) ?? 'ERR_TEGMENTA';
    for (const [key, value] of Object.entries(fields)) {
      if (value === undefined || ownByDefinition.has(key)) continue;
      Object.defineProperty(this, key, { value, enumerable: true });
    }
  }
}

/** The kernel is in the wrong state for the call. */
export class KernelException extends TegmentaError {}
/** A parameter has a value that it must not have, or is missing. */
export class BadProperty extends TegmentaError {}
/** An argument of a function is out of range. */
export class BadParameter extends TegmentaError {}
/** An argument of a function has a value without meaning. */
export class BadParameterValue extends TegmentaError {}
/** A delay is shorter than the resolution, or outside the limits that hold. */
export class BadDelay extends TegmentaError {}
/** No model of that name. */
export class UnknownModelName extends TegmentaError {}
/** No node or synapse model of that name. */
export class UnknownComponent extends TegmentaError {}
/** No synapse model of that name. */
export class UnknownSynapseType extends TegmentaError {}
/** No node with that ID. */
export class UnknownNode extends TegmentaError {}
/** A key that nothing reads: usually misspelt. */
export class UnaccessedDictionaryEntry extends TegmentaError {}
/** A value of the wrong type. */
export class TypeMismatch extends TegmentaError {}
/** Sizes or shapes that do not fit together. */
export class DimensionMismatch extends TegmentaError {}
/** These two nodes cannot be connected in this way. */
export class IllegalConnection extends TegmentaError {}
/** The target has no receptor of that number. */
export class UnknownReceptorType extends TegmentaError {}
/** The receptor does not take what the source sends. */
export class IncompatibleReceptorType extends TegmentaError {}
/** A combination that has a meaning but is not offered. */
export class NotImplemented extends TegmentaError {}
/** A model of that name exists already. */
export class NewModelNameExists extends TegmentaError {}
/** A time that must be a positive multiple of the resolution is not. */
export class StepMultipleRequired extends TegmentaError {}
/** The state of a neuron left every sensible range during the simulation. */
export class NumericalInstability extends TegmentaError {}
/** The adaptive solver of a neuron could not reach its tolerance. */
export class SolverFailure extends TegmentaError {}
/** The nodes went with a ResetKernel, or belong to another kernel. */
export class InvalidNodeCollection extends TegmentaError {}
/** The network has changed since the synapses were looked up. */
export class StaleSynapseCollection extends TegmentaError {}
/** The call would change a kernel that is simulating. */
export class SimulationRunning extends TegmentaError {}
/** The kernel was disposed of. */
export class KernelDisposed extends TegmentaError {}
/**
 * Memory ran out. The call had no effect, a simulation apart: that one keeps all until
 * `biological_time`, which the error tells, and can go on from there. Only where not even the
 * reserve that a kernel keeps for completing a slice was enough, the kernel asks for ResetKernel.
 */
export class OutOfMemory extends TegmentaError {}
/** A position outside a collection. */
export class IndexError extends TegmentaError {}
/** An optional package that the call needs is not installed. */
export class MissingPackage extends TegmentaError {
  /** Names of those that are missing. */
  declare readonly packages: readonly string[];
  /** What installs them. */
  declare readonly command: string;
}
/** A bug in this package. */
export class InternalError extends TegmentaError {}

const classes: Readonly<Record<string, typeof TegmentaError>> = {
  KernelException,
  BadProperty,
  BadParameter,
  BadParameterValue,
  BadDelay,
  UnknownModelName,
  UnknownComponent,
  UnknownSynapseType,
  UnknownNode,
  UnaccessedDictionaryEntry,
  TypeMismatch,
  DimensionMismatch,
  IllegalConnection,
  UnknownReceptorType,
  IncompatibleReceptorType,
  NotImplemented,
  NewModelNameExists,
  StepMultipleRequired,
  NumericalInstability,
  SolverFailure,
  InvalidNodeCollection,
  StaleSynapseCollection,
  SimulationRunning,
  KernelDisposed,
  OutOfMemory,
  IndexError,
  MissingPackage,
  InternalError,
};

for (const [name, errorClass] of Object.entries({ TegmentaError, ...classes })) {
  // On the prototype, as for the built-in errors, so that it is not listed among the data.
  Object.defineProperty(errorClass.prototype, 'name', { value: name });
  if (errorClass === TegmentaError) continue;
  const words = name.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase();
  codes.set(errorClass, `ERR_TEGMENTA_${words}`);
}

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
  return new (errorClass ?? InternalError)(message, fields);
}
