// Values that claim more than there is: refused at once, before memory is taken for them.
import { Kernel, random } from '../../lib';
import { named } from './named';

let kernel: Kernel;
beforeEach(() => {
  kernel = new Kernel();
});

/** An array of that length whose entries are mostly holes. */
function sparse<T>(length: number, ...entries: T[]): T[] {
  const list = [...entries];
  list.length = length;
  return list;
}

const longest = 2 ** 32 - 1;
const refusedAt = (parameter: string): Error => named('TypeMismatch', { parameter });

describe.each([longest, 2 ** 31, 1e8])('a sparse array of length %d is refused', (length) => {
  test.each<[string, () => unknown, string]>([
    ['for each node', () => kernel.Create('iaf_psc_exp', 1, { V_m: sparse(length, 1) }), 'V_m[1]'],
    [
      'without entries',
      () => kernel.Create('iaf_psc_exp', 1, { V_m: sparse<number>(length) }),
      'V_m[0]',
    ],
    [
      'nested',
      () => kernel.Create('spike_generator', 1, { spike_times: sparse(length, [1]) }),
      'spike_times[1]',
    ],
    [
      'in a nested one',
      () => kernel.Create('spike_generator', 1, { spike_times: [[1], sparse(length, 1, 2)] }),
      'spike_times[1][2]',
    ],
    [
      'of names',
      () => kernel.Create('multimeter', 1, { record_from: sparse(length, 'V_m') }),
      'record_from[1]',
    ],
    [
      'of booleans',
      () => kernel.SetDefaults('iaf_psc_exp', { V_m: sparse(length, true) as never }),
      'V_m[1]',
    ],
    ['in set', () => kernel.Create('iaf_psc_exp').set({ V_m: sparse(length, 1) }), 'V_m[1]'],
    [
      'in SetDefaults',
      () => kernel.SetDefaults('iaf_psc_exp', { V_m: sparse(length, 1) }),
      'V_m[1]',
    ],
    ['of keys', () => kernel.Create('iaf_psc_exp').get(sparse<'V_m'>(length, 'V_m')), 'keys[1]'],
    [
      'of keys of the kernel',
      () => kernel.GetKernelStatus(sparse<'resolution'>(length, 'resolution')),
      'keys[1]',
    ],
    ['of nodes', () => kernel.Connect(sparse(length, 1), [1]), 'pre[1]'],
    [
      'of weights',
      () => {
        const n = kernel.Create('iaf_psc_exp');
        kernel.Connect(n, n, 'one_to_one', { weight: sparse(length, 1) });
      },
      'weight[1]',
    ],
    [
      'of weights, nested',
      () => {
        const n = kernel.Create('iaf_psc_exp');
        kernel.Connect(n, n, 'all_to_all', { weight: sparse(length, [1]) });
      },
      'weight[1]',
    ],
  ])('%s', (_, call, parameter) => {
    expect(call).toThrow(refusedAt(parameter));
    expect(kernel.GetConnections()).toHaveLength(0);
  });

  test('of positions and masks', () => {
    const nodes = kernel.Create('iaf_psc_exp', 3);
    expect(() => nodes.pick(sparse(length, 0))).toThrow(named('IndexError'));
    expect(() => nodes.pick(sparse(length, true))).toThrow(named('IndexError'));
    expect(() => nodes.pick([true, 1, true] as never)).toThrow(/nothing but booleans/);
    expect(() => nodes.pick([1, true, true] as never)).toThrow(/nothing but booleans/);
    const one = sparse(length, 1) as unknown as number;
    expect(() => nodes.at(one)).toThrow(/^Index Array is outside/);
    expect(() => nodes.pick([one])).toThrow(/^Index Array is outside/);
    expect(() => nodes.slice(one)).toThrow(/^Slice bound Array is outside/);
    expect(() => nodes.slice(0, 1, one)).toThrow(/^Slice step must .* got Array/);
    const bare = Object.create(null) as number; // has no text
    expect(() => nodes.at(bare)).toThrow(/^Index object is outside/);
    expect(() => nodes.slice(bare)).toThrow(/^Slice bound object is outside/);
    expect(() => nodes.at({ constructor: { name: Symbol('s') } } as never)).toThrow(
      /^Index object is outside/,
    );
    kernel.Connect(nodes, nodes);
    expect(() => kernel.GetConnections().at(one)).toThrow(named('IndexError'));
    expect(() => kernel.GetConnections().pick(sparse(length, 0))).toThrow(named('IndexError'));
  });
});

test.each([Float64Array, Int32Array])(
  'a transferred %p is a source of rewards that has ended, and picks nothing',
  async (Class) => {
    const nodes = kernel.Create('iaf_psc_exp', 3);
    const positions = Class.of(1, 2);
    structuredClone(positions, { transfer: [positions.buffer] });
    expect(nodes.pick(positions)).toHaveLength(0);
    const transmitter = kernel.Create('reward_transmitter');
    const rewards = Class.of(1, 2, 3, 4);
    let asked = 0;
    const rewarded = kernel.Simulate(20, {
      reward: { transmitter, interval: 5, source: rewards },
      onProgress: () => {
        if (asked++ === 0) structuredClone(rewards, { transfer: [rewards.buffer] });
      },
    });
    await rewarded;
    expect(rewards).toHaveLength(0);
    expect([1, 2, 3]).toContain(transmitter.reward);
    await kernel.Simulate(5, { reward: { transmitter, interval: 5, source: positions } });
    expect([1, 2, 3]).toContain(transmitter.reward);
  },
);

test.each([Float64Array, Int32Array])('a transferred %p holds nothing', (Class) => {
  const nodes = kernel.Create('iaf_psc_exp', 3);
  const ids = Class.of(1, 2);
  structuredClone(ids, { transfer: [ids.buffer] });
  const empty = [] as never;
  for (const act of [
    (array: never) => {
      kernel.Connect(array, nodes);
    },
    (array: never) => {
      nodes.set({ V_m: array });
    },
    (array: never) => {
      kernel.Create('spike_generator', 1, { spike_times: [array] });
    },
  ]) {
    const result = (array: never): unknown => {
      try {
        act(array);
        return 'done';
      } catch (error) {
        return (error as Error).name;
      }
    };
    expect(result(ids as never)).toBe(result(empty));
    expect(result(ids as never)).not.toBe('TypeError');
  }
});

test('ordinary arrays are taken as they are', () => {
  const n = 10_000;
  const values = Array.from({ length: n }, (_, i) => -70 + i / n);
  const nodes = kernel.Create('iaf_psc_exp', n, { V_m: values });
  expect(Buffer.from(nodes.V_m.buffer)).toEqual(Buffer.from(Float64Array.from(values).buffer));
  nodes.set({ V_m: Float32Array.from(values) });
  expect(nodes.V_m[n - 1]).toBe(Math.fround(values[n - 1]!));
});

describe('shared operands', () => {
  const doubled = (times: number) => {
    let p = random.uniform(0, 1);
    for (let i = 0; i < times; i++) p = p.add(p);
    return p;
  };

  test('are drawn anew for each use', () => {
    const value = doubled(10).GetValue(kernel);
    // The sum of 1024 independent draws: 512 ± 9.2.
    expect(Math.abs(value - 512)).toBeLessThan(60);
    expect(value).not.toBe(Math.round(value));
  });

  test.each([22, 26, 60, 100])('doubled %d times are refused', (times) => {
    expect(() => kernel.Create('iaf_psc_exp', 1, { V_m: doubled(times) })).toThrow(
      named('BadProperty', { parameter: 'V_m', allowed: 'at most 4194304 operations a value' }),
    );
    expect(kernel.GetKernelStatus('network_size')).toBe(0);
  });

  test('doubled 20 times give a value', () => {
    const { V_m } = kernel.Create('iaf_psc_exp', 1, { V_m: doubled(20) });
    expect(Math.abs(V_m / 2 ** 20 - 0.5)).toBeLessThan(0.002);
  });

  test('100,000 operations on top of each other are refused', () => {
    let deep = random.uniform(0, 1);
    for (let i = 0; i < 100_000; i++) deep = deep.add(1);
    expect(() => kernel.Create('iaf_psc_exp', 1, { V_m: deep })).toThrow(
      named('BadProperty', { parameter: 'V_m', allowed: 'at most 500 levels' }),
    );
    expect(() => deep.GetValue(kernel)).toThrow(named('BadProperty'));
  });
});
