// What the microcircuit of simulation 5 is made of.
import { CELL, weightUnit } from '../cell';
import { sourced, valuesOf } from '../sourced';
import { INPUTS, type Utterance } from './utterances';

/** From where the weights of the circuit are reckoned, mV. */
const FROM = -65;
/** In the unit of weights. */
const SCALE = 0.03 * 3.3;
const weight = (reversal: number): number => weightUnit(SCALE, reversal, { from: FROM });

export const liquidTable = {
  length: sourced(15, '', 'code', 'neurons along the grid'),
  width: sourced(6, '', 'code', 'across it, either way'),
  excitatory: sourced(0.8, '', 'code', 'part of excitatory neurons'),
  noise: sourced(0.4, '', 'code', 'scale of their noise'),
  p: sourced(0.1, '', 'code', 'probability of a connection'),
  W_exc: sourced(weight(CELL.E_exc), 'nS', 'derived', 'excitatory weights'),
  W_inh: sourced(weight(CELL.E_inh), 'nS', 'derived', 'inhibitory weights'),
  delay: sourced(1, 'ms', 'code', 'delay of all synapses'),
};
export const LIQUID = valuesOf(liquidTable);

export const inputTable = {
  channels: sourced(INPUTS, '', 'code', 'channels that are heard'),
  block: sourced(3, '', 'code', 'each of them reaches a cube of so many neurons a side'),
  current: sourced(715, 'pA', 'code', 'current of an input spike'),
  tau: sourced(3, 'ms', 'code', 'its time constant'),
};
export const INPUT = valuesOf(inputTable);

/**
 * A current is a conductance whose driving force does not change: that of a reversal potential so
 * far away (mV) that 100 mV of the membrane are 10⁻⁴ of it.
 */
export const FAR_AWAY = 1e6;

/** A trial of the circuit lasts so long, ms, or until `after` the last spike of all utterances. */
const LISTENING = { least: 700, after: 100 } as const;

/** The length of a trial in which any of these can be heard: whole tenths of a second, in ms. */
export function listeningTime(utterances: readonly Utterance[]): number {
  const last = Math.max(...utterances.map(({ times }) => times.at(-1) ?? 0));
  return Math.max(LISTENING.least, 100 * Math.ceil((last + LISTENING.after) / 100));
}
