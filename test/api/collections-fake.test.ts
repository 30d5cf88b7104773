import { inspect } from 'node:util';
import type * as Fake from './fake-native';
import { named } from './named';
import * as nest from '../../lib';

jest.mock('../../lib/native', () => jest.requireActual<typeof Fake>('./fake-native'));
const { calls, recorded } = jest.requireMock<typeof Fake>('../../lib/native');

let kernel: nest.Kernel;
beforeEach(() => {
  kernel = new nest.Kernel();
  calls.length = 0;
  recorded.times = [1, 2];
  recorded.senders = [4, 5];
});

describe('NodeCollection', () => {
  it('selects nodes', () => {
    const nodes = kernel.Create('neuron', 10);
    expect(nodes).toBeInstanceOf(nest.NodeCollection);
    expect([...nodes.ids]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect([...nodes.at(-1).ids]).toEqual([10]);
    expect([...nodes.slice(2, -1, 3).ids]).toEqual([3, 6, 9]);
    expect([...nodes.pick([0, 4]).ids]).toEqual([1, 5]);
    expect([...nodes.pick([...nodes.ids].map((id) => id > 8)).ids]).toEqual([9, 10]);
    expect(nodes.slice(4, 4)).toHaveLength(0);
    expect(nodes.includes(10)).toBe(true);
    expect(nodes.includes(11)).toBe(false);
    expect(nodes.slice(2, 10, 3).indexOf(6)).toBe(1);
    expect(nodes.slice(0, 5).concat(nodes.slice(5)).equals(nodes)).toBe(true);
    expect([...nodes.slice(0, 3)].map((node) => node.ids[0])).toEqual([1, 2, 3]);
    expect(JSON.stringify(nodes.slice(0, 2))).toBe('[1,2]');
    expect(() => nodes.at(10)).toThrow(named('IndexError', { allowed: '-10 … 9' }));
    expect(() => nodes.pick([4, 0])).toThrow(named('BadProperty'));
    expect(() => nodes.concat(nodes.at(3))).toThrow(named('BadProperty', { node: 4 }));
  });

  it('does not let its IDs be changed', () => {
    const nodes = kernel.Create('neuron', 3);
    nodes.ids.fill(9);
    expect([...nodes.ids]).toEqual([1, 2, 3]);
  });

  it('reads a value from one node and a column from several', () => {
    const nodes = kernel.Create('neuron', 3);
    expect(nodes.get('V_m')).toEqual(Float64Array.of(-71, -72, -73));
    expect(nodes.at(1).get('V_m')).toBe(-72);
    expect(nodes.get('frozen')).toEqual([false, true, false]);
    expect(nodes.get(['V_m', 'model'])).toEqual({
      V_m: Float64Array.of(-71, -72, -73),
      model: ['neuron', 'neuron', 'neuron'],
    });
    expect(Object.keys(nodes.at(0).get())).toEqual([
      'V_m',
      'frozen',
      'model',
      'n_events',
      'events',
    ]);
    expect(() => nodes.slice(0, 0).get('V_m')).toThrow(named('BadParameterValue'));
  });

  it('has everything that can be read as a property', () => {
    const nodes = kernel.Create('neuron', 2);
    expect(nodes.V_m).toEqual(Float64Array.of(-71, -72));
    expect(nodes.at(0).concat(nodes.at(1)).V_m).toEqual(Float64Array.of(-71, -72));
    expect(() => nodes.no_such).toThrow('no no_such');
    Object.assign(nodes, { V_m: [1, 2] });
    expect(calls.at(-1)).toEqual(['setNodes', [1, 2], { V_m: Float64Array.of(1, 2) }]);
  });

  it('lets the core judge properties that it does not have', () => {
    const nodes = kernel.Create('neuron', 2);
    Object.assign(nodes, { V_n: 3 });
    expect(calls.at(-1)).toEqual(['setNodes', [1, 2], { V_n: 3 }]);
    expect(Object.keys(nodes)).toEqual([]);
  });

  it('describes itself as NEST does', () => {
    const nodes = kernel.Create('neuron', 5);
    const recorder = kernel.Create('recorder');
    expect(inspect(nodes)).toBe(
      'NodeCollection(metadata=None, model=neuron, size=5, first=1, last=5)',
    );
    expect(nodes.slice(0, 5, 2).concat(recorder).toString()).toBe(
      'NodeCollection(metadata=None,\n' +
        '               model=neuron, size=3, first=1, last=5, step=2;\n' +
        '               model=recorder, size=1, first=6, last=6)',
    );
  });

  it('reads events of one recorder, or of each of several', () => {
    const recorders = kernel.Create('recorder', 2);
    const events = { times: Float64Array.of(1, 2), senders: Uint32Array.of(4, 5) };
    expect(recorders.at(0).events).toEqual(events);
    expect(recorders.events).toEqual([events, events]);
  });

  it('is found again by its values', () => {
    const nodes = kernel.Create('neuron', 5);
    kernel.Create('recorder', 2);
    expect([...kernel.GetNodes({ frozen: true }).ids]).toEqual([2, 4, 6]);
    expect([...kernel.GetNodes({ frozen: true, V_m: -74 }).ids]).toEqual([4]);
    expect(kernel.GetNodes({ size: 3 })).toHaveLength(0);
    expect(kernel.GetNodes().slice(0, 5).equals(nodes)).toBe(true);
    expect(() => kernel.GetNodes({ V_m: [1] as unknown as number })).toThrow(named('TypeMismatch'));
  });
});

describe('SynapseCollection', () => {
  it('has columns; single synapses have values', () => {
    const synapses = kernel.GetConnections();
    expect(synapses).toBeInstanceOf(nest.SynapseCollection);
    expect(synapses).toHaveLength(40);
    expect(synapses.source.slice(0, 2)).toEqual(Uint32Array.of(1, 2));
    expect(synapses.slice(1, 4, 2).target).toEqual(Uint32Array.of(3, 5));
    expect(synapses.pick([0]).weight).toEqual(Float64Array.of(0.5));
    expect(synapses.at(0).weight).toBe(0.5);
    expect(synapses.at(-1).get(['source', 'target'])).toEqual({ source: 40, target: 41 });
    expect([...synapses.slice(0, 2)].map((synapse) => synapse.synapse_model)).toEqual([
      'static_synapse',
      'static_synapse',
    ]);
    synapses.at(0).weight = 3;
    expect(calls.at(-1)).toEqual(['synapses.set', [[1, 2]], { weight: 3 }]);
    expect(() => synapses.at(40)).toThrow(named('IndexError'));
  });

  it('prints a table, abridged from 35 rows on', () => {
    const rows = kernel.GetConnections().toString().split('\n');
    expect(rows).toHaveLength(2 + 15 + 1 + 15);
    expect(rows[0]).toMatch(/source +target +synapse model +weight +delay/);
    expect(rows[2]).toMatch(/^ +1 +2 +static_synapse +0\.5000 +1\.000$/);
    expect(rows[17]).toContain('⋮');
    expect(kernel.GetConnections().slice(0, 3).toString().split('\n')).toHaveLength(5);
    expect(kernel.GetConnections().slice(0, 0).toString()).toContain('not contain any');
  });
});
