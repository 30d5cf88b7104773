// What the live page shows of a match, and how it works on it.
import type {
  Control,
  MatrixStream,
  ScalarStream,
  SpikeStream,
  Streams,
  ValueStream,
} from '../../../lib';
import { FAITHFUL, IMPROVED, WMIN } from './dopamine';
import { type GameStep, type Pair, type Side, SIDES } from './game';
import type { History } from './history';
import type { Match, MatchIteration } from './match';
import { ITERATION, NEURONS } from './network';
import { isNoisy, nameOf, type PlayerName } from './players';
import { CHANCE } from './rules';

/** Time that rasters show, ms. */
const RASTER = 20 * ITERATION;
/** Least time between two readings of all weights, which take about 1 ms. */
const WEIGHTS_INTERVAL = 200;
/** Time over which iterations are counted, ms. */
const RATE_INTERVAL = 500;

const FULL_SPEED = 'as fast as it goes';
/** Iterations a second by what the page calls them. */
const SPEEDS = new Map([
  [FULL_SPEED, Infinity],
  ['100 iterations/s', 100],
  ['20 iterations/s', 20],
  [`${1000 / ITERATION} iterations/s (real time)`, 1000 / ITERATION],
  ['1 iteration/s', 1],
]);

const GAME =
  'Both players see the row that the ball is in. Each moves its paddle towards the row of that ' +
  'motor neuron of its own which fires most.';
const REWARD =
  'Raw reward of an iteration: 1, 0.7, 0.4, 0.1 where that neuron is 0, 1, 2, 3 rows off the ' +
  'ball, and none beyond.';
const RSTDP =
  'R-STDP: after each iteration the weights of the row of the ball change by the correlation of ' +
  'input and motor spikes times what the reward exceeds its running mean by.';
const TRAIN =
  'The train of a row alone makes a motor neuron fire only above about 1583\u00a0pA; weights end at';
const INERT =
  'Striatum and pallidum are inert: a train takes the striatum 12.1 of the 15\u00a0mV to its ' +
  'threshold, and it has no noise.';

/** What the page says of the players beside their weights. */
const NOTES: Readonly<Record<PlayerName, string>> = {
  r: RSTDP,
  rn: RSTDP,
  d: INERT,
  dn: `${TRAIN} ${FAITHFUL.Wmax.noisy}\u00a0pA, so that none fires without noise. ${INERT}`,
  'dn+': `${TRAIN} ${IMPROVED.Wmax.noisy}\u00a0pA. ${INERT}`,
};

/** Ends of the weights, where there are any. */
const RANGES: Partial<Readonly<Record<PlayerName, Pair<number>>>> = {
  d: [WMIN, FAITHFUL.Wmax.clean],
  dn: [WMIN, FAITHFUL.Wmax.noisy],
  'dn+': [WMIN, IMPROVED.Wmax.noisy],
};

const COLORS = ['blue', 'orange'] as const;

/** The state of the game as the page draws it. */
interface Game {
  readonly ball: { readonly x: number; readonly y: number };
  readonly paddles: Pair<number>;
  readonly score: Pair<number>;
  readonly players: Pair<string>;
  readonly iteration: number;
  readonly iterations: number;
  readonly rows: number;
  /** Iterations a second; null before they have been counted. */
  readonly rate: number | null;
}

export interface LiveOptions {
  readonly players: Pair<PlayerName>;
  readonly iterations: number;
  /** Iterations over which rewards are averaged. */
  readonly window: number;
}

interface SideStreams {
  readonly input: SpikeStream;
  readonly motors: SpikeStream;
  readonly weights: MatrixStream;
  readonly reward: ScalarStream;
}

/**
 * The live page of a match. It only looks, unless somebody works the noise: what the players learn
 * is the same with it and without.
 */
export class Live {
  readonly #match: Match;
  readonly #options: LiveOptions;
  readonly #pause: Control<boolean>;
  readonly #speed: Control<string>;
  /** None where no player has any noise. */
  readonly #noise: Control<boolean> | undefined;
  readonly #game: ValueStream<Game>;
  readonly #chance: ScalarStream;
  readonly #sides: Pair<SideStreams>;
  readonly #rate = new Rate();
  #isNoisy = true;
  /** When the latest iteration was to begin. */
  #begin = 0;
  #waited = 0;
  #weightsAt = -Infinity;

  constructor(streams: Streams, match: Match, options: LiveOptions) {
    const { players, window } = options;
    this.#match = match;
    this.#options = options;
    this.#pause = streams.control('pause', {
      ...{ kind: 'toggle', label: 'Pause', initial: false, shortcut: ' ' },
    });
    this.#speed = streams.control('speed', {
      ...{ kind: 'choice', label: 'Speed', initial: FULL_SPEED, choices: [...SPEEDS.keys()] },
    });
    this.#noise = players.some(isNoisy)
      ? streams.control('noise', { kind: 'toggle', label: 'Noise', initial: true, shortcut: 'n' })
      : undefined;
    this.#game = streams.value('game', { label: 'Game', note: GAME, view: 'pong' });
    const rewards = addRewards(streams, players, window);
    this.#chance = rewards.chance;
    const rasters = bothSides((side) => addRaster(streams, players, side));
    const weights = bothSides((side) => addWeights(streams, players, side));
    this.#sides = bothSides((side) => ({
      ...rasters[side],
      weights: weights[side],
      reward: rewards.sides[side],
    }));
  }

  /** Time spent paused or slowed down, ms. */
  get waited(): number {
    return this.#waited;
  }

  /** Waits until the next iteration may begin, or `signal` is aborted. */
  async turn(signal: AbortSignal): Promise<void> {
    const arrived = performance.now();
    while (!signal.aborted) {
      const wait = this.#due - performance.now();
      if (this.#pause.value) await this.#rest(signal);
      else if (wait > 0) await this.#speed.changed({ signal, timeout: wait });
      else break;
    }
    const now = performance.now();
    this.#waited += now - arrived;
    // Timers are late by up to a millisecond, which the next iteration makes up for.
    this.#begin = now - this.#due < this.#interval ? this.#due : now;
    await this.#applyNoise();
  }

  /** Shows an iteration that has been added to the history. */
  async publish({ row, played, step }: MatchIteration, history: History): Promise<void> {
    const { iterations: iteration } = history;
    const until = iteration * ITERATION;
    for (const side of [0, 1] as const) {
      const { input, motors, reward } = this.#sides[side];
      const { times, motors: senders, train } = played[side];
      input.publish(
        shifted(train, until - ITERATION),
        new Uint16Array(train.length).fill(row),
        until,
      );
      motors.publish(shifted(times, until - ITERATION), senders, until);
      reward.publish(iteration, history.recentReward(side, this.#options.window));
    }
    this.#chance.publish(iteration, CHANCE);
    this.#publishGame(iteration, step);
    if (!this.#game.watched || performance.now() < this.#weightsAt + WEIGHTS_INTERVAL) return;
    await this.#publishWeights();
  }

  /** ms */
  get #interval(): number {
    return 1000 / SPEEDS.get(this.#speed.value)!;
  }

  get #due(): number {
    return this.#begin + this.#interval;
  }

  /** Until it goes on; whoever looks sees the weights as they are. */
  async #rest(signal: AbortSignal): Promise<void> {
    await this.#publishWeights();
    while (this.#pause.value && !signal.aborted) await this.#pause.changed({ signal });
    this.#rate.restart();
  }

  async #applyNoise(): Promise<void> {
    const wanted = this.#noise?.value ?? true;
    if (wanted === this.#isNoisy) return;
    this.#isNoisy = wanted;
    await this.#match.team.setNoise(wanted);
  }

  #publishGame(iteration: number, { ball, paddles }: GameStep): void {
    this.#game.publish({
      // Where the ball has passed a paddle, not yet the new one; but the point is there at once.
      ball,
      paddles,
      score: this.#match.game.state.score,
      players: this.#options.players,
      iteration,
      iterations: this.#options.iterations,
      rows: NEURONS,
      rate: this.#rate.count(),
    });
  }

  async #publishWeights(): Promise<void> {
    const weights = await this.#match.team.weights();
    for (const side of [0, 1] as const) this.#sides[side].weights.publish(weights[side]);
    this.#weightsAt = performance.now();
  }
}

/** Counts iterations a second. */
class Rate {
  #since = performance.now();
  #count = 0;
  #rate: number | null = null;

  /** One more. @returns how many there were a second, lately; null before that is known */
  count(): number | null {
    this.#count++;
    const elapsed = performance.now() - this.#since;
    if (elapsed >= RATE_INTERVAL) {
      this.#rate = (1000 * this.#count) / elapsed;
      this.restart();
    }
    return this.#rate;
  }

  /** Counts from now on. */
  restart(): void {
    this.#since = performance.now();
    this.#count = 0;
  }
}

function addRewards(streams: Streams, players: Pair<PlayerName>, window: number) {
  const chart = {
    chart: `Raw reward, mean of the last ${window} iterations`,
    xLabel: 'iteration',
    yLabel: 'raw reward',
    range: [0, 1],
  } as const;
  const chance = streams.scalar('chance', {
    ...chart,
    label: 'chance',
    note: REWARD,
    color: 'grey',
  });
  const sides = bothSides((side) =>
    streams.scalar(`reward ${SIDES[side]}`, {
      ...chart,
      label: nameOf(players, side),
      color: COLORS[side],
    }),
  );
  return { chance, sides };
}

function addRaster(streams: Streams, players: Pair<PlayerName>, side: Side) {
  const raster = {
    chart: `Spikes of ${nameOf(players, side)}`,
    rows: NEURONS,
    rowLabel: 'row',
    window: RASTER,
  };
  return {
    input: streams.spikes(`input ${SIDES[side]}`, {
      ...raster,
      label: 'input: the row of the ball',
      color: 'grey',
    }),
    motors: streams.spikes(`motors ${SIDES[side]}`, {
      ...raster,
      label: 'motor neurons',
      color: COLORS[side],
    }),
  };
}

function addWeights(streams: Streams, players: Pair<PlayerName>, side: Side): MatrixStream {
  const range = RANGES[players[side]];
  return streams.matrix(`weights ${SIDES[side]}`, {
    label: `Weights of ${nameOf(players, side)}`,
    note: NOTES[players[side]],
    rows: NEURONS,
    columns: NEURONS,
    unit: 'pA',
    rowLabel: 'input',
    columnLabel: 'motor neuron',
    ...(range !== undefined && { range }),
  });
}

const bothSides = <T>(make: (side: Side) => T): Pair<T> => [make(0), make(1)];

const shifted = (times: Float64Array, by: number): Float64Array => times.map((time) => time + by);
