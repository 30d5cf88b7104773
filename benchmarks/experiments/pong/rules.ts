// How a player of Pong is rewarded, and the learning rule that the program itself carries out.

/** Reward by the distance between the motor neuron that won and the row that was presented. */
const REWARDS: readonly number[] = [1, 0.7, 0.4, 0.1];

/** Mean raw reward of motor neurons that win at random. */
export const CHANCE = 0.163;

/** Raw reward of the neuron `winner` where the ball was in `row`. */
export const rawReward = (winner: number, row: number): number =>
  REWARDS[Math.abs(winner - row)] ?? 0;

/** Running mean of something for each row: every new value counts half. */
export class RowMeans {
  readonly #means: Float64Array;

  constructor(rows: number, start: number) {
    this.#means = new Float64Array(rows).fill(start);
  }

  /** Takes up the means of another. */
  takeUp(means: Float64Array): void {
    this.#means.set(means);
  }

  /** By row; a view. */
  get values(): Float64Array {
    return this.#means;
  }

  /** How much `value` exceeds the mean so far, which follows it. */
  excess(row: number, value: number): number {
    const excess = value - this.#means[row]!;
    this.#means[row]! += excess / 2;
    return excess;
  }
}

/** Eligibility of R-STDP: amplitude, time constant in ms and the value at which it saturates. */
const STDP = { amplitude: 36, tau: 64, saturation: 128 } as const;

/**
 * Accumulated causal nearest-neighbour correlation: each presynaptic spike with the first
 * postsynaptic one after it, exp(−Δt / tau), saturating.
 * Source: T. Wunderlich et al. (2019), Front. Neurosci. 13, 260, "R-STDP".
 * @param pre Times of presynaptic spikes, ms, ascending.
 * @param post Times of postsynaptic spikes, ms, ascending.
 */
export function causalCorrelation(pre: readonly number[], post: readonly number[]): number {
  let sum = 0;
  let before = 0; // presynaptic spikes before this postsynaptic one
  for (const spike of post) {
    const paired = before;
    while (before < pre.length && pre[before]! < spike) before++;
    if (before > paired) sum += STDP.amplitude * Math.exp((pre[before - 1]! - spike) / STDP.tau);
  }
  return Math.min(sum, STDP.saturation);
}
