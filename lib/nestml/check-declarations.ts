import { quoted } from '../suggest';
import type { CheckedModel } from './checked-model';
import { LARGEST_VECTOR } from './constants';
import { keyOf, kindText, type NamedThing } from './scope';
import type { Declaration, Expression } from './syntax';

type Kind = 'state' | 'parameters' | 'internals';

/** Values, guards and sizes of what a model declares. */
export function checkDeclarations(model: CheckedModel): void {
  for (const kind of ['state', 'parameters', 'internals'] as const) {
    for (const declared of model.declarations(kind)) checkDeclaration(model, kind, declared);
  }
}

/** What something is made of when it is made, in words. */
const valueText: Readonly<Record<Kind, string>> = {
  state: 'The initial value of a state',
  parameters: 'The value of a parameter',
  internals: 'The value of an internal',
};

/** What there is before a simulation cannot depend on what comes during it. */
const refusalFor =
  (what: string, kind: Kind) =>
  (thing: NamedThing): string | undefined => {
    const isTime = thing.kind === 'constant' && thing.name === 't';
    const allowed = ['parameter', 'internal', 'constant', ...(kind === 'state' ? ['state'] : [])];
    if (!isTime && allowed.includes(thing.kind)) return undefined;
    const other = isTime ? 'the time' : kindText(thing.kind);
    return `${what} cannot depend on ${quoted(thing.name)}, ${other}.`;
  };

function checkDeclaration(model: CheckedModel, kind: Kind, declared: Declaration): void {
  const { variables, value, guard } = declared;
  const key = keyOf(variables[0]!);
  const known = model.scope.find(key);
  // A constant of the language has a type of its own; that it is declared has been told.
  const type = known?.kind === 'constant' ? undefined : known?.type;
  if (value !== undefined) {
    const refuses = refusalFor(valueText[kind], kind);
    model.checkValue(key, type, value, model.around('initial value', { refuses }));
  } else if (kind === 'state') {
    const names = variables.map(keyOf).join(', ');
    model.problems.error(declared, `A state has an initial value: ${names} = …, say.`);
  }
  if (guard !== undefined) checkGuard(model, kind, guard);
  for (const { name, index } of variables) {
    if (index !== undefined) checkSize(model, name.text, index);
  }
}

/** Guards of states hold nothing: a simulation changes these. */
function checkGuard(model: CheckedModel, kind: Kind, guard: Expression): void {
  const refuses = kind === 'state' ? undefined : refusalFor('A guard', kind);
  model.checkCondition('A guard', guard, model.around('guard', refuses && { refuses }));
  if (kind === 'state') return;
  model.later(() => {
    const isFalse = model.types.typeOf(guard) !== undefined && model.values.of(guard) === false;
    if (isFalse) model.problems.error(guard, 'The default does not fulfil this.');
  });
}

/** A size is a whole number from the text, or a parameter or internal that is one. */
export function checkSize(model: CheckedModel, name: string, size: Expression): void {
  const refuse = (is: string): void =>
    model.problems.error(size, `The size of '${name}' is ${is}.`);
  const thing = size.is === 'variable' ? model.scope.resolve(size) : undefined;
  if (size.is === 'variable') {
    if (thing === undefined) return;
    const isFixed = thing.kind === 'parameter' || thing.kind === 'internal';
    if (!isFixed || thing.type?.is !== 'integer' || thing.isVector || size.index) {
      refuse('a whole number, or an integer parameter or internal');
      return;
    }
  } else if (size.is !== 'number') {
    refuse('a whole number, or an integer parameter or internal');
    return;
  } else if (!size.isInteger || size.unit !== undefined) {
    refuse('a whole number, at least 1');
    return;
  }
  model.later(() => {
    const value = model.values.of(size);
    if (typeof value !== 'number') {
      refuse('a number that the text says; that of this default only comes out later');
    } else if (value < 1) {
      refuse(`a whole number, at least 1${thing ? `; ${thing.name} is ${value} by default` : ''}`);
    } else if (value > LARGEST_VECTOR) {
      refuse(`at most ${LARGEST_VECTOR}`);
    }
  });
}
