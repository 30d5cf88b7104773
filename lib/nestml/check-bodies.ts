import { checkSize } from './check-declarations';
import type { CheckedModel } from './checked-model';
import type { Surroundings } from './expression-types';
import { placeText } from './functions';
import { keyOf, kindText, type NamedThing } from './scope';
import type { Assignment, Body, Declaration, Expression, Statement } from './syntax';
import { binaryType } from './operations';
import { fits, isNumber, type Type, typeName } from './types';
import { valueType } from './declare';

/** What a body is of. */
interface BodyOf {
  readonly around: Surroundings;
  /** What a function returns; undefined outside of functions, and where its type is wrong. */
  readonly returns: Type | undefined;
}

/** The bodies of update, handlers and functions. */
export function checkBodies(model: CheckedModel): void {
  for (const { body } of model.blocks('update')) {
    checkBody(model, body, { around: inner(model, 'update'), returns: undefined });
  }
  for (const { body } of model.blocks('onReceive')) {
    checkBody(model, body, { around: inner(model, 'onReceive'), returns: undefined });
  }
  for (const { condition, body } of model.blocks('onCondition')) {
    model.checkCondition('A condition', condition, model.around('onCondition'));
    checkBody(model, body, { around: inner(model, 'onCondition'), returns: undefined });
  }
  for (const declared of model.blocks('function')) checkFunction(model, declared);
}

const inner = (model: CheckedModel, place: Surroundings['place']): Surroundings =>
  model.around(place, { scope: model.innerScope() });

function checkFunction(
  model: CheckedModel,
  { name, parameters, body }: ReturnType<typeof model.blocks<'function'>>[number],
): void {
  const around = inner(model, 'function');
  const own = model.functions.get(name.text);
  parameters.forEach((parameter, i) => {
    around.scope.declare({
      ...{ name: parameter.name.text, kind: 'argument', type: own?.parameters[i]?.type },
      ...{ isVector: false, declared: parameter.name },
    });
  });
  const returns = own?.returns;
  checkBody(model, body, { around, returns });
  if (returns === undefined || returns.is === 'void' || alwaysReturns(body)) return;
  model.problems.error(
    name,
    `The function '${name.text}' is ${typeName(returns)}, but not all of its paths return a value.`,
  );
}

function alwaysReturns(body: Body): boolean {
  return body.some(
    (one) =>
      one.is === 'return' ||
      (one.is === 'if' &&
        one.otherwise !== undefined &&
        [...one.branches.map((branch) => branch.body), one.otherwise].every(alwaysReturns)),
  );
}

/** Bodies within do not open a scope: a local of an `if` is known behind it. */
function checkBody(model: CheckedModel, body: Body, of: BodyOf): void {
  body.forEach((statement, i) => {
    if (i > 0 && body[i - 1]!.is === 'return') {
      model.problems.warning(statement, 'Nothing comes here: the line before returns.');
    }
    checkStatement(model, statement, of);
  });
}

function checkStatement(model: CheckedModel, statement: Statement, of: BodyOf): void {
  switch (statement.is) {
    case 'declaration':
      checkLocal(model, statement, of.around);
      return;
    case 'assignment':
      checkAssignment(model, statement, of.around);
      return;
    case 'call statement':
      checkCallStatement(model, statement.call, of.around);
      return;
    case 'return':
      checkReturn(model, statement, of);
      return;
    case 'if':
      for (const { condition, body } of statement.branches) {
        model.checkCondition('A condition', condition, of.around);
        checkBody(model, body, of);
      }
      if (statement.otherwise) checkBody(model, statement.otherwise, of);
      return;
    case 'while':
      model.checkCondition('A condition', statement.condition, of.around);
      checkBody(model, statement.body, of);
      return;
    case 'for':
      checkFor(model, statement, of);
  }
}

function checkLocal(model: CheckedModel, declared: Declaration, around: Surroundings): void {
  const type = valueType(model, declared.type);
  // Its value cannot mention it: it is declared behind.
  if (declared.value !== undefined) {
    model.checkValue(keyOf(declared.variables[0]!), type, declared.value, around);
  }
  for (const variable of declared.variables) {
    const isVector = variable.index !== undefined;
    if (variable.index !== undefined) checkSize(model, variable.name.text, variable.index);
    around.scope.declare({
      ...{ name: keyOf(variable), kind: 'local', type, isVector, declared: variable },
    });
  }
}

/** Why a thing cannot be assigned to. */
function whyFixed({ kind, name }: NamedThing): string | undefined {
  if (['state', 'local', 'argument'].includes(kind)) return undefined;
  if (kind === 'parameter') return `'${name}' is a parameter, which only a user sets.`;
  return `'${name}' is ${kindText(kind)}, and cannot be assigned to.`;
}

function checkAssignment(model: CheckedModel, assigned: Assignment, around: Surroundings): void {
  const { variable, operator, value } = assigned;
  const { problems, types } = model;
  const thing = around.scope.resolve(variable);
  const given = types.check(value, around);
  if (thing === undefined) return;
  const fixed = whyFixed(thing);
  if (fixed !== undefined) {
    problems.error(variable, fixed);
    return;
  }
  const wanted = types.check(variable, around);
  if (given === undefined || wanted === undefined) return;
  if (operator === '=') {
    if (fits(given, wanted)) return;
    problems.error(value, `${keyOf(variable)} is ${typeName(wanted)}; this is ${typeName(given)}.`);
    return;
  }
  const sign = operator.slice(0, 1) as '+' | '-' | '*' | '/';
  const outcome = binaryType(sign, wanted, given);
  if ('error' in outcome) {
    problems.error(outcome.at === 'left' ? variable : value, outcome.error);
  } else if (!fits(outcome.type, wanted)) {
    const became = `${keyOf(variable)} is ${typeName(wanted)}; it would become`;
    problems.error(value, `${became} ${typeName(outcome.type)}.`);
  } else if (outcome.warning !== undefined) {
    problems.warning(value, outcome.warning);
  }
}

function checkCallStatement(
  model: CheckedModel,
  call: Expression & { readonly is: 'call' },
  around: Surroundings,
): void {
  const type = model.types.check(call, around);
  if (type === undefined || type.is === 'void') return;
  model.problems.warning(call, `The value of ${call.name.text} is not used.`);
}

function checkReturn(
  model: CheckedModel,
  statement: Statement & { readonly is: 'return' },
  { around, returns }: BodyOf,
): void {
  const { problems } = model;
  if (around.place !== 'function') {
    problems.error(statement, `Only functions return; this is ${placeText(around.place)}.`);
    return;
  }
  const { value } = statement;
  if (value === undefined) {
    if (returns === undefined || returns.is === 'void') return;
    problems.error(statement, `The function is ${typeName(returns)}; a value is returned.`);
  } else if (returns?.is === 'void') {
    problems.error(value, 'The function has no type, and returns no value.');
  } else {
    model.checkValue('The function', returns, value, around);
  }
}

function checkFor(
  model: CheckedModel,
  { variable, from, to, step, body, ...span }: Statement & { readonly is: 'for' },
  of: BodyOf,
): void {
  const { problems } = model;
  const thing = of.around.scope.resolve({ ...variable, name: variable, order: 0 });
  const fixed = thing && whyFixed(thing);
  if (fixed !== undefined) problems.error(variable, fixed);
  else if (thing?.type !== undefined && !isNumber(thing.type)) {
    problems.error(
      variable,
      `A for counts with numbers; ${thing.name} is ${typeName(thing.type)}.`,
    );
  }
  for (const bound of [from, to]) {
    const type = model.types.check(bound, of.around);
    if (type === undefined || isNumber(type)) continue;
    problems.error(bound, `Bounds of a for are numbers; this is ${typeName(type)}.`);
  }
  if (step === 0) problems.error({ start: span.start, end: span.end }, 'A step is not 0.');
  checkBody(model, body, of);
}
