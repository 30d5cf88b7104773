import { type NodeCollection, random } from '../../lib';
import type { Quantity } from '../../lib/cli/experiment';
import {
  buildBrunelNeurons,
  DELAY,
  NEURON,
  RESOLUTION,
  unscaledParameters,
  type BrunelNeurons,
} from '../experiments/brunel-network';
import { workloadActivity } from './workload-activity';
import { MODEL } from './brunel';
import { defineWorkload, type WorkloadNetwork } from './workload';

/** The paper's synapses: 1250 a neuron, of 0.1 mV. */
const PAPER = { indegree: 1250, J: MODEL.J };
/** Neurons whose spikes are recorded: few, so that recording costs nothing in a large network. */
const RECORDED = 1000;

export interface SparseWorkloadNetwork extends WorkloadNetwork, BrunelNeurons {
  /** The excitatory neurons that are recorded, and their recorder. */
  readonly recorded: NodeCollection;
  readonly recorder: NodeCollection<'spike_recorder', false>;
}

/**
 * Brunel's network with any number of neurons and synapses a neuron. J is inversely proportional to
 * the synapses a neuron, so that the mean input, and about the rate, are the same for all sizes.
 */
export const sparse = defineWorkload({
  name: 'sparse',
  summary: "Brunel's network, synapses a neuron independent of the number of neurons",
  reference:
    'N. Brunel (2000), Dynamics of sparsely connected networks of excitatory and inhibitory ' +
    'spiking neurons, J. Comput. Neurosci. 8, 183-208: model A, J times synapses a neuron as there',
  resolution: RESOLUTION,
  // The potentials start spread out, so that little needs to settle.
  presimulation: 20,
  defaultTime: 1000,
  options: {
    neurons: {
      kind: 'number',
      description: 'neurons, a fifth of them inhibitory',
      unit: 'n',
      default: 10_000,
      min: 100,
      max: 10_000_000,
      step: 5,
    },
    indegree: {
      kind: 'number',
      description: 'synapses of a neuron, a fifth of them inhibitory',
      unit: 'n',
      default: 1000,
      min: 10,
      max: 10_000,
      step: 5,
    },
  },

  size: ({ neurons, indegree }) => `${neurons} neurons, ${indegree} synapses each`,

  build(kernel, { neurons, indegree }): SparseWorkloadNetwork {
    const J = (PAPER.J * PAPER.indegree) / indegree;
    const size = { N_E: 0.8 * neurons, N_I: 0.2 * neurons };
    const synapses = { C_E: 0.8 * indegree, C_I: 0.2 * indegree };
    const parameters = unscaledParameters({ ...size, ...synapses }, { ...MODEL, J });
    const made = buildBrunelNeurons(kernel, MODEL.neuron, parameters);
    const V_m = random.uniform(NEURON.V_reset, NEURON.V_th);
    made.excitatory.set({ V_m });
    made.inhibitory.set({ V_m });
    const recorded = made.excitatory.slice(0, Math.min(RECORDED, made.excitatory.length));
    const recorder = kernel.Create('spike_recorder');
    kernel.Connect(recorded, recorder);
    return {
      ...made,
      recorded,
      recorder,
      parameters: { ...parameters, J, delay: DELAY, resolution: RESOLUTION },
      synapses: neurons * (parameters.C_E + parameters.C_I),
      plasticSynapses: 0,
    };
  },

  measure({ recorded, recorder }, window): Quantity[] {
    const population = { key: 'E', name: 'excitatory', ids: recorded.ids };
    return workloadActivity(recorder.events, population, window);
  },

  spikes: ({ recorder }) => recorder.events,
});
