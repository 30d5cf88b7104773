import { isCounted } from './argument-counts';
import { checkElements, elementRefusal } from './elements';
import type { PredefinedFunction } from './functions';
import type { NamedThing, Scope } from './scope';
import type { Surroundings } from './surroundings';
import type { Call, Expression } from './syntax';
import { isSameType, RATE, REAL, type Type } from './types';

// Calls whose arguments are names and no values: convolve, delta, integrate_odes.

const namesOnly: ReadonlySet<string> = new Set(['kernel', 'spike port', 'states', 't']);

/** Whether a function takes names. */
export const takesNames = ({ parameters }: PredefinedFunction): boolean =>
  parameters.some((one) => typeof one === 'string' && namesOnly.has(one));

/** The type of such a call; undefined where something is wrong, which is told. */
export function namedCall(
  call: Call,
  { parameters, returns }: PredefinedFunction,
  around: Surroundings,
): Type | undefined {
  const { scope, problems } = around;
  const isStates = parameters[0] === 'states';
  if (!isStates && !isCounted(call, parameters.length, parameters.length, problems)) {
    return undefined;
  }
  if (isTurned(call, parameters, scope)) {
    const [port, kernel] = call.arguments.map((one) =>
      one.is === 'variable' ? one.name.text : '',
    );
    const right = `${call.name.text}(${kernel}, ${port})`;
    problems.error(call, `${call.name.text} takes a kernel first, then a port: ${right}.`);
    return undefined;
  }
  const isRight = call.arguments.map((argument, i) => {
    const wanted = isStates ? 'states' : parameters[i]!;
    if (argument.is === 'variable' && scope.find(argument.name.text) === undefined) {
      scope.resolve(argument);
      return false;
    }
    const wrong = wrongName(argument, wanted as string, scope);
    if (wrong !== undefined) problems.error(argument, `${call.name.text} takes ${wrong}.`);
    const isElement = wanted === 'spike port' && wrong === undefined;
    return wrong === undefined && (!isElement || isPortOf(argument, around));
  });
  if (isRight.includes(false) || typeof returns === 'string') return undefined;
  return parameters[1] === 'spike port' ? convolvedType(call, around) : returns;
}

/** Whether a port stands where the kernel should, and the other way round. */
function isTurned(
  { arguments: given }: Call,
  wanted: PredefinedFunction['parameters'],
  scope: Scope,
): boolean {
  if (wanted[1] !== 'spike port') return false;
  const [first, second] = given.map((one) =>
    one.is === 'variable' ? scope.find(one.name.text)?.kind : undefined,
  );
  return first === 'spike port' && second === 'kernel';
}

/** In NESTML 5 a sum of weights has the type of its port. */
function convolvedType(call: Call, { scope, isOlder }: Surroundings): Type | undefined {
  const [, port] = call.arguments;
  const type = port?.is === 'variable' ? scope.find(port.name.text)?.type : undefined;
  return isOlder && type !== undefined && !isSameType(type, RATE) ? type : REAL;
}

/** Whether it is one port, which is known from the text. */
function isPortOf(argument: Expression, around: Surroundings): boolean {
  if (argument.is !== 'variable') return false;
  const { index } = argument;
  const thing = around.scope.find(argument.name.text)!;
  const refusal = elementRefusal(thing, argument, around);
  if (refusal !== undefined) {
    around.problems.error(argument, refusal);
    return false;
  }
  around.later(() => checkElements(thing, argument, around));
  if (index === undefined || (index.is === 'number' && index.isInteger && !index.unit)) return true;
  around.problems.error(index, 'Which port is convolved is written as a whole number.');
  return false;
}

/** What is expected in place of an argument. */
function wrongName(argument: Expression, wanted: string, scope: Scope): string | undefined {
  const thing: NamedThing | undefined =
    argument.is === 'variable' ? scope.find(argument.name.text) : undefined;
  const isPlain = argument.is === 'variable' && argument.order === 0;
  const isWhole = isPlain && argument.index === undefined;
  switch (wanted) {
    case 't':
      return isWhole && argument.name.text === 't' ? undefined : 't, the time since a spike';
    case 'kernel':
      if (!isWhole || thing?.kind !== 'kernel') return 'a kernel first';
      return thing.type?.is === 'quantity' ? 'a kernel that has no unit' : undefined;
    case 'spike port':
      return isPlain && thing?.kind === 'spike port'
        ? undefined
        : 'a port of spikes behind a kernel';
    default:
      return isWhole && thing?.kind === 'state'
        ? undefined
        : 'names of states, without primes: all orders are integrated';
  }
}
