import { symbol, type Term, TermKeys } from './terms';
import { plain, ProgramBuilder, read, type Register, write } from './builder';
import { Bodies } from './bodies';
import { type Lowering, RESOLUTION, TICS } from './lower';
import type { Fixed } from './fixed';

/** Operations whose result is a mask. */
const maskOperations: ReadonlySet<string> = new Set([
  ...['less', 'less_or_equal', 'equal', 'not_equal'],
  ...['both', 'either', 'without', 'invert', 'to_mask'],
]);

export function isMask(term: Term): boolean {
  if (term.is === 'truth') return true;
  if (term.is !== 'apply') return false;
  return term.operation === 'select'
    ? isMask(term.operands[1]!)
    : maskOperations.has(term.operation);
}

/** What is worked out of the parameters before a run: the setup program, and what it gives. */
export class Coefficients {
  readonly builder = new ProgramBuilder();
  readonly keys = new TermKeys();
  readonly results: Register[] = [];
  readonly #lowering: Lowering;
  readonly #bodies: Bodies;
  readonly #known = new Map<string, number>();
  readonly #internals = new Map<string, Register>();
  readonly #fixed: Fixed;
  /** Names of parameters, in their order. */
  readonly #parameters: readonly string[];

  constructor(lowering: Lowering, fixed: Fixed, parameters: readonly string[]) {
    this.#lowering = lowering;
    this.#parameters = parameters;
    this.#fixed = fixed;
    this.#bodies = new Bodies(lowering, this.builder, (name) => this.#valueOf(name));
  }

  /** What the program is given: parameters, the resolution, tics. */
  get given(): number {
    return this.#parameters.length + 2;
  }

  #valueOf(name: string): Register {
    const count = this.#parameters.length;
    if (name === RESOLUTION) return this.builder.given('parameter', count);
    if (name === TICS) return this.builder.given('parameter', count + 1);
    const at = this.#parameters.indexOf(name);
    if (at >= 0) return this.builder.given('parameter', at);
    const known = this.#internals.get(name);
    if (known !== undefined) return known;
    const entry = this.#lowering.names.internals.get(name)!;
    const made = this.#bodies.initial(entry);
    this.#internals.set(name, made);
    return made;
  }

  isFixed(term: Term): boolean {
    return this.#fixed.has(term);
  }

  /** Emits a term into the setup program. */
  emit(term: Term): Register {
    return this.#bodies.emit(term);
  }

  /** The number of a coefficient. */
  numberOf(key: string, make: () => Register): number {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const made = this.results.push(make()) - 1;
    this.#known.set(key, made);
    return made;
  }

  /** A fixed term as a register of another program that is given the coefficients. */
  in(builder: ProgramBuilder, term: Term): Register | undefined {
    if (term.is === 'number' || term.is === 'truth' || !this.#fixed.has(term)) return undefined;
    if (term.is === 'scaled' && term.operand.is === 'number') return undefined;
    const isCondition = isMask(term);
    const number = this.numberOf(`term ${this.keys.of(term)}`, () => {
      const value = this.emit(term);
      return isCondition ? this.builder.apply('to_number', value) : value;
    });
    const given = builder.given('coefficient', number);
    return isCondition ? builder.apply('to_mask', given) : given;
  }

  /** e^matrix; its entries are registers of the setup program. */
  matrixExponential(entries: readonly (readonly Register[])[]): Register[][] {
    const size = entries.length;
    const from = this.builder.block(size * size);
    const to = this.builder.block(size * size);
    entries.flat().forEach((entry, i) => this.builder.assign(from[i]!, entry));
    const fields = [write(to[0]!), read(from[0]!), plain(size)];
    this.builder.do('matrix_exponential', fields, [...from, ...to]);
    return entries.map((row, i) => row.map((_, j) => to[i * size + j]!));
  }

  /** The length of a step. */
  get step(): Register {
    return this.emit(symbol(RESOLUTION));
  }
}
