import {
  brunelParameters,
  NEURON,
  type BrunelOptions,
} from '../../benchmarks/experiments/brunel-network';

/**
 * Rate in spikes/s of a leaky integrate-and-fire neuron with white-noise input of mean μ and
 * standard deviation σ, both in mV (Brunel 2000, eq. 21):
 *
 *     1/ν = t_ref + τ·√π · ∫ exp(u²)·(1 + erf u) du   from (V_reset − μ)/σ to (V_th − μ)/σ
 */
export function firstPassageRate(mu: number, sigma: number): number {
  const { tau_m, t_ref, V_th, V_reset } = NEURON;
  const from = (V_reset - mu) / sigma;
  const to = (V_th - mu) / sigma;
  const steps = 200;
  let sum = 0;
  for (let k = 0; k < steps; k++) sum += integrand(from + ((k + 0.5) * (to - from)) / steps);
  return 1000 / (t_ref + tau_m * Math.sqrt(Math.PI) * ((sum * (to - from)) / steps));
}

/**
 * exp(u²)·(1 + erf u) = 2/√π · ∫ exp(−s² + 2·u·s) ds from 0 to ∞, by the midpoint rule. For the
 * u < 2 met here nothing is left beyond s = 8, and beyond 20/|u| where u is negative.
 */
function integrand(u: number): number {
  const steps = 400;
  const h = Math.min(8, u < 0 ? -20 / u : 8) / steps;
  let sum = 0;
  for (let k = 0; k < steps; k++) {
    const s = (k + 0.5) * h;
    sum += Math.exp(-s * s + 2 * u * s);
  }
  return (2 / Math.sqrt(Math.PI)) * sum * h;
}

/** Of the currents' noise, ms: synapses of 0.5 ms, filtered once and twice. */
const CORRELATION_TIME = { iaf_psc_delta: 0, iaf_psc_exp: 0.5, iaf_psc_alpha: 1 };

/**
 * Rate at which the network's neurons, each driven by the external input and by its C_E + C_I
 * presynaptic neurons at the same rate, fire at just that rate (Brunel 2000, eqs 3–5).
 * A synaptic current counts as a jump of the potential by all its charge; that its noise has a
 * correlation time τ_s acts as if V_th and V_reset were higher by |ζ(1/2)|/√2·σ·√(τ_s/τ_m) (Brunel
 * and Sergi 1998).
 */
export function selfConsistentRate(options: Omit<BrunelOptions, 'discard'>): number {
  const { eta, g } = options;
  const { C_E, C_I, external_rate } = brunelParameters(options);
  const tau = NEURON.tau_m / 1000; // s
  // The external input alone would hold the potential at η·V_th.
  const jump = (eta * NEURON.V_th) / (external_rate * tau);
  const output = (rate: number): number => {
    const mu = jump * tau * (external_rate + (C_E - g * C_I) * rate);
    const variance = jump ** 2 * tau * (external_rate + (C_E + g ** 2 * C_I) * rate);
    const sigma = Math.sqrt(variance);
    const shift = 1.0326 * sigma * Math.sqrt(CORRELATION_TIME[options.neuron] / NEURON.tau_m);
    return firstPassageRate(mu - shift, sigma);
  };
  // Where inhibition prevails, the output falls with the rate: one crossing.
  let [low, high] = [0, 1000 / NEURON.t_ref];
  for (let k = 0; k < 30; k++) {
    const middle = (low + high) / 2;
    if (output(middle) > middle) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
