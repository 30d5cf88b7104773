// What is asked by sender, or by source and target.
import { Kernel, type NodeCollection, random } from '../../lib';
import { named } from './named';

describe('eventCounts', () => {
  test('counts what each sender has left in the recorders', () => {
    const kernel = new Kernel();
    const neurons = kernel.Create('iaf_psc_exp', 6, { I_e: [0, 300, 400, 600, 900, 0] });
    const recorders = kernel.Create('spike_recorder', 2);
    kernel.Connect(neurons, recorders.slice(0, 1));
    kernel.Connect(neurons.slice(2, 5), recorders.slice(1, 2));
    kernel.SimulateSync(500);
    const naive = (nodes: NodeCollection<'spike_recorder', boolean>, id: number) =>
      nodes.ids.reduce((sum, _, r) => {
        const { senders } = nodes.at(r).events;
        return sum + senders.filter((sender) => sender === id).length;
      }, 0);
    for (const nodes of [recorders, recorders.slice(0, 1), recorders.slice(1, 2)]) {
      for (const senders of [neurons, neurons.slice(1, 3), neurons.slice(5, 6)]) {
        expect([...nodes.eventCounts(senders)]).toEqual(
          Array.from(senders.ids, (id) => naive(nodes, id)),
        );
      }
    }
    const counts = recorders.slice(0, 1).eventCounts(neurons);
    expect(counts[0]).toBe(0);
    expect(counts[4]).toBeGreaterThan(10);
    recorders.at(0).n_events = 0;
    expect([...recorders.slice(0, 1).eventCounts(neurons)]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  test('refuses what records nothing, and what sends nothing', () => {
    const kernel = new Kernel();
    const neurons = kernel.Create('iaf_psc_exp', 2);
    const recorder = kernel.Create('spike_recorder');
    expect(() => neurons.eventCounts(neurons)).toThrow(named('BadProperty', {}));
    expect(() => recorder.eventCounts([1] as never)).toThrow(
      named('TypeMismatch', { parameter: 'senders' }),
    );
    const others = new Kernel().Create('iaf_psc_exp');
    expect(() => recorder.eventCounts(others)).toThrow(named('InvalidNodeCollection', {}));
  });
});

describe('weightMatrix', () => {
  test('has a row for each source and a column for each target', () => {
    const kernel = new Kernel();
    const nodes = kernel.Create('iaf_psc_exp', 9);
    const [sources, targets] = [nodes.slice(0, 4), nodes.slice(4, 9)];
    const sparse = { rule: 'pairwise_bernoulli', p: 0.5 } as const;
    kernel.Connect(sources, targets, sparse, { weight: random.normal(10, 3) });
    kernel.Connect(sources, targets, sparse, { weight: -1, delay: 2 });
    kernel.Connect(targets, sources, sparse);
    const all = kernel.GetConnections();
    const [from, to, weight] = [all.source, all.target, all.weight];
    for (const [rows, columns] of [
      [sources, targets],
      [targets, sources],
      [nodes, nodes],
      [nodes.slice(1, 3), nodes.slice(5, 9, 2)],
    ] as const) {
      const expected = new Float64Array(rows.length * columns.length);
      rows.ids.forEach((source, i) => {
        columns.ids.forEach((target, j) => {
          weight.forEach((w, k) => {
            if (from[k] === source && to[k] === target) expected[i * columns.length + j]! += w;
          });
        });
      });
      expect(all.weightMatrix(rows, columns)).toEqual(expected);
    }
    const none = kernel.GetConnections({ source: targets, target: targets });
    expect(none.weightMatrix(nodes, nodes)).toEqual(new Float64Array(81));
  });

  test('refuses what are no nodes, and matrices that no machine holds', () => {
    const kernel = new Kernel();
    const nodes = kernel.Create('iaf_psc_exp', 2);
    kernel.Connect(nodes, nodes);
    const synapses = kernel.GetConnections();
    expect(() => synapses.weightMatrix([1] as never, nodes)).toThrow(
      named('TypeMismatch', { parameter: 'sources' }),
    );
    expect(() => synapses.weightMatrix(nodes, undefined as never)).toThrow(
      named('TypeMismatch', { parameter: 'targets' }),
    );
    const many = kernel.Create('parrot_neuron', 4_000_000);
    expect(() => kernel.GetConnections().weightMatrix(many, many)).toThrow(
      named('OutOfMemory', { value: 1.6e13 }),
    );
  });
});
