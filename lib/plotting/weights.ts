import { checkIds, checkLength, checkNumbers } from '../analysis/checks';
import { checkObject, isInstance, isList, mismatch } from '../forms';
import { SynapseCollection } from '../synapse-collection';
import type { NumberArray } from '../value-types';

/** Synapses as columns: what `GetConnections` gives, or the same in other arrays. */
export interface Synapses {
  /** IDs of the nodes that they come from. */
  readonly source: NumberArray;
  /** IDs of the nodes that they go to. */
  readonly target: NumberArray;
  /** In the unit of the model. */
  readonly weight: NumberArray;
}

/**
 * The synapses of a collection, or of columns.
 * @throws TypeMismatch; DimensionMismatch; BadParameterValue; StaleSynapseCollection
 */
export function synapsesOf(caller: string, name: string, given: unknown): Synapses {
  if (isInstance(given, SynapseCollection)) {
    const [source, target, weight] = ['source', 'target', 'weight'].map((key) => {
      const column = given.get(key);
      // A single synapse has numbers.
      return typeof column === 'number' ? [column] : column;
    }) as [NumberArray, NumberArray, NumberArray];
    return { source, target, weight };
  }
  const expected = 'a SynapseCollection or { source, target, weight }';
  const { source, target, weight } = checkObject(given, name, expected, caller);
  checkIds(caller, `${name}.source`, source);
  checkIds(caller, `${name}.target`, target);
  checkNumbers(caller, `${name}.weight`, weight);
  checkLength(caller, `${name}.target`, target.length, source.length);
  checkLength(caller, `${name}.weight`, weight.length, source.length);
  return { source, target, weight } as Synapses;
}

/**
 * The weights of a collection, or numbers.
 * @throws TypeMismatch; BadParameterValue; StaleSynapseCollection
 */
export function weightsOf(caller: string, name: string, given: unknown): NumberArray {
  if (isInstance(given, SynapseCollection)) return synapsesOf(caller, name, given).weight;
  if (!isList(given)) {
    throw mismatch(name, 'a SynapseCollection or an array of weights', given, caller);
  }
  checkNumbers(caller, name, given);
  return given as NumberArray;
}
