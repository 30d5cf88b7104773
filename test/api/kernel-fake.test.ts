import type * as Fake from './fake-native';
import { named } from './named';
import * as nest from '../../lib';

jest.mock('../../lib/native', () => jest.requireActual<typeof Fake>('./fake-native'));
const { calls } = jest.requireMock<typeof Fake>('../../lib/native');

const lastCall = (): unknown[] => calls.at(-1) ?? [];

let kernel: nest.Kernel;
beforeEach(() => {
  kernel = new nest.Kernel();
  calls.length = 0;
});

describe('Create', () => {
  it('hands numbers, arrays, parameters and nodes to the core', () => {
    const others = kernel.Create('neuron', 3);
    kernel.Create('neuron', 2, {
      a: 1,
      b: [1, 2],
      c: Int8Array.of(1, 2),
      d: [[1], Float32Array.of(2, 3)],
      e: ['x', 'y'],
      f: [true, false],
      g: [],
      h: nest.random.uniform(),
      i: others,
    });
    expect(lastCall()).toEqual([
      'create',
      'neuron',
      2,
      {
        a: 1,
        b: Float64Array.of(1, 2),
        c: Float64Array.of(1, 2),
        d: [Float64Array.of(1), Float64Array.of(2, 3)],
        e: ['x', 'y'],
        f: [true, false],
        g: [],
        h: { parameter: [['uniform', 0, 1]] },
        i: { nodes: Uint32Array.of(1, 2, 3) },
      },
    ]);
  });

  it('takes parameters in place of the number', () => {
    expect(kernel.Create('neuron', { a: 1 })).toHaveLength(1);
    expect(lastCall()).toEqual(['create', 'neuron', 1, { a: 1 }]);
  });

  it.each<[string, () => unknown, string, object]>([
    ['no nodes', () => kernel.Create('neuron', 0), 'BadParameterValue', { parameter: 'n' }],
    ['half a node', () => kernel.Create('neuron', 1.5), 'TypeMismatch', {}],
    ['no model', () => kernel.Create(3 as unknown as string), 'TypeMismatch', {}],
    [
      'an undefined value',
      () => kernel.Create('neuron', 1, { a: undefined as unknown as number }),
      'TypeMismatch',
      { parameter: 'a', given: 'undefined' },
    ],
    [
      'a mixed array',
      () => kernel.Create('neuron', 2, { a: [1, 'x'] as unknown as number[] }),
      'TypeMismatch',
      { parameter: 'a[1]', given: 'string' },
    ],
    [
      'an array nested too deeply',
      () => kernel.Create('neuron', 2, { a: [[[1]]] as unknown as number[][] }),
      'DimensionMismatch',
      { parameter: 'a[0]' },
    ],
    [
      'big integers',
      () => kernel.Create('neuron', 2, { a: BigInt64Array.of(1n) as unknown as number[] }),
      'TypeMismatch',
      { given: 'BigInt64Array' },
    ],
    [
      'parameters that are none',
      () => kernel.Create('neuron', 2, '{}' as unknown as { a: number }),
      'TypeMismatch',
      { given: 'string' },
    ],
    [
      'a list of what is none',
      () => kernel.Create('neuron', 2, [{}, 1] as unknown as { a: number }),
      'TypeMismatch',
      { given: 'number', parameter: 'values[1]' },
    ],
  ])('refuses %s', (_, create, name, fields) => {
    expect(create).toThrow(named(name, fields));
    expect(calls).toEqual([]);
  });
});

describe('Connect', () => {
  it('connects all to all with static synapses unless told otherwise', () => {
    const nodes = kernel.Create('neuron', 3);
    kernel.Connect(nodes.slice(0, 2), nodes.at(2));
    expect(lastCall()).toEqual([
      'connect',
      Uint32Array.of(1, 2),
      Uint32Array.of(3),
      { rule: 'all_to_all' },
      {},
    ]);
  });

  it('flattens nested values row by row and checks their shape', () => {
    const nodes = kernel.Create('neuron', 5);
    const [pre, post] = [nodes.slice(0, 3), nodes.slice(3)];
    const weight = [
      [1, 2, 3],
      [4, 5, 6],
    ];
    kernel.Connect(pre, post, 'all_to_all', { weight });
    expect(lastCall().at(-1)).toEqual({ weight: Float64Array.of(1, 2, 3, 4, 5, 6) });
    expect(() => kernel.Connect(post, pre, 'all_to_all', { weight })).toThrow(
      named('DimensionMismatch', { expected: '3 × 2', given: '2 × 3' }),
    );
    expect(() => kernel.Connect(pre, pre, 'one_to_one', { weight })).toThrow(
      named('DimensionMismatch', { expected: 'a flat array' }),
    );
    kernel.Connect(pre, post, { rule: 'fixed_indegree', indegree: 3 }, { weight });
    kernel.Connect(post, pre, { rule: 'fixed_outdegree', outdegree: 3 }, { delay: weight });
    expect(() => kernel.Connect(pre, post, 'all_to_all', { weight: [[1, 2, 3], [4]] })).toThrow(
      named('DimensionMismatch', { given: 'rows of different lengths' }),
    );
  });

  it('pairs explicit IDs in any order with one_to_one', () => {
    kernel.Create('neuron', 5);
    kernel.Connect([3, 1, 3], Int32Array.of(2, 2, 2), 'one_to_one', { weight: [1, 2, 3] });
    expect(lastCall()).toEqual([
      'connect',
      Uint32Array.of(3, 1, 3),
      Uint32Array.of(2, 2, 2),
      { rule: 'one_to_one', arrays: true },
      { weight: Float64Array.of(1, 2, 3) },
    ]);
    kernel.Connect([1, 2], [3, 4]);
    expect(lastCall()[3]).toEqual({ rule: 'all_to_all' });
    expect(() => kernel.Connect([2, 1], [3, 4])).toThrow(named('BadProperty'));
    expect(() => kernel.Connect([0, 1], [3, 4])).toThrow(
      named('TypeMismatch', { parameter: 'pre[0]' }),
    );
    expect(() => kernel.Connect([1], [3.5])).toThrow(named('TypeMismatch'));
  });

  it('needs a rule', () => {
    const nodes = kernel.Create('neuron', 3);
    expect(() => kernel.Connect(nodes, nodes, { indegree: 3 } as unknown as 'one_to_one')).toThrow(
      named('BadProperty', { parameter: 'rule' }),
    );
  });

  it('refuses nodes of another kernel, of before a reset, and what is no node', () => {
    const nodes = kernel.Create('neuron', 3);
    const foreign = new nest.Kernel().Create('neuron', 3);
    expect(() => kernel.Connect(nodes, foreign)).toThrow(named('InvalidNodeCollection'));
    expect(() => nodes.concat(foreign)).toThrow(named('InvalidNodeCollection'));
    expect(() => kernel.Create('neuron', 1, { a: foreign })).toThrow(
      named('InvalidNodeCollection'),
    );
    expect(() => kernel.Connect('neuron' as unknown as number[], nodes)).toThrow(
      named('TypeMismatch', { parameter: 'pre' }),
    );
    kernel.ResetKernel();
    expect(() => kernel.Connect(nodes, nodes)).toThrow(named('InvalidNodeCollection'));
    expect(() => nodes.get('V_m')).toThrow(named('InvalidNodeCollection'));
  });
});

describe('defaults, models and status', () => {
  it('reads defaults whole, by name and by names', () => {
    const defaults = { V_m: -70, spike_times: Float64Array.of(1, 2), record_from: ['V_m'] };
    expect(kernel.GetDefaults('neuron')).toEqual(defaults);
    expect(kernel.GetDefaults('neuron', 'V_m')).toBe(-70);
    expect(kernel.GetDefaults('neuron', ['V_m'])).toEqual({ V_m: -70 });
    expect(() => kernel.GetDefaults('neuron', 'V_n')).toThrow(
      named('UnaccessedDictionaryEntry', { suggestion: 'V_m' }),
    );
  });

  it('reads kernel attributes, lists in the order of the names', () => {
    expect(kernel.GetKernelStatus('resolution')).toBe(0.1);
    expect(kernel.GetKernelStatus(['local_num_threads', 'resolution'])).toEqual([1, 0.1]);
    kernel.SetKernelStatus({ rng_seed: 3 });
    expect(lastCall()).toEqual(['setStatus', { rng_seed: 3 }]);
  });

  it('lists models: the module the built-in ones, a kernel also its own', () => {
    expect(nest.node_models).toEqual(['neuron', 'recorder']);
    expect(nest.synapse_models).toEqual(['static_synapse']);
    expect(nest.connection_rules).toEqual(['all_to_all', 'one_to_one']);
    expect(kernel.node_models).toEqual(['neuron', 'my_neuron']);
    expect(kernel.synapse_models).toEqual(['static_synapse', 'my_synapse']);
    expect(kernel.connection_rules).toEqual(nest.connection_rules);
    kernel.CopyModel('static_synapse', 'my_synapse', { weight: 2 });
    expect(lastCall()).toEqual(['copyModel', 'static_synapse', 'my_synapse', { weight: 2 }]);
  });

  it('checks the criteria of GetConnections', () => {
    const nodes = kernel.Create('neuron', 2);
    kernel.GetConnections({ source: nodes, synapse_model: 'static_synapse' });
    expect(lastCall()[1]).toEqual({
      source: Uint32Array.of(1, 2),
      synapse_model: 'static_synapse',
    });
    expect(() => kernel.GetConnections({ sources: nodes } as object)).toThrow(
      named('UnaccessedDictionaryEntry', { suggestion: 'source' }),
    );
    expect(() => kernel.GetConnections({ source: [1] } as object)).toThrow(named('TypeMismatch'));
  });

  it('throws KernelDisposed once disposed, by dispose or by using', () => {
    const nodes = kernel.Create('neuron', 2);
    const synapses = kernel.GetConnections();
    kernel.dispose();
    kernel.dispose();
    expect(calls.filter(([name]) => name === 'dispose')).toHaveLength(1);
    expect(() => kernel.Create('neuron')).toThrow(named('KernelDisposed'));
    expect(() => nodes.V_m).toThrow(named('KernelDisposed'));
    expect(() => synapses.weight).toThrow(named('KernelDisposed'));
    expect(kernel.running).toBe(false);
    const other = new nest.Kernel();
    other[Symbol.dispose]();
    expect(() => other.Prepare()).toThrow(named('KernelDisposed'));
  });
});

describe('the default kernel', () => {
  it('is one kernel behind all functions', () => {
    const nodes = nest.Create('neuron', 2);
    expect(nest.GetNodes().equals(nodes)).toBe(true);
    nest.ResetKernel();
    expect(nest.GetNodes()).toHaveLength(0);
    expect(nest.Create.name).toBe('Create');
    expect(nest.random.uniform().GetValue()).toBe(0.25);
  });
});
