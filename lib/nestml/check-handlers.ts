import type { CheckedModel } from './checked-model';
import { kindText } from './scope';
import type { Block, Constant } from './syntax';

type Handler = Block & { readonly is: 'onReceive' };

/** Of which ports handlers are, and in which order they run. */
export function checkHandlers(model: CheckedModel): void {
  const handlers = model.blocks('onReceive');
  const seen = new Set<string>();
  for (const handler of handlers) {
    const { port, constants } = handler;
    const name = port.name.text;
    checkPort(model, handler);
    if (seen.has(name)) model.problems.error(port, `'${name}' has a handler already.`);
    seen.add(name);
    checkConstants(model, constants, true);
  }
  for (const { constants } of model.blocks('onCondition')) checkConstants(model, constants, false);
  checkPriorities(model, handlers);
}

function checkPort({ problems, scope }: CheckedModel, { port }: Handler): void {
  const name = port.name.text;
  const thing = scope.resolve(port);
  if (thing === undefined) return;
  if (thing.kind !== 'spike port') {
    const is = kindText(thing.kind);
    problems.error(port, `'${name}' is ${is}; spikes are received at ports of spikes.`);
  } else if (thing.isVector) {
    const instead = `loop over ${name}[i] in update`;
    problems.error(port, `'${name}' is a vector of ports, which has no handler; ${instead}.`);
  } else if (port.index !== undefined) {
    problems.error(port.index, `'${name}' is a port of spikes and no vector; it has no index.`);
  }
}

/** Tells of constants that have no effect, and of priorities that are none. */
function checkConstants(
  { problems }: CheckedModel,
  constants: readonly Constant[],
  hasPriority: boolean,
): void {
  for (const { name, ...span } of constants) {
    if (hasPriority && name.text === 'priority') continue;
    problems.warning(span, `'${name.text}' has no effect here.`);
  }
  if (!hasPriority) return;
  const [first, second] = constants.filter(({ name }) => name.text === 'priority');
  if (second) problems.error(second, 'The priority is given already.');
  else if (first && !isWhole(first)) problems.error(first.value, 'A priority is a whole number.');
}

const isWhole = ({ value }: Constant): boolean =>
  value.is === 'number' && value.isInteger && value.unit === undefined;

/** At least two handlers have one, each another, or none has; all but one, or all, where they have. */
function checkPriorities({ problems }: CheckedModel, handlers: readonly Handler[]): void {
  const prioritiesOf = ({ constants }: Handler): Constant[] =>
    constants.filter(({ name }) => name.text === 'priority');
  const given = handlers.flatMap(prioritiesOf);
  const without = handlers.filter((handler) => prioritiesOf(handler).length === 0);
  // Those that are none have been told.
  const areRight = given.length === handlers.length - without.length && given.every(isWhole);
  if (!areRight) return;
  // One that could not be read has been told.
  if (given.length === 1 && problems.unread.has('priority')) return;
  if (given.length === 1) {
    const says = 'Priorities order handlers: at least two have one, or none has';
    problems.error(given[0]!, `${says}; this is the only one.`);
    return;
  }
  const seen = new Set<unknown>();
  for (const { value, ...at } of given) {
    if (seen.has(value.value)) {
      problems.error(at, `The priority ${value.value} is that of another handler.`);
    }
    seen.add(value.value);
  }
  if (given.length === 0) return;
  for (const handler of without.slice(1)) {
    problems.error(handler, 'Only one handler, the last to run, can lack a priority.');
  }
}
