// Recordings in a folder: which are taken, and what is refused.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  firstOf,
  recordedCorpus,
  syntheticCorpus,
} from '../../../../benchmarks/experiments/legenstein/speech/recordings';
import { BadParameterValue } from '../../../../lib';
import { wavOf } from './wav-file';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'tegmenta-recordings-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const sound = Array.from({ length: 800 }, (_, t) => Math.round(9000 * Math.sin(t / 4)));
const record = (...names: string[]): void => {
  for (const name of names) writeFileSync(path.join(folder, `${name}.wav`), wavOf(sound));
};

test('takes of both digits by a speaker, as many as there are of both', async () => {
  record('1_theo_0', '1_theo_1', '1_theo_2', '2_theo_0', '2_theo_1', '2_theo_3');
  record('1_jackson_0', '3_theo_0', 'theo');
  const { takes, count, name } = await recordedCorpus(folder, 'theo');
  expect(count).toBe(2);
  expect(name).toContain('theo');
  expect(takes.map(({ digit, take }) => [digit, take])).toEqual([
    [1, 0],
    [1, 1],
    [2, 0],
    [2, 1],
  ]);
  expect(takes[0]!.activity).toHaveLength(20);
  // 0.1 s
  expect(takes[0]!.activity[0]).toHaveLength(100);
});

describe('refused', () => {
  const refused = (speaker = 'theo') =>
    recordedCorpus(folder, speaker).then(
      () => undefined,
      (error: unknown) => error as Error,
    );

  test('no folder', async () => {
    const error = await recordedCorpus(path.join(folder, 'none'), 'theo').catch(
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(BadParameterValue);
    expect((error as Error).message).toMatch(/^data must be a folder .* cannot be read\.$/);
  });

  test('too few takes; and it says who is there', async () => {
    record('1_theo_0', '2_theo_0', '1_lucas_0');
    expect((await refused())!.message).toMatch(/has 1 by theo; there are .* of lucas, theo\.$/);
    expect((await refused('jackson'))!.message).toContain('has 0 by jackson');
  });

  test('nobody', async () => {
    expect((await refused())!.message).toContain('recordings of nobody');
  });

  test('a file that is no recording', async () => {
    record('1_theo_0', '1_theo_1', '2_theo_0');
    writeFileSync(path.join(folder, '2_theo_1.wav'), 'words');
    expect(await refused()).toBeInstanceOf(BadParameterValue);
    expect((await refused())!.message).toMatch(/2_theo_1\.wav is no WAV file/);
  });
});

test.each([
  [2.5, 8000, /lasts 2500 ms at 8000 Hz/],
  [0.1, 1000, /lasts 100 ms at 1000 Hz; .* often enough for 20 channels/],
])('refused: %d s at %d Hz', async (time, rate, message) => {
  record('1_theo_0', '1_theo_1', '2_theo_0', '2_theo_1');
  const long = Array.from({ length: time * rate }, (_, t) => t % 100);
  writeFileSync(path.join(folder, '2_theo_0.wav'), wavOf(long, rate));
  await expect(recordedCorpus(folder, 'theo')).rejects.toThrow(message);
});

test('digits that are made are there for any number of takes, and the first of them', () => {
  const all = syntheticCorpus(6);
  expect(all.takes).toHaveLength(12);
  expect(firstOf(all, 2)).toMatchObject({ count: 2, takes: syntheticCorpus(2).takes });
  expect(firstOf(all, 20)).toEqual(all);
});
