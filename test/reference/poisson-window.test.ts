// When a poisson_generator is active, and how many spikes it then sends.
import { Kernel } from '../../lib';
import { recordSpikes, toSteps } from './compare';
import { type PoissonCase, poissonCases } from './data';
import { correlation, poissonDeviation } from './statistics';

interface Window {
  readonly rate: number;
  readonly start: number;
  readonly stop: number;
  readonly targets: number;
}

/** Spikes (steps, senders) of parrots behind a generator, through a delay of 1 ms. */
function simulate({ rate, start, stop, targets }: Window, until: number) {
  const kernel = new Kernel();
  const generator = kernel.Create('poisson_generator', { rate, start, stop });
  const parrots = kernel.Create('parrot_neuron', targets);
  kernel.Connect(generator, parrots, 'all_to_all', { delay: 1 });
  const spikes = recordSpikes(kernel, parrots);
  kernel.SimulateSync(until);
  const { times, senders } = spikes.events;
  return { steps: toSteps(times), senders, first: parrots.ids[0] ?? NaN };
}

/** Parrots fire in (start + h + 1 ms, stop + h + 1 ms]: first and last step of that. */
const windowOf = ({ start, stop }: { start: number; stop: number }) => ({
  first: Math.round(start * 10) + 12,
  last: Math.round(stop * 10) + 11,
});

const cases = poissonCases();
// The same window at a rate where nearly every step has hundreds of spikes.
const all: (Omit<PoissonCase, 'n_events' | 'first' | 'last'> & { n_events?: number })[] = [
  ...cases,
  { rate: 5e6, start: 10, stop: 60, n_targets: 4 },
];

describe.each(all)('rate $rate spikes/s', (c) => {
  const { first, last } = windowOf(c);
  const bins = last - first + 1;
  const lambda = c.rate * 1e-4;
  const n = c.n_targets;
  let counts: Int32Array; // by target and step of the window
  let outside = 0;
  beforeAll(() => {
    const { steps, senders, first: id } = simulate({ ...c, targets: n }, c.stop + 20);
    counts = new Int32Array(n * bins);
    outside = 0;
    steps.forEach((step, i) => {
      const at = ((senders[i] ?? NaN) - id) * bins + step - first;
      if (step < first || step > last) outside += 1;
      else counts[at] = (counts[at] ?? 0) + 1;
    });
  });

  test('no spike outside the window', () => {
    expect(bins).toBe(Math.round((c.stop - c.start) * 10));
    expect(outside).toBe(0);
  });

  test('the whole window is used', () => {
    const perStep = new Array<number>(bins).fill(0);
    counts.forEach((count, i) => {
      perStep[i % bins] = (perStep[i % bins] ?? 0) + count;
    });
    // With an expectation above 40 in a step, silence at an edge is impossible.
    const surely = lambda * n > 40;
    expect([perStep[0] ?? 0, perStep[bins - 1] ?? 0].every((k) => !surely || k > 0)).toBe(true);
    const used = perStep.flatMap((k, i) => (k > 0 ? [i] : []));
    // P(no spike in a fifth of the window) < 1e-9 at 5 spikes/s and 50 targets.
    expect(used[0]).toBeLessThan(bins / 5);
    expect(used.at(-1)).toBeGreaterThan((bins * 4) / 5);
  });

  test('the total is Poisson-distributed', () => {
    const expected = lambda * bins * n;
    const total = counts.reduce((sum, k) => sum + k, 0);
    expect(Math.abs(total - expected)).toBeLessThan(5 * Math.sqrt(expected));
    // Two independent draws of the same number.
    if (c.n_events === undefined) return;
    expect(Math.abs(total - c.n_events)).toBeLessThan(5 * Math.sqrt(2 * expected));
  });

  test('mean and variance of the counts in a step', () => {
    const { mean, variance } = poissonDeviation(counts, lambda);
    expect(Math.abs(mean)).toBeLessThan(5);
    expect(Math.abs(variance)).toBeLessThan(5);
  });

  test('targets are independent', () => {
    const trains = Array.from({ length: n }, (_, i) => counts.subarray(i * bins, (i + 1) * bins));
    const sum = (k: Int32Array) => k.reduce((a, b) => a + b, 0);
    const [a, b] = trains.sort((x, y) => sum(y) - sum(x));
    if (!a || !b) throw new Error('too few targets');
    expect(Math.abs(correlation(a, b)) * Math.sqrt(bins)).toBeLessThan(5);
  });
});

test('the windows are those that NEST used', () => {
  for (const c of cases) {
    const { first, last } = windowOf(c);
    const [seenFirst = NaN, seenLast = NaN] = toSteps([c.first, c.last]);
    expect(seenFirst).toBeGreaterThanOrEqual(first);
    expect(seenLast).toBeLessThanOrEqual(last);
    // At the high rates every step has spikes.
    if (c.rate < 100) continue;
    expect([seenFirst, seenLast]).toEqual([first, last]);
  }
});

test('with start 0 the first spike can be stamped two steps', () => {
  const { steps } = simulate({ rate: 5e6, start: 0, stop: 0.3, targets: 1 }, 5);
  expect([...new Set(steps)]).toEqual([12, 13, 14]);
});

describe('every connection of a generator draws for itself', () => {
  const totals = (connect: (kernel: Kernel) => void) => {
    const kernel = new Kernel();
    connect(kernel);
    const parrots = kernel.GetNodes({ model: 'parrot_neuron' });
    const recorders = Array.from({ length: parrots.length }, (_, i) =>
      recordSpikes(kernel, parrots.at(i)),
    );
    kernel.SimulateSync(2000);
    return recorders.map((recorder) => {
      const counts = new Int32Array(20_000);
      for (const step of toSteps(recorder.events.times))
        counts[step - 1] = (counts[step - 1] ?? 0) + 1;
      return counts.subarray(20);
    });
  };
  const rate = 2000;

  test('two generators connected by one call', () => {
    const [counts] = totals((kernel) => {
      const generators = kernel.Create('poisson_generator', 2, { rate });
      kernel.Connect(generators, kernel.Create('parrot_neuron'));
    });
    // Twice the same train would have twice this variance.
    const { mean, variance } = poissonDeviation(counts ?? [], 2 * rate * 1e-4);
    expect(Math.abs(mean)).toBeLessThan(5);
    expect(Math.abs(variance)).toBeLessThan(5);
  });

  test('two calls', () => {
    const [counts] = totals((kernel) => {
      const generator = kernel.Create('poisson_generator', { rate });
      const parrot = kernel.Create('parrot_neuron');
      kernel.Connect(generator, parrot);
      kernel.Connect(generator, parrot);
    });
    expect(Math.abs(poissonDeviation(counts ?? [], 2 * rate * 1e-4).variance)).toBeLessThan(5);
  });

  test('several connections to one target made by one call', () => {
    const [counts] = totals((kernel) => {
      const generator = kernel.Create('poisson_generator', { rate });
      const parrot = kernel.Create('parrot_neuron');
      kernel.Connect(generator, parrot, { rule: 'fixed_indegree', indegree: 3 });
    });
    const { mean, variance } = poissonDeviation(counts ?? [], 3 * rate * 1e-4);
    expect(Math.abs(mean)).toBeLessThan(5);
    expect(Math.abs(variance)).toBeLessThan(5);
  });

  test('generators of one call onto several targets', () => {
    const [a, b] = totals((kernel) => {
      const generators = kernel.Create('poisson_generator', 2, { rate });
      kernel.Connect(generators, kernel.Create('parrot_neuron', 2), 'one_to_one');
    });
    expect(Math.abs(correlation(a ?? [], b ?? [])) * Math.sqrt(20_000)).toBeLessThan(5);
  });
});
