// STDP windows: by how much a synapse changes that sees one spike of either side, against the time
// between the two; with weight dependence (multiplicative) and without it (additive).
import * as nest from 'tegmenta';

const Wmax = 100;
const w0 = 40;
const lambda = 0.01; // learning rate
const alpha = 1.1; // depression, relative to facilitation
const tau_plus = 16.8; // ms
const tau_minus = 33.7; // ms, of the target neuron
const delay = 1; // ms, all of it between the synapse and the target's soma
const middle = 200; // ms: when the source fires
const lags = [-80, -40, -20, -10, -5, -2, 2, 5, 10, 20, 40, 80]; // ms, at the synapse

/** The weight after one pair of spikes (R. Gütig et al. (2003), J. Neurosci. 23, 3697-3714). */
function afterPair(lag: number, mu: number): number {
  const w = w0 / Wmax;
  const after =
    lag > 0
      ? w + lambda * (1 - w) ** mu * Math.exp(-lag / tau_plus)
      : w - alpha * lambda * w ** mu * Math.exp(lag / tau_minus);
  return Wmax * after;
}

/** The same, simulated: a pair of neurons for each lag, which fire when they are told to. */
function simulated(mu: number): Float64Array {
  nest.ResetKernel();
  // A spike of the target reaches the synapse a delay later, so it fires that much earlier.
  const before = nest.Create('clamped_neuron', lags.length, { spike_times: [middle] });
  const after = nest.Create('clamped_neuron', lags.length, {
    tau_minus,
    spike_times: lags.map((lag) => [middle + lag - delay]),
  });
  const rule = { lambda, alpha, tau_plus, Wmax, mu_plus: mu, mu_minus: mu };
  const synapse = { synapse_model: 'stdp_synapse', weight: w0, delay, ...rule } as const;
  nest.Connect(before, after, 'one_to_one', synapse);
  nest.SimulateSync(2 * middle);
  return nest.GetConnections().weight; // ordered by source
}

for (const [name, mu] of Object.entries({ additive: 0, multiplicative: 1 })) {
  const weights = simulated(mu);
  console.log(`${name}: lag (ms), change of the weight, the same by the formula`);
  lags.forEach((lag, i) => {
    const changes = [weights[i], afterPair(lag, mu)].map((w) => (w - w0).toFixed(6).padStart(11));
    console.log(`${lag}`.padStart(4) + changes.join(''));
  });
}
