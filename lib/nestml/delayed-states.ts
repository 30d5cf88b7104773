import { kindText, type NamedThing } from './scope';
import type { Span } from './source';
import type { Surroundings } from './surroundings';
import type { Call, Expression } from './syntax';
import { isSameType, MS, type Type, typeName } from './types';

/** The type of `x(t - d)`, a state as it was. */
export function delayedType(
  call: Call,
  { name, type, kind, isVector }: NamedThing,
  { problems, place, scope, equationOf, later, values }: Surroundings,
  check: (argument: Expression) => Type | undefined,
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
