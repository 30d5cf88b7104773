// What each connection rule promises: degrees, forbidden pairs, the place of listed values, and the
// same network for any number of threads.
import fc from 'fast-check';
import { type ConnSpec, Kernel, random, type SynSpec } from '../../lib';
import { toSteps } from '../reference/compare';
import { chiSquareDeviation } from '../reference/statistics';

interface Sizes {
  readonly sources: number;
  readonly targets: number;
  /** The two are one population; then `targets` is not used. */
  readonly same: boolean;
}

interface Made {
  readonly source: number[];
  readonly target: number[];
  readonly weight: number[];
  readonly delay: number[];
}

/** The synapses of one Connect, sources and targets as places in their populations. */
function connectOnce(
  { sources, targets, same }: Sizes,
  rule: ConnSpec,
  synapse: SynSpec = {},
  settings: { local_num_threads?: number; rng_seed?: number } = {},
): Made {
  const kernel = new Kernel();
  kernel.SetKernelStatus(settings);
  const pre = kernel.Create('iaf_psc_delta', sources);
  const post = same ? pre : kernel.Create('iaf_psc_exp', targets);
  kernel.Connect(pre, post, rule, synapse);
  const made = kernel.GetConnections();
  const first = same ? 1 : sources + 1;
  return {
    source: Array.from(made.source, (id) => id - 1),
    target: Array.from(made.target, (id) => id - first),
    weight: [...made.weight],
    delay: toSteps(made.delay),
  };
}

const degrees = (ids: readonly number[], n: number) => {
  const count = new Array<number>(n).fill(0);
  for (const id of ids) count[id] = (count[id] ?? 0) + 1;
  return count;
};

const pairsOf = ({ source, target }: Made) => source.map((s, i) => `${s}→${target[i]}`);
const autapses = ({ source, target }: Made) => source.filter((s, i) => s === target[i]).length;

const sizes = fc.record({
  sources: fc.integer({ min: 2, max: 60 }),
  targets: fc.integer({ min: 1, max: 60 }),
  same: fc.boolean(),
});
const flags = fc.record({ allow_autapses: fc.boolean(), allow_multapses: fc.boolean() });
const seed = fc.integer({ min: 1, max: 1e9 });
const runs = { seed: 13, numRuns: 80 } as const;

/** The rule with some degree that it can fulfil. */
const ruleFor = fc
  .tuple(
    sizes,
    flags,
    fc.constantFrom(
      'one_to_one' as const,
      'all_to_all' as const,
      'fixed_indegree' as const,
      'fixed_outdegree' as const,
      'fixed_total_number' as const,
      'pairwise_bernoulli' as const,
      'pairwise_poisson' as const,
    ),
    fc.double({ min: 0, max: 1, noNaN: true }),
  )
  .map(([given, { allow_autapses, allow_multapses }, rule, share]) => {
    const same = given.same || rule === 'one_to_one';
    const size = { ...given, same, targets: same ? given.sources : given.targets };
    // No multapses and, where the two overlap, no autapses: one partner fewer.
    const most = (n: number) => n - (same && !allow_autapses ? 1 : 0);
    const degree = (n: number) => Math.floor(share * (allow_multapses ? 2 * n : most(n)));
    const spec: Record<typeof rule, ConnSpec> = {
      one_to_one: { rule: 'one_to_one', allow_autapses },
      all_to_all: { rule: 'all_to_all', allow_autapses },
      fixed_indegree: {
        rule: 'fixed_indegree',
        indegree: degree(size.sources),
        allow_autapses,
        allow_multapses,
      },
      fixed_outdegree: {
        rule: 'fixed_outdegree',
        outdegree: degree(size.targets),
        allow_autapses,
        allow_multapses,
      },
      fixed_total_number: {
        rule: 'fixed_total_number',
        N: Math.floor(share * size.sources * size.targets),
        allow_autapses,
      },
      pairwise_bernoulli: { rule: 'pairwise_bernoulli', p: share, allow_autapses },
      pairwise_poisson: {
        rule: 'pairwise_poisson',
        pairwise_avg_num_conns: 2 * share,
        allow_autapses,
      },
    };
    return { size, rule: spec[rule] };
  });

/** What a rule promises, with whether it is so. */
function promises(
  made: Made,
  { sources, targets, same }: Sizes,
  rule: ConnSpec,
): Record<string, boolean> {
  const n = made.source.length;
  const inDegrees = degrees(made.target, targets);
  const outDegrees = degrees(made.source, sources);
  const isSet = new Set(pairsOf(made)).size === n;
  const noAutapses = same && rule.allow_autapses === false;
  const always = {
    'nodes of the populations only': inDegrees.length === targets && outDegrees.length === sources,
    'no autapses where forbidden': !noAutapses || autapses(made) === 0,
    'no multapses where forbidden': rule.allow_multapses !== false || isSet,
  };
  switch (rule.rule) {
    case 'one_to_one':
      return {
        ...always,
        'i with i': made.source.every((source, i) => source === made.target[i]),
        'one a pair': n === (noAutapses ? 0 : sources) && isSet,
      };
    case 'all_to_all':
      return {
        ...always,
        'every pair once': isSet && n === sources * targets - (noAutapses ? sources : 0),
      };
    case 'fixed_indegree':
      return { ...always, indegree: inDegrees.every((k) => k === rule.indegree) };
    case 'fixed_outdegree':
      return { ...always, outdegree: outDegrees.every((k) => k === rule.outdegree) };
    case 'fixed_total_number':
      return { ...always, total: n === rule.N };
    case 'pairwise_bernoulli':
      return { ...always, 'a pair at most once': isSet, 'none for p = 0': rule.p !== 0 || n === 0 };
    default:
      return always;
  }
}

test('degrees are kept; what is forbidden is not made', () => {
  let synapses = 0;
  fc.assert(
    fc.property(ruleFor, seed, ({ size, rule }, rng_seed) => {
      const made = connectOnce(size, rule, {}, { rng_seed });
      synapses += made.source.length;
      const broken = Object.entries(promises(made, size, rule)).filter(([, kept]) => !kept);
      expect(broken).toEqual([]);
    }),
    { ...runs, numRuns: 200 },
  );
  expect(synapses).toBeGreaterThan(20_000);
});

test('the same network for any number of threads, random weights and delays included', () => {
  let synapses = 0;
  fc.assert(
    fc.property(ruleFor, seed, fc.constantFrom(2, 3, 7), ({ size, rule }, rng_seed, threads) => {
      const synapse = {
        weight: random.normal(1, 0.5),
        delay: random.uniform(0.2, 3),
      };
      const one = connectOnce(size, rule, synapse, { rng_seed });
      synapses += one.source.length;
      expect(connectOnce(size, rule, synapse, { rng_seed, local_num_threads: threads })).toEqual(
        one,
      );
    }),
    { ...runs, numRuns: 40 },
  );
  expect(synapses).toBeGreaterThan(5_000);
});

test('synapses come sorted by source, delay and target', () => {
  const size = { sources: 30, targets: 30, same: true };
  const made = connectOnce(
    size,
    { rule: 'fixed_indegree', indegree: 40 },
    { delay: random.uniform_int(5).mul(0.1).add(0.1), weight: random.uniform(0, 1) },
  );
  const key = made.source.map((s, i) => [s, made.delay[i] ?? NaN, made.target[i] ?? NaN] as const);
  const sorted = [...key].sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
  expect(key.length).toBe(1200);
  expect(key).toEqual(sorted);
});

describe('listed weights and delays', () => {
  // Every value says which synapse it is for.
  const unique = (n: number) => Array.from({ length: n }, (_, i) => i + 1);
  const delays = (n: number) => unique(n).map((i) => (1 + (i % 17)) / 10);
  /** Synapses as text, sorted: source, target, weight, delay. */
  const texts = (made: Made) =>
    made.source.map((s, i) => `${s}→${made.target[i]}: ${made.weight[i]} ${made.delay[i]}`).sort();
  const expected = (entries: readonly (readonly [number, number, number])[]) =>
    entries.map(([s, t, i]) => `${s}→${t}: ${i + 1} ${1 + ((i + 1) % 17)}`).sort();

  test.each([1, 3])('one_to_one: one a pair; %d threads', (local_num_threads) => {
    const n = 40;
    const made = connectOnce(
      { sources: n, targets: n, same: false },
      { rule: 'one_to_one' },
      { weight: unique(n), delay: delays(n) },
      { local_num_threads },
    );
    expect(texts(made)).toEqual(expected(unique(n).map((i) => [i - 1, i - 1, i - 1])));
  });

  test.each([
    [1, false, true],
    [3, true, true],
    [2, true, false],
  ])(
    'all_to_all: targets × sources; %d threads, one population %s, autapses %s',
    (threads, same, allow_autapses) => {
      const [sources, targets] = [13, same ? 13 : 9];
      const made = connectOnce(
        { sources, targets, same },
        { rule: 'all_to_all', allow_autapses },
        { weight: unique(sources * targets), delay: delays(sources * targets) },
        { local_num_threads: threads },
      );
      const entries = unique(sources * targets)
        .map((i) => i - 1)
        // The value of a pair that is left out is left out as well.
        .map((i): [number, number, number] => [i % sources, Math.floor(i / sources), i])
        .filter(([s, t]) => !same || allow_autapses || s !== t);
      expect(texts(made)).toEqual(expected(entries));
    },
  );

  test('nested arrays are the same row by row', () => {
    const size = { sources: 4, targets: 3, same: false };
    const rows = [0, 1, 2].map((t) => [1, 2, 3, 4].map((s) => 4 * t + s));
    const nested = connectOnce(size, { rule: 'all_to_all' }, { weight: rows });
    expect(nested).toEqual(connectOnce(size, { rule: 'all_to_all' }, { weight: unique(12) }));
  });

  test.each([
    ['fixed_indegree', 1],
    ['fixed_indegree', 3],
    ['fixed_outdegree', 1],
    ['fixed_outdegree', 3],
  ] as const)('%s: a row for each node; %d threads', (rule, local_num_threads) => {
    const degree = 7;
    const [sources, targets] = [15, 11];
    const rows = rule === 'fixed_indegree' ? targets : sources;
    const spec: ConnSpec =
      rule === 'fixed_indegree' ? { rule, indegree: degree } : { rule, outdegree: degree };
    const made = connectOnce(
      { sources, targets, same: false },
      spec,
      { weight: unique(rows * degree), delay: delays(rows * degree) },
      { local_num_threads },
    );
    // Every value is used once, by a synapse of its row's node, and with its delay.
    expect([...made.weight].sort((a, b) => a - b)).toEqual(unique(rows * degree));
    made.weight.forEach((w, i) => {
      const node = rule === 'fixed_indegree' ? made.target[i] : made.source[i];
      expect(node).toBe(Math.floor((w - 1) / degree));
      expect(made.delay[i]).toBe(1 + (w % 17));
    });
  });

  test.each([1, 3])('fixed_total_number: one each; %d threads', (local_num_threads) => {
    const made = connectOnce(
      { sources: 10, targets: 20, same: false },
      { rule: 'fixed_total_number', N: 300 },
      { weight: unique(300), delay: delays(300) },
      { local_num_threads },
    );
    expect([...made.weight].sort((a, b) => a - b)).toEqual(unique(300));
    made.weight.forEach((w, i) => {
      expect(made.delay[i]).toBe(1 + (w % 17));
    });
  });

  test('explicit arrays, in any order and with repetitions', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat({ max: 19 }), fc.nat({ max: 19 })), {
          minLength: 1,
          maxLength: 80,
        }),
        fc.constantFrom(1, 2, 3),
        (pairs, local_num_threads) => {
          const kernel = new Kernel();
          kernel.SetKernelStatus({ local_num_threads });
          const ids = kernel.Create('iaf_psc_delta', 20).ids;
          const at = (i: number) => ids[i] ?? NaN;
          kernel.Connect(
            pairs.map(([s]) => at(s)),
            pairs.map(([, t]) => at(t)),
            'one_to_one',
            {
              weight: unique(pairs.length),
              delay: delays(pairs.length),
            },
          );
          const c = kernel.GetConnections();
          const made = {
            source: Array.from(c.source, (id) => id - 1),
            target: Array.from(c.target, (id) => id - 1),
            weight: [...c.weight],
            delay: toSteps(c.delay),
          };
          expect(texts(made)).toEqual(expected(pairs.map(([s, t], i) => [s, t, i])));
        },
      ),
      { ...runs, numRuns: 40 },
    );
  });
});

describe('make_symmetric', () => {
  const reversed = ({ source, target, weight, delay }: Made) =>
    source.map((s, i) => `${target[i]}→${s} ${weight[i]} ${delay[i]}`).sort();
  const forward = ({ source, target, weight, delay }: Made) =>
    source.map((s, i) => `${s}→${target[i]} ${weight[i]} ${delay[i]}`).sort();

  test('one_to_one connects both ways with the same values', () => {
    const kernel = new Kernel();
    const nodes = kernel.Create('iaf_psc_delta', 10);
    const weight = [1, 2, 3, 4, 5];
    const delay = [0.5, 0.4, 0.3, 0.2, 0.1];
    kernel.Connect(
      nodes.slice(0, 5),
      nodes.slice(5, 10),
      { rule: 'one_to_one', make_symmetric: true },
      { weight, delay },
    );
    const made = kernel.GetConnections();
    expect([...made.source]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect([...made.target]).toEqual([6, 7, 8, 9, 10, 1, 2, 3, 4, 5]);
    expect([...made.weight]).toEqual([...weight, ...weight]);
    expect(toSteps(made.delay)).toEqual([5, 4, 3, 2, 1, 5, 4, 3, 2, 1]);
  });

  test.each([1, 3])('symmetric_pairwise_bernoulli: pairs, no autapses; %d threads', (threads) => {
    const n = 60;
    const made = connectOnce(
      { sources: n, targets: n, same: true },
      {
        rule: 'symmetric_pairwise_bernoulli',
        p: 0.2,
        allow_autapses: false,
        make_symmetric: true,
      },
      { weight: 1.5 },
      { local_num_threads: threads },
    );
    expect(autapses(made)).toBe(0);
    expect(made.source.length).toBeGreaterThan(n * 5);
    expect(made.source.length % 2).toBe(0);
    expect(reversed(made)).toEqual(forward(made));
  });

  test('all_to_all between two populations', () => {
    const kernel = new Kernel();
    const nodes = kernel.Create('iaf_psc_delta', 7);
    kernel.Connect(nodes.slice(0, 3), nodes.slice(3, 7), {
      rule: 'all_to_all',
      make_symmetric: true,
    });
    const c = kernel.GetConnections();
    expect(c.length).toBe(24);
    const made = {
      source: [...c.source],
      target: [...c.target],
      weight: [...c.weight],
      delay: toSteps(c.delay),
    };
    expect(reversed(made)).toEqual(forward(made));
  });
});

describe('partners are drawn uniformly', () => {
  const n = 40;
  const size = { sources: n, targets: n, same: true };
  test.each<[string, ConnSpec]>([
    ['fixed_indegree', { rule: 'fixed_indegree', indegree: 500 }],
    [
      'fixed_indegree without autapses',
      { rule: 'fixed_indegree', indegree: 500, allow_autapses: false },
    ],
    ['fixed_outdegree', { rule: 'fixed_outdegree', outdegree: 500 }],
    ['fixed_total_number', { rule: 'fixed_total_number', N: 20_000 }],
    ['pairwise_poisson', { rule: 'pairwise_poisson', pairwise_avg_num_conns: 12.5 }],
  ])('%s', (_, rule) => {
    const { source, target } = connectOnce(size, rule, {}, { rng_seed: 4711 });
    const free = (s: number, t: number) => rule.allow_autapses !== false || s !== t;
    const pairs = degrees(
      source.map((s, i) => s * n + (target[i] ?? NaN)),
      n * n,
    ).filter((__, k) => free(Math.floor(k / n), k % n));
    expect(Math.abs(chiSquareDeviation(pairs))).toBeLessThan(4);
    expect(Math.abs(chiSquareDeviation(degrees(source, n)))).toBeLessThan(
      rule.rule === 'fixed_outdegree' ? Infinity : 4,
    );
  });

  test.each([0.03, 0.2, 0.6])('pairwise_bernoulli, p = %d', (p) => {
    // Sums over many networks: each pair is there with probability p.
    const times = 200;
    const seen = new Array<number>(n * n).fill(0);
    for (let k = 0; k < times; k++) {
      const { source, target } = connectOnce(
        size,
        { rule: 'pairwise_bernoulli', p },
        {},
        { rng_seed: 1000 + k },
      );
      source.forEach((s, i) => {
        const at = s * n + (target[i] ?? NaN);
        seen[at] = (seen[at] ?? 0) + 1;
      });
    }
    const total = seen.reduce((a, b) => a + b, 0);
    const expected = times * n * n * p;
    expect(Math.abs(total - expected) / Math.sqrt(expected * (1 - p))).toBeLessThan(4);
    // Binomial instead of Poisson: the variance of each count is smaller by 1 − p.
    const each = times * p;
    const chi2 = seen.reduce((sum, k) => sum + (k - each) ** 2 / (each * (1 - p)), 0);
    expect(Math.abs(chi2 - n * n) / Math.sqrt(2 * n * n)).toBeLessThan(4);
  });

  test('without multapses every set of partners is as likely', () => {
    // 5 of 10 sources: over 4000 targets each source is drawn as often, and each pair of sources.
    const { source, target } = connectOnce(
      { sources: 10, targets: 4000, same: false },
      { rule: 'fixed_indegree', indegree: 5, allow_multapses: false },
      {},
      { rng_seed: 99 },
    );
    const sets = new Map<number, number[]>();
    target.forEach((t, i) => sets.set(t, [...(sets.get(t) ?? []), source[i] ?? NaN]));
    const pairs = new Array<number>(100).fill(0);
    for (const set of sets.values()) {
      for (const a of set)
        for (const b of set) if (a < b) pairs[10 * a + b] = (pairs[10 * a + b] ?? 0) + 1;
    }
    const counts = pairs.filter((__, k) => Math.floor(k / 10) < k % 10);
    expect(counts.length).toBe(45);
    const each = (4000 * (5 * 4)) / (10 * 9);
    const worst = Math.max(...counts.map((k) => Math.abs(k - each)));
    expect(worst / Math.sqrt(each * (1 - each / 4000))).toBeLessThan(4.5);
  });
});

test('a new seed gives another network, the same seed the same', () => {
  const size = { sources: 50, targets: 50, same: true };
  const rule: ConnSpec = { rule: 'fixed_indegree', indegree: 10 };
  const [a, b, c] = [5, 5, 6].map((rng_seed) => connectOnce(size, rule, {}, { rng_seed }));
  expect(b).toEqual(a);
  expect(c).not.toEqual(a);
});

test('two calls draw for themselves', () => {
  const kernel = new Kernel();
  const nodes = kernel.Create('iaf_psc_delta', 50);
  for (const label of [1, 2]) {
    kernel.Connect(
      nodes,
      nodes,
      { rule: 'fixed_indegree', indegree: 10 },
      { synapse_label: label },
    );
  }
  const [first, second] = [1, 2].map((synapse_label) => [
    ...kernel.GetConnections({ synapse_label }).target,
  ]);
  expect(first?.length).toBe(500);
  expect(second).not.toEqual(first);
});
