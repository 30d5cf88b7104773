import {
  Kernel,
  type NodeCollection,
  StaleSynapseCollection,
  type SynapseCollection,
} from '../../lib';

interface Network {
  readonly kernel: Kernel;
  readonly neurons: NodeCollection;
  readonly parrots: NodeCollection;
}

function network(): Network {
  const kernel = new Kernel();
  const neurons = kernel.Create('iaf_psc_exp', 10);
  const parrots = kernel.Create('parrot_neuron', 2);
  kernel.Connect(neurons, neurons, 'all_to_all', { weight: 5 });
  return { kernel, neurons, parrots };
}

const changes: [name: string, change: (network: Network) => unknown, stale: boolean][] = [
  ['Connect of neurons', ({ kernel, neurons }) => kernel.Connect(neurons, neurons), true],
  [
    'Connect of other neurons',
    ({ kernel, parrots }) => kernel.Connect(parrots, parrots, 'one_to_one'),
    true,
  ],
  [
    'Connect with a plastic model',
    ({ kernel, neurons }) =>
      kernel.Connect(neurons, neurons, 'one_to_one', { synapse_model: 'stdp_synapse' }),
    true,
  ],
  [
    'Disconnect',
    ({ kernel, neurons }) => kernel.Disconnect(neurons.slice(0, 1), neurons.slice(1, 2)),
    true,
  ],
  [
    'Disconnect of a device',
    ({ kernel, neurons }) => {
      const recorder = kernel.Create('spike_recorder');
      kernel.Connect(neurons, recorder);
      kernel.Disconnect(neurons, recorder, 'all_to_all');
    },
    true,
  ],
  [
    'Disconnect of nothing',
    ({ kernel }) => kernel.GetConnections().slice(0, 0).disconnect(),
    false,
  ],
  ['Create of neurons', ({ kernel }) => kernel.Create('iaf_psc_alpha', 3), true],
  [
    'a rule that draws no synapses',
    ({ kernel, neurons }) => kernel.Connect(neurons, neurons, { rule: 'pairwise_bernoulli', p: 0 }),
    false,
  ],
  ['Create of a device', ({ kernel }) => kernel.Create('poisson_generator'), false],
  [
    'Connect of devices',
    ({ kernel, neurons }) => {
      kernel.Connect(kernel.Create('poisson_generator'), neurons);
      kernel.Connect(neurons, kernel.Create('spike_recorder'));
      kernel.Connect(kernel.Create('voltmeter'), neurons);
    },
    false,
  ],
  [
    'a Connect that is refused',
    ({ kernel, neurons }) => {
      expect(() => kernel.Connect(neurons, neurons, 'all_to_all', { weight: NaN })).toThrow();
    },
    false,
  ],
  ['a new weight', ({ kernel }) => kernel.GetConnections().set({ weight: 6 }), false],
];

const reads: [name: string, read: (network: Network) => unknown][] = [
  ['nothing', () => undefined],
  ['GetConnections', ({ kernel }) => kernel.GetConnections()],
  ['GetConnectionsAsync', ({ kernel }) => kernel.GetConnectionsAsync()],
  ['GetKernelStatus', ({ kernel }) => kernel.GetKernelStatus()],
  ['Simulate', ({ kernel }) => kernel.Simulate(1)],
  [
    'Prepare',
    ({ kernel }) => {
      kernel.Prepare();
      kernel.Cleanup();
    },
  ],
];

const uses: [name: string, use: (synapses: SynapseCollection<string, true>) => unknown][] = [
  ['a value', (synapses) => synapses.get('weight')],
  ['all values', (synapses) => synapses.get()],
  ['a value read before', (synapses) => synapses.source],
  ['set', (synapses) => synapses.set({ weight: 9 })],
  ['a part', (synapses) => synapses.at(0).weight],
  ['text', (synapses) => String(synapses)],
];

function isStale(use: () => unknown): boolean {
  try {
    use();
    return false;
  } catch (error) {
    expect(error).toBeInstanceOf(StaleSynapseCollection);
    return true;
  }
}

describe.each(changes)('after %s', (_, change, stale) => {
  test.each(reads)('and %s collections are stale, or not', async (_name, read) => {
    for (const [, use] of uses) {
      const made = network();
      const synapses = made.kernel.GetConnections();
      expect(synapses.source).toHaveLength(100);
      change(made);
      await read(made);
      expect(isStale(() => use(synapses))).toBe(stale);
    }
  });
});

// Projections like that of `network` keep one weight until single synapses get their own.
describe('weights of single synapses', () => {
  test.each([0.1, 5])('can be set one after the other (%d)', (weight) => {
    const { kernel, neurons } = network();
    const all = kernel.GetConnections();
    all.set({ weight });
    const ofOne = kernel.GetConnections({ source: neurons.at(3) });
    const wanted = Array.from({ length: 100 }, (_, i) => (i % 3 === 0 ? weight : i / 7));
    for (const [i, synapse] of [...all].entries()) synapse.weight = wanted[i]!;
    expect([...all.weight]).toEqual(wanted);
    expect([...ofOne.weight]).toEqual(wanted.slice(30, 40));
    expect([...kernel.GetConnections().weight]).toEqual(wanted);
  });

  test.each([true, false])(
    'act as if they had been given to Connect (in flight: %p)',
    (inFlight) => {
      const wanted = Array.from({ length: 400 }, (_, i) => 100 * Math.sin(i));
      const run = (weight: number | number[], set: boolean): Float64Array[] => {
        const kernel = new Kernel();
        const neurons = kernel.Create('iaf_psc_exp', 20);
        kernel.Connect(
          kernel.Create('poisson_generator', 1, { rate: 2e4 }),
          neurons,
          'all_to_all',
          {
            weight: 60,
          },
        );
        kernel.Connect(neurons, neurons, 'all_to_all', { weight, delay: 3 });
        if (inFlight) kernel.SimulateSync(30);
        const synapses = kernel.GetConnections({ source: neurons });
        if (set || inFlight) for (const [i, s] of [...synapses].entries()) s.weight = wanted[i]!;
        expect(kernel.SimulateSync(100).spikes).toBeGreaterThan(100);
        return [neurons.V_m, neurons.I_syn_ex];
      };
      // In the order of the synapses: from each source to all targets; arrays go by target.
      const byTarget = wanted.map((_, i) => wanted[(i % 20) * 20 + Math.floor(i / 20)]!);
      const given = inFlight ? run(Array<number>(400).fill(5), true) : run(byTarget, false);
      expect(run(5, true)).toEqual(given);
    },
  );
});
