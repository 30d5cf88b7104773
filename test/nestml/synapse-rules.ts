// The synapses of texts as the tests use them: what is said of their ports, which numbers
// make them active, and the built-in models that have the same equations.
import type { SaidOfModels } from '../../lib/nestml/said';
import type { Draws } from '../fuzz/draws';
import { type Numbers, type Oracle, type Priorities, usualPriorities } from './synapse-oracle';
import * as oracles from './synapse-oracles';
import type { Plan, Spike } from './synapse-plan';

/** A hand-written rule of the same equations. */
export interface BuiltIn {
  readonly model: string;
  /** Its names of the parameters; those that are left out it does not have. */
  readonly names: Readonly<Record<string, string>>;
  /** Parameters that its targets have. */
  readonly ofTarget?: Readonly<Record<string, string>>;
  /** Whether parameters are the same for all its synapses. */
  readonly isShared?: boolean;
  /** What it is given besides. */
  readonly more?: (p: Numbers, h: number) => Readonly<Record<string, number | boolean>>;
  /** Whether it does the same with these parameters of a synapse. */
  readonly fits?: (p: Numbers, plan: Plan) => boolean;
  /** Whether it knows no delay between a target and its synapse. */
  readonly pairsAtSomata?: boolean;
  /** States that it begins with, where they are not those of the text. */
  readonly begins?: Numbers;
}

/** A model of a text. */
export interface TriedModel {
  readonly name: string;
  /** For `synapseText`. */
  readonly file: string;
  readonly said: SaidOfModels;
  readonly parameters: (draws: Draws) => Numbers;
  /** Initial states. */
  readonly states: (draws: Draws, p: Numbers) => Numbers;
  /** Those of the text, without the weight. */
  readonly defaults: Numbers;
  readonly booleans: readonly string[];
  /** Parameters of traces of the target. */
  readonly ofTarget: readonly string[];
  readonly modulator?: 'spikes' | 'reward';
  /** Whether it reads the potential of its target. */
  readonly readsPotential: boolean;
  /** The text's name of the delay. */
  readonly delay?: string;
  /** Parameters with which any division of time gives the same. */
  readonly whenLong?: Numbers;
  readonly builtIns: readonly BuiltIn[];
}

/** One with an oracle. */
export interface Rule extends TriedModel {
  readonly make: (p: Numbers, s: Record<string, number>) => Oracle;
  readonly priorities: Priorities;
}

type OracleClass = new (p: never, s: never) => Oracle;

type Own = Pick<TriedModel, 'parameters' | 'states' | 'defaults'>;

const tried = (name: string, file: string, more: Own & Partial<TriedModel>): TriedModel => ({
  ...{ name: `${name}_nestml_synapse`, file, said: { postPorts: ['post'] } },
  ...{ booleans: [], ofTarget: [], readsPotential: false, builtIns: [], ...more },
});

const rule = (
  name: string,
  file: string,
  OwnOracle: OracleClass,
  { priorities = usualPriorities, ...more }: Own & Partial<Omit<Rule, 'make'>>,
): Rule => ({
  ...tried(name, file, more),
  make: (p, s) => new OwnOracle(p as never, s as never),
  priorities,
});

const areSingle = (spikes: readonly Spike[]): boolean =>
  spikes.every(({ multiplicity }) => multiplicity === 1);

/** Names that are the same in a built-in model. */
const same = (...names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, name]));

const within = (draws: Draws, p: Numbers): number => p.Wmax! * draws.between(0.1, 0.9);
const trace = (draws: Draws): number => draws.between(0, 2);

const pairs = (draws: Draws): Numbers => ({
  tau_plus: draws.between(5, 40),
  tau_minus: draws.between(5, 60),
  lambda: draws.between(0.005, 0.1),
  alpha: draws.between(0.5, 2),
  Wmax: draws.between(2, 100),
});
const ofPairs = ['tau_plus', 'lambda', 'alpha', 'Wmax'];
const tau_minus = { tau_minus: 'tau_minus' };

const nearest = (
  name: string,
  OwnOracle: OracleClass,
  booleans: readonly string[],
  begins: Numbers,
): Rule =>
  rule(`nearest_${name}`, 'nearest', OwnOracle, {
    ...{ booleans, ofTarget: ['tau_minus'], parameters: pairs },
    states: (draws, p) => ({
      ...{ w: within(draws, p), pre_trace: trace(draws), post_trace: trace(draws) },
      ...Object.fromEntries(booleans.map((one) => [one, draws.below(2)])),
    }),
    defaults: {
      ...{ pre_trace: 0, post_trace: 0 },
      ...Object.fromEntries(booleans.map((one) => [one, 0])),
    },
    builtIns: [
      {
        model: `stdp_nn_${name === 'symmetric' ? 'symm' : name === 'restricted' ? 'restr' : 'pre_centered'}_synapse`,
        ...{ names: same(...ofPairs), ofTarget: tau_minus, begins },
      },
    ],
  });

const dopamine = (draws: Draws): Numbers => ({
  tau_tr_pre: draws.between(5, 40),
  tau_tr_post: draws.between(5, 40),
  tau_c: draws.between(20, 1000),
  tau_n: draws.between(20, 300),
  b: draws.pick([0, 0, draws.between(-0.02, 0.02)]),
  A_plus: draws.between(0.5, 2),
  A_minus: draws.between(0.5, 2),
  A_vt: draws.pick([1, 1, -2, draws.between(0.2, 3)]),
});

const neuromodulated = (name: string, file: string, more: Partial<Rule> = {}): Rule => {
  const shared = ['tau_c', 'tau_n', 'b', 'A_plus', 'A_minus'];
  const builtIn = {
    ...{ ofTarget: { tau_tr_post: 'tau_minus' }, isShared: true },
    more: () => ({ Wmin: 0, Wmax: 1e9 }),
  };
  return {
    ...rule(name, file, oracles.Neuromodulated, {
      said: { postPorts: ['post_spikes'], modulatorPorts: ['mod_spikes'] },
      ...{ modulator: 'spikes', ofTarget: ['tau_tr_post'], parameters: dopamine },
      states: (draws) => ({
        w: draws.pick([draws.between(0.5, 3), 50]),
        n: draws.between(-0.1, 0.2),
        c: draws.between(-1, 1),
        ...{ pre_tr: trace(draws), post_tr: trace(draws) },
      }),
      ...{ defaults: { n: 0, c: 0, pre_tr: 0, post_tr: 0 }, whenLong: { b: 0 } },
      builtIns: [
        {
          ...{ ...builtIn, model: 'stdp_dopamine_synapse' },
          names: { ...same(...shared), tau_tr_pre: 'tau_plus' },
          fits: ({ A_vt, b }) => A_vt === 1 && b === 0,
        },
        {
          ...{ ...builtIn, model: 'neuromodulated_stdp_synapse' },
          names: same(...shared, 'tau_tr_pre', 'A_vt'),
          // It counts spikes of one step as one.
          fits: ({ b }, { pulses }) => b === 0 && areSingle(pulses),
        },
      ],
    }),
    ...more,
  };
};

const observed: Pick<Rule, 'said' | 'modulator' | 'readsPotential' | 'ofTarget'> = {
  said: {
    ...{ postPorts: ['post'], modulatorPorts: ['pulse'], postVariables: { V: 'V_m' } },
    ...{ weight: 'w' },
  },
  ...{ modulator: 'spikes', readsPotential: true, ofTarget: ['tau_trace'] },
};

export const rules: readonly Rule[] = [
  rule('static', 'static', oracles.Static, {
    ...{ said: {}, delay: 'd', parameters: () => ({}), defaults: {} },
    states: (draws) => ({ w: draws.between(-3, 3) }),
    builtIns: [{ model: 'static_synapse', names: {} }],
  }),
  rule('stdp', 'stdp', oracles.Stdp, {
    parameters: (draws) => ({
      ...pairs(draws),
      ...{ mu_plus: draws.pick([0, 1, 0.4]), mu_minus: draws.pick([0, 1, 0.7]) },
    }),
    states: (draws, p) => ({
      ...{ w: within(draws, p), pre_trace: trace(draws), post_trace: trace(draws) },
    }),
    ...{ defaults: { pre_trace: 0, post_trace: 0 }, ofTarget: ['tau_minus'] },
    builtIns: [
      {
        ...{ model: 'stdp_synapse', ofTarget: tau_minus },
        names: same(...ofPairs, 'mu_plus', 'mu_minus'),
      },
    ],
  }),
  rule('triplet', 'triplet', oracles.Triplet, {
    parameters: (draws) => ({
      ...{ tau_plus: draws.between(5, 30), tau_x: draws.between(50, 150) },
      ...{ tau_minus: draws.between(10, 50), tau_y: draws.between(50, 150) },
      ...{ A2_plus: draws.between(0, 0.01), A3_plus: draws.between(0, 0.02) },
      ...{ A2_minus: draws.between(0, 0.02), A3_minus: draws.between(0, 0.01) },
      Wmax: draws.pick([100, 1.2]),
    }),
    states: (draws) => ({
      ...{ w: draws.between(0.1, 1.1), r1: trace(draws), r2: trace(draws) },
      ...{ o1: trace(draws), o2: trace(draws) },
    }),
    ...{ defaults: { r1: 0, r2: 0, o1: 0, o2: 0 }, ofTarget: ['tau_minus', 'tau_y'] },
    builtIns: [
      {
        model: 'stdp_triplet_synapse',
        names: {
          ...{ tau_plus: 'tau_plus', tau_x: 'tau_plus_triplet', Wmax: 'Wmax' },
          ...{ A2_plus: 'Aplus', A3_plus: 'Aplus_triplet' },
          ...{ A2_minus: 'Aminus', A3_minus: 'Aminus_triplet' },
        },
        ofTarget: { ...tau_minus, tau_y: 'tau_minus_triplet' },
      },
    ],
  }),
  nearest('symmetric', oracles.NearestSymmetric, [], { pre_trace: 1 }),
  nearest('restricted', oracles.NearestRestricted, ['may_facilitate', 'may_depress'], {
    ...{ pre_trace: 1, may_facilitate: 1 },
  }),
  nearest('pre_centred', oracles.NearestPreCentred, [], {}),
  rule('tsodyks', 'tsodyks', oracles.Tsodyks, {
    said: { weight: 'w' },
    parameters: (draws) => ({
      ...{ U: draws.between(0.05, 0.95), tau_psc: draws.between(1, 10) },
      ...{ tau_fac: draws.pick([0, draws.between(20, 1000)]), tau_rec: draws.between(50, 1000) },
    }),
    states: (draws) => {
      const x = draws.between(0.2, 0.9);
      const y = (1 - x) * draws.number();
      return { w: draws.between(-3, 3), x, y, u: draws.number() };
    },
    defaults: { x: 1, y: 0, u: 0 },
    builtIns: [
      {
        ...{ model: 'tsodyks_synapse', names: same('U', 'tau_psc', 'tau_fac', 'tau_rec') },
        // Without facilitation it forgets a spike at once, also within a step.
        fits: ({ tau_fac }, { sources }) => tau_fac !== 0 || sources.every(areSingle),
      },
    ],
  }),
  rule('voltage', 'voltage', oracles.Voltage, {
    said: { postPorts: ['post'], postVariables: { V_post: 'V_m' } },
    readsPotential: true,
    parameters: (draws) => ({
      ...{ tau_trace: draws.between(5, 40), theta: draws.between(-78, -62) },
      ...{ A_down: draws.between(0.0005, 0.005), A_up: draws.between(0.001, 0.02) },
      Wmax: draws.pick([100, 3]),
    }),
    states: (draws) => ({
      ...{ w: draws.between(0.5, 2.5), pre_trace: trace(draws), seen: draws.between(-80, -50) },
    }),
    defaults: { pre_trace: 0, seen: 0 },
  }),
  rule('mstdpet', 'mstdpet', oracles.Mstdpet, {
    said: { postPorts: ['post'], modulatorPorts: ['reward'] },
    ...{ modulator: 'reward', ofTarget: ['tau_minus'] },
    parameters: (draws) => ({
      ...{ tau_plus: draws.between(5, 40), tau_minus: draws.between(5, 40) },
      ...{ tau_z: draws.between(5, 400), gamma: draws.between(0.001, 0.02) },
      ...{ A_plus: draws.between(0.2, 1), A_minus: draws.between(-1, -0.2) },
      ...{ Wmin: draws.pick([-5, 0.9]), Wmax: draws.pick([5, 1.2]) },
    }),
    states: (draws) => ({
      ...{ w: draws.between(0.95, 1.15), z: draws.between(-1, 1) },
      ...{ P_plus: trace(draws), P_minus: -trace(draws) },
    }),
    defaults: { P_plus: 0, P_minus: 0, z: 0 },
    builtIns: [
      {
        ...{ model: 'mstdpet_synapse', ofTarget: tau_minus, isShared: true, pairsAtSomata: true },
        names: { ...same('tau_plus', 'A_plus', 'A_minus', 'Wmin', 'Wmax'), tau_z: 'tau_elig' },
        more: ({ gamma, tau_z }, h) => ({
          // What a step adds to the integral of the eligibility.
          eta: -gamma! * tau_z! * Math.expm1(-h / tau_z!),
          ...{ normalized: false, count_same_step: false },
        }),
      },
    ],
  }),
  neuromodulated('neuromodulated', 'neuromodulated_synapse'),
  neuromodulated('neuromodulated_5', 'neuromodulated_synapse_5', {
    ...{ name: 'neuromodulated_older', delay: 'd' },
  }),
  rule('observing', 'observing', oracles.Observing, {
    ...{ ...observed, said: { ...observed.said, delay: 'd' }, delay: 'd' },
    parameters: (draws) => ({
      ...{ tau: draws.between(5, 60), tau_trace: draws.between(5, 60) },
      theta: draws.pick([0, 0.5, 3]),
    }),
    states: (draws) => ({
      ...{ w: draws.between(-2, 2), trail: trace(draws), trace: trace(draws) },
      ...{ elapsed: draws.between(0, 9), area: draws.between(-9, 9) },
      ...{ t_pre: draws.number(), t_post: draws.number(), t_pulse: draws.number() },
      ...{ V_pre: draws.number(), V_at_post: draws.number() },
    }),
    defaults: {
      ...{ trail: 0, trace: 0, elapsed: 0, area: 0, t_pre: 0, t_post: 0, t_pulse: 0 },
      ...{ V_pre: 0, V_at_post: 0 },
    },
  }),
  rule('ordered', 'ordered', oracles.Ordered, {
    ...observed,
    priorities: { pulse: 2, post: 1, pre: 3 },
    parameters: (draws) => ({ tau: draws.between(5, 60), tau_trace: draws.between(5, 60) }),
    states: (draws) => ({ w: draws.between(-2, 2), trail: trace(draws), trace: trace(draws) }),
    defaults: { trail: 0, trace: 0 },
  }),
];

/** One that draws numbers at every spike. */
export const noisy: TriedModel = tried('noisy', 'noisy', {
  said: { postPorts: ['post'], weight: 'w' },
  parameters: (draws) => ({ p: draws.between(0.3, 0.9), sd: draws.between(0.01, 0.3) }),
  states: (draws) => ({ w: draws.between(0.5, 2), sum: draws.number() }),
  defaults: { sum: 0 },
});
