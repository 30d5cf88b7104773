import type { Cursor } from './cursor';
import { type Place, type Span, spanOf } from './source';
import type {
  BinaryOperator,
  Call,
  Expression,
  Name,
  NumberLiteral,
  StringLiteral,
  BooleanLiteral,
  UnaryOperator,
  Variable,
} from './syntax';
import { isKeyword } from './tokens';

/** How tightly operators bind; those of one rank are worked out from the left, powers from the right. */
const ranks: Readonly<Record<BinaryOperator, number>> = {
  ...{ or: 3, and: 3 },
  ...{ '<': 5, '<=': 5, '==': 5, '!=': 5, '>=': 5, '>': 5 },
  ...{ '&': 6, '^': 6, '|': 6, '<<': 6, '>>': 6 },
  ...{ '+': 7, '-': 7 },
  ...{ '*': 8, '/': 8, '%': 8 },
  '**': 10,
};
const CHOICE = 1;
const NOT = 4;
const SIGN = 9;

/** Deeper or longer ones would take the stack of what goes through them. */
const DEEPEST = 200;
const LONGEST = 2000;
/** Of what is differentiated. */
const HIGHEST = 20;

/** An expression from here on. */
export function expression(cursor: Cursor): Expression {
  return new ExpressionReader(cursor).read(0);
}

/** `x`, `x'`, `x[i]` */
export function variable(cursor: Cursor): Variable {
  return new ExpressionReader(cursor).variable();
}

/** A name that is declared or used; `what` it is of, in words. */
export function nameAt(cursor: Cursor, what: string): Name {
  const { token } = cursor;
  if (isKeyword(token.text)) {
    cursor.refuse(token, `Expected ${what}, found '${token.text}', which is a keyword.`);
  }
  const { start, end, text } = cursor.expect('name', what);
  return { start, end, text };
}

/** A literal, as constants of handlers have them. */
export function literal(cursor: Cursor): NumberLiteral | BooleanLiteral | StringLiteral {
  return (
    new ExpressionReader(cursor).literal() ??
    cursor.fail('Expected a number, a text, true or false')
  );
}

class ExpressionReader {
  readonly #cursor: Cursor;
  #depth = 0;
  #operations = 0;

  constructor(cursor: Cursor) {
    this.#cursor = cursor;
  }

  /** What binds at least as tightly as `rank`. */
  read(rank: number): Expression {
    const cursor = this.#cursor;
    if (++this.#depth > DEEPEST) {
      cursor.refuse(cursor.token, `The expression is nested more than ${DEEPEST} times.`);
    }
    let left = this.#signed();
    for (;;) {
      const more = this.#more(left, rank);
      if (more === undefined) break;
      left = more;
    }
    this.#depth--;
    return left;
  }

  #more(left: Expression, rank: number): Expression | undefined {
    const cursor = this.#cursor;
    if (cursor.is('?') && rank <= CHOICE) {
      cursor.take();
      const yes = this.read(CHOICE);
      cursor.expect(':', "':' and what holds otherwise");
      const no = this.read(CHOICE);
      return { is: 'choice', condition: left, yes, no, ...spanOf(left, no) };
    }
    const operator = this.#operator();
    if (operator === undefined || ranks[operator] < rank) return undefined;
    if (++this.#operations > LONGEST) {
      cursor.refuse(cursor.token, `The expression has more than ${LONGEST} operations.`);
    }
    cursor.take();
    const right = this.read(operator === '**' ? ranks[operator] : ranks[operator] + 1);
    return { is: 'binary', operator, left, right, ...spanOf(left, right) };
  }

  #operator(): BinaryOperator | undefined {
    const { kind } = this.#cursor.token;
    const operator = kind === '<>' ? '!=' : kind;
    return Object.hasOwn(ranks, operator) ? (operator as BinaryOperator) : undefined;
  }

  #signed(): Expression {
    const cursor = this.#cursor;
    const { token } = cursor;
    if (!cursor.is('-', '+', '~', 'not')) return this.#primary();
    cursor.take();
    const operand = this.read(token.kind === 'not' ? NOT : SIGN);
    return {
      ...{ is: 'unary', operator: token.kind as UnaryOperator, operand },
      ...spanOf(token, operand),
    };
  }

  #primary(): Expression {
    const cursor = this.#cursor;
    const { token } = cursor;
    if (cursor.takeIf('(')) {
      const inner = this.read(0);
      this.#close(')', token);
      return { ...inner, ...cursor.spanFrom(token) };
    }
    const written = this.literal();
    if (written !== undefined) return written;
    if (!cursor.is('name')) cursor.fail('Expected an expression');
    return cursor.next.kind === '(' ? this.#call() : this.variable();
  }

  literal(): NumberLiteral | BooleanLiteral | StringLiteral | undefined {
    const cursor = this.#cursor;
    const { token } = cursor;
    if (cursor.takeIf('boolean literal')) {
      return { is: 'boolean', value: token.text.toLowerCase() === 'true', ...spanOf(token, token) };
    }
    if (cursor.takeIf('string literal')) {
      const { start, end } = token;
      const within = (place: Place, by: number): Place => ({ ...place, column: place.column + by });
      const content = { start: within(start, 1), end: within(end, -1) };
      return { is: 'string', value: token.text.slice(1, -1), content, start, end };
    }
    if (cursor.takeIf('inf')) {
      const value = Infinity;
      return { is: 'number', value, isInteger: false, unit: undefined, ...spanOf(token, token) };
    }
    if (!cursor.is('integer literal', 'real literal')) return undefined;
    cursor.take();
    const isInteger = token.kind === 'integer literal';
    // A factor may stand directly behind a number: a unit.
    const unit = cursor.is('name') && cursor.next.kind !== '(' ? this.variable() : undefined;
    const value = Number(token.text);
    return { is: 'number', value, isInteger, unit, ...spanOf(token, unit ?? token) };
  }

  variable(): Variable {
    const cursor = this.#cursor;
    const name = nameAt(cursor, 'the name of a variable');
    const open = cursor.takeIf('[');
    const index = open && this.read(0);
    if (open) this.#close(']', open);
    let order = 0;
    for (let at = cursor.takeIf("'"); at !== undefined; at = cursor.takeIf("'")) {
      if (++order > HIGHEST) cursor.refuse(at, `Derivatives are of order ${HIGHEST} at most.`);
    }
    return { is: 'variable', name, order, index, ...cursor.spanFrom(name) };
  }

  #call(): Call {
    const cursor = this.#cursor;
    const name = nameAt(cursor, 'the name of a function');
    const open = cursor.take();
    const given: Expression[] = [];
    if (!cursor.is(')')) {
      do given.push(this.read(0));
      while (cursor.takeIf(','));
    }
    this.#close(')', open);
    return { is: 'call', name, arguments: given, ...cursor.spanFrom(name) };
  }

  #close(sign: ')' | ']', open: Span): void {
    const cursor = this.#cursor;
    if (cursor.takeIf(sign)) return;
    if (cursor.is('end of line', 'joining comma')) {
      cursor.refuse(
        open,
        `The line ends before this is closed by '${sign}'; a line goes on in the next one where it ends with \\.`,
      );
    }
    cursor.fail(`Expected '${sign}'`);
  }
}
