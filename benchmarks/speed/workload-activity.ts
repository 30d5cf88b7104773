import {
  countUpTo,
  intervalVariations,
  mean,
  meanPairwiseCorrelation,
  meanRate,
  spikeTrains,
  type SpikeEvents,
  type TimeWindow,
} from '../../lib/analysis';
import type { Quantity } from '../../lib/cli/experiment';
import { NO_INTERVALS, NO_PAIRS } from '../experiments/activity';

/** A population whose rate and irregularity are reported. */
export interface MeasuredPopulation {
  /** Suffix of the keys: `rate_E`. */
  readonly key: string;
  /** Name in the table, with what else belongs there. */
  readonly name: string;
  readonly ids: Uint32Array;
}

/** The recorded spikes of a window. */
export function within({ times, senders }: SpikeEvents, { start, stop }: TimeWindow): SpikeEvents {
  const [from, to] = [countUpTo(times, start), countUpTo(times, stop)];
  return { times: times.subarray(from, to), senders: senders.subarray(from, to) };
}

/** Mean rate of a population in the window, spikes/s; `events` may hold others' spikes too. */
export function rateOf(events: SpikeEvents, ids: Uint32Array, window: TimeWindow): number {
  const spikes = spikeTrains(within(events, window), ids).times.length;
  return meanRate(spikes, ids.length, window.stop - window.start);
}

/** Width of the bins whose spike counts are correlated, ms. */
const CORRELATION_BIN = 2;

/**
 * Mean rate, mean coefficient of variation of the inter-spike intervals over the neurons with at
 * least three spikes in the window, and mean correlation of all pairs' spike counts.
 */
export function workloadActivity(
  events: SpikeEvents,
  { key, name, ids }: MeasuredPopulation,
  window: TimeWindow,
): Quantity[] {
  const trains = spikeTrains(within(events, window), ids);
  return [
    {
      key: `rate_${key}`,
      label: `mean rate, ${name}`,
      value: rateOf(events, ids, window),
      unit: 'spikes/s',
    },
    {
      key: `cv_isi_${key}`,
      label: `mean CV of inter-spike intervals, ${name}`,
      value: mean(intervalVariations(trains)),
      unit: '',
      note: NO_INTERVALS,
    },
    {
      key: `correlation_${key}`,
      label: `mean pairwise correlation in ${CORRELATION_BIN} ms, ${name}`,
      // A workload that is interrupted has no time in its window.
      value:
        window.stop > window.start ? meanPairwiseCorrelation(trains, window, CORRELATION_BIN) : NaN,
      unit: '',
      note: NO_PAIRS,
    },
  ];
}
