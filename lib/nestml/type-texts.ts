import type { Cursor } from './cursor';
import { spanOf } from './source';
import { LARGEST_EXPONENT } from './units';
import type { Decorator, PlainType, TypeText, UnitText } from './syntax';

/** `real`, `mV`, `1/ms`, `nS * ms**(1/2)` */
export function typeText(cursor: Cursor): TypeText {
  const { token } = cursor;
  if (cursor.is('integer', 'real', 'boolean', 'string', 'void')) {
    cursor.take();
    return { is: 'plain', name: token.kind as PlainType, ...spanOf(token, token) };
  }
  const unit = product(cursor);
  return { is: 'quantity', unit, ...spanOf(unit, unit) };
}

function product(cursor: Cursor): UnitText {
  let left = power(cursor);
  while (cursor.is('*', '/')) {
    const operator = cursor.take().kind as '*' | '/';
    const right = power(cursor);
    left = { is: 'product', operator, left, right, ...spanOf(left, right) };
  }
  return left;
}

function power(cursor: Cursor): UnitText {
  let base = factor(cursor);
  while (cursor.takeIf('**')) {
    const exponent = exponentOf(cursor);
    base = { is: 'power', base, exponent, ...cursor.spanFrom(base) };
  }
  return base;
}

function factor(cursor: Cursor): UnitText {
  const { token } = cursor;
  if (cursor.takeIf('(')) {
    const inner = product(cursor);
    cursor.expect(')');
    return { ...inner, ...cursor.spanFrom(token) };
  }
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
