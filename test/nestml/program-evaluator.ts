// Runs programs of compiled models for one lane, without the core.
import type { OperationName, Program } from '../../lib/nestml/compiler/code';

type Value = number | boolean;
type Apply = (a: number, b: number, c: number) => Value;

const number = (value: Value): number => Number(value);
const halfAway = (a: number): number => Math.sign(a) * Math.floor(Math.abs(a) + 0.5);

const functions: Partial<Record<OperationName, Apply>> = {
  copy: (a) => a,
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  multiply_add: (a, b, c) => a * b + c,
  negate: (a) => -a,
  absolute: Math.abs,
  least: (a, b) => (b < a ? b : a),
  greatest: (a, b) => (a < b ? b : a),
  round_down: Math.floor,
  round_up: Math.ceil,
  round_half_away: halfAway,
  truncate: Math.trunc,
  remainder: (a, b) => a % b,
  less: (a, b) => a < b,
  less_or_equal: (a, b) => a <= b,
  equal: (a, b) => a === b,
  not_equal: (a, b) => a !== b,
  to_mask: (a) => a !== 0,
  to_number: (a) => a,
  exponential: Math.exp,
  exponential_minus_1: Math.expm1,
  logarithm: Math.log,
  power: (a, b) => a ** b,
};

const masks: Partial<Record<OperationName, (a: boolean, b: boolean) => boolean>> = {
  both: (a, b) => a && b,
  either: (a, b) => a || b,
  without: (a, b) => a && !b,
  invert: (a) => !a,
};

/** The results of a program. */
export function evaluate(
  { given, temporaries, code, main, results }: Program,
  constants: readonly number[],
  values: readonly number[],
): number[] {
  expect(values).toHaveLength(given);
  const at: Value[] = [...constants, ...values, ...new Array<Value>(temporaries).fill(NaN)];
  for (let k = 0; k < main; k++) {
    const { operation, operands } = code[k]!;
    const [r, a, b, c] = operands as [number, number, number, number];
    const apply = functions[operation];
    const mask = masks[operation];
    if (operation === 'select') at[r] = at[a] === true ? at[b]! : at[c]!;
    else if (operation === 'skip_unless_any') k += at[a] === true ? 0 : r;
    else if (operation === 'loop_while_any') k -= at[a] === true ? r + 1 : 0;
    else if (mask) at[r] = mask(at[a] === true, at[b] === true);
    else if (apply) at[r] = apply(number(at[a]!), number(at[b] ?? 0), number(at[c] ?? 0));
    else throw new Error(`${operation} is not evaluated here.`);
  }
  return results.map((one) => number(at[one]!));
}
