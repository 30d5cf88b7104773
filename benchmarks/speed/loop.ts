import { Kernel, type NodeCollection, random } from '../../lib';
import { medianOf } from '../../lib/statistics';
import { defineExperiment, type Quantity } from '../../lib/cli/experiment';

/** Simulation grid, ms. */
const RESOLUTION = 0.1;
/** Biological time of one turn of the loop, ms. */
const TURN = 200;
/** Neurons of a layer. */
const NEURONS = 20;
/** Spikes of the stimulus, and the time between them in ms. */
const SPIKES = 20;
const INTERVAL = 10;
/** Of the first weights, pA. */
const WEIGHT = { mean: 1586, sd: 5 };
/** Change of a weight for each spike above the mean, pA. */
const LEARNING_RATE = 0.1;

interface Actors {
  readonly generators: NodeCollection<'spike_generator'>;
  readonly inputs: NodeCollection;
  /** The neurons of one actor, then those of the other; one recorder each. */
  readonly motors: NodeCollection;
  readonly recorders: NodeCollection<'spike_recorder'>;
}

/** Two actors of a game and the program that plays: what a turn costs beside the simulation. */
export const loop = defineExperiment({
  name: 'speed/loop',
  summary: 'Closed loop: stimulate, simulate 200 ms, read spike counts, change weights',
  reference:
    'Actors as in T. Wunderlich et al. (2019), Demonstrating advantages of neuromorphic ' +
    'computation: a pilot study, Front. Neurosci. 13, 260',
  defaultTime: 300 * TURN,
  // Whole turns only.
  resolution: TURN,
  options: {},

  async run({ time, threads, seed, signal, progress }) {
    const kernel = new Kernel();
    try {
      kernel.SetKernelStatus({
        resolution: RESOLUTION,
        local_num_threads: threads,
        rng_seed: seed,
      });
      const actors = buildActors(kernel);
      const turns = Math.round(time / TURN);
      const walls: number[] = [];
      let spikes = 0;
      while (walls.length < turns && !signal.aborted) {
        const startedAt = performance.now();
        const counts = await turn(kernel, actors, walls.length);
        walls.push(performance.now() - startedAt);
        spikes += counts.reduce((sum, count) => sum + count, 0);
        progress('playing', walls.length / turns);
      }
      const { weight } = kernel.GetConnections({ source: actors.inputs, target: actors.motors });
      return {
        parameters: { turn: TURN, neurons: NEURONS, resolution: RESOLUTION },
        quantities: quantitiesOf(walls, spikes, weight),
        figures: [],
        spikes: { times: new Float64Array(), senders: new Uint32Array() },
        tables: [{ name: 'turns', columns: { turn: walls.map((_, i) => i), wall_ms: walls } }],
      };
    } finally {
      kernel.dispose();
    }
  },
});

function buildActors(kernel: Kernel): Actors {
  const generators = kernel.Create('spike_generator', NEURONS);
  const inputs = kernel.Create('parrot_neuron', NEURONS);
  const motors = kernel.Create('iaf_psc_exp', 2 * NEURONS);
  const recorders = kernel.Create('spike_recorder', 2 * NEURONS);
  kernel.Connect(generators, inputs, 'one_to_one');
  kernel.Connect(inputs, motors, 'all_to_all', { weight: random.normal(WEIGHT.mean, WEIGHT.sd) });
  kernel.Connect(motors, recorders, 'one_to_one');
  return { generators, inputs, motors, recorders };
}

/** One turn; gives the spike counts of all motor neurons. */
async function turn(
  kernel: Kernel,
  { generators, inputs, motors, recorders }: Actors,
  index: number,
): Promise<Float64Array> {
  const stimulated = index % NEURONS;
  const start = index * TURN + 1;
  const spike_times = Array.from({ length: SPIKES }, (_, i) => start + i * INTERVAL);
  generators.set({ spike_times: [] });
  generators.at(stimulated).set({ spike_times });
  recorders.set({ n_events: 0 });
  await kernel.Simulate(TURN);

  const counts = Float64Array.from(recorders.get('n_events') as ArrayLike<number>);
  const learning = kernel.GetConnections({
    source: inputs.at(stimulated),
    target: motors.slice(0, NEURONS),
  });
  const mean = counts.subarray(0, NEURONS).reduce((sum, count) => sum + count, 0) / NEURONS;
  const weights = learning.get('weight');
  learning.set({ weight: weights.map((w, j) => w + LEARNING_RATE * (counts[j]! - mean)) });
  return counts;
}

/** Of the wall-clock times of the turns, ms, of all spikes and of the weights at the end. */
function quantitiesOf(walls: readonly number[], spikes: number, weights: Float64Array): Quantity[] {
  const tenth = Math.ceil(walls.length / 10);
  return [
    { key: 'turns', label: 'turns of the loop', value: walls.length, unit: '' },
    { key: 'synapses', label: 'synapses', value: weights.length, unit: '' },
    { key: 'spikes', label: 'spikes of the actors', value: spikes, unit: '' },
    { key: 'turn_time', label: 'time of a turn', unit: 'ms', ...medianOf(walls) },
    {
      key: 'turn_time_first',
      label: 'in the first tenth',
      unit: 'ms',
      ...medianOf(walls.slice(0, tenth)),
    },
    {
      key: 'turn_time_last',
      label: 'in the last tenth',
      unit: 'ms',
      ...medianOf(walls.slice(-tenth)),
    },
    {
      key: 'weight_min',
      label: 'smallest weight at the end',
      value: weights.reduce((least, w) => Math.min(least, w), Infinity),
      unit: 'pA',
    },
    {
      key: 'weight_max',
      label: 'largest weight at the end',
      value: weights.reduce((most, w) => Math.max(most, w), -Infinity),
      unit: 'pA',
    },
  ];
}
