import type { CheckedModel } from '../checked-model';
import { keyOf } from '../scope';
import type { Steps } from '../steps';
import type { SynapseRoles } from '../synapse-roles';
import type { Block, Declaration } from '../syntax';
import { expressionsIn, expressionsOfBlocks } from '../walk';
import { Bodies, type Effects } from './bodies';
import { ProgramBuilder, type Register } from './builder';
import { TIME } from './chains';
import {
  type Cause,
  encodeSynapse,
  type ModelCode,
  type ModulatorInput,
  type SynapseCode,
  type SynapseHandler,
} from './code';
import { Coefficients } from './coefficients';
import {
  defaultsProgram,
  described,
  guardingProgram,
  guardsIn,
  sizesOf,
} from './declared-programs';
import { descriptionsOf } from './descriptions';
import { advanceExactly } from './exact';
import { Fixed } from './fixed';
import { priorityOf } from './functions';
import { Lowering, TIMESTEP } from './lower';
import type { Entry } from './names';
import { ParameterProgram } from './parameter-program';
import { type Place, placesOf } from './placement';
import { Plans } from './plans';
import { Constants, FinishedProgram } from './registers';
import { add, ONE, symbol } from './terms';
import { unlessTooLarge } from './too-large';

// A synapse: what time does to it, and what spikes of each kind do. Source: NESTML 8 language
// documentation, "Synapses"; order of events: docs/nestml.md.

/** A compiled synapse, ready to be loaded. */
export interface CompiledSynapse {
  readonly code: ModelCode;
  readonly declared: SynapseCode;
  /** By the symbols of its numbers: parameters, and states, of which the weight comes first. */
  readonly symbols: { readonly parameters: readonly string[]; readonly states: readonly string[] };
  readonly places: ReadonlyMap<string, Place>;
  readonly roles: SynapseRoles;
}

/** Of a synapse all numbers of a spike are 1: how many there are is how often handlers run. */
const SENT = 'what is sent';
const EMITTED = 'how often it is sent';
/** Inputs that a model may not have. */
const NO_DELAY = 'no delay';
const NO_REWARD = 'no reward';

type Integrate = Effects['integrate'];
type Handler = Block & { readonly is: 'onReceive' };

const PRIORITIES: Readonly<Record<Cause, number>> = { modulator: -1, post: -2, pre: -3 };

/**
 * Compiles a synapse that was checked without errors, and whose roles are known. What is found wrong only
 * now is told in the model's problems; the result does not count then.
 * @param text The text that the model is in.
 */
export const synapseInSteps = (
  model: CheckedModel,
  roles: SynapseRoles,
  text: string,
): Steps<CompiledSynapse | undefined> => unlessTooLarge(model, compiledInSteps(model, roles, text));

function* compiledInSteps(
  model: CheckedModel,
  roles: SynapseRoles,
  text: string,
): Steps<CompiledSynapse | undefined> {
  const lowering = new Lowering(model);
  yield;
  refuse(model, lowering);
  if (model.problems.hasErrors) return undefined;
  const fixed = new Fixed(lowering, ownOf(roles));
  const plans = new Plans(lowering, fixed);
  refuseNumeric(model, plans);
  refuseOwnInternals(lowering, roles);
  warnOfHomogeneous(lowering, roles);
  if (model.problems.hasErrors) return undefined;
  yield;
  return yield* new SynapseCompilation(lowering, fixed, plans, roles, text).compiled();
}

/** Numbers of the connection, which differ whatever else does. */
const ownOf = ({ weight, delay }: SynapseRoles): string[] => [
  weight,
  ...(delay === undefined ? [] : [delay]),
];

/** What neurons have and synapses do not. */
function refuse({ text, problems }: CheckedModel, lowering: Lowering): void {
  for (const tree of expressionsOfBlocks(text.blocks)) {
    if (tree.is !== 'call') continue;
    if (tree.name.text === 'convolve') {
      problems.error(tree, 'A synapse has no convolutions; a trace is a state with an equation.');
    }
  }
  if (lowering.delays.size > 0) {
    problems.error(text.name, 'States of synapses cannot be looked back at.');
  }
}

/** Between spikes of a synapse any time may pass: equations are solved for it, not step by step. */
function refuseNumeric({ equations, problems }: CheckedModel, plans: Plans): void {
  const numeric = new Set(plans.all.flatMap((plan) => plan.numeric.map((one) => one.symbol)));
  for (const equation of equations) {
    if (equation.is !== 'ode' || !numeric.has(equation.variable.name.text)) continue;
    const form = 'linear, with coefficients that do not change';
    problems.error(equation, `An equation of a synapse is ${form}; others are solved in neurons.`);
  }
}

/** What is the connection's own is each synapse's. */
function warnOfHomogeneous({ model, names }: Lowering, roles: SynapseRoles): void {
  for (const { symbol: name, declared } of [...names.parameters, ...names.states]) {
    if (!ownOf(roles).includes(name) || !isHomogeneous(declared)) continue;
    const says = 'each connection has its own, and @homogeneous has no effect';
    model.problems.warning(declared, `'${name}' is the ${nameOfOwn(name, roles)}: ${says}.`);
  }
}

const nameOfOwn = (name: string, { weight }: SynapseRoles): string =>
  name === weight ? 'weight' : 'delay';

const isHomogeneous = ({ decorators }: Declaration): boolean =>
  decorators.some(({ text }) => text === 'homogeneous');

/** Internals are worked out before a run, for all connections with the same parameters. */
function refuseOwnInternals({ model, names }: Lowering, roles: SynapseRoles): void {
  const own = new Set(ownOf(roles));
  const dependent = new Set<string>();
  for (const { symbol: name, value, declared } of names.internals.values()) {
    const read = value === undefined ? [] : [...expressionsIn(value)];
    const on = read
      .flatMap((one) => (one.is === 'variable' ? [keyOf(one)] : []))
      .find((one) => own.has(one) || dependent.has(one));
    if (on === undefined) continue;
    dependent.add(name);
    const says = 'weight and delay are those of each connection';
    model.problems.error(declared, `'${name}' cannot depend on '${on}': ${says}.`);
  }
}

class SynapseCompilation {
  readonly #lowering: Lowering;
  readonly #plans: Plans;
  readonly #roles: SynapseRoles;
  readonly #text: string;
  readonly #descriptions: ReadonlyMap<string, string>;
  readonly #parameters: readonly Entry[];
  readonly #states: readonly Entry[];
  readonly #coefficients: Coefficients;
  readonly #failures: string[] = [];
  #drawSites = 0;

  constructor(lowering: Lowering, fixed: Fixed, plans: Plans, roles: SynapseRoles, text: string) {
    this.#lowering = lowering;
    this.#plans = plans;
    this.#roles = roles;
    this.#text = text;
    this.#descriptions = descriptionsOf(lowering.model, text);
    const { parameters, states } = lowering.names;
    const isOwn = ({ symbol: name }: Entry): boolean =>
      name === roles.weight || name === roles.delay;
    this.#parameters = parameters.filter((one) => !isOwn(one));
    const weight = [...parameters, ...states].find((one) => one.symbol === roles.weight)!;
    this.#states = [weight, ...states.filter((one) => one !== weight)];
    const program = new ParameterProgram(
      lowering,
      this.#parameters.map((one) => one.symbol),
      [TIMESTEP],
    );
    this.#coefficients = new Coefficients(program, fixed, TIMESTEP);
  }

  *compiled(): Steps<CompiledSynapse> {
    const { model } = this.#lowering;
    const places = placesOf(model, this.#roles);
    const constants = new Constants();
    const { setup, update, handlers } = yield* this.#programs(constants);
    yield;
    const guarding = this.#guarding(constants);
    const defaults = this.#defaults(constants);
    const code: SynapseCode = {
      ...{ name: model.text.name.text, text: this.#text },
      parameters: this.#parameters.map((one) => described(one, this.#descriptions)),
      states: this.#states.map((one) => described(one, this.#descriptions)),
      homogeneous: this.#parameters.map(({ declared }) => isHomogeneous(declared)),
      delay: this.#roles.delay ?? '',
      ofTarget: this.#states.map((one) => places.get(one.symbol) === 'target'),
      postVariables: this.#roles.postVariables.map(({ variable }) => variable),
      modulator: this.#modulator,
      constants: constants.values,
      guards: guarding.guards,
      failures: this.#failures,
      // All constants are known now.
      programs: {
        ...{ defaults: defaults.program(), guarding: guarding.program.program() },
        ...{ setup: setup.program(), update: update.program() },
      },
      handlers: handlers.map((one) => ({ ...one, program: one.finished.program() })),
    };
    return {
      ...{ code: encodeSynapse(code), declared: code, places, roles: this.#roles },
      symbols: {
        parameters: this.#parameters.map((one) => one.symbol),
        states: this.#states.map((one) => one.symbol),
      },
    };
  }

  get #modulator(): ModulatorInput {
    const { modulator } = this.#roles;
    return modulator === undefined ? 'none' : modulator.kind === 'spike' ? 'spikes' : 'reward';
  }

  #defaults(constants: Constants): FinishedProgram {
    const wanted = [...this.#parameters, ...this.#states].map((one) => one.symbol);
    return defaultsProgram(this.#lowering, constants, [
      ...wanted.map((name) => ({ symbol: name, otherwise: 0 })),
      { symbol: this.#roles.delay ?? NO_DELAY, otherwise: 1 },
    ]);
  }

  #guarding(constants: Constants): ReturnType<typeof guardingProgram> {
    const { weight, delay = NO_DELAY } = this.#roles;
    const names = [...this.#parameters.map((one) => one.symbol), weight, delay];
    const conditions = [
      ...guardsIn(this.#lowering, this.#text, names),
      ...sizesOf(this.#lowering.model).filter((one) => names.includes(one.symbol)),
    ];
    return guardingProgram(this.#lowering, constants, names, conditions);
  }

  *#programs(constants: Constants): Steps<{
    setup: FinishedProgram;
    update: FinishedProgram;
    handlers: (Omit<SynapseHandler, 'program'> & { readonly finished: FinishedProgram })[];
  }> {
    const update = this.#program((bodies, integrate) => this.#update(bodies, integrate));
    yield;
    const handlers = this.#lowering.model.blocks('onReceive').map((handler) => {
      const cause = this.#causeOf(handler);
      const written = this.#program((bodies) => bodies.run(handler.body));
      return { cause, priority: priorityOf(handler) ?? PRIORITIES[cause], written };
    });
    yield;
    // All coefficients are known now.
    const given = {
      coefficient: this.#coefficients.results.length,
      ...{ state: this.#states.length, input: this.#inputs.length },
    };
    const finish = (one: Written, isPre: boolean): FinishedProgram =>
      new FinishedProgram(one.builder, constants, given, [
        ...one.states,
        ...(isPre ? one.sent : []),
      ]);
    const { builder, given: parameter, results } = this.#coefficients;
    return {
      setup: new FinishedProgram(builder, constants, { parameter }, results),
      update: finish(update, false),
      handlers: handlers.map(({ cause, priority, written }) => ({
        ...{ cause, priority, finished: finish(written, cause === 'pre') },
      })),
    };
  }

  /** Names of what programs are given besides coefficients and states. */
  get #inputs(): readonly string[] {
    const { postVariables, modulator, delay } = this.#roles;
    const reward = modulator?.kind === 'continuous' ? modulator.name.text : NO_REWARD;
    return [TIME, delay ?? NO_DELAY, ...postVariables.map(({ port }) => port.name.text), reward];
  }

  #causeOf({ port }: Handler): Cause {
    if (port.name.text === this.#roles.pre.name.text) return 'pre';
    return port.name.text === this.#roles.modulator?.name.text ? 'modulator' : 'post';
  }

  #program(write: (bodies: Bodies, integrate: Integrate) => void): Written {
    const builder = new ProgramBuilder();
    const integrate: Integrate = (states) => this.#integrate(states, bodies, builder);
    const bodies: Bodies = new Bodies(
      this.#lowering,
      builder,
      (name) => this.#given(name, builder),
      (term) => this.#coefficients.in(builder, term),
      {
        integrate,
        failure: (text) => this.#failure(text),
        drawSite: () => this.#drawSites++,
        emit: (weight) => {
          bodies.env.set(SENT, bodies.emit(add(symbol(SENT), weight)));
          bodies.env.set(EMITTED, bodies.emit(add(symbol(EMITTED), ONE)));
        },
      },
    );
    write(bodies, integrate);
    return {
      builder,
      states: this.#states.map((one) => bodies.valueOf(one.symbol)),
      sent: [bodies.valueOf(SENT), bodies.valueOf(EMITTED)],
    };
  }

  #update(bodies: Bodies, integrate: Integrate): void {
    const { model } = this.#lowering;
    const isOlder = model.text.keyword === 'synapse';
    // Until NESTML 7 equations advance by themselves, before update.
    if (isOlder && model.orders.size > 0) integrate(undefined);
    for (const { body } of model.blocks('update')) bodies.run(body, true);
  }

  #integrate(states: readonly string[] | undefined, bodies: Bodies, builder: ProgramBuilder): void {
    const plan = this.#plans.of(states);
    for (const [name, value] of advanceExactly(plan, bodies, builder, this.#coefficients)) {
      bodies.env.set(name, value);
    }
  }

  #failure(text: string): number {
    const known = this.#failures.indexOf(text);
    return known >= 0 ? known : this.#failures.push(text) - 1;
  }

  #given(name: string, builder: ProgramBuilder): Register {
    const state = this.#states.findIndex((one) => one.symbol === name);
    if (state >= 0) return builder.given('state', state);
    if (name === SENT || name === EMITTED) return builder.constant(0);
    const input = this.#inputs.indexOf(name);
    if (input >= 0) return builder.given('input', input);
    // A port of spikes, in the handler of one of them.
    if (this.#lowering.model.ports.some((port) => port.name.text === name)) {
      return builder.constant(1);
    }
    return this.#coefficients.in(builder, symbol(name))!;
  }
}

/** A program before its operands are known. */
interface Written {
  readonly builder: ProgramBuilder;
  readonly states: readonly Register[];
  readonly sent: readonly Register[];
}
