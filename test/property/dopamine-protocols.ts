// Random protocols of dopamine synapses, many in one kernel: every copy of the model has its own
// rule, transmitter, sources and targets, all of which are parrots that repeat given spikes.
import { type AnyInput, Kernel, type NodeCollection } from '../../lib';
import { column } from '../reference/compare';
import type { Rule, Spike, State, Synapse, Train } from './dopamine-oracle';
import { uniformNumbers } from './uniform-numbers';

/** A synapse with all that happens to it. */
export interface Protocol {
  /** The copy's name. */
  readonly model: string;
  /** What it calls the presynaptic trace. */
  readonly trace: string;
  readonly source: number;
  readonly target: number;
  readonly train: Train;
  readonly synapse: Synapse;
  readonly rule: Rule;
}

/** One copy of the model. */
export interface Group {
  readonly model: 'stdp_dopamine_synapse' | 'neuromodulated_stdp_synapse';
  readonly rule: Rule;
  /** Only of neuromodulated_stdp_synapse: dopamine of a spike, negative for punishment. */
  readonly A_vt: number;
  readonly dopamine: readonly Spike[];
  readonly pre: readonly (readonly Spike[])[];
  readonly post: readonly (readonly Spike[])[];
  readonly tau_minus: readonly number[];
  /** By source and target. */
  readonly weight: readonly (readonly number[])[];
  readonly delay: readonly (readonly number[])[];
}

const repeat = <T>(n: number, make: (i: number) => T): T[] =>
  Array.from({ length: n }, (_, i) => make(i));

/** Groups of 2 sources and 4 targets with events in [lag, steps − lag]. */
export function randomGroups(seed: number, count: number, steps: number): Group[] {
  const uniform = uniformNumbers(seed);
  const lag = 50;
  const integer = (low: number, high: number) => Math.floor(uniform(low, high + 1));
  const pick = <T>(...values: readonly T[]): T => values[integer(0, values.length - 1)] as T;
  const train = (rate: number): Spike[] => {
    const n = integer(0, Math.ceil((2 * rate * steps) / 10_000));
    const times = new Set(repeat(n, () => integer(lag, steps - lag)));
    return [...times]
      .sort((a, b) => a - b)
      .map((step) => ({ step, multiplicity: pick(1, 1, 1, 2, 5) }));
  };
  // Short runs need higher rates; in long ones most sources are silent for seconds.
  const long = steps > 20_000;
  const rate = () => (long ? pick(0, 0.2, 0.5, 3) : pick(0, 5, 20, 60));
  return repeat(count, (): Group => {
    const tau_c = pick(1000, 200, 20, uniform(5, 2000));
    const tau_n = pick(200, 50, tau_c, uniform(2, 1500));
    const tau_plus = pick(20, tau_c, uniform(2, 60));
    const w0 = pick(0, 1, -3, 1000);
    const room = pick(1e4, 1e4, 3, 0.05, 0);
    const modulated = uniform(0, 1) < 0.2;
    const rule: Rule = {
      A_plus: pick(1, 0.02, -0.5, 0),
      A_minus: pick(1.5, 0.03, -0.4, 0),
      tau_plus,
      tau_c,
      tau_n,
      b: pick(0, 0, 0.02, -0.01),
      Wmin: w0 - pick(1, 0.3, 0) * room,
      Wmax: w0 + room,
    };
    const dopamine = train(long ? 3 : pick(0, 10, 60));
    const weight = () => uniform(rule.Wmin, rule.Wmax) * 0.2 + w0 * 0.8;
    const inBounds = () => Math.min(Math.max(weight(), rule.Wmin), rule.Wmax);
    const pre = repeat(2, () => train(rate()));
    // Some spikes of targets coincide with those of sources or arrive with them.
    const delays = repeat(2, () => repeat(4, () => pick(1, 10, 10, integer(1, 30))));
    const post = repeat(4, (j) => {
      const own = train(long ? 10 : rate());
      const wanted = (pre[j % 2] ?? []).flatMap(({ step }) =>
        uniform(0, 1) < 0.4 ? [step - pick(0, delays[j % 2]?.[j] ?? 0)] : [],
      );
      const taken = new Set(own.map((s) => s.step));
      const added = wanted.filter((s) => s >= lag && !taken.has(s));
      return [...own, ...[...new Set(added)].map((step) => ({ step, multiplicity: 1 }))].sort(
        (a, b) => a.step - b.step,
      );
    });
    const coincident = [...(pre[0] ?? []), ...(post[1] ?? [])].filter(() => uniform(0, 1) < 0.2);
    const taken = new Set(dopamine.map((s) => s.step));
    for (const { step } of coincident) {
      if (taken.has(step)) continue;
      taken.add(step);
      dopamine.push({ step, multiplicity: 1 });
    }
    dopamine.sort((a, b) => a.step - b.step);
    return {
      model: modulated ? 'neuromodulated_stdp_synapse' : 'stdp_dopamine_synapse',
      rule,
      A_vt: modulated ? pick(1, -1, 0.3) : 1,
      dopamine,
      pre,
      post,
      tau_minus: repeat(4, () => pick(20, uniform(3, 60))),
      weight: repeat(2, () => repeat(4, inBounds)),
      delay: delays,
    };
  });
}

/** Parameters of the copy of a group's model. */
export function parametersOf({ model, rule, A_vt }: Group): Record<string, AnyInput> {
  if (model === 'stdp_dopamine_synapse') return { ...rule };
  const { tau_plus, ...others } = rule;
  return { ...others, tau_tr_pre: tau_plus, A_vt };
}

export interface Built {
  readonly kernel: Kernel;
  readonly recorder: NodeCollection<'weight_recorder', false>;
  readonly protocols: readonly Protocol[];
}

/** Makes a parrot repeat spikes, or what it excites receive them: `ahead` steps before they count. */
export function drive(
  kernel: Kernel,
  target: NodeCollection,
  spikes: readonly Spike[],
  ahead: number,
): void {
  const generator = kernel.Create('spike_generator', {
    spike_times: spikes.map((s) => (s.step - ahead) / 10),
    spike_multiplicities: spikes.map((s) => s.multiplicity),
  });
  kernel.Connect(generator, target, 'all_to_all', { delay: 0.1 });
}

/** All groups in one kernel. */
export function build(groups: readonly Group[], settings: object = {}): Built {
  const kernel = new Kernel();
  kernel.SetKernelStatus({ resolution: 0.1, ...settings });
  const recorder = kernel.Create('weight_recorder');
  const protocols: Protocol[] = [];
  groups.forEach((group, g) => {
    const { pre, post, weight, delay, rule } = group;
    const sources = kernel.Create('parrot_neuron', pre.length);
    const targets = kernel.Create('parrot_neuron', post.length, { tau_minus: group.tau_minus });
    pre.forEach((spikes, i) => {
      drive(kernel, sources.at(i), spikes, 1);
    });
    post.forEach((spikes, j) => {
      drive(kernel, targets.at(j), spikes, 1);
    });
    const relay = kernel.Create('parrot_neuron');
    const volume_transmitter = kernel.Create('volume_transmitter');
    drive(kernel, relay, group.dopamine, 2);
    kernel.Connect(relay, volume_transmitter, 'all_to_all', { delay: 0.1 });
    const name = `copy ${g}`;
    const params = { ...parametersOf(group), volume_transmitter, weight_recorder: recorder };
    kernel.CopyModel(group.model, name, params);
    const pairs = pre.flatMap((_p, i) => post.map((_q, j) => [i, j] as const));
    kernel.Connect(
      pairs.map(([i]) => sources.ids[i] ?? NaN),
      pairs.map(([, j]) => targets.ids[j] ?? NaN),
      'one_to_one',
      {
        synapse_model: name,
        weight: pairs.map(([i, j]) => weight[i]?.[j] ?? NaN),
        delay: pairs.map(([i, j]) => (delay[i]?.[j] ?? NaN) / 10),
        receptor_type: 1,
      },
    );
    const modulated = group.model === 'neuromodulated_stdp_synapse';
    const dopamine = modulated
      ? group.dopamine.map(({ step }) => ({ step, multiplicity: group.A_vt }))
      : group.dopamine;
    for (const [i, j] of pairs) {
      protocols.push({
        model: name,
        trace: modulated ? 'pre_tr' : 'Kplus',
        source: sources.ids[i] ?? NaN,
        target: targets.ids[j] ?? NaN,
        train: { pre: pre[i] ?? [], post: post[j] ?? [], dopamine },
        synapse: {
          weight: weight[i]?.[j] ?? NaN,
          delay: delay[i]?.[j] ?? NaN,
          tau_minus: group.tau_minus[j] ?? NaN,
        },
        rule,
      });
    }
  });
  return { kernel, recorder, protocols };
}

export const pairOf = (source = NaN, target = NaN) => `${source} → ${target}`;

/** The weights sent so far, for each protocol. */
export function weightsSent({
  recorder,
  protocols,
}: {
  readonly recorder: Built['recorder'];
  readonly protocols: readonly Pick<Protocol, 'source' | 'target'>[];
}): number[][] {
  const sent = new Map<string, number[]>();
  for (const p of protocols) sent.set(pairOf(p.source, p.target), []);
  const [weights, targets] = [column(recorder, 'weights'), column(recorder, 'targets')];
  recorder.events.senders.forEach((source, i) => {
    sent.get(pairOf(source, targets[i]))?.push(weights[i] ?? NaN);
  });
  return [...sent.values()];
}

/** Present weight, c, n and trace for each protocol. */
export function statesOf({ kernel, protocols }: Built): State[] {
  const states = new Map<string, State>();
  for (const [model, trace] of new Map(protocols.map((p) => [p.model, p.trace]))) {
    const synapses = kernel.GetConnections({ synapse_model: model });
    const of = (name: string) => synapses.get(name) as Float64Array;
    const [weight, c, n] = [of('weight'), of('c'), of('n')];
    const Kplus = of(trace);
    const { source, target } = synapses;
    source.forEach((from, i) => {
      states.set(pairOf(from, target[i]), {
        weight: weight[i] ?? NaN,
        c: c[i] ?? NaN,
        n: n[i] ?? NaN,
        Kplus: Kplus[i] ?? NaN,
      });
    });
  }
  return protocols.map((p) => {
    const state = states.get(pairOf(p.source, p.target));
    if (!state) throw new Error('a synapse is missing');
    return state;
  });
}
