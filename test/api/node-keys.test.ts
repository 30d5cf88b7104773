// What NEST lets one read of every node, and Ca, which can be set.
import { type AnyInput, BadProperty, Kernel, node_models } from '../../lib';
import { models } from '../../lib/registry';

const kindOf = (name: string): string => models.get(name)!.kind;
const neurons = node_models.filter((name) => kindOf(name) === 'neuron');

describe.each(node_models)('%s', (model) => {
  test('says what it is', () => {
    const kernel = new Kernel();
    kernel.Create('parrot_neuron', 3);
    kernel.CopyModel(model, 'copy');
    const node = kernel.Create('copy');
    expect(node.get(['global_id', 'model', 'type_id', 'element_type', 'local'] as never)).toEqual({
      global_id: 4,
      model: 'copy',
      type_id: model,
      element_type: kindOf(model),
      local: true,
    });
    const defaults = kernel.GetDefaults('copy');
    expect(defaults).toMatchObject({ model: 'copy', type_id: model, element_type: kindOf(model) });
    expect(node.get('model_id' as never)).toBe(defaults.model_id);
    expect(defaults.model_id).not.toBe(kernel.GetDefaults(model, 'model_id'));
  });

  test('has them read only', () => {
    const kernel = new Kernel();
    const node = kernel.Create(model);
    for (const key of ['global_id', 'type_id', 'model_id', 'thread', 'vp', 'thread_local_id']) {
      expect(() => node.set({ [key]: 1 })).toThrow(BadProperty);
      expect(() => node.set({ [key]: 1 })).toThrow(`${key} of ${model} can only be read`);
    }
  });
});

test('models of nodes have different numbers, which copies do not change', () => {
  const kernel = new Kernel();
  const numbers = (): unknown[] =>
    node_models.map((model) => kernel.GetDefaults(model, 'model_id'));
  const before = numbers();
  expect(new Set(before).size).toBe(node_models.length);
  kernel.CopyModel('iaf_psc_exp', 'copy');
  kernel.CopyModel('spike_recorder', 'other');
  expect(numbers()).toEqual(before);
});

test('threads are known once the network is laid out', () => {
  const kernel = new Kernel();
  kernel.SetKernelStatus({ local_num_threads: 2 });
  const nodes = kernel.Create('iaf_psc_exp', 1000);
  const recorder = kernel.Create('spike_recorder');
  kernel.Connect(nodes, recorder);
  expect(new Set(nodes.get('thread'))).toEqual(new Set([-1]));
  kernel.SimulateSync(1);
  expect(new Set(nodes.get('thread'))).toEqual(new Set([0, 1]));
  expect(nodes.get('vp')).toEqual(nodes.get('thread'));
  const places = nodes.get('thread_local_id');
  const pairs = Array.from(nodes.get('thread'), (thread, i) => `${thread} ${places[i]}`);
  expect(new Set(pairs).size).toBe(1000);
  expect(recorder.get('thread')).toBe(-1);
});

describe.each(neurons)('calcium of %s', (model) => {
  test('is in the defaults, can be set and decays from then on', () => {
    const kernel = new Kernel();
    expect(kernel.GetDefaults(model, ['Ca', 't_spike', 'post_trace'])).toEqual({
      Ca: 0,
      t_spike: -1,
      post_trace: 0,
    });
    const nodes = kernel.Create(model, 3, { tau_Ca: 100 } as never);
    if ('nu_0' in nodes) nodes.set({ nu_0: 0 }); // fires by itself
    kernel.SimulateSync(10);
    nodes.set({ Ca: [1, 2, 0] });
    expect(Array.from(nodes.get('Ca') as Float64Array)).toEqual([1, 2, 0]);
    kernel.SimulateSync(50);
    const left = Math.exp(-0.5);
    const now = nodes.get('Ca') as Float64Array;
    expect(now[0]).toBeCloseTo(left, 14);
    expect(now[1]).toBeCloseTo(2 * left, 14);
    expect(now[2]).toBe(0);
  });

  test('begins with the default of its model', () => {
    const kernel = new Kernel();
    kernel.SetDefaults(model, { Ca: 0.5 });
    expect(kernel.GetDefaults(model, 'Ca')).toBe(0.5);
    expect(kernel.Create(model).get('Ca' as never)).toBe(0.5);
    expect(kernel.Create(model, { Ca: 0.25 } as never).get('Ca' as never)).toBe(0.25);
  });

  test('refuses what is no concentration', () => {
    const kernel = new Kernel();
    const node = kernel.Create(model, 2, { Ca: 3 } as never);
    for (const Ca of [-1, NaN, Infinity]) {
      expect(() => node.set({ Ca })).toThrow(BadProperty);
      expect(() => kernel.SetDefaults(model, { Ca })).toThrow(/Ca .*must be/);
    }
    expect(Array.from(node.get('Ca') as Float64Array)).toEqual([3, 3]);
  });
});

test('calcium goes on from what was set at spikes, and with a new time constant', () => {
  const kernel = new Kernel();
  const source = kernel.Create('spike_generator', { spike_times: [20, 30] });
  const node = kernel.Create('parrot_neuron', { tau_Ca: 50, beta_Ca: 0.1 } as never);
  kernel.Connect(source, node, 'one_to_one', { delay: 1 });
  node.set({ Ca: 1 });
  kernel.SimulateSync(25);
  node.set({ tau_Ca: 200 });
  kernel.SimulateSync(15);
  // Spikes at 21 and 31; tau_Ca is 50 until 25.
  const at25 = (Math.exp(-21 / 50) + 0.1) * Math.exp(-4 / 50);
  const expected = (at25 * Math.exp(-6 / 200) + 0.1) * Math.exp(-9 / 200);
  expect(node.get('Ca' as never)).toBeCloseTo(expected, 14);
  expect(node.get('t_spike' as never)).toBe(31);
});

test('post_trace is K− at the present time', () => {
  const kernel = new Kernel();
  const [pre, post, alone] = [0, 1, 2].map(() => kernel.Create('parrot_neuron'));
  const spikes = kernel.Create('spike_generator', { spike_times: [4, 9] });
  kernel.Connect(spikes, post!);
  kernel.Connect(spikes, alone!);
  post!.set({ tau_minus: 10 });
  const plastic: Record<string, AnyInput> = { synapse_model: 'stdp_synapse', receptor_type: 1 };
  kernel.Connect(pre!, post!, 'one_to_one', plastic);
  expect(post!.get('post_trace' as never)).toBe(0);
  kernel.SimulateSync(20);
  const expected = Math.exp(-(20 - 5) / 10) + Math.exp(-(20 - 10) / 10);
  expect(post!.get('post_trace' as never)).toBeCloseTo(expected, 14);
  kernel.SimulateSync(5);
  expect(post!.get('post_trace' as never)).toBeCloseTo(expected * Math.exp(-0.5), 14);
  expect(alone!.get('post_trace' as never)).toBe(0);
});
