// The oracle of reward-modulated pairing against what its definition gives when it is integrated in
// small steps, and against closed forms.
import { worst } from '../reference/compare';
import { closedForms, errorOf, fetzBakerResponse } from '../reference/stdp-reward-closed-forms';
import { integrate } from './stdp-reward-integration';
import { solve } from './stdp-reward-oracle';
import {
  pairsOf,
  type Plan,
  randomPlan,
  signalOf,
  synapseOf,
  turningPlan,
} from './stdp-reward-protocols';

/** The same with bounds out of reach, so that pairings must not depend on the weight. */
function withoutBounds(plan: Plan): Plan {
  const groups = plan.groups.map((group) => ({
    ...group,
    rule: { ...group.rule, Wmin: -1e9, Wmax: 1e9, mu_plus: 0, mu_minus: 0 },
  }));
  return { ...plan, groups };
}

interface Compared {
  readonly error: number;
  readonly weights: number;
  /** Protocols of which the weight was at a bound when it was read. */
  readonly bounded: number;
}

function compare(plan: Plan, finer: number): Compared {
  let [error, weights, bounded] = [0, 0, 0];
  for (const group of plan.groups) {
    const signal = signalOf(plan.teachers[group.teacher]!);
    for (const [i, j] of pairsOf(group)) {
      const synapse = { ...synapseOf(group, i, j), shortTerm: undefined };
      const own = solve(synapse, signal, plan.stops, group.rates);
      const right = integrate(synapse, signal, plan.stops, group.rates, finer);
      const flat = ({ sent, states }: typeof right) => [
        ...sent,
        ...states.flatMap((s) => [s.weight, s.c, s.g]),
      ];
      expect(own.sent.length).toBe(right.sent.length);
      error = Math.max(error, worst(flat(own), flat(right)).error);
      weights += own.sent.length;
      const { Wmin, Wmax } = group.rule;
      const last = own.states.at(-1)!.weight;
      if (Wmin < Wmax && (last === Wmin || last === Wmax)) bounded++;
    }
  }
  return { error, weights, bounded };
}

const stops = [433, 1200];

test.each([1, 2, 3])('without bounds it is the integral, seed %d', (seed) => {
  const { error, weights } = compare(withoutBounds(randomPlan(seed, 5, stops)), 1);
  expect(error).toBeLessThanOrEqual(1e-12);
  expect(weights).toBeGreaterThan(50);
});

let bounded = 0;
test.each([4, 5, 6])('within bounds it is what small steps tend to, seed %d', (seed) => {
  const compared = compare(randomPlan(seed, 4, stops), 5);
  expect(compared.error).toBeLessThanOrEqual(1e-6);
  bounded += compared.bounded;
});
test('and bounds were reached', () => {
  expect(bounded).toBeGreaterThan(5);
});

test.each([1, 2])('weights turn back from bounds while nothing happens, seed %d', (seed) => {
  expect(compare(turningPlan(seed, 4, [800, 2000]), 2).error).toBeLessThanOrEqual(1e-6);
});

// What rounding is worth: the oracle takes other ways to the same numbers.
test('reads in between make no difference', () => {
  const plan = randomPlan(7, 12, [1711, 3000, 6000]);
  const others = Array.from({ length: 80 }, (_, k) => 73 * (k + 1));
  for (const group of plan.groups) {
    const signal = signalOf(plan.teachers[group.teacher]!);
    for (const [i, j] of pairsOf(group)) {
      const synapse = synapseOf(group, i, j);
      const { sent } = solve(synapse, signal, [], group.rates);
      expect(worst(solve(synapse, signal, others, group.rates).sent, sent).error).toBeLessThan(
        1e-13,
      );
    }
  }
});

test.each(closedForms)('%s', (_name, closedForm) => {
  const { teachers, groups, stops } = closedForm.plan;
  const [group, teacher] = [groups[0]!, teachers[0]!];
  const own = solve(synapseOf(group, 0, 0), signalOf(teacher), stops, group.rates);
  expect(errorOf(closedForm, own)).toBeLessThanOrEqual(1e-14);
});

// In decimal arithmetic of 40 digits.
test('the response to two alpha functions', () => {
  expect(Math.abs(fetzBakerResponse / 0.06042446920907125 - 1)).toBeLessThanOrEqual(1e-13);
});
