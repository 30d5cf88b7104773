// Random networks agree with a simulator that does everything one event at a time.
import fc from 'fast-check';
import { type Action, potentialError, simulateBoth } from './both';
import { anyNumbers, connect, exactNumbers, generator, neurons } from './networks';

const settings = { seed: 20240229 } as const;
const steps = 120;

test('random networks: spikes equal, potentials within 1e-12', () => {
  let spikes = 0;
  let active = 0;
  let counted = 0;
  const network = fc
    .tuple(
      fc.array(neurons, { minLength: 1, maxLength: 4 }),
      fc.array(generator(anyNumbers, steps), { minLength: 1, maxLength: 3 }),
      fc.array(connect(anyNumbers), { minLength: 3, maxLength: 9 }),
      // What drives the network: from a generator to its neurons.
      fc.array(connect(anyNumbers), { minLength: 1, maxLength: 3 }),
    )
    .map(([populations, generators, inside, drive]): Action[] => [
      ...populations,
      ...generators,
      ...inside,
      ...drive.map((c): Action =>
        c.do === 'connect' ? { ...c, from: populations.length + (c.from % generators.length) } : c,
      ),
      { do: 'run', steps },
    ]);
  fc.assert(
    fc.property(network, (actions) => {
      const { actual, expected, oracle } = simulateBoth(actions);
      spikes += expected.spikes.length;
      active += expected.spikes.length > 10 ? 1 : 0;
      counted += oracle.synapses.some((s) => s.group >= 0) ? 1 : 0;
      expect(actual.spikes).toEqual(expected.spikes);
      expect(potentialError(actual, expected)).toBeLessThan(1e-12);
    }),
    { ...settings, numRuns: 150 },
  );
  // The networks were worth comparing.
  expect(active).toBeGreaterThan(75);
  expect(counted).toBeGreaterThan(50);
  expect(spikes).toBeGreaterThan(10_000);
}, 120_000);

test('networks that grow and change with spikes under way', () => {
  let active = 0;
  const place = fc.nat({ max: 1000 });
  const run = fc.integer({ min: 1, max: 25 }).map((n): Action => ({ do: 'run', steps: n }));
  const change = fc.oneof(
    { arbitrary: run, weight: 4 },
    { arbitrary: connect(exactNumbers), weight: 4 },
    { arbitrary: neurons, weight: 1 },
    { arbitrary: generator(exactNumbers, steps), weight: 1 },
    {
      arbitrary: fc
        .tuple(place, exactNumbers.weight)
        .map(([of, value]): Action => ({ do: 'weight', of, value })),
      weight: 2,
    },
    {
      arbitrary: fc
        .tuple(place, fc.integer({ min: 1, max: 30 }))
        .map(([of, n]): Action => ({ do: 'delay', of, steps: n })),
      weight: 2,
    },
    {
      arbitrary: fc
        .tuple(place, fc.integer({ min: 1, max: 4 }), fc.constantFrom('pairs', 'collection'))
        .map(([of, every, as]): Action => ({ do: 'disconnect', of, every, as })),
      weight: 2,
    },
  );
  const history = fc
    .tuple(
      neurons,
      generator(exactNumbers, steps),
      connect(exactNumbers),
      connect(exactNumbers),
      fc.array(change, { minLength: 5, maxLength: 25 }),
      fc.constantFrom(1, 2, 3),
    )
    .map(
      ([some, sent, drive, inside, changes, threads]): { threads: number; actions: Action[] } => ({
        threads,
        actions: [
          some,
          sent,
          { ...drive, from: 1, to: 0 } as Action,
          { ...inside, from: 0, to: 0 } as Action,
          { do: 'run', steps: 10 },
          ...changes,
          { do: 'run', steps: 30 },
        ],
      }),
    );
  fc.assert(
    fc.property(history, ({ actions, threads }) => {
      const { actual, expected } = simulateBoth(actions, { local_num_threads: threads });
      active += expected.spikes.length > 10 ? 1 : 0;
      expect(actual.spikes).toEqual(expected.spikes);
      expect(potentialError(actual, expected)).toBeLessThan(1e-12);
    }),
    { ...settings, numRuns: 200 },
  );
  expect(active).toBeGreaterThan(60);
}, 120_000);
