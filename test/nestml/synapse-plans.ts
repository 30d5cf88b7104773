// Random protocols of a synapse.
import type { Draws } from '../fuzz/draws';
import type { Numbers } from './synapse-oracle';
import {
  type Change,
  isGiven,
  LONGEST_DELAY,
  type Plan,
  type PlannedSynapse,
  type Spike,
  type Stop,
  type Target,
  type TargetKind,
} from './synapse-plan';
import type { TriedModel } from './synapse-rules';

/** No spike comes earlier: what causes it takes some steps. */
const FIRST = 12;
/** Sources are silent for longer than synapses wait for them. */
const LONG_MS = 3200;

/** What a rule is tried with. */
export function randomPlan(rule: TriedModel, draws: Draws): Plan {
  return new PlanDraws(rule, draws).plan();
}

class PlanDraws {
  readonly #rule: TriedModel;
  readonly #draws: Draws;
  readonly #perMs: number;
  readonly #isLong: boolean;
  readonly #steps: number;
  /** A built-in rule can do it, too. */
  readonly #isPlain: boolean;
  /** How many spikes a source, or a parrot, sends in a step. */
  readonly #multiplicities: readonly number[];
  readonly #p: Numbers;
  readonly #s: Numbers;
  /** Parameters that differ from synapse to synapse, and states. */
  readonly #variedParameters: readonly string[];
  readonly #variedStates: readonly string[];

  constructor(rule: TriedModel, draws: Draws) {
    this.#rule = rule;
    this.#draws = draws;
    this.#perMs = draws.pick([10, 10, 2]);
    this.#isLong = draws.chance(0.05);
    this.#steps = this.#perMs * (this.#isLong ? LONG_MS : 60 + draws.below(240));
    this.#isPlain = draws.chance(0.5);
    this.#multiplicities = draws.pick([[1], [1, 1, 1, 1, 1, 1, 2, 3]]);
    this.#p = this.#parameters();
    const begins = { ...rule.defaults, ...rule.builtIns[0]?.begins };
    const usual = draws.pick([rule.defaults, begins]);
    const { w, ...drawn } = rule.states(draws, this.#p);
    this.#s = { ...(this.#isPlain || draws.chance(0.3) ? usual : drawn), w: w! };
    const some = (names: readonly string[]): string[] => names.filter(() => draws.chance(0.4));
    const names = Object.keys(this.#p).filter((name) => !rule.ofTarget.includes(name));
    const isMixed = !this.#isPlain && draws.chance(0.3);
    const differing = draws.chance(0.5) ? some(names) : [];
    this.#variedParameters = [...differing, ...(isMixed ? some(rule.ofTarget) : [])];
    const states = Object.keys(rule.defaults).filter((name) => !rule.booleans.includes(name));
    this.#variedStates = !this.#isPlain && draws.chance(0.5) ? some(states) : [];
  }

  plan(): Plan {
    const draws = this.#draws;
    const isWide = !this.#isLong && draws.chance(0.1);
    const sources = draws.list(3 + draws.below(3), () => this.#train());
    const count = isWide ? 24 : 2 + draws.below(3);
    const delays = draws.list(count, () => this.#delay());
    const kind = this.#kind();
    const targets = delays.map((delay) => this.#target(kind, sources, delay));
    const synapses = this.#synapses(sources.length, targets, delays);
    const plain = this.#stops(synapses);
    const isWorkedOn = isGiven(kind) && draws.chance(0.4);
    const stops = isWorkedOn ? plain.map((_, i) => this.#worked(plain, i, synapses)) : plain;
    return {
      ...{ perMs: this.#perMs, threads: 1 + draws.below(3), p: this.#p, s: this.#s },
      ...{ sources, synapses, stops },
      targets: targets.map((target) => quiet(target, stops)),
      varied: [...this.#variedParameters, ...this.#rule.ofTarget, ...this.#variedStates],
      pulses: this.#pulses(sources, targets, delays),
      ...{ pulseDelay: 1 + draws.below(8), firstReward: draws.pick([0, draws.between(-1, 1)]) },
      line: this.#moments(8).map((step) => ({ step, value: draws.between(-1, 1) })),
    };
  }

  #parameters(): Numbers {
    const drawn = this.#rule.parameters(this.#draws);
    return this.#isLong ? { ...drawn, ...this.#rule.whenLong } : drawn;
  }

  #delay(): number {
    return 1 + this.#draws.below(LONGEST_DELAY);
  }

  /** At most so many steps, in order. */
  #moments(most: number): number[] {
    const draws = this.#draws;
    const steps = draws.list(draws.below(most + 1), () => 1 + draws.below(this.#steps - 1));
    return [...new Set(steps)].sort((a, b) => a - b);
  }

  /** Spikes at random, some in bursts, and some at given steps. */
  #train(wanted: readonly number[] = []): Spike[] {
    const draws = this.#draws;
    const most = this.#isLong ? 6 : 14;
    const steps = draws.list(draws.below(most), () => {
      const step = FIRST + draws.below(this.#steps - FIRST);
      return draws.chance(0.2) ? draws.list(3, (k) => step + k * (1 + draws.below(4))) : [step];
    });
    const all = new Set([...steps.flat(), ...wanted]);
    return [...all]
      .filter((step) => step >= FIRST && step <= this.#steps)
      .sort((a, b) => a - b)
      .map((step) => ({ step, multiplicity: draws.pick(this.#multiplicities) }));
  }

  #kind(): TargetKind {
    const kinds: readonly TargetKind[] = ['parrot_neuron', 'clamped_neuron'];
    const neurons: readonly TargetKind[] = ['iaf_psc_exp', 'listening_neuron', 'listening_neuron'];
    if (this.#rule.readsPotential) return this.#draws.pick(neurons);
    return this.#draws.pick(this.#isPlain ? kinds : [...kinds, ...neurons]);
  }

  /** Some of its spikes come back at the time of one of a source, or are of the same time. */
  #target(kind: TargetKind, sources: Plan['sources'], delay: number): Target {
    const draws = this.#draws;
    const meeting = sources
      .flat()
      .filter(() => draws.chance(this.#isLong ? 0.2 : 0.1))
      .map(({ step }) => step + draws.pick([0, -delay, -delay, 1 - delay, -1 - delay]));
    const train = this.#train(meeting);
    const isSingle = kind !== 'parrot_neuron';
    const parameters = this.#parameters();
    return {
      kind,
      spikes: isSingle ? train.map(({ step }) => ({ step, multiplicity: 1 })) : train,
      level: kind === 'iaf_psc_exp' ? draws.between(-78, -60) : draws.between(-3, 8),
      p: Object.fromEntries(this.#rule.ofTarget.map((name) => [name, parameters[name]!])),
    };
  }

  #synapses(
    sources: number,
    targets: readonly Target[],
    delays: readonly number[],
  ): PlannedSynapse[] {
    const draws = this.#draws;
    const isOneDelay = draws.chance(0.6);
    const make = (source: number, target: number): PlannedSynapse => {
      const drawn = this.#parameters();
      const own = this.#variedParameters.map((name) => [name, drawn[name]!] as const);
      const p = { ...this.#p, ...targets[target]!.p, ...Object.fromEntries(own) };
      const states = this.#rule.states(draws, p);
      const differing = this.#variedStates.map((name) => [name, states[name]!] as const);
      const s = { ...this.#s, ...Object.fromEntries(differing), w: states.w! };
      return { source, target, delay: isOneDelay ? delays[target]! : this.#delay(), p, s };
    };
    const pairs = draws.list(sources, (i) => targets.map((_, j) => [i, j] as const)).flat();
    const made = pairs.flatMap(([i, j]) =>
      draws.list(draws.pick([0, 1, 1, 1, 2, 3]), () => make(i, j)),
    );
    return made.length > 0 ? made : [make(0, 0)];
  }

  #stops(synapses: readonly PlannedSynapse[]): Stop[] {
    const draws = this.#draws;
    const between = this.#moments(5).map((step): Stop => {
      const isChanged = draws.chance(0.35);
      return {
        ...{ step, isRead: draws.chance(0.6) },
        change: isChanged ? this.#change(synapses) : undefined,
        reward: draws.chance(0.3) ? draws.between(-1, 1) : undefined,
      };
    });
    return [...between, { step: this.#steps, isRead: true }];
  }

  /** Some synapses are made at the first stop, and others removed at the second; the first one stays. */
  #worked(stops: readonly Stop[], at: number, synapses: readonly PlannedSynapse[]): Stop {
    const stop = stops[at]!;
    if (at > 1 || at === stops.length - 1) return stop;
    const some = synapses.flatMap((_, k) => (k % 4 === 1 + at ? [k] : []));
    return { ...stop, ...(at === 0 ? { made: some } : { removed: some }) };
  }

  /** Bounds stay: a weight beyond them is another matter. */
  #change(synapses: readonly PlannedSynapse[]): Change {
    const draws = this.#draws;
    const names = [...Object.keys(this.#p), ...Object.keys(this.#rule.defaults)].filter(
      (name) => !/^W(min|max)$/.test(name) && !this.#rule.booleans.includes(name),
    );
    const name = this.#isPlain ? 'w' : draws.pick(['w', ...names]);
    const values = synapses.flatMap(({ p }, k): [number, number][] => {
      if (draws.chance(0.4)) return [];
      const drawn = { ...this.#parameters(), ...this.#rule.states(draws, p) };
      return [[k, drawn[name]!]];
    });
    return { name, values: new Map(values) };
  }

  /** Some at the times of other spikes. */
  #pulses(
    sources: Plan['sources'],
    targets: readonly Target[],
    delays: readonly number[],
  ): Spike[] {
    const draws = this.#draws;
    const moments = [
      ...sources.flat().map(({ step }) => step),
      ...targets.flatMap(({ spikes }, j) => spikes.map(({ step }) => step + delays[j]!)),
    ];
    return this.#train(moments.filter(() => draws.chance(0.05)));
  }
}

/** Without spikes that are on their way to synapses when these are made. */
function quiet(target: Target, stops: readonly Stop[]): Target {
  const steps = stops.flatMap(({ step, made }) => (made ? [step] : []));
  const isUnderWay = (spike: Spike): boolean =>
    steps.some((step) => spike.step > step - LONGEST_DELAY && spike.step <= step);
  return { ...target, spikes: target.spikes.filter((spike) => !isUnderWay(spike)) };
}
