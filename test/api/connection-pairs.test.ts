// What the core's table of pairs says of models of nodes, Connect does.
import { IllegalConnection, Kernel } from '../../lib';
import { native } from '../../lib/native';
import { firstReceptor } from '../property/receptors';

const pairs = native.connectionPairs();
const key = (source: string, target: string): string => `${source} → ${target}`;

/** Sources and targets for which a line is the first that holds both. */
const seen = new Set<string>();
const lines = pairs.map((pair) => {
  const models = pair.sources.flatMap((source) =>
    pair.targets
      .filter((target) => !seen.has(key(source, target)))
      .map((target) => [source, target] as const),
  );
  for (const [source, target] of models) seen.add(key(source, target));
  return { ...pair, models };
});

const SENDS_SPIKES = new Set(
  native
    .models()
    .filter(({ kind, name }) => kind === 'neuron' || /(spike|poisson)_generator/.test(name))
    .map(({ name }) => name),
);

/** The text of the refusal, empty where there is none. */
function connect(source: string, target: string, synapse_model = 'static_synapse'): string {
  const kernel = new Kernel();
  try {
    // Spikes come to a receptor where a target has several; what else is sent has none.
    const receptor = SENDS_SPIKES.has(source) ? firstReceptor(target) : {};
    kernel.Connect(kernel.Create(source), kernel.Create(target), 'all_to_all', {
      synapse_model,
      ...receptor,
    });
    return '';
  } catch (error) {
    expect(error).toBeInstanceOf(IllegalConnection);
    return (error as Error).message;
  } finally {
    kernel.dispose();
  }
}

const ends = (names: readonly string[]): string =>
  names.length > 12 ? `${names.length} models` : names.join(', ');
const titled = lines.map(
  (line) => [`${ends(line.sources)} → ${ends(line.targets)}`, line] as const,
);

it('is about every model with every other', () => {
  const nodes = native.models().filter(({ kind }) => kind !== 'synapse');
  expect(seen.size).toBe(nodes.length ** 2);
});

it.each(titled.filter(([, { keptAs }]) => keptAs))('%s', (_, { keptAs, models, plasticModels }) => {
  // What a line allows a model may still lack.
  const lacks = /does not accept currents|no recordable|has nothing that a/;
  const refused = models.map(([source, target]) => connect(source, target));
  expect(refused.filter((text) => text && !lacks.test(text))).toEqual([]);
  expect(refused).toContain('');
  const connected = models.filter((_pair, i) => refused[i] === '');
  for (const [model, takesIt] of [
    ['stdp_synapse', plasticModels === 'all'],
    ['bernoulli_synapse', plasticModels !== ''],
  ] as const) {
    const plastic = connected.map(([source, target]) => connect(source, target, model));
    expect(plastic.every((text) => (text === '') === takesIt)).toBe(true);
  }
  expect(keptAs).toMatch(/^(synapses|input|recording|sampling)$/);
});

it.each(titled.filter(([, { keptAs }]) => !keptAs))('refuses %s', (_, { models, refusal }) => {
  for (const [source, target] of models) {
    const text = refusal.replaceAll('{source}', source).replaceAll('{target}', target);
    expect(connect(source, target)).toBe(text);
  }
});
