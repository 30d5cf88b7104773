// The weights of a network as matrices: a block for each pair of populations, a row for each source
// and a column for each target.
import * as nest from 'tegmenta';

nest.SetKernelStatus({ rng_seed: 1 });
const E = nest.Create('iaf_psc_exp', 6);
const I = nest.Create('iaf_psc_exp', 3);

// Every neuron gets synapses from three excitatory neurons and from two inhibitory ones.
const fromE = { rule: 'fixed_indegree', indegree: 3, allow_multapses: false } as const;
const fromI = { ...fromE, indegree: 2 };
const excitation = { weight: nest.random.uniform(10, 20) };
const inhibition = { weight: nest.random.uniform(-80, -40) };
nest.Connect(E, E.concat(I), fromE, { ...excitation, synapse_model: 'stdp_synapse' });
nest.Connect(I, E.concat(I), fromI, inhibition);

/** A matrix as lines of text; `·` where there is no synapse. */
function lines(matrix: Float64Array, columns: number): string[] {
  const cells = Array.from(matrix, (w) => (w === 0 ? '·' : w.toFixed(1)).padStart(7));
  return cells.flatMap((_, i) => (i % columns ? [] : [cells.slice(i, i + columns).join('')]));
}

// weightMatrix adds up where there are several synapses from one neuron to another.
const synapses = nest.GetConnections();
for (const [from, sources] of Object.entries({ E, I })) {
  for (const [to, targets] of Object.entries({ E, I })) {
    console.log(`${from} → ${to}`);
    const matrix = synapses.weightMatrix(sources, targets);
    for (const line of lines(matrix, targets.length)) console.log(line);
  }
}

// The same numbers are there as columns, with an entry for each synapse.
const { source, target, weight, synapse_model } = nest.GetConnections({ source: I });
console.log(`first of ${weight.length} inhibitory synapses:`);
console.log(`${synapse_model[0]}, ${source[0]} → ${target[0]}, ${weight[0].toFixed(1)} pA`);

// New weights can be given as they were read: in the order of the synapses.
const plastic = nest.GetConnections({ synapse_model: 'stdp_synapse' });
const total = (): string => plastic.weight.reduce((sum, w) => sum + w, 0).toFixed(1);
const before = total();
plastic.weight = plastic.weight.map((w) => 2 * w);
console.log(`excitation in all: ${before} pA, doubled: ${total()} pA`);
