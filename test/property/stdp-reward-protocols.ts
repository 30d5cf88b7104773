// Random protocols of stdp_reward_synapse and stdp_reward_tsodyks2_synapse: transmitters, each with
// spikes and numbers that reach it, and groups of synapses that obey one of them.
import type { Spike } from './dopamine-oracle';
import type {
  Arrival,
  RewardParameters,
  Rule,
  Setting,
  ShortTerm,
  Signal,
  Synapse,
} from './stdp-reward-oracle';
import { uniformNumbers } from './uniform-numbers';

/** A neuron that is connected with a transmitter. */
export interface Teaching {
  readonly spikes: readonly Spike[];
  readonly weight: number;
  /** Steps. */
  readonly delay: number;
}

/** One transmitter. */
export interface Teacher {
  readonly parameters: RewardParameters;
  /** At receptor 0. */
  readonly neurons: readonly Teaching[];
  /** At receptors 1 and 2. */
  readonly learner: Teaching;
  readonly target: Teaching;
  /** Known from the start; a value holds for the step that ends then, and later. */
  readonly line: readonly Setting[];
  /** The reward that is set between runs; it replaces what is left of the line. */
  readonly set: readonly Setting[];
  readonly clears: readonly number[];
}

/** One copy of a model. */
export interface Group {
  readonly rule: Rule;
  /** Position of its transmitter. */
  readonly teacher: number;
  /** Learning rates that are set between runs. */
  readonly rates: readonly Setting[];
  readonly pre: readonly (readonly Spike[])[];
  readonly post: readonly (readonly Spike[])[];
  readonly tau_minus: readonly number[];
  /** By source and target, as below. */
  readonly weight: readonly (readonly number[])[];
  readonly delay: readonly (readonly number[])[];
  /** Of stdp_reward_tsodyks2_synapse. */
  readonly shortTerm?: readonly (readonly ShortTerm[])[] | undefined;
}

export interface Plan {
  readonly teachers: readonly Teacher[];
  readonly groups: readonly Group[];
  /** Steps at which values are set between runs, and after which everything is compared. */
  readonly stops: readonly number[];
}

const arrivalsOf = ({ spikes, weight, delay }: Teaching): Arrival[] =>
  spikes.map(({ step, multiplicity }) => ({
    emitted: step,
    step: step + delay,
    weight: weight * multiplicity,
  }));

/** What reaches a transmitter, as the oracle has it. */
export function signalOf(teacher: Teacher): Signal {
  const { parameters, neurons, learner, target, line, set, clears } = teacher;
  const first = Math.min(Infinity, ...set.map(({ step }) => step));
  const ahead = line.map(({ step, value }) => ({ step: Math.max(step - 1, 0), value }));
  return {
    parameters,
    levels: [...ahead.filter(({ step }) => step < first), ...set],
    arrivals: neurons.flatMap(arrivalsOf),
    learner: arrivalsOf(learner),
    target: arrivalsOf(target),
    clears,
  };
}

/** The synapse from a source to a target of a group. */
export function synapseOf(group: Group, i: number, j: number): Synapse {
  return {
    weight: group.weight[i]![j]!,
    delay: group.delay[i]![j]!,
    tau_minus: group.tau_minus[j]!,
    pre: group.pre[i]!,
    post: group.post[j]!,
    rule: group.rule,
    shortTerm: group.shortTerm?.[i]?.[j],
  };
}

/** Source and target of each synapse of a group. */
export const pairsOf = ({ pre, post }: Group): [i: number, j: number][] =>
  pre.flatMap((_s, i) => post.map((_t, j): [number, number] => [i, j]));

const SOURCES = 2;
const TARGETS = 4;
const LONGEST_DELAY = 30;
/** Room for delays before the first and after the last spike. */
const LAG = 50;
const LONG = 20_000;

const repeat = <T>(n: number, make: (i: number) => T): T[] =>
  Array.from({ length: n }, (_, i) => make(i));

/** What protocols are drawn with. */
class Draw {
  readonly uniform: (low: number, high: number) => number;
  readonly #steps: number;

  constructor(seed: number, steps: number) {
    this.uniform = uniformNumbers(seed);
    this.#steps = steps;
  }
  get long(): boolean {
    return this.#steps > LONG;
  }
  integer(low: number, high: number): number {
    return Math.floor(this.uniform(low, high + 1));
  }
  pick<T>(...values: readonly T[]): T {
    return values[this.integer(0, values.length - 1)]!;
  }
  chance(p: number): boolean {
    return this.uniform(0, 1) < p;
  }

  /** At these steps and at random ones, some in bursts. */
  train(rate: number, wanted: readonly number[] = []): Spike[] {
    const n = this.integer(0, Math.ceil((2 * rate * this.#steps) / 10_000));
    const chosen = repeat(n, () => this.integer(LAG, this.#steps - LAG)).flatMap((step) =>
      this.chance(0.2) ? repeat(this.integer(2, 4), (k) => step + k * this.integer(1, 4)) : [step],
    );
    return [...new Set([...chosen, ...wanted])]
      .filter((step) => step >= LAG && step <= this.#steps - LAG)
      .sort((a, b) => a - b)
      .map((step) => ({ step, multiplicity: this.pick(1, 1, 1, 2, 3) }));
  }
}

function randomParameters(draw: Draw): RewardParameters {
  const tau_1 = draw.pick(200, draw.uniform(20, 400));
  const tau_2 = draw.pick(1000, tau_1, tau_1 * (1 + 1e-9), draw.uniform(20, 1500));
  return {
    A_1: draw.pick(0, 1.3795e-3, draw.uniform(-0.02, 0.02)),
    A_2: draw.pick(0, 0.2759e-3, draw.uniform(-0.02, 0.02)),
    tau_1,
    tau_2,
    pulse: draw.pick(0, 0, 0.3, -0.2),
    kappa_plus: draw.pick(0.15, draw.uniform(-1, 1)),
    kappa_minus: draw.pick(-0.14, draw.uniform(-1, 1)),
    tau_kappa_1: draw.pick(30, draw.uniform(5, 40)),
    tau_kappa_2: draw.pick(4, draw.uniform(1, 5)),
    kappa_shift: draw.pick(0, 1, -2.5, 4.86),
    kappa_gap: draw.pick(0, 0.1, 1),
    kappa_window: draw.pick(150, 20),
    kappa_delay: draw.pick(0, 40, 400, 0.1),
  };
}

/** `moments`: spikes of synapses, some of which rewards coincide with. */
function randomTeacher(draw: Draw, stops: readonly number[], moments: readonly number[]): Teacher {
  const some = () => moments.filter(() => draw.chance(0.02));
  const rate = () => (draw.long ? draw.pick(0.2, 1) : draw.pick(0, 3, 10));
  const teaching = (weight: number): Teaching => {
    const delay = draw.integer(1, LONGEST_DELAY);
    return {
      spikes: draw.train(
        rate(),
        some().map((step) => step - delay),
      ),
      weight,
      delay,
    };
  };
  const between = stops.slice(0, -1);
  const paired = draw.chance(0.4);
  const silent: Teaching = { spikes: [], weight: 1, delay: 1 };
  const last = stops.at(-1)!;
  const times = new Set(repeat(draw.integer(0, 6), () => draw.integer(2, last)));
  return {
    parameters: randomParameters(draw),
    neurons: repeat(draw.integer(0, 3), (k) =>
      teaching((k % 2 === 0 ? 1 : -1) * draw.pick(1, 0.4)),
    ),
    learner: paired ? teaching(1) : silent,
    target: paired ? teaching(1) : silent,
    line: [0, ...[...times].sort((a, b) => a - b)].map((step) => ({
      step,
      value: draw.pick(0, 0, 0.004, draw.uniform(-0.01, 0.01)),
    })),
    set: between
      .filter(() => draw.chance(0.3))
      .map((step) => ({ step, value: draw.uniform(-0.01, 0.01) })),
    clears: between.filter(() => draw.chance(0.3)),
  };
}

function randomRule(draw: Draw): Rule {
  // Weights of which the amplitudes depend stay away from 0, where their slope is without bounds.
  const dependent = draw.chance(0.3);
  const room = draw.pick(100, 100, 0.3, 0.03, 0);
  const below = dependent ? draw.pick(0.5, room) : draw.pick(1, room);
  return {
    A_plus: draw.pick(1, 0.2, -0.5, 0),
    A_minus: draw.pick(1.05, 0.3, -0.4, 0),
    tau_plus: draw.pick(20, 30, draw.uniform(2, 60)),
    tau_c: draw.pick(400, 200, 20, draw.uniform(5, 1000)),
    mu_plus: dependent ? draw.pick(0.4, 1) : 0,
    mu_minus: dependent ? draw.pick(0, 1) : 0,
    w_0: draw.pick(1, draw.uniform(0.3, 2)),
    Wmin: 1 - Math.min(below, 1),
    Wmax: 1 + room,
    gap: draw.pick(0, 0, 0.1, 0.5, 2),
    alpha_kernel: draw.chance(0.7),
    learning_rate: draw.pick(1, 0.3),
    weight_scale: draw.pick(1, 2.5),
  };
}

/** What a group's neurons send. */
function randomTrains(draw: Draw, delay: Group['delay']): Pick<Group, 'pre' | 'post'> {
  // Short runs need higher rates; in long ones most sources are silent for seconds.
  const rate = () => (draw.long ? draw.pick(0, 0.2, 0.5, 3) : draw.pick(0, 5, 15, 30));
  const pre = repeat(SOURCES, () => draw.train(rate()));
  const post = repeat(TARGETS, (j) => {
    const i = j % SOURCES;
    // Some meet spikes of the source as they arrive or are emitted, or the edges of a gap.
    const meeting = pre[i]!.filter(() => draw.chance(0.4)).map(
      ({ step }) =>
        step + draw.pick(0, ...[0, 1, -1, 5, -6, 20, -20].map((r) => delay[i]![j]! + r)),
    );
    return draw.train(draw.long ? draw.pick(0.5, 4) : rate(), meeting);
  });
  return { pre, post };
}

const randomShortTerm = (draw: Draw): ShortTerm => ({
  U: draw.pick(0.5, draw.uniform(0.05, 0.95)),
  tau_rec: draw.pick(800, draw.uniform(5, 1500)),
  tau_fac: draw.pick(0, 20, draw.uniform(5, 1500)),
});

function randomGroup(draw: Draw, teachers: number, stops: readonly number[]): Group {
  const rule = randomRule(draw);
  const grid = <T>(make: () => T): T[][] => repeat(SOURCES, () => repeat(TARGETS, make));
  const delay = grid(() => draw.pick(1, 10, 10, draw.integer(1, LONGEST_DELAY)));
  return {
    rule,
    teacher: draw.integer(0, teachers - 1),
    rates: stops
      .slice(0, -1)
      .filter(() => draw.chance(0.3))
      .map((step) => ({ step, value: draw.pick(0, 0.5, 2) })),
    ...randomTrains(draw, delay),
    tau_minus: repeat(TARGETS, () => draw.pick(20, draw.uniform(3, 60))),
    weight: grid(() =>
      draw.pick(1, Math.max(rule.Wmin, Math.min(rule.Wmax, draw.uniform(0.9, 1.1)))),
    ),
    delay,
    shortTerm: draw.chance(0.4) ? grid(() => randomShortTerm(draw)) : undefined,
  };
}

/** So many groups, which share half as many transmitters; the last of the stops is the end. */
export function randomPlan(seed: number, count: number, stops: readonly number[]): Plan {
  const draw = new Draw(seed, stops.at(-1)!);
  const teachers = Math.ceil(count / 2);
  const groups = repeat(count, () => randomGroup(draw, teachers, stops));
  return {
    groups,
    teachers: repeat(teachers, (t) => {
      const taught = groups.filter(({ teacher }) => teacher === t);
      const moments = taught.flatMap((group) => [
        ...group.pre.flatMap((spikes, i) => spikes.map((s) => s.step + group.delay[i]![0]!)),
        ...group.post.flatMap((spikes) => spikes.map((s) => s.step)),
      ]);
      return randomTeacher(draw, stops, moments);
    }),
    stops,
  };
}

/**
 * Groups of which a few spikes early on leave an eligibility and a reward that change their signs
 * while nothing happens, between bounds so close that weights turn back from them.
 */
export function turningPlan(seed: number, count: number, stops: readonly number[]): Plan {
  const { teachers, groups } = randomPlan(seed, count, stops);
  const draw = new Draw(seed + 0.5, stops.at(-1)!);
  const until = 600;
  const early = () =>
    [draw.integer(LAG, until / 2), draw.integer(until / 2 + 1, until)].map((step) => ({
      step,
      multiplicity: draw.pick(1, 2),
    }));
  const sign = () => draw.pick(-1, 1);
  // Transmits what has become of the weight.
  const late = { step: stops.at(-1)! - LAG, multiplicity: 1 };
  return {
    stops,
    teachers: teachers.map((teacher) => ({
      ...teacher,
      parameters: {
        ...teacher.parameters,
        A_1: sign() * draw.uniform(0.01, 0.05),
        A_2: sign() * draw.uniform(0.01, 0.05),
        tau_1: draw.uniform(10, 100),
        tau_2: draw.uniform(50, 200),
      },
      neurons: [{ spikes: early(), weight: sign(), delay: draw.integer(1, LONGEST_DELAY) }],
      line: [0, until].map((step) => ({ step, value: sign() * draw.uniform(0, 0.01) })),
      set: [],
      clears: [],
    })),
    groups: groups.map((group) => ({
      ...group,
      rule: {
        ...group.rule,
        A_plus: sign() * draw.uniform(1, 2),
        A_minus: sign() * draw.uniform(1, 2),
        tau_c: draw.uniform(30, 150),
        Wmin: 1 - draw.uniform(0.02, 0.3),
        Wmax: 1 + draw.uniform(0.02, 0.3),
        alpha_kernel: draw.chance(0.9),
      },
      pre: repeat(SOURCES, () => [...early(), late]),
      post: repeat(TARGETS, () => early()),
      weight: repeat(SOURCES, () => repeat(TARGETS, () => 1)),
    })),
  };
}
