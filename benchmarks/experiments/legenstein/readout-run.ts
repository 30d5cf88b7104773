// What readouts do, trial after trial: simulations 4 and 5.
import type { Kernel, NodeCollection } from '../../../lib';
import { type SpikeEvents, standardDeviation } from '../../../lib/analysis';
import { CELL } from './cell';
import { type KindOfRun, simulated } from './jobs';
import { buildReadouts, type Readouts, readoutsIn, type ReadoutSettings } from './readout-network';
import { READOUT } from './readout-parameters';

/** What a trial is for: in a free one the threshold is out of reach. */
export interface TrialPlan {
  readonly phase: string;
  readonly free: boolean;
  /** Potentials are looked at. */
  readonly watched: boolean;
  readonly learns: boolean;
  /** Of the reward of a spike. */
  readonly sign: 1 | -1;
}

/** When what happens in a trial, ms after it begins. */
export interface Timing {
  readonly length: number;
  /** Spikes from then until `counted` count, and are rewarded. */
  readonly onset: number;
  readonly counted: number;
  /** Potentials are looked at from the onset until then. */
  readonly watched: number;
}

/** Trials that are to be done. */
export interface ReadoutJob<Plan extends TrialPlan = TrialPlan> extends ReadoutSettings {
  readonly timing: Timing;
  readonly trials: readonly Plan[];
  /** When each input fires, ms from the begin of the first trial. */
  readonly times: () => readonly (readonly number[])[];
}

/** What a trial has shown of potentials. */
export interface Potentials {
  /** Variance of that of each readout, mV². */
  readonly variances: readonly number[];
  /** That of the first readout, mV, every ms from the onset on. */
  readonly first: readonly number[];
}

/** What a run has shown, trial by trial. */
export interface ReadoutCourse {
  /** Spikes of each readout, ms after the trial began. */
  readonly spikes: number[][][];
  /** Of the trials that are watched. */
  readonly potentials: (Potentials | undefined)[];
}

/** Sets thresholds, learning and what is recorded for the next trial. */
function prepare(
  kernel: Kernel,
  { neurons, transmitters, meter, models }: Readouts,
  { watched, onset }: Timing,
  [plan, before]: readonly [TrialPlan, TrialPlan | undefined],
): void {
  transmitters.set({ clear: true });
  if (plan.watched) {
    const now = kernel.biological_time;
    meter.set({ start: now + onset, stop: now + watched });
  }
  if (plan.free !== before?.free) neurons.set({ V_th: plan.free ? READOUT.V_free : CELL.V_th });
  if (plan.learns === before?.learns) return;
  for (const model of models) kernel.SetDefaults(model, { learning_rate: plan.learns ? 1 : 0 });
}

/** What was recorded, by the neuron that it was recorded of. */
function byNeuron(
  neurons: NodeCollection,
  senders: ArrayLike<number>,
  values: ArrayLike<number>,
): number[][] {
  const all = new Map(Array.from(neurons.ids, (id) => [id, [] as number[]]));
  Array.from(senders, (id, i) => all.get(id)!.push(values[i]!));
  return [...all.values()];
}

function potentialsOf({ neurons, meter }: Readouts): Potentials {
  const { senders, V_m } = meter.get('events') as unknown as Record<
    'senders' | 'V_m',
    Float64Array
  >;
  const each = byNeuron(neurons, senders, V_m);
  return {
    variances: each.map((values) => standardDeviation(values) ** 2),
    first: each[0]!,
  };
}

function spikesOf({ neurons, spikes }: Readouts, begin: number): number[][] {
  const { times, senders } = spikes.get('events') as unknown as SpikeEvents;
  return byNeuron(
    neurons,
    senders,
    Array.from(times, (time) => time - begin),
  );
}

/** What is done for the trials of a job. */
export const readoutRuns: KindOfRun<ReadoutJob, ReadoutCourse> = {
  empty: () => ({ spikes: [], potentials: [] }),
  build: (kernel, job) => void buildReadouts(kernel, job, job.times()),
  async advance(kernel, { readouts, trials, timing }, { spikes, potentials }, signal) {
    const network = readoutsIn(kernel, readouts);
    const plan = trials[spikes.length]!;
    const begin = kernel.biological_time;
    prepare(kernel, network, timing, [plan, trials[spikes.length - 1]]);
    const rewards = kernel.GetConnections({ target: network.transmitters });
    if (!(await simulated(kernel, timing.onset, signal))) return;
    rewards.set({ weight: plan.sign });
    if (!(await simulated(kernel, timing.counted - timing.onset, signal))) return;
    rewards.set({ weight: 0 });
    if (!(await simulated(kernel, timing.length - timing.counted, signal))) return;
    spikes.push(spikesOf(network, begin));
    potentials.push(plan.watched ? potentialsOf(network) : undefined);
    network.spikes.set({ n_events: 0 });
    network.meter.set({ n_events: 0 });
  },
  lengthOf: ({ trials }) => trials.length,
  doneOf: (_job, { spikes }) => spikes.length,
};
