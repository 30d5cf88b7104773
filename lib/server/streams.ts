import { checkObject } from '../forms';
import { guardReceivers } from '../receivers';
import { checkText, refused } from './checks';
import { Control } from './control';
import type { ChoiceOptions, ControlOptions, RangeOptions, ToggleOptions } from './control';
import { MatrixStream, type MatrixOptions } from './matrix';
import { ScalarStream, type ScalarOptions } from './scalar';
import { SpikeStream, type SpikesOptions } from './spikes';
import type { Place, Stream } from './stream';
import { TraceStream, type TraceOptions } from './trace';
import { ValueStream, type ValueOptions } from './value';

/** Numbers of streams have 16 bits in a frame. */
const mostStreams = 2 ** 16;
const longestName = 100;

/**
 * The streams that a simulation publishes and viewers look at (see `serve`). A simulation declares
 * them, publishes whenever it has something, and never waits: what viewers have not seen when
 * something newer comes is replaced by it. Memory does not grow with time or viewers.
 *
 * ```ts
 * const streams = new Streams();
 * const spikes = streams.spikes('left', { label: 'Motor neurons', rows: 20, window: 2000 });
 * const pause = streams.control('pause', { kind: 'toggle', label: 'Pause', initial: false });
 * const { url, close } = await serve(streams, { title: 'Pong' });
 * for (;;) {
 *   while (pause.value) await pause.changed();
 *   await kernel.Simulate(200);
 *   spikes.publish(times, rows, kernel.biological_time);
 * }
 * ```
 *
 * A name that is taken, an option that is unknown or out of range throws a TegmentaError.
 */
export class Streams {
  readonly #streams = new Map<string, Stream>();
  readonly #watchers = new Set<() => void>();

  static {
    guardReceivers(this, 'Streams', (value) => #streams in value);
  }

  /** Spikes, shown as a raster of the latest `window` ms. */
  spikes(name: string, options: SpikesOptions): SpikeStream {
    return this.#add(name, options, (place) => new SpikeStream(place, options));
  }

  /** A matrix, shown as colours. */
  matrix(name: string, options: MatrixOptions): MatrixStream {
    return this.#add(name, options, (place) => new MatrixStream(place, options));
  }

  /** A number that develops, shown as a curve from its beginning. */
  scalar(name: string, options: ScalarOptions): ScalarStream {
    return this.#add(name, options, (place) => new ScalarStream(place, options));
  }

  /** Sampled values, shown as lines over the latest `window` ms. */
  trace(name: string, options: TraceOptions): TraceStream {
    return this.#add(name, options, (place) => new TraceStream(place, options));
  }

  /** Anything else, of which viewers get the latest. */
  value<Value = unknown>(name: string, options: ValueOptions): ValueStream<Value> {
    return this.#add(name, options, (place) => new ValueStream<Value>(place, options));
  }

  /** Something that viewers set and the simulation reads. */
  control(name: string, options: ToggleOptions): Control<boolean>;
  control(name: string, options: RangeOptions): Control<number>;
  control(name: string, options: ChoiceOptions): Control<string>;
  control(name: string, options: ControlOptions): Control {
    return this.#add(name, options, (place) => new Control(place, options));
  }

  /** All streams in the order of their declaration, which is that of their ids. @internal */
  get all(): readonly Stream[] {
    return [...this.#streams.values()];
  }

  /** @internal */
  get size(): number {
    return this.#streams.size;
  }

  /** @internal */
  find(name: string): Stream | undefined {
    return this.#streams.get(name);
  }

  /** Calls `listener` at every publication until the function returned is called. @internal */
  watch(listener: () => void): () => void {
    this.#watchers.add(listener);
    return () => this.#watchers.delete(listener);
  }

  #add<S extends Stream>(name: string, options: object, make: (place: Place) => S): S {
    checkText('Streams', 'name', name);
    if (name.length > longestName) {
      throw refused('Streams', 'name', name, `at most ${longestName} characters long`);
    }
    if (this.#streams.has(name)) throw refused('Streams', 'name', name, 'a name not yet taken');
    checkObject(options, 'options', 'an object', 'Streams');
    if (this.size >= mostStreams) throw refused('Streams', 'name', name, `among ${mostStreams}`);
    const changed = (): void => {
      for (const listener of this.#watchers) listener();
    };
    const watched = (): boolean => this.#watchers.size > 0;
    const stream = make({ id: this.size, name, changed, watched });
    this.#streams.set(name, stream);
    changed();
    return stream;
  }
}
