// WAV files as bytes, well formed and not.

export const text = (words: string): number[] =>
  Array.from(words, (letter) => letter.charCodeAt(0));
export const little = (value: number, bytes: number): number[] =>
  Array.from({ length: bytes }, (_, i) => (value >> (8 * i)) & 0xff);
export const chunk = (tag: string, content: readonly number[]): number[] => [
  ...text(tag),
  ...little(content.length, 4),
  ...content,
  ...(content.length % 2 === 1 ? [0] : []),
];

export interface Form {
  readonly coding?: number;
  readonly channels?: number;
  readonly rate?: number;
  readonly bits?: number;
}

export function formChunk({
  coding = 1,
  channels = 1,
  rate = 8000,
  bits = 16,
}: Form = {}): number[] {
  const frame = (channels * bits) / 8;
  const fields = [...little(coding, 2), ...little(channels, 2), ...little(rate, 4)];
  const sizes = [...little(rate * frame, 4), ...little(frame, 2), ...little(bits, 2)];
  return chunk('fmt ', [...fields, ...sizes]);
}

export const samplesChunk = (samples: readonly number[]): number[] =>
  chunk(
    'data',
    samples.flatMap((sample) => little(sample, 2)),
  );

export const file = (...chunks: readonly number[][]): Uint8Array => {
  const body = [...text('WAVE'), ...chunks.flat()];
  return Uint8Array.from([...text('RIFF'), ...little(body.length, 4), ...body]);
};

/** A file of such samples. */
export const wavOf = (samples: readonly number[], rate = 8000): Uint8Array =>
  file(formChunk({ rate }), samplesChunk(samples));
