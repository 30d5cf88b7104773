// What the readouts of simulations 4 and 5 of the paper have in common.
import { PLASTIC } from './plastic-parameters';
import { sourced, valuesOf } from './sourced';
import { STEP } from './step';

export const readoutTable = {
  noise: sourced(0.2, '', 'code', "scale of a neuron's noise"),
  V_free: sourced(0, 'mV', 'code', 'threshold that is not reached, for free potentials'),
  tau_reward: sourced(100, 'ms', 'code', "time constant of a spike's reward, an alpha function"),
  reward_delay: sourced(300, 'ms', 'code', 'from a spike to its reward'),
};
export const READOUT = valuesOf(readoutTable);

/** Of the published programs: learning rate, and e times the area of a reward, ms. */
const PROGRAM = { eta: 3, reward_area: 0.1 } as const;

/** Amplitude of the reward of a spike in 1/ms, where the programs have such an amplitude of LTP. */
export const rewardAmplitude = (A_program: number): number =>
  ((PROGRAM.eta / STEP) * (PROGRAM.reward_area / (READOUT.tau_reward * Math.E)) * A_program) /
  PLASTIC.A_plus;
