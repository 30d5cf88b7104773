// The course of simulation 1: a minute to choose a neuron by, then twenty with reward.
import { Kernel, type NodeCollection, random } from '../../../lib';
import type { ExperimentContext } from '../../../lib/cli/experiment';
import { noPieces, type PiecesReport, runInPieces } from '../dopamine';
import { minuteOf, ratesIn, shownWindows } from './biofeedback-analysis';
import { type Chosen, chooseNeurons } from './biofeedback-choice';
import type { Variant } from './biofeedback-merits';
import {
  type BiofeedbackNetwork,
  type BiofeedbackSettings,
  buildBiofeedback,
  connectReward,
  exchangeRewards,
  PLASTIC,
  startLearning,
} from './biofeedback-network';
import { REWARD, WEIGHTS } from './biofeedback-parameters';
import {
  type BiofeedbackRecord,
  emptyRecord,
  NOBODY,
  readWeights,
  takeSpikes,
  type Watched,
} from './biofeedback-record';

/** Pieces of the simulation, ms. */
const PIECE = 500;
/** Looks at the weights in a run. */
const READINGS = 200;

/** What is simulated. */
export interface BiofeedbackPlan extends BiofeedbackSettings {
  readonly variant: Variant;
  /** ms */
  readonly time: number;
}

/** What a run has found, however far it has come. */
export interface BiofeedbackOutcome {
  readonly chosen: Chosen;
  readonly record: BiofeedbackRecord;
  readonly report: PiecesReport;
  readonly excitatory: Uint32Array;
  /** Neurons from which the first reinforced one gets synapses that learn. */
  readonly afferents: readonly number[];
}

type Course = Pick<ExperimentContext<unknown>, 'signal' | 'progress' | 'checkpoint'>;

/** What is saved; without a choice the run was interrupted before it. */
interface SavedRun {
  readonly chosen?: Chosen;
  readonly record: BiofeedbackRecord;
  readonly report: PiecesReport;
}

/** Undefined where it is interrupted before a neuron is chosen. */
export async function runBiofeedback(
  plan: BiofeedbackPlan,
  course: Course,
): Promise<BiofeedbackOutcome | undefined> {
  const saved = await course.checkpoint?.resume<Partial<SavedRun>>();
  const chosen = saved?.chosen ?? (await chooseByFirstMinute(plan, course));
  if (!chosen) {
    await course.checkpoint?.offer(() => ({}));
    return undefined;
  }
  const kernel = new Kernel();
  try {
    course.progress('building', 0);
    const network = buildBiofeedback(kernel, plan);
    chosen.reinforced.forEach((neuron, i) =>
      connectReward(kernel, network, neuron, i === 0 ? 1 : -1),
    );
    const recorder = recordAll(kernel, network);
    const resumed = saved?.chosen ? await course.checkpoint?.resume<SavedRun>(kernel) : undefined;
    return await observe(kernel, plan, course, {
      ...{ network, recorder, chosen },
      record: resumed?.record ?? emptyRecord(neuronsOf(network).length, plan.time),
      report: resumed?.report ?? noPieces(),
    });
  } finally {
    kernel.dispose();
  }
}

/** A network under observation. */
interface Observed {
  readonly network: BiofeedbackNetwork;
  readonly recorder: NodeCollection<'spike_recorder', false>;
  readonly chosen: Chosen;
  readonly record: BiofeedbackRecord;
  readonly report: PiecesReport;
}

/** Simulates what is left of the run and keeps what is to be seen. */
async function observe(
  kernel: Kernel,
  plan: BiofeedbackPlan,
  { signal, progress, checkpoint }: Course,
  { network, recorder, chosen, record, report }: Observed,
): Promise<BiofeedbackOutcome> {
  const synapses = synapsesOf(kernel, network, chosen);
  const { afferents } = synapses;
  const watched: Watched = {
    always: new Set([...chosen.reinforced, ...afferents]),
    paired: new Set(chosen.paired),
    windows: shownWindows(plan.time).map(({ window }) => window),
  };
  const interval = Math.max(PIECE, PIECE * Math.round(plan.time / READINGS / PIECE));
  const program = (): SavedRun => ({ chosen, record, report });
  const read = (t: number): void => {
    takeSpikes(record, recorder.events, watched, t);
    recorder.n_events = 0;
    const isRead = record.weights.at(-1)?.t === t;
    if (!isRead && (t % interval === 0 || t === plan.time)) record.weights.push(synapses.read(t));
  };
  // An interrupt may have come while the network was built.
  await checkpoint?.offer(program, kernel);
  for (const { begin, end, start } of phasesOf(plan)) {
    if (signal.aborted || kernel.biological_time >= end) continue;
    if (kernel.biological_time <= begin) start(kernel, network);
    const pieces = {
      ...{ begin, time: end - begin, interval: PIECE, signal, checkpoint, program },
      progress: (phase: string, fraction: number) => {
        const done = (begin + fraction * (end - begin)) / plan.time;
        progress(phase, done, standingOf(record, chosen));
      },
    };
    await runInPieces(kernel, pieces, report, read);
  }
  const excitatory = network.populations.E_low.concat(network.populations.E_high).ids;
  return { ...{ chosen, record, report, excitatory }, afferents: [...afferents] };
}

/** A stretch of the run and what changes at its beginning. */
interface Phase {
  readonly begin: number;
  readonly end: number;
  readonly start: (kernel: Kernel, network: BiofeedbackNetwork) => void;
}

/** First without learning, then with it, and at half time two neurons change places. */
function phasesOf({ time, variant }: BiofeedbackPlan): Phase[] {
  const turn = variant === 'differential' ? time / 2 : time;
  return [
    { begin: 0, end: REWARD.learning_start, start: () => undefined },
    { begin: REWARD.learning_start, end: turn, start: startLearning },
    { begin: turn, end: time, start: exchangeRewards },
  ].filter(({ begin, end }) => begin < end);
}

/** How things stand: the last second, and the last look at the weights. */
function standingOf({ end, counts, neurons, weights }: BiofeedbackRecord, chosen: Chosen): string {
  const last = Math.floor(end / 1000) - 1;
  const reading = weights.at(-1);
  if (last < 0 || !reading) return '';
  const spikes = chosen.reinforced.map((id) => counts[last * neurons + id - 1]!);
  const onto = reading.reinforced.map((weight) => weight.toFixed(3));
  return `reinforced ${spikes.join(' : ')} spikes/s, weight ${onto.join(' : ')}, others ${reading.others.toFixed(3)}`;
}

const neuronsOf = ({ populations: { E_low, E_high, I_low, I_high } }: BiofeedbackNetwork) =>
  E_low.concat(E_high).concat(I_low).concat(I_high);

function recordAll(kernel: Kernel, network: BiofeedbackNetwork) {
  const recorder = kernel.Create('spike_recorder');
  kernel.Connect(neuronsOf(network), recorder);
  return recorder;
}

/** The synapses whose weights are looked at. */
function synapsesOf(kernel: Kernel, network: BiofeedbackNetwork, { reinforced, weighed }: Chosen) {
  const neurons = neuronsOf(network);
  // The first node is number 1.
  const onto = (ids: readonly number[]) =>
    kernel.GetConnections({
      synapse_model: PLASTIC,
      target: neurons.pick(ids.map((id) => id - 1)),
    });
  const own = reinforced.map((neuron) => onto([neuron]));
  const others = onto(weighed);
  const all = kernel.GetConnections({ synapse_model: PLASTIC });
  const weightsOf = (synapses: typeof all) => {
    const weights: Float64Array = synapses.get('weight');
    return weights.map((weight) => weight / WEIGHTS.W_max);
  };
  const afferents: Uint32Array = own[0]!.get('source');
  return {
    afferents,
    read: (t: number) => readWeights(t, own.map(weightsOf), weightsOf(others), weightsOf(all)),
  };
}

/**
 * Simulates the network for a minute without learning, in a kernel of its own, and chooses among
 * the excitatory neurons with little noise by the rates that they have. Undefined where that is
 * interrupted.
 */
async function chooseByFirstMinute(
  plan: BiofeedbackPlan,
  { signal, progress }: Course,
): Promise<Chosen | undefined> {
  const minute = minuteOf(plan.time);
  const kernel = new Kernel();
  try {
    progress('building', 0);
    const network = buildBiofeedback(kernel, plan);
    const { E_low } = network.populations;
    const recorder = recordAll(kernel, network);
    const record = emptyRecord(neuronsOf(network).length, minute);
    await runInPieces(
      kernel,
      {
        ...{ time: minute, interval: PIECE, signal },
        progress: (_, fraction) => progress('choosing a neuron', fraction),
      },
      noPieces(),
      (t) => {
        takeSpikes(record, recorder.events, NOBODY, t);
        recorder.n_events = 0;
      },
    );
    if (record.end < minute) return undefined;
    const ids = [...E_low.ids];
    const rates = [...ratesIn(record, ids, { start: 0, stop: minute })];
    const count = plan.variant === 'differential' ? 2 : 1;
    return chooseNeurons(ids, rates, count, random.stream(plan.seed));
  } finally {
    kernel.dispose();
  }
}
