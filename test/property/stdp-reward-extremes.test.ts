// Networks of stdp_reward_synapse and stdp_reward_tsodyks2_synapse at the ends of what can be set:
// finite numbers, and the same bits for threads, split runs and reads.
import { type AnyInput, type KeptByReset, Kernel } from '../../lib';

// Threads that have to wait for processors are slow.
jest.setTimeout(120_000);

type Values = Record<string, AnyInput>;
const MODELS = ['stdp_reward_synapse', 'stdp_reward_tsodyks2_synapse'] as const;
/** Of a parrot: what arrives there is not repeated. */
const IGNORED = 1;

interface Setting {
  readonly resolution?: number;
  readonly delay?: number;
  readonly rule?: Values;
  readonly reward?: Values;
}

function build(local_num_threads: number, setting: Setting = {}) {
  const { resolution = 0.1, delay = 3, rule, reward } = setting;
  const kernel = new Kernel();
  kernel.SetKernelStatus({ resolution, local_num_threads });
  const noise = kernel.Create('poisson_generator', { rate: 200 });
  const parrots = kernel.Create('parrot_neuron', 20);
  kernel.Connect(noise, parrots, 'all_to_all', { delay: resolution });
  const reward_transmitter = kernel.Create('reward_transmitter', {
    ...{ reward: 0.001, A_1: 0.01, A_2: 0.01, tau_1: 20, tau_2: 50, pulse: 0.02 },
    ...{ kappa_plus: 0.1, kappa_minus: -0.1, ...reward },
  });
  [0, 1, 2].forEach((receptor_type) => {
    const some = parrots.slice(receptor_type, receptor_type + 3);
    kernel.Connect(some, reward_transmitter, 'all_to_all', { receptor_type, delay: 2 });
  });
  for (const synapse_model of MODELS) {
    const bounds = { Wmin: 0, Wmax: 5, tau_c: 50 };
    kernel.SetDefaults(synapse_model, { reward_transmitter, ...bounds, ...rule });
    kernel.Connect(parrots, parrots, 'all_to_all', {
      ...{ synapse_model, receptor_type: IGNORED, delay, weight: 1 },
    });
  }
  return { kernel, parrots };
}

const statesOf = (kernel: Kernel): number[] =>
  MODELS.flatMap((synapse_model) => {
    const synapses = kernel.GetConnections({ synapse_model });
    return (['weight', 'c', 'g'] as const).flatMap((name) => [...synapses.get(name)]);
  });

test.each<[string, Setting]>([
  ['a resolution of 0.01 ms', { resolution: 0.01 }],
  ['a resolution of 1 ms', { resolution: 1 }],
  ['delays of a step', { delay: 0.1 }],
  ['delays of 500 ms', { delay: 500, rule: { alpha_kernel: false } }],
  ['a tau_c far below a step', { rule: { tau_c: 1e-3 } }],
  ['an endless tau_c', { rule: { tau_c: 1e9 } }],
  ['equal time constants', { rule: { tau_c: 20 }, reward: { tau_2: 20 } }],
  ['pulses at once', { reward: { kappa_delay: 0 } }],
  ['a negative learning rate', { rule: { learning_rate: -2 } }],
  ['one weight alone', { rule: { Wmin: 2, Wmax: 2 } }],
  ['no bounds', { rule: { Wmin: -Infinity, Wmax: Infinity } }],
  ['a long gap', { rule: { gap: 40 } }],
])('%s', (_title, setting) => {
  const [whole, split] = [build(1, setting), build(3, setting)];
  whole.kernel.SimulateSync(300);
  for (let i = 0; i < 10; i++) {
    split.kernel.SimulateSync(30);
    if (i % 3 === 0) statesOf(split.kernel);
  }
  const states = statesOf(whole.kernel);
  expect(states.every(Number.isFinite)).toBe(true);
  expect(statesOf(split.kernel)).toEqual(states);
});

test.each<readonly KeptByReset[][]>([
  [[]],
  [['weights']],
  [['weights', 'eligibility']],
  [['weights', 'eligibility', 'modulators', 'recorders']],
])('after ResetState that keeps %j', (keep) => {
  const { kernel } = build(1);
  kernel.SimulateSync(150);
  const copy = kernel.clone();
  for (const each of [kernel, copy]) each.ResetState({ keep });
  kernel.SimulateSync(150);
  copy.SimulateSync(70);
  copy.SimulateSync(80);
  expect(statesOf(copy)).toEqual(statesOf(kernel));
  if (keep.length > 0) return;
  const anew = build(1).kernel;
  anew.SimulateSync(150);
  expect(statesOf(kernel)).toEqual(statesOf(anew));
});

test('delays that are set and nodes that are placed anew while spikes are under way', () => {
  const after = (threads: number): number[] => {
    const { kernel, parrots } = build(threads);
    kernel.SimulateSync(50);
    [1, 9, 0.5, 4, 2].forEach((delay, i) => {
      const source = parrots.slice(i, i + 5);
      kernel.GetConnections({ source, synapse_model: MODELS[0] }).set({ delay });
      if (i === 3) kernel.Create('parrot_neuron', 30);
      kernel.SimulateSync(20.3);
    });
    return statesOf(kernel);
  };
  const expected = after(1);
  expect(after(2)).toEqual(expected);
  expect(after(3)).toEqual(expected);
});

test('weights in single precision beyond their bounds, and frozen neurons', () => {
  const after = (threads: number): number[] => {
    const { kernel, parrots } = build(threads);
    kernel.Connect(parrots, parrots, 'all_to_all', {
      ...{ synapse_model: MODELS[0], receptor_type: IGNORED, synapse_label: 3 },
      ...{ weight: 50, weight_precision: 'single' },
    });
    for (const frozen of [false, true, false]) {
      parrots.slice(0, 4).set({ frozen });
      kernel.SimulateSync(40);
    }
    return statesOf(kernel);
  };
  const expected = after(1);
  expect(expected.every((x) => Number.isFinite(x))).toBe(true);
  expect(after(3)).toEqual(expected);
});

test('a run that is aborted goes on', async () => {
  const [whole, aborted] = [build(2).kernel, build(2).kernel];
  whole.SimulateSync(400);
  const controller = new AbortController();
  const run = aborted.Simulate(400, { signal: controller.signal });
  controller.abort();
  await run.catch(() => undefined);
  aborted.SimulateSync(400 - aborted.GetKernelStatus('biological_time'));
  expect(statesOf(aborted)).toEqual(statesOf(whole));
});
