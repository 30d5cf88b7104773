// What simulation 2 of the paper is made of: a neuron that learns to fire when a target neuron
// does, by a reward for how its spikes lie to those of the target.
import { CELL, weightUnit } from './cell';
import { PLASTIC } from './plastic-parameters';
import { sourced, valuesOf } from './sourced';

/** Largest weight in the unit of weights. */
const SCALE_MAX = 2 * 0.44;
const W_max = weightUnit(SCALE_MAX, CELL.E_exc);

/** Factors of both halves of kappa in the published programs. */
const PROGRAM = {
  eta: 3,
  A_plus: 0.00025,
  kappa_plus: 1.01 * (50 / 26),
  kappa_minus: -50 / 26,
} as const;

/** A pulse lasts a step there, and what A_plus is smaller goes into it. */
const pulse = (kappa: number): number => (PROGRAM.eta * kappa * PROGRAM.A_plus) / PLASTIC.A_plus;

export const networkTable = {
  inputs: sourced(100, '', 'code', 'inputs of the learning neuron'),
  strong: sourced(50, '', 'code', 'of these with a target weight of w_max, the others of 0'),
  extra: sourced(10, '', 'code', 'inputs of the target neuron that the learning one lacks'),
  w_extra: sourced(0.5, 'w_max', 'code', 'their weight'),
  rate: sourced(15, '1/s', 'code', 'rate of each input'),
  dead_time: sourced(0.5, 'ms', 'code', 'least interval of an input'),
  w_max: sourced(W_max, 'nS', 'code', 'largest weight'),
};
export const NETWORK = valuesOf(networkTable);

export const rewardTable = {
  kappa_plus: sourced(pulse(PROGRAM.kappa_plus), '', 'derived', 'reward for coming after'),
  kappa_minus: sourced(pulse(PROGRAM.kappa_minus), '', 'derived', 'for coming before'),
  tau_1: sourced(30, 'ms', 'code', 'longer time constant of kappa'),
  tau_2: sourced(4, 'ms', 'code', 'shorter one'),
  shift: sourced(1, 'ms', 'code', 'kappa changes its sign so long before the target spike'),
  kappa_gap: sourced(0.1, 'ms', 'code', 'shifted distances no larger give no reward'),
  window: sourced(5 * 30, 'ms', 'code', 'pairs that are farther apart give no reward'),
  reward_delay: sourced(400, 'ms', 'code', 'from a pair of spikes to its reward'),
  learning_start: sourced(2000, 'ms', 'code', 'weights are kept until then'),
};
export const REWARD = valuesOf(rewardTable);

/** How far learner and target have come is tried without noise, and without the extra inputs. */
export const testTable = {
  duration: sourced(35_000, 'ms', 'code', 'length of a trial'),
  start: sourced(5000, 'ms', 'code', 'spikes count from then on'),
  width: sourced(10, 'ms', 'code', 'a spike counts as far around it'),
  every: sourced(1_200_000, 'ms', 'code', 'time between two trials'),
};
export const TEST = valuesOf(testTable);
