// How strong a synaptic current must be for a postsynaptic potential of a given size: a membrane of
// capacitance C_m (pF) and time constant tau_m (ms) at rest receives one spike through a synapse of
// weight w (pA) and time constant tau_syn < tau_m (ms). Currents in pA, potentials in mV.

export interface Membrane {
  readonly C_m: number;
  readonly tau_m: number;
  readonly tau_syn: number;
}

/** Time course of the current that a spike causes. */
export interface CurrentShape {
  /** Weight in pA of the synapse whose postsynaptic potential peaks at 1 mV. */
  weightPerMillivolt(membrane: Membrane): number;
  /** Charge in fC that a spike brings through a synapse of 1 pA. */
  chargePerWeight(membrane: Membrane): number;
}

/**
 * iaf_psc_exp: I(t) = w·exp(−t/τs). The potential
 *
 *     V(t) = w/C · τm·τs/(τm − τs) · (exp(−t/τm) − exp(−t/τs))
 *
 * peaks at t = τm·τs/(τm − τs) · ln(τm/τs).
 */
export const exponential: CurrentShape = {
  weightPerMillivolt({ C_m, tau_m, tau_syn }) {
    const tau = (tau_m * tau_syn) / (tau_m - tau_syn);
    const t = tau * Math.log(tau_m / tau_syn);
    return C_m / (tau * (Math.exp(-t / tau_m) - Math.exp(-t / tau_syn)));
  },
  chargePerWeight: ({ tau_syn }) => tau_syn,
};

/**
 * iaf_psc_alpha: I(t) = w·e/τs·t·exp(−t/τs). With β = 1/τs − 1/τm the potential is
 *
 *     V(t) = w/C · e/τs · ((exp(−t/τm) − exp(−t/τs))/β² − t·exp(−t/τs)/β).
 */
export const alpha: CurrentShape = {
  weightPerMillivolt({ C_m, tau_m, tau_syn }) {
    const beta = 1 / tau_syn - 1 / tau_m;
    const t = alphaPeak(tau_m / tau_syn) / beta;
    const late = Math.exp(-t / tau_m);
    const early = Math.exp(-t / tau_syn);
    return (C_m * tau_syn) / (Math.E * ((late - early) / beta ** 2 - (t * early) / beta));
  },
  chargePerWeight: ({ tau_syn }) => Math.E * tau_syn,
};

/**
 * Where the potential of {@link alpha} peaks: dV/dt = 0 means exp(x) = 1 + k·x for x = β·t > 0 and
 * k = τm/τs > 1, a case of Lambert's W function. To the right of the root exp(x) − 1 − k·x is
 * positive and convex, so that Newton's method walks down to it without a detour.
 */
function alphaPeak(k: number): number {
  let x = 2 * Math.log(k) + 1;
  for (;;) {
    const next = x - (Math.exp(x) - 1 - k * x) / (Math.exp(x) - k);
    if (!(next < x)) return x;
    x = next;
  }
}
