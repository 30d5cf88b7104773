import { checkObject, isList, mismatch } from '../forms';
import type { Numbers } from '../statistics';
import { badValue, checkIds, checkLength, checkNumber, checkTimes } from './checks';
import type { TimeWindow } from './windows';

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
 * Several spike trains: what {@link spikeTrains} gives; an array of arrays of times in ms, each
 * ascending; or the `events` of a spike recorder, of which the neurons that fired have trains, in the
 * order of their IDs.
 */
export type Trains = SpikeTrains | SpikeEvents | readonly Numbers[];

/**
 * The times of each train.
 * @throws TypeMismatch; DimensionMismatch; BadParameterValue for times that are not finite or not
 * ascending
 */
export function trainsOf(caller: string, trains: Trains): readonly Numbers[] {
  if (Array.isArray(trains)) {
    const lists = trains as readonly Numbers[];
    for (let i = 0; i < lists.length; i++) checkTimes(caller, `trains[${i}]`, lists[i]);
    return lists;
  }
  const expected = 'spike trains, events of a spike recorder or an array of arrays of times';
  const given = checkObject(trains, 'trains', expected, caller);
  if ('senders' in given) return viewsOf(trainsOfEvents(caller, trains as SpikeEvents));
  if (!('ids' in given && 'offsets' in given && 'times' in given)) {
    throw mismatch('trains', expected, trains, caller);
  }
  checkSorted(caller, given);
  const views = viewsOf(trains as SpikeTrains);
  for (const [i, times] of views.entries()) checkTimes(caller, `train(trains, ${i})`, times);
  return views;
}

/** @throws TypeMismatch; DimensionMismatch; BadParameterValue */
function checkSorted(caller: string, { ids, offsets, times }: Record<string, unknown>): void {
  checkIds(caller, 'trains.ids', ids);
  checkIds(caller, 'trains.offsets', offsets);
  if (!isList(times) || !ArrayBuffer.isView(times)) {
    throw mismatch('trains.times', 'a Float64Array', times, caller);
  }
  const expected = (ids as Uint32Array).length + 1;
  checkLength(caller, 'trains.offsets', (offsets as Uint32Array).length, expected);
}

const viewsOf = (trains: SpikeTrains): Float64Array[] =>
  Array.from(trains.ids, (_, i) => train(trains, i));

function trainsOfEvents(caller: string, events: SpikeEvents): SpikeTrains {
  checkEvents(caller, 'events', events);
  return sortByNeuron(events, Uint32Array.from(new Set(events.senders)).sort());
}

/** @throws TypeMismatch; DimensionMismatch; BadParameterValue */
function checkEvents(caller: string, name: string, events: unknown): void {
  const given = checkObject(events, name, 'the events of a spike recorder', caller);
  // A recorder of time_in_steps counts times in steps, and has offsets besides.
  if ('offsets' in given)
    throw mismatch(`${name}.times`, 'in ms, not in steps', given.times, caller);
  checkTimes(caller, `${name}.times`, given.times);
  checkIds(caller, `${name}.senders`, given.senders);
  checkLength(caller, `${name}.senders`, (given.senders as Uint32Array).length, given.times.length);
}

/**
 * Sorts recorded spikes by neuron. Neurons of `ids` that never fired get an empty train; spikes
 * of other neurons are left out. IDs must not repeat.
 * @throws TypeMismatch; DimensionMismatch where there is not a sender for each time;
 * BadParameterValue for times that are not finite or not ascending, and for IDs that repeat
 */
export function spikeTrains(events: SpikeEvents, ids: Uint32Array): SpikeTrains {
  checkEvents('spikeTrains', 'events', events);
  checkIds('spikeTrains', 'ids', ids);
  const known = new Set<number>();
  for (let i = 0; i < ids.length; i++) {
    if (known.has(ids[i]!)) throw badValue('spikeTrains', `ids[${i}]`, ids[i]!, 'another ID');
    known.add(ids[i]!);
  }
  return sortByNeuron(events, Uint32Array.from(ids));
}

function sortByNeuron(events: SpikeEvents, ids: Uint32Array): SpikeTrains {
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

/**
 * Spike times of the `i`-th neuron of {@link spikeTrains}: a view, not a copy.
 * @throws TypeMismatch; BadParameterValue unless there are more than i neurons
 */
export function train(trains: SpikeTrains, i: number): Float64Array {
  const has = (x: number): boolean => Number.isInteger(x) && x >= 0 && x < trains.ids.length;
  checkNumber('train', 'i', i, `an integer in [0, ${trains.ids.length})`, has);
  return trains.times.subarray(trains.offsets[i], trains.offsets[i + 1]);
}

/**
 * The spikes of two recorders as one list, ascending in time, then in sender.
 * @throws TypeMismatch; DimensionMismatch; BadParameterValue as {@link spikeTrains}
 */
export function mergeSpikes(a: SpikeEvents, b: SpikeEvents): SpikeEvents {
  checkEvents('mergeSpikes', 'a', a);
  checkEvents('mergeSpikes', 'b', b);
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

/**
 * The part of an ascending list of times that lies in a window, with 10⁻⁶ ms behind its ends: a view,
 * not a copy. That takes logarithmic time, so that the order is not checked; a window that ends where
 * it begins, or before, holds nothing.
 * @throws TypeMismatch; BadParameterValue for an end that is NaN
 */
export function spikesWithin(times: Float64Array, window: TimeWindow): Float64Array {
  if (!isList(times) || !ArrayBuffer.isView(times)) {
    throw mismatch('times', 'a Float64Array', times, 'spikesWithin');
  }
  const { start, stop } = checkObject(
    window,
    'window',
    'an object { start, stop }',
    'spikesWithin',
  );
  const isNumber = (x: number): boolean => !Number.isNaN(x);
  const from = checkNumber('spikesWithin', 'window.start', start, 'a number', isNumber);
  const to = checkNumber('spikesWithin', 'window.stop', stop, 'a number', isNumber);
  return times.subarray(countUpTo(times, from), countUpTo(times, to));
}

/**
 * How many of the times, which must be ascending, are at most `limit`, with 10⁻⁶ ms for rounding. By
 * bisection: the order is not checked.
 */
export function countUpTo(times: Numbers, limit: number): number {
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
