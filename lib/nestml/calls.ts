import { endWith, nearestName } from '../suggest';
import {
  type ParameterKind,
  type Place,
  placeText,
  type PredefinedFunction,
  predefinedFunctions,
} from './functions';
import type { NamedThing, Scope } from './scope';
import type { Problems } from './source';
import type { Call, Expression } from './syntax';
import { fits, isNumber, isNumeric, isSameType, quantityOf, type Type, typeName } from './types';
import { unitNamed } from './units';

const MS = quantityOf(unitNamed('ms')!.dimension);

/** A function that a model declares. */
export interface OwnFunction {
  readonly parameters: readonly { readonly name: string; readonly type: Type | undefined }[];
  readonly returns: Type | undefined;
}

/** What a call can see; see Surroundings in expression-types.ts. */
interface CallSurroundings {
  readonly scope: Scope;
  readonly problems: Problems;
  readonly place: Place;
  readonly functions: ReadonlyMap<string, OwnFunction>;
  /** The state whose equation it is. */
  readonly equationOf?: string;
}

/** Finds the type of an argument. */
type Check = (argument: Expression) => Type | undefined;

/** The type of a call; undefined where something is wrong, which is told. */
export function callType(call: Call, around: CallSurroundings, check: Check): Type | undefined {
  const name = call.name.text;
  const own = around.functions.get(name);
  if (own !== undefined) return ownCall(call, own, around, check);
  if (Object.hasOwn(predefinedFunctions, name)) {
    return predefinedCall(call, predefinedFunctions[name]!, around, check);
  }
  const thing = around.scope.find(name);
  if (thing?.kind === 'state') return delayed(call, thing, around, check);
  const known = [...Object.keys(predefinedFunctions), ...around.functions.keys()];
  const suggestion = nearestName(name, known);
  around.problems.error(
    call.name,
    `There is no function '${name}'${endWith(suggestion)}`,
    suggestion,
  );
  for (const argument of call.arguments) check(argument);
  return undefined;
}

/** `x(t - d)`: a state as it was. */
function delayed(
  call: Call,
  { name, type }: NamedThing,
  { problems, place, scope, equationOf }: CallSurroundings,
  check: Check,
): Type | undefined {
  const refuse = (at: Expression, message: string): undefined => {
    problems.error(at, message);
    return undefined;
  };
  if (place !== 'equation') return refuse(call, `${name}(t - …) stands in equations only.`);
  if (equationOf === name) return refuse(call, `The equation of '${name}' cannot look back at it.`);
  const [argument] = call.arguments;
  const isPast =
    call.arguments.length === 1 &&
    argument?.is === 'binary' &&
    argument.operator === '-' &&
    argument.left.is === 'variable' &&
    argument.left.name.text === 't';
  if (!isPast)
    return refuse(argument ?? call, `A state is taken as ${name}(t - d), with a delay d.`);
  const { right } = argument;
  const isParameter = right.is === 'variable' && scope.find(right.name.text)?.kind === 'parameter';
  if (right.is !== 'number' && !isParameter) {
    return refuse(right, 'A delay is a number or a parameter.');
  }
  const delay = check(right);
  if (delay === undefined) return undefined;
  return isSameType(delay, MS) ? type : refuse(right, `A delay is ms; this is ${typeName(delay)}.`);
}

const counted = (count: number): string => `${count} argument${count === 1 ? '' : 's'}`;

/** Whether there are as many arguments as there should be. */
function isCounted(call: Call, least: number, most: number, problems: Problems): boolean {
  const given = call.arguments.length;
  if (given >= least && given <= most) return true;
  const takes = least === most ? counted(most) : `${least} to ${counted(most)}`;
  problems.error(call, `${call.name.text} takes ${takes}; here are ${given}.`);
  return false;
}

function ownCall(
  call: Call,
  { parameters, returns }: OwnFunction,
  { problems }: CallSurroundings,
  check: Check,
): Type | undefined {
  const types = call.arguments.map(check);
  if (!isCounted(call, parameters.length, parameters.length, problems)) return returns;
  types.forEach((type, i) => {
    const { name, type: wanted } = parameters[i]!;
    if (type === undefined || wanted === undefined || fits(type, wanted)) return;
    problems.error(call.arguments[i]!, mismatch(name, wanted, type));
  });
  return returns;
}

const mismatch = (name: string, wanted: Type, given: Type): string =>
  `${name} is ${typeName(wanted)}; this is ${typeName(given)}.`;

function predefinedCall(
  call: Call,
  { parameters, optional = 0, returns, places }: PredefinedFunction,
  around: CallSurroundings,
  check: Check,
): Type | undefined {
  const { problems, place } = around;
  if (places?.includes(place) === false) {
    const allowed = places.map(placeText).join(', ');
    problems.error(
      call,
      `${call.name.text} cannot be called in ${placeText(place)}, only in ${allowed}.`,
    );
    return undefined;
  }
  const takesNames = parameters.some((one) => typeof one === 'string' && namesOnly.has(one));
  if (takesNames) return namedCall(call, parameters, returns, around);
  const types = call.arguments.map(check);
  if (!isCounted(call, parameters.length - optional, parameters.length, problems)) return undefined;
  if (types.includes(undefined)) return returns === 'first' ? undefined : returns;
  const isRight = types.every((type, i) =>
    isArgument(type!, parameters[i]!, types[0]!, call, i, problems),
  );
  if (!isRight) return undefined;
  return returns === 'first' ? types[0] : returns;
}

/** Whether an argument is what it should be; told where it is not. */
function isArgument(
  type: Type,
  wanted: ParameterKind,
  first: Type,
  call: Call,
  i: number,
  problems: Problems,
): boolean {
  const refuse = (message: string): false => {
    problems.error(call.arguments[i]!, message);
    return false;
  };
  const { text: name } = call.name;
  if (typeof wanted === 'object') {
    return fits(type, wanted) || refuse(mismatch(`An argument of ${name}`, wanted, type));
  }
  if (!isNumeric(type)) {
    return refuse(`Arguments of ${name} are numbers or quantities; this is ${typeName(type)}.`);
  }
  if (wanted === 'any number' || i === 0) return true;
  if (isSameType(type, first) || (isNumber(type) && isNumber(first))) return true;
  const types = `${typeName(first)} and ${typeName(type)}`;
  return refuse(`Arguments of ${name} are of one type; these are ${types}.`);
}

const namesOnly: ReadonlySet<string> = new Set(['kernel', 'spike port', 'states', 't']);

/** A call whose arguments are names and no values. */
function namedCall(
  call: Call,
  parameters: readonly ParameterKind[],
  returns: Type | 'first',
  { scope, problems }: CallSurroundings,
): Type | undefined {
  const isStates = parameters[0] === 'states';
  if (!isStates && !isCounted(call, parameters.length, parameters.length, problems)) {
    return undefined;
  }
  const isRight = call.arguments.map((argument, i) => {
    const wanted = isStates ? 'states' : parameters[i]!;
    const wrong = wrongName(argument, wanted as string, scope);
    if (wrong !== undefined) problems.error(argument, `${call.name.text} takes ${wrong}.`);
    return wrong === undefined;
  });
  return isRight.includes(false) || returns === 'first' ? undefined : returns;
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
      return isWhole && thing?.kind === 'kernel' ? undefined : 'a kernel first';
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
