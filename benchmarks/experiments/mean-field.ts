// Rates of leaky integrate-and-fire neurons in white noise, and of networks of them that are the noise
// themselves (N. Brunel (2000), J. Comput. Neurosci. 8, 183-208). Times in ms, potentials in mV.

/** A neuron as the theory sees it. */
export interface Cell {
  readonly tau_m: number;
  readonly t_ref: number;
  readonly V_th: number;
  readonly V_reset: number;
  /** Correlation time of the noise that its synapses filter; 0 for potentials that jump. */
  readonly tau_noise: number;
}

/** What reaches a neuron, as far as it does not depend on the rate, and as far as it does. */
export interface Drive {
  /** Potential that the external input and currents would hold. */
  readonly mean: number;
  /** Variance of the input, σ² of Brunel (2000). */
  readonly variance: number;
  /** By how much mean and variance grow with each spike/s of the network. */
  readonly mean_per_rate: number;
  readonly variance_per_rate: number;
}

/** Points of the integral; it is smooth. */
const POINTS = 1000;
/** Thresholds further away, in standard deviations of the input, are never reached. */
const UNREACHED = 20;

/**
 * Rate in spikes/s with input of mean μ and standard deviation σ (Brunel 2000, eq. 21, its two
 * integrals in the other order):
 *
 *     1/ν = t_ref + τ · ∫ exp(−s²)·(exp(2·b·s) − exp(2·a·s))/s ds from 0 to ∞,
 *     a = (V_reset − μ)/σ, b = (V_th − μ)/σ
 */
export function firstPassageRate(mu: number, sigma: number, cell: Cell): number {
  const { tau_m, t_ref, V_th, V_reset } = cell;
  if (!(V_th - mu < UNREACHED * sigma)) return 0;
  const a = (V_reset - mu) / sigma;
  const b = (V_th - mu) / sigma;
  // Beyond this nothing is left of either exponential.
  const end = b < 0 ? Math.min(6, 20 / -b) : b + 6;
  let sum = 0;
  for (let k = 0; k < POINTS; k++) {
    // s = end·x²: close together where the second exponential may be short.
    const x = (k + 0.5) / POINTS;
    const s = end * x * x;
    sum += ((Math.exp((2 * b - s) * s) - Math.exp((2 * a - s) * s)) * 2) / x;
  }
  return 1000 / (t_ref + (tau_m * sum) / POINTS);
}

/** |ζ(1/2)|/√2 of Brunel & Sergi (1998). */
const FILTER_SHIFT = 1.0326;

/**
 * Rate in spikes/s at which a network drives its neurons to fire at just that rate (Brunel 2000,
 * eqs 3–5): the lowest one, which a network at rest comes to. That filtered noise has a correlation
 * time τ_s acts as if V_th and V_reset were higher by |ζ(1/2)|/√2·σ·√(τ_s/τ_m) (Brunel & Sergi 1998).
 */
export function selfConsistentRate(drive: Drive, cell: Cell): number {
  const output = (rate: number): number => {
    const sigma = Math.sqrt(drive.variance + drive.variance_per_rate * rate);
    const shift = FILTER_SHIFT * sigma * Math.sqrt(cell.tau_noise / cell.tau_m);
    return firstPassageRate(drive.mean + drive.mean_per_rate * rate - shift, sigma, cell);
  };
  const largest = Math.ceil(1000 / cell.t_ref);
  let high = 0;
  while (high < largest && output(high) > high) high++;
  let low = Math.max(0, high - 1);
  for (let k = 0; k < 40; k++) {
    const middle = (low + high) / 2;
    if (output(middle) > middle) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
