import { brunelParameters } from '../../benchmarks/experiments/brunel-network';
import { brunel } from '../../benchmarks/experiments/brunel';
import type { ExperimentResult } from '../../lib/cli/experiment';
import { firstPassageRate, selfConsistentRate } from './mean-field';

const standard = {
  scale: 1,
  size: undefined,
  g: 5,
  eta: 2,
  J: 0.1,
  neuron: 'iaf_psc_delta',
  discard: 200,
} as const;

describe('parameters', () => {
  test('at scale 1 are those of the paper', () => {
    expect(brunelParameters(standard)).toEqual({
      N_E: 10_000,
      N_I: 2_500,
      C_E: 1_000,
      C_I: 250,
      weight_ex: 0.1,
      weight_in: -0.5,
      // ν_th = 20 mV/(0.1 mV · 1000 · 20 ms) = 10 spikes/s a synapse, 1000 synapses, η = 2.
      external_rate: expect.closeTo(20_000, 6) as number,
    });
  });

  test('scale and size say the same', () => {
    const { N_E, N_I, C_E, C_I } = brunelParameters({ ...standard, size: 500 });
    expect([N_E, N_I, C_E, C_I]).toEqual([400, 100, 40, 10]);
    expect(brunelParameters({ ...standard, scale: 0.04 })).toMatchObject({ N_E, N_I, C_E, C_I });
  });

  test('the smallest network still has inhibition', () => {
    expect(brunelParameters({ ...standard, scale: 0.004 })).toMatchObject({ C_E: 4, C_I: 1 });
  });

  test('currents have the peak J and the drive that their charge asks for', () => {
    const delta = brunelParameters(standard).external_rate;
    for (const neuron of ['iaf_psc_exp', 'iaf_psc_alpha'] as const) {
      const { weight_ex, weight_in, external_rate } = brunelParameters({ ...standard, neuron });
      expect(weight_ex).toBeGreaterThan(10);
      expect(weight_in).toBeCloseTo(-5 * weight_ex, 10);
      // A potential that rises slowly decays while it rises: it needs more charge for the same peak.
      expect(external_rate).toBeLessThan(delta);
      expect(external_rate).toBeGreaterThan(0.85 * delta);
    }
  });
});

/** Runs the experiment with a tenth of the synapses a neuron, in well under a second. */
async function run(
  options: Partial<Parameters<typeof brunel.run>[0]['options']> = {},
  threads = 1,
): Promise<ExperimentResult> {
  return brunel.run({
    time: 500,
    threads,
    seed: 55,
    options: { ...standard, scale: 0.1, ...options },
    signal: new AbortController().signal,
    progress: () => undefined,
  });
}

const value = ({ quantities }: ExperimentResult, key: string) =>
  quantities.find((quantity) => quantity.key === key)?.value;

describe('mean-field theory', () => {
  test('without noise gives the time from reset to threshold', () => {
    expect(firstPassageRate(30, 0.01)).toBeCloseTo(1000 / (2 + 20 * Math.log(30 / 10)), 1);
  });

  test("at scale 1 gives the rate of NEST's network", () => {
    expect(Math.abs(selfConsistentRate(standard) - 32.03)).toBeLessThan(0.25);
  });
});

describe('the network', () => {
  test('reports every quantity, and records from the discarded time on', async () => {
    const result = await run();
    for (const { key, value } of result.quantities) {
      expect([key, Number.isFinite(value)]).toEqual([key, true]);
    }
    expect(value(result, 'synapses')).toBe(1250 * 125);
    const { times, senders } = result.spikes;
    expect(times.length).toBe(senders.length);
    expect(times[0]).toBeGreaterThan(200);
    expect(times.at(-1)).toBeLessThanOrEqual(700 + 1e-9);
    expect(result.figures.map(({ name }) => name)).toEqual(['activity']);
  });

  test('fires the same spikes whatever the number of threads', async () => {
    const [one, two] = [await run({}, 1), await run({}, 2)];
    expect(two.spikes).toEqual(one.spikes);
  });

  // Fewer synapses of the same strength feed less inhibition back: about 57 spikes/s where the network
  // at scale 1 fires at 32.
  test.each(['iaf_psc_delta', 'iaf_psc_exp', 'iaf_psc_alpha'] as const)(
    'with %s fires at the rate of mean-field theory',
    async (neuron) => {
      const expected = selfConsistentRate({ ...standard, scale: 0.1, neuron });
      expect(expected).toBeGreaterThan(55);
      const rate = value(await run({ neuron }), 'rate_E')!;
      expect(Math.abs(rate / expected - 1)).toBeLessThan(0.02);
    },
  );

  test('stops where it is interrupted, with what there is', async () => {
    const abort = new AbortController();
    const result = await brunel.run({
      time: 1_000_000,
      threads: 1,
      seed: 55,
      options: { ...standard, scale: 0.04 },
      signal: abort.signal,
      progress: (phase, fraction) => {
        if (phase === 'simulating' && fraction > 0) abort.abort();
      },
    });
    expect(value(result, 'rate_E')).toBeGreaterThan(0);
    expect(value(result, 'synaptic_events')).toBeNaN();
    expect(result.spikes.times.at(-1)).toBeLessThan(1_000_000);
  });

  test('interrupted before anything was recorded, has no numbers and no figure', async () => {
    const result = await brunel.run({
      time: 100,
      threads: 1,
      seed: 55,
      options: { ...standard, scale: 0.04 },
      signal: AbortSignal.abort(),
      progress: () => undefined,
    });
    expect(value(result, 'rate_E')).toBeNaN();
    expect(result.figures).toEqual([]);
    expect(result.spikes.times).toHaveLength(0);
  });
});
