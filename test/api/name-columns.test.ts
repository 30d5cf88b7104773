import { Kernel } from '../../lib';
import { decode } from '../../lib/values';
import { named } from './named';

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

const namesOf = (ends: number[], codes = ends.map((_, i) => i % 2)): string[] =>
  decode({ names: ['a', 'b'], codes: u32(...codes), ends: u32(...ends) }) as string[];

test('long columns are one array of references to few strings, however they are made', () => {
  const piece = 2 ** 13;
  for (const ends of [
    [],
    [1],
    [piece],
    [10, 3 * piece + 7, 3 * piece + 9],
    [piece - 1, 2 * piece],
  ]) {
    const expected = ends.flatMap((end, i) =>
      new Array<string>(end - (ends[i - 1] ?? 0)).fill(i % 2 ? 'b' : 'a'),
    );
    expect(namesOf(ends)).toEqual(expected);
  }
  const turns = Array.from({ length: 3 * piece }, (_, i) => i + 1);
  expect(namesOf(turns).join('')).toBe('ab'.repeat(1.5 * piece));
});

test('24 million names take few tens of ms of CPU time, and what does not fit is refused', () => {
  const before = process.cpuUsage();
  const names = namesOf([24_000_000]);
  const { user } = process.cpuUsage(before);
  expect([names.length, names.at(-1)]).toEqual([24_000_000, 'a']);
  // One string a synapse took 23 s.
  expect(user / 1e6).toBeLessThan(1);
  expect(() => namesOf([4_000_000_000])).toThrow(named('NotImplemented'));
});
