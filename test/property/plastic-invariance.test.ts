// Plastic synapses: bit for bit the same results whatever the threads, the instruction set, the
// splitting of a run, the order of connections, or who looks at them in between.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { type AnyInput, Kernel, type KernelSettings, random } from '../../lib';
import { native } from '../../lib/native';
import { column, worst } from '../reference/compare';
import { type Rule, type Spike, type State, solve } from './dopamine-oracle';
import {
  build as buildProtocols,
  parametersOf,
  randomGroups,
  statesOf,
  weightsSent,
} from './dopamine-protocols';
import { copyPlasticModels, plasticModels, plasticNames } from './plastic-models';
import { uniformNumbers } from './uniform-numbers';

const n = 40;
const duration = 200;

type Pair = readonly [source: number, target: number];
const allPairs = Array.from({ length: n * n }, (_, k): Pair => [Math.floor(k / n), k % n]);
const chosen = allPairs.filter(([s, t]) => (7 * s + 5 * t + s * t) % 3 === 0);

interface Options {
  readonly settings?: KernelSettings;
  /** Lengths of the runs, in steps. */
  readonly runs?: readonly number[];
  readonly pairs?: readonly Pair[];
  readonly calls?: number;
  /** Called between runs. */
  readonly between?: (kernel: Kernel) => void;
}

/** A recurrent network of all plastic models. */
function simulate({ settings, runs, pairs = chosen, calls = 1, between }: Options = {}) {
  const kernel = new Kernel();
  kernel.SetKernelStatus({ rng_seed: 21, ...settings });
  const neurons = kernel.Create('iaf_psc_exp', n, {
    V_m: Array.from({ length: n }, (_, i) => -70 + ((13 * i) % 15)),
    I_e: Array.from({ length: n }, (_, i) => 380 + 5 * i),
    tau_minus: Array.from({ length: n }, (_, i) => 15 + (i % 3) * 5),
  });
  const poisson = kernel.Create('poisson_generator', { rate: 8000 });
  kernel.Connect(poisson, neurons, 'all_to_all', { weight: 30, delay: 0.5 });
  const volume_transmitter = kernel.Create('volume_transmitter');
  kernel.Connect(neurons.slice(0, 9), volume_transmitter, 'all_to_all', { delay: 0.7 });
  const reward_transmitter = kernel.Create('reward_transmitter', {
    reward_times: [20, 63.7, 63.8, 150],
    reward_values: [1, -0.5, 0, 0.3],
    ...{ A_1: 0.02, tau_1: 20, A_2: 0.005, tau_2: 70, pulse: 0.05 },
    ...{ kappa_plus: 0.3, kappa_minus: -0.3, kappa_shift: 1, kappa_delay: 5 },
  });
  [0, 1, 2].forEach((receptor_type) => {
    const some = neurons.slice(5 * receptor_type, 5 * receptor_type + 9);
    const syn = { receptor_type, weight: 1 - receptor_type / 4, delay: 0.9 };
    kernel.Connect(some, reward_transmitter, 'all_to_all', syn);
  });
  const weight_recorder = kernel.Create('weight_recorder');
  const transmitters = { volume_transmitter, reward_transmitter };
  const names = copyPlasticModels(kernel, transmitters, weight_recorder);
  const modelOf = ([s, t]: Pair) => (s + t + Math.floor((s * t) / 7)) % plasticModels.length;
  names.forEach((name, m) => {
    const own = pairs.filter((p) => modelOf(p) === m);
    const size = Math.ceil(own.length / calls);
    for (let c = 0; c < calls; c++) {
      const part = own.slice(c * size, (c + 1) * size);
      if (part.length === 0) continue;
      kernel.Connect(
        part.map(([s]) => neurons.ids[s] ?? NaN),
        part.map(([, t]) => neurons.ids[t] ?? NaN),
        'one_to_one',
        {
          synapse_model: name,
          weight: part.map(([s, t]) => 40 + ((11 * s + 3 * t) % 40)),
          delay: part.map(([s, t]) => (2 + ((5 * s + 3 * t) % 25)) / 10),
        },
      );
    }
  });
  const spikes = kernel.Create('spike_recorder');
  kernel.Connect(neurons, spikes);
  const meter = kernel.Create('multimeter', { record_from: ['V_m', 'I_syn_ex'], interval: 0.7 });
  kernel.Connect(meter, neurons);
  const synapse_recorder = kernel.Create('synapse_recorder', {
    interval: 5,
    record_from: ['weight', 'c'],
    connections: kernel.GetConnections({ synapse_model: 'copy 0' }),
  });
  for (const steps of runs ?? [10 * duration]) {
    kernel.SimulateSync(steps / 10);
    between?.(kernel);
  }
  const hash = createHash('sha256');
  const add = (value: unknown): void => {
    if (ArrayBuffer.isView(value)) {
      hash.update(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, own] of Object.entries(value)) {
        hash.update(key);
        add(own);
      }
    } else {
      hash.update(JSON.stringify(value) ?? '');
    }
  };
  // Every recorder, in the order in which it tells.
  for (const recorder of [spikes, meter, weight_recorder]) {
    add(recorder.events);
    add(recorder.n_events);
  }
  add(neurons.get());
  for (const name of names) {
    const synapses = kernel.GetConnections({ synapse_model: name });
    const { source, target } = synapses;
    const order = Array.from(source, (s, i) => s * 1000 + (target[i] ?? NaN));
    const sorted = order.map((_o, i) => i).sort((a, b) => (order[a] ?? 0) - (order[b] ?? 0));
    for (const value of Object.values(synapses.get())) {
      if (!(value instanceof Float64Array)) continue;
      add(Float64Array.from(sorted, (i) => value[i] ?? NaN));
    }
  }
  const digest = hash.copy().digest('hex');
  const sentBy = weight_recorder.events.senders;
  // What follows the order of Connect.
  add(synapse_recorder.events);
  for (const synapse_model of names) add(kernel.GetConnections({ synapse_model }).get());
  add(kernel.GetConnections({ source: neurons.slice(0, 7), target: neurons.slice(3, 20) }).get());
  return {
    hash: digest,
    ordered: hash.digest('hex'),
    spikes: spikes.events.times.length,
    sent: weight_recorder.n_events,
    sending: new Set(
      Array.from(sentBy, (id, i) => {
        const pair = [id - 1, (weight_recorder.events.targets?.[i] ?? NaN) - 1] as const;
        return plasticModels[modelOf(pair)]?.model;
      }),
    ),
  };
}

describe('a network of all plastic models', () => {
  const expected = simulate();

  test('from which others were removed before it ran is the same', () => {
    const more = allPairs.filter(([s, t]) => (7 * s + 5 * t + s * t) % 3 === 1);
    const remove = (kernel: Kernel) => {
      const all = kernel.GetConnections({ target: kernel.GetNodes({ model: 'iaf_psc_exp' }) });
      const of = ([s, t]: Pair) => s * 1000 + t;
      const gone = new Set(more.map(of));
      all
        .pick(Array.from(all.target, (t, i) => gone.has(of([all.source[i]! - 1, t - 1]))))
        .disconnect();
    };
    for (const local_num_threads of [1, 3]) {
      const both = [...chosen, ...more];
      const runs = [0, 10 * duration];
      const made = simulate({
        settings: { local_num_threads },
        pairs: both,
        runs,
        between: remove,
      });
      expect(made.hash).toBe(expected.hash);
    }
  });

  test('that loses synapses while spikes are under way is the same for any threads and cuts', () => {
    /** Some synapses of every model, others each time. */
    const lose = (kernel: Kernel) => {
      const now = Math.round(10 * kernel.GetKernelStatus('biological_time'));
      if (now % 333 !== 0 || now === 0) return;
      for (const synapse_model of kernel.synapse_models.filter((name) => name.startsWith('copy'))) {
        const all = kernel.GetConnections({ synapse_model });
        const k = now / 333;
        const pairs = [all.source, all.target] as const;
        all.pick(Array.from(pairs[0], (s, i) => (s + k * pairs[1][i]!) % 7 === 0)).disconnect();
      }
    };
    const cut = (lengths: number[]) => [
      ...lengths,
      10 * duration - lengths.reduce((a, b) => a + b),
    ];
    const runs = cut([333, 333, 333, 333, 333]);
    const without = simulate({ runs, between: lose });
    expect(without.ordered).not.toBe(expected.ordered);
    expect(without.spikes).toBeGreaterThan(expected.spikes / 2);
    for (const local_num_threads of [2, 3]) {
      const settings = { local_num_threads };
      expect(simulate({ settings, runs, between: lose })).toEqual(without);
    }
    const finer = cut([100, 233, 1, 332, 333, 320, 13, 333]);
    expect(simulate({ settings: { local_num_threads: 2 }, runs: finer, between: lose })).toEqual(
      without,
    );
  });

  test('is active', () => {
    expect(expected.spikes).toBeGreaterThan(300);
    expect(expected.sent).toBeGreaterThan(2000);
  });

  test.each(plasticNames)('%s sends', (model) => {
    expect(expected.sending).toContain(model);
  });

  test.each([2, 3, 7])('%d threads', (local_num_threads) => {
    expect(simulate({ settings: { local_num_threads } })).toEqual(expected);
  });

  // Levels that this processor lacks cannot be tested here.
  test.each([...native.simdLevels])('instruction set %s', (simd_level) => {
    expect(simulate({ settings: { simd_level } })).toEqual(expected);
    expect(simulate({ settings: { simd_level, local_num_threads: 2 } })).toEqual(expected);
  });

  test('any splitting of the run', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 10 * duration }), { maxLength: 12 }),
        fc.constantFrom(1, 2),
        (cuts, local_num_threads) => {
          const ends = [...new Set([...cuts, 10 * duration])].sort((a, b) => a - b);
          const runs = ends.map((end, i) => end - (ends[i - 1] ?? 0));
          expect(simulate({ settings: { local_num_threads }, runs })).toEqual(expected);
        },
      ),
      { seed: 8, numRuns: 8 },
    );
  });

  test('the order of explicit connections without multapses', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...chosen], { minLength: chosen.length }),
        fc.integer({ min: 1, max: 4 }),
        (pairs, calls) => {
          const { ordered } = expected;
          expect({ ...simulate({ pairs, calls }), ordered }).toEqual(expected);
        },
      ),
      { seed: 9, numRuns: 6 },
    );
  });

  test('reading everything in between', () => {
    const runs = [...Array<number>(99).fill(17), 10 * duration - 99 * 17];
    let read = 0;
    const between = (kernel: Kernel) => {
      void kernel.GetConnections().get();
      for (const [m] of plasticModels.entries()) {
        const synapses = kernel.GetConnections({ synapse_model: `copy ${m}` });
        read += Object.keys(synapses.get()).length;
        void kernel.GetDefaults(`copy ${m}`);
      }
      void kernel.GetKernelStatus();
    };
    expect(simulate({ runs, between })).toEqual(expected);
    expect(read).toBeGreaterThan(5000);
  });
});

// Weights belong to the time of their spikes: one row each, whoever counts, reads or looks.
describe('weight_recorder', () => {
  const run = (threads: number, ms: readonly number[], read: boolean) => {
    const kernel = new Kernel();
    kernel.SetKernelStatus({ local_num_threads: threads, rng_seed: 7 });
    const weight_recorder = kernel.Create('weight_recorder');
    const generator = kernel.Create('poisson_generator', { rate: 300 });
    const sources = kernel.Create('parrot_neuron', 5);
    const targets = kernel.Create('iaf_psc_exp', 60);
    kernel.Connect(generator, sources);
    for (const copy of ['a', 'b']) {
      kernel.CopyModel('stdp_synapse', copy, { weight_recorder });
      kernel.Connect(sources, targets, 'all_to_all', {
        synapse_model: copy,
        weight: random.uniform(1, 2),
        delay: random.uniform(1, 5),
      });
    }
    for (const time of ms) {
      kernel.SimulateSync(time);
      if (read) void kernel.GetConnections({ synapse_model: 'a' }).get('weight');
    }
    const { events, n_events } = weight_recorder;
    const hash = createHash('sha256').update(events.times).update(events.senders);
    for (const key of ['targets', 'weights', 'receptors', 'ports']) {
      hash.update(column(weight_recorder, key));
    }
    return { digest: hash.digest('hex'), events, n_events };
  };
  const whole = run(1, [100], false);

  test('is sorted by time, sender and target', () => {
    expect(whole.n_events).toBeGreaterThan(10_000);
    const { times, senders } = whole.events;
    const targets = whole.events.targets;
    let ascending = 0;
    for (let i = 1; i < times.length; i++) {
      const at = (of: ArrayLike<number>) => (of[i] ?? NaN) - (of[i - 1] ?? NaN);
      if ((at(times) || at(senders) || at(targets)) >= 0) ascending++;
    }
    expect(ascending).toBe(times.length - 1);
  });

  test.each([1, 2, 3, 7])(
    '%d threads, whatever is read and however the run is split',
    (threads) => {
      for (const read of [false, true]) {
        expect(run(threads, [20, 20, 20, 20, 20], read)).toEqual(whole);
        expect(run(threads, [0.1, 33.3, 0.6, 66], read)).toEqual(whole);
      }
    },
  );

  test('knows spikes under way', () => {
    const kernel = new Kernel();
    const [source, target] = [kernel.Create('parrot_neuron'), kernel.Create('iaf_psc_exp')];
    const weight_recorder = kernel.Create('weight_recorder');
    kernel.Connect(kernel.Create('spike_generator', { spike_times: [5] }), source);
    kernel.CopyModel('stdp_synapse', 'copy', { weight_recorder });
    kernel.Connect(source, target, 'one_to_one', { synapse_model: 'copy', delay: 10 });
    kernel.SimulateSync(10);
    expect(weight_recorder.n_events).toBe(1);
    void kernel.GetConnections({ synapse_model: 'copy' }).get('weight');
    expect(weight_recorder.n_events).toBe(1);
    kernel.SimulateSync(20);
    expect(weight_recorder.n_events).toBe(1);
    expect(weight_recorder.events.times).toEqual(Float64Array.of(6));
  });
});

// Rows long enough, and targets alike enough, for visits by vectors.
describe('long rows of the fast models', () => {
  const size = 120;
  const fast: readonly [string, Record<string, AnyInput>, 'double' | 'single'][] = [
    ['stdp_dopamine_synapse', { A_plus: 0.02, A_minus: 0.015, Wmin: 0.3, Wmax: 3 }, 'double'],
    ['stdp_dopamine_synapse', { A_plus: 0.02, A_minus: 0.015, b: 0.002, Wmax: 3 }, 'single'],
    ['stdp_synapse_hom', { Wmax: 3, lambda: 0.05 }, 'double'],
    ['stdp_synapse_hom', { Wmax: 3, lambda: 0.05, mu_plus: 0.4, mu_minus: 0 }, 'single'],
    ['stdp_pl_synapse_hom', { lambda: 0.01 }, 'double'],
  ];
  const run = (settings: KernelSettings = {}, runs: readonly number[] = [3000], reads = false) => {
    const kernel = new Kernel();
    kernel.SetKernelStatus({ rng_seed: 5, ...settings });
    const neurons = kernel.Create('iaf_psc_exp', size, {
      I_e: Array.from({ length: size }, (_, i) => (7 * i) % 60),
    });
    const poisson = kernel.Create('poisson_generator', { rate: 8000 });
    kernel.Connect(poisson, neurons, 'all_to_all', { weight: 20, delay: 0.5 });
    const volume_transmitter = kernel.Create('volume_transmitter');
    kernel.Connect(neurons.slice(0, 5), volume_transmitter, 'all_to_all', { delay: 0.7 });
    fast.forEach(([model, params, weight_precision], m) => {
      const gated = model.startsWith('stdp_dopamine') ? { volume_transmitter } : {};
      kernel.CopyModel(model, `copy ${m}`, { ...params, ...gated });
      kernel.Connect(
        neurons,
        neurons,
        { rule: 'pairwise_bernoulli', p: 0.4 },
        { synapse_model: `copy ${m}`, weight: 0.8 + 0.2 * m, delay: 1.5, weight_precision },
      );
    });
    const spikes = kernel.Create('spike_recorder');
    kernel.Connect(neurons, spikes);
    for (const steps of runs) {
      kernel.SimulateSync(steps / 10);
      if (reads) void kernel.GetConnections({ synapse_model: 'copy 0' }).get('c');
    }
    const hash = createHash('sha256');
    hash.update(spikes.events.times).update(spikes.events.senders).update(neurons.get('V_m'));
    fast.forEach((_model, m) => {
      const synapses = kernel.GetConnections({ synapse_model: `copy ${m}` });
      const { source, target } = synapses;
      const order = Array.from(source, (s, i) => s * 1000 + (target[i] ?? NaN));
      const sorted = order.map((_o, i) => i).sort((a, b) => (order[a] ?? 0) - (order[b] ?? 0));
      for (const key of m < 2 ? ['weight', 'c'] : ['weight']) {
        const value = synapses.get(key) as Float64Array;
        hash.update(Float64Array.from(sorted, (i) => value[i] ?? NaN));
      }
    });
    const { visits, visits_closed_form } = kernel.GetKernelStatus();
    return {
      hash: hash.digest('hex'),
      visits: visits,
      closed: visits_closed_form,
    };
  };
  const expected = run();

  test('are visited', () => {
    expect(expected.visits).toBeGreaterThan(100_000);
    expect(expected.closed).toBeGreaterThan(40_000);
  });

  test.each([...native.simdLevels])('instruction set %s, one and three threads', (simd_level) => {
    for (const local_num_threads of [1, 3]) {
      expect(run({ simd_level, local_num_threads }).hash).toBe(expected.hash);
    }
  });

  test('split runs, read in between', () => {
    expect(run({}, [1, 7, 992, 1000, 1000]).hash).toBe(expected.hash);
    expect(run({ local_num_threads: 2 }, Array<number>(100).fill(30), true).hash).toBe(
      expected.hash,
    );
  });
});

// Not bit for bit where a time is split by a change, but exact.
const tolerance = 1e-11;
const flat = (states: readonly State[]) => states.flatMap((s) => [s.weight, s.c, s.n, s.Kplus]);

test('parameters that change in mid-run act from then on', () => {
  const uniform = uniformNumbers(17);
  // 1 ms apart from every event.
  const changes = [1205, 2007, 2008, 4001];
  const away = (spikes: readonly Spike[], delays: readonly number[]) =>
    spikes.filter(({ step }) => [0, ...delays].every((d) => changes.every((c) => step + d !== c)));
  const groups = randomGroups(31, 24, 6000).map((g) => {
    const delays = g.delay.flat();
    return {
      ...g,
      dopamine: away(g.dopamine, []),
      pre: g.pre.map((s) => away(s, [])),
      post: g.post.map((s) => away(s, delays)),
    };
  });
  const rules = groups.map(({ rule }) => [
    rule,
    ...changes.map((): Rule => ({
      ...rule,
      A_plus: uniform(-1, 2),
      A_minus: uniform(-1, 2),
      tau_plus: uniform(5, 40),
      tau_c: uniform(50, 1500),
      tau_n: uniform(20, 400),
      b: uniform(-0.01, 0.02),
      Wmin: rule.Wmin - uniform(-0.02, 0.1),
      Wmax: rule.Wmax + uniform(-0.02, 0.1) + 0.05,
    })),
  ]);
  const built = buildProtocols(groups);
  const { kernel, protocols } = built;
  const reads = [1000, 1205, 1206, 3000, 6000];
  const seen: State[][] = [];
  let now = 0;
  for (const step of [...new Set([...reads, ...changes])].sort((a, b) => a - b)) {
    kernel.SimulateSync((step - now) / 10);
    now = step;
    if (reads.includes(step)) seen.push(statesOf(built));
    const change = changes.indexOf(step);
    if (change < 0) continue;
    groups.forEach((group, g) => {
      const rule = rules[g]?.[change + 1] ?? group.rule;
      kernel.SetDefaults(`copy ${g}`, parametersOf({ ...group, rule }));
    });
  }
  const sent = weightsSent(built);
  protocols.forEach((p, i) => {
    const own = rules[groups.findIndex((_g, g) => p.model === `copy ${g}`)] ?? [];
    const ruleAt = (step: number) => own[changes.filter((c) => c <= step).length] ?? p.rule;
    const expected = solve(p.train, p.synapse, ruleAt, reads, changes);
    expect(sent[i]?.length).toBe(expected.sent.length);
    expect(worst(sent[i] ?? [], expected.sent).error).toBeLessThanOrEqual(tolerance);
    const states = flat(seen.flatMap((all) => all[i] ?? []));
    expect(worst(states, flat(expected.states)).error).toBeLessThanOrEqual(tolerance);
  });
});

test('traces kept for each synapse give what the trace of its source gives, bit for bit', () => {
  // Setting c to what it is brings synapses up to date, as setting a trace does.
  const run = (settings: KernelSettings, keys: readonly ('c' | 'trace')[]) => {
    const built = buildProtocols(randomGroups(41, 12, 4000), settings);
    built.kernel.SimulateSync(100);
    for (const [model, trace] of new Map(built.protocols.map((p) => [p.model, p.trace]))) {
      const synapses = built.kernel.GetConnections({ synapse_model: model });
      for (const key of keys) {
        const name = key === 'c' ? key : trace;
        synapses.set({ [name]: synapses.get(name) as Float64Array });
      }
    }
    built.kernel.SimulateSync(300);
    return [...weightsSent(built).flat(), ...flat(statesOf(built))];
  };
  const untouched = run({}, []);
  const expected = run({}, ['c']);
  expect(expected.length).toBeGreaterThan(1000);
  expect(worst(expected, untouched).error).toBeLessThanOrEqual(tolerance);
  expect(run({}, ['trace'])).toEqual(expected);
  for (const local_num_threads of [2, 3]) {
    expect(run({ local_num_threads }, ['c', 'trace'])).toEqual(expected);
  }
});

test('synapses that join a source which has fired start with a trace of their own', () => {
  const at = (...steps: readonly number[]): Spike[] =>
    steps.map((step) => ({ step, multiplicity: 1 }));
  const [group] = randomGroups(51, 1, 3000);
  if (!group) throw new Error('no group');
  const rule: Rule = { ...group.rule, A_plus: 1, A_minus: 0.7, b: 0.01, Wmin: -9, Wmax: 9 };
  const pre = [at(100, 260, 900, 1210, 1400, 2000), at(150, 2100)];
  const post = [0, 1, 2, 3].map((j) => at(120 + j, 270, 910 - j, 1190, 1220, 1405 + 3 * j, 2010));
  const model = 'stdp_dopamine_synapse' as const;
  const dopamine = at(300, 1215, 1500);
  const built = buildProtocols([
    {
      ...group,
      model,
      A_vt: 1,
      rule,
      pre,
      post,
      dopamine,
      weight: [
        [1, 2, 3, 4],
        [0, 0, 0, 0],
      ],
    },
  ]);
  const { kernel, recorder } = built;
  kernel.SimulateSync(100);
  const protocols = built.protocols.slice(0, 4);
  const source = protocols[0]?.source ?? NaN;
  // A second synapse beside each that is there, with a delay of its own.
  kernel.Connect(
    Array<number>(4).fill(source),
    protocols.map((p) => p.target),
    'one_to_one',
    {
      synapse_model: 'copy 0',
      weight: [0.5, 0.6, 0.7, 0.8],
      delay: 4.1,
      receptor_type: 1,
    },
  );
  kernel.SimulateSync(200);
  const [weights, targets] = [column(recorder, 'weights'), column(recorder, 'targets')];
  protocols.forEach((p, j) => {
    const old = solve(p.train, p.synapse, () => rule, []).sent;
    // It sees the spikes of its source from 100 ms on; those of its target have left their trace.
    const later = p.train.pre.filter((s) => s.step > 1000);
    const synapse = { ...p.synapse, weight: 0.5 + j / 10, delay: 41 };
    const joined = solve({ ...p.train, pre: later }, synapse, () => rule, []).sent;
    const expected = [...old, ...joined].sort((a, b) => a - b);
    const seen = Array.from(weights).filter(
      (_w, i) => recorder.events.senders[i] === source && targets[i] === p.target,
    );
    expect(seen.length).toBe(expected.length);
    expect(
      worst(
        seen.sort((a, b) => a - b),
        expected,
      ).error,
    ).toBeLessThanOrEqual(tolerance);
  });
});
