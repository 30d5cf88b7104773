import { checkCount, checkFinite, checkLength, checkOptions, checkPositive } from './checks';
import { checkNumbers, checkRange, checkText, checkUnit, type CommonOptions } from './checks';
import type { TraceDescription } from './protocol';
import { checkTimes, RecentEvents } from './recent';
import { Stream, type Feed, type Place } from './stream';
import { isList, mismatch } from '../forms';

/** How sampled values are shown. */
export interface TraceOptions extends CommonOptions {
  /** Default none. */
  readonly unit?: string;
  /** Width of the chart, ms. */
  readonly window: number;
  /** Names of the lines, at most 16; default: one line without a name. */
  readonly lines?: readonly string[];
  /** Ends of the axis; default: those of the data. */
  readonly range?: readonly [number, number];
}

/** Samples kept for viewers that are late or new. */
const capacity = 2 ** 13;
const caller = 'trace';

/** Values sampled over time, say membrane potentials, shown as lines over the latest window. */
export class TraceStream extends Stream {
  /** @internal */
  readonly description: TraceDescription;
  readonly #recent: RecentEvents;

  /** @internal */
  constructor(place: Place, options: TraceOptions) {
    super(place);
    checkOptions(caller, options, ['unit', 'window', 'lines', 'range']);
    checkUnit(caller, options.unit);
    checkPositive(caller, 'window', options.window);
    checkRange(caller, options.range);
    const given: unknown = options.lines ?? [options.label];
    if (!isList(given)) throw mismatch('lines', 'a list of names', given, caller);
    const lines = [...given] as string[];
    checkCount(caller, 'lines.length', lines.length, 16);
    for (const [i, line] of lines.entries()) checkText(caller, `lines[${i}]`, line);
    const { id, name } = place;
    this.description = { unit: '', ...options, lines, kind: 'trace', id, name };
    const header = { kind: 'trace', id, window: options.window } as const;
    this.#recent = new RecentEvents(capacity, header, new Float32Array(capacity * lines.length));
  }

  /**
   * Adds samples.
   * @param times in ms, ascending
   * @param values of all lines at the first time, then at the second, …; what is not finite is a gap
   * @param until as of SpikeStream.publish
   * @throws DimensionMismatch if there is not one value for each time and line, BadParameterValue
   *   for a time that is not finite.
   */
  publish(times: ArrayLike<number>, values: ArrayLike<number>, until?: number): void {
    checkNumbers(caller, 'times', times);
    checkNumbers(caller, 'values', values);
    checkLength(caller, 'values', values.length, times.length * this.description.lines.length);
    checkTimes(caller, times);
    if (until !== undefined) checkFinite(caller, 'until', until);
    this.#recent.append(times, values, until);
    this.announce();
  }

  /** @internal */
  feed(): Feed {
    return this.#recent.feed();
  }
}
