// Simulation 5 with few takes and for a short time: what it tells, and what decides.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { speech } from '../../../../benchmarks/experiments/legenstein/speech/speech';
import { column, found, run, valuesOf } from '../running';
import { wavOf } from './wav-file';

jest.mock('node:worker_threads', () => jest.requireActual<object>('../../../typescript-workers'));
jest.setTimeout(120_000);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'tegmenta-speech-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** 100 trials of learning. */
const SHORT = 250_000;
const few = { takes: 2, readouts: 2 };

test('neurons learn: the digit that is rewarded gets more spikes than before', async () => {
  const result = await run(speech, SHORT, { ...few, reward: 3 }, { folder, threads: 2 });
  const values = valuesOf(result);
  const lead = (when: string) => values[`${when}_two`]! - values[`${when}_one`]!;
  expect(lead('after')).toBeGreaterThan(lead('before') + 2);
  expect(values.variance_two).toBeGreaterThan(values.variance_one!);
  expect(values.input_spikes).toBeGreaterThan(95);
  expect(values.baseline_logistic).toBe(1);
  expect(values.rho).toBeGreaterThan(0.8);
  expect(values.rho).toBeLessThan(1.5);
  expect(column(result, 'trials', 'trial')).toHaveLength(2 * (2 + 2 + 10 + 10) + 100);
  expect(result.title).toContain('synthetic digits');
  expect(result.figures.map(({ name }) => name)).toEqual([
    'speech-cochleagram',
    'speech-input',
    'speech-liquid',
    'speech',
    'speech-rasters',
    'speech-potentials',
  ]);
  expect(readdirSync(folder)).toHaveLength(1);
  // With one thread, and the circuit's answers of before.
  const again = await run(speech, SHORT, { ...few, reward: 3 }, { folder });
  expect(found(again)).toEqual(found(result));
  const { note } = again.quantities.find(({ key }) => key === 'liquid_time')!;
  expect(note).toBe('found on disk');
});

test('--published has the published constants, and a smaller ρ', async () => {
  const result = await run(speech, 10_000, { ...few, published: true }, { folder });
  expect(result.title).toContain('dynamic synapses, w_max × 1, A₋/A₊ 1.05, reward × 1');
  const chosen = await run(speech, 10_000, few, { folder });
  expect(valuesOf(result).rho).toBeLessThan(valuesOf(chosen).rho!);
});

test('recordings are heard in place of what is made', async () => {
  for (const digit of [1, 2]) {
    for (const take of [0, 1]) {
      const sound = Array.from({ length: 3200 }, (_, t) =>
        Math.round(8000 * Math.sin((t * digit) / 3) * Math.sin(t / (900 + take))),
      );
      writeFileSync(path.join(folder, `${digit}_theo_${take}.wav`), wavOf(sound));
    }
  }
  const options = { ...few, data: folder, speaker: 'theo' };
  const result = await run(speech, 5000, options);
  expect(result.title).toContain('digits spoken by theo, 2 takes of each');
  await expect(run(speech, 5000, { ...options, speaker: 'lucas' })).rejects.toThrow(
    /has 0 by lucas/,
  );
});

test('interrupted before it is heard, it has no numbers but those of the input', async () => {
  const abort = new AbortController();
  const result = await run(speech, 5000, few, { abort, progress: () => abort.abort() });
  const values = valuesOf(result);
  expect(values).toMatchObject({
    accuracy: NaN,
    rho: NaN,
    baseline_count: NaN,
    liquid_spikes: NaN,
  });
  expect(values.fidelity).toBeGreaterThan(0.5);
  expect(result.figures).toEqual([]);
  expect(column(result, 'trials', 'trial')).toEqual([]);
});
