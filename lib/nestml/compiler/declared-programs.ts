import type { CheckedModel } from '../checked-model';
import type { Span } from '../source';
import { Bodies } from './bodies';
import { ProgramBuilder, type Register } from './builder';
import type { DeclaredNumber, ModelDeclarations } from './code';
import { type Lowering, RESOLUTION, TICS } from './lower';
import type { Entry } from './names';
import { ParameterProgram } from './parameter-program';
import { type Constants, FinishedProgram } from './registers';
import { apply, number, symbol, type Term } from './terms';

// What neurons and synapses declare alike, and the programs that work out what follows from it.

type Visible = Pick<Entry, 'name' | 'unit' | 'kind'>;

export const visible = ({ name, unit, kind }: Visible, description = ''): DeclaredNumber => ({
  ...{ name, unit, kind, description, isReadOnly: false },
});

/** As users see it; elements of a vector are described together. */
export const described = (
  one: Visible & Pick<Entry, 'symbol'>,
  descriptions: ReadonlyMap<string, string>,
): DeclaredNumber => visible(one, descriptions.get(one.symbol.replace(/\[\d+\]$/, '')));

/** A number whose default is wanted, and what that is where the text does not have the number. */
export interface WantedDefault {
  readonly symbol: string;
  readonly otherwise: number;
}

/** Given: the resolution, tics. Results: defaults. */
export function defaultsProgram(
  lowering: Lowering,
  constants: Constants,
  wanted: readonly WantedDefault[],
): FinishedProgram {
  const { names } = lowering;
  const known = new Map<string, Register>();
  const entries = [...names.parameters, ...names.states, ...names.internals.values()];
  const builder = new ProgramBuilder();
  const bodies: Bodies = new Bodies(lowering, builder, (name) => {
    if (name === RESOLUTION || name === TICS) {
      return builder.given('parameter', name === RESOLUTION ? 0 : 1);
    }
    const found = known.get(name);
    if (found !== undefined) return found;
    const entry = entries.find((one) => one.symbol === name);
    const otherwise = wanted.find((one) => one.symbol === name)?.otherwise;
    const made = entry ? bodies.initial(entry) : builder.constant(otherwise!);
    known.set(name, made);
    return made;
  });
  const isDeclared = (symbol: string): boolean => entries.some((one) => one.symbol === symbol);
  const results = wanted.map(({ symbol, otherwise }) =>
    isDeclared(symbol) ? bodies.valueOf(symbol) : builder.constant(otherwise),
  );
  return new FinishedProgram(builder, constants, { parameter: 2 }, results);
}

/** A condition that a parameter keeps. */
export interface Condition {
  readonly symbol: string;
  readonly text: string;
  readonly kept: Term;
}

/** The guards that stand in a text, of these parameters. */
export const guardsIn = (
  lowering: Lowering,
  text: string,
  parameters: readonly string[],
): Condition[] =>
  lowering.names.parameters.flatMap(({ symbol, declared: { guard } }) =>
    guard === undefined || !parameters.includes(symbol)
      ? []
      : [{ symbol, text: written(text, guard), kept: lowering.lower(guard) }],
  );

/** Parameters that are sizes stay as they are: vectors have their places. */
export function sizesOf(model: CheckedModel): Condition[] {
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

/** Given: parameters, the resolution, tics. Results: which conditions are kept. */
export function guardingProgram(
  lowering: Lowering,
  constants: Constants,
  parameters: readonly string[],
  conditions: readonly Condition[],
): { program: FinishedProgram; guards: ModelDeclarations['guards'] } {
  return {
    guards: conditions.map((one) => ({
      parameter: parameters.indexOf(one.symbol),
      text: one.text,
    })),
    program: programOfParameters(lowering, constants, parameters, (bodies) =>
      conditions.map(({ kept }) => bodies.emit(apply('to_number', kept))),
    ),
  };
}

export function programOfParameters(
  lowering: Lowering,
  constants: Constants,
  parameters: readonly string[],
  results: (bodies: Bodies) => readonly Register[],
): FinishedProgram {
  const { builder, bodies, given } = new ParameterProgram(lowering, parameters);
  return new FinishedProgram(builder, constants, { parameter: given }, results(bodies));
}

/** What a text says there. */
function written(text: string, { start, end }: Span): string {
  const lines = text.split(/\r\n|\r|\n/).slice(start.line - 1, end.line);
  lines[lines.length - 1] = lines.at(-1)!.slice(0, end.column - 1);
  lines[0] = lines[0]!.slice(start.column - 1);
  return lines.map((line) => line.trim()).join(' ');
}
