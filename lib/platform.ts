// What the declarations name of the platform. They stand alone: a user may have Node's types, the
// DOM's, both or neither, and those that are there count.

// eslint-disable-next-line @typescript-eslint/ban-ts-comment -- where Node's types are, there is nothing to expect
/** @ts-ignore: where there are no types of Node, it is any. */
import type { ReadableStream as NodeStream } from 'node:stream/web';

declare global {
  interface SymbolConstructor {
    readonly dispose: unique symbol;
    readonly asyncDispose: unique symbol;
  }

  interface Disposable {
    [Symbol.dispose](): void;
  }

  interface AsyncDisposable {
    [Symbol.asyncDispose](): PromiseLike<void>;
  }

  // eslint-disable-next-line @typescript-eslint/no-empty-object-type, @typescript-eslint/no-unused-vars -- it is one with the platform's
  interface ReadableStream<R> {}
}

/** What is known of a type that may be any; in a list, as its name is unknown then, and spreads. */
type Known<T> = [unknown] extends [T] ? unknown : T;

/** What reads a stream of bytes. */
interface ByteReader {
  /** The next bytes; waits for them. */
  read(): Promise<
    { done: false; value: Uint8Array } | { done: true; value?: Uint8Array | undefined }
  >;
  /** Ends the stream. */
  cancel(reason?: unknown): Promise<void>;
  /** Lets others read. */
  releaseLock(): void;
}

/** What a stream of bytes has, whatever types of the platform there are. */
interface Bytes extends AsyncIterable<Uint8Array> {
  /** Whether something reads it. */
  readonly locked: boolean;
  /** Ends the stream. */
  cancel(reason?: unknown): Promise<void>;
  /** What reads it, alone. */
  getReader(): ByteReader;
}

/**
 * A web ReadableStream of bytes: for a user's compiler that of Node and of the DOM where it has
 * their types, and in any case one that can be read.
 */
export type ByteStream = Known<NodeStream<Uint8Array>> & ReadableStream<Uint8Array> & Bytes;
