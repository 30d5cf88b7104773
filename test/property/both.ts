// The same network in a kernel and in the oracle, built and run side by side.
import { type ConnSpec, Kernel, type NodeCollection } from '../../lib';
import { toSteps } from '../reference/compare';
import { type NeuronModel, type NeuronParameters, Oracle, type Sent, type Spike } from './oracle';

export type Action =
  | { do: 'neurons'; model: NeuronModel; n: number; parameters: NeuronParameters }
  | { do: 'generator'; sent: readonly Sent[] }
  | {
      do: 'connect';
      /** Places among what was created so far, taken modulo their number. */
      from: number;
      to: number;
      rule: ConnSpec | 'pairs';
      /** With 'pairs': places of source and target in their populations, modulo their sizes. */
      pairs: readonly (readonly [number, number])[];
      /** One for all, or (pairs) one each, cyclic. */
      weights: number | readonly number[];
      delays: number | readonly number[];
      port: number;
    }
  | { do: 'run'; steps: number }
  | { do: 'weight'; of: number; value: number }
  | { do: 'delay'; of: number; steps: number }
  /** Every so many of a node's synapses, from the first on; as pairs or as a collection. */
  | { do: 'disconnect'; of: number; every: number; as: 'pairs' | 'collection' };

/** From this many synapses a target on, a projection of neurons with one weight is counted. */
const countedFrom = 8;

const cycle = (values: number | readonly number[], n: number): number | number[] =>
  typeof values === 'number'
    ? values
    : Array.from({ length: n }, (_, i) => values[i % values.length] ?? NaN);

interface Population {
  readonly nodes: NodeCollection;
  readonly isGenerator: boolean;
  readonly model: string;
}

/** Settings of a model that has fewer of them. */
function settingsOf(model: NeuronModel, p: NeuronParameters): object {
  if (model === 'parrot_neuron') return {};
  const { tau_syn_ex, tau_syn_in, ...common } = p;
  return { ...common, V_m: p.E_L, ...(model === 'iaf_psc_exp' && { tau_syn_ex, tau_syn_in }) };
}

/** Of what the kernel has from a node, as told; and the same of the oracle. */
function disconnect(
  kernel: Kernel,
  oracle: Oracle,
  node: NodeCollection,
  { every, as }: Extract<Action, { do: 'disconnect' }>,
  populations: readonly Population[],
): void {
  for (const { nodes, isGenerator } of populations) {
    if (isGenerator) continue;
    const found = kernel.GetConnections({ source: node, target: nodes });
    const gone = found.pick(Array.from(found.source, (_, i) => i % every === 0));
    if (gone.length === 0) continue;
    const { source, target, weight, delay, receptor } = gone;
    const steps = toSteps(delay);
    if (as === 'pairs' && every === 1) {
      kernel.Disconnect(source, target, 'one_to_one');
    } else {
      gone.disconnect();
    }
    source.forEach((id, i) => {
      const at = oracle.synapses.findIndex(
        (s) =>
          s.source === id &&
          s.target === target[i] &&
          s.weight === weight[i] &&
          s.delay === steps[i] &&
          s.port === receptor[i],
      );
      if (at < 0) throw new Error('the oracle has no such synapse');
      oracle.synapses.splice(at, 1);
    });
  }
}

export interface Outcome {
  spikes: Spike[];
  potentials: number[][];
}

/**
 * Does the actions in both. The kernel decides which synapses a rule makes; labels tell them apart,
 * in a kernel of its own where they change nothing else.
 */
export function simulateBoth(
  actions: readonly Action[],
  settings: { local_num_threads?: number; simd_level?: string } = {},
): { actual: Outcome; expected: Outcome; oracle: Oracle } {
  const oracle = new Oracle();
  const [kernel, labelled] = [new Kernel(), new Kernel()];
  for (const k of [kernel, labelled]) k.SetKernelStatus(settings);
  const populations: Population[] = [];
  const groups: number[] = [];
  const recorder = kernel.Create('spike_recorder');
  const meter = kernel.Create('multimeter', { interval: 0.1, record_from: ['V_m'] });
  labelled.Create('spike_recorder');
  labelled.Create('multimeter', { interval: 0.1, record_from: ['V_m'] });

  let label = 0;
  for (const action of actions) {
    if (action.do === 'neurons') {
      const { model, n, parameters } = action;
      const nodes = kernel.Create(model as string, n, settingsOf(model, parameters) as never);
      labelled.Create(model as string, n, settingsOf(model, parameters) as never);
      populations.push({ nodes, isGenerator: false, model });
      oracle.addNeurons(nodes.ids[0] ?? NaN, n, model, parameters);
      kernel.Connect(nodes, recorder);
      labelled.Connect(nodes.ids, labelled.GetNodes({ model: 'spike_recorder' }).ids);
      if (model !== 'parrot_neuron') {
        kernel.Connect(meter, nodes);
        labelled.Connect(labelled.GetNodes({ model: 'multimeter' }).ids, nodes.ids);
      }
    } else if (action.do === 'generator') {
      const values = {
        spike_times: action.sent.map((s) => s.step / 10),
        spike_weights: action.sent.map((s) => s.factor),
        spike_multiplicities: action.sent.map((s) => s.multiplicity),
      };
      const nodes = kernel.Create('spike_generator', values);
      labelled.Create('spike_generator', values);
      populations.push({ nodes, isGenerator: true, model: 'spike_generator' });
      oracle.addGenerator(nodes.ids[0] ?? NaN, action.sent);
    } else if (action.do === 'connect') {
      const from = populations[action.from % populations.length];
      const neurons = populations.filter((p) => !p.isGenerator);
      const to = neurons[action.to % neurons.length];
      if (!from || !to) continue;
      label += 1;
      // Parrots that excite each other, directly or in a circle, would never stop multiplying.
      const circle =
        from.model === 'parrot_neuron' && populations.indexOf(from) >= populations.indexOf(to);
      const port = to.model === 'parrot_neuron' ? (circle ? 1 : action.port) : 0;
      const pick = (ids: Uint32Array, i: number) => ids[i % ids.length] ?? NaN;
      const isPairs = action.rule === 'pairs';
      const n = action.pairs.length;
      if (isPairs && n === 0) continue;
      const pre = isPairs ? action.pairs.map(([s]) => pick(from.nodes.ids, s)) : from.nodes.ids;
      const post = isPairs ? action.pairs.map(([, t]) => pick(to.nodes.ids, t)) : to.nodes.ids;
      const rule = action.rule === 'pairs' ? ({ rule: 'one_to_one' } as const) : action.rule;
      const weight = cycle(action.weights, n);
      const delays = cycle(action.delays, n);
      const delay = typeof delays === 'number' ? delays / 10 : delays.map((d) => d / 10);
      const synapse = { weight, delay, receptor_type: port };
      kernel.Connect(pre, post, rule, synapse);
      labelled.Connect(pre, post, rule, { ...synapse, synapse_label: label });
      const made = labelled.GetConnections({ synapse_label: label });
      let group = -1;
      const dense = made.length >= countedFrom * to.nodes.length && made.length > 0;
      if (typeof weight === 'number' && dense && !isPairs && !from.isGenerator) {
        if (!groups.includes(weight)) groups.push(weight);
        group = groups.indexOf(weight);
      }
      const [sources, targets, weights] = [made.source, made.target, made.weight];
      const steps = toSteps(made.delay);
      oracle.connect(
        Array.from(sources, (source, i) => ({
          source,
          target: targets[i] ?? NaN,
          weight: weights[i] ?? NaN,
          delay: steps[i] ?? NaN,
          port,
          group,
        })),
      );
    } else if (action.do === 'run') {
      kernel.SimulateSync(action.steps / 10);
      oracle.run(action.steps);
    } else {
      const population = populations[action.of % populations.length];
      if (!population) continue;
      const node = population.nodes.at(action.of % population.nodes.length);
      if (action.do === 'disconnect') {
        disconnect(kernel, oracle, node, action, populations);
        continue;
      }
      const found = kernel.GetConnections({ source: node }).length;
      const own = oracle.synapses.filter((s) => s.source === node.ids[0]);
      if (own.length === 0) continue;
      // Synapses to the recorder are found as well; they have no effect.
      if (found < own.length) throw new Error('a synapse is missing');
      for (const to of populations) {
        if (to.isGenerator) continue;
        const some = kernel.GetConnections({ source: node, target: to.nodes });
        if (some.length === 0) continue;
        some.set(action.do === 'weight' ? { weight: action.value } : { delay: action.steps / 10 });
      }
      for (const synapse of own) {
        if (action.do === 'weight') {
          synapse.weight = action.value;
          synapse.group = -1; // its weight is its own now
        } else {
          synapse.delay = action.steps;
        }
      }
    }
  }

  const { times, senders } = recorder.events;
  const steps = toSteps(times);
  const sampled = meter.events;
  const potentials: number[][] = [];
  toSteps(sampled.times).forEach((step, i) => {
    (potentials[step - 1] ??= []).push(sampled.V_m?.[i] ?? NaN);
  });
  return {
    actual: { spikes: steps.map((step, i) => [step, senders[i] ?? NaN]), potentials },
    expected: { spikes: oracle.spikes, potentials: oracle.potentials },
    oracle,
  };
}

/** Largest |difference| / max(1, |expected|) of potentials; Infinity where shapes differ. */
export function potentialError(actual: Outcome, expected: Outcome): number {
  const rows = expected.potentials.map((row, k) => {
    const seen = actual.potentials[k] ?? [];
    if (seen.length !== row.length) return Infinity;
    return Math.max(
      0,
      ...row.map((x, i) => Math.abs((seen[i] ?? NaN) - x) / Math.max(1, Math.abs(x))),
    );
  });
  return Math.max(0, ...rows);
}
