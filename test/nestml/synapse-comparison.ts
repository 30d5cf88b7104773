// How far two outcomes of a protocol are apart, and whether a built-in rule can have one.
import type { Numbers, Sent } from './synapse-oracle';
import { isGiven, LONGEST_DELAY, type Plan } from './synapse-plan';
import type { Outcome } from './synapse-protocols';
import type { BuiltIn, Rule } from './synapse-rules';

const largest = (values: readonly number[]): number =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/** What is further apart than the tolerance, relative to the largest of such numbers; '' if nothing. */
function apart(
  what: string,
  actual: readonly number[],
  expected: readonly number[],
  tolerance: number,
): string {
  if (actual.length !== expected.length) return `${what}: ${actual.length} of ${expected.length}`;
  const allowed = tolerance * largest(expected);
  const at = expected.findIndex((value, i) => !(Math.abs(actual[i]! - value) <= allowed));
  if (at < 0) return '';
  return `${what}, ${at} of ${expected.length}: ${actual[at]} for ${expected[at]}, ±${allowed}`;
}

/** Of spikes at one time the order is not told. */
const inOrder = (sent: readonly Sent[]): Sent[] =>
  [...sent].sort((a, b) => a.step - b.step || a.weight - b.weight);

/** All that was sent and has arrived, in the order of the keys. */
function sentOf(plan: Plan, { sent }: Outcome, keys: readonly string[]): Sent[] {
  const end = plan.stops.at(-1)!.step - LONGEST_DELAY;
  const counts = ({ step, weight }: Sent): boolean => step <= end && weight !== 0;
  return keys.flatMap((key) => inOrder((sent.get(key) ?? []).filter(counts)));
}

/**
 * What is not the same in both, '' if nothing. A spike with weight 0 is as good as none.
 * @param names Of the numbers to be compared.
 */
export function difference(
  plan: Plan,
  actual: Outcome,
  expected: Outcome,
  { tolerance, names }: { readonly tolerance: number; readonly names: readonly string[] },
): string {
  const keys = [...new Set([...expected.sent.keys(), ...actual.sent.keys()])].sort();
  const [own, right] = [sentOf(plan, actual, keys), sentOf(plan, expected, keys)];
  const column = ({ reads }: Outcome, name: string): number[] =>
    reads.flat().map((numbers: Numbers) => numbers[name] ?? NaN);
  const steps = (all: readonly Sent[]): number[] => all.map(({ step }) => step);
  const weights = (all: readonly Sent[]): number[] => all.map(({ weight }) => weight);
  return [
    apart('steps of spikes', steps(own), steps(right), 0),
    apart('weights sent', weights(own), weights(right), tolerance),
    ...names.map((name) => apart(name, column(actual, name), column(expected, name), tolerance)),
  ]
    .filter((text) => text !== '')
    .join('\n');
}

/** The built-in rule that has the same equations under a plan. */
export const builtInFor = (rule: Rule, plan: Plan): BuiltIn | undefined =>
  rule.builtIns.find((one) => isSame(rule, one, plan));

function isSame(rule: Rule, builtIn: BuiltIn, plan: Plan): boolean {
  const { synapses, targets, stops } = plan;
  const { fits = () => true } = builtIn;
  const begins: Numbers = { ...rule.defaults, ...builtIn.begins };
  const common = Object.keys(plan.p).filter((name) => !rule.ofTarget.includes(name));
  const isUnchanged = stops.every(({ change }) => change === undefined || change.name === 'w');
  // What is made later finds traces of its target, and what is common to all, as they are by then.
  const isOwn = !builtIn.isShared && builtIn.ofTarget === undefined;
  return (
    // Trains are known, and nothing that is sent changes them.
    isGiven(targets[0]!.kind) &&
    isUnchanged &&
    (isOwn || stops.every(({ made }) => made === undefined)) &&
    synapses.every(
      ({ p, s, target }) =>
        fits(p, plan) &&
        rule.ofTarget.every((name) => p[name] === targets[target]!.p[name]) &&
        Object.keys(begins).every((name) => s[name] === begins[name]) &&
        (!builtIn.isShared || common.every((name) => p[name] === plan.p[name])),
    ) &&
    (!builtIn.pairsAtSomata || hasOneDelay(plan))
  );
}

/** Whether all synapses onto each target have the same delay. */
const hasOneDelay = ({ synapses }: Plan): boolean =>
  synapses.every(
    ({ target, delay }) => synapses.find((one) => one.target === target)!.delay === delay,
  );

/** The plan with spikes of targets where they come back to their synapses. */
export function atSomata(plan: Plan): Plan {
  const delayOf = (j: number): number =>
    plan.synapses.find(({ target }) => target === j)?.delay ?? 0;
  const targets = plan.targets.map((target, j) => ({
    ...target,
    spikes: target.spikes.map((spike) => ({ ...spike, step: spike.step + delayOf(j) })),
  }));
  return { ...plan, targets };
}
