import type { EventsFrame } from './decode.mjs';

/** Events of the latest window of time, in memory that does not grow. */
export class EventWindow {
  now = 0;
  /** Events of the present window that did not come: the connection was too slow for all. */
  skipped = 0;
  #first = 0;
  #end = 0;
  #skippedAt = -Infinity;
  readonly #times: Float64Array;
  /** Values of all events, those of one beside each other. */
  readonly values: Float32Array;

  /** Of events with `width` values each. */
  constructor(
    private readonly window: number,
    private readonly width: number,
    private readonly capacity = 2 ** 16,
  ) {
    this.#times = new Float64Array(capacity);
    this.values = new Float32Array(capacity * width);
  }

  get length(): number {
    return this.#end - this.#first;
  }

  clear(): void {
    this.#first = this.#end;
    this.now = this.skipped = 0;
  }

  add({ anew, skipped, now, base, times, values }: EventsFrame): void {
    if (anew) this.clear();
    const { capacity, width } = this;
    for (const [i, time] of times.entries()) {
      const at = this.#end % capacity;
      this.#times[at] = base + time;
      for (let k = 0; k < width; k++) this.values[at * width + k] = values[i * width + k]!;
      this.#end++;
    }
    this.now = now;
    this.#first = Math.max(this.#first, this.#end - capacity);
    const earliest = now - this.window;
    while (this.#first < this.#end && this.#times[this.#first % capacity]! < earliest)
      this.#first++;
    if (skipped > 0) {
      this.skipped = skipped;
      this.#skippedAt = now;
    } else if (this.#skippedAt < earliest) {
      this.skipped = 0;
    }
  }

  /** Calls `visit` for every event, the oldest first, with the place of the first of its values. */
  forEach(visit: (time: number, at: number) => void): void {
    const { capacity, width } = this;
    for (let i = this.#first; i < this.#end; i++) {
      const at = i % capacity;
      visit(this.#times[at]!, at * width);
    }
  }
}
