import { type Kernel, random, type SynapseCollection } from '../../../lib';
import { type Iteration, type NetworkOptions, type PlayerState, PongNetwork } from './network';
import { causalCorrelation } from './rules';

/** Mean and standard deviation of the first weights, pA. */
const WEIGHT = {
  noisy: { mean: 1300, sd: 1 },
  // Without noise the train alone has to make motor neurons fire.
  clean: { mean: 1300 * 1.22, sd: 5 },
} as const;
/** Standard deviation of the noise current, pA. */
const NOISE = 220;
/** pA for a reward of 1 and a correlation of 1. */
const LEARNING_RATE = 0.7;

/**
 * A player with static synapses, whose weights the program changes after each iteration by reward
 * times correlation (R-STDP). Source: NEST's Pong example, "PongNetRSTDP"; T. Wunderlich et al.
 * (2019), Front. Neurosci. 13, 260.
 */
export class RstdpPlayer extends PongNetwork {
  protected readonly trainOffset = 1;
  /** Those of each input; found when they are first needed, which they are again and again. */
  readonly #synapses: SynapseCollection<string, true>[] = [];

  constructor(kernel: Kernel, options: NetworkOptions) {
    super(kernel, options);
    const { mean, sd } = options.noisy ? WEIGHT.noisy : WEIGHT.clean;
    if (options.noisy) this.addNoise('noise_generator', { std: NOISE }, { std: 0 });
    kernel.Connect(this.inputs, this.motors, 'all_to_all', { weight: random.normal(mean, sd) });
  }

  override takeUp(state: PlayerState): void {
    super.takeUp(state);
    this.#synapses.length = 0;
  }

  protected applyPlasticity({ row, train, excess }: Iteration): void {
    if (!this.plastic) return;
    const { times, motors } = this.spikes();
    const trains: number[][] = Array.from(this.motors, () => []);
    times.forEach((time, i) => trains[motors[i]!]!.push(time));
    const synapses = (this.#synapses[row] ??= this.synapses(this.inputs.at(row)));
    const weight = synapses.weight.map(
      (w, j) => w + LEARNING_RATE * causalCorrelation(train, trains[j]!) * excess,
    );
    synapses.set({ weight });
  }
}
