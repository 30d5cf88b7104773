import type { Bodies } from './bodies';
import type { ProgramBuilder, Register } from './builder';
import type { Coefficients } from './coefficients';
import type { LinearForm } from './linear';
import { type Group, groupOf, type Plan } from './plans';
import { divide, multiply, negate, ONE, sizeOf, type Term } from './terms';

// Linear equations with constant coefficients over a step: x ← e^(A h) x + ∫ e^(A s) ds b. Source:
// Rotter & Diesmann (1999) Biol Cybern 81:381; the integral as a part of the exponential of a matrix
// with a column more for each b: Van Loan (1978) IEEE Trans Autom Control 23:395.

/** A larger one is not taken apart. */
const LARGEST_SUM = 1000;

/** What is added up in a term, each as a fixed factor and what it is a factor of. */
function* summands(
  term: Term,
  isFixed: (term: Term) => boolean,
  factor: Term = ONE,
): Generator<readonly [factor: Term, of: Term]> {
  if (isFixed(term)) {
    yield [multiply(factor, term), ONE];
    return;
  }
  if (term.is === 'apply' && sizeOf(term) < LARGEST_SUM) {
    const [a, b] = term.operands as [Term, Term];
    switch (term.operation) {
      case 'add':
        yield* summands(a, isFixed, factor);
        yield* summands(b, isFixed, factor);
        return;
      case 'subtract':
        yield* summands(a, isFixed, factor);
        yield* summands(b, isFixed, negate(factor));
        return;
      case 'negate':
        yield* summands(a, isFixed, negate(factor));
        return;
      case 'multiply':
        if (!isFixed(a) && !isFixed(b)) break;
        yield* summands(isFixed(a) ? b : a, isFixed, multiply(factor, isFixed(a) ? a : b));
        return;
      case 'divide':
        if (!isFixed(b)) break;
        yield* summands(a, isFixed, divide(factor, b));
        return;
      default:
    }
  }
  yield [factor, term];
}

/** The values after a step of what a plan advances exactly. */
export function advanceExactly(
  { exact, forms }: Plan,
  bodies: Bodies,
  builder: ProgramBuilder,
  coefficients: Coefficients,
): Map<string, Register> {
  return new Map(
    exact.map((name) => {
      const propagator = new Propagator(groupOf(name, forms), forms, coefficients);
      return [name, propagator.advance(name, bodies, builder)];
    }),
  );
}

class Propagator {
  readonly #group: Group;
  readonly #forms: ReadonlyMap<string, LinearForm>;
  readonly #coefficients: Coefficients;
  readonly #key: string;

  constructor(group: Group, forms: ReadonlyMap<string, LinearForm>, coefficients: Coefficients) {
    this.#group = group;
    this.#forms = forms;
    this.#coefficients = coefficients;
    const { keys } = coefficients;
    const rows = group.names.map((name) => {
      const own = [...forms.get(name)!.coefficients].map(([of, one]) => `${of} ${keys.of(one)}`);
      return `${name}: ${own.join()}`;
    });
    this.#key = `matrix ${keys.ofText([...rows, ...group.driven].join())}`;
  }

  /** e^(A h), with a column for each state that is driven; worked out when it is first needed. */
  get #entries(): Register[][] {
    return this.#coefficients.matrixExponential(this.#key, () => this.#rates());
  }

  /** A h, and a row of zeros below for each of those columns. */
  #rates(): Register[][] {
    const { names, driven } = this.#group;
    const setup = this.#coefficients;
    const [zero, step] = [setup.builder.constant(0), setup.step];
    const rows = names.map((row) => {
      const { coefficients } = this.#forms.get(row)!;
      const own = names.map((column) => {
        const one = coefficients.get(column);
        return one === undefined ? zero : setup.builder.apply('multiply', setup.emit(one), step);
      });
      return [...own, ...driven.map((one) => (one === row ? step : zero))];
    });
    const below = driven.map(() => [...names, ...driven].map(() => zero));
    return [...rows, ...below];
  }

  advance(name: string, bodies: Bodies, builder: ProgramBuilder): Register {
    const { names, driven } = this.#group;
    const row = names.indexOf(name);
    const terms: Register[] = [];
    names.forEach((one, column) => {
      const isHeld = one === name && this.#forms.get(name)!.coefficients.size === 0;
      const value = bodies.valueOf(one);
      const factor = isHeld ? builder.constant(1) : this.#entry(row, column, builder);
      terms.push(builder.apply('multiply', value, factor));
    });
    const fixed: Register[] = [];
    driven.forEach((one, k) => {
      const column = names.length + k;
      for (const [factor, of] of summands(this.#forms.get(one)!.rest, (term) =>
        this.#isFixed(term),
      )) {
        const setup = this.#coefficients;
        const scale = (): Register =>
          setup.builder.apply('multiply', this.#entries[row]![column]!, setup.emit(factor));
        if (of === ONE) {
          fixed.push(scale());
          continue;
        }
        const key = `${this.#key} ${row} ${column} ${this.#coefficients.keys.of(factor)}`;
        const given = builder.given('coefficient', setup.numberOf(key, scale));
        terms.push(builder.apply('multiply', given, bodies.emit(of)));
      }
    });
    if (fixed.length > 0) terms.push(this.#drive(name, fixed, builder));
    return terms.reduce((sum, term) => builder.apply('add', sum, term));
  }

  #isFixed(term: Term): boolean {
    return this.#coefficients.isFixed(term);
  }

  #entry(row: number, column: number, builder: ProgramBuilder): Register {
    const number = this.#coefficients.numberOf(
      `${this.#key} ${row} ${column}`,
      () => this.#entries[row]![column]!,
    );
    return builder.given('coefficient', number);
  }

  /** What all that is fixed adds in a step. */
  #drive(name: string, parts: readonly Register[], builder: ProgramBuilder): Register {
    const setup = this.#coefficients;
    const rests = this.#group.driven.map((one) => setup.keys.of(this.#forms.get(one)!.rest));
    const number = setup.numberOf(`${this.#key} ${name} ${rests.join()}`, () =>
      parts.reduce((sum, part) => setup.builder.apply('add', sum, part)),
    );
    return builder.given('coefficient', number);
  }
}
