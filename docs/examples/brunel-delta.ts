// Brunel's network: excitatory and inhibitory neurons, connected at random, driven by noise. Where
// inhibition outweighs excitation, all fire irregularly and at a low rate, which the mean-field
// theory foretells (N. Brunel (2000), J. Comput. Neurosci. 8, 183-208; here a smaller network).
import * as nest from 'tegmenta';

const N_E = 4000;
const N_I = 1000;
const indegree = { E: 400, I: 100 };
const J = 0.1; // mV: by how much a spike raises the potential
const g = 6; // how much stronger inhibition is
const eta = 1.5; // drive, as a multiple of what would bring a neuron to its threshold
const delay = 1.5; // ms
const cell = { tau_m: 20, t_ref: 2, E_L: 0, V_m: 0, V_reset: 10, V_th: 20 };
const externalRate = (1000 * eta * cell.V_th) / (J * cell.tau_m); // spikes/s
const [discarded, measured] = [200, 1000]; // ms

nest.SetKernelStatus({ resolution: 0.1, rng_seed: 1, local_num_threads: 2 });
const E = nest.Create('iaf_psc_delta', N_E, cell);
const I = nest.Create('iaf_psc_delta', N_I, cell);
const all = E.concat(I);
const noise = nest.Create('poisson_generator', { rate: externalRate });
nest.Connect(noise, all, 'all_to_all', { weight: J, delay });
nest.Connect(E, all, { rule: 'fixed_indegree', indegree: indegree.E }, { weight: J, delay });
nest.Connect(I, all, { rule: 'fixed_indegree', indegree: indegree.I }, { weight: -g * J, delay });
const recorders = [E, I].map((population) => {
  const recorder = nest.Create('spike_recorder', { start: discarded });
  nest.Connect(population, recorder);
  return recorder;
});

await nest.Simulate(discarded + measured);

/** Rate, spikes/s, of a neuron under white noise of that mean and standard deviation (eq. 21). */
function rateUnderNoise(mean: number, deviation: number): number {
  const a = (cell.V_reset - mean) / deviation;
  const b = (cell.V_th - mean) / deviation;
  let integral = 0; // of exp(−s²)·(exp(2bs) − exp(2as))/s over all s > 0
  for (let s = 0.0005; s < 6 + Math.max(0, b); s += 0.001) {
    integral += (0.001 * (Math.exp(s * (2 * b - s)) - Math.exp(s * (2 * a - s)))) / s;
  }
  return 1000 / (cell.t_ref + cell.tau_m * integral);
}

/** What the neurons fire at if all of them fire at that rate (eqs. 3-5). */
function answerTo(rate: number): number {
  const perMs = [externalRate, indegree.E * rate, indegree.I * rate].map((each) => each / 1000);
  const jumps = [J, J, -g * J];
  const sum = (term: (jump: number) => number): number =>
    perMs.reduce((total, spikes, i) => total + spikes * term(jumps[i]), 0);
  const mean = cell.tau_m * sum((jump) => jump);
  const variance = cell.tau_m * sum((jump) => jump ** 2);
  return rateUnderNoise(mean, Math.sqrt(variance));
}

// The network's rate is that which calls itself forth: more would be answered by less.
let [low, high] = [0, 500];
while (high - low > 1e-6) {
  const middle = (low + high) / 2;
  if (answerTo(middle) > middle) low = middle;
  else high = middle;
}
const [rateE, rateI] = recorders.map((recorder, i) => {
  return (1000 * recorder.n_events) / [N_E, N_I][i] / measured;
});
console.log(`synapses:   ${nest.GetKernelStatus('num_connections')}`);
console.log(`excitatory: ${rateE.toFixed(2)} spikes/s`);
console.log(`inhibitory: ${rateI.toFixed(2)} spikes/s`);
console.log(`theory:     ${low.toFixed(2)} spikes/s`);
