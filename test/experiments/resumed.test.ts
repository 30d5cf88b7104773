// Runs that are interrupted, saved and resumed find what runs that were never interrupted find.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { experiments } from '../../benchmarks/experiments';
import { Checkpoint } from '../../lib/cli/checkpoint';
import type { ExperimentResult, OptionValue } from '../../lib/cli/experiment';

jest.mock('node:worker_threads', () => jest.requireActual<object>('../typescript-workers'));

/** Times that are short, in ms, and other options than the usual ones. */
const SHORT: Record<string, { time: number; options?: Record<string, OptionValue> }[]> = {
  brunel: [{ time: 40, options: { scale: 0.01, discard: 20 } }],
  'cue-association': [{ time: 1000 }],
  'distal-reward': [
    { time: 4000, options: { part: 'synapse' } },
    { time: 4000, options: { part: 'conditioning' } },
  ],
  'dopamine-pairs': [{ time: 300 }, { time: 300, options: { nestml: true } }],
  'dopamine-timing': [{ time: 200, options: { points: 5 } }],
  'florian-stdp': [{ time: 200 }],
  'florian-xor': [{ time: 4000, options: { networks: 1 } }],
  'legenstein-1': [{ time: 4000 }, { time: 4000, options: { variant: 'differential' } }],
  'legenstein-2': [{ time: 120_000, options: { seeds: 2 } }],
  'legenstein-3': [{ time: 1_080_000, options: { experiments: [1, 5], seeds: 1 } }],
  'legenstein-4': [{ time: 6000, options: { pairs: 2, readouts: 1 } }],
  'legenstein-5': [{ time: 5000, options: { takes: 2, readouts: 9 } }],
  pong: [
    { time: 12_000 },
    { time: 8000, options: { players: ['r', 'dn'], kernels: 'own' } },
    { time: 8000, options: { players: ['d', 'rn'], kernels: 'one' } },
  ],
};

const resumable = experiments.filter((experiment) => experiment.resumable === true);
const cases = resumable.flatMap((experiment) =>
  (SHORT[experiment.name] ?? []).map(({ time, options = {} }) => {
    const declared = Object.entries(experiment.options).map(
      ([name, { default: value }]) => [name, value] as const,
    );
    return { experiment, time, options: { ...Object.fromEntries(declared), ...options } };
  }),
);

/** Without what is measured of the clock. */
function found({ quantities, spikes, tables, parameters }: ExperimentResult): unknown {
  const clock = /time|speed|factor|ns_per|build|bytes/;
  return {
    quantities: quantities
      .filter(({ key }) => !clock.test(key))
      .map(({ key, value }) => [key, value]),
    ...{ parameters, tables, spikes },
  };
}

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tegmenta-resumed-'));
});
afterEach(() => {
  fs.rmSync(folder, { recursive: true });
});

it('all experiments with kernels are tried', () => {
  expect(new Set(cases.map(({ experiment }) => experiment))).toEqual(new Set(resumable));
  const withoutKernel = experiments.filter((each) => each.resumable !== true);
  expect(withoutKernel.map(({ name }) => name)).toEqual(['cart-pole', 'reinforce-bandit']);
});

it.each(
  cases.map((each) => [`${each.experiment.name} ${JSON.stringify(each.time)}`, each] as const),
)(
  '%s',
  async (_, { experiment, time, options }) => {
    const file = path.join(folder, 'state.tg');
    const run = { experiment: experiment.name, time, seed: 7, options };
    /** Interrupted once so much of it is done, in whatever phase. */
    const part = async (stops: number, threads: number): Promise<ExperimentResult> => {
      const abort = new AbortController();
      const { signal } = abort;
      const resumes = fs.existsSync(file);
      const checkpoint = new Checkpoint({ file, every: Infinity, signal, run, resumes });
      let told = 0;
      return experiment.run({
        ...{ time, threads, seed: 7, options, signal, checkpoint },
        progress: (phase) => {
          if (phase !== 'building' && ++told === stops) abort.abort();
        },
      });
    };
    const signal = new AbortController().signal;
    const whole = await experiment.run({
      ...{ time, threads: 1, seed: 7, options, signal, progress: () => undefined },
    });
    await part(2, 1);
    expect(fs.existsSync(file)).toBe(true);
    await part(3, 2);
    await part(1, 1);
    const resumed = await part(Infinity, 1);
    expect(found(resumed)).toEqual(found(whole));
  },
  120_000,
);
