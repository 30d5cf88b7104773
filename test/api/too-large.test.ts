// What cannot fit into memory, or would take hours, is refused before anything is drawn.
import { type ConnSpec, Kernel, type NodeCollection, random } from '../../lib';
import { named } from './named';

const million = 1e6;
let kernel: Kernel;
let nodes: NodeCollection;
beforeAll(() => {
  kernel = new Kernel();
  nodes = kernel.Create('parrot_neuron', million);
});
afterAll(() => kernel.dispose());

/** Rules with some 10^12 connections between a million nodes and themselves. */
const huge: ConnSpec[] = [
  { rule: 'all_to_all' },
  { rule: 'all_to_all', allow_autapses: false },
  { rule: 'fixed_indegree', indegree: million },
  { rule: 'fixed_indegree', indegree: million, allow_multapses: false },
  { rule: 'fixed_indegree', indegree: random.uniform_int(million) },
  { rule: 'fixed_outdegree', outdegree: million, allow_autapses: false },
  { rule: 'fixed_outdegree', outdegree: random.uniform_int(million) },
  { rule: 'fixed_total_number', N: 1e12 },
  { rule: 'pairwise_bernoulli', p: 0.5 },
  { rule: 'pairwise_bernoulli', p: 0.5, allow_autapses: false },
  { rule: 'pairwise_bernoulli', p: random.uniform(0, 1) },
  { rule: 'pairwise_bernoulli', p: random.normal(0.5, 1) },
  { rule: 'pairwise_poisson', pairwise_avg_num_conns: 2 },
  { rule: 'pairwise_poisson', pairwise_avg_num_conns: random.exponential(1) },
  {
    rule: 'symmetric_pairwise_bernoulli',
    p: 0.5,
    allow_autapses: false,
    make_symmetric: true,
  },
];

describe('a million nodes to a million nodes', () => {
  test.each(huge)('OutOfMemory at once: %o', (rule) => {
    const started = process.cpuUsage();
    expect(() => kernel.Connect(nodes, nodes, rule)).toThrow(named('OutOfMemory'));
    const { user } = process.cpuUsage(started);
    // Hours before; some 0.1 s now.
    expect(user).toBeLessThan(5e6);
    expect(kernel.GetKernelStatus('num_connections')).toBe(0);
  });

  test('weights and delays that are drawn make no difference', () => {
    for (const rule of huge.slice(0, 4)) {
      const synapse = { weight: random.normal(0, 1), delay: random.lognormal(0, 1) };
      expect(() => kernel.Connect(nodes, nodes, rule, synapse)).toThrow(named('OutOfMemory'));
    }
  });

  test('pairs that are drawn one by one for few synapses are refused, with what to do', () => {
    for (const rule of [
      { rule: 'pairwise_poisson', pairwise_avg_num_conns: 1e-9 },
      { rule: 'pairwise_bernoulli', p: random.uniform(0, 1e-9) },
    ]) {
      expect(() => kernel.Connect(nodes, nodes, rule as ConnSpec)).toThrow(
        named('NotImplemented', { rule: rule.rule, given: 1e12 }),
      );
    }
  });

  test('few synapses among many pairs are made', () => {
    kernel.Connect(nodes, nodes, { rule: 'pairwise_bernoulli', p: 1e-9 });
    const count = kernel.GetKernelStatus('num_connections');
    expect(count).toBeGreaterThan(700);
    expect(count).toBeLessThan(1300);
  });
});

describe('counts without drawing', () => {
  test('are those of the synapses that are made', () => {
    const some = nodes.slice(0, 60);
    const others = nodes.slice(30, 80);
    const rules: ConnSpec[] = [
      { rule: 'all_to_all', allow_autapses: false },
      { rule: 'fixed_indegree', indegree: random.uniform_int(20) },
      { rule: 'fixed_outdegree', outdegree: random.uniform_int(20), allow_autapses: false },
      { rule: 'fixed_indegree', indegree: random.uniform_int(20), allow_multapses: false },
    ];
    let before = kernel.GetKernelStatus('num_connections');
    for (const rule of rules) {
      kernel.Connect(some, others, rule);
      const counted = kernel.GetKernelStatus('num_connections');
      expect(kernel.GetConnections()).toHaveLength(counted);
      expect(counted).toBeGreaterThan(before);
      before = counted;
    }
  });

  test('symmetric_pairwise_bernoulli ends for every p below 1', () => {
    for (const p of [0.5, 0.999999, 1 - 2 ** -53]) {
      for (const n of [1, 2, 50]) {
        const few = new Kernel();
        const group = few.Create('parrot_neuron', n);
        few.Connect(group, group, {
          rule: 'symmetric_pairwise_bernoulli',
          p,
          allow_autapses: false,
          make_symmetric: true,
        });
        const count = few.GetKernelStatus('num_connections');
        expect(few.GetConnections()).toHaveLength(count);
        expect(count).toBeLessThanOrEqual(2 * n * (n - 1));
        // Nearly certain to leave exactly one out.
        expect(count).toBeGreaterThanOrEqual(p > 0.9999999 ? 2 * n * (n - 1) : 0);
      }
    }
  });
});

describe('connections that are not laid out yet', () => {
  const half = (k: Kernel): number => {
    try {
      k.Connect(k.GetNodes(), k.GetNodes(), { rule: 'fixed_total_number', N: 1e15 });
    } catch (error) {
      return (error as { available_bytes: number }).available_bytes / 2;
    }
    throw new Error('10^15 synapses were accepted');
  };
  // 2 bytes a synapse and a fifth for sorting.
  const connect = (k: Kernel, bytes: number): void =>
    k.Connect(k.GetNodes(), k.GetNodes(), {
      rule: 'fixed_total_number',
      N: Math.round(bytes / 2.4),
    });

  test('count together, over all kernels, until they are dropped', () => {
    const [a, b, c] = [new Kernel(), new Kernel(), new Kernel()];
    for (const k of [a, b, c]) k.Create('parrot_neuron', 10);
    const most = half(a);
    connect(a, most);
    connect(b, 0.6 * most);
    const refused = named('OutOfMemory', {
      message: expect.stringMatching(/are set aside/) as string,
    });
    expect(() => connect(c, 0.9 * most)).toThrow(refused);
    expect(() => connect(a, 0.9 * most)).toThrow(refused);
    expect(() => c.Create('iaf_psc_exp', Math.round(Math.min(4e9, (0.9 * most) / 88)))).toThrow(
      refused,
    );
    b.ResetKernel();
    a.dispose();
    connect(c, 0.9 * most);
    for (const k of [b, c]) k.dispose();
  });

  test('count when there are many small ones', () => {
    const k = new Kernel();
    k.Create('parrot_neuron', 10);
    const most = 2 * half(k);
    const calls = Math.ceil(most / 60e6);
    expect(() => {
      for (let i = 0; i < 1.5 * calls; ++i) connect(k, 60e6);
    }).toThrow(named('OutOfMemory'));
    k.dispose();
  });

  test('are given back when they are laid out', () => {
    const k = new Kernel();
    const nodes = k.Create('parrot_neuron', 10);
    // GB that a refusal calls set aside, by whomever; it keeps silent about less than 0.064.
    const setAside = (): number => {
      const all = { rule: 'fixed_total_number', N: 1e15 } as const;
      try {
        k.Connect(nodes, nodes, all);
      } catch (error) {
        return Number(/another (\S+) GB are set aside/.exec((error as Error).message)?.[1] ?? 0);
      }
      throw new Error('10^15 synapses were accepted');
    };
    const before = setAside();
    const drawn = random.uniform(0.1, 0.2);
    const synapse = {
      synapse_model: 'stdp_synapse',
      ...{ weight: drawn, lambda: drawn, alpha: drawn, mu_plus: drawn, mu_minus: drawn },
    };
    k.Connect(nodes, nodes, { rule: 'fixed_total_number', N: 4e6 }, synapse);
    expect(setAside()).toBeGreaterThan(before + 0.16);
    expect(k.GetConnections()).toHaveLength(4e6);
    expect(setAside()).toBeLessThan(before + 0.07);
    k.dispose();
  });
});
