// Receptors and labels that differ from synapse to synapse, given as arrays or drawn.
import { Kernel, type NodeCollection, random } from '../../lib';
import { named } from './named';

const sorted = (rows: readonly (readonly unknown[])[]) =>
  rows.map((row) => JSON.stringify(row)).sort();

/** What can be read of all connections, in no order. */
function rowsOf(kernel: Kernel, keys: readonly string[]): string[] {
  const columns = keys.map((key) => Array.from(kernel.GetConnections().get(key) as number[]));
  return sorted((columns[0] ?? []).map((_, i) => columns.map((column) => column[i])));
}

let kernel: Kernel;
beforeEach(() => {
  kernel = new Kernel();
});

const where = ['source', 'target', 'receptor', 'synapse_label', 'weight', 'delay'];

describe('arrays', () => {
  test('one_to_one: one a pair, with the weights at their places', () => {
    const p = kernel.Create('parrot_neuron', 3);
    kernel.Connect(p, p, 'one_to_one', {
      receptor_type: [0, 1, 0],
      synapse_label: [3, 4, 3],
      weight: [1, 2, 3],
      delay: [1, 2, 3],
    });
    const rows = [
      [1, 1, 0, 3, 1, 1],
      [2, 2, 1, 4, 2, 2],
      [3, 3, 0, 3, 3, 3],
    ];
    expect(rowsOf(kernel, where)).toEqual(sorted(rows));
    expect(kernel.GetConnections({ synapse_label: 3 })).toHaveLength(2);
    expect(kernel.GetKernelStatus('num_connections')).toBe(3);
  });

  test('nested ones, as each rule takes them', () => {
    const p = kernel.Create('parrot_neuron', 2);
    const q = kernel.Create('parrot_neuron', 3);
    kernel.Connect(p, q, 'all_to_all', {
      receptor_type: [
        [0, 1],
        [1, 1],
        [0, 0],
      ],
      synapse_label: [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
    });
    const rows = [
      [1, 3, 0, 1],
      [2, 3, 1, 2],
      [1, 4, 1, 3],
      [2, 4, 1, 4],
      [1, 5, 0, 5],
      [2, 5, 0, 6],
    ];
    expect(rowsOf(kernel, where.slice(0, 4))).toEqual(sorted(rows));
    kernel.Connect(
      p,
      q,
      { rule: 'fixed_indegree', indegree: 2 },
      { synapse_label: Array(6).fill(9) },
    );
    kernel.Connect(
      p,
      q,
      { rule: 'fixed_outdegree', outdegree: 2 },
      { receptor_type: [1, 1, 1, 0] },
    );
    kernel.Connect(p, q, { rule: 'fixed_total_number', N: 2 }, { synapse_label: [7, 8] });
    const labels = Array.from(kernel.GetConnections().synapse_label);
    expect(labels.filter((x) => x === 9)).toHaveLength(6);
    expect(labels.filter((x) => x === 7 || x === 8)).toHaveLength(2);
  });

  test('explicit arrays with repetitions, make_symmetric', () => {
    const p = kernel.Create('parrot_neuron', 2);
    kernel.Connect([2, 2, 1], [1, 1, 2], 'one_to_one', { synapse_label: [5, 6, 7] });
    const conn = { rule: 'one_to_one', make_symmetric: true } as const;
    kernel.Connect(p.at(0), p.at(1), conn, { synapse_label: [8], receptor_type: [1] });
    const rows = [
      [2, 1, 0, 5],
      [2, 1, 0, 6],
      [1, 2, 0, 7],
      [1, 2, 1, 8],
      [2, 1, 1, 8],
    ];
    expect(rowsOf(kernel, where.slice(0, 4))).toEqual(sorted(rows));
  });

  test('nodes of several kinds: each connection as what its nodes are', () => {
    const parrots = kernel.Create('parrot_neuron', 2);
    const neuron = kernel.Create('iaf_psc_exp');
    const noise = kernel.Create('poisson_generator', 1, { rate: 100 });
    const recorder = kernel.Create('spike_recorder');
    const pre: NodeCollection = parrots.concat(noise);
    const post: NodeCollection = parrots.concat(neuron).concat(recorder);
    const rows = [...Array(4).keys()].map((t) => [0, 1, 2].map((s) => 10 * t + s));
    kernel.Connect(pre, post, 'all_to_all', { synapse_label: rows });
    const ids = [1, 2, 4];
    const expected = rows.flatMap((row, t) =>
      row.map((label, s) => [ids[s], [1, 2, 3, 5][t], label]),
    );
    expect(rowsOf(kernel, ['source', 'target', 'synapse_label'])).toEqual(sorted(expected));
  });
});

describe('drawn ones', () => {
  const many = (threads: number, spec: object) => {
    const k = new Kernel();
    k.SetKernelStatus({ local_num_threads: threads, rng_seed: 7 });
    const p = k.Create('parrot_neuron', 50);
    k.Connect(p, p, { rule: 'fixed_indegree', indegree: 20 }, spec);
    return rowsOf(k, where);
  };

  test('are of all values, and the same for any number of threads', () => {
    const spec = { receptor_type: random.uniform_int(2), synapse_label: random.uniform_int(3) };
    const rows = many(1, spec).map((row) => JSON.parse(row) as number[]);
    expect(rows).toHaveLength(1000);
    for (const [column, values] of [
      [2, 2],
      [3, 3],
    ] as const) {
      const counts = Array.from(
        { length: values },
        (_, x) => rows.filter((row) => row[column] === x).length,
      );
      expect(Math.min(...counts)).toBeGreaterThan(900 / values - 50);
    }
    expect(many(3, spec)).toEqual(many(1, spec));
  });

  test('do not change pairs and what else is drawn', () => {
    const others = { weight: random.uniform(1, 2), delay: random.uniform(1, 3) };
    const plain = many(1, { ...others, synapse_label: 0 });
    const labels = many(1, { ...others, synapse_label: random.uniform_int(4) });
    const pairs = (rows: readonly string[]) =>
      sorted(rows.map((row) => (JSON.parse(row) as number[]).filter((_, k) => k !== 3)));
    expect(pairs(labels)).toEqual(pairs(plain));
  });

  test('plastic synapses: all their parameters go along', () => {
    const p = kernel.Create('parrot_neuron', 10);
    kernel.Connect(p, p, 'all_to_all', {
      synapse_model: 'stdp_synapse',
      synapse_label: random.uniform_int(2),
      weight: random.uniform(1, 2),
      alpha: random.uniform(3, 4),
      Kplus: random.uniform(5, 6),
    });
    const found = kernel.GetConnections();
    for (const [key, low] of [
      ['weight', 1],
      ['alpha', 3],
      ['Kplus', 5],
    ] as const) {
      const values = Array.from(found.get(key));
      expect(new Set(values).size).toBe(100);
      expect(Math.min(...values)).toBeGreaterThanOrEqual(low);
      expect(Math.max(...values)).toBeLessThanOrEqual(low + 1);
    }
  });

  test('spikes arrive at the receptor of their synapse', () => {
    const source = kernel.Create('spike_generator', 1, { spike_times: [1] });
    const parrots = kernel.Create('parrot_neuron', 4);
    const recorder = kernel.Create('spike_recorder');
    kernel.Connect(source, parrots, 'all_to_all', { receptor_type: [[0], [1], [1], [0]] });
    kernel.Connect(parrots, recorder);
    kernel.SimulateSync(5);
    expect(Array.from(recorder.events.senders)).toEqual([2, 5]);
  });
});

describe('refused', () => {
  test.each([
    [{ receptor_type: [0, 1] }, 'UnknownReceptorType', { value: 1 }, 'must be 0, got 1'],
    [{ receptor_type: [0, 0.5] }, 'TypeMismatch', { value: 0.5 }, 'must be an integer'],
    [{ receptor_type: [0] }, 'DimensionMismatch', { given: 1 }, 'one value or 2'],
    [{ synapse_label: [0, -2] }, 'BadProperty', { value: -2 }, 'an integer in [0, 2147483647]'],
    [{ synapse_label: [0, 1, 2] }, 'DimensionMismatch', { given: 3 }, 'one value or 2'],
    [
      { receptor_type: random.uniform(0.1, 0.2) },
      'TypeMismatch',
      { parameter: 'receptor_type' },
      'must be an integer',
    ],
    [
      { synapse_label: random.uniform_int(2).sub(7) },
      'BadProperty',
      { parameter: 'synapse_label' },
      'synapse_label of static_synapse must be',
    ],
    [
      { synapse_model: 'stdp_synapse', receptor_type: [0, 0], weight: [1, -1] },
      'BadProperty',
      { parameter: 'weight' },
      'of the sign of Wmax',
    ],
  ])('%j', (spec: object, error: string, fields: object, text: string) => {
    const p = kernel.Create('parrot_neuron', 2);
    const neurons = kernel.Create('iaf_psc_exp', 2);
    const call = () => {
      kernel.Connect(p, neurons, 'one_to_one', spec);
    };
    expect(call).toThrow(named(error, fields));
    expect(call).toThrow(text);
    expect(kernel.GetKernelStatus('num_connections')).toBe(0);
  });

  test('rules that cannot count their synapses, and second halves that cannot be drawn again', () => {
    const p = kernel.Create('parrot_neuron', 2);
    expect(() => {
      kernel.Connect(p, p, { rule: 'pairwise_bernoulli', p: 0.5 }, { synapse_label: [1, 2] });
    }).toThrow(named('TypeMismatch'));
    for (const key of ['synapse_label', 'receptor_type']) {
      const conn = { rule: 'one_to_one', make_symmetric: true } as const;
      expect(() => {
        kernel.Connect(p, p, conn, { [key]: random.uniform_int(2) });
      }).toThrow(named('NotImplemented'));
    }
    const recorder = kernel.Create('spike_recorder');
    expect(() => {
      kernel.Connect(p, recorder, { rule: 'fixed_total_number', N: 2 }, { synapse_label: [1, 2] });
    }).toThrow(named('IllegalConnection'));
  });
});
