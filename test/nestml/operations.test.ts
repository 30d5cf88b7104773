import { binaryType, choiceType, type Outcome, unaryType } from '../../lib/nestml/operations';
import type { BinaryOperator, UnaryOperator } from '../../lib/nestml/syntax';
import {
  BOOLEAN,
  fits,
  INTEGER,
  quantityOf,
  REAL,
  STRING,
  type Type,
  typeName,
  VOID,
} from '../../lib/nestml/types';
import { unitNamed } from '../../lib/nestml/units';

const quantity = (name: string): Type => quantityOf(unitNamed(name)!.dimension);
const types: Readonly<Record<string, Type>> = {
  ...{ integer: INTEGER, real: REAL, boolean: BOOLEAN, string: STRING, void: VOID },
  ...{ mV: quantity('mV'), V: quantity('V'), ms: quantity('ms'), nS: quantity('nS') },
};

/** `mV`, `mV (with a warning)`, `left: …` */
function told(outcome: Outcome): string {
  if ('error' in outcome) return `${outcome.at}: ${outcome.error}`;
  return `${typeName(outcome.type)}${outcome.warning ? ` (${outcome.warning})` : ''}`;
}

describe('which type can be given to which', () => {
  test.each([
    ['integer', ['integer', 'real']],
    ['real', ['integer', 'real']],
    ['mV', ['real', 'mV', 'V']],
    ['boolean', ['boolean']],
    ['string', ['string']],
    ['void', []],
  ])('%s', (from, to) => {
    const taken = Object.keys(types).filter((name) => fits(types[from]!, types[name]!));
    expect(taken).toEqual(to);
  });
});

describe('binary operators', () => {
  test.each([
    ['integer + integer', 'integer'],
    ['integer + real', 'real'],
    ['mV + V', 'mV'],
    ['mV - real', 'mV (The number is taken to be in mV.)'],
    ['integer + mV', 'mV (The number is taken to be in mV.)'],
    ['mV + ms', "whole: Operands of '+' are of one dimension; these are mV and ms."],
    ['boolean + real', "left: Operands of '+' are numbers or quantities; this is boolean."],
    ['real - boolean', "right: Operands of '-' are numbers or quantities; this is boolean."],
    ['string + string', 'string'],
    ['string - string', "left: Operands of '-' are numbers or quantities; this is string."],
    ['string + integer', "left: Operands of '+' are numbers or quantities; this is string."],
    ['void * real', "left: Operands of '*' are numbers or quantities; this is void."],
    ['mV * nS', 'pA'],
    ['mV * real', 'mV'],
    ['integer * integer', 'integer'],
    ['integer / integer', 'integer'],
    ['integer / real', 'real'],
    ['mV / V', 'real'],
    ['real / ms', '1/ms'],
    ['mV / ms', 'mV/ms'],
    ['boolean * real', "left: Operands of '*' are numbers or quantities; this is boolean."],
    ['integer % integer', 'integer'],
    ['real % integer', "left: Operands of '%' are integers; this is real."],
    ['integer & real', "right: Operands of '&' are integers; this is real."],
    ['integer << integer', 'integer'],
    ['integer ^ boolean', "right: Operands of '^' are integers; this is boolean."],
    ['boolean and boolean', 'boolean'],
    ['integer and boolean', "left: Operands of 'and' are booleans; this is integer."],
    ['boolean or real', "right: Operands of 'or' are booleans; this is real."],
    ['integer < real', 'boolean'],
    ['mV >= V', 'boolean'],
    ['mV > integer', 'boolean (The number is taken to be in mV.)'],
    ['mV == ms', "whole: Operands of '==' are of one dimension; these are mV and ms."],
    ['boolean == boolean', 'boolean'],
    ['string != string', 'boolean'],
    ['boolean < boolean', "left: Operands of '<' are numbers or quantities; this is boolean."],
    ['boolean == integer', "left: Operands of '==' are numbers or quantities; this is boolean."],
    ['void == void', "left: Operands of '==' are numbers or quantities; this is void."],
    ['integer ** integer', 'integer'],
    ['integer ** real', 'real'],
    ['integer ** mV', 'right: An exponent is a number; this is mV.'],
    [
      'mV ** real',
      'right: The exponent of a quantity is written as a number, so that the unit of the power is known.',
    ],
  ])('%s', (text, expected) => {
    const [left, operator, right] = text.split(' ');
    const outcome = binaryType(operator as BinaryOperator, types[left!]!, types[right!]!);
    expect(told(outcome)).toBe(expected);
  });

  test('powers of quantities', () => {
    const power = (exponent: number) => told(binaryType('**', types.ms!, REAL, { exponent }));
    expect([2, -1, 0, 0.5].map(power)).toEqual(['ms**2', '1/ms', 'real', 'ms**0.5']);
  });
});

test.each([
  ['-', 'mV', 'mV'],
  ['+', 'integer', 'integer'],
  ['-', 'boolean', "right: The operand of '-' is a number or a quantity; this is boolean."],
  ['~', 'integer', 'integer'],
  ['~', 'real', "right: The operand of '~' is an integer; this is real."],
  ['not', 'boolean', 'boolean'],
  ['not', 'real', "right: The operand of 'not' is boolean; this is real."],
])('%s %s', (operator, operand, expected) => {
  expect(told(unaryType(operator as UnaryOperator, types[operand]!))).toBe(expected);
});

test.each([
  ['boolean', 'mV', 'V', 'mV'],
  ['boolean', 'integer', 'real', 'real'],
  ['boolean', 'string', 'string', 'string'],
  ['boolean', 'mV', 'integer', 'mV (The number is taken to be in mV.)'],
  ['integer', 'mV', 'mV', 'left: A condition is boolean; this is integer.'],
  ['boolean', 'mV', 'ms', "whole: Operands of '? :' are of one dimension; these are mV and ms."],
  [
    'boolean',
    'mV',
    'string',
    "whole: Both values of '? :' are of one type; these are mV and string.",
  ],
])('%s ? %s : %s', (condition, yes, no, expected) => {
  expect(told(choiceType(types[condition]!, types[yes]!, types[no]!))).toBe(expected);
});
