// Receptors of iaf_cond_exp_multisynapse: arrays of parameters, their number, errors, reset, states.
import { Kernel } from '../../lib';

/** The conductance of a receptor; types read the first one. */
const receptor = (k: number) => `g_${k}` as 'g_1';

/** Name and text of the error that a call throws. */
function thrown(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
  return 'nothing';
}

const MODEL = 'iaf_cond_exp_multisynapse';

function twoReceptors(n = 3) {
  const kernel = new Kernel();
  const neurons = kernel.Create(MODEL, n, { E_rev: [0, -75], tau_syn: [5, 2] });
  return { kernel, neurons };
}

describe('arrays', () => {
  test('one for all nodes, one a node, and those of other models', () => {
    const { kernel, neurons } = twoReceptors();
    expect(neurons.n_receptors).toEqual(new Float64Array([2, 2, 2]));
    neurons.set({
      E_rev: [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
    });
    expect(neurons.at(1).E_rev).toEqual(new Float64Array([3, 4]));
    neurons.at(2).set({ tau_syn: [8, 9] });
    expect(neurons.get('tau_syn')).toEqual(
      [
        [5, 2],
        [5, 2],
        [8, 9],
      ].map((x) => new Float64Array(x)),
    );
    const other = kernel.Create('iaf_psc_exp');
    expect(neurons.concat(other).get(receptor(2))).toEqual([0, 0, 0, null]);
    expect(kernel.Create(MODEL).get('recordables')).toContain('g_1');
    expect(neurons.at(0).get('recordables')).toEqual(
      expect.arrayContaining(['V_m', 'g_1', 'g_2', 'g_e', 'g_i']),
    );
  });

  test('defaults and copies of the model', () => {
    const kernel = new Kernel();
    kernel.CopyModel(MODEL, 'three', { E_rev: [0, -75, 10], tau_syn: [1, 2, 3], g_e0: 12 });
    expect(kernel.GetDefaults('three').tau_syn).toEqual(new Float64Array([1, 2, 3]));
    expect(kernel.GetDefaults('three').n_receptors).toBe(3);
    expect(kernel.GetDefaults('three').g_e).toBe(12);
    expect(kernel.GetDefaults(MODEL).E_rev).toEqual(new Float64Array([0]));
    kernel.SetDefaults('three', { E_rev: [5, 6, 7], [receptor(3)]: 4 });
    const made = kernel.Create('three', 2);
    expect(made.E_rev).toEqual([new Float64Array([5, 6, 7]), new Float64Array([5, 6, 7])]);
    expect(made.get(receptor(3))).toEqual(new Float64Array([4, 4]));
    expect(made.get('g_e')).toEqual(new Float64Array([12, 12]));
  });

  test('conductances of all receptors can be set by name', () => {
    const { neurons } = twoReceptors();
    neurons.set({ g_1: 1, g_2: [2, 3, 4] });
    expect(neurons.get(receptor(2))).toEqual(new Float64Array([2, 3, 4]));
    expect(() => neurons.set({ g_3: 1 })).toThrow('g_3');
    // @ts-expect-error: receptors have numbers
    expect(() => neurons.set({ g_two: 1 })).toThrow('g_two');
  });

  test('fluctuating conductances begin at their means, and move with them', () => {
    const { kernel, neurons } = twoReceptors(1);
    neurons.set({ g_e0: 12 });
    expect(neurons.get('g_e')).toBe(12);
    neurons.set({ g_e: 20 });
    neurons.set({ g_e0: 14 });
    expect(neurons.get('g_e')).toBe(22);
    kernel.SimulateSync(1);
    expect(neurons.get('g_e')).toBeCloseTo(14 + 8 * Math.exp(-1 / 2.7), 12);
  });
});

describe('the number of receptors', () => {
  test('changes for all neurons of a Create call, while nothing uses those that go', () => {
    const { kernel, neurons } = twoReceptors();
    neurons.set({ [receptor(2)]: 3 });
    neurons.set({ E_rev: [0, -75, 5], tau_syn: [5, 5, 5], [receptor(3)]: 7 });
    expect(neurons.get(receptor(2))).toEqual(new Float64Array([3, 3, 3]));
    expect(neurons.get(receptor(3))).toEqual(new Float64Array([7, 7, 7]));
    kernel.Connect(kernel.Create('poisson_generator'), neurons, 'all_to_all', { receptor_type: 2 });
    neurons.set({ E_rev: [0, -75], tau_syn: [5, 5] });
    expect(neurons.n_receptors).toEqual(new Float64Array([2, 2, 2]));
    expect(thrown(() => neurons.set({ E_rev: [0], tau_syn: [5] }))).toMatch(
      /BadProperty: n_receptors .* ≥ 2/,
    );
    kernel.SimulateSync(5);
    neurons.set({ E_rev: [0, -75, 5, 6], tau_syn: [5, 5, 5, 5] });
    kernel.Connect(neurons, neurons, 'all_to_all', { receptor_type: 4 });
    kernel.SimulateSync(5);
    expect(thrown(() => neurons.set({ E_rev: [0, 1], tau_syn: [5, 5] }))).toMatch(
      /BadProperty: n_receptors .* ≥ 4/,
    );
    kernel.GetConnections({ source: neurons, target: neurons }).disconnect();
    neurons.set({ E_rev: [0, 1], tau_syn: [5, 5] });
    kernel.SimulateSync(5);
    kernel.ResetState();
    expect(neurons.n_receptors).toEqual(new Float64Array([2, 2, 2]));
  });

  test('one whose conductance is recorded stays', () => {
    const { kernel, neurons } = twoReceptors();
    kernel.Connect(kernel.Create('multimeter', { record_from: ['g_2'] }), neurons);
    expect(thrown(() => neurons.set({ E_rev: [0], tau_syn: [5] }))).toMatch(
      /BadProperty: n_receptors .*g_2/,
    );
  });

  test('is 250 at most', () => {
    const kernel = new Kernel();
    const values = (n: number) => ({
      E_rev: new Float64Array(n),
      tau_syn: new Float64Array(n).fill(3),
    });
    const neuron = kernel.Create(MODEL, 1, values(250));
    kernel.Connect(kernel.Create('poisson_generator', { rate: 1e5 }), neuron, 'all_to_all', {
      receptor_type: 250,
    });
    kernel.SimulateSync(5);
    expect(neuron.get(receptor(250))).toBeGreaterThan(0);
    expect(neuron.get(receptor(249))).toBe(0);
    expect(thrown(() => kernel.Create(MODEL, 1, values(251)))).toMatch(/BadProperty: .*1 to 250/);
    expect(thrown(() => kernel.Create(MODEL, 1, values(0)))).toMatch(/BadProperty: .*1 to 250/);
  });
});

describe('errors', () => {
  const { kernel, neurons } = twoReceptors();
  const generator = kernel.Create('poisson_generator');
  const other = kernel.Create('iaf_psc_exp', 3);
  const cases: [string, () => unknown, RegExp][] = [
    ['no receptor', () => kernel.Connect(other, neurons), /UnknownReceptorType: .*1 or 2, got 0/],
    [
      'beyond the last',
      () => kernel.Connect(generator, neurons, 'all_to_all', { receptor_type: 3 }),
      /UnknownReceptorType: .*1 or 2, got 3/,
    ],
    [
      'one direction only',
      () =>
        kernel.Connect(
          other,
          neurons,
          { rule: 'one_to_one', make_symmetric: true },
          { receptor_type: 1 },
        ),
      /UnknownReceptorType: .*iaf_psc_exp/,
    ],
    [
      'currents',
      () =>
        kernel.Connect(kernel.Create('dc_generator'), neurons, 'all_to_all', { receptor_type: 1 }),
      /UnknownReceptorType/,
    ],
    [
      'a negative weight',
      () => kernel.Connect(other, neurons, 'all_to_all', { receptor_type: 1, weight: -1 }),
      /BadProperty: weight .*≥ 0/,
    ],
    [
      'one of several',
      () => kernel.Connect(other, neurons, 'one_to_one', { receptor_type: 1, weight: [1, -2, 3] }),
      /BadProperty: weight .*got -2/,
    ],
    [
      'of a generator',
      () => kernel.Connect(generator, neurons, 'all_to_all', { receptor_type: 1, weight: -1 }),
      /BadProperty: weight/,
    ],
    [
      'lengths',
      () => neurons.set({ E_rev: [1, 2], tau_syn: [1] }),
      /DimensionMismatch: tau_syn .*2 values/,
    ],
    ['one alone', () => neurons.set({ E_rev: [1] }), /DimensionMismatch: tau_syn .*give both/],
    [
      'some neurons',
      () => neurons.at(0).set({ E_rev: [1], tau_syn: [1] }),
      /DimensionMismatch: Neurons of one Create call/,
    ],
    [
      'as many as nodes',
      () =>
        neurons.set({
          E_rev: [
            [1, 2],
            [1, 2],
          ],
        }),
      /DimensionMismatch: E_rev .*3, one a node; got 2/,
    ],
    ['a number', () => neurons.set({ E_rev: 3 as never }), /TypeMismatch: E_rev/],
    [
      'lists of lists as defaults',
      () => kernel.SetDefaults(MODEL, { E_rev: [[1]] as never }),
      /TypeMismatch: E_rev/,
    ],
    [
      'defaults of other lengths',
      () => kernel.SetDefaults(MODEL, { tau_syn: [1, 2] as never }),
      /DimensionMismatch: E_rev/,
    ],
    [
      'a time constant',
      () => neurons.set({ tau_syn: [1, 0] }),
      /BadProperty: tau_syn .*> 0, got 0/,
    ],
    [
      'the number',
      () => neurons.set({ n_receptors: 3 } as never),
      /BadProperty: n_receptors .*only be read/,
    ],
    ['a conductance', () => neurons.set({ g_1: -1 }), /BadProperty: g_1 .*≥ 0/],
    [
      'one that is not there',
      () => neurons.set({ [receptor(3)]: 1 }),
      /UnaccessedDictionaryEntry: .*g_3/,
    ],
  ];
  test.each(cases)('%s', (_, call, text) => {
    expect(thrown(call)).toMatch(text);
  });

  test('negative weights that are set later', () => {
    kernel.Connect(other, neurons, 'one_to_one', { receptor_type: 2 });
    kernel.Connect(generator, neurons, 'all_to_all', { receptor_type: 2 });
    kernel.Connect(other, neurons, 'one_to_one', {
      receptor_type: 1,
      synapse_model: 'static_synapse_hom_w',
    } as never);
    for (const source of [other, generator]) {
      const synapses = kernel.GetConnections({
        source,
        target: neurons,
        synapse_model: 'static_synapse',
      });
      expect(thrown(() => synapses.set({ weight: -1 }))).toMatch(/BadProperty: weight/);
    }
    expect(thrown(() => kernel.SetDefaults('static_synapse_hom_w', { weight: -1 }))).toMatch(
      /BadProperty: weight/,
    );
    expect([...kernel.GetConnections({ source: other, target: neurons }).receptor]).toEqual(
      expect.arrayContaining([1, 2]),
    );
  });
});

/** Neurons that fluctuate and excite each other, with something in every conductance. */
function excitingEachOther() {
  const made = twoReceptors(20);
  made.neurons.set({ g_e0: 12, g_i0: 57, sigma_e: 3, sigma_i: 6.6, g_1: 40, g_2: 3 });
  made.kernel.Connect(made.neurons, made.neurons, 'all_to_all', { receptor_type: 1, weight: 2 });
  return made;
}

const conductances = ({ neurons }: Pick<ReturnType<typeof excitingEachOther>, 'neurons'>) => [
  neurons.V_m,
  neurons.g_1,
  neurons.get(receptor(2)),
  neurons.g_e,
];

test('ResetState brings ports and fluctuations back to what was set', () => {
  const made = excitingEachOther();
  const begin = conductances(made);
  made.kernel.SimulateSync(50);
  const end = conductances(made);
  expect(made.kernel.GetKernelStatus('local_spike_counter')).toBeGreaterThan(20);
  made.kernel.ResetState();
  expect(conductances(made)).toEqual(begin);
  expect(made.neurons.get(receptor(2))).toEqual(new Float64Array(20).fill(3));
  made.kernel.SimulateSync(50);
  expect(conductances(made)).toEqual(end);
});

test('saved states keep ports, fluctuations and what is under way', async () => {
  const whole = excitingEachOther();
  whole.kernel.SimulateSync(120);
  const parts = excitingEachOther();
  parts.kernel.SimulateSync(50.3);
  const state = await parts.kernel.SaveState();
  const loaded = new Kernel();
  await loaded.LoadState(state);
  loaded.SimulateSync(69.7);
  const neurons = loaded.GetNodes({ model: MODEL });
  expect(conductances({ neurons } as never)).toEqual(conductances(whole));
  expect(neurons.get('n_receptors')).toEqual(new Float64Array(20).fill(2));
});
