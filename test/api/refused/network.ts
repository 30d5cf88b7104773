import { createHash } from 'node:crypto';
import { Kernel, type NodeCollection, type SynapseCollection } from '../../../lib';
import type * as errors from '../../../lib/errors';

/** A small network of everything, to try bad calls on. */
export interface Network {
  readonly kernel: Kernel;
  readonly alpha: NodeCollection<'iaf_psc_alpha'>;
  readonly parrots: NodeCollection<'parrot_neuron'>;
  readonly aeif: NodeCollection<'aeif_cond_exp'>;
  readonly noise: NodeCollection<'poisson_generator', false>;
  readonly stimulus: NodeCollection<'spike_generator', false>;
  readonly dc: NodeCollection<'dc_generator', false>;
  readonly wobble: NodeCollection<'noise_generator', false>;
  readonly recorder: NodeCollection<'spike_recorder', false>;
  readonly meter: NodeCollection<'multimeter', false>;
  readonly synapses: SynapseCollection<string, true>;
}

/** Two ms have been simulated; the neurons fire at about 50 Hz. */
export function buildNetwork(): Network {
  const kernel = new Kernel();
  kernel.SetKernelStatus({ rng_seed: 7 });
  kernel.CopyModel('static_synapse', 'excitatory', { weight: 50 });
  kernel.CopyModel('static_synapse_hom_w', 'shared', { weight: 20 });
  const alpha = kernel.Create('iaf_psc_alpha', 10, {
    V_m: Array.from({ length: 10 }, (_, i) => -70 + i),
  });
  const parrots = kernel.Create('parrot_neuron', 2);
  const aeif = kernel.Create('aeif_cond_exp', 2);
  const noise = kernel.Create('poisson_generator', { rate: 20_000 });
  const stimulus = kernel.Create('spike_generator', { spike_times: [1, 3, 7] });
  const dc = kernel.Create('dc_generator', { amplitude: 20 });
  const wobble = kernel.Create('noise_generator', { std: 10 });
  const recorder = kernel.Create('spike_recorder');
  const meter = kernel.Create('multimeter', { record_from: ['V_m'] });
  kernel.Connect(noise, alpha, 'all_to_all', { weight: 40 });
  kernel.Connect(stimulus, parrots);
  kernel.Connect(dc, aeif);
  kernel.Connect(wobble, alpha);
  kernel.Connect(
    alpha,
    alpha,
    { rule: 'fixed_indegree', indegree: 3 },
    { synapse_model: 'excitatory', delay: 1.5 },
  );
  kernel.Connect(parrots, alpha, 'all_to_all', { synapse_model: 'shared' });
  kernel.Connect(alpha, recorder);
  kernel.Connect(parrots, recorder);
  kernel.Connect(meter, alpha);
  kernel.SimulateSync(2);
  const synapses = kernel.GetConnections({ source: alpha, target: alpha });
  return {
    kernel,
    alpha,
    parrots,
    aeif,
    noise,
    stimulus,
    dc,
    wobble,
    recorder,
    meter,
    synapses,
  };
}

/** Everything that can be read from a network that is not running. */
export function snapshotOf({ kernel }: Network): object {
  const { memory_total, ...status } = kernel.GetKernelStatus();
  const models = [...kernel.node_models, ...kernel.synapse_models];
  return {
    status,
    holdsMemory: memory_total > 0,
    defaults: models.map((model) => kernel.GetDefaults(model)),
    nodes: [...kernel.GetNodes()].map((node) => node.get()),
    synapses: kernel.GetConnections().get(),
  };
}

/**
 * Digest of what the network does next: spikes and potentials of a further simulation after more
 * nodes and connections were drawn, so that it also tells whether random numbers were used up.
 */
export function futureOf({ kernel, alpha, recorder, meter }: Network): string {
  const more = kernel.Create('iaf_psc_alpha', 5);
  kernel.Connect(
    alpha,
    more,
    { rule: 'pairwise_bernoulli', p: 0.5 },
    { weight: 300, synapse_model: 'excitatory' },
  );
  kernel.Connect(more, recorder);
  kernel.SimulateSync(60);
  const { times, senders } = recorder.events;
  if (!senders.some((id) => more.includes(id))) throw new Error('the new neurons are silent');
  const { V_m } = meter.events as unknown as { V_m: Float64Array };
  const connections = kernel.GetConnections({ target: more }).source;
  const hash = createHash('sha256').update(times).update(senders).update(V_m).update(connections);
  return hash.digest('hex');
}

/** A call that must be refused, and with what. */
export interface RefusedCall {
  readonly title: string;
  readonly call: (network: Network) => unknown;
  /** Class of the error; its code follows from it. */
  readonly error: keyof typeof errors;
  /** What the user reads; a pattern where it depends on the machine. */
  readonly message: string | RegExp;
  /** All data of the error besides its code. */
  readonly fields: object;
}

/** A value of a type that the declarations do not allow. */
export const wrong = <T>(value: unknown): T => value as T;
