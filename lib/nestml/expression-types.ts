import { quoted } from '../suggest';
import { callType } from './calls';
import { constantOf } from './constants';
import { checkElements, elementRefusal } from './elements';
import { callOf, functionText } from './hints';
import { binaryType, choiceType, type Outcome, unaryType } from './operations';
import { type NamedThing, refuseUnit } from './scope';
import type { Span } from './source';
import type { Surroundings } from './surroundings';
import type { Call, Expression, NumberLiteral, Variable } from './syntax';
import { BOOLEAN, INTEGER, quantityOf, REAL, STRING, type Type, typeName } from './types';
import { powerMeant, type Unit, unitNamed } from './units';

/** What each expression is found to be. */
export class ExpressionTypes {
  readonly #types = new Map<Expression, Type>();
  readonly #units = new Map<NumberLiteral | Variable, Unit>();

  /** The type of an expression that was checked without an error. */
  typeOf(tree: Expression): Type | undefined {
    return this.#types.get(tree);
  }

  /** The unit of a literal, or that a name stands for that is no variable. */
  unitOf(tree: NumberLiteral | Variable): Unit | undefined {
    return this.#units.get(tree);
  }

  /** Finds the type; undefined where something is wrong, which is told once. */
  check(tree: Expression, around: Surroundings): Type | undefined {
    const type = this.#check(tree, around);
    if (type !== undefined) this.#types.set(tree, type);
    return type;
  }

  #check(tree: Expression, around: Surroundings): Type | undefined {
    switch (tree.is) {
      case 'number':
        return this.#number(tree, around);
      case 'boolean':
        return BOOLEAN;
      case 'string':
        return STRING;
      case 'variable':
        return this.#variable(tree, around);
      case 'call':
        return this.#call(tree, around);
      case 'unary': {
        const operand = this.check(tree.operand, around);
        if (operand === undefined) return undefined;
        const spans = { left: tree.operand, right: tree.operand, whole: tree };
        return told(unaryType(tree.operator, operand), spans, around);
      }
      case 'binary':
        return this.#binary(tree, around);
      case 'choice':
        return this.#choice(tree, around);
    }
  }

  #binary(tree: Expression & { is: 'binary' }, around: Surroundings): Type | undefined {
    const left = this.check(tree.left, around);
    const right = this.check(tree.right, around);
    if (left === undefined || right === undefined) return undefined;
    const exponent = tree.operator === '**' ? constantOf(tree.right) : undefined;
    const known = typeof exponent === 'number' ? exponent : undefined;
    const spans = { left: tree.left, right: tree.right, whole: tree };
    if (tree.operator === '**') warnOfBase(tree.left, known, around);
    return told(binaryType(tree.operator, left, right, { exponent: known }), spans, around);
  }

  #choice(tree: Expression & { is: 'choice' }, around: Surroundings): Type | undefined {
    const condition = this.check(tree.condition, around);
    const yes = this.check(tree.yes, around);
    const no = this.check(tree.no, around);
    if (condition === undefined || yes === undefined || no === undefined) return undefined;
    const spans = { left: tree.condition, right: tree.no, whole: tree };
    return told(choiceType(condition, yes, no), spans, around);
  }

  #number(tree: NumberLiteral, around: Surroundings): Type | undefined {
    const { unit } = tree;
    if (unit === undefined) return tree.isInteger ? INTEGER : REAL;
    const { problems, scope } = around;
    const name = unit.name.text;
    if (scope.find(name) !== undefined) {
      const instead = `write a sign between them: ${tree.value} * ${name}`;
      problems.error(unit, `'${name}' is a variable here, and not a unit; ${instead}.`);
      return undefined;
    }
    if (unit.order > 0 || unit.index !== undefined) {
      problems.error(unit, 'Behind a number stands a unit, which has no primes and no index.');
      return undefined;
    }
    const found = unitNamed(name);
    if (found === undefined) {
      refuseUnit(unit, name, problems, `${tree.value} * `);
      return undefined;
    }
    this.#units.set(tree, found);
    return quantityOf(found.dimension);
  }

  #variable(tree: Variable, around: Surroundings): Type | undefined {
    const { scope, problems } = around;
    const { text } = tree.name;
    const isPlain = tree.order === 0 && tree.index === undefined;
    if (isPlain && scope.find(text) === undefined) {
      const unit = unitNamed(text);
      if (unit !== undefined) {
        this.#units.set(tree, unit);
        return quantityOf(unit.dimension);
      }
      if (isNoVariable(tree, around)) return undefined;
    }
    const thing = scope.resolve(tree);
    if (tree.index !== undefined) this.#index(tree.index, around);
    if (thing === undefined) return undefined;
    const refusal = refusalOf(thing, tree, around);
    if (refusal === undefined) {
      around.later(() => checkElements(thing, tree, around));
      return thing.type;
    }
    problems.error(tree, refusal);
    return undefined;
  }

  #index(tree: Expression, around: Surroundings): void {
    const type = this.check(tree, around);
    if (type === undefined || type.is === 'integer') return;
    around.problems.error(tree, `An index is an integer; this is ${typeName(type)}.`);
  }

  #call(tree: Call, around: Surroundings): Type | undefined {
    return callType(tree, around, (argument) => this.check(argument, around));
  }
}

/** A number takes its unit before a power does, which who writes it may not mean. */
function warnOfBase(base: Expression, exponent: number | undefined, around: Surroundings): void {
  // Within parentheses more than the unit is behind the number.
  const isBare = base.is === 'number' && base.unit?.end === base.end;
  if (!isBare || base.value === 1 || exponent === 1) return;
  const unit = base.unit.name.text;
  const power = `**${exponent ?? ' …'}`;
  around.problems.warning(
    base,
    `This is (${base.value} ${unit})${power}; ${base.value} of ${unit}${power} is ${base.value} * ${unit}${power}.`,
  );
}

/** Whether an unknown name is something else than a variable, which is told. */
function isNoVariable(tree: Variable, { functions, problems }: Surroundings): boolean {
  const { text } = tree.name;
  const call = callOf(text, functions);
  const power = powerMeant(text);
  if (call !== undefined) problems.error(tree, functionText(text, call), call);
  else if (power === undefined || problems.unread.has(text)) return false;
  else problems.error(tree, `There is no variable '${text}'; the unit is ${power}.`, power);
  return true;
}

/** Why a thing cannot be used as a value, so as it is written. */
function refusalOf(thing: NamedThing, tree: Variable, around: Surroundings): string | undefined {
  if (thing.kind === 'kernel') {
    return `${quoted(thing.name)} is a kernel, which is used in convolve only.`;
  }
  return elementRefusal(thing, tree, around) ?? refusedThing(thing, around);
}

/** Why a thing cannot be used here, itself or for what it reads. */
function refusedThing(thing: NamedThing, { refuses, reading }: Surroundings): string | undefined {
  if (refuses === undefined) return undefined;
  if (thing.kind !== 'inline') return refuses(thing);
  const [refusal] = [...(reading.of(thing.name)?.things.values() ?? [])].flatMap(
    (read) => (read.kind === 'inline' ? undefined : refuses(read)) ?? [],
  );
  return refusal && `${refusal} The inline expression ${quoted(thing.name)} reads it.`;
}

/** The type of an operation, with what there is to say of it. */
function told(
  outcome: Outcome,
  spans: Readonly<Record<'left' | 'right' | 'whole', Span>>,
  { problems }: Surroundings,
): Type | undefined {
  if ('error' in outcome) {
    problems.error(spans[outcome.at], outcome.error);
    return undefined;
  }
  if (outcome.warning !== undefined) problems.warning(spans.whole, outcome.warning);
  return outcome.type;
}
