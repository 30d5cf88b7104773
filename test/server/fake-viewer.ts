import type { Streams } from '../../lib/server';
import type { Frame } from '../../lib/server/frames';
import type { ServerMessage } from '../../lib/server/protocol';
import { Viewer } from '../../lib/server/viewer';

/** A binary frame, read as lib/server/protocol.ts describes it. */
export interface DecodedFrame {
  readonly kind: 'spikes' | 'matrix' | 'scalar' | 'trace';
  readonly anew: boolean;
  readonly id: number;
  readonly count: number;
  readonly index: number;
  readonly now: number;
  /** Times or abscissae, base added; elements of a matrix. */
  readonly first: readonly number[];
  readonly rest: readonly number[];
}

export function decodeFrame(bytes: Uint8Array): DecodedFrame {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kind = (['spikes', 'matrix', 'scalar', 'trace'] as const)[view.getUint8(0) - 1]!;
  const count = view.getUint32(4, true);
  const base = view.getFloat64(16, true);
  const first = Array.from({ length: count }, (_, i) => base + view.getFloat32(32 + 4 * i, true));
  const rest: number[] = [];
  const size = kind === 'spikes' ? 2 : 4;
  for (let at = 32 + 4 * count; at < bytes.byteLength; at += size) {
    rest.push(kind === 'spikes' ? view.getUint16(at, true) : view.getFloat32(at, true));
  }
  return {
    ...{ kind, anew: view.getUint8(1) === 1, id: view.getUint16(2, true), count, first, rest },
    ...{ index: view.getUint32(8, true), now: view.getFloat64(24, true) },
  };
}

/** A viewer whose connection takes what the test says. */
export class FakeViewer {
  /** Bytes that the connection has not taken; what is sent adds up if `reads` is false. */
  bufferedAmount = 0;
  reads = true;
  readonly sent: Frame[] = [];
  readonly #viewer: Viewer;

  constructor(streams: Streams) {
    this.#viewer = new Viewer(this, streams, { title: 'title', description: '' });
  }

  send(frame: Frame): void {
    this.sent.push(frame);
    if (!this.reads) this.bufferedAmount += frame.length;
  }

  flush(): boolean {
    return this.#viewer.flush();
  }

  receive(message: string | undefined): void {
    this.#viewer.receive(message);
  }

  /** What is new, taken from those sent: numbers. */
  frames(): DecodedFrame[] {
    this.flush();
    const frames = this.sent.filter((frame) => typeof frame !== 'string').map(decodeFrame);
    this.sent.length = 0;
    return frames;
  }

  /** What is new, taken from those sent: messages. */
  messages(): ServerMessage[] {
    this.flush();
    const texts = this.sent.filter((frame) => typeof frame === 'string');
    this.sent.length = 0;
    return texts.map((text) => JSON.parse(text) as ServerMessage);
  }

  /** The value that it was told last, by the id of the stream. */
  values(): Map<number, unknown> {
    const told = new Map<number, unknown>();
    for (const message of this.messages()) {
      if (message.type === 'value') told.set(message.id, message.value);
    }
    return told;
  }
}
