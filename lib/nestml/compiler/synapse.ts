import type { CheckedModel } from '../checked-model';
import type { Steps } from '../steps';
import type { SynapseRoles } from '../synapse-roles';
import type { Block } from '../syntax';
import { expressionsOfBlocks } from '../walk';
import { Bodies, type Effects } from './bodies';
import { ProgramBuilder, type Register } from './builder';
import { TIME } from './chains';
import type { Program } from './code';
import { Coefficients } from './coefficients';
import { advanceExactly } from './exact';
import { Fixed } from './fixed';
import { priorityOf } from './functions';
import { Lowering, TIMESTEP } from './lower';
import type { Entry } from './names';
import { ParameterProgram } from './parameter-program';
import { Plans } from './plans';
import { Constants, FinishedProgram } from './registers';
import { add, symbol } from './terms';

// A synapse: what time does to it, and what spikes of each kind do. Source: NESTML 8 language
// documentation, "Synapses"; order of events: docs/nestml.md.

/** Whose spikes change it: of the source, of the target, of a transmitter. */
export type Cause = 'pre' | 'post' | 'modulator';

/** What spikes of a kind do to a synapse. */
export interface SynapseHandler {
  readonly cause: Cause;
  /** Of those at the same time the larger comes first. */
  readonly priority: number;
  /** Given: coefficients of a step, states, inputs. Results: states, and of the pre port what is sent. */
  readonly program: Program;
}

/** A compiled synapse. Inputs of its programs: the time and the delay in ms, then continuous ports. */
export interface SynapsePrograms {
  readonly constants: readonly number[];
  readonly parameters: readonly Entry[];
  /** The weight comes first. */
  readonly states: readonly Entry[];
  /** Given: parameters, the resolution, tics, the time that passes. Results: coefficients. */
  readonly setup: Program;
  /** Given as handlers are. Results: states. */
  readonly update: Program;
  readonly handlers: readonly SynapseHandler[];
  readonly failures: readonly string[];
}

/** Of a synapse all numbers of a spike are 1: how many there are is how often handlers run. */
const SENT = 'what is sent';

type Integrate = Effects['integrate'];
type Handler = Block & { readonly is: 'onReceive' };

const PRIORITIES: Readonly<Record<Cause, number>> = { modulator: -1, post: -2, pre: -3 };

/**
 * Compiles a synapse that was checked without errors, and whose roles are known. What is found wrong only
 * now is told in the model's problems; the result does not count then.
 */
export function* synapseInSteps(
  model: CheckedModel,
  roles: SynapseRoles,
): Steps<SynapsePrograms | undefined> {
  const lowering = new Lowering(model);
  yield;
  refuse(model, lowering);
  if (model.problems.hasErrors) return undefined;
  const own = [roles.weight, ...(roles.delay === undefined ? [] : [roles.delay])];
  const fixed = new Fixed(lowering, own);
  const plans = new Plans(lowering, fixed);
  refuseNumeric(model, plans);
  if (model.problems.hasErrors) return undefined;
  yield;
  return yield* new SynapseCompilation(lowering, fixed, plans, roles).programs();
}

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

class SynapseCompilation {
  readonly #lowering: Lowering;
  readonly #plans: Plans;
  readonly #roles: SynapseRoles;
  readonly #parameters: readonly Entry[];
  readonly #states: readonly Entry[];
  readonly #coefficients: Coefficients;
  readonly #failures: string[] = [];
  #drawSites = 0;

  constructor(lowering: Lowering, fixed: Fixed, plans: Plans, roles: SynapseRoles) {
    this.#lowering = lowering;
    this.#plans = plans;
    this.#roles = roles;
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

  *programs(): Steps<SynapsePrograms> {
    const constants = new Constants();
    const update = this.#program((bodies, integrate) => this.#update(bodies, integrate));
    yield;
    const handlers = this.#lowering.model.blocks('onReceive').map((handler) => {
      const cause = this.#causeOf(handler);
      const written = this.#program((bodies) => bodies.run(handler.body));
      return { cause, priority: priorityOf(handler) ?? PRIORITIES[cause], written };
    });
    yield;
    // All coefficients are known now.
    const finish = (one: Written, isPre: boolean): FinishedProgram =>
      new FinishedProgram(
        one.builder,
        constants,
        {
          coefficient: this.#coefficients.results.length,
          ...{ state: this.#states.length, input: this.#inputs.length },
        },
        [...one.states, ...(isPre ? [one.sent] : [])],
      );
    const updating = finish(update, false);
    const { builder, given: parameter, results } = this.#coefficients;
    const setup = new FinishedProgram(builder, constants, { parameter }, results);
    const programs = handlers.map((one) => finish(one.written, one.cause === 'pre'));
    return {
      constants: constants.values,
      parameters: this.#parameters,
      states: this.#states,
      setup: setup.program(),
      update: updating.program(),
      handlers: handlers.map(({ cause, priority }, i) => ({
        ...{ cause, priority, program: programs[i]!.program() },
      })),
      failures: this.#failures,
    };
  }

  /** Names of what programs are given besides coefficients and states. */
  get #inputs(): readonly string[] {
    const { postVariables, modulator } = this.#roles;
    const continuous = postVariables.map(({ port }) => port.name.text);
    const reward = modulator?.kind === 'continuous' ? [modulator.name.text] : [];
    const delay = this.#roles.delay === undefined ? [] : [this.#roles.delay];
    return [TIME, ...delay, ...continuous, ...reward];
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
        emit: (weight) => bodies.env.set(SENT, bodies.emit(add(symbol(SENT), weight))),
      },
    );
    write(bodies, integrate);
    return {
      builder,
      states: this.#states.map((one) => bodies.valueOf(one.symbol)),
      sent: bodies.valueOf(SENT),
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
    if (name === SENT) return builder.constant(0);
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
  readonly sent: Register;
}
