// A rule draws from whole collections, whatever kinds of nodes are in them: the pairs and values
// are those of neurons with the same IDs.
import { Kernel, random } from '../../lib';

type Spec = Readonly<Record<string, unknown>>;

type Models = readonly [string, string, string];

/** Neurons with others in the midst, whose models are given. */
function network(kernel: Kernel, models: Models): void {
  kernel.Create('iaf_psc_exp', 20);
  for (const [i, model] of models.entries()) kernel.Create(model, 4 - i);
  kernel.Create('iaf_psc_exp', 20);
}

function made(threads: number, models: Models, rule: Spec, synapse: Spec): string[] {
  const kernel = new Kernel();
  kernel.SetKernelStatus({ local_num_threads: threads });
  network(kernel, models);
  const count = kernel.GetKernelStatus('network_size');
  const sources = Array.from({ length: count - 5 }, (_, i) => i + 5);
  const targets = sources.filter((id) => id <= 20 || id > count - 20);
  kernel.Connect(sources, targets, rule as never, synapse);
  const { source, target, weight, delay } = kernel.GetConnections();
  const lines = Array.from(source, (id, i) => `${id}→${target[i]} ${weight[i]} ${delay[i]}`).sort();
  kernel.dispose();
  return lines;
}

const devices: Models = ['spike_generator', 'poisson_generator', 'dc_generator'];
const neurons: Models = ['iaf_psc_exp', 'iaf_psc_exp', 'iaf_psc_exp'];

const drawn = {
  weight: random.normal(5, 2),
  delay: random.uniform(1, 3),
};

const rules: readonly Spec[] = [
  { rule: 'all_to_all' },
  { rule: 'all_to_all', allow_autapses: false },
  { rule: 'fixed_indegree', indegree: 30 },
  { rule: 'fixed_indegree', indegree: 12, allow_multapses: false, allow_autapses: false },
  { rule: 'fixed_indegree', indegree: random.uniform_int(9) },
  { rule: 'fixed_outdegree', outdegree: 50 },
  { rule: 'fixed_outdegree', outdegree: 7, allow_multapses: false },
  { rule: 'fixed_total_number', N: 700 },
  { rule: 'pairwise_bernoulli', p: 0.1 },
  { rule: 'pairwise_bernoulli', p: random.uniform(0, 1) },
  { rule: 'pairwise_poisson', pairwise_avg_num_conns: 1.5 },
];

describe.each(rules)('%j', (rule) => {
  const expected = made(1, neurons, rule, drawn);

  it('draws the same whatever the sources are', () => {
    expect(expected.length).toBeGreaterThan(50);
    expect(made(1, devices, rule, drawn)).toEqual(expected);
  });

  it('draws the same with more threads', () => {
    expect(made(3, devices, rule, drawn)).toEqual(expected);
  });
});

it.each([
  [{ rule: 'fixed_indegree', indegree: 6 }, (_sources: number, targets: number) => 6 * targets],
  [{ rule: 'fixed_outdegree', outdegree: 6 }, (sources: number) => 6 * sources],
  [{ rule: 'fixed_total_number', N: 200 }, () => 200],
] as const)('%j takes values from their places', (rule, count) => {
  const [sources, targets] = [44, 35];
  const n = count(sources, targets);
  const weight = Float64Array.from({ length: n }, (_, i) => i);
  const of = (models: Models): string[] => made(1, models, rule, { weight });
  expect(of(devices)).toEqual(of(neurons));
  expect(of(devices)).toHaveLength(n);
});
