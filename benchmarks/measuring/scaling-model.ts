// What the study of scaling measures, and the costs that it takes from that.
import { leastSquares, medianOf, powerLawExponent } from '../../lib/statistics';

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
  /** Why the others are NaN, if they are. */
  readonly note?: string;
}

/** Wall-clock time of a run by these costs, s. */
export const expectedTime = (costs: Costs, run: Run): number =>
  costs.neuronStep * run.neuronSteps + costs.event * run.events + costs.slice * run.slices;

/**
 * The costs of a neuron-step and an event that fit the medians of the wall-clock times best,
 * relative errors counted alike. NaN with a note where there are not more networks than costs, so
 * that any times would fit, or where a cost would be negative. `slice`, s, is measured by itself:
 * here it is a small part of the time, which no fit can tell from the rest.
 */
export function fitCosts(points: readonly Point[], slice: number): Costs {
  const { costs, note } = fitRelative(
    points,
    [(run) => run.neuronSteps, (run) => run.events],
    (run) => run.wallTime,
    { least: 3, known: (run) => slice * run.slices },
  );
  return { neuronStep: costs[0]!, event: costs[1]!, slice, ...note };
}

/** Bytes of a network without neurons, and of each neuron and each synapse. */
export interface MemoryCosts {
  readonly fixed: number;
  readonly neuron: number;
  readonly synapse: number;
  /** Why they are NaN, if they are. */
  readonly note?: string;
}

/** Bytes of a network by these costs. */
export const expectedMemory = (costs: MemoryCosts, neurons: number, synapses: number): number =>
  costs.fixed + costs.neuron * neurons + costs.synapse * synapses;

/**
 * The memory that fits that of the networks best, as {@link fitCosts} does for the time; as many
 * networks as costs are enough, since bytes are counted.
 */
export function fitMemory(points: readonly Point[]): MemoryCosts {
  const { costs, note } = fitRelative(
    points,
    [() => 1, (_, { configuration }) => configuration.neurons, (run) => run.synapses],
    (run) => run.memory,
    { least: 3 },
  );
  return { fixed: costs[0]!, neuron: costs[1]!, synapse: costs[2]!, ...note };
}

type Measure = (run: Run, point: Point) => number;

/**
 * Least squares over the points of the relative errors of `of`, of which `known` is known, with
 * `least` networks or more.
 */
function fitRelative(
  points: readonly Point[],
  columns: readonly Measure[],
  of: Measure,
  { least, known = () => 0 }: { readonly least: number; readonly known?: Measure },
): { readonly costs: readonly number[]; readonly note?: { readonly note: string } } {
  const none = (note: string) => ({ costs: columns.map(() => NaN), note: { note } });
  if (points.length < least) {
    return none(`too few networks: ${points.length}, at least ${least} are needed`);
  }
  const medians = (measure: Measure) =>
    points.map((point) => median(point, (run) => measure(run, point)));
  const weights = medians(of).map((value) => 1 / value ** 2);
  const unknown: Measure = (run, point) => of(run, point) - known(run, point);
  const costs = leastSquares(columns.map(medians), medians(unknown), weights);
  if (costs.some(Number.isNaN)) return none('too few networks: these do not tell the costs apart');
  if (costs.some((cost) => cost < 0)) {
    return none('too few networks, or too short times: a cost would be negative');
  }
  return { costs };
}

/** Exponent of a power law through the medians of the points, with `least` different x or more. */
export function fitExponent(
  points: readonly Point[],
  x: (point: Point) => number,
  y: (point: Point) => number,
  least: number,
): { readonly value: number; readonly note?: string } {
  const xs = points.map(x);
  if (!xs.every((value) => value > 0)) return { value: NaN, note: 'a network without events' };
  const different = new Set(xs).size;
  if (different < least) {
    const note = `too few networks: ${different}, at least ${least} are needed`;
    return { value: NaN, note };
  }
  return { value: powerLawExponent(xs, points.map(y)) };
}

/** Root of the mean squared relative deviation of the measured times from those by the costs. */
export function fitError(points: readonly Point[], costs: Costs): number {
  const squares = points.map((point) => {
    const measured = median(point, (run) => run.wallTime);
    return (median(point, (run) => expectedTime(costs, run)) / measured - 1) ** 2;
  });
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length);
}
