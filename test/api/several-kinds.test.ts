// One Connect of nodes of several kinds: what separate calls would make, all of it or nothing.
import {
  IllegalConnection,
  Kernel,
  type NodeCollection,
  NotImplemented,
  random,
  TegmentaError,
} from '../../lib';

let kernel: Kernel;
beforeEach(() => {
  kernel = new Kernel();
});
afterEach(() => {
  kernel.dispose();
});

type Column = 'weight' | 'delay' | 'synapse_label' | 'receptor';

/** All connections, as "source→target value …", sorted. */
function all(...columns: readonly Column[]): string[] {
  const synapses = kernel.GetConnections();
  const { source, target } = synapses;
  const values = columns.map((key) => synapses.get(key));
  return [...source]
    .map((id, i) => [`${id}→${target[i]}`, ...values.map((column) => column[i])].join(' '))
    .sort();
}

interface Nodes {
  neurons: NodeCollection;
  parrots: NodeCollection;
  times: NodeCollection;
  poisson: NodeCollection;
  dc: NodeCollection;
  recorder: NodeCollection;
  meter: NodeCollection;
  transmitter: NodeCollection;
}

function nodes(): Nodes {
  return {
    neurons: kernel.Create('iaf_psc_exp', 3),
    parrots: kernel.Create('parrot_neuron', 2),
    times: kernel.Create('spike_generator', 2, { spike_times: [1, 2, 5] }),
    poisson: kernel.Create('poisson_generator', 2, { rate: 2000 }),
    dc: kernel.Create('dc_generator', 1, { amplitude: 400 }),
    recorder: kernel.Create('spike_recorder', 2),
    meter: kernel.Create('multimeter', 1, { record_from: ['V_m'] }),
    transmitter: kernel.Create('volume_transmitter', 1),
  };
}

/** The calls that the one is to equal, each between nodes of one kind. */
const CALLS: readonly {
  readonly title: string;
  readonly pre: (n: Nodes) => readonly NodeCollection[];
  readonly post: (n: Nodes) => readonly NodeCollection[];
}[] = [
  {
    title: 'generators of three models to neurons',
    pre: (n) => [n.times, n.poisson, n.dc],
    post: (n) => [n.neurons],
  },
  {
    title: 'neurons and generators of spikes to a recorder',
    pre: (n) => [n.neurons, n.parrots, n.times, n.poisson],
    post: (n) => [n.recorder],
  },
  {
    title: 'neurons and generators to neurons and recorders',
    pre: (n) => [n.neurons, n.times, n.poisson],
    post: (n) => [n.neurons, n.parrots, n.recorder],
  },
  {
    title: 'a multimeter and currents to neurons',
    pre: (n) => [n.dc, n.meter],
    post: (n) => [n.neurons],
  },
  {
    title: 'neurons to recorders and a volume transmitter',
    pre: (n) => [n.neurons, n.parrots],
    post: (n) => [n.recorder, n.transmitter],
  },
];

const joined = (parts: readonly NodeCollection[]): NodeCollection =>
  parts.reduce((a, b) => a.concat(b));

describe.each(CALLS)('$title', ({ pre, post }) => {
  it('is what separate calls make', () => {
    const apart = nodes();
    for (const source of pre(apart)) {
      for (const target of post(apart)) {
        kernel.Connect(source, target, 'all_to_all', { weight: 2, delay: 1.5, synapse_label: 4 });
      }
    }
    const expected = all('weight', 'delay', 'synapse_label', 'receptor');
    const delays = kernel.GetKernelStatus(['min_delay', 'max_delay']);
    kernel.ResetKernel();
    const together = nodes();
    kernel.Connect(joined(pre(together)), joined(post(together)), 'all_to_all', {
      ...{ weight: 2, delay: 1.5, synapse_label: 4 },
    });
    expect(all('weight', 'delay', 'synapse_label', 'receptor')).toEqual(expected);
    expect(kernel.GetKernelStatus(['min_delay', 'max_delay'])).toEqual(delays);
  });

  it('takes lists of IDs, and values of each synapse at their places', () => {
    const made = nodes();
    const sources = [...joined(pre(made)).ids];
    const targets = [...joined(post(made)).ids];
    const weight = targets.map((target) => sources.map((source) => 100 * target + source));
    const delay = targets.map((target) => sources.map((source) => (10 + target + source) / 10));
    kernel.Connect(sources, targets, 'all_to_all', { weight, delay });
    const expected = targets.flatMap((target) =>
      sources.map(
        (source) => `${source}→${target} ${100 * target + source} ${(10 + target + source) / 10}`,
      ),
    );
    expect(all('weight', 'delay')).toEqual(expected.sort());
    expect(kernel.GetKernelStatus('max_delay')).toBe(
      (10 + Math.max(...targets) + Math.max(...sources)) / 10,
    );
  });
});

it('a call again makes as many again', () => {
  const { neurons, times, recorder } = nodes();
  const connect = (): void => {
    kernel.Connect(neurons.concat(times), neurons.concat(recorder));
  };
  connect();
  connect();
  expect(kernel.GetKernelStatus('num_connections')).toBe(2 * 5 * 5);
});

describe('one_to_one', () => {
  it('pairs nodes by their places, whatever they are', () => {
    const { neurons, parrots, times, poisson, recorder } = nodes();
    const pre = neurons.slice(0, 2).concat(times.slice(0, 1)).concat(poisson.slice(0, 1));
    const post = neurons.slice(1, 2).concat(parrots.slice(0, 1)).concat(recorder);
    kernel.Connect(pre, post, 'one_to_one', { weight: [1, 2, 3, 4], delay: [1, 2, 3, 4] });
    expect(all('weight', 'delay')).toEqual(
      [...pre.ids].map((id, i) => `${id}→${post.ids[i]} ${i + 1} ${i + 1}`).sort(),
    );
  });

  it('refuses only pairs that there are', () => {
    const { neurons, poisson, recorder, dc } = nodes();
    // Currents to a recorder would be refused.
    const pre = [dc.ids[0]!, neurons.ids[0]!, poisson.ids[0]!];
    const post = [neurons.ids[0]!, recorder.ids[0]!, neurons.ids[1]!];
    kernel.Connect(pre, post, 'one_to_one', { weight: [7, 8, 9] });
    expect(all('weight')).toEqual(pre.map((id, i) => `${id}→${post[i]} ${i + 7}`).sort());
    expect(() => {
      kernel.Connect([dc.ids[0]!, recorder.ids[0]!], [1, recorder.ids[1]!], 'one_to_one');
    }).toThrow('spike_recorder sends no output');
  });

  it('takes lists in any order, with repetitions', () => {
    const { neurons, times, recorder } = nodes();
    const [n, , m] = neurons.ids;
    const [t] = times.ids;
    const [r] = recorder.ids;
    const pre = [t!, n!, t!, m!, n!];
    const post = [n!, r!, n!, n!, r!];
    kernel.Connect(pre, post, 'one_to_one', { weight: [1, 2, 3, 4, 5], delay: [5, 4, 3, 2, 1] });
    expect(all('weight', 'delay')).toEqual(
      pre.map((id, i) => `${id}→${post[i]} ${i + 1} ${5 - i}`).sort(),
    );
  });
});

describe('a part that is refused', () => {
  const refused: readonly (readonly [
    title: string,
    call: (n: Nodes) => void,
    error: string | RegExp,
  ])[] = [
    [
      'a recorder among sources',
      (n) => kernel.Connect(n.neurons.concat(n.recorder), n.neurons),
      /^spike_recorder sends no output;.* part from spike_recorder to iaf_psc_exp; nothing/,
    ],
    [
      'a generator among targets',
      (n) => kernel.Connect(n.neurons, n.neurons.concat(n.poisson)),
      /^poisson_generator receives no input from iaf_psc_exp\. /,
    ],
    [
      'currents to a parrot',
      (n) => kernel.Connect(n.poisson.concat(n.dc), n.neurons.concat(n.parrots)),
      /^parrot_neuron does not accept currents\. .*from dc_generator to iaf_psc_exp/,
    ],
    [
      'a plastic model from a generator',
      (n) => kernel.Connect(n.neurons.concat(n.times), n.neurons, 'all_to_all', 'stdp_synapse'),
      /^stdp_synapse connects neurons only, not spike_generator to iaf_psc_exp;/,
    ],
    [
      'a rule that draws with a recorder',
      (n) =>
        kernel.Connect(n.neurons, n.neurons.concat(n.recorder), {
          ...{ rule: 'fixed_indegree', indegree: 1 },
        }),
      /^The rule fixed_indegree cannot connect recorders;.* to spike_recorder/,
    ],
    [
      'a receptor that only parrots have',
      (n) =>
        kernel.Connect(n.neurons.concat(n.times), n.parrots.concat(n.recorder), 'all_to_all', {
          receptor_type: 1,
        }),
      /^receptor_type must be 0, got 1\..* to spike_recorder/,
    ],
    [
      'make_symmetric with devices',
      (n) =>
        kernel.Connect(n.neurons.concat(n.times), n.neurons.concat(n.parrots.slice(0, 2)), {
          ...{ rule: 'all_to_all', make_symmetric: true },
        }),
      /^make_symmetric connects neurons only\./,
    ],
    [
      'a delay that one drawn synapse has',
      (n) =>
        kernel.Connect(n.neurons.concat(n.poisson), n.neurons.concat(n.recorder), 'all_to_all', {
          delay: random.uniform_int(2),
        }),
      /^delay of static_synapse must be/,
    ],
  ];

  const thrown = (call: () => void): unknown => {
    try {
      call();
      return undefined;
    } catch (error) {
      return error;
    }
  };
  /** What a later call draws. */
  const drawn = ({ neurons }: Nodes): string[] => {
    const before = new Set(all('weight'));
    kernel.Connect(neurons, neurons, 'all_to_all', { weight: random.uniform(0, 1) });
    return all('weight').filter((line) => !before.has(line));
  };

  it.each(refused)('%s refuses all, and has drawn nothing', (_title, call, text) => {
    const expected = drawn(nodes());
    kernel.ResetKernel();
    const made = nodes();
    const error = thrown(() => {
      call(made);
    });
    expect(error).toBeInstanceOf(TegmentaError);
    expect((error as Error).message).toMatch(text);
    expect(kernel.GetKernelStatus('num_connections')).toBe(0);
    expect(drawn(made)).toEqual(expected);
  });

  it('is named', () => {
    const { neurons, recorder } = nodes();
    const error = thrown(() => {
      kernel.Connect(neurons.concat(recorder), neurons);
    });
    expect(error).toBeInstanceOf(IllegalConnection);
    const [source] = recorder.ids;
    expect(error).toMatchObject({ model: 'spike_recorder', source, target: 1 });
  });

  it('keeps what was there', () => {
    const { neurons, dc, meter } = nodes();
    kernel.Connect(meter, neurons.slice(2));
    const before = all('weight');
    expect(() => {
      kernel.Connect(dc.concat(meter), neurons);
    }).toThrow(/^multimeter \d+ is connected to node 3 already\.$/);
    expect(all('weight')).toEqual(before);
  });
});

it('work that would take hours is refused of a part, too', () => {
  const many = kernel.Create('iaf_psc_delta', 2_000_000).concat(kernel.Create('poisson_generator'));
  expect(() => {
    kernel.Connect(many, many.slice(0, 2_000_000), {
      ...{ rule: 'pairwise_poisson', pairwise_avg_num_conns: 1e-9 },
    });
  }).toThrow(NotImplemented);
});

it('spikes reach all targets as from separate calls', () => {
  const spikes = (mixed: boolean): unknown => {
    kernel.ResetKernel();
    const { neurons, parrots, times, dc, recorder } = nodes();
    const parts = [
      [times, neurons],
      [times, parrots],
      [neurons, neurons],
      [neurons, parrots],
      [neurons, recorder],
      [times, recorder],
    ] as const;
    const synapse = { weight: 300, delay: 1 };
    if (mixed) {
      kernel.Connect(
        neurons.concat(times),
        neurons.concat(parrots).concat(recorder),
        'all_to_all',
        synapse,
      );
    } else {
      for (const [pre, post] of parts) kernel.Connect(pre, post, 'all_to_all', synapse);
    }
    kernel.Connect(dc, neurons);
    kernel.SimulateSync(50);
    return [recorder.get('events'), neurons.get('V_m')];
  };
  expect(spikes(true)).toEqual(spikes(false));
});
