import fc from 'fast-check';
import { MSTDPETSynapse, TraceSTDPSynapse, type MSTDPETOptions } from '../../lib';
import { at, mstdpet, traceStdp, zeros, type Activity, type StdpRule } from './oracle';

const number = (min: number, max: number): fc.Arbitrary<number> =>
  fc.double({ min, max, noNaN: true });

const size = fc.integer({ min: 1, max: 20 });

const rule: fc.Arbitrary<StdpRule> = fc
  .record({
    n: size,
    m: size,
    batch: fc.integer({ min: 1, max: 3 }),
    A_plus: number(-1, 1),
    A_minus: number(-0.5, 1),
    eta: number(-1, 1),
    mu: fc.constantFrom(0, 0, 0.5, 1, 1.7),
    pretrace_target: fc.constantFrom(0, 0.2),
    tau_w: fc.constantFrom(0, 50),
    w_min: fc.constantFrom(0, -0.5),
    w_bound: fc.constantFrom(1, 1.5),
    tau_elg: fc.constantFrom(0, 25),
    elg_decay: fc.constantFrom(1, 0.9),
  })
  .chain((r) =>
    fc
      .option(fc.array(fc.constantFrom(0, 1), { minLength: r.n * r.m, maxLength: r.n * r.m }), {
        nil: undefined,
      })
      .map((mask) => ({ ...r, mask })),
  );

const rows = (batch: number, n: number, entry: fc.Arbitrary<number>): fc.Arbitrary<number[][]> =>
  fc.array(fc.array(entry, { minLength: n, maxLength: n }), { minLength: batch, maxLength: batch });

const spike = fc.constantFrom(0, 0, 0, 1);

const activity = (r: StdpRule): fc.Arbitrary<Activity> =>
  fc.record({
    preSpike: rows(r.batch, r.n, spike),
    postSpike: rows(r.batch, r.m, spike),
    preTrace: rows(r.batch, r.n, number(0, 2)),
    postTrace: rows(r.batch, r.m, number(0, 2)),
  });

interface Protocol {
  readonly rule: StdpRule;
  readonly weights: number[];
  readonly steps: Activity[];
  readonly modulator: number[][];
  readonly outmask: number[];
}

const protocol: fc.Arbitrary<Protocol> = rule.chain((r) =>
  fc.record({
    rule: fc.constant(r),
    weights: rows(1, r.n * r.m, number(-0.5, 1.5)).map((w) => at(w, 0)),
    steps: fc.array(activity(r), { minLength: 5, maxLength: 5 }),
    modulator: rows(5, r.batch, number(-1, 1)),
    outmask: rows(1, r.m, fc.constantFrom(0, 1, 0.5)).map((m) => at(m, 0)),
  }),
);

function options({ rule: r, weights }: Protocol): MSTDPETOptions {
  return {
    shape: [r.n, r.m],
    batch_size: r.batch,
    A_plus: r.A_plus,
    A_minus: r.A_minus,
    eta: r.eta,
    mu: r.mu,
    pretrace_target: r.pretrace_target,
    tau_w: r.tau_w,
    w_min: r.w_min,
    w_bound: r.w_bound,
    weight_init: weights,
    ...(r.mask && { weight_mask: r.mask }),
  };
}

const masked = ({ rule: { mask }, weights }: Protocol): number[] =>
  weights.map((w, k) => (mask?.[k] === 0 ? 0 : w));

function set(synapse: TraceSTDPSynapse | MSTDPETSynapse, a: Activity): void {
  synapse.preSpike = a.preSpike;
  synapse.postSpike = a.postSpike;
  synapse.preTrace = a.preTrace;
  synapse.postTrace = a.postTrace;
}

function expectClose(got: ArrayLike<number>, expected: readonly number[]): void {
  expect(got).toHaveLength(expected.length);
  const off = expected.map((x, k) => Math.abs(x - at(got, k)));
  expect(Math.max(...off)).toBeLessThan(1e-12);
}

test('TraceSTDPSynapse follows its equations', () => {
  fc.assert(
    fc.property(protocol, (p) => {
      const synapse = new TraceSTDPSynapse(options(p));
      const weights = masked(p);
      for (const a of p.steps) {
        set(synapse, a);
        synapse.evolve();
        traceStdp(p.rule, weights, a);
        expectClose(synapse.weights, weights);
      }
    }),
  );
});

test('MSTDPETSynapse follows its equations, whether its pairings are looked at or not', () => {
  fc.assert(
    fc.property(protocol, (p) => {
      const { tau_elg, elg_decay } = p.rule;
      const synapse = new MSTDPETSynapse({ ...options(p), tau_elg, elg_decay });
      const watched = new MSTDPETSynapse({ ...options(p), tau_elg, elg_decay });
      const entries = p.rule.batch * p.rule.n * p.rule.m;
      const state = {
        weights: masked(p),
        eligibility: zeros(entries),
        pairings: zeros(entries),
      };
      for (const [s, a] of p.steps.entries()) {
        for (const each of [synapse, watched]) {
          set(each, a);
          each.outmask = p.outmask;
          each.modulator = at(p.modulator, s);
          each.evolve(0.5);
        }
        mstdpet(p.rule, state, a, at(p.modulator, s), p.outmask, 0.5);
        expectClose(synapse.weights, state.weights);
        expectClose(synapse.eligibility, state.eligibility);
        expectClose(watched.dWeights, state.pairings);
        expect(watched.weights).toEqual(synapse.weights);
      }
    }),
  );
});

test('a synapse goes on from weights, eligibility and pairings of another, bit for bit', () => {
  fc.assert(
    fc.property(protocol, (p) => {
      const { tau_elg, elg_decay } = p.rule;
      const make = (): MSTDPETSynapse => new MSTDPETSynapse({ ...options(p), tau_elg, elg_decay });
      const run = (synapse: MSTDPETSynapse, steps: Activity[]): void => {
        for (const a of steps) {
          set(synapse, a);
          synapse.modulator = at(p.modulator, 0);
          synapse.evolve();
        }
      };
      const first = make();
      run(first, p.steps.slice(0, 2));
      const second = make();
      second.weights = first.weights;
      second.eligibility = first.eligibility;
      second.dWeights = first.dWeights;
      run(first, p.steps.slice(2));
      run(second, p.steps.slice(2));
      expect(second.weights).toEqual(first.weights);
      expect(second.eligibility).toEqual(first.eligibility);
      expect(second.dWeights).toEqual(first.dWeights);
    }),
    { numRuns: 30 },
  );
});

test('outputs are inputs times weights, without absent synapses', () => {
  fc.assert(
    fc.property(protocol, number(-2, 2), (p, factor) => {
      const synapse = new TraceSTDPSynapse({
        ...options(p),
        enforce_weight_mask: false,
        g_conduct_factor: factor,
      });
      const { preTrace: inputs } = at(p.steps, 0);
      synapse.inputs = inputs;
      synapse.weights = p.weights;
      synapse.advance();
      const expected = inputs.flatMap((row) =>
        zeros(p.rule.m).map((_, i) => {
          const sum = row.reduce((total, x, j) => total + x * at(masked(p), j * p.rule.m + i), 0);
          return factor * sum;
        }),
      );
      expectClose(synapse.outputs, expected);
    }),
  );
});

describe('a small cable', () => {
  const make = (more: Partial<MSTDPETOptions> = {}): MSTDPETSynapse =>
    new MSTDPETSynapse({
      shape: [3, 2],
      A_plus: 0.1,
      A_minus: 0.1,
      tau_elg: 25,
      weight_init: ['constant', 0.5],
      ...more,
    });

  const pair = (synapse: MSTDPETSynapse): void => {
    synapse.preSpike = 1;
    synapse.postSpike = 1;
    synapse.preTrace = 1;
    synapse.postTrace = 0;
    synapse.modulator = 1;
    synapse.evolve();
  };

  test('learns without a reset; with outmask_initial 0 only after one', () => {
    const learning = make();
    pair(learning);
    pair(learning);
    expect(learning.weights[0]).toBeCloseTo(0.5 + 0.1 / 25, 12);
    const original = make({ outmask_initial: 0 });
    pair(original);
    pair(original);
    expect([...original.weights]).toEqual([0.5, 0.5, 0.5, 0.5, 0.5, 0.5]);
    original.reset();
    pair(original);
    pair(original);
    expect(original.weights[0]).toBeCloseTo(0.5 + 0.1 / 25, 12);
  });

  test('reset clears all but the weights; the modulator unless told otherwise', () => {
    for (const reset_modulator of [true, false]) {
      const synapse = make({ reset_modulator });
      synapse.inputs = 1;
      synapse.advance();
      pair(synapse);
      pair(synapse);
      synapse.outmask = 0;
      const weights = [...synapse.weights];
      synapse.reset();
      const { inputs, outputs, preSpike, postSpike, preTrace, postTrace } = synapse;
      const cleared = [inputs, outputs, preSpike, postSpike, preTrace, postTrace];
      for (const values of [...cleared, synapse.eligibility, synapse.dWeights]) {
        expect(values.every((x) => x === 0)).toBe(true);
      }
      expect([...synapse.outmask]).toEqual([1, 1]);
      expect([...synapse.modulator]).toEqual([reset_modulator ? 0 : 1]);
      expect([...synapse.weights]).toEqual(weights);
      synapse.modulator = 1;
      synapse.evolve();
      expect([...synapse.weights]).toEqual(weights);
    }
  });

  test('an absent synapse grows only where the mask is not enforced', () => {
    const mask = [
      [1, 0],
      [0, 1],
      [1, 1],
    ];
    const enforced = make({ weight_mask: mask });
    const original = make({ weight_mask: mask, enforce_weight_mask: false });
    for (const synapse of [enforced, original]) {
      expect([...synapse.weights]).toEqual([0.5, 0, 0, 0.5, 0.5, 0.5]);
      pair(synapse);
      pair(synapse);
    }
    expect(enforced.weights[1]).toBe(0);
    expect(original.weights[1]).toBeCloseTo(0.1 / 25, 12);
    enforced.weights = 0.3;
    expect([...enforced.weights]).toEqual([0.3, 0, 0, 0.3, 0.3, 0.3]);
  });

  test('what a getter gave stays current', () => {
    const synapse = make();
    const { weights, eligibility } = synapse;
    pair(synapse);
    pair(synapse);
    expect(weights).toBe(synapse.weights);
    expect(weights[0]).toBeGreaterThan(0.5);
    expect(eligibility[0]).toBeCloseTo(0.1 / 25, 12);
    weights[0] = 0.7;
    expect(synapse.weights[0]).toBe(0.7);
  });

  test('numbers are copied, not kept', () => {
    const synapse = make();
    const trace = Float64Array.of(0.1, 0.2, 0.3);
    synapse.preTrace = trace;
    trace[0] = 9;
    expect([...synapse.preTrace]).toEqual([0.1, 0.2, 0.3]);
  });
});

test('p_conn makes a sparse cable that stays so', () => {
  const synapse = new MSTDPETSynapse({
    shape: [200, 100],
    A_plus: 0.1,
    A_minus: 0,
    p_conn: 0.3,
    seed: 7,
  });
  const { weights, weight_mask } = synapse;
  const present = weights.reduce((sum, w) => sum + (w === 0 ? 0 : 1), 0);
  // 20,000 draws: five standard deviations are 324.
  expect(Math.abs(present - 6000)).toBeLessThan(324);
  synapse.preSpike = 1;
  synapse.postSpike = 1;
  synapse.preTrace = 1;
  synapse.modulator = 1;
  synapse.evolve();
  synapse.evolve();
  expect(weights.every((w, k) => (weight_mask?.[k] === 0 ? w === 0 : w > 0))).toBe(true);
});

test('initial weights depend on the seed alone', () => {
  const make = (seed: number, n = 50): Float64Array =>
    new TraceSTDPSynapse({ shape: [n, 40], A_plus: 1, A_minus: 1, seed }).weights;
  expect(make(1)).toEqual(make(1));
  expect(make(1)).not.toEqual(make(2));
  const weights = make(3, 500);
  const mean = weights.reduce((sum, w) => sum + w, 0) / weights.length;
  expect(Math.min(...weights)).toBeGreaterThanOrEqual(0.025);
  expect(Math.max(...weights)).toBeLessThan(0.8);
  // 20,000 draws of standard deviation 0.224.
  expect(Math.abs(mean - 0.4125)).toBeLessThan(0.008);
  const { weights: normal } = new TraceSTDPSynapse({
    shape: [100, 100],
    A_plus: 1,
    A_minus: 1,
    weight_init: ['normal', 0.5, 0.1],
  });
  const center = normal.reduce((sum, w) => sum + w, 0) / normal.length;
  const spread = Math.sqrt(normal.reduce((sum, w) => sum + (w - center) ** 2, 0) / normal.length);
  expect(Math.abs(center - 0.5)).toBeLessThan(0.005);
  expect(Math.abs(spread - 0.1)).toBeLessThan(0.004);
});

test('a cable on huge pages computes what a small one does', () => {
  const synapse = new MSTDPETSynapse({ shape: [600, 500], A_plus: 0.1, A_minus: 0.1, tau_elg: 20 });
  const column = new MSTDPETSynapse({
    shape: [600, 1],
    A_plus: 0.1,
    A_minus: 0.1,
    tau_elg: 20,
    weight_init: synapse.weights.filter((_, k) => k % 500 === 499),
  });
  expect(synapse.weights.length * 8).toBeGreaterThan(2 ** 21);
  for (let step = 0; step < 5; step++) {
    for (const each of [synapse, column]) {
      each.preSpike = Float64Array.from({ length: 600 }, (_, j) => ((j + step) % 7 === 0 ? 1 : 0));
      each.postSpike = step % 2;
      each.preTrace = Float64Array.from({ length: 600 }, (_, j) => (j % 13) / 13);
      each.postTrace = 0.3;
      each.modulator = 0.5 + step;
      each.evolve(0.5);
    }
  }
  expect(synapse.weights.filter((_, k) => k % 500 === 499)).toEqual(column.weights);
});
