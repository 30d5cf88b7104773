import { type DependencyOrder, dependencyOrder } from './dependencies';
import { predefinedFunctions } from './functions';
import { keyOf, type NamedThing, type Scope, type SymbolKind } from './scope';
import type { Block, Expression, Model, Statement } from './syntax';
import { expressionsIn, expressionsOf, statementsIn } from './walk';

/** What a value or a function comes to depend on, also over inline expressions and functions. */
export interface Reads {
  /** One of each kind of things, and the time by itself. */
  readonly things: ReadonlyMap<SymbolKind | 'time', NamedThing>;
  /** Something that a function assigns to. */
  readonly assigned: NamedThing | undefined;
}

/** A function among names, which may be those of variables, too. */
export const functionKey = (name: string): string => `${name}()`;

/** What stands in a part of a text. */
interface Part {
  /** Variables, and functions by their keys. */
  readonly names: readonly string[];
  readonly assigned: readonly string[];
}

const NOTHING: Part = { names: [], assigned: [] };

/** Which names the parts of a model read. */
export class Reading {
  readonly #scope: Scope;
  /** Names that, where they are called, are functions. */
  readonly #functions: ReadonlySet<string>;
  readonly #parts = new Map<string, Part>();
  #reads: ReadonlyMap<string, Reads> | undefined;

  constructor({ blocks }: Model, scope: Scope) {
    this.#scope = scope;
    const own = blocks.flatMap((block) => (block.is === 'function' ? [block.name.text] : []));
    this.#functions = new Set([...Object.keys(predefinedFunctions), ...own]);
    for (const block of blocks) this.#add(block);
  }

  /** All names with a value and all functions, those first that others depend on. */
  get order(): DependencyOrder {
    return dependencyOrder(this.#parts.keys(), (name) => this.#parts.get(name)?.names ?? []);
  }

  /** What an inline expression reads, or a function by its key. */
  of(name: string): Reads | undefined {
    this.#reads ??= this.#all();
    return this.#reads.get(name);
  }

  #add(block: Block): void {
    switch (block.is) {
      case 'state':
      case 'parameters':
      case 'internals':
        for (const { variables, value } of block.declarations) {
          const part = value ? { ...NOTHING, names: this.#namesIn(value) } : NOTHING;
          for (const variable of variables) this.#parts.set(keyOf(variable), part);
        }
        break;
      case 'equations':
        for (const one of block.equations) {
          if (one.is !== 'inline') continue;
          this.#parts.set(one.name.text, { ...NOTHING, names: this.#namesIn(one.value) });
        }
        break;
      case 'function':
        this.#parts.set(functionKey(block.name.text), this.#partOf(block));
        break;
      default:
    }
  }

  #all(): Map<string, Reads> {
    const all = new Map<string, Reads>();
    for (const name of this.order.order) {
      const isOpen = name.endsWith('()') || this.#scope.find(name)?.kind === 'inline';
      if (isOpen) all.set(name, this.#readsOf(this.#parts.get(name) ?? NOTHING, all));
    }
    return all;
  }

  #readsOf({ names, assigned }: Part, known: ReadonlyMap<string, Reads>): Reads {
    const things = new Map<SymbolKind | 'time', NamedThing>();
    const found = (name: string): NamedThing[] => {
      const thing = this.#scope.find(name);
      return thing === undefined ? [] : [thing];
    };
    for (const thing of names.flatMap(found)) {
      things.set(thing.kind === 'constant' && thing.name === 't' ? 'time' : thing.kind, thing);
    }
    const within = names.flatMap((name) => known.get(name) ?? []);
    for (const reads of within) for (const [kind, thing] of reads.things) things.set(kind, thing);
    const own = assigned.flatMap(found).at(0);
    return { things, assigned: own ?? within.find((one) => one.assigned)?.assigned };
  }

  #namesIn(tree: Expression): string[] {
    return [...expressionsIn(tree)].flatMap((one) => {
      if (one.is === 'variable') return [keyOf(one)];
      if (one.is !== 'call') return [];
      const { text } = one.name;
      // What is no function is a state as it was.
      return [this.#functions.has(text) ? functionKey(text) : text];
    });
  }

  /** Of a function, names that are not its own. */
  #partOf({ parameters, body }: Block & { readonly is: 'function' }): Part {
    const own = new Set(parameters.map(({ name }) => name.text));
    const names: string[] = [];
    const assigned: string[] = [];
    for (const statement of statementsIn(body)) {
      const inside = expressionsOf(statement).flatMap((tree) => (tree ? this.#namesIn(tree) : []));
      names.push(...inside.filter((name) => !own.has(name)));
      const target = assignedBy(statement);
      if (target !== undefined && !own.has(target)) assigned.push(target);
      if (statement.is === 'declaration') {
        for (const variable of statement.variables) own.add(keyOf(variable));
      }
    }
    return { names, assigned };
  }
}

function assignedBy(statement: Statement): string | undefined {
  if (statement.is === 'assignment') return keyOf(statement.variable);
  return statement.is === 'for' ? statement.variable.text : undefined;
}
