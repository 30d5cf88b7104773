import { type Kernel, type NodeCollection, presets, random } from '../../lib';
import type { OptionValues } from '../../lib/cli/experiment';

// The network of Florian (2007), section on XOR with rate-coded input. The paper was not at hand. At
// second hand or from memory: layers of 60, 60 and 1, half of the input neurons inhibitory, 40
// spikes/s for 500 ms or silence, reward ±1 after output spikes, τ = 20 ms (25 ms of eligibility),
// potentials, clipped weights, learning rates of 0.1 mV (MSTDP) and 0.625 mV (MSTDPET). Chosen here:
// - the largest weights, 12 and 2 mV instead of 5: hidden neurons fire before they have learned
//   anything, and the output tells their common rates apart instead of firing at each of their spikes;
// - the refractory time of the output neuron. Without it the pattern that excites it most learns most:
//   1, 1 at first, whose punishment silences everything, or one of the patterns for 1 alone. Hidden
//   neurons have none: spikes reach the output a step later, and MSTDP, which forgets within a step,
//   would then credit any hidden neuron but those that the output spike came from;
// - slower learning of the output weights, which otherwise fall before hidden neurons specialise.

/** Grid, ms: a reward comes one step after the output spike that it is for. */
export const RESOLUTION = 1;
/** Neurons that code one of the two inputs: half of them excite, half inhibit. */
const GROUP = 30;
const HIDDEN = 60;
/** How long a pattern is shown, ms. */
export const DURATION = 500;
export const PATTERNS = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
] as const;
export const RULES = ['mstdp', 'mstdpet'] as const;
export type Rule = (typeof RULES)[number];
const DELAY = RESOLUTION;
const NEURON = { E_L: -70, V_m: -70, V_th: -54, V_reset: -60, tau_m: 20, t_ref: 0, tau_minus: 20 };
const PAIRS = { A_plus: 1, A_minus: -1, tau_plus: 20 };

export const florianXorOptions = {
  networks: {
    kind: 'number',
    description: 'networks that learn by each rule, with noise and initial weights of their own',
    default: 5,
    min: 1,
    max: 100,
    step: 1,
  },
  rate: {
    kind: 'number',
    description: 'rate of each input neuron whose input is 1',
    unit: '1/s',
    default: 40,
    min: 0,
    max: 500,
  },
  eta_mstdp: {
    kind: 'number',
    description: 'learning rate of MSTDP',
    unit: 'mV',
    default: 0.1,
    min: 0,
    max: 1000,
  },
  eta_mstdpet: {
    kind: 'number',
    description: 'learning rate of MSTDPET',
    unit: 'mV',
    default: 0.625,
    min: 0,
    max: 1000,
  },
  eta_output: {
    kind: 'number',
    description:
      'learning rate of the weights to the output neuron, as a part of that of the others',
    default: 0.04,
    min: 0,
    max: 1000,
  },
  tau_elig: {
    kind: 'number',
    description: 'time constant of the eligibility trace of MSTDPET',
    unit: 'ms',
    default: 25,
    min: 0.1,
    max: 1e4,
  },
  w_max_hidden: {
    kind: 'number',
    description: 'largest size of a weight from an input neuron',
    unit: 'mV',
    default: 12,
    min: 0.001,
    max: 1000,
  },
  w_max_output: {
    kind: 'number',
    description: 'largest weight from a hidden neuron to the output neuron',
    unit: 'mV',
    default: 2,
    min: 0.001,
    max: 1000,
  },
  t_ref_output: {
    kind: 'number',
    description: 'refractory time of the output neuron',
    unit: 'ms',
    default: 7,
    min: 0,
    max: 100,
    step: RESOLUTION,
  },
} as const;

export type FlorianXorOptions = OptionValues<typeof florianXorOptions>;

/** For the record. */
export const florianXorParameters = {
  group: GROUP,
  hidden: HIDDEN,
  duration: DURATION,
  delay: DELAY,
  ...NEURON,
  ...PAIRS,
};

/** One network: what it is rewarded by and heard through. */
interface Learner {
  readonly output: NodeCollection;
  readonly transmitter: NodeCollection<'reward_transmitter', false>;
}

/**
 * Many networks side by side in one kernel, shown the same patterns at the same time: what a step
 * costs apart from its spikes is paid once for all of them.
 */
export class XorNetworks {
  /** Spikes of all output neurons so far. */
  readonly times: number[] = [];
  readonly senders: number[] = [];
  readonly #kernel: Kernel;
  readonly #inputs: NodeCollection;
  readonly #learners: Learner[] = [];
  readonly #recorder: NodeCollection<'spike_recorder', false>;
  readonly #rate: number;
  readonly #index: ReadonlyMap<number, number>;
  /** The networks whose transmitter gives a reward now. */
  #rewarded: readonly number[] = [];

  /** Makes the networks of all rules, one rule after the other, in an empty kernel. */
  constructor(kernel: Kernel, options: FlorianXorOptions) {
    this.#kernel = kernel;
    this.#rate = options.rate;
    this.#inputs = kernel.Create('poisson_generator', 2, { rate: 0 });
    for (const rule of RULES) {
      for (let i = 0; i < options.networks; i++) {
        this.#learners.push(buildLearner(kernel, this.#inputs, rule, `${rule}_${i}`, options));
      }
    }
    this.#recorder = kernel.Create('spike_recorder');
    for (const { output } of this.#learners) kernel.Connect(output, this.#recorder);
    this.#index = new Map(this.#learners.map(({ output }, i) => [output.ids[0]!, i]));
  }

  /** Spikes of a run that is gone on with. */
  takeUp({ times, senders }: Record<'times' | 'senders', readonly number[]>): void {
    for (const time of times) this.times.push(time);
    for (const sender of senders) this.senders.push(sender);
  }

  /**
   * Shows a pattern to the prepared networks. After each output spike the reward of the next step
   * is as given, and else 0.
   * @returns Rates of the output neurons in spikes/s.
   */
  present(pattern: readonly number[], reward: number): number[] {
    const counts = this.#learners.map(() => 0);
    this.#inputs.set({ rate: pattern.map((input) => input * this.#rate) });
    for (let step = 0; step < DURATION / RESOLUTION; step++) {
      this.#kernel.RunSync(RESOLUTION);
      const spiking = this.#spiking();
      for (const i of spiking) counts[i]!++;
      if (reward !== 0) this.#reward(spiking, reward);
    }
    this.#reward([], 0);
    return counts.map((count) => (1000 * count) / DURATION);
  }

  /** Networks whose output neuron has fired since the last call. */
  #spiking(): number[] {
    if (this.#recorder.n_events === 0) return [];
    const { times, senders } = this.#recorder.events;
    this.#recorder.n_events = 0;
    this.times.push(...times);
    this.senders.push(...senders);
    return Array.from(senders, (id) => this.#index.get(id)!);
  }

  #reward(spiking: readonly number[], reward: number): void {
    for (const i of this.#rewarded) {
      if (!spiking.includes(i)) this.#learners[i]!.transmitter.reward = 0;
    }
    for (const i of spiking) {
      if (!this.#rewarded.includes(i)) this.#learners[i]!.transmitter.reward = reward;
    }
    this.#rewarded = spiking;
  }
}

function buildLearner(
  kernel: Kernel,
  inputs: NodeCollection,
  rule: Rule,
  name: string,
  options: FlorianXorOptions,
): Learner {
  const input = kernel.Create('parrot_neuron', 2 * GROUP);
  const hidden = kernel.Create('iaf_psc_delta', HIDDEN, NEURON);
  const output = kernel.Create('iaf_psc_delta', 1, { ...NEURON, t_ref: options.t_ref_output });
  const transmitter = kernel.Create('reward_transmitter');
  // The same rule for both signs: a weight is raised or lowered, and stays on its side of zero.
  const connect = (
    pre: NodeCollection,
    post: NodeCollection,
    Wmin: number,
    Wmax: number,
    speed = 1,
  ) => {
    const synapse_model = `${name}_${pre.ids[0]!}_${post.ids[0]!}`;
    const common = { ...PAIRS, Wmin, Wmax, reward_transmitter: transmitter };
    const eta = speed * options[`eta_${rule}`];
    if (rule === 'mstdp') {
      const preset = presets.mstdp_synapse.florian2007;
      kernel.CopyModel('mstdp_synapse', synapse_model, { ...preset, ...common, eta });
    } else {
      const preset = presets.mstdpet_synapse.florian2007;
      const { tau_elig } = options;
      kernel.CopyModel('mstdpet_synapse', synapse_model, { ...preset, ...common, eta, tau_elig });
    }
    const weight = random.uniform(Wmin, Wmax);
    kernel.Connect(pre, post, 'all_to_all', { synapse_model, weight, delay: DELAY });
  };
  const half = GROUP / 2;
  [0, 1].forEach((k) => {
    const group = input.slice(k * GROUP, (k + 1) * GROUP);
    kernel.Connect(inputs.at(k), group, 'all_to_all', { delay: DELAY });
    connect(group.slice(0, half), hidden, 0, options.w_max_hidden);
    connect(group.slice(half, GROUP), hidden, -options.w_max_hidden, 0);
  });
  connect(hidden, output, 0, options.w_max_output, options.eta_output);
  return { output, transmitter };
}
