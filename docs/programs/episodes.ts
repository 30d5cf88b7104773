// Episodes of reinforcement learning: after each the network is at rest again, its weights are
// kept, and the next one has noise of its own. Memory stays what it is.
import { Kernel } from 'tegmenta';

const kernel = new Kernel();
const reward_transmitter = kernel.Create('reward_transmitter');
const noise = kernel.Create('poisson_generator', { rate: 40 });
const inputs = kernel.Create('parrot_neuron', 50);
const output = kernel.Create('iaf_psc_exp');
const spikes = kernel.Create('spike_recorder');
kernel.SetDefaults('mstdpet_synapse', { reward_transmitter, Wmax: 400 });
kernel.Connect(noise, inputs);
kernel.Connect(inputs, output, 'all_to_all', { synapse_model: 'mstdpet_synapse', weight: 150 });
kernel.Connect(output, spikes);
const synapses = () => kernel.GetConnections({ target: output });
const mean = (values: ArrayLike<number>) =>
  Array.from(values).reduce((a, b) => a + b, 0) / values.length;

/** One episode: the output is rewarded for firing at 30 spikes/s. */
async function episode(seed: number): Promise<number> {
  kernel.ResetState({ keep: ['weights'], seed });
  for (let time = 0; time < 1000; time += 100) {
    const before = spikes.n_events;
    await kernel.Simulate(100);
    reward_transmitter.set({ reward: spikes.n_events - before > 3 ? -0.5 : 0.5 });
  }
  return spikes.n_events;
}

async function learn(episodes: number): Promise<void> {
  await kernel.Simulate(0.1); // from here on there is a state to go back to
  const fired: number[] = [];
  for (let seed = 1; seed <= episodes; seed++) fired.push(await episode(seed));
  console.log(`first episodes: ${fired.slice(0, 3).join(', ')} spikes`);
  console.log(`last episodes: ${fired.slice(-3).join(', ')} spikes`);
  console.log(`mean weight: ${mean(synapses().weight).toFixed(1)} pA`);
}

void learn(40);
