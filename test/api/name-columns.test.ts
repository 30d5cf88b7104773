import { Kernel } from '../../lib';
import { decode } from '../../lib/values';

const u32 = (...numbers: number[]): ArrayBuffer => Uint32Array.from(numbers).buffer;

test('model names of synapses follow the order of the collection', () => {
  const kernel = new Kernel();
  const nodes = kernel.Create('iaf_psc_exp', 20);
  const recorder = kernel.Create('spike_recorder');
  kernel.CopyModel('static_synapse', 'mine');
  kernel.Connect(nodes, nodes, 'one_to_one', { synapse_model: 'mine' });
  kernel.Connect(nodes, nodes, 'one_to_one');
  kernel.Connect(nodes, recorder);
  const synapses = kernel.GetConnections();
  const names = synapses.get('synapse_model');
  expect(Array.isArray(names)).toBe(true);
  const expected = Array.from({ length: 60 }, (_, i) => (i < 40 ? 'static_synapse' : 'mine'));
  expect(names).toEqual(expected);
  expect(synapses.get('synapse_model')).toBe(names);

  const turns = Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? i : 59 - i));
  expect(synapses.pick(turns).synapse_model).toEqual(turns.map((i) => expected[i]));
  expect(synapses.at(0).synapse_model).toBe('static_synapse');
  expect(synapses.slice(38, 42).synapse_model).toEqual(expected.slice(38, 42));
});

test('texts of nodes are lists of strings, mixed with others too', () => {
  const kernel = new Kernel();
  const neurons = kernel.Create('iaf_psc_exp', 30);
  const all = kernel.Create('spike_recorder', 3, { label: ['a', 'b', 'a'] });
  expect(all.get('label')).toEqual(['a', 'b', 'a']);
  expect(neurons.get('element_type')).toEqual(new Array(30).fill('neuron'));
  const mixed = kernel.GetNodes();
  expect(mixed.get('model')).toEqual([
    ...new Array<string>(30).fill('iaf_psc_exp'),
    ...new Array<string>(3).fill('spike_recorder'),
  ]);
});

test('a long column is one array of references to few strings', () => {
  // Longer than V8 makes an array in one piece; a stretch lies across the joint.
  const joint = 2 ** 24;
  const names = decode({
    names: ['a', 'b'],
    codes: u32(0, 1, 0),
    ends: u32(10, joint + 5, joint + 7),
  }) as string[];
  expect(names.length).toBe(joint + 7);
  const shown = [0, 9, 10, joint - 1, joint, joint + 4, joint + 5, joint + 6];
  expect(shown.map((i) => names[i]).join('')).toBe('aabbbbaa');
});
