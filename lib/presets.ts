// Normalisations of reward-modulated plasticity, by where they come from. Spread one into CopyModel
// or SetDefaults: { ...presets.mstdpet_synapse.inferno, reward_transmitter }.
import type { ModelParameters } from './types';

/**
 * w changes by η·dt·r(k)·c(k − 1), with c raised by ξ/τ: Florian (2007) Neural Comput 19:1468, his
 * form with 1/τ. Wmin and Wmax clip; they are infinite until they are set.
 */
const florian2007 = {
  lag: 1,
  scale_by_dt: true,
  nearest: false,
  count_same_step: true,
  clip: true,
  mu_plus: 0,
  mu_minus: 0,
  hard_plus: false,
  hard_minus: false,
  bounds_at_pairing: false,
  bounds_follow_reward: true,
  tau_w: 0,
} as const;

/** w changes by r(k)·c(k), without dt, and is not clipped: Inferno's MSTDP and MSTDPET. */
const inferno = { ...florian2007, lag: 0, scale_by_dt: false, clip: false } as const;

/**
 * w changes by η·r(k)·c(k − 1), without dt, in [0, 1]; weight dependence (mu_plus, mu_minus) acts at
 * the pairing: ngc-learn's MSTDPETSynapse, whose w_bound is Wmax and whose A_minus is −A_minus here.
 */
const ngclearn = {
  ...florian2007,
  scale_by_dt: false,
  Wmin: 0,
  Wmax: 1,
  bounds_at_pairing: true,
  bounds_follow_reward: false,
} as const;

/** As florian2007: BindsNET's MSTDP and MSTDPET. */
const bindsnet = florian2007;

const withTrace = { normalized: true, elig_decay: 1 } as const;

/** Presets of the reward-modulated synapse models. */
export const presets = {
  mstdp_synapse: { florian2007, inferno, ngclearn, bindsnet },
  mstdpet_synapse: {
    florian2007: { ...florian2007, ...withTrace },
    inferno: { ...inferno, ...withTrace },
    ngclearn: { ...ngclearn, ...withTrace },
    bindsnet: { ...bindsnet, ...withTrace },
  },
} satisfies {
  mstdp_synapse: Record<string, ModelParameters<'mstdp_synapse'>>;
  mstdpet_synapse: Record<string, ModelParameters<'mstdpet_synapse'>>;
};
