import type { Frame } from './frames';
import type { StreamDescription } from './protocol';

/** What one viewer still has to get of one stream: a position, never a queue. @internal */
export interface Feed {
  /** The frame that brings the viewer up to date; undefined when it is. */
  next(): Frame | undefined;
}

/** What a stream knows of the collection that it belongs to. @internal */
export interface Place {
  readonly id: number;
  readonly name: string;
  /** Tells those who serve the streams that there is something new. */
  changed(): void;
  watched(): boolean;
}

/** A named stream of a simulation. */
export abstract class Stream {
  /** @internal */
  abstract readonly description: StreamDescription;
  /** Its name among the streams. */
  readonly name: string;
  readonly #place: Place;

  /** @internal */
  constructor(place: Place) {
    this.name = place.name;
    this.#place = place;
  }

  /** Whether anyone looks: what is dear to work out may be left out while nobody does. */
  get watched(): boolean {
    return this.#place.watched();
  }

  /** The stream for one more viewer. @internal */
  abstract feed(): Feed;

  /** @internal */
  protected announce(): void {
    this.#place.changed();
  }
}

/** Sends the latest frame of a stream, once. @internal */
export function latestOnly(version: () => number, frame: () => Frame): Feed {
  let sent = 0;
  return {
    next: () => {
      if (sent === version()) return undefined;
      sent = version();
      return frame();
    },
  };
}
