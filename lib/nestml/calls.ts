import { endWith, nearestName, quoted } from '../suggest';
import { isCounted } from './argument-counts';
import { delayedType } from './delayed-states';
import {
  type ParameterKind,
  type Place,
  placeText,
  type PredefinedFunction,
  predefinedFunctions,
} from './functions';
import { namedCall, takesNames } from './named-calls';
import { numberTaken } from './operations';
import { checkText, printing } from './printed-texts';
import { functionKey } from './reading';
import type { Problems } from './source';
import type { OwnFunction, Surroundings } from './surroundings';
import type { Call, Expression } from './syntax';
import { fits, INTEGER, isNumber, isNumeric, isSameType, REAL, type Type, typeName } from './types';

/** Finds the type of an argument. */
type CheckArgument = (argument: Expression) => Type | undefined;

/** The type of a call; undefined where something is wrong, which is told. */
export function callType(call: Call, around: Surroundings, check: CheckArgument): Type | undefined {
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
  if (thing !== undefined) return delayedType(call, thing, around, check);
  if (around.problems.unread.has(name)) {
    for (const argument of call.arguments) check(argument);
    return undefined;
  }
  if (name === 'sqrt') {
    around.problems.error(call.name, "There is no function 'sqrt'; a square root is x**0.5.");
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

function ownCall(
  call: Call,
  { parameters, returns }: OwnFunction,
  around: Surroundings,
  check: CheckArgument,
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
function refusedCall(name: string, { place, reading, refuses }: Surroundings): string | undefined {
  const reads = reading.of(functionKey(name));
  const isBody = bodies.includes(place);
  if (reads?.assigned !== undefined && !isBody) {
    const allowed = bodies.map(placeText).join(', ');
    return `'${name}' changes ${quoted(reads.assigned.name)}, and can be called in ${allowed} only.`;
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
  wanted: PredefinedFunction,
  around: Surroundings,
  check: CheckArgument,
): Type | undefined {
  const { parameters, optional = 0, returns, places } = wanted;
  const { problems, place } = around;
  if (places?.includes(place) === false) {
    const allowed = places.map(placeText).join(', ');
    problems.error(
      call,
      `${call.name.text} cannot be called in ${placeText(place)}, only in ${allowed}.`,
    );
    return undefined;
  }
  if (takesNames(wanted)) return namedCall(call, wanted, around);
  const types = call.arguments.map(check);
  if (!isCounted(call, parameters.length - optional, parameters.length, problems)) return undefined;
  if (types.includes(undefined)) return typeof returns === 'string' ? undefined : returns;
  const known = types as Type[];
  const first =
    known.find((type, i) => parameters[i] === 'alike' && type.is === 'quantity') ?? known[0]!;
  const isRight = known.every((type, i) =>
    isArgument(type, parameters[i]!, first, call, i, problems),
  );
  if (!isRight) return undefined;
  return typeof returns === 'string' ? resultOf(returns, first, known) : returns;
}

/** The type of what depends on arguments: a quantity, or a number that holds them all. */
function resultOf(
  returns: 'first' | 'common' | 'drawn',
  first: Type,
  types: readonly Type[],
): Type {
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
  if (wanted === 'any number') return true;
  if (isSameType(type, first) || (isNumber(type) && isNumber(first))) return true;
  if (isNumber(type) && first.is === 'quantity') {
    problems.warning(call.arguments[i]!, numberTaken(first));
    return true;
  }
  const types = `${typeName(first)} and ${typeName(type)}`;
  return refuse(`Arguments of ${name} are of one type; these are ${types}.`);
}
