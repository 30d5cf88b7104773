// Protocols of reward-modulated pairing in a kernel: every group is a copy of its model, with sources
// and targets of its own, all of which are parrots that repeat given spikes.
import { Kernel, type NodeCollection } from '../../lib';
import { drive, pairOf, weightsSent } from './dopamine-protocols';
import type { State } from './stdp-reward-oracle';
import {
  type Group,
  pairsOf,
  type Plan,
  type Teacher,
  type Teaching,
} from './stdp-reward-protocols';

/** A synapse of the network. */
interface Protocol {
  readonly source: number;
  readonly target: number;
}

export interface Network {
  readonly plan: Plan;
  readonly kernel: Kernel;
  readonly recorder: NodeCollection<'weight_recorder', false>;
  readonly transmitters: readonly NodeCollection[];
  /** Names of the copies. */
  readonly models: readonly string[];
  readonly protocols: readonly Protocol[];
}

/** What reaches the transmitter through which receptor. */
const Receptor = { reward: 0, learner: 1, target: 2 } as const;
/** Of a parrot: what arrives there is not repeated. */
const IGNORED = 1;

const msOf = (step: number): number => step / 10;

function makeTransmitter(kernel: Kernel, teacher: Teacher): NodeCollection {
  const { parameters, line, neurons, learner, target } = teacher;
  const [first, ...ahead] = line;
  const transmitter = kernel.Create('reward_transmitter', {
    ...parameters,
    reward: first?.value ?? 0,
    reward_times: ahead.map(({ step }) => msOf(step)),
    reward_values: ahead.map(({ value }) => value),
  });
  const teach = ({ spikes, weight, delay }: Teaching, receptor_type: number) => {
    if (spikes.length === 0) return;
    const neuron = kernel.Create('parrot_neuron');
    drive(kernel, neuron, spikes, 1);
    const synapse = { weight, delay: msOf(delay), receptor_type };
    kernel.Connect(neuron, transmitter, 'all_to_all', synapse);
  };
  for (const neuron of neurons) teach(neuron, Receptor.reward);
  teach(learner, Receptor.learner);
  teach(target, Receptor.target);
  return transmitter;
}

function connect(
  kernel: Kernel,
  group: Group,
  model: string,
  params: { reward_transmitter: NodeCollection; weight_recorder: NodeCollection },
): Protocol[] {
  const { pre, post, rule, weight, delay, shortTerm, tau_minus } = group;
  const sources = kernel.Create('parrot_neuron', pre.length);
  const targets = kernel.Create('parrot_neuron', post.length, { tau_minus });
  pre.forEach((spikes, i) => drive(kernel, sources.at(i), spikes, 1));
  post.forEach((spikes, j) => drive(kernel, targets.at(j), spikes, 1));
  const original = shortTerm ? 'stdp_reward_tsodyks2_synapse' : 'stdp_reward_synapse';
  kernel.CopyModel(original, model, { ...rule, ...params });
  const pairs = pairsOf(group);
  const protocols = pairs.map(([i, j]) => ({ source: sources.ids[i]!, target: targets.ids[j]! }));
  const own = pairs.flatMap(([i, j]) => shortTerm?.[i]?.[j] ?? []);
  const release = shortTerm && {
    U: own.map(({ U }) => U),
    u: own.map(({ U }) => U),
    tau_rec: own.map(({ tau_rec }) => tau_rec),
    tau_fac: own.map(({ tau_fac }) => tau_fac),
  };
  kernel.Connect(
    protocols.map(({ source }) => source),
    protocols.map(({ target }) => target),
    'one_to_one',
    {
      synapse_model: model,
      weight_precision: 'double',
      weight: pairs.map(([i, j]) => weight[i]![j]!),
      delay: pairs.map(([i, j]) => msOf(delay[i]![j]!)),
      receptor_type: IGNORED,
      ...release,
    },
  );
  return protocols;
}

/** All of a plan in one kernel. */
export function build(plan: Plan, settings: object = {}): Network {
  const kernel = new Kernel();
  kernel.SetKernelStatus({ resolution: 0.1, ...settings });
  const weight_recorder = kernel.Create('weight_recorder');
  const transmitters = plan.teachers.map((teacher) => makeTransmitter(kernel, teacher));
  const models = plan.groups.map((_group, g) => `copy ${g}`);
  const protocols = plan.groups.flatMap((group, g) => {
    const reward_transmitter = transmitters[group.teacher]!;
    return connect(kernel, group, models[g]!, { reward_transmitter, weight_recorder });
  });
  return { plan, kernel, recorder: weight_recorder, transmitters, models, protocols };
}

/** What is set between runs. */
function change({ plan, kernel, transmitters, models }: Network, now: number): void {
  plan.teachers.forEach((teacher, t) => {
    const transmitter = transmitters[t]!;
    for (const { value } of teacher.set.filter(({ step }) => step === now)) {
      transmitter.set({ reward: value });
    }
    if (teacher.clears.includes(now)) transmitter.set({ clear: true });
  });
  plan.groups.forEach(({ rates }, g) => {
    for (const { value } of rates.filter(({ step }) => step === now)) {
      kernel.SetDefaults(models[g]!, { learning_rate: value });
    }
  });
}

/** Present states of each protocol. */
export function statesOf({ kernel, plan, models, protocols }: Network): State[] {
  const states = new Map<string, State>();
  models.forEach((synapse_model, g) => {
    const synapses = kernel.GetConnections({ synapse_model });
    const of = (name: string) => synapses.get(name) as Float64Array;
    const [weight, c, generating] = [of('weight'), of('c'), of('g')];
    const release = plan.groups[g]!.shortTerm && { u: of('u'), x: of('x') };
    synapses.source.forEach((source, i) => {
      states.set(pairOf(source, synapses.target[i]), {
        weight: weight[i]!,
        c: c[i]!,
        g: generating[i]!,
        u: release?.u[i] ?? NaN,
        x: release?.x[i] ?? NaN,
      });
    });
  });
  return protocols.map(({ source, target }) => states.get(pairOf(source, target))!);
}

/** What a synapse has: without short-term plasticity no u and x. */
export const flat = (states: readonly State[]): number[] =>
  states.flatMap(({ weight, c, g, u, x }) =>
    Number.isNaN(u) ? [weight, c, g] : [weight, c, g, u, x],
  );

export interface Seen {
  /** By protocol: weights in the order in which they were sent. */
  readonly sent: readonly (readonly number[])[];
  /** By stop and protocol, before anything is set there. */
  readonly states: readonly (readonly State[])[];
}

/** Runs a plan to its end. `cuts`: runs end there, too, and `between` is called. */
export function simulate(
  network: Network,
  cuts: readonly number[] = [],
  between: (network: Network) => void = () => undefined,
): Seen {
  const { plan, kernel } = network;
  const states: State[][] = [];
  let now = 0;
  for (const step of [...new Set([...plan.stops, ...cuts])].sort((a, b) => a - b)) {
    kernel.SimulateSync(msOf(step - now));
    now = step;
    if (cuts.includes(step)) between(network);
    if (!plan.stops.includes(step)) continue;
    states.push(statesOf(network));
    change(network, step);
  }
  return { sent: weightsSent(network), states };
}
