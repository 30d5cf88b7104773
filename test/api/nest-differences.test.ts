// What docs/nest-differences.md says of tegmenta where NEST does otherwise, in closed form.
import { Kernel, type SynapseCollection } from '../../lib';

/** Parrots that fire at `pre` and at `post`, 0.1 ms later or as given, and the synapse between them. */
function pair(
  kernel: Kernel,
  synapse_model: string,
  { pre, post, later = 0.1 }: { pre: number[]; post: number[]; later?: number },
): { synapse: SynapseCollection; target: ReturnType<Kernel['Create']> } {
  const generators = kernel.Create('spike_generator', 2);
  generators.at(0).set({ spike_times: pre });
  generators.at(1).set({ spike_times: post });
  const parrots = kernel.Create('parrot_neuron', 2);
  kernel.Connect(generators, parrots, 'one_to_one', { delay: later });
  const [source, target] = [parrots.at(0), parrots.at(1)];
  // Receptor 1 of a parrot takes spikes without repeating them.
  const values = { synapse_model, weight: 50, delay: 1, receptor_type: 1 };
  kernel.Connect(source, target, 'one_to_one', values);
  return { synapse: kernel.GetConnections({ source, target }), target };
}

const valueOf = (synapse: SynapseCollection, name: string): number =>
  (synapse.get(name) as Float64Array)[0]!;
const weightOf = (synapse: SynapseCollection): number => valueOf(synapse, 'weight');

/** stdp_synapse with its defaults: Wmax 100, λ 0.01, all exponents and α 1. */
const facilitated = (w: number, k: number): number => 100 * (w / 100 + 0.01 * (1 - w / 100) * k);
const depressed = (w: number, k: number): number => w * (1 - 0.01 * k);

test('dopamine synapses do not depend on min_delay', () => {
  const kernels = [
    { min_delay: 0.1, local_num_threads: 1 },
    { min_delay: 0.5, local_num_threads: 1 },
    { min_delay: 1, local_num_threads: 1 },
    { min_delay: 1, local_num_threads: 2 },
  ];
  const weights = kernels.map((settings) => {
    using kernel = new Kernel();
    kernel.SetKernelStatus({ ...settings, max_delay: 2 });
    const transmitter = kernel.Create('volume_transmitter');
    const spikes = kernel.Create('spike_generator', { spike_times: [20, 33.3, 50.2] });
    const dopamine = kernel.Create('parrot_neuron');
    kernel.Connect(spikes, dopamine);
    kernel.Connect(dopamine, transmitter);
    kernel.CopyModel('stdp_dopamine_synapse', 'learns', {
      volume_transmitter: transmitter,
      b: 0.01,
    });
    // Post spikes between a pre spike and the end of its slice.
    const trains = { pre: [10, 22, 30.5, 41], post: [12, 21.4, 31, 45], later: 1 };
    const { synapse } = pair(kernel, 'learns', trains);
    kernel.SimulateSync(100);
    return weightOf(synapse);
  });
  expect(new Set(weights).size).toBe(1);
  expect(weights[0]).not.toBe(50);
});

describe('a time constant that is changed at 20 ms', () => {
  test.each([
    ['stdp_synapse', false],
    ['stdp_synapse_hom', true],
  ])('acts from then on: tau_plus of %s', (model, common) => {
    using kernel = new Kernel();
    kernel.CopyModel(model, 'learns');
    const { synapse } = pair(kernel, 'learns', { pre: [10], post: [40] });
    kernel.SimulateSync(20);
    if (common) kernel.SetDefaults('learns', { tau_plus: 40 });
    else synapse.set({ tau_plus: 40 });
    kernel.SimulateSync(40);
    // From the pre spike at 10.1 to the post spike, which acts at 41.1.
    const k = Math.exp(-9.9 / 20 - 21.1 / 40);
    expect(weightOf(synapse)).toBeCloseTo(facilitated(50, k), 12);
  });

  test.each(['tau_c', 'tau_n'] as const)('acts from then on: %s of dopamine synapses', (name) => {
    using kernel = new Kernel();
    const transmitter = kernel.Create('volume_transmitter');
    const spikes = kernel.Create('spike_generator', { spike_times: [15] });
    const dopamine = kernel.Create('parrot_neuron');
    kernel.Connect(spikes, dopamine, 'one_to_one', { delay: 0.1 });
    kernel.Connect(dopamine, transmitter, 'one_to_one', { delay: 0.1 });
    const taus = { tau_c: 100, tau_n: 50 };
    kernel.CopyModel('stdp_dopamine_synapse', 'learns', {
      volume_transmitter: transmitter,
      ...taus,
    });
    const { synapse } = pair(kernel, 'learns', { pre: [10], post: [12] });
    kernel.SimulateSync(20);
    kernel.SetDefaults('learns', { [name]: 200 });
    kernel.SimulateSync(40);
    const after = { ...taus, [name]: 200 };
    const c = Math.exp(-3 / 20 - 6.9 / 100 - 40 / after.tau_c);
    const n = (1 / 50) * Math.exp(-4.8 / 50 - 40 / after.tau_n);
    expect(valueOf(synapse, 'c')).toBeCloseTo(c, 12);
    expect(valueOf(synapse, 'n')).toBeCloseTo(n, 12);
  });

  test('counts from the last spike, as in NEST: tau_minus', () => {
    using kernel = new Kernel();
    const { synapse, target } = pair(kernel, 'stdp_synapse', { pre: [40], post: [10] });
    kernel.SimulateSync(20);
    target.set({ tau_minus: 40 });
    kernel.SimulateSync(40);
    expect(weightOf(synapse)).toBeCloseTo(depressed(50, Math.exp(-29 / 40)), 12);
  });

  test('counts from the last spike, as in NEST: tau_rec', () => {
    using kernel = new Kernel();
    const weight_recorder = kernel.Create('weight_recorder');
    kernel.CopyModel('tsodyks2_synapse', 'depressing', { weight_recorder, tau_rec: 100 });
    const spikes = kernel.Create('spike_generator', { spike_times: [10, 60] });
    const source = kernel.Create('parrot_neuron');
    kernel.Connect(spikes, source);
    const synapse = { synapse_model: 'depressing', weight: 100 };
    kernel.Connect(source, kernel.Create('iaf_psc_exp'), 'one_to_one', synapse);
    kernel.SimulateSync(20);
    kernel.GetConnections({ source }).set({ tau_rec: 400 });
    kernel.SimulateSync(60);
    const second = weight_recorder.events.weights[1];
    expect(second).toBeCloseTo(50 * (1 - 0.5 * Math.exp(-50 / 400)), 12);
  });
});

test.each([
  // A sample a single step from the beginning is left out; NEST does so at any time.
  { created: 0, offset: 0.1, first: 1.1 },
  { created: 1, offset: 0.1, first: 1.1 },
  { created: 3, offset: 0.1, first: 3.1 },
  { created: 3, offset: 0.2, first: 3.2 },
  { created: 3, offset: 0, first: 4 },
])('the first sample of a multimeter: $created, $offset', ({ created, offset, first }) => {
  using kernel = new Kernel();
  const neuron = kernel.Create('iaf_psc_exp');
  kernel.SimulateSync(created);
  const multimeter = kernel.Create('multimeter', { record_from: ['V_m'], offset });
  kernel.Connect(multimeter, neuron);
  kernel.SimulateSync(3);
  expect(multimeter.events.times[0]).toBeCloseTo(first, 12);
});

test.each(['stdp_nn_symm_synapse', 'stdp_nn_restr_synapse'])(
  '%s takes time 0 for a pre spike, also where it is made later, as NEST does',
  (model) => {
    for (const made of [0, 10]) {
      using kernel = new Kernel();
      if (made > 0) kernel.SimulateSync(made);
      const { synapse } = pair(kernel, model, { pre: [], post: [30] });
      kernel.SimulateSync(50);
      expect(weightOf(synapse)).toBeCloseTo(facilitated(50, Math.exp(-31.1 / 20)), 12);
    }
  },
);

describe('the current weight', () => {
  test('holds what post spikes since the last pre spike have done', () => {
    using kernel = new Kernel();
    const { synapse } = pair(kernel, 'stdp_synapse', { pre: [10], post: [15] });
    kernel.SimulateSync(16);
    // The spike of 15.1 acts at 16.1.
    expect(weightOf(synapse)).toBe(50);
    kernel.SimulateSync(1);
    expect(weightOf(synapse)).toBeCloseTo(facilitated(50, Math.exp(-6 / 20)), 12);
  });

  test('is what set replaces: they do not act a second time', () => {
    using kernel = new Kernel();
    const { synapse } = pair(kernel, 'stdp_synapse', { pre: [10, 30], post: [15] });
    kernel.SimulateSync(20);
    synapse.set({ weight: 60 });
    kernel.SimulateSync(20);
    expect(weightOf(synapse)).toBeCloseTo(depressed(60, Math.exp(-14 / 20)), 12);
  });
});
