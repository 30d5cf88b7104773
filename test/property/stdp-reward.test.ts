// stdp_reward_synapse and stdp_reward_tsodyks2_synapse, which are lazy, against their rule solved
// event by event, on random protocols; and whatever else is asked or happens meanwhile.
import { worst } from '../reference/compare';
import { build, flat, type Network, simulate, statesOf } from './stdp-reward-network';
import { solve } from './stdp-reward-oracle';
import {
  pairsOf,
  type Plan,
  randomPlan,
  signalOf,
  synapseOf,
  turningPlan,
} from './stdp-reward-protocols';
import { uniformNumbers } from './uniform-numbers';

const tolerance = 1e-11;
const total = { protocols: 0, weights: 0 };

// Threads that have to wait for processors are slow.
jest.setTimeout(120_000);

function expectAgreement(plan: Plan, settings: object = {}): void {
  const network = build(plan, settings);
  const seen = simulate(network);
  const signals = plan.teachers.map(signalOf);
  const solved = plan.groups.flatMap((group) =>
    pairsOf(group).map(([i, j]) => ({
      group,
      synapse: synapseOf(group, i, j),
      ...solve(synapseOf(group, i, j), signals[group.teacher]!, plan.stops, group.rates),
    })),
  );
  const wrong = solved.flatMap(({ group, synapse, sent, states }, p) => {
    const own = seen.sent[p]!;
    total.protocols++;
    total.weights += own.length;
    const errors = {
      lost: sent.length - own.length,
      sent: worst(own, sent).error,
      states: worst(flat(seen.states.map((all) => all[p]!)), flat(states)).error,
    };
    if (errors.lost === 0 && Math.max(errors.sent, errors.states) <= tolerance) return [];
    const { parameters } = plan.teachers[group.teacher]!;
    return [{ p, ...errors, synapse: { ...synapse, pre: [], post: [] }, parameters }];
  });
  expect({ wrong: wrong.length, first: wrong[0] }).toEqual({ wrong: 0, first: undefined });
  network.kernel.dispose();
}

test.each(Array.from({ length: 8 }, (_, i) => i + 1))('short and dense, seed %d', (seed) => {
  expectAgreement(randomPlan(seed, 12, [1711, 3000, 6000]), {
    local_num_threads: seed % 4 === 0 ? 2 : 1,
  });
});

// Sources are silent for longer than synapses wait for them.
test.each([101, 102, 103])('5 s with silent sources, seed %d', (seed) => {
  expectAgreement(randomPlan(seed, 6, [10_000, 23_457, 50_000]));
});

test.each([201, 202])('weights turn back from bounds while nothing happens, seed %d', (seed) => {
  expectAgreement(turningPlan(seed, 10, [1500, 4000, 12_000]));
});

test('these were many', () => {
  expect(total.protocols).toBeGreaterThanOrEqual(1000);
  expect(total.weights).toBeGreaterThan(5000);
});

describe('bit for bit the same', () => {
  const stops = [1711, 6000];
  const plans = [randomPlan(301, 8, stops), turningPlan(302, 4, stops)];
  const results = (
    plan: Plan,
    settings: object = {},
    cuts: readonly number[] = [],
    between?: (network: Network) => void,
  ) => {
    const network = build(plan, settings);
    const { sent, states } = simulate(network, cuts, between);
    network.kernel.dispose();
    return { sent, states: states.map(flat) };
  };
  let expected: ReturnType<typeof results>[] = [];
  beforeAll(() => {
    expected = plans.map((plan) => results(plan));
  });
  const expectSame = (...args: [settings?: object, cuts?: number[], between?: typeof readAll]) => {
    plans.forEach((plan, k) => {
      expect(results(plan, ...args)).toEqual(expected[k]);
    });
  };
  const uniform = uniformNumbers(9);
  const someCuts = () => Array.from({ length: 12 }, () => Math.floor(uniform(1, stops.at(-1)!)));
  const everywhere = Array.from({ length: 85 }, (_, k) => 70 * (k + 1) + (k % 7));
  function readAll(network: Network): void {
    void statesOf(network);
    void network.kernel.GetConnections().get();
  }

  test.each([1, 2])('%d threads', (local_num_threads) => {
    expectSame({ local_num_threads });
  });

  test('however runs are split', () => {
    for (let i = 0; i < 4; i++) expectSame({ local_num_threads: 1 + (i % 2) }, someCuts());
  });

  test('whatever is read in between', () => {
    expectSame({}, everywhere, readAll);
    expectSame({ local_num_threads: 2 }, everywhere, readAll);
  });

  // Each state is left for some ms, and loaded again.
  test.each([1, 2])('from saved and loaded states, %d threads', (local_num_threads) => {
    expectSame({}, [333, 1712, 2500, 4444], ({ kernel }) => {
      const saved = kernel.SaveStateSync();
      kernel.SimulateSync(12.3);
      kernel.LoadStateSync(saved, { local_num_threads });
    });
  });
});
