// Brunel's networks of benchmarks/speed at a tenth of their size: what they simulate and what they
// report. No time is asserted.
import {
  connectedSize,
  DELAY,
  meanFieldRate,
  unscaledParameters,
} from '../../benchmarks/experiments/brunel-network';
import { speedExperiments } from '../../benchmarks/measuring';
import { brunel, brunelDopa, brunelStdp, MODEL } from '../../benchmarks/speed/brunel';
import { countUpTo } from '../../lib/analysis';
import type { ExperimentResult } from '../../lib/cli/experiment';
import { runProgram } from '../../lib/cli/program';
import { Kernel } from '../../lib/kernel';
import { TestIO } from '../cli/streams';
import { runJson } from './speed-documents';

let io: TestIO;
beforeEach(() => {
  io = new TestIO();
});

const tegmenta = (...argv: string[]) => runProgram(argv, io, speedExperiments);

const SCALE = 0.1;
/** Neurons and in-degrees at that scale. */
const [N_E, N_I, C_E, C_I] = [1000, 250, 100, 25];
const TIME = 400;
const small = ['--scale', String(SCALE), '--time', String(TIME)];

const COMMON = [
  'rate_E',
  'cv_isi_E',
  'correlation_E',
  'repeats',
  'synapses',
  'build_time',
  'wall_time',
  'cpu_time',
  'real_time_factor',
  'synaptic_events',
  'ns_per_event',
  'bytes_per_synapse',
  'bytes_read_per_event',
  'memory_total',
  'bytes_per_synapse_all_in',
];
const PLASTIC = [
  'plastic_synapses',
  'plastic_events',
  'ns_per_plastic_event',
  'bytes_per_plastic_synapse',
];

describe.each([
  ['speed/brunel', COMMON],
  ['speed/brunel_stdp', [...COMMON, ...PLASTIC]],
  ['speed/brunel_dopa', [...COMMON, ...PLASTIC]],
  ['speed/brunel_mstdpet', [...COMMON, ...PLASTIC]],
])('%s', (name, keys) => {
  test('reports finite numbers that follow from each other', async () => {
    const { experiment, interrupted, options, results, ranges, units } = await runJson(
      name,
      ...small,
    );
    expect({ experiment, interrupted }).toEqual({ experiment: name, interrupted: false });
    expect(options).toEqual({
      scale: SCALE,
      time: TIME,
      threads: 1,
      seed: 55,
      repeats: 1,
      'weight-precision': 'double',
    });
    expect(Object.keys(results).sort()).toEqual([...keys].sort());
    expect(Object.keys(units).sort()).toEqual([...keys].sort());
    expect(Object.values(results).filter((value) => !Number.isFinite(value))).toEqual([]);
    expect(ranges).toBeUndefined();
    expect(results.synapses).toBe((N_E + N_I) * (C_E + C_I));
    const { wall_time, synaptic_events, plastic_events } = results;
    expect(results.real_time_factor).toBeCloseTo((1000 * wall_time!) / TIME, 12);
    expect(results.ns_per_event).toBeCloseTo((1e9 * wall_time!) / synaptic_events!, 9);
    if (plastic_events === undefined) return;
    expect(results.plastic_synapses).toBe(N_E * C_E);
    expect(results.ns_per_plastic_event).toBeCloseTo((1e9 * wall_time!) / plastic_events, 9);
  });
});

test('without learning fires at the rate of mean-field theory', async () => {
  const { results } = await runJson('speed/brunel', '--scale', String(SCALE), '--time', '1000');
  const expected = meanFieldRate(unscaledParameters(connectedSize(N_E + N_I), MODEL), MODEL);
  expect(Math.abs(results.rate_E! / expected - 1)).toBeLessThan(0.02);
});

test('STDP that hardly learns leaves every spike where it is', async () => {
  const run = async (name: string): Promise<ExperimentResult> =>
    speedExperiments
      .find((experiment) => experiment.name === name)!
      .run({
        time: TIME,
        threads: 2,
        seed: 7,
        options: { scale: SCALE, repeats: 1, 'weight-precision': 'double' },
        signal: new AbortController().signal,
        progress: () => undefined,
      });
  const [fixed, learning] = [await run('speed/brunel'), await run('speed/brunel_stdp')];
  expect(fixed.spikes.times.length).toBeGreaterThan(20_000);
  expect(learning.spikes).toEqual(fixed.spikes);
});

describe.each(
  [brunel, brunelStdp, brunelDopa].map((workload) => [workload.name, workload] as const),
)('events of %s', (_, workload) => {
  test('are a spike times its out-degree, and visits those of plastic synapses', () => {
    using kernel = new Kernel();
    kernel.SetKernelStatus({ resolution: workload.resolution });
    const { excitatory, inhibitory } = workload.build(kernel, { scale: SCALE });
    const neurons = excitatory.concat(inhibitory);
    const recorder = kernel.Create('spike_recorder');
    kernel.Connect(neurons, recorder);
    const { synaptic_events } = kernel.SimulateSync(TIME);
    const { visits } = kernel.GetKernelStatus();

    /** Sum over the spikes up to a time of the synapses, of a model, that the sender has. */
    const eventsOf = (until: number, filter: { synapse_model?: string } = {}): number => {
      const { source } = kernel.GetConnections({ ...filter, target: neurons });
      const degrees = new Map<number, number>();
      for (const id of source) degrees.set(id, (degrees.get(id) ?? 0) + 1);
      const { times, senders } = recorder.events;
      let events = 0;
      for (let i = 0; i < countUpTo(times, until); i++) events += degrees.get(senders[i]!) ?? 0;
      return events;
    };
    expect(recorder.n_events).toBeGreaterThan(20_000);
    expect(synaptic_events).toBe(eventsOf(TIME));
    // A visit is made when the spike arrives, events are counted when it is emitted.
    const plastic = workload === brunel ? 0 : eventsOf(TIME - DELAY, { synapse_model: 'plastic' });
    expect(visits).toBe(plastic);
    expect(plastic > 0).toBe(workload !== brunel);
  });
});

test('repeats give medians and their ranges, and the same spikes', async () => {
  const { results, ranges } = await runJson('speed/brunel_stdp', ...small, '--repeats', '3');
  expect(results.repeats).toBe(3);
  const [least, most] = ranges!.wall_time!;
  expect(least).toBeGreaterThan(0);
  expect(results.wall_time).toBeGreaterThanOrEqual(least);
  expect(results.wall_time).toBeLessThanOrEqual(most);
  for (const key of ['synaptic_events', 'plastic_events', 'bytes_per_synapse']) {
    expect(ranges![key]).toEqual([results[key], results[key]]);
  }
});

test('the table shows medians with their ranges', async () => {
  expect(await tegmenta('run', 'speed/brunel', ...small, '--repeats', '2', '--no-files')).toBe(0);
  expect(io.stdout.text).toMatch(/time to simulate +[\d.]+ {2}s +[\d.]+ … [\d.]+\n/);
  expect(io.stdout.text).toMatch(/recurrent synapses +156,250\n/);
});

test('a plastic synapse takes its target, weight and trace, of single precision if asked', async () => {
  // Rows of 100 synapses: what belongs to the row adds up to a byte to each.
  const bytes = async (...argv: string[]): Promise<number> => {
    const { results } = await runJson('speed/brunel_dopa', ...small, ...argv);
    return results.bytes_per_plastic_synapse!;
  };
  const double = await bytes();
  expect(double).toBeGreaterThan(2 + 8 + 8);
  expect(double).toBeLessThan(2 + 8 + 8 + 1);
  const single = await bytes('--weight-precision', 'single');
  expect(single).toBeGreaterThan(2 + 4 + 4);
  expect(single).toBeLessThan(2 + 4 + 4 + 1);
});

test('stops where it is interrupted, without a timing', async () => {
  const abort = new AbortController();
  const [first] = speedExperiments;
  const { quantities } = await first!.run({
    time: 1_000_000,
    threads: 1,
    seed: 55,
    options: { scale: 0.04, repeats: 5, 'weight-precision': 'double' },
    signal: abort.signal,
    progress: (phase, fraction) => {
      if (phase.startsWith('simulating') && fraction > 0) abort.abort();
    },
  });
  const value = (key: string) => quantities.find((quantity) => quantity.key === key)?.value;
  expect(value('rate_E')).toBeGreaterThan(0);
  expect(value('repeats')).toBe(0);
  expect(value('wall_time')).toBeNaN();
});

test('synapses whose sources are silent: no visits but those of the windows, and flat memory', async () => {
  const { results } = await runJson(
    'speed/silent',
    ...['--sources', '20', '--targets', '50', '--time', '30000'],
  );
  expect(results.synapses).toBe(1000);
  expect(results.simulated).toBe(30_000);
  expect(results.visits).toBe(0);
  // One a window of a second, but for the first.
  expect(results.visits_flushed).toBe(29 * 1000);
  expect(results.flushed_per_synapse).toBe(29);
  // 50 targets of 20 spikes/s and the dopaminergic neuron's 40: a Poisson count of 31,200.
  expect(Math.abs(results.spikes! - 31_200)).toBeLessThan(5 * Math.sqrt(31_200));
  // Queues may still grow by a few entries, to the most spikes of one slice; spikes kept would be
  // 16 bytes each, 20,000 of them between the first sample and the last.
  expect(results.memory_max! - results.memory_min!).toBeLessThan(1000);
});

test.each<[argv: string[], message: string]>([
  [['speed/brunel', '--scale', '0'], 'a number from 0.004 to 8'],
  [['speed/brunel', '--repeats', '1.5'], 'a whole number from 1 to 1000'],
  [['speed/brunel', '--weight-precision', 'half'], 'Allowed choices are double, single'],
  [['speed/brunel', '--time', '0.05'], 'a multiple of 0.1'],
  [['speed/brunel_dope'], 'Did you mean speed/brunel_dopa?'],
  [['speed/silent', '--sources', '0'], 'a whole number from 1 to 30000'],
])('wrong usage: %j', async (argv, message) => {
  expect(await tegmenta('run', ...argv)).toBe(2);
  expect(io.stderr.text).toContain(message);
});
