// Simulation 5 of the paper: neurons learn by reward to tell two spoken digits apart, by what a
// microcircuit answers to them.
import { random } from '../../../../lib';
import { mean } from '../../../../lib/analysis';
import {
  defineExperiment,
  type ExperimentResult,
  type Quantity,
  type Table,
} from '../../../../lib/cli/experiment';
import type { Figure } from '../../../../lib/plot';
import { CELL } from '../cell';
import { isDone, runJobs } from '../jobs';
import { PLASTIC } from '../plastic-parameters';
import { readoutFigures } from '../readout-figures';
import { countsIn, paired, standingOf } from '../readout-measures';
import { TRANSMISSIONS } from '../readout-network';
import { READOUT } from '../readout-parameters';
import { readoutRuns } from '../readout-run';
import { deviationParameters, type Deviation } from '../sourced';
import { STEP } from '../step';
import { type Baselines, baselines } from './baselines';
import { LIQUID, INPUT, listeningTime } from './liquid-parameters';
import { type Corpus, firstOf, recordedCorpus, SPEAKERS, syntheticCorpus } from './recordings';
import { type Computed, respond } from './responses';
import { findingOf, type SpeechFinding, type SpeechRun } from './speech-findings';
import { cochleagramFigure, DIGIT_NAMES, inputFigure, liquidFigure } from './speech-figures';
import { speechJob } from './speech-job';
import { PUBLISHED, SPEECH, type SpeechSettings, WHAT_LEARNS } from './speech-parameters';
import { drawSeed, listeningTrials, PHASES, speechTrials, type SpeechTrial } from './speech-plan';
import { fidelity, LOUDNESS, type Utterance, utterancesOf } from './utterances';

/** Neurons that learn in one kernel: as many run side by side as there are threads. */
const A_KERNEL = 8;
/** `--quick`: trials of learning, takes of each digit, and trials of each take in a test. */
const QUICK = { training: 40, takes: 4, repetitions: 1 } as const;
/** Takes of each digit that are heard unless --takes says otherwise. */
const TAKES = 20;

/** What is asked of every run with the constants that learn. */
export const SPEECH_CRITERIA = {
  /** Held-out trials that are told apart, after learning and before. */
  accuracy: 0.95,
  before: 0.6,
  /** By which the variance of the potential for the rewarded digit grows, and more than the other's. */
  variance: 1.5,
  /** With dynamic synapses: in the mean, and by how many spikes more for the rewarded digit. */
  dynamic: { accuracy: 0.75, difference: 2 },
  /** Of digits that are made. */
  synthetic: 0.9,
};

export const speechDeviations: readonly Deviation[] = [
  {
    key: 'recordings',
    published: 'ten takes of each digit by one speaker of TI46, trained and tested alike',
    here: 'takes of the Free Spoken Digit Dataset, or digits that are made; even takes are trained, odd ones held out',
    reason: 'TI46 cannot be had, and what was trained says little about what was learned',
  },
  {
    key: 'cochlea',
    published: 'every fourth of 86 channels; how loud the sound was is not known',
    here: `means of neighbouring channels, three of 64 or four of 86; all utterances as quiet as ${LOUDNESS} of full scale`,
    reason:
      'a channel is a difference to the next one, so that what lies between two that are picked is lost; louder sound is made all alike by the gain controls, and is not learned',
  },
  {
    key: 'spikes',
    published: 'a scale of 40 for the spike coder, whose meaning is not known',
    here: 'a scale for each utterance that gives it --total spikes; with --totals unequal one scale for all',
    reason: 'two or three times as many spikes overdrive the circuit',
  },
  {
    key: 'constants',
    published: 'dynamic synapses, w_max × 1, A₋/A₊ 1.05, reward × 1 (--published)',
    here: `static synapses, w_max × ${WHAT_LEARNS.w_max}, A₋/A₊ ${WHAT_LEARNS.ratio}, reward × ${WHAT_LEARNS.reward}`,
    reason: 'with this front end the published ones teach the contrary: see ρ',
  },
  {
    key: 'inhibition',
    published:
      'reversal potentials that are not given to the synapses, so that inhibition may excite',
    here: `--inhibition, ${CELL.E_inh} mV`,
    reason: 'so the published programs mean it',
  },
  {
    key: 'trial',
    published: 'the circuit is simulated for 2.5 s a trial',
    here: 'for 0.7 s, or until 0.1 s after the longest utterance',
    reason: 'hardly any of its neurons fires after the utterance',
  },
  {
    key: 'readouts',
    published: 'one neuron',
    here: '--readouts, each with noise, initial weights and a reward of its own',
    reason: 'means over them say more',
  },
];

export const speech = defineExperiment({
  name: 'legenstein-5',
  summary: 'Neurons learn by reward to tell spoken digits apart that a microcircuit hears',
  reference:
    'R. Legenstein, D. Pecevski & W. Maass (2008), A learning theory for reward-modulated ' +
    'spike-timing-dependent plasticity with application to biofeedback, PLoS Comput. Biol. 4, ' +
    'e1000180, simulation 5 (figure 10)',
  // Of learning: trials before and after it come on top.
  defaultTime: SPEECH.training * SPEECH.trial,
  resolution: 2 * SPEECH.trial,
  options: {
    data: {
      kind: 'path',
      of: 'folder',
      description: 'recordings of the Free Spoken Digit Dataset; digits that are made without it',
    },
    speaker: {
      kind: 'choice',
      description: 'who speaks the recordings',
      choices: SPEAKERS,
      default: 'jackson',
    },
    takes: {
      kind: 'number',
      description: 'takes of each digit, of those that there are',
      ...{ unit: 'n', default: TAKES, min: 2, max: 1000, step: 1 },
    },
    total: {
      kind: 'number',
      description: 'spikes of an utterance',
      ...{ unit: 'n', default: 100, min: 1, max: 2000, step: 1 },
    },
    totals: {
      kind: 'choice',
      description: 'every utterance has as many spikes, or they have in the mean',
      choices: ['equal', 'unequal'],
      default: 'equal',
    },
    inhibition: {
      kind: 'number',
      description: "reversal potential of the circuit's inhibition",
      ...{ unit: 'mV', default: CELL.E_inh, min: -100, max: 0 },
    },
    transmission: {
      kind: 'choice',
      description: 'whether synapses that learn have short-term plasticity',
      choices: TRANSMISSIONS,
      default: WHAT_LEARNS.transmission,
    },
    w_max: {
      kind: 'number',
      description: 'their largest weight, of the published one',
      ...{ default: WHAT_LEARNS.w_max, min: 0.01, max: 100 },
    },
    ratio: {
      kind: 'number',
      description: 'LTD over LTP',
      ...{ default: WHAT_LEARNS.ratio, min: 0, max: 100 },
    },
    reward: {
      kind: 'number',
      description: 'reward, of the published one',
      ...{ default: WHAT_LEARNS.reward, min: 0, max: 100 },
    },
    published: {
      kind: 'flag',
      description: 'the published constants in place of those that learn',
      default: false,
      conflicts: ['transmission', 'w_max', 'ratio', 'reward'],
    },
    readouts: {
      kind: 'number',
      description: 'neurons that learn',
      ...{ unit: 'n', default: 16, min: 1, max: 512, step: 1 },
    },
    quick: {
      kind: 'flag',
      description: `${QUICK.training} trials of learning and ${QUICK.takes} takes of each digit only`,
      default: false,
      conflicts: ['time', 'takes'],
    },
  },
  resumable: true,

  async run({ time, threads, seed, options, signal, progress, checkpoint, folder }) {
    const { data, speaker, total, totals, inhibition, readouts, quick } = options;
    const { transmission, w_max, ratio, reward } = options.published ? PUBLISHED : options;
    const settings: SpeechSettings = { transmission, w_max, ratio, reward };
    progress('reading', 0);
    const corpus = await corpusOf(data, speaker, quick ? QUICK.takes : options.takes);
    const utterances = utterancesOf(corpus.takes, { total, equal: totals === 'equal' });
    const training = quick ? QUICK.training : Math.round(time / SPEECH.trial);
    const repetitions = quick ? QUICK.repetitions : SPEECH.repetitions;
    const draws = random.stream(seed);
    const trials = speechTrials({ takes: corpus.count, training, repetitions }, draws);
    const plan = {
      ...{ settings: { seed, inhibition }, utterances },
      trials: listeningTrials(trials, utterances, draws),
    };
    const seeds = Array.from({ length: Math.ceil(readouts / A_KERNEL) }, () => drawSeed(draws));
    const heard = await respond(plan, {
      ...{ threads, signal, folder },
      progress: (fraction) => progress('listening', fraction),
    });
    // Nothing has been learned: what is saved is that.
    if (!heard) await checkpoint?.offer(() => []);
    const jobs = seeds.map((own, k) =>
      speechJob(
        { seed: own, readouts: Math.min(A_KERNEL, readouts - k * A_KERNEL) },
        ...([settings, trials, heard ?? { excitatory: 0, responses: [] }] as const),
      ),
    );
    const courses = heard
      ? await runJobs(readoutRuns, jobs, {
          ...{ threads, signal, checkpoint },
          progress: (fraction, so) =>
            progress(
              'simulating',
              fraction,
              standingOf(paired(jobs, so), { rewarded: 'two', punished: 'one' }),
            ),
        })
      : jobs.map(() => readoutRuns.empty());
    const runs = paired(jobs, courses);
    const what = describe(corpus, settings, { inhibition, readouts, seed });
    return resultOf({ corpus, utterances, trials, heard, runs, settings, training, what });
  },
});

/** What was done. */
interface Outcome {
  readonly corpus: Corpus;
  readonly utterances: readonly Utterance[];
  readonly trials: readonly SpeechTrial[];
  readonly heard: Computed | undefined;
  readonly runs: readonly SpeechRun[];
  readonly settings: SpeechSettings;
  readonly training: number;
  readonly what: string;
}

function resultOf(outcome: Outcome): ExperimentResult {
  const { corpus, utterances, trials, heard, runs, settings, training, what } = outcome;
  const isComplete =
    heard !== undefined && runs.every(({ job, course }) => isDone(readoutRuns, job, course));
  return {
    title: `Spoken digits told apart: ${what}`,
    parameters: {
      ...{ corpus: corpus.name, takes: corpus.count, resolution: STEP },
      ...{ ...prefixed('liquid', LIQUID), ...prefixed('input', INPUT), loudness: LOUDNESS },
      ...{ ...PLASTIC, ...READOUT, ...SPEECH, training },
      ...{ w_max: settings.w_max * SPEECH.w_max, A: settings.reward * SPEECH.A },
      ratio: settings.ratio,
      ...deviationParameters(speechDeviations),
    },
    quantities: [
      ...quantitiesOf(isComplete ? findingOf(runs, heard.responses) : undefined),
      ...hearingOf(corpus, utterances, trials, heard),
    ],
    figures: [
      ...(heard ? heardFigures(corpus, utterances, trials, heard, what) : []),
      ...readoutFigures('speech', {
        title: 'Spoken digits are told apart',
        ...{ what, runs },
        names: { rewarded: `${DIGIT_NAMES[2]}, rewarded`, punished: `${DIGIT_NAMES[1]}, punished` },
      }),
    ],
    spikes: { times: new Float64Array(), senders: new Uint32Array() },
    tables: [trialTable(runs)],
  };
}

const prefixed = (prefix: string, values: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [`${prefix}_${name}`, value]));

async function corpusOf(
  folder: string | undefined,
  speaker: string,
  takes: number,
): Promise<Corpus> {
  const all = folder === undefined ? syntheticCorpus(takes) : await recordedCorpus(folder, speaker);
  return firstOf(all, takes);
}

const describe = (
  { name, count }: Corpus,
  { transmission, w_max, ratio, reward }: SpeechSettings,
  { inhibition, readouts, seed }: { inhibition: number; readouts: number; seed: number },
): string =>
  `${name}, ${count} takes of each; ${transmission} synapses, w_max × ${w_max}, A₋/A₊ ${ratio}, ` +
  `reward × ${reward}, inhibition at ${inhibition} mV, ${readouts} ${readouts === 1 ? 'neuron' : 'neurons'}, seed ${seed}`;

function quantitiesOf(finding: SpeechFinding | undefined): Quantity[] {
  const of = (
    key: string,
    label: string,
    valueOf: (finding: SpeechFinding) => number,
  ): Quantity => ({
    ...{ key, label, unit: '', note: 'the run is not complete' },
    value: finding ? valueOf(finding) : NaN,
  });
  return [
    of('accuracy_before', 'held-out trials told apart before learning', (f) => f.accuracy.before),
    of('accuracy', 'and after it', (f) => f.accuracy.after),
    of('before_one', 'spikes for one before learning', (f) => f.before.punished),
    of('before_two', 'and for two', (f) => f.before.rewarded),
    of('after_one', 'spikes for one after learning', (f) => f.after.punished),
    of('after_two', 'and for two', (f) => f.after.rewarded),
    of(
      'variance_one',
      'variance of the potential after over before, one',
      (f) => f.variance.punished,
    ),
    of('variance_two', 'and two', (f) => f.variance.rewarded),
    of('rho', 'ρ: LTP over LTD of all pairs while learning', (f) => f.rho.all),
    of('rho_one', 'ρ of trials with one', (f) => f.rho.punished),
    of('rho_two', 'and two', (f) => f.rho.rewarded),
  ];
}

/** What can be said of what is heard, before anything is learned. */
function hearingOf(
  { takes }: Corpus,
  utterances: readonly Utterance[],
  trials: readonly SpeechTrial[],
  heard: Computed | undefined,
): Quantity[] {
  const note = 'the run is not complete';
  const baseline: Baselines = heard ? baselines(trials, heard) : { count: NaN, logistic: NaN };
  const answered = heard?.responses.map(({ steps }) => steps.length / heard.excitatory) ?? [];
  return [
    {
      ...{ key: 'baseline_count', label: "told apart by the number of the circuit's spikes" },
      ...{ value: baseline.count, unit: '', note },
    },
    {
      ...{ key: 'baseline_logistic', label: 'and by a logistic readout of its rates' },
      ...{ value: baseline.logistic, unit: '', note },
    },
    {
      ...{ key: 'input_spikes', label: 'spikes of an utterance', unit: '' },
      value: mean(utterances.map(({ times }) => times.length)),
    },
    {
      ...{
        key: 'fidelity',
        label: 'correlation of what its spikes say with the cochleagram',
        unit: '',
      },
      value: mean(takes.map((take, i) => fidelity(take, utterances[i]!))),
    },
    {
      ...{
        key: 'liquid_spikes',
        label: 'spikes of an excitatory neuron of the circuit in a trial',
      },
      ...{ value: mean(answered), unit: '', note },
    },
    {
      ...{ key: 'liquid_time', label: 'time of a trial of the circuit, one thread', unit: 'ms' },
      ...{ value: heard?.trialTime ?? NaN, note: heard ? 'found on disk' : note },
    },
  ];
}

const heardFigures = (
  { takes }: Corpus,
  utterances: readonly Utterance[],
  trials: readonly SpeechTrial[],
  { responses }: Computed,
  what: string,
): Figure[] => [
  cochleagramFigure(takes, utterances, what),
  inputFigure(utterances, what),
  liquidFigure(trials, responses, { what, time: listeningTime(utterances) }),
];

/** Spikes of all neurons in every trial. */
function trialTable(runs: readonly SpeechRun[]): Table {
  const done = Math.min(...runs.map(({ course }) => course.spikes.length));
  const trials = Array.from({ length: done }, (_, trial) => trial);
  const planOf = (trial: number): SpeechTrial => runs[0]!.job.trials[trial]!;
  return {
    name: 'trials',
    columns: {
      trial: trials.map((trial) => trial + 1),
      phase: trials.map((trial) => PHASES.indexOf(planOf(trial).phase)),
      digit: trials.map((trial) => planOf(trial).digit),
      take: trials.map((trial) => planOf(trial).take),
      mean_spikes: trials.map((trial) =>
        mean(runs.flatMap(({ job, course }) => countsIn(job, course, trial))),
      ),
    },
  };
}
