import { BadParameterValue, BadProperty, DimensionMismatch } from './errors';
import { valueShapes } from './generated/connection-rules';
import type { NativeProperties, NativeValue } from './native';
import { type NodeCollection, nodeIdsOf } from './node-collection';
import { explicitIds } from './node-ids';
import type { Session } from './session';
import type { SynapseModelName, SynapseParameters } from './types';
import type { Input, NumberArray } from './value-types';
import { checkObject, isList } from './forms';
import { encodeValue, toRows } from './values';

/** Nodes to connect: a collection, or IDs (ascending unless the rule is one_to_one). */
export type Nodes = NodeCollection | NumberArray;

/** Values for the synapses of one Connect: one for all, an array (see Connect), or drawn. */
export type ConnectionInput = Input<number> | readonly NumberArray[];

/** The synapse model and its parameters. */
export type SynSpec<M extends string = 'static_synapse'> = {
  /** Default `static_synapse`. */
  readonly synapse_model?: M;
  /** Delay in ms, rounded to the resolution. */
  readonly delay?: ConnectionInput;
  /** Receptor of the target. */
  readonly receptor_type?: ConnectionInput;
  /** A number that GetConnections can select by. */
  readonly synapse_label?: ConnectionInput;
  /** How weights that differ are kept. Default: the kernel's attribute. */
  readonly weight_precision?: 'single' | 'double';
} & OwnWeights<SynapseParameters<GivenModel<M>>> &
  OwnParameters<
    Omit<SynapseParameters<GivenModel<M>>, 'weight' | 'delay' | 'receptor_type' | 'synapse_label'>
  >;

/** Weights, unless they belong to the model. K keeps the documentation of the key. */
// eslint-disable-next-line @typescript-eslint/consistent-indexed-object-style -- a Record does not
type OwnWeights<T, K extends keyof T = keyof T & 'weight'> = {
  readonly [Key in K]?: ConnectionInput;
};

// A type without members would take anything, numbers too.
type OwnParameters<T> = [keyof T] extends [never]
  ? unknown
  : { readonly [Key in keyof T]: T[Key] | readonly NumberArray[] };

/** The model that is named, or the default where any built-in one may be. */
type GivenModel<M extends string> = string extends M
  ? string
  : [SynapseModelName] extends [M]
    ? 'static_synapse'
    : M;

/**
 * Several specifications, for as many synapses of each pair that the rule makes (NEST's
 * CollocatedSynapses).
 */
export type SynSpecs<
  Models extends readonly unknown[] = readonly string[],
  Name extends string = string,
> = {
  readonly [I in keyof Models]: SynapseModelName | Name | Listed<Models[I]>;
};

/** One of a list, which need not name its model. The first part is what M is inferred from. */
type Listed<M> = { readonly synapse_model?: M } & SynSpec<M extends string ? M : SynapseModelName>;

interface ConnectArguments {
  readonly pre: Uint32Array;
  readonly post: Uint32Array;
  readonly conn: NativeProperties;
  /** A specification of synapses of these pairs. */
  readonly encodeSyn: (synSpec: unknown, name?: string) => NativeProperties;
}

/** The arguments of Connect and Disconnect as the core takes them. @internal */
export function encodeConnect(
  session: Session,
  pre: Nodes,
  post: Nodes,
  connSpec: unknown,
): ConnectArguments {
  const conn = encodeConnSpec(session, connSpec);
  const ids = nodeIdsOf(session);
  const preIds = ids(pre);
  const postIds = ids(post);
  if (!(preIds && postIds) && conn.rule === 'one_to_one') conn.arrays = true;
  const arrays = conn.arrays === true;
  const sources = preIds ?? explicitIds('pre', pre, arrays);
  const targets = postIds ?? explicitIds('post', post, arrays);
  const shape = (): Shape => shapeOf(conn, sources.length, targets.length);
  return {
    pre: sources,
    post: targets,
    conn,
    encodeSyn: (synSpec, name = 'syn_spec') => encodeSynSpec(session, synSpec, shape, name),
  };
}

/**
 * One specification, or a list of them.
 * @throws BadParameterValue for an empty list.
 * @internal
 */
export function encodeSynSpecs(
  { encodeSyn }: ConnectArguments,
  synSpec: unknown,
): NativeProperties[] {
  if (!isList(synSpec)) return [encodeSyn(synSpec)];
  if (synSpec.length === 0) {
    throw new BadParameterValue('A list of syn_specs must hold at least one of them, got none.', {
      parameter: 'syn_spec',
      allowed: 'at least one',
    });
  }
  return Array.from(synSpec, (spec, i) => encodeSyn(spec ?? null, `syn_spec[${i}]`));
}

function encodeConnSpec(session: Session, connSpec: unknown = 'all_to_all'): NativeProperties {
  if (typeof connSpec === 'string') return { rule: connSpec };
  const spec = checkObject(connSpec, 'conn_spec', 'the name of a rule or an object with a rule');
  if (spec.rule === undefined) {
    throw new BadProperty("conn_spec must name a rule, e.g. { rule: 'all_to_all' }.", {
      parameter: 'rule',
      expected: 'a rule',
    });
  }
  return encodeAll(spec, (key, value) => encodeValue(key, value, session));
}

function encodeSynSpec(
  session: Session,
  synSpec: unknown,
  shape: () => Shape,
  name: string,
): NativeProperties {
  if (synSpec === undefined) return {};
  if (typeof synSpec === 'string') return { synapse_model: synSpec };
  return encodeAll(
    checkObject(synSpec, name, 'the name of a synapse model or an object'),
    (key, value) =>
      isList(value) && isList(value[0])
        ? flatten(key, value as readonly unknown[], shape())
        : encodeValue(key, value, session),
  );
}

function encodeAll(
  values: Record<string, unknown>,
  encode: (key: string, value: unknown) => NativeValue,
): NativeProperties {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, encode(key, value)]),
  );
}

/** Rows and columns of a nested array of values; undefined where the rule takes none. */
type Shape = readonly [rows: number, columns: number] | undefined;

/** Nested arrays have a row for each target (or source) whose synapses the rule can count. */
function shapeOf(conn: NativeProperties, sources: number, targets: number): Shape {
  const counts: NativeProperties = { ...conn, sources, targets };
  const shape = typeof conn.rule === 'string' ? valueShapes.get(conn.rule) : undefined;
  const [rows, columns] = (shape ?? []).map((count) => counts[count]);
  return typeof rows === 'number' && typeof columns === 'number' ? [rows, columns] : undefined;
}

/** Rows one after the other, which is the order in which the rules use the values. */
function flatten(key: string, list: readonly unknown[], shape: Shape): Float64Array {
  const rows = toRows(key, list);
  const width = rows[0]?.length ?? 0;
  const isRegular = rows.every((row) => row.length === width);
  if (!shape || !isRegular || rows.length !== shape[0] || width !== shape[1]) {
    const given = isRegular ? `${rows.length} × ${width}` : 'rows of different lengths';
    const expected = shape ? `${shape[0]} × ${shape[1]}` : 'a flat array';
    throw new DimensionMismatch(`${key} must be ${expected} for this rule, got ${given}.`, {
      parameter: key,
      expected,
      given,
    });
  }
  const flat = new Float64Array(rows.length * width);
  for (const [i, row] of rows.entries()) flat.set(row, i * width);
  return flat;
}
