import { checkOptions, checkText, type CommonOptions } from './checks';
import { mismatch } from '../forms';
import type { ServerMessage, ValueDescription } from './protocol';
import { latestOnly, Stream, type Feed, type Place } from './stream';

/** How a value is shown. */
export interface ValueOptions extends CommonOptions {
  /** A drawing that the page has for it: `pong`. Default: names and values as text. */
  readonly view?: string;
}

const caller = 'value';

/** Anything that JSON can say, say the state of a game; viewers get the latest one. */
export class ValueStream<Value = unknown> extends Stream {
  /** @internal */
  readonly description: ValueDescription;
  #latest = '';
  #version = 0;

  /** @internal */
  constructor(place: Place, options: ValueOptions) {
    super(place);
    checkOptions(caller, options, ['view']);
    if (options.view !== undefined) checkText(caller, 'view', options.view);
    this.description = { ...options, kind: 'value', id: place.id, name: place.name };
  }

  /**
   * Replaces the value; what the program does to `value` later has no effect.
   * @throws TypeMismatch if JSON cannot say it.
   */
  publish(value: Value): void {
    this.#latest = valueMessage(this.description.id, value);
    this.#version++;
    this.announce();
  }

  /** @internal */
  feed(): Feed {
    return latestOnly(
      () => this.#version,
      () => this.#latest,
    );
  }
}

function valueMessage(id: number, value: unknown): string {
  const message: ServerMessage = { type: 'value', id, value };
  try {
    if (JSON.stringify(value) !== undefined) return JSON.stringify(message);
  } catch {
    // Cycles, big integers: refused below like functions.
  }
  throw mismatch('value', 'a value that JSON can say', value, caller);
}
