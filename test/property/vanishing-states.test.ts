// States of synapses that decay become exactly 0 and are never denormal numbers on the way,
// whatever is stored in 32 or 64 bits, and however a simulation is divided.
import { Kernel, type NodeCollection } from '../../lib';
import { native } from '../../lib/native';
import { models } from '../../lib/registry';
import { plasticNames } from './plastic-models';

const isDenormal = (x: number): boolean => x !== 0 && Math.abs(x) < 2 ** -1022;
const isDenormalIn32Bits = (x: number): boolean => x !== 0 && Math.abs(x) < 2 ** -126;

interface Rule {
  readonly model: string;
  readonly common?: Record<string, number | boolean>;
  readonly own?: Record<string, number>;
  readonly states: readonly string[];
}

const VARIANTS: Record<string, readonly Omit<Rule, 'model'>[]> = {
  stdp_dopamine_synapse: [
    { common: { tau_plus: 1, tau_c: 1.6, tau_n: 1.3 }, states: ['Kplus', 'c', 'n'] },
  ],
  neuromodulated_stdp_synapse: [
    { common: { tau_tr_pre: 1, tau_c: 1.6, tau_n: 1.3 }, states: ['pre_tr', 'c', 'n'] },
  ],
  mstdpet_synapse: [
    { common: { tau_plus: 1, tau_elig: 1.6 }, states: ['Kplus', 'c'] },
    {
      common: {
        tau_plus: 1,
        tau_elig: 1.6,
        mu_plus: 0.5,
        mu_minus: 0.5,
        bounds_at_pairing: false,
        Wmin: 0,
        Wmax: 1,
        tau_w: 1.6,
      },
      states: ['weight', 'Kplus', 'c'],
    },
  ],
};

/** Traces that fade within ms, of a model that has any: whatever its time constants are called. */
function fading(model: string): readonly Omit<Rule, 'model'>[] {
  const { parameters = [], recordables = [] } = models.get(model) ?? {};
  const states = recordables.filter((name) => name.startsWith('Kplus'));
  if (states.length === 0) return [];
  const taus = parameters.filter(({ name, unit }) => name.startsWith('tau') && unit === 'ms');
  const valued = (wanted: string) =>
    Object.fromEntries(
      taus.flatMap(({ name, role }, i) => (role === wanted ? [[name, 1 + i]] : [])),
    );
  return [{ common: valued('common'), own: valued('parameter'), states }];
}

const rules: readonly Rule[] = plasticNames.flatMap((model) =>
  (VARIANTS[model] ?? fading(model)).map((rule) => ({ model, ...rule })),
);

test('rules of pairs have states that fade', () => {
  expect(rules.length).toBeGreaterThan(10);
});

/** A pair of spikes and a longer silence: samples of the states, and what can be read at the end. */
function silence(
  { model, common = {}, own = {}, states }: Rule,
  runs: readonly number[],
  precision: 'single' | 'double',
  settings: Record<string, unknown> = {},
): { samples: Record<string, number[]>; weights: number[] } {
  const kernel = new Kernel();
  kernel.SetKernelStatus(settings);
  const bound: Record<string, NodeCollection> = {};
  const pre = kernel.Create('clamped_neuron', 1, { spike_times: [2, 5] });
  const post = kernel.Create('clamped_neuron', 20, { spike_times: [3, 4] });
  const defaults = kernel.GetDefaults(model);
  if ('reward_transmitter' in defaults) {
    bound.reward_transmitter = kernel.Create('reward_transmitter', 1, { reward: 0.5 });
  } else if ('volume_transmitter' in defaults) {
    bound.volume_transmitter = kernel.Create('volume_transmitter');
    kernel.Connect(post.slice(0, 1), bound.volume_transmitter);
  }
  kernel.CopyModel(model, 'fading', { ...bound, ...common });
  kernel.Connect(pre, post, 'all_to_all', {
    synapse_model: 'fading',
    weight: 0.5,
    weight_precision: precision,
    ...own,
  });
  const connections = kernel.GetConnections({ synapse_model: 'fading' });
  const recorder = kernel.Create('synapse_recorder', 1, {
    connections: connections.slice(0, 1),
    record_from: [...states],
    interval: 1.1,
  } as never);
  for (const ms of runs) kernel.SimulateSync(ms);
  const events = recorder.events as unknown as Record<string, ArrayLike<number>>;
  const samples = Object.fromEntries(states.map((name) => [name, Array.from(events[name] ?? [])]));
  return { samples, weights: Array.from(connections.get('weight') as ArrayLike<number>) };
}

describe.each(rules)('$model $common', (rule) => {
  test.each(['double', 'single'] as const)('%s', (precision) => {
    const whole = silence(rule, [1600], precision);
    for (const state of rule.states) {
      const values = whole.samples[state] ?? [];
      expect(values.length).toBeGreaterThan(1400);
      expect([state, values.filter(isDenormal)]).toEqual([state, []]);
      expect([state, values.some((x) => x !== 0)]).toEqual([state, true]);
      expect([state, values.at(-1)]).toEqual([state, 0]);
    }
    expect(silence(rule, [700.3, 0.1, 500, 399.6], precision)).toEqual(whole);
    for (const simd_level of native.simdLevels) {
      expect(silence(rule, [1600], precision, { simd_level, local_num_threads: 2 })).toEqual(whole);
    }
  });
});

/** Spikes at regular times; then the states of the synapses. */
function depressed(
  model: string,
  parameters: Record<string, number>,
  spikes: number,
  interval: number,
  precision: 'single' | 'double',
  settings: Record<string, unknown> = {},
): Record<string, number[]> {
  const kernel = new Kernel();
  kernel.SetKernelStatus(settings);
  const times = Array.from({ length: spikes }, (_, i) => (i + 1) * interval);
  const pre = kernel.Create('clamped_neuron', 1, { spike_times: times });
  const post = kernel.Create('clamped_neuron', 20, {
    spike_times: times.map((t) => Math.round(t * 10 - 2) / 10),
    tau_minus: 1000,
  });
  const common: Record<string, number> = {};
  const own: Record<string, number> = {};
  for (const [name, value] of Object.entries(parameters)) {
    (model.endsWith('_hom') ? common : own)[name] = value;
  }
  kernel.CopyModel(model, 'depressed', common);
  kernel.Connect(pre, post, 'all_to_all', {
    synapse_model: 'depressed',
    weight: 0.5,
    weight_precision: precision,
    delay: 0.1,
    ...own,
  });
  kernel.SimulateSync(spikes * interval + 1);
  const connections = kernel.GetConnections({ synapse_model: 'depressed' });
  const names = ['weight', 'x', 'y', 'u'].filter((name) => name in kernel.GetDefaults(model));
  return Object.fromEntries(
    names.map((name) => [name, Array.from(connections.get(name as never) as ArrayLike<number>)]),
  );
}

describe.each([
  ['stdp_synapse', { tau_plus: 1e-3, lambda: 0.02, alpha: 1, mu_minus: 1 }, 0.5],
  ['stdp_synapse_hom', { tau_plus: 1e-3, lambda: 0.02, alpha: 1, mu_minus: 1 }, 0.5],
  ['stdp_nn_symm_synapse', { tau_plus: 1e-3, lambda: 0.5, alpha: 1.9, mu_minus: 1 }, 0.5],
  ['stdp_pl_synapse_hom', { tau_plus: 1e-3, lambda: 0.5, alpha: 0.02, mu: 1 }, 0.5],
  ['tsodyks_synapse', { U: 1e-200, u: 1, tau_fac: 1, tau_psc: 1 }, 20],
  ['tsodyks2_synapse', { U: 1e-200, u: 1, tau_fac: 1 }, 20],
] as const)('%s %j', (model, parameters, interval) => {
  test.each(['double', 'single'] as const)('%s', (precision) => {
    const denormal = precision === 'double' ? isDenormal : isDenormalIn32Bits;
    const end = new Set<number>();
    for (const spikes of [1, 3, 8, 13, 20, 40, 80, 160, 320]) {
      const states = depressed(model, parameters, spikes, interval, precision);
      for (const [name, values] of Object.entries(states)) {
        expect([spikes, name, values.filter(denormal)]).toEqual([spikes, name, []]);
      }
      for (const simd_level of native.simdLevels) {
        const settings = { simd_level, local_num_threads: 2 };
        expect(depressed(model, parameters, spikes, interval, precision, settings)).toEqual(states);
      }
      end.add((states.u ?? states.weight ?? [])[0] ?? NaN);
    }
    expect(end.size).toBeGreaterThan(2);
    expect([...end].some((x) => x === 0)).toBe(true);
  });
});
