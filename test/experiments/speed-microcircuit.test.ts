// The microcircuit of benchmarks/speed: its sizes against the paper's formula and published totals,
// its synapses as they are made, and its activity. No time is asserted.
import { speedExperiments } from '../../benchmarks/measuring';
import { microcircuit } from '../../benchmarks/speed/microcircuit';
import {
  populations,
  sizeAt,
  synapsesAt,
  synapsesBetween,
} from '../../benchmarks/speed/microcircuit-network';
import { countUpTo } from '../../lib/analysis';
import { runProgram } from '../../lib/cli/program';
import { Kernel } from '../../lib/kernel';
import { renderSvg } from '../../lib/plot';
import { TestIO } from '../cli/streams';
import { runJson } from './speed-documents';

const keys = populations.map(({ key }) => key);
const SCALE = 0.005;

/** Neurons, weights and delays of a network that has not run. */
function built(
  kernel: Kernel,
  input: 'poisson' | 'dc' = 'poisson',
  weight_precision: 'double' | 'single' = 'double',
) {
  kernel.SetKernelStatus({ resolution: 0.1, weight_precision });
  return microcircuit.build(kernel, { scale: SCALE, input });
}

const moments = (values: Float64Array): [mean: number, sd: number] => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return [mean, Math.sqrt(squares / values.length)];
};

describe('sizes', () => {
  test('at scale 1 are those of the paper', () => {
    const neurons = populations.reduce((sum, population) => sum + sizeAt(1, population), 0);
    expect(neurons).toBe(77_169);
    expect(synapsesAt(1) / 2.99e8).toBeCloseTo(1, 2);
    // Pairs that K independent synapses leave unconnected: (1 − 1/(N·N'))^K = 1 − C.
    const [L23E, L23I] = populations;
    const K = synapsesBetween(L23I!, L23E!, 1);
    const pairs = L23I!.size * L23E!.size;
    expect(1 - (1 - 1 / pairs) ** K).toBeCloseTo(0.1689, 6);
    expect(synapsesBetween(populations[7]!, L23E!, 1)).toBe(0);
  });

  test('in-degrees do not depend on the scale', () => {
    for (const target of populations) {
      for (const source of populations) {
        const full = synapsesBetween(source, target, 1) / target.size;
        const size = sizeAt(SCALE, target);
        const scaled = synapsesBetween(source, target, SCALE) / size;
        expect(Math.abs(scaled - full)).toBeLessThanOrEqual(0.5 / size + 1e-9);
      }
    }
  });
});

test('the synapses made are those of the formula, with the weights and delays drawn', () => {
  using kernel = new Kernel();
  const { neurons, synapses } = built(kernel);
  let made = 0;
  for (const [t, target] of populations.entries()) {
    for (const [s, source] of populations.entries()) {
      const found = kernel.GetConnections({ source: neurons[s]!, target: neurons[t]! });
      expect(found.length).toBe(synapsesBetween(source, target, SCALE));
      made += found.length;
      if (found.length < 1000) continue;
      const doubled = source.key === 'L4E' && target.key === 'L23E' ? 2 : 1;
      const expected = source.excitatory ? doubled * 87.81 : -4 * 87.81;
      const [weight, weightSd] = moments(found.get('weight'));
      const tolerance = 5 / Math.sqrt(found.length);
      expect(Math.abs(weight / expected - 1)).toBeLessThan(0.1 * tolerance);
      expect(Math.abs(weightSd / Math.abs(expected) / 0.1 - 1)).toBeLessThan(tolerance);
      // Of a normal distribution of mean 2 sd, cut at 0.1 ms: a little later than its mean.
      const delays = found.get('delay');
      const [delay] = moments(delays);
      const mean = source.excitatory ? 1.5 : 0.75;
      expect(delay / mean).toBeGreaterThan(1);
      expect(delay / mean).toBeLessThan(1.09);
      expect(delays.reduce((least, value) => Math.min(least, value))).toBeGreaterThanOrEqual(0.1);
    }
  }
  expect(made).toBe(synapses);
});

test('potentials start where the populations have them', () => {
  using kernel = new Kernel();
  const { neurons } = built(kernel);
  for (const [i, { V_m }] of populations.entries()) {
    const [mean, sd] = moments(Float64Array.from(neurons[i]!.get('V_m') as ArrayLike<number>));
    const n = neurons[i]!.length;
    expect(Math.abs(mean - V_m[0])).toBeLessThan((5 * V_m[1]) / Math.sqrt(n));
    expect(Math.abs(sd / V_m[1] - 1)).toBeLessThan(5 / Math.sqrt(2 * n) + 1 / n);
  }
});

test('a current replaces the external spikes', () => {
  using kernel = new Kernel();
  const { neurons } = built(kernel, 'dc');
  expect(kernel.GetConnections({ target: neurons[0]! }).source.includes(0)).toBe(false);
  // 8 spikes/s · 1600 · 87.81 pA · 0.5 ms.
  expect(neurons[0]!.at(0).get('I_e')).toBeCloseTo(561.984, 9);
  using withSpikes = new Kernel();
  expect(built(withSpikes).neurons[0]!.at(0).get('I_e')).toBe(0);
});

test('events are the spikes times their out-degrees', () => {
  using kernel = new Kernel();
  const { neurons, recorder } = built(kernel);
  const { synaptic_events } = kernel.SimulateSync(100);
  const degrees = new Map<number, number>();
  for (const population of neurons) {
    for (const id of kernel.GetConnections({ source: population, synapse_model: 'static_synapse' })
      .source) {
      degrees.set(id, (degrees.get(id) ?? 0) + 1);
    }
  }
  const { times, senders } = recorder.events;
  let events = 0;
  for (let i = 0; i < countUpTo(times, 100); i++) events += degrees.get(senders[i]!) ?? 0;
  expect(senders.length).toBeGreaterThan(100);
  // The synapse to the recorder is a device's, whose events are not counted.
  expect(synaptic_events).toBe(events - senders.length);
});

// The volleys of so small a network make its rates vary: by half in 300 ms of L6E, by a tenth in
// 1.5 s, whatever the seed.
test('reports rates of all populations beside the reference, and its memory', async () => {
  const { options, parameters, results } = await runJson(
    'speed/microcircuit',
    ...['--scale', '0.05', '--time', '1500'],
  );
  expect(options).toMatchObject({ input: 'poisson', 'weight-precision': 'single', scale: 0.05 });
  expect(results.synapses).toBe(synapsesAt(0.05));
  expect(keys.map((key) => parameters[`N_${key}`])).toEqual(
    populations.map((population) => sizeAt(0.05, population)),
  );
  // So few neurons share much of their input and fire in volleys, the upper layers and the fifth
  // most; rates come near the reference as the network grows (docs/notes/experiments.md).
  for (const { key, referenceRate } of populations) {
    expect(parameters[`reference_rate_${key}`]).toBe(referenceRate);
    const ratio = results[`rate_${key}`]! / referenceRate;
    const shifts = !['L4E', 'L6E'].includes(key);
    expect(ratio).toBeGreaterThan(shifts ? 0.9 : 0.7);
    expect(ratio).toBeLessThan(shifts ? 6 : 1.3);
    expect(results[`cv_isi_${key}`]).toBeGreaterThan(0.2);
    expect(results[`cv_isi_${key}`]).toBeLessThan(1.5);
  }
  const { wall_time, synaptic_events } = results;
  expect(results.real_time_factor).toBeCloseTo(wall_time! / 1.5, 9);
  expect(results.ns_per_event).toBeCloseTo((1e9 * wall_time!) / synaptic_events!, 9);
  // A target of 2 bytes and a weight of 4.
  expect(results.bytes_per_synapse).toBeGreaterThan(6);
  expect(results.bytes_per_synapse).toBeLessThan(8);
});

test('draws every population with its colour', async () => {
  const experiment = speedExperiments.find(({ name }) => name === 'speed/microcircuit')!;
  const { figures, spikes } = await experiment.run({
    time: 200,
    threads: 2,
    seed: 3,
    options: { scale: SCALE, input: 'dc', repeats: 1, 'weight-precision': 'single' },
    signal: new AbortController().signal,
    progress: () => undefined,
  });
  expect(spikes.times.length).toBeGreaterThan(100);
  expect(figures.map(({ name }) => name)).toEqual(['raster']);
  const svg = await renderSvg(figures[0]!.spec);
  expect(svg).toContain(`(Potjans &amp; Diesmann 2014), scale ${SCALE}</text>`);
  expect(svg).toContain('each with as many synapses as at scale 1');
  expect(svg).toContain('NEST at scale 1');
  for (const { name, color } of populations) {
    expect(svg).toContain(`>${name}</text>`);
    expect(svg).toContain(color);
  }
});

test.each<[argv: string[], message: string]>([
  [['--scale', '2'], 'a number from 0.005 to 1'],
  [['--input', 'noise'], 'Allowed choices are poisson, dc'],
])('wrong usage: %j', async (argv, message) => {
  const io = new TestIO();
  expect(await runProgram(['run', 'speed/microcircuit', ...argv], io, speedExperiments)).toBe(2);
  expect(io.stderr.text).toContain(message);
});
