// stdp_reward_synapse and stdp_reward_tsodyks2_synapse, event by event and in plain arithmetic: slow
// and short, to compare with.
//
//     dw/dt = learning_rate c(t) d(t)        tau_c dc/dt = −c + g        tau_c dg/dt = −g
//
// Between events c is a polynomial times an exponential, and d the sum of a constant and two such
// products, so that the integral of c d is known. w turns where c or d changes its sign; it stays
// within its bounds at every moment if it is clipped there and at events.
import type { Spike } from './dopamine-oracle';
import {
  type ExponentialPolynomial,
  integral,
  product,
  shifted,
  signChanges,
  valueAt,
} from './exponential-polynomials';

/** Parameters of the synapse model. */
export interface Rule {
  readonly A_plus: number;
  readonly A_minus: number;
  readonly tau_plus: number;
  readonly tau_c: number;
  readonly mu_plus: number;
  readonly mu_minus: number;
  readonly w_0: number;
  readonly Wmin: number;
  readonly Wmax: number;
  /** ms, of which the whole steps count. */
  readonly gap: number;
  readonly alpha_kernel: boolean;
  readonly learning_rate: number;
  readonly weight_scale: number;
}

/** Parameters of a synapse of stdp_reward_tsodyks2_synapse. */
export interface ShortTerm {
  readonly U: number;
  readonly tau_rec: number;
  readonly tau_fac: number;
}

export interface Synapse {
  readonly weight: number;
  /** Steps. */
  readonly delay: number;
  readonly tau_minus: number;
  /** As they are emitted. */
  readonly pre: readonly Spike[];
  readonly post: readonly Spike[];
  readonly rule: Rule;
  readonly shortTerm?: ShortTerm | undefined;
}

/** Parameters of the reward_transmitter that say what spikes cause. */
export interface RewardParameters {
  readonly A_1: number;
  readonly A_2: number;
  readonly tau_1: number;
  readonly tau_2: number;
  readonly pulse: number;
  readonly kappa_plus: number;
  readonly kappa_minus: number;
  readonly tau_kappa_1: number;
  readonly tau_kappa_2: number;
  readonly kappa_shift: number;
  readonly kappa_gap: number;
  readonly kappa_window: number;
  readonly kappa_delay: number;
}

/** Spikes that reach the transmitter at one step by one connection. */
export interface Arrival {
  readonly emitted: number;
  readonly step: number;
  /** Of the connection, times the multiplicity. */
  readonly weight: number;
}

/** A number that holds from the end of a step on. */
export interface Setting {
  readonly step: number;
  readonly value: number;
}

/** All that reaches one transmitter. */
export interface Signal {
  readonly parameters: RewardParameters;
  readonly levels: readonly Setting[];
  /** At receptor 0. */
  readonly arrivals: readonly Arrival[];
  /** At receptors 1 and 2. */
  readonly learner: readonly Arrival[];
  readonly target: readonly Arrival[];
  /** At the ends of these steps, what spikes have sent is forgotten. */
  readonly clears: readonly number[];
}

export interface State {
  readonly weight: number;
  readonly c: number;
  readonly g: number;
  readonly u: number;
  readonly x: number;
}

/** ms. */
export const h = 0.1;

// Differences of times are multiples of a step but for rounding.
const ROUNDING = 1e-9;
const stepsOf = (ms: number): number => Math.floor(ms / h + ROUNDING);

/** Area of the pulse that a learner's spike and a target's, r ms earlier, send. */
export function kappa(r: number, p: RewardParameters): number {
  const shifted = r + p.kappa_shift;
  if (Math.abs(shifted) <= p.kappa_gap + ROUNDING) return 0;
  const amplitude = shifted > 0 ? p.kappa_plus : p.kappa_minus;
  const distance = Math.abs(shifted);
  return amplitude * (Math.exp(-distance / p.tau_kappa_1) - Math.exp(-distance / p.tau_kappa_2));
}

interface Sent {
  readonly step: number;
  readonly size: number;
}

/** What spikes send: sizes of kernels that begin, and areas of pulses, one a step. */
export function sentBy(signal: Signal): { kernels: Sent[]; pulses: Sent[] } {
  const { parameters: p, arrivals, learner, target, clears } = signal;
  const lives = (emitted: number, step: number) =>
    clears.every((clear) => clear < emitted || clear >= step);
  const kernels = new Map<number, number>();
  const pulses = new Map<number, number>();
  const add = (to: Map<number, number>, step: number, size: number) =>
    to.set(step, (to.get(step) ?? 0) + size);
  for (const { emitted, step, weight } of arrivals) {
    if (!lives(emitted, step)) continue;
    add(kernels, step, weight);
    add(pulses, step, weight * p.pulse);
  }
  for (const l of learner) {
    for (const t of target) {
      const step = Math.max(l.step, t.step) + Math.round(p.kappa_delay / h);
      const r = l.step - t.step;
      if (Math.abs(r) > stepsOf(p.kappa_window)) continue;
      if (!lives(Math.min(l.emitted, t.emitted), step)) continue;
      add(pulses, step, l.weight * t.weight * kappa(r * h, p));
    }
  }
  const list = (of: Map<number, number>) => [...of].map(([step, size]) => ({ step, size }));
  return { kernels: list(kernels), pulses: list(pulses) };
}

/** A synapse on its way from event to event. */
class Walk {
  readonly sent: number[] = [];
  readonly states: State[] = [];
  readonly #synapse: Synapse;
  readonly #parameters: RewardParameters;
  #now = 0;
  #weight: number;
  #c = 0;
  #g = 0;
  #release = { u: NaN, x: NaN };
  #rate: number;
  #level = 0;
  #kernels: ExponentialPolynomial = [];
  readonly #pre: Spike[] = [];
  readonly #post: Spike[] = [];

  constructor(synapse: Synapse, parameters: RewardParameters) {
    this.#synapse = synapse;
    this.#parameters = parameters;
    this.#weight = synapse.weight;
    this.#rate = synapse.rule.learning_rate;
    if (synapse.shortTerm) this.#release = { u: synapse.shortTerm.U, x: 1 };
    this.clear();
  }

  advance(step: number): void {
    const length = (step - this.#now) * h;
    if (length > 0) {
      const { tau_c, alpha_kernel } = this.#synapse.rule;
      const slope = alpha_kernel ? this.#g / tau_c : 0;
      const c = [{ rate: 1 / tau_c, polynomial: [this.#c, slope] }];
      const d = [{ rate: 0, polynomial: [this.#level] }, ...this.#kernels];
      const turns = [...signChanges(c, length), ...signChanges(d, length), length];
      let from = 0;
      for (const turn of turns.sort((a, b) => a - b)) {
        const drive = product(shifted(c, from), shifted(d, from));
        this.#change(integral(drive, turn - from));
        from = turn;
      }
      this.#c = valueAt(c, length);
      this.#g *= Math.exp(-length / tau_c);
      this.#kernels = shifted(this.#kernels, length);
    }
    this.#now = step;
  }

  /** By what unit learning rate changes the weight. */
  #change(by: number): void {
    const { Wmin, Wmax } = this.#synapse.rule;
    this.#weight = Math.min(Math.max(this.#weight + this.#rate * by, Wmin), Wmax);
  }

  pulse(area: number): void {
    this.#change(this.#c * area);
  }
  startKernel(size: number): void {
    const { A_1, A_2, tau_1, tau_2 } = this.#parameters;
    const slopes = [(size * A_1) / tau_1, (-size * A_2) / tau_2];
    this.#kernels = this.#kernels.map(({ rate, polynomial: [value = 0, slope = 0] }, i) => ({
      rate,
      polynomial: [value, slope + slopes[i]!],
    }));
  }
  clear(): void {
    const { tau_1, tau_2 } = this.#parameters;
    this.#kernels = [tau_1, tau_2].map((tau) => ({ rate: 1 / tau, polynomial: [0, 0] }));
  }
  setLevel(value: number): void {
    this.#level = value;
  }
  setRate(value: number): void {
    this.#rate = value;
  }

  preSpike(multiplicity: number): void {
    const { rule, tau_minus, shortTerm } = this.#synapse;
    for (let i = 0; i < multiplicity; i++) {
      if (shortTerm) this.#recover(shortTerm);
      const released = shortTerm ? this.#release.u * this.#release.x : 1;
      this.sent.push(rule.weight_scale * this.#weight * released);
      this.#pre.push({ step: this.#now, multiplicity: 1 });
    }
    const { A_minus, mu_minus, w_0 } = rule;
    const amplitude = A_minus * w_0 ** (1 - mu_minus) * this.#weight ** mu_minus;
    this.#pair(-amplitude * multiplicity * this.#trace(this.#post, tau_minus));
  }
  postSpike(multiplicity: number): void {
    const { A_plus, mu_plus, w_0, tau_plus } = this.#synapse.rule;
    const amplitude = A_plus * w_0 ** (1 - mu_plus) * this.#weight ** mu_plus;
    this.#pair(amplitude * multiplicity * this.#trace(this.#pre, tau_plus));
    this.#post.push({ step: this.#now, multiplicity });
  }

  /** Spikes further away than the gap. */
  #trace(spikes: readonly Spike[], tau: number): number {
    const last = this.#now - stepsOf(this.#synapse.rule.gap);
    return spikes
      .filter(({ step }) => step < last)
      .reduce((sum, s) => sum + s.multiplicity * Math.exp((-(this.#now - s.step) * h) / tau), 0);
  }
  #pair(W: number): void {
    if (this.#synapse.rule.alpha_kernel) this.#g += W;
    else this.#c += W;
  }

  /** To the present spike, from the last one if there was one. */
  #recover({ U, tau_rec, tau_fac }: ShortTerm): void {
    const last = this.#pre.at(-1);
    if (!last) return;
    const elapsed = (this.#now - last.step) * h;
    const { u, x } = this.#release;
    const facilitation = tau_fac > 0 ? Math.exp(-elapsed / tau_fac) : 0;
    this.#release = {
      u: U + u * (1 - U) * facilitation,
      x: 1 + (x * (1 - u) - 1) * Math.exp(-elapsed / tau_rec),
    };
  }

  read(): void {
    this.states.push({ weight: this.#weight, c: this.#c, g: this.#g, ...this.#release });
  }
}

/** At equal times in this order. */
const Rank = { reward: 0, pre: 1, post: 2, read: 3, setting: 4 } as const;

/**
 * Every weight sent, and the states read at the given steps, after all events there. `rates`:
 * learning rates that replace the rule's.
 */
export function solve(
  synapse: Synapse,
  signal: Signal,
  reads: readonly number[],
  rates: readonly Setting[] = [],
): { sent: number[]; states: State[] } {
  const walk = new Walk(synapse, signal.parameters);
  const { kernels, pulses } = sentBy(signal);
  const at = <T extends { readonly step: number }>(
    rank: number,
    events: readonly T[],
    act: (event: T) => void,
    delay = 0,
  ) => events.map((event) => ({ step: event.step + delay, rank, act: () => act(event) }));
  const steps = (of: readonly number[]) => of.map((step) => ({ step }));
  const events = [
    ...at(Rank.reward, pulses, ({ size }) => walk.pulse(size)),
    ...at(Rank.reward, kernels, ({ size }) => walk.startKernel(size)),
    ...at(Rank.pre, synapse.pre, (s) => walk.preSpike(s.multiplicity), synapse.delay),
    ...at(Rank.post, synapse.post, (s) => walk.postSpike(s.multiplicity)),
    ...at(Rank.read, steps(reads), () => walk.read()),
    ...at(Rank.setting, signal.levels, ({ value }) => walk.setLevel(value)),
    ...at(Rank.setting, rates, ({ value }) => walk.setRate(value)),
    ...at(Rank.setting, steps(signal.clears), () => walk.clear()),
  ].sort((a, b) => a.step - b.step || a.rank - b.rank);
  for (const { step, act } of events) {
    walk.advance(step);
    act();
  }
  return { sent: walk.sent, states: walk.states };
}
