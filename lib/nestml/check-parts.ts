import { checkSize } from './check-declarations';
import type { CheckedModel } from './checked-model';
import { kindText } from './scope';
import type { Block, Call, Constant } from './syntax';
import { callStatementsIn } from './walk';

const single = [
  'state',
  'parameters',
  'internals',
  'equations',
  'input',
  'output',
  'update',
] as const;

/** What blocks there are, ports, handlers, and what goes out. */
export function checkParts(model: CheckedModel): void {
  for (const kind of single) {
    model.onlyOne(model.blocks(kind), `A model has one block '${kind}'; this is another.`);
  }
  checkPorts(model);
  checkHandlers(model);
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

function checkHandlers(model: CheckedModel): void {
  const { problems, scope } = model;
  const handlers = model.blocks('onReceive');
  const seen = new Set<string>();
  for (const { port, constants } of handlers) {
    const name = port.name.text;
    const thing = scope.resolve({ ...port, order: 0 });
    if (thing !== undefined && thing.kind !== 'spike port') {
      problems.error(
        port,
        `'${name}' is ${kindText(thing.kind)}; spikes are received at ports of spikes.`,
      );
    } else if (thing?.isVector) {
      const instead = `loop over ${name}[i] in update`;
      problems.error(port, `'${name}' is a vector of ports, which has no handler; ${instead}.`);
    }
    if (seen.has(name)) problems.error(port, `'${name}' has a handler already.`);
    seen.add(name);
    checkConstants(model, constants, true);
  }
  for (const { constants } of model.blocks('onCondition')) checkConstants(model, constants, false);
  checkPriorities(model, handlers);
}

function checkConstants(
  { problems }: CheckedModel,
  constants: readonly Constant[],
  hasPriority: boolean,
): void {
  for (const { name, value, ...span } of constants) {
    if (name.text !== 'priority' || !hasPriority) {
      problems.warning(span, `'${name.text}' has no effect here.`);
    } else if (value.is !== 'number' || !value.isInteger || value.unit !== undefined) {
      problems.error(value, 'A priority is a whole number.');
    }
  }
}

/** Either no handler has a priority, or all have, each another. */
function checkPriorities(
  { problems }: CheckedModel,
  handlers: readonly (Block & { readonly is: 'onReceive' })[],
): void {
  const priorityOf = ({ constants }: (typeof handlers)[number]): number | undefined => {
    const value = constants.find(({ name }) => name.text === 'priority')?.value;
    return value?.is === 'number' ? value.value : undefined;
  };
  const given = handlers.map(priorityOf);
  if (given.every((one) => one === undefined)) return;
  handlers.forEach((handler, i) => {
    const isAgain = given[i] !== undefined && given.indexOf(given[i]) < i;
    if (given[i] === undefined) {
      problems.error(handler, 'Other handlers have a priority; each of several needs one.');
    } else if (isAgain) {
      problems.error(handler, `The priority ${given[i]} is that of another handler.`);
    }
  });
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
  for (const call of callsOf(model)) {
    const isEmission = call.name.text === 'emit_spike' || call.name.text === 'deliver_spike';
    if (!isEmission) continue;
    if (output === undefined) {
      problems.error(call, `${call.name.text} needs a block 'output' with spike.`);
    }
    const takesDelay = model.text.keyword !== 'model' || (output?.attributes.length ?? 0) > 1;
    const [, delay] = call.arguments;
    if (delay && !takesDelay) {
      const since = 'since NESTML 8.3 the delay is that of the connection';
      problems.error(delay, `emit_spike takes a weight only; ${since}.`);
    }
  }
}

/** Equations are integrated where integrate_odes is called; in synapses of NESTML 5, by themselves. */
function checkIntegration(model: CheckedModel): void {
  const [first] = model.equations.filter((equation) => equation.is === 'ode');
  const calls = callsOf(model).filter(({ name }) => name.text === 'integrate_odes');
  if (first !== undefined && calls.length === 0 && model.text.keyword !== 'synapse') {
    model.problems.error(first, 'Equations are integrated by integrate_odes(), in update, say.');
  }
  for (const call of calls) {
    if (first === undefined) {
      model.problems.warning(call, 'There is no equation that integrate_odes could integrate.');
    }
    const seen = new Set<string>();
    for (const argument of call.arguments) {
      if (argument.is !== 'variable' || argument.order > 0) continue;
      const name = argument.name.text;
      if (model.scope.find(name)?.kind === 'state' && !model.orders.has(name)) {
        model.problems.error(argument, `'${name}' has no equation.`);
      }
      if (seen.has(name)) model.problems.warning(argument, `'${name}' is named already.`);
      seen.add(name);
    }
  }
}
