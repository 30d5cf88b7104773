// The neuron that simulations 1, 2, 4 and 5 of the paper share, and the unit of its synaptic weights.
import { sourced, valuesOf } from './sourced';

/** Leaky integrate-and-fire with conductances. */
export const cellTable = {
  C_m: sourced(300, 'pF', 'code', 'capacitance'),
  g_L: sourced(10, 'nS', 'code', 'leak: 1 / (100 MΩ)'),
  E_L: sourced(-70, 'mV', 'code', 'potential at rest, and at the beginning'),
  V_th: sourced(-59, 'mV', 'code', 'threshold'),
  V_reset: sourced(-70, 'mV', 'code', 'potential after a spike'),
  t_ref: sourced(5, 'ms', 'code', 'refractory time'),
  E_exc: sourced(0, 'mV', 'code', 'reversal potential of excitatory synapses'),
  E_inh: sourced(-75, 'mV', 'code', 'reversal potential of inhibitory synapses'),
  tau_syn: sourced(5, 'ms', 'code', 'time constant of every synaptic conductance'),
};
export const CELL = valuesOf(cellTable);

/** Two Ornstein-Uhlenbeck conductances a neuron, before they are scaled. */
export const noiseTable = {
  g_e0: sourced(12, 'nS', 'code', 'mean of the excitatory noise conductance'),
  sigma_e: sourced(3, 'nS', 'code', 'its standard deviation'),
  tau_noise_e: sourced(2.7, 'ms', 'code', 'its time constant'),
  E_e: sourced(0, 'mV', 'code', 'its reversal potential'),
  g_i0: sourced(57, 'nS', 'code', 'mean of the inhibitory noise conductance'),
  sigma_i: sourced(6.6, 'nS', 'code', 'its standard deviation'),
  tau_noise_i: sourced(10.5, 'ms', 'code', 'its time constant'),
  E_i: sourced(-75, 'mV', 'code', 'its reversal potential'),
};
const NOISE = valuesOf(noiseTable);

/** Receptors of the neuron: each the place of a reversal potential, counted from 1. */
export const RECEPTOR = { exc: 1, inh: 2 } as const;

export const CELL_MODEL = 'iaf_cond_exp_multisynapse';

/** Parameters of a neuron whose noise has so many times the means and deviations of the table. */
export function cellParameters(noiseScale: number) {
  const { C_m, g_L, E_L, V_th, V_reset, t_ref, E_exc, E_inh, tau_syn } = CELL;
  return {
    ...{ C_m, g_L, E_L, V_th, V_reset, t_ref, V_m: E_L },
    E_rev: [E_exc, E_inh],
    tau_syn: [tau_syn, tau_syn],
    ...NOISE,
    g_e0: noiseScale * NOISE.g_e0,
    sigma_e: noiseScale * NOISE.sigma_e,
    g_i0: noiseScale * NOISE.g_i0,
    sigma_i: noiseScale * NOISE.sigma_i,
  };
}

/**
 * Peak of the potential that a conductance of 1 with time constant `tau_syn` causes in a membrane
 * of time constant `tau_m` and resistance 1, while the driving force stays 1.
 */
export function peakResponse(tau_m: number, tau_syn: number): number {
  const ratio = tau_syn / tau_m;
  const span = tau_m - tau_syn;
  return (tau_syn / span) * (ratio ** (tau_syn / span) - ratio ** (tau_m / span));
}

/**
 * The conductance in nS whose single potential peaks at `scale` of the way from `from` to the
 * threshold, were the driving force to stay as it is there.
 */
export function weightUnit(
  scale: number,
  reversal: number,
  { tau_syn, from }: { readonly tau_syn?: number; readonly from?: number } = {},
): number {
  const { C_m, g_L, E_L, V_th } = CELL;
  const peak = peakResponse(C_m / g_L, tau_syn ?? CELL.tau_syn) / g_L;
  const begin = from ?? E_L;
  return (scale * (V_th - begin)) / (Math.abs(reversal - begin) * peak);
}
