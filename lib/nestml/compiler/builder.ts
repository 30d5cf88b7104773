import type { OperationName } from './code';
import type { Operation } from './terms';

// A program while it is written: every result has a register of its own; which of them share an
// operand of the program is found when it is finished (registers.ts).

export type Register = number;

/** What a program is given, by kind; kinds come in this order. */
export const givenKinds = ['parameter', 'coefficient', 'state', 'input', 'spikes'] as const;
export type GivenKind = (typeof givenKinds)[number];

export type Holds =
  | { readonly is: 'constant'; readonly value: number }
  | { readonly is: 'given'; readonly kind: GivenKind; readonly at: number }
  | { readonly is: 'temporary' }
  /** Of a block that stands together. */
  | { readonly is: 'block'; readonly block: number; readonly at: number };

/** A place in an instruction: an operand that is read or written, or a number. */
export interface Field {
  readonly is: 'read' | 'write' | 'number';
  readonly value: number;
}
export const read = (value: Register): Field => ({ is: 'read', value });
export const write = (value: Register): Field => ({ is: 'write', value });
export const plain = (value: number): Field => ({ is: 'number', value });

export type Step =
  | {
      readonly is: 'instruction';
      readonly operation: OperationName;
      readonly fields: readonly Field[];
      /** Registers that it uses besides. */
      readonly also?: readonly Register[];
    }
  /** Left out where no lane of the mask is set. */
  | { readonly is: 'skip'; readonly mask: Register; readonly body: readonly Step[] }
  /** Done again while a lane of the mask is set. */
  | { readonly is: 'loop'; readonly mask: Register; readonly body: readonly Step[] };

/** What instructions cost, in additions; one, if nothing is said. */
const costs: Partial<Record<OperationName, number>> = {
  ...{ divide: 4, remainder: 10, exponential: 12, exponential_minus_1: 15, logarithm: 15 },
  ...{ logarithm_10: 16, power: 40, sine: 30, cosine: 30, tangent: 40 },
  ...{ hyperbolic_sine: 30, hyperbolic_cosine: 30, hyperbolic_tangent: 30 },
  ...{ error_function: 40, complementary_error_function: 40 },
  ...{ normal: 30, uniform: 15, poisson: 60, integrate: 1000 },
};
/** From here on it is cheaper to look whether a body is needed. */
const WORTH_A_LOOK = 20;

function costOf(steps: readonly Step[]): number {
  return steps.reduce(
    (sum, step) =>
      sum + (step.is === 'instruction' ? (costs[step.operation] ?? 1) : 1 + costOf(step.body)),
    0,
  );
}

/** What a program holds at most: more would take longer to compile than anyone waits. */
const MOST_REGISTERS = 60_000;

/** A program is too large. */
export class TooLarge extends Error {}

export class ProgramBuilder {
  readonly holds: Holds[] = [];
  /** Those that are written more than once. */
  readonly changing = new Set<Register>();
  #steps: Step[] = [];
  #known = [new Map<string, Register>()];
  readonly #fixed = new Map<string, Register>();
  readonly #made = new Map<Register, { operation: OperationName; operands: readonly Register[] }>();
  #blocks = 0;
  #done = 0;

  get steps(): readonly Step[] {
    return this.#steps;
  }

  #new(holds: Holds): Register {
    if (this.holds.length === MOST_REGISTERS) throw new TooLarge();
    return this.holds.push(holds) - 1;
  }

  #once(key: string, holds: Holds): Register {
    const found = this.#fixed.get(key);
    if (found !== undefined) return found;
    const made = this.#new(holds);
    this.#fixed.set(key, made);
    return made;
  }

  constant(value: number): Register {
    const key = Object.is(value, -0) ? '-0' : String(value);
    return this.#once(`constant ${key}`, { is: 'constant', value });
  }

  given(kind: GivenKind, at: number): Register {
    return this.#once(`${kind} ${at}`, { is: 'given', kind, at });
  }

  /** One that can be written again. */
  changingFrom(value: Register): Register {
    const made = this.#new({ is: 'temporary' });
    this.changing.add(made);
    this.assign(made, value);
    return made;
  }

  assign(to: Register, value: Register): void {
    this.do('copy', [write(to), read(value)]);
  }

  fresh(): Register {
    return this.#new({ is: 'temporary' });
  }

  /** So many that stand together. */
  block(size: number): Register[] {
    const block = this.#blocks++;
    return Array.from({ length: size }, (_, at) => this.#new({ is: 'block', block, at }));
  }

  /** Counts what takes time, also where nothing comes of it. */
  spend(): void {
    if (++this.#done > MOST_REGISTERS) throw new TooLarge();
  }

  do(operation: OperationName, fields: readonly Field[], also?: readonly Register[]): void {
    this.spend();
    this.#steps.push({ is: 'instruction', operation, fields, ...(also && { also }) });
  }

  valueOf(register: Register): number | undefined {
    const holds = this.holds[register]!;
    return holds.is === 'constant' ? holds.value : undefined;
  }

  /** The result of an operation; what is known already is not worked out again. */
  apply(operation: Operation, ...operands: Register[]): Register {
    const simpler = this.#simpler(operation, operands);
    if (simpler !== undefined) return simpler;
    const key = `${operation} ${operands.join(' ')}`;
    for (const known of this.#known) {
      const found = known.get(key);
      if (found !== undefined) return found;
    }
    const made = this.fresh();
    this.do(operation, [write(made), ...operands.map(read)]);
    this.#made.set(made, { operation, operands });
    this.#known.at(-1)!.set(key, made);
    return made;
  }

  truth(value: boolean): Register {
    const zero = this.constant(0);
    return this.apply(value ? 'equal' : 'not_equal', zero, zero);
  }

  #isTruth(register: Register, value: boolean): boolean {
    const made = this.#made.get(register);
    const zero = this.constant(0);
    return (
      made?.operation === (value ? 'equal' : 'not_equal') &&
      made.operands.every((operand) => operand === zero)
    );
  }

  #simpler(operation: Operation, operands: readonly Register[]): Register | undefined {
    const [a, b, c] = operands as [Register, Register, Register];
    const made = this.#made.get(a);
    switch (operation) {
      case 'select':
        if (b === c || this.#isTruth(a, true)) return b;
        if (this.#isTruth(a, false)) return c;
        if (this.valueOf(b) !== 1 || !Object.is(this.valueOf(c), 0)) return undefined;
        return this.apply('to_number', a);
      case 'to_mask':
        return made?.operation === 'to_number' ? made.operands[0] : undefined;
      case 'invert':
        if (this.#isTruth(a, true)) return this.truth(false);
        if (this.#isTruth(a, false)) return this.truth(true);
        return made?.operation === 'invert' ? made.operands[0] : undefined;
      case 'both':
        if (a === b || this.#isTruth(b, true) || this.#isTruth(a, false)) return a;
        return this.#isTruth(a, true) || this.#isTruth(b, false) ? b : undefined;
      case 'either':
        if (a === b || this.#isTruth(b, false) || this.#isTruth(a, true)) return a;
        return this.#isTruth(a, false) || this.#isTruth(b, true) ? b : undefined;
      default:
        return this.#arithmetic(operation, a, b);
    }
  }

  #arithmetic(operation: Operation, a: Register, b: Register): Register | undefined {
    const [x, y] = [this.valueOf(a), b === undefined ? undefined : this.valueOf(b)];
    if (operation === 'negate') return x === undefined ? undefined : this.constant(-x);
    if (operation === 'multiply' && x === 1) return b;
    if ((operation === 'multiply' || operation === 'divide') && y === 1) return a;
    if (x === undefined || y === undefined) return undefined;
    switch (operation) {
      case 'less':
        return this.truth(x < y);
      case 'less_or_equal':
        return this.truth(x <= y);
      case 'equal':
      case 'not_equal': {
        const isEqual = x === y;
        // What is true, or false, is itself 0 = 0, or 0 ≠ 0.
        const isTruth = x === 0 && y === 0;
        return isTruth ? undefined : this.truth(isEqual === (operation === 'equal'));
      }
      case 'add':
        return this.constant(x + y);
      case 'subtract':
        return this.constant(x - y);
      case 'multiply':
        return this.constant(x * y);
      case 'divide':
        return this.constant(x / y);
      default:
        return undefined;
    }
  }

  /** Writes elsewhere: what is worked out there is not known here. */
  #apart(write: () => void): { readonly body: Step[]; readonly known: Map<string, Register> } {
    const around = this.#steps;
    const known = new Map<string, Register>();
    this.#steps = [];
    this.#known.push(known);
    try {
      write();
      return { body: this.#steps, known };
    } finally {
      this.#known.pop();
      this.#steps = around;
    }
  }

  /** What only lanes of a mask need; it is left out where there are none and that is cheaper. */
  under(mask: Register, write: () => void): void {
    const { body, known } = this.#apart(write);
    if (costOf(body) >= WORTH_A_LOOK) {
      this.#steps.push({ is: 'skip', mask, body });
      return;
    }
    this.#steps.push(...body);
    for (const [key, register] of known) this.#known.at(-1)!.set(key, register);
  }

  /** @param mask Is written by the body. */
  loop(mask: Register, write: () => void): void {
    const loop: Step = { is: 'loop', mask, body: this.#apart(write).body };
    this.#steps.push({ is: 'skip', mask, body: [loop] });
  }

  /** The code of a system, which stands by itself. */
  apart(write: () => void): readonly Step[] {
    const known = this.#known;
    // What it knows from around may be there no more when it is run.
    this.#known = [new Map<string, Register>()];
    try {
      return this.#apart(write).body;
    } finally {
      this.#known = known;
    }
  }
}
