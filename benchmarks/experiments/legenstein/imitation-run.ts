// What is done, and seen, in a run of simulation 2.
import { Kernel } from '../../../lib';
import { mean } from '../../../lib/analysis';
import {
  buildImitation,
  buildTrial,
  plasticWeights,
  startLearning,
  targetWeights,
} from './imitation-network';
import { NETWORK, REWARD, TEST } from './imitation-parameters';
import { type KindOfRun, simulated } from './jobs';

/** Biological time between two looks at the weights, ms. */
const PIECE = 60_000;

/** A run that is to be done. */
export interface ImitationJob {
  readonly seed: number;
  /** Scale of the learning neuron's noise. */
  readonly noise: number;
  /** ms */
  readonly time: number;
}

/** Weights at a moment, and what they are worth. */
export interface Snapshot {
  /** ms */
  readonly t: number;
  /** nS */
  readonly weights: readonly number[];
  /** Of spikes that the neuron fires with these weights with the target's. */
  readonly correlation: number;
  /** Spikes of both in the trial. */
  readonly spikes: { readonly learner: number; readonly target: number };
}

/** What a run has shown. */
export interface ImitationCourse {
  /** ms */
  readonly t: number[];
  /** Mean weights of inputs whose target weight is w_max, and of the others, in w_max. */
  readonly strong: number[];
  readonly weak: number[];
  readonly snapshots: Snapshot[];
}

/** Angle between learned and target weights. */
export function angleOf(weights: readonly number[]): number {
  const target = targetWeights();
  const product = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  const sizes = Math.sqrt(product(weights, weights) * product(target, target));
  return Math.acos(Math.min(1, product(weights, target) / sizes));
}

/** Synapses that are on the other side of w_max/2 than their target weights. */
export const misplaced = (weights: readonly number[]): number =>
  weights.filter((weight, i) => weight > NETWORK.w_max / 2 !== i < NETWORK.strong).length;

/**
 * How alike two spike trains are: the normalised product of both, a spike counting as 1 in every ms
 * that is no farther from it than `width`.
 */
export function spikeCorrelation(
  a: readonly number[],
  b: readonly number[],
  { start, stop, width }: { readonly start: number; readonly stop: number; readonly width: number },
): number {
  const smoothed = (train: readonly number[]): Float64Array => {
    const values = new Float64Array(stop - start);
    for (const time of train) {
      const middle = Math.round(time - start);
      const [first, last] = [
        Math.max(0, middle - width),
        Math.min(values.length - 1, middle + width),
      ];
      for (let i = first; i <= last; i++) values[i]!++;
    }
    return values;
  };
  const [x, y] = [smoothed(a), smoothed(b)];
  const product = (u: Float64Array, v: Float64Array): number =>
    u.reduce((sum, value, i) => sum + value * v[i]!, 0);
  const sizes = Math.sqrt(product(x, x) * product(y, y));
  return sizes > 0 ? product(x, y) / sizes : 0;
}

/** Tries weights in a network of their own. */
async function tryOut(weights: Float64Array, t: number, seed: number): Promise<Snapshot> {
  const kernel = new Kernel();
  try {
    const { learner, target } = buildTrial(kernel, weights, seed);
    await kernel.Simulate(TEST.duration);
    const [own, other] = [learner, target].map(({ events: { times } }) =>
      Array.from(times).filter((time) => time > TEST.start),
    ) as [number[], number[]];
    const window = { start: TEST.start, stop: TEST.duration, width: TEST.width };
    return {
      ...{ t, weights: Array.from(weights) },
      correlation: spikeCorrelation(own, other, window),
      spikes: { learner: own.length, target: other.length },
    };
  } finally {
    kernel.dispose();
  }
}

function look(kernel: Kernel, { t, strong, weak }: ImitationCourse): void {
  const weights = Array.from(plasticWeights(kernel), (weight) => weight / NETWORK.w_max);
  t.push(kernel.biological_time);
  strong.push(mean(weights.slice(0, NETWORK.strong)));
  weak.push(mean(weights.slice(NETWORK.strong)));
}

/** Ends of pieces: learning begins after the first. */
function nextStop(now: number, time: number): number {
  const { learning_start } = REWARD;
  const next = now < learning_start ? learning_start : Math.floor(now / PIECE + 1) * PIECE;
  return Math.min(next, time);
}

/** What is done for a job of simulation 2. */
export const imitationRuns: KindOfRun<ImitationJob, ImitationCourse> = {
  empty: () => ({ t: [], strong: [], weak: [], snapshots: [] }),
  build: buildImitation,
  begin: (kernel, _job, course) => look(kernel, course),
  async advance(kernel, { seed, time }, course, signal) {
    const now = Math.round(kernel.biological_time);
    if (now === 0 && course.snapshots.length === 0) {
      course.snapshots.push(await tryOut(plasticWeights(kernel), 0, seed));
    }
    if (now === REWARD.learning_start) startLearning(kernel);
    const stop = nextStop(now, time);
    const done = await simulated(kernel, stop - now, signal);
    if (!done) return;
    if (stop % TEST.every === 0 || stop === time) {
      course.snapshots.push(await tryOut(plasticWeights(kernel), stop, seed));
    }
    look(kernel, course);
  },
  lengthOf: ({ time }) => time,
  doneOf: (_job, { t }) => Math.round(t.at(-1) ?? 0),
};
