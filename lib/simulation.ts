import type { Guards } from './guards';
import type { AsyncOptions } from './job';
import type { NodeCollection } from './node-collection';

// What a simulation is asked for, and what it reports.

/**
 * Rewards given while a simulation runs: it is cut into intervals, and before each the next value
 * is asked for and set as the `reward` of the transmitter. In between the kernel stands still, so a
 * function may read recorders and set parameters. A source that ends leaves the last reward.
 */
export interface RewardSource {
  /** The reward_transmitter. */
  readonly transmitter: NodeCollection;
  /** Length of an interval, ms: a multiple of the resolution. The last one may be shorter. */
  readonly interval: number;
  /** Called with the biological time (ms) from which the reward holds; or values in turn. */
  readonly source:
    ((time: number) => number | Promise<number>) | Iterable<number> | AsyncIterable<number>;
}

/** Options of Simulate and Run. */
export interface SimulateOptions extends AsyncOptions, Guards {
  /** Rewards that are worked out or arrive while the simulation runs. */
  readonly reward?: RewardSource;
}

/** What a simulation did. */
export interface Report {
  /** Steps simulated by this call. */
  readonly steps: number;
  /** Biological time simulated by this call, ms. */
  readonly biological_time: number;
  /** Wall-clock time of this call, preparation included, s. */
  readonly wall_time: number;
  /** Wall-clock time divided by biological time; below 1 is faster than life. */
  readonly real_time_factor: number;
  /** Spikes emitted by neurons, with multiplicity. */
  readonly spikes: number;
  /** Spikes delivered through synapses between neurons. */
  readonly synaptic_events: number;
}
