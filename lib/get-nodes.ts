import { IdSet } from './id-set';
import type { Session } from './session';
import { checkObject, mismatch } from './forms';
import { decode } from './values';

/**
 * IDs of the nodes whose values equal all the given ones.
 * @throws TypeMismatch for a value that cannot be compared.
 * @internal
 */
export function nodesWith(session: Session, properties: unknown): IdSet {
  const wanted = Object.entries(checkObject(properties, 'properties', 'an object', 'GetNodes'));
  for (const [key, value] of wanted) {
    if (!['number', 'boolean', 'string'].includes(typeof value)) {
      throw mismatch(key, 'a number, boolean or string', value, 'GetNodes');
    }
  }
  const found = session.ranges
    .filter(({ model }) => wanted.every(([key]) => session.nodeKeys(model).includes(key)))
    .map(({ first, last }) =>
      matching(session, IdSet.progression(first, last - first + 1), wanted),
    );
  return found.reduce((all, part) => all.union(part), IdSet.progression(0, 0));
}

function matching(
  session: Session,
  nodes: IdSet,
  wanted: readonly (readonly [key: string, value: unknown])[],
): IdSet {
  const ids = nodes.toArray();
  const columns = wanted.map(([key, value]) => {
    const column = decode(session.native.getNodes(ids, key)) as ArrayLike<unknown>;
    return { column, value };
  });
  const matches = (i: number): boolean => columns.every(({ column, value }) => column[i] === value);
  return columns.length === 0 ? nodes : IdSet.from(ids.filter((_, i) => matches(i)));
}
