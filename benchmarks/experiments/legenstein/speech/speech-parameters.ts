// What the readouts of simulation 5 of the paper are made of, and what can be chosen of them.
import { CELL, weightUnit } from '../cell';
import { PLASTIC } from '../plastic-parameters';
import type { Transmission } from '../readout-network';
import { rewardAmplitude } from '../readout-parameters';
import { sourced, valuesOf } from '../sourced';

/** Weights in the unit of weights, and what their largest is of that. */
const SCALE = 0.06;
const LARGEST = 2.5;
/** Amplitude of LTP in the published programs, in w_max. */
const A_PROGRAM = 0.0008;

export const speechTable = {
  w_max: sourced(LARGEST * weightUnit(SCALE, CELL.E_exc), 'nS', 'code', 'largest weight'),
  A: sourced(rewardAmplitude(A_PROGRAM), '1/ms', 'derived', 'amplitude of the reward of a spike'),
  trial: sourced(2500, 'ms', 'code', 'length of a trial'),
  onset: sourced(100, 'ms', 'code', 'when the answer of the circuit begins to arrive'),
  counted: sourced(1100, 'ms', 'code', 'spikes from the onset until then count, and are rewarded'),
  watched: sourced(600, 'ms', 'code', 'potentials are looked at from the onset until then'),
  training: sourced(2000, '', 'code', 'trials with learning; the digits take turns'),
  repetitions: sourced(5, '', 'ours', 'trials of every take in each test before and after'),
};
export const SPEECH = valuesOf(speechTable);

/** What can be chosen of the readouts. */
export interface SpeechSettings {
  readonly transmission: Transmission;
  /** Of the published w_max. */
  readonly w_max: number;
  /** LTD over LTP. */
  readonly ratio: number;
  /** Of the published reward. */
  readonly reward: number;
}

export const PUBLISHED: SpeechSettings = {
  transmission: 'dynamic',
  w_max: 1,
  ratio: PLASTIC.ratio,
  reward: 1,
};
export const WHAT_LEARNS: SpeechSettings = {
  transmission: 'static',
  w_max: 0.3,
  ratio: 0.8,
  reward: 0.5,
};
