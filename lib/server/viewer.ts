import { TegmentaError } from '../errors';
import { Control } from './control';
import type { Frame } from './frames';
import type { ServerMessage } from './protocol';
import type { Feed, Stream } from './stream';
import type { Streams } from './streams';

/** What a viewer needs of its connection. */
export interface ViewerSocket {
  /** Bytes that were sent and that the network has not taken yet. */
  readonly bufferedAmount: number;
  send(frame: Frame): void;
}

/** What the page is told besides the streams. */
export interface About {
  readonly title: string;
  readonly description: string;
}

/** Bytes waiting in a connection from which on it gets nothing more until it has taken them. */
const mostBuffered = 2 ** 16;
/** Characters of a message from a viewer: a name, a value and what JSON needs around them. */
const longestMessage = 1024;

/** One viewer of streams: a position in each of them, and nothing that grows. */
export class Viewer {
  readonly #feeds: Feed[] = [];
  /** Stream that is first in turn, so that a large one does not keep others from a slow viewer. */
  #turn = 0;

  constructor(
    private readonly socket: ViewerSocket,
    private readonly streams: Streams,
    private readonly about: About,
  ) {}

  /**
   * Sends what is new, as far as the connection takes it.
   * @returns whether it took all
   */
  flush(): boolean {
    if (this.#busy) return false;
    if (this.#feeds.length < this.streams.size || this.streams.size === 0) this.#announce();
    const count = this.#feeds.length;
    for (let i = 0; i < count; i++) {
      const turn = (this.#turn + i) % count;
      const frame = this.#feeds[turn]!.next();
      if (frame === undefined) continue;
      this.socket.send(frame);
      if (!this.#busy) continue;
      this.#turn = turn + 1;
      return false;
    }
    return true;
  }

  /** Does what a message asks for, or answers why not. */
  receive(message: string | undefined): void {
    try {
      this.#obey(message);
    } catch (error) {
      if (!(error instanceof TegmentaError || error instanceof SyntaxError)) throw error;
      this.#refuse(error.message);
    }
  }

  #obey(message: string | undefined): void {
    if (message === undefined) throw new SyntaxError('A message must be text.');
    if (message.length > longestMessage) {
      throw new SyntaxError(`A message has at most ${longestMessage} characters.`);
    }
    const { type, name, value } = (JSON.parse(message) ?? {}) as Record<string, unknown>;
    if (type !== 'control') throw new SyntaxError("The type of a message must be 'control'.");
    const control = typeof name === 'string' ? this.streams.find(name) : undefined;
    if (!(control instanceof Control)) throw new SyntaxError('There is no control of that name.');
    control.accept(value);
  }

  /** Not to a viewer that does not read: whoever sends nonsense without end gets no memory for it. */
  #refuse(message: string): void {
    if (!this.#busy) this.#send({ type: 'error', message });
  }

  #announce(): void {
    const streams = this.streams.all;
    const descriptions = streams.map(({ description }) => description);
    this.#send({ type: 'streams', ...this.about, streams: descriptions });
    const added: readonly Stream[] = streams.slice(this.#feeds.length);
    this.#feeds.push(...added.map((stream) => stream.feed()));
  }

  #send(message: ServerMessage): void {
    this.socket.send(JSON.stringify(message));
  }

  get #busy(): boolean {
    return this.socket.bufferedAmount > mostBuffered;
  }
}
