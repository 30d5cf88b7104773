// A neuron in balance: it gets the spikes of many excitatory and many inhibitory neurons. How fast
// must the inhibitory ones fire for it to fire as fast as each of the excitatory ones does?
// Bisection finds out: more inhibition, fewer spikes.
import * as nest from 'tegmenta';

const excitatory = { neurons: 1600, rate: 5, weight: 40 }; // spikes/s each; pA
const inhibitory = { neurons: 400, weight: -160 };
const seconds = 10;

nest.SetKernelStatus({ resolution: 0.1, rng_seed: 1 });
// Many copies of the neuron tell its rate sooner than one: each has noise of its own.
const copies = 200;
const neurons = nest.Create('iaf_psc_alpha', copies);
// The sum of many Poisson processes is one of the sum of their rates.
const excitation = nest.Create('poisson_generator', { rate: excitatory.neurons * excitatory.rate });
const inhibition = nest.Create('poisson_generator');
const spikes = nest.Create('spike_recorder');
nest.Connect(excitation, neurons, 'all_to_all', { weight: excitatory.weight });
nest.Connect(inhibition, neurons, 'all_to_all', { weight: inhibitory.weight });
nest.Connect(neurons, spikes);

/** Rate of the neuron where each inhibitory input has the given one, both in spikes/s. */
async function outputRate(inhibitoryRate: number): Promise<number> {
  // Back to time 0, with the same noise again, so that rates can be compared.
  nest.ResetState();
  inhibition.set({ rate: inhibitory.neurons * inhibitoryRate });
  await nest.Simulate(1000 * seconds);
  return spikes.n_events / copies / seconds;
}

let [low, high] = [0, 20]; // spikes/s: too little inhibition, too much of it
await nest.Simulate(0.1); // from here on there is a state to go back to
console.log('inhibitory rate   output rate (spikes/s)');
while (high - low > 0.01) {
  const middle = (low + high) / 2;
  const rate = await outputRate(middle);
  console.log(middle.toFixed(4).padEnd(18) + rate.toFixed(3));
  if (rate > excitatory.rate) low = middle;
  else high = middle;
}
const found = (low + high) / 2;
console.log(`in balance at ${found.toFixed(2)} spikes/s of each inhibitory input`);
