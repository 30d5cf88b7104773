import { mean, type Numbers } from '../../lib/analysis';
import { defineExperiment, type Quantity, type Table } from '../../lib/cli/experiment';
import { stackedPanels, type Figure, type Series } from '../../lib/plot';
import { BLUE, GREY, VERMILLION } from './colors';
import { learnInPieces, seedsOf } from './learners';
import { activity, BanditLearner, TRIAL, type Worth } from './reinforce-bandit-task';

/** What one learner did: its rewards, averaged over intervals, and its worth after each of them. */
interface Log {
  readonly rewards: number[];
  readonly worths: Worth[];
}

export const reinforceBandit = defineExperiment({
  name: 'reinforce-bandit',
  summary: 'A stochastic cable learns by REINFORCE which action is best in which context',
  reference:
    'R. J. Williams (1992), Simple statistical gradient-following algorithms for connectionist ' +
    'reinforcement learning, Mach. Learn. 8, 229-256; a task of our own, one trial a millisecond',
  defaultTime: 20_000,
  resolution: TRIAL,
  options: {
    learners: {
      kind: 'number',
      description: 'cables, each with a bandit and a seed of its own',
      unit: 'n',
      default: 10,
      min: 1,
      max: 1000,
      step: 1,
    },
    inputs: {
      kind: 'number',
      description: 'inputs that share the contexts among them',
      unit: 'n',
      default: 8,
      min: 2,
      max: 1000,
      step: 1,
    },
    eta: {
      kind: 'number',
      description: 'learning rate of the cable',
      default: 2,
      min: 0,
      max: 100,
    },
    alpha: {
      kind: 'number',
      description: 'weight of a new reward in the prediction of rewards; 0: none is predicted',
      default: 0.05,
      min: 0,
      max: 1,
    },
    deviation: {
      kind: 'number',
      description: 'smallest standard deviation of actions; the first is 1',
      default: 0.1,
      min: 0.01,
      max: 1,
    },
    interval: {
      kind: 'number',
      description: 'time over which rewards are averaged',
      unit: 'ms',
      default: 250,
      min: TRIAL,
      step: TRIAL,
    },
  },

  async run({ time, seed, options, signal, progress }) {
    const { interval, deviation } = options;
    const learners = seedsOf(seed, options.learners).map((own) => new BanditLearner(own, options));
    const before = learners.map((learner) => learner.worth());
    const logs = learners.map((): Log => ({ rewards: [], worths: [] }));
    const ends: number[] = [];
    const done = await learnInPieces(
      learners,
      { pieces: Math.ceil(time / interval), signal, progress },
      (learner, k, piece) => {
        const end = Math.min(time, (piece + 1) * interval);
        const rewards = Array.from({ length: (end - piece * interval) / TRIAL }, () =>
          learner.trial(),
        );
        logs[k]!.rewards.push(mean(rewards));
        logs[k]!.worths.push(learner.worth());
        if (k === 0) ends.push(end);
      },
    );
    const after = learners.map((learner) => learner.worth());
    const outcome = { learners, before, after, logs, ends, done, interval, deviation };
    return {
      parameters: { ...options, first_deviation: 1, trial: TRIAL },
      quantities: quantitiesOf(outcome),
      figures:
        done > 0 ? [learningCurves(outcome), policies(learners[0]!, options.inputs, seed)] : [],
      spikes: { times: new Float64Array(0), senders: new Uint32Array(0) },
      tables: [rewardTable(outcome)],
    };
  },
});

interface Outcome {
  readonly learners: readonly BanditLearner[];
  /** What each was worth at first and at last. */
  readonly before: readonly Worth[];
  readonly after: readonly Worth[];
  readonly logs: readonly Log[];
  /** Ends of the intervals, ms, and how many of them were finished by all learners. */
  readonly ends: readonly number[];
  readonly done: number;
  readonly interval: number;
  /** Smallest standard deviation of actions. */
  readonly deviation: number;
}

function quantitiesOf({ before, after, logs, done, deviation }: Outcome): Quantity[] {
  const initial = mean(before.map(({ reward }) => reward));
  // The last tenth of the intervals, or the last one.
  const tail = Math.max(1, Math.floor(done / 10));
  const finals = logs.map(({ rewards }) => mean(rewards.slice(-tail)));
  const final = mean(finals);
  const attainable = -(deviation ** 2);
  const closed = finals.map((r, k) => (r - before[k]!.reward) / -before[k]!.reward);
  const quantity = (key: string, label: string, value: number) => ({ key, label, value, unit: '' });
  return [
    quantity('reward_initial', 'expected reward at first', initial),
    quantity('reward_final', 'mean reward, last tenth of trials', final),
    quantity(
      'reward_of_means_final',
      'expected reward of the mean actions, at last',
      mean(after.map(({ rewardOfMeans }) => rewardOfMeans)),
    ),
    quantity('reward_attainable', 'best mean reward with the smallest deviation', attainable),
    quantity('reward_optimal', 'best mean reward without noise', 0),
    quantity('gap_closed', 'part of the gap to the best that is closed', mean(closed)),
    quantity('gap_closed_least', 'the same, of the worst learner', Math.min(...closed)),
    quantity(
      'gap_closed_attainable',
      'part of the gap to the best with the smallest deviation',
      (final - initial) / (attainable - initial),
    ),
    quantity(
      'deviation_final',
      'standard deviation of actions, at last',
      mean(after.map((worth) => worth.deviation)),
    ),
  ];
}

const rewardTable = ({ learners, logs, ends }: Outcome): Table => ({
  name: 'learning',
  columns: {
    time_ms: ends,
    ...Object.fromEntries(logs.map(({ rewards }, k) => [`reward_${learners[k]!.seed}`, rewards])),
  },
});

/** Mean and range over learners of what they did in every interval. */
function overLearners(values: readonly Numbers[]): {
  readonly y: number[];
  readonly band: readonly [number[], number[]];
} {
  const all = Array.from(values[0]!, (_, i) => values.map((own) => own[i]!));
  return {
    y: all.map(mean),
    band: [all.map((own) => Math.min(...own)), all.map((own) => Math.max(...own))],
  };
}

/** A curve that begins with what the learners were worth at first. */
const curve = (
  { before, logs, ends }: Outcome,
  { name, color }: Pick<Series, 'name' | 'color'>,
  reward: (log: Log) => readonly number[],
  initial: (worth: Worth) => number,
): Series => ({
  name,
  color,
  x: [0, ...ends].map((t) => t / TRIAL / 1000),
  ...overLearners(logs.map((log, k) => [initial(before[k]!), ...reward(log)])),
});

function learningCurves(outcome: Outcome): Figure {
  const { logs, ends, interval, deviation } = outcome;
  const worth = (style: Pick<Series, 'name' | 'color'>, read: (worth: Worth) => number) =>
    curve(outcome, style, (log) => log.worths.map(read), read);
  const attainable = deviation ** 2;
  return {
    name: 'reinforce-bandit',
    spec: stackedPanels({
      title: 'REINFORCE learns a contextual bandit with continuous actions',
      subtitle: [
        `Mean and range of ${logs.length} learners, each with a bandit of its own; over ${interval / TRIAL} trials each`,
        `Dashed: the best attainable, 0 without noise, −${Number(attainable.toPrecision(3))} with the smallest deviation`,
      ],
      x: { title: 'trials (thousands)', domain: [0, ends.at(-1)! / TRIAL / 1000] },
      panels: [
        {
          kind: 'curves',
          title: 'mean reward',
          height: 170,
          rules: [0, -attainable],
          series: [
            curve(
              outcome,
              { name: 'reward', color: BLUE },
              ({ rewards }) => rewards,
              ({ reward }) => reward,
            ),
          ],
        },
        {
          kind: 'curves',
          title: ['shortfall', 'from 0'],
          height: 150,
          log: true,
          rules: [attainable],
          series: [
            curve(
              outcome,
              { name: 'of rewards', color: BLUE },
              ({ rewards }) => rewards.map((r) => -r),
              ({ reward }) => -reward,
            ),
            worth({ name: 'of mean actions', color: VERMILLION }, (w) => -w.rewardOfMeans),
          ],
        },
        {
          kind: 'curves',
          title: ['deviation', 'of actions'],
          height: 100,
          zero: true,
          rules: [deviation],
          series: [worth({ name: 'deviation', color: GREY }, (w) => w.deviation)],
        },
      ],
    }),
  };
}

/** What the first learner does in every context. */
function policies(learner: BanditLearner, inputs: number, seed: number): Figure {
  const contexts = Array.from({ length: 361 }, (_, degrees) => degrees);
  const active = contexts.map((degrees) => activity(inputs, (degrees / 360) % 1));
  const policy = active.map((values) => learner.policy(values));
  return {
    name: 'reinforce-bandit-policy',
    spec: stackedPanels({
      title: 'The actions of one learner in all contexts',
      subtitle: [
        `${inputs} inputs, each with a preferred direction; seed ${seed}`,
        'Shaded: standard deviation of the actions',
      ],
      x: { title: 'context: a direction (degrees)', domain: [0, 360] },
      panels: [
        {
          kind: 'curves',
          title: 'action',
          height: 260,
          series: [
            {
              name: 'learnt: mean',
              color: BLUE,
              x: contexts,
              y: policy.map((p) => p.mean),
              band: [
                policy.map((p) => p.mean - p.deviation),
                policy.map((p) => p.mean + p.deviation),
              ],
            },
            {
              name: 'best',
              color: VERMILLION,
              x: contexts,
              y: active.map((values) => learner.bandit.bestAction(values)),
            },
          ],
        },
      ],
    }),
  };
}
