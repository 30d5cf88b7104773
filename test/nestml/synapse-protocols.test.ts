// Synapses of texts under random protocols: against plain programs of the same equations, and against
// built-in rules. TEGMENTA_FUZZ_COUNT: protocols of each rule (default 30); TEGMENTA_FUZZ_SEED: the
// first of their seeds (default 1).
import type { Kernel } from '../../lib';
import { Draws } from '../fuzz/draws';
import { atSomata, builtInFor, difference } from './synapse-comparison';
import { expectedOutcome } from './synapse-courses';
import type { Plan } from './synapse-plan';
import { randomPlan } from './synapse-plans';
import { kernelOf, type Outcome, Protocol } from './synapse-protocols';
import { type BuiltIn, type Rule, rules } from './synapse-rules';

const count = Number(process.env.TEGMENTA_FUZZ_COUNT ?? 30);
const first = Number(process.env.TEGMENTA_FUZZ_SEED ?? 1);
const seeds = Array.from({ length: count }, (_, i) => first + i);

/** What was worth comparing. */
interface Seen {
  sent: number;
  posts: number;
  /** Synapses with a state that is not what it was. */
  changed: number;
  builtIns: number;
}

function runBuiltIn(kernel: Kernel, rule: Rule, plan: Plan, builtIn: BuiltIn): Outcome {
  kernel.ResetKernel();
  const own = builtIn.pairsAtSomata ? atSomata(plan) : plan;
  return Protocol.make(kernel, rule, own, builtIn).run();
}

/** What is not as it must be, '' if nothing. */
function tried(kernel: Kernel, rule: Rule, plan: Plan, seen: Seen): string {
  kernel.ResetKernel();
  const actual = Protocol.make(kernel, rule, plan).run();
  const expected = expectedOutcome(rule, plan, actual.posts);
  seen.sent += [...expected.sent.values()].flat().length;
  seen.posts += actual.posts.flat().length;
  const last = expected.reads.at(-1)!;
  seen.changed += last.filter((numbers) =>
    Object.keys(rule.defaults).some((name) => numbers[name] !== plan.s[name]),
  ).length;
  const names = Object.keys(last[0]!);
  const ofOracle = difference(plan, actual, expected, { tolerance: 1e-11, names });
  const builtIn = builtInFor(rule, plan);
  if (builtIn === undefined || ofOracle !== '') return ofOracle;
  seen.builtIns++;
  const known = runBuiltIn(kernel, rule, plan, builtIn);
  const text = difference(plan, actual, known, { tolerance: 1e-12, names: ['weight', 'delay'] });
  return text === '' ? '' : `${builtIn.model}: ${text}`;
}

describe.each(rules.map((rule) => [rule.name, rule] as const))('%s', (_, rule) => {
  test(`is what its equations say, and the built-in rule, ${count} times`, async () => {
    const kernel = await kernelOf(rule);
    const seen: Seen = { sent: 0, posts: 0, changed: 0, builtIns: 0 };
    for (const seed of seeds) {
      const wrong = tried(kernel, rule, randomPlan(rule, new Draws(seed)), seen);
      // The seed is told with what is wrong.
      expect([seed, wrong]).toEqual([seed, '']);
    }
    // A few protocols alone may be silent.
    const many = Math.floor(count / 30);
    const changes = Object.keys(rule.defaults).length > 0;
    expect(seen.sent).toBeGreaterThanOrEqual(600 * many);
    expect(seen.posts).toBeGreaterThanOrEqual(150 * many);
    expect(seen.changed).toBeGreaterThanOrEqual(changes ? 100 * many : 0);
    expect(seen.builtIns).toBeGreaterThanOrEqual(rule.builtIns.length > 0 ? many : 0);
    kernel.dispose();
  }, 3_600_000);
});
