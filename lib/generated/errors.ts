// Generated from the core's declarations by scripts/generate.cjs; do not edit.

import { TegmentaError } from '../tegmenta-error';

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
/** There is no connection as the one that is to be removed. */
export class InexistentConnection extends TegmentaError {}
/** The target has no receptor of that number. */
export class UnknownReceptorType extends TegmentaError {}
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
/**
 * A run has exceeded one of its guards (`parameter`: maxSpikeRate, maxEvents, maxWallTime or
 * maxMemory). It keeps all until `biological_time`, and the kernel can go on from there.
 */
export class LimitExceeded extends TegmentaError {}
/** A file cannot be read, made or written, or exists and may not be overwritten. */
export class IOError extends TegmentaError {}
/**
 * What is to be loaded is no saved state (`reason` is foreign), not all of it (truncated), changed
 * (corrupted), or written by a later version (newer).
 */
export class BadStateFile extends TegmentaError {}
/** A position outside a collection. */
export class IndexError extends TegmentaError {}
/** A bug in this package. */
export class InternalError extends TegmentaError {}
