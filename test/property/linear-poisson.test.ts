// Networks of neurons that have something to do at their own events only: the same bits however
// time is divided, and states that are what their equations say whenever somebody looks.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { Kernel, type KernelSettings } from '../../lib';
import { native } from '../../lib/native';

const duration = 3000;

/** Poisson neurons, parrots and given spikes; plastic synapses that learn by dopamine. */
function build(settings: KernelSettings) {
  const kernel = new Kernel();
  kernel.SetKernelStatus({ rng_seed: 5, ...settings });
  const sources = kernel.Create('linear_poisson_neuron', 40, {
    // Some are silent for so long that their synapses are flushed.
    nu_0: Array.from({ length: 40 }, (_, i) => (i < 30 ? 6 : 0.2)),
  });
  const learner = kernel.Create('linear_poisson_neuron', 2, { nu_0: [4, 0], tau_syn: [7, 20] });
  const target = kernel.Create('linear_poisson_neuron', { nu_0: 0, t_ref: 1.5 });
  const parrots = kernel.Create('parrot_neuron', 3);
  const given = kernel.Create('clamped_neuron', { spike_times: [0.5, 3, 700.2, 2999.9] });
  const spikes = kernel.Create('spike_generator', { spike_times: [100, 1500.3, 2999] });
  const dopamine = kernel.Create('volume_transmitter');
  kernel.CopyModel('stdp_dopamine_synapse', 'learns', {
    volume_transmitter: dopamine,
    A_plus: 0.01,
    A_minus: 0.005,
    Wmax: 0.5,
    b: 0.01,
  });
  kernel.Connect(sources, learner, 'all_to_all', {
    synapse_model: 'learns',
    weight: 0.1,
    delay: 1,
  });
  kernel.Connect(sources.slice(0, 20), target, 'all_to_all', { weight: 0.05, delay: 1.2 });
  kernel.Connect(sources.slice(20, 30), target, 'all_to_all', { weight: -0.1, delay: 2.5 });
  kernel.Connect(sources.slice(0, 3), parrots, 'one_to_one', { delay: 4 });
  kernel.Connect(parrots, learner, 'all_to_all', { weight: 0.2, delay: 1 });
  kernel.Connect(given, target, 'all_to_all', { weight: 3, delay: 1 });
  kernel.Connect(spikes, learner, 'all_to_all', { weight: 2, delay: 1.5 });
  kernel.Connect(target, dopamine, 'all_to_all', { delay: 5 });
  const all = sources.concat(learner).concat(target).concat(parrots).concat(given);
  const recorder = kernel.Create('spike_recorder');
  kernel.Connect(all, recorder);
  return { kernel, all, sources, learner, target, recorder };
}

type Built = ReturnType<typeof build>;

function digest({ kernel, learner, target, recorder, sources }: Built) {
  const hash = createHash('sha256');
  const { times, senders } = recorder.events;
  const synapses = kernel.GetConnections({ source: sources, synapse_model: 'learns' });
  const rates = learner.concat(target).get('rate');
  const columns = [times, senders, synapses.weight, synapses.get('c'), rates];
  for (const column of columns) hash.update(Float64Array.from(column));
  return { hash: hash.digest('hex'), spikes: times.length };
}

function digestOf(settings: KernelSettings, runs: readonly number[] = [duration]) {
  const built = build(settings);
  for (const ms of runs) built.kernel.SimulateSync(ms);
  const found = digest(built);
  built.kernel.dispose();
  return found;
}

describe('events alone', () => {
  const expected = digestOf({});

  test('there are spikes', () => {
    expect(expected.spikes).toBeGreaterThan(700);
  });

  test.each([2, 3])('%d threads', (threads) => {
    expect(digestOf({ local_num_threads: threads })).toEqual(expected);
  });

  test.each([...native.simdLevels])('instruction set %s', (level) => {
    expect(digestOf({ simd_level: level })).toEqual(expected);
  });

  test('any splitting of the run', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 10 * duration }), { maxLength: 20 }),
        fc.constantFrom(1, 2),
        (cuts, threads) => {
          const ends = [...new Set([...cuts, 10 * duration])].sort((a, b) => a - b);
          const runs = ends.map((end, i) => (end - (ends[i - 1] ?? 0)) / 10);
          expect(digestOf({ local_num_threads: threads }, runs)).toEqual(expected);
        },
      ),
      { seed: 4, numRuns: 12 },
    );
  });

  // A meter has all neurons looked at in all steps.
  test.each([1, 2, 3, 4, 5, 6])('with and without a meter, seed %d', (rng_seed) => {
    const [looked, passed] = [build({ rng_seed }), build({ rng_seed })];
    const meter = looked.kernel.Create('multimeter', { interval: 7, record_from: ['rate'] });
    looked.kernel.Connect(meter, looked.learner);
    for (const ms of [0.3, 1200.1, 55, 844.6]) {
      for (const { kernel } of [looked, passed]) kernel.SimulateSync(ms);
      expect(digest(passed)).toEqual(digest(looked));
    }
    for (const { kernel } of [looked, passed]) kernel.dispose();
  });

  test('step by step, and what is recorded of rates', () => {
    const built = build({});
    const meter = built.kernel.Create('multimeter', { interval: 0.1, record_from: ['rate'] });
    built.kernel.Connect(meter, built.learner);
    for (let step = 0; step < 300; step++) built.kernel.SimulateSync(0.1);
    built.kernel.SimulateSync(duration - 30);
    expect(digest(built)).toEqual(expected);
    const { rate, senders } = meter.events as unknown as Record<string, Float64Array>;
    const last = [...rate!].filter((_, i) => senders![i] === built.learner.ids[1]).pop();
    expect(last).toBe(built.learner.at(1).get('rate'));
    built.kernel.dispose();
  });

  test('after a reset, and from a saved state', () => {
    const built = build({});
    built.kernel.SimulateSync(321.4);
    const state = built.kernel.SaveStateSync();
    const other = new Kernel();
    other.LoadStateSync(state);
    built.kernel.SimulateSync(400);
    other.SimulateSync(400);
    const spikesOf = (kernel: Kernel) =>
      kernel.GetNodes({ model: 'spike_recorder' }).at(0).get('n_events');
    expect(spikesOf(other)).toBe(spikesOf(built.kernel));
    expect(other.GetNodes({ model: 'linear_poisson_neuron' }).get('rate')).toEqual(
      built.kernel.GetNodes({ model: 'linear_poisson_neuron' }).get('rate'),
    );
    built.kernel.ResetState({ keep: [] });
    built.kernel.SimulateSync(duration);
    expect(digest(built)).toEqual(expected);
    built.kernel.dispose();
    other.dispose();
  });
});

describe('rate', () => {
  const kernel = new Kernel();
  afterAll(() => {
    kernel.dispose();
  });
  const neuron = kernel.Create('linear_poisson_neuron', 2, { nu_0: 0, tau_syn: 5 });
  const rate = (i = 0): number => Number(neuron.at(i).get('rate'));

  test('decays between events, for whoever reads it', () => {
    neuron.at(0).set({ rate: 0.001 });
    expect(rate()).toBe(0.001);
    kernel.SimulateSync(5);
    expect(rate()).toBeCloseTo(0.001 * Math.exp(-1), 12);
    kernel.SimulateSync(2.5);
    expect(rate()).toBeCloseTo(0.001 * Math.exp(-1.5), 12);
    expect(rate(1)).toBe(0);
  });

  test('follows nu_0, and goes on from what is set', () => {
    neuron.at(0).set({ nu_0: 3, rate: 1 });
    kernel.SimulateSync(5);
    expect(rate()).toBeCloseTo(3 - 2 * Math.exp(-1), 12);
    neuron.at(0).set({ nu_0: 4 });
    expect(rate()).toBeCloseTo(4 - 2 * Math.exp(-1), 12);
    neuron.at(0).set({ tau_syn: 10 });
    kernel.SimulateSync(10);
    expect(rate()).toBeCloseTo(4 - 2 * Math.exp(-2), 12);
  });

  test('is 0 where the sum is negative', () => {
    const source = kernel.Create('clamped_neuron', {
      spike_times: [kernel.biological_time + 1],
    });
    kernel.Connect(source, neuron.at(0), 'one_to_one', { weight: -2, delay: 1 });
    kernel.SimulateSync(2);
    expect(rate()).toBe(0);
    kernel.SimulateSync(200);
    expect(rate()).toBeCloseTo(4, 5);
  });

  test('stays where the neuron is frozen', () => {
    neuron.at(0).set({ frozen: true, rate: 2 });
    kernel.SimulateSync(50);
    expect(rate()).toBe(2);
    neuron.at(0).set({ frozen: false });
    kernel.SimulateSync(10);
    expect(rate()).toBeCloseTo(4 - 2 * Math.exp(-1), 12);
  });

  test('begins at nu_0, whichever that is by default', () => {
    expect(kernel.Create('linear_poisson_neuron', { nu_0: 7.1 }).rate).toBe(7.1);
    kernel.SetDefaults('linear_poisson_neuron', { nu_0: 0.3 });
    expect(kernel.GetDefaults('linear_poisson_neuron')).toMatchObject({ nu_0: 0.3, rate: 0.3 });
    expect(kernel.Create('linear_poisson_neuron').rate).toBe(0.3);
    expect(() => kernel.Create('linear_poisson_neuron', { rate: -1 })).toThrow(/rate/);
  });
});
