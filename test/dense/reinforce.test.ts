import fc from 'fast-check';
import { REINFORCESynapse, type ActivationName, type REINFORCEOptions } from '../../lib';
import { at, zeros } from './oracle';

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** The activations by their textbook definitions, on a row. */
const activations: Readonly<Record<ActivationName, (row: number[]) => number[]>> = {
  identity: (row) => row,
  tanh: (row) => row.map(Math.tanh),
  sigmoid: (row) => row.map(sigmoid),
  relu: (row) => row.map((x) => Math.max(x, 0)),
  lrelu: (row) => row.map((x) => (x > 0 ? x : 0.01 * x)),
  relu6: (row) => row.map((x) => Math.min(Math.max(x, 0), 6)),
  elu: (row) => row.map((x) => (x > 0 ? x : Math.exp(x) - 1)),
  silu: (row) => row.map((x) => x * sigmoid(x)),
  gelu: (row) =>
    row.map((x) => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)))),
  telu: (row) => row.map((x) => x * Math.tanh(Math.exp(x))),
  softplus: (row) => row.map((x) => Math.log(1 + Math.exp(x))),
  softmax: (row) => {
    const sum = row.reduce((total, x) => total + Math.exp(x), 0);
    return row.map((x) => Math.exp(x) / sum);
  },
  sine: (row) => row.map(Math.sin),
  unit_threshold: (row) => row.map((x) => (x >= 1 ? 1 : 0)),
  heaviside: (row) => row.map((x) => (x > 0 ? 1 : 0)),
  bkwta: (row) => {
    const ranked = row.map((x, i) => ({ x, i })).sort((a, b) => b.x - a.x || a.i - b.i);
    const winners = new Set(ranked.slice(0, 5).map(({ i }) => i));
    return row.map((_, i) => (winners.has(i) ? 1 : 0));
  },
};
const names = Object.keys(activations) as ActivationName[];

interface Setting {
  readonly n: number;
  readonly m: number;
  readonly batch: number;
  readonly act_fx: ActivationName;
  readonly mu_act_fx: ActivationName;
  readonly scalar_stddev: number;
}

function readout(s: Setting, weights: readonly number[], inputs: readonly number[]): number[][] {
  return zeros(s.batch).map((_, b) => {
    const h = activations[s.act_fx](inputs.slice(b * s.n, (b + 1) * s.n));
    return zeros(2 * s.m).map((_, i) =>
      h.reduce((sum, x, j) => sum + x * at(weights, j * 2 * s.m + i), 0),
    );
  });
}

/** −0.01 · mean of rewards · log probability of given actions. */
function objective(
  s: Setting,
  weights: readonly number[],
  inputs: readonly number[],
  actions: readonly number[],
  rewards: readonly number[],
): number {
  let total = 0;
  for (const [b, row] of readout(s, weights, inputs).entries()) {
    const mu = activations[s.mu_act_fx](row.slice(0, s.m));
    for (let i = 0; i < s.m; i++) {
      const ls = Math.min(Math.max(at(row, s.m + i), -10), 2);
      const sigma = s.scalar_stddev > 0 ? s.scalar_stddev : Math.exp(ls);
      const off = at(actions, b * s.m + i) - at(mu, i);
      const logp = -0.5 * (Math.log(2 * Math.PI * sigma ** 2) + off ** 2 / sigma ** 2);
      total += -logp * at(rewards, b);
    }
  }
  return (0.01 * total) / s.batch;
}

/** Numbers in [−scale, scale] that a seed gives. */
function numbers(n: number, seed: number, scale: number): number[] {
  let state = seed;
  return zeros(n).map(() => {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    return scale * ((2 * state) / 2 ** 31 - 1);
  });
}

function make(s: Setting, more: Partial<REINFORCEOptions> = {}): REINFORCESynapse {
  return new REINFORCESynapse({
    shape: [s.n, s.m],
    batch_size: s.batch,
    act_fx: s.act_fx,
    mu_act_fx: s.mu_act_fx,
    scalar_stddev: s.scalar_stddev,
    ...more,
  });
}

const cases = names.flatMap((name) => [
  { n: 4, m: 7, batch: 3, act_fx: 'tanh', mu_act_fx: name, scalar_stddev: -1 } as const,
  { n: 4, m: 7, batch: 2, act_fx: name, mu_act_fx: 'tanh', scalar_stddev: 0.7 } as const,
]);

test.each(cases)(
  'gradients are those of differences: inputs $act_fx, means $mu_act_fx, deviation $scalar_stddev',
  (s) => {
    const size = s.n * 2 * s.m;
    const weights = numbers(size, 1, 0.8);
    const inputs = numbers(s.batch * s.n, 2, 1.5);
    const rewards = numbers(s.batch, 3, 2);
    const synapse = make(s, { weight_init: weights, eta: 0 });
    synapse.inputs = inputs;
    synapse.rewards = rewards;
    synapse.advance();
    synapse.evolve();
    const actions = [...synapse.outputs];
    const value = (w: readonly number[]): number => objective(s, w, inputs, actions, rewards);
    expect(Math.abs(synapse.objective - value(weights))).toBeLessThan(1e-12);
    const h = 1e-5;
    for (let k = 0; k < size; k++) {
      const moved = (by: number): number[] => weights.map((w, l) => (l === k ? w + by : w));
      const slope = (value(moved(-h)) - value(moved(h))) / (2 * h);
      expect(Math.abs(at(synapse.dWeights, k) - slope)).toBeLessThan(1e-9);
    }
  },
);

test('actions are means and deviations times the noise', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...names),
      fc.constantFrom(...names),
      fc.integer({ min: 1, max: 2 ** 30 }),
      (act_fx, mu_act_fx, seed) => {
        const s = { n: 3, m: 6, batch: 2, act_fx, mu_act_fx, scalar_stddev: -1 };
        const weights = numbers(s.n * 2 * s.m, seed, 1);
        const inputs = numbers(s.batch * s.n, seed + 1, 2);
        const noise = numbers(s.batch * s.m, seed + 2, 2);
        const synapse = make(s, { weight_init: weights });
        synapse.inputs = inputs;
        synapse.noise = noise;
        synapse.advance();
        const expected = readout(s, weights, inputs).flatMap((row, b) =>
          activations[mu_act_fx](row.slice(0, s.m)).map(
            (mu, i) => mu + Math.exp(Math.min(at(row, s.m + i), 2)) * at(noise, b * s.m + i),
          ),
        );
        const off = expected.map((x, k) => Math.abs(x - at(synapse.outputs, k)));
        expect(Math.max(...off)).toBeLessThan(1e-12);
      },
    ),
  );
});

const simple: Setting = {
  n: 2,
  m: 1,
  batch: 500,
  act_fx: 'identity',
  mu_act_fx: 'identity',
  scalar_stddev: 0.5,
};

test('the noise is standard normal, the same for the same seed, another at every call', () => {
  const draw = (seed: number, calls: number): number[] => {
    const synapse = make(simple, { seed });
    for (let k = 0; k < calls; k++) synapse.advance();
    return [...synapse.noise];
  };
  expect(draw(1, 1)).toEqual(draw(1, 1));
  expect(draw(1, 2)).not.toEqual(draw(1, 1));
  expect(draw(2, 1)).not.toEqual(draw(1, 1));
  const all = [1, 2, 3, 4].flatMap((call) => draw(5, call));
  const mean = all.reduce((sum, x) => sum + x, 0) / all.length;
  const variance = all.reduce((sum, x) => sum + x * x, 0) / all.length;
  // 2000 draws: five standard deviations.
  expect(Math.abs(mean)).toBeLessThan(0.112);
  expect(Math.abs(variance - 1)).toBeLessThan(0.16);
});

test('noise that is set is used once', () => {
  const synapse = make({ ...simple, batch: 1 }, { weight_init: ['constant', 0.5] });
  synapse.inputs = [1, 2];
  synapse.noise = 0;
  synapse.advance();
  expect([...synapse.outputs]).toEqual([1.5]);
  synapse.advance();
  expect(synapse.outputs[0]).not.toBe(1.5);
});

test('reset starts the noise again, with reset_seed if given', () => {
  const first = make(simple, { seed: 3 });
  first.advance();
  const noise = [...first.noise];
  first.advance();
  first.reset();
  first.advance();
  expect([...first.noise]).toEqual(noise);
  const second = make(simple, { seed: 9, reset_seed: 3 });
  second.advance();
  expect([...second.noise]).not.toEqual(noise);
  second.reset();
  second.advance();
  expect([...second.noise]).toEqual(noise);
});

test('weights learn where learning_mask is 1, within their bounds', () => {
  const synapse = make({ ...simple, scalar_stddev: -1 }, { eta: 1e6, w_bound: 0.9, seed: 4 });
  const step = (): void => {
    synapse.inputs = zeros(1000).map((_, k) => (k % 7) - 3);
    synapse.advance();
    synapse.rewards = synapse.outputs;
    synapse.evolve();
  };
  synapse.learning_mask = 0;
  synapse.weights = [5, -7, 5, -7];
  step();
  expect([...synapse.weights]).toEqual([5, -7, 5, -7]);
  expect(synapse.step_count).toBe(1);
  synapse.learning_mask = 1;
  step();
  expect(synapse.step_count).toBe(0);
  const [a, b, c, d] = synapse.weights;
  expect(Math.abs(a ?? NaN)).toBe(0.9);
  expect(Math.abs(c ?? NaN)).toBe(0.9);
  expect(Math.abs(b ?? NaN)).toBeGreaterThan(1);
  expect(Math.abs(d ?? NaN)).toBeGreaterThan(1);
});

test("clip_without_learning clips as ngc-learn does, with that package's bounds", () => {
  const synapse = make(
    { ...simple, batch: 1 },
    {
      learning_mask_initial: 0,
      clip_without_learning: true,
      w_min: 0,
      log_std_w_min: 0,
      log_std_w_max: 1,
      weight_init: [
        [-1, -2],
        [3, 4],
      ],
    },
  );
  synapse.advance();
  synapse.evolve();
  expect([...synapse.weights]).toEqual([0, 0, 1, 1]);
});

test('p_conn leaves out connections from both halves, for good', () => {
  const synapse = new REINFORCESynapse({ shape: [50, 20], p_conn: 0.4, eta: 10 });
  const absent = [...synapse.weights.keys()].filter((k) => synapse.weights[k] === 0);
  expect(absent.length).toBeGreaterThan(1000);
  expect(absent.length).toBeLessThan(1400);
  for (const k of absent) expect(absent).toContain(k % 40 < 20 ? k + 20 : k - 20);
  synapse.inputs = 1;
  synapse.rewards = 1;
  synapse.advance();
  synapse.evolve();
  expect(absent.every((k) => synapse.weights[k] === 0)).toBe(true);
  expect(synapse.weights.filter((w) => w === 0)).toHaveLength(absent.length);
});

test('a cable finds the action that is rewarded', () => {
  const synapse = make(
    { ...simple, n: 1, batch: 50, scalar_stddev: 0.3 },
    { eta: 20, weight_init: ['constant', 0], seed: 11 },
  );
  const rewards = new Float64Array(50);
  for (let trial = 0; trial < 300; trial++) {
    synapse.inputs = 1;
    synapse.advance();
    const cost = synapse.outputs.map((action) => (action - 0.6) ** 2);
    const mean = cost.reduce((sum, x) => sum + x, 0) / 50;
    for (const [b, x] of cost.entries()) rewards[b] = mean - x;
    synapse.rewards = rewards;
    synapse.evolve();
  }
  expect(Math.abs(at(synapse.weights, 0) - 0.6)).toBeLessThan(0.1);
});
