import type { RecorderEvents } from './event-types';

// The formats of the files that recorders write.

/** Bytes of a file, and where they lie in it. */
export interface FilePiece {
  readonly at: number;
  readonly bytes: Uint8Array;
}

/** What a format is told about the recorder. */
export interface Recorded {
  readonly model: string;
  /** Digits behind the point, in texts. */
  readonly precision: number;
}

export interface RecordingFormat {
  /** The first bytes of a file, of the columns that `none` has. */
  head(none: RecorderEvents, recorded: Recorded): Uint8Array;
  /** What is written to add events to a file of that many bytes, in this order. */
  pieces(events: RecorderEvents, size: number, recorded: Recorded): Iterable<FilePiece>;
  /** The head of a file that was cut to that many bytes, from what it began with before. */
  mended?(start: Buffer, size: number): Uint8Array;
}

/** Names of the formats of files. */
export const formatNames = ['ascii', 'npy', 'arrow'] as const;
export type FormatName = (typeof formatNames)[number];
