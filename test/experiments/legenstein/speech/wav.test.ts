// Recordings in WAV files: what is read of them, and what is refused.
import { BadParameterValue } from '../../../../lib';
import { parseWav } from '../../../../benchmarks/experiments/legenstein/speech/wav';
import { chunk, file, formChunk, samplesChunk, text } from './wav-file';

test('samples of 16 bits are parts of full scale', () => {
  const bytes = file(formChunk({ rate: 16000 }), samplesChunk([0, 16384, -32768, 32767]));
  expect(parseWav(bytes, 'a.wav')).toEqual({
    rate: 16000,
    samples: Float64Array.of(0, 0.5, -1, 32767 / 32768),
  });
});

test('channels are averaged', () => {
  const bytes = file(formChunk({ channels: 2 }), samplesChunk([1000, 3000, -500, 500]));
  expect([...parseWav(bytes, 'a.wav').samples]).toEqual([2000 / 32768, 0]);
});

test('other chunks are passed over, of odd lengths, too', () => {
  const bytes = file(chunk('LIST', [1, 2, 3]), formChunk(), samplesChunk([5]), chunk('id3 ', [9]));
  expect([...parseWav(bytes, 'a.wav').samples]).toEqual([5 / 32768]);
});

test('a view into larger memory is read where it lies', () => {
  const bytes = file(formChunk(), samplesChunk([5, 6]));
  const larger = new Uint8Array(bytes.length + 7);
  larger.set(bytes, 3);
  const view = larger.subarray(3, 3 + bytes.length);
  expect(parseWav(view, 'a.wav')).toEqual(parseWav(bytes, 'a.wav'));
});

test('what is left of a file that was cut off is read', () => {
  const bytes = file(formChunk(), samplesChunk([5, 6, 7]));
  expect([...parseWav(bytes.subarray(0, bytes.length - 3), 'a.wav').samples]).toEqual([5 / 32768]);
});

describe('refused', () => {
  test.each<[string, Uint8Array, RegExp]>([
    ['nothing', Uint8Array.of(), /^a\.wav is no WAV file/],
    ['text', Uint8Array.from(text('RIFFxxxxWAFE and more of it')), /is no WAV file/],
    ['no form', file(samplesChunk([1])), /is no WAV file/],
    ['a short form', file(chunk('fmt ', [1, 0]), samplesChunk([1])), /is no WAV file/],
    ['no samples', file(formChunk(), samplesChunk([])), /holds no sound/],
    ['compressed', file(formChunk({ coding: 7 }), samplesChunk([1])), /16 bits in coding 7/],
    ['8 bits', file(formChunk({ bits: 8 }), samplesChunk([1])), /samples of 8 bits/],
    ['no channels', file(formChunk({ channels: 0 }), samplesChunk([1])), /0 channels/],
    ['no rate', file(formChunk({ rate: 0 }), samplesChunk([1])), /at 0 Hz/],
  ])('%s', (_, bytes, message) => {
    expect(() => parseWav(bytes, 'a.wav')).toThrow(message);
    expect(() => parseWav(bytes, 'a.wav')).toThrow(BadParameterValue);
  });
});
