// What simulation 1 of the paper is made of: two halves of neurons that get much and little noise,
// connected at random, all of whose excitatory synapses onto excitatory neurons learn.
import { CELL, weightUnit } from './cell';
import { sourced, valuesOf } from './sourced';
import { STEP } from './step';

export const networkTable = {
  excitatory: sourced(3200, '', 'code', 'excitatory neurons'),
  inhibitory: sourced(800, '', 'code', 'inhibitory neurons'),
  noisy: sourced(0.5, '', 'code', 'part of either kind that gets much noise'),
  noise_high: sourced(1, '', 'code', 'scale of their noise'),
  noise_low: sourced(0.2, '', 'code', 'scale of the noise of the others'),
  p_low: sourced(0.02, '', 'code', 'probability of a connection onto a neuron with little noise'),
  p_high: sourced(0.4 * 0.02, '', 'code', 'the same onto a neuron with much noise'),
  p_EE: sourced(1, '', 'code', 'factor of it: excitatory onto excitatory'),
  p_EI: sourced(1, '', 'code', 'excitatory onto inhibitory'),
  p_IE: sourced(1.2, '', 'code', 'inhibitory onto excitatory'),
  p_II: sourced(0.8, '', 'code', 'inhibitory onto inhibitory'),
  scale_exc: sourced(0.8, '', 'code', 'weight of excitatory synapses, in the unit of weights'),
  scale_inh: sourced(0.8 * 1.4, '', 'code', 'weight of inhibitory synapses, in that unit'),
  delay: sourced(1, 'ms', 'code', 'delay of all synapses'),
};
export const NETWORK = valuesOf(networkTable);

/** Weights, nS. */
const W_exc = weightUnit(NETWORK.scale_exc, CELL.E_exc);
const W_inh = weightUnit(NETWORK.scale_inh, CELL.E_inh);

export const weightTable = {
  W_exc: sourced(W_exc, 'nS', 'derived', 'excitatory weights; those that learn begin with it'),
  W_inh: sourced(W_inh, 'nS', 'derived', 'inhibitory weights'),
  W_max: sourced(2 * W_exc, 'nS', 'code', 'largest weight of a synapse that learns'),
};
export const WEIGHTS = valuesOf(weightTable);

/** What kinds of neurons a synapse joins: source, then target. */
export const KINDS = ['EE', 'EI', 'IE', 'II'] as const;
export type Kind = (typeof KINDS)[number];

/** Short-term plasticity (Markram, Wang & Tsodyks 1998) of each kind: means. */
export const shortTermTables = {
  EE: {
    U: sourced(0.5, '', 'code', 'EE: utilisation'),
    tau_rec: sourced(1100, 'ms', 'code', 'EE: recovery'),
    tau_fac: sourced(20, 'ms', 'code', 'EE: facilitation'),
  },
  EI: {
    U: sourced(0.25, '', 'code', 'EI: utilisation'),
    tau_rec: sourced(700, 'ms', 'code', 'EI: recovery'),
    tau_fac: sourced(20, 'ms', 'code', 'EI: facilitation'),
  },
  IE: {
    U: sourced(0.05, '', 'code', 'IE: utilisation'),
    tau_rec: sourced(125, 'ms', 'code', 'IE: recovery'),
    tau_fac: sourced(1200, 'ms', 'code', 'IE: facilitation'),
  },
  II: {
    U: sourced(0.32, '', 'code', 'II: utilisation'),
    tau_rec: sourced(144, 'ms', 'code', 'II: recovery'),
    tau_fac: sourced(60, 'ms', 'code', 'II: facilitation'),
  },
};
export type ShortTerm = 'U' | 'tau_rec' | 'tau_fac';
export const SHORT_TERM: Readonly<Record<Kind, Readonly<Record<ShortTerm, number>>>> = {
  EE: valuesOf(shortTermTables.EE),
  EI: valuesOf(shortTermTables.EI),
  IE: valuesOf(shortTermTables.IE),
  II: valuesOf(shortTermTables.II),
};

/** How these differ from synapse to synapse. */
export const spreadTable = {
  relative_sd: sourced(
    0.5,
    '',
    'code',
    'standard deviation of U, tau_rec, tau_fac over their means',
  ),
  U_min: sourced(0.05, '', 'code', 'least utilisation'),
  U_max: sourced(0.95, '', 'code', 'largest utilisation'),
  tau_min: sourced(5, 'ms', 'code', 'shortest recovery and facilitation'),
  tau_max: sourced(5000, 'ms', 'code', 'longest recovery and facilitation'),
};
export const SPREAD = valuesOf(spreadTable);

/** The published programs, in whose units a step's reward is not multiplied by the step. */
export const programTable = {
  step: sourced(STEP, 'ms', 'code', 'step of the published simulation'),
  eta: sourced(0.3, '', 'code', 'learning rate there'),
  A_program: sourced(0.0005, 'W_max', 'code', 'amplitude of LTP there'),
  reward_area: sourced(
    5,
    'ms',
    'code',
    'e times the area of either half of the reward kernel there',
  ),
  A_paper: sourced(0.01, 'W_max', 'code', 'amplitude of LTP when the paper states rewards'),
};
const PROGRAM = valuesOf(programTable);

/** By how much eligibilities of the paper are larger than those of its programs. */
const ELIGIBILITY_SCALE = PROGRAM.A_paper / PROGRAM.A_program;

/** Amplitude in 1/ms of the part of the reward kernel with time constant `tau`, in ms. */
const rewardAmplitude = (tau: number): number =>
  ((PROGRAM.eta / PROGRAM.step) * (PROGRAM.reward_area / (tau * Math.E))) / ELIGIBILITY_SCALE;

const TAU_FAST = 200;
const TAU_SLOW = 1000;

export const rewardTable = {
  tau_1: sourced(TAU_FAST, 'ms', 'code', 'time constant of the positive half of the reward kernel'),
  tau_2: sourced(TAU_SLOW, 'ms', 'code', 'time constant of its negative half'),
  A_1: sourced(rewardAmplitude(TAU_FAST), '1/ms', 'derived', 'amplitude of the positive half'),
  A_2: sourced(rewardAmplitude(TAU_SLOW), '1/ms', 'derived', 'amplitude of the negative half'),
  reward_delay: sourced(
    200,
    'ms',
    'caption',
    'from a spike of the reinforced neuron to its reward',
  ),
  broadcast: sourced(1, 'ms', 'code', 'from there to all synapses'),
  learning_start: sourced(1500, 'ms', 'code', 'weights are kept until then'),
};
export const REWARD = valuesOf(rewardTable);

const RATIO = 1.05;

export const ruleTable = {
  tau_c: sourced(400, 'ms', 'code', 'time constant of the eligibility, an alpha function'),
  A_plus: sourced(PROGRAM.A_paper * WEIGHTS.W_max, 'nS', 'code', 'amplitude of LTP'),
  A_minus: sourced(RATIO * PROGRAM.A_paper * WEIGHTS.W_max, 'nS', 'code', 'LTD: 1.05 of that'),
  tau_plus: sourced(30, 'ms', 'code', 'time constant of LTP'),
  tau_minus: sourced(30, 'ms', 'code', 'time constant of LTD'),
};

const MU = 0.4;
const ALPHA = 0.11;
const RATE = 0.004;

/** The rule of figures S3 and S4: amplitudes are these times w_0^(1 − mu) · w^mu. */
export const weightDependentTable = {
  tau_c: ruleTable.tau_c,
  A_plus: sourced(RATE * ELIGIBILITY_SCALE, '', 'derived', 'amplitude of LTP: 0.004 × 20'),
  A_minus: sourced(ALPHA * RATE * ELIGIBILITY_SCALE, '', 'derived', 'LTD: 0.11 of that'),
  tau_plus: sourced(20, 'ms', 'code', 'time constant of LTP'),
  tau_minus: sourced(20, 'ms', 'code', 'time constant of LTD'),
  mu_plus: sourced(MU, '', 'code', 'exponent of the weight in LTP'),
  mu_minus: sourced(1, '', 'code', 'exponent of the weight in LTD'),
  w_0: sourced(
    WEIGHTS.W_exc * ALPHA ** (1 / (1 - MU)),
    'nS',
    'code',
    'where LTP and LTD are as large at the initial weight',
  ),
};

/** Constants of the rule, of either variant. */
export const RULE = valuesOf(ruleTable);
export const WEIGHT_DEPENDENT_RULE = valuesOf(weightDependentTable);
