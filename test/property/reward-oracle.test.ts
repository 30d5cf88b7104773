// mstdp_synapse and mstdpet_synapse, which are lazy, against the rule solved step by step.
import fc from 'fast-check';
import { Kernel, type SynapseCollection } from '../../lib';
import { worst } from '../reference/compare';
import { type RewardOptions, solveRewarded } from './reward-oracle';

const h = 0.1;
const tolerance = 1e-11;

// How often visits took each way, over all cases.
const total: Record<string, number> = {};

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
type Shape = {
  readonly [
    K in
      | 'eta'
      | 'mu_plus'
      | 'mu_minus'
      | 'range_plus'
      | 'range_minus'
      | 'hard_plus'
      | 'hard_minus'
      | 'bounds_at_pairing'
      | 'bounds_follow_reward'
      | 'tau_w'
  ]: fc.Arbitrary<RewardOptions[K]>;
};
const plain: Shape = {
  eta: number(-0.5, 0.5),
  mu_plus: fc.constant(0),
  mu_minus: fc.constant(0),
  range_plus: fc.constant(1),
  range_minus: fc.constant(1),
  hard_plus: fc.constant(false),
  hard_minus: fc.constant(false),
  bounds_at_pairing: fc.boolean(),
  bounds_follow_reward: fc.boolean(),
  tau_w: fc.constant(0),
};
const dependent: Shape = {
  ...plain,
  // Small steps: large ones of a weight-dependent rule would magnify rounding.
  eta: number(-0.05, 0.05),
  mu_plus: fc.constantFrom(0, 0.4, 1, 2),
  mu_minus: fc.constantFrom(0, 1, 1.5),
  range_plus: number(0.5, 3),
  range_minus: number(0.5, 3),
  hard_plus: fc.boolean(),
  hard_minus: fc.boolean(),
  tau_w: fc.constantFrom(0, 50, 3000),
};
const options = (shape: Shape): fc.Arbitrary<RewardOptions> =>
  fc.record({
    A_plus: number(-1, 1),
    A_minus: number(-1, 1),
    tau_plus: number(3, 40),
    tau_elig: fc.constantFrom(0, 0, 2, 25, 400),
    elig_decay: fc.constantFrom(1, 1, 0.99, 0.5),
    normalized: fc.boolean(),
    scale_by_dt: fc.boolean(),
    lag: fc.constantFrom(0 as const, 1 as const),
    nearest: fc.boolean(),
    count_same_step: fc.boolean(),
    Wmin: fc.constantFrom(-0.2, 0, 0.45),
    Wmax: fc.constantFrom(0.55, 1, 5),
    clip: fc.boolean(),
    ...shape,
  });

const steps = 1200;
const train = (maxLength: number) =>
  fc
    .uniqueArray(fc.integer({ min: 1, max: steps }), { maxLength })
    .map((t) => t.sort((a, b) => a - b));
const line = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 2, max: steps }), fc.constantFrom(-1, 0, 0.5, 1)), {
    selector: ([t]) => t,
    maxLength: 25,
  })
  .map((l) => l.sort(([a], [b]) => a - b));

interface Case {
  readonly rule: RewardOptions;
  readonly pre: number[][];
  readonly post: number[][];
  readonly tau_minus: number;
  readonly weight: number;
  readonly first: number;
  readonly line: [number, number][];
  readonly reads: number[];
  readonly threads: number;
  readonly copies: number;
}

const cases = (shape: Shape): fc.Arbitrary<Case> =>
  fc.record({
    rule: options(shape),
    // Sources far apart, so that rows are flushed too; targets share them.
    pre: fc.array(train(20), { minLength: 1, maxLength: 3 }),
    post: fc.array(train(40), { minLength: 1, maxLength: 3 }),
    tau_minus: fc.constantFrom(8, 20),
    weight: fc.constantFrom(0.45, 0.5, 0.55),
    first: fc.constantFrom(-1, 0, 1),
    line,
    reads: fc.uniqueArray(fc.integer({ min: 1, max: steps - 1 }), { maxLength: 3 }),
    threads: fc.constantFrom(1, 2, 3),
    copies: fc.constantFrom(1, 1, 30),
  });

function expectAgreement(given: Case): void {
  const { rule, pre, post, tau_minus, weight, first, line, threads, copies } = given;
  const kernel = new Kernel();
  kernel.SetKernelStatus({ resolution: h, local_num_threads: threads });
  const ms = (train: readonly number[]) => train.map((t) => t / 10);
  const sources = kernel.Create('clamped_neuron', pre.length, { spike_times: pre.map(ms) });
  // Copies of the targets make runs long enough for vectors.
  const posts = Array.from({ length: copies }, () => post).flat();
  const targets = kernel.Create('clamped_neuron', posts.length, {
    spike_times: posts.map(ms),
    tau_minus,
  });
  const reward_transmitter = kernel.Create('reward_transmitter', {
    reward: first,
    reward_times: ms(line.map(([t]) => t)),
    reward_values: line.map(([, r]) => r),
  });
  const { tau_elig, elig_decay, normalized, ...common } = rule;
  const model = tau_elig > 0 ? 'mstdpet_synapse' : 'mstdp_synapse';
  const trace = tau_elig > 0 ? { tau_elig, elig_decay, normalized } : {};
  kernel.CopyModel(model, 'learning', { ...common, ...trace, reward_transmitter });
  kernel.Connect(sources, targets, 'all_to_all', { synapse_model: 'learning', weight, delay: 1.3 });
  const synapses: SynapseCollection<string, true> = kernel.GetConnections({
    synapse_model: 'learning',
  });
  const rewardOf = (k: number) => line.findLast(([t]) => t <= k)?.[1] ?? first;
  const expected = pre.flatMap((s) =>
    posts.map((t) =>
      solveRewarded(
        { weight, tau_minus, pre: new Set(s), post: new Set(t) },
        rule,
        rewardOf,
        steps,
        h,
      ),
    ),
  );
  let now = 0;
  for (const read of [...given.reads.sort((a, b) => a - b), steps]) {
    kernel.SimulateSync((read - now) / 10);
    now = read;
    for (const name of ['weight', 'c', 'Kplus'] as const) {
      const values = expected.map((states) => states[read - 1]?.[name] ?? NaN);
      expect(worst(synapses.get(name) as Float64Array, values).error).toBeLessThanOrEqual(
        tolerance,
      );
    }
  }
  const status = kernel.GetKernelStatus() as unknown as Record<string, number>;
  for (const way of ['visits', 'visits_closed_form', 'visits_by_stretch', 'visits_by_event']) {
    total[way] = (total[way] ?? 0) + (status[way] ?? NaN);
  }
  kernel.dispose();
}

test('clipping alone', () => {
  fc.assert(
    fc.property(cases(plain), (given) => {
      expectAgreement(given);
    }),
    { numRuns: 150 },
  );
}, 120_000);

test('weight dependence and decay', () => {
  fc.assert(
    fc.property(cases(dependent), (given) => {
      expectAgreement(given);
    }),
    { numRuns: 100 },
  );
}, 120_000);

test('every way of a visit was taken', () => {
  for (const count of Object.values(total)) expect(count).toBeGreaterThan(100);
});
