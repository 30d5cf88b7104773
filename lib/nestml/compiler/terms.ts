// Values as they are worked out: numbers of the scales, names, and the core's operations.

/** Operations that have the value of their operands alone, and are done lane by lane. */
export type Operation =
  | ('add' | 'subtract' | 'multiply' | 'divide' | 'negate' | 'absolute' | 'least' | 'greatest')
  | ('round_down' | 'round_up' | 'round_half_away' | 'truncate' | 'remainder')
  | ('less' | 'less_or_equal' | 'equal' | 'not_equal' | 'both' | 'either' | 'without' | 'invert')
  | ('select' | 'to_mask' | 'to_number')
  | ('exponential' | 'exponential_minus_1' | 'logarithm' | 'logarithm_10' | 'power')
  | ('sine' | 'cosine' | 'tangent' | 'hyperbolic_sine' | 'hyperbolic_cosine' | 'hyperbolic_tangent')
  | ('error_function' | 'complementary_error_function')
  | ('bits_and' | 'bits_or' | 'bits_exclusive_or' | 'bits_not' | 'shift_left' | 'shift_right');

export type Draw = 'normal' | 'uniform' | 'poisson';

/** A number where nothing else is said, and a mask where `isMask` says so. */
export type Term =
  | { readonly is: 'number'; readonly value: number }
  | { readonly is: 'truth'; readonly value: boolean }
  | { readonly is: 'symbol'; readonly name: string }
  | { readonly is: 'scaled'; readonly decimals: number; readonly operand: Term }
  | { readonly is: 'apply'; readonly operation: Operation; readonly operands: readonly Term[] }
  /** One of a vector, by a number that is known only when it is used. */
  | {
      readonly is: 'element';
      readonly of: readonly string[];
      readonly index: Term;
      readonly name: string;
    }
  /** A function of the model's own. */
  | { readonly is: 'call'; readonly name: string; readonly operands: readonly Term[] }
  | { readonly is: 'draw'; readonly draw: Draw; readonly operands: readonly Term[] };

export const number = (value: number): Term => ({ is: 'number', value });
export const truth = (value: boolean): Term => ({ is: 'truth', value });
export const symbol = (name: string): Term => ({ is: 'symbol', name });

export const ZERO = number(0);
export const ONE = number(1);

const isNumber = (term: Term, value: number): boolean =>
  term.is === 'number' && Object.is(term.value, value);

export const isZero = (term: Term): boolean => term.is === 'number' && term.value === 0;

/** A term times a power of ten, which is kept apart: what goes up and down again is not rounded. */
export function scaled(operand: Term, decimals: number): Term {
  if (operand.is === 'scaled') return scaled(operand.operand, operand.decimals + decimals);
  return decimals === 0 || isNumber(operand, 0) ? operand : { is: 'scaled', decimals, operand };
}

const split = (term: Term): [Term, number] =>
  term.is === 'scaled' ? [term.operand, term.decimals] : [term, 0];

export function multiply(left: Term, right: Term): Term {
  const [a, decimals] = split(left);
  const [b, others] = split(right);
  return scaled(product(a, b), decimals + others);
}

function product(a: Term, b: Term): Term {
  if (isNumber(a, 1)) return b;
  if (isNumber(b, 1)) return a;
  if (a.is === 'number' && b.is === 'number') return number(a.value * b.value);
  return { is: 'apply', operation: 'multiply', operands: [a, b] };
}

export function divide(left: Term, right: Term): Term {
  const [a, decimals] = split(left);
  const [b, others] = split(right);
  const quotient: Term = isNumber(b, 1)
    ? a
    : { is: 'apply', operation: 'divide', operands: [a, b] };
  return scaled(quotient, decimals - others);
}

export const add = (a: Term, b: Term): Term =>
  isNumber(a, 0) ? b : isNumber(b, 0) ? a : apply('add', a, b);
export const negate = (a: Term): Term => {
  if (a.is !== 'number') return apply('negate', a);
  return a.value === 0 ? ZERO : number(-a.value);
};

export const apply = (operation: Operation, ...operands: Term[]): Term => ({
  is: 'apply',
  operation,
  operands,
});

export const not = (mask: Term): Term => apply('invert', mask);

/** The terms that a term is made of, one level down. */
export function partsOf(term: Term): readonly Term[] {
  switch (term.is) {
    case 'number':
    case 'truth':
    case 'symbol':
      return [];
    case 'scaled':
      return [term.operand];
    case 'element':
      return [...term.of.map(symbol), term.index];
    case 'apply':
    case 'call':
    case 'draw':
      return term.operands;
  }
}

/** Of what a term is made; parts that stand in several places are looked at once. */
interface Made {
  readonly symbols: ReadonlySet<string>;
  /** The model's functions that it calls. */
  readonly calls: ReadonlySet<string>;
  readonly hasDraws: boolean;
  /** Whether it reads an element by a number that may be wrong. */
  readonly hasElements: boolean;
  /** How many terms it is written out. */
  readonly size: number;
}

const made = new WeakMap<Term, Made>();

function madeOf(term: Term): Made {
  const known = made.get(term);
  if (known !== undefined) return known;
  const parts = partsOf(term).map(madeOf);
  const own = term.is === 'symbol' ? [term.name] : [];
  const calls = term.is === 'call' ? [term.name] : [];
  const found: Made = {
    symbols: union(own, parts, ({ symbols }) => symbols),
    calls: union(calls, parts, (part) => part.calls),
    hasDraws: term.is === 'draw' || parts.some((part) => part.hasDraws),
    hasElements: term.is === 'element' || parts.some((part) => part.hasElements),
    size: parts.reduce((sum, { size }) => sum + size, 1),
  };
  made.set(term, found);
  return found;
}

const NONE: ReadonlySet<string> = new Set();

function union(
  own: readonly string[],
  parts: readonly Made[],
  of: (part: Made) => ReadonlySet<string>,
): ReadonlySet<string> {
  const sets = parts.map(of).filter((set) => set.size > 0);
  if (own.length === 0) {
    if (sets.length === 0) return NONE;
    if (sets.length === 1) return sets[0]!;
  }
  return new Set([...own, ...sets.flatMap((set) => [...set])]);
}

/** The names in a term. */
export const symbolsIn = (term: Term): ReadonlySet<string> => madeOf(term).symbols;
export const callsIn = (term: Term): ReadonlySet<string> => madeOf(term).calls;
export const hasDraws = (term: Term): boolean => madeOf(term).hasDraws;
/** Whether working it out does, or can do, more than to give its value. */
export const canAct = (term: Term): boolean => {
  const { calls, hasDraws, hasElements } = madeOf(term);
  return calls.size > 0 || hasDraws || hasElements;
};
export const sizeOf = (term: Term): number => madeOf(term).size;

/** Numbers of terms: those that are the same have the same. Of one model. */
export class TermKeys {
  readonly #ofText = new Map<string, number>();
  readonly #ofTerm = new WeakMap<Term, number>();

  of(term: Term): number {
    const known = this.#ofTerm.get(term);
    if (known !== undefined) return known;
    const key = this.ofText(
      `${ownText(term)} ${partsOf(term)
        .map((part) => this.of(part))
        .join()}`,
    );
    this.#ofTerm.set(term, key);
    return key;
  }

  ofText(text: string): number {
    const known = this.#ofText.get(text);
    if (known !== undefined) return known;
    this.#ofText.set(text, this.#ofText.size);
    return this.#ofText.size - 1;
  }
}

/** What a term is besides its parts. */
function ownText(term: Term): string {
  switch (term.is) {
    case 'number':
      return `number ${Object.is(term.value, -0) ? '-0' : term.value}`;
    case 'truth':
      return `truth ${String(term.value)}`;
    case 'symbol':
    case 'call':
      return `${term.is} ${term.name}`;
    case 'scaled':
      return `scaled ${term.decimals}`;
    case 'apply':
      return `apply ${term.operation}`;
    case 'element':
    case 'draw':
      return term.is;
  }
}
