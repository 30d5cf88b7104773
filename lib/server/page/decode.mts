import type { FrameKinds } from '../protocol.js';

// Binary frames as ../protocol.ts describes them.

/** Spikes or samples that are new. */
export interface EventsFrame {
  readonly kind: 'spikes' | 'trace';
  readonly id: number;
  readonly anew: boolean;
  readonly skipped: number;
  readonly now: number;
  readonly base: number;
  /** Relative to `base`. */
  readonly times: Float32Array;
  /** A row a spike, or the values of all lines a time. */
  readonly values: Uint16Array | Float32Array;
}

export interface MatrixFrame {
  readonly kind: 'matrix';
  readonly id: number;
  readonly elements: Float32Array;
}

export interface PointsFrame {
  readonly kind: 'scalar';
  readonly id: number;
  /** Index of the first point; those held from there on are replaced. */
  readonly from: number;
  readonly base: number;
  /** Relative to `base`. */
  readonly x: Float32Array;
  readonly y: Float32Array;
}

export type StreamFrame = EventsFrame | MatrixFrame | PointsFrame;

const kinds: FrameKinds = { spikes: 1, matrix: 2, scalar: 3, trace: 4 };
const headerBytes = 32;

/** A frame's numbers, as views into it; undefined for a kind that this page does not know. */
export function decode(buffer: ArrayBuffer): StreamFrame | undefined {
  const view = new DataView(buffer);
  const kind = view.getUint8(0);
  const id = view.getUint16(2, true);
  const count = view.getUint32(4, true);
  const index = view.getUint32(8, true);
  const base = view.getFloat64(16, true);
  if (kind === kinds.matrix) {
    return { kind: 'matrix', id, elements: new Float32Array(buffer, headerBytes, count) };
  }
  const first = new Float32Array(buffer, headerBytes, count);
  const rest = headerBytes + 4 * count;
  if (kind === kinds.scalar) {
    const y = new Float32Array(buffer, rest, count);
    return { kind: 'scalar', id, from: index, base, x: first, y };
  }
  const events = { id, anew: view.getUint8(1) === 1, skipped: index, base, times: first };
  const now = view.getFloat64(24, true);
  if (kind === kinds.spikes) {
    return { ...events, kind: 'spikes', now, values: new Uint16Array(buffer, rest, count) };
  }
  if (kind === kinds.trace) {
    return { ...events, kind: 'trace', now, values: new Float32Array(buffer, rest) };
  }
  return undefined;
}
