import type { FrameKinds } from './protocol';

// Binary frames as protocol.ts describes them.

/** A message as a socket sends it. */
export type Frame = Uint8Array | string;

const kinds: FrameKinds = { spikes: 1, matrix: 2, scalar: 3, trace: 4 };
const headerBytes = 32;

interface Header {
  readonly kind: keyof FrameKinds;
  readonly id: number;
  readonly count: number;
  readonly anew?: boolean;
  /** First point of a scalar, or number of events left out. */
  readonly index?: number;
  readonly base?: number;
  readonly now?: number;
}

/** A frame with its header, and zeros where its numbers belong. */
export function makeFrame(header: Header, bodyBytes: number): Uint8Array {
  const frame = new Uint8Array(headerBytes + bodyBytes);
  const view = new DataView(frame.buffer);
  view.setUint8(0, kinds[header.kind]);
  view.setUint8(1, header.anew === true ? 1 : 0);
  view.setUint16(2, header.id, true);
  view.setUint32(4, header.count, true);
  view.setUint32(8, Math.min(header.index ?? 0, 2 ** 32 - 1), true);
  view.setFloat64(16, header.base ?? 0, true);
  view.setFloat64(24, header.now ?? 0, true);
  return frame;
}

/** `count` numbers of 32 bits in the body of a frame, from a byte of the body on. */
export function floatsOf(frame: Uint8Array, offset: number, count: number): Float32Array {
  return new Float32Array(frame.buffer, headerBytes + offset, count);
}
