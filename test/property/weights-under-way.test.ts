// Weights set with spikes under way: what was sent keeps the old ones, to the last bit, whatever the
// threads, the instruction set and the splitting of the run.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { Kernel, type KernelSettings, random, type SynapseCollection } from '../../lib';
import { native } from '../../lib/native';

const steps = 300;

/** Counted, single and plastic synapses, with one weight and many, and generators of all kinds. */
function build(settings: KernelSettings) {
  const kernel = new Kernel();
  kernel.SetKernelStatus({ rng_seed: 5, ...settings });
  kernel.CopyModel('static_synapse_hom_w', 'shared', { weight: 0.3 });
  const times = Array.from({ length: 200 }, (_, k) => (k + 1) / 10);
  const generators = kernel.Create('spike_generator', 3, {
    spike_times: times,
    spike_weights: times.map((t) => 0.7 + Math.sin(t)),
    spike_multiplicities: times.map((_, k) => k % 3),
  });
  const poisson = kernel.Create('poisson_generator', { rate: 3000 });
  const dc = kernel.Create('dc_generator', { amplitude: 60 });
  const noise = kernel.Create('noise_generator', { std: 70, dt: 0.3 });
  const parrots = kernel.Create('parrot_neuron', 40);
  const delta = kernel.Create('iaf_psc_delta', 150, { t_ref: 1, V_m: -60 });
  const exp = kernel.Create('iaf_psc_exp', 30, { I_e: 370 });
  const neurons = delta.concat(exp);
  const { normal, uniform } = random;
  kernel.Connect(poisson, parrots, 'all_to_all', { delay: 0.9 });
  kernel.Connect(parrots, delta, 'all_to_all', { weight: 0.11, delay: 2 });
  kernel.Connect(parrots, delta, 'all_to_all', { synapse_model: 'shared', delay: 1.3 });
  kernel.Connect(generators, delta, 'all_to_all', { weight: 0.1, delay: 3 });
  kernel.Connect(generators, exp, 'all_to_all', { weight: normal(9, 5), delay: 1.1 });
  kernel.Connect(neurons, neurons, 'all_to_all', {
    weight: normal(0.1, 0.3),
    delay: uniform(0.4, 3),
  });
  kernel.Connect(
    delta,
    exp,
    { rule: 'fixed_indegree', indegree: 5 },
    {
      synapse_model: 'stdp_synapse',
      weight: 2,
      delay: 1.7,
    },
  );
  for (const from of [dc, noise]) kernel.Connect(from, neurons, 'all_to_all', { delay: 2.2 });
  kernel.Connect(poisson, exp, 'all_to_all', { weight: 4, delay: 1.4 });
  const recorder = kernel.Create('spike_recorder');
  kernel.Connect(parrots.concat(neurons), recorder);
  const digest = () => {
    const hash = createHash('sha256');
    const { times, senders } = recorder.events;
    for (const column of [times, senders, Float64Array.from(neurons.get('V_m') as Float64Array)])
      hash.update(column);
    return { hash: hash.digest('hex'), spikes: times.length };
  };
  return { kernel, delta, parrots, exp, neurons, digest };
}

type Network = ReturnType<typeof build>;
type Change = (network: Network, synapses: SynapseCollection) => void;

const shared = (kernel: Kernel, by: number) => {
  const weight = kernel.GetDefaults('shared', 'weight') as number;
  kernel.SetDefaults('shared', { weight: weight * by });
};

/** All synapses that have a weight of their own, to `by` times that. */
const scale = ({ kernel }: Network, by: number) => {
  for (const synapse_model of ['static_synapse', 'stdp_synapse'] as const) {
    const some = kernel.GetConnections({ synapse_model });
    some.set({ weight: Float64Array.from(some.weight, (w) => w * by) });
  }
};

/** The changes at the ends of the runs before the last. */
function outcome(settings: KernelSettings, cuts: readonly (readonly [number, Change | null])[]) {
  const network = build(settings);
  let now = 0;
  for (const [at, change] of cuts) {
    network.kernel.SimulateSync((at - now) / 10);
    now = at;
    change?.(network, network.kernel.GetConnections());
  }
  network.kernel.SimulateSync((steps - now) / 10);
  return network.digest();
}

describe('weights set to what they are', () => {
  const expected = outcome({}, []);

  test('the network is active', () => {
    expect(expected.spikes).toBeGreaterThan(3000);
  });

  test.each<[string, Change]>([
    [
      'as they are',
      (n) => {
        scale(n, 1);
      },
    ],
    [
      'doubled and halved',
      (n) => {
        scale(n, 2);
        shared(n.kernel, 2);
        scale(n, 0.5);
        shared(n.kernel, 0.5);
      },
    ],
    [
      'doubled, laid out anew and halved',
      (n) => {
        shared(n.kernel, 2);
        n.kernel.Create('iaf_psc_delta', 70, { V_th: 1e9 });
        n.kernel.GetConnections();
        shared(n.kernel, 0.5);
        scale(n, 1);
      },
    ],
  ])('%s: no bit changes', (_, change) => {
    const cuts = [41, 42, 60, 133, 250].map((at) => [at, change] as const);
    for (const threads of [1, 3]) {
      expect(outcome({ local_num_threads: threads }, cuts)).toEqual(expected);
    }
  });
});

test('weights and delays that change: the same for any threads, level and split', () => {
  const change = fc.oneof(
    fc.double({ min: 0.8, max: 1.2, noNaN: true }).map((by): Change => (n) => {
      scale(n, by);
    }),
    fc.double({ min: 0.8, max: 1.2, noNaN: true }).map((by): Change => ({ kernel }) => {
      shared(kernel, by);
    }),
    fc
      .tuple(fc.nat({ max: 30 }), fc.constantFrom(0.4, 1.6, 2.5))
      .map(([i, delay]): Change => ({ kernel, parrots, delta }) => {
        const some = kernel.GetConnections({ source: parrots.at(i), target: delta });
        some.pick(some.synapse_model.map((m) => m === 'static_synapse')).set({
          weight: delay / 10,
          delay,
        });
      }),
    fc.constant<Change>(({ kernel }) => {
      kernel.Create('iaf_psc_exp', 90);
    }),
  );
  let spikes = 0;
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(fc.integer({ min: 20, max: steps - 20 }), change), {
        minLength: 1,
        maxLength: 6,
        selector: ([at]) => at,
      }),
      fc.uniqueArray(fc.integer({ min: 1, max: steps - 1 }), { maxLength: 5 }),
      fc.constantFrom(...native.simdLevels),
      fc.integer({ min: 2, max: 4 }),
      (changes, cuts, simd_level, local_num_threads) => {
        const sorted = [...changes].sort(([a], [b]) => a - b);
        const expected = outcome({}, sorted);
        spikes += expected.spikes;
        const extra = cuts
          .filter((at) => !changes.some(([c]) => c === at))
          .map((at): [number, null] => [at, null]);
        const split = [...sorted, ...extra].sort(([a], [b]) => a - b);
        expect(outcome({ simd_level, local_num_threads }, split)).toEqual(expected);
      },
    ),
    { seed: 11, numRuns: 15 },
  );
  expect(spikes).toBeGreaterThan(30_000);
}, 120_000);
