// Simulations 1 and 3 for a short time: what they find, whatever the threads, and when interrupted.
import { biofeedback } from '../../../benchmarks/experiments/legenstein/biofeedback';
import { drift } from '../../../benchmarks/experiments/legenstein/drift';
import { Checkpoint } from '../../../lib/cli/checkpoint';
import type { ExperimentResult } from '../../../lib/cli/experiment';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { column, found, run, valuesOf } from './running';

jest.setTimeout(120_000);

describe('legenstein-3', () => {
  /** A quarter of the published durations, ms. */
  const QUARTER = drift.defaultTime / 4;
  const fifth = { experiments: [5], seeds: 2 };

  test('weights drift as they are predicted to, with one thread or two', async () => {
    const result = await run(drift, QUARTER, fifth);
    const values = valuesOf(result);
    expect(values.predicted_weak_5).toBeCloseTo(-0.617 / 4, 3);
    expect(values).toMatchObject({ signs_right: 2, large_met: 2 });
    expect(values.change_weak_5).toBeLessThan(values.change_strong_5!);
    expect(column(result, 'changes', 'seed')).toEqual([55, 56]);
    expect(column(result, 'courses', 'time_h')).toHaveLength(2 * 21);
    expect(result.figures).toHaveLength(1);
    expect(found(await run(drift, QUARTER, fifth, { threads: 2 }))).toEqual(found(result));
  });

  test('weights do not drift where they do not learn', async () => {
    const result = await run(drift, QUARTER / 100, { ...fifth, eta: 0 });
    expect(valuesOf(result)).toMatchObject({ change_weak_5: 0, change_strong_5: 0 });
  });

  test('an interrupted run has no changes, but courses', async () => {
    const abort = new AbortController();
    const result = await run(drift, QUARTER, fifth, {
      abort,
      progress: (phase) => {
        if (phase === 'simulating') abort.abort();
      },
    });
    expect(valuesOf(result)).toMatchObject({ change_weak_5: NaN, signs_right: NaN });
    expect(result.quantities.find(({ key }) => key === 'large_met')?.note).toBe(
      'no run is complete',
    );
    expect(column(result, 'courses', 'time_h').length).toBeLessThan(10);
    expect(result.figures).toEqual([]);
  });
});

describe('legenstein-1', () => {
  const SHORT = 3000;

  test('weights change from 1.5 s on, with one thread or two', async () => {
    const result = await run(biofeedback, SHORT, {});
    const times = column(result, 'weights', 'time_ms');
    const spread = column(result, 'weights', 'sd');
    expect(times).toEqual([0, 500, 1000, 1500, 2000, 2500, 3000]);
    expect(spread.slice(0, 4)).toEqual([0, 0, 0, 0]);
    expect(Math.min(...spread.slice(4))).toBeGreaterThan(0);
    expect(column(result, 'weights', 'mean').slice(0, 4)).toEqual([0.5, 0.5, 0.5, 0.5]);
    expect(result.spikes.times.length).toBeGreaterThan(100);
    expect(found(await run(biofeedback, SHORT, {}, { threads: 2 }))).toEqual(found(result));
  });

  test('is another network as intended, and with another reward other weights', async () => {
    const spikes = async (options: object) => (await run(biofeedback, SHORT, options)).spikes;
    const [coded, intended, large] = [
      await run(biofeedback, SHORT, {}),
      await spikes({ coding: 'intended' }),
      await run(biofeedback, SHORT, { reward: 'e' }),
    ];
    expect(intended.times).not.toEqual(coded.spikes.times);
    expect(large.parameters.reinforced_1).toBe(coded.parameters.reinforced_1);
    // No weight has reached a bound, and the spikes of so short a time are the same: e times as far.
    const sd = (result: ExperimentResult) => column(result, 'weights', 'sd')[4]!;
    expect(sd(large) / sd(coded)).toBeCloseTo(Math.E, 1);
  });

  test.each(['choosing a neuron', 'building'])(
    'goes on where it was interrupted while %s',
    async (when) => {
      const folder = mkdtempSync(path.join(os.tmpdir(), 'tegmenta-legenstein-'));
      try {
        const file = path.join(folder, 'state.tg');
        const options = { variant: 'differential' };
        const named = { experiment: biofeedback.name, time: SHORT, seed: 55, options };
        const abort = new AbortController();
        const saving = (signal: AbortSignal, resumes: boolean) =>
          new Checkpoint({ file, every: Infinity, signal, run: named, resumes });
        let built = 0;
        const part = await run(biofeedback, SHORT, options, {
          ...{ abort, checkpoint: saving(abort.signal, false) },
          progress: (phase) => {
            if (phase === 'building') built++;
            // The second network is the one that is rewarded.
            if (phase === when && (when !== 'building' || built === 2)) abort.abort();
          },
        });
        expect(part.figures).toEqual([]);
        const { signal } = new AbortController();
        const rest = await run(biofeedback, SHORT, options, { checkpoint: saving(signal, true) });
        expect(found(rest)).toEqual(found(await run(biofeedback, SHORT, options)));
        expect(column(rest, 'weights', 'reinforced_2')).toHaveLength(7);
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  );
});
