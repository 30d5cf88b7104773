import type { Expression, NumberLiteral, Variable } from './syntax';

/** A value that is known from a text alone. */
export type Value = number | boolean;

/** Of more elements is no vector. */
export const LARGEST_VECTOR = 10_000;

/** Values that a text alone says. */
export interface Values {
  /** Of an expression, its types known. */
  of(tree: Expression): Value | undefined;
  /** The size of a vector; undefined for what is none, or where it is not known. */
  sizeOf(tree: Expression | undefined): number | undefined;
}

/** What is known besides plain numbers. */
export interface Known {
  /** Of a name, or of a number with a unit; undefined where it is not known. */
  readonly valueOf: (tree: NumberLiteral | Variable) => Value | undefined;
  /** Whether a quotient is one of integers, without decimals. */
  readonly isWhole: (quotient: Expression) => boolean;
}

const nothing: Known = { valueOf: () => undefined, isWhole: () => false };

/**
 * What literals and operators make of what is known; undefined where there is anything else.
 * Functions are left to the core, whose values they have.
 */
export function constantOf(tree: Expression, known = nothing): Value | undefined {
  switch (tree.is) {
    case 'number':
      return tree.unit === undefined ? tree.value : known.valueOf(tree);
    case 'boolean':
      return tree.value;
    case 'variable':
      return known.valueOf(tree);
    case 'unary':
      return unaryConstant(tree.operator, constantOf(tree.operand, known));
    case 'binary': {
      const left = constantOf(tree.left, known);
      const right = constantOf(tree.right, known);
      const value = binaryConstant(tree.operator, left, right);
      return tree.operator === '/' && typeof value === 'number' && known.isWhole(tree)
        ? Math.trunc(value)
        : value;
    }
    case 'choice': {
      const condition = constantOf(tree.condition, known);
      if (typeof condition !== 'boolean') return undefined;
      return constantOf(condition ? tree.yes : tree.no, known);
    }
    default:
      return undefined;
  }
}

function unaryConstant(operator: string, operand: Value | undefined): Value | undefined {
  if (typeof operand === 'boolean') return operator === 'not' ? !operand : undefined;
  if (operand === undefined) return undefined;
  if (operator === '-') return -operand;
  return operator === '+' ? operand : undefined;
}

function binaryConstant(
  operator: string,
  left: Value | undefined,
  right: Value | undefined,
): Value | undefined {
  if (typeof left === 'boolean' || typeof right === 'boolean') {
    return ofConditions(operator, left, right);
  }
  if (left === undefined || right === undefined) return undefined;
  return Object.hasOwn(arithmetic, operator) ? arithmetic[operator]!(left, right) : undefined;
}

function ofConditions(operator: string, left?: Value, right?: Value): Value | undefined {
  // One of them may decide.
  if (operator === 'and' && (left === false || right === false)) return false;
  if (operator === 'or' && (left === true || right === true)) return true;
  if (typeof left !== 'boolean' || typeof right !== 'boolean') return undefined;
  switch (operator) {
    case 'and':
      return left && right;
    case 'or':
      return left || right;
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    default:
      return undefined;
  }
}

const arithmetic: Readonly<Record<string, (left: number, right: number) => Value>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '%': (left, right) => left % right,
  '**': (left, right) => left ** right,
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '==': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  '>=': (left, right) => left >= right,
  '>': (left, right) => left > right,
};
