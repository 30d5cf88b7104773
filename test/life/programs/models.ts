// A small network for every model that there is, in which spikes, rewards and transmitted weights
// are under way at any time, and every kind of recorder holds something.
import { createHash } from 'node:crypto';
import { type AnyInput, Kernel, type NodeCollection, random } from '../../../lib';
import { native } from '../../../lib/native';
import { plasticModels, transmitterOf } from '../../property/plastic-models';
import { firstReceptor, toFirst } from '../../property/receptors';

type Values = Record<string, AnyInput>;

/** What is not as in the other networks. */
interface Variant {
  readonly name: string;
  readonly neuron?: string;
  readonly generator?: string;
  readonly synapse?: { readonly model: string; readonly params: Values };
}

const namesOf = (wanted: string): string[] =>
  native
    .models()
    .filter(({ kind }) => kind === wanted)
    .map(({ name }) => name);

const isPlastic = new Set(plasticModels.map(({ model }) => model));

export const variants: readonly Variant[] = [
  ...namesOf('neuron').map((neuron) => ({ name: neuron, neuron })),
  ...namesOf('stimulator').map((generator) => ({ name: generator, generator })),
  ...plasticModels.map((synapse, i) => ({ name: `${synapse.model} ${i}`, synapse })),
  ...namesOf('synapse')
    .filter((model) => !isPlastic.has(model))
    .map((model) => ({ name: model, synapse: { model, params: {} } })),
];

/** Parameters without which a generator does nothing. */
const ACTIVE: Record<string, Values> = {
  ac_generator: { amplitude: 400, offset: 300, frequency: 30 },
  dc_generator: { amplitude: 420 },
  inhomogeneous_poisson_generator: { rate_times: [10, 45], rate_values: [2000, 9000] },
  noise_generator: { mean: 350, std: 300 },
  poisson_generator: { rate: 6000 },
  spike_generator: {
    spike_times: [3, 5.5, 20, 21, 39.9, 40, 41, 60],
    spike_multiplicities: [1, 2, 9, 1, 3, 2, 4, 30],
  },
  step_current_generator: { amplitude_times: [10, 50], amplitude_values: [500, 900] },
};

/** A call that not every model takes; whether this one does. */
function takes(call: () => void): boolean {
  try {
    call();
    return true;
  } catch {
    return false;
  }
}

export function build({ neuron, generator, synapse }: Variant): Kernel {
  const kernel = new Kernel();
  kernel.SetKernelStatus({ rng_seed: 12 });
  const noise = kernel.Create('poisson_generator', { rate: 300 });
  const sources = kernel.Create('parrot_neuron', 6);
  const neurons: NodeCollection = kernel.Create(neuron ?? 'iaf_psc_exp', 12);
  kernel.Connect(noise, sources);
  const model = neuron ?? 'iaf_psc_exp';
  drive(kernel, neurons, model);
  if (generator !== undefined) {
    const device = kernel.Create(generator, 1, ACTIVE[generator] ?? {});
    takes(() =>
      kernel.Connect(device, neurons, 'all_to_all', {
        ...toFirst(model, 30),
        delay: 1.5,
      }),
    );
  }
  const synapse_model = connect(kernel, sources, neurons, model, synapse);
  record(kernel, sources, neurons, model, synapse_model);
  return kernel;
}

function drive(kernel: Kernel, neurons: NodeCollection, model: string): void {
  const poisson = kernel.Create('poisson_generator', { rate: 3000 });
  const weight = Array.from(neurons.ids, (_, i) => 2 ** i);
  for (const sign of [1, -0.5]) {
    takes(() =>
      kernel.Connect(
        poisson,
        neurons,
        'all_to_all',
        toFirst(
          model,
          weight.map((w) => sign * w),
        ),
      ),
    );
  }
}

/** From sources to neurons; the name of the model. */
function connect(
  kernel: Kernel,
  sources: NodeCollection,
  neurons: NodeCollection,
  model: string,
  synapse = { model: 'stdp_synapse', params: {} as Values },
): string {
  const volume_transmitter = kernel.Create('volume_transmitter');
  kernel.Connect(sources.slice(0, 2), volume_transmitter, 'all_to_all', { delay: 2.5 });
  const reward_transmitter = kernel.Create('reward_transmitter', {
    reward_times: [20, 39.9, 40, 40.1, 63.7, 63.8],
    reward_values: [1, -0.5, 0.2, 0, 2, 0.3],
  });
  const bound = transmitterOf(synapse.model, { volume_transmitter, reward_transmitter });
  const name = `copy of ${synapse.model}`;
  kernel.CopyModel(synapse.model, name, {
    ...{ weight: 50, ...synapse.params, ...bound },
    weight_recorder: kernel.Create('weight_recorder'),
  });
  kernel.Connect(sources, neurons, 'all_to_all', {
    synapse_model: name,
    delay: random.uniform(0.5, 4),
    ...firstReceptor(model),
  });
  // Among themselves, too. Parrots would multiply their spikes without end.
  if (model !== 'parrot_neuron') {
    const rule = { rule: 'fixed_indegree', indegree: 3 } as const;
    const synapses = { synapse_model: name, ...firstReceptor(model) };
    takes(() => kernel.Connect(neurons, neurons, rule, synapses));
  }
  return name;
}

function record(
  kernel: Kernel,
  sources: NodeCollection,
  neurons: NodeCollection,
  model: string,
  synapse_model: string,
): void {
  const spikes = kernel.Create('spike_recorder');
  kernel.Connect(sources, spikes);
  kernel.Connect(neurons, spikes);
  const { recordables = [] } = kernel.GetDefaults(model) as { recordables?: string[] };
  if (recordables.length > 0) {
    const meter = kernel.Create('multimeter', { record_from: recordables, interval: 0.7 });
    kernel.Connect(meter, neurons);
  }
  takes(() => kernel.Connect(kernel.Create('voltmeter'), neurons));
  const connections = kernel.GetConnections({ synapse_model });
  kernel.Create('synapse_recorder', { interval: 1.5, connections });
}

/** Of all that can be read of a network. */
export function digest(kernel: Kernel): string {
  const hash = createHash('sha256');
  const add = (value: unknown): void => {
    if (ArrayBuffer.isView(value)) {
      hash.update(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, own] of Object.entries(value)) {
        hash.update(key);
        add(own);
      }
    } else {
      hash.update(JSON.stringify(value) ?? '');
    }
  };
  add(kernel.biological_time);
  const nodes = kernel.GetNodes();
  for (let i = 0; i < nodes.length; i++) add(nodes.slice(i, i + 1).get());
  add(kernel.GetConnections().get());
  return hash.digest('hex').slice(0, 16);
}
