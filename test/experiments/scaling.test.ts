// The study of scaling, with an engine whose times are known, then with this simulator on tiny
// networks; and the workloads that it is made of.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { tegmentaEngine } from '../../benchmarks/measuring';
import { scaling, type Instruments } from '../../benchmarks/measuring/scaling';
import { sparse } from '../../benchmarks/speed/sparse';
import type { Job } from '../../lib/bench/engine';
import { runProgram } from '../../lib/cli/program';
import { Kernel } from '../../lib/kernel';
import { TestIO } from '../cli/streams';
import { runJson, type Document } from './speed-documents';

let io: TestIO;
let folder: string;
beforeEach(() => {
  io = new TestIO();
  folder = mkdtempSync(path.join(os.tmpdir(), 'tegmenta-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const study = (instruments: Instruments, ...argv: string[]) =>
  runProgram(['run', 'speed/scaling', ...argv], io, [scaling(instruments)]);

const document = () => JSON.parse(io.stdout.text) as Document;

/** A file of the results as rows by the names of their columns. */
function rowsOf(file: string): Record<string, number>[] {
  const [names, ...lines] = readFileSync(path.join(folder, file), 'utf8').trim().split('\n');
  return lines.map((line) => {
    const values = line.split(',');
    return Object.fromEntries(names!.split(',').map((name, i) => [name, Number(values[i])]));
  });
}

describe('with an engine of known costs', () => {
  const RATE = 40;
  let jobs: Job[];
  beforeEach(() => {
    jobs = [];
  });

  /** On n threads everything takes (1 + 1/n)/2 times as long as on one. */
  const share = (threads: number) => (1 + 1 / threads) / 2;
  const known: Instruments = {
    engine: {
      ...{ name: 'known', version: '1', runs: () => true },
      measure(job) {
        jobs.push(job);
        const { options, time, threads } = job;
        const quantities = (values: Record<string, number>) =>
          Promise.resolve(
            Object.entries(values).map(([key, value]) => ({ key, label: '', unit: '', value })),
          );
        if (job.benchmark.name === 'speed/slices') {
          return quantities({ ns_per_slice: 1000 * threads });
        }
        const [neurons, indegree] = [Number(options.neurons), Number(options.indegree)];
        const synapses = neurons * indegree;
        const events = (synapses * RATE * time) / 1000;
        const work = 5e-9 * neurons * Math.round(time / 0.1) + 2e-9 * events;
        return quantities({
          synapses,
          synaptic_events: events,
          build_time: 1e-8 * synapses,
          wall_time: share(threads) * work + (1e-6 * threads * time) / 1.5,
          cpu_time: work,
          bytes_per_synapse: 4,
          memory_total: 1e6 + 100 * neurons + 4 * synapses,
          peak_memory: 5e7 + 100 * neurons + 6 * synapses,
        });
      },
    },
    bandwidth: (threads) => Promise.resolve(1e10 * threads),
  };

  const sizes = ['--neurons', '1000,10000,100000', '--indegrees', '20,100,1000'];

  test('finds these costs, the memory, and the exponents', async () => {
    expect(await study(known, ...sizes, '--threads', '4', '--json')).toBe(0);
    const { results, units, options } = document();
    expect(options).toMatchObject({ neurons: [1000, 10_000, 100_000], repeats: 3, seed: 55 });
    for (const threads of [1, 4]) {
      expect(results[`ns_per_neuron_step_${threads}`]).toBeCloseTo(5 * share(threads), 9);
      expect(results[`ns_per_event_${threads}`]).toBeCloseTo(2 * share(threads), 9);
      expect(results[`fit_error_${threads}`]).toBeLessThan(1e-9);
      expect(results[`ns_per_silent_slice_${threads}`]).toBe(1000 * threads);
      expect(results[`bandwidth_${threads}`]).toBe(1e10 * threads);
      // What slices cost matters in small networks.
      expect(results[`exponent_time_100_${threads}`]).toBeGreaterThan(0.9);
      expect(results[`exponent_time_100_${threads}`]).toBeLessThan(1);
    }
    expect(results.bytes_fixed).toBeCloseTo(1e6, 2);
    expect(results.bytes_per_neuron).toBeCloseTo(100, 6);
    expect(results.bytes_per_synapse).toBeCloseTo(4, 8);
    // (1e6 + 100·1e5 + 4·1e8) / (1e6 + 100·1e4 + 4·1e7) for ten times as many synapses.
    expect(results.exponent_memory_1000).toBeCloseTo(Math.log10(411 / 42), 9);
    expect(units).toMatchObject({ ns_per_event_1: 'ns', bandwidth_1: 'B/s', bytes_fixed: 'B' });
  });

  test('leaves out what is not sparse, and takes turns that begin with the largest', async () => {
    const argv = [...sizes, '--threads', '2', '--repeats', '2', '--no-files'];
    expect(await study(known, ...argv)).toBe(0);
    const networks = jobs.filter(({ benchmark }) => benchmark.name === 'speed/sparse');
    const names = networks.map(
      ({ options, threads, seed }) =>
        `${String(options.neurons)}×${String(options.indegree)}/${threads} ${seed}`,
    );
    const ascending = ['1000×20', '1000×100', '10000×20', '10000×100'];
    ascending.push('100000×20', '10000×1000', '100000×100');
    const each = (sizes: readonly string[], seed: number) =>
      sizes.flatMap((n) => [`${n}/1 ${seed}`, `${n}/2 ${seed}`]);
    // The largest is measured once.
    const first = each([...ascending, '100000×1000'], 55);
    expect(names).toEqual([...first.reverse(), ...each(ascending, 56)]);
  });

  test('leaves out networks of more synapses than asked for', async () => {
    const argv = ['--neurons', '100000', '--indegrees', '100,1000', '--synapses', '99999999'];
    expect(await study(known, ...argv, '--threads', '1', '--no-files')).toBe(0);
    const indegrees = jobs.flatMap(({ options }) => options.indegree ?? []);
    expect(indegrees).toEqual([100, 100, 100]);
  });

  test('chooses whole slices with about as many events as asked, within the limits', async () => {
    const argv = [...sizes, '--threads', '1', '--events', '1e7', '--time', '900.1'];
    expect(await study(known, ...argv, '--out', folder)).toBe(0);
    const times = new Map(
      rowsOf('scaling.csv').map((row) => [
        `${row.neurons}×${row.synapses_per_neuron}`,
        row.time_ms!,
      ]),
    );
    expect(times.get('1000×20')).toBe(900.1);
    expect(times.get('100000×1000')).toBeCloseTo(15, 9);
    // 1e7 / (1e6 · 35/s) = 285.7 ms, in slices of 1.5 ms.
    expect(times.get('10000×100')).toBeCloseTo(285, 9);
  });

  test('writes a row a network and a row a run, and a figure', async () => {
    const argv = [...sizes, '--threads', '2', '--out', folder];
    expect(await study(known, ...argv)).toBe(0);
    // No spikes, no spikes.csv.
    expect(readdirSync(folder).sort()).toEqual([
      ...['result.json', 'runs.csv', 'scaling.csv', 'scaling.svg'],
    ]);
    const rows = rowsOf('scaling.csv');
    expect(rows).toHaveLength(16);
    expect(rowsOf('runs.csv')).toHaveLength(44);
    for (const row of rows) {
      expect(row).toMatchObject({
        runs: row.synapses === 1e8 ? 1 : 3,
        memory_synapses_B: 4 * row.synapses!,
      });
      expect(row.rate).toBeCloseTo(RATE, 9);
      expect(row.synapses).toBe(row.neurons! * row.synapses_per_neuron!);
      expect(row.wall_time_over_fit).toBeCloseTo(1, 9);
      expect(row.ns_per_event! * row.synaptic_events!).toBeCloseTo(1e9 * row.wall_time_s!, 0);
      expect(row.ns_per_neuron_step! * row.neuron_steps!).toBeCloseTo(1e9 * row.wall_time_s!, 0);
    }
    const largest = rows.filter(({ synapses }) => synapses === 1e8);
    expect(largest.map((row) => row.thread_efficiency)).toEqual([1, expect.closeTo(2 / 3, 3)]);
    const svg = readFileSync(path.join(folder, 'scaling.svg'), 'utf8');
    for (const text of [
      ...['How time and memory grow', 'synaptic events per biological second', 'synapses'],
      ...['wall-clock ns per synaptic event', 'wall-clock ns per neuron and step', 'neurons'],
      ...['20 a neuron, 1 thread', '1000 a neuron, 2 threads'],
      ...['network, 100 a neuron', 'process, 1000 a neuron'],
    ]) {
      expect([text, svg.includes(text)]).toEqual([text, true]);
    }
  });

  test('does not make up costs of a single network', async () => {
    const argv = ['--neurons', '1000', '--indegrees', '100', '--threads', '1', '--json'];
    expect(await study(known, ...argv)).toBe(0);
    const { results, notes } = document();
    for (const key of ['ns_per_neuron_step_1', 'bytes_per_synapse', 'exponent_time_100_1']) {
      expect(results[key]).toBeNull();
      expect(notes![key]).toBe('too few networks: 1, at least 3 are needed');
    }
    expect(notes!.exponent_memory_100).toBe('too few networks: 1, at least 2 are needed');
    expect(results.bandwidth_1).toBe(1e10);
  });

  test('two networks are too few: any two times fit two costs', async () => {
    const argv = ['--neurons', '1000,2000', '--indegrees', '100', '--threads', '1'];
    expect(await study(known, ...argv, '--out', folder)).toBe(0);
    expect(io.stdout.text).toMatch(
      /synaptic event, 1 thread +– +ns +too few networks: 2, at least 3/,
    );
    expect(io.stdout.text).toMatch(/over events.*thread +– +too few networks: 2, at least 3/);
    expect(io.stdout.text).toMatch(/over synapses, 100 a neuron +0\.\d+\n/);
    const svg = readFileSync(path.join(folder, 'scaling.svg'), 'utf8');
    expect(svg).toContain('no dashed line, time with 1 thread: too few networks');
    expect(svg).not.toContain('a·neuron-steps');
  });

  test('a cost that would be negative is none', async () => {
    const shrinking: Instruments = {
      ...known,
      engine: {
        ...known.engine,
        measure: async (job, control) => {
          const quantities = await known.engine.measure(job, control);
          const synapses = quantities.find(({ key }) => key === 'synapses')?.value ?? 1;
          // The more synapses, the less time.
          return quantities.map((one) =>
            one.key === 'wall_time' ? { ...one, value: 1 + 1e5 / synapses } : one,
          );
        },
      },
    };
    expect(await study(shrinking, ...sizes, '--threads', '1', '--time', '100', '--json')).toBe(0);
    const { results, notes } = document();
    expect([results.ns_per_neuron_step_1, results.ns_per_event_1]).toEqual([null, null]);
    expect(notes!.ns_per_event_1).toMatch(/a cost would be negative$/);
    // Bytes are what they were.
    expect(results.bytes_per_neuron).toBeCloseTo(100, 6);
  });

  test('networks that do not fire have no time of an event', async () => {
    const silent: Instruments = {
      ...known,
      engine: {
        ...known.engine,
        measure: async (job, control) =>
          (await known.engine.measure(job, control)).map((one) =>
            one.key === 'synaptic_events' ? { ...one, value: 0 } : one,
          ),
      },
    };
    expect(await study(silent, ...sizes, '--threads', '1', '--out', folder)).toBe(0);
    expect(rowsOf('scaling.csv').map((row) => row.ns_per_event)).not.toContain(Infinity);
    expect(io.stdout.text).toMatch(/over events.*thread +– +a network without events\n/);
    expect(io.stdout.text).toMatch(
      /synaptic event, 1 thread +– +ns +too few networks: these do not/,
    );
  });

  test('says which network failed, and why', async () => {
    const failing: Instruments = {
      ...known,
      engine: {
        ...known.engine,
        measure: (job, control) =>
          job.options.indegree === 100
            ? Promise.reject(new Error('its process was killed; is there enough memory?'))
            : known.engine.measure(job, control),
      },
    };
    expect(await study(failing, '--neurons', '1000', '--threads', '1', '--no-files')).toBe(1);
    expect(io.stderr.text).toBe(
      'error: 1000 neurons, 100 synapses each, 1 thread: its process was killed; ' +
        'is there enough memory?\n',
    );
  });

  test('an interruption leaves what was measured until then', async () => {
    const abort = new AbortController();
    const stopping: Instruments = {
      ...known,
      engine: {
        ...known.engine,
        measure: async (job, control) => {
          if (jobs.length === 5) abort.abort();
          control.signal.throwIfAborted();
          return known.engine.measure(job, control);
        },
      },
    };
    const experiment = scaling(stopping);
    const { tables, figures } = await experiment.run({
      ...{ time: 1000, threads: 1, seed: 1, signal: abort.signal, progress: () => undefined },
      options: {
        ...{ neurons: [1000, 10_000], indegrees: [20, 100], 'fit-neurons': 30_000 },
        ...{ events: 1e8, repeats: 3, synapses: 1e8 },
      },
    });
    // Four networks and the slices in the first round, nothing in the second.
    expect(jobs).toHaveLength(5);
    expect(tables![1]!.columns.seed).toEqual([1, 1, 1, 1]);
    expect(figures).toHaveLength(1);
  });
});

describe('options that are refused', () => {
  test.each([
    [['--neurons', '1000,99'], 'Expected a multiple of 5 from 100 to 10000000', 2],
    [['--neurons', '1000;3000'], 'Expected a multiple of 5', 2],
    [['--indegrees', ''], 'Expected a multiple of 5', 2],
    [['--repeats', '0'], 'Expected a whole number from 1 to 1000', 2],
    [['--events', '-1'], 'Expected a number, at least 1', 2],
  ])('%j: %s', async (argv, message, code) => {
    const instruments = tegmentaEngine();
    expect(await study(instruments, '--no-files', ...argv)).toBe(code);
    expect(io.stderr.text).toContain(message);
  });

  test('where no network is left, with the limits', async () => {
    const experiment = scaling(tegmentaEngine());
    const values = {
      ...{ neurons: [1000, 2000], indegrees: [205, 1000], events: 1, repeats: 1, synapses: 1e8 },
      'fit-neurons': experiment.options['fit-neurons'].default,
    };
    const { signal } = new AbortController();
    await expect(
      experiment.run({
        time: 10,
        threads: 1,
        seed: 1,
        signal,
        progress: () => undefined,
        options: values,
      }),
    ).rejects.toMatchObject({
      name: 'BadParameterValue',
      parameter: 'indegrees',
      value: [205, 1000],
      allowed: 'at most a tenth of the neurons, and 100000000 synapses in all',
    });
    const argv = ['--neurons', '1000', '--indegrees', '1000', '--no-files'];
    expect(await study(tegmentaEngine(), ...argv)).toBe(1);
    expect(io.stderr.text).toContain('No network is left');
  });
});

test('this simulator is measured in processes of their own', async () => {
  const register = ['-r', path.join(__dirname, '../cli/register.cjs')];
  const argv = ['--neurons', '500,1000', '--indegrees', '20,50', '--threads', '2'];
  const short = ['--events', '1e5', '--repeats', '1', '--out', folder];
  expect(await study(tegmentaEngine(register), ...argv, ...short)).toBe(0);
  const rows = rowsOf('scaling.csv');
  expect(rows).toHaveLength(8);
  for (const row of rows) {
    expect(row.synapses).toBe(row.neurons! * row.synapses_per_neuron!);
    expect(row.neuron_steps).toBe(row.neurons! * Math.round(10 * row.time_ms!));
    expect(row.rate).toBeGreaterThan(20);
    expect(row.rate).toBeLessThan(100);
    for (const key of ['wall_time_s', 'cpu_time_s', 'build_time_s']) {
      expect(row[key]).toBeGreaterThan(0);
    }
    expect(row.memory_B).toBeGreaterThan(row.memory_synapses_B!);
    expect(row.peak_memory_B).toBeGreaterThan(row.memory_B!);
  }
  // One thread and two simulate the same.
  const events = (threads: number) =>
    rows.filter((row) => row.threads === threads).map((row) => row.synaptic_events);
  expect(events(1)).toEqual(events(2));
  expect(new Set(events(1)).size).toBe(4);
}, 60_000);

describe('the sparse network', () => {
  test("is Brunel's where a neuron has synapses from a tenth of all others", () => {
    using kernel = new Kernel();
    kernel.SetKernelStatus({ resolution: 0.1 });
    const { parameters } = sparse.build(kernel, { neurons: 12_500, indegree: 1250 });
    expect(parameters).toMatchObject({ N_E: 10_000, N_I: 2500, C_E: 1000, C_I: 250, J: 0.1 });
    expect(parameters.weight_in).toBeCloseTo(-0.5, 12);
    expect(parameters.external_rate).toBeCloseTo(20_000, 6);
  });

  test('has the synapses asked for, whose sum of weights does not depend on their number', () => {
    for (const indegree of [20, 100]) {
      using kernel = new Kernel();
      kernel.SetKernelStatus({ resolution: 0.1 });
      const { excitatory, inhibitory, synapses } = sparse.build(kernel, { neurons: 500, indegree });
      expect([excitatory.length, inhibitory.length]).toEqual([400, 100]);
      const target = excitatory.at(7).concat(inhibitory.at(3));
      const inputs = (source: typeof excitatory) => kernel.GetConnections({ source, target });
      expect(inputs(excitatory).length).toBe(2 * 0.8 * indegree);
      expect(inputs(inhibitory).length).toBe(2 * 0.2 * indegree);
      expect(synapses).toBe(500 * indegree);
      const sum = (source: typeof excitatory) =>
        inputs(source)
          .get('weight')
          .reduce((total: number, weight: number) => total + weight, 0);
      expect(sum(excitatory)).toBeCloseTo(2 * 100, 6);
      expect(sum(inhibitory)).toBeCloseTo(-2 * 125, 6);
    }
  });

  test('fires at about the same rate whatever its size', async () => {
    const rates: number[] = [];
    for (const [neurons, indegree] of [
      ['1000', '100'],
      ['3000', '100'],
      ['5000', '500'],
    ] as const) {
      const { results } = await runJson(
        ...(['speed/sparse', '--neurons', neurons, '--indegree', indegree] as const),
        ...['--time', '300'],
      );
      rates.push(results.rate_E!);
    }
    for (const rate of rates) {
      expect(rate).toBeGreaterThan(30);
      expect(rate).toBeLessThan(48);
    }
  });
});

test('slices: as many as steps, in which nothing fires', async () => {
  const { results, parameters } = await runJson('speed/slices', '--time', '100', '--threads', '2');
  expect(parameters).toMatchObject({ neurons: 4 });
  expect(results.slices).toBe(1000);
  expect(results.ns_per_slice).toBeGreaterThan(0);
});
