// Florian's experiments: the demo's numbers, what the figure holds, and that reward teaches XOR.
import { florianStdp } from '../../benchmarks/experiments/florian-stdp';
import { florianXor } from '../../benchmarks/experiments/florian-xor';
import { XorNetworks } from '../../benchmarks/experiments/florian-xor-network';
import { Kernel } from '../../lib';
import type { Experiment, ExperimentResult } from '../../lib/cli/experiment';
import { renderSvg } from '../../lib/plot';
import { worst } from '../reference/compare';
import { inferno } from '../reference/data';

jest.setTimeout(120_000);

/** An experiment with its default options, but for those given. */
function run(
  experiment: Experiment,
  { time = experiment.defaultTime, seed = 55, threads = 1, signal = new AbortController().signal },
  options: object = {},
): Promise<ExperimentResult> {
  const defaults = Object.entries(experiment.options).map(([name, { default: d }]) => [name, d]);
  return experiment.run({
    time,
    threads,
    seed,
    options: { ...Object.fromEntries(defaults), ...options } as never,
    signal,
    progress: () => undefined,
  });
}

const value = ({ quantities }: ExperimentResult, key: string): number =>
  quantities.find((quantity) => quantity.key === key)?.value ?? NaN;

const column = ({ tables }: ExperimentResult, name: string, table = 0): number[] =>
  Array.from(tables![table]!.columns[name] ?? []);

describe('florian-stdp', () => {
  const { florian } = inferno();

  test('gives the trajectories of the reference', async () => {
    const result = await run(florianStdp, {});
    const time = Array.from({ length: florian.inputs.steps + 1 }, (_, k) => k);
    const spikes = (steps: readonly number[]) => time.map((t) => Number(steps.includes(t)));
    const expected: Record<string, readonly number[]> = {
      time_ms: time,
      s_pre: spikes(florian.inputs.presyn_steps),
      s_post: spikes(florian.inputs.postsyn_steps),
      x_pre: florian.presyn_trace,
      x_post: florian.postsyn_trace,
      reward: florian.reward,
      eligibility: florian.elig_trace,
      w_stdp: florian.w_stdp,
      w_mstdp: florian.w_mstdp,
      w_mstdpet: florian.w_mstdpet,
    };
    for (const [name, values] of Object.entries(expected)) {
      const actual = column(result, name);
      expect(actual).toHaveLength(201);
      expect([name, worst(actual, values).error <= 1e-12]).toEqual([name, true]);
    }
    expect(value(result, 'w_mstdpet')).toBe(column(result, 'w_mstdpet').at(-1));
    expect(Array.from(result.spikes.times)).toEqual([10, 15, 75, 85, 110, 115, 135, 140]);
  });

  test('the figure has eight panels with units and the data', async () => {
    const result = await run(florianStdp, {});
    const { spec } = result.figures[0]!;
    expect((spec as { vconcat: unknown[] }).vconcat).toHaveLength(8);
    const text = JSON.stringify(spec);
    for (const [name, x] of [
      ['w_mstdpet', 200],
      ['eligibility', 15],
      ['x_post', 75],
    ] as const) {
      // prettier-ignore
      expect(text).toContain(`"x":${x},"y":${column(result, name)[x]!}`);
    }
    const svg = await renderSvg(spec);
    for (const title of ['s_pre', 's_post', 'presynaptic', 'reward', '(1/ms)', 'time (ms)']) {
      expect(svg).toContain(title);
    }
    for (const rule of ['STDP', 'MSTDP', 'MSTDPET']) expect(svg).toContain(`>${rule}<`);
  });

  test('without reward only STDP learns; tau_minus is that of the postsynaptic side', async () => {
    const result = await run(florianStdp, { time: 100 }, { reward: 0, tau_minus: 10 });
    expect([value(result, 'w_mstdp'), value(result, 'w_mstdpet')]).toEqual([0.2, 0.2]);
    // Pairs 10-15, 10-75; 15-85, 75-85.
    const causal = Math.exp(-5 / 20) + Math.exp(-65 / 20);
    const anticausal = Math.exp(-70 / 10) + Math.exp(-10 / 10);
    expect(value(result, 'w_stdp')).toBeCloseTo(0.2 + 0.2 * (causal - anticausal), 12);
  });

  test('stops where it is interrupted', async () => {
    const result = await run(florianStdp, { signal: AbortSignal.abort() });
    expect(result.figures).toEqual([]);
    expect(column(result, 'w_mstdp')).toEqual([0.2]);
  });
});

describe('florian-xor', () => {
  test('both rules learn; the figure shows how', async () => {
    const result = await run(florianXor, { time: 120_000, seed: 2 }, { networks: 1 });
    for (const rule of ['mstdp', 'mstdpet']) {
      const rate = (pattern: string, when = 'after') =>
        value(result, `rate_${rule}_${pattern}_${when}`);
      const wanted = Math.min(rate('01'), rate('10'));
      expect(wanted).toBeGreaterThan(1.5 * rate('11'));
      expect(wanted).toBeGreaterThan(10 * rate('00'));
      // It was not so from the beginning.
      const first = Math.min(rate('01', 'before'), rate('10', 'before'));
      expect(first).toBeLessThan(rate('11', 'before'));
      expect(value(result, `learned_${rule}`)).toBe(1);
    }
    // No output neuron fires again within its refractory time.
    const { times, senders } = result.spikes;
    const last = new Map<number, number>();
    const intervals = Array.from(times, (t, i) => {
      const interval = t - (last.get(senders[i]!) ?? -Infinity);
      last.set(senders[i]!, t);
      return interval;
    });
    expect(last.size).toBe(2);
    expect(Math.min(...intervals)).toBeGreaterThanOrEqual(7);
    const [curve] = result.tables!.map(({ columns }) => columns);
    expect(Array.from(curve!.epoch!)).toEqual(Array.from({ length: 60 }, (_, e) => e + 1));
    expect(result.tables!.map(({ name }) => name)).toEqual([
      'learning-mstdp',
      'networks-mstdp',
      'learning-mstdpet',
      'networks-mstdpet',
    ]);
    const { spec } = result.figures[0]!;
    expect(JSON.stringify(spec)).toContain(`"x":60,"y":${column(result, 'mean_10')[59]!}`);
    const svg = await renderSvg(spec);
    for (const text of ['MSTDPET', 'inputs 1, 0', 'output rate (spikes/s)', 'epoch (2 s)']) {
      expect(svg).toContain(text);
    }
  });

  test('is the same for any number of threads; without learning rates nothing changes', async () => {
    const options = { networks: 2, eta_mstdp: 0 };
    const [one, two] = [
      await run(florianXor, { time: 2000 }, options),
      await run(florianXor, { time: 2000, threads: 2 }, options),
    ];
    expect(two.spikes).toEqual(one.spikes);
    expect(one.spikes.times.length).toBeGreaterThan(1000);
    // Rates of the same 5 s of each pattern: they differ by chance only.
    const [before, after] = ['before', 'after'].map((w) => value(one, `rate_mstdp_11_${w}`));
    expect(Math.abs(before! / after! - 1)).toBeLessThan(0.1);
  });

  test('rewards come one step after the spikes that they are for', () => {
    const kernel = new Kernel();
    const options = {
      networks: 1,
      rate: 40,
      eta_mstdp: 1,
      eta_mstdpet: 1,
      eta_output: 1,
      tau_elig: 25,
      w_max_hidden: 5,
      w_max_output: 10,
      t_ref_output: 0,
    };
    kernel.SetKernelStatus({ resolution: 1 });
    const networks = new XorNetworks(kernel, options);
    kernel.Prepare();
    const transmitters = kernel.GetNodes({ model: 'reward_transmitter' });
    const given: number[][] = [];
    const runSync = kernel.RunSync.bind(kernel);
    jest.spyOn(kernel, 'RunSync').mockImplementation((ms) => {
      given.push(Array.from(transmitters.get('reward') as Float64Array));
      return runSync(ms);
    });
    const [rate] = networks.present([1, 1], -1);
    const outputs = [...new Set(networks.senders)].sort((a, b) => a - b);
    expect(outputs).toHaveLength(2);
    given.forEach((rewards, step) => {
      const spiked = outputs.map((id) =>
        networks.times.some((t, i) => t === step && networks.senders[i] === id) ? -1 : 0,
      );
      expect(rewards.map((r) => r + 0)).toEqual(spiked);
    });
    expect(rate).toBe(2 * networks.senders.filter((id) => id === outputs[0]).length);
    expect(transmitters.get('reward')).toEqual(new Float64Array([0, 0]));
    kernel.Cleanup();
  });

  test('stops where it is interrupted', async () => {
    const result = await run(florianXor, { signal: AbortSignal.abort() }, { networks: 1 });
    expect(result.figures).toEqual([]);
    expect(value(result, 'rate_mstdp_01_after')).toBeNaN();
  });
});
