// The dopamine concentration n is one for all synapses of a model: it can be given with each of
// them as long as it is the same.
import { type Input, Kernel, random } from '../../lib';
import { named } from './named';

const model = 'stdp_dopamine_synapse';

let kernel: Kernel;
beforeEach(() => {
  kernel = new Kernel();
  kernel.SetDefaults(model, { volume_transmitter: kernel.Create('volume_transmitter') });
});

const connect = (n: Input<number>) => {
  const p = kernel.Create('parrot_neuron', 2);
  kernel.Connect(p, p, 'one_to_one', {
    ...{ synapse_model: model, n: n as number, c: [0.5, 0.25], weight: 3 },
  });
};
const read = (key: string) => Array.from(kernel.GetConnections().get(key) as number[]);

test.each([0.1, [[0.1, 0.1]], Float64Array.of(0.1, 0.1)])('in Connect: %j', (n) => {
  connect(Array.isArray(n) ? n.flat() : n);
  expect(read('n')).toEqual([0.1, 0.1]);
  expect(read('c')).toEqual([0.5, 0.25]);
  expect(kernel.GetDefaults(model, 'n')).toBe(0.1);
  connect(0.1);
  expect(read('n')).toEqual([0.1, 0.1, 0.1, 0.1]);
  kernel.SimulateSync(200);
  expect(read('n')[0]).toBeCloseTo(0.1 * Math.exp(-1), 12);
  // w grows by the integral of c n.
  const rate = 1 / 1000 + 1 / 200;
  expect(read('weight')[0]).toBeCloseTo(3 + (0.5 * 0.1 * -Math.expm1(-200 * rate)) / rate, 9);
});

test('no synapses, no dopamine', () => {
  const p = kernel.Create('parrot_neuron', 2);
  const spec = { synapse_model: model, n: [], synapse_label: [] } as const;
  kernel.Connect(p, p, { rule: 'fixed_total_number', N: 0 }, spec);
  expect(kernel.GetConnections()).toHaveLength(0);
  expect(kernel.GetDefaults(model, 'n')).toBe(0);
});

test('set for all synapses, at any time; what happened before counts as it was', () => {
  const weights = [0.2, [0.2, 0.2]].map((n) => {
    kernel = new Kernel();
    kernel.SetDefaults(model, { volume_transmitter: kernel.Create('volume_transmitter') });
    connect(0.1);
    kernel.SimulateSync(50);
    kernel.GetConnections().set({ n });
    expect(read('n')).toEqual([0.2, 0.2]);
    kernel.SimulateSync(50);
    return read('weight');
  });
  expect(weights[0]).toEqual(weights[1]);
  const rate = 1 / 1000 + 1 / 200;
  const part = (c: number, n: number) => (c * n * -Math.expm1(-50 * rate)) / rate;
  const expected = 3 + part(0.5, 0.1) + part(0.5 * Math.exp(-0.05), 0.2);
  expect(weights[0]?.[0]).toBeCloseTo(expected, 9);
});

test('other values for some of them are refused, and change nothing', () => {
  const refused = (call: () => void, text: string) => {
    expect(call).toThrow(named('BadProperty', { parameter: 'n', model }));
    expect(call).toThrow(text);
  };
  refused(() => {
    connect([0.1, 0.2]);
  }, 'one number for all synapses');
  refused(() => {
    connect(random.uniform());
  }, 'one number for all synapses');
  expect(kernel.GetKernelStatus('num_connections')).toBe(0);
  connect(0.1);
  refused(() => {
    connect(0.2);
  }, 'that of all its synapses (0.1), or set for all of them at once');
  const synapses = kernel.GetConnections();
  refused(() => {
    synapses.at(0).set({ n: 0.3 });
  }, 'that of all its synapses (0.1)');
  refused(() => {
    synapses.set({ n: [0.3, 0.4] });
  }, 'the same for all synapses');
  synapses.at(0).set({ n: 0.1 });
  expect(read('n')).toEqual([0.1, 0.1]);
});

it('a model that is copied between two runs hears the dopamine of the second', () => {
  const kernel = new Kernel();
  const parrots = kernel.Create('parrot_neuron', 2);
  const source = kernel.Create('spike_generator', { spike_times: [5, 15] });
  const volume_transmitter = kernel.Create('volume_transmitter');
  kernel.Connect(source, parrots);
  kernel.Connect(parrots, volume_transmitter);
  kernel.SetDefaults('stdp_dopamine_synapse', { volume_transmitter });
  kernel.Connect(parrots, kernel.Create('iaf_psc_exp'), 'all_to_all', {
    synapse_model: 'stdp_synapse',
  });
  kernel.SimulateSync(10);
  kernel.CopyModel('stdp_dopamine_synapse', 'copy');
  kernel.SimulateSync(10);
  // Two parrots, 1/tau_n each, 3 ms before the end: a step later than the spike, and a delay.
  expect(kernel.GetDefaults('copy', 'n')).toBeCloseTo((2 / 200) * Math.exp(-3 / 200), 12);
});
