import { Writable } from 'node:stream';
import type { CliIO, TextStream } from '../../lib/cli/io';

/** A stream that keeps its text. */
export class TextSink extends Writable {
  text = '';
  isTTY = false;
  columns = 100;
  rows = 30;

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }

  // What progress bars call on terminals.
  cursorTo(): void {
    this.text += '\r';
  }
  clearLine(): void {
    this.text += '\r';
  }
}

/** A stand-in for the process: its streams, and a Ctrl-C to press. */
export class TestIO implements CliIO {
  readonly stdout = new TextSink() as TextSink & TextStream;
  readonly stderr = new TextSink() as TextSink & TextStream;
  #listener: (() => void) | undefined;

  onInterrupt(listener: () => void): () => void {
    this.#listener = listener;
    return () => (this.#listener = undefined);
  }

  get listening(): boolean {
    return this.#listener !== undefined;
  }

  interrupt(): void {
    this.#listener?.();
  }
}
