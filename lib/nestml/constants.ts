import type { Expression } from './syntax';

/** The number that literals, signs and + - * / % ** make; undefined where there is anything else. */
export function constantOf(tree: Expression): number | undefined {
  switch (tree.is) {
    case 'number':
      return tree.unit === undefined ? tree.value : undefined;
    case 'unary': {
      const operand = constantOf(tree.operand);
      if (operand === undefined) return undefined;
      if (tree.operator === '-') return -operand;
      return tree.operator === '+' ? operand : undefined;
    }
    case 'binary': {
      const left = constantOf(tree.left);
      const right = constantOf(tree.right);
      if (left === undefined || right === undefined) return undefined;
      return constantOperation(tree.operator, left, right);
    }
    default:
      return undefined;
  }
}

function constantOperation(operator: string, left: number, right: number): number | undefined {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '%':
      return left % right;
    case '**':
      return left ** right;
    default:
      return undefined;
  }
}
