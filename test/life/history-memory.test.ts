// What the plasticity of a network takes: memory that time constants, copies of models and spikes
// do not drive up.
import { type AnyInput, Kernel, type NodeCollection, random } from '../../lib';

const memoryOf = (kernel: Kernel): number => kernel.GetKernelStatus('memory_total');

/** Targets of plastic synapses from ten sources. */
function build(n: number, params: Record<string, AnyInput>, threads = 1) {
  const kernel = new Kernel();
  kernel.SetKernelStatus({ local_num_threads: threads });
  const sources = kernel.Create('parrot_neuron', 10);
  const targets = kernel.Create('iaf_psc_exp', n, params);
  kernel.Connect(
    sources,
    targets,
    { rule: 'fixed_indegree', indegree: 1 },
    { synapse_model: 'stdp_synapse' },
  );
  return { kernel, sources, targets };
}

test.each([1, 2])('20,000 different tau_minus take less than 20 MB, %d threads', (threads) => {
  const { kernel } = build(20_000, { tau_minus: random.uniform(10, 40) }, threads);
  kernel.SimulateSync(1);
  expect(memoryOf(kernel)).toBeLessThan(20e6);
});

test('so do different tau_minus_triplet', () => {
  const tau_minus_triplet = random.uniform(50, 200);
  const { kernel } = build(20_000, { tau_minus: random.uniform(10, 40), tau_minus_triplet });
  kernel.SimulateSync(1);
  expect(memoryOf(kernel)).toBeLessThan(20e6);
});

test('values that are set again and again leave nothing behind', () => {
  const { kernel, targets } = build(10, {});
  kernel.CopyModel('stdp_synapse_hom', 'own');
  kernel.CopyModel('stdp_triplet_synapse', 'triplet');
  for (const synapse_model of ['own', 'triplet']) {
    kernel.Connect(targets, targets, 'all_to_all', { synapse_model, delay: 1 });
  }
  const set = (i: number) => {
    targets.set({ tau_minus: 20 + i * 1e-7, tau_minus_triplet: 110 + i * 1e-7 });
    kernel.SetDefaults('own', { tau_plus: 20 + i * 1e-7 });
    kernel.SimulateSync(0.1);
  };
  for (let i = 0; i < 20; i++) set(i);
  const before = memoryOf(kernel);
  for (let i = 20; i < 4000; i++) set(i);
  expect(memoryOf(kernel) - before).toBeLessThan(10e3);
});

test('copies of models take little, used or not', () => {
  const { kernel, sources, targets } = build(10, {});
  kernel.SimulateSync(1);
  const before = memoryOf(kernel);
  for (let i = 0; i < 400; i++) {
    kernel.CopyModel('stdp_synapse_hom', `copy ${i}`, { tau_plus: 20 + i / 10 });
  }
  kernel.SimulateSync(1);
  const unused = memoryOf(kernel);
  expect(unused - before).toBeLessThan(1e6);
  for (let i = 0; i < 400; i++) {
    const synapse = { synapse_model: `copy ${i}`, delay: 1 };
    kernel.Connect(sources.at(0), targets.at(i % 10), 'one_to_one', synapse);
  }
  kernel.SimulateSync(1);
  expect(memoryOf(kernel) - unused).toBeLessThan(16e6);
});

describe('one neuron among 3000 that fires in every step', () => {
  const after = (change: (targets: NodeCollection) => void): number => {
    const { kernel, targets } = build(3000, { I_e: 380 });
    change(targets);
    kernel.SimulateSync(4000);
    return memoryOf(kernel);
  };

  test('takes memory for itself alone', () => {
    const without = after(() => undefined);
    const fast = after((targets) => {
      targets.at(0).set({ t_ref: 0, I_e: 1e6 });
    });
    expect(fast).toBeGreaterThan(without);
    expect(fast).toBeLessThan(2 * without);
  });
});

test('spikes of any multiplicity take the memory of one', () => {
  const after = (multiplicity: number): number => {
    const kernel = new Kernel();
    const [sources, targets] = [kernel.Create('parrot_neuron'), kernel.Create('parrot_neuron', 50)];
    kernel.Connect(sources, targets, 'all_to_all', { synapse_model: 'stdp_synapse', weight: 1 });
    const steps = Array.from({ length: 1500 }, (_, i) => (i + 1) / 10);
    const generator = kernel.Create('spike_generator', {
      spike_times: steps,
      spike_multiplicities: steps.map(() => multiplicity),
    });
    kernel.Connect(generator, targets, 'all_to_all', { delay: 0.1 });
    kernel.SimulateSync(200);
    return memoryOf(kernel);
  };
  expect(after(60_000)).toBe(after(1));
});
