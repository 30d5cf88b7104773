// More spikes in one step than 16 bits can count.
import fc from 'fast-check';
import { Kernel } from '../../lib';
import { native } from '../../lib/native';

const still = { E_L: 0, V_m: 0, V_th: 1e12, V_reset: -1e12, tau_m: 1e9 };

/** Potential after `multiplicity` spikes went through `sources` parrots onto each neuron. */
function potential(
  multiplicities: readonly number[],
  { sources = 8, repeats = 1, weight = 0.25, level = native.simdLevel(), threads = 1 } = {},
) {
  const kernel = new Kernel();
  kernel.SetKernelStatus({ simd_level: level, local_num_threads: threads });
  const generator = kernel.Create('spike_generator', {
    spike_times: multiplicities.map((_, i) => 1 + 0.1 * i),
    spike_multiplicities: multiplicities,
  });
  const parrots = kernel.Create('parrot_neuron', sources);
  const neurons = kernel.Create('iaf_psc_delta', 5, still);
  kernel.Connect(generator, parrots);
  for (let r = 0; r < repeats; r++) {
    // One weight, dense: these are counted, and all calls share one count.
    kernel.Connect(parrots, neurons, 'all_to_all', { weight });
  }
  kernel.SimulateSync(4 + 0.1 * multiplicities.length);
  return neurons.V_m;
}

test.each([
  [[65_535], 1],
  [[65_536], 1],
  [[8_191], 1],
  [[8_192], 1],
  [[4_000_000], 1],
  [[70_000, 3, 65_535, 0, 9_000], 1],
  [[10_000, 10_000], 3],
])('multiplicities %j through %d connections of each source', (multiplicities, repeats) => {
  const total = multiplicities.reduce((a, b) => a + b, 0) * 8 * repeats;
  for (const level of native.simdLevels) {
    const V = potential(multiplicities, { repeats, level });
    // Exact: the potential is a sum of few multiples of 1/4 that hardly decays.
    for (const v of V) expect(Math.abs(v / (0.25 * total) - 1)).toBeLessThan(1e-8);
  }
});

test('more single spikes in one step than 16 bits can count', () => {
  const [sources, repeats] = [300, 255];
  const total = sources * repeats;
  for (const level of native.simdLevels) {
    const V = potential([1], { sources, repeats, level });
    for (const v of V) expect(Math.abs(v / (0.25 * total) - 1)).toBeLessThan(1e-8);
  }
});

test('dense random rows, multapses included, also where the network grows while spikes travel', () => {
  const [sources, targets] = [60, 300];
  for (const level of native.simdLevels) {
    for (const threads of [1, 2]) {
      const kernel = new Kernel();
      kernel.SetKernelStatus({ simd_level: level, local_num_threads: threads });
      const generators = kernel.Create('spike_generator', sources, {
        spike_times: Array.from({ length: sources }, (_, s) => [1, 1.1 + (s % 7) / 10, 3]),
      });
      const parrots = kernel.Create('parrot_neuron', sources);
      const neurons = kernel.Create('iaf_psc_delta', targets, still);
      kernel.Connect(generators, parrots, 'one_to_one', { delay: 0.1 });
      const rule = { rule: 'fixed_indegree', indegree: 25 } as const;
      // Runs of about 125 synapses.
      kernel.Connect(parrots, neurons, rule, { weight: 0.25, delay: 0.5 });
      kernel.Connect(parrots, neurons, rule, { weight: -0.5, delay: 0.3 });
      kernel.SimulateSync(1.4);
      const before = kernel.GetConnections({ source: parrots });
      const expected = new Float64Array(targets);
      const { source, target, weight } = before;
      // Three spikes of every source arrive.
      for (const [k, t] of target.entries()) expected[t - neurons.ids[0]!]! += 3 * weight[k]!;
      expect(source.length).toBe(2 * 25 * targets);
      // Later synapses get what the parrots emit after 1.4 ms; those before keep what travels.
      kernel.Connect(parrots, neurons, rule, { weight: 0.25, delay: 2 });
      const grown = kernel.GetConnections({ source: parrots });
      const now = {
        source: grown.source,
        target: grown.target,
        weight: grown.weight,
        delay: grown.delay,
      };
      for (const [k, t] of now.target.entries()) {
        if (now.delay[k] !== 2) continue;
        const spikes = (now.source[k]! - parrots.ids[0]!) % 7 >= 3 ? 2 : 1;
        expected[t - neurons.ids[0]!]! += spikes * now.weight[k]!;
      }
      kernel.SimulateSync(5);
      const V = neurons.get('V_m');
      // Exact but for a decay of some 1e-8.
      for (const [k, v] of V.entries()) expect(v).toBeCloseTo(expected[k]!, 5);
    }
  }
});

test('any multiplicities, sources and repeats', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 200_000 }), { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 8, max: 40 }),
      fc.integer({ min: 1, max: 4 }),
      fc.constantFrom(1, 2, 3),
      (multiplicities, sources, repeats, threads) => {
        const total = multiplicities.reduce((a, b) => a + b, 0) * sources * repeats;
        const V = potential(multiplicities, { sources, repeats, threads });
        expect(V.length).toBe(5);
        for (const v of V) expect(Math.abs(v - 0.25 * total)).toBeLessThanOrEqual(1e-8 * total);
      },
    ),
    { seed: 11, numRuns: 40 },
  );
});

test('more synapses between two neurons than 16 bits count', () => {
  const kernel = new Kernel();
  const generator = kernel.Create('spike_generator', {
    spike_times: [1, 2],
    spike_multiplicities: [1, 3],
  });
  const parrot = kernel.Create('parrot_neuron');
  const neuron = kernel.Create('iaf_psc_delta', still);
  kernel.Connect(generator, parrot);
  kernel.Connect(parrot, neuron, { rule: 'fixed_indegree', indegree: 70_000 }, { weight: 0.5 });
  kernel.SimulateSync(3.5);
  expect(neuron.V_m / 35_000).toBeCloseTo(1, 8);
  kernel.SimulateSync(1);
  expect(neuron.V_m / 140_000).toBeCloseTo(1, 8);
});

test('a parrot counts as well', () => {
  const kernel = new Kernel();
  const generator = kernel.Create('spike_generator', {
    spike_times: [1],
    spike_multiplicities: [9000],
  });
  const parrots = kernel.Create('parrot_neuron', 10);
  const last = kernel.Create('parrot_neuron');
  const recorder = kernel.Create('spike_recorder');
  kernel.Connect(generator, parrots);
  kernel.Connect(parrots, last);
  kernel.Connect(last, recorder);
  kernel.SimulateSync(3);
  expect(recorder.n_events).toBe(90_000);
});
