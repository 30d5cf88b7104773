import { operations } from '../../generated/operations';

// What a compiled model is: see cpp/compiled/code.h, which reads it.

export type OperationName = keyof typeof operations;

/** An instruction: its operands are operands of the program, or numbers that stand for themselves. */
export interface Instruction {
  readonly operation: OperationName;
  /** In the order of cpp/compiled/operations.def. */
  readonly operands: readonly number[];
}

export interface Program {
  /** How many operands it is given, behind the constants. */
  readonly given: number;
  readonly temporaries: number;
  /** Instructions; those of systems come last. */
  readonly code: readonly Instruction[];
  /** How many there are before those of systems. */
  readonly main: number;
  readonly results: readonly number[];
}

/** Equations that an adaptive solver advances. */
export interface System {
  readonly first: number;
  readonly last: number;
  readonly values: readonly number[];
  readonly slopes: readonly number[];
  /** The columns of the states that the values are of. */
  readonly columns: readonly number[];
  readonly held: readonly number[];
  readonly time: number;
  readonly absolute: number;
  readonly relative: number;
  readonly substep: number;
}

export type NumberKind = 'real' | 'integer' | 'boolean';
const numberKinds: readonly NumberKind[] = ['real', 'integer', 'boolean'];

export interface DeclaredNumber {
  /** Empty: nobody sees it. */
  readonly name: string;
  readonly unit: string;
  readonly description: string;
  readonly kind: NumberKind;
  readonly isReadOnly: boolean;
}

/** In the order in which they are written. */
const programNames = ['defaults', 'guarding', 'deriving', 'setup', 'step'] as const;
type ProgramName = (typeof programNames)[number];

export interface Code {
  readonly name: string;
  readonly text: string;
  readonly parameters: readonly DeclaredNumber[];
  readonly internals: readonly DeclaredNumber[];
  readonly states: readonly DeclaredNumber[];
  /** Names of one with '/' between. */
  readonly receptors: readonly string[];
  readonly isNumbered: boolean;
  readonly currents: readonly DeclaredNumber[];
  /** In a step; 2: several. */
  readonly mostSpikes: 0 | 1 | 2;
  readonly constants: readonly number[];
  readonly guards: readonly { readonly parameter: number; readonly text: string }[];
  readonly failures: readonly string[];
  readonly programs: Readonly<Record<ProgramName, Program>>;
  readonly systems: readonly System[];
}

/** A compiled model as the addon takes it. */
export interface ModelCode {
  readonly strings: string[];
  readonly integers: Int32Array;
  readonly numbers: Float64Array;
}

/** Of the layout that cpp/compiled/decode.cc reads. */
const VERSION = 1;

class Writer {
  readonly strings: string[] = [];
  readonly integers: number[] = [];

  put(...numbers: number[]): void {
    for (const one of numbers) this.integers.push(one);
  }
  text(text: string): void {
    this.put(this.strings.push(text) - 1);
  }
  list<T>(items: readonly T[], each: (item: T) => void): void {
    this.put(items.length);
    items.forEach(each);
  }
  operands(items: readonly number[]): void {
    this.list(items, (item) => this.put(item));
  }

  declared({ name, unit, description, kind, isReadOnly }: DeclaredNumber): void {
    for (const text of [name, unit, description]) this.text(text);
    this.put(numberKinds.indexOf(kind), Number(isReadOnly));
  }

  program({ given, temporaries, main, code, results }: Program): void {
    this.put(given, temporaries, main);
    this.list(code, ({ operation, operands }) => {
      const [result = 0, a = 0, b = 0, c = 0] = operands;
      this.put(operations[operation], result, a, b, c);
    });
    this.operands(results);
  }

  system(one: System): void {
    this.put(one.first, one.last);
    for (const list of [one.values, one.slopes, one.columns, one.held]) this.operands(list);
    this.put(one.time, one.absolute, one.relative, one.substep);
  }
}

export function encode(code: Code): ModelCode {
  const writer = new Writer();
  writer.put(VERSION);
  writer.text(code.name);
  writer.text(code.text);
  writer.list(code.parameters, (one) => writer.declared(one));
  writer.list(code.internals, (one) => writer.declared(one));
  writer.list(code.states, (one) => writer.declared(one));
  writer.list(code.receptors, (one) => writer.text(one));
  writer.put(Number(code.isNumbered));
  writer.list(code.currents, (one) => writer.declared(one));
  writer.put(code.mostSpikes, code.constants.length);
  writer.list(code.guards, ({ parameter, text }) => {
    writer.put(parameter);
    writer.text(text);
  });
  writer.list(code.failures, (one) => writer.text(one));
  for (const name of programNames) writer.program(code.programs[name]);
  writer.list(code.systems, (one) => writer.system(one));
  return {
    strings: writer.strings,
    integers: Int32Array.from(writer.integers),
    numbers: Float64Array.from(code.constants),
  };
}
