import {
  brunelParameters,
  meanFieldRate,
  NEURON,
} from '../../benchmarks/experiments/brunel-network';
import { brunel } from '../../benchmarks/experiments/brunel';
import { firstPassageRate } from '../../benchmarks/experiments/mean-field';
import type { ExperimentResult } from '../../lib/cli/experiment';
import { renderSvg } from '../../lib/plot';

const standard = {
  scale: 1,
  size: undefined,
  g: 5,
  eta: 2,
  J: 0.1,
  neuron: 'iaf_psc_delta',
  V_reset: 0,
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
      weight_external: 0.1,
      I_e: 0,
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

  // 75 neurons have 6 and 2 synapses, not 6 and 1.5.
  test.each([{ scale: 0.1 }, { scale: 0.5 }, { scale: 0.004 }, { size: 75 }])(
    '%j: mean and variance of the input are those of the full network',
    (size) => {
      for (const neuron of ['iaf_psc_delta', 'iaf_psc_exp', 'iaf_psc_alpha'] as const) {
        const full = brunelParameters({ ...standard, neuron });
        const small = brunelParameters({ ...standard, ...size, neuron });
        const variance = ({ C_E, C_I, weight_ex, weight_in }: typeof full) =>
          C_E * weight_ex ** 2 + C_I * weight_in ** 2;
        expect(variance(small) / variance(full)).toBeCloseTo(1, 12);
        expect(small.external_rate).toBe(full.external_rate);
        expect(small.weight_external).toBe(full.weight_external);
        // Of what mean and variance decide, nothing has changed.
        const options = { ...standard, neuron };
        const expected = meanFieldRate(full, options);
        expect(meanFieldRate(small, options)).toBeCloseTo(expected, 6);
        expect(meanFieldRate({ ...small, I_e: 0 }, options)).toBeGreaterThan(1.15 * expected);
      }
    },
  );

  test('a larger network has the synapses of the paper', () => {
    const full = brunelParameters(standard);
    const large = brunelParameters({ ...standard, scale: 4 });
    expect(large).toEqual({ ...full, N_E: 40_000, N_I: 10_000 });
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
    const cell = { ...NEURON, tau_noise: 0 };
    const time = 2 + 20 * Math.log(30 / 10);
    expect(firstPassageRate(30, 0.01, cell)).toBeCloseTo(1000 / time, 1);
    // Far below the threshold, and without any input.
    expect(firstPassageRate(10, 0.01, cell)).toBe(0);
    expect(firstPassageRate(0, 0, cell)).toBe(0);
  });

  test.each([
    [24, 7.1, 0],
    [14, 5, 0],
    [150, 15, 10],
  ])('with μ = %d, σ = %d, V_reset = %d gives the double integral', (mu, sigma, V_reset) => {
    // 1/ν = t_ref + τ·√π·∫ exp(u²)·(1 + erf u) du, with 1 + erf u = 2/√π·∫ exp(−v²) dv up to u.
    let [integral, inner] = [0, 0];
    const n = 200_000;
    const [a, b] = [(V_reset - mu) / sigma, (20 - mu) / sigma];
    const from = Math.min(a, 0) - 8;
    const h = (b - from) / n;
    for (let k = 0; k < n; k++) {
      const u = from + (k + 0.5) * h;
      inner += h * Math.exp(-(u ** 2));
      if (u > a) integral += h * Math.exp(u ** 2) * 2 * (inner - (h / 2) * Math.exp(-(u ** 2)));
    }
    const rate = firstPassageRate(mu, sigma, { ...NEURON, V_reset, tau_noise: 0 });
    expect(rate / (1000 / (2 + 20 * integral))).toBeCloseTo(1, 3);
  });

  test("at scale 1 gives the rate of NEST's network", () => {
    const rate = meanFieldRate(brunelParameters(standard), standard);
    expect(Math.abs(rate - 32.03)).toBeLessThan(0.25);
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

  test.each(['iaf_psc_delta', 'iaf_psc_exp', 'iaf_psc_alpha'] as const)(
    'with %s fires at the rate of mean-field theory',
    async (neuron) => {
      const expected = meanFieldRate(brunelParameters({ ...standard, neuron }), { neuron });
      const rate = value(await run({ neuron }), 'rate_E')!;
      expect(Math.abs(rate / expected - 1)).toBeLessThan(0.02);
    },
  );

  // Numbers of NEST's network at scale 1 (brunel-statistics.test.ts): rate and irregularity stay,
  // where unscaled synapses give 58 and 113 spikes/s, and CVs of 0.08 and 0.07.
  test.each([
    { g: 5, eta: 2, rate: 32.03, cv: 0.173 },
    { g: 6, eta: 4, rate: 49.54, cv: 0.206 },
  ])('a small one fires as the full one does: %j', async ({ g, eta, rate, cv }) => {
    for (const scale of [0.2, 0.1, 0.05]) {
      const result = await run({ g, eta, scale });
      expect(Math.abs(value(result, 'rate_E')! / rate - 1)).toBeLessThan(0.04);
      expect(Math.abs(value(result, 'rate_I')! / rate - 1)).toBeLessThan(0.04);
      expect(Math.abs(value(result, 'cv_isi_E')! - cv)).toBeLessThan(0.03);
    }
  });

  test('reset as in the paper, fires irregularly, at scale 0.1 about as at scale 1', async () => {
    const result = await run({ V_reset: 10 });
    expect(Math.abs(value(result, 'rate_E')! - 37.5)).toBeLessThan(3);
    expect(Math.abs(value(result, 'cv_isi_E')! - 0.424)).toBeLessThan(0.05);
  });

  test('says its scale in title, parameters and figure', async () => {
    const { title, parameters, figures } = await run();
    expect(title).toContain('scale 0.1');
    expect(parameters).toMatchObject({ scale: 0.1, V_reset: 0 });
    expect(parameters.mean_field_rate).toBeCloseTo(32.04, 1);
    const svg = await renderSvg(figures[0]!.spec);
    expect(svg).toContain('g = 5, η = 2, scale 0.1');
    expect(svg).toContain('J = 0.316 mV, 3.16 times the 0.1 mV of scale 1');
    expect(svg).toContain('V_reset 0 mV');
    const bySize = await run({ size: 500 });
    expect(bySize.title).toContain('scale 0.04');
    expect(bySize.parameters.scale).toBe(0.04);
  });

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
