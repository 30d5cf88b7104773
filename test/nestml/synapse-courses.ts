// What a protocol must give: by the plain programs of synapse-oracles.ts.
import type { PostSpike } from './synapse-nodes';
import { Course, type Event, type Numbers, type Sent } from './synapse-oracle';
import { type PlannedSynapse, type Plan, type Spike, stopOf } from './synapse-plan';
import { type Outcome, pairOf } from './synapse-protocols';
import type { Rule } from './synapse-rules';

/** @param posts What the targets have sent. */
export function expectedOutcome(rule: Rule, plan: Plan, posts: Outcome['posts']): Outcome {
  const { stops, synapses } = plan;
  const courses = synapses.map((_, k) => courseOf(rule, plan, k, posts));
  const reads: Numbers[][] = [];
  for (const { step, isRead, change } of stops) {
    const present = courses.filter(({ from, until }) => from < step && step <= until);
    for (const { course } of present) course.goOn(step);
    if (isRead) reads.push(present.map((one) => read(one, step, rule, plan)));
    if (!change || present.every(({ k }) => !change.values.has(k))) continue;
    for (const { course, k } of present) {
      const value = change.values.get(k);
      course.change(step, value === undefined ? {} : { [change.name]: value });
    }
  }
  const sent = new Map<string, Sent[]>();
  for (const { course, k } of courses) {
    const key = pairOf(synapses[k]!);
    sent.set(key, [...(sent.get(key) ?? []), ...course.sent]);
  }
  return { reads, sent, posts };
}

/** A synapse, and the steps between which it is there. */
interface Living {
  readonly k: number;
  readonly course: Course;
  readonly from: number;
  readonly until: number;
}

function courseOf(rule: Rule, plan: Plan, k: number, posts: Outcome['posts']): Living {
  const synapse = plan.synapses[k]!;
  const from = stopOf(plan, 'made', k)?.step ?? 0;
  const until = stopOf(plan, 'removed', k)?.step ?? Infinity;
  const rewards = rule.modulator === 'reward' ? rewardsOf(plan) : [];
  const events = [...rewards, ...eventsOf(synapse, plan, posts[synapse.target]!)];
  const oracle = rule.make(synapse.p, { ...synapse.s });
  const life = { perMs: plan.perMs, start: from, delay: synapse.delay };
  const course = new Course(rule.make, oracle, life, events, rule.priorities);
  return { k, course, from, until };
}

/** All numbers of a synapse, also by the other names that they have. */
function read({ course, k }: Living, step: number, rule: Rule, plan: Plan): Numbers {
  const numbers = course.read(step);
  const ms = plan.synapses[k]!.delay / plan.perMs;
  return { ...numbers, weight: numbers.w!, delay: ms, [rule.delay ?? 'delay']: ms };
}

const each = <E extends Event>(spikes: readonly Spike[], event: (step: number) => E): E[] =>
  spikes.flatMap(({ step, multiplicity }) =>
    Array.from({ length: multiplicity }, () => event(step)),
  );

function eventsOf(
  { source, delay }: PlannedSynapse,
  { sources, pulses }: Plan,
  posts: readonly PostSpike[],
): Event[] {
  return [
    ...each(pulses, (step) => ({ step, kind: 'pulse' })),
    ...posts.map(({ step, seen }): Event => ({ step: step + delay, kind: 'post', seen })),
    ...each(sources[source]!, (step) => ({ step, kind: 'pre' })),
  ];
}

/** The reward from a step on: one that is set replaces what is left of the line. */
function rewardsOf({ firstReward, line, stops }: Plan): Event[] {
  const set = stops.flatMap(({ step, reward }) =>
    reward === undefined ? [] : [{ step, value: reward }],
  );
  const first = Math.min(...set.map(({ step }) => step));
  // Of the line a value holds for the step that ends at its time.
  const ahead = line.map(({ step, value }) => ({ step: step - 1, value }));
  const levels = [{ step: 0, value: firstReward }, ...ahead.filter(({ step }) => step < first)];
  return [...levels, ...set].map((level) => ({ ...level, kind: 'reward' }));
}
