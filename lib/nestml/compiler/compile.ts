import type { CheckedModel } from '../checked-model';
import { atOnce, type Steps } from '../steps';
import type { Register } from './builder';
import {
  type Code,
  type DeclaredNumber,
  encode,
  type ModelCode,
  type ModelDeclarations,
  type System,
} from './code';
import { Coefficients } from './coefficients';
import {
  type Condition,
  defaultsProgram,
  described,
  guardingProgram,
  guardsIn,
  programOfParameters,
  sizesOf,
  visible,
} from './declared-programs';
import { descriptionsOf } from './descriptions';
import { Fixed } from './fixed';
import { spikesOf } from './functions';
import { Lowering } from './lower';
import { type Entry, heldAs } from './names';
import type { NumericSystem } from './numeric';
import { ParameterProgram } from './parameter-program';
import { Plans } from './plans';
import { ABSOLUTE_ERROR, RELATIVE_ERROR } from './solver-names';
import { Constants, FinishedProgram } from './registers';
import { StepProgram } from './step';
import { apply, number, symbol } from './terms';
import { unlessTooLarge } from './too-large';

/** A model of a text, ready to be loaded, and what there is to say of it. */
export interface CompiledModel {
  readonly code: ModelCode;
  readonly declared: ModelDeclarations;
  /** States by how they are advanced: exactly, or together by an adaptive solver. */
  readonly solvers: {
    readonly exact: readonly string[];
    readonly numeric: readonly (readonly string[])[];
  };
  /** Of a step. */
  readonly instructions: number;
}

/** Errors that the solver allows, unless a text or a user says otherwise. */
const DEFAULT_ERROR = 1e-6;

/**
 * Compiles a model that was checked without errors. What is found wrong only now is told in the model's
 * problems; the result does not count then, if there is one.
 * @param text The text that the model is in.
 * @param resolution Of the kernel, in ms: how much room delays need.
 */
export const compileModel = (
  model: CheckedModel,
  text: string,
  resolution: number,
): CompiledModel | undefined => atOnce(compileInSteps(model, text, resolution));

/** The same with stops. */
export const compileInSteps = (
  model: CheckedModel,
  text: string,
  resolution: number,
): Steps<CompiledModel | undefined> =>
  unlessTooLarge(model, compiledInSteps(model, text, resolution));

function* compiledInSteps(
  model: CheckedModel,
  text: string,
  resolution: number,
): Steps<CompiledModel | undefined> {
  const lowering = new Lowering(model);
  yield;
  const fixed = new Fixed(lowering);
  const plans = new Plans(lowering, fixed);
  if (model.problems.hasErrors) return undefined;
  yield;
  return yield* new Compilation(lowering, fixed, plans, text, resolution).compiled();
}

class Compilation {
  readonly #model: CheckedModel;
  readonly #text: string;
  readonly #descriptions: ReadonlyMap<string, string>;
  readonly #lowering: Lowering;
  readonly #coefficients: Coefficients;
  readonly #step: StepProgram;
  /** Parameters that the text does not have. */
  readonly #tolerances: readonly string[];
  readonly #parameters: readonly Pick<Entry, 'symbol' | 'name' | 'unit' | 'kind'>[];

  constructor(lowering: Lowering, fixed: Fixed, plans: Plans, text: string, resolution: number) {
    this.#model = lowering.model;
    this.#text = text;
    this.#descriptions = descriptionsOf(this.#model, text);
    this.#lowering = lowering;
    const own = lowering.names.parameters;
    const isSolved = plans.all.some(({ numeric }) => numeric.length > 0);
    this.#tolerances = (isSolved ? [ABSOLUTE_ERROR, RELATIVE_ERROR] : []).filter(
      (name) => !own.some((one) => one.name === name),
    );
    const tolerances = this.#tolerances.map((name) => ({ symbol: name, name, unit: '' }));
    this.#parameters = [...own, ...tolerances.map((one) => ({ ...one, kind: 'real' as const }))];
    const names = this.#symbols;
    this.#coefficients = new Coefficients(new ParameterProgram(lowering, names), fixed);
    this.#step = new StepProgram(lowering, plans, this.#coefficients, resolution);
  }

  *compiled(): Steps<CompiledModel> {
    const { ports, names } = this.#lowering;
    const step = this.#step;
    yield* step.write();
    const constants = new Constants();
    const columns = this.#columns;
    const rows = 2 * ports.receptors.length + ports.currents.length + 1;
    const systems = step.systems.map(({ steps, slopes }) => ({ steps, slopes }));
    const { builder, given: parameter, results } = this.#coefficients;
    const setup = new FinishedProgram(builder, constants, { parameter }, results);
    yield;
    const given = {
      coefficient: results.length,
      ...{ state: columns.length, input: rows, spikes: 1 },
    };
    const finished = new FinishedProgram(step.builder, constants, given, [], systems);
    yield;
    const defaults = this.#defaults(constants, columns.length);
    const guarding = guardingProgram(this.#lowering, constants, this.#symbols, this.#conditions);
    const deriving = this.#deriving(constants);
    const code: Code = {
      ...{ name: this.#model.text.name.text, text: this.#text },
      parameters: this.#parameters.map((one) => described(one, this.#descriptions)),
      internals: deriving.internals,
      states: columns,
      receptors: ports.receptors.map((one) => one.names.join('/')),
      isNumbered: ports.isNumbered,
      currents: ports.currents.map(({ name, port }) =>
        visible({ name, ...heldAs(port.type!) }, this.#descriptions.get(port.name.text)),
      ),
      mostSpikes: this.#mostSpikes(),
      constants: constants.values,
      guards: guarding.guards,
      failures: step.failures,
      programs: {
        defaults: defaults.program(),
        guarding: guarding.program.program(),
        deriving: deriving.program.program(),
        setup: setup.program(),
        step: finished.program(),
      },
      systems: step.systems.map((one, i) => this.#system(one, i, finished, step.columns.length)),
    };
    return {
      code: encode(code),
      declared: code,
      solvers: {
        exact: names.states.filter((one) => step.exact.has(one.symbol)).map((one) => one.name),
        numeric: step.systems.map((one) =>
          one.names.map((name) => names.state(name)?.name ?? name),
        ),
      },
      instructions: code.programs.step.main,
    };
  }

  get #columns(): DeclaredNumber[] {
    const { columns, systems } = this.#step;
    return [
      ...columns.map((one) => ({
        ...described(one, this.#descriptions),
        isReadOnly: one.isReadOnly,
      })),
      ...systems.map(() => visible({ name: '', unit: '', kind: 'real' })),
    ];
  }

  #system(one: NumericSystem, at: number, finished: FinishedProgram, columns: number): System {
    const operands = (registers: readonly Register[]): number[] =>
      registers.map((register) => finished.operandOf(register));
    return {
      ...finished.ranges[at]!,
      values: operands(one.values),
      slopes: operands(one.slopes),
      columns: one.names.map((name) => this.#step.columnOf(name)),
      held: operands(one.held),
      time: finished.operandOf(one.time),
      absolute: finished.operandOf(one.absolute),
      relative: finished.operandOf(one.relative),
      substep: columns + at,
    };
  }

  get #symbols(): readonly string[] {
    return this.#parameters.map((one) => one.symbol);
  }

  #defaults(constants: Constants, columns: number): FinishedProgram {
    const states = this.#step.columns.map(({ symbol: name }) => name);
    const hidden = Array.from({ length: columns - states.length }, () => '');
    return defaultsProgram(this.#lowering, constants, [
      ...this.#symbols.map((name) => ({ symbol: name, otherwise: DEFAULT_ERROR })),
      ...[...states, ...hidden].map((name) => ({ symbol: name, otherwise: 0 })),
    ]);
  }

  #deriving(constants: Constants): { program: FinishedProgram; internals: Code['internals'] } {
    const internals = [...this.#lowering.names.internals.values()];
    return {
      internals: internals.map((one) => described(one, this.#descriptions)),
      program: programOfParameters(this.#lowering, constants, this.#symbols, (bodies) =>
        internals.map((one) => bodies.valueOf(one.symbol)),
      ),
    };
  }

  get #conditions(): Condition[] {
    const names = this.#symbols;
    return [
      ...guardsIn(this.#lowering, this.#text, names),
      ...sizesOf(this.#model).filter((one) => names.includes(one.symbol)),
      ...this.#tolerances.map((name) => ({
        ...{ symbol: name, text: `0 ${name === ABSOLUTE_ERROR ? '<' : '≤'} ${name} < inf` },
        kept: apply(
          'both',
          apply(name === ABSOLUTE_ERROR ? 'less' : 'less_or_equal', number(0), symbol(name)),
          apply('less', symbol(name), number(Infinity)),
        ),
      })),
    ];
  }

  #mostSpikes(): 0 | 1 | 2 {
    const kinds = ['update', 'onReceive', 'onCondition'] as const;
    const bodies = kinds.flatMap((kind) => this.#model.blocks(kind)).map(({ body }) => body);
    const most = bodies.reduce((sum, body) => sum + spikesOf(body), 0);
    return most === 0 ? 0 : most === 1 ? 1 : 2;
  }
}
