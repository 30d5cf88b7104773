import fc from 'fast-check';
import { Kernel, random } from '../../lib';
import { mean, powerSpectralDensity, spikeCounts, spikeSpectralDensity } from '../../lib/analysis';
import { expectAll, welchOf } from './naive';

const signal = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), {
  minLength: 2,
  maxLength: 60,
});

test('is that of the definition', () => {
  fc.assert(
    fc.property(signal, fc.double({ min: 0, max: 1, noNaN: true }), (values, part) => {
      const n = 2 + Math.floor(part * (values.length - 2));
      const { frequencies, density } = powerSpectralDensity(values, {
        interval: 2,
        segment: 2 * n,
      });
      const largest = Math.max(1e-300, ...density);
      expectAll(
        density.map((value) => value / largest),
        welchOf(values, 0.002, n).map((value) => value / largest),
      );
      expectAll(
        frequencies,
        Array.from(density, (_, k) => (k * 500) / n),
      );
    }),
  );
});

test('by hand: four samples', () => {
  // Mean 2; tapered −1·0, 1·½, −1·1, 1·½: X₀ = 0, X₁ = 1, X₂ = −2. Σw² = 1.5, 0.001 s apart.
  const { frequencies, density, segments } = powerSpectralDensity([1, 3, 1, 3], {
    interval: 1,
    segment: 4,
  });
  expectAll(frequencies, [0, 250, 500]);
  expectAll(density, [0, (2 * 0.001) / 1.5, (4 * 0.001) / 1.5]);
  expect(segments).toBe(1);
});

test('segments overlap by half; the rest is not looked at', () => {
  const options = { interval: 1, segment: 8 };
  const values = Float64Array.from({ length: 23 }, (_, j) => Math.sin(j * j));
  const { density, segments } = powerSpectralDensity(values, options);
  expect(segments).toBe(4);
  values[20] = 1e9;
  expect(powerSpectralDensity(values, options)).toEqual(expect.objectContaining({ density }));
  const odd = powerSpectralDensity(values, { interval: 1, segment: 7 });
  expect(odd.segments).toBe(5);
});

test('a sine of amplitude a has the power a²/2, at its frequency', () => {
  const values = Float64Array.from(
    { length: 4000 },
    (_, j) => -65 + 3 * Math.sin((2 * Math.PI * 40 * j) / 1000),
  );
  const { frequencies, density } = powerSpectralDensity(values, { interval: 1, segment: 500 });
  expect(frequencies[density.indexOf(Math.max(...density))]).toBe(40);
  const power = density.reduce((sum, value) => sum + value, 0) * frequencies[1]!;
  expect(power).toBeCloseTo(9 / 2, 10);
});

test('a constant signal has none', () => {
  const { density } = powerSpectralDensity(new Float64Array(50).fill(0.1), {
    interval: 0.1,
    segment: 1,
  });
  expect(Math.max(...density)).toBeLessThan(1e-30);
});

describe('of spikes', () => {
  const window = { start: 10, stop: 90 };

  test('is that of the rate in bins', () => {
    const times = fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { maxLength: 60 });
    fc.assert(
      fc.property(times, (spikes) => {
        const { density, frequencies } = spikeSpectralDensity(spikes, {
          ...{ window, bin: 2, segment: 24 },
        });
        const rate = spikeCounts(spikes, window, 2).map((count) => count / 0.002);
        const expected = welchOf(Array.from(rate), 0.002, 12);
        const largest = Math.max(1, ...expected);
        expectAll(
          density.map((value) => value / largest),
          expected.map((value) => value / largest),
        );
        expect(frequencies.at(-1)).toBe(250);
      }),
    );
  });

  test('of a Poisson process of rate r is 2r', () => {
    const stream = random.stream(21);
    const times: number[] = [];
    for (let t = 0; t < 200_000; t -= 1000 * (Math.log(1 - stream.uniform()) / 50)) times.push(t);
    const { density } = spikeSpectralDensity(times, {
      ...{ window: { start: 0, stop: 200_000 }, bin: 1, segment: 256 },
    });
    // 1561 segments: a standard error of about 3 % at each frequency, of 0.3 % of their mean.
    expect(mean(density.subarray(1, 128)) / 100).toBeGreaterThan(0.97);
    expect(mean(density.subarray(1, 128)) / 100).toBeLessThan(1.03);
  });
});

test('takes what a multimeter gives', () => {
  const kernel = new Kernel();
  const neuron = kernel.Create('iaf_psc_exp');
  kernel.Connect(kernel.Create('noise_generator', { std: 100 }), neuron);
  const meter = kernel.Create('multimeter', { record_from: ['V_m'], interval: 1 });
  kernel.Connect(meter, neuron);
  kernel.SimulateSync(1000);
  const { V_m } = meter.events;
  const { frequencies, density } = powerSpectralDensity(V_m, { interval: 1, segment: 100 });
  expectAll(density, welchOf(Array.from(V_m), 0.001, 100));
  expect(frequencies.at(-1)).toBe(500);
  kernel.dispose();
});
