// The plastic models there are, as the core declares them, under which parameters they are active.
import type { AnyInput, Kernel, NodeCollection } from '../../lib';
import { models } from '../../lib/registry';

export type Values = Record<string, AnyInput>;

export interface PlasticModel {
  readonly model: string;
  readonly params: Values;
  /** What can be recorded of a synapse, without other names of the weight. */
  readonly recordables: readonly string[];
}

const parametersOf = (model: string): readonly string[] =>
  (models.get(model)?.parameters ?? []).map(({ name }) => name);

/** What synapses have that are not plastic. */
const ofStatic = new Set(parametersOf('static_synapse'));
const isPlastic = (model: string): boolean =>
  parametersOf(model).some((name) => !ofStatic.has(name));

/** Names of the models whose weights or transmission change while time passes. */
export const plasticNames: readonly string[] = [...models.values()]
  .filter(({ kind, name }) => kind === 'synapse' && isPlastic(name))
  .map(({ name }) => name);

// Bounds that are reached, and rules that draw and facilitate; several of a model where its switches
// make it another rule.
const VARIANTS: Record<string, readonly Values[]> = {
  stdp_dopamine_synapse: [{ A_plus: 4, A_minus: 3, b: 0.002, tau_c: 200, Wmin: 20, Wmax: 90 }],
  neuromodulated_stdp_synapse: [{ A_plus: 4, A_minus: 3, A_vt: -1, Wmax: 90 }],
  mstdp_synapse: [{ eta: 2, lag: 0, Wmin: 20, Wmax: 90 }],
  mstdpet_synapse: [
    { eta: 4, Wmin: 20, Wmax: 90 },
    { eta: 0.1, lag: 0, nearest: true, clip: false, tau_w: 1e4 },
    { eta: 0.05, Wmin: 0, Wmax: 90, mu_plus: 1, mu_minus: 0.5 },
  ],
  stdp_reward_synapse: [
    { A_plus: 9, A_minus: 8, tau_c: 60, gap: 1, Wmin: 20, Wmax: 90, weight_scale: 0.9 },
    { A_plus: 1, mu_plus: 0.4, mu_minus: 1, w_0: 2, alpha_kernel: false, Wmax: 90 },
  ],
  stdp_reward_tsodyks2_synapse: [{ A_plus: 9, A_minus: 8, tau_c: 60, tau_fac: 300, Wmax: 90 }],
  stdp_synapse: [{ Wmax: 90, lambda: 0.05, mu_plus: 0.4 }],
  vogels_sprekeler_synapse: [{ Wmax: 90, eta: 0.5 }],
  bernoulli_synapse: [{ p_transmit: 0.5 }],
  quantal_stp_synapse: [{ n: 4, a: 4 }],
};

/** What makes any other model active. */
const USUAL: Values = { Wmax: 90, lambda: 0.05, tau_fac: 300, U: 0.2 };

function usual(model: string): Values {
  const known = new Set(parametersOf(model));
  return Object.fromEntries(Object.entries(USUAL).filter(([name]) => known.has(name)));
}

/** Every plastic model, with weights of 50 in mind. */
export const plasticModels: readonly PlasticModel[] = plasticNames.flatMap((model) =>
  (VARIANTS[model] ?? [usual(model)]).map((params) => ({
    model,
    params,
    recordables: (models.get(model)?.recordables ?? []).filter((name) => name !== 'w'),
  })),
);

/** The transmitter that a model has to be bound to. */
export function transmitterOf(
  model: string,
  transmitters: Record<'volume_transmitter' | 'reward_transmitter', NodeCollection>,
): Values {
  const names = parametersOf(model);
  return Object.fromEntries(Object.entries(transmitters).filter(([name]) => names.includes(name)));
}

/** Copies of all plastic models, with a recorder of their weights. */
export const copyPlasticModels = (
  kernel: Kernel,
  transmitters: Parameters<typeof transmitterOf>[1],
  weight_recorder: NodeCollection,
): readonly string[] =>
  plasticModels.map(({ model, params }, m) => {
    const bound = { weight_recorder, ...transmitterOf(model, transmitters) };
    kernel.CopyModel(model, `copy ${m}`, { weight: 50, ...params, ...bound });
    return `copy ${m}`;
  });
