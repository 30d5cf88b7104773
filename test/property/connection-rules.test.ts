// What the core declares of connection rules holds for each that there is.
import { type ConnSpec, Kernel, random, TegmentaError } from '../../lib';
import { native, type NativeConnectionRule } from '../../lib/native';

const nodes = 40;
const rules = native.connectionRules();
const titled = rules.map((rule) => [rule.name, rule] as const);

type Spec = Record<string, unknown>;

/** The rule with the examples of its parameters and the options that it must have. */
function exampleOf({ name, parameters, options }: NativeConnectionRule): Spec {
  const spec: Spec = { rule: name };
  for (const parameter of parameters) spec[parameter.name] = parameter.example;
  for (const option of options) {
    if (option.takes === 'true' || option.takes === 'false') {
      spec[option.name] = option.takes === 'true';
    }
  }
  return spec;
}

/** Sources, targets and weights of the synapses that a rule makes, in order; or 'refused'. */
function made(spec: Spec, weight: unknown = 1, threads = 1): number[][] | 'refused' {
  const kernel = new Kernel();
  try {
    kernel.SetKernelStatus({ local_num_threads: threads });
    const all = kernel.Create('parrot_neuron', nodes);
    kernel.Connect(all, all, spec as unknown as ConnSpec, { weight: weight as number });
    const { source, target, weight: weights } = kernel.GetConnections();
    return [...source].map((id, i) => [id, target[i]!, weights[i]!]);
  } catch (error) {
    if (error instanceof TegmentaError) return 'refused';
    throw error;
  } finally {
    kernel.dispose();
  }
}

const verdict = (spec: Spec): string => (made(spec) === 'refused' ? 'refused' : 'taken');

it.each(titled)('%s makes the same synapses whatever the threads', (_, rule) => {
  const synapses = made(exampleOf(rule));
  expect(synapses).not.toBe('refused');
  expect(synapses.length).toBeGreaterThan(0);
  expect(made(exampleOf(rule), 1, 3)).toEqual(synapses);
});

const optionsRefused = rules.flatMap((rule) =>
  rule.options
    .filter(({ takes }) => takes !== 'any')
    .map(({ name, default: otherwise, takes }) => {
      const wrong = takes === 'default' ? !otherwise : takes !== 'true';
      return [rule.name, name, { ...exampleOf(rule), [name]: wrong }, wrong] as const;
    }),
);
it.each(optionsRefused)('%s refuses another %s than declared', (_rule, name, spec, wrong) => {
  expect(verdict(spec)).toBe('refused');
  expect(verdict({ ...spec, [name]: !wrong })).toBe('taken');
});

const parameters = rules.flatMap((rule) =>
  rule.parameters.map((parameter) => [rule.name, parameter.name, rule, parameter] as const),
);
it.each(parameters)('%s needs %s, in its range', (_rule, name, rule, { drawn, example }) => {
  const spec = exampleOf(rule);
  const without = Object.fromEntries(Object.entries(spec).filter(([key]) => key !== name));
  const given = (value: unknown): string => verdict({ ...spec, [name]: value });
  expect(verdict(without)).toBe('refused');
  expect([-1, NaN, Infinity, 'much', true].map(given)).toEqual(Array(5).fill('refused'));
  expect(given(example)).toBe('taken');
  expect(given(random.uniform(example, 1.01 * example))).toBe(drawn ? 'taken' : 'refused');
});

/** Rows and columns of values as declared, and whether arrays can be nested. */
const shaped = rules.map((rule) => {
  const parameter = rule.parameters[0]?.example ?? NaN;
  const counts = { sources: nodes, targets: nodes, one: 1, unknown: NaN, parameter };
  const [rows, columns] = [counts[rule.rows], counts[rule.columns]];
  const values = Array.from({ length: rows * columns || 0 }, (_value, i) => i + 1);
  const nested = Array.from({ length: rows || 0 }, (_row, i) =>
    values.slice(i * columns, (i + 1) * columns),
  );
  return { rule, rows, values, nested };
});
const counted = shaped.filter(({ values }) => values.length > 0);
const uncounted = shaped.filter(({ values }) => values.length === 0);

it.each(counted.map((shape) => [shape.rule.name, shape] as const))(
  '%s takes as many values as declared, nested where there are rows',
  (_, { rule, rows, values, nested }) => {
    const synapses = made(exampleOf(rule), values);
    expect(synapses).toHaveLength(values.length);
    expect(made(exampleOf(rule), [...values, 1])).toBe('refused');
    expect(made(exampleOf(rule), nested)).toEqual(rows > 1 ? synapses : 'refused');
  },
);

it.each(uncounted.map(({ rule }) => [rule.name, rule] as const))(
  '%s takes no arrays of values',
  (_, rule) => {
    const synapses = made(exampleOf(rule));
    expect(made(exampleOf(rule), Array(synapses.length).fill(1))).toBe('refused');
  },
);
