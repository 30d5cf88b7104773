// One synchronous loop, whose name is given: prints by how many bytes the process grew most.
import { Kernel, random } from '../../../lib';

const kernel = new Kernel();
const neurons = kernel.Create('iaf_psc_exp', 100_000);

const recorderOf = (): ReturnType<Kernel['Create']> => {
  const generator = kernel.Create('spike_generator', {
    spike_times: Array.from({ length: 100 }, (_, i) => 1 + i),
  });
  const parrots = kernel.Create('parrot_neuron', 500);
  const recorder = kernel.Create('spike_recorder');
  kernel.Connect(generator, parrots);
  kernel.Connect(parrots, recorder);
  kernel.SimulateSync(110);
  return recorder;
};

/** A network of 400,000 synapses with weights of their own. */
function dropKernel(): void {
  const dropped = new Kernel();
  const nodes = dropped.Create('iaf_psc_exp', 1000);
  const rule = { rule: 'fixed_indegree', indegree: 400 } as const;
  dropped.Connect(nodes, nodes, rule, { weight: random.uniform(1, 2) });
  dropped.GetConnections({ source: nodes.at(0) });
}

/** Each returns what is done again and again. */
const loops: Record<string, { times: number; prepare: () => () => unknown }> = {
  nodes: {
    times: 1000,
    prepare: () => () => neurons.V_m,
  },
  weights: {
    times: 1000,
    prepare: () => {
      kernel.Connect(neurons, neurons, 'one_to_one', { weight: 2 });
      const synapses = kernel.GetConnections();
      return () => synapses.weight;
    },
  },
  events: {
    times: 300,
    prepare: () => {
      const recorder = recorderOf();
      return () => recorder.get('events');
    },
  },
  collections: {
    times: 200,
    prepare: () => {
      kernel.Connect(neurons.at(0), neurons, 'all_to_all');
      return () => kernel.GetConnections();
    },
  },
  kernels: { times: 60, prepare: () => dropKernel },
};

const loop = loops[process.argv[2] ?? ''];
if (!loop) throw new Error('no such loop');
const step = loop.prepare();
step();
const before = process.memoryUsage.rss();
let most = 0;
for (let i = 0; i < loop.times; i++) {
  step();
  if (i % 10 === 0) most = Math.max(most, process.memoryUsage.rss() - before);
}
console.log(most);
