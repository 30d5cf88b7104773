import type { CheckedModel } from '../checked-model';
import { portNumbers, type PortNumbers } from '../ports';
import { keyOf } from '../scope';
import type { BinaryOperator, Call, Equation, Expression, Variable } from '../syntax';
import type { Type } from '../types';
import type { Factor } from '../units';
import { expressionsIn, expressionsOfBlocks } from '../walk';
import { Convolutions } from './convolutions';
import { elementOf, elementsOf, heldAs, Names } from './names';
import {
  apply,
  add,
  divide,
  multiply,
  negate,
  not,
  number,
  ONE,
  type Operation,
  scaled,
  symbol,
  type Term,
  truth,
  ZERO,
} from './terms';
import { TIME } from './chains';

// Expressions as terms: names are found, units are numbers, inline expressions and internals stand
// where they are used.

/** The length of a step in ms, and the tics of a millisecond. */
export const RESOLUTION = 'resolution';
export const TICS = 'tics per ms';
/** How long a synapse is advanced, in ms. */
export const TIMESTEP = 'timestep';

/** A name of a body, as terms know it. */
export interface Local {
  readonly symbol: string;
  readonly type: Type | undefined;
  readonly held: Factor;
  /** Of a vector. */
  readonly size: number | undefined;
}

/** What an expression sees besides the names of its model. */
export interface Inside {
  readonly locals?: ReadonlyMap<string, Local>;
  /** In a kernel with equations: symbols of its states. */
  readonly kernel?: ReadonlyMap<string, string>;
  /** Of a synapse's update: until NESTML 7 resolution() is there what timestep() is now. */
  readonly isAdvance?: boolean;
  /** Which element of vectors is meant where no index says so. */
  readonly element?: number;
}

/** A number as it is held, in the scale of its dimension. */
export function inScale(term: Term, { decimals, mantissa }: Factor): Term {
  const moved = scaled(term, decimals);
  return mantissa === 1 ? moved : multiply(moved, number(mantissa));
}
/** A number of the scale as it is held. */
export function asHeld(term: Term, { decimals, mantissa }: Factor): Term {
  const moved = scaled(term, -decimals);
  return mantissa === 1 ? moved : divide(moved, number(mantissa));
}

const binaryOperations: Partial<Record<BinaryOperator, Operation>> = {
  ...{ '+': 'add', '-': 'subtract', '%': 'remainder', '**': 'power' },
  ...{ '<<': 'shift_left', '>>': 'shift_right', '&': 'bits_and', '^': 'bits_exclusive_or' },
  ...{ '|': 'bits_or', '<': 'less', '<=': 'less_or_equal', '==': 'equal', '!=': 'not_equal' },
  ...{ and: 'both', or: 'either' },
};

const functions: Readonly<Record<string, Operation>> = {
  ...{ min: 'least', max: 'greatest', abs: 'absolute', ceil: 'round_up', floor: 'round_down' },
  ...{ round: 'round_half_away', exp: 'exponential', expm1: 'exponential_minus_1' },
  ...{ ln: 'logarithm', log10: 'logarithm_10', pow: 'power', sin: 'sine', cos: 'cosine' },
  ...{ tan: 'tangent', sinh: 'hyperbolic_sine', cosh: 'hyperbolic_cosine' },
  ...{ tanh: 'hyperbolic_tangent', erf: 'error_function', erfc: 'complementary_error_function' },
};

const NOTHING: Inside = {};

export class Lowering {
  readonly model: CheckedModel;
  readonly names: Names;
  readonly ports: PortNumbers;
  readonly convolutions: Convolutions;
  /** Delays: the symbol of `x(t - d)`, by state and delay. */
  readonly delays = new Map<
    string,
    { readonly state: string; readonly delay: Term; readonly tree: Expression }
  >();
  readonly #lowered = new Map<string, Term>();
  readonly #inlines: ReadonlyMap<string, Equation & { readonly is: 'inline' }>;

  constructor(model: CheckedModel) {
    this.model = model;
    this.names = new Names(model);
    this.ports = portNumbers(model);
    this.convolutions = new Convolutions(model, (tree, kernel) =>
      this.lower(tree, kernel ? { kernel } : NOTHING),
    );
    const inlines = model.equations.filter((one) => one.is === 'inline');
    this.#inlines = new Map(inlines.map((one) => [one.name.text, one]));
  }

  /** The value of an expression in the scale of its dimension; a mask where it is boolean. */
  lower(tree: Expression, inside = NOTHING): Term {
    switch (tree.is) {
      case 'number': {
        const unit = this.model.types.unitOf(tree);
        return unit ? inScale(number(tree.value), unit.factor) : number(tree.value);
      }
      case 'boolean':
        return truth(tree.value);
      case 'string':
        return ZERO;
      case 'variable':
        return this.#variable(tree, inside);
      case 'call':
        return this.#call(tree, inside);
      case 'unary': {
        const operand = this.lower(tree.operand, inside);
        if (tree.operator === '+') return operand;
        if (tree.operator === '-') return negate(operand);
        return tree.operator === 'not' ? not(operand) : apply('bits_not', operand);
      }
      case 'binary':
        return this.#binary(tree, inside);
      case 'choice':
        return apply(
          'select',
          ...[tree.condition, tree.yes, tree.no].map((one) => this.lower(one, inside)),
        );
    }
  }

  /** An inline expression as it is recorded. */
  recordable({ value, type }: Equation & { readonly is: 'inline' }) {
    const { held, unit, kind } = heldAs(type);
    const term = this.converted(value, this.lower(value), type);
    return { unit, kind, term: kind === 'boolean' ? apply('to_number', term) : asHeld(term, held) };
  }

  typeOf(tree: Expression): Type | undefined {
    return this.model.types.typeOf(tree);
  }

  #binary(tree: Expression & { readonly is: 'binary' }, inside: Inside): Term {
    const { operator } = tree;
    const [left, right] = [this.lower(tree.left, inside), this.lower(tree.right, inside)];
    switch (operator) {
      case '*':
        return multiply(left, right);
      case '/': {
        const isWhole = this.typeOf(tree)?.is === 'integer' && tree.right.is !== 'number';
        return isWhole ? apply('truncate', divide(left, right)) : divide(left, right);
      }
      case '>':
        return apply('less', right, left);
      case '>=':
        return apply('less_or_equal', right, left);
      case '+':
        return add(left, right);
      case '==':
      case '!=':
        return this.#equality(tree, left, right);
      default:
        return apply(binaryOperations[operator]!, left, right);
    }
  }

  #equality(
    { operator, left: a, right: b }: Expression & { readonly is: 'binary' },
    left: Term,
    right: Term,
  ): Term {
    if (a.is === 'string' && b.is === 'string') {
      return truth((a.value === b.value) === (operator === '=='));
    }
    const isBoolean = this.typeOf(a)?.is === 'boolean';
    const operands = isBoolean
      ? [left, right].map((one) => apply('to_number', one))
      : [left, right];
    return apply(binaryOperations[operator]!, ...operands);
  }

  /** The symbol of a variable that has a place of its own, or of one of a vector. */
  placeOf(
    { index }: Variable,
    name: string,
    size: number | undefined,
    inside: Inside,
  ): Term & { readonly is: 'symbol' | 'element' } {
    if (size === undefined) return { is: 'symbol', name };
    const at = this.#indexTerm(index, inside);
    const known = index && this.model.values.of(index);
    const fixed = at.is === 'number' ? at.value : typeof known === 'number' ? known : undefined;
    if (fixed !== undefined && this.#isFixedIndex(index)) {
      return { is: 'symbol', name: elementOf(name, fixed) };
    }
    return { is: 'element', of: elementsOf(name, size), index: at, name };
  }

  #indexTerm(index: Expression | undefined, inside: Inside): Term {
    if (index === undefined) return number(inside.element ?? 0);
    const at = this.lower(index, inside);
    return this.mayHaveDecimals(index) ? apply('truncate', at) : at;
  }

  /** Parameters can be set: only literals are as they are. */
  #isFixedIndex(index: Expression | undefined): boolean {
    return index === undefined || index.is === 'number';
  }

  #variable(tree: Variable, inside: Inside): Term {
    const unit = this.model.types.unitOf(tree);
    if (unit) return inScale(ONE, unit.factor);
    const key = keyOf(tree);
    const local = inside.locals?.get(key);
    if (local) return this.#read(this.placeOf(tree, local.symbol, local.size, inside), local);
    const own = inside.kernel?.get(key);
    if (own !== undefined) return symbol(own);
    return this.#named(tree, key, inside);
  }

  #read(place: Term, { type, held }: Pick<Local, 'type' | 'held'>): Term {
    return type?.is === 'boolean' ? apply('to_mask', place) : inScale(place, held);
  }

  #named(tree: Variable, key: string, inside: Inside): Term {
    const { scope } = this.model;
    const thing = scope.find(key)!;
    switch (thing.kind) {
      case 'constant':
        return key === 't' ? symbol(TIME) : number(key === 'e' ? Math.E : Math.PI);
      case 'inline':
        return this.#inline(key, inside.element ?? 0);
      case 'spike port':
        return this.#spikes(tree, key, inside);
      case 'continuous port': {
        const size = this.model.values.sizeOf(this.#port(key).size);
        const { held } = heldAs(this.#port(key).type!);
        return inScale(this.placeOf(tree, key, size, inside), held);
      }
      default: {
        const place = this.placeOf(tree, key, this.names.sizes.get(key), inside);
        const first = place.is === 'symbol' ? place.name : place.of[0]!;
        const { parameters, states, internals } = this.names;
        const entry =
          [...parameters, ...states].find((one) => one.symbol === first) ?? internals.get(first)!;
        return this.#read(place, { type: thing.type, held: entry.held });
      }
    }
  }

  /** The same term wherever it is used. */
  #inline(name: string, element: number): Term {
    const key = elementOf(name, element);
    const known = this.#lowered.get(key);
    if (known !== undefined) return known;
    const { value, type } = this.#inlines.get(name)!;
    const made = this.converted(value, this.lower(value, { element }), type);
    this.#lowered.set(key, made);
    return made;
  }

  #port(name: string) {
    return this.model.ports.find((port) => port.name.text === name)!;
  }

  /** Since NESTML 6 the sum of weights, per second. */
  #spikes(tree: Variable, key: string, inside: Inside): Term {
    const port = this.#port(key);
    const place = this.placeOf(tree, key, this.model.values.sizeOf(port.size), inside);
    return port.type === undefined ? scaled(place, -3) : place;
  }

  /** A value as what has a type takes it: without decimals where that is an integer. */
  converted(
    tree: Expression,
    value: Term,
    to: { readonly is: string; readonly name?: string },
  ): Term {
    const isInteger = to.is === 'plain' && to.name === 'integer';
    return isInteger && this.mayHaveDecimals(tree) ? apply('truncate', value) : value;
  }

  /** Of type integer is also what has decimals until it is given to an integer: `7 / 2`. */
  mayHaveDecimals(tree: Expression): boolean {
    if (this.typeOf(tree)?.is !== 'integer') return true;
    return [...expressionsIn(tree)].some(
      (one) =>
        (one.is === 'binary' && (one.operator === '/' || one.operator === '**')) ||
        (one.is === 'call' && one.name.text === 'pow'),
    );
  }

  #call(tree: Call, inside: Inside): Term {
    const name = tree.name.text;
    if (this.model.functions.has(name)) return this.#ownCall(tree, inside);
    if (name === 'convolve') return this.#convolution(tree, inside);
    const operands = (): Term[] => tree.arguments.map((one) => this.lower(one, inside));
    if (Object.hasOwn(functions, name)) return apply(functions[name]!, ...operands());
    switch (name) {
      case 'clip': {
        const [value, low, high] = operands() as [Term, Term, Term];
        return apply('least', high, apply('greatest', low, value));
      }
      case 'resolution': {
        const isOlder = this.model.text.keyword === 'synapse' && inside.isAdvance === true;
        return symbol(isOlder ? TIMESTEP : RESOLUTION);
      }
      case 'timestep':
        return symbol(this.model.kind === 'synapse' ? TIMESTEP : RESOLUTION);
      case 'steps':
        return stepsOf(operands()[0]!);
      case 'random_normal':
      case 'random_uniform': {
        const [from, by] = operands() as [Term, Term];
        const draw = name === 'random_normal' ? 'normal' : 'uniform';
        return add(from, multiply(by, { is: 'draw', draw, operands: [] }));
      }
      case 'random_poisson':
        return { is: 'draw', draw: 'poisson', operands: operands() };
      default:
        return this.#delayed(tree, inside);
    }
  }

  #ownCall(tree: Call, inside: Inside): Term {
    const operands = tree.arguments.map((one) => {
      const value = this.lower(one, inside);
      return this.typeOf(one)?.is === 'boolean' ? apply('to_number', value) : value;
    });
    const call: Term = { is: 'call', name: tree.name.text, operands };
    return this.typeOf(tree)?.is === 'boolean' ? apply('to_mask', call) : call;
  }

  #convolution({ arguments: [kernel, port] }: Call, inside: Inside): Term {
    const { name } = kernel as Variable;
    const at = port as Variable;
    const size = this.model.values.sizeOf(this.#port(at.name.text).size);
    const place = this.placeOf(at, at.name.text, size, inside);
    const of = (port: string): Term => this.convolutions.of(name.text, port).value;
    if (place.is === 'symbol') return of(place.name);
    const isAt = (k: number): Term => apply('equal', place.index, number(k));
    return place.of.map(of).reduce((chosen, value, k) => apply('select', isAt(k), value, chosen));
  }

  /** All that the text has, wherever they stand. */
  findConvolutions(): void {
    for (const tree of expressionsOfBlocks(this.model.text.blocks)) {
      if (tree.is !== 'call' || tree.name.text !== 'convolve') continue;
      const [{ name: kernel }, { name: port, index }] = tree.arguments as [Variable, Variable];
      const size = this.model.values.sizeOf(this.#port(port.text).size);
      const elements = size === undefined ? [port.text] : elementsOf(port.text, size);
      // An index is a number; without one an equation of a vector takes all.
      const all = index?.is === 'number' ? [elements[index.value]!] : elements;
      for (const one of all) this.convolutions.of(kernel.text, one);
    }
  }

  /** `x(t - d)` */
  #delayed({ name, arguments: [argument] }: Call, inside: Inside): Term {
    const { right } = argument as Expression & { readonly is: 'binary' };
    const delay = this.lower(right, inside);
    const key = `${name.text}(t - ${JSON.stringify(delay)})`;
    this.delays.set(key, { state: name.text, delay, tree: right });
    return symbol(key);
  }
}

/** Whole steps, to the nearest tic and then up, as TimeGrid counts refractory periods. */
function stepsOf(ms: Term): Term {
  const tics = (time: Term): Term => apply('round_half_away', multiply(time, symbol(TICS)));
  return apply('round_up', divide(tics(ms), tics(symbol(RESOLUTION))));
}
