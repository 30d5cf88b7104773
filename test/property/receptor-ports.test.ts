// Whatever sends to a receptor port of iaf_cond_exp_multisynapse arrives there as it does at a
// current that decays alike, to the last bit, and at no other port.
import { Kernel, type NodeCollection, random } from '../../lib';
import { native } from '../../lib/native';

/** The conductance of a receptor; types know the first one. */
const receptor = (k: number) => `g_${k}` as 'g_1';

const TARGETS = 40;
const SOURCES = 12;
const never = { V_th: Infinity };
const tau_syn = 7;

interface Setting {
  threads?: number;
  level?: string;
  split?: readonly number[];
}

interface Synapses {
  receptor_type?: number;
}

/** What connects sources with the targets; receptor: what names the port. */
type Sender = (kernel: Kernel, targets: NodeCollection, receptor: Synapses) => void;

const bursts = (i: number) => [1, 1.1, 2 + (i % 5) / 10, 4.3, 8 + (i % 3) / 10];

function parrots(kernel: Kernel, multiplicity = 1): NodeCollection {
  const generators = kernel.Create('spike_generator', SOURCES, {
    spike_times: Array.from({ length: SOURCES }, (_, i) => bursts(i)),
    spike_multiplicities: Array.from({ length: SOURCES }, (_, i) =>
      bursts(i).map(() => multiplicity),
    ),
  });
  const made = kernel.Create('parrot_neuron', SOURCES);
  kernel.Connect(generators, made, 'one_to_one', { delay: 0.1 });
  return made;
}

const SENDERS: Record<string, Sender> = {
  'counts of one weight': (kernel, targets, receptor) => {
    kernel.Connect(parrots(kernel), targets, 'all_to_all', { weight: 0.1, ...receptor });
  },
  'counts of two weights': (kernel, targets, receptor) => {
    const sources = parrots(kernel);
    kernel.Connect(sources, targets, 'all_to_all', { weight: 0.1, ...receptor });
    kernel.Connect(sources, targets, 'all_to_all', { weight: 0.3, delay: 2, ...receptor });
  },
  'more counts than 16 bits hold': (kernel, targets, receptor) => {
    kernel.Connect(parrots(kernel, 9000), targets, 'all_to_all', { weight: 0.1, ...receptor });
  },
  'weights of their own': (kernel, targets, receptor) => {
    const syn = { weight: random.uniform(0, 3), delay: random.uniform(0.5, 2), ...receptor };
    kernel.Connect(parrots(kernel, 3), targets, { rule: 'fixed_indegree', indegree: 5 }, syn);
  },
  'a common weight of the model': (kernel, targets, receptor) => {
    kernel.SetDefaults('static_synapse_hom_w', { weight: 0.7 });
    const syn = { synapse_model: 'static_synapse_hom_w', ...receptor } as const;
    kernel.Connect(parrots(kernel), targets, { rule: 'pairwise_bernoulli', p: 0.3 }, syn);
  },
  'plastic synapses': (kernel, targets, receptor) => {
    const syn = {
      synapse_model: 'stdp_synapse',
      weight: 2,
      Wmax: 5,
      lambda: 0.1,
      ...receptor,
    } as const;
    kernel.Connect(parrots(kernel), targets, { rule: 'fixed_indegree', indegree: 4 }, syn);
  },
  'short-term plasticity': (kernel, targets, receptor) => {
    const syn = { synapse_model: 'tsodyks2_synapse', weight: 2, tau_rec: 30, ...receptor } as const;
    kernel.Connect(parrots(kernel, 2), targets, { rule: 'fixed_indegree', indegree: 4 }, syn);
  },
  'a spike_generator': (kernel, targets, receptor) => {
    const generator = kernel.Create('spike_generator', 2, {
      spike_times: [1, 2.5, 6],
      spike_weights: [1, 0.3, 2],
      spike_multiplicities: [1, 4, 2],
    });
    kernel.Connect(generator, targets, 'all_to_all', { weight: random.uniform(0, 1), ...receptor });
    kernel.Connect(generator, targets, 'all_to_all', { weight: 0.7, ...receptor });
  },
  'a poisson_generator to all': (kernel, targets, receptor) => {
    const generator = kernel.Create('poisson_generator', { rate: 20_000 });
    kernel.Connect(generator, targets, 'all_to_all', { weight: 0.1, ...receptor });
  },
  'poisson_generators with weights of their own': (kernel, targets, receptor) => {
    const generators = kernel.Create('poisson_generator', TARGETS, { rate: 5000 });
    kernel.Connect(generators, targets, 'one_to_one', {
      weight: random.uniform(0, 1),
      ...receptor,
    });
    kernel.Connect(generators.at(0), targets, 'all_to_all', {
      weight: random.uniform(0, 1),
      delay: random.uniform(0.5, 2),
      ...receptor,
    });
  },
};

function simulate(kernel: Kernel, split: readonly number[] = [15]) {
  for (const ms of split) kernel.SimulateSync(ms);
}

const kernelWith = ({ threads = 1, level = native.simdLevel() }: Setting) => {
  const kernel = new Kernel();
  kernel.SetKernelStatus({ local_num_threads: threads, simd_level: level, rng_seed: 4 });
  return kernel;
};

function currents(sender: Sender): Float64Array {
  const kernel = kernelWith({});
  const targets = kernel.Create('iaf_psc_exp', TARGETS, { ...never, tau_syn_ex: tau_syn });
  sender(kernel, targets, {});
  simulate(kernel);
  return targets.I_syn_ex;
}

/** Conductances of the first, second and third port. */
function conductances(sender: Sender, receptor_type: number, setting: Setting): Float64Array[] {
  const kernel = kernelWith(setting);
  const targets = kernel.Create('iaf_cond_exp_multisynapse', TARGETS, {
    ...never,
    E_rev: [0, -75, -90],
    tau_syn: [tau_syn, tau_syn, tau_syn],
  });
  sender(kernel, targets, { receptor_type });
  simulate(kernel, setting.split);
  return ['g_1', 'g_2', 'g_3'].map((name) => targets.get(name as 'g_1'));
}

const settings: Setting[] = [
  {},
  { threads: 3, split: [0.1, 1.4, 6.5, 7] },
  ...native.simdLevels.map((level) => ({ level })),
];

describe.each(Object.entries(SENDERS))('%s', (_, sender) => {
  test.each([1, 2, 3])('to receptor %d', (receptor) => {
    const expected = currents(sender);
    expect(expected.some((x) => x > 0)).toBe(true);
    for (const setting of settings) {
      const found = conductances(sender, receptor, setting);
      for (const [at, g] of found.entries()) {
        expect(g).toEqual(at === receptor - 1 ? expected : new Float64Array(TARGETS));
      }
    }
  });
});

test('ports, other neurons and parrots in one partition, which share rows of inputs', () => {
  const run = (only?: string) => {
    const kernel = kernelWith({});
    const sources = parrots(kernel);
    const made = {
      ports: kernel.Create('iaf_cond_exp_multisynapse', 20, {
        ...never,
        E_rev: Array.from({ length: 5 }, () => 0),
        tau_syn: Array.from({ length: 5 }, () => 5),
      }),
      currents: kernel.Create('iaf_psc_exp', 20, never),
      repeating: kernel.Create('parrot_neuron', 20),
    };
    const recorder = kernel.Create('spike_recorder');
    kernel.Connect(made.repeating, recorder);
    const connect = (name: string, targets: NodeCollection, receptors: readonly number[]) => {
      if (only && only !== name) return;
      for (const receptor_type of receptors) {
        const own = Array.from({ length: 20 }, (_, i) =>
          Array.from({ length: SOURCES }, (__, j) => (i * j) % 7),
        );
        for (const weight of [0.2 * (receptor_type + 1), own]) {
          kernel.Connect(sources, targets, 'all_to_all', { weight, receptor_type });
        }
      }
    };
    connect('ports', made.ports, [5, 1, 3]);
    connect('currents', made.currents, [0]);
    connect('repeating', made.repeating, [0, 1]);
    kernel.SimulateSync(12);
    return {
      ports: [1, 2, 3, 4, 5].map((k) => made.ports.get(receptor(k))),
      currents: made.currents.I_syn_ex,
      repeating: recorder.n_events,
    };
  };
  const together = run();
  expect(together.ports[1]).toEqual(new Float64Array(20));
  expect(run('repeating').repeating).toEqual(together.repeating);
  expect(together.repeating).toBeGreaterThan(0);
  expect(run('ports').ports[4]).toEqual(together.ports[4]);
});

test('neurons that fluctuate and are driven do the same with any threads, levels and splits', () => {
  const run = (setting: Setting) => {
    const kernel = kernelWith(setting);
    const noise = { g_e0: 12, g_i0: 57, sigma_e: 3, sigma_i: 6.6 };
    const neurons = kernel.Create('iaf_cond_exp_multisynapse', 150, {
      ...noise,
      E_rev: [0, -75],
      tau_syn: [5, 5],
      V_m: random.uniform(-70, -60),
    });
    const some = kernel.Create('iaf_cond_exp_multisynapse', 37, {
      ...noise,
      sigma_e: random.uniform(0, 5),
      E_rev: Array.from({ length: 37 }, (_, i) => [i]),
      tau_syn: Array.from({ length: 37 }, (_, i) => [1 + i]),
    });
    const recorder = kernel.Create('spike_recorder');
    const all = neurons.concat(some);
    kernel.Connect(all, recorder);
    kernel.Connect(
      all,
      neurons,
      { rule: 'fixed_indegree', indegree: 10 },
      { weight: 3, receptor_type: 1 },
    );
    kernel.Connect(
      neurons,
      all,
      { rule: 'fixed_indegree', indegree: 3 },
      {
        weight: random.uniform(0, 20),
        receptor_type: 1,
      },
    );
    kernel.Connect(
      some,
      neurons,
      { rule: 'fixed_indegree', indegree: 2 },
      { weight: 40, receptor_type: 2 },
    );
    simulate(kernel, setting.split ?? [200]);
    return [recorder.events, all.V_m, all.get('g_e'), all.get('g_i'), neurons.get(receptor(2))];
  };
  const expected = run({});
  expect((expected[0] as unknown as { senders: Float64Array }).senders.length).toBeGreaterThan(200);
  for (const setting of settings.slice(1)) {
    expect(run({ ...setting, ...(setting.split && { split: [0.1, 33.3, 66.6, 100] }) })).toEqual(
      expected,
    );
  }
});
