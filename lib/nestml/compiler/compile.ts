import type { CheckedModel } from '../checked-model';
import { atOnce, type Steps } from '../steps';
import { Bodies } from './bodies';
import { ProgramBuilder, type Register, TooLarge } from './builder';
import { type Code, type DeclaredNumber, encode, type ModelCode, type System } from './code';
import { Coefficients } from './coefficients';
import { descriptionsOf } from './descriptions';
import { Fixed } from './fixed';
import { spikesOf } from './functions';
import { Lowering, RESOLUTION, TICS } from './lower';
import { type Entry, heldAs } from './names';
import type { NumericSystem } from './numeric';
import { ParameterProgram } from './parameter-program';
import { Plans } from './plans';
import { ABSOLUTE_ERROR, RELATIVE_ERROR } from './solver-names';
import { Constants, FinishedProgram } from './registers';
import { StepProgram } from './step';
import { apply, number, symbol, type Term } from './terms';

/** A model of a text, ready to be loaded, and what there is to say of it. */
export interface CompiledModel {
  readonly code: ModelCode;
  readonly declared: Pick<Code, 'name' | 'parameters' | 'states' | 'guards'>;
  /** States by how they are advanced: exactly, or together by an adaptive solver. */
  readonly solvers: {
    readonly exact: readonly string[];
    readonly numeric: readonly (readonly string[])[];
  };
  /** Of a step. */
  readonly instructions: number;
}

type Visible = Pick<Entry, 'name' | 'unit' | 'kind'>;

const visible = ({ name, unit, kind }: Visible, description = ''): DeclaredNumber => ({
  ...{ name, unit, kind, description, isReadOnly: false },
});

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
export function* compileInSteps(
  model: CheckedModel,
  text: string,
  resolution: number,
): Steps<CompiledModel | undefined> {
  try {
    return yield* compiledInSteps(model, text, resolution);
  } catch (error) {
    // Of what is nested or written out without end, the stack may be the first to come to its own.
    if (!(error instanceof TooLarge || error instanceof RangeError)) throw error;
    const { name } = model.text;
    model.problems.error(name, `'${name.text}' is too large, or nested too deep, to be compiled.`);
    return undefined;
  }
}

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

/** Parameters that are sizes stay as they are: vectors have their places. */
function sizesOf(model: CheckedModel): { symbol: string; text: string; kept: Term }[] {
  const declared = (['state', 'parameters', 'internals'] as const)
    .flatMap((kind) => model.declarations(kind))
    .flatMap((one) => one.variables.map(({ name, index }) => ({ name, index })));
  const ports = model.ports.map(({ name, size }) => ({ name, index: size }));
  return [...declared, ...ports].flatMap(({ name, index }) => {
    if (index?.is !== 'variable') return [];
    const size = model.values.sizeOf(index)!;
    const parameter = index.name.text;
    const text = `${size}, the size of ${name.text}, which cannot be changed`;
    return [{ symbol: parameter, text, kept: apply('equal', symbol(parameter), number(size)) }];
  });
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
    const columns = [
      ...step.columns.map((one) => ({ ...this.#described(one), isReadOnly: one.isReadOnly })),
      ...step.systems.map(() => visible({ name: '', unit: '', kind: 'real' })),
    ];
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
    const guarding = this.#guarding(constants);
    const deriving = this.#deriving(constants);
    const code: Code = {
      ...{ name: this.#model.text.name.text, text: this.#text },
      parameters: this.#parameters.map((one) => this.#described(one)),
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

  /** As users see it; elements of a vector are described together. */
  #described(one: Visible & Pick<Entry, 'symbol'>): DeclaredNumber {
    return visible(one, this.#descriptions.get(one.symbol.replace(/\[\d+\]$/, '')));
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

  #ofParameters(
    constants: Constants,
    results: (bodies: Bodies) => readonly Register[],
  ): FinishedProgram {
    const { builder, bodies, given } = new ParameterProgram(this.#lowering, this.#symbols);
    return new FinishedProgram(builder, constants, { parameter: given }, results(bodies));
  }

  #defaults(constants: Constants, columns: number): FinishedProgram {
    const { names } = this.#lowering;
    const known = new Map<string, Register>();
    const entries = [...names.parameters, ...names.states, ...names.internals.values()];
    const builder = new ProgramBuilder();
    const bodies: Bodies = new Bodies(this.#lowering, builder, (name) => {
      if (name === RESOLUTION || name === TICS) {
        return builder.given('parameter', name === RESOLUTION ? 0 : 1);
      }
      const found = known.get(name);
      if (found !== undefined) return found;
      const entry = entries.find((one) => one.symbol === name);
      const made = entry ? bodies.initial(entry) : builder.constant(DEFAULT_ERROR);
      known.set(name, made);
      return made;
    });
    const parameters = this.#parameters.map((one) => bodies.valueOf(one.symbol));
    const states = this.#step.columns.map((one) =>
      names.state(one.symbol) ? bodies.valueOf(one.symbol) : builder.constant(0),
    );
    const hidden = Array.from({ length: columns - states.length }, () => builder.constant(0));
    return new FinishedProgram(builder, constants, { parameter: 2 }, [
      ...parameters,
      ...states,
      ...hidden,
    ]);
  }

  #deriving(constants: Constants): { program: FinishedProgram; internals: Code['internals'] } {
    const internals = [...this.#lowering.names.internals.values()];
    return {
      internals: internals.map((one) => this.#described(one)),
      program: this.#ofParameters(constants, (bodies) =>
        internals.map((one) => bodies.valueOf(one.symbol)),
      ),
    };
  }

  #guarding(constants: Constants): { program: FinishedProgram; guards: Code['guards'] } {
    const names = this.#symbols;
    const conditions = [
      ...this.#lowering.names.parameters.flatMap(({ symbol: name, declared: { guard } }) =>
        guard === undefined
          ? []
          : [{ symbol: name, text: this.#written(guard), kept: this.#lowering.lower(guard) }],
      ),
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
    return {
      guards: conditions.map((one) => ({ parameter: names.indexOf(one.symbol), text: one.text })),
      program: this.#ofParameters(constants, (bodies) =>
        conditions.map(({ kept }) => bodies.emit(apply('to_number', kept))),
      ),
    };
  }

  /** What the text says there. */
  #written({
    start,
    end,
  }: {
    start: { line: number; column: number };
    end: { line: number; column: number };
  }): string {
    const lines = this.#text.split(/\r\n|\r|\n/).slice(start.line - 1, end.line);
    lines[lines.length - 1] = lines.at(-1)!.slice(0, end.column - 1);
    lines[0] = lines[0]!.slice(start.column - 1);
    return lines.map((line) => line.trim()).join(' ');
  }

  #mostSpikes(): 0 | 1 | 2 {
    const kinds = ['update', 'onReceive', 'onCondition'] as const;
    const bodies = kinds.flatMap((kind) => this.#model.blocks(kind)).map(({ body }) => body);
    const most = bodies.reduce((sum, body) => sum + spikesOf(body), 0);
    return most === 0 ? 0 : most === 1 ? 1 : 2;
  }
}
