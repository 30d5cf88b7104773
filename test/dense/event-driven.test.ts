// The same protocol through mstdp_synapse or mstdpet_synapse and through MSTDPETSynapse.
import { Kernel, MSTDPETSynapse, presets, VarTrace, type MSTDPETOptions } from '../../lib';
import { worst } from '../reference/compare';

const [n, m, steps] = [6, 5, 400];
const [tau_plus, tau_minus] = [17, 24];

/** Numbers in [0, 1), the same every time. */
function numbers(seed: number): () => number {
  let state = BigInt(seed);
  return () => {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
    return Number(state >> 11n) / 2 ** 53;
  };
}

const u = numbers(7);
const train = (rate: number) =>
  Array.from({ length: steps }, () => u() < rate).flatMap((s, k) => (s ? [k + 1] : []));
const pre = Array.from({ length: n }, () => train(0.05));
const post = Array.from({ length: m }, () => train(0.08));
const reward = Array.from({ length: steps }, () => Math.round(10 * (u() - 0.4)) / 10);
const w_init = Array.from({ length: n }, () => Array.from({ length: m }, () => 0.1 + 0.7 * u()));

/** Weights after every step, inputs × outputs. */
function dense(options: Omit<MSTDPETOptions, 'shape' | 'A_plus' | 'A_minus'>): number[][] {
  const synapse = new MSTDPETSynapse({
    shape: [n, m],
    A_plus: 0.3,
    A_minus: 0.25,
    weight_init: w_init,
    ...options,
  });
  const traces = [
    new VarTrace({ n_units: n, tau_tr: tau_plus, a_delta: 1 }),
    new VarTrace({ n_units: m, tau_tr: tau_minus, a_delta: 1 }),
  ] as const;
  return Array.from({ length: steps }, (_, k) => {
    const spikes = [pre, post].map((side) => side.map((times) => Number(times.includes(k + 1))));
    traces.forEach((trace, side) => {
      trace.inputs = spikes[side] ?? [];
      trace.advance(1);
    });
    synapse.preSpike = spikes[0] ?? [];
    synapse.postSpike = spikes[1] ?? [];
    synapse.preTrace = traces[0].trace;
    synapse.postTrace = traces[1].trace;
    synapse.modulator = reward[k] ?? NaN;
    synapse.evolve(1);
    return [...synapse.weights];
  });
}

function eventDriven(
  model: 'mstdp_synapse' | 'mstdpet_synapse',
  params: Record<string, number>,
  everyStep: boolean,
): number[][] {
  const kernel = new Kernel();
  kernel.SetKernelStatus({ resolution: 1, local_num_threads: 2 });
  const sources = kernel.Create('clamped_neuron', n, { spike_times: pre });
  const targets = kernel.Create('clamped_neuron', m, { spike_times: post, tau_minus });
  const reward_transmitter = kernel.Create('reward_transmitter', {
    reward_times: reward.map((_, k) => k + 1),
    reward_values: reward,
  });
  const { ngclearn } = presets[model];
  const own = { ...ngclearn, A_plus: 0.3, A_minus: -0.25, tau_plus, ...params };
  kernel.CopyModel(model, 'learning', { ...own, reward_transmitter });
  // One weight a synapse, in the order source by source.
  w_init.forEach((row, i) => {
    row.forEach((weight, o) => {
      const syn = { synapse_model: 'learning', weight, delay: 1 };
      kernel.Connect(sources.at(i), targets.at(o), 'one_to_one', syn);
    });
  });
  const synapses = kernel.GetConnections({ synapse_model: 'learning' });
  const read = (name: string) => [...(synapses.get(name) as Float64Array)];
  const weights = () => read('weight');
  if (everyStep) {
    return Array.from({ length: steps }, () => {
      kernel.SimulateSync(1);
      return weights();
    });
  }
  kernel.SimulateSync(steps);
  return [weights()];
}

const cases: readonly (readonly [
  string,
  Omit<MSTDPETOptions, 'shape' | 'A_plus' | 'A_minus'>,
  Record<string, number>,
])[] = [
  ['no eligibility trace', { eta: 0.05, tau_elg: 0 }, { eta: 0.05 }],
  ['a trace', { eta: 0.4, tau_elg: 25 }, { eta: 0.4, tau_elig: 25 }],
  [
    'a trace that decays faster',
    { eta: 0.4, tau_elg: 25, elg_decay: 0.9 },
    { eta: 0.4, tau_elig: 25, elig_decay: 0.9 },
  ],
  [
    'bounds that are reached',
    { eta: 4, tau_elg: 25, w_bound: 0.85 },
    { eta: 4, tau_elig: 25, Wmax: 0.85 },
  ],
  [
    'weight dependence',
    { eta: 0.4, tau_elg: 25, mu: 0.5, w_bound: 1.5 },
    { eta: 0.4, tau_elig: 25, mu_plus: 0.5, mu_minus: 0.5, Wmax: 1.5 },
  ],
  [
    'weights that decay',
    { eta: 0.4, tau_elg: 25, tau_w: 400 },
    { eta: 0.4, tau_elig: 25, tau_w: 400 },
  ],
];

test.each(cases)('%s', (_, cable, params) => {
  const expected = dense(cable);
  const model = cable.tau_elg ? 'mstdpet_synapse' : 'mstdp_synapse';
  const seen = eventDriven(model, params, true);
  expect(worst(seen.flat(), expected.flat()).error).toBeLessThanOrEqual(1e-12);
  const [last = []] = eventDriven(model, params, false);
  expect(worst(last, expected.at(-1) ?? []).error).toBeLessThanOrEqual(1e-12);
  // Something was learnt.
  expect(worst(last, w_init.flat()).error).toBeGreaterThan(0.01);
});
