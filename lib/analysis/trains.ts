import type { TimeWindow } from './rates';

/**
 * In ms, far below every grid in use: grid times computed in different ways may differ in their
 * last digits.
 */
const TIME_TOLERANCE = 1e-6;

/** What a spike recorder holds: one entry a spike, ascending in time. */
export interface SpikeEvents {
  /** Grid time of each spike in ms: the end of the step in which it was emitted. */
  readonly times: Float64Array;
  /** Node ID of the neuron that emitted it. */
  readonly senders: Uint32Array;
}

/** The spikes of a population, neuron by neuron. */
export interface SpikeTrains {
  /** Node IDs; train `i` belongs to `ids[i]`. */
  readonly ids: Uint32Array;
  /** Train `i` is `times[offsets[i] … offsets[i + 1] - 1]`. */
  readonly offsets: Uint32Array;
  /** Spike times in ms, ascending within each train. */
  readonly times: Float64Array;
}

/**
 * Sorts recorded spikes by neuron. Neurons of `ids` that never fired get an empty train; spikes
 * of other neurons are left out. IDs must not repeat.
 */
export function spikeTrains(events: SpikeEvents, ids: Uint32Array): SpikeTrains {
  const { times, senders } = events;
  const position = positionsById(ids);
  const offsets = new Uint32Array(ids.length + 1);
  for (const sender of senders) {
    const at = position[sender] ?? -1;
    if (at >= 0) offsets[at + 1]!++;
  }
  for (let i = 0; i < ids.length; i++) offsets[i + 1]! += offsets[i]!;

  const sorted = new Float64Array(offsets[ids.length]!);
  const next = offsets.slice();
  for (let spike = 0; spike < senders.length; spike++) {
    const at = position[senders[spike]!] ?? -1;
    if (at >= 0) sorted[next[at]!++] = times[spike]!;
  }
  return { ids, offsets, times: sorted };
}

/** Spike times of the `i`-th neuron: a view, not a copy. */
export function train(trains: SpikeTrains, i: number): Float64Array {
  return trains.times.subarray(trains.offsets[i], trains.offsets[i + 1]);
}

/** The spikes of two recorders as one list, ascending in time, then in sender. */
export function mergeSpikes(a: SpikeEvents, b: SpikeEvents): SpikeEvents {
  const length = a.times.length + b.times.length;
  const times = new Float64Array(length);
  const senders = new Uint32Array(length);
  let [i, j] = [0, 0];
  for (let k = 0; k < length; k++) {
    const fromA = j >= b.times.length || (i < a.times.length && comesFirst(a, i, b, j));
    times[k] = fromA ? a.times[i]! : b.times[j]!;
    senders[k] = fromA ? a.senders[i++]! : b.senders[j++]!;
  }
  return { times, senders };
}

function comesFirst(a: SpikeEvents, i: number, b: SpikeEvents, j: number): boolean {
  const [first, second] = [a.times[i]!, b.times[j]!];
  return first < second || (first === second && a.senders[i]! < b.senders[j]!);
}

/** The part of an ascending list of times that lies in a window: a view, not a copy. */
export function spikesWithin(times: Float64Array, window: TimeWindow): Float64Array {
  return times.subarray(countUpTo(times, window.start), countUpTo(times, window.stop));
}

/** How many of the ascending `times` are at most `limit`, by bisection. */
export function countUpTo(times: Float64Array, limit: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! <= limit + TIME_TOLERANCE) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Table from node ID to position in `ids`; −1 where an ID is not in the list. */
function positionsById(ids: Uint32Array): Int32Array {
  let largest = 0;
  for (const id of ids) largest = Math.max(largest, id);
  const position = new Int32Array(largest + 1).fill(-1);
  ids.forEach((id, i) => (position[id] = i));
  return position;
}
