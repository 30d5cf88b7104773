import { keyOf } from '../scope';
import type { Equation } from '../syntax';
import { TIME } from './chains';
import type { Convolution } from './convolutions';
import type { Fixed } from './fixed';
import { integrationsIn } from './functions';
import { linearForm, type LinearForm } from './linear';
import { asHeld, inScale, type Lowering } from './lower';
import { elementOf } from './names';
import { isZero, symbol, symbolsIn, type Term } from './terms';

// Which equations are solved exactly, and which by an adaptive solver: found from their form.

/** A number with a slope. */
export interface Component {
  readonly symbol: string;
  readonly slope: Term;
}

/** What a spike of weight 1 adds to a state by a delta kernel. */
export interface Jump {
  readonly state: string;
  readonly port: string;
  readonly factor: Term;
}

/** How the states of one call of integrate_odes are advanced. */
export interface Plan {
  /** Those that are advanced exactly, with the linear forms of all that they depend on. */
  readonly exact: readonly string[];
  readonly forms: ReadonlyMap<string, LinearForm>;
  /** Those that the solver advances together. */
  readonly numeric: readonly Component[];
}

type Ode = Equation & { readonly is: 'ode' };

export class Plans {
  readonly #lowering: Lowering;
  readonly #fixed: Fixed;
  /** Of each state with an equation: it and its derivatives. */
  readonly #components = new Map<string, Component[]>();
  readonly jumps: Jump[] = [];
  readonly #made = new Map<string, Plan>();

  constructor(lowering: Lowering, fixed: Fixed) {
    this.#lowering = lowering;
    this.#fixed = fixed;
    for (const equation of lowering.model.equations) {
      if (equation.is === 'ode') this.#add(equation);
    }
    lowering.findConvolutions();
  }

  /** What calls of integrate_odes are for. */
  get all(): Plan[] {
    return integrationsIn(this.#lowering.model).map((states) => this.of(states));
  }

  #add(equation: Ode): void {
    const { variable } = equation;
    const size = this.#lowering.names.sizes.get(variable.name.text);
    const indices = size === undefined ? [undefined] : Array.from({ length: size }, (_, k) => k);
    const components = indices.flatMap((k) =>
      Array.from({ length: variable.order }, (_, order) => this.#component(equation, order, k)),
    );
    this.#components.set(variable.name.text, components);
  }

  #component({ variable, value }: Ode, order: number, element: number | undefined): Component {
    const lowering = this.#lowering;
    const nameOf = (of: number): string => {
      const key = keyOf({ name: variable.name, order: of });
      return element === undefined ? key : elementOf(key, element);
    };
    const own = lowering.names.state(nameOf(order))!;
    if (order < variable.order - 1) {
      const next = lowering.names.state(nameOf(order + 1))!;
      return {
        symbol: own.symbol,
        slope: asHeld(inScale(symbol(next.symbol), next.held), own.held),
      };
    }
    const slope = asHeld(lowering.lower(value, element === undefined ? {} : { element }), own.held);
    return { symbol: own.symbol, slope: this.#withoutJumps(own.symbol, slope, value) };
  }

  #withoutJumps(state: string, slope: Term, at: Ode['value']): Term {
    const deltas = new Map(
      this.#lowering.convolutions.all
        .filter(({ isDelta }) => isDelta)
        .map((one) => [(one.value as Term & { readonly is: 'symbol' }).name, one]),
    );
    const form = linearForm(slope, new Set(deltas.keys()));
    if (form === undefined) {
      const message = 'A delta kernel is added, times something that does not depend on it.';
      this.#lowering.model.problems.error(at, message);
      return slope;
    }
    for (const [name, factor] of form.coefficients) {
      this.jumps.push({ state, port: deltas.get(name)!.port, factor });
    }
    return form.rest;
  }

  /** @param states Names without primes; all that have equations, if nothing is said. */
  of(states: readonly string[] | undefined): Plan {
    const names = states ?? [...this.#components.keys()];
    const key = [...names].sort().join(' ');
    const known = this.#made.get(key);
    if (known) return known;
    const own = [...new Set(names)].flatMap((name) => this.#components.get(name) ?? []);
    const plan = this.#plan(own);
    this.#made.set(key, plan);
    return plan;
  }

  #plan(own: readonly Component[]): Plan {
    const all = [...own, ...this.#chainsFor(own)];
    const forms = this.#linear(all);
    const ofName = new Map(all.map((one) => [one.symbol, one]));
    const dependencies = (name: string): string[] =>
      [...symbolsIn(ofName.get(name)!.slope)].filter((one) => ofName.has(one));
    const numeric = closure(
      own.filter(({ symbol: name }) => !forms.has(name)).map(({ symbol: name }) => name),
      dependencies,
    );
    const exact = own.map(({ symbol: name }) => name).filter((name) => !numeric.has(name));
    const needed = closure(exact, dependencies);
    return {
      exact,
      forms: new Map([...forms].filter(([name]) => needed.has(name))),
      numeric: all.filter(({ symbol: name }) => numeric.has(name)),
    };
  }

  /** All of the chains that components depend on. */
  #chainsFor(own: readonly Component[]): Component[] {
    const used = new Set(own.flatMap(({ slope }) => [...symbolsIn(slope)]));
    return this.#lowering.convolutions.all
      .filter(({ states }) => states.some((one) => used.has(one.symbol)))
      .flatMap(({ states }) => states);
  }

  /** The chains of one convolution by themselves. */
  ofChain(convolution: Convolution): Plan {
    const forms = this.#linear(convolution.states);
    return { exact: convolution.states.map((one) => one.symbol), forms, numeric: [] };
  }

  /** Components that are linear, with fixed coefficients, in components that are so, too. */
  #linear(all: readonly Component[]): Map<string, LinearForm> {
    const names = new Set(all.map((one) => one.symbol));
    const forms = new Map<string, LinearForm>();
    const large = new Set<string>();
    for (const { symbol: name, slope } of all) {
      const form = linearForm(slope, names);
      const isSteady =
        form !== undefined &&
        [...form.coefficients.values()].every((one) => this.#fixed.has(one)) &&
        !symbolsIn(form.rest).has(TIME);
      if (isSteady) forms.set(name, form);
    }
    for (let before = -1; before !== forms.size;) {
      before = forms.size;
      for (const [name, { coefficients }] of forms) {
        if ([...coefficients.keys()].some((one) => !forms.has(one))) forms.delete(name);
      }
    }
    for (const name of [...forms.keys()]) {
      const { names, driven } = groupOf(name, forms);
      if (names.length + driven.length > LARGEST_MATRIX) large.add(name);
    }
    large.forEach((name) => forms.delete(name));
    return forms;
  }
}

/** A state, and all that it is influenced by. */
export interface Group {
  readonly names: readonly string[];
  /** Those that are driven by something besides. */
  readonly driven: readonly string[];
}

/** The largest matrix whose exponential the core takes. */
const LARGEST_MATRIX = 64;

export function groupOf(name: string, forms: ReadonlyMap<string, LinearForm>): Group {
  const found = new Set([name]);
  for (const one of found) {
    for (const other of forms.get(one)!.coefficients.keys()) found.add(other);
  }
  const places = placesIn(forms);
  const names = [...found].sort((a, b) => places.get(a)! - places.get(b)!);
  return { names, driven: names.filter((one) => !isZero(forms.get(one)!.rest)) };
}

const knownPlaces = new WeakMap<ReadonlyMap<string, LinearForm>, ReadonlyMap<string, number>>();

/** The order of names; forms are complete when it is first asked for. */
function placesIn(forms: ReadonlyMap<string, LinearForm>): ReadonlyMap<string, number> {
  const known = knownPlaces.get(forms);
  if (known !== undefined) return known;
  const places = new Map([...forms.keys()].map((name, place) => [name, place]));
  knownPlaces.set(forms, places);
  return places;
}

/** Names, and all that they depend on. */
function closure(names: readonly string[], dependencies: (name: string) => string[]): Set<string> {
  const found = new Set(names);
  for (const name of found) for (const one of dependencies(name)) found.add(one);
  return found;
}
