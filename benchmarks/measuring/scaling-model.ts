// What the study of scaling measures, and the costs that it takes from that.
import { leastSquares, medianOf } from '../../lib/analysis';

/** A network, and how it is simulated. */
export interface Configuration {
  readonly neurons: number;
  readonly indegree: number;
  readonly threads: number;
  /** Biological time, ms. */
  readonly time: number;
}

/** What one run of it showed. */
export interface Run {
  readonly seed: number;
  readonly synapses: number;
  /** Neurons times steps, intervals of the delay, and spikes times synapses in the time. */
  readonly neuronSteps: number;
  readonly slices: number;
  readonly events: number;
  /** Mean rate, spikes/s. */
  readonly rate: number;
  /** Wall-clock time of construction and of simulation, and processor time of the latter, s. */
  readonly buildTime: number;
  readonly wallTime: number;
  readonly cpuTime: number;
  /** Bytes of the synapses, of the whole network, and of the process at most. */
  readonly memorySynapses: number;
  readonly memory: number;
  readonly peakMemory: number;
}

/** A configuration and all its runs, one at least. */
export interface Point {
  readonly configuration: Configuration;
  readonly runs: readonly Run[];
}

/** Median over the runs of a point. */
export const median = ({ runs }: Point, of: (run: Run) => number): number =>
  medianOf(runs.map(of)).value;

/** Wall-clock time of a neuron-step, an event and a slice, s. */
export interface Costs {
  readonly neuronStep: number;
  readonly event: number;
  readonly slice: number;
}

/** Wall-clock time of a run by these costs, s. */
export const expectedTime = (costs: Costs, run: Run): number =>
  costs.neuronStep * run.neuronSteps + costs.event * run.events + costs.slice * run.slices;

/**
 * The costs of a neuron-step and an event that fit the medians of the wall-clock times best,
 * relative errors counted alike. NaN where too few different networks are given. `slice`, s, is
 * measured by itself: here it is a small part of the time, which no fit can tell from the rest.
 */
export function fitCosts(points: readonly Point[], slice: number): Costs {
  const [neuronStep, event] = fitRelative(
    points,
    [(run) => run.neuronSteps, (run) => run.events],
    (run) => run.wallTime,
    (run) => slice * run.slices,
  );
  return { neuronStep: neuronStep!, event: event!, slice };
}

/** Bytes of a network without neurons, and of each neuron and each synapse. */
export interface MemoryCosts {
  readonly fixed: number;
  readonly neuron: number;
  readonly synapse: number;
}

/** Bytes of a network by these costs. */
export const expectedMemory = (costs: MemoryCosts, neurons: number, synapses: number): number =>
  costs.fixed + costs.neuron * neurons + costs.synapse * synapses;

/** The memory that fits that of the networks best, as {@link fitCosts} does for the time. */
export function fitMemory(points: readonly Point[]): MemoryCosts {
  const [fixed, neuron, synapse] = fitRelative(
    points,
    [() => 1, (_, { configuration }) => configuration.neurons, (run) => run.synapses],
    (run) => run.memory,
  );
  return { fixed: fixed!, neuron: neuron!, synapse: synapse! };
}

type Measure = (run: Run, point: Point) => number;

/** Least squares over the points of the relative errors of `of`, of which `known` is known. */
function fitRelative(
  points: readonly Point[],
  columns: readonly Measure[],
  of: Measure,
  known: Measure = () => 0,
): number[] {
  const medians = (measure: Measure) =>
    points.map((point) => median(point, (run) => measure(run, point)));
  const weights = medians(of).map((value) => 1 / value ** 2);
  const unknown: Measure = (run, point) => of(run, point) - known(run, point);
  return leastSquares(columns.map(medians), medians(unknown), weights);
}

/** Root of the mean squared relative deviation of the measured times from those by the costs. */
export function fitError(points: readonly Point[], costs: Costs): number {
  const squares = points.map((point) => {
    const measured = median(point, (run) => run.wallTime);
    return (median(point, (run) => expectedTime(costs, run)) / measured - 1) ** 2;
  });
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length);
}
