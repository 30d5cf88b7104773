// The least that every experiment can be asked for: what cannot be told from it has no value and says
// why, and how large a network was is said wherever it can be chosen.
import { experiments } from '../../benchmarks/experiments';
import { speedExperiments } from '../../benchmarks/measuring';
import type { ExperimentResult, OptionDeclarations, OptionValue } from '../../lib/cli/experiment';

jest.mock('node:worker_threads', () => jest.requireActual<object>('../typescript-workers'));
jest.setTimeout(60_000);

/** Sizes that make it quick. */
const SMALL: Record<string, number | readonly number[]> = {
  ...{ scale: 0.005, repeats: 1, synapses: 1000, sources: 20, targets: 20, events: 1 },
  ...{ neurons: 100, indegree: 10, inputs: 10, outputs: 10, networks: 1 },
  ...{ seeds: 1, pairs: 1, readouts: 1, takes: 2 },
};

const valuesOf = (options: OptionDeclarations): Record<string, OptionValue> =>
  Object.fromEntries(
    Object.entries(options).map(([name, option]) => [
      name,
      option.kind === 'number' && name in SMALL ? SMALL[name] : option.default,
    ]),
  );

// The study of scaling is in scaling.test.ts.
const all = [...experiments, ...speedExperiments].filter(({ name }) => name !== 'speed/scaling');

const least = (
  experiment: (typeof all)[number],
  signal = new AbortController().signal,
): Promise<ExperimentResult> =>
  experiment.run({
    ...{ time: experiment.resolution, threads: 1, seed: 55 },
    options: valuesOf(experiment.options),
    signal,
    progress: () => undefined,
  });

test.each(all.map((experiment) => [experiment.name, experiment] as const))(
  '%s in the shortest time',
  async (_, experiment) => {
    const { quantities } = await least(experiment);
    expect(quantities.filter(({ value }) => Math.abs(value) === Infinity)).toEqual([]);
    const unexplained = quantities.filter(({ value, note }) => Number.isNaN(value) && !note);
    expect(unexplained).toEqual([]);
  },
);

const scaled = all.filter(({ options }) => 'scale' in options);

test.each(scaled.map((experiment) => [experiment.name, experiment] as const))(
  '%s says its scale',
  async (_, experiment) => {
    const { title, parameters } = await least(experiment);
    expect(title).toContain('scale 0.005');
    expect(parameters.scale).toBe(0.005);
  },
);

test.each(all.map((experiment) => [experiment.name, experiment] as const))(
  '%s interrupted before it began divides by nothing',
  async (_, experiment) => {
    const { quantities } = await least(experiment, AbortSignal.abort());
    expect(quantities.filter(({ value }) => Math.abs(value) === Infinity)).toEqual([]);
  },
);

test('reference rates stand beside the scale that they are of, and that was simulated', async () => {
  const find = (name: string) => all.find((experiment) => experiment.name === name)!;
  const rates = async (name: string) =>
    (await least(find(name))).quantities
      .filter(({ key }) => key.startsWith('rate_'))
      .map(({ label }) => label);
  expect(await rates('brunel')).toEqual([
    'mean rate, excitatory (mean-field theory at scale 1: 32.0, at scale 0.005: 32.0)',
    'mean rate, inhibitory (mean-field theory at scale 1: 32.0, at scale 0.005: 32.0)',
  ]);
  expect(await rates('speed/brunel')).toEqual([
    expect.stringMatching(/^mean rate, excitatory \(mean-field theory at scale 0.005: 6\d\.\d\)$/),
  ]);
  const microcircuit = await rates('speed/microcircuit');
  expect(microcircuit).toHaveLength(8);
  expect(microcircuit[0]).toBe('mean rate, L2/3E at scale 0.005 (NEST at scale 1: 0.903)');
});
