import { badValue, checkIds, checkLength, checkNumbers } from '../analysis/checks';
import type { Numbers, TimeWindow } from '../analysis';
import { checkObject, isInstance, mismatch } from '../forms';
import { NodeCollection, type NodeIds } from '../node-collection';
import type { NumberArray } from '../value-types';
import { noneGiven, type Check } from './checks';

/** What a spike recorder holds (its `events`), or the same in other arrays, in any order. */
export interface Spikes {
  /** ms */
  readonly times: NumberArray;
  /** Node ID of each spike's neuron. */
  readonly senders: NumberArray;
}

/** Names of populations, and their neurons. */
export type Populations = Readonly<Record<string, NodeIds>>;

/** Neurons under one name. */
export interface Population {
  readonly name: string;
  readonly ids: Numbers;
}

const EVENTS = 'the events of a recorder, as recorder.events or { times, senders }';

/**
 * Times and senders of events.
 * @throws TypeMismatch; BadParameterValue; DimensionMismatch where there is not a sender for each time
 */
export function checkSpikes(caller: string, name: string, events: unknown): void {
  const given = checkObject(events, name, EVENTS, caller);
  // A recorder of time_in_steps counts times in steps, and has offsets besides.
  if ('offsets' in given)
    throw mismatch(`${name}.times`, 'in ms, not in steps', given.times, caller);
  checkNumbers(caller, `${name}.times`, given.times);
  checkIds(caller, `${name}.senders`, given.senders);
  checkLength(caller, `${name}.senders`, given.senders.length, given.times.length);
}

/** The IDs of nodes. @throws TypeMismatch; BadParameterValue; InvalidNodeCollection */
export function idsOf(caller: string, name: string, nodes: unknown): Numbers {
  if (isInstance(nodes, NodeCollection)) return nodes.ids;
  checkIds(caller, name, nodes);
  return nodes;
}

/**
 * Populations that are given by their names.
 * @throws TypeMismatch; BadParameterValue for a neuron that is in two, and where there is none
 */
export function populationsOf(caller: string, given: unknown): Population[] {
  const expected = 'an object of names and their nodes: { E, I }';
  const named = Object.entries(checkObject(given, 'populations', expected, caller));
  if (named.length === 0) throw noneGiven(caller, 'populations', 'one or more');
  const known = new Set<number>();
  return named.map(([name, nodes]) => {
    const parameter = `populations.${name}`;
    const ids = idsOf(caller, parameter, nodes);
    for (const [i, id] of Array.from(ids).entries()) {
      const allowed = 'a neuron that is in no other place';
      if (known.has(id)) throw badValue(caller, `${parameter}[${i}]`, id, allowed);
      known.add(id);
    }
    return { name, ids };
  });
}

/** The IDs of neurons that have fired, ascending. */
export const sendersOf = ({ senders }: Spikes): Uint32Array =>
  Uint32Array.from(new Set(senders)).sort();

export const isPopulations: Check = (caller, _, value) => {
  populationsOf(caller, value);
};

/** Whether a time lies in the window that is shown, if one is given. */
export const isShown = (time: number, window: TimeWindow | undefined): boolean =>
  window === undefined || (time > window.start && time <= window.stop);
