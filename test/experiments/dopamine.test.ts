// The tutorial's experiments with dopamine: what they report, and that they learn what the original
// learns, with models from texts as with those that are built in.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { cueAssociation } from '../../benchmarks/experiments/cue-association';
import {
  buildCueAssociation,
  drawProtocol,
  type Protocol,
} from '../../benchmarks/experiments/cue-association-network';
import { dopaminePairs } from '../../benchmarks/experiments/dopamine-pairs';
import { dopamineTiming } from '../../benchmarks/experiments/dopamine-timing';
import { builtInModels } from '../../benchmarks/experiments/nestml-models';
import type { NodeCollection } from '../../lib';
import { mean, spikeTrains, standardDeviation, type SpikeEvents } from '../../lib/analysis';
import { Kernel } from '../../lib/kernel';
import type { Experiment, ExperimentResult, OptionDeclarations } from '../../lib/cli/experiment';
import { runProgram } from '../../lib/cli/program';
import { renderSvg } from '../../lib/plot';
import { TestIO } from '../cli/streams';
import { synapseFile, synapseText } from '../nestml/synapse-texts';
import { differences } from '../reference/nestml';

jest.setTimeout(180_000);

function defaultsOf({ options }: { options: OptionDeclarations }): Record<string, number> {
  const defaults = Object.entries(options).map(([name, option]) => [name, option.default]);
  return Object.fromEntries(defaults) as Record<string, number>;
}

/** An experiment with its default options, but for those given. */
function run(
  experiment: Experiment,
  { time = experiment.defaultTime, seed = 55, threads = 1, signal = new AbortController().signal },
  options: object = {},
): Promise<ExperimentResult> {
  return experiment.run({
    time,
    threads,
    seed,
    options: { ...defaultsOf(experiment), ...options },
    signal,
    progress: () => undefined,
  });
}

const value = ({ quantities }: ExperimentResult, key: string): number =>
  quantities.find((quantity) => quantity.key === key)?.value ?? NaN;

describe('dopamine-timing', () => {
  test('gives the weights of the exact solution, symmetric for both signs', async () => {
    const result = await run(dopamineTiming, {});
    expect(value(result, 'closed_form_error')).toBeLessThan(1e-13);
    expect(value(result, 'w_first_reward')).toBeCloseTo(1.6480278813414506, 12);
    expect(value(result, 'w_last_reward')).toBeCloseTo(1.004384, 6);
    const { dopamine_ms, w_reward, w_punishment } = result.tables![0]!.columns;
    expect(Array.from(dopamine_ms!).slice(0, 3)).toEqual([4, 458, 912]);
    Array.from(w_reward!, (w, i) => expect(w - 1).toBeCloseTo(1 - w_punishment![i]!, 12));
    expect(await renderSvg(result.figures[0]!.spec)).toContain('final weight');
  });
});

describe('dopamine-pairs', () => {
  test('reward raises weights and rates, punishment lowers them', async () => {
    const result = await run(dopaminePairs, {});
    expect(value(result, 'weight_before')).toBeCloseTo(5.6, 12);
    expect(value(result, 'weight_rewarded')).toBeGreaterThan(10);
    expect(value(result, 'weight_punished')).toBeLessThan(value(result, 'weight_rewarded') / 2);
    expect(value(result, 'rate_before')).toBeLessThan(3);
    expect(value(result, 'rate_rewarded')).toBeGreaterThan(10);
    expect(value(result, 'rate_punished')).toBeLessThan(value(result, 'rate_rewarded') / 2);
    const { time_ms, n } = result.tables![0]!.columns;
    // The first reward arrives at 2002 ms: 10/50 after it, decaying with 50 ms.
    const at = Array.from(time_ms!).indexOf(2010);
    expect(n![at]).toBeCloseTo(0.2 * Math.exp(-8 / 50), 12);
    expect(await renderSvg(result.figures[0]!.spec)).toContain('eligibility');
  });

  test('stops where it is interrupted', async () => {
    const abort = AbortSignal.abort();
    const result = await run(dopaminePairs, { signal: abort });
    expect(result.figures).toEqual([]);
    expect(result.spikes.times).toHaveLength(0);
  });
});

/**
 * Exact two-sided permutation test of two means: the part of all ways to deal the values to two
 * samples of these sizes whose means differ at least as much.
 */
function permutationTest(a: readonly number[], b: readonly number[]): number {
  const all = [...a, ...b];
  const total = all.reduce((sum, x) => sum + x, 0);
  const difference = (sumOfA: number) => Math.abs(sumOfA / a.length - (total - sumOfA) / b.length);
  const observed = difference(a.reduce((sum, x) => sum + x, 0));
  let [ways, extreme] = [0, 0];
  const deal = (from: number, left: number, sum: number): void => {
    if (left === 0) {
      ways++;
      if (difference(sum) >= observed * (1 - 1e-12)) extreme++;
      return;
    }
    for (let i = from; i <= all.length - left; i++) deal(i + 1, left - 1, sum + all[i]!);
  };
  deal(0, a.length, 0);
  return extreme / ways;
}

/** The network after 10 s of a given protocol, in the words of the original's statistics. */
function finalState(protocol: Protocol, seed: number): Record<string, number> {
  const kernel = new Kernel();
  kernel.SetKernelStatus({ rng_seed: seed });
  const options = defaultsOf(cueAssociation) as never;
  const network = buildCueAssociation(kernel, options, protocol, builtInModels);
  kernel.SimulateSync(10_000);
  const weights = network.plastic().get('weight') as Float64Array;
  const [group, other] = network.synapses().map((s) => mean(s.get('weight') as Float64Array));
  const rate = ({ ids }: NodeCollection, recorder: { events: SpikeEvents }) =>
    spikeTrains(recorder.events, ids).times.length / ids.length / 10;
  const { excitatory, inhibitory, groups, spikes_E, spikes_I } = network;
  const result = {
    final_group_minus_nongroup: group! - other!,
    final_w_net: mean(weights),
    final_w_all_sd: standardDeviation(weights),
    rate_ex_hz: rate(excitatory, spikes_E),
    rate_in_hz: rate(inhibitory, spikes_I),
    rate_group_hz: rate(groups[0], spikes_E),
    rate_nongroup_hz: rate(groups[1], spikes_E),
  };
  kernel.dispose();
  return result;
}

describe('cue-association', () => {
  test('the permutation test tells samples apart', () => {
    expect(permutationTest([1, 2, 3, 4], [5, 6, 7, 8])).toBeCloseTo(2 / 70, 12);
    expect(permutationTest([1, 4, 6, 7], [2, 3, 5, 8])).toBe(1);
  });

  test('the protocol is that of the tutorial', () => {
    const options = defaultsOf(cueAssociation) as never;
    const { groups, stimuli, dopamine } = drawProtocol(1_000_000, 1, options);
    for (const group of groups) expect(new Set(group).size).toBe(50);
    // Intervals: exponential of mean 200 ms, at least 10 ms, which adds 200·(x − 1 + exp(−x)).
    const all = [...stimuli[0], ...stimuli[1]].sort((a, b) => a - b);
    const expected = 10 + 200 * Math.exp(-10 / 200);
    expect(Math.abs(1e6 / all.length / expected - 1)).toBeLessThan(4 / Math.sqrt(all.length));
    expect(dopamine).toHaveLength(stimuli[0].length);
    expect(Math.abs(stimuli[0].length / all.length - 0.5)).toBeLessThan(2 / Math.sqrt(all.length));
    const delays = [...stimuli[0]].map((t) => dopamine.some((d) => d - t >= 10 && d - t < 30));
    expect(delays.every(Boolean)).toBe(true);
  });

  // The difference depends much on how often either stimulus happens to come: the original's own
  // stimuli, groups and dopamine leave only the chance of the network and its noise.
  test("with the original's stimuli agrees with its statistics over eight seeds", () => {
    const file = path.join(__dirname, '../reference/data/nestml_C_summary.json');
    const { statistics, protocols } = JSON.parse(readFileSync(file, 'utf8')) as {
      statistics: Record<string, { values: number[] }>;
      protocols: (Protocol & { seed: number })[];
    };
    const ours = protocols.map((protocol) => finalState(protocol, protocol.seed));
    const p = Object.entries(statistics).map(([name, { values }]) => {
      const simulated = ours.map((state) => state[name] ?? NaN);
      return [name, permutationTest(simulated, values)] as const;
    });
    expect(p).toHaveLength(7);
    expect(p.filter(([, probability]) => !(probability > 0.01))).toEqual([]);
  });

  test('in 100 s the difference grows', async () => {
    const result = await run(cueAssociation, { time: 100_000, threads: 2 }, { interval: 10_000 });
    const { w_avg_reinforced, w_avg_other } = result.tables![0]!.columns;
    const difference = Array.from(w_avg_reinforced!, (w, i) => w - w_avg_other![i]!);
    expect(difference).toHaveLength(11);
    // Ten times as long: ten times 0.063 on the average.
    expect(difference[10]).toBeGreaterThan(0.3);
    expect(difference[10]).toBeGreaterThan(difference[5]!);
    expect(difference[5]).toBeGreaterThan(difference[1]!);
    expect(await renderSvg(result.figures[0]!.spec)).toContain('weight difference');
  });

  test('is the same for any number of threads and readings', async () => {
    const [one, two] = [
      await run(cueAssociation, { time: 500 }),
      await run(cueAssociation, { time: 500, threads: 2 }, { interval: 250 }),
    ];
    expect(two.spikes).toEqual(one.spikes);
    expect(value(two, 'final_w_net')).toBe(value(one, 'final_w_net'));
    expect(one.spikes.times.length).toBeGreaterThan(100);
  });
});

describe('--nestml', () => {
  // What is unclear in NESTML 5 is warned of.
  beforeAll(() => jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined));

  test.each<[name: string, Experiment, time: number]>([
    ['dopamine-timing', dopamineTiming, 10_000],
    ['dopamine-pairs', dopaminePairs, 12_000],
    ['cue-association', cueAssociation, 3000],
  ])('%s finds with texts what it finds without', async (_, experiment, time) => {
    const builtIn = await run(experiment, { time });
    expect(builtIn.spikes.times.length).toBeGreaterThan(1);
    for (const nestml of [true, synapseFile('neuromodulated_synapse_5')]) {
      const found = await run(experiment, { time }, { nestml });
      expect(found.spikes).toEqual(builtIn.spikes);
      const [table, expected] = [found, builtIn].map(({ tables }) => tables![0]!.columns);
      expect(Object.keys(table!)).toEqual(Object.keys(expected!));
      for (const [name, values] of Object.entries(expected!)) {
        const told = differences(Array.from(table![name]!), Array.from(values));
        expect([name, told]).toEqual([name, []]);
      }
    }
  });

  describe('says what is wrong with a file', () => {
    let folder: string;
    beforeEach(() => {
      folder = mkdtempSync(path.join(os.tmpdir(), 'tegmenta-dopamine-'));
    });
    afterEach(() => rmSync(folder, { recursive: true }));

    const right = synapseText('neuromodulated_synapse');
    const other = right.replace('neuromodulated_nestml_synapse', 'another_synapse');
    test.each<[string, text: string, says: RegExp]>([
      ['a unit', right.replace('tau_c ms', 'tau_c mss'), /^file:12:15: error: There is no unit/],
      [
        'ports',
        right.replaceAll('post_spikes', 'after'),
        /file:3:7: error: postPorts: .* has no port of spikes 'post_spikes'/,
      ],
      ['a parameter', right.replaceAll('tau_c', 'tau_e'), /has no default 'tau_c'; .* 'tau_e'/],
      ['a state', right.replaceAll(/\bc\b/g, 'z'), /Synapses have no parameter 'c'/],
      [
        'two models',
        `${right}\n${other}`,
        /--nestml must be a file with one model, a synapse; file has neuromodulated_nestml_synapse, another_synapse/,
      ],
    ])('%s', async (_, text, says) => {
      const file = path.join(folder, 'tried.nestml');
      writeFileSync(file, text);
      const io = new TestIO();
      const argv = ['run', 'dopamine-pairs', '--time', '10', '--no-files', '--nestml', file];
      expect(await runProgram(argv, io, [dopaminePairs])).toBe(1);
      expect(io.stderr.text.replaceAll(file, 'file')).toMatch(says);
      expect(io.stdout.text).toBe('');
    });

    test('none, where it has the name of a built-in synapse', async () => {
      const file = path.join(folder, 'named.nestml');
      const { synapse } = builtInModels;
      writeFileSync(file, right.replace('neuromodulated_nestml_synapse', synapse));
      const result = await run(dopamineTiming, {}, { nestml: file });
      expect(value(result, 'closed_form_error')).toBeLessThan(1e-13);
    });

    test('there is none', async () => {
      const file = path.join(folder, 'nowhere.nestml');
      const given = run(cueAssociation, {}, { nestml: file });
      await expect(given).rejects.toThrow(`The file ${file} cannot be read: ENOENT.`);
    });
  });
});
