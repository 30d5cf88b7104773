// Synapses of texts between neurons that fire because of them: each is what its equations say of the
// spikes that were recorded.
import type { Kernel, NodeCollection } from '../../lib';
import { Draws } from '../fuzz/draws';
import { column, recordSpikes, sampleEveryStep } from '../reference/compare';
import { Course, type Event } from './synapse-oracle';
import { kernelOf } from './synapse-protocols';
import { type Rule, rules } from './synapse-rules';

const NEURONS = 12;
const SYNAPSES = 80;
const STEPS = 3000;
const PER_MS = 10;
/** Neurons that are the modulator, and the delay to their transmitter in steps. */
const TEACHERS = [0, 3, 7];
const TEACHING_DELAY = 4;

interface PlannedSynapse {
  readonly source: number;
  readonly target: number;
  readonly delay: number;
  readonly w: number;
}

interface Network {
  readonly cells: NodeCollection;
  readonly spikes: NodeCollection<'spike_recorder', false>;
  readonly meter: NodeCollection<'multimeter', false>;
  readonly weights: NodeCollection<'weight_recorder', false>;
}

/** Noise makes the neurons fire, and strong synapses of the rule. */
function build(
  kernel: Kernel,
  rule: Rule,
  p: Readonly<Record<string, number>>,
  synapses: readonly PlannedSynapse[],
  threads: number,
): Network {
  kernel.ResetKernel();
  kernel.SetKernelStatus({ local_num_threads: threads, rng_seed: 9 });
  const cells = kernel.Create('iaf_psc_exp', NEURONS, {
    C_m: 5,
    V_reset: Array.from({ length: NEURONS }, (_, i) => -75 + i),
  });
  const noise = kernel.Create('poisson_generator', { rate: 9000 });
  kernel.Connect(noise, cells, 'all_to_all', { weight: 1.5, delay: 0.5 });
  const weights = kernel.Create('weight_recorder');
  const transmitter =
    rule.modulator === undefined
      ? undefined
      : rule.modulator === 'spikes'
        ? kernel.Create('volume_transmitter')
        : kernel.Create('reward_transmitter', { reward: 0.4 });
  if (rule.modulator === 'spikes') {
    const teachers = kernel.NodeCollection(TEACHERS.map((i) => cells.ids[i]!));
    kernel.Connect(teachers, transmitter!, 'all_to_all', { delay: TEACHING_DELAY / PER_MS });
  }
  const gate = rule.modulator === 'spikes' ? 'volume_transmitter' : 'reward_transmitter';
  kernel.CopyModel(rule.name, 'tried', {
    ...{ ...p, weight_recorder: weights },
    ...(transmitter && { [gate]: transmitter }),
  });
  kernel.Connect(
    synapses.map(({ source }) => cells.ids[source]!),
    synapses.map(({ target }) => cells.ids[target]!),
    'one_to_one',
    {
      ...{ synapse_model: 'tried', weight: synapses.map(({ w }) => w) },
      delay: synapses.map(({ delay }) => delay / PER_MS),
    },
  );
  const spikes = recordSpikes(kernel, cells);
  return { cells, spikes, meter: sampleEveryStep(kernel, cells), weights };
}

const stepOf = (t: number): number => Math.round(t * PER_MS);

/** The spikes of each neuron, and the potentials that they leave. */
function trainsOf({ cells, spikes, meter }: Network): { step: number; seen: number }[][] {
  const ids = Array.from(cells.ids);
  const seen = new Map<string, number>();
  const [sampled, fired] = [meter.events, spikes.events];
  const values = column(meter, 'V_m');
  sampled.times.forEach((t, i) => seen.set(`${sampled.senders[i]} ${stepOf(t)}`, values[i]!));
  const trains = ids.map((): { step: number; seen: number }[] => []);
  fired.times.forEach((t, i) => {
    const [id, step] = [fired.senders[i]!, stepOf(t)];
    trains[ids.indexOf(id)]!.push({ step, seen: seen.get(`${id} ${step}`)! });
  });
  return trains;
}

/** The synapse from its source to its target as all that was recorded makes it. */
function courseOf(
  rule: Rule,
  p: Readonly<Record<string, number>>,
  { source, target, delay, w }: PlannedSynapse,
  trains: ReturnType<typeof trainsOf>,
): Course {
  const events: Event[] = [
    { step: 0, kind: 'reward', value: 0.4 },
    ...TEACHERS.flatMap((i) => trains[i]!).map(({ step }): Event => ({
      step: step + TEACHING_DELAY,
      kind: 'pulse',
    })),
    ...trains[target]!.map(({ step, seen }): Event => ({ step: step + delay, kind: 'post', seen })),
    ...trains[source]!.map(({ step }): Event => ({ step, kind: 'pre' })),
  ];
  const life = { perMs: PER_MS, start: 0, delay };
  const oracle = rule.make(p, { ...rule.defaults, w });
  return new Course(rule.make, oracle, life, events, rule.priorities);
}

const largest = (values: readonly number[]): number => Math.max(...values.map(Math.abs));

function expectNear(what: string, actual: ArrayLike<number>, expected: readonly number[]): void {
  const allowed = 1e-11 * largest(expected);
  const wrong = expected.flatMap((value, i) =>
    Math.abs(actual[i]! - value) <= allowed ? [] : [{ i, value, actual: actual[i] }],
  );
  expect([what, actual.length, wrong.slice(0, 3)]).toEqual([what, expected.length, []]);
}

test.each(rules.map((rule) => [rule.name, rule] as const))('%s', async (_, rule) => {
  const kernel = await kernelOf(rule);
  for (const threads of [1, 2]) {
    const draws = new Draws(threads);
    const p = rule.parameters(draws);
    // In the order of GetConnections.
    const synapses = draws
      .list(SYNAPSES, () => ({
        ...{ source: draws.below(NEURONS), target: draws.below(NEURONS) },
        ...{ delay: 1 + draws.below(25), w: rule.states(draws, p).w! },
      }))
      .sort((a, b) => a.source - b.source || a.delay - b.delay || a.target - b.target);
    const network = build(kernel, rule, p, synapses, threads);
    kernel.SimulateSync(STEPS / PER_MS);
    const trains = trainsOf(network);
    expect(trains.flat().length).toBeGreaterThan(10 * NEURONS);
    const courses = synapses.map((synapse) => courseOf(rule, p, synapse, trains));
    for (const course of courses) course.goOn(STEPS);
    const expected = courses.map((course) => course.read(STEPS));
    const all = kernel.GetConnections({ synapse_model: 'tried' });
    for (const name of ['w', ...Object.keys(rule.defaults)]) {
      const values = Array.from(all.get(name) as ArrayLike<unknown>, Number);
      expectNear(
        name,
        values,
        expected.map((numbers) => numbers[name]!),
      );
    }
    expectSent(network, synapses, courses);
  }
  kernel.dispose();
});

/** Spikes that have arrived at all synapses. */
function expectSent(
  { cells, weights }: Network,
  synapses: readonly PlannedSynapse[],
  courses: readonly Course[],
): void {
  const ids = Array.from(cells.ids);
  type Row = readonly [step: number, source: number, target: number, weight: number];
  const order = (a: Row, b: Row): number => a.map((x, i) => x - b[i]!).find((d) => d !== 0) ?? 0;
  const counts = ([step, , , weight]: Row): boolean => step <= STEPS - 25 && weight !== 0;
  const [targets, values] = [column(weights, 'targets'), column(weights, 'weights')];
  const { times, senders } = weights.events;
  const actual = Array.from(times, (t, i): Row => {
    return [stepOf(t), ids.indexOf(senders[i]!), ids.indexOf(targets[i]!), values[i]!];
  });
  const expected = courses.flatMap(({ sent }, k) =>
    sent.map(({ step, weight }): Row => [step, synapses[k]!.source, synapses[k]!.target, weight]),
  );
  const [own, right] = [actual, expected].map((rows) => rows.filter(counts).sort(order));
  expect(own!.map((row) => row.slice(0, 3))).toEqual(right!.map((row) => row.slice(0, 3)));
  expectNear(
    'sent',
    own!.map((row) => row[3]),
    right!.map((row) => row[3]),
  );
}
