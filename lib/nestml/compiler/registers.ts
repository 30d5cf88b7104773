import type { Instruction, Program } from './code';
import {
  type GivenKind,
  givenKinds,
  type ProgramBuilder,
  type Register,
  type Step,
} from './builder';
import { allRegistersOf, type Flat, flatten, type Line, registersOf, Uses } from './flatten';

// Which operand each register of a program is: those that are needed one after the other share one.

/** Constants of all programs of a model, each once. */
export class Constants {
  readonly values: number[] = [];
  readonly #places = new Map<string, number>();

  placeOf(value: number): number {
    const key = Object.is(value, -0) ? '-0' : String(value);
    const found = this.#places.get(key);
    if (found !== undefined) return found;
    const place = this.values.push(value) - 1;
    this.#places.set(key, place);
    return place;
  }
}

/** A system's code, and its slopes, which are there when it ends. */
export interface SystemSteps {
  readonly steps: readonly Step[];
  readonly slopes: readonly Register[];
}

/** What a program is given, of each kind so many. */
export type Given = Readonly<Partial<Record<GivenKind, number>>>;

/**
 * A program whose registers are operands. Places of constants are as they are; others are below 0
 * until all constants are known, and `settled` sets them behind those.
 */
export class FinishedProgram {
  readonly #builder: ProgramBuilder;
  readonly #constants: Constants;
  readonly #places = new Map<Register, number>();
  readonly #renamed = new Map<Register, Register>();
  readonly #offsets = new Map<GivenKind, number>();
  #given = 0;
  #temporaries = 0;
  readonly #code: Flat[];
  readonly #results: readonly Register[];
  readonly #main: number;
  /** Where the code of each system begins and ends. */
  readonly ranges: readonly { readonly first: number; readonly last: number }[];

  constructor(
    builder: ProgramBuilder,
    constants: Constants,
    given: Given,
    results: readonly Register[] = [],
    systems: readonly SystemSteps[] = [],
  ) {
    this.#builder = builder;
    this.#constants = constants;
    this.#results = results;
    for (const kind of givenKinds) {
      this.#offsets.set(kind, this.#given);
      this.#given += given[kind] ?? 0;
    }
    const uses = new Uses();
    uses.count(builder.steps, results);
    for (const { steps, slopes } of systems) uses.count(steps, slopes);
    const line = this.#inPlace(flatten(builder.steps, builder, uses));
    this.#placeBlocks();
    this.#place(line, results, this.#temporaries);
    this.#main = line.code.length;
    this.#code = [...line.code];
    const behind = this.#temporaries;
    this.ranges = systems.map(({ steps, slopes }) => {
      const own = flatten(steps, builder, uses);
      this.#place(own, slopes, behind);
      const first = this.#code.length;
      this.#code.push(...own.code);
      return { first, last: this.#code.length };
    });
    for (const { fields } of this.#code) {
      for (const { is, value } of fields) if (is !== 'number') this.#note(value);
    }
    results.forEach((one) => this.#note(one));
  }

  /** Constants get their places. */
  #note(register: Register): void {
    const value = this.#builder.valueOf(register);
    if (value !== undefined) this.#constants.placeOf(value);
  }

  /** Its operand, when all programs of the model are finished. */
  operandOf(register: Register): number {
    const one = this.#renamed.get(register) ?? register;
    const holds = this.#builder.holds[one]!;
    const constants = this.#constants.values.length;
    switch (holds.is) {
      case 'constant':
        return this.#constants.placeOf(holds.value);
      case 'given':
        return constants + this.#offsets.get(holds.kind)! + holds.at;
      default:
        return constants + this.#given + this.#places.get(one)!;
    }
  }

  program(): Program {
    const code = this.#code.map(({ operation, fields }): Instruction => ({
      operation,
      operands: fields.map(({ is, value }) => (is === 'number' ? value : this.operandOf(value))),
    }));
    const results = this.#results.map((one) => this.operandOf(one));
    return { given: this.#given, temporaries: this.#temporaries, code, main: this.#main, results };
  }

  #placeBlocks(): void {
    this.#builder.holds.forEach((holds, register) => {
      if (holds.is === 'block') this.#places.set(register, this.#temporaries++);
    });
  }

  /** Gives the temporaries of a line their places, from `first` on. */
  #place(line: Line, results: readonly Register[], first: number): void {
    const lives = this.#livesIn(line, results);
    const free: number[] = [];
    let end = first;
    const ending = new Map<number, number[]>();
    line.code.forEach((flat, at) => {
      // What ends here may be written over by the same instruction, lane by lane.
      for (const place of ending.get(at) ?? []) free.push(place);
      for (const register of registersOf(flat, 'write')) {
        const life = lives.get(register);
        if (life === undefined || this.#places.has(register)) continue;
        const place = free.pop() ?? end++;
        this.#places.set(register, place);
        const over = Math.max(life.last, at + 1);
        ending.set(over, [...(ending.get(over) ?? []), place]);
      }
    });
    this.#temporaries = Math.max(this.#temporaries, end);
  }

  /** From the first to the last instruction that a temporary is needed in. */
  #livesIn(
    line: Line,
    results: readonly Register[],
  ): Map<Register, { readonly first: number; last: number }> {
    const lives = new Map<Register, { readonly first: number; last: number }>();
    line.code.forEach((flat, at) => {
      for (const one of allRegistersOf(flat)) {
        if (!this.#isTemporary(one)) continue;
        const life = lives.get(one);
        if (life) life.last = at;
        else lives.set(one, { first: at, last: at });
      }
    });
    // Inner loops come first.
    for (const loop of line.loops) {
      for (const life of lives.values()) {
        const isFromBefore = life.first < loop.first && life.last >= loop.first;
        if (isFromBefore && life.last <= loop.last) life.last = loop.last;
      }
    }
    for (const one of results) {
      const life = lives.get(one);
      if (life) life.last = line.code.length;
    }
    return lives;
  }

  #isTemporary(register: Register): boolean {
    return this.#builder.holds[register]?.is === 'temporary';
  }

  /** A state that takes a value at the end takes it when it is found, where nobody looks between. */
  #inPlace(line: Line): Line {
    const { code, loops } = line;
    const known = new Occurrences(line);
    const left = new Set<Flat>();
    for (let at = code.length - 1; at >= 0; at--) {
      const { operation, fields } = code[at]!;
      const [to, from] = fields.map(({ value }) => value) as [Register, Register];
      if (operation !== 'copy' || this.#builder.holds[to]?.is !== 'given') continue;
      const found = this.#isOnce(from) ? known.soleSource(from, at) : undefined;
      if (found === undefined || this.#results.includes(from) || this.#renamed.has(from)) continue;
      if (known.isSeen(to, found, at)) continue;
      this.#renamed.set(from, to);
      left.add(code[at]!);
    }
    return { code: code.filter((flat) => !left.has(flat)), loops };
  }

  #isOnce(register: Register): boolean {
    return this.#isTemporary(register) && !this.#builder.changing.has(register);
  }
}

/** Where registers occur in a line. */
class Occurrences {
  readonly #line: Line;
  readonly #first = new Map<Register, number>();
  readonly #last = new Map<Register, number>();
  readonly #beforeLast = new Map<Register, number>();
  /** The first instruction behind the bodies that one stands in. */
  readonly #bodyEnd: number[] = [];

  constructor(line: Line) {
    this.#line = line;
    let end = 0;
    line.code.forEach((flat, at) => {
      this.#bodyEnd.push(end);
      if (flat.operation === 'skip_unless_any') end = Math.max(end, at + 1 + flat.fields[0]!.value);
      for (const one of registersOf(flat, 'write')) {
        if (!this.#first.has(one)) this.#first.set(one, at);
      }
      for (const one of new Set(allRegistersOf(flat))) {
        const last = this.#last.get(one);
        if (last !== undefined) this.#beforeLast.set(one, last);
        this.#last.set(one, at);
      }
    });
  }

  /** The instruction outside of all bodies that alone writes a register before `at`. */
  soleSource(register: Register, at: number): number | undefined {
    const found = this.#first.get(register);
    if (found === undefined || found > at || this.#line.code[found]!.operation === 'copy') {
      return undefined;
    }
    const isRepeated = this.#line.loops.some(({ first, last }) => first <= found && found <= last);
    return found < this.#bodyEnd[found]! || isRepeated ? undefined : found;
  }

  /** Whether a register occurs behind an instruction, other than in the one at `at`. */
  isSeen(register: Register, behind: number, at: number): boolean {
    const last = this.#last.get(register)!;
    return (last === at ? (this.#beforeLast.get(register) ?? -1) : last) > behind;
  }
}
