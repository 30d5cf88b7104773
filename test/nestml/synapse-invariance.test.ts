// Synapses of texts give the same bits whatever the threads, the instruction set, the splitting of a
// run, or who looks at them in between; they are saved, loaded where there is no text, and begun anew.
import { createHash } from 'node:crypto';
import { Kernel, type KernelSettings } from '../../lib';
import { native } from '../../lib/native';
import { Draws } from '../fuzz/draws';
import type { Numbers, Sent } from './synapse-oracle';
import type { Plan, Stop } from './synapse-plan';
import { randomPlan } from './synapse-plans';
import { kernelOf, type Outcome, Protocol } from './synapse-protocols';
import { noisy, rules, type TriedModel } from './synapse-rules';

const seeds = [1, 2];

/** A hash of all bits: of what is read at the end, and of all that was sent in between. */
function digestOf({ reads, sent, posts }: Outcome): string {
  const hash = createHash('sha256');
  const add = (values: readonly number[]): void => {
    hash.update(new Uint8Array(Float64Array.from(values).buffer));
  };
  for (const numbers of reads.at(-1)!) {
    for (const [name, value] of Object.entries(numbers)) {
      hash.update(name);
      add([value]);
    }
  }
  for (const [pair, all] of [...sent].sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(pair);
    add(all.flatMap(({ step, weight }: Sent) => [step, weight]));
  }
  for (const all of posts) add(all.flatMap(({ step, seen }) => [step, seen]));
  return hash.digest('hex');
}

/** More stops where nothing is set. */
function cut(plan: Plan, draws: Draws, isRead: boolean): Stop[] {
  const end = plan.stops.at(-1)!.step;
  const taken = new Set(plan.stops.map(({ step }) => step));
  const more = new Set(draws.list(40, () => 1 + draws.below(end - 1)));
  const added = [...more].filter((step) => !taken.has(step)).map((step) => ({ step, isRead }));
  return [...plan.stops, ...added].sort((a, b) => a.step - b.step);
}

const models: readonly TriedModel[] = [...rules, noisy];

describe.each(models.map((model) => [model.name, model] as const))('%s', (_, model) => {
  let kernel: Kernel;
  beforeAll(async () => {
    kernel = await kernelOf(model);
  });
  afterAll(() => kernel.dispose());

  function made(plan: Plan, settings: KernelSettings = {}): Protocol {
    kernel.ResetKernel();
    kernel.SetKernelStatus({ rng_seed: 5, ...settings });
    return Protocol.make(kernel, model, plan);
  }

  describe.each(seeds)('protocol %d', (seed) => {
    const plan = randomPlan(model, new Draws(seed));
    let expected: string;
    beforeAll(() => {
      expected = digestOf(made(plan).run());
    });

    // Levels that this processor lacks cannot be tested here.
    test('on all levels and threads', () => {
      const levels = native.simdLevels.map((simd_level, i) => ({ simd_level, threads: 1 + i }));
      for (const { threads, ...settings } of [...levels, { threads: 1 }, { threads: 3 }]) {
        const outcome = made({ ...plan, threads }, settings).run();
        expect([settings, threads, digestOf(outcome)]).toEqual([settings, threads, expected]);
      }
    });

    test.each([false, true])('in pieces, read in between: %s', (isRead) => {
      const stops = cut(plan, new Draws(-seed), isRead);
      expect(digestOf(made(plan).run(stops))).toBe(expected);
    });

    test('goes on where it was saved, in a kernel without its text', () => {
      const stops = cut(plan, new Draws(seed + 100), false);
      const half = Math.floor(stops.length / 2);
      const protocol = made(plan);
      protocol.run(stops.slice(0, half));
      const other = new Kernel();
      other.LoadStateSync(kernel.SaveStateSync());
      const moved = protocol.in(other);
      expect(digestOf(moved.run(stops.slice(half)))).toBe(expected);
      other.dispose();
    });

    test('begins anew', () => {
      const stops = plan.stops.map(({ step, isRead }) => ({ step, isRead }));
      const protocol = made(plan);
      const once = digestOf(protocol.run(stops));
      kernel.ResetState({ keep: [] });
      expect(digestOf(protocol.run(stops))).toBe(once);
    });
  });

  test('other protocols are others', () => {
    const digests = seeds.map((seed) => digestOf(made(randomPlan(model, new Draws(seed))).run()));
    expect(new Set(digests).size).toBe(seeds.length);
  });
});

test('a synapse that draws sends as often as it is said, and what it is said', async () => {
  const kernel = await kernelOf(noisy);
  const n = 400;
  const source = kernel.Create('parrot_neuron');
  const targets = kernel.Create('parrot_neuron', n);
  const spikes = Array.from({ length: 50 }, (_, i) => 1 + i);
  const generator = kernel.Create('spike_generator', { spike_times: spikes });
  kernel.Connect(generator, source);
  const weight_recorder = kernel.Create('weight_recorder');
  const p: Numbers = { p: 0.3, sd: 0.2 };
  kernel.CopyModel(noisy.name, 'drawn', { ...p, weight_recorder });
  kernel.Connect(source, targets, 'all_to_all', {
    ...{ synapse_model: 'drawn', weight: 1.5, receptor_type: 1 },
  });
  kernel.SimulateSync(60);
  const { weights } = weight_recorder.events as { readonly weights: Float64Array };
  const sent = [...weights].filter((weight) => weight !== 0);
  const trials = n * spikes.length;
  // Within five standard deviations.
  expect(Math.abs(sent.length / trials - 0.3)).toBeLessThan(5 * Math.sqrt(0.21 / trials));
  const mean = sent.reduce((sum, weight) => sum + weight, 0) / sent.length;
  expect(Math.abs(mean - 1.5)).toBeLessThan((5 * 0.2) / Math.sqrt(sent.length));
  const variance = sent.reduce((sum, weight) => sum + (weight - mean) ** 2, 0) / sent.length;
  expect(Math.abs(variance / 0.04 - 1)).toBeLessThan(5 * Math.sqrt(2 / sent.length));
  expect(new Set(sent).size).toBe(sent.length);
  kernel.dispose();
});
