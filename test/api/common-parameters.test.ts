// What belongs to a synapse model is read from its synapses, too.
import { Kernel } from '../../lib';
import { models } from '../../lib/registry';
import { copyPlasticModels, plasticModels } from '../property/plastic-models';

const kernel = new Kernel();
const [source, target] = [kernel.Create('parrot_neuron'), kernel.Create('iaf_psc_exp', 3)];
const names = copyPlasticModels(
  kernel,
  {
    volume_transmitter: kernel.Create('volume_transmitter'),
    reward_transmitter: kernel.Create('reward_transmitter'),
  },
  kernel.Create('weight_recorder'),
);
kernel.Connect(kernel.Create('spike_generator', { spike_times: [1, 3] }), source);
for (const synapse_model of names) kernel.Connect(source, target, 'all_to_all', { synapse_model });
kernel.SimulateSync(10);

test.each(plasticModels.map(({ model }, m) => [model, m] as const))('%s (%d)', (model, m) => {
  const synapse_model = names[m] ?? '';
  const defaults = kernel.GetDefaults(synapse_model) as Record<string, unknown>;
  const synapses = kernel.GetConnections({ synapse_model });
  const common = (models.get(model)?.parameters ?? []).filter(
    ({ role, type }) => role === 'common' && type !== 'nodes',
  );
  for (const { name } of common) {
    const read = Array.from(synapses.get(name as never) as ArrayLike<number>);
    expect([name, read]).toEqual([name, Array<number>(3).fill(Number(defaults[name]))]);
  }
});
