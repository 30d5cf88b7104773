// Several synapses a pair: a list of syn_specs, NEST's CollocatedSynapses.
import {
  BadParameterValue,
  Kernel,
  random,
  TypeMismatch,
  UnaccessedDictionaryEntry,
} from '../../lib';

const columns = ['source', 'target', 'weight', 'delay'] as const;

/** Pairs of a model, in order. */
function pairsOf(kernel: Kernel, synapse_model: string): string[] {
  const { source, target } = kernel.GetConnections({ synapse_model }).get(['source', 'target']);
  return Array.from(source, (from, i) => `${from} ${target[i]}`).sort();
}

test('every pair gets one of each', () => {
  const kernel = new Kernel();
  const nodes = kernel.Create('iaf_psc_exp', 2);
  kernel.Connect(nodes, nodes, 'all_to_all', [
    { weight: 1 },
    { weight: 2, synapse_model: 'stdp_synapse' },
    'tsodyks2_synapse',
  ]);
  for (const model of ['static_synapse', 'stdp_synapse', 'tsodyks2_synapse']) {
    expect(pairsOf(kernel, model)).toEqual(['1 1', '1 2', '2 1', '2 2']);
  }
  expect(kernel.GetKernelStatus('num_connections')).toBe(12);
});

test.each([
  { rule: 'fixed_indegree', indegree: 3 },
  { rule: 'fixed_outdegree', outdegree: 3 },
  { rule: 'fixed_total_number', N: 40 },
  { rule: 'pairwise_bernoulli', p: 0.3 },
  { rule: 'pairwise_poisson', pairwise_avg_num_conns: 0.4 },
] as const)('$rule draws pairs once, values for each', (rule) => {
  const kernel = new Kernel();
  const nodes = kernel.Create('iaf_psc_exp', 30);
  const weight = random.uniform(1, 2);
  kernel.Connect(nodes, nodes, rule, [
    { weight, synapse_label: 1 },
    { weight, synapse_label: 2 },
  ]);
  const read = (synapse_label: number) =>
    kernel.GetConnections({ synapse_label }).get([...columns]);
  const [one, two] = [read(1), read(2)];
  expect(one.source.length).toBeGreaterThan(20);
  expect(two.source).toEqual(one.source);
  expect(two.target).toEqual(one.target);
  const same = Array.from(one.weight).filter((w, i) => w === two.weight[i]);
  expect(same).toEqual([]);

  // The first is what a call with it alone makes.
  const alone = new Kernel();
  alone.Connect(alone.Create('iaf_psc_exp', 30), alone.GetNodes(), rule, { weight });
  expect(alone.GetConnections().get([...columns])).toEqual(one);
});

test('later calls draw numbers of their own', () => {
  const kernel = new Kernel();
  const nodes = kernel.Create('iaf_psc_exp', 20);
  const weight = random.uniform(1, 2);
  kernel.Connect(nodes, nodes, 'all_to_all', [{ weight }, { weight }]);
  kernel.Connect(nodes, nodes, 'all_to_all', { weight });
  const weights = Array.from(kernel.GetConnections().weight);
  expect(new Set(weights).size).toBe(weights.length);
});

test('spikes go through all of them, and devices are connected as often', () => {
  const kernel = new Kernel();
  const [source, target] = [kernel.Create('parrot_neuron'), kernel.Create('iaf_psc_alpha')];
  const drive = kernel.Create('spike_generator', { spike_times: [5] });
  const recorder = kernel.Create('spike_recorder');
  kernel.Connect(drive, source);
  kernel.Connect(source, recorder, 'all_to_all', [{}, { delay: 2 }]);
  kernel.Connect(source, target, 'all_to_all', [{ weight: 10 }, { weight: -10, delay: 1 }]);
  kernel.SimulateSync(20);
  expect(recorder.n_events).toBe(2);
  expect(target.V_m).toBe(-70);
});

describe('nothing is connected where one is refused', () => {
  const kernel = new Kernel();
  const nodes = kernel.Create('iaf_psc_exp', 3);
  const expectRefusal = (
    specs: readonly unknown[],
    error: new (...args: never[]) => Error,
    text: RegExp,
  ) => {
    expect(() => kernel.Connect(nodes, nodes, 'all_to_all', specs as never)).toThrow(error);
    expect(() => kernel.Connect(nodes, nodes, 'all_to_all', specs as never)).toThrow(text);
    expect(kernel.GetKernelStatus('num_connections')).toBe(0);
  };

  test('an unknown key', () => {
    expectRefusal([{ weight: 1 }, { wieght: 1 }], UnaccessedDictionaryEntry, /'wieght'.*'weight'/);
  });
  test('what is no specification', () => {
    expectRefusal([{ weight: 1 }, 3], TypeMismatch, /syn_spec\[1\] must be .*got 3/);
    expectRefusal([undefined], TypeMismatch, /syn_spec\[0\]/);
    // eslint-disable-next-line no-sparse-arrays
    expectRefusal([{}, , {}], TypeMismatch, /syn_spec\[1\]/);
  });
  test('none', () => {
    expectRefusal([], BadParameterValue, /at least one/);
  });
});
