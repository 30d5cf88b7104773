import { endWith, nearestName } from '../suggest';
import type { Values } from './constants';
import {
  type ParameterKind,
  type Place,
  placeText,
  type PredefinedFunction,
  predefinedFunctions,
} from './functions';
import { functionKey, type Reading } from './reading';
import { kindText, type NamedThing, type Scope } from './scope';
import type { Problems, Span } from './source';
import type { Call, Expression } from './syntax';
import { checkElements, elementRefusal } from './elements';
import { checkText, printing } from './printed-texts';
import {
  fits,
  INTEGER,
  isNumber,
  isNumeric,
  isSameType,
  MS,
  RATE,
  REAL,
  type Type,
  typeName,
} from './types';

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
  readonly reading: Reading;
  readonly values: Values;
  readonly isOlder: boolean;
  readonly later: (check: () => void) => void;
  readonly equationOf?: string;
  readonly elements?: NamedThing;
  readonly refuses?: (thing: NamedThing) => string | undefined;
}

/** Finds the type of an argument. */
type Check = (argument: Expression) => Type | undefined;

/** The type of a call; undefined where something is wrong, which is told. */
export function callType(call: Call, around: CallSurroundings, check: Check): Type | undefined {
  const name = call.name.text;
  const own = around.functions.get(name);
  if (own !== undefined) return ownCall(call, own, around, check);
  if (name === 'deliver_spike' && !around.isOlder) {
    const says = "'deliver_spike' is of NESTML 5 to 7; since NESTML 8 it is emit_spike(weight).";
    around.problems.error(call.name, says, 'emit_spike');
    return undefined;
  }
  if (Object.hasOwn(predefinedFunctions, name)) {
    if (printing.has(name)) for (const text of call.arguments) checkText(text, around);
    return predefinedCall(call, predefinedFunctions[name]!, around, check);
  }
  const thing = around.scope.find(name);
  if (thing !== undefined) return delayed(call, thing, around, check);
  if (around.problems.unread.has(name)) {
    for (const argument of call.arguments) check(argument);
    return undefined;
  }
  const known = [...Object.keys(predefinedFunctions), ...around.functions.keys()];
  const suggestion = around.problems.areMany ? undefined : nearestName(name, known);
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
  { name, type, kind, isVector }: NamedThing,
  { problems, place, scope, equationOf, later, values }: CallSurroundings,
  check: Check,
): Type | undefined {
  const refuse = (at: Span, message: string): undefined => {
    problems.error(at, message);
    return undefined;
  };
  if (kind !== 'state') {
    const says = 'functions are called, and only states are looked back at';
    return refuse(call.name, `'${name}' is ${kindText(kind)}; ${says}.`);
  }
  if (isVector) return refuse(call, `'${name}' is a vector, which no equation looks back at.`);
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
  later(() => {
    const value = values.of(right);
    if (typeof value !== 'number' || value >= 0) return;
    problems.error(right, `A delay is not negative; this one is ${value} ms by default.`);
  });
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
  around: CallSurroundings,
  check: Check,
): Type | undefined {
  const { problems } = around;
  const types = call.arguments.map(check);
  const refusal = refusedCall(call.name.text, around);
  if (refusal !== undefined) {
    problems.error(call, refusal);
    return undefined;
  }
  if (!isCounted(call, parameters.length, parameters.length, problems)) return returns;
  types.forEach((type, i) => {
    const { name, type: wanted } = parameters[i]!;
    if (type === undefined || wanted === undefined || fits(type, wanted)) return;
    problems.error(call.arguments[i]!, mismatch(name, wanted, type));
  });
  return returns;
}

/** Why a function cannot be called here, for what it reads or does. */
function refusedCall(
  name: string,
  { place, reading, refuses }: CallSurroundings,
): string | undefined {
  const reads = reading.of(functionKey(name));
  const isBody = bodies.includes(place);
  if (reads?.assigned !== undefined && !isBody) {
    const allowed = bodies.map(placeText).join(', ');
    return `'${name}' changes '${reads.assigned.name}', and can be called in ${allowed} only.`;
  }
  const [refusal] = [...(reads?.things.values() ?? [])].flatMap(
    (thing) => (thing.kind === 'inline' ? undefined : refuses?.(thing)) ?? [],
  );
  return refusal && `${refusal} The function '${name}' reads it.`;
}

const bodies: readonly Place[] = ['update', 'onReceive', 'onCondition', 'function'];

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
  if (types.includes(undefined)) return typeof returns === 'string' ? undefined : returns;
  const isRight = types.every((type, i) =>
    isArgument(type!, parameters[i]!, types[0]!, call, i, problems),
  );
  if (!isRight) return undefined;
  return typeof returns === 'string' ? resultOf(returns, types as Type[]) : returns;
}

/** The type of what depends on arguments: a quantity, or a number that holds them all. */
function resultOf(returns: 'first' | 'common' | 'drawn', types: readonly Type[]): Type {
  const first = types[0]!;
  if (returns === 'first' || !isNumber(first)) return first;
  const isWhole = returns === 'common' && types.every((type) => type.is === 'integer');
  return isWhole ? INTEGER : REAL;
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
  if (wanted === 'plain number') {
    return isNumber(type) || refuse(`${name} takes a number; this is ${typeName(type)}.`);
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
  returns: PredefinedFunction['returns'],
  around: CallSurroundings,
): Type | undefined {
  const { scope, problems } = around;
  const isStates = parameters[0] === 'states';
  if (!isStates && !isCounted(call, parameters.length, parameters.length, problems)) {
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

/** In NESTML 5 a sum of weights has the type of its port. */
function convolvedType(call: Call, { scope, isOlder }: CallSurroundings): Type | undefined {
  const [, port] = call.arguments;
  const type = port?.is === 'variable' ? scope.find(port.name.text)?.type : undefined;
  return isOlder && type !== undefined && !isSameType(type, RATE) ? type : REAL;
}

/** Whether it is one port, which is known from the text. */
function isPortOf(argument: Expression, around: CallSurroundings): boolean {
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
