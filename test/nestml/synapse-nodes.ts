// The nodes of protocols of synapses: what fires at given times, what records it, and transmitters.
import type { Kernel, NodeCollection } from '../../lib';
import { column, recordSpikes, sampleEveryStep } from '../reference/compare';
import type { Plan, Spike, Target } from './synapse-plan';

/** A neuron that fires at every spike at its first receptor; others shift its potential. */
export const LISTENING = `model listening_neuron:
    state:
        V_m mV = -65 mV
    parameters:
        tau_m ms = 12 ms
        E_L mV = -65 mV
    equations:
        V_m' = -(V_m - E_L) / tau_m
    input:
        trigger <- spike
        heard <- spike
    output:
        spike
    update:
        integrate_odes()
    onReceive(trigger):
        V_m += trigger * s * mV
        emit_spike()
    onReceive(heard):
        V_m += heard * s * mV
`;

/** The receptor that synapses end at. */
export const receptorOf: Readonly<Record<Target['kind'], number>> = {
  ...{ parrot_neuron: 1, clamped_neuron: 0, iaf_psc_exp: 0, listening_neuron: 2 },
};

/** What makes an iaf_psc_exp fire in the next step, in pA. */
const STRONG = 2e5;

export interface Nodes {
  readonly sources: NodeCollection;
  readonly targets: NodeCollection;
  readonly spikes: NodeCollection<'spike_recorder', false>;
  readonly meter: NodeCollection<'multimeter', false> | undefined;
  readonly transmitter: NodeCollection | undefined;
}

export interface PostSpike {
  readonly step: number;
  /** The potential at the end of its step, NaN where there is none. */
  readonly seen: number;
}

/** Makes a neuron fire, or what it excites receive spikes: `ahead` steps before they count. */
function drive(
  kernel: Kernel,
  target: NodeCollection,
  spikes: readonly Spike[],
  { perMs, ahead }: { readonly perMs: number; readonly ahead: number },
  synapse: { readonly weight?: number; readonly receptor_type?: number } = {},
): void {
  const generator = kernel.Create('spike_generator', {
    spike_times: spikes.map(({ step }) => (step - ahead) / perMs),
    spike_multiplicities: spikes.map(({ multiplicity }) => multiplicity),
  });
  kernel.Connect(generator, target, 'all_to_all', { delay: 1 / perMs, ...synapse });
}

/** @param tau Parameters of each target that a built-in rule needs there. */
export function makeNodes(
  kernel: Kernel,
  plan: Plan,
  modulator: 'spikes' | 'reward' | undefined,
  tau: readonly Readonly<Record<string, number>>[],
): Nodes {
  const sources = kernel.Create('parrot_neuron', plan.sources.length);
  plan.sources.forEach((spikes, i) => {
    drive(kernel, sources.at(i), spikes, { perMs: plan.perMs, ahead: 1 });
  });
  const targets = makeTargets(kernel, plan);
  tau.forEach((own, j) => targets.at(j).set(own));
  const hasPotential = 'V_m' in targets.at(0).get();
  return {
    ...{ sources, targets, spikes: recordSpikes(kernel, targets) },
    meter: hasPotential ? sampleEveryStep(kernel, targets) : undefined,
    transmitter: modulator && makeTransmitter(kernel, plan, modulator),
  };
}

function makeTargets(kernel: Kernel, { perMs, targets }: Plan): NodeCollection {
  const { kind } = targets[0]!;
  const levels = targets.map(({ level }) => level);
  const own =
    kind === 'iaf_psc_exp'
      ? { V_reset: levels, t_ref: 2 }
      : kind === 'clamped_neuron'
        ? { spike_times: targets.map(({ spikes }) => spikes.map(({ step }) => step / perMs)) }
        : {};
  const nodes: NodeCollection = kernel.Create(kind, targets.length, own);
  targets.forEach(({ spikes, level }, j) => {
    const node = nodes.at(j);
    if (kind === 'parrot_neuron') drive(kernel, node, spikes, { perMs, ahead: 1 });
    if (kind === 'iaf_psc_exp')
      drive(kernel, node, spikes, { perMs, ahead: 2 }, { weight: STRONG });
    if (kind === 'listening_neuron') {
      drive(kernel, node, spikes, { perMs, ahead: 1 }, { weight: level, receptor_type: 1 });
    }
  });
  return nodes;
}

function makeTransmitter(
  kernel: Kernel,
  { perMs, pulses, pulseDelay, firstReward, line }: Plan,
  modulator: 'spikes' | 'reward',
): NodeCollection {
  if (modulator === 'reward') {
    return kernel.Create('reward_transmitter', {
      reward: firstReward,
      reward_times: line.map(({ step }) => step / perMs),
      reward_values: line.map(({ value }) => value),
    });
  }
  const relay = kernel.Create('parrot_neuron');
  const transmitter = kernel.Create('volume_transmitter');
  drive(kernel, relay, pulses, { perMs, ahead: 1 + pulseDelay });
  kernel.Connect(relay, transmitter, 'all_to_all', { delay: pulseDelay / perMs });
  return transmitter;
}

/** What each target has sent up to now. */
export function postSpikes({ targets, spikes, meter }: Nodes, perMs: number): PostSpike[][] {
  const ids = Array.from(targets.ids);
  const stepOf = (t: number): number => Math.round(t * perMs);
  const potentials = ids.map(() => new Map<number, number>());
  if (meter) {
    const values = column(meter, 'V_m');
    const { times, senders } = meter.events;
    times.forEach((t, i) => potentials[ids.indexOf(senders[i]!)]!.set(stepOf(t), values[i]!));
  }
  const posts = ids.map((): PostSpike[] => []);
  const { times, senders } = spikes.events;
  times.forEach((t, i) => {
    const [j, step] = [ids.indexOf(senders[i]!), stepOf(t)];
    posts[j]!.push({ step, seen: potentials[j]!.get(step) ?? NaN });
  });
  return posts;
}
