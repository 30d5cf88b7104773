// What simulation 4 of the paper is made of: a neuron that learns to fire for one of two patterns
// of spikes, and not for the other, by a reward for its own spikes.
import { CELL, weightUnit } from './cell';
import { rewardAmplitude } from './readout-parameters';
import { sourced, valuesOf } from './sourced';

/** Weights in the unit of weights, and what their largest is of that. */
const SCALE = 0.17;
const LARGEST = 2.5;
/** Amplitude of LTP in the published programs, in w_max. */
const A_PROGRAM = 0.0013;

export const networkTable = {
  inputs: sourced(200, '', 'code', 'inputs, each of which fires once in a pattern'),
  pattern: sourced(500, 'ms', 'code', 'length of a pattern'),
  tau_syn: sourced(3, 'ms', 'ours', 'time constant of the synaptic conductance'),
  w_max: sourced(LARGEST * weightUnit(SCALE, CELL.E_exc), 'nS', 'code', 'largest weight'),
  A: sourced(rewardAmplitude(A_PROGRAM), '1/ms', 'derived', 'amplitude of the reward of a spike'),
};
export const NETWORK = valuesOf(networkTable);

export const protocolTable = {
  trial: sourced(3000, 'ms', 'code', 'length of a trial'),
  onset: sourced(50, 'ms', 'code', 'when the pattern begins'),
  counted: sourced(1100, 'ms', 'code', 'spikes from the onset until then count, and are rewarded'),
  free: sourced(10, '', 'code', 'trials with free potentials, before and after'),
  tests: sourced(50, '', 'code', 'trials with the usual threshold, before and after'),
  training: sourced(1000, '', 'code', 'trials in between, with learning'),
};
export const PROTOCOL = valuesOf(protocolTable);
