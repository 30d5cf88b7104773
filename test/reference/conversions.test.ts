// The conversions of docs/three-factor-rules.md: the same protocol in two normalisations.
import { Kernel, presets } from '../../lib';
import { worst } from './compare';

const h = 0.1;
const steps = 600;
const pre = [5, 60, 61, 140, 200, 330, 470, 471].map((k) => k / 10);
const post = [12, 60, 90, 150, 199, 340, 360, 480, 520].map((k) => k / 10);
/** Reward from a step on. */
const line: readonly (readonly [number, number])[] = [
  [1, 0.5],
  [100, -1],
  [180, 0],
  [250, 2],
  [400, -0.25],
];

type Options = Record<string, number | boolean>;

/** Weights after every step. later: steps by which the reward comes later. */
function weights(
  model: 'mstdp_synapse' | 'mstdpet_synapse',
  options: Options,
  later = 0,
): number[] {
  const kernel = new Kernel();
  kernel.SetKernelStatus({ resolution: h });
  const source = kernel.Create('clamped_neuron', { spike_times: pre });
  const target = kernel.Create('clamped_neuron', { spike_times: post, tau_minus: 15 });
  const reward_transmitter = kernel.Create('reward_transmitter', {
    reward_times: line.map(([k]) => (k + later) / 10),
    reward_values: line.map(([, r]) => r),
  });
  const { inferno } = presets[model];
  kernel.CopyModel(model, 'learning', { ...inferno, ...options, reward_transmitter });
  const syn = { synapse_model: 'learning', weight: 0.5, delay: 1 };
  kernel.Connect(source, target, 'one_to_one', syn);
  const synapse = kernel.GetConnections({ synapse_model: 'learning' });
  const read = (name: string) => (synapse.get(name) as Float64Array)[0] ?? NaN;
  return Array.from({ length: steps }, () => {
    kernel.SimulateSync(h);
    return read('weight');
  });
}

const trace = { A_plus: 0.8, A_minus: -0.6, tau_elig: 30 };

test('with 1/τ and without', () => {
  const without = weights('mstdpet_synapse', { ...trace, normalized: false, eta: 0.002 });
  const normalized = weights('mstdpet_synapse', { ...trace, normalized: true, eta: 0.002 * 30 });
  expect(worst(normalized, without).error).toBeLessThanOrEqual(1e-13);
});

test.each(['mstdp_synapse', 'mstdpet_synapse'] as const)(
  'with the step size and without, %s',
  (model) => {
    const options = model === 'mstdp_synapse' ? { A_plus: 0.8, A_minus: -0.6 } : trace;
    const scaled = weights(model, { ...options, scale_by_dt: true, eta: 0.05 });
    const plain = weights(model, { ...options, scale_by_dt: false, eta: 0.05 * h });
    expect(worst(scaled, plain).error).toBeLessThanOrEqual(1e-13);
  },
);

test.each(['mstdp_synapse', 'mstdpet_synapse'] as const)('a step later, %s', (model) => {
  const options = {
    ...(model === 'mstdp_synapse' ? { A_plus: 0.8, A_minus: -0.6 } : trace),
    eta: 0.1,
  };
  const now = weights(model, { ...options, lag: 0 });
  const later = weights(model, { ...options, lag: 1 }, 1);
  expect(worst(later.slice(1), now.slice(0, -1)).error).toBeLessThanOrEqual(1e-13);
  expect(new Set(now).size).toBeGreaterThan(10);
});

/** Relative difference of what dopamine and a reward, both constant, have changed a weight by. */
function difference(resolution: number): number {
  const [n, tau] = [0.01, 200];
  const kernel = new Kernel();
  kernel.SetKernelStatus({ resolution });
  const source = kernel.Create('clamped_neuron', { spike_times: pre });
  const apart = post.filter((t) => !pre.includes(t));
  const target = kernel.Create('clamped_neuron', { spike_times: apart });
  const volume_transmitter = kernel.Create('volume_transmitter');
  const reward_transmitter = kernel.Create('reward_transmitter', { reward: n });
  kernel.CopyModel('stdp_dopamine_synapse', 'dopamine', {
    A_plus: 0.8,
    A_minus: 0.6,
    tau_c: tau,
    tau_n: 1e12,
    n,
    volume_transmitter,
  });
  kernel.CopyModel('mstdpet_synapse', 'reward', {
    ...presets.mstdpet_synapse.florian2007,
    A_plus: 0.8,
    A_minus: -0.6,
    tau_elig: tau,
    normalized: false,
    reward_transmitter,
  });
  const models = ['dopamine', 'reward'];
  for (const synapse_model of models) {
    kernel.Connect(source, target, 'one_to_one', {
      synapse_model,
      weight: 10,
      delay: resolution,
    });
  }
  kernel.SimulateSync(200);
  const [dopamine = NaN, reward = NaN] = models.map((synapse_model) => {
    const synapse = kernel.GetConnections({ synapse_model });
    const read = (name: string) => (synapse.get(name) as Float64Array)[0] ?? NaN;
    return read('weight') - 10;
  });
  expect(Math.abs(dopamine)).toBeGreaterThan(1);
  return Math.abs(reward / dopamine - 1);
}

test('dopamine that does not change is a reward, to first order in the step size', () => {
  const [coarse, fine] = [difference(0.1), difference(0.01)];
  expect(coarse).toBeLessThan(0.1);
  expect(fine / coarse).toBeLessThan(0.15);
});
