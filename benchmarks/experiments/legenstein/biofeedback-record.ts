// What is kept of simulation 1 while it runs: counts instead of 25 million spikes.
import {
  mean,
  type Numbers,
  type SpikeEvents,
  standardDeviation,
  type TimeWindow,
} from '../../../lib/analysis';

/** Spikes of every neuron are counted in bins of so many ms. */
export const BIN = 1000;
/** Bins of the histograms of all weights, from 0 to the largest. */
export const WEIGHT_BINS = 30;

/** Weights over their largest value, at a moment. */
export interface WeightReading {
  readonly t: number;
  /** Mean onto each reinforced neuron, and onto the others. */
  readonly reinforced: readonly number[];
  readonly others: number;
  /** Of all synapses that learn. */
  readonly mean: number;
  readonly sd: number;
  /** How many of these are in which bin. */
  readonly histogram: readonly number[];
}

/** Spikes that are kept, ascending in time. */
interface KeptSpikes {
  readonly times: number[];
  readonly senders: number[];
}

/** Whose spikes are kept. */
export interface Watched {
  /** Always. */
  readonly always: ReadonlySet<number>;
  /** In the windows alone. */
  readonly paired: ReadonlySet<number>;
  readonly windows: readonly TimeWindow[];
}

export const NOBODY: Watched = { always: new Set(), paired: new Set(), windows: [] };

/** All that was seen so far; plain, so that it can be kept and taken up again. */
export interface BiofeedbackRecord extends KeptSpikes {
  readonly neurons: number;
  /** Bin by bin, neuron by neuron. */
  readonly counts: Uint16Array;
  /** How far they reach, ms. */
  end: number;
  /** Spikes of pairs of neurons, in the windows in which these are looked at. */
  readonly paired: KeptSpikes;
  readonly weights: WeightReading[];
}

/** `neurons`: their node IDs are 1 … `neurons`. */
export const emptyRecord = (neurons: number, time: number): BiofeedbackRecord => ({
  neurons,
  counts: new Uint16Array(neurons * Math.ceil(time / BIN)),
  end: 0,
  times: [],
  senders: [],
  paired: { times: [], senders: [] },
  weights: [],
});

/** Takes the spikes of the time from `record.end` to `now`. */
export function takeSpikes(
  record: BiofeedbackRecord,
  { times, senders }: SpikeEvents,
  { always, paired, windows }: Watched,
  now: number,
): void {
  times.forEach((t, i) => {
    const id = senders[i]!;
    // A spike at the edge of two bins belongs to the first; 1e-6 is far below every grid.
    const bin = Math.ceil(t / BIN - 1e-6) - 1;
    record.counts[bin * record.neurons + id - 1]!++;
    if (always.has(id)) keep(record, t, id);
    if (paired.has(id) && windows.some(({ start, stop }) => t > start && t <= stop)) {
      keep(record.paired, t, id);
    }
  });
  record.end = now;
}

function keep({ times, senders }: KeptSpikes, t: number, id: number): void {
  times.push(t);
  senders.push(id);
}

/** The same reading of weights that are given over their largest value. */
export function readWeights(
  t: number,
  reinforced: readonly Float64Array[],
  others: Float64Array,
  all: Float64Array,
): WeightReading {
  return {
    t,
    reinforced: reinforced.map((weights) => mean(weights)),
    others: mean(others),
    mean: mean(all),
    sd: standardDeviation(all),
    histogram: histogramOf(all, WEIGHT_BINS, 1),
  };
}

/** Numbers of values in equal bins from 0 to `max`; the last one has its end and all above. */
export function histogramOf(values: Numbers, bins: number, max: number): number[] {
  const counts = new Array<number>(bins).fill(0);
  for (const value of values) {
    counts[Math.min(bins - 1, Math.max(0, Math.floor((value / max) * bins)))]!++;
  }
  return counts;
}
