// Generated from lib/kernel.ts by scripts/generate.cjs; do not edit.

import { onDefault } from '../default-kernel';
import type { Kernel } from '../kernel';

/**
 * Makes `n` nodes of a model. A parameter takes one value for all, an array with one value for
 * each node, or a Parameter drawn for each; an array of objects gives each node its own
 * parameters. Source: NEST, "Create".
 * @param n Default: 1, also where it is left out before `params`.
 * @throws UnknownModelName; BadParameterValue for n < 1; UnaccessedDictionaryEntry for an
 * unknown parameter; TypeMismatch, DimensionMismatch or BadProperty for a bad value.
 */
export const Create: Kernel['Create'] = onDefault('Create');

/**
 * Connects sources to targets by a rule (default all_to_all) with synapses of a model (default
 * static_synapse). Values for single synapses: with one_to_one an array of one a pair, with
 * fixed_total_number of N; with all_to_all nested as targets × sources, with fixed_indegree as
 * targets × indegree, with fixed_outdegree as sources × outdegree, or the same flat, row by row.
 * IDs in place of collections must ascend, except with one_to_one, which connects pre[i] to
 * post[i] and allows repeats. Of a list of specifications every pair gets a synapse each, as of
 * NEST's CollocatedSynapses. Source: NEST, "Connect".
 * @throws IllegalConnection, BadProperty (rule missing, unknown or with bad parameters),
 * UnknownSynapseType, UnaccessedDictionaryEntry, DimensionMismatch, BadDelay, UnknownNode,
 * UnknownReceptorType, NotImplemented, InvalidNodeCollection.
 */
export const Connect: Kernel['Connect'] = onDefault('Connect');

/**
 * Removes connections, those from and to devices included: all of a SynapseCollection, or, for
 * every pair of a source and a target that the rule makes (one_to_one, the default, or
 * all_to_all), the first of the synapse model in the order of GetConnections. Of syn_spec only the
 * synapse model counts. What is under way through them still arrives; all collections of synapses
 * made before are stale. Source: NEST, "Disconnect".
 * @throws InexistentConnection where a connection is not there, or twice in the collection;
 * StaleSynapseCollection, IllegalConnection, BadProperty, UnknownSynapseType,
 * UnaccessedDictionaryEntry, DimensionMismatch, UnknownNode, InvalidNodeCollection; TypeMismatch
 * for other arguments. Nothing is removed then.
 */
export const Disconnect: Kernel['Disconnect'] = onDefault('Disconnect');

/**
 * Finds synapses; without a filter all. Waits until new ones are laid out; see
 * GetConnectionsAsync. Source: NEST, "GetConnections".
 * @throws UnknownSynapseType; TypeMismatch; UnaccessedDictionaryEntry for an unknown criterion.
 */
export const GetConnections: Kernel['GetConnections'] = onDefault('GetConnections');

/**
 * GetConnections on a thread of its own: the first one after Connect lays the new synapses out,
 * which takes a second for some 20 million. As long as it works the kernel is `running`.
 * @returns What GetConnections does. Rejects with what that throws, or with `signal.reason`.
 */
export const GetConnectionsAsync: Kernel['GetConnectionsAsync'] = onDefault('GetConnectionsAsync');

/**
 * The nodes whose values equal all the given ones; without any, all nodes. Nodes that do not
 * have one of the parameters are left out. Source: NEST, "GetNodes".
 * @throws TypeMismatch for a value that is no number, boolean or string.
 */
export const GetNodes: Kernel['GetNodes'] = onDefault('GetNodes');

/**
 * Simulates on a thread of its own: Prepare, Run and Cleanup in one. Source: NEST, "Simulate".
 * @param ms Biological time, a multiple of the resolution.
 * @returns What was done, once it is done. Rejects with BadParameter for a bad time,
 * SimulationRunning, KernelException (prepared already), NumericalInstability, SolverFailure,
 * IOError (files of recorders), or `signal.reason` after an abort, which leaves a kernel that can
 * go on.
 */
export const Simulate: Kernel['Simulate'] = onDefault('Simulate');

/**
 * Simulates on the calling thread, which waits.
 * @param ms Biological time, a multiple of the resolution.
 * @returns What was done.
 * @throws What Simulate rejects with.
 */
export const SimulateSync: Kernel['SimulateSync'] = onDefault('SimulateSync');

/**
 * Readies the network for Run, and waits until it is; see PrepareAsync. Parameters set between
 * Prepare and Cleanup may act only after the next Prepare. Source: NEST, "Prepare".
 * @throws KernelException if it is prepared already; IOError if the file of a recorder exists and
 * may not be overwritten, or cannot be made.
 */
export const Prepare: Kernel['Prepare'] = onDefault('Prepare');

/**
 * Prepare on a thread of its own, which lays out large networks without blocking. As long as it
 * works the kernel is `running`. Stopped by the signal, it has changed nothing.
 * @returns Rejects with what Prepare throws, or with `signal.reason`.
 */
export const PrepareAsync: Kernel['PrepareAsync'] = onDefault('PrepareAsync');

/**
 * Simulates between Prepare and Cleanup, as often as is wished; otherwise as Simulate. Source:
 * NEST, "Run".
 * @param ms Biological time, a multiple of the resolution.
 * @returns What was done, once it is done. Rejects with KernelException if the kernel is not
 * prepared, and with what Simulate rejects with.
 */
export const Run: Kernel['Run'] = onDefault('Run');

/**
 * Run on the calling thread, which waits.
 * @param ms Biological time, a multiple of the resolution.
 * @returns What was done.
 * @throws What Run rejects with.
 */
export const RunSync: Kernel['RunSync'] = onDefault('RunSync');

/**
 * Ends what Prepare began. Source: NEST, "Cleanup".
 * @throws KernelException if it is not prepared.
 */
export const Cleanup: Kernel['Cleanup'] = onDefault('Cleanup');

/**
 * Defaults of a node or synapse model: all, one by name, or an object of several.
 * Source: NEST, "GetDefaults".
 * @throws UnknownComponent; UnaccessedDictionaryEntry for an unknown name.
 */
export const GetDefaults: Kernel['GetDefaults'] = onDefault('GetDefaults');

/**
 * Changes defaults; they apply to what is made later. Model-wide values of synapse models apply
 * to existing synapses as well. Source: NEST, "SetDefaults".
 * @throws UnknownComponent, UnaccessedDictionaryEntry, TypeMismatch, BadProperty.
 */
export const SetDefaults: Kernel['SetDefaults'] = onDefault('SetDefaults');

/**
 * Makes a model with other defaults out of an existing one. Source: NEST, "CopyModel".
 * @throws UnknownModelName; NewModelNameExists; otherwise as SetDefaults.
 */
export const CopyModel: Kernel['CopyModel'] = onDefault('CopyModel');

/**
 * Loads neuron models written in NESTML 8: texts, `{ path }` of files, or a list of both, each with
 * any number of models. All are checked first, and all or none are loaded. They are models of this
 * kernel as the built-in ones are, also after ResetKernel; saved states hold them. What the
 * language is here: docs/nestml.md.
 * @returns The names of the models, in the order of the texts. Rejects with ModelTextError, whose
 * `problems` say all that is wrong, with file, line and column; NewModelNameExists, also with
 * `replace` for a model that has nodes or is no neuron; NotImplemented for synapse models;
 * BadProperty for defaults that the model itself does not allow; IOError; TypeMismatch,
 * BadParameterValue or UnaccessedDictionaryEntry for bad arguments; SimulationRunning.
 */
export const LoadModel: Kernel['LoadModel'] = onDefault('LoadModel');

/**
 * `collection.get(keys)`, for programs written for NEST: all values, one by name, or an object of
 * several. Source: NEST, "GetStatus".
 * @throws TypeMismatch for what is no collection; what `get` of the collection throws.
 */
export const GetStatus: Kernel['GetStatus'] = onDefault('GetStatus');

/**
 * `collection.set(values)`, for programs written for NEST: values of all, or an object for each.
 * Source: NEST, "SetStatus".
 * @throws TypeMismatch for what is no collection; what `set` of the collection throws.
 */
export const SetStatus: Kernel['SetStatus'] = onDefault('SetStatus');

/**
 * The kernel's attributes: all, one by name, or a list in the order of the names.
 * Source: NEST, "GetKernelStatus".
 * @throws UnaccessedDictionaryEntry for an unknown name.
 */
export const GetKernelStatus: Kernel['GetKernelStatus'] = onDefault('GetKernelStatus');

/**
 * Sets attributes of the kernel. Source: NEST, "SetKernelStatus".
 * @throws UnaccessedDictionaryEntry for an unknown or read-only name; KernelException for
 * resolution and threads once the network has nodes or the clock has moved; BadProperty, BadDelay.
 */
export const SetKernelStatus: Kernel['SetKernelStatus'] = onDefault('SetKernelStatus');

/** NEST's level of messages, a number; see VerbosityLevel. Source: NEST, "get_verbosity". */
export const get_verbosity: Kernel['get_verbosity'] = onDefault('get_verbosity');

/**
 * Keeps a level of messages: a number, or its name, also with NEST's `M_` before it. Nothing
 * depends on it, as there are no messages. Source: NEST, "set_verbosity".
 * @throws BadParameterValue for the name of none; BadProperty for a number that is none.
 */
export const set_verbosity: Kernel['set_verbosity'] = onDefault('set_verbosity');

/**
 * Back to an empty network, default settings and time 0; collections made before become invalid.
 * Source: NEST, "ResetKernel".
 * @throws SimulationRunning
 */
export const ResetKernel: Kernel['ResetKernel'] = onDefault('ResetKernel');

/**
 * Saves all that what happens next depends on, and what the recorders hold: to a file, which is
 * replaced as a whole or not at all, or to bytes. On a thread of its own; as long as it works the
 * kernel is `running`. Lists of synapses and plans of `Simulate` are not saved: GetConnections
 * finds the synapses again. Format: docs/state-file.md.
 * @returns Nothing, or the bytes. Rejects with IOError, after which an old file is as it was,
 * OutOfMemory, KernelException where an earlier simulation failed, or `signal.reason`.
 */
export const SaveState: Kernel['SaveState'] = onDefault('SaveState');

/**
 * SaveState on the calling thread, which waits.
 * @returns Nothing, or the bytes.
 * @throws What SaveState rejects with.
 */
export const SaveStateSync: Kernel['SaveStateSync'] = onDefault('SaveStateSync');

/**
 * Loads a state into this kernel, whose network goes only once the other one is there. Where that
 * has the same nodes, collections of nodes stay valid. Otherwise as Kernel.LoadState.
 * @param from A path, or bytes.
 * @returns This kernel, and what was saved with the network. Rejects with what Kernel.LoadState
 * rejects with; the kernel is as it was then.
 */
export const LoadState: Kernel['LoadState'] = onDefault('LoadState');

/**
 * LoadState on the calling thread, which waits.
 * @param from A path, or bytes.
 * @returns This kernel, and what was saved with the network.
 * @throws What LoadState rejects with.
 */
export const LoadStateSync: Kernel['LoadStateSync'] = onDefault('LoadStateSync');

/**
 * Back to time 0 and to the states that nodes and synapses had when they were first simulated,
 * with nothing under way, no histories of spikes and empty recorders; connections, parameters,
 * defaults and collections stay. Without a seed the noise is the same again.
 * @throws BadParameterValue for an unknown name or a bad seed; SimulationRunning;
 * KernelException where an earlier simulation failed; OutOfMemory.
 */
export const ResetState: Kernel['ResetState'] = onDefault('ResetState');

/**
 * The kernel's attributes: all, one by name, or a list in the order of the names.
 * Source: NEST, "GetKernelStatus".
 * @throws UnaccessedDictionaryEntry for an unknown name.
 */
export const get: Kernel['get'] = onDefault('get');

/**
 * Sets attributes of the kernel. Source: NEST, "SetKernelStatus".
 * @throws UnaccessedDictionaryEntry for an unknown or read-only name; KernelException for
 * resolution and threads once the network has nodes or the clock has moved; BadProperty, BadDelay.
 */
export const set: Kernel['set'] = onDefault('set');
