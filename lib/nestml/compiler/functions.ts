import type { CheckedModel } from '../checked-model';
import { keyOf } from '../scope';
import type { Block, Body, Call, Expression } from '../syntax';
import { callStatementsIn, expressionsIn, expressionsOf, statementsIn } from '../walk';

// What bodies do, found without running them.

/** All expressions of a body. */
function* expressionsOfBody(body: Body): Generator<Expression> {
  for (const statement of statementsIn(body)) {
    for (const one of expressionsOf(statement)) if (one) yield* expressionsIn(one);
  }
}

/** The model's functions that a body calls. */
export function calledIn(body: Body, { functions }: CheckedModel): Set<string> {
  const names = [...expressionsOfBody(body)].flatMap((one) =>
    one.is === 'call' ? [one.name.text] : [],
  );
  return new Set(names.filter((name) => functions.has(name)));
}

/** These, and those that they call. */
export function functionsIn(body: Body, model: CheckedModel): Set<string> {
  const found = calledIn(body, model);
  for (const name of found) {
    for (const one of calledIn(functionNamed(model, name)!.body, model)) found.add(one);
  }
  return found;
}

/** What a text says of when a handler runs among others: the larger first. */
export function priorityOf({
  constants,
}: Block & { readonly is: 'onReceive' }): number | undefined {
  const value = constants.find(({ name }) => name.text === 'priority')?.value;
  return value?.is === 'number' ? value.value : undefined;
}

export const functionNamed = (model: CheckedModel, name: string) =>
  model.blocks('function').find((one) => one.name.text === name);

/** Names that bodies assign to. */
export function assignedIn(body: Body): Set<string> {
  const names = new Set<string>();
  for (const statement of statementsIn(body)) {
    if (statement.is === 'assignment') names.add(keyOf(statement.variable));
    if (statement.is === 'for') names.add(statement.variable.text);
    if (statement.is === 'declaration') {
      for (const one of statement.variables) names.add(keyOf(one));
    }
  }
  return names;
}

/** Names in a function that are neither its arguments nor its locals. */
export function namesOutside({
  parameters,
  body,
}: Block & { readonly is: 'function' }): Set<string> {
  const locals = [...statementsIn(body)].flatMap((one) =>
    one.is === 'declaration' ? one.variables.map(keyOf) : [],
  );
  const own = new Set([...parameters.map((one) => one.name.text), ...locals]);
  const read = [...expressionsOfBody(body)].flatMap((one) =>
    one.is === 'variable' ? [keyOf(one)] : [],
  );
  return new Set([...read, ...assignedIn(body)].filter((name) => !own.has(name)));
}

/** How many spikes a body emits in a step: none, one, or several. */
export function spikesOf(body: Body): number {
  let count = 0;
  for (const statement of body) {
    switch (statement.is) {
      case 'call statement':
        if (statement.call.name.text === 'emit_spike') count += 1;
        break;
      case 'if': {
        const bodies = [...statement.branches.map((one) => one.body), statement.otherwise ?? []];
        count += Math.max(...bodies.map(spikesOf));
        break;
      }
      case 'while':
      case 'for':
        count += 2 * spikesOf(statement.body);
        break;
      default:
    }
  }
  return count;
}

/** Whether a body draws random numbers. */
export const drawsIn = (body: Body): boolean =>
  [...expressionsOfBody(body)].some(
    (one) => one.is === 'call' && one.name.text.startsWith('random_'),
  );

/** What each call of integrate_odes names; undefined for all. */
export function integrationsIn(model: CheckedModel): (readonly string[] | undefined)[] {
  return bodiesOf(model)
    .flatMap((body) => [...callStatementsIn(body)])
    .filter(({ name }) => name.text === 'integrate_odes')
    .map(statesOf);
}

/** The states that a call of integrate_odes names. */
export function statesOf({ arguments: given }: Call): readonly string[] | undefined {
  if (given.length === 0) return undefined;
  return given.flatMap((one) => (one.is === 'variable' ? [one.name.text] : []));
}

/** All bodies of a model. */
const bodiesOf = (model: CheckedModel): Body[] =>
  (['update', 'onReceive', 'onCondition', 'function'] as const)
    .flatMap((kind) => model.blocks(kind))
    .map(({ body }) => body);
