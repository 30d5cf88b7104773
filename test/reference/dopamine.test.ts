// stdp_dopamine_synapse against NEST in its exact mode, and against vectors from elsewhere.
import { type Rule, type Spike, solve } from '../property/dopamine-oracle';
import { column, toSteps, worst } from './compare';
import { dopamineCases, timingCurve } from './data';
import { buildPair, type Protocol, stateOf } from './plastic';

// In this one a weight turns back from a bound between two events. NEST looks for bounds at events
// only; what it gives then depends on spikes that change nothing. Here bounds hold at every moment.
const turnsBack = 7;

const cases = dopamineCases().map((c, i) => [`case ${i}`, c] as const);
const others = cases.filter((_case, i) => i !== turnsBack);

test('there are enough cases, with bounds, multiplicities and coincidences', () => {
  expect(cases.length).toBe(19);
  expect(cases.reduce((n, [, c]) => n + c.sent.length, 0)).toBeGreaterThan(300);
  expect(cases.filter(([, c]) => c.params.b !== 0).length).toBeGreaterThan(8);
  expect(cases.filter(([, c]) => c.multiplicity === 3).length).toBeGreaterThan(5);
});

describe.each(others)('%s', (_, c) => {
  test.each([1, 2])('every transmitted weight, %d threads', (threads) => {
    const { kernel, recorder } = buildPair(c, threads);
    kernel.SimulateSync(c.sim_time);
    expect(toSteps(recorder.events.times)).toEqual(toSteps(c.pre));
    expect(worst(column(recorder, 'weights'), c.sent).error).toBeLessThanOrEqual(1e-12);
  });

  // NEST shows the state at the last presynaptic spike; c and n decay from there, and w moves with
  // them, as long as no spike comes between. (At the very moment of a spike it shows the last one.)
  test('states in between, which reading does not change', () => {
    const { kernel, synapse, recorder } = buildPair(c);
    const { tau_c = NaN, tau_n = NaN, b = NaN, Wmin = NaN, Wmax = NaN } = c.params;
    const dopamine = c.dopamine ?? [];
    const rate = 1 / tau_c + 1 / tau_n;
    let [compared, now] = [0, 0];
    for (const [t, w0 = NaN, c0 = NaN, n0 = NaN] of c.trajectory) {
      if (t === undefined) throw new Error('a row is empty');
      kernel.SimulateSync(t - now);
      now = t;
      const seen = ['weight', 'c', 'n'].map((name) => stateOf(synapse, name));
      const [before, until] = [t - 1e-6, t + 1e-6];
      const last = c.pre.findLast((p) => p < before) ?? 0;
      const between = (s: number) => s > last + 1e-6 && s <= until;
      if (c.pre.some((p) => Math.abs(p - t) < 1e-6)) continue;
      if (c.post.some((p) => between(p + c.delay)) || dopamine.some(between)) continue;
      const dopaSeen = dopamine.findLast((d) => d <= last + 1e-6) ?? 0;
      const n = n0 * Math.exp(-(last - dopaSeen) / tau_n);
      const dt = t - last;
      const dw = c0 * ((-n / rate) * Math.expm1(-rate * dt) + b * tau_c * Math.expm1(-dt / tau_c));
      const expected = [
        Math.min(Math.max(w0 + dw, Wmin), Wmax),
        c0 * Math.exp(-dt / tau_c),
        n * Math.exp(-dt / tau_n),
      ];
      expect(worst(seen, expected).error).toBeLessThanOrEqual(1e-12);
      compared++;
    }
    expect(compared).toBeGreaterThan(0);
    expect(worst(column(recorder, 'weights'), c.sent).error).toBeLessThanOrEqual(1e-12);
  });
});

describe(`case ${turnsBack}, against the rule solved event by event`, () => {
  const c = cases[turnsBack]?.[1];
  if (!c) throw new Error('no such case');
  const spikes = (times: readonly number[] = [], multiplicity = 1): Spike[] =>
    toSteps(times).map((step) => ({ step, multiplicity }));
  const train = {
    pre: spikes(c.pre),
    post: spikes(c.post),
    dopamine: spikes(c.dopamine, c.multiplicity),
  };
  const times = c.trajectory.map(([t]) => t ?? NaN);
  const { weight, tau_minus } = c;
  const solved = solve(
    train,
    { weight, tau_minus, delay: toSteps([c.delay])[0] ?? NaN },
    () => c.params as unknown as Rule,
    toSteps(times),
  );

  test.each([1, 2])('weights and states, %d threads', (threads) => {
    const { kernel, synapse, recorder } = buildPair(c, threads);
    times.forEach((t, i) => {
      kernel.SimulateSync(t - (times[i - 1] ?? 0));
      const seen = ['weight', 'c', 'n'].map((name) => stateOf(synapse, name));
      const { weight: w = NaN, c: eligibility = NaN, n = NaN } = solved.states[i] ?? {};
      expect(worst(seen, [w, eligibility, n]).error).toBeLessThanOrEqual(1e-12);
    });
    kernel.SimulateSync(c.sim_time - (times.at(-1) ?? 0));
    expect(worst(column(recorder, 'weights'), solved.sent).error).toBeLessThanOrEqual(1e-12);
  });

  test('NEST gives nearly the same', () => {
    const { error } = worst(c.sent, solved.sent);
    expect(error).toBeGreaterThan(1e-4);
    expect(error).toBeLessThan(1e-3);
  });
});

test('final weight against the time of a dopamine spike', () => {
  const curve = timingCurve();
  expect(curve.rows.length).toBeGreaterThan(10);
  const final = curve.rows.map(([generator_time]) => {
    const { kernel, synapse } = buildPair({
      model: 'stdp_dopamine_synapse',
      params: { tau_plus: 10, tau_c: 1000, tau_n: 200, A_plus: 1, A_minus: 1.5, b: 0 },
      weight: 1,
      delay: 0.5,
      tau_minus: 20,
      pre: [1.1],
      post: [3.1],
      dopamine: [generator_time + 0.2],
    });
    kernel.SimulateSync(10_000);
    return stateOf(synapse, 'weight');
  });
  const expected = curve.rows.map(([, weight]) => weight);
  expect(worst(final, expected).error).toBeLessThanOrEqual(1e-12);
});

describe('documented vectors', () => {
  const base: Protocol = {
    model: 'stdp_dopamine_synapse',
    params: {},
    weight: 5,
    delay: 1,
    tau_minus: 20,
    pre: [5, 12.3, 18.7, 24.3, 30.4],
    post: [8.5, 11.2, 17.3, 17.7, 23, 25.1, 29],
  };
  // One spike each at 10.5 and 24.8, two at 18.5.
  const dopamine = [10.5, 18.5, 18.5, 24.8];
  // Weights sent; then w, c, n and Kplus at 60 ms. They have 13 digits.
  test.each([
    [
      'A',
      base.post,
      [5, 5.007486614868, 4.969289694555, 4.788497856295, 4.339687431791],
      [0.3086135064505, -7.671188018282, 0.01622297343847, 0.678269880738],
    ],
    [
      'B',
      [...base.post.slice(0, 2), 11.8, ...base.post.slice(2)],
      [5, 5.007486614868, 5.019918197498, 4.881953266506, 4.396642177156],
      [0, -8.585097970284, 0.01622297343847, 0.678269880738],
    ],
  ])('%s', (_, post, sent, final) => {
    const { kernel, synapse, recorder } = buildPair({ ...base, post, dopamine });
    kernel.SimulateSync(60);
    expect(column(recorder, 'weights').length).toBe(5);
    expect(worst(column(recorder, 'weights'), sent).error).toBeLessThan(1e-12);
    const seen = ['weight', 'c', 'n', 'Kplus'].map((name) => stateOf(synapse, name));
    expect(worst(seen, final).error).toBeLessThan(1e-12);
  });

  // The example of neuromodulated STDP of PyNN for SpiNNaker, solved on paper: twenty spikes of
  // 1/tau_n each are its reward of 0.1.
  test('one pair and one reward', () => {
    const { kernel, recorder } = buildPair({
      model: 'stdp_dopamine_synapse',
      params: { A_plus: 1, A_minus: 1, tau_plus: 10, tau_c: 1000, tau_n: 200, b: 0 },
      weight: 0,
      delay: 0.1,
      tau_minus: 10,
      pre: [1500, 2400],
      post: [1503.9],
      dopamine: [1601],
      multiplicity: 20,
    });
    kernel.SimulateSync(2410);
    expect(column(recorder, 'weights')[1]).toBeCloseTo(10.055271, 6);
  });
});
