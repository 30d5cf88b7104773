import type { CheckedModel } from '../checked-model';
import { keyOf } from '../scope';
import type { Declaration, Expression, TypeText, UnitText, Variable } from '../syntax';
import { dimensionText, type Factor, isDimensionless, unitIn } from '../units';
import type { NumberKind } from './code';

// The numbers that a model declares: each by itself, those of vectors too.

/** A number with a place. */
export interface Entry {
  /** By which terms know it: `V_m`, `x'`, `w[0]`. */
  readonly symbol: string;
  /** By which users know it: `V_m`, `x__d`, `w_0`. */
  readonly name: string;
  readonly kind: NumberKind;
  /** Of its number as it is held, and seen from outside. */
  readonly unit: string;
  /** From what is held to the scale of its dimension. */
  readonly held: Factor;
  readonly value: Expression | undefined;
  readonly declared: Declaration;
}

const SCALE: Factor = { decimals: 0, mantissa: 1 };

const isScale = ({ decimals, mantissa }: Factor): boolean => decimals === 0 && mantissa === 1;

/** How numbers of a type are held. */
export function heldAs(type: TypeText): Pick<Entry, 'kind' | 'unit' | 'held'> {
  if (type.is === 'plain') {
    const kind = type.name === 'integer' || type.name === 'boolean' ? type.name : 'real';
    return { kind, unit: '', held: SCALE };
  }
  const unit = unitIn(type.unit);
  if ('text' in unit) throw new Error(`The unit '${unit.text.name}' was not refused.`);
  const { dimension, held } = unit;
  const text = isScale(held)
    ? isDimensionless(dimension)
      ? ''
      : dimensionText(dimension)
    : unitText(type.unit);
  return { kind: 'real', unit: text, held };
}

/** A unit as it is written. */
function unitText(tree: UnitText): string {
  switch (tree.is) {
    case 'one':
      return '1';
    case 'unit':
      return tree.name;
    case 'power':
      return `${unitText(tree.base)}**${tree.exponent}`;
    case 'product': {
      const right = unitText(tree.right);
      return `${unitText(tree.left)}${tree.operator}${tree.right.is === 'product' ? `(${right})` : right}`;
    }
  }
}

export const elementOf = (name: string, index: number): string => `${name}[${index}]`;

/** All elements of a vector. */
export const elementsOf = (name: string, size: number): string[] =>
  Array.from({ length: size }, (_, k) => elementOf(name, k));

/** A name with its primes as a name without. */
const seenAs = ({ name, order }: Pick<Variable, 'name' | 'order'>): string =>
  name.text + '__d'.repeat(order);

export class Names {
  readonly parameters: readonly Entry[];
  readonly states: readonly Entry[];
  readonly internals: ReadonlyMap<string, Entry>;
  /** How many elements each vector of the model has. */
  readonly sizes = new Map<string, number>();

  constructor(model: CheckedModel) {
    const entries = (kind: 'state' | 'parameters' | 'internals'): Entry[] =>
      model.declarations(kind).flatMap((one) => this.#entriesOf(one, model));
    this.parameters = entries('parameters');
    this.states = entries('state');
    this.internals = new Map(entries('internals').map((one) => [one.symbol, one]));
  }

  #entriesOf(declared: Declaration, model: CheckedModel): Entry[] {
    const { variables, type, value } = declared;
    return variables.flatMap((variable): Entry[] => {
      if (model.kernelsWithEquations.has(variable.name.text)) return [];
      const size = model.values.sizeOf(variable.index);
      const [key, name] = [keyOf(variable), seenAs(variable)];
      const same = { ...heldAs(type), value, declared };
      if (size === undefined) return [{ symbol: key, name, ...same }];
      this.sizes.set(key, size);
      return Array.from({ length: size }, (_, k) => ({
        ...{ symbol: elementOf(key, k), name: `${name}_${k}`, ...same },
      }));
    });
  }

  parameter(symbol: string): Entry | undefined {
    return this.parameters.find((one) => one.symbol === symbol);
  }
  state(symbol: string): Entry | undefined {
    return this.states.find((one) => one.symbol === symbol);
  }
}
