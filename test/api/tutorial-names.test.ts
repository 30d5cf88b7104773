// The NESTML tutorial calls weight and delay w and d.
import { BadProperty, Kernel, UnaccessedDictionaryEntry } from '../../lib';

const model = 'neuromodulated_stdp_synapse';

function network() {
  const kernel = new Kernel();
  const pre = kernel.Create('parrot_neuron', 2);
  const post = kernel.Create('parrot_neuron', 2);
  const volume_transmitter = kernel.Create('volume_transmitter');
  kernel.CopyModel(model, 'stdp_nestml_rec', {
    volume_transmitter,
    w: 2.5,
    d: 1.5,
    receptor_type: 0,
  });
  return { kernel, pre, post };
}

test('defaults', () => {
  const { kernel } = network();
  expect(kernel.GetDefaults('stdp_nestml_rec', ['w', 'd', 'weight', 'delay'])).toEqual({
    w: 2.5,
    d: 1.5,
    weight: 2.5,
    delay: 1.5,
  });
  kernel.SetDefaults('stdp_nestml_rec', { w: 3 });
  expect(kernel.GetDefaults('stdp_nestml_rec', 'weight')).toBe(3);
});

test('synapses made, read and set', () => {
  const { kernel, pre, post } = network();
  kernel.Connect(pre, post, 'one_to_one', 'stdp_nestml_rec');
  kernel.Connect(pre, post, 'one_to_one', { synapse_model: 'stdp_nestml_rec', w: [5, 6], d: 2 });
  const syn = kernel.GetConnections({ source: pre, synapse_model: 'stdp_nestml_rec' });
  expect(syn.get('w')).toEqual(Float64Array.of(2.5, 5, 2.5, 6));
  expect(syn.get('d')).toEqual(Float64Array.of(1.5, 2, 1.5, 2));
  expect(syn.get('w')).toEqual(syn.weight);
  expect(syn.get(['c', 'pre_tr', 'n', 'w'])).toMatchObject({ w: syn.weight });
  expect(Object.keys(syn.get())).toEqual(expect.arrayContaining(['w', 'd', 'weight', 'delay']));
  syn.set({ w: [1, 2, 3, 4], c: 0.5 });
  expect(syn.weight).toEqual(Float64Array.of(1, 2, 3, 4));
  expect(kernel.GetStatus(syn.at(0), 'w')).toBe(1);
});

test('recorded', () => {
  const { kernel, pre, post } = network();
  kernel.Connect(pre, post, 'one_to_one', 'stdp_nestml_rec');
  const sr = kernel.Create('synapse_recorder', {
    record_from: ['w', 'c'],
    connections: kernel.GetConnections({ synapse_model: 'stdp_nestml_rec' }),
  });
  kernel.SimulateSync(1);
  expect(sr.events.w).toEqual(Float64Array.of(2.5, 2.5));
});

test('what the names cannot do', () => {
  const { kernel, pre, post } = network();
  const both = { weight: 1, w: 2 };
  const text = 'w of neuromodulated_stdp_synapse is another name of weight; give one of them.';
  const given = () => {
    kernel.Connect(pre, post, 'one_to_one', { synapse_model: 'stdp_nestml_rec', ...both });
  };
  expect(given).toThrow(BadProperty);
  expect(given).toThrow(text);
  expect(kernel.GetKernelStatus('num_connections')).toBe(0);
  expect(() => {
    kernel.SetDefaults('stdp_nestml_rec', both);
  }).toThrow(text);
  kernel.Connect(pre, post, 'one_to_one', 'stdp_nestml_rec');
  const syn = kernel.GetConnections({ synapse_model: 'stdp_nestml_rec' });
  expect(() => {
    syn.set(both);
  }).toThrow(text);
  expect(syn.weight).toEqual(Float64Array.of(2.5, 2.5));
  expect(() => {
    syn.set({ d: -1 });
  }).toThrow('delay');
  // Of other models they are no names.
  kernel.Connect(pre, post, 'one_to_one');
  expect(() => kernel.GetConnections().get('w')).toThrow(UnaccessedDictionaryEntry);
  expect(() => {
    kernel.CopyModel('stdp_dopamine_synapse', 'other', { w: 1 } as object);
  }).toThrow(UnaccessedDictionaryEntry);
});
