import { checkFinite } from './checks';
import { makeFrame, floatsOf } from './frames';
import type { Feed } from './stream';

/** Events or samples as a stream keeps them: rows of spikes, values of traces. */
type Columns = Uint16Array | Float32Array;

/** What recent events are sent as. */
interface RecentHeader {
  readonly kind: 'spikes' | 'trace';
  readonly id: number;
  /** Oldest time that a new viewer gets, before the present; ms. */
  readonly window: number;
}

/**
 * The latest events of a stream in memory that does not grow: the oldest make room. They are
 * numbered from the first one ever published, so that a viewer is one number: the next to send.
 */
export class RecentEvents {
  /** Time until which the stream is known, ms. */
  now = 0;
  #published = 0;
  /** Events before this one belong to a time that has begun anew. */
  #epoch = 0;
  #epochs = 0;
  #version = 0;
  readonly #times: Float64Array;
  readonly #values: Columns;
  readonly #width: number;

  /** Room for `capacity` events with `width` values each. */
  constructor(
    readonly capacity: number,
    private readonly header: RecentHeader,
    values: Columns,
  ) {
    this.#times = new Float64Array(capacity);
    this.#values = values;
    this.#width = values.length / capacity;
  }

  /** The caller has checked times and values; `until` before the present begins anew. */
  append(times: ArrayLike<number>, values: ArrayLike<number>, until: number | undefined): void {
    if (until !== undefined && until < this.now) {
      this.#epoch = this.#published;
      this.#epochs++;
      this.now = until;
    }
    const [width, left] = [this.#width, times.length - this.capacity];
    for (let i = 0; i < times.length; i++) {
      this.now = Math.max(this.now, times[i]!);
      if (i < left) continue;
      const at = (this.#published + i) % this.capacity;
      this.#times[at] = times[i]!;
      for (let k = 0; k < width; k++) this.#values[at * width + k] = values[i * width + k]!;
    }
    this.now = Math.max(this.now, until ?? 0);
    this.#published += times.length;
    this.#version++;
  }

  feed(): Feed {
    let next = this.#windowStart();
    let version = 0;
    let epochs = this.#epochs;
    return {
      next: () => {
        if (version === this.#version) return undefined;
        version = this.#version;
        const anew = epochs !== this.#epochs;
        epochs = this.#epochs;
        const from = Math.max(next, this.#oldest());
        const skipped = anew ? 0 : from - next;
        next = this.#published;
        return this.#frame(from, skipped, anew);
      },
    };
  }

  #oldest(): number {
    return Math.max(this.#epoch, this.#published - this.capacity);
  }

  #windowStart(): number {
    const oldest = this.#oldest();
    let first = this.#published;
    const earliest = this.now - this.header.window;
    while (first > oldest && this.#times[(first - 1) % this.capacity]! >= earliest) first--;
    return first;
  }

  #frame(from: number, skipped: number, anew: boolean): Uint8Array {
    const { kind, id } = this.header;
    const [count, width] = [this.#published - from, this.#width];
    const base = count === 0 ? this.now : this.#times[from % this.capacity]!;
    const bytes = count * (4 + width * this.#values.BYTES_PER_ELEMENT);
    const frame = makeFrame({ kind, id, count, anew, index: skipped, base, now: this.now }, bytes);
    const times = floatsOf(frame, 0, count);
    const Values = this.#values.constructor as new (b: ArrayBufferLike, o: number) => Columns;
    const values = new Values(frame.buffer, times.byteOffset + times.byteLength);
    for (let i = 0; i < count; i++) {
      const at = (from + i) % this.capacity;
      times[i] = this.#times[at]! - base;
      for (let k = 0; k < width; k++) values[i * width + k] = this.#values[at * width + k]!;
    }
    return frame;
  }
}

/** Times in ms, all finite. */
export function checkTimes(caller: string, times: ArrayLike<number>): void {
  for (let i = 0; i < times.length; i++) {
    if (!Number.isFinite(times[i])) checkFinite(caller, `times[${i}]`, times[i]);
  }
}
