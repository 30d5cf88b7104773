import path from 'node:path';
import { BadParameterValue, type Kernel, type ModelSource } from '../../lib';
import type { PathOption } from '../../lib/cli/experiment';

// The models of the tutorial's experiments, built in or from texts.

export const nestmlOption = {
  kind: 'path',
  of: 'file',
  optional: true,
  description:
    "neurons and synapse from texts in NESTML instead of built-in ones; a file holds another synapse, with the tutorial's names of ports, parameters and states",
} as const satisfies PathOption;

/** Names of models. */
export interface TutorialModels {
  /** Its potential is shifted by a spike. */
  readonly delta: string;
  /** Its synaptic currents decay exponentially. */
  readonly exp: string;
  readonly synapse: string;
}

export const builtInModels: TutorialModels = {
  delta: 'iaf_psc_delta_neuron',
  exp: 'iaf_psc_exp_neuron',
  synapse: 'neuromodulated_stdp_synapse',
};

/** A text that comes with the package, which is as it is and not compiled. */
const own = (name: string): ModelSource => {
  const root = path.dirname(require.resolve('tegmenta/package.json'));
  return { path: path.join(root, 'benchmarks', 'experiments', 'nestml', `${name}.nestml`) };
};

/**
 * The models that `--nestml` asks for, which are then in the kernel.
 * @throws what LoadModel throws; BadParameterValue for a file with several models.
 */
export async function tutorialModels(
  kernel: Kernel,
  nestml: string | true | undefined,
): Promise<TutorialModels> {
  if (nestml === undefined) return builtInModels;
  const [delta, exp] = await kernel.LoadModel([own('delta_neuron'), own('exp_neuron')]);
  const source = nestml === true ? own('neuromodulated_synapse') : { path: nestml };
  // As the tutorial has it. A synapse of its text can have the name of the built-in one.
  const synapses = await kernel.LoadModel(source, {
    kind: 'synapse',
    replace: true,
    postPorts: ['post_spikes'],
    modulatorPorts: ['mod_spikes'],
  });
  const [synapse, ...others] = synapses;
  if (others.length > 0) {
    const allowed = 'a file with one model, a synapse';
    throw new BadParameterValue(
      `--nestml must be ${allowed}; ${String(nestml)} has ${synapses.join(', ')}.`,
      { parameter: 'nestml', value: nestml, allowed },
    );
  }
  return { delta: delta!, exp: exp!, synapse: synapse! };
}

/** Sets A_vt of all synapses of a model, which share it, as built-in ones do, or have one each. */
export function setAmplitude(kernel: Kernel, synapse_model: string, A_vt: number): void {
  kernel.SetDefaults(synapse_model, { A_vt });
  const synapses = kernel.GetConnections({ synapse_model });
  const values: Float64Array = synapses.get('A_vt');
  if (values.some((value) => value !== A_vt)) synapses.set({ A_vt });
}
