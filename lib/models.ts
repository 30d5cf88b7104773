// What models there are and what they can be given, as data: tegmenta/models.
import { UnknownComponent } from './errors';
import { mismatch } from './forms';
import { native, type NativeModelDescription, type NativeParameterDescription } from './native';
import { models as declared } from './registry';
import { endWith, nearestName } from './suggest';

/** What a model is: a neuron, a device that stimulates or records, or a synapse model. */
export type ModelKind = 'neuron' | 'stimulator' | 'recorder' | 'synapse';

/**
 * Types of values: one number, `int` a whole one; a boolean; a text; several of them; a node
 * (`nodes`), synapses, or what a recorder holds.
 */
export type ParameterType =
  | 'double'
  | 'int'
  | 'bool'
  | 'string'
  | 'doubles'
  | 'ints'
  | 'strings'
  | 'nodes'
  | 'synapses'
  | 'events';

/** A default: null where there is none that could be written down, as of nodes and synapses. */
export type DefaultValue = number | boolean | string | readonly (number | string)[] | null;

/** The numbers that are allowed, with the names of JSON Schema; a bound that is not there is none. */
export interface NumberRange {
  /** Smallest number. */
  readonly minimum?: number;
  /** All numbers are larger. */
  readonly exclusiveMinimum?: number;
  /** Largest number. */
  readonly maximum?: number;
  /** All numbers are smaller. */
  readonly exclusiveMaximum?: number;
}

/** A parameter or a state of a model. */
export interface ParameterDescription {
  /** As Create, `get` and `set` know it. */
  readonly name: string;
  /** Of one value, as of one node. */
  readonly type: ParameterType;
  /** As text: `ms`, `mV`; empty where there is none. */
  readonly unit: string;
  /** What it is where nothing is given. */
  readonly default: DefaultValue;
  /** Allowed values in words, as errors say them; empty where anything finite is allowed. */
  readonly allowed: string;
  /**
   * The same for forms: of numbers (each of them, of an array), of which none but those of
   * `infinities` are infinite. There where `type` is double, int, doubles or ints.
   */
  readonly range?: NumberRange;
  /** The infinities that are allowed besides. JSON has null for an infinity, which can be given, too. */
  readonly infinities: readonly number[];
  /** What it means, in words. */
  readonly description: string;
  /**
   * `parameter` and `state` can be set for each node or synapse, `common` for a synapse model
   * (CopyModel, SetDefaults), `readonly` can only be read.
   */
  readonly role: 'parameter' | 'state' | 'common' | 'readonly';
  /** Whether it can be set at all: its role is not `readonly`. */
  readonly settable: boolean;
  /** Whether a multimeter, of synapses a synapse_recorder, records it. */
  readonly recordable: boolean;
  /** Each receptor has one: this is the first one's, the others' names end in their numbers. */
  readonly ofReceptor: boolean;
}

/** A model with all that can be set and read. */
export interface ModelDescription {
  /** As Create or Connect know it. */
  readonly name: string;
  /** What it is a model of. */
  readonly kind: ModelKind;
  /** One sentence. */
  readonly summary: string;
  /** Papers or documentation that it comes from; empty where none is named. */
  readonly source: string;
  /** A line each; empty where the summary says all. */
  readonly equations: string;
  /** In the order of the documents. */
  readonly parameters: readonly ParameterDescription[];
  /** What can be recorded of it. */
  readonly recordables: readonly string[];
  /** Of a synapse model: names of models that are the same (`_hpc`, `_lbl`). */
  readonly variants: readonly string[];
}

/**
 * All built-in models: neurons, stimulators, recorders, synapse models, each as `model` gives it. Of
 * one kind, if that is given. The arrays and objects are frozen; nothing of it depends on a kernel.
 * @throws UnknownComponent for a kind that there is not
 */
export function models(kind?: ModelKind): readonly ModelDescription[] {
  if (kind === undefined) return all;
  const found = ofKind.get(kind);
  if (found === undefined) throw unknown('kind', 'There is no kind of models', kind, ofKind.keys());
  return found;
}

/**
 * A built-in model by its name, or by that of a variant.
 * @throws UnknownComponent naming the nearest model; TypeMismatch
 */
export function model(name: string): ModelDescription {
  const found = byName.get(name);
  if (found === undefined) throw unknown('model', 'There is no model', name, byName.keys());
  return found;
}

/** What every node can be asked for, besides what its model declares. */
export function nodeAttributes(): readonly ParameterDescription[] {
  return readOuts;
}

function unknown(
  parameter: string,
  thereIsNo: string,
  name: unknown,
  known: Iterable<string>,
): Error {
  if (typeof name !== 'string') return mismatch(parameter, 'a name', name, parameter);
  const suggestion = nearestName(name, known);
  return new UnknownComponent(`${thereIsNo} '${name}'${endWith(suggestion)}`, {
    ...{ parameter, value: name, suggestion },
  });
}

function describe(model: NativeModelDescription): ModelDescription {
  const { name, kind, summary, source, equations, recordables, variants } = model;
  return frozen({
    ...{ name, kind: kind as ModelKind, summary, source, equations, recordables, variants },
    parameters: model.parameters.map((parameter) => describeParameter(parameter, recordables)),
  });
}

function describeParameter(
  declaration: NativeParameterDescription,
  recordables: readonly string[],
): ParameterDescription {
  const { name, type, unit, allowed, description, role, ofReceptor } = declaration;
  const isNumber = /^(?:double|int)s?$/.test(type);
  return {
    ...{ name, unit, allowed, description, ofReceptor },
    type: type as ParameterType,
    role: role as ParameterDescription['role'],
    default: defaultOf(declaration),
    ...(isNumber && { range: rangeOf(allowed) }),
    infinities: infinitiesOf(allowed),
    settable: role !== 'readonly',
    recordable: recordables.includes(name),
  };
}

/** A default from its text, which JSON could read but for numbers that are infinite. */
function defaultOf({ type, default: text }: NativeParameterDescription): DefaultValue {
  if (type === 'double' || type === 'int') return Number(text);
  if (text === '' || text === 'none' || type === 'events') return null;
  return JSON.parse(text) as DefaultValue;
}

/** The bounds that `Range::text` of the core (cpp/models/declaration.cc) has put into words. */
function rangeOf(allowed: string): NumberRange {
  const interval = /in ([[(])(\S+), (\S+)([\])])$/.exec(allowed);
  if (interval) {
    const [, opens, low, high, closes] = interval;
    return {
      [opens === '(' ? 'exclusiveMinimum' : 'minimum']: Number(low),
      [closes === ')' ? 'exclusiveMaximum' : 'maximum']: Number(high),
    };
  }
  const bound = /([<>≤≥]) (\S+)$/.exec(allowed);
  if (!bound) return {};
  const names = {
    '>': 'exclusiveMinimum',
    '≥': 'minimum',
    '<': 'exclusiveMaximum',
    '≤': 'maximum',
  };
  return { [names[bound[1] as keyof typeof names]]: Number(bound[2]) };
}

/** Above a bound that is not said to be finite there is Infinity, too. */
function infinitiesOf(allowed: string): number[] {
  if (allowed === 'a number') return [-Infinity, Infinity];
  if (/^[>≥]/.test(allowed) || allowed.endsWith('or Infinity')) return [Infinity];
  return allowed.endsWith('or -Infinity') ? [-Infinity] : [];
}

/** Freezes all that it holds. */
function frozen<T extends object>(value: T): T {
  for (const part of Object.values(value)) {
    if (typeof part === 'object' && part !== null) frozen(part as object);
  }
  return Object.freeze(value);
}

const all: readonly ModelDescription[] = frozen([...declared.values()].map(describe));
const byName: ReadonlyMap<string, ModelDescription> = new Map(
  all.flatMap((one) => [one.name, ...one.variants].map((name) => [name, one] as const)),
);
const ofKind: ReadonlyMap<string, readonly ModelDescription[]> = new Map(
  [...new Set(all.map(({ kind }) => kind))].map((kind) => [
    kind,
    Object.freeze(all.filter((one) => one.kind === kind)),
  ]),
);
const readOuts: readonly ParameterDescription[] = frozen(
  native.nodeReadOuts().map((readOut) => describeParameter(readOut, [])),
);
