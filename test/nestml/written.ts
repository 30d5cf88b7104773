// Writes trees as NESTML again: what is read from that is the same tree.
import type {
  Block,
  Body,
  Declaration,
  Equation,
  Expression,
  FunctionParameter,
  Model,
  Port,
  Statement,
  TypeText,
  UnitText,
  Variable,
} from '../../lib/nestml/syntax';

const indented = (lines: readonly string[]): string[] => lines.map((line) => `    ${line}`);

const variable = ({ name, order, index }: Variable): string =>
  `${name.text}${index ? `[${expression(index)}]` : ''}${"'".repeat(order)}`;

const number = (value: number, isInteger: boolean): string => {
  if (value === Infinity) return 'inf';
  const text = String(value);
  return isInteger || /[.e]/.test(text) ? text : `${text}.`;
};

/** Every operation in parentheses. */
export function expression(tree: Expression): string {
  switch (tree.is) {
    case 'number':
      return `${number(tree.value, tree.isInteger)}${tree.unit ? ` ${variable(tree.unit)}` : ''}`;
    case 'boolean':
      return String(tree.value);
    case 'string':
      return `"${tree.value}"`;
    case 'variable':
      return variable(tree);
    case 'call':
      return `${tree.name.text}(${tree.arguments.map(expression).join(', ')})`;
    case 'unary':
      return `(${tree.operator} ${expression(tree.operand)})`;
    case 'binary':
      return `(${expression(tree.left)} ${tree.operator} ${expression(tree.right)})`;
    case 'choice':
      return `(${[tree.condition, tree.yes].map(expression).join(' ? ')} : ${expression(tree.no)})`;
  }
}

function unit(tree: UnitText): string {
  switch (tree.is) {
    case 'one':
      return '1';
    case 'unit':
      return tree.name;
    case 'product':
      return tree.left.is === 'one'
        ? `1${tree.operator}(${unit(tree.right)})`
        : `(${unit(tree.left)})${tree.operator}(${unit(tree.right)})`;
    case 'power':
      return `(${unit(tree.base)})**${tree.exponent}`;
  }
}

const type = (tree: TypeText): string => (tree.is === 'plain' ? tree.name : unit(tree.unit));

const decorators = (names: readonly { readonly text: string }[]): string =>
  names.map(({ text }) => ` @${text}`).join('');

const declaration = (tree: Declaration): string =>
  (tree.isRecordable ? 'recordable ' : '') +
  `${tree.variables.map(variable).join(', ')} ${type(tree.type)}` +
  (tree.value ? ` = ${expression(tree.value)}` : '') +
  (tree.guard ? ` [[${expression(tree.guard)}]]` : '') +
  decorators(tree.decorators);

const body = (statements: Body): string[] => indented(statements.flatMap(statement));

function statement(tree: Statement): string[] {
  switch (tree.is) {
    case 'declaration':
      return [declaration(tree)];
    case 'assignment':
      return [`${variable(tree.variable)} ${tree.operator} ${expression(tree.value)}`];
    case 'call statement':
      return [expression(tree.call)];
    case 'return':
      return [tree.value ? `return ${expression(tree.value)}` : 'return'];
    case 'if':
      return [
        ...tree.branches.flatMap(({ condition, body: below }, i) => [
          `${i === 0 ? 'if' : 'elif'} ${expression(condition)}:`,
          ...body(below),
        ]),
        ...(tree.otherwise ? ['else:', ...body(tree.otherwise)] : []),
      ];
    case 'while':
      return [`while ${expression(tree.condition)}:`, ...body(tree.body)];
    case 'for': {
      const bounds = [tree.from, tree.to].map(expression).join(' ... ');
      return [`for ${tree.variable.text} in ${bounds} step ${tree.step}:`, ...body(tree.body)];
    }
  }
}

function equation(tree: Equation): string {
  if (tree.is === 'kernel') {
    const parts = tree.parts.map(
      (part) => `${variable(part.variable)} = ${expression(part.value)}`,
    );
    return `kernel ${parts.join(', ')}`;
  }
  const right = `${expression(tree.value)}${decorators(tree.decorators)}`;
  if (tree.is === 'ode') return `${variable(tree.variable)} = ${right}`;
  return `${tree.isRecordable ? 'recordable ' : ''}inline ${tree.name.text} ${type(tree.type)} = ${right}`;
}

const port = (tree: Port): string =>
  `${tree.name.text}${tree.size ? `[${expression(tree.size)}]` : ''} ` +
  `${tree.type ? `${type(tree.type)} ` : ''}<- ` +
  [...tree.qualifiers.map(({ name }) => name), tree.kind].join(' ');

const parameters = (list: readonly FunctionParameter[]): string =>
  list.map((one) => `${one.name.text} ${type(one.type)}`).join(', ');

function block(tree: Block): string[] {
  switch (tree.is) {
    case 'equations':
      return ['equations:', ...indented(tree.equations.map(equation))];
    case 'input':
      return ['input:', ...indented(tree.ports.map(port))];
    case 'output': {
      const attributes = tree.attributes.length > 0 ? `(${parameters(tree.attributes)})` : '';
      return ['output:', ...indented([`${tree.kind}${attributes}`])];
    }
    case 'update':
      return ['update:', ...body(tree.body)];
    case 'onReceive':
    case 'onCondition': {
      const of = tree.is === 'onReceive' ? variable(tree.port) : expression(tree.condition);
      const more = tree.constants.map(({ name, value }) => `, ${name.text} = ${expression(value)}`);
      return [`${tree.is}(${of}${more.join('')}):`, ...body(tree.body)];
    }
    case 'function': {
      const returns = tree.returns ? ` ${type(tree.returns)}` : '';
      const head = `function ${tree.name.text}(${parameters(tree.parameters)})${returns}:`;
      return [head, ...body(tree.body)];
    }
    default:
      return [`${tree.is}:`, ...indented(tree.declarations.map(declaration))];
  }
}

/** The text of a model. */
export const written = ({ keyword, name, blocks }: Model): string =>
  `${[`${keyword} ${name.text}:`, ...indented(blocks.flatMap(block))].join('\n')}\n`;
