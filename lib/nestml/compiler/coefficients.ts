import { plain, type ProgramBuilder, read, type Register, write } from './builder';
import type { Fixed } from './fixed';
import { RESOLUTION } from './lower';
import type { ParameterProgram } from './parameter-program';
import { symbol, type Term, TermKeys } from './terms';

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
  readonly keys = new TermKeys();
  readonly results: Register[] = [];
  readonly #program: ParameterProgram;
  readonly #known = new Map<string, number>();
  readonly #matrices = new Map<string, Register[][]>();
  readonly #fixed: Fixed;
  readonly #step: string;

  /** @param step The name of the time that equations are advanced by. */
  constructor(program: ParameterProgram, fixed: Fixed, step = RESOLUTION) {
    this.#program = program;
    this.#step = step;
    this.#fixed = fixed;
  }

  get builder(): ProgramBuilder {
    return this.#program.builder;
  }

  /** How many numbers the program is given. */
  get given(): number {
    return this.#program.given;
  }

  isFixed(term: Term): boolean {
    return this.#fixed.has(term);
  }

  /** Emits a term into the setup program. */
  emit(term: Term): Register {
    return this.#program.bodies.emit(term);
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

  /** e^matrix, worked out once for a key; its entries are registers of the setup program. */
  matrixExponential(key: string, entriesOf: () => readonly (readonly Register[])[]): Register[][] {
    const known = this.#matrices.get(key);
    if (known !== undefined) return known;
    const made = this.#exponential(entriesOf());
    this.#matrices.set(key, made);
    return made;
  }

  #exponential(entries: readonly (readonly Register[])[]): Register[][] {
    const size = entries.length;
    if (size === 1) return [[this.builder.apply('exponential', entries[0]![0]!)]];
    const from = this.builder.block(size * size);
    const to = this.builder.block(size * size);
    entries.flat().forEach((entry, i) => this.builder.assign(from[i]!, entry));
    const fields = [write(to[0]!), read(from[0]!), plain(size)];
    this.builder.do('matrix_exponential', fields, [...from, ...to]);
    return entries.map((row, i) => row.map((_, j) => to[i * size + j]!));
  }

  /** The length of a step. */
  get step(): Register {
    return this.emit(symbol(this.#step));
  }
}
