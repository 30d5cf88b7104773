import type { Cursor } from './cursor';
import { expression, nameAt, variable } from './expressions';
import { callOf, functionText } from './hints';
import { writtenText } from './scope';
import { spanOf } from './source';
import type { Assignment, Body, Declaration, Expression, Statement, Variable } from './syntax';
import type { Token } from './tokens';
import { decorators, typeText } from './type-texts';

/** `a, b type = value [[guard]] @decorator`, up to the end of the line. */
export function declaration(cursor: Cursor): Declaration {
  const { token } = cursor;
  const isRecordable = cursor.takeIf('recordable') !== undefined;
  // Without effect in front of a state.
  cursor.takeIf('inline');
  const variables = [variable(cursor)];
  while (cursor.takeIf(',')) variables.push(variable(cursor));
  return rest(cursor, spanOf(token, token), isRecordable, variables);
}

function rest(
  cursor: Cursor,
  start: Declaration | { readonly start: Declaration['start']; readonly end: Declaration['end'] },
  isRecordable: boolean,
  variables: readonly Variable[],
): Declaration {
  const type = typeText(cursor);
  const value = cursor.takeIf('=') && expression(cursor);
  const guard = cursor.takeIf('[[') && guardOf(cursor);
  const declared: Declaration = {
    ...{ is: 'declaration', isRecordable, variables, type, value, guard },
    decorators: decorators(cursor),
    ...cursor.spanFrom(start),
  };
  cursor.endLine();
  return declared;
}

function guardOf(cursor: Cursor): Expression {
  const condition = expression(cursor);
  cursor.expect(']]');
  return condition;
}

/** A colon, and the statements that are indented below. */
export function body(cursor: Cursor, what: string): Body {
  return cursor.block(what, () => statement(cursor));
}

function statement(cursor: Cursor): Statement {
  switch (cursor.token.kind) {
    case 'if':
      return ifStatement(cursor);
    case 'while':
      return whileStatement(cursor);
    case 'for':
      return forStatement(cursor);
    case 'return':
      return returnStatement(cursor);
    case 'elif':
    case 'else':
      return cursor.refuse(
        cursor.token,
        `There is no 'if' that this '${cursor.token.text}' is of.`,
      );
    case 'recordable':
    case 'inline':
      return declaration(cursor);
    default:
      return cursor.next.kind === '(' && cursor.is('name')
        ? callStatement(cursor)
        : assignmentOrDeclaration(cursor);
  }
}

function ifStatement(cursor: Cursor): Statement {
  const start = cursor.take();
  const first = expression(cursor);
  const branches = [{ condition: first, body: body(cursor, "'if' and its condition") }];
  while (cursor.takeIf('elif') ?? elseIf(cursor)) {
    const condition = expression(cursor);
    branches.push({ condition, body: body(cursor, "'elif' and its condition") });
  }
  const otherwise = cursor.takeIf('else') && body(cursor, "'else'");
  return { is: 'if', branches, otherwise, ...spanOf(start, first) };
}

/** As in other languages; it is read as what is meant. */
function elseIf(cursor: Cursor): Token | undefined {
  if (!cursor.is('else') || cursor.next.kind !== 'if') return undefined;
  const start = cursor.take();
  cursor.problems.error(spanOf(start, cursor.token), "'else if' is elif.", 'elif');
  return cursor.take();
}

function whileStatement(cursor: Cursor): Statement {
  const start = cursor.take();
  const condition = expression(cursor);
  const repeated = body(cursor, "'while' and its condition");
  return { is: 'while', condition, body: repeated, ...spanOf(start, condition) };
}

function forStatement(cursor: Cursor): Statement {
  const start = cursor.take();
  const name = nameAt(cursor, 'the name of a variable');
  cursor.expect('in');
  const from = expression(cursor);
  cursor.expect('...', "'...' and the end");
  const to = expression(cursor);
  cursor.expect('step', "'step' and a number");
  const sign = cursor.takeIf('-') ? -1 : 1;
  if (!cursor.is('integer literal', 'real literal')) cursor.fail('Expected a number');
  const step = sign * Number(cursor.take().text);
  const end = cursor.last;
  const repeated = body(cursor, "'for'");
  return { is: 'for', variable: name, from, to, step, body: repeated, ...spanOf(start, end) };
}

function returnStatement(cursor: Cursor): Statement {
  const start = cursor.take();
  const value = cursor.is('end of line') ? undefined : expression(cursor);
  cursor.endLine();
  return { is: 'return', value, ...spanOf(start, value ?? start) };
}

function callStatement(cursor: Cursor): Statement {
  const call = expression(cursor);
  if (call.is !== 'call') {
    cursor.refuse(call, 'The value of this expression is not used; a statement assigns or calls.');
  }
  cursor.endLine();
  return { is: 'call statement', call, ...spanOf(call, call) };
}

const isAssignment = (kind: string): kind is Assignment['operator'] =>
  ['=', '+=', '-=', '*=', '/='].includes(kind);

function assignmentOrDeclaration(cursor: Cursor): Statement {
  if (!cursor.is('name')) cursor.fail('Expected a statement');
  const first = variable(cursor);
  const { kind } = cursor.token;
  if (kind === '==') {
    const says = "'==' compares; a statement assigns with '='.";
    cursor.problems.error(cursor.token, says, '=');
  }
  if ((kind === '+' || kind === '-') && cursor.next.kind === kind) {
    const instead = `${writtenText(first)} ${kind}= 1`;
    const span = spanOf(cursor.token, cursor.next);
    cursor.refuse(span, `There is no '${kind}${kind}' in NESTML; write ${instead}.`);
  }
  if (kind === '==' || isAssignment(kind)) {
    const operator = kind === '==' ? '=' : kind;
    cursor.take();
    const value = expression(cursor);
    cursor.endLine();
    return { is: 'assignment', operator, variable: first, value, ...spanOf(first, value) };
  }
  const variables = [first];
  while (cursor.takeIf(',')) variables.push(variable(cursor));
  if (cursor.is('end of line')) {
    const call = variables.length === 1 ? callOf(first.name.text) : undefined;
    if (call !== undefined) cursor.refuse(first, functionText(first.name.text, call), call);
    cursor.fail("Expected '=' and a value, or a type");
  }
  return rest(cursor, first, false, variables);
}
