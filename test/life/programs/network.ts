import { createHash } from 'node:crypto';
import { Kernel, type NodeCollection } from '../../../lib';

/** Longer than any test waits, ms. */
export const endless = 1e7;

export interface Network {
  readonly kernel: Kernel;
  readonly neurons: NodeCollection;
  readonly recorder: NodeCollection<'spike_recorder', false>;
}

/**
 * 100 neurons that fire at about 60 Hz, driven by noise and by each other, so that every spike
 * depends on all the random numbers drawn before it.
 */
export function buildNetwork(seed = 1): Network {
  const kernel = new Kernel();
  kernel.SetKernelStatus({ rng_seed: seed });
  const neurons = kernel.Create('iaf_psc_delta', 100);
  const noise = kernel.Create('poisson_generator', { rate: 20_000 });
  const recorder = kernel.Create('spike_recorder');
  kernel.Connect(noise, neurons, 'all_to_all', { weight: 0.1, delay: 1 });
  kernel.Connect(
    neurons,
    neurons,
    { rule: 'fixed_indegree', indegree: 10 },
    { weight: 0.1, delay: 1.5 },
  );
  kernel.Connect(neurons, recorder);
  return { kernel, neurons, recorder };
}

/** Digest of everything the recorder holds; throws when there are no spikes. */
export function spikeHash({ recorder }: Network): string {
  const { times, senders } = recorder.events;
  if (times.length === 0) throw new Error('the network is silent');
  return createHash('sha256').update(times).update(senders).digest('hex');
}
