import { DimensionMismatch } from './errors';
import { checkObject, isList } from './forms';
import type { NativeGroup, NativeProperties, NativeValue } from './native';
import type { Session } from './session';
import { encodeProperties, encodeValue, toNumbers } from './values';
import { isRevoked } from './words';

// What the nodes or synapses of a list are given: the same properties for all, or an object for
// each.

/**
 * Such values as the core takes them. Nodes or synapses whose objects have the same keys, and
 * numbers, texts or the like in them, become one group with a column for each key.
 * @param count How many nodes or synapses there are.
 * @throws DimensionMismatch for another number of objects; TypeMismatch naming the key.
 */
export function encodeGroups(
  values: unknown,
  caller: string,
  session: Session,
  count: number,
): NativeProperties | NativeGroup[] {
  if (isRevoked(values) || !Array.isArray(values)) return encodeProperties(values, caller, session);
  if (values.length !== count) {
    throw new DimensionMismatch(
      `${caller}: an array of objects needs one for each of ${count}, got ${values.length}.`,
      { parameter: 'values', expected: count, given: values.length },
    );
  }
  const groups = new Map<string, Group>();
  for (let i = 0; i < count; i++) {
    const name = `values[${i}]`;
    const own = checkObject(values[i], name, 'an object of parameters', caller);
    const entries = Object.entries(own);
    if (entries.length === 0) continue;
    const kinds = entries.map(([key, value]) => `${JSON.stringify(key)}${kindOf(value, i)}`);
    const kind = kinds.sort().join();
    const group: Group = groups.get(kind) ?? { positions: [], columns: new Map() };
    groups.set(kind, group);
    group.positions.push(i);
    for (const [key, value] of entries) {
      const column = group.columns.get(key);
      if (column) column.push(value);
      else group.columns.set(key, [value]);
    }
  }
  return Array.from(groups.values(), (group) => encodeGroup(group, session));
}

interface Group {
  readonly positions: number[];
  /** Values of each key, one for each position. */
  readonly columns: Map<string, unknown[]>;
}

/** What can stand in one column has the same text; anything else has one of its own. */
function kindOf(value: unknown, i: number): string {
  if (['number', 'boolean', 'string'].includes(typeof value)) return typeof value;
  return isNumberList(value) ? 'numbers' : String(i);
}

const isNumberList = (value: unknown): boolean =>
  isList(value) && value.length > 0 && typeof value[0] === 'number';

function encodeGroup({ positions, columns }: Group, session: Session): NativeGroup {
  const values: NativeProperties = {};
  for (const [key, column] of columns) {
    values[key] = encodeColumn(key, column, session);
    session.notice(key);
  }
  return { positions: Uint32Array.from(positions), values };
}

function encodeColumn(key: string, column: readonly unknown[], session: Session): NativeValue {
  const [first] = column;
  if (isNumberList(first)) return column.map((list) => toNumbers(key, list));
  if (typeof first === 'number') return Float64Array.from(column as readonly number[]);
  if (typeof first === 'boolean') return column as readonly boolean[];
  if (typeof first === 'string') return column as readonly string[];
  return encodeValue(key, first, session);
}
