import { checkSize } from './check-declarations';
import type { CheckedModel } from './checked-model';
import { typeIn } from './scope';
import type { Call, FunctionParameter } from './syntax';
import { isSameType, MS, REAL } from './types';
import { callStatementsIn, expressionsOfBlocks } from './walk';

const single = [
  'state',
  'parameters',
  'internals',
  'equations',
  'input',
  'output',
  'update',
] as const;

/** What blocks there are, ports, what goes out, and what is integrated. */
export function checkParts(model: CheckedModel): void {
  for (const kind of single) {
    model.onlyOne(model.blocks(kind), `A model has one block '${kind}'; this is another.`);
  }
  checkPorts(model);
  checkOutput(model);
  checkIntegration(model);
}

function checkPorts(model: CheckedModel): void {
  for (const port of model.ports) {
    const [, second] = port.qualifiers;
    if (second) {
      model.problems.error(second, 'A port is excitatory or inhibitory, or neither for both.');
    }
    if (port.size) checkSize(model, port.name.text, port.size);
  }
}

/** All calls of a model that are statements, with the body that they are in. */
function callsOf(model: CheckedModel): Call[] {
  const blocks = (['update', 'onReceive', 'onCondition', 'function'] as const).flatMap((kind) =>
    model.blocks(kind),
  );
  return blocks.flatMap(({ body }) => [...callStatementsIn(body)]);
}

function checkOutput(model: CheckedModel): void {
  const { problems } = model;
  const [output] = model.blocks('output');
  if (output?.kind === 'continuous') {
    problems.error(output, 'What a model gives are spikes: output: spike.');
  }
  const attributes = output?.attributes ?? [];
  checkAttributes(model, attributes);
  for (const call of callsOf(model)) {
    const { text: name } = call.name;
    if (model.functions.has(name)) continue;
    if (name !== 'emit_spike' && name !== 'deliver_spike') continue;
    if (output === undefined) {
      problems.error(call, `${name} needs a block 'output' with spike.`);
    }
    const takesDelay = model.text.keyword !== 'model' || attributes.length > 1;
    const [, delay] = call.arguments;
    // Others have been counted where the call was checked.
    if (delay && !takesDelay && name === 'emit_spike' && call.arguments.length === 2) {
      const since = 'since NESTML 8.3 the delay is that of the connection';
      problems.error(delay, `emit_spike takes a weight only; ${since}.`);
    }
  }
}

/** NESTML 8.0 to 8.2: a weight, and a delay. */
function checkAttributes(model: CheckedModel, attributes: readonly FunctionParameter[]): void {
  const wanted = [REAL, MS];
  attributes.forEach((attribute, i) => {
    const type = typeIn(attribute.type, model.problems);
    const isRight = type !== undefined && wanted[i] !== undefined && isSameType(type, wanted[i]);
    if (type === undefined || isRight) return;
    const allowed = 'a weight real and a delay ms';
    model.problems.error(attribute, `A spike has ${allowed}: spike(weight real, delay ms).`);
  });
}

const isCalledIn = ({ text }: CheckedModel): boolean =>
  [...expressionsOfBlocks(text.blocks)].some(
    (one) => one.is === 'call' && one.name.text === 'integrate_odes',
  );

/** Equations are integrated where integrate_odes is called; in synapses of NESTML 5, by themselves. */
function checkIntegration(model: CheckedModel): void {
  const [first] = model.equations.filter((equation) => equation.is === 'ode');
  const calls = callsOf(model).filter(({ name }) => name.text === 'integrate_odes');
  const { unread } = model.problems;
  const isByItself = model.text.keyword === 'synapse';
  // Where it stands for a value that has been told.
  const isCalled = isByItself || isCalledIn(model) || unread.has('integrate_odes');
  if (first !== undefined && !isCalled) {
    model.problems.error(first, 'Equations are integrated by integrate_odes(), in update, say.');
  }
  const { orders } = model;
  for (const call of calls) {
    if (first === undefined && unread.size === 0) {
      model.problems.warning(call, 'There is no equation that integrate_odes could integrate.');
    }
    const seen = new Set<string>();
    for (const argument of call.arguments) {
      if (argument.is !== 'variable' || argument.order > 0) continue;
      const name = argument.name.text;
      const isState = model.scope.find(name)?.kind === 'state';
      if (first !== undefined && isState && !orders.has(name) && !unread.has(name)) {
        model.problems.error(argument, `'${name}' has no equation.`);
      }
      if (seen.has(name)) model.problems.warning(argument, `'${name}' is named already.`);
      seen.add(name);
    }
  }
}
