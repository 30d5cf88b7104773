import { constantOf, LARGEST_VECTOR, type Known, type Value, type Values } from './constants';
import { dependencyOrder } from './dependencies';
import type { ExpressionTypes } from './expression-types';
import { keyOf } from './scope';
import type { Declaration, Expression } from './syntax';
import { scaled } from './units';
import { expressionsIn } from './walk';

/**
 * What is known of values when a text is read: of literals, and of parameters and internals as long
 * as these have their defaults. Quantities are in the scale of their dimension. It is asked when all
 * types are known.
 */
export class KnownValues implements Values {
  readonly #types: ExpressionTypes;
  readonly #fixed: () => readonly Declaration[];
  #named: ReadonlyMap<string, Value> | undefined;

  /** @param fixed What is declared of parameters and internals; asked for when all is checked. */
  constructor(types: ExpressionTypes, fixed: () => readonly Declaration[]) {
    this.#types = types;
    this.#fixed = fixed;
  }

  of(tree: Expression): Value | undefined {
    this.#named ??= this.#defaults();
    return this.#value(tree, this.#named);
  }

  sizeOf(tree: Expression | undefined): number | undefined {
    const size = tree && this.of(tree);
    const isSize = typeof size === 'number' && Number.isInteger(size) && size >= 1;
    return isSize && size <= LARGEST_VECTOR ? size : undefined;
  }

  #value(tree: Expression, named: ReadonlyMap<string, Value>): Value | undefined {
    const types = this.#types;
    const known: Known = {
      valueOf: (leaf) => {
        const unit = types.unitOf(leaf);
        if (unit !== undefined) return scaled(leaf.is === 'number' ? leaf.value : 1, unit.factor);
        return leaf.is === 'variable' && !leaf.index ? named.get(keyOf(leaf)) : undefined;
      },
      // A literal divisor divides with decimals.
      isWhole: (quotient) =>
        types.typeOf(quotient)?.is === 'integer' &&
        quotient.is === 'binary' &&
        quotient.right.is !== 'number',
    };
    return constantOf(tree, known);
  }

  /** Of parameters and internals, those first that others are made of. */
  #defaults(): Map<string, Value> {
    const declared = new Map<string, Declaration>();
    for (const one of this.#fixed()) {
      for (const variable of one.variables) {
        if (variable.index === undefined) declared.set(keyOf(variable), one);
      }
    }
    const { order } = dependencyOrder(declared.keys(), (name) => namesIn(declared.get(name)));
    const named = new Map<string, Value>();
    for (const name of order) {
      const value = declared.has(name) ? this.#default(declared.get(name)!, named) : undefined;
      if (value !== undefined) named.set(name, value);
    }
    return named;
  }

  #default({ type, value }: Declaration, named: ReadonlyMap<string, Value>): Value | undefined {
    const given = value && this.#value(value, named);
    if (type.is !== 'plain') return value === undefined ? 0 : given;
    if (value === undefined) return type.name === 'boolean' ? false : 0;
    return type.name === 'integer' && typeof given === 'number' ? Math.trunc(given) : given;
  }
}

const namesIn = (declared: Declaration | undefined): string[] =>
  [...(declared?.value ? expressionsIn(declared.value) : [])].flatMap((tree) =>
    tree.is === 'variable' ? [keyOf(tree)] : [],
  );
