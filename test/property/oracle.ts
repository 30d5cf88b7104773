// A simulator without any cleverness, for comparison: every synapse is an object, every spike an
// event in a list, and each step looks at the events that are due. Rules: iaf_psc_delta,
// iaf_psc_exp and parrot_neuron as documented; resolution 0.1 ms.

/** Steps of 0.1 ms. */
type Step = number;

export type NeuronModel = 'iaf_psc_delta' | 'iaf_psc_exp' | 'parrot_neuron';

export interface NeuronParameters {
  readonly tau_m: number;
  readonly C_m: number;
  readonly E_L: number;
  readonly V_th: number;
  readonly V_reset: number;
  readonly t_ref: number;
  readonly I_e: number;
  readonly tau_syn_ex: number;
  readonly tau_syn_in: number;
}

/** Spikes of a generator. */
export interface Sent {
  readonly step: Step;
  readonly factor: number;
  readonly multiplicity: number;
}

export interface Synapse {
  readonly source: number;
  readonly target: number;
  readonly port: number;
  weight: number;
  delay: Step;
  /** Synapses of one weight that are counted: their place among such; −1 for all others. */
  group: number;
}

interface Event {
  readonly synapse: Synapse;
  /** Weight and group that the synapse had when the spike was emitted. */
  readonly weight: number;
  readonly group: number;
  readonly fromGenerator: boolean;
  readonly factor: number;
  readonly multiplicity: number;
}

interface Input {
  excitatory: number;
  inhibitory: number;
  spikes: number;
}

interface Neuron {
  readonly id: number;
  readonly model: NeuronModel;
  readonly update: (input: Input) => number;
  readonly potential: () => number;
}

const h = 0.1;

function makeDelta(id: number, p: NeuronParameters): Neuron {
  const p33 = Math.exp(-h / p.tau_m);
  const drive = (1 / p.C_m) * (1 - p33) * p.tau_m * p.I_e;
  const threshold = p.V_th - p.E_L;
  const steps = Math.round(p.t_ref * 10);
  let v = 0;
  let refractory = 0;
  return {
    id,
    model: 'iaf_psc_delta',
    potential: () => v + p.E_L,
    update({ excitatory, inhibitory }) {
      if (refractory === 0) v = drive + p33 * v + (excitatory + inhibitory);
      else refractory -= 1;
      if (v < threshold) return 0;
      refractory = steps;
      v = p.V_reset - p.E_L;
      return 1;
    },
  };
}

/** mV that 1 pA of synaptic current adds in a step. */
function currentToPotential(tau: number, { tau_m, C_m }: NeuronParameters): number {
  if (tau === tau_m) return (h / C_m) * Math.exp(-h / tau_m);
  const beta = (tau * tau_m) / (tau_m - tau);
  return (beta / C_m) * Math.exp(-h / tau) * Math.expm1(h / beta);
}

function makeExp(id: number, p: NeuronParameters): Neuron {
  const p22 = Math.exp(-h / p.tau_m);
  const drive = (p.tau_m / p.C_m) * (1 - p22) * p.I_e;
  const [fromEx, fromIn] = [
    currentToPotential(p.tau_syn_ex, p),
    currentToPotential(p.tau_syn_in, p),
  ];
  const [decayEx, decayIn] = [Math.exp(-h / p.tau_syn_ex), Math.exp(-h / p.tau_syn_in)];
  const threshold = p.V_th - p.E_L;
  const steps = Math.round(p.t_ref * 10);
  let v = 0;
  let ex = 0;
  let inh = 0;
  let refractory = 0;
  return {
    id,
    model: 'iaf_psc_exp',
    potential: () => v + p.E_L,
    update({ excitatory, inhibitory }) {
      if (refractory === 0) v = v * p22 + ex * fromEx + inh * fromIn + drive;
      else refractory -= 1;
      ex = ex * decayEx + excitatory;
      inh = inh * decayIn + inhibitory;
      if (v < threshold) return 0;
      refractory = steps;
      v = p.V_reset - p.E_L;
      return 1;
    },
  };
}

const makeParrot = (id: number): Neuron => ({
  id,
  model: 'parrot_neuron',
  potential: () => NaN,
  update: ({ spikes }) => spikes,
});

/** One entry a spike: its step and sender. */
export type Spike = readonly [Step, number];

export class Oracle {
  readonly spikes: Spike[] = [];
  /** Potentials after each step of the neurons that have one, in the order of their IDs. */
  readonly potentials: number[][] = [];
  readonly synapses: Synapse[] = [];
  readonly #neurons: Neuron[] = [];
  readonly #generators = new Map<number, readonly Sent[]>();
  readonly #due = new Map<Step, Event[]>();
  #now: Step = 0;

  addNeurons(first: number, n: number, model: NeuronModel, p: NeuronParameters): void {
    for (let id = first; id < first + n; id++) {
      const make = { iaf_psc_delta: makeDelta, iaf_psc_exp: makeExp, parrot_neuron: makeParrot };
      this.#neurons.push(make[model](id, p));
    }
  }

  addGenerator(id: number, sent: readonly Sent[]): void {
    this.#generators.set(id, sent);
  }

  /** In order of creation; they get the spikes from now on. */
  connect(synapses: readonly Synapse[]): void {
    this.synapses.push(...synapses);
  }

  run(steps: Step): void {
    for (const end = this.#now + steps; this.#now < end;) this.#step();
  }

  /** From #now to #now + 1; what is emitted has the stamp #now + 1. */
  #step(): void {
    const stamp = this.#now + 1;
    for (const [id, sent] of [...this.#generators].sort(([a], [b]) => a - b)) {
      for (const { step, factor, multiplicity } of sent) {
        if (step === stamp && multiplicity > 0) this.#emit(id, stamp, multiplicity, factor, true);
      }
    }
    const events = this.#due.get(stamp) ?? [];
    this.#due.delete(stamp);
    const fired = this.#neurons.map((n): [number, number] => {
      const own = events.filter(({ synapse }) => synapse.target === n.id && synapse.port === 0);
      return [n.id, n.update(n.model === 'parrot_neuron' ? count(own) : sum(own))];
    });
    this.potentials.push(
      this.#neurons.filter((n) => n.model !== 'parrot_neuron').map((n) => n.potential()),
    );
    this.#now = stamp;
    for (const [id, multiplicity] of fired) {
      if (multiplicity > 0) this.#emit(id, stamp, multiplicity, 1, false);
      for (let m = 0; m < multiplicity; m++) this.spikes.push([stamp, id]);
    }
  }

  // Lists fill in the order (stamp, source, creation).
  #emit(id: number, stamp: Step, multiplicity: number, factor: number, fromGenerator: boolean) {
    for (const synapse of this.synapses) {
      if (synapse.source !== id) continue;
      const due = stamp + synapse.delay;
      if (!this.#due.has(due)) this.#due.set(due, []);
      const { weight, group } = synapse;
      this.#due.get(due)?.push({ synapse, weight, group, fromGenerator, factor, multiplicity });
    }
  }
}

const count = (events: readonly Event[]): Input => ({
  excitatory: 0,
  inhibitory: 0,
  spikes: events.reduce((n, e) => n + e.multiplicity, 0),
});

/**
 * The documented order of sums: the counted projections in order of creation, each as count times
 * weight (several where the weight was set with spikes under way); then the sum of all others, those of generators first, each in the order of arrival.
 */
function sum(events: readonly Event[]): Input {
  const input = { excitatory: 0, inhibitory: 0, spikes: 0 };
  const add = (to: typeof input, x: number, by = x) => {
    if (by > 0) to.excitatory += x;
    else to.inhibitory += x;
  };
  const counted = new Map<string, { group: number; weight: number; n: number }>();
  for (const { group, weight, multiplicity } of events) {
    if (group < 0) continue;
    const key = `${String(group)} ${String(weight)}`;
    counted.set(key, { group, weight, n: (counted.get(key)?.n ?? 0) + multiplicity });
  }
  const inOrder = [...counted.values()].sort((a, b) => a.group - b.group || a.weight - b.weight);
  for (const { n, weight } of inOrder) add(input, n * weight, weight);
  const rest = { excitatory: 0, inhibitory: 0, spikes: 0 };
  const single = events.filter((e) => e.group < 0);
  for (const e of [
    ...single.filter((s) => s.fromGenerator),
    ...single.filter((s) => !s.fromGenerator),
  ])
    add(rest, e.weight * (e.factor * e.multiplicity));
  input.excitatory += rest.excitatory;
  input.inhibitory += rest.inhibitory;
  return input;
}
