import type { CheckedModel } from '../checked-model';
import type { SpikeInput } from '../ports';
import type { Steps } from '../steps';
import type { Block, Expression } from '../syntax';
import { expressionsOfBlocks } from '../walk';
import { Bodies, SPIKES } from './bodies';
import { ProgramBuilder, type Register } from './builder';
import { TIME } from './chains';
import type { Coefficients } from './coefficients';
import type { Convolution } from './convolutions';
import { type DelayLine, delayLines, lookBack } from './delays';
import { advanceExactly } from './exact';
import { priorityOf } from './functions';
import type { Lowering } from './lower';
import { elementOf } from './names';
import { integrateNumerically, type NumericSystem } from './numeric';
import type { Plans } from './plans';
import { add, multiply, symbol, type Term } from './terms';

// A step of a neuron. Order of events: update; handlers of what has arrived; convolutions advance and
// take what has arrived; conditions. Source: NESTML 8 language documentation, "Event handlers".

/** A column of the population that the step changes. */
export interface Column {
  readonly symbol: string;
  /** Empty: nobody sees it. */
  readonly name: string;
  readonly unit: string;
  readonly kind: 'real' | 'integer' | 'boolean';
  readonly isReadOnly: boolean;
}

/** The name of a convolution state once it has gone on by a step. */
const advanced = (name: string): string => `${name} after the step`;

export class StepProgram {
  readonly builder = new ProgramBuilder();
  readonly columns: Column[];
  readonly systems: NumericSystem[] = [];
  readonly failures: string[] = [];
  readonly #places: ReadonlyMap<string, number>;
  readonly #plans: Plans;
  readonly exact = new Set<string>();
  readonly #lowering: Lowering;
  readonly #model: CheckedModel;
  readonly #coefficients: Coefficients;
  readonly #bodies: Bodies;
  #drawSites = 0;

  readonly #delays: readonly DelayLine[];

  /** @param resolution Of the kernel, in ms. */
  constructor(lowering: Lowering, plans: Plans, coefficients: Coefficients, resolution: number) {
    this.#lowering = lowering;
    this.#model = lowering.model;
    this.#coefficients = coefficients;
    this.#plans = plans;
    this.#bodies = new Bodies(
      lowering,
      this.builder,
      (name) => this.#given(name),
      (term) => coefficients.in(this.builder, term),
      {
        integrate: (states) => this.#integrate(states),
        failure: (text) => this.#failure(text),
        drawSite: () => this.#drawSites++,
      },
    );
    this.#delays = delayLines(lowering, resolution);
    this.columns = this.#columnsOf();
    this.#places = new Map(this.columns.map((one, i) => [one.symbol, i]));
  }

  /** Of a state, or of a number of a convolution. */
  columnOf(name: string): number {
    return this.#places.get(name)!;
  }

  #columnsOf(): Column[] {
    const { names, convolutions } = this.#lowering;
    const states = names.states.map(({ symbol: of, name, unit, kind }): Column => ({
      ...{ symbol: of, name, unit, kind, isReadOnly: false },
    }));
    const inner = convolutions.all.flatMap(({ name, states: own }) =>
      own.map((one): Column => ({
        ...{ symbol: one.symbol, name: one.symbol === name ? name : '', unit: '', kind: 'real' },
        isReadOnly: false,
      })),
    );
    const rings = this.#delays.flatMap(({ ring, place }) =>
      [...ring, place].map((one): Column => ({
        ...{ symbol: one, name: '', unit: '', kind: 'real', isReadOnly: false },
      })),
    );
    return [...states, ...inner, ...rings];
  }

  #failure(text: string): number {
    const known = this.failures.indexOf(text);
    return known >= 0 ? known : this.failures.push(text) - 1;
  }

  /** What a name is at the beginning of a step. */
  #given(name: string): Register {
    const column = this.#places.get(name);
    if (column !== undefined) return this.builder.given('state', column);
    if (name === SPIKES) return this.builder.constant(0);
    const { receptors, currents } = this.#lowering.ports;
    const input = (at: number): Register => this.builder.given('input', at);
    if (name === TIME) return input(2 * receptors.length + currents.length);
    const current = currents.findIndex(
      ({ port, index }) => portSymbol(port.name.text, index) === name,
    );
    if (current >= 0) return input(2 * receptors.length + current);
    for (const [r, { inputs }] of receptors.entries()) {
      const found = inputs.find(({ port, index }) => portSymbol(port.name.text, index) === name);
      if (found) return this.#sumOf(found, input(2 * r), input(2 * r + 1));
    }
    return this.#coefficients.in(this.builder, symbol(name)) ?? this.#delta(name);
  }

  /** A convolution with a delta function: as a number it would be 0 or infinite. */
  #delta(name: string): Register {
    const { port } = this.#lowering.convolutions.all.find(({ value }) => isSymbol(value, name))!;
    const reads = [...expressionsOfBlocks(this.#model.text.blocks)].find(
      (one) => one.is === 'call' && one.name.text === 'convolve' && this.#isOf(one.arguments, name),
    );
    const instead = `its jumps are those of states, in equations; ${port} * s is what arrives`;
    this.#model.problems.error(
      reads ?? this.#model.text.name,
      `The convolution with a delta kernel is no number: ${instead}.`,
    );
    return this.builder.constant(0);
  }

  #isOf([kernel, port]: readonly Expression[], name: string): boolean {
    if (kernel?.is !== 'variable' || port?.is !== 'variable') return false;
    return this.#lowering.convolutions.all.some(
      (one) =>
        isSymbol(one.value, name) &&
        one.name.startsWith(`${kernel.name.text}__X__${port.name.text}`),
    );
  }

  #sumOf({ takes, sign }: SpikeInput, positive: Register, others: Register): Register {
    const sum = {
      positive,
      negative: others,
      all: takes === 'all' ? this.builder.apply('add', positive, others) : positive,
    }[takes];
    return sign < 0 ? this.builder.apply('negate', sum) : sum;
  }

  /** Whether something has arrived at a port. */
  #received(name: string): Register {
    for (const [r, { inputs }] of this.#lowering.ports.receptors.entries()) {
      const found = inputs.find(({ port }) => port.name.text === name);
      if (!found) continue;
      const zero = this.builder.constant(0);
      const rows = { positive: [2 * r], negative: [2 * r + 1], all: [2 * r, 2 * r + 1] };
      const masks = rows[found.takes].map((row) =>
        this.builder.apply('not_equal', this.builder.given('input', row), zero),
      );
      return masks.reduce((a, b) => this.builder.apply('either', a, b));
    }
    return this.builder.truth(false);
  }

  #integrate(states: readonly string[] | undefined): void {
    const plan = this.#plans.of(states);
    const bodies = this.#bodies;
    const exact = advanceExactly(plan, bodies, this.builder, this.#coefficients);
    plan.exact.forEach((name) => this.exact.add(name));
    const results = new Map(exact);
    if (plan.numeric.length > 0) {
      const at = this.systems.length;
      const system = integrateNumerically(
        ...([plan.numeric, at, bodies, this.builder, this.#coefficients] as const),
      );
      this.systems.push(system);
      system.names.forEach((name, i) => {
        const isChain = this.#lowering.names.state(name) === undefined;
        results.set(isChain ? advanced(name) : name, system.values[i]!);
      });
    }
    for (const [name, value] of results) bodies.env.set(name, value);
  }

  /** Chains that a solver advances together with other states, somewhere. */
  get #solvedChains(): Set<string> {
    const names = this.#plans.all.flatMap((plan) => plan.numeric);
    return new Set(names.map((one) => one.symbol));
  }

  #advanceChain(convolution: Convolution): void {
    const plan = this.#plans.ofChain(convolution);
    const values = advanceExactly(plan, this.#bodies, this.builder, this.#coefficients);
    for (const [name, value] of values) this.#bodies.env.set(advanced(name), value);
  }

  /** With stops. */
  *write(): Steps<undefined> {
    const { convolutions } = this.#lowering;
    const bodies = this.#bodies;
    const solved = this.#solvedChains;
    const isSolved = ({ states }: Convolution): boolean =>
      states.some((one) => solved.has(one.symbol));
    const chains = convolutions.all.filter(({ isDelta }) => !isDelta);
    this.#lookBack();
    for (const one of chains.filter(isSolved)) this.#advanceChain(one);
    yield;
    for (const { body } of this.#model.blocks('update')) bodies.run(body);
    yield;
    for (const { port, body } of this.#handlers) {
      bodies.when(this.#received(port.name.text), () => bodies.run(body));
      yield;
    }
    for (const one of chains.filter((other) => !isSolved(other))) {
      this.#advanceChain(one);
      yield;
    }
    for (const { states, port } of chains) {
      for (const { symbol: name, jump } of states) {
        const next = add(symbol(advanced(name)), multiply(jump, symbol(port)));
        bodies.env.set(name, bodies.emit(next));
      }
    }
    this.#jump();
    for (const { condition, body } of this.#model.blocks('onCondition')) {
      bodies.when(bodies.condition(condition), () => bodies.run(body));
      yield;
    }
    this.#record();
    yield;
    this.#store();
    return undefined;
  }

  #lookBack(): void {
    for (const line of this.#delays) {
      lookBack(line, this.#lowering, this.#bodies, this.builder, this.#coefficients, (text) =>
        this.#failure(text),
      );
    }
  }

  #jump(): void {
    const values = this.#plans.jumps.map(({ state, port, factor }) => {
      const grown = add(symbol(state), multiply(factor, symbol(port)));
      return [state, this.#bodies.emit(grown)] as const;
    });
    for (const [state, value] of values) this.#bodies.env.set(state, value);
  }

  /** The larger priority first, else in the order of the text. */
  get #handlers(): (Block & { readonly is: 'onReceive' })[] {
    const handlers = this.#model.blocks('onReceive');
    return handlers.sort((a, b) => (priorityOf(b) ?? 0) - (priorityOf(a) ?? 0));
  }

  /** Values that are recorded, but no states. */
  #record(): void {
    for (const equation of this.#model.equations) {
      if (equation.is !== 'inline' || !equation.isRecordable) continue;
      const name = equation.name.text;
      const entry = this.#lowering.recordable(equation);
      this.#add({ ...entry, symbol: name, name, isReadOnly: true }, this.#bodies.emit(entry.term));
    }
    for (const { name, states, value, isDelta } of this.#lowering.convolutions.all) {
      if (isDelta || states.some((one) => one.symbol === name)) continue;
      const column: Column = { symbol: name, name, unit: '', kind: 'real', isReadOnly: true };
      this.#add(column, this.#bodies.emit(value));
    }
  }

  #add({ symbol: of, name, unit, kind, isReadOnly }: Column, value: Register): void {
    this.columns.push({ symbol: of, name, unit, kind, isReadOnly });
    this.#bodies.env.set(of, value);
  }

  #store(): void {
    const { builder } = this;
    const given = this.columns.map((_, i) => builder.given('state', i));
    const changed = this.columns.flatMap(({ symbol: name }, i) => {
      const value = this.#bodies.valueOf(name);
      return value === given[i] ? [] : [[given[i]!, value] as const];
    });
    // A state that another one becomes is read before it is written.
    const values = changed.map(([to, value]) => {
      if (value === to || !given.includes(value)) return [to, value] as const;
      return [to, builder.changingFrom(value)] as const;
    });
    for (const [to, value] of values) builder.assign(to, value);
    const spikes = this.#bodies.valueOf(SPIKES);
    if (builder.valueOf(spikes) !== 0) builder.assign(builder.given('spikes', 0), spikes);
  }
}

const isSymbol = (term: Term, name: string): boolean => term.is === 'symbol' && term.name === name;

const portSymbol = (name: string, index: number | undefined): string =>
  index === undefined ? name : elementOf(name, index);
