// The microcircuit of simulation 5: neurons on a grid that hear spikes of a cochlea.
import { type Kernel, math, type NodeCollection, type Parameter, random } from '../../../../lib';
import { type Kind, KINDS, SHORT_TERM, type ShortTerm, SPREAD } from '../biofeedback-parameters';
import { CELL, CELL_MODEL, cellParameters } from '../cell';
import { STEP } from '../step';
import { FAR_AWAY, INPUT, LIQUID } from './liquid-parameters';

/** Receptors of its neurons. */
const RECEPTOR = { exc: 1, inh: 2, input: 3 } as const;
const RULE = 'tsodyks2_synapse';

/** A circuit, told by its seed. */
export interface LiquidSettings {
  readonly seed: number;
  /** Reversal potential of inhibitory synapses, mV. */
  readonly inhibition: number;
}

export interface Liquid {
  readonly generators: NodeCollection;
  /** Of the excitatory neurons, in their order. */
  readonly recorder: NodeCollection;
  readonly excitatory: Uint32Array;
}

const SIZE = LIQUID.length * LIQUID.width ** 2;

/** Places of the neurons on the grid: x along it, then y, then z. */
const placeOf = (i: number): { x: number; y: number; z: number } => ({
  x: Math.floor(i / LIQUID.width ** 2),
  y: Math.floor(i / LIQUID.width) % LIQUID.width,
  z: i % LIQUID.width,
});

/** The channel that a neuron hears: blocks lie along the grid, four at a place. */
export function channelOf(i: number): number {
  const { x, y, z } = placeOf(i);
  const { block } = INPUT;
  return 4 * Math.floor(x / block) + 2 * Math.floor(y / block) + Math.floor(z / block);
}

const neuronParameters = (inhibition: number) => {
  const { E_exc, tau_syn } = CELL;
  return {
    ...cellParameters(LIQUID.noise),
    E_rev: [E_exc, inhibition, FAR_AWAY],
    tau_syn: [tau_syn, tau_syn, INPUT.tau],
  };
};

/** Short-term parameters of a kind, drawn for each synapse. */
function shortTerm(kind: Kind): Record<ShortTerm, Parameter> {
  const drawn = (name: ShortTerm, low: number, high: number): Parameter => {
    const middle = SHORT_TERM[kind][name];
    return math.redraw(random.normal(middle, SPREAD.relative_sd * middle), low, high);
  };
  return {
    U: drawn('U', SPREAD.U_min, SPREAD.U_max),
    tau_rec: drawn('tau_rec', SPREAD.tau_min, SPREAD.tau_max),
    tau_fac: drawn('tau_fac', SPREAD.tau_min, SPREAD.tau_max),
  };
}

/** Makes the circuit in an empty kernel; the neurons are too few for several threads. */
export function buildLiquid(kernel: Kernel, { seed, inhibition }: LiquidSettings): Liquid {
  kernel.SetKernelStatus({ resolution: STEP, local_num_threads: 1, rng_seed: seed });
  const neurons: NodeCollection = kernel.Create(CELL_MODEL, SIZE, neuronParameters(inhibition));
  const draws = random.stream(seed);
  const excites = Array.from({ length: SIZE }, () => draws.uniform() < LIQUID.excitatory);
  const cells = { E: neurons.pick(excites), I: neurons.pick(excites.map((does) => !does)) };
  for (const kind of KINDS) {
    const [source, target] = [...kind] as ['E' | 'I', 'E' | 'I'];
    kernel.Connect(
      cells[source],
      cells[target],
      { rule: 'pairwise_bernoulli', p: LIQUID.p, allow_autapses: false },
      {
        ...{ synapse_model: RULE, delay: LIQUID.delay },
        ...shortTerm(kind),
        weight: source === 'E' ? LIQUID.W_exc : LIQUID.W_inh,
        receptor_type: source === 'E' ? RECEPTOR.exc : RECEPTOR.inh,
      },
    );
  }
  // The first spike finds the utilisation at rest.
  const synapses = kernel.GetConnections({ synapse_model: RULE });
  synapses.set({ u: synapses.get('U') });
  const generators: NodeCollection = kernel.Create('spike_generator', INPUT.channels);
  for (let channel = 0; channel < INPUT.channels; channel++) {
    const hearers = neurons.pick(Array.from({ length: SIZE }, (_, i) => channelOf(i) === channel));
    kernel.Connect(generators.at(channel), hearers, 'all_to_all', {
      weight: INPUT.current / FAR_AWAY,
      delay: LIQUID.delay,
      receptor_type: RECEPTOR.input,
    });
  }
  const recorder: NodeCollection = kernel.Create('spike_recorder');
  kernel.Connect(cells.E, recorder);
  return { generators, recorder, excitatory: cells.E.ids };
}
