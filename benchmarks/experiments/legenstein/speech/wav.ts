// Recordings in WAV files: RIFF, uncompressed, 16 bits a sample (Microsoft's Multimedia Programming
// Interface and Data Specifications 1.0, 1991).
import { BadParameterValue } from '../../../../lib';

/** One channel of sound. */
export interface Recording {
  /** Samples a second. */
  readonly rate: number;
  /** −1 … 1 */
  readonly samples: Float64Array;
}

const TAG = 4;
const CHUNK_HEADER = 8;
const RIFF_HEADER = 12;
const PCM = 1;
const BYTES = 2;
const FULL_SCALE = 2 ** 15;

/** What a file says of the form of its samples. */
interface Format {
  readonly coding: number;
  readonly channels: number;
  readonly rate: number;
  readonly bits: number;
}

function formatOf(view: DataView): Format {
  return {
    coding: view.getUint16(0, true),
    channels: view.getUint16(2, true),
    rate: view.getUint32(4, true),
    bits: view.getUint16(14, true),
  };
}

/** Chunks by their tags; the first of each. */
function chunksOf(bytes: Uint8Array): Map<string, DataView> {
  const chunks = new Map<string, DataView>();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tag = (at: number): string => String.fromCharCode(...bytes.subarray(at, at + TAG));
  if (bytes.length < RIFF_HEADER || tag(0) !== 'RIFF' || tag(2 * TAG) !== 'WAVE') return chunks;
  for (let at = RIFF_HEADER; at + CHUNK_HEADER <= bytes.length;) {
    const said = view.getUint32(at + TAG, true);
    const begin = at + CHUNK_HEADER;
    // A file that was cut off holds less than it says.
    const length = Math.min(said, bytes.length - begin);
    const name = tag(at);
    if (!chunks.has(name)) {
      chunks.set(name, new DataView(bytes.buffer, bytes.byteOffset + begin, length));
    }
    at = begin + said + (said % 2);
  }
  return chunks;
}

/**
 * The sound in a file; the mean of its channels.
 * @param file for the error
 * @throws BadParameterValue for what is no WAV file, or holds no samples of 16 bits.
 */
export function parseWav(bytes: Uint8Array, file: string): Recording {
  const refuse = (what: string): BadParameterValue =>
    new BadParameterValue(`${file} ${what}`, {
      ...{ parameter: 'data', value: file, allowed: 'WAV files, uncompressed, 16 bits a sample' },
    });
  const chunks = chunksOf(bytes);
  const form = chunks.get('fmt ');
  const data = chunks.get('data');
  if (!form || form.byteLength < 16 || !data) throw refuse('is no WAV file.');
  const { coding, channels, rate, bits } = formatOf(form);
  if (coding !== PCM || bits !== 8 * BYTES || channels < 1 || rate < 1) {
    throw refuse(
      `holds samples of ${bits} bits in coding ${coding}, ${channels} channels at ${rate} Hz; uncompressed ones (coding ${PCM}) of ${8 * BYTES} bits can be read.`,
    );
  }
  const frame = BYTES * channels;
  const samples = new Float64Array(Math.floor(data.byteLength / frame));
  if (samples.length === 0) throw refuse('holds no sound.');
  for (let i = 0; i < samples.length; i++) {
    let sum = 0;
    for (let k = 0; k < channels; k++) sum += data.getInt16(i * frame + k * BYTES, true);
    samples[i] = sum / channels / FULL_SCALE;
  }
  return { rate, samples };
}
