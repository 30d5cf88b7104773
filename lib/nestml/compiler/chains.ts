import { linearForm } from './linear';
import {
  add,
  apply,
  divide,
  isZero,
  multiply,
  negate,
  number,
  ONE,
  symbol,
  symbolsIn,
  type Term,
  ZERO,
} from './terms';

// Functions of t as solutions of linear equations: Σ c tᵐ e^(λ t) cos(ω t) and sin(ω t).

/** One of the numbers that a convolution consists of. */
export interface ChainState {
  readonly symbol: string;
  /** Its slope, a linear form of the symbols of the convolution. */
  readonly slope: Term;
  /** What a spike of weight 1 adds to it. */
  readonly jump: Term;
}

/** The name that t has in kernels. */
export const TIME = 't';

const isTime = (term: Term): boolean => term.is === 'symbol' && term.name === TIME;
const isFixed = (term: Term): boolean => !symbolsIn(term).has(TIME);

interface Piece {
  readonly factor: Term;
  /** m */
  readonly power: number;
  /** λ */
  readonly rate: Term;
  /** ω; without one there is no wave. */
  readonly frequency: Term | undefined;
  readonly wave: 'cosine' | 'sine';
}

const constant = (factor: Term): Piece => ({
  ...{ factor, power: 0, rate: ZERO, frequency: undefined, wave: 'cosine' },
});

/** What a kernel consists of at most. */
const MOST_PIECES = 256;

/** The largest power of a sum that is multiplied out. */
const LARGEST_POWER = 8;

/** A term as such a sum; undefined where it is none. */
function piecesOf(term: Term): Piece[] | undefined {
  if (isFixed(term)) return [constant(term)];
  if (isTime(term)) return [{ ...constant(ONE), power: 1 }];
  if (term.is === 'scaled') {
    const { decimals } = term;
    return times(piecesOf(term.operand), [constant({ is: 'scaled', decimals, operand: ONE })]);
  }
  if (term.is !== 'apply') return undefined;
  const [a, b] = term.operands as [Term, Term];
  switch (term.operation) {
    case 'negate':
      return times(piecesOf(a), [constant(number(-1))]);
    case 'add':
      return both(piecesOf(a), piecesOf(b));
    case 'subtract':
      return both(piecesOf(a), times(piecesOf(b), [constant(number(-1))]));
    case 'multiply':
      return times(piecesOf(a), piecesOf(b));
    case 'divide':
      return isFixed(b) ? times(piecesOf(a), [constant(divide(ONE, b))]) : undefined;
    case 'power':
      return powerOf(a, b);
    case 'exponential':
      return exponential(a);
    case 'sine':
    case 'cosine':
      return wave(term.operation, a);
    case 'hyperbolic_sine':
      return both(
        halfOf(exponential(a)),
        times(halfOf(exponential(negate(a))), [constant(number(-1))]),
      );
    case 'hyperbolic_cosine':
      return both(halfOf(exponential(a)), halfOf(exponential(negate(a))));
    default:
      return undefined;
  }
}

const both = (a: Piece[] | undefined, b: Piece[] | undefined): Piece[] | undefined =>
  a && b && [...a, ...b];

function times(a: Piece[] | undefined, b: Piece[] | undefined): Piece[] | undefined {
  if (!a || !b || a.length * b.length > MOST_PIECES) return undefined;
  const products: Piece[] = [];
  for (const one of a) {
    for (const other of b) {
      if (one.frequency && other.frequency) return undefined;
      const { frequency, wave } = one.frequency ? one : other;
      products.push({
        factor: multiply(one.factor, other.factor),
        power: one.power + other.power,
        rate: add(one.rate, other.rate),
        ...{ frequency, wave },
      });
    }
  }
  return products;
}

function powerOf(base: Term, exponent: Term): Piece[] | undefined {
  if (base.is === 'number' && base.value === Math.E) return exponential(exponent);
  // aˣ = e^(x ln a)
  const isPositive = base.is !== 'number' || base.value > 0;
  if (isFixed(base) && isPositive) return exponential(multiply(exponent, apply('logarithm', base)));
  if (exponent.is !== 'number') return undefined;
  const { value } = exponent;
  if (!Number.isInteger(value) || value < 1 || value > LARGEST_POWER) return undefined;
  const one = piecesOf(base);
  let product = one;
  for (let k = 1; k < value; k++) product = times(product, one);
  return product;
}

const halfOf = (pieces: Piece[] | undefined): Piece[] | undefined =>
  times(pieces, [constant(number(0.5))]);

/** a + b t */
function lineOf(term: Term): { readonly at0: Term; readonly slope: Term } | undefined {
  const form = linearForm(term, new Set([TIME]));
  return form && { at0: form.rest, slope: form.coefficients.get(TIME) ?? ZERO };
}

function exponential(exponent: Term): Piece[] | undefined {
  const line = lineOf(exponent);
  if (!line) return undefined;
  const factor = isZero(line.at0) ? ONE : apply('exponential', line.at0);
  return [{ ...constant(factor), rate: line.slope }];
}

function wave(operation: 'sine' | 'cosine', argument: Term): Piece[] | undefined {
  const line = lineOf(argument);
  if (!line) return undefined;
  const { at0, slope } = line;
  const of = (factor: Term, one: 'sine' | 'cosine'): Piece => ({
    ...{ ...constant(factor), frequency: slope, wave: one },
  });
  if (isZero(at0)) return [of(ONE, operation)];
  const [sine, cosine] = [apply('sine', at0), apply('cosine', at0)];
  // sin(a + b) = sin a cos b + cos a sin b; cos(a + b) = cos a cos b − sin a sin b
  return operation === 'sine'
    ? [of(sine, 'cosine'), of(cosine, 'sine')]
    : [of(cosine, 'cosine'), of(negate(sine), 'sine')];
}

/** The pieces of one λ and one ω. */
export class Chain {
  readonly #pieces: readonly Piece[];

  constructor(pieces: readonly Piece[]) {
    this.#pieces = pieces;
  }

  /** How many states it has. */
  get length(): number {
    const powers = Math.max(...this.#pieces.map(({ power }) => power)) + 1;
    return this.#pieces[0]!.frequency ? 2 * powers : powers;
  }

  /**
   * Numbers z_m = Σ w tᵐ e^(λ t) over the spikes: z_m' = λ z_m + m z_(m−1), and a spike of weight w adds
   * w to z_0. With a wave there are two, u and v of cos and sin: u' has −ω v besides, v' ω u.
   */
  states(name: string): { readonly states: ChainState[]; readonly value: Term } {
    const { rate, frequency } = this.#pieces[0]!;
    const largest = Math.max(...this.#pieces.map(({ power }) => power));
    const isAlone = largest === 0 && !frequency;
    const key = (wave: Piece['wave'], m: number): string =>
      isAlone ? name : `${name} ${wave} ${m}`;
    const states: ChainState[] = [];
    for (let m = 0; m <= largest; m++) {
      for (const one of frequency ? (['cosine', 'sine'] as const) : (['cosine'] as const)) {
        const own = multiply(rate, symbol(key(one, m)));
        const before = m > 0 ? multiply(number(m), symbol(key(one, m - 1))) : ZERO;
        const other = frequency && symbol(key(one === 'sine' ? 'cosine' : 'sine', m));
        const turned = other ? multiply(frequency, other) : ZERO;
        const slope = add(add(own, before), one === 'sine' ? turned : negate(turned));
        const jump = m === 0 && one === 'cosine' ? ONE : ZERO;
        states.push({ symbol: key(one, m), slope, jump });
      }
    }
    const parts = this.#pieces.map(({ factor, power, wave: of }) =>
      multiply(factor, symbol(key(of, power))),
    );
    return { states, value: parts.reduce(add, ZERO) };
  }
}

/** A function of t as chains; undefined where it is no such sum. */
export function chainsOf(term: Term): Chain[] | undefined {
  const pieces = piecesOf(term);
  if (!pieces) return undefined;
  const groups = new Map<string, Piece[]>();
  for (const piece of pieces) {
    const key = JSON.stringify([piece.rate, piece.frequency]);
    groups.set(key, [...(groups.get(key) ?? []), piece]);
  }
  return [...groups.values()].map((group) => new Chain(group));
}
