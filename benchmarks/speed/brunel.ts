import type { Kernel, NodeCollection } from '../../lib';
import type { Quantity } from '../../lib/cli/experiment';
import {
  brunelOptions,
  buildBrunelNeurons,
  connectedSize,
  DELAY,
  meanFieldRate,
  NEURONS,
  RESOLUTION,
  unscaledParameters,
  type BrunelNeurons,
  type BrunelParameters,
} from '../experiments/brunel-network';
import { workloadActivity } from './workload-activity';
import { defineWorkload, type WorkloadNetwork } from './workload';

/** The paper's asynchronous irregular state. */
export const MODEL = {
  g: brunelOptions.g.default,
  eta: brunelOptions.eta.default,
  J: brunelOptions.J.default,
  neuron: brunelOptions.neuron.default,
};

/** STDP that learns too slowly to change a rate, but costs as much as any. */
const STDP = {
  tau_plus: 20,
  lambda: 1e-9,
  alpha: 2.02,
  mu_plus: 1,
  mu_minus: 1,
  Wmax: 0.3,
};
const TAU_MINUS = 20;

const DOPAMINE = {
  A_plus: 1e-4,
  A_minus: 1.5e-4,
  tau_plus: 20,
  tau_c: 1000,
  tau_n: 200,
  b: 0,
  Wmin: 0,
  Wmax: 0.3,
};
/** Spikes/s of the dopaminergic neuron. */
const DOPAMINE_RATE = 40;

/** The same strength of the synapses at all scales: what is timed is what other simulators time. */
const parametersAt = (scale: number): BrunelParameters =>
  unscaledParameters(connectedSize(NEURONS * scale), MODEL);

export interface BrunelWorkloadNetwork extends WorkloadNetwork, BrunelNeurons {
  readonly scale: number;
  /** Records the excitatory neurons. */
  readonly recorder: NodeCollection<'spike_recorder', false>;
}

/** What differs between the workloads. */
interface Plasticity {
  /** Makes the model of the synapses among excitatory neurons, and gives its name. */
  makeModel(kernel: Kernel): string;
  /** What it needs of the neurons. */
  readonly neuron?: Readonly<Record<string, number>>;
}

function workload(name: string, summary: string, plasticity?: Plasticity) {
  return defineWorkload({
    name,
    summary,
    reference:
      'N. Brunel (2000), Dynamics of sparsely connected networks of excitatory and inhibitory ' +
      'spiking neurons, J. Comput. Neurosci. 8, 183-208: model A',
    resolution: RESOLUTION,
    presimulation: 100,
    defaultTime: 1000,
    options: {
      scale: {
        ...brunelOptions.scale,
        description:
          `neurons, as a multiple of ${NEURONS}; each has synapses from a tenth of them, as strong ` +
          'as at scale 1, and fires at other rates',
      },
    },

    size: ({ scale }) => `scale ${scale}${scale === 1 ? '' : ', J as at scale 1'}`,

    build(kernel, { scale }): BrunelWorkloadNetwork {
      const parameters = parametersAt(scale);
      const model = plasticity?.makeModel(kernel);
      const neurons = buildBrunelNeurons(kernel, MODEL.neuron, parameters, model);
      if (plasticity?.neuron) neurons.excitatory.set(plasticity.neuron);
      const recorder = kernel.Create('spike_recorder');
      kernel.Connect(neurons.excitatory, recorder);
      const { N_E, N_I, C_E, C_I } = parameters;
      return {
        ...neurons,
        recorder,
        scale,
        parameters: { scale, ...parameters, delay: DELAY, resolution: RESOLUTION },
        synapses: (N_E + N_I) * (C_E + C_I),
        plasticSynapses: plasticity ? N_E * C_E : 0,
      };
    },

    measure({ excitatory, recorder, scale }, window): Quantity[] {
      const population = { key: 'E', name: 'excitatory', ids: excitatory.ids };
      const [rate, ...others] = workloadActivity(recorder.events, population, window);
      const expected = meanFieldRate(parametersAt(scale), MODEL).toFixed(1);
      const label = `${rate!.label} (mean-field theory at scale ${scale}: ${expected})`;
      return [{ ...rate!, label }, ...others];
    },

    spikes: ({ recorder }) => recorder.events,
  });
}

export const brunel = workload('brunel', "Brunel's network, static synapses");

export const brunelStdp = workload(
  'brunel_stdp',
  "Brunel's network, STDP among excitatory neurons",
  {
    makeModel(kernel) {
      kernel.CopyModel('stdp_synapse_hom', 'plastic', STDP);
      return 'plastic';
    },
    neuron: { tau_minus: TAU_MINUS },
  },
);

export const brunelDopa = workload(
  'brunel_dopa',
  "Brunel's network, dopamine-modulated STDP among excitatory neurons",
  { makeModel: makeDopamineModel },
);

/** As much work for a reward: weights far from their bounds, a reward that changes every 100 ms. */
const REWARD = {
  A_plus: 1,
  A_minus: -1.5,
  tau_plus: 20,
  tau_elig: 1000,
  eta: 1e-7,
  Wmin: 0,
  Wmax: 0.3,
};
const REWARD_INTERVAL = 100;
const REWARDED_TIME = 10_000;

export const brunelMstdpet = workload(
  'brunel_mstdpet',
  "Brunel's network, reward-modulated STDP among excitatory neurons",
  {
    makeModel(kernel) {
      const n = REWARDED_TIME / REWARD_INTERVAL;
      const reward_transmitter = kernel.Create('reward_transmitter', {
        reward_times: Array.from({ length: n }, (_, i) => (i + 1) * REWARD_INTERVAL),
        reward_values: Array.from({ length: n }, (_, i) => (i % 2 ? -1 : 1)),
      });
      kernel.CopyModel('mstdpet_synapse', 'plastic', { ...REWARD, reward_transmitter });
      return 'plastic';
    },
  },
);

/** Makes a dopaminergic neuron and the model that it modulates, and gives the model's name. */
export function makeDopamineModel(kernel: Kernel): string {
  const drive = kernel.Create('poisson_generator', { rate: DOPAMINE_RATE });
  const dopamine = kernel.Create('parrot_neuron');
  const volume_transmitter = kernel.Create('volume_transmitter');
  kernel.Connect(drive, dopamine);
  kernel.Connect(dopamine, volume_transmitter);
  kernel.CopyModel('stdp_dopamine_synapse', 'plastic', { ...DOPAMINE, volume_transmitter });
  return 'plastic';
}
