// Which neurons of simulation 1 are reinforced, and which are only watched.
import type { random } from '../../../lib';

/** Neurons to compare with, and those whose synapses are. */
export const OTHERS = 20;
export const WEIGHED = 50;
/** Pairs of neurons whose covariance is looked at. */
const PAIRS = 200;

/** Rates in 1/s that a neuron to be reinforced may begin with. */
export const STARTING_RATE = { min: 4, max: 7 };
const MIDDLE = (STARTING_RATE.min + STARTING_RATE.max) / 2;

/** Node IDs. */
export interface Chosen {
  /** One, or two in opposite directions. */
  readonly reinforced: readonly number[];
  readonly others: readonly number[];
  readonly weighed: readonly number[];
  /** The first of a pair in the first half, the second at the same place of the second half. */
  readonly paired: readonly number[];
}

/**
 * Draws neurons by their rates before learning; where none or too few have the rates wanted, those
 * that come nearest are taken.
 * @param ids Of all that may be chosen, each with its rate in 1/s.
 */
export function chooseNeurons(
  ids: readonly number[],
  rates: readonly number[],
  count: 1 | 2,
  draws: random.RandomStream,
): Chosen {
  const { min, max } = STARTING_RATE;
  const eligible = ids.filter((_, i) => rates[i]! >= min && rates[i]! <= max);
  const distance = new Map(ids.map((id, i) => [id, Math.abs(rates[i]! - MIDDLE)]));
  const nearest = ids.toSorted((a, b) => distance.get(a)! - distance.get(b)!);
  const candidates = eligible.length < count ? nearest.slice(0, count) : eligible;
  const reinforced = pick(candidates, count, draws);
  const rest = ids.filter((id) => !reinforced.includes(id));
  return {
    reinforced,
    others: pick(rest, OTHERS, draws),
    weighed: pick(rest, WEIGHED, draws),
    paired: pick(ids, 2 * Math.min(PAIRS, Math.floor(ids.length / 2)), draws),
  };
}

const pick = (ids: readonly number[], count: number, draws: random.RandomStream): number[] =>
  draws.subset(ids.length, count).map((i) => ids[i]!);
