import { UnknownNode } from './errors';
import { isList, mismatch } from './forms';
import { IdSet } from './id-set';
import { idsFor } from './node-collection';
import type { Session } from './session';
import { toNumbers } from './values';

// Nodes given by their IDs.

/**
 * IDs given as numbers.
 * @throws TypeMismatch unless they are integers that can be IDs; BadProperty where the order
 * matters and they do not ascend.
 */
export function explicitIds(what: string, nodes: unknown, anyOrder: boolean): Uint32Array {
  if (!isList(nodes)) throw mismatch(what, 'a NodeCollection or an array of node IDs', nodes);
  const numbers = toNumbers(what, nodes);
  const ids = Uint32Array.from(numbers);
  const wrong = numbers.findIndex((id, i) => id !== ids[i] || id === 0);
  if (wrong >= 0) throw mismatch(`${what}[${wrong}]`, 'a node ID (integer ≥ 1)', numbers[wrong]);
  return anyOrder ? ids : IdSet.from(ids).toArray();
}

/**
 * IDs of nodes that exist, of a collection or given as numbers.
 * @throws TypeMismatch for what are no integers; BadProperty where they do not ascend; UnknownNode;
 * InvalidNodeCollection.
 */
export function knownIds(session: Session, nodes: unknown): IdSet {
  const collected = idsFor(session, nodes);
  if (collected) return collected;
  if (!isList(nodes)) throw mismatch('ids', 'an array of node IDs or a NodeCollection', nodes);
  const numbers = toNumbers('ids', nodes);
  void session.native; // throws once the kernel was disposed of
  const last = session.ranges.at(-1)?.last ?? 0;
  for (const [i, id] of numbers.entries()) {
    if (!Number.isInteger(id)) throw mismatch(`ids[${i}]`, 'a node ID (an integer)', id);
    if (id < 1 || id > last) throw new UnknownNode(`There is no node ${id}.`, { node: id });
  }
  return IdSet.from(Uint32Array.from(numbers));
}
