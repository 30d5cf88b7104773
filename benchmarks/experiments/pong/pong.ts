import { mean } from '../../../lib/analysis';
import { defineExperiment, type Quantity, type Table } from '../../../lib/cli/experiment';
import {
  matrices,
  stackedPanels,
  type CurvePanel,
  type Figure,
  type Series,
} from '../../../lib/plot';
import { BLUE, GREY, VERMILLION } from '../colors';
import { SIDES, type Pair, type Side } from './game';
import { aim, bySide, History } from './history';
import { Live } from './live';
import { Match, type MatchState } from './match';
import { ITERATION, NEURONS, RESOLUTION } from './network';
import { nameOf, type PlayerName, PLAYERS } from './players';
import { CHANCE } from './rules';
import { PLACES } from './team';

/** Iterations between two reports of progress. */
const REPORT = 20;
/** Matrices of weights that a figure shows, and that are kept for the table. */
const SHOWN = 4;
const COLORS: Pair<string> = [BLUE, VERMILLION];

/** What is saved of a run. */
interface SavedMatch {
  readonly match: MatchState;
  readonly history: History['state'];
  /** s */
  readonly wall: number;
}

export const pong = defineExperiment({
  name: 'pong',
  summary: 'Two spiking networks learn Pong against each other, in a closed loop',
  reference:
    'T. Wunderlich et al. (2019), Demonstrating advantages of neuromorphic computation: a pilot ' +
    'study, Front. Neurosci. 13, 260; W. Potjans, M. Diesmann & A. Morrison (2011), An imperfect ' +
    'dopaminergic error signal can drive temporal-difference learning, PLoS Comput. Biol. 7, ' +
    'e1001133',
  defaultTime: 5000 * ITERATION,
  // Whole iterations only.
  resolution: ITERATION,
  // Threads have nothing to share in networks of 60 neurons.
  defaultThreads: 1,
  live: true,
  options: {
    players: {
      kind: 'choices',
      description:
        'left and right: r, rn (R-STDP), d, dn (actor and critic with dopamine), each clean or ' +
        'with noise, dn+ (an improved dn)',
      default: ['rn', 'dn+'],
      choices: PLAYERS,
    },
    iterations: {
      kind: 'number',
      description: `iterations of ${ITERATION} ms, in place of --time`,
      unit: 'n',
      min: 1,
      step: 1,
      conflicts: 'time',
    },
    window: {
      kind: 'number',
      description: 'iterations over which rewards are averaged',
      unit: 'n',
      default: 200,
      min: 1,
      step: 1,
    },
    generators: {
      kind: 'choice',
      description: 'noise generators: one for each motor neuron, or one for all of a player',
      default: 'each',
      choices: ['each', 'one'],
    },
    plasticity: {
      kind: 'choice',
      description: 'whether the players learn; one that does not is what to compare with',
      default: 'on',
      choices: ['on', 'off'],
    },
    kernels: {
      kind: 'choice',
      description:
        'where the players are: in kernels of their own, on worker threads, or in one kernel',
      default: 'own',
      choices: PLACES,
    },
  },

  resumable: true,

  async run({ time, threads, seed, options, signal, progress, checkpoint, streams }) {
    const iterations = options.iterations ?? Math.round(time / ITERATION);
    const { players, window, generators: wiring, kernels: place } = options;
    const plastic = options.plasticity === 'on';
    const match = new Match({ players, seed, threads, wiring, plastic, place });
    const saved = checkpoint && (await checkpoint.resume<SavedMatch>());
    if (saved) await match.takeUp(saved.match);
    const history = new History(saved?.history);
    const live = streams && new Live(streams, match, { players, iterations, window });
    try {
      const snapshot = async () => {
        if (history.snapshots.at(-1)?.iteration === history.iterations) return;
        const weights = await match.team.weights();
        history.snapshots.push({ iteration: history.iterations, weights });
      };
      const every = Math.ceil(iterations / (SHOWN - 1));
      const startedAt = performance.now() - 1000 * (saved?.wall ?? 0);
      const wallTime = () => (performance.now() - startedAt - (live?.waited ?? 0)) / 1000;
      const program = async (): Promise<SavedMatch> => ({
        ...{ match: await match.state(), history: history.state, wall: wallTime() },
      });
      for (let i = history.iterations; i < iterations && !signal.aborted; i++) {
        if (live) {
          await live.turn(signal);
          if (signal.aborted) break;
        }
        if (i % every === 0) await snapshot();
        const iteration = await match.iterate();
        history.add(iteration);
        if (live) await live.publish(iteration, history);
        if (i % REPORT === 0) progress('learning', i / iterations, standing(history, window));
        await checkpoint?.offer(program);
      }
      const wall = wallTime();
      await snapshot();
      return {
        parameters: {
          left: players[0],
          right: players[1],
          iterations: history.iterations,
          iteration: ITERATION,
          neurons: NEURONS,
          resolution: RESOLUTION,
          chance: CHANCE,
          kernels: place,
          generators: wiring,
          plasticity: options.plasticity,
        },
        quantities: quantitiesOf(history, players, window, wall),
        figures: history.iterations === 0 ? [] : figuresOf(history, players, window, seed),
        spikes: { times: new Float64Array(), senders: new Uint32Array() },
        tables: tablesOf(history, window),
      };
    } finally {
      await match.dispose();
    }
  },
});

const scoreOf = ({ score }: History): Pair<number> => [score[0].at(-1) ?? 0, score[1].at(-1) ?? 0];

/** Score and raw reward, as the progress line shows them. */
function standing(history: History, window: number): string {
  const rewards = SIDES.map((_, i) => history.recentReward(i as Side, window).toFixed(2));
  return `score ${scoreOf(history).join(' : ')}, reward ${rewards.join(' : ')}`;
}

function quantitiesOf(
  history: History,
  players: Pair<PlayerName>,
  window: number,
  wall: number,
): Quantity[] {
  const last = history.snapshots.at(-1)!;
  const score = scoreOf(history);
  return [
    { key: 'iterations', label: 'iterations', value: history.iterations, unit: '' },
    ...SIDES.flatMap((side, i): Quantity[] => {
      const who = `${side} (${players[i as Side]})`;
      const { exact, near, contrast } = aim(last.weights[i as Side]);
      return [
        { key: `score_${side}`, label: `${who}: points`, value: score[i as Side], unit: '' },
        { key: `hits_${side}`, label: `${who}: hits`, value: history.hits[i as Side], unit: '' },
        {
          key: `reward_${side}`,
          label: `${who}: raw reward, mean of the last ${Math.min(window, history.iterations)}`,
          value: history.recentReward(i as Side, window),
          unit: '',
        },
        {
          key: `rows_exact_${side}`,
          label: `${who}: rows whose largest weight is their own`,
          value: exact,
          unit: '',
        },
        {
          key: `rows_near_${side}`,
          label: `${who}: rows whose largest weight is at most one off`,
          value: near,
          unit: '',
        },
        {
          key: `contrast_${side}`,
          label: `${who}: weights of the diagonal above the rest`,
          value: contrast,
          unit: 'pA',
        },
      ];
    }),
    {
      key: 'rally',
      label: 'iterations that a ball is in play, mean',
      value: history.rallies.length > 0 ? mean(history.rallies) : NaN,
      unit: '',
      note: 'no ball has been lost',
    },
    {
      key: 'speed',
      label: 'iterations a second',
      value: history.iterations / wall,
      unit: '1/s',
    },
  ];
}

function tablesOf(history: History, window: number): Table[] {
  const { row, winner, reward, meanReward, score, rallies, snapshots } = history;
  const windows: Pair<number[]> = [history.windows(0, window), history.windows(1, window)];
  const cells = snapshots.flatMap(({ iteration, weights }) =>
    Array.from(weights[0], (_, i) => ({
      iteration,
      input: Math.floor(i / NEURONS),
      motor: i % NEURONS,
      left: weights[0][i]!,
      right: weights[1][i]!,
    })),
  );
  return [
    {
      name: 'iterations',
      columns: {
        iteration: row.map((_, i) => i + 1),
        row,
        ...bySide('winner', winner),
        ...bySide('reward', reward),
        ...bySide('mean_reward', meanReward),
        ...bySide('score', score),
      },
    },
    {
      name: 'rewards',
      columns: {
        iteration: windows[0].map((_, k) => Math.min((k + 1) * window, row.length)),
        ...bySide('reward', windows),
      },
    },
    { name: 'rallies', columns: { ball: rallies.map((_, i) => i + 1), iterations: rallies } },
    {
      name: 'weights',
      columns: {
        iteration: cells.map((cell) => cell.iteration),
        input: cells.map((cell) => cell.input),
        motor: cells.map((cell) => cell.motor),
        weight_left: cells.map((cell) => cell.left),
        weight_right: cells.map((cell) => cell.right),
      },
    },
  ];
}

function figuresOf(
  history: History,
  players: Pair<PlayerName>,
  window: number,
  seed: number,
): Figure[] {
  return [
    { name: 'pong-learning', spec: learningSpec(history, players, window, seed) },
    { name: 'pong-weights', spec: weightsSpec(history, players) },
  ];
}

function learningSpec(
  history: History,
  players: Pair<PlayerName>,
  window: number,
  seed: number,
): Figure['spec'] {
  const { iterations, meanReward, score } = history;
  // More points than a figure is wide cost time and show nothing.
  const stride = Math.ceil(iterations / 1000);
  const thinned = (values: readonly number[]) => values.filter((_, i) => i % stride === 0);
  const x = thinned(Array.from({ length: iterations }, (_, i) => i + 1));
  return stackedPanels({
    title: 'Two networks learn Pong',
    subtitle: [
      `${players.join(' against ')}, score ${scoreOf(history).join(' : ')}, seed ${seed}`,
      `Raw reward: 1, 0.7, 0.4, 0.1 for a choice 0, 1, 2, 3 rows off; dashed: chance (${CHANCE})`,
    ],
    x: { title: 'iteration', domain: [0, iterations] },
    panels: [
      rewardPanel(history, players, window),
      {
        kind: 'curves',
        title: ['running mean', 'over all rows'],
        height: 150,
        domain: [0, 1],
        rules: [CHANCE],
        legend: false,
        series: curves(players, (side) => ({ x, y: thinned(meanReward[side]) })),
      },
      {
        kind: 'curves',
        title: 'points',
        domain: [0, Math.max(...scoreOf(history)) + 1],
        legend: false,
        series: curves(players, (side) => ({ x, y: thinned(score[side]) })),
      },
      rallyPanel(history),
    ],
  });
}

/** A curve for each player. */
const curves = (players: Pair<PlayerName>, of: (side: Side) => Pick<Series, 'x' | 'y'>): Series[] =>
  ([0, 1] as const).map((side) => ({
    name: nameOf(players, side),
    color: COLORS[side],
    ...of(side),
  }));

/** Rewards, averaged over windows. */
function rewardPanel(history: History, players: Pair<PlayerName>, window: number): CurvePanel {
  const middle = (k: number) => (k * window + Math.min((k + 1) * window, history.iterations)) / 2;
  return {
    kind: 'curves',
    title: ['raw reward,', `mean of ${window}`],
    height: 150,
    domain: [0, 1],
    rules: [CHANCE],
    series: curves(players, (side) => {
      const y = history.windows(side, window);
      return { x: y.map((_, k) => middle(k)), y };
    }),
  };
}

/** How long each ball was in play. */
function rallyPanel({ rallies }: History): CurvePanel {
  const ends = rallies.reduce<number[]>((all, length) => {
    all.push((all.at(-1) ?? 0) + length);
    return all;
  }, []);
  return {
    kind: 'curves',
    title: ['iterations', 'of a ball'],
    domain: [0, 1.06 * rallies.reduce((a, b) => Math.max(a, b), 1)],
    legend: false,
    series: [{ name: 'ball', color: GREY, shape: 'points', x: ends, y: rallies }],
  };
}

function weightsSpec({ snapshots }: History, players: Pair<PlayerName>): Figure['spec'] {
  const all = snapshots.flatMap(({ weights }) => weights.map((w) => [...w]));
  const values = all.flat();
  return matrices({
    title: 'Weights from inputs to motor neurons',
    subtitle: ['An input fires when the ball is in its row; a motor neuron asks for its row'],
    rows: { title: 'input', count: NEURONS },
    columns: { title: 'motor neuron', count: NEURONS },
    grid: ([0, 1] as const).map((side) =>
      snapshots.map(({ iteration, weights }) => ({
        title: `${nameOf(players, side)}, after ${iteration}`,
        values: weights[side],
      })),
    ),
    color: {
      title: 'weight (pA)',
      domain: [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))],
    },
  });
}
