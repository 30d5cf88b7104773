// noise_generator: independent normal currents, constant over dt. The currents are recovered from
// the potential of neurons without spikes, so every draw is tested, not only the result.
import { Kernel, type NodeParameters } from '../../lib';
import { column, sampleEveryStep, worst } from './compare';
import { correlation, moments } from './statistics';

const membrane = { tau_m: 10, C_m: 250, E_L: 0, V_m: 0, V_reset: -1e5, V_th: 1e6 };
const resistance = membrane.tau_m / membrane.C_m;

interface Options {
  readonly neurons?: number;
  readonly duration?: number;
  readonly delay?: number;
}

/** The current that acted in each step, by neuron. */
function currents(
  settings: NodeParameters<'noise_generator'>,
  { neurons = 4, duration = 4000, delay = 0.9 }: Options = {},
) {
  const kernel = new Kernel();
  const generator = kernel.Create('noise_generator', settings);
  const targets = kernel.Create('iaf_psc_delta', neurons, membrane);
  kernel.Connect(generator, targets, 'all_to_all', { delay });
  const meter = sampleEveryStep(kernel, targets);
  kernel.SimulateSync(duration);
  const v = column(meter, 'V_m');
  const steps = v.length / neurons;
  const decay = Math.exp(-0.1 / membrane.tau_m);
  return Array.from({ length: neurons }, (_, n) =>
    Float64Array.from({ length: steps }, (__, k) => {
      const before = k > 0 ? (v[(k - 1) * neurons + n] ?? NaN) : 0;
      return ((v[k * neurons + n] ?? NaN) - decay * before) / (resistance * (1 - decay));
    }),
  );
}

/** Every tenth value: with a delay of 0.9 ms, draws act from grid points 11, 21, … on. */
const draws = (current: Float64Array) => current.filter((_, k) => k % 10 === 0 && k >= 10);

test('values hold for dt and are normal with the mean and std given', () => {
  const all = currents({ mean: 40, std: 15 }).map(draws);
  for (const values of all) {
    const n = values.length;
    const { mean, variance } = moments(values);
    expect(n).toBeGreaterThan(3900);
    expect(Math.abs(mean - 40) / (15 / Math.sqrt(n))).toBeLessThan(5);
    expect(Math.abs(variance / 225 - 1) / Math.sqrt(2 / n)).toBeLessThan(5);
    const cubes = moments(values.map((x) => ((x - 40) / 15) ** 3)).mean;
    const fourths = moments(values.map((x) => ((x - 40) / 15) ** 4)).mean;
    expect(Math.abs(cubes) / Math.sqrt(15 / n)).toBeLessThan(5);
    expect(Math.abs(fourths - 3) / Math.sqrt(96 / n)).toBeLessThan(5);
    expect(Math.abs(correlation(values.slice(1), values.slice(0, -1))) * Math.sqrt(n)).toBeLessThan(
      5,
    );
  }
  const [a, b] = all;
  if (!a || !b) throw new Error('no currents');
  expect(Math.abs(correlation(a, b)) * Math.sqrt(a.length)).toBeLessThan(5);
});

test.each([0.1, 1, 2.5])('constant over dt = %d ms', (dt) => {
  const [current = new Float64Array()] = currents({ std: 30, dt }, { duration: 200 });
  const steps = Math.round(10 * dt);
  // The draw of update step a acts from grid point a + delay + 2 on.
  const changes = Array.from(current).flatMap((x, k) =>
    k > 10 && Math.abs(x - (current[k - 1] ?? 0)) > 1e-6 ? [k + 1] : [],
  );
  const expected = [];
  for (let a = steps; a + 11 <= 2000; a += steps) expected.push(a + 11);
  expect(changes.filter((k) => k > 11)).toEqual(expected);
});

test('the variance of the potential follows from dt', () => {
  const neurons = 150;
  const kernel = new Kernel();
  const generator = kernel.Create('noise_generator', { mean: 50, std: 60, dt: 2 });
  const targets = kernel.Create('iaf_psc_delta', neurons, membrane);
  kernel.Connect(generator, targets, 'all_to_all', { delay: 1.9 });
  kernel.SimulateSync(100);
  // Grid points at which the current is about to change, far enough apart to be independent.
  const meter = kernel.Create('multimeter', { interval: 60, record_from: ['V_m'], start: 120 });
  kernel.Connect(meter, targets);
  kernel.SimulateSync(1200);
  const v = column(meter, 'V_m');
  const x = Math.exp(-2 / membrane.tau_m);
  const expected = resistance ** 2 * 60 ** 2 * ((1 - x) / (1 + x));
  const { mean, variance } = moments(v);
  expect(v.length).toBeGreaterThan(2500);
  expect(Math.abs(mean - 50 * resistance) / Math.sqrt(expected / v.length)).toBeLessThan(5);
  expect(Math.abs(variance / expected - 1) / Math.sqrt(2 / v.length)).toBeLessThan(5);
});

test('std_mod modulates the variance with a sine', () => {
  const period = 20;
  const all = currents(
    { std: 20, std_mod: 20, frequency: 1000 / period },
    { neurons: 100, duration: 2000 },
  ).map(draws);
  for (const phase of [0, 4, 9, 14, 17]) {
    const values = all.flatMap((d) => [...d.filter((_, i) => i % period === phase)]);
    // Drawn in update step 10 · phase, with the sine of the end of that step.
    const y = Math.sin((2 * Math.PI * (phase + 0.1)) / period);
    const expected = 400 * (1 + y);
    const { variance } = moments(values);
    expect(Math.abs(variance / expected - 1) / Math.sqrt(2 / values.length)).toBeLessThan(5);
  }
});

test('the window cuts and starts a new value', () => {
  const [current = new Float64Array()] = currents(
    { mean: 1e4, std: 1, start: 3.4, stop: 8 },
    { duration: 20 },
  );
  const active = Array.from(current).flatMap((x, k) => (Math.abs(x) > 5000 ? [k + 1] : []));
  // Sent in update steps 33 … 78.
  expect([active[0], active.at(-1), active.length]).toEqual([33 + 11, 78 + 11, 46]);
  const at = (k: number) => current[k - 1] ?? NaN;
  expect(at(44)).toBeCloseTo(at(53), 6);
  expect(Math.abs(at(53) - at(54))).toBeGreaterThan(1e-6);
});

test('its recorded current is the mean over its targets', () => {
  const kernel = new Kernel();
  const generator = kernel.Create('noise_generator', { mean: 5, std: 60 });
  const targets = kernel.Create('iaf_psc_delta', 3, membrane);
  kernel.Connect(generator, targets, 'all_to_all', { delay: 0.1 });
  kernel.Connect(generator, targets.at(0), { rule: 'fixed_indegree', indegree: 2 }, { delay: 0.1 });
  const meter = sampleEveryStep(kernel, targets);
  const sent = sampleEveryStep(kernel, generator, ['I']);
  kernel.SimulateSync(30);
  const v = column(meter, 'V_m');
  const decay = Math.exp(-0.1 / membrane.tau_m);
  const total = Float64Array.from({ length: 300 }, (_, k) => {
    let sum = 0;
    for (let n = 0; n < 3; n++)
      sum += (v[3 * k + n] ?? NaN) - (k > 0 ? decay * (v[3 * k - 3 + n] ?? NaN) : 0);
    return sum / (resistance * (1 - decay)) / 5;
  });
  // What is sent in update step a acts at grid point a + 3 and is stamped a + 1.
  expect(worst(total.slice(2), column(sent, 'I').slice(0, -2)).error).toBeLessThan(1e-9);
});

describe('every connection draws for itself', () => {
  const variance = (connect: (kernel: Kernel) => void) => {
    const kernel = new Kernel();
    connect(kernel);
    const meter = kernel.Create('multimeter', { interval: 50, record_from: ['V_m'] });
    kernel.Connect(meter, kernel.GetNodes({ model: 'iaf_psc_delta' }));
    kernel.SimulateSync(2000);
    const v = column(meter, 'V_m');
    const x = Math.exp(-1 / membrane.tau_m);
    const one = resistance ** 2 * 50 ** 2 * ((1 - x) / (1 + x));
    return { ratio: moments(v).variance / one, sd: Math.sqrt(2 / v.length) };
  };
  const noise = { std: 50, dt: 1 };
  const make = (kernel: Kernel) => kernel.Create('iaf_psc_delta', 50, membrane);

  test('two generators connected by one call', () => {
    const { ratio, sd } = variance((kernel) => {
      kernel.Connect(kernel.Create('noise_generator', 2, noise), make(kernel), 'all_to_all', {
        delay: 0.9,
      });
    });
    expect(Math.abs(ratio / 2 - 1) / sd).toBeLessThan(5);
  });

  test('several connections to one target made by one call', () => {
    const { ratio, sd } = variance((kernel) => {
      const rule = { rule: 'fixed_indegree', indegree: 3 } as const;
      kernel.Connect(kernel.Create('noise_generator', noise), make(kernel), rule, { delay: 0.9 });
    });
    expect(Math.abs(ratio / 3 - 1) / sd).toBeLessThan(5);
  });
});
