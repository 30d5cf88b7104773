// Lazy synapses against the rule solved event by event, on random protocols.
import { worst } from '../reference/compare';
import { type Spike, type State, solve } from './dopamine-oracle';
import { build, type Group, randomGroups, statesOf, weightsSent } from './dopamine-protocols';
import { uniformNumbers } from './uniform-numbers';

const tolerance = 1e-11;
const flat = (states: readonly State[]) => states.flatMap((s) => [s.weight, s.c, s.n, s.Kplus]);

/** Largest error, where it is reached, and what was compared. */
interface Outcome {
  error: number;
  where: string;
  protocols: number;
  weights: number;
  visits: Record<string, number>;
}

/** Compares every weight sent, and the states at some steps; the last is the end. */
function compare(seed: number, groups: number, reads: readonly number[], settings = {}): Outcome {
  const built = build(randomGroups(seed, groups, reads[reads.length - 1] ?? NaN), settings);
  const { kernel, protocols } = built;
  let now = 0;
  const seen = reads.map((step) => {
    kernel.SimulateSync((step - now) / 10);
    now = step;
    return statesOf(built);
  });
  const sent = weightsSent(built);
  const outcome: Outcome = {
    error: 0,
    where: '',
    protocols: protocols.length,
    weights: 0,
    visits: { ...kernel.GetKernelStatus() } as unknown as Record<string, number>,
  };
  protocols.forEach((p, i) => {
    const expected = solve(p.train, p.synapse, () => p.rule, reads);
    const states = flat(seen.flatMap((all) => all[i] ?? []));
    const own = sent[i] ?? [];
    const lost = own.length === expected.sent.length ? 0 : Infinity;
    const errors = [
      lost,
      worst(own, expected.sent).error,
      worst(states, flat(expected.states)).error,
    ];
    const error = Math.max(...errors);
    outcome.weights += own.length;
    if (error > outcome.error) {
      outcome.error = error;
      outcome.where = `protocol ${i}: lost ${errors[0]}, sent ${errors[1]}, states ${errors[2]}; ${JSON.stringify({ rule: p.rule, synapse: p.synapse })}`;
    }
  });
  return outcome;
}

const counted = [
  'visits',
  'visits_flushed',
  'visits_closed_form',
  'visits_by_stretch',
  'visits_by_event',
];
const total: Record<string, number> = { protocols: 0, weights: 0 };

function expectAgreement(outcome: Outcome): void {
  expect(outcome.error <= tolerance ? '' : `${outcome.error}, ${outcome.where}`).toBe('');
  total.protocols = (total.protocols ?? 0) + outcome.protocols;
  total.weights = (total.weights ?? 0) + outcome.weights;
  for (const key of counted) total[key] = (total[key] ?? 0) + (outcome.visits[key] ?? NaN);
}

test.each(Array.from({ length: 20 }, (_, i) => i + 1))('short and dense, seed %d', (seed) => {
  expectAgreement(compare(seed, 10, [1711, 6000], { local_num_threads: 1 + (seed % 3) }));
});

// Sources are silent for longer than synapses wait for them.
test.each([101, 102, 103, 104, 105, 106])('5 s with silent sources, seed %d', (seed) => {
  expectAgreement(compare(seed, 9, [10_000, 23_457, 50_000]));
});

// The weight reaches a bound and turns back from it before the next spike, while the synapse is
// brought up to date several times and read.
test('weights turn back from their bounds while nothing happens', () => {
  const uniform = uniformNumbers(3);
  const at = (step: number, multiplicity = 1): Spike => ({ step, multiplicity });
  const groups = Array.from({ length: 60 }, (_, i): Group => {
    const sign = i % 2 === 0 ? 1 : -1;
    const [tau_n, tau_c, m] = [uniform(200, 600), uniform(1500, 4000), Math.ceil(uniform(2, 9))];
    // Dopamine rises above the baseline by a factor and falls below it within a second or two.
    const b = m / tau_n / uniform(3, 15);
    const room = uniform(0.2, 1) * m;
    const [Wmin, Wmax] = sign > 0 ? [-1e3, room] : [-room, 1e3];
    const [A_plus, A_minus] = [sign * uniform(0.5, 1.5), 0];
    return {
      model: 'stdp_dopamine_synapse',
      rule: { A_plus, A_minus, tau_plus: 20, tau_c, tau_n, b, Wmin, Wmax },
      A_vt: 1,
      dopamine: [at(120, m), at(40_000)],
      pre: [[at(60), at(48_000)]],
      post: [[at(90)]],
      tau_minus: [20],
      weight: [[0]],
      delay: [[10]],
    };
  });
  const reads = [10_000, 30_000, 50_000];
  const built = build(groups);
  const seen = reads.map((step, i) => {
    built.kernel.SimulateSync((step - (reads[i - 1] ?? 0)) / 10);
    return statesOf(built);
  });
  const sent = weightsSent(built);
  let reached = 0;
  built.protocols.forEach((p, i) => {
    const expected = solve(p.train, p.synapse, () => p.rule, reads);
    const own = sent[i] ?? [];
    expect(own.length).toBe(2);
    expect(worst(own, expected.sent).error).toBeLessThanOrEqual(tolerance);
    const states = flat(seen.flatMap((all) => all[i] ?? []));
    expect(worst(states, flat(expected.states)).error).toBeLessThanOrEqual(tolerance);
    // Spikes of dopamine of which there are none change nothing.
    const none = Array.from({ length: 39 }, (_, k) => at((k + 1) * 1000, 0));
    const train = { ...p.train, dopamine: [...p.train.dopamine, ...none] };
    expect(worst(own, solve(train, p.synapse, () => p.rule, []).sent).error).toBeLessThanOrEqual(
      tolerance,
    );
    const free = { ...p.rule, Wmin: -1e3, Wmax: 1e3 };
    const unbounded = solve(p.train, p.synapse, () => free, []).sent;
    if (Math.abs((unbounded[1] ?? NaN) - (own[1] ?? NaN)) > 0.01) reached++;
  });
  expect(reached).toBeGreaterThan(10);
});

test('these were many, and took every way', () => {
  expect(total.protocols).toBeGreaterThanOrEqual(2000);
  expect(total.weights).toBeGreaterThan(10_000);
  for (const key of counted) expect([key, (total[key] ?? 0) > 500]).toEqual([key, true]);
});
