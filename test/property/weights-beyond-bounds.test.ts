// Weights beyond their bounds: they are accepted, transmitted as they are, and changed as the rules
// say, by which they come to the bound. The formulas are those of the papers as NEST 3.10 applies
// them, numbers that are none included.
import { Kernel } from '../../lib';
import { column, worst } from '../reference/compare';

const [delay, tau_minus] = [1, 20];
const pre = [10, 30, 50, 51, 90];
const post = [20, 25, 40, 50.5, 70];
const weights = [-200, -5, -0.5, 0, 40, 99, 100, 101, 140, 1000];

type Rule = Readonly<Record<string, number>>;
type Update = (rule: Rule, w: number, trace: number) => number;

interface Formulas {
  readonly tau: string;
  readonly rules: readonly Rule[];
  readonly facilitate: Update;
  /** At a presynaptic spike. */
  readonly depress: Update;
}

const within = ({ Wmax = 1 }: Rule, x: number) =>
  Math.sign(Wmax) * (x < Math.abs(Wmax) ? x : Math.abs(Wmax));
const downTo0 = ({ Wmax = 1 }: Rule, x: number) => Math.sign(Wmax) * Math.max(x, 0);

const exponents = [0, 1, 0.4, 2, 3];
const stdp: Formulas = {
  tau: 'tau_plus',
  rules: exponents.flatMap((mu_plus) =>
    exponents.map((mu_minus) => ({ tau_plus: 20, lambda: 0.01, alpha: 1.1, mu_plus, mu_minus })),
  ),
  facilitate: ({ Wmax = 1, lambda = 0, mu_plus = 0 }, w, k) => {
    const u = w / Wmax + lambda * Math.pow(1 - w / Wmax, mu_plus) * k;
    return u < 1 ? u * Wmax : Wmax;
  },
  depress: ({ Wmax = 1, lambda = 0, alpha = 0, mu_minus = 0 }, w, k) => {
    const u = w / Wmax - alpha * lambda * Math.pow(w / Wmax, mu_minus) * k;
    return u > 0 ? u * Wmax : 0;
  },
};

const vogels: Formulas = {
  tau: 'tau',
  rules: [{ tau: 20, eta: 0.5, alpha: 0.12 }],
  facilitate: (rule, w, k) => within(rule, Math.abs(w) + (rule.eta ?? 0) * k),
  depress: (rule, w, k) => {
    const { alpha = 0, eta = 0 } = rule;
    return downTo0(rule, Math.abs(within(rule, Math.abs(w) + eta * k)) - alpha * eta);
  },
};

/** The weights that a synapse transmits. */
function transmitted({ tau, facilitate, depress }: Formulas, rule: Rule, weight: number): number[] {
  let [w, K, last] = [weight, 0, 0];
  return pre.map((t) => {
    for (const p of post) {
      if (p <= last - delay || p > t - delay) continue;
      w = facilitate(rule, w, K * Math.exp((last - (p + delay)) / (rule[tau] ?? 1)));
    }
    const trace = post
      .filter((p) => p < t - delay)
      .reduce((sum, p) => sum + Math.exp((p + delay - t) / tau_minus), 0);
    w = depress(rule, w, trace);
    K = K * Math.exp((last - t) / (rule[tau] ?? 1)) + 1;
    last = t;
    return w;
  });
}

/** The same, simulated; `own`: the synapses have a column of their own, and are visited one by one. */
function simulated(model: string, rule: Rule, sign: number, own: boolean): number[][] {
  const kernel = new Kernel();
  const source = kernel.Create('clamped_neuron', 1, { spike_times: pre });
  const targets = kernel.Create('clamped_neuron', weights.length, { spike_times: post, tau_minus });
  const weight_recorder = kernel.Create('weight_recorder');
  kernel.CopyModel(model, 'tried', { ...rule, weight: sign, weight_recorder });
  kernel.Connect(source, targets, 'all_to_all', {
    synapse_model: 'tried',
    weight: weights.map((w) => [sign * w]),
    delay,
  });
  if (own) {
    const key = 'lambda' in rule ? 'lambda' : 'eta';
    kernel.GetConnections().set({ [key]: weights.map(() => rule[key] ?? 0) });
  }
  kernel.SimulateSync(100);
  const sent = column(weight_recorder, 'weights');
  return weights.map((_, i) => Array.from(sent.filter((_w, k) => k % weights.length === i)));
}

const cases = (
  [
    ['stdp_synapse', stdp],
    ['vogels_sprekeler_synapse', vogels],
  ] as const
).flatMap(([model, formulas]) =>
  formulas.rules.flatMap((rule) =>
    [100, -100].map((Wmax) => [model, JSON.stringify({ ...rule, Wmax }), formulas] as const),
  ),
);

test.each(cases)('%s %s', (model, text, formulas) => {
  const rule = JSON.parse(text) as Rule;
  const sign = Math.sign(rule.Wmax ?? 1);
  const expected = weights.flatMap((w) => transmitted(formulas, rule, sign * w));
  expect(expected.every(Number.isFinite)).toBe(true);
  for (const own of [false, true]) {
    const found = simulated(model, rule, sign, own).flat();
    expect(worst(found, expected).error).toBeLessThan(1e-12);
  }
});

describe('bounds that no formula can divide by, or that differ by all magnitudes', () => {
  test.each([
    [0, 5],
    [1e-300, 1e10],
    [-1e-300, -1e300],
  ])('Wmax %d, weight %d', (Wmax, weight) => {
    for (const mu_minus of [0, 1, 0.4]) {
      const rule = { tau_plus: 20, lambda: 0.01, alpha: 1, mu_plus: 0.4, mu_minus, Wmax };
      for (const sent of simulated('stdp_synapse', rule, weight / 1000, false)) {
        expect(sent.every((w) => Math.abs(w) <= Math.abs(weight))).toBe(true);
      }
    }
  });
});

describe('bounds of dopamine and reward', () => {
  const kernel = new Kernel();
  const volume_transmitter = kernel.Create('volume_transmitter');
  const reward_transmitter = kernel.Create('reward_transmitter', 1, { reward: 1 });
  const nodes = kernel.Create('parrot_neuron', 3);

  test.each([
    ['stdp_dopamine_synapse', { volume_transmitter }],
    ['neuromodulated_stdp_synapse', { volume_transmitter }],
    ['mstdp_synapse', { reward_transmitter }],
    ['mstdpet_synapse', { reward_transmitter }],
  ])('%s brings weights in', (model, bound) => {
    kernel.SetDefaults(model, { ...bound, Wmin: 2, Wmax: 10 });
    const synapse_model = model;
    kernel.Connect(nodes, nodes, 'one_to_one', { synapse_model, weight: [-5, 5, 1000] });
    kernel.SimulateSync(10);
    const connections = kernel.GetConnections({ synapse_model });
    expect(Array.from(connections.weight)).toEqual([2, 5, 10]);
    connections.set({ weight: [100, 2, -1] });
    kernel.SimulateSync(10);
    expect(Array.from(connections.weight)).toEqual([10, 2, 2]);
  });

  test('unless they do not clip', () => {
    kernel.SetDefaults('mstdp_synapse', { clip: false });
    const connections = kernel.GetConnections({ synapse_model: 'mstdp_synapse' });
    connections.set({ weight: [100, 2, -1] });
    kernel.SimulateSync(10);
    expect(Array.from(connections.weight)).toEqual([100, 2, -1]);
  });
});

describe('the sign of a weight', () => {
  const models = ['stdp_synapse', 'stdp_nn_symm_synapse', 'stdp_triplet_synapse'];

  test.each([...models, 'vogels_sprekeler_synapse'])('%s: free with weight and delay', (model) => {
    const kernel = new Kernel();
    const nodes = kernel.Create('parrot_neuron', 2);
    const spec = { synapse_model: model, weight: -5, delay: 2 };
    kernel.Connect(nodes, nodes, 'one_to_one', spec);
    kernel.Connect(nodes, nodes, 'one_to_one', { ...spec, weight: [3000, -3000] });
    const weights = Array.from(kernel.GetConnections().weight);
    expect(weights).toEqual([-5, 3000, -5, -3000]);
    expect(() => {
      kernel.Connect(nodes, nodes, 'one_to_one', { ...spec, synapse_label: 3 });
    }).toThrow('of the sign of Wmax');
    expect(() => kernel.GetConnections().set({ weight: -1 })).toThrow('of the sign of Wmax');
    expect(Array.from(kernel.GetConnections().weight)).toEqual(weights);
  });
});
