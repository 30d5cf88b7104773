import { checkColor, checkCount, checkLength, checkNumbers, checkOptions } from './checks';
import { checkFinite, checkPositive, checkText, refused, type CommonOptions } from './checks';
import type { SpikesDescription, StreamColor } from './protocol';
import { checkTimes, RecentEvents } from './recent';
import { Stream, type Feed, type Place } from './stream';

/** How spikes are shown. */
export interface SpikesOptions extends CommonOptions {
  /** Number of rows of the raster, at most 65,536. */
  readonly rows: number;
  /** Width of the raster, ms. */
  readonly window: number;
  /** What a row is; default `neuron`. */
  readonly rowLabel?: string;
  /**
   * Title of the raster; streams that name the same one share it, later ones drawn over earlier
   * ones. Default: the label.
   */
  readonly chart?: string;
  /** Default `blue`; `grey` for what is only to be seen behind others. */
  readonly color?: StreamColor;
}

/** Spikes kept for viewers that are late or new. */
const capacity = 2 ** 15;
const caller = 'spikes';

/** Spikes of a population, shown as a raster. */
export class SpikeStream extends Stream {
  /** @internal */
  readonly description: SpikesDescription;
  readonly #recent: RecentEvents;

  /** @internal */
  constructor(place: Place, options: SpikesOptions) {
    super(place);
    checkOptions(caller, options, ['rows', 'window', 'rowLabel', 'chart', 'color']);
    checkCount(caller, 'rows', options.rows, 2 ** 16);
    checkPositive(caller, 'window', options.window);
    for (const key of ['rowLabel', 'chart'] as const) {
      if (options[key] !== undefined) checkText(caller, key, options[key]);
    }
    checkColor(caller, options.color);
    const { id, name } = place;
    const defaults = { rowLabel: 'neuron', chart: options.label };
    this.description = { ...defaults, ...options, kind: 'spikes', id, name };
    const header = { kind: 'spikes', id, window: options.window } as const;
    this.#recent = new RecentEvents(capacity, header, new Uint16Array(capacity));
  }

  /**
   * Adds spikes.
   * @param times in ms, earlier publications first
   * @param rows for each spike its row, from 0
   * @param until time until which all spikes are published, ms; default: that of the latest spike.
   *   An earlier one than before means that time has begun anew, and clears the raster.
   * @throws DimensionMismatch if the lengths differ, BadParameterValue for a row out of range or a
   *   time that is not finite.
   */
  publish(times: ArrayLike<number>, rows: ArrayLike<number>, until?: number): void {
    checkNumbers(caller, 'times', times);
    checkNumbers(caller, 'rows', rows);
    checkLength(caller, 'rows', rows.length, times.length);
    checkTimes(caller, times);
    if (until !== undefined) checkFinite(caller, 'until', until);
    const most = this.description.rows - 1;
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i]!;
      if (Number.isInteger(row) && row >= 0 && row <= most) continue;
      throw refused(caller, `rows[${i}]`, row, `a whole number from 0 to ${most}`);
    }
    this.#recent.append(times, rows, until);
    this.announce();
  }

  /** @internal */
  feed(): Feed {
    return this.#recent.feed();
  }
}
