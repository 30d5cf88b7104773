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

/** What neurons and synapses declare. */
export interface ModelDeclarations {
  readonly name: string;
  readonly parameters: readonly DeclaredNumber[];
  readonly states: readonly DeclaredNumber[];
  readonly guards: readonly { readonly parameter: number; readonly text: string }[];
}

/** What they have in common besides. */
interface CommonCode extends ModelDeclarations {
  readonly text: string;
  readonly constants: readonly number[];
  readonly failures: readonly string[];
}

/** In the order in which they are written. */
const programNames = ['defaults', 'guarding', 'deriving', 'setup', 'step'] as const;
type ProgramName = (typeof programNames)[number];

/** A neuron. */
export interface Code extends CommonCode {
  readonly internals: readonly DeclaredNumber[];
  /** Names of one with '/' between. */
  readonly receptors: readonly string[];
  readonly isNumbered: boolean;
  readonly currents: readonly DeclaredNumber[];
  /** In a step; 2: several. */
  readonly mostSpikes: 0 | 1 | 2;
  readonly programs: Readonly<Record<ProgramName, Program>>;
  readonly systems: readonly System[];
}

/** Whose spikes change a synapse: of a transmitter, of the target, of the source. */
export type Cause = 'modulator' | 'post' | 'pre';
const causes: readonly Cause[] = ['modulator', 'post', 'pre'];

/** What spikes of a kind do to a synapse. */
export interface SynapseHandler {
  readonly cause: Cause;
  /** Of those at the same time the larger comes first. */
  readonly priority: number;
  readonly program: Program;
}

/** What a transmitter gives to a synapse. */
const modulators = ['none', 'spikes', 'reward'] as const;
export type ModulatorInput = (typeof modulators)[number];

const synapsePrograms = ['defaults', 'guarding', 'setup', 'update'] as const;

/** A synapse: see cpp/compiled/synapse_code.h, which reads it. */
export interface SynapseCode extends CommonCode {
  /** By parameter. */
  readonly homogeneous: readonly boolean[];
  /** The text's name of it; empty: it has none. */
  readonly delay: string;
  /** By state. */
  readonly ofTarget: readonly boolean[];
  readonly postVariables: readonly string[];
  readonly modulator: ModulatorInput;
  readonly programs: Readonly<Record<(typeof synapsePrograms)[number], Program>>;
  readonly handlers: readonly SynapseHandler[];
}

/** A compiled model as the addon takes it. */
export interface ModelCode {
  readonly strings: string[];
  readonly integers: Int32Array;
  readonly numbers: Float64Array;
}

/** Of the layouts that cpp/compiled/decode.cc reads. */
const VERSION = 1;
const SYNAPSE_VERSION = 101;

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

  begin(version: number, code: CommonCode): void {
    this.put(version);
    this.text(code.name);
    this.text(code.text);
    this.list(code.parameters, (one) => this.declared(one));
  }

  common({ constants, guards, failures }: CommonCode): void {
    this.put(constants.length);
    this.list(guards, ({ parameter, text }) => {
      this.put(parameter);
      this.text(text);
    });
    this.list(failures, (one) => this.text(one));
  }

  system(one: System): void {
    this.put(one.first, one.last);
    for (const list of [one.values, one.slopes, one.columns, one.held]) this.operands(list);
    this.put(one.time, one.absolute, one.relative, one.substep);
  }
}

const arraysOf = ({ strings, integers }: Writer, numbers: readonly number[]): ModelCode => ({
  ...{ strings, integers: Int32Array.from(integers), numbers: Float64Array.from(numbers) },
});

export function encode(code: Code): ModelCode {
  const writer = new Writer();
  writer.begin(VERSION, code);
  writer.list(code.internals, (one) => writer.declared(one));
  writer.list(code.states, (one) => writer.declared(one));
  writer.list(code.receptors, (one) => writer.text(one));
  writer.put(Number(code.isNumbered));
  writer.list(code.currents, (one) => writer.declared(one));
  writer.put(code.mostSpikes);
  writer.common(code);
  for (const name of programNames) writer.program(code.programs[name]);
  writer.list(code.systems, (one) => writer.system(one));
  return arraysOf(writer, code.constants);
}

export function encodeSynapse(code: SynapseCode): ModelCode {
  const writer = new Writer();
  writer.begin(SYNAPSE_VERSION, code);
  writer.list(code.states, (one) => writer.declared(one));
  writer.text(code.delay);
  writer.operands(code.homogeneous.map(Number));
  writer.operands(code.ofTarget.map(Number));
  writer.list(code.postVariables, (one) => writer.text(one));
  writer.put(modulators.indexOf(code.modulator));
  writer.common(code);
  for (const name of synapsePrograms) writer.program(code.programs[name]);
  writer.list(code.handlers, ({ cause, priority, program }) => {
    writer.put(causes.indexOf(cause), priority);
    writer.program(program);
  });
  return arraysOf(writer, code.constants);
}
