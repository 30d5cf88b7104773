// What the paper's theory says before anything is simulated: how fast weights drift at first in
// simulation 3, and whether the condition for biofeedback holds. Times in ms, rates in 1/ms.
import { REWARD, RULE } from './biofeedback-parameters';
import { COMMON, type DriftSettings, kappaAmplitudes } from './drift-parameters';
import { integral, root } from './integral';

const MS_PER_S = 1000;
const MS_PER_HOUR = 3_600_000;
/** Exponentials are over after so many of their time constants. */
const LONG = 25;

/** What eligibility is left of a pair of spikes `s` ms after it. */
const eligibility = (s: number, tau_c: number): number =>
  s < 0 ? 0 : (s / tau_c) * Math.exp(-s / tau_c);

/** What an input spike adds to the rate `s` ms later, by weight. */
export const response = (s: number, tau: number): number => (s < 0 ? 0 : Math.exp(-s / tau) / tau);

/** The learning window at a distance of `r` ms from pre- to postsynaptic spike. */
const learningWindow = (r: number, { A_plus, ratio, tau }: DriftSettings): number =>
  r > 0 ? A_plus * Math.exp(-r / tau) : -ratio * A_plus * Math.exp(r / tau);

/** The reward of a pair of spikes `r` ms apart, from target to learning neuron, before the shift. */
export function kappa(r: number, settings: DriftSettings): number {
  const { plus, minus } = kappaAmplitudes(settings);
  const distance = Math.abs(r);
  const shape = Math.exp(-distance / settings.t1) - Math.exp(-distance / COMMON.tau_kappa_2);
  return (r > 0 ? plus : minus) * shape;
}

/**
 * Mean reward of a pair whose distance from `s` on is shortened by a delay that is spread like a
 * response, ε(u): the integral of κ(s − u) ε(u) over all u > 0. With an exponential e^(−|r|/t) in
 * place of κ that is, by where s − u is on the side of s < 0 or not,
 *
 *     e^(s/t) · t/(t + τ)                            s < 0: the negative side alone
 *     e^(−s/τ) · t/(t + τ)                           s ≥ 0: its negative side
 *     (e^(−s/τ) − e^(−s/t)) · t/(τ − t)              s ≥ 0: its positive side
 */
export function expectedKappa(s: number, settings: DriftSettings): number {
  const { t1, tau_eps: tau } = settings;
  const { plus, minus } = kappaAmplitudes(settings);
  const negative = (t: number) => (Math.exp(s < 0 ? s / t : -s / tau) * t) / (t + tau);
  const positive = (t: number) =>
    s < 0 ? 0 : ((Math.exp(-s / tau) - Math.exp(-s / t)) * t) / (tau - t);
  const t2 = COMMON.tau_kappa_2;
  return minus * (negative(t1) - negative(t2)) + plus * (positive(t1) - positive(t2));
}

/** The shift of kappa at which a spike that an input causes is neither rewarded nor punished. */
export const balancingShift = (settings: DriftSettings): number =>
  root((shift) => expectedKappa(shift, settings), 0, LONG * settings.tau_eps);

/** What the theory says of an experiment. */
export interface DriftPrediction {
  /** Shift of kappa, ms. */
  readonly shift: number;
  /** Change of a weight to its end, in halves of w_max: inputs that the target has, and has not. */
  readonly strong: number;
  readonly weak: number;
}

/** Integrals that the drift is made of. */
interface Means {
  /** Of kappa, of the window, and of the window times the response. */
  readonly kappa: number;
  readonly window: number;
  readonly windowResponse: number;
  /** Of expected kappa times the window, times both, times the response. */
  readonly rewardWindow: number;
  readonly rewardBoth: number;
  readonly rewardResponse: number;
}

function meansOf(settings: DriftSettings, shift: number): Means {
  const { tau, tau_eps, t1 } = settings;
  const far = LONG * Math.max(tau, tau_eps, t1);
  // Whatever is integrated here is smooth but for 0 and where the shifted kappa turns.
  const over = (f: (r: number) => number) => integral(f, [-far, -shift, 0, far]);
  const window = (r: number) => learningWindow(r, settings);
  const eps = (r: number) => response(r, tau_eps);
  const reward = (r: number) => expectedKappa(r + shift, settings);
  return {
    kappa: over((r) => kappa(r + shift, settings)),
    window: over(window),
    windowResponse: over((r) => window(r) * eps(r)),
    rewardWindow: over((r) => window(r) * reward(r)),
    rewardBoth: over((r) => window(r) * eps(r) * reward(r)),
    rewardResponse: over((r) => eps(r) * reward(r)),
  };
}

/**
 * The paper's mean drift of weights (its equation 22) while they are w_max/2, over the whole
 * duration. `scale`: of the duration times the learning rate.
 */
export function predictDrift(settings: DriftSettings, scale = 1): DriftPrediction {
  const { inputs, rate, w_max, nu_0, hours } = settings;
  const { extra, tau_c, reward_delay } = COMMON;
  const shift = balancingShift(settings);
  const m = meansOf(settings, shift);
  const nu_in = rate / MS_PER_S;
  const w = w_max / 2;
  const nu = nu_0 / MS_PER_S + inputs * w * nu_in;
  const nu_target = (inputs / 2 + extra) * w_max * nu_in;
  // Of pairs long ago, and of the one that is rewarded.
  const background = tau_c;
  const own = eligibility(reward_delay, tau_c);
  const pairs = nu * m.window + w * m.windowResponse;
  const weak = m.kappa * pairs * (nu_target * nu * background + own * nu_target * (1 + w));
  const strong =
    m.kappa * pairs * (nu * nu_target * background + own * (nu_target * (1 + w) + nu * w_max)) +
    own * w_max * (nu * m.rewardWindow + w * m.rewardBoth + w * pairs * m.rewardResponse);
  const unit = (scale * nu_in * hours * MS_PER_HOUR) / w;
  return { shift, strong: unit * strong, weak: unit * weak };
}

/** The reward that a spike of the reinforced neuron brings, 1/ms, `s` ms after it begins. */
const rewardKernel = (s: number): number =>
  s < 0
    ? 0
    : REWARD.A_1 * (s / REWARD.tau_1) * Math.exp(-s / REWARD.tau_1) -
      REWARD.A_2 * (s / REWARD.tau_2) * Math.exp(-s / REWARD.tau_2);

const REWARD_ENDS = [0, LONG * Math.max(REWARD.tau_1, REWARD.tau_2)];

/** Area of the reward that a spike brings. */
export const rewardArea = (): number => integral(rewardKernel, REWARD_ENDS);

/**
 * The paper's condition for biofeedback (its equation 10): the integral of eligibility times reward
 * of a spike that comes so many ms after its pair, which must be positive.
 */
export const biofeedbackCondition = (delay: number): number =>
  integral((s) => eligibility(s + delay, RULE.tau_c) * rewardKernel(s), REWARD_ENDS);
