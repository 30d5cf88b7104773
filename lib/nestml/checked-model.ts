import { ExpressionTypes } from './expression-types';
import type { Place } from './functions';
import { kindOf, type ModelKind } from './kind';
import { KnownValues } from './known-values';
import { Reading } from './reading';
import { languageScope, type NamedThing, Scope, writtenText } from './scope';
import type { SaidOfModels } from './said';
import type { Problems, Span } from './source';
import type { OwnFunction, Surroundings } from './surroundings';
import type { Block, Declaration, Equation, Expression, Model, Port, Variable } from './syntax';
import {
  dimensionOf,
  fits,
  isNumeric,
  isSameType,
  perTime,
  RATE,
  type Type,
  typeName,
} from './types';
import { isSameDimension } from './units';
import { expressionsIn } from './walk';

/** A model while it is checked: its parts by kind, and what is known of its names. */
export class CheckedModel {
  readonly text: Model;
  readonly kind: ModelKind;
  readonly said: SaidOfModels;
  readonly problems: Problems;
  /** Names of the model; the language's lie around them. */
  readonly scope: Scope;
  readonly functions = new Map<string, OwnFunction>();
  readonly types = new ExpressionTypes();
  /** Values of defaults, where the text alone says them. */
  readonly values = new KnownValues(this.types, () => [
    ...this.declarations('parameters'),
    ...this.declarations('internals'),
  ]);
  readonly reading: Reading;
  /** Kernels that are given by equations, whose names are those of states. */
  readonly kernelsWithEquations: ReadonlySet<string>;

  readonly #later: (() => void)[] = [];

  constructor(text: Model, problems: Problems, said: SaidOfModels = {}) {
    this.text = text;
    this.said = said;
    this.kind = kindOf(text, said.kind);
    this.problems = problems;
    this.scope = new Scope(problems, languageScope(problems, text.keyword === 'model'));
    this.reading = new Reading(text, this.scope);
    const parts = this.equations.flatMap((one) => (one.is === 'kernel' ? one.parts : []));
    const ofEquations = parts.filter(({ variable }) => variable.order > 0);
    this.kernelsWithEquations = new Set(ofEquations.map(({ variable }) => variable.name.text));
  }

  /** All blocks of a kind, in the order of the text. */
  blocks<Kind extends Block['is']>(kind: Kind): (Block & { readonly is: Kind })[] {
    return this.text.blocks.filter(
      (block): block is Block & { readonly is: Kind } => block.is === kind,
    );
  }

  declarations(kind: 'state' | 'parameters' | 'internals'): Declaration[] {
    return this.blocks(kind).flatMap(({ declarations }) => declarations);
  }

  get equations(): Equation[] {
    return this.blocks('equations').flatMap(({ equations }) => equations);
  }

  /** How often each state is differentiated where it has an equation. */
  get orders(): ReadonlyMap<string, number> {
    const equations = this.equations.filter((one) => one.is === 'ode');
    return new Map(equations.map(({ variable }) => [variable.name.text, variable.order]));
  }

  get ports(): Port[] {
    return this.blocks('input').flatMap(({ ports }) => ports);
  }

  /** Does this once the types of all expressions are known, and with them the values of defaults. */
  later(check: () => void): void {
    this.#later.push(check);
  }

  finish(): void {
    for (const check of this.#later.splice(0)) check();
  }

  /** What expressions of a place know of. */
  around(
    place: Place,
    more: Partial<Pick<Surroundings, 'scope' | 'refuses' | 'equationOf' | 'elements'>> = {},
  ): Surroundings {
    const { problems, functions, scope, reading, values } = this;
    const later = (check: () => void): void => this.later(check);
    const isOlder = this.text.keyword !== 'model';
    return { scope, problems, place, functions, reading, values, later, isOlder, ...more };
  }

  /** Finds the type of a value, and whether what has the name can be given it. */
  checkValue(
    name: string,
    wanted: Type | undefined,
    value: Expression,
    around: Surroundings,
  ): void {
    const given = this.types.check(value, around);
    if (wanted === undefined || given === undefined) return;
    if (fits(given, wanted)) {
      this.warnOfRate(value, given, wanted, around.scope);
      return;
    }
    const hint = this.sumHint(value, given, wanted, around.scope);
    this.problems.error(
      value,
      `${name} is ${typeName(wanted)}; this is ${typeName(given)}.${hint}`,
    );
  }

  /** Whether a port of spikes is read as a number, without its time; that is warned of. */
  warnOfRate(value: Expression, given: Type, wanted: Type, scope: Scope): boolean {
    if (wanted.is !== 'real' || !isSameType(given, RATE)) return false;
    const port = spikePortIn(value, scope);
    if (port === undefined) return false;
    const gives = `'${port.name.text}' gives weights per second, a thousandth of them per ms`;
    this.problems.warning(value, `${gives}; their sum is ${port.name.text} * s.`);
    return true;
  }

  /** A sentence for a value that lacks a time where a port of spikes is read; elsewhere nothing. */
  sumHint(value: Expression, given: Type, wanted: Type, scope: Scope): string {
    const port = spikePortIn(value, scope);
    const lacksTime = isSameDimension(dimensionOf(given), dimensionOf(perTime(wanted, 1)));
    if (port === undefined || !isNumeric(given) || !isNumeric(wanted) || !lacksTime) return '';
    return ` The sum of the weights is ${writtenText(port)} * s.`;
  }

  /** A condition, which `what` it is in words. */
  checkCondition(what: string, condition: Expression, around: Surroundings): void {
    const type = this.types.check(condition, around);
    if (type === undefined || type.is === 'boolean') return;
    this.problems.error(condition, `${what} is boolean; this is ${typeName(type)}.`);
  }

  /** A scope within that of the model. */
  innerScope(): Scope {
    return new Scope(this.problems, this.scope);
  }

  declare(thing: NamedThing): void {
    this.scope.declare(thing);
  }

  /** Tells of all but the first of some places. */
  onlyOne(places: readonly Span[], message: string): void {
    for (const place of places.slice(1)) this.problems.error(place, message);
  }
}

/** The first port of spikes that an expression reads. */
function spikePortIn(value: Expression, scope: Scope): Variable | undefined {
  for (const tree of expressionsIn(value)) {
    if (tree.is !== 'variable') continue;
    if (scope.find(tree.name.text)?.kind === 'spike port') return tree;
  }
  return undefined;
}
