// Connections of generators one by one give, to the last bit, what uniform ones give that are
// worked out for all their targets at once.
import fc from 'fast-check';
import { Kernel, type KernelSettings } from '../../lib';
import { native } from '../../lib/native';
import { column, sampleEveryStep } from '../reference/compare';

const generators: readonly (readonly [string, object])[] = [
  ['dc_generator', { amplitude: 70, start: 1.5, stop: 14 }],
  ['ac_generator', { amplitude: 90, frequency: 40, offset: 30, phase: 20, start: 2 }],
  // Angles beyond what vectors reduce.
  ['ac_generator', { amplitude: 90, frequency: 3e9, phase: 20 }],
  ['step_current_generator', { amplitude_times: [1, 4.4, 9], amplitude_values: [90, -40, 120] }],
  ['noise_generator', { mean: 60, std: 30, dt: 0.3, stop: 15 }],
  ['noise_generator', { mean: 60, std: 30, std_mod: 10, frequency: 30, start: 1 }],
  ['poisson_generator', { rate: 9000, start: 1 }],
  ['poisson_generator', { rate: 120 }],
  ['poisson_generator', { rate: 4e5, stop: 12 }],
  ['inhomogeneous_poisson_generator', { rate_times: [1, 7.2, 12], rate_values: [3000, 0, 40_000] }],
];

const size = 70;

interface Drive {
  readonly kind: number;
  readonly weight: number;
  readonly delay: number;
  readonly receptor: number;
  /** Its last connection has another weight: then all are gathered. */
  readonly gathered: boolean;
}

const isCurrent = (kind: number) => !generators[kind]?.[0].includes('poisson');

/** Potentials of all neurons but the last, by step. */
function traces(
  drives: readonly Drive[],
  gather: boolean,
  runs: readonly number[],
  settings: KernelSettings = {},
  model: 'iaf_psc_exp' | 'parrot_neuron' = 'iaf_psc_exp',
): number[] {
  const kernel = new Kernel();
  kernel.SetKernelStatus({ rng_seed: 3, ...settings });
  const neurons = kernel.Create(model, size);
  for (const { kind, weight, delay, receptor, gathered } of drives) {
    const [name, values] = generators[kind] ?? ['', {}];
    const from = kernel.Create(name, values as never);
    const weights = Array<number>(size).fill(weight);
    if (gather && gathered) weights[size - 1] = weight + 1;
    kernel.Connect(from, neurons, 'all_to_all', {
      weight: weights.map((w) => [w]),
      delay,
      receptor_type: isCurrent(kind) ? receptor : 0,
    });
  }
  if (model === 'parrot_neuron') {
    const recorder = kernel.Create('spike_recorder');
    kernel.Connect(neurons, recorder);
    for (const ms of runs) kernel.SimulateSync(ms);
    return [...recorder.events.times, ...recorder.events.senders];
  }
  const meter = sampleEveryStep(kernel, neurons);
  for (const ms of runs) kernel.SimulateSync(ms);
  return Array.from(column(meter, 'V_m')).filter((_, i) => i % size !== size - 1);
}

test.each(generators.map(([name], kind) => [name, kind] as const))('%s (%i)', (_, kind) => {
  const drive = { kind, weight: 1.3, delay: 0.7, receptor: 0, gathered: true };
  const expected = traces([drive], false, [20]);
  expect(new Set(expected).size).toBeGreaterThan(100);
  expect(traces([drive], true, [20])).toEqual(expected);
  expect(traces([drive], true, [0.3, 4, 0.1, 7.6, 8])).toEqual(expected);
  for (const simd_level of native.simdLevels) {
    expect(traces([drive], true, [20], { simd_level, local_num_threads: 2 })).toEqual(expected);
  }
});

test('spikes are counted by parrots', () => {
  const drive = { kind: 7, weight: 1.3, delay: 0.7, receptor: 0, gathered: true };
  const expected = traces([drive], false, [20], {}, 'parrot_neuron');
  expect(expected.length).toBeGreaterThan(100);
  expect(traces([drive], true, [20], {}, 'parrot_neuron')).toEqual(expected);
});

test('sums keep the order of creation, whatever is gathered', () => {
  const drive = fc.record({
    kind: fc.nat({ max: generators.length - 1 }),
    weight: fc.double({ min: 0.1, max: 3, noNaN: true }),
    delay: fc.constantFrom(0.1, 0.4, 1.5),
    receptor: fc.constantFrom(0, 0, 1),
    gathered: fc.boolean(),
  });
  fc.assert(
    fc.property(
      fc.array(drive, { minLength: 2, maxLength: 9 }),
      fc.constantFrom(...native.simdLevels),
      fc.integer({ min: 1, max: 3 }),
      (drives, simd_level, local_num_threads) => {
        const expected = traces(drives, false, [12]);
        const settings = { simd_level, local_num_threads };
        expect(traces(drives, true, [5.3, 6.7], settings)).toEqual(expected);
      },
    ),
    { seed: 7, numRuns: 25 },
  );
}, 60_000);

test('several connections to one neuron, with delays of their own', () => {
  // One generator each way: its currents add up.
  const run = (split: boolean) => {
    const kernel = new Kernel();
    const neurons = kernel.Create('iaf_psc_delta', 2, { V_th: 1e9 });
    const ac = kernel.Create('ac_generator', { amplitude: 50, frequency: 30 });
    const delays = [0.3, 2, 1.1];
    const [first] = neurons.ids;
    if (split) {
      for (const delay of delays) kernel.Connect(ac, neurons.at(0), 'all_to_all', { delay });
    } else {
      kernel.Connect(
        [ac.ids[0], ac.ids[0], ac.ids[0]] as number[],
        [first, first, first] as number[],
        'one_to_one',
        {
          delay: delays,
        },
      );
    }
    const meter = sampleEveryStep(kernel, neurons.at(0));
    kernel.SimulateSync(20);
    return [...column(meter, 'V_m')];
  };
  expect(run(false)).toEqual(run(true));
});
