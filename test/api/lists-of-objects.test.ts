import { named } from './named';
import { wrong } from './refused/network';
import * as nest from '../../lib';

// One object of parameters for each node, or synapse.

let kernel: nest.Kernel;
beforeEach(() => {
  kernel = new nest.Kernel();
});

const events = (recorder: nest.NodeCollection): unknown => recorder.get('events');

describe('Create', () => {
  it('gives each node what its object says, and the defaults otherwise', () => {
    const cells = kernel.Create('iaf_psc_exp', 4, [
      { V_m: -60 },
      { V_m: -61, I_e: 5 },
      {},
      { I_e: 7, V_m: -62 },
    ]);
    expect(cells.V_m).toEqual(Float64Array.of(-60, -61, -70, -62));
    expect(cells.I_e).toEqual(Float64Array.of(0, 5, 0, 7));
  });

  it('takes lists, texts, flags and collections', () => {
    const cells = kernel.Create('iaf_psc_exp', 2);
    const given = kernel.Create('spike_generator', 3, [
      { spike_times: [1, 2], label: 'a' },
      { spike_times: Float64Array.of(3), label: 'b', allow_offgrid_times: true },
      { spike_times: [], label: 'c' },
    ]);
    expect(given.spike_times).toEqual([[1, 2], [3], []].map((times) => Float64Array.from(times)));
    expect(given.label).toEqual(['a', 'b', 'c']);
    expect(given.allow_offgrid_times).toEqual([false, true, false]);
    const meters = kernel.Create('multimeter', 2, [
      { record_from: ['V_m'] },
      { record_from: ['V_m', 'I_syn_ex'], interval: 2 },
    ]);
    expect(meters.record_from).toEqual([['V_m'], ['V_m', 'I_syn_ex']]);
    const weights = kernel.Create('weight_recorder', 2, [
      { senders: cells },
      { targets: cells.at(1) },
    ]);
    expect(weights.at(0).senders).toEqual(Float64Array.of(1, 2));
    expect(weights.at(1).targets).toEqual(Float64Array.of(2));
  });

  it('draws a parameter for its node, as for a whole collection', () => {
    const drawn = nest.random.uniform(-70, -50);
    const cells = kernel.Create('iaf_psc_exp', 3, [{ V_m: drawn }, {}, { V_m: drawn }]);
    const twin = new nest.Kernel().Create('iaf_psc_exp', 3, { V_m: drawn });
    expect(cells.V_m).toEqual(Float64Array.of(twin.V_m[0]!, -70, twin.V_m[2]!));
  });

  it('needs an object for each node, and makes none otherwise', () => {
    const refused = (n: number, params: unknown): void => {
      kernel.Create('iaf_psc_exp', n, wrong(params));
    };
    expect(() => refused(2, [{ V_m: -60 }])).toThrow(
      named('DimensionMismatch', {
        message: 'Create: an array of objects needs one for each of 2, got 1.',
        expected: 2,
        given: 1,
      }),
    );
    expect(() => refused(2, new Array(2 ** 32 - 1))).toThrow(named('DimensionMismatch'));
    expect(() => refused(2, [])).toThrow(named('DimensionMismatch'));
    expect(() => refused(2, [{ V_m: -60 }, 5])).toThrow(
      'Create: values[1] must be an object of parameters, got 5.',
    );
    expect(() => refused(2, [{ V_m: -60 }, undefined])).toThrow(named('TypeMismatch'));
    expect(() => refused(2, [{ V_m: -60 }, { V_n: -60 }])).toThrow(
      named('UnaccessedDictionaryEntry', { suggestion: 'V_m' }),
    );
    expect(() => refused(2, [{ V_m: -60 }, { V_m: 'x' }])).toThrow(named('TypeMismatch'));
    expect(() => refused(2, [{ V_m: [-60] }, { V_m: [-60, -61] }])).toThrow(named('TypeMismatch'));
    expect(() => refused(2, [{ V_m: -60 }, { C_m: -1 }])).toThrow(
      named('BadProperty', { parameter: 'C_m', node: 2 }),
    );
    expect(kernel.GetNodes()).toHaveLength(0);
    expect(() => kernel.Create('iaf_psc_exp', wrong([{ V_m: -60 }, {}]))).toThrow(
      named('DimensionMismatch'),
    );
  });

  it('makes columns of 10 000 objects', () => {
    const n = 10_000;
    const V_m = Array.from({ length: n }, (_, i) => -70 + i / n);
    const objects = V_m.map((value, i) => (i % 2 ? { V_m: value } : { V_m: value, I_e: i }));
    const cells = kernel.Create('iaf_psc_exp', n, objects);
    const twin = kernel.Create('iaf_psc_exp', n, { V_m, I_e: V_m.map((_, i) => (i % 2 ? 0 : i)) });
    expect(cells.V_m).toEqual(twin.V_m);
    expect(cells.I_e).toEqual(twin.I_e);
  });
});

describe('set', () => {
  const mixed = (): nest.NodeCollection =>
    kernel
      .Create('iaf_psc_exp', 2)
      .concat(kernel.Create('parrot_neuron'))
      .concat(kernel.Create('poisson_generator'))
      .concat(kernel.Create('iaf_psc_alpha'));

  it('gives nodes of several models what only these have', () => {
    const nodes = mixed();
    nodes.set([{ V_m: -60, rho: 0.5 }, {}, {}, { rate: 10 }, { V_m: -61 }]);
    expect(nodes.at(0).get(['V_m', 'rho'])).toEqual({ V_m: -60, rho: 0.5 });
    expect(nodes.at(1).get('V_m')).toBe(-70);
    expect(nodes.at(3).get('rate')).toBe(10);
    expect(nodes.at(4).get('V_m')).toBe(-61);
  });

  it.each([
    [{}, { V_m: -60 }, {}, { rate: 5 }, { rho: 1 }],
    [{ V_m: -60 }, {}, {}, { rate: -5 }, { V_m: -60 }],
    [{ V_m: -60 }, { V_m: -60 }, {}, { rate: 5 }, { tau_m: 0 }],
    [{ V_m: -60 }, { V_m: -60 }, {}, { rate: 5 }],
  ])('changes nothing where one of %j %j %j %j %j is refused', (...objects) => {
    const nodes = mixed();
    const before = [...nodes].map((node) => node.get());
    expect(() => nodes.set(objects)).toThrow(nest.TegmentaError);
    expect([...nodes].map((node) => node.get())).toEqual(before);
  });

  it('is what SetStatus does', () => {
    const cells = kernel.Create('iaf_psc_exp', 2);
    kernel.SetStatus(cells, [{ V_m: -60 }, { V_m: -61 }]);
    expect(cells.V_m).toEqual(Float64Array.of(-60, -61));
    expect(() => kernel.SetStatus(cells, [{ V_m: -60 }])).toThrow(named('DimensionMismatch'));
    cells.at(0).set([{ V_m: -65 }]);
    expect(cells.V_m).toEqual(Float64Array.of(-65, -61));
  });

  it('clears only the recorders whose object says so', async () => {
    const cells = kernel.Create('parrot_neuron');
    kernel.Connect(kernel.Create('spike_generator', { spike_times: [1, 2] }), cells);
    const recorders = kernel.Create('spike_recorder', 2);
    kernel.Connect(cells, recorders);
    await kernel.Simulate(5);
    recorders.set([{}, { n_events: 0 }]);
    expect(recorders.n_events).toEqual(Float64Array.of(2, 0));
  });

  it('is refused while a simulation runs, and after ResetKernel', async () => {
    const cells = kernel.Create('iaf_psc_exp', 2);
    const stop = new AbortController();
    const run = kernel.Simulate(1e9, { signal: stop.signal });
    expect(() => cells.set([{}, { V_m: -60 }])).toThrow(named('SimulationRunning'));
    stop.abort();
    await expect(run).rejects.toThrow(named('AbortError'));
    kernel.ResetKernel();
    expect(() => cells.set([{}, { V_m: -60 }])).toThrow(named('InvalidNodeCollection'));
  });
});

describe('set of synapses', () => {
  interface Before {
    readonly weight: Float64Array;
    readonly delay: Float64Array;
    readonly synapse_model: readonly string[];
  }
  interface Simulated {
    readonly own: nest.Kernel;
    readonly recorder: nest.NodeCollection;
    readonly synapses: nest.SynapseCollection<string, true>;
  }

  /** Static synapses of two stores, plastic ones, and those of a generator and to a recorder. */
  const network = (): {
    synapses: nest.SynapseCollection<string, true>;
    recorder: nest.NodeCollection;
  } => {
    const own = new nest.Kernel();
    const sources = own.Create('parrot_neuron', 3);
    const targets = own.Create('parrot_neuron', 3);
    const times = Array.from({ length: 30 }, (_, i) => i + 1);
    const stimulus = own.Create('spike_generator', { spike_times: times });
    own.Connect(stimulus, sources);
    own.Connect(sources, targets, 'one_to_one', { weight: 2 });
    own.Connect(sources, targets, 'one_to_one', { weight: [1, 2, 3], delay: 2 });
    own.Connect(sources, targets, 'one_to_one', { synapse_model: 'stdp_synapse', weight: 10 });
    own.Connect(sources, targets, 'one_to_one', { synapse_model: 'static_synapse_hom_w' });
    const recorder = own.Create('spike_recorder');
    own.Connect(targets, recorder);
    own.SimulateSync(10);
    const synapses = own.GetConnections({ target: sources.concat(targets) });
    expect(synapses).toHaveLength(15);
    return { synapses, recorder };
  };

  it('gives each synapse what its object says', () => {
    const { synapses } = network();
    const before = synapses.get(['weight', 'delay', 'synapse_model']) as Before;
    const objects = before.synapse_model.map((model, i) => ({
      ...(i % 2 && { delay: 1 + (i % 5) / 2 }),
      ...(i % 3 && model !== 'static_synapse_hom_w' && { weight: 3 + i }),
      ...(i % 2 && model === 'stdp_synapse' && { lambda: 0.02 + i / 1000 }),
    }));
    expect(new Set(objects.map((o) => Object.keys(o).join())).size).toBeGreaterThan(4);
    synapses.set(objects);
    expect([...synapses.weight]).toEqual(objects.map((o, i) => o.weight ?? before.weight[i]));
    expect([...synapses.delay]).toEqual(objects.map((o, i) => o.delay ?? before.delay[i]));
    expect(synapses.synapse_model).toEqual(before.synapse_model);
    for (const [i, synapse] of [...synapses].entries()) {
      if (synapse.synapse_model !== 'stdp_synapse') continue;
      expect(synapse.get('lambda')).toBe(objects[i]?.lambda ?? 0.01);
    }
  });

  it('acts as columns do on what comes', () => {
    const [listed, columns] = [new nest.Kernel(), new nest.Kernel()].map((own) => {
      const sources = own.Create('parrot_neuron', 2);
      const targets = own.Create('iaf_psc_exp', 2);
      own.Connect(own.Create('poisson_generator', { rate: 500 }), sources);
      own.Connect(sources, targets, 'all_to_all', { weight: 500 });
      const stdp = { synapse_model: 'stdp_synapse', Wmax: 1000, weight: 400 };
      own.Connect(sources, targets, 'one_to_one', stdp);
      const recorder = own.Create('spike_recorder');
      own.Connect(targets, recorder);
      own.SimulateSync(50);
      return { own, recorder, synapses: own.GetConnections({ source: sources }) };
    }) as unknown as [Simulated, Simulated];
    const objects = [{ weight: 600 }, {}, { delay: 2 }, { delay: 1.5, weight: 700 }, { delay: 3 }];
    listed.synapses.set([...objects, { lambda: 0.1, alpha: 0.5 }]);
    const { weight, delay } = columns.synapses.get(['weight', 'delay']);
    const plastic = columns.synapses.synapse_model.map((model) => model === 'stdp_synapse');
    expect(plastic).toEqual([false, false, false, false, true, true]);
    columns.synapses.set({
      weight: weight.map((w, i) => objects[i]?.weight ?? w),
      delay: delay.map((d, i) => objects[i]?.delay ?? d),
    });
    const last = columns.own.GetConnections({ synapse_model: 'stdp_synapse' });
    last.pick([...last.delay].map((d) => d !== 3)).set({ lambda: 0.1, alpha: 0.5 });
    for (const { own } of [listed, columns]) own.SimulateSync(200);
    expect(events(listed.recorder)).toEqual(events(columns.recorder));
    expect(listed.recorder.get('n_events')).toBeGreaterThan(10);
    expect(listed.synapses.weight).toEqual(columns.synapses.weight);
  });

  it('changes nothing where one is refused', () => {
    const { synapses } = network();
    const before = synapses.get();
    const refused = [
      { lambda: 0.1 }, // of a static synapse
      { weight: 1 }, // which belongs to the model
      { delay: -1 },
      { weight: NaN },
      { wieght: 1 },
    ];
    const last = synapses.synapse_model.lastIndexOf('static_synapse_hom_w');
    for (const values of refused) {
      const objects = Array.from(synapses, (_, i): object =>
        i === last ? values : i === 1 ? { delay: 3 } : {},
      );
      expect(() => synapses.set(objects as nest.SynapseInput[])).toThrow(nest.TegmentaError);
      expect(synapses.get()).toEqual(before);
    }
    expect(() => synapses.set([{ weight: 1 }])).toThrow(
      named('DimensionMismatch', { expected: 15, given: 1 }),
    );
    expect(() => synapses.set(wrong(Array.from(synapses, () => 1)))).toThrow(named('TypeMismatch'));
  });

  it('is taken by a single synapse, and by SetStatus', () => {
    const [{ synapses }, other] = [network(), network()];
    const first = other.synapses.at(0);
    first.set([{ weight: 4 }]);
    expect(first.weight).toBe(4);
    const objects = Array.from(synapses, (_, i) => (i === 2 ? { delay: 5 } : {}));
    nest.SetStatus(synapses, objects);
    expect(Math.max(...synapses.delay)).toBe(5);
  });
});
