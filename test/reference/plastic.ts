// One plastic synapse between two parrots that repeat given spikes, as in the files of NEST.
import { type AnyInput, Kernel, type NodeCollection, type SynapseCollection } from '../../lib';

export interface Protocol {
  readonly model: string;
  /** Parameters of the model, with the names of NEST. */
  readonly params: Readonly<Record<string, number>>;
  readonly weight: number;
  readonly delay: number;
  /** Of the target. */
  readonly tau_minus: number;
  /** Spikes of the two neurons, ms. */
  readonly pre: readonly number[];
  readonly post: readonly number[];
  /** Times at which spikes reach the transmitter, ms, each with the same multiplicity. */
  readonly dopamine?: readonly number[];
  readonly multiplicity?: number;
}

export interface Pair {
  readonly kernel: Kernel;
  readonly synapse: SynapseCollection<string, true>;
  readonly recorder: NodeCollection<'weight_recorder', false>;
}

/** A tenth of a ms earlier: generators act one step later, on parrots as on transmitters. */
const stepBefore = (times: readonly number[]) => times.map((t) => Math.round(10 * t - 1) / 10);

export function buildPair(p: Protocol, threads = 1): Pair {
  const kernel = new Kernel();
  kernel.SetKernelStatus({ resolution: 0.1, local_num_threads: threads });
  const pre = kernel.Create('parrot_neuron');
  const post = kernel.Create('parrot_neuron', { tau_minus: p.tau_minus });
  const drive = (target: NodeCollection, times: readonly number[], spike_multiplicities = {}) => {
    const spike_times = stepBefore(times);
    const generator = kernel.Create('spike_generator', { spike_times, ...spike_multiplicities });
    kernel.Connect(generator, target, 'all_to_all', { delay: 0.1 });
  };
  drive(pre, p.pre);
  drive(post, p.post);
  const recorder = kernel.Create('weight_recorder');
  let params: Record<string, AnyInput> = { ...p.params, weight_recorder: recorder };
  if (p.dopamine) {
    const relay = kernel.Create('parrot_neuron');
    const volume_transmitter = kernel.Create('volume_transmitter');
    drive(relay, stepBefore(p.dopamine), {
      spike_multiplicities: p.dopamine.map(() => p.multiplicity ?? 1),
    });
    kernel.Connect(relay, volume_transmitter, 'all_to_all', { delay: 0.1 });
    params = { ...params, volume_transmitter };
  }
  kernel.CopyModel(p.model, 'plastic', params);
  kernel.Connect(pre, post, 'all_to_all', {
    synapse_model: 'plastic',
    weight: p.weight,
    delay: p.delay,
    receptor_type: 1,
  });
  return { kernel, recorder, synapse: kernel.GetConnections({ synapse_model: 'plastic' }) };
}

/** A state of the only synapse. */
export function stateOf(synapse: SynapseCollection<string, true>, name: string): number {
  return (synapse.get(name) as Float64Array)[0] ?? NaN;
}
