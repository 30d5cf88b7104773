import { named } from './named';
import { wrong } from './refused/network';
import * as nest from '../../lib';

beforeEach(() => {
  nest.ResetKernel();
});

const made = (ids: unknown): nest.NodeCollection => new nest.NodeCollection(wrong(ids));

it.each<readonly [string, (ids?: nest.NodeIds) => nest.NodeCollection]>([
  ['new NodeCollection', (ids) => new nest.NodeCollection(ids)],
  ['NodeCollection', (ids) => nest.NodeCollection(ids)],
])('%s(ids) is the collection of these nodes', (_, collect) => {
  const cells = nest.Create('iaf_psc_exp', 4, { V_m: [-60, -61, -62, -63] });
  const parrots = nest.Create('parrot_neuron', 2);
  for (const ids of [[1, 3, 5], Uint32Array.of(1, 3, 5), Float64Array.of(1, 3, 5)]) {
    const nodes = collect(ids);
    expect(nodes).toBeInstanceOf(nest.NodeCollection);
    expect([...nodes.ids]).toEqual([1, 3, 5]);
    expect(nodes.slice(0, 2).get('V_m')).toEqual(Float64Array.of(-60, -62));
    expect(nodes.equals(cells.pick([0, 2]).concat(parrots.at(0)))).toBe(true);
  }
  expect(collect([2, 3]).get('V_m')).toEqual(Float64Array.of(-61, -62));
  expect(collect(cells).equals(cells)).toBe(true);
  nest.Connect(collect([1, 2]), collect([3]));
  expect(nest.GetConnections({ source: collect([2]) }).target).toEqual(Uint32Array.of(3));
});

it('is empty without IDs', () => {
  for (const nodes of [new nest.NodeCollection(), nest.NodeCollection([])]) {
    expect(nodes).toHaveLength(0);
    expect(String(nodes)).toBe('NodeCollection(<empty>)');
    expect(nodes).toBeInstanceOf(nest.NodeCollection);
  }
});

it('is made of the nodes of the kernel that is asked', () => {
  const kernel = new nest.Kernel();
  kernel.Create('parrot_neuron', 3);
  const nodes = kernel.NodeCollection([2, 3]);
  expect(nodes.equals(kernel.GetNodes().slice(1))).toBe(true);
  expect(nodes).toBeInstanceOf(nest.NodeCollection);
  expect(() => made([2])).toThrow(named('UnknownNode', { node: 2 }));
  expect(() => made(nodes)).toThrow(named('InvalidNodeCollection'));
  kernel.ResetKernel();
  expect(() => kernel.NodeCollection([2])).toThrow(named('UnknownNode', { node: 2 }));
  expect(() => kernel.NodeCollection(nodes)).toThrow(named('InvalidNodeCollection'));
  kernel.dispose();
  expect(() => kernel.NodeCollection([1])).toThrow(named('KernelDisposed'));
});

it('can be made while a simulation runs', async () => {
  nest.Create('parrot_neuron', 3);
  const run = nest.Simulate(20);
  expect(nest.NodeCollection([1, 3])).toHaveLength(2);
  await run;
});

it.each<readonly [unknown, string, object]>([
  [[2, 1], 'BadProperty', { value: 1 }],
  [[1, 1], 'BadProperty', { value: 1 }],
  [[1, 4], 'UnknownNode', { node: 4, message: 'There is no node 4.' }],
  [[0], 'UnknownNode', { node: 0 }],
  [[-1], 'UnknownNode', { node: -1 }],
  [[2 ** 32 + 1], 'UnknownNode', { node: 2 ** 32 + 1 }],
  [[1.5], 'TypeMismatch', { value: 1.5 }],
  [[NaN], 'TypeMismatch', {}],
  [['1'], 'TypeMismatch', { parameter: 'ids[0]' }],
  [[[1]], 'DimensionMismatch', {}],
  [5, 'TypeMismatch', { parameter: 'ids' }],
  ['12', 'TypeMismatch', {}],
  [null, 'TypeMismatch', {}],
  [{ length: 1 }, 'TypeMismatch', {}],
  [Symbol('1'), 'TypeMismatch', {}],
])('refuses %p', (ids, name, fields) => {
  nest.Create('parrot_neuron', 3);
  expect(() => made(ids)).toThrow(named(name, fields));
  expect(() => nest.NodeCollection(wrong(ids))).toThrow(named(name, fields));
});

it('does not walk through the holes of a sparse array', () => {
  expect(() => made(new Array(2 ** 32 - 1))).toThrow(
    named('TypeMismatch', { parameter: 'ids[0]' }),
  );
});
