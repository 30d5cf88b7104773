// What compiled synapses do between and at spikes, beside the same models written as plain programs.
import { check } from '../../lib/nestml/check';
import type { Cause, Program } from '../../lib/nestml/compiler/code';
import { type CompiledSynapse, synapseInSteps } from '../../lib/nestml/compiler/synapse';
import type { SynapseOptions } from '../../lib/nestml/said';
import { Problems, problemsText } from '../../lib/nestml/source';
import { atOnce } from '../../lib/nestml/steps';
import { synapseRoles } from '../../lib/nestml/synapse-roles';
import { evaluate } from './program-evaluator';
import { synapseText } from './synapse-texts';
import { Draws } from '../fuzz/draws';

function compiled(name: string, said: SynapseOptions, which = 0): CompiledSynapse {
  const text = synapseText(name);
  const problems = new Problems();
  const models = check(text, problems, { taken: new Map(), said: { kind: 'synapse', ...said } });
  const model = models[which]!;
  const made = atOnce(synapseInSteps(model, synapseRoles(model, said)!, text));
  expect(problemsText(problems.all.filter(({ level }) => level === 'error'))).toBe('');
  return made!;
}

const RESOLUTION = 0.1;
const TICS = 1000;

/** A synapse that is told of events one by one. */
class Synapse {
  readonly states: Record<string, number>;
  sent = NaN;
  #now = 0;

  constructor(
    readonly compiled: CompiledSynapse,
    readonly parameters: Readonly<Record<string, number>>,
    initial: Readonly<Record<string, number>>,
    readonly inputs: (t: number) => readonly number[] = (t) => [t, 0, 0],
  ) {
    this.states = { ...initial };
  }

  #run(program: Program, dt: number, t: number): number[] {
    const { declared, symbols } = this.compiled;
    const { constants, programs } = declared;
    const given = symbols.parameters.map((symbol) => this.parameters[symbol]!);
    const coefficients = evaluate(programs.setup, constants, [...given, RESOLUTION, TICS, dt]);
    const values = symbols.states.map((symbol) => this.states[symbol]!);
    const results = evaluate(program, constants, [...coefficients, ...values, ...this.inputs(t)]);
    symbols.states.forEach((symbol, i) => (this.states[symbol] = results[i]!));
    return results.slice(symbols.states.length);
  }

  advance(t: number): void {
    if (t > this.#now) this.#run(this.compiled.declared.programs.update, t - this.#now, this.#now);
    this.#now = t;
  }

  receive(cause: Cause, t: number): void {
    this.advance(t);
    for (const one of this.compiled.declared.handlers) {
      if (one.cause !== cause) continue;
      const [sent] = this.#run(one.program, 0, t);
      if (cause === 'pre') this.sent = sent!;
    }
  }
}

interface Event {
  readonly t: number;
  readonly cause: Cause;
}

function drawn(seed: number, causes: readonly Cause[]): Event[] {
  const draws = new Draws(seed);
  let t = 0;
  return Array.from({ length: 300 }, () => {
    t += RESOLUTION * (1 + draws.below(300));
    return { t, cause: draws.pick(causes) };
  });
}

/** A plain program of the same synapse: what passing time does, and spikes. */
interface Plain {
  readonly states: Record<string, number>;
  advance(dt: number): void;
  /** Of the source: what is sent, if that is not the weight. */
  readonly on: Readonly<Partial<Record<Cause, () => number | undefined>>>;
}

const isNear = (a: number, b: number): boolean =>
  Math.abs(a - b) <= 1e-12 * Math.max(1, Math.abs(b));

const compareSent = (a: number, b: number): void => expect([a, isNear(a, b)]).toEqual([a, true]);

function expectSame(synapse: Synapse, plain: Plain, events: readonly Event[]): void {
  let now = 0;
  for (const { t, cause } of events) {
    plain.advance(t - now);
    now = t;
    const sent = plain.on[cause]!() ?? plain.states.w!;
    synapse.receive(cause, t);
    for (const [name, value] of Object.entries(plain.states)) {
      expect([name, isNear(synapse.states[name]!, value)]).toEqual([name, true]);
    }
    if (cause === 'pre') compareSent(synapse.sent, sent);
  }
}

describe.each([1, 2, 3])('random events %d', (seed) => {
  test('stdp', () => {
    const p = {
      ...{ tau_plus: 15, tau_minus: 30, lambda: 0.02, alpha: 1.1, Wmax: 4 },
      ...{ mu_plus: 0.4, mu_minus: 0.7 },
    };
    const s = { w: 2, pre_trace: 0, post_trace: 0 };
    const plain: Plain = {
      states: { ...s },
      advance(dt) {
        this.states.pre_trace! *= Math.exp(-dt / p.tau_plus);
        this.states.post_trace! *= Math.exp(-dt / p.tau_minus);
      },
      on: {
        post() {
          const own = plain.states;
          own.post_trace!++;
          const u = own.w! / p.Wmax;
          own.w = p.Wmax * Math.min(1, u + p.lambda * (1 - u) ** p.mu_plus * own.pre_trace!);
          return undefined;
        },
        pre() {
          const own = plain.states;
          own.pre_trace!++;
          const u = own.w! / p.Wmax;
          own.w = p.Wmax * Math.max(0, u - p.alpha * p.lambda * u ** p.mu_minus * own.post_trace!);
          return undefined;
        },
      },
    };
    const programs = compiled('stdp', { postPorts: ['post'] });
    const synapse = new Synapse(programs, p, s);
    expectSame(synapse, plain, drawn(seed, ['pre', 'post']));
  });

  test.each(['neuromodulated_synapse', 'neuromodulated_synapse_5'])('%s', (name) => {
    const p = {
      ...{ tau_tr_pre: 20, tau_tr_post: 10, tau_c: 200, tau_n: 50, b: 0.001 },
      ...{ A_plus: 1, A_minus: 1.5, A_vt: -2 },
    };
    const s = { w: 5, n: 0, c: 0, pre_tr: 0, post_tr: 0 };
    const rate = 1 / p.tau_c + 1 / p.tau_n;
    const plain: Plain = {
      states: { ...s },
      advance(dt) {
        const own = this.states;
        const drift =
          (own.n! / rate) * Math.expm1(-rate * dt) - p.b * p.tau_c * Math.expm1(-dt / p.tau_c);
        own.w = Math.max(0, own.w! - own.c! * drift);
        own.c! *= Math.exp(-dt / p.tau_c);
        own.n! *= Math.exp(-dt / p.tau_n);
        own.pre_tr! *= Math.exp(-dt / p.tau_tr_pre);
        own.post_tr! *= Math.exp(-dt / p.tau_tr_post);
      },
      on: {
        modulator() {
          plain.states.n! += p.A_vt / p.tau_n;
          return undefined;
        },
        post() {
          plain.states.post_tr!++;
          plain.states.c! += p.A_plus * plain.states.pre_tr!;
          return undefined;
        },
        pre() {
          plain.states.pre_tr!++;
          plain.states.c! -= p.A_minus * plain.states.post_tr!;
          return undefined;
        },
      },
    };
    const programs = compiled(name, {
      postPorts: ['post_spikes'],
      modulatorPorts: ['mod_spikes'],
    });
    const inputs = (t: number): number[] => [t, name.endsWith('5') ? 1 : 0, 0];
    const synapse = new Synapse(programs, p, s, inputs);
    expectSame(synapse, plain, drawn(seed, ['pre', 'post', 'modulator']));
  });

  test('tsodyks', () => {
    const p = { U: 0.4, tau_psc: 3, tau_fac: 500, tau_rec: 800 };
    const s = { w: 3, x: 1, y: 0, u: 0 };
    const plain: Plain = {
      states: { ...s },
      advance(dt) {
        const own = this.states;
        const [P_yy, P_zz] = [Math.exp(-dt / p.tau_psc), Math.expm1(-dt / p.tau_rec)];
        const P_xy = (P_zz * p.tau_rec - (P_yy - 1) * p.tau_psc) / (p.tau_psc - p.tau_rec);
        const z = 1 - own.x! - own.y!;
        own.u! *= Math.exp(-dt / p.tau_fac);
        own.x! += P_xy * own.y! - P_zz * z;
        own.y! *= P_yy;
      },
      on: {
        pre() {
          const own = plain.states;
          own.u! += p.U * (1 - own.u!);
          const released = own.u! * own.x!;
          own.x! -= released;
          own.y! += released;
          return released * own.w!;
        },
      },
    };
    const synapse = new Synapse(compiled('tsodyks', { weight: 'w' }), p, s);
    expectSame(synapse, plain, drawn(seed, ['pre']));
  });
});
