// One synapse between two neurons with given spikes, learning by three rules side by side.
import { mergeSpikes, type SpikeEvents } from '../../lib/analysis';
import { defineExperiment, type OptionValues, type Quantity } from '../../lib/cli/experiment';
import { Kernel, presets, type NodeCollection } from '../../lib';
import { stackedPanels, type CurvePanel, type Figure } from '../../lib/plot';
import { BLUE, GREEN, ORANGE, PURPLE, VERMILLION } from './colors';
import { simulateTo } from './simulation';

const RESOLUTION = 1;
const PRE = [10, 85, 115, 135];
const POST = [15, 75, 110, 140];
/** The reward has its sign until here, ms, and the opposite one afterwards. */
const TURN = 100;
const RULES = ['stdp', 'mstdp', 'mstdpet'] as const;

/** What the panels show, at 0, 1, 2 … ms. */
interface Trajectories {
  readonly time_ms: Float64Array;
  readonly s_pre: Float64Array;
  readonly s_post: Float64Array;
  readonly x_pre: Float64Array;
  readonly x_post: Float64Array;
  readonly reward: Float64Array;
  readonly eligibility: Float64Array;
  readonly w_stdp: Float64Array;
  readonly w_mstdp: Float64Array;
  readonly w_mstdpet: Float64Array;
}

const florianOptions = {
  A_plus: {
    kind: 'number',
    description: 'amplitude of causal pairs',
    default: 0.2,
    min: -1000,
    max: 1000,
  },
  A_minus: {
    kind: 'number',
    description: 'amplitude of anticausal pairs, sign included',
    default: -0.2,
    min: -1000,
    max: 1000,
  },
  tau_plus: {
    kind: 'number',
    description: 'time constant of the presynaptic trace',
    unit: 'ms',
    default: 20,
    min: 0.1,
    max: 1e5,
  },
  tau_minus: {
    kind: 'number',
    description: 'time constant of the postsynaptic trace',
    unit: 'ms',
    default: 20,
    min: 0.1,
    max: 1e5,
  },
  tau_elig: {
    kind: 'number',
    description: 'time constant of the eligibility trace of MSTDPET',
    unit: 'ms',
    default: 25,
    min: 0.1,
    max: 1e5,
  },
  reward: {
    kind: 'number',
    description: `reward until ${TURN} ms; then its negative`,
    default: 1,
    min: -1000,
    max: 1000,
  },
  weight: {
    kind: 'number',
    description: 'initial weight',
    default: 0.2,
    min: -1000,
    max: 1000,
  },
} as const;

type FlorianOptions = OptionValues<typeof florianOptions>;

export const florianStdp = defineExperiment({
  name: 'florian-stdp',
  summary: 'STDP, MSTDP and MSTDPET of the same spikes, rewarded, then punished',
  reference: 'Florian (2007) Neural Comput 19:1468, in the normalisation of Inferno',
  defaultTime: 200,
  resolution: RESOLUTION,
  options: florianOptions,

  resumable: true,

  async run({ time, threads, seed, options, signal, progress, checkpoint }) {
    const kernel = new Kernel();
    try {
      progress('building', 0);
      kernel.SetKernelStatus({
        resolution: RESOLUTION,
        local_num_threads: threads,
        rng_seed: seed,
      });
      const pre = kernel.Create('clamped_neuron', 1, { spike_times: PRE });
      const post = kernel.Create('clamped_neuron', 1, {
        spike_times: POST,
        tau_minus: options.tau_minus,
      });
      defineRules(kernel, options);
      const read = RULES.map((rule) => recordedSynapse(kernel, [pre, post], rule, options.weight));
      const recorders = [pre, post].map((neuron) => {
        const recorder = kernel.Create('spike_recorder');
        kernel.Connect(neuron, recorder);
        return recorder;
      });
      await checkpoint?.resume(kernel);
      await simulateTo(kernel, time, {
        ...{ signal, checkpoint },
        progress: (fraction) => progress('simulating', fraction),
      });
      const end = kernel.GetKernelStatus('biological_time');
      const states = read.map((now) => now());
      const spikes = recorders.map(({ events }) => events);
      const trajectories = trajectoriesOf(states, spikes, end, options);
      return {
        parameters: {
          pre: PRE.join(' '),
          post: POST.join(' '),
          turn: TURN,
          resolution: RESOLUTION,
        },
        quantities: quantitiesOf(trajectories),
        figures: end > 0 ? [figure(trajectories, end, options)] : [],
        spikes: mergeSpikes(spikes[0]!, spikes[1]!),
        tables: [{ name: 'trajectories', columns: { ...trajectories } }],
      };
    } finally {
      kernel.dispose();
    }
  },
});

/** Makes a synapse model of each rule, with the reward that it hears. */
function defineRules(
  kernel: Kernel,
  { A_plus, A_minus, tau_plus, tau_elig, reward }: FlorianOptions,
): void {
  const always = kernel.Create('reward_transmitter', 1, { reward: 1 });
  const turning = kernel.Create('reward_transmitter', 1, {
    reward,
    reward_times: [TURN + RESOLUTION],
    reward_values: [-reward],
  });
  const pairs = { A_plus, A_minus, tau_plus };
  const { mstdp_synapse, mstdpet_synapse } = presets;
  // STDP is MSTDP whose reward is always 1.
  kernel.CopyModel('mstdp_synapse', 'stdp', {
    ...mstdp_synapse.inferno,
    ...pairs,
    reward_transmitter: always,
  });
  kernel.CopyModel('mstdp_synapse', 'mstdp', {
    ...mstdp_synapse.inferno,
    ...pairs,
    reward_transmitter: turning,
  });
  kernel.CopyModel('mstdpet_synapse', 'mstdpet', {
    ...mstdpet_synapse.inferno,
    ...pairs,
    tau_elig,
    reward_transmitter: turning,
  });
}

/** States of a synapse, by name. */
type States = Record<string, Float64Array>;

/**
 * Makes the synapse of a rule, and records it. What is returned gives its states from the beginning
 * up to now, by name.
 */
function recordedSynapse(
  kernel: Kernel,
  [pre, post]: readonly [NodeCollection, NodeCollection],
  synapse_model: string,
  weight: number,
): () => States {
  kernel.Connect(pre, post, 'one_to_one', { synapse_model, weight, delay: RESOLUTION });
  const names = ['weight', 'c', 'Kplus'];
  const synapse = () => kernel.GetConnections({ synapse_model });
  const state = (name: string) => (synapse().get(name) as Float64Array)[0]!;
  const first = names.map(state);
  const recorder = kernel.Create('synapse_recorder', {
    connections: synapse(),
    record_from: names,
    interval: RESOLUTION,
  });
  return () => {
    const { times } = recorder.events;
    // The end of a run is sampled only when the simulation goes on.
    const last = kernel.GetKernelStatus('biological_time') > (times.at(-1) ?? 0);
    return Object.fromEntries(
      names.map((name, i) => [
        name,
        Float64Array.of(
          first[i]!,
          ...(recorder.events[name] as Float64Array),
          ...(last ? [state(name)] : []),
        ),
      ]),
    );
  };
}

/** From the states of the rules' synapses and the spikes of both neurons. */
function trajectoriesOf(
  [stdp, mstdp, mstdpet]: readonly States[],
  [pre, post]: readonly SpikeEvents[],
  end: number,
  { A_plus, A_minus, tau_minus, reward }: FlorianOptions,
): Trajectories {
  const time_ms = Float64Array.from({ length: end / RESOLUTION + 1 }, (_, k) => k * RESOLUTION);
  return {
    time_ms,
    s_pre: time_ms.map((t) => Number(pre!.times.includes(t))),
    s_post: time_ms.map((t) => Number(post!.times.includes(t))),
    x_pre: mstdp!.Kplus!.map((x) => A_plus * x),
    x_post: trace(time_ms, post!.times, tau_minus).map((x) => A_minus * x),
    reward: time_ms.map((t) => (t === 0 ? 0 : t <= TURN ? reward : -reward)),
    eligibility: mstdpet!.c!,
    w_stdp: stdp!.weight!,
    w_mstdp: mstdp!.weight!,
    w_mstdpet: mstdpet!.weight!,
  };
}

/** A trace that every spike raises by 1, after the spikes of the step. */
function trace(times: Float64Array, spikes: ArrayLike<number>, tau: number): Float64Array {
  return times.map((t) =>
    Array.from(spikes).reduce((sum, s) => sum + (s <= t ? Math.exp(-(t - s) / tau) : 0), 0),
  );
}

function quantitiesOf(trajectories: Trajectories): Quantity[] {
  return [
    ...RULES.map((rule) => ({
      key: `w_${rule}`,
      label: `final weight, ${rule.toUpperCase()}`,
      value: trajectories[`w_${rule}`].at(-1)!,
      unit: '',
    })),
    {
      key: 'eligibility_max',
      label: 'largest eligibility of MSTDPET',
      value: Math.max(...trajectories.eligibility),
      unit: '1/ms',
    },
    {
      key: 'eligibility_min',
      label: 'smallest eligibility of MSTDPET',
      value: Math.min(...trajectories.eligibility),
      unit: '1/ms',
    },
  ];
}

/** The weight of each rule's synapse, all on one scale. */
function weightPanels({ time_ms: x, ...y }: Trajectories): CurvePanel[] {
  const weights = RULES.flatMap((rule) => Array.from(y[`w_${rule}`]));
  const [low, high] = [Math.min(...weights), Math.max(...weights)];
  const room = 0.05 * (high - low) || 0.1;
  return RULES.map((rule) => ({
    kind: 'curves',
    title: ['weight,', rule.toUpperCase()],
    height: 75,
    domain: [low - room, high + room],
    rules: [y[`w_${rule}`][0]!],
    series: [{ name: rule, color: BLUE, x, y: y[`w_${rule}`], shape: 'steps' }],
  }));
}

function figure(
  trajectories: Trajectories,
  end: number,
  { reward, tau_elig }: FlorianOptions,
): Figure {
  const { time_ms: x, ...y } = trajectories;
  const rewards = 1.2 * (Math.abs(reward) || 1);
  const spikePanel = (title: string, color: string, s: Float64Array): CurvePanel => ({
    kind: 'curves',
    title,
    height: 40,
    domain: [0, 1],
    series: [{ name: title, color, x, y: s, shape: 'steps' }],
  });
  return {
    name: 'florian-stdp',
    spec: stackedPanels({
      title: 'The same spikes, three rules: when reward turns to punishment, learning reverses',
      subtitle: [
        `One synapse each; reward ${reward} until ${TURN} ms, then ${-reward}; STDP does not hear it`,
        `Eligibility of MSTDPET decays with ${tau_elig} ms; dashed: initial weight`,
      ],
      x: { title: 'time (ms)', domain: [0, end] },
      panels: [
        spikePanel('s_pre', PURPLE, y.s_pre),
        spikePanel('s_post', ORANGE, y.s_post),
        {
          kind: 'curves',
          title: 'spike traces',
          height: 90,
          rules: [0],
          series: [
            { name: 'presynaptic', color: PURPLE, x, y: y.x_pre },
            { name: 'postsynaptic', color: ORANGE, x, y: y.x_post },
          ],
        },
        {
          kind: 'curves',
          title: 'reward',
          height: 55,
          rules: [0],
          domain: [-rewards, rewards],
          series: [{ name: 'reward', color: GREEN, x, y: y.reward, shape: 'steps' }],
        },
        {
          kind: 'curves',
          title: ['eligibility', '(1/ms)'],
          height: 75,
          rules: [0],
          series: [{ name: 'eligibility', color: VERMILLION, x, y: y.eligibility }],
        },
        ...weightPanels(trajectories),
      ],
    }),
  };
}
