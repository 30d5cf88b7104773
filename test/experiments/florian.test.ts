// Florian's experiments: the demo's numbers, what the figure holds, and that reward teaches XOR.
import { florianStdp } from '../../benchmarks/experiments/florian-stdp';
import type { Experiment, ExperimentResult } from '../../lib/cli/experiment';
import { renderSvg } from '../../lib/plot';
import { worst } from '../reference/compare';
import { inferno } from '../reference/data';

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

const column = ({ tables }: ExperimentResult, name: string): number[] =>
  Array.from(tables![0]!.columns[name] ?? []);

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
