import type { OwnFunction } from './calls';
import { ExpressionTypes, type Surroundings } from './expression-types';
import type { Place } from './functions';
import { KnownValues } from './known-values';
import { languageScope, type NamedThing, Scope } from './scope';
import type { Problems, Span } from './source';
import type { Block, Declaration, Equation, Expression, Model, Port } from './syntax';
import { fits, type Type, typeName } from './types';

/** A model while it is checked: its parts by kind, and what is known of its names. */
export class CheckedModel {
  readonly text: Model;
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
  /** Kernels that are given by equations, whose names are those of states. */
  readonly kernelsWithEquations: ReadonlySet<string>;

  constructor(text: Model, problems: Problems) {
    this.text = text;
    this.problems = problems;
    this.scope = new Scope(problems, languageScope(problems));
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

  /** What expressions of a place know of. */
  around(
    place: Place,
    more: Partial<Pick<Surroundings, 'scope' | 'refuses' | 'equationOf'>> = {},
  ): Surroundings {
    const { problems, functions, scope } = this;
    return { scope, problems, place, functions, ...more };
  }

  /** Finds the type of a value, and whether what has the name can be given it. */
  checkValue(
    name: string,
    wanted: Type | undefined,
    value: Expression,
    around: Surroundings,
  ): void {
    const given = this.types.check(value, around);
    if (wanted === undefined || given === undefined || fits(given, wanted)) return;
    this.problems.error(value, `${name} is ${typeName(wanted)}; this is ${typeName(given)}.`);
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
