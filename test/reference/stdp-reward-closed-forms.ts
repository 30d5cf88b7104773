// Protocols of reward-modulated pairing, each with a synapse or few, of which the outcome is a formula.
import type { Spike } from '../property/dopamine-oracle';
import { moment } from '../property/exponential-polynomials';
import type {
  RewardParameters,
  Rule,
  Setting,
  ShortTerm,
  State,
} from '../property/stdp-reward-oracle';
import type { Plan, Teaching } from '../property/stdp-reward-protocols';
import { worst } from './compare';

export interface ClosedForm {
  readonly plan: Plan;
  /** At the plan's end. */
  readonly expected: Partial<State>;
  /** Weights transmitted until then. */
  readonly sent?: readonly number[];
}

const rule: Rule = {
  A_plus: 1.2,
  A_minus: 1.05,
  tau_plus: 30,
  tau_c: 400,
  mu_plus: 0,
  mu_minus: 0,
  w_0: 1,
  Wmin: 0,
  Wmax: 200,
  gap: 0,
  alpha_kernel: true,
  learning_rate: 1,
  weight_scale: 1,
};
const exponential: Rule = { ...rule, alpha_kernel: false };
const TAU_MINUS = 25;

const nothing: RewardParameters = {
  A_1: 0,
  A_2: 0,
  tau_1: 200,
  tau_2: 1000,
  pulse: 0,
  kappa_plus: 0,
  kappa_minus: 0,
  tau_kappa_1: 30,
  tau_kappa_2: 4,
  kappa_shift: 0,
  kappa_gap: 0,
  kappa_window: 150,
  kappa_delay: 0,
};
const pulses: RewardParameters = { ...nothing, pulse: 1 };

const stepOf = (ms: number): number => Math.round(10 * ms);
const at = (ms: number, multiplicity = 1): Spike => ({ step: stepOf(ms), multiplicity });
/** From a time on. */
const setting = (ms: number, value: number): Setting => ({ step: stepOf(ms), value });

const DELAY = 1;
/** The presynaptic spike arrives then. */
const ARRIVAL = 100;
/** All others are those of the postsynaptic neuron and of the reward, after it. */
const pre = (...after: readonly Spike[]): Spike[] => [at(ARRIVAL - DELAY), ...after];

/** Spikes that reach the transmitter at these times. */
const teaching = (weight: number, ...arrivals: readonly number[]): Teaching => ({
  spikes: arrivals.map((ms) => at(ms - DELAY)),
  weight,
  delay: stepOf(DELAY),
});
const silent = teaching(1);

interface Given {
  readonly rule?: Rule;
  readonly parameters?: RewardParameters;
  readonly pre?: readonly Spike[];
  readonly post?: readonly Spike[];
  readonly neurons?: readonly Teaching[];
  readonly learner?: Teaching;
  readonly target?: Teaching;
  readonly line?: readonly Setting[];
  readonly set?: readonly Setting[];
  readonly clears?: readonly number[];
  readonly rates?: readonly Setting[];
  readonly shortTerm?: ShortTerm;
  readonly weight?: number;
  /** ms. */
  readonly end?: number;
}

/** One synapse. Runs end where something is set, and at the end. */
function planOf(given: Given): Plan {
  const { set = [], rates = [], line = [], neurons = [], end = 1000 } = given;
  const clears = (given.clears ?? []).map(stepOf);
  const between = [...set.map((s) => s.step), ...rates.map((s) => s.step), ...clears];
  return {
    stops: [...new Set([...between, stepOf(end)])].sort((a, b) => a - b),
    teachers: [
      {
        parameters: given.parameters ?? pulses,
        neurons,
        learner: given.learner ?? silent,
        target: given.target ?? silent,
        line,
        set,
        clears,
      },
    ],
    groups: [
      {
        rule: given.rule ?? rule,
        teacher: 0,
        rates,
        pre: [given.pre ?? pre()],
        post: [given.post ?? []],
        tau_minus: [TAU_MINUS],
        weight: [[given.weight ?? 1]],
        delay: [[stepOf(DELAY)]],
        shortTerm: given.shortTerm && [[given.shortTerm]],
      },
    ],
  };
}

/** The kernel of eligibility, s ms after the pair. */
const f = (s: number) => (s / rule.tau_c) * Math.exp(-s / rule.tau_c);
const fExponential = (s: number) => Math.exp(-s / rule.tau_c);
const causal = (r: number) => rule.A_plus * Math.exp(-r / rule.tau_plus);
const anticausal = (r: number) => -rule.A_minus * Math.exp(-r / TAU_MINUS);
/** ∫ f(s) ds from `from` to `to`. */
const area = (from: number, to: number) =>
  (moment(1, 1 / rule.tau_c, to) - moment(1, 1 / rule.tau_c, from)) / rule.tau_c;

const PAIR = ARRIVAL + 10;
const W = causal(10);
const pair: Given = { post: [at(PAIR)] };
const K = 0.4;
/** A pulse of area K, a time after the pair. */
const pulse = (lag: number, weight = K) => [teaching(weight, PAIR + lag)];
const weighs = (change: number, given: Given): ClosedForm => ({
  plan: planOf(given),
  expected: { weight: 1 + change },
});

const pairing: Record<string, ClosedForm> = {
  'a pair of +10 ms and a pulse 0.4 s later': weighs(K * W * Math.exp(-1), {
    ...pair,
    neurons: pulse(400),
  }),
  'a pair of −10 ms': weighs(K * anticausal(10) * Math.exp(-1), {
    post: [at(ARRIVAL - 10)],
    neurons: [teaching(K, ARRIVAL + 400)],
  }),
  'no pair at the same time': weighs(0, { post: [at(ARRIVAL)], neurons: pulse(400) }),
  'all pairs': weighs(K * (causal(10) * f(300) + causal(30) * f(280)), {
    post: [at(PAIR), at(PAIR + 20)],
    neurons: pulse(300),
  }),
  'an exponential kernel': weighs(K * W * fExponential(300), {
    ...pair,
    rule: exponential,
    neurons: pulse(300),
  }),
  multiplicities: weighs(6 * K * W * f(250), {
    pre: [at(ARRIVAL - DELAY, 2)],
    post: [at(PAIR, 3)],
    neurons: pulse(250),
  }),
  'the states after a pair': {
    plan: planOf({ ...pair, end: PAIR + 300 }),
    expected: { c: W * f(300), g: W * Math.exp(-300 / rule.tau_c) },
  },
  'a learning rate that changes before the pulse': weighs(0.5 * K * W * f(400), {
    ...pair,
    neurons: pulse(400),
    rates: [setting(PAIR + 399.9, 0.5)],
  }),
  'a learning rate that changes after the pulse of its time': weighs(K * W * f(400), {
    ...pair,
    neurons: pulse(400),
    rates: [setting(PAIR + 400, 0.5)],
  }),
};

const GAP = 0.5;
const withGap: Rule = { ...rule, gap: GAP };
const gaps: Record<string, ClosedForm> = {
  'a causal pair at exactly the gap': weighs(0, {
    rule: withGap,
    post: [at(ARRIVAL + GAP)],
    neurons: pulse(300),
  }),
  'a causal pair one step beyond the gap': weighs(K * causal(0.6) * f(300), {
    rule: withGap,
    post: [at(ARRIVAL + 0.6)],
    neurons: [teaching(K, ARRIVAL + 300.6)],
  }),
  'an anticausal pair at exactly the gap': weighs(0, {
    rule: withGap,
    post: [at(ARRIVAL - GAP)],
    neurons: pulse(300),
  }),
  'an anticausal pair one step beyond the gap': weighs(K * anticausal(0.6) * f(300), {
    rule: withGap,
    post: [at(ARRIVAL - 0.6)],
    neurons: [teaching(K, ARRIVAL + 300)],
  }),
  'bursts within the gap, of which the whole steps count': weighs(
    K * (causal(0.8) + causal(0.7)) * fExponential(200),
    {
      rule: { ...exponential, gap: 0.35 },
      pre: pre(at(ARRIVAL - DELAY + 0.1), at(ARRIVAL - DELAY + 0.5)),
      post: [at(ARRIVAL + 0.8)],
      neurons: [teaching(K, ARRIVAL + 200.8)],
    },
  ),
};

const depending: Rule = { ...rule, mu_plus: 0.4, mu_minus: 1, w_0: 0.2726 };
const amplitudes: Record<string, ClosedForm> = {
  'a power of the weight at a causal pair': {
    plan: planOf({ ...pair, rule: depending, weight: 3, neurons: pulse(400) }),
    expected: { weight: 3 + K * W * depending.w_0 ** 0.6 * 3 ** 0.4 * f(400) },
  },
  'the weight at an anticausal pair': {
    plan: planOf({
      rule: depending,
      weight: 3,
      post: [at(ARRIVAL - 10)],
      neurons: [teaching(K, ARRIVAL + 400)],
    }),
    expected: { weight: 3 + K * anticausal(10) * 3 * f(400) },
  },
  'without dependence the unit of weights': weighs(K * W * 0.2726 * f(400), {
    ...pair,
    rule: { ...rule, w_0: 0.2726 },
    neurons: pulse(400),
  }),
  'the weight of the pairing, not of the reward': {
    plan: planOf({
      rule: { ...depending, alpha_kernel: false },
      post: [at(PAIR), at(PAIR + 20)],
      neurons: pulse(10),
    }),
    expected: (() => {
      const amplitude = (w: number) => depending.w_0 ** 0.6 * w ** 0.4;
      const first = W * amplitude(1);
      const weight = 1 + K * first * fExponential(10);
      const second = causal(30) * amplitude(weight);
      const end = 1000 - PAIR;
      return { weight, c: first * fExponential(end) + second * fExponential(end - 20) };
    })(),
  },
};

const LEVEL = 0.01;
const levels: Record<string, ClosedForm> = {
  'a constant reward': weighs(LEVEL * W * area(0, 600), {
    ...pair,
    line: [setting(0, LEVEL)],
    end: PAIR + 600,
  }),
  'a reward of one step holds over that step': weighs(LEVEL * W * area(99.9, 100), {
    ...pair,
    line: [setting(0, 0), setting(PAIR + 100, LEVEL), setting(PAIR + 100.1, 0)],
  }),
  'a reward that is set holds from then on': weighs(-LEVEL * W * area(100, 300), {
    ...pair,
    line: [setting(0, 0), setting(PAIR + 200, LEVEL)],
    set: [setting(PAIR + 100, -LEVEL)],
    end: PAIR + 300,
  }),
};

/** The response to an alpha function that begins a time after the pair: ∫ f(s + d_r) K(s) ds. */
function response(A: number, tau: number, d_r: number, until = 1e5): number {
  const rate = 1 / rule.tau_c + 1 / tau;
  const [first, second] = [moment(1, rate, until), moment(2, rate, until)];
  return ((A * Math.exp(-d_r / rule.tau_c)) / (rule.tau_c * tau)) * (second + d_r * first);
}

/** Of the first simulation of Legenstein, Pecevski and Maass (2008): per ms. */
const fetzBaker: RewardParameters = { ...nothing, A_1: 1.3795e-3, A_2: 0.2759e-3 };
const REWARD_DELAY = 200;
export const fetzBakerResponse =
  response(fetzBaker.A_1, fetzBaker.tau_1, REWARD_DELAY) -
  response(fetzBaker.A_2, fetzBaker.tau_2, REWARD_DELAY);

const kernels: Record<string, ClosedForm> = {
  'the difference of two alpha functions': weighs(W * fetzBakerResponse, {
    ...pair,
    parameters: fetzBaker,
    neurons: [teaching(1, PAIR + REWARD_DELAY)],
    end: 20_000,
  }),
  'neurons of both signs': weighs(W * (response(0.01, 50, 30) - 0.5 * response(0.01, 50, 80)), {
    ...pair,
    parameters: { ...nothing, A_1: 0.01, tau_1: 50 },
    neurons: [teaching(1, PAIR + 30), teaching(-0.5, PAIR + 80)],
    end: 5000,
  }),
  'an alpha function of the time constant of eligibility': weighs(W * response(0.01, 400, 50), {
    ...pair,
    parameters: { ...nothing, A_1: 0.01, tau_1: 400 },
    neurons: [teaching(1, PAIR + 50)],
    end: 20_000,
  }),
  'a kernel that is forgotten': weighs(W * response(0.01, 50, 30, 70), {
    ...pair,
    parameters: { ...nothing, A_1: 0.01, tau_1: 50 },
    neurons: [teaching(1, PAIR + 30)],
    clears: [PAIR + 100],
  }),
  'spikes under way are forgotten': weighs(0, {
    ...pair,
    neurons: pulse(100),
    clears: [PAIR + 100 - DELAY / 2],
  }),
  'spikes that come later are not': weighs(K * W * f(100), {
    ...pair,
    neurons: pulse(100),
    clears: [PAIR + 100 - 2 * DELAY],
  }),
};

const twins: RewardParameters = {
  ...nothing,
  kappa_plus: 1.9,
  kappa_minus: -1.8,
  kappa_shift: 1,
  kappa_gap: 0.1,
  kappa_window: 20,
  kappa_delay: 300,
};
const lobe = (distance: number) => Math.exp(-distance / 30) - Math.exp(-distance / 4);
/** The learner's spike comes r ms after the target's; the later one 50 ms after the pair. */
const twin = (r: number): Given => ({
  ...pair,
  parameters: twins,
  learner: teaching(1, PAIR + 50 + Math.min(r, 0)),
  target: teaching(1, PAIR + 50 - Math.max(r, 0)),
});
const kappas: Record<string, ClosedForm> = {
  'the learner after the target': weighs(1.9 * lobe(6) * W * f(350), twin(5)),
  'the learner before the target': weighs(-1.8 * lobe(4) * W * f(350), twin(-5)),
  'both at once': weighs(1.9 * lobe(1) * W * f(350), twin(0)),
  'the upper edge of the gap': weighs(0, twin(-0.9)),
  'the lower edge of the gap': weighs(0, twin(-1.1)),
  'a step above the gap': weighs(1.9 * lobe(0.2) * W * f(350), twin(-0.8)),
  'a step below the gap': weighs(-1.8 * lobe(0.2) * W * f(350), twin(-1.2)),
  'the edge of the window': weighs(1.9 * lobe(21) * W * f(350), twin(20)),
  'a step outside of the window': weighs(0, twin(20.1)),
  'one of the two is forgotten': weighs(0, { ...twin(5), clears: [PAIR + 47] }),
  'a pulse under way is forgotten': weighs(0, { ...twin(5), clears: [PAIR + 200] }),
};

const U = 0.3;
const [TAU_REC, TAU_FAC] = [800, 500];
const isi = 40;
const u2 = U + U * (1 - U) * Math.exp(-isi / TAU_FAC);
const x2 = 1 - U * Math.exp(-isi / TAU_REC);
const twoSpikes = pre(at(ARRIVAL - DELAY + isi));
const order: Record<string, ClosedForm> = {
  'a reward comes before pairs of its time': weighs(0, {
    ...pair,
    rule: exponential,
    neurons: pulse(0),
  }),
  'a reward comes before what is transmitted then': {
    plan: planOf({ ...pair, pre: twoSpikes, neurons: pulse(isi - 10) }),
    expected: {},
    sent: [1, 1 + K * W * f(isi - 10)],
  },
  'pulses of one step are one': weighs(K * W * f(400), {
    ...pair,
    rule: { ...rule, Wmax: 1 + 1.5 * K * W * f(400) },
    neurons: [...pulse(400, 2 * K), ...pulse(400, -K)],
  }),
  'weights are scaled as they are transmitted': {
    plan: planOf({ rule: { ...rule, weight_scale: 2.5 }, weight: 3 }),
    expected: { weight: 3 },
    sent: [7.5],
  },
  'release of two spikes': {
    plan: planOf({
      pre: twoSpikes,
      weight: 3,
      shortTerm: { U, tau_rec: TAU_REC, tau_fac: TAU_FAC },
    }),
    expected: { weight: 3, u: u2, x: x2 },
    sent: [3 * U, 3 * u2 * x2],
  },
  'release without facilitation, of a spike that counts twice': {
    plan: planOf({ pre: [at(50, 2)], shortTerm: { U, tau_rec: TAU_REC, tau_fac: 0 } }),
    expected: { u: U, x: 1 - U },
    sent: [U, U * (1 - U)],
  },
};

export const closedForms = Object.entries({
  ...pairing,
  ...gaps,
  ...amplitudes,
  ...levels,
  ...kernels,
  ...kappas,
  ...order,
});

/** Largest error of what was seen in place of a closed form. */
export function errorOf(
  { expected, sent }: ClosedForm,
  seen: { readonly sent: readonly number[]; readonly states: readonly State[] },
): number {
  const last = seen.states.at(-1);
  const values = Object.keys(expected).map((key) => last?.[key as keyof State] ?? NaN);
  const lost = sent && sent.length !== seen.sent.length;
  if (lost) return Infinity;
  return Math.max(worst(values, Object.values(expected)).error, worst(seen.sent, sent ?? []).error);
}
