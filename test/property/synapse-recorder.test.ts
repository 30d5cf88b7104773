// synapse_recorder: samples are what GetConnections gives at their time, bit for bit, and recording
// changes nothing.
import { Kernel, type KernelSettings, type NodeCollection } from '../../lib';
import { native } from '../../lib/native';
import { column, worst } from '../reference/compare';
import { solve } from './dopamine-oracle';
import { build as buildProtocols, randomGroups } from './dopamine-protocols';
import { copyPlasticModels, plasticModels } from './plastic-models';

const n = 24;
const duration = 120;

type Recorder = NodeCollection<'synapse_recorder', false>;

interface Options {
  readonly settings?: KernelSettings;
  /** Ends of the runs, in steps. */
  readonly ends?: readonly number[];
  readonly interval?: number;
  readonly records?: boolean;
  readonly single?: boolean;
  /** A second Connect in mid-run: synapses then keep their own traces. */
  readonly joins?: boolean;
  readonly between?: (kernel: Kernel, names: readonly string[]) => void;
}

/** A recurrent network of all models, some of whose synapses are recorded. */
function simulate(options: Options = {}) {
  const { settings, ends = [10 * duration], interval = 0.7, records = true } = options;
  const kernel = new Kernel();
  const weight_precision = options.single ? 'single' : 'double';
  kernel.SetKernelStatus({ rng_seed: 5, weight_precision, ...settings });
  const neurons = kernel.Create('iaf_psc_exp', n, {
    V_m: Array.from({ length: n }, (_, i) => -70 + ((13 * i) % 15)),
    I_e: Array.from({ length: n }, (_, i) => 420 + 5 * i),
  });
  const poisson = kernel.Create('poisson_generator', { rate: 8000 });
  kernel.Connect(poisson, neurons, 'all_to_all', { weight: 30, delay: 0.5 });
  const volume_transmitter = kernel.Create('volume_transmitter');
  kernel.Connect(neurons.slice(0, 9), volume_transmitter, 'all_to_all', { delay: 0.7 });
  const weight_recorder = kernel.Create('weight_recorder');
  const reward_transmitter = kernel.Create('reward_transmitter', {
    reward_times: [20, 63.7, 63.8],
    reward_values: [1, -0.5, 0],
  });
  const transmitters = { volume_transmitter, reward_transmitter };
  const names = copyPlasticModels(kernel, transmitters, weight_recorder);
  const connect = (shift: number) => {
    names.forEach((synapse_model, m) => {
      const sources = Array.from({ length: 3 * n }, (_, k) => k % n);
      kernel.Connect(
        sources.map((s) => neurons.ids[s] ?? NaN),
        // Some twice, with the same delay and with another one.
        sources.map((s, k) => neurons.ids[(s * s + (k % 3 === 0 ? 0 : k) + m) % n] ?? NaN),
        'one_to_one',
        { synapse_model, delay: sources.map((s, k) => (5 + ((s + k + shift) % 9)) / 10) },
      );
    });
  };
  connect(0);
  const spikes = kernel.Create('spike_recorder');
  kernel.Connect(neurons, spikes);
  const recorders: Recorder[] = [];
  if (records) {
    plasticModels.forEach(({ recordables }, m) => {
      const record_from = [...recordables];
      const all = kernel.GetConnections({ synapse_model: `copy ${m}` });
      const connections = all.pick([70, 3, 4, 5, 41, 3, 20]);
      recorders.push(kernel.Create('synapse_recorder', { interval, record_from, connections }));
    });
  }
  let now = 0;
  for (const end of ends) {
    kernel.SimulateSync((end - now) / 10);
    if (options.joins && end === ends[0]) connect(4);
    now = end;
    options.between?.(kernel, names);
  }
  const final = names.map((synapse_model) => kernel.GetConnections({ synapse_model }).get());
  const { times, senders } = spikes.events;
  return {
    kernel,
    names,
    recorders,
    samples: recorders.map((r) => r.events),
    results: { times, senders, final, sent: weight_recorder.events },
  };
}

describe('recording the synapses of a network of all plastic models', () => {
  const plain = simulate({ records: false });
  const recorded = simulate();

  test('changes nothing', () => {
    expect(plain.results.times.length).toBeGreaterThan(300);
    expect(recorded.results).toEqual(plain.results);
  });

  test('gives a row for each connection, in order, at multiples of the interval', () => {
    for (const [m, recorder] of recorded.recorders.entries()) {
      const { times, senders } = recorder.events;
      expect(recorder.n_events).toBe(7 * 171);
      expect(times.length).toBe(7 * 171);
      expect(Array.from(times, (t) => Math.round(10 * t))).toEqual(
        Array.from(times, (_t, i) => 7 * (Math.floor(i / 7) + 1)),
      );
      const chosen = recorder.connections;
      expect(senders.slice(700, 707)).toEqual(chosen.source);
      expect(column(recorder, 'targets').slice(700, 707)).toEqual(Float64Array.from(chosen.target));
      expect(Object.keys(recorder.events)).toEqual([
        'times',
        'senders',
        'targets',
        ...(plasticModels[m]?.recordables ?? []),
      ]);
    }
  });

  const options: readonly [string, Options][] = [
    ['2 threads', { settings: { local_num_threads: 2 } }],
    ['3 threads', { settings: { local_num_threads: 3 } }],
    ['two runs', { ends: [333, 1200] }],
    ['many runs', { ends: [1, 2, 7, 100, 101, 350, 351, 352, 700, 1199, 1200] }],
    [
      'many runs of 2 threads',
      { ends: [5, 14, 700, 1111, 1200], settings: { local_num_threads: 2 } },
    ],
    [
      'reading everything in between',
      {
        ends: Array.from({ length: 80 }, (_, k) => 15 * (k + 1)),
        between: (kernel, names) => {
          for (const synapse_model of names) void kernel.GetConnections({ synapse_model }).get();
        },
      },
    ],
    ...native.simdLevels.map((simd_level): [string, Options] => [
      `instruction set ${simd_level}`,
      { settings: { simd_level } },
    ]),
  ];
  test.each(options)('%s', (_title, option) => {
    const { samples, results } = simulate(option);
    expect(samples).toEqual(recorded.samples);
    expect(results).toEqual(plain.results);
  });

  // Float32 rounds at every visit; synapses that join later keep traces of their own.
  test.each([
    ['double', {}],
    ['single', { single: true }],
    ['joined', { joins: true }],
    ['joined single', { joins: true, single: true }],
    ['2 threads, joined', { joins: true, settings: { local_num_threads: 2 } }],
  ])('samples are what GetConnections gives at the time, bit for bit: %s', (_title, option) => {
    const ends = [203, 204, 211, 490, 777, 980, 1200];
    // Rows of values of all synapses of a model, by model and end.
    const known: Set<string>[][] = [];
    const rows = (table: object, names: readonly string[]) => {
      const columns = names.map((name) => (table as Record<string, ArrayLike<number>>)[name]!);
      return Array.from(columns[0] ?? [], (_x, i) => columns.map((c) => c[i]).join());
    };
    const { recorders } = simulate({
      ...option,
      ends,
      interval: 0.1,
      between: (kernel, names) => {
        known.push(
          names.map((synapse_model, m) => {
            const all = kernel.GetConnections({ synapse_model }).get();
            return new Set(
              rows(all, ['source', 'target', ...(plasticModels[m]?.recordables ?? [])]),
            );
          }),
        );
      },
    });
    expect(recorders.length).toBe(plasticModels.length);
    for (const [m, recorder] of recorders.entries()) {
      const { events } = recorder;
      const samples = rows(events, [
        'senders',
        'targets',
        ...(plasticModels[m]?.recordables ?? []),
      ]);
      for (const [e, end] of ends.entries()) {
        const own = samples.slice(7 * (end - 1), 7 * end);
        expect(own.filter((row) => !known[e]?.[m]?.has(row))).toEqual([]);
        expect(events.times[7 * (end - 1)]).toBeCloseTo(end / 10, 9);
      }
    }
  });
});

test('dopamine samples agree with the rule, event by event', () => {
  const ends = 6000;
  const interval = 12.3;
  const built = buildProtocols(randomGroups(77, 14, ends));
  const { kernel, protocols } = built;
  const byModel = new Map(protocols.map((p) => [p.model, p.trace]));
  const recorders = [...byModel].map(([synapse_model, trace]) =>
    kernel.Create('synapse_recorder', {
      interval,
      record_from: ['weight', 'c', 'n', trace],
      connections: kernel.GetConnections({ synapse_model }),
    }),
  );
  kernel.SimulateSync(ends / 10);
  const steps = Array.from({ length: Math.floor(ends / 123) }, (_, k) => 123 * (k + 1));
  const models = [...byModel.keys()];
  let compared = 0;
  for (const p of protocols) {
    const recorder = recorders[models.indexOf(p.model)];
    if (!recorder) throw new Error('a recorder is missing');
    const { source, target } = recorder.connections;
    const place = source.findIndex((s, i) => s === p.source && target[i] === p.target);
    const columns = ['weight', 'c', 'n', p.trace].map((name) => column(recorder, name));
    const sampled = steps.flatMap((_s, k) =>
      columns.map((values) => values[k * source.length + place] ?? NaN),
    );
    const { states } = solve(p.train, p.synapse, () => p.rule, steps);
    const expected = states.flatMap((s) => [s.weight, s.c, s.n, s.Kplus]);
    expect(worst(sampled, expected).error).toBeLessThanOrEqual(1e-11);
    compared += sampled.length;
  }
  expect(protocols.length).toBeGreaterThanOrEqual(100);
  expect(compared).toBe(protocols.length * steps.length * 4);
});
