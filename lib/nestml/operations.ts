import type { BinaryOperator, UnaryOperator } from './syntax';
import {
  BOOLEAN,
  dimensionOf,
  INTEGER,
  isNumber,
  isNumeric,
  isSameType,
  quantityOf,
  REAL,
  STRING,
  type Type,
  typeName,
} from './types';
import { LARGEST_EXPONENT, powerOf, productOf } from './units';

// What operators make of their operands.

/** A type, or what is wrong with the operands; a type may come with a warning. */
export type Outcome =
  | { readonly type: Type; readonly warning?: string }
  | {
      /** Which operand it is told at. */
      readonly at: 'left' | 'right' | 'whole';
      readonly error: string;
    };

const refused = (at: 'left' | 'right' | 'whole', error: string): Outcome => ({ at, error });

/** The first operand that is not as it should be. */
function offender(
  left: Type,
  right: Type,
  isAllowed: (type: Type) => boolean,
): 'left' | 'right' | undefined {
  if (!isAllowed(left)) return 'left';
  return isAllowed(right) ? undefined : 'right';
}

/** Operands that are all of one kind, which the error names. */
function only(
  operator: string,
  left: Type,
  right: Type,
  kind: string,
  isAllowed: (type: Type) => boolean,
): Outcome | undefined {
  const at = offender(left, right, isAllowed);
  if (at === undefined) return undefined;
  const given = typeName(at === 'left' ? left : right);
  return refused(at, `Operands of '${operator}' are ${kind}; this is ${given}.`);
}

const isInteger = ({ is }: Type): boolean => is === 'integer';
const isBoolean = ({ is }: Type): boolean => is === 'boolean';

const numberOf = (left: Type, right: Type): Type =>
  isInteger(left) && isInteger(right) ? INTEGER : REAL;

/** A number beside a quantity is taken to be one of its scale. */
const takenAs = (left: Type, right: Type): Outcome => {
  const quantity = isNumber(left) ? right : left;
  return { type: quantity, warning: numberTaken(quantity) };
};

export const numberTaken = (quantity: Type): string =>
  `The number is taken to be in ${typeName(quantity)}.`;

/** What stands side by side: summed, compared, or chosen between. */
function alike(operator: string, left: Type, right: Type): Outcome {
  if (isNumber(left) && isNumber(right)) return { type: numberOf(left, right) };
  if (isNumber(left) || isNumber(right)) return takenAs(left, right);
  if (isSameType(left, right)) return { type: left };
  return refused(
    'whole',
    `Operands of '${operator}' are of one dimension; these are ${typeName(left)} and ${typeName(right)}.`,
  );
}

function sum(operator: '+' | '-', left: Type, right: Type, written: string): Outcome {
  if (operator === '+' && left.is === 'string' && right.is === 'string') return { type: STRING };
  const wrong = only(written, left, right, 'numbers or quantities', isNumeric);
  return wrong ?? alike(written, left, right);
}

function product(operator: '*' | '/', left: Type, right: Type, written: string): Outcome {
  const wrong = only(written, left, right, 'numbers or quantities', isNumeric);
  if (wrong) return wrong;
  if (isNumber(left) && isNumber(right)) return { type: numberOf(left, right) };
  const sign = operator === '*' ? 1 : -1;
  return { type: quantityOf(productOf(dimensionOf(left), dimensionOf(right), sign)) };
}

/** @param exponent Its value, if it is known from the text. */
function power(left: Type, right: Type, exponent: number | undefined): Outcome {
  const wrong = only('**', left, right, 'numbers or quantities', isNumeric);
  if (wrong) return wrong;
  if (!isNumber(right)) {
    return refused('right', `An exponent is a number; this is ${typeName(right)}.`);
  }
  if (isNumber(left)) return { type: numberOf(left, right) };
  if (exponent === undefined) {
    const hint = 'so that the unit of the power is known';
    return refused('right', `The exponent of a quantity is written as a number, ${hint}.`);
  }
  if (!(Math.abs(exponent) <= LARGEST_EXPONENT)) {
    return refused('right', `Exponents of quantities are at most ${LARGEST_EXPONENT} in size.`);
  }
  return { type: quantityOf(powerOf(dimensionOf(left), exponent)) };
}

/** Of bits, and no power. */
function xor(left: Type, right: Type): Outcome {
  const wrong = only('^', left, right, 'integers', isInteger);
  if (wrong === undefined) return { type: INTEGER };
  const isPower = isNumeric(left) && isNumber(right) && 'error' in wrong;
  return isPower ? { ...wrong, error: `${wrong.error} A power is written **.` } : wrong;
}

function comparison(operator: string, left: Type, right: Type): Outcome {
  const isEquality = operator === '==' || operator === '!=';
  if (isEquality && isSameType(left, right) && left.is !== 'void') return { type: BOOLEAN };
  const wrong = only(operator, left, right, 'numbers or quantities', isNumeric);
  if (wrong) return wrong;
  const outcome = alike(operator, left, right);
  return 'error' in outcome ? outcome : { ...outcome, type: BOOLEAN };
}

/** What is known of an operation besides the types of its operands. */
interface OperationFacts {
  /** The value of an exponent, if it is known from the text. */
  readonly exponent?: number | undefined;
  /** The operator as it stands in the text, where that is another: `+=`. */
  readonly written?: string;
}

/** The type of an operation. Source: NESTML 8 language documentation, "Expressions". */
export function binaryType(
  operator: BinaryOperator,
  left: Type,
  right: Type,
  { exponent, written = operator }: OperationFacts = {},
): Outcome {
  switch (operator) {
    case '+':
    case '-':
      return sum(operator, left, right, written);
    case '*':
    case '/':
      return product(operator, left, right, written);
    case '**':
      return power(left, right, exponent);
    case '%':
    case '&':
    case '|':
    case '<<':
    case '>>':
      return only(operator, left, right, 'integers', isInteger) ?? { type: INTEGER };
    case '^':
      return xor(left, right);
    case 'and':
    case 'or':
      return only(operator, left, right, 'booleans', isBoolean) ?? { type: BOOLEAN };
    default:
      return comparison(operator, left, right);
  }
}

/** The type of `- x`, `+ x`, `~ x`, `not x`. */
export function unaryType(operator: UnaryOperator, operand: Type): Outcome {
  const wrong = (kind: string): Outcome =>
    refused('right', `The operand of '${operator}' is ${kind}; this is ${typeName(operand)}.`);
  if (operator === 'not') return isBoolean(operand) ? { type: BOOLEAN } : wrong('boolean');
  if (operator === '~') return isInteger(operand) ? { type: INTEGER } : wrong('an integer');
  return isNumeric(operand) ? { type: operand } : wrong('a number or a quantity');
}

/** The type of `condition ? yes : no`; `at` names the side that is wrong, the whole for both. */
export function choiceType(condition: Type, yes: Type, no: Type): Outcome {
  if (!isBoolean(condition)) {
    return refused('left', `A condition is boolean; this is ${typeName(condition)}.`);
  }
  if (isSameType(yes, no) && yes.is !== 'void') return { type: yes };
  if (isNumeric(yes) && isNumeric(no)) return alike('? :', yes, no);
  const types = `${typeName(yes)} and ${typeName(no)}`;
  return refused('whole', `Both values of '? :' are of one type; these are ${types}.`);
}
