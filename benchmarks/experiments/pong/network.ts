// What the players of Pong have in common: 20 inputs, 20 motor neurons, and who of them wins.
import {
  type Kernel,
  type NodeCollection,
  type NodeParameters,
  random,
  type SynapseCollection,
} from '../../../lib';
import { CELLS } from './game';
import { rawReward, RowMeans } from './rules';

/** Inputs, and motor neurons: one for each row of cells. */
export const NEURONS = CELLS.y;
/** Biological time of an iteration, ms. */
export const ITERATION = 200;
/** Grid of the simulation, ms. */
export const RESOLUTION = 0.1;
/** Spikes of the train that presents a row, and the time between them, ms. */
const TRAIN = { spikes: 20, interval: 10 } as const;

/** `each`: every motor neuron has a noise generator of its own; `one`: one for all of them. */
export type Wiring = 'each' | 'one';

export interface NetworkOptions {
  /** With background noise, for which weights are smaller. */
  readonly noisy: boolean;
  readonly wiring: Wiring;
  /** Whether weights change: a player that does not learn is what learning is compared with. */
  readonly plastic: boolean;
  /** Decides between motor neurons with equally many spikes. */
  readonly draws: random.RandomStream;
}

/** What there is to learn from. */
export interface Iteration {
  readonly row: number;
  /** Times of the train that presented it, ms. */
  readonly train: readonly number[];
  /** Spikes of the motor neurons. */
  readonly counts: Uint32Array;
  /** By how much the reward exceeds the running mean of this row. */
  readonly excess: number;
}

interface Noise {
  readonly generators: NodeCollection;
  readonly on: NodeParameters;
  readonly off: NodeParameters;
}

/** What a player made of an iteration. */
export interface Turn {
  /** The row that was presented. */
  readonly row: number;
  /** The motor neuron with most spikes. */
  readonly winner: number;
  /** Raw reward of this choice, 0 … 1. */
  readonly reward: number;
}

/** Spikes of an iteration, times in ms, as recorded and as presented. */
export interface Spikes {
  readonly times: Float64Array;
  readonly motors: Uint32Array;
  readonly train: readonly number[];
}

/** What the program around a player's network remembers; plain, so that it can be kept. */
export interface PlayerState {
  readonly rewards: Float64Array;
  readonly draws: bigint;
  readonly presented: { readonly row: number; readonly train: readonly number[] } | undefined;
  /** Of the kinds of players that have them. */
  readonly shares?: Float64Array;
}

/** A player: a network within a kernel, and what the program around it does after each iteration. */
export abstract class PongNetwork {
  protected readonly kernel: Kernel;
  protected readonly inputs: NodeCollection<'parrot_neuron'>;
  protected readonly motors: NodeCollection<'iaf_psc_exp'>;
  protected readonly plastic: boolean;
  readonly #options: NetworkOptions;
  #draws: random.RandomStream;
  readonly #generators: NodeCollection<'spike_generator'>;
  readonly #recorder: NodeCollection<'spike_recorder', false>;
  readonly #rewards = new RowMeans(NEURONS, 0);
  #noise: Noise | undefined;
  #presented: { readonly row: number; readonly train: readonly number[] } | undefined;

  /** Where the train begins within an iteration, ms. */
  protected abstract readonly trainOffset: number;

  constructor(kernel: Kernel, options: NetworkOptions) {
    this.kernel = kernel;
    this.plastic = options.plastic;
    this.#options = options;
    this.#draws = options.draws;
    this.#generators = kernel.Create('spike_generator', NEURONS);
    this.inputs = kernel.Create('parrot_neuron', NEURONS);
    this.motors = kernel.Create('iaf_psc_exp', NEURONS);
    this.#recorder = kernel.Create('spike_recorder');
    kernel.Connect(this.#generators, this.inputs, 'one_to_one');
    kernel.Connect(this.motors, this.#recorder);
  }

  /** Lets the input of `row` fire in the iteration that begins now. */
  present(row: number): void {
    const begin = this.kernel.GetKernelStatus('biological_time') + this.trainOffset;
    const train = Array.from({ length: TRAIN.spikes }, (_, i) =>
      onGrid(begin + i * TRAIN.interval),
    );
    if (this.#presented && this.#presented.row !== row) {
      this.#generators.at(this.#presented.row).set({ spike_times: [] });
    }
    this.#generators.at(row).set({ spike_times: train });
    this.#presented = { row, train };
  }

  /** Looks at the iteration that has just ended: who won, and what is to be learned from it. */
  learn(): Turn {
    if (!this.#presented) throw new Error('No row was presented.');
    const { row, train } = this.#presented;
    const counts = this.#recorder.eventCounts(this.motors);
    const winner = this.#winner(counts);
    const reward = rawReward(winner, row);
    const excess = this.#rewards.excess(row, reward);
    this.applyPlasticity({ row, train, counts, excess });
    return { row, winner, reward };
  }

  /** What has been recorded since the last `clear`. */
  spikes(): Spikes {
    const { times, senders } = this.#recorder.events;
    const first = this.motors.ids[0]!;
    return {
      times,
      motors: senders.map((sender) => sender - first),
      train: this.#presented?.train ?? [],
    };
  }

  get state(): PlayerState {
    return {
      rewards: this.#rewards.values,
      draws: this.#draws.state,
      presented: this.#presented,
    };
  }

  /** Takes up what another player, of the same options, was; its kernel has the state of its. */
  takeUp({ rewards, draws, presented }: PlayerState): void {
    this.#rewards.takeUp(rewards);
    this.#draws = random.stream(draws);
    this.#presented = presented;
  }

  /** Forgets the recorded spikes. */
  clear(): void {
    this.#recorder.n_events = 0;
  }

  /** Running mean of the raw reward over all rows. */
  get meanReward(): number {
    return this.#rewards.values.reduce((sum, mean) => sum + mean, 0) / NEURONS;
  }

  /** Weights from inputs (rows) to motor neurons (columns), pA. */
  weights(): Float64Array {
    return this.synapses().weightMatrix(this.inputs, this.motors);
  }

  protected synapses(source: NodeCollection = this.inputs): SynapseCollection<string, true> {
    return this.kernel.GetConnections({ source, target: this.motors });
  }

  /** Switches the background noise of a noisy player off and on again. */
  setNoise(on: boolean): void {
    this.#noise?.generators.set(on ? this.#noise.on : this.#noise.off);
  }

  /** Generators of a model that drive the motor neurons, as `wiring` has it. */
  protected addNoise(
    model: 'noise_generator' | 'poisson_generator',
    on: NodeParameters,
    off: NodeParameters,
    weight = 1,
  ): void {
    const each = this.#options.wiring === 'each';
    const generators: NodeCollection = this.kernel.Create(model, each ? NEURONS : 1, on);
    this.kernel.Connect(generators, this.motors, each ? 'one_to_one' : 'all_to_all', { weight });
    this.#noise = { generators, on, off };
  }

  protected abstract applyPlasticity(iteration: Iteration): void;

  /** Where nobody fired, all have won. */
  #winner(counts: Uint32Array): number {
    const most = Math.max(...counts);
    const winners = [...counts.keys()].filter((i) => counts[i] === most);
    return winners.length === 1 ? winners[0]! : winners[this.#draws.below(winners.length)]!;
  }
}

/** On the grid, as sums of times are not always. */
const onGrid = (ms: number): number => Math.round(10 * ms) / 10;
