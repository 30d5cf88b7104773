import { BadParameterValue, TypeMismatch } from './errors';
import type { ParameterSteps } from './native';
import { guardReceivers, primitive } from './receivers';
import { isRevoked, typeName } from './words';

/**
 * An expression: a constant, or `[operation, ...operands]`. Operands may be shared.
 * @internal
 */
export type ParameterSpec = number | readonly [string, ...ParameterSpec[]];

/** What arithmetic on parameters takes. */
export type Operand = number | Parameter;

/** Anything that can evaluate an expression; a Kernel is one. */
export interface ParameterEvaluator {
  /** @internal */
  drawParameter(parameter: ParameterSteps): number;
}

let defaultEvaluator: (() => ParameterEvaluator) | undefined;

/** @internal Tells where `GetValue()` without a kernel draws from. */
export function setDefaultEvaluator(evaluator: () => ParameterEvaluator): void {
  defaultEvaluator = evaluator;
}

/**
 * A value that is drawn or computed anew for every node or connection that gets it, e.g.
 * `math.max(random.normal(-60, 5), -70)`. Made by the functions of `random`, `math` and `logic`;
 * immutable, so one parameter can be used in many places. Source: NEST, "Parametrization".
 */
export class Parameter {
  readonly #spec: ParameterSpec;

  static {
    guardReceivers(this, 'a Parameter', (value) => #spec in value);
  }

  /** @internal */
  constructor(spec: ParameterSpec) {
    this.#spec = spec;
  }

  /** Whether something is one. A Proxy of one is not. @internal */
  static is(value: unknown): value is Parameter {
    return typeof value === 'object' && value !== null && #spec in value;
  }

  /** @internal */
  get spec(): ParameterSpec {
    return this.#spec;
  }

  /** Sum. */
  add(other: Operand): Parameter {
    return expression('add', this, other);
  }
  /** Difference: this minus `other`. */
  sub(other: Operand): Parameter {
    return expression('sub', this, other);
  }
  /** Product. */
  mul(other: Operand): Parameter {
    return expression('mul', this, other);
  }
  /** Quotient: this divided by `other`. */
  div(other: Operand): Parameter {
    return expression('div', this, other);
  }
  /** Power with the given exponent. */
  pow(exponent: Operand): Parameter {
    return expression('pow', this, exponent);
  }
  /** The negative. */
  neg(): Parameter {
    return expression('neg', this);
  }
  /** 1 where this < `other`, else 0. */
  lt(other: Operand): Parameter {
    return expression('lt', this, other);
  }
  /** 1 where this ≤ `other`, else 0. */
  le(other: Operand): Parameter {
    return expression('le', this, other);
  }
  /** 1 where this > `other`, else 0. */
  gt(other: Operand): Parameter {
    return expression('gt', this, other);
  }
  /** 1 where this ≥ `other`, else 0. */
  ge(other: Operand): Parameter {
    return expression('ge', this, other);
  }
  /** 1 where this equals `other`, else 0. */
  eq(other: Operand): Parameter {
    return expression('eq', this, other);
  }
  /** 1 where this differs from `other`, else 0. */
  ne(other: Operand): Parameter {
    return expression('ne', this, other);
  }

  /** One value, drawn from the kernel's random numbers (the default kernel if none is given). */
  GetValue(kernel?: ParameterEvaluator): number {
    const evaluator = kernel ?? defaultEvaluator?.();
    if (!evaluator) throw new BadParameterValue('GetValue needs a kernel to draw from.');
    if (isRevoked(evaluator) || typeof evaluator.drawParameter !== 'function') {
      throw new TypeMismatch(`GetValue: kernel must be a Kernel, got ${typeName(evaluator)}.`, {
        parameter: 'kernel',
        expected: 'a Kernel',
        given: typeName(evaluator),
      });
    }
    return evaluator.drawParameter(stepsOf(this.#spec));
  }

  /** The expression as text, e.g. `add(uniform(0, 1), 2)`; long ones with gaps. */
  toString(): string {
    return textOf(this.#spec);
  }

  /**
   * JavaScript's operators cannot combine parameters.
   * @throws TypeMismatch for `p + 1` and the like.
   */
  [Symbol.toPrimitive](hint: string): string {
    return primitive(this, hint, 'a Parameter', 'its methods: .add(1), .mul(2), .lt(0), …');
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `Parameter ${this.toString()}`;
  }
}

/**
 * The parameter that applies an operation of the core to its operands.
 * @throws TypeMismatch for anything but numbers and parameters; BadParameterValue for NaN.
 * @internal
 */
export function expression(operation: string, ...operands: readonly Operand[]): Parameter {
  return new Parameter([operation, ...operands.map((operand) => specOf(operand, operation))]);
}

/**
 * A plain number among the arguments of an operation.
 * @throws TypeMismatch, or BadParameterValue for NaN.
 * @internal
 */
export function checkNumber(value: unknown, operation: string, name: string): number {
  if (typeof value !== 'number') {
    throw new TypeMismatch(`${operation}: ${name} must be a number, got ${typeName(value)}.`, {
      parameter: name,
      expected: 'number',
      given: typeName(value),
    });
  }
  if (Number.isNaN(value)) {
    throw new BadParameterValue(`${operation}: ${name} must not be NaN.`, {
      parameter: name,
      value,
      allowed: 'a number',
    });
  }
  return value;
}

function specOf(operand: Operand, operation: string): ParameterSpec {
  if (Parameter.is(operand)) return operand.spec;
  return checkNumber(operand, operation, 'operand');
}

/**
 * An expression as the core takes it, each operation once however many share it.
 * @internal
 */
export function stepsOf(spec: ParameterSpec): ParameterSteps {
  if (typeof spec === 'number') return spec;
  const steps: (readonly [string, ...(number | readonly [number])[]])[] = [];
  const places = new Map<ParameterSpec, readonly [number]>();
  // Not recursive: expressions may be deeper than the stack.
  const open = [spec];
  for (let top = open.at(-1); top; top = open.at(-1)) {
    const [operation, ...operands] = top;
    const missing = operands.filter((o) => typeof o !== 'number' && !places.has(o));
    if (missing.length > 0) {
      open.push(...(missing as (typeof spec)[]));
      continue;
    }
    open.pop();
    if (places.has(top)) continue;
    places.set(top, [steps.length]);
    steps.push([operation, ...operands.map((o) => places.get(o) ?? (o as number))]);
  }
  return steps;
}

/** Operations that the text of an expression shows; of the others there is only a sign. */
const shownOperations = 100;

function textOf(spec: ParameterSpec, budget = { left: shownOperations }): string {
  if (typeof spec === 'number') return String(spec);
  if (budget.left-- <= 0) return '…';
  const [operation, ...operands] = spec;
  return `${operation}(${operands.map((operand) => textOf(operand, budget)).join(', ')})`;
}
