// Bit for bit the same results, whatever the threads, the instruction set, the splitting of a run
// or the order of explicit connections.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { Kernel, type KernelSettings, type NodeCollection } from '../../lib';
import { namedColumns } from '../../lib/recorder-events';
import { native } from '../../lib/native';
import { connect, generator, neurons, anyNumbers } from './networks';
import { simulateBoth, type Action } from './both';
import { toFirst } from './receptors';

const duration = 60;

const withPotential = native
  .models()
  .filter(({ kind, recordables }) => kind === 'neuron' && recordables.includes('V_m'))
  .map(({ name }) => name);

/** Neurons of all kinds, with noise of all kinds, in one recurrent network. */
function build(settings: KernelSettings) {
  const kernel = new Kernel();
  kernel.SetKernelStatus({ rng_seed: 77, ...settings });
  const uniform = [-66, -56] as const;
  const spread = (n: number, [low, high]: readonly [number, number]) =>
    Array.from({ length: n }, (_, i) => low + ((high - low) * ((i * 37) % n)) / n);
  const groups: NodeCollection[] = [
    kernel.Create('iaf_psc_delta', 70, { V_m: spread(70, uniform), t_ref: 1 }),
    kernel.Create('iaf_psc_exp', 45, { C_m: spread(45, [230, 270]), I_e: 350 }),
    kernel.Create('iaf_psc_alpha', 33, { V_m: spread(33, uniform), I_e: 360 }),
    kernel.Create('iaf_cond_exp', 9, { I_e: 260 }),
    kernel.Create('iaf_cond_alpha', 3, { I_e: 260 }),
    kernel.Create('aeif_cond_exp', 5, { I_e: 700 }),
    kernel.Create('izhikevich', 17, { I_e: 6 }),
    kernel.Create('iaf_psc_exp', 8, { delta: 1.5, rho: 20, I_e: 300 }),
  ];
  const weights = [0.8, 60, 60, 2, 2, 4, 1.5, 60];
  for (const model of withPotential) {
    if (groups.some((group) => group.at(0).get('model') === model)) continue;
    groups.push(kernel.Create(model, 13));
    weights.push(60);
  }
  const parrots = kernel.Create('parrot_neuron', 12);
  const poisson = kernel.Create('poisson_generator', 2, { rate: [9000, 300] });
  const noise = kernel.Create('noise_generator', { std: 80, dt: 0.3 });
  const ac = kernel.Create('ac_generator', { amplitude: 60, frequency: 40 });
  const all = groups.reduce((a, b) => a.concat(b));
  kernel.Connect(poisson.at(1), parrots, 'all_to_all', { delay: 0.4 });
  const nameOf = (group: NodeCollection) => group.at(0).get('model') as string;
  groups.forEach((group, i) => {
    const w = weights[i] ?? NaN;
    const model = nameOf(group);
    kernel.Connect(poisson.at(0), group, 'all_to_all', { ...toFirst(model, 0.15 * w), delay: 0.7 });
    kernel.Connect(
      parrots,
      group,
      { rule: 'fixed_indegree', indegree: 9 },
      { ...toFirst(model, w), delay: 0.3 },
    );
    kernel.Connect(
      all,
      group,
      { rule: 'fixed_indegree', indegree: 11 },
      { ...toFirst(model, w / 3), delay: 1.1 },
    );
    kernel.Connect(
      all,
      group,
      { rule: 'pairwise_bernoulli', p: 0.05 },
      { ...toFirst(model, -w / 7), delay: 0.2 },
    );
    kernel.Connect(noise, group, 'all_to_all', { delay: 0.5 });
    kernel.Connect(ac, group, 'all_to_all', { delay: 0.2 });
  });
  const recorder = kernel.Create('spike_recorder');
  kernel.Connect(all.concat(parrots), recorder);
  const meter = kernel.Create('multimeter', { interval: 0.7, record_from: ['V_m'] });
  kernel.Connect(meter, all);
  const models = new Map(
    groups.flatMap((group) => Array.from(group.ids, (id) => [id, nameOf(group)] as const)),
  );
  return { kernel, all, recorder, meter, models };
}

/** Digest of all spikes, samples and final potentials. */
function digest(settings: KernelSettings, runs: readonly number[] = [duration]) {
  const { kernel, all, recorder, meter, models } = build(settings);
  for (const ms of runs) kernel.SimulateSync(ms);
  const hash = createHash('sha256');
  const { times, senders } = recorder.events;
  for (const column of [times, senders]) hash.update(column);
  for (const [, column] of namedColumns(meter.events)) hash.update(column);
  hash.update(Float64Array.from(all.get('V_m') as Float64Array));
  return {
    hash: hash.digest('hex'),
    spikes: times.length,
    senders: new Set(senders).size,
    firing: new Set(Array.from(senders, (id) => models.get(id))),
  };
}

describe('a network of all models', () => {
  const expected = digest({});

  test('is active', () => {
    expect(expected.spikes).toBeGreaterThan(1000);
    expect(expected.senders).toBeGreaterThan(150);
  });

  test.each(withPotential)('%s fires', (model) => {
    expect(expected.firing).toContain(model);
  });

  test.each([2, 3, 7])('%d threads', (threads) => {
    expect(digest({ local_num_threads: threads })).toEqual(expected);
  });

  // Levels that this processor lacks cannot be tested here.
  test.each([...native.simdLevels])('instruction set %s', (level) => {
    expect(digest({ simd_level: level })).toEqual(expected);
    expect(digest({ simd_level: level, local_num_threads: 2 })).toEqual(expected);
  });

  test('another seed gives something else', () => {
    expect(digest({ rng_seed: 78 }).hash).not.toBe(expected.hash);
  });

  test('any splitting of the run', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 10 * duration }), { maxLength: 12 }),
        fc.constantFrom(1, 2),
        (cuts, threads) => {
          const ends = [...new Set([...cuts, 10 * duration])].sort((a, b) => a - b);
          const runs = ends.map((end, i) => (end - (ends[i - 1] ?? 0)) / 10);
          expect(digest({ local_num_threads: threads }, runs)).toEqual(expected);
        },
      ),
      { seed: 5, numRuns: 12 },
    );
  });

  test('step by step', () => {
    expect(digest({}, Array<number>(10 * duration).fill(0.1))).toEqual(expected);
  });

  test('between Prepare and Cleanup', () => {
    const { kernel, recorder, all } = build({});
    kernel.Prepare();
    for (const ms of [20, 0.3, 39.7]) kernel.RunSync(ms);
    kernel.Cleanup();
    expect(recorder.events.times.length).toBe(expected.spikes);
    expect(all.length).toBeGreaterThan(0);
  });
});

describe('random networks', () => {
  test('threads and instruction sets change nothing', () => {
    const network = fc
      .tuple(
        fc.array(neurons, { minLength: 1, maxLength: 4 }),
        generator(anyNumbers, 80),
        fc.array(connect(anyNumbers), { minLength: 3, maxLength: 8 }),
        connect(anyNumbers),
      )
      .map(([populations, sent, inside, drive]): Action[] => [
        ...populations,
        sent,
        ...inside,
        { ...drive, from: populations.length } as Action,
        { do: 'run', steps: 80 },
      ]);
    let spikes = 0;
    fc.assert(
      fc.property(
        network,
        fc.constantFrom(2, 3, 7),
        fc.constantFrom(...native.simdLevels),
        (actions, local_num_threads, simd_level) => {
          const { actual } = simulateBoth(actions);
          spikes += actual.spikes.length;
          expect(simulateBoth(actions, { local_num_threads, simd_level }).actual).toEqual(actual);
        },
      ),
      { seed: 6, numRuns: 60 },
    );
    expect(spikes).toBeGreaterThan(2000);
  }, 60_000);

  test('the order of explicit connections without multapses changes nothing', () => {
    const n = 12;
    const all = Array.from({ length: n * n }, (_, k) => [Math.floor(k / n), k % n] as const);
    const chosen = fc
      .shuffledSubarray(all, { minLength: 40 })
      .chain((pairs) =>
        fc.tuple(fc.constant(pairs), fc.shuffledSubarray(pairs, { minLength: pairs.length })),
      );
    const weightOf = (s: number, t: number) => Math.sin(1 + 3 * s + 17 * t) * 3;
    const delayOf = (s: number, t: number) => (1 + ((5 * s + 3 * t) % 23)) / 10;
    const simulate = (pairs: readonly (readonly [number, number])[], calls: number) => {
      const kernel = new Kernel();
      const neuron = kernel.Create('iaf_psc_exp', n, {
        C_m: 1,
        I_e: Array.from({ length: n }, (_, i) => 1.6 + 0.1 * i),
      });
      const size = Math.ceil(pairs.length / calls);
      for (let c = 0; c < calls; c++) {
        const part = pairs.slice(c * size, (c + 1) * size);
        if (part.length === 0) continue;
        kernel.Connect(
          part.map(([s]) => neuron.ids[s] ?? NaN),
          part.map(([, t]) => neuron.ids[t] ?? NaN),
          'one_to_one',
          {
            weight: part.map(([s, t]) => weightOf(s, t)),
            delay: part.map(([s, t]) => delayOf(s, t)),
          },
        );
      }
      const recorder = kernel.Create('spike_recorder');
      kernel.Connect(neuron, recorder);
      kernel.SimulateSync(60);
      return {
        times: recorder.events.times,
        senders: recorder.events.senders,
        V: neuron.get('V_m'),
      };
    };
    fc.assert(
      fc.property(chosen, fc.integer({ min: 1, max: 4 }), ([pairs, shuffled], calls) => {
        const expected = simulate(pairs, 1);
        expect(expected.times.length).toBeGreaterThan(20);
        expect(simulate(shuffled, calls)).toEqual(expected);
      }),
      { seed: 7, numRuns: 40 },
    );
  });
});
