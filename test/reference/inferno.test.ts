// mstdp_synapse and mstdpet_synapse against Inferno's trainers (float64).
import { Kernel, type NodeCollection, presets, type SynapseCollection } from '../../lib';
import { worst } from './compare';
import { inferno } from './data';

const { florian, dense } = inferno();
const tolerance = 1e-12;
const stepsOf = (flags: readonly number[]) => flags.flatMap((s, i) => (s ? [i + 1] : []));
const range = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

interface Built {
  kernel: Kernel;
  synapses: SynapseCollection<string, true>;
}

/** Synapses between neurons with given spikes, steps of 1 ms; weights are [post][pre]. */
function build(
  model: 'mstdp_synapse' | 'mstdpet_synapse',
  params: Record<string, number | boolean>,
  weights: readonly (readonly number[])[],
  pre: readonly (readonly number[])[],
  post: readonly (readonly number[])[],
  tau_minus: number,
  reward: readonly number[],
  threads: number,
): Built {
  const kernel = new Kernel();
  kernel.SetKernelStatus({ resolution: 1, local_num_threads: threads });
  const sources = kernel.Create('clamped_neuron', pre.length, { spike_times: pre });
  const targets = kernel.Create('clamped_neuron', post.length, { spike_times: post, tau_minus });
  const reward_transmitter = kernel.Create('reward_transmitter', {
    reward_times: range(reward.length),
    reward_values: reward,
  });
  kernel.CopyModel(model, 'learning', { ...presets[model].inferno, ...params, reward_transmitter });
  const pick = (nodes: NodeCollection, i: number) => nodes.at(i);
  weights.forEach((row, o) => {
    row.forEach((weight, i) => {
      const synapse_model = 'learning';
      kernel.Connect(pick(sources, i), pick(targets, o), 'one_to_one', {
        synapse_model,
        weight,
        delay: 1,
      });
    });
  });
  return { kernel, synapses: kernel.GetConnections({ synapse_model: 'learning' }) };
}

/** Values after every step, and before the first: read one by one, or recorded in one run. */
function trajectories(
  { kernel, synapses }: Built,
  steps: number,
  names: readonly string[],
  how: string,
): Record<string, number[][]> {
  const seen: Record<string, number[][]> = {};
  const read = (name: string) => [...(synapses.get(name) as Float64Array)];
  for (const name of names) seen[name] = [read(name)];
  if (how === 'read after every step') {
    for (let k = 0; k < steps; k++) {
      kernel.SimulateSync(1);
      for (const name of names) seen[name]?.push(read(name));
    }
    return seen;
  }
  const recorder = kernel.Create('synapse_recorder', {
    connections: synapses,
    record_from: names,
    interval: 1,
  });
  kernel.SimulateSync(steps);
  const events = recorder.events as unknown as Record<string, Float64Array>;
  for (const name of names) {
    const values = events[name] ?? new Float64Array();
    for (let k = 0; k < steps - 1; k++) {
      seen[name]?.push([...values.subarray(k * synapses.length, (k + 1) * synapses.length)]);
    }
    seen[name]?.push(read(name));
  }
  return seen;
}

const ways = ['read after every step', 'recorded in one run'];
const { inputs } = florian;
const amplitudes = { A_plus: inputs.lr_post, A_minus: inputs.lr_pre, tau_plus: inputs.tc_pre };

describe.each(ways)('the Florian demo, %s', (how) => {
  test.each([
    ['w_stdp', 'mstdp_synapse', {}, false],
    ['w_mstdp', 'mstdp_synapse', {}, true],
    ['w_mstdpet', 'mstdpet_synapse', { tau_elig: inputs.tc_elig }, true],
  ] as const)('%s', (name, model, more, rewarded) => {
    const reward = florian.reward.slice(1).map((r) => (rewarded ? r : 1));
    const built = build(
      model,
      { ...amplitudes, ...more },
      [[inputs.w_init]],
      [inputs.presyn_steps],
      [inputs.postsyn_steps],
      inputs.tc_post,
      reward,
      1,
    );
    const seen = trajectories(built, inputs.steps, ['weight', 'c', 'Kplus'], how);
    expect(worst(seen.weight?.flat() ?? [], florian[name]).error).toBeLessThanOrEqual(tolerance);
    const trace = (seen.Kplus?.flat() ?? []).map((x) => x * inputs.lr_post);
    expect(worst(trace, florian.presyn_trace).error).toBeLessThanOrEqual(tolerance);
    if (name !== 'w_mstdpet') return;
    expect(worst(seen.c?.flat() ?? [], florian.elig_trace).error).toBeLessThanOrEqual(tolerance);
  });
});

test('landmarks of the demo', () => {
  const last = (w: readonly number[]) => w.at(-1) ?? NaN;
  expect(last(florian.w_stdp)).toBeCloseTo(0.269036388249, 11);
  expect(last(florian.w_mstdp)).toBeCloseTo(0.203302390858, 11);
  expect(last(florian.w_mstdpet)).toBeCloseTo(0.334199064658, 11);
});

const limited = { Wmin: 0, Wmax: 1 };
const cases: readonly (readonly [string, Record<string, number | boolean>])[] = [
  ['dense_stdp', {}],
  ['dense_mstdp', {}],
  ['dense_mstdpet', {}],
  ['bound_multiplicative_mstdpet', { ...limited, mu_plus: 1, mu_minus: 1 }],
  [
    'bound_scaled_multiplicative_range2_mstdpet',
    { ...limited, mu_plus: 1, mu_minus: 1, range_plus: 2, range_minus: 2 },
  ],
  ['bound_power_2_mstdpet', { ...limited, mu_plus: 2, mu_minus: 2 }],
  ['bound_sharp_mstdpet', { ...limited, hard_plus: true, hard_minus: true }],
  ['bound_full_multiplicative_mstdpet', { ...limited, mu_plus: 1, mu_minus: 1 }],
  ['bound_full_sharp_mstdpet', { ...limited, hard_plus: true, hard_minus: true }],
];

describe.each(ways)('three neurons onto two, %s', (how) => {
  test.each(cases)('%s', (name, options) => {
    const scenario = dense.scenarios[name];
    if (!scenario) throw new Error(`there is no scenario ${name}`);
    const given = dense.inputs;
    const { lr_post, lr_pre, tc_post, tc_pre } = scenario.trainer ?? given.lr;
    const trace = name.endsWith('mstdpet');
    const built = build(
      trace ? 'mstdpet_synapse' : 'mstdp_synapse',
      {
        A_plus: lr_post,
        A_minus: lr_pre,
        tau_plus: tc_pre,
        ...(trace && { tau_elig: scenario.trainer?.tc_eligibility ?? given.tc_eligibility }),
        ...options,
      },
      given.w_init,
      range(given.n_pre).map((i) => stepsOf(given.pre.map((s) => s[i - 1] ?? 0))),
      range(given.n_post).map((o) => stepsOf(given.post.map((s) => s[o - 1] ?? 0))),
      tc_post,
      given.reward.map((r) => (name === 'dense_stdp' ? 1 : r)),
      2,
    );
    const seen = trajectories(built, given.steps, ['weight', 'c'], how);
    // Synapses are presented by source, then target.
    const byPre = (w: readonly (readonly number[])[]) =>
      range(given.n_pre).flatMap((i) => range(given.n_post).map((o) => w[o - 1]?.[i - 1] ?? NaN));
    const expected = scenario.weights.flatMap(byPre);
    expect(worst(seen.weight?.flat() ?? [], expected).error).toBeLessThanOrEqual(tolerance);
    if (!scenario.elig_post || !scenario.elig_pre) return;
    const flat = (e: typeof scenario.elig_post) => e?.slice(1).flatMap(([one]) => byPre(one ?? []));
    const minus = flat(scenario.elig_pre) ?? [];
    const c = (flat(scenario.elig_post) ?? []).map((x, i) => x - (minus[i] ?? NaN));
    expect(worst(seen.c?.slice(1).flat() ?? [], c).error).toBeLessThanOrEqual(tolerance);
  });
});
