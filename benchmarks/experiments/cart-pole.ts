import { mean } from '../../lib/analysis';
import { medianOf } from '../../lib/statistics';
import { defineExperiment, type Quantity, type Table } from '../../lib/cli/experiment';
import { stackedPanels, type Figure } from '../../lib/plot';
import { CartPoleAgent, BOXES } from './cart-pole-agent';
import { EPISODE_LIMIT, STEP } from './cart-pole-task';
import { BLACK, BLUE, GREEN, GREY, VERMILLION } from './colors';
import { learnInPieces, seedsOf } from './learners';

/** Solved: a mean length of so many steps over so many episodes, one after the other. */
export const SOLVED = 195;
export const WINDOW = 100;

/** Time between two reports of progress, ms. */
const PIECE = 20_000;
/** Episodes over which the upper panel averages. */
const SHORT_WINDOW = 10;
const COLORS = [BLUE, VERMILLION, GREEN, BLACK, GREY];

/** Means of the last `window` values up to each, or of all until there are as many. */
export function runningMeans(values: readonly number[], window: number): number[] {
  let sum = 0;
  return values.map((value, i) => {
    sum += value - (values[i - window] ?? 0);
    return sum / Math.min(window, i + 1);
  });
}

/** The number of episodes after which the task is solved; NaN where it is not. */
export function episodesUntilSolved(lengths: readonly number[]): number {
  const means = runningMeans(lengths, WINDOW);
  const first = means.findIndex((length, i) => i >= WINDOW - 1 && length >= SOLVED);
  return first < 0 ? NaN : first + 1;
}

/** Median and range of the values that are numbers. */
const spread = (values: readonly number[]) => medianOf(values.filter(Number.isFinite));

export const cartPole = defineExperiment({
  name: 'cart-pole',
  summary: 'Actor and critic learn to balance a pole, from the prediction error of reward',
  reference:
    'A. G. Barto, R. S. Sutton & C. W. Anderson (1983), Neuronlike adaptive elements that can solve ' +
    'difficult learning control problems, IEEE Trans. Syst. Man Cybern. 13, 834-846',
  defaultTime: 1_500_000,
  resolution: STEP,
  options: {
    agents: {
      kind: 'number',
      description: 'agents that learn, each with a seed of its own',
      unit: 'n',
      default: 5,
      min: 1,
      max: 1000,
      step: 1,
    },
    'actor-rate': {
      kind: 'number',
      description: 'learning rate of the actor',
      default: 1,
      min: 0,
      max: 1000,
    },
    'critic-rate': {
      kind: 'number',
      description: 'learning rate of the critic',
      default: 0.05,
      min: 0,
      max: 1,
    },
    'actor-tau': {
      kind: 'number',
      description: "time constant of the actor's eligibility",
      unit: 'ms',
      default: 200,
      min: 1,
      max: 1e6,
    },
    'critic-tau': {
      kind: 'number',
      description: "time constant of the critic's eligibility",
      unit: 'ms',
      default: 100,
      min: 1,
      max: 1e6,
    },
    alpha: {
      kind: 'number',
      description: 'weight of a new reward in the mean reward',
      default: 0.0003,
      min: 0,
      max: 1,
    },
    noise: {
      kind: 'number',
      description: 'difference of inputs that makes an action e times as likely as the other',
      default: 0.001,
      min: 1e-6,
      max: 1e6,
    },
  },

  async run({ time, seed, options, signal, progress }) {
    const agents = seedsOf(seed, options.agents).map((own) => new CartPoleAgent(own, options));
    await learnInPieces(
      agents,
      { pieces: Math.ceil(time / PIECE), signal, progress },
      (agent, _, piece) => {
        const steps = Math.round(Math.min(PIECE, time - piece * PIECE) / STEP);
        for (let step = 0; step < steps; step++) agent.step();
      },
    );
    const outcome = outcomeOf(agents);
    return {
      parameters: { ...options, boxes: BOXES, step: STEP, limit: EPISODE_LIMIT },
      quantities: quantitiesOf(outcome),
      figures: outcome.episodes.every((count) => count > 0) ? [figure(outcome)] : [],
      spikes: { times: new Float64Array(0), senders: new Uint32Array(0) },
      tables: tablesOf(outcome),
    };
  },
});

/** What the agents reached, each of them. */
interface Outcome {
  readonly agents: readonly CartPoleAgent[];
  readonly episodes: readonly number[];
  /** Episodes until the task was solved. */
  readonly solved: readonly number[];
  /** Mean lengths over a window of episodes: the best, and that of the last. */
  readonly bests: readonly number[];
  readonly lasts: readonly number[];
}

function outcomeOf(agents: readonly CartPoleAgent[]): Outcome {
  return {
    agents,
    episodes: agents.map(({ lengths }) => lengths.length),
    solved: agents.map(({ lengths }) => episodesUntilSolved(lengths)),
    bests: agents.map(({ lengths }) =>
      lengths.length < WINDOW ? NaN : Math.max(...runningMeans(lengths, WINDOW).slice(WINDOW - 1)),
    ),
    lasts: agents.map(({ lengths }) => mean(lengths.slice(-WINDOW))),
  };
}

function quantitiesOf({ agents, episodes, solved, bests, lasts }: Outcome): Quantity[] {
  return [
    {
      key: 'solved',
      label: `agents with a mean of ${SOLVED} steps or more over ${WINDOW} episodes`,
      value: solved.filter(Number.isFinite).length,
      unit: '',
    },
    { key: 'agents', label: 'agents', value: agents.length, unit: '' },
    {
      key: 'episodes_until_solved',
      label: 'episodes until then, of those',
      ...spread(solved),
      unit: '',
      note: 'none was solved',
    },
    {
      key: 'best_length',
      label: `best mean length over ${WINDOW} episodes`,
      ...spread(bests),
      unit: 'steps',
      note: `fewer than ${WINDOW} episodes`,
    },
    {
      key: 'last_length',
      label: `mean length of the last ${WINDOW} episodes`,
      ...spread(lasts),
      unit: 'steps',
      note: 'no episode has ended',
    },
    { key: 'episodes', label: 'episodes', ...spread(episodes), unit: '' },
  ];
}

function tablesOf({ agents, episodes, solved, bests, lasts }: Outcome): Table[] {
  return [
    {
      name: 'agents',
      columns: {
        seed: agents.map((agent) => agent.seed),
        episodes,
        episodes_until_solved: solved,
        best_length: bests,
        last_length: lasts,
      },
    },
    {
      name: 'episodes',
      columns: {
        seed: agents.flatMap((agent) => agent.lengths.map(() => agent.seed)),
        episode: agents.flatMap(({ lengths }) => lengths.map((_, i) => i + 1)),
        length: agents.flatMap(({ lengths }) => lengths),
      },
    },
  ];
}

function figure({ agents, solved }: Outcome): Figure {
  const curves = (window: number, from: number) =>
    agents.map(({ seed, lengths }, k) => ({
      name: `seed ${seed}`,
      color: COLORS[k % COLORS.length]!,
      x: lengths.map((_, i) => i + 1).slice(from),
      y: runningMeans(lengths, window).slice(from),
    }));
  const longest = Math.max(...agents.map(({ lengths }) => lengths.length));
  const long = curves(WINDOW, WINDOW - 1);
  const lowest = Math.min(SOLVED, ...long.flatMap(({ y }) => y));
  const top = 1.03 * EPISODE_LIMIT;
  return {
    name: 'cart-pole',
    spec: stackedPanels({
      title: 'Actor and critic learn to balance a pole',
      subtitle: [
        `MSTDPET synapses modulated by the prediction error; at most ${EPISODE_LIMIT} steps of ${STEP} ms`,
        `Dashed: ${SOLVED} steps, reached by ${solved.filter(Number.isFinite).length} of ${agents.length} agents`,
      ],
      x: { title: 'episode', domain: [0, longest] },
      panels: [
        {
          kind: 'curves',
          title: ['length (steps),', `mean of ${SHORT_WINDOW}`],
          height: 180,
          domain: [0, top],
          series: curves(SHORT_WINDOW, 0),
        },
        {
          kind: 'curves',
          title: ['length (steps),', `mean of ${WINDOW}`],
          height: 180,
          domain: [10 * Math.floor(lowest / 10), top],
          legend: false,
          rules: [SOLVED],
          series: long,
        },
      ],
    }),
  };
}
