// Lazy synapses against the rule solved event by event, on random protocols.
import { worst } from '../reference/compare';
import { type Rule, type State, solve } from './dopamine-oracle';
import {
  build,
  parametersOf,
  randomGroups,
  statesOf,
  uniformNumbers,
  weightsSent,
} from './dopamine-protocols';

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
    const states = flat(seen.map((all) => all[i] as State));
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

test('these were many, and took every way', () => {
  expect(total.protocols).toBeGreaterThanOrEqual(2000);
  expect(total.weights).toBeGreaterThan(10_000);
  for (const key of counted) expect([key, (total[key] ?? 0) > 1000]).toEqual([key, true]);
});
