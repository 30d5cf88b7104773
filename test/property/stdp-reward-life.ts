// A network of stdp_reward_synapse and stdp_reward_tsodyks2_synapse while it is changed: all synapses
// at every event, whatever is made, removed or set between. Plain and slow, to compare with.
import type { Spike } from './dopamine-oracle';
import { integral, product, shifted, signChanges, valueAt } from './exponential-polynomials';
import { h, kappa, type RewardParameters, type Rule, type ShortTerm } from './stdp-reward-oracle';

const ROUNDING = 1e-9;
const stepsOf = (ms: number): number => Math.floor(ms / h + ROUNDING);
const roundedSteps = (ms: number): number => Math.round(ms / h);

/** A trace right after spikes; it decays from there with the time constant of the day. */
interface Traced {
  readonly step: number;
  readonly trace: number;
}

function addSpikes(list: Traced[], step: number, multiplicity: number, tau: number): void {
  const last = list.at(-1);
  const left = last ? last.trace * Math.exp((-(step - last.step) * h) / tau) : 0;
  list.push({ step, trace: left + multiplicity });
}

/** At a time, of the spikes before another. */
function traceAt(list: readonly Traced[], step: number, before: number, tau: number): number {
  const last = list.findLast((spike) => spike.step < before);
  return last ? last.trace * Math.exp((-(step - last.step) * h) / tau) : 0;
}

export class Node {
  tau_minus = 20;
  readonly post: Traced[] = [];
  readonly spikes = new Map<number, number>();

  constructor(
    readonly id: number,
    train: readonly Spike[],
  ) {
    for (const { step, multiplicity } of train) this.spikes.set(step, multiplicity);
  }
}

interface Wave {
  value: number;
  drive: number;
  tau: number;
}

/** A connection with a transmitter. */
export interface Teaching {
  readonly source: Node;
  readonly receptor: 0 | 1 | 2;
  readonly weight: number;
  readonly delay: number;
}

export class Transmitter {
  level = 0;
  parameters: RewardParameters;
  readonly teachings: Teaching[] = [];
  #waves: Wave[];
  #arrivals: { step: number; receptor: number; weight: number; multiplicity: number }[] = [];
  #pulses = new Map<number, number>();
  #recent: { step: number; multiplicity: number }[][] = [[], []];

  constructor(parameters: RewardParameters) {
    this.parameters = parameters;
    this.#waves = [parameters.tau_1, parameters.tau_2].map((tau) => ({ value: 0, drive: 0, tau }));
  }
  set(parameters: Partial<RewardParameters>): void {
    this.parameters = { ...this.parameters, ...parameters };
    this.#waves[0]!.tau = this.parameters.tau_1;
    this.#waves[1]!.tau = this.parameters.tau_2;
  }
  clear(): void {
    for (const wave of this.#waves) wave.value = wave.drive = 0;
    this.#arrivals = [];
    this.#pulses.clear();
    this.#recent = [[], []];
  }
  send(source: Node, step: number, multiplicity: number): void {
    for (const { receptor, weight, delay } of this.teachings.filter((t) => t.source === source)) {
      this.#arrivals.push({ step: step + delay, receptor, weight, multiplicity });
    }
  }
  /** The reward as a function of time from now on. */
  signal() {
    return [
      { rate: 0, polynomial: [this.level] },
      ...this.#waves.map(({ value, drive, tau }) => ({
        rate: 1 / tau,
        polynomial: [value, drive / tau],
      })),
    ];
  }
  pass(ms: number): void {
    for (const wave of this.#waves) {
      const decay = Math.exp(-ms / wave.tau);
      wave.value = (wave.value + wave.drive * (ms / wave.tau)) * decay;
      wave.drive *= decay;
    }
  }
  nextEvent(): number {
    return Math.min(Infinity, ...this.#arrivals.map((a) => a.step), ...this.#pulses.keys());
  }
  /** What arrives; the area of the pulses of that step. */
  take(step: number): number {
    const p = this.parameters;
    const due = this.#arrivals.filter((a) => a.step === step);
    this.#arrivals = this.#arrivals.filter((a) => a.step !== step);
    let area = 0;
    for (const { weight, multiplicity } of due.filter(({ receptor }) => receptor === 0)) {
      area += weight * multiplicity * p.pulse;
      this.#waves[0]!.drive += weight * multiplicity * p.A_1;
      this.#waves[1]!.drive -= weight * multiplicity * p.A_2;
    }
    if (p.kappa_plus !== 0 || p.kappa_minus !== 0) {
      for (const receptor of [1, 2]) {
        for (const a of due.filter((arrival) => arrival.receptor === receptor)) {
          const at = step + roundedSteps(p.kappa_delay);
          const area = this.#pairs(receptor, step) * a.multiplicity;
          this.#pulses.set(at, (this.#pulses.get(at) ?? 0) + area);
          this.#recent[receptor - 1]!.push({ step, multiplicity: a.multiplicity });
        }
      }
    }
    area += this.#pulses.get(step) ?? 0;
    this.#pulses.delete(step);
    return area;
  }
  #pairs(receptor: number, step: number): number {
    const p = this.parameters;
    const window = roundedSteps(p.kappa_window);
    this.#recent = this.#recent.map((side) => side.filter((s) => s.step >= step - window));
    const learns = receptor === 1;
    return this.#recent[learns ? 1 : 0]!.reduce((sum, other) => {
      const r = (step - other.step) * h;
      return sum + other.multiplicity * kappa(learns ? r : -r, p);
    }, 0);
  }
}

export interface Model {
  readonly name: string;
  rule: Rule;
  readonly transmitter: Transmitter;
  readonly releases: boolean;
}

export class Synapse {
  weight: number;
  c = 0;
  g = 0;
  u = 0;
  x = 1;
  readonly sent: { step: number; weight: number }[] = [];
  readonly #pre: Traced[] = [];
  readonly #arriving: { step: number; emitted: number; multiplicity: number }[] = [];
  #last: number | undefined;

  constructor(
    readonly model: Model,
    readonly source: Node,
    readonly target: Node,
    readonly delay: number,
    weight: number,
    readonly shortTerm: ShortTerm,
  ) {
    this.weight = weight;
  }
  get due(): number {
    return Math.min(Infinity, ...this.#arriving.map(({ step }) => step));
  }
  clip(): void {
    const { Wmin, Wmax } = this.model.rule;
    this.weight = Math.min(Math.max(this.weight, Wmin), Wmax);
  }
  #change(by: number): void {
    this.weight += this.model.rule.learning_rate * by;
    this.clip();
  }
  pulse(area: number): void {
    this.#change(this.c * area);
  }
  pass(ms: number): void {
    this.clip();
    const { tau_c } = this.model.rule;
    const c = [{ rate: 1 / tau_c, polynomial: [this.c, this.g / tau_c] }];
    const d = this.model.transmitter.signal();
    const turns = [...signChanges(c, ms), ...signChanges(d, ms), ms];
    let from = 0;
    for (const turn of turns.sort((a, b) => a - b)) {
      this.#change(integral(product(shifted(c, from), shifted(d, from)), turn - from));
      from = turn;
    }
    this.c = valueAt(c, ms);
    this.g *= Math.exp(-ms / tau_c);
  }
  emit(step: number, multiplicity: number): void {
    addSpikes(this.#pre, step, multiplicity, this.model.rule.tau_plus);
    this.#arriving.push({ step: step + this.delay, emitted: step, multiplicity });
  }
  arrive(now: number): void {
    const { rule, releases } = this.model;
    for (const spike of this.#arriving.filter(({ step }) => step === now)) {
      this.clip();
      const amplitude = rule.A_minus * rule.w_0 ** (1 - rule.mu_minus);
      const others = traceAt(this.target.post, now, now - stepsOf(rule.gap), this.target.tau_minus);
      const factor = amplitude * this.weight ** rule.mu_minus;
      for (let i = 0; i < spike.multiplicity; i++) {
        const released = releases ? this.#release(spike.emitted) : 1;
        this.sent.push({ step: now, weight: rule.weight_scale * this.weight * released });
      }
      this.#pair(-factor * spike.multiplicity * others);
    }
    this.#arriving.splice(
      0,
      this.#arriving.length,
      ...this.#arriving.filter(({ step }) => step !== now),
    );
  }
  fire(now: number, multiplicity: number): void {
    const { rule } = this.model;
    const stamp = now - this.delay;
    const before = stamp - stepsOf(rule.gap);
    const factor = rule.A_plus * rule.w_0 ** (1 - rule.mu_plus) * this.weight ** rule.mu_plus;
    this.#pair(factor * multiplicity * traceAt(this.#pre, stamp, before, rule.tau_plus));
  }
  #pair(W: number): void {
    if (this.model.rule.alpha_kernel) this.g += W;
    else this.c += W;
  }
  #release(emitted: number): number {
    const { U, tau_rec, tau_fac } = this.shortTerm;
    const { u, x } = this;
    if (this.#last === undefined) {
      if (u === 0) this.u = U;
    } else {
      const elapsed = (emitted - this.#last) * h;
      const left = tau_fac > 0 ? Math.exp(-elapsed / tau_fac) : 0;
      this.u = U + u * (1 - U) * left;
      this.x = 1 + (x * (1 - u) - 1) * Math.exp(-elapsed / tau_rec);
    }
    this.#last = emitted;
    return this.u * this.x;
  }
}

export class Network {
  now = 0;
  readonly nodes: Node[] = [];
  readonly transmitters: Transmitter[] = [];
  synapses: Synapse[] = [];

  advance(until: number): void {
    while (this.now < until) {
      const next = Math.min(until, this.#nextEvent());
      for (const synapse of this.synapses) synapse.pass((next - this.now) * h);
      for (const transmitter of this.transmitters) transmitter.pass((next - this.now) * h);
      this.now = next;
      this.#events();
    }
  }
  #nextEvent(): number {
    const spikes = this.nodes.flatMap(({ spikes }) =>
      [...spikes.keys()].filter((step) => step > this.now),
    );
    return Math.min(
      ...this.transmitters.map((t) => t.nextEvent()),
      ...this.synapses.map(({ due }) => due),
      ...spikes,
      Infinity,
    );
  }
  #events(): void {
    for (const transmitter of this.transmitters) {
      const area = transmitter.take(this.now);
      for (const synapse of this.synapses) {
        if (area !== 0 && synapse.model.transmitter === transmitter) synapse.pulse(area);
      }
    }
    for (const synapse of this.synapses) synapse.arrive(this.now);
    for (const node of this.nodes) {
      const multiplicity = node.spikes.get(this.now);
      if (multiplicity === undefined) continue;
      for (const synapse of this.synapses) {
        if (synapse.target === node) synapse.fire(this.now, multiplicity);
      }
    }
    for (const node of this.nodes) {
      const multiplicity = node.spikes.get(this.now);
      if (multiplicity === undefined) continue;
      addSpikes(node.post, this.now, multiplicity, node.tau_minus);
      for (const synapse of this.synapses) {
        if (synapse.source === node) synapse.emit(this.now, multiplicity);
      }
      for (const transmitter of this.transmitters) transmitter.send(node, this.now, multiplicity);
    }
  }
}
