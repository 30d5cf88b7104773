import type { Cursor } from './cursor';
import { expression, literal, nameAt, variable } from './expressions';
import { spanOf } from './source';
import { body, declaration } from './statements';
import type { Block, Constant, Equation, FunctionParameter, Port } from './syntax';
import type { TokenKind } from './tokens';
import { decorators, typeText } from './type-texts';

type BlockOf<Kind extends Block['is']> = (cursor: Cursor) => Block & { readonly is: Kind };

/** How each block is read, from its word on. */
const readers: { readonly [Kind in Block['is']]: BlockOf<Kind> } = {
  state: (cursor) => declarations(cursor, 'state'),
  parameters: (cursor) => declarations(cursor, 'parameters'),
  internals: (cursor) => declarations(cursor, 'internals'),
  equations: (cursor) => {
    const start = cursor.take();
    const equations = cursor.block("'equations'", () => equation(cursor));
    return { is: 'equations', equations, ...spanOf(start, start) };
  },
  input: (cursor) => {
    const start = cursor.take();
    const ports = cursor.block("'input'", () => port(cursor));
    return { is: 'input', ports, ...spanOf(start, start) };
  },
  output,
  update: (cursor) => {
    const start = cursor.take();
    return { is: 'update', body: body(cursor, "'update'"), ...spanOf(start, start) };
  },
  onReceive: (cursor) => {
    const start = cursor.take();
    cursor.expect('(', "'(' and the name of a port");
    const received = variable(cursor);
    const constants = constantsAt(cursor);
    cursor.expect(')');
    const span = cursor.spanFrom(start);
    return {
      is: 'onReceive',
      port: received,
      constants,
      body: body(cursor, "'onReceive'"),
      ...span,
    };
  },
  onCondition: (cursor) => {
    const start = cursor.take();
    cursor.expect('(', "'(' and a condition");
    const condition = expression(cursor);
    const constants = constantsAt(cursor);
    cursor.expect(')');
    const span = cursor.spanFrom(start);
    return {
      is: 'onCondition',
      condition,
      constants,
      body: body(cursor, "'onCondition'"),
      ...span,
    };
  },
  function: (cursor) => {
    const start = cursor.take();
    const name = nameAt(cursor, 'the name of the function');
    const parameters = parametersAt(cursor);
    const returns = cursor.is(':') ? undefined : typeText(cursor);
    const span = cursor.spanFrom(start);
    return { is: 'function', name, parameters, returns, body: body(cursor, "'function'"), ...span };
  },
};

const blockNames = Object.keys(readers);

/** A block of a model. */
export function block(cursor: Cursor): Block {
  const { kind, text } = cursor.token;
  if (text === 'initial_values') {
    cursor.refuse(
      cursor.token,
      "The block 'initial_values' of older versions is 'state'.",
      'state',
    );
  }
  if (Object.hasOwn(readers, kind)) return readers[kind as Block['is']](cursor);
  return cursor.fail(`Expected a block: ${blockNames.join(', ')}`, { among: blockNames });
}

function declarations<Kind extends 'state' | 'parameters' | 'internals'>(
  cursor: Cursor,
  is: Kind,
): Block & { readonly is: Kind } {
  const start = cursor.take();
  const found = cursor.block(`'${is}'`, () => declaration(cursor));
  return { is, declarations: found, ...spanOf(start, start) };
}

function equation(cursor: Cursor): Equation {
  if (cursor.is('kernel')) return kernel(cursor);
  if (cursor.is('inline', 'recordable')) return inline(cursor);
  const left = variable(cursor);
  cursor.expect('=', "'=' and the right side of the equation");
  const value = expression(cursor);
  cursor.takeIf(';');
  const decorated = decorators(cursor);
  cursor.endLine();
  return { is: 'ode', variable: left, value, decorators: decorated, ...spanOf(left, value) };
}

function inline(cursor: Cursor): Equation {
  const start = cursor.token;
  const isRecordable = cursor.takeIf('recordable') !== undefined;
  cursor.expect('inline');
  const name = nameAt(cursor, 'the name of the inline expression');
  const type = typeText(cursor);
  cursor.expect('=', "'=' and an expression");
  const value = expression(cursor);
  cursor.takeIf(';');
  const decorated = decorators(cursor);
  cursor.endLine();
  return {
    ...{ is: 'inline', isRecordable, name, type, value, decorators: decorated },
    ...spanOf(start, value),
  };
}

function kernel(cursor: Cursor): Equation {
  const start = cursor.take();
  const parts = [kernelPart(cursor)];
  while (cursor.takeIf('joining comma') ?? cursor.takeIf(',')) parts.push(kernelPart(cursor));
  const span = cursor.spanFrom(start);
  cursor.takeIf(';');
  cursor.endLine();
  return { is: 'kernel', parts, ...span };
}

function kernelPart(cursor: Cursor): (Equation & { is: 'kernel' })['parts'][number] {
  const left = variable(cursor);
  cursor.expect('=', "'=' and a function of t or the right side of an equation");
  return { variable: left, value: expression(cursor) };
}

function port(cursor: Cursor): Port {
  const name = nameAt(cursor, 'the name of a port');
  const open = cursor.takeIf('[');
  const size = open && expression(cursor);
  if (open) cursor.expect(']');
  const type = cursor.is('<-') ? undefined : typeText(cursor);
  cursor.expect('<-', "'<-' and spike or continuous");
  const qualifiers: Port['qualifiers'][number][] = [];
  while (cursor.is('excitatory', 'inhibitory')) {
    const { kind, start, end } = cursor.take();
    qualifiers.push({ name: kind as 'excitatory' | 'inhibitory', start, end });
  }
  if (cursor.token.text === 'current') {
    cursor.refuse(
      cursor.token,
      "A port 'current' of older versions is 'continuous'.",
      'continuous',
    );
  }
  if (!cursor.is('spike', 'continuous')) cursor.fail('Expected spike or continuous');
  const kind = cursor.take().kind as Port['kind'];
  if (kind === 'continuous' && type === undefined) {
    cursor.refuse(name, `A continuous port has a type: ${name.text} pA <- continuous.`);
  }
  if (kind === 'continuous' && qualifiers[0]) {
    cursor.refuse(qualifiers[0], `Only ports of spikes are ${qualifiers[0].name}.`);
  }
  // NESTML 8.0 to 8.2 lists what an event carries.
  if (kind === 'spike' && cursor.is('(')) parametersAt(cursor);
  const span = cursor.spanFrom(name);
  cursor.endLine();
  return { name, size, kind, qualifiers, type, ...span };
}

function output(cursor: Cursor): Block & { readonly is: 'output' } {
  const start = cursor.take();
  const [first, second] = cursor.block("'output'", () => {
    if (!cursor.is('spike', 'continuous')) cursor.fail('Expected spike or continuous');
    const taken = cursor.take();
    const kind = taken.kind as 'spike' | 'continuous';
    const attributes = cursor.is('(') ? parametersAt(cursor) : [];
    const span = cursor.spanFrom(taken);
    cursor.endLine();
    return { kind, attributes, ...span };
  });
  if (second) cursor.problems.error(second, 'A model has one output.');
  const { kind, attributes } = first ?? { kind: 'spike', attributes: [] };
  return { is: 'output', kind, attributes, ...spanOf(start, start) };
}

/** `(a mV, b real)` */
function parametersAt(cursor: Cursor): FunctionParameter[] {
  cursor.expect('(', "'(' and parameters");
  const found: FunctionParameter[] = [];
  if (!cursor.is(')')) {
    do {
      const name = nameAt(cursor, 'the name of a parameter');
      found.push({ name, type: typeText(cursor), ...cursor.spanFrom(name) });
    } while (cursor.takeIf(','));
  }
  cursor.expect(')', "',' or ')'");
  return found;
}

const literals: readonly TokenKind[] = ['integer literal', 'real literal', 'boolean literal'];

/** `, priority = 2` */
function constantsAt(cursor: Cursor): Constant[] {
  const found: Constant[] = [];
  while (cursor.takeIf(',')) {
    const name = nameAt(cursor, 'a name, as in priority = 1');
    cursor.expect('=', "'=' and a value");
    if (!cursor.is(...literals, 'string literal', 'inf')) {
      cursor.fail('Expected a number without a sign, a text, true or false');
    }
    found.push({ name, value: literal(cursor), ...cursor.spanFrom(name) });
  }
  return found;
}
