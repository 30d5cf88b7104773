// Simulation 4 of the paper: neurons learn to tell two patterns of spikes apart by their timing.
import { mean } from '../../../lib/analysis';
import { defineExperiment, type Quantity, type Table } from '../../../lib/cli/experiment';
import { seedsOf } from '../learners';
import { NETWORK, PROTOCOL } from './discrimination-parameters';
import { discriminationJob, patternTrials, type Phase } from './discrimination-plan';
import { isDone, runJobs } from './jobs';
import { PLASTIC } from './plastic-parameters';
import { runsThat, overRuns } from './quantities';
import { readoutFigures } from './readout-figures';
import {
  type Classes,
  countsIn,
  growthOver,
  paired,
  type ReadoutRun,
  spikesOver,
  standingOf,
  toldApart,
} from './readout-measures';
import { READOUT } from './readout-parameters';
import { type ReadoutCourse, type ReadoutJob, readoutRuns } from './readout-run';
import { rewardFactor, REWARDS } from './reward-factor';
import { deviationParameters, type Deviation } from './sourced';
import { STEP } from './step';

/** Trials of training with `--quick`. */
const QUICK = 60;

/** What is asked of the means over readouts. */
export const DISCRIMINATION_CRITERIA = {
  accuracy: 0.9,
  /** Spikes for P over those for N, after and before. */
  difference: 2,
  before: 1.5,
};

export const discriminationDeviations: readonly Deviation[] = [
  {
    key: 'tau_syn',
    published: 'synapses created without a time constant, so with a default that could not be read',
    here: `${NETWORK.tau_syn} ms`,
    reason:
      'with it neurons fire as often before learning as the published axis says, with 5 ms, for which weights were computed, four times as often',
  },
  {
    key: 'reward',
    published: 'a reward kernel A (t/τ) e^(−t/τ)',
    here: 'the same, or with --reward e times e',
    reason: 'the program may mean A as the peak of its kernel, as in simulation 1',
  },
  {
    key: 'readouts',
    published: 'one neuron for each pair of patterns',
    here: 'several, each with noise, initial weights and a reward of its own',
    reason: 'means over them say more',
  },
  {
    key: 'initial_weights',
    published: 'drawn from a normal distribution that is to be clipped, but is not',
    here: 'the same',
    reason: 'five standard deviations lie on either side',
  },
];

export const discrimination = defineExperiment({
  name: 'legenstein-4',
  summary:
    'Neurons learn by reward to tell two patterns of spikes apart that differ in timing only',
  reference:
    'R. Legenstein, D. Pecevski & W. Maass (2008), A learning theory for reward-modulated ' +
    'spike-timing-dependent plasticity with application to biofeedback, PLoS Comput. Biol. 4, ' +
    'e1000180, simulation 4 (figure 9)',
  // Of learning: trials before and after it come on top.
  defaultTime: PROTOCOL.training * PROTOCOL.trial,
  resolution: 2 * PROTOCOL.trial,
  options: {
    pairs: {
      kind: 'number',
      description: 'pairs of patterns, with seeds from --seed on',
      ...{ unit: 'n', default: 6, min: 1, max: 1000, step: 1 },
    },
    readouts: {
      kind: 'number',
      description: 'neurons that learn each pair',
      ...{ unit: 'n', default: 16, min: 1, max: 500, step: 1 },
    },
    reward: {
      kind: 'choice',
      description: 'factor of the published reward',
      choices: REWARDS,
      default: '1',
    },
    quick: {
      kind: 'flag',
      description: `${QUICK} trials of training in place of ${PROTOCOL.training}`,
      default: false,
      conflicts: 'time',
    },
  },
  resumable: true,

  async run({ time, threads, seed, options, signal, progress, checkpoint }) {
    const { quick, readouts, reward } = options;
    const factor = rewardFactor(reward);
    const training = quick ? QUICK : Math.round(time / PROTOCOL.trial);
    const trials = patternTrials(training);
    const jobs = seedsOf(seed, options.pairs).map((own) =>
      discriminationJob({ seed: own, readouts, factor }, trials),
    );
    const courses = await runJobs(readoutRuns, jobs, {
      ...{ threads, signal, checkpoint },
      progress: (fraction, so) =>
        progress(
          'simulating',
          fraction,
          standingOf(paired(jobs, so), { rewarded: 'P', punished: 'N' }),
        ),
    });
    const runs = paired(jobs, courses);
    const findings = runs
      .filter(({ job, course }) => isDone(readoutRuns, job, course))
      .map(findingOf);
    const what = `${jobs.length} ${jobs.length === 1 ? 'pair' : 'pairs'} of patterns, ${readouts} ${readouts === 1 ? 'neuron' : 'neurons'} each, reward × ${reward}, seed ${seed}`;
    return {
      title: `Patterns of spikes told apart, ${what}`,
      parameters: {
        ...{ ...NETWORK, ...PROTOCOL, ...PLASTIC, ...READOUT, A: factor * NETWORK.A },
        ...{ training, readouts, resolution: STEP },
        ...deviationParameters(discriminationDeviations),
      },
      quantities: quantitiesOf(findings),
      figures: readoutFigures('discrimination', {
        title: 'Two patterns of spikes are told apart',
        ...{ what, runs, names: { rewarded: 'P, rewarded', punished: 'N, punished' } },
      }),
      spikes: { times: new Float64Array(), senders: new Uint32Array() },
      tables: [countTable(jobs, courses)],
    };
  },
});

/** What was found for a pair of patterns: means over its neurons. */
export interface Finding {
  readonly seed: number;
  /** Spikes a trial. */
  readonly before: Classes<number>;
  readonly after: Classes<number>;
  readonly accuracy: number;
  /** Variance of the potential afterwards over that before. */
  readonly variance: Classes<number>;
}

const findingOf = (run: ReadoutRun): Finding => ({
  seed: run.job.seed,
  before: spikesOver([run], 'before' satisfies Phase),
  after: spikesOver([run], 'after' satisfies Phase),
  accuracy: toldApart([run], 'after' satisfies Phase, 'after' satisfies Phase),
  variance: growthOver([run], 'free before' satisfies Phase, 'free after' satisfies Phase),
});

function quantitiesOf(findings: readonly Finding[]): Quantity[] {
  const over = (key: string, label: string, of: (finding: Finding) => number): Quantity =>
    overRuns(key, label, '', findings.map(of));
  const count = (key: string, label: string, met: (finding: Finding) => boolean): Quantity =>
    runsThat(key, label, findings.map(met));
  const { accuracy: least, difference, before } = DISCRIMINATION_CRITERIA;
  return [
    over('before_P', 'spikes for P before learning', (f) => f.before.rewarded),
    over('before_N', 'spikes for N before learning', (f) => f.before.punished),
    over('after_P', 'spikes for P after learning', (f) => f.after.rewarded),
    over('after_N', 'spikes for N after learning', (f) => f.after.punished),
    over('accuracy', 'part of trials that the number of spikes tells apart', (f) => f.accuracy),
    over(
      'variance_P',
      'variance of the potential after over before, P',
      (f) => f.variance.rewarded,
    ),
    over('variance_N', 'and N', (f) => f.variance.punished),
    count('accurate', `pairs with an accuracy of ${least}`, (f) => f.accuracy >= least),
    count(
      'different',
      `pairs with ${difference} spikes more for P after learning`,
      (f) => f.after.rewarded - f.after.punished >= difference,
    ),
    count(
      'alike_before',
      `pairs that differ by less than ${before} before`,
      (f) => Math.abs(f.before.rewarded - f.before.punished) < before,
    ),
  ];
}

/** Spikes of all neurons in every trial. */
function countTable(jobs: readonly ReadoutJob[], courses: readonly ReadoutCourse[]): Table {
  const rows = jobs.flatMap((job, i) =>
    courses[i]!.spikes.map((_, trial) => ({
      ...{ seed: job.seed, trial, sign: job.trials[trial]!.sign },
      spikes: mean(countsIn(job, courses[i]!, trial)),
    })),
  );
  return {
    name: 'trials',
    columns: {
      seed: rows.map(({ seed }) => seed),
      trial: rows.map(({ trial }) => trial + 1),
      is_P: rows.map(({ sign }) => Number(sign === 1)),
      mean_spikes: rows.map(({ spikes }) => spikes),
    },
  };
}
