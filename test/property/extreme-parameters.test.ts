// Every parameter and state of every neuron model at the ends of what it accepts, with input: all
// states stay finite numbers, or a typed error says that the simulation cannot go on.
import { Kernel, TegmentaError, node_models } from '../../lib';
import { models } from '../../lib/registry';
import { toFirst } from './receptors';

const extremes = [1e308, -1e308, 1e154, 1e15, -1e15, 1e6, 1e-10, 1e-300, 5e-324, 0, -1];
const givenUp = new Set(['NumericalInstability', 'SolverFailure']);
const neurons = node_models.filter((name) => models.get(name)?.kind === 'neuron');

const parametersOf = (model: string): string[] =>
  (models.get(model)?.parameters ?? [])
    .filter(({ role, type }) => role !== 'readonly' && type === 'double')
    .map(({ name }) => name);

const isFinite = (value: unknown): boolean =>
  ArrayBuffer.isView(value) || Array.isArray(value)
    ? Array.from(value as unknown as Iterable<unknown>).every(isFinite)
    : typeof value !== 'number' || Number.isFinite(value);

type Outcome = 'refused' | 'finite' | 'given up' | { odd: unknown };

const recordsOf = (model: string): readonly string[] => models.get(model)?.recordables ?? [];

/** Neurons with conductances: the adaptive integration may take a million sub-steps a step. */
const isAdaptive = (model: string): boolean =>
  (models.get(model)?.parameters ?? []).some(
    ({ name, unit }) => unit === 'nS' && recordsOf(model).includes(name),
  );

/** Three neurons with strong input of both signs for some ms. */
function outcome(model: string, parameter: string, value: number, weight: number): Outcome {
  const kernel = new Kernel();
  try {
    let nodes;
    try {
      nodes = kernel.Create(model, 3, { [parameter]: value });
    } catch (error) {
      if (error instanceof TegmentaError) return 'refused';
      throw error;
    }
    const generator = kernel.Create('poisson_generator', { rate: 20_000 });
    kernel.Connect(generator, nodes, 'all_to_all', toFirst(model, weight));
    kernel.Connect(generator, nodes, 'all_to_all', toFirst(model, -0.5 * weight));
    if (parametersOf(model).includes('I_e')) {
      kernel.Connect(kernel.Create('dc_generator', { amplitude: 300 }), nodes);
    }
    try {
      kernel.SimulateSync(isAdaptive(model) ? 1.6 : 4);
    } catch (error) {
      if (error instanceof TegmentaError && givenUp.has(error.name)) return 'given up';
      return { odd: error };
    }
    const odd = Object.entries(nodes.get()).filter(
      ([name, values]) => name !== 'V_min' && !isFinite(values),
    );
    return odd.length > 0 ? { odd } : 'finite';
  } finally {
    kernel.dispose();
  }
}

test.each(neurons)('%s', (model) => {
  const unexpected: unknown[] = [];
  const seen = new Map<Outcome, number>();
  for (const parameter of parametersOf(model)) {
    for (const value of extremes) {
      for (const weight of [1, 100]) {
        const found = outcome(model, parameter, value, weight);
        if (typeof found === 'object') unexpected.push([parameter, value, weight, found.odd]);
        else seen.set(found, (seen.get(found) ?? 0) + 1);
      }
    }
  }
  expect(unexpected).toEqual([]);
  expect(seen.get('finite')).toBeGreaterThan(0);
  expect(seen.get('refused')).toBeGreaterThan(0);
});

test.each(neurons)('%s: weights without measure', (model) => {
  for (const weight of [1e308, -1e308, 1e200, 1e100, -1e100]) {
    expect(['finite', 'given up']).toContain(outcome(model, 'tau_minus', 20, weight));
  }
});
