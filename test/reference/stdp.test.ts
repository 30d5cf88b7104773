// Pairs of spikes: every transmitted weight as NEST computed it.
import { column, toSteps, worst } from './compare';
import { stdpCases } from './data';
import { buildPair, stateOf } from './plastic';

const cases = stdpCases().map((c, i) => [`${c.model}, case ${i}`, c] as const);

test('all models are there', () => {
  expect(new Set(cases.map(([, c]) => c.model)).size).toBe(8);
  expect(cases.reduce((n, [, c]) => n + c.sent.length, 0)).toBeGreaterThan(600);
});

describe.each(cases)('%s', (_, c) => {
  test.each([1, 2])('every transmitted weight, %d threads', (threads) => {
    const { kernel, recorder } = buildPair(c, threads);
    kernel.SimulateSync(c.sim_time);
    expect(toSteps(recorder.events.times)).toEqual(toSteps(c.pre));
    expect(worst(column(recorder, 'weights'), c.sent).error).toBeLessThanOrEqual(1e-12);
  });

  // NEST shows the weight at the last presynaptic spike, which holds until a postsynaptic one.
  test('weights in between, which reading does not change', () => {
    const { kernel, synapse, recorder } = buildPair(c);
    let [compared, now] = [0, 0];
    for (const [t = NaN, weight = NaN] of c.trajectory) {
      kernel.SimulateSync(t - now);
      now = t;
      const seen = stateOf(synapse, 'weight');
      if (c.pre.some((p) => Math.abs(p - t) < 1e-6)) continue;
      const last = c.pre.findLast((p) => p < t) ?? 0;
      if (c.post.some((p) => p + c.delay > last && p + c.delay <= t + 1e-6)) continue;
      expect(worst([seen], [weight]).error).toBeLessThanOrEqual(1e-12);
      compared++;
    }
    expect(compared).toBeGreaterThan(0);
    expect(worst(column(recorder, 'weights'), c.sent).error).toBeLessThanOrEqual(1e-12);
  });
});
