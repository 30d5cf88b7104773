// Runs the bodies of a model as they are written, one neuron at a time: what compiled models are held
// to. Numbers and conditions only, without units, equations and random numbers.
import { parse } from '../../lib/nestml/parse';
import { Problems } from '../../lib/nestml/source';
import type { Block, Body, Expression, Model, Statement, Variable } from '../../lib/nestml/syntax';

type Value = number | boolean;
interface Cell {
  value: Value | Value[];
  readonly isInteger: boolean;
}
type Names = Map<string, Cell>;

class Returned extends Error {
  constructor(readonly value: Value) {
    super('A function returns.');
  }
}

export class PlainModel {
  readonly #model: Model;
  readonly #states: Names = new Map();
  spikes = 0;

  constructor(text: string) {
    const [model] = parse(text, new Problems());
    this.#model = model!;
    for (const block of model!.blocks) {
      if (block.is !== 'state' && block.is !== 'parameters') continue;
      for (const one of block.declarations) this.#declare(one, this.#states);
    }
  }

  set(name: string, value: Value): void {
    this.#states.get(name)!.value = value;
  }
  get(name: string, index?: number): Value {
    const { value } = this.#states.get(name)!;
    return Array.isArray(value) ? value[index!]! : value;
  }

  /** update, then conditions. */
  step(): void {
    this.spikes = 0;
    for (const one of this.#blocks('update'))
      this.#run(one.body, [this.#states, new Map<string, Cell>()]);
    for (const one of this.#blocks('onCondition')) {
      const names = [this.#states, new Map<string, Cell>()];
      if (this.#value(one.condition, names)) this.#run(one.body, names);
    }
  }

  #blocks<Kind extends Block['is']>(kind: Kind): (Block & { readonly is: Kind })[] {
    return this.#model.blocks.filter(
      (one): one is Block & { readonly is: Kind } => one.is === kind,
    );
  }

  #declare(one: Statement & { readonly is: 'declaration' }, into: Names, names = [into]): void {
    const type = one.type.is === 'plain' ? one.type.name : 'real';
    const isInteger = type === 'integer';
    const start = one.value ? this.#value(one.value, names) : type === 'boolean' ? false : 0;
    const value = isInteger ? Math.trunc(start as number) : start;
    for (const { name, index } of one.variables) {
      const size = index?.is === 'number' ? index.value : undefined;
      into.set(name.text, {
        ...{ isInteger, value: size === undefined ? value : new Array<Value>(size).fill(value) },
      });
    }
  }

  #cell(name: string, names: Names[]): Cell {
    for (let i = names.length - 1; i >= 0; i--) {
      const found = names[i]!.get(name);
      if (found) return found;
    }
    throw new Error(`There is no ${name}.`);
  }

  #run(body: Body, names: Names[]): void {
    for (const one of body) this.#statement(one, names);
  }

  #statement(one: Statement, names: Names[]): void {
    switch (one.is) {
      case 'declaration':
        this.#declare(one, names.at(-1)!, names);
        return;
      case 'assignment': {
        const sign = one.operator.slice(0, -1);
        const given = this.#value(one.value, names);
        const now = sign === '' ? given : this.#value(one.variable, names);
        this.#assign(
          one.variable,
          sign === '' ? given : arithmetic(sign, now, given, false),
          names,
        );
        return;
      }
      case 'call statement':
        if (one.call.name.text === 'emit_spike') this.spikes++;
        else this.#value(one.call, names);
        return;
      case 'return':
        throw new Returned(one.value ? this.#value(one.value, names) : 0);
      case 'if': {
        const branch = one.branches.find(({ condition }) => this.#value(condition, names));
        this.#run(branch?.body ?? one.otherwise ?? [], names);
        return;
      }
      case 'while':
        while (this.#value(one.condition, names)) this.#run(one.body, names);
        return;
      case 'for':
        this.#for(one, names);
    }
  }

  #for(one: Statement & { readonly is: 'for' }, names: Names[]): void {
    const counter = this.#cell(one.variable.text, names);
    counter.value = this.#value(one.from, names);
    const goesOn = (): boolean => {
      const [at, end] = [counter.value as number, this.#value(one.to, names) as number];
      return one.step > 0 ? at < end : at > end;
    };
    for (; goesOn(); counter.value = (counter.value as number) + one.step) {
      this.#run(one.body, names);
    }
  }

  #assign({ name, index }: Variable, value: Value, names: Names[]): void {
    const cell = this.#cell(name.text, names);
    const given = cell.isInteger ? Math.trunc(value as number) : value;
    if (Array.isArray(cell.value)) cell.value[this.#value(index!, names) as number] = given;
    else cell.value = given;
  }

  #value(tree: Expression, names: Names[]): Value {
    switch (tree.is) {
      case 'number':
      case 'boolean':
        return tree.value;
      case 'string':
        return 0;
      case 'variable': {
        const { value } = this.#cell(tree.name.text, names);
        return Array.isArray(value) ? value[this.#value(tree.index!, names) as number]! : value;
      }
      case 'unary': {
        const value = this.#value(tree.operand, names);
        if (tree.operator === 'not') return !value;
        if (tree.operator === '~') return Number(~BigInt(value));
        return tree.operator === '-' ? -(value as number) : value;
      }
      case 'choice':
        return this.#value(this.#value(tree.condition, names) ? tree.yes : tree.no, names);
      case 'binary': {
        const [left, right] = [this.#value(tree.left, names), this.#value(tree.right, names)];
        return arithmetic(tree.operator, left, right, this.#isInteger(tree, names));
      }
      case 'call':
        return this.#call(tree, names);
    }
  }

  /** Whether both operands of a quotient are integers, and its divisor is not written as a number. */
  #isInteger(tree: Expression, names: Names[]): boolean {
    switch (tree.is) {
      case 'number':
        return tree.isInteger;
      case 'variable':
        return this.#cell(tree.name.text, names).isInteger;
      case 'unary':
        return this.#isInteger(tree.operand, names);
      case 'binary':
        return (
          this.#isInteger(tree.left, names) &&
          this.#isInteger(tree.right, names) &&
          !(tree.operator === '/' && tree.right.is === 'number')
        );
      case 'call':
        return (
          ['abs', 'min', 'max'].includes(tree.name.text) &&
          tree.arguments.every((one) => this.#isInteger(one, names))
        );
      default:
        return false;
    }
  }

  #call(tree: Expression & { readonly is: 'call' }, names: Names[]): Value {
    const given = tree.arguments.map((one) => this.#value(one, names));
    const own = this.#blocks('function').find((one) => one.name.text === tree.name.text);
    if (own === undefined) return predefined[tree.name.text]!(...(given as number[]));
    const locals: Names = new Map();
    own.parameters.forEach(({ name, type }, i) => {
      const isInteger = type.is === 'plain' && type.name === 'integer';
      const value = isInteger ? Math.trunc(given[i] as number) : given[i]!;
      locals.set(name.text, { value, isInteger });
    });
    try {
      this.#run(own.body, [this.#states, locals]);
    } catch (returned) {
      if (!(returned instanceof Returned)) throw returned;
      const isInteger = own.returns?.is === 'plain' && own.returns.name === 'integer';
      return isInteger ? Math.trunc(returned.value as number) : returned.value;
    }
    return 0;
  }
}

const predefined: Readonly<Record<string, (...given: number[]) => number>> = {
  min: (a, b) => (b < a ? b : a),
  max: (a, b) => (a < b ? b : a),
  abs: (a) => Math.abs(a),
  floor: (a) => Math.floor(a),
  ceil: (a) => Math.ceil(a),
  clip: (x, low, high) => Math.min(high, Math.max(low, x)),
};

const integers = (a: number, b: number, of: (a: bigint, b: bigint) => bigint): number =>
  Number(BigInt.asIntN(64, of(BigInt(a), BigInt(b))));

function arithmetic(operator: string, left: Value, right: Value, isWhole: boolean): Value {
  const [a, b] = [left as number, right as number];
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return isWhole ? Math.trunc(a / b) : a / b;
    case '%':
      return a % b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case 'and':
      return Boolean(left) && Boolean(right);
    case 'or':
      return Boolean(left) || Boolean(right);
    case '&':
      return integers(a, b, (x, y) => x & y);
    case '|':
      return integers(a, b, (x, y) => x | y);
    case '^':
      return integers(a, b, (x, y) => x ^ y);
    default:
      throw new Error(`No '${operator}' here.`);
  }
}
