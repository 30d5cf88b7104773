// ρ: all LTP over all LTD that pairs of spikes would make at amplitudes of 1. Where it is below
// A₋/A₊, eligibility is negative in the mean, and reward depresses.
import { PLASTIC } from '../plastic-parameters';
import { STEP } from '../step';
import type { Response } from './liquid';

const { tau, gap, delay } = PLASTIC;
const GAP = Math.round(gap / STEP);
const DELAY = Math.round(delay / STEP);

/** Sums of e^(−|r|/τ) over pairs in which the input's spike arrives first, and last. */
export interface PairSums {
  readonly ltp: number;
  readonly ltd: number;
}

/**
 * The sums of a neuron with each train of spikes over all inputs.
 * @param trains Spikes, in ms after the response begins, ascending.
 */
export function pairSums(
  { steps }: Response,
  trains: readonly (readonly number[])[],
): readonly PairSums[] {
  const arrivals = Float64Array.from(steps, (step) => step + DELAY).sort();
  const scale = STEP / tau;
  // Of the arrivals up to each: Σ e^(t/τ), and of those from it on: Σ e^(−t/τ).
  const rising = new Float64Array(arrivals.length + 1);
  const falling = new Float64Array(arrivals.length + 1);
  arrivals.forEach((t, i) => (rising[i + 1] = rising[i]! + Math.exp(t * scale)));
  for (let i = arrivals.length - 1; i >= 0; i--) {
    falling[i] = falling[i + 1]! + Math.exp(-arrivals[i]! * scale);
  }
  return trains.map((train) => {
    let [ltp, ltd] = [0, 0];
    for (const time of train) {
      const step = Math.round(time / STEP);
      ltp += Math.exp(-step * scale) * rising[countBelow(arrivals, step - GAP)]!;
      ltd += Math.exp(step * scale) * falling[countBelow(arrivals, step + GAP + 1)]!;
    }
    return { ltp, ltd };
  });
}

/** How many values are less. */
function countBelow(values: Float64Array, limit: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
