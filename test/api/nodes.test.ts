import { Kernel, math, type NodeCollection, node_models, random } from '../../lib';
import { models } from '../../lib/registry';
import { named } from './named';

let kernel: Kernel;
beforeEach(() => {
  kernel = new Kernel();
});

const neuronModels = node_models.filter((name) => models.get(name)?.kind === 'neuron');
const settable = (model: string) =>
  (models.get(model)?.parameters ?? []).filter(({ role }) => role !== 'readonly');

/** Slightly off the default, which satisfies every rule between parameters. */
const offDefault = (value: number): number[] =>
  [1.001, 1.002, 1.003].map((factor) => (value === 0 ? factor - 1 : value * factor));
/** Potentials are kept relative to E_L: their last bits may differ. */
const close = (value: unknown): unknown =>
  typeof value === 'number' ? expect.closeTo(value, 12) : value;

/** A time that is kept in whole steps. */
const STEPS = 't_ref_remaining';

describe.each(neuronModels)('%s', (model) => {
  test('has the defaults that it declares', () => {
    const node = kernel.Create(model);
    const defaults = kernel.GetDefaults(model);
    expect(settable(model).length).toBeGreaterThan(3);
    for (const { name } of settable(model)) {
      expect([name, node.get(name)]).toEqual([name, defaults[name]]);
    }
  });

  test('keeps every value that it is given, for one node and for several', () => {
    const nodes = kernel.Create(model, 3);
    for (const { name, type, allowed } of settable(model)) {
      if (type === 'doubles') continue; // spike_times: see rewards.test.ts
      if (type === 'bool' && allowed !== '') continue; // one value only
      const value = kernel.GetDefaults(model, name);
      const given =
        type === 'bool'
          ? [value, !value, value]
          : name === STEPS
            ? [0.1, 0.2, 0.7]
            : offDefault(value as number);
      nodes.set({ [name]: given as number[] });
      expect([name, Array.from(nodes.get(name) as unknown[])]).toEqual([name, given.map(close)]);
      nodes.at(1).set({ [name]: value as number });
      expect([name, nodes.at(1).get(name)]).toEqual([name, close(value)]);
      nodes.set({ [name]: value as number });
      expect([name, nodes.at(2).get(name)]).toEqual([name, close(value)]);
    }
  });

  test('takes its settings at Create as by set', () => {
    const params = Object.fromEntries(
      settable(model).map(({ name }) => [name, kernel.GetDefaults(model, name) as number]),
    );
    const [made, set] = [kernel.Create(model, 2, params), kernel.Create(model, 2)];
    set.set(params);
    for (const { name } of settable(model)) expect(made.get(name)).toEqual(set.get(name));
  });
});

describe('values', () => {
  test('are scalars for one node, columns for several', () => {
    const nodes = kernel.Create('iaf_psc_alpha', 3, { I_e: [1, 2, 3] });
    expect(nodes.I_e).toEqual(Float64Array.of(1, 2, 3));
    expect(nodes.at(-1).I_e).toBe(3);
    expect(nodes.slice(0, 1).get('I_e')).toBe(1);
    expect(nodes.get(['I_e', 'tau_m'])).toEqual({
      I_e: Float64Array.of(1, 2, 3),
      tau_m: Float64Array.of(10, 10, 10),
    });
    expect(nodes.at(0).get()).toMatchObject({ global_id: 1, model: 'iaf_psc_alpha', I_e: 1 });
    expect(nodes.model).toEqual(Array(3).fill('iaf_psc_alpha'));
    expect(nodes.element_type).toEqual(Array(3).fill('neuron'));
  });

  test('can be assigned as properties, to parts as well', () => {
    const nodes = kernel.Create('iaf_psc_alpha', 6);
    nodes.I_e = 5;
    nodes.slice(0, 6, 2).I_e = [1, 2, 3];
    nodes.pick([false, false, false, false, false, true]).I_e = Float32Array.of(9);
    expect([...nodes.I_e]).toEqual([1, 5, 2, 5, 3, 9]);
    for (const node of nodes) node.I_e *= 2;
    expect([...nodes.I_e]).toEqual([2, 10, 4, 10, 6, 18]);
  });

  test('of different models: what any has, null for the others', () => {
    const [alpha, exp, aeif] = ['iaf_psc_alpha', 'iaf_psc_exp', 'aeif_cond_exp'];
    const all = kernel.Create(alpha, 2).concat(kernel.Create(aeif, 3));
    all.set({ t_ref: [1, 2, 3, 4, 5] });
    expect(all.get('t_ref')).toEqual(Float64Array.of(1, 2, 3, 4, 5));
    const read = all.get();
    expect(read.V_m).toEqual(new Float64Array(5).fill(-70).fill(-70.6, 2));
    expect(read.tau_m).toEqual([10, 10, null, null, null]);
    expect(read.Delta_T).toEqual([null, null, 2, 2, 2]);
    expect(read.model).toEqual([alpha, alpha, aeif, aeif, aeif]);
    expect(Object.keys(read).sort()).toEqual(
      [...new Set([...Object.keys(all.at(0).get()), ...Object.keys(all.at(4).get())])].sort(),
    );
    expect(() => all.get('rho')).toThrow(named('UnaccessedDictionaryEntry'));
    expect(all.concat(kernel.Create(exp)).get('rho')).toEqual([null, null, null, null, null, 0.01]);
  });

  test('of neurons, generators and recorders', () => {
    const neuron = kernel.Create('iaf_psc_exp');
    const generator = kernel.Create('spike_generator', 2, { spike_times: [[1, 2], [3]] });
    const recorder = kernel.Create('spike_recorder');
    kernel.Connect(generator, recorder);
    kernel.SimulateSync(5);
    const all = generator.concat(neuron).concat(recorder);
    expect(all.get(['rho', 'spike_times', 'n_events', 'precise_times'])).toEqual({
      rho: [0.01, null, null, null],
      spike_times: [null, Float64Array.of(1, 2), Float64Array.of(3), null],
      n_events: [null, null, null, 3],
      precise_times: [null, false, false, null],
    });
    expect(all.get('events')).toEqual([null, null, null, recorder.events]);
    expect(all.get('start')).toEqual([null, 0, 0, 0]);
    expect(() => generator.concat(neuron).get('events')).toThrow(named('BadProperty'));
  });

  test('of devices: arrays, one a node, texts, flags', () => {
    const generators = kernel.Create('spike_generator', 2, { spike_times: [[1, 2], [3]] });
    expect(generators.spike_times).toEqual([Float64Array.of(1, 2), Float64Array.of(3)]);
    generators.spike_times = [7, 8, 9];
    expect(generators.at(1).spike_times).toEqual(Float64Array.of(7, 8, 9));
    generators.set({ label: ['a', 'b'] });
    expect(generators.label).toEqual(['a', 'b']);
    const meter = kernel.Create('multimeter', { record_from: [] });
    expect(meter.record_from).toEqual([]);
    meter.record_from = ['V_m', 'I_syn_ex'];
    expect(meter.record_from).toEqual(['V_m', 'I_syn_ex']);
    meter.record_from = [];
    kernel.Connect(meter, kernel.Create('iaf_psc_alpha', 2));
    kernel.SimulateSync(2);
    expect(Object.keys(meter.events)).toEqual(['times', 'senders']);
    expect(meter.events.times).toEqual(new Float64Array()); // nothing to record: no rows
  });

  test('absolute potentials stay where they are when only E_L changes', () => {
    const nodes = kernel.Create('iaf_psc_exp', 2, { V_m: -65 });
    nodes.E_L = [-60, -80];
    expect([...nodes.V_m]).toEqual([close(-65), close(-65)]);
    expect([...nodes.V_th]).toEqual([-55, -55]);
    expect([...nodes.V_reset]).toEqual([-70, -70]);
    nodes.set({ E_L: -50, V_m: -61 });
    expect([...nodes.V_m]).toEqual([close(-61), close(-61)]);
    const made = kernel.Create('iaf_psc_exp', { E_L: -60 });
    expect(made.V_m).toEqual(close(-70));
  });
});

describe('defaults and copies', () => {
  test('hold for what is made later', () => {
    const before = kernel.Create('iaf_psc_alpha');
    kernel.SetDefaults('iaf_psc_alpha', { tau_m: 20, V_m: -60 });
    const after = kernel.Create('iaf_psc_alpha');
    expect([before.tau_m, after.tau_m, after.V_m]).toEqual([10, 20, close(-60)]);
    expect(kernel.GetDefaults('iaf_psc_alpha', ['tau_m', 'C_m'])).toEqual({ tau_m: 20, C_m: 250 });
    expect(new Kernel().GetDefaults('iaf_psc_alpha', 'tau_m')).toBe(10);
  });

  test('of neurons, devices and synapses', () => {
    kernel.CopyModel('iaf_psc_alpha', 'pyramidal', { tau_m: 30 });
    kernel.CopyModel('pyramidal', 'large', { C_m: 500 });
    kernel.CopyModel('poisson_generator', 'background', { rate: 1234 });
    kernel.CopyModel('static_synapse', 'strong', { weight: 99, delay: 2 });
    const large = kernel.Create('large', 2);
    expect(large.get(['tau_m', 'C_m', 'model'])).toEqual({
      tau_m: Float64Array.of(30, 30),
      C_m: Float64Array.of(500, 500),
      model: ['large', 'large'],
    });
    expect(kernel.Create('background').get('rate')).toBe(1234);
    kernel.Connect(large, large, 'one_to_one', 'strong');
    const synapses = kernel.GetConnections({ synapse_model: 'strong' });
    expect(synapses.get(['weight', 'delay', 'synapse_model'])).toEqual({
      weight: Float64Array.of(99, 99),
      delay: Float64Array.of(2, 2),
      synapse_model: ['strong', 'strong'],
    });
    expect(kernel.node_models).toEqual(
      expect.arrayContaining(['background', 'large', 'pyramidal']),
    );
    expect(kernel.synapse_models).toContain('strong');
    kernel.ResetKernel();
    expect(kernel.node_models).toEqual(node_models);
  });
});

describe('random parameters', () => {
  const n = 20_000;
  const draw = (parameter: ReturnType<typeof random.uniform>): Float64Array =>
    kernel.Create('iaf_psc_alpha', n, { I_e: parameter }).I_e.sort();
  /** Kolmogorov and Smirnov's distance; beyond 1.95/√n with probability 0.001. */
  const expectDistribution = (sorted: Float64Array, cdf: (x: number) => number): void => {
    const distances = Array.from(sorted, (x, i) =>
      Math.max(Math.abs(cdf(x) - i / n), Math.abs(cdf(x) - (i + 1) / n)),
    );
    expect(Math.max(...distances)).toBeLessThan(1.95 / Math.sqrt(n));
  };
  /** The normal distribution's, by Abramowitz and Stegun 7.1.26 (error below 1.5e-7). */
  const normalCdf = (x: number): number => {
    const t = 1 / (1 + (0.3275911 * Math.abs(x)) / Math.SQRT2);
    const a = [0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429];
    const polynomial = a.reduceRight((sum, c) => sum * t + c, 0) * t;
    const erf = 1 - polynomial * Math.exp((-x * x) / 2);
    return x < 0 ? (1 - erf) / 2 : (1 + erf) / 2;
  };

  test.each<[string, () => ReturnType<typeof random.uniform>, (x: number) => number]>([
    ['uniform', () => random.uniform(-2, 3), (x) => (x + 2) / 5],
    ['normal', () => random.normal(5, 2), (x) => normalCdf((x - 5) / 2)],
    ['lognormal', () => random.lognormal(1, 0.5), (x) => normalCdf((Math.log(x) - 1) / 0.5)],
    ['exponential', () => random.exponential(3), (x) => 1 - Math.exp(-x / 3)],
    ['shifted and scaled', () => random.uniform().mul(4).sub(1), (x) => (x + 1) / 4],
    ['quotient', () => random.exponential(3).div(3), (x) => 1 - Math.exp(-x)],
    ['negative', () => random.exponential(1).neg(), (x) => Math.exp(x)],
    ['power', () => random.uniform().pow(2), Math.sqrt],
    ['exp', () => math.exp(random.uniform()), Math.log],
    ['redraw', () => math.redraw(random.normal(), 0, 9), (x) => 2 * normalCdf(x) - 1],
    ['of two draws', () => math.max(random.uniform(), random.uniform()), (x) => x * x],
  ])('%s', (_, make, cdf) => {
    expectDistribution(draw(make()), cdf);
  });

  test('uniform_int: all values equally often', () => {
    const counts = new Array<number>(10).fill(0);
    for (const x of draw(random.uniform_int(10))) counts[x] = (counts[x] ?? NaN) + 1;
    const chi2 = counts.reduce((sum, count) => sum + (count - n / 10) ** 2 / (n / 10), 0);
    expect(chi2).toBeLessThan(27.9); // 9 degrees of freedom, p = 0.001
  });

  test('bounds, comparisons and conditions', () => {
    const [low, high] = [
      draw(math.max(random.uniform(), 0.3)),
      draw(math.min(random.uniform(), 0.3)),
    ];
    expect([low[0], high.at(-1)]).toEqual([0.3, 0.3]);
    const heads = draw(random.uniform().lt(0.25)).reduce((a, b) => a + b);
    expect(Math.abs(heads / n - 0.25)).toBeLessThan(0.012);
  });

  test('belong to the seed and the node, and to nothing else', () => {
    const columns = (seed: number, threads: number): Float64Array => {
      const other = new Kernel();
      other.SetKernelStatus({ rng_seed: seed, local_num_threads: threads });
      return other.Create('iaf_psc_alpha', 1000, { V_m: random.normal(-65, 3) }).V_m;
    };
    expect(columns(5, 1)).toEqual(columns(5, 3));
    expect(columns(5, 1)).not.toEqual(columns(6, 1));
    const [a, b] = [random.uniform().GetValue(kernel), random.uniform().GetValue(kernel)];
    expect(a).not.toBe(b);
  });
});

describe('collections', () => {
  test('are found by value', () => {
    const nodes = kernel.Create('iaf_psc_alpha', 5, { I_e: [1, 2, 1, 2, 1] });
    const found: NodeCollection = kernel.GetNodes({ I_e: 1 });
    expect([...found.ids]).toEqual([1, 3, 5]);
    expect(kernel.GetNodes({ model: 'iaf_psc_alpha' }).equals(nodes)).toBe(true);
    expect(kernel.GetNodes({ model: 'parrot_neuron' })).toHaveLength(0);
  });

  test('print as in NEST', () => {
    const nodes = kernel.Create('iaf_psc_alpha', 10);
    const all = nodes.concat(kernel.Create('poisson_generator', 1));
    expect(String(nodes)).toBe(
      'NodeCollection(metadata=None, model=iaf_psc_alpha, size=10, first=1, last=10)',
    );
    expect(String(nodes.slice(0, 10, 3))).toBe(
      'NodeCollection(metadata=None, model=iaf_psc_alpha, size=4, first=1, last=10, step=3)',
    );
    expect(String(all).split('\n')).toHaveLength(3);
  });

  test('of another kernel are refused even if the IDs would do', () => {
    const nodes = kernel.Create('iaf_psc_alpha', 2);
    const other = new Kernel();
    other.Create('iaf_psc_alpha', 2);
    expect(() => other.Connect(nodes, nodes)).toThrow(named('InvalidNodeCollection'));
  });
});
