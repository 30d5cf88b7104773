import { type Kernel, type NodeCollection, random } from '../../../lib';
import {
  type Iteration,
  type NetworkOptions,
  NEURONS,
  type PlayerState,
  PongNetwork,
} from './network';
import { RowMeans } from './rules';

/** Neurons of each of the critic's populations. */
const CRITIC = 8;
/** Mean and standard deviation of the first weights, pA. */
const WEIGHT = { mean: 1275, sd: 8 } as const;
/** Without noise the train alone has to make motor neurons fire. */
const CLEAN_WEIGHT = { mean: 1275 * 1.3, sd: 8 } as const;
const W_DA = -1150;
const W_STRIATUM_PALLIDUM = -250;
/** Delay from the striatum straight to the dopamine neurons, ms. */
const DIRECT_DELAY = 200;
/** Rate of the background of each motor neuron, spikes/s; its weight is that of the inputs. */
const POISSON_RATE = 15;
/** Least weight of all dopamine synapses, pA. */
export const WMIN = 1220;
const SYNAPSE = { tau_c: 70, tau_n: 30, tau_plus: 45, Wmin: WMIN, b: 0.028, A_plus: 0.85 } as const;
/** Time at the beginning of an iteration during which the reward current flows, ms. */
const REWARD_TIME = 32;

/** How the reward current is found, and how far weights may grow. */
export interface DopamineVariant {
  readonly Wmax: { readonly noisy: number; readonly clean: number };
  /** pA: without reward, for a share of 1, and at most. */
  readonly baseline: number;
  readonly factor: number;
  readonly most: number;
  /** Whether it is the excess over the row's mean share that is rewarded. */
  readonly relative: boolean;
}

export const FAITHFUL: DopamineVariant = {
  Wmax: { noisy: 1550, clean: 1750 },
  baseline: 100,
  factor: 4800,
  most: 1000,
  relative: false,
};

/** Weights that can grow until the train alone makes a motor neuron fire, and a prediction error. */
export const IMPROVED: DopamineVariant = {
  ...FAITHFUL,
  Wmax: { noisy: 1900, clean: 1900 },
  baseline: 400,
  relative: true,
};

/**
 * Actor and critic: the dopamine of neurons that a reward current drives changes the synapses from
 * inputs to motor neurons. Source: NEST's Pong example, "PongNetDopa"; W. Potjans, M. Diesmann &
 * A. Morrison (2011), PLoS Comput. Biol. 7, e1001133.
 */
export class DopaminePlayer extends PongNetwork {
  protected readonly trainOffset = REWARD_TIME;
  readonly #variant: DopamineVariant;
  readonly #shares = new RowMeans(NEURONS, 1 / NEURONS);
  readonly #current: NodeCollection<'dc_generator', false>;
  readonly #dopamine: NodeCollection<'iaf_psc_exp'>;
  readonly #striatum: NodeCollection<'iaf_psc_exp'>;
  readonly #pallidum: NodeCollection<'iaf_psc_exp'>;

  /** `name`: of the player within the kernel; its synapses get a model of their own. */
  constructor(kernel: Kernel, name: string, variant: DopamineVariant, options: NetworkOptions) {
    super(kernel, options);
    this.#variant = variant;
    const transmitter = kernel.Create('volume_transmitter');
    const synapse_model = `stdp_dopamine_synapse_${name}`;
    kernel.CopyModel('stdp_dopamine_synapse', synapse_model, {
      ...SYNAPSE,
      ...(!options.plastic && { A_plus: 0, A_minus: 0 }),
      volume_transmitter: transmitter,
      Wmax: options.noisy ? variant.Wmax.noisy : variant.Wmax.clean,
    });
    const plastic = ({ mean, sd }: { readonly mean: number; readonly sd: number }) => ({
      synapse_model,
      weight: random.normal(mean, sd),
    });
    const toMotors = options.noisy ? WEIGHT : CLEAN_WEIGHT;
    kernel.Connect(this.inputs, this.motors, 'all_to_all', plastic(toMotors));
    if (options.noisy) {
      this.addNoise('poisson_generator', { rate: POISSON_RATE }, { rate: 0 }, WEIGHT.mean);
    }

    this.#striatum = kernel.Create('iaf_psc_exp', CRITIC);
    this.#pallidum = kernel.Create('iaf_psc_exp', CRITIC);
    this.#dopamine = kernel.Create('iaf_psc_exp', CRITIC);
    kernel.Connect(this.inputs, this.#striatum, 'all_to_all', plastic(WEIGHT));
    kernel.Connect(this.#striatum, this.#pallidum, 'all_to_all', { weight: W_STRIATUM_PALLIDUM });
    kernel.Connect(this.#pallidum, this.#dopamine, 'all_to_all', { weight: W_DA });
    kernel.Connect(this.#striatum, this.#dopamine, 'all_to_all', {
      weight: W_DA,
      delay: DIRECT_DELAY,
    });
    kernel.Connect(this.#dopamine, transmitter);
    this.#current = kernel.Create('dc_generator');
    kernel.Connect(this.#current, this.#dopamine);
  }

  override get state(): PlayerState {
    return { ...super.state, shares: this.#shares.values };
  }

  override takeUp(state: PlayerState): void {
    super.takeUp(state);
    if (state.shares) this.#shares.takeUp(state.shares);
  }

  /** Takes striatum and pallidum off the dopamine neurons. */
  silenceCritic(): void {
    const source = this.#striatum.concat(this.#pallidum);
    this.kernel.GetConnections({ source, target: this.#dopamine }).set({ weight: 0 });
  }

  protected applyPlasticity({ row, counts }: Iteration): void {
    const { baseline, factor, most, relative } = this.#variant;
    const total = counts.reduce((sum, count) => sum + count, 0);
    // Where none of them fired, none of their spikes were right.
    const share = counts[row]! / Math.max(total, 1);
    const rewarded = relative ? this.#shares.excess(row, share) : share;
    const now = this.kernel.GetKernelStatus('biological_time');
    this.#current.set({
      start: now,
      stop: now + REWARD_TIME,
      amplitude: Math.min(most, Math.max(0, baseline + factor * rewarded)),
    });
  }
}
