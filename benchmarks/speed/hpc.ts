import { type NodeCollection, random } from '../../lib';
import type { Quantity } from '../../lib/cli/experiment';
import { alpha } from '../experiments/psp';
import { workloadActivity } from './workload-activity';
import { defineWorkload, type WorkloadNetwork } from './workload';

/** Simulation grid, ms. */
const RESOLUTION = 0.1;
/** iaf_psc_alpha, potentials relative to rest. */
const NEURON = {
  C_m: 250,
  tau_m: 10,
  t_ref: 0.5,
  E_L: 0,
  V_reset: 0,
  V_th: 20,
  tau_syn_ex: 0.32582722403722841,
  tau_syn_in: 0.32582722403722841,
  tau_minus: 30,
};
const STDP = { alpha: 0.0513, lambda: 0.1, mu: 0.4, tau_plus: 15 };
/** Mean and standard deviation of the potential at the start, mV. */
const V_M = [5.7, 7.2] as const;
/** Neurons at scale 1, and at any larger scale the in-degrees. */
const SIZE = { excitatory: 9000, inhibitory: 2250 };
/** Peak of an excitatory postsynaptic potential, mV. */
const J = 0.14;
/** Strength of inhibition relative to excitation. */
const G = 5;
/** External rate relative to the rate that reaches the threshold. */
const ETA = 1.685;
const DELAY = 1.5;

export interface HpcWorkloadNetwork extends WorkloadNetwork {
  readonly excitatory: NodeCollection;
  readonly inhibitory: NodeCollection;
  /** Records the excitatory neurons. */
  readonly recorder: NodeCollection<'spike_recorder', false>;
}

export const hpc = defineWorkload({
  name: 'hpc',
  summary:
    'Balanced random network, power-law STDP among excitatory neurons with thousands of synapses',
  reference:
    'A. Morrison, A. Aertsen & M. Diesmann (2007), Spike-timing-dependent plasticity in balanced ' +
    'random networks, Neural Comput. 19, 1437-1467',
  resolution: RESOLUTION,
  presimulation: 100,
  defaultTime: 1000,
  options: {
    scale: {
      kind: 'number',
      description:
        'neurons, as a multiple of 11250; below 1 each has fewer synapses, as strong as at scale 1, ' +
        'and fires at other rates',
      default: 1,
      min: 0.004,
      max: 8,
    },
  },

  size: ({ scale }) => `scale ${scale}${scale < 1 ? ', J as at scale 1' : ''}`,

  build(kernel, { scale }): HpcWorkloadNetwork {
    const N_E = Math.round(SIZE.excitatory * scale);
    const N_I = Math.round(SIZE.inhibitory * scale);
    const C_E = Math.min(N_E, SIZE.excitatory);
    const C_I = Math.min(N_I, SIZE.inhibitory);
    const { C_m, tau_m, tau_syn_ex: tau_syn, V_th } = NEURON;
    const membrane = { C_m, tau_m, tau_syn };
    const weight = J * alpha.weightPerMillivolt(membrane);
    // Spikes/ms whose mean potential is the threshold: C_E·ν_th, whatever C_E is.
    const threshold_rate = V_th / ((tau_m / C_m) * weight * alpha.chargePerWeight(membrane));
    const external_rate = 1000 * ETA * threshold_rate;

    const cell = { ...NEURON, V_m: random.normal(...V_M) };
    const excitatory = kernel.Create('iaf_psc_alpha', N_E, cell);
    const inhibitory = kernel.Create('iaf_psc_alpha', N_I, cell);
    const all = excitatory.concat(inhibitory);
    const external = kernel.Create('poisson_generator', { rate: external_rate });
    kernel.CopyModel('stdp_pl_synapse_hom', 'plastic', STDP);

    const excitation = { weight, delay: DELAY };
    const inhibition = { weight: -G * weight, delay: DELAY };
    const inputs = (indegree: number) =>
      ({ rule: 'fixed_indegree', indegree, allow_autapses: false }) as const;
    kernel.Connect(external, all, 'all_to_all', excitation);
    kernel.Connect(excitatory, excitatory, inputs(C_E), {
      ...excitation,
      synapse_model: 'plastic',
    });
    kernel.Connect(excitatory, inhibitory, inputs(C_E), excitation);
    kernel.Connect(inhibitory, all, inputs(C_I), inhibition);
    const recorder = kernel.Create('spike_recorder');
    kernel.Connect(excitatory, recorder);
    return {
      excitatory,
      inhibitory,
      recorder,
      parameters: {
        ...{ scale, N_E, N_I, C_E, C_I },
        weight_ex: weight,
        weight_in: -G * weight,
        external_rate,
        delay: DELAY,
        resolution: RESOLUTION,
      },
      synapses: (N_E + N_I) * (C_E + C_I),
      plasticSynapses: N_E * C_E,
    };
  },

  measure({ excitatory, recorder }, window): Quantity[] {
    const population = { key: 'E', name: 'excitatory', ids: excitatory.ids };
    return workloadActivity(recorder.events, population, window);
  },

  spikes: ({ recorder }) => recorder.events,
});
