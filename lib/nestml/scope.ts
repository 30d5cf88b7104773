import { endWith, nearestName, quoted } from '../suggest';
import type { Problems, Span } from './source';
import type { Expression, TypeText, Variable } from './syntax';
import { MS, quantityOf, REAL, type Type } from './types';
import { nearestUnit, powerMeant, unitIn, unitNamed } from './units';

/** What a name is. */
export type SymbolKind =
  | 'state'
  | 'parameter'
  | 'internal'
  | 'inline'
  | 'kernel'
  | 'spike port'
  | 'continuous port'
  | 'local'
  | 'argument'
  | 'constant';

/** A kind in words. */
export const kindText = (kind: SymbolKind): string =>
  ({
    state: 'a state',
    parameter: 'a parameter',
    internal: 'an internal',
    inline: 'an inline expression',
    kernel: 'a kernel',
    'spike port': 'a port of spikes',
    'continuous port': 'a continuous port',
    local: 'a local variable',
    argument: 'an argument',
    constant: 'a constant',
  })[kind];

/** Something with a name. */
export interface NamedThing {
  /** With its primes: `x'`. */
  readonly name: string;
  readonly kind: SymbolKind;
  /** Undefined where what is said of it is wrong; that has been told. */
  readonly type: Type | undefined;
  readonly isVector: boolean;
  /** Of a vector. */
  readonly size?: Expression | undefined;
  /** Where it is declared; undefined for what the language declares. */
  readonly declared: Span | undefined;
}

/** A name with its primes, by which states are known. */
export const keyOf = ({ name, order }: Pick<Variable, 'name' | 'order'>): string =>
  name.text + "'".repeat(order);

/** A variable as an error names it: with its primes, and with its index where that is short. */
export function writtenText(variable: Variable): string {
  const { index } = variable;
  if (index === undefined) return keyOf(variable);
  const isName = index.is === 'variable' && index.index === undefined;
  const text = index.is === 'number' ? `${index.value}` : isName ? keyOf(index) : '…';
  return `${variable.name.text}[${text}]${"'".repeat(variable.order)}`;
}

/** Names that belong together; inner ones hide those around them. */
export class Scope {
  readonly #outer: Scope | undefined;
  readonly #problems: Problems;
  readonly #things = new Map<string, NamedThing>();

  constructor(problems: Problems, outer?: Scope) {
    this.#problems = problems;
    this.#outer = outer;
  }

  /** All names that are known here. */
  get names(): string[] {
    return [...new Set([...this.#things.keys(), ...(this.#outer?.names ?? [])])];
  }

  /** Declares a thing, once. */
  declare(thing: NamedThing): void {
    const { name, declared } = thing;
    if (declared !== undefined && name.includes('__')) {
      const made = 'for names made of others, such as kernel__X__port';
      this.#problems.error(declared, `${quoted(name)} has '__' in it, which is reserved ${made}.`);
    }
    const before = this.#things.get(name) ?? this.#constant(name);
    if (before === undefined) {
      this.#things.set(name, thing);
      if (declared !== undefined && unitNamed(name) !== undefined) {
        const instead = `an expression with ${name} means this one`;
        this.#problems.warning(declared, `${quoted(name)} is also the name of a unit; ${instead}.`);
      }
    } else if (declared !== undefined) {
      const where = before.declared ? ` in line ${before.declared.start.line}` : '';
      this.#problems.error(
        declared,
        before.declared
          ? `${quoted(name)} is declared already, as ${kindText(before.kind)}${where}.`
          : `${quoted(name)} is ${kindText(before.kind)} of the language, and cannot be declared.`,
      );
    }
  }

  /** Constants of the language cannot be hidden. */
  #constant(name: string): NamedThing | undefined {
    const found = this.find(name);
    return found?.kind === 'constant' ? found : undefined;
  }

  find(name: string): NamedThing | undefined {
    return this.#things.get(name) ?? this.#outer?.find(name);
  }

  /** What a name is; where there is none of that name it is told. */
  resolve(variable: Pick<Variable, 'name' | 'order'> & Span): NamedThing | undefined {
    const key = keyOf(variable);
    const found = this.find(key);
    if (found !== undefined || this.#problems.unread.has(variable.name.text)) return found;
    const suggestion = this.#problems.areMany ? undefined : nearestName(key, this.names);
    this.#problems.error(
      variable,
      `There is no variable ${quoted(key)}${endWith(suggestion)}`,
      suggestion,
    );
    return undefined;
  }
}

/** The scope of what the language declares. @param hasPi Since NESTML 8. */
export function languageScope(problems: Problems, hasPi: boolean): Scope {
  const scope = new Scope(problems);
  const constants = { t: MS, e: REAL, ...(hasPi && { pi: REAL }) };
  for (const [name, type] of Object.entries(constants)) {
    scope.declare({ name, kind: 'constant', type, isVector: false, declared: undefined });
  }
  return scope;
}

/** The type that a text stands for; where there is none it is told. */
export function typeIn(text: TypeText, problems: Problems): Type | undefined {
  if (text.is === 'plain') return { is: text.name };
  const unit = unitIn(text.unit);
  if (!('text' in unit)) return quantityOf(unit.dimension);
  refuseUnit(unit.text, unit.text.name, problems);
  return undefined;
}

/** Tells that there is no such unit. @param factor What stands in front of a power of one. */
export function refuseUnit(span: Span, name: string, problems: Problems, factor = ''): void {
  const power = powerMeant(name);
  if (power !== undefined) {
    const says = `There is no unit or type ${quoted(name)}; write ${factor}${power}.`;
    problems.error(span, says, factor + power);
    return;
  }
  const suggestion = nearestUnit(name);
  problems.error(
    span,
    `There is no unit or type ${quoted(name)}${endWith(suggestion)}`,
    suggestion,
  );
}
