// The recordings of a speaker in a folder of the Free Spoken Digit Dataset, or digits that are made.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { BadParameterValue } from '../../../../lib';
import { channelsOf } from './lyon';
import { SPEECH } from './speech-parameters';
import { syntheticTakes } from './synthetic';
import { type Heard, heard, INPUTS, SPOKEN } from './utterances';
import { parseWav, type Recording } from './wav';

/** Those of the dataset. */
export const SPEAKERS = ['george', 'jackson', 'lucas', 'nicolas', 'theo', 'yweweler'] as const;

/** Digits as they are heard, and where they are from. */
export interface Corpus {
  readonly name: string;
  readonly takes: readonly Heard[];
  /** Of each digit. */
  readonly count: number;
}

/** Digits that nobody has spoken. */
export const syntheticCorpus = (count: number): Corpus => ({
  ...{ name: 'synthetic digits', count },
  takes: SPOKEN.flatMap((digit) =>
    syntheticTakes(digit, count).map((activity, take) => ({ digit, take, activity })),
  ),
});

/** File names of the dataset: digit, speaker, take. */
const NAME = /^(\d)_([a-z]+)_(\d+)\.wav$/;

const refuse = (folder: string, why: string): BadParameterValue => {
  const allowed = 'a folder with takes 0, 1, … of the digits 1 and 2 by the speaker, two or more';
  return new BadParameterValue(`data must be ${allowed}: ${folder} ${why}.`, {
    ...{ parameter: 'data', value: folder, allowed },
  });
};

/** ms: what is heard later would belong to the next trial. */
const LONGEST = SPEECH.trial - SPEECH.onset;

/** @throws BadParameterValue for what a circuit cannot hear. */
async function recordingIn(file: string): Promise<Recording> {
  const recording = parseWav(await readFile(file), file);
  const { rate, samples } = recording;
  const time = (1000 * samples.length) / rate;
  const allowed = `recordings of up to ${LONGEST} ms, sampled often enough for ${INPUTS} channels`;
  if (time <= LONGEST && channelsOf(rate).length >= INPUTS) return recording;
  throw new BadParameterValue(
    `${file} lasts ${time.toFixed(0)} ms at ${rate} Hz; what can be heard are ${allowed}.`,
    { parameter: 'data', value: file, allowed },
  );
}

/** Files of takes 0, 1, … of both digits that a speaker has in a folder, as many as of both. */
async function filesOf(folder: string, speaker: string): Promise<string[][]> {
  const files = await readdir(folder).catch(() => {
    throw refuse(folder, 'cannot be read');
  });
  const named = files.flatMap((file) => {
    const [, digit, who, take] = NAME.exec(file) ?? [];
    return digit === undefined ? [] : [{ file, digit: Number(digit), who, take: Number(take) }];
  });
  const fileOf = (wanted: number, k: number): string | undefined =>
    named.find(({ digit, who, take }) => digit === wanted && who === speaker && take === k)?.file;
  let count = 0;
  while (SPOKEN.every((digit) => fileOf(digit, count) !== undefined)) count++;
  if (count < 2) {
    const speakers = [...new Set(named.map(({ who }) => who))].sort().join(', ') || 'nobody';
    throw refuse(folder, `has ${count} by ${speaker}; there are recordings of ${speakers}`);
  }
  return SPOKEN.map((digit) => Array.from({ length: count }, (_, take) => fileOf(digit, take)!));
}

/**
 * The digits one and two as a speaker said them.
 * @throws BadParameterValue where there are less than two takes of either, or a file is no recording.
 */
export async function recordedCorpus(folder: string, speaker: string): Promise<Corpus> {
  const files = await filesOf(folder, speaker);
  const takes = await Promise.all(
    files.flatMap((own, i) =>
      own.map(async (name, take) => {
        const file = path.join(folder, name);
        return heard(SPOKEN[i]!, take, await recordingIn(file));
      }),
    ),
  );
  return { name: `digits spoken by ${speaker}`, takes, count: files[0]!.length };
}

/** The first takes of each digit only. */
export const firstOf = ({ name, takes, count }: Corpus, most: number): Corpus => ({
  ...{ name, count: Math.min(count, most) },
  takes: takes.filter(({ take }) => take < most),
});
