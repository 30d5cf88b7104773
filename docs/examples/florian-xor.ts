// A network learns XOR by a reward alone: each spike of its output neuron is welcome where one of
// the inputs is on, and unwelcome where both are or none is. Its synapses change by spike timing, as
// far as a reward comes soon after (R. V. Florian (2007), Neural Comput. 19, 1468-1502).
import * as nest from 'tegmenta';

const seed = 1;
const patterns = [
  { inputs: [0, 0], reward: -1 },
  { inputs: [0, 1], reward: 1 },
  { inputs: [1, 0], reward: 1 },
  { inputs: [1, 1], reward: -1 },
];
nest.SetKernelStatus({ resolution: 1, rng_seed: seed });
const reward_transmitter = nest.Create('reward_transmitter');
const cell = { E_L: -70, V_m: -70, V_th: -54, V_reset: -60, tau_m: 20 };
const hidden = nest.Create('iaf_psc_delta', 60, { ...cell, t_ref: 0 });
const output = nest.Create('iaf_psc_delta', { ...cell, t_ref: 7 });
const spikes = nest.Create('spike_recorder');
nest.Connect(output, spikes);

/** Connects by synapses that learn; their weights are random at first, and stay within bounds. */
function connect(pre: nest.NodeCollection, post: nest.NodeCollection, Wmin: number, Wmax: number) {
  const eta = post === output ? 0.025 : 0.625; // learning rate: the output's synapses are slower
  const rule = { ...nest.presets.mstdpet_synapse.florian2007, eta, Wmin, Wmax, reward_transmitter };
  const synapse_model = `learning from ${pre.ids[0]}`;
  nest.CopyModel('mstdpet_synapse', synapse_model, rule);
  nest.Connect(pre, post, 'all_to_all', { synapse_model, weight: nest.random.uniform(Wmin, Wmax) });
}

// An input is the rate of 30 neurons, of which half excite and half inhibit. Weights are in mV.
const inputs = [0, 1].map(() => {
  const noise = nest.Create('poisson_generator');
  const group = nest.Create('parrot_neuron', 30);
  nest.Connect(noise, group);
  connect(group.slice(0, 15), hidden, 0, 12);
  connect(group.slice(15), hidden, -12, 0);
  return noise;
});
connect(hidden, output, 0, 2);

/** Shows a pattern for half a second; gives how often the output fired, in spikes/s. */
function show(pattern: (typeof patterns)[number], learning: boolean): number {
  inputs.forEach((noise, i) => noise.set({ rate: 40 * pattern.inputs[i] }));
  spikes.n_events = 0;
  for (let step = 0; step < 500; step++) {
    const before = spikes.n_events;
    nest.RunSync(1);
    const fired = spikes.n_events > before;
    reward_transmitter.reward = learning && fired ? pattern.reward : 0;
  }
  return spikes.n_events / 0.5;
}

/** Prints the rate for each pattern, the mean of five times, without any reward. */
function report(when: string): void {
  const mean = (pattern: (typeof patterns)[number]): number =>
    [1, 2, 3, 4, 5].reduce((sum) => sum + show(pattern, false) / 5, 0);
  const rates = patterns.map((pattern) => mean(pattern).toFixed(0).padStart(6));
  console.log(when.padEnd(20) + rates.join(''));
}

nest.Prepare(); // once, so that every RunSync only runs
console.log('inputs'.padEnd(20) + patterns.map((p) => p.inputs.join(',').padStart(6)).join(''));
report('before');
const draws = nest.random.stream(seed);
for (let round = 1; round <= 120; round++) {
  const places = patterns.map(() => draws.uniform());
  const order = [0, 1, 2, 3].sort((a, b) => places[a] - places[b]);
  for (const i of order) show(patterns[i], true);
  if (round % 30 === 0) report(`after ${round} rounds`);
}
nest.Cleanup();
