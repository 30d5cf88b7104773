import type { Cursor } from './cursor';
import { spanOf } from './source';
import type { Decorator, PlainType, TypeText, UnitText } from './syntax';
import { LARGEST_EXPONENT } from './units';

/** Longer units would take the stack of what goes through them. */
const LONGEST = 100;

/** `real`, `mV`, `1/ms`, `nS * ms**(1/2)` */
export function typeText(cursor: Cursor): TypeText {
  const { token } = cursor;
  if (cursor.is('integer', 'real', 'boolean', 'string', 'void')) {
    cursor.take();
    return { is: 'plain', name: token.kind as PlainType, ...spanOf(token, token) };
  }
  const unit = new UnitReader(cursor).product();
  return { is: 'quantity', unit, ...spanOf(unit, unit) };
}

class UnitReader {
  readonly #cursor: Cursor;
  #parts = 0;

  constructor(cursor: Cursor) {
    this.#cursor = cursor;
  }

  product(): UnitText {
    const cursor = this.#cursor;
    let left = this.#power();
    while (cursor.is('*', '/')) {
      this.#count();
      const operator = cursor.take().kind as '*' | '/';
      const right = this.#power();
      left = { is: 'product', operator, left, right, ...spanOf(left, right) };
    }
    return left;
  }

  #power(): UnitText {
    const cursor = this.#cursor;
    let base = this.#factor();
    while (cursor.takeIf('**')) {
      this.#count();
      const exponent = exponentOf(cursor);
      base = { is: 'power', base, exponent, ...cursor.spanFrom(base) };
    }
    return base;
  }

  #factor(): UnitText {
    const cursor = this.#cursor;
    const { token } = cursor;
    if (!cursor.takeIf('(')) return plainUnit(cursor);
    this.#count();
    const inner = this.product();
    cursor.expect(')');
    return { ...inner, ...cursor.spanFrom(token) };
  }

  #count(): void {
    if (++this.#parts <= LONGEST) return;
    this.#cursor.refuse(this.#cursor.token, `A unit has at most ${LONGEST} parts.`);
  }
}

function plainUnit(cursor: Cursor): UnitText {
  const { token } = cursor;
  if (cursor.takeIf('integer literal')) {
    if (Number(token.text) !== 1 || !cursor.is('/')) {
      cursor.refuse(token, `The numerator of a unit is 1, as in 1/ms; found '${token.text}'.`);
    }
    return { is: 'one', ...spanOf(token, token) };
  }
  if (!cursor.is('name')) {
    cursor.fail('Expected a type: integer, real, boolean, string or a unit');
  }
  const { text } = cursor.take();
  return { is: 'unit', name: text, ...spanOf(token, token) };
}

/** `2`, `-1.5`, `(1/2)`, `-(1/2)` */
function exponentOf(cursor: Cursor): number {
  const sign = cursor.is('-', '+') && cursor.take().kind === '-' ? -1 : 1;
  if (cursor.takeIf('(')) {
    const numerator = Number(cursor.expect('integer literal', 'a whole number').text);
    cursor.expect('/');
    const token = cursor.expect('integer literal', 'a whole number');
    const denominator = Number(token.text);
    if (denominator === 0) cursor.refuse(token, 'An exponent is not divided by 0.');
    cursor.expect(')');
    return (sign * numerator) / denominator;
  }
  if (!cursor.is('integer literal', 'real literal')) cursor.fail('Expected an exponent');
  const token = cursor.take();
  const size = Number(token.text);
  if (size > LARGEST_EXPONENT) {
    cursor.refuse(token, `Exponents of units are at most ${LARGEST_EXPONENT}.`);
  }
  return sign * size;
}

const own = ['homogeneous', 'heterogeneous'];

/** What stands behind a declaration: `@homogeneous`, `@nest::delay`. */
export function decorators(cursor: Cursor): Decorator[] {
  const found: Decorator[] = [];
  for (let at = cursor.takeIf('@'); at !== undefined; at = cursor.takeIf('@')) {
    const name = cursor.expect('name', `a decorator: @${own.join(', @')} or @space::name`);
    if (cursor.takeIf('::')) {
      const { text } = cursor.expect('name', 'the name of a decorator');
      found.push({ text: `${name.text}::${text}`, ...cursor.spanFrom(at) });
    } else if (own.includes(name.text)) {
      found.push({ text: name.text, ...cursor.spanFrom(at) });
    } else {
      const allowed = `@${own.join(', @')} and @space::name`;
      cursor.refuse(name, `There is no decorator @${name.text}; allowed are ${allowed}.`);
    }
  }
  return found;
}
