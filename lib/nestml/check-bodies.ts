import { quoted } from '../suggest';
import { checkSize } from './check-declarations';
import type { CheckedModel } from './checked-model';
import { valueType } from './declare';
import { elementRefusal } from './elements';
import { placeText } from './functions';
import { binaryType } from './operations';
import { keyOf, kindText, type NamedThing } from './scope';
import type { Surroundings } from './surroundings';
import type { Assignment, Body, Declaration, Expression, Statement, Variable } from './syntax';
import { fits, isNumber, type Type, typeName } from './types';
import { expressionsIn } from './walk';

/** What a body is of. */
interface BodyOf {
  readonly around: Surroundings;
  /** What a function returns; undefined outside of functions, and where its type is wrong. */
  readonly returns: Type | undefined;
}

/** The bodies of update, handlers and functions. */
export function checkBodies(model: CheckedModel): void {
  for (const { body } of model.blocks('update')) {
    checkBody(model, body, {
      around: { ...inner(model, 'update'), ...inUpdate(model) },
      returns: undefined,
    });
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

/** A synapse knows of a variable of its neuron where there is a spike, and not between; of a reward always. */
const inUpdate = ({ kind: whole, said }: CheckedModel): Pick<Surroundings, 'refuses'> =>
  whole === 'neuron'
    ? {}
    : {
        refuses: ({ kind, name }) =>
          kind === 'continuous port' && !said.modulatorPorts?.includes(name)
            ? `${quoted(name)} of a synapse has a value at spikes only, and cannot be read in update.`
            : undefined,
      };

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
    checkOwnValue(model, declared);
    model.checkValue(keyOf(declared.variables[0]!), type, declared.value, around);
  }
  for (const variable of declared.variables) {
    const isVector = variable.index !== undefined;
    if (variable.index !== undefined) checkSize(model, variable.name.text, variable.index);
    around.scope.declare({
      ...{ name: keyOf(variable), kind: 'local', type, declared: variable },
      ...{ isVector, size: variable.index },
    });
  }
}

/** A local that hides a name of the model cannot be made of that: it would read like itself. */
function checkOwnValue(model: CheckedModel, { variables, value }: Declaration): void {
  const keys = variables.map(keyOf);
  for (const tree of expressionsIn(value!)) {
    if (tree.is !== 'variable' || !keys.includes(keyOf(tree))) continue;
    if (model.scope.find(keyOf(tree)) === undefined) continue;
    const key = keyOf(tree);
    model.problems.error(
      tree,
      `The local variable ${quoted(key)} cannot be made of another ${quoted(key)}.`,
    );
  }
}

/** Why a thing cannot be assigned to. */
function whyFixed({ kind, name }: NamedThing): string | undefined {
  if (['state', 'local', 'argument'].includes(kind)) return undefined;
  if (kind === 'parameter') return `${quoted(name)} is a parameter, which only a user sets.`;
  return `${quoted(name)} is ${kindText(kind)}, and cannot be assigned to.`;
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
  const isRate = operator !== '*=' && operator !== '/=';
  if (isRate && model.warnOfRate(value, given, wanted, around.scope)) return;
  if (operator === '=') {
    if (fits(given, wanted)) return;
    const is = `${keyOf(variable)} is ${typeName(wanted)}; this is ${typeName(given)}.`;
    problems.error(value, `${is}${model.sumHint(value, given, wanted, around.scope)}`);
    return;
  }
  const sign = operator.slice(0, 1) as '+' | '-' | '*' | '/';
  const outcome = binaryType(sign, wanted, given, { written: operator });
  if ('error' in outcome) {
    const hint = isRate ? model.sumHint(value, given, wanted, around.scope) : '';
    problems.error(outcome.at === 'left' ? variable : value, `${outcome.error}${hint}`);
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

/** What a for counts with; where it is not declared that is told once, and not at each use. */
function counterOf(
  { problems }: CheckedModel,
  variable: Variable,
  { scope }: Surroundings,
): NamedThing | undefined {
  const name = variable.name.text;
  const found = scope.find(name);
  if (found !== undefined || problems.unread.has(name)) return found;
  const instead = `${name} integer = 0`;
  problems.error(variable, `The variable of a 'for' is declared before it: ${instead}.`);
  problems.unread.add(name);
  return undefined;
}

function checkFor(
  model: CheckedModel,
  { variable, from, to, step, body, ...span }: Statement & { readonly is: 'for' },
  of: BodyOf,
): void {
  const { problems } = model;
  const whole: Variable = {
    ...{ is: 'variable', name: variable, order: 0, index: undefined },
    ...{ start: variable.start, end: variable.end },
  };
  const thing = counterOf(model, whole, of.around);
  const fixed = thing && (whyFixed(thing) ?? elementRefusal(thing, whole, {}));
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
  if (thing?.type?.is === 'integer' && !Number.isInteger(step)) {
    problems.error(
      { start: span.start, end: span.end },
      `'${thing.name}' is an integer, which no step of ${step} counts.`,
    );
  }
  checkBody(model, body, of);
}
