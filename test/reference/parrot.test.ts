// parrot_neuron: NEST has no states to compare, so its rules stand here as a table.
import { Kernel, type NodeCollection } from '../../lib';
import { recordSpikes, toSteps } from './compare';
import { named } from '../api/named';

interface Sent {
  readonly spike_times: readonly number[];
  readonly spike_multiplicities?: readonly number[];
  readonly spike_weights?: readonly number[];
}

/** What a parrot behind a spike_generator repeats, as steps. */
function repeated(sent: Sent, synapse: object = {}): number[] {
  const kernel = new Kernel();
  const generator = kernel.Create('spike_generator', sent);
  const parrot = kernel.Create('parrot_neuron');
  kernel.Connect(generator, parrot, 'all_to_all', synapse);
  const spikes = recordSpikes(kernel, parrot);
  kernel.SimulateSync(20);
  return toSteps(spikes.events.times);
}

test.each<[string, Sent, object, number[]]>([
  ['repeats after the delay', { spike_times: [1, 2.5] }, { delay: 1 }, [20, 35]],
  ['shortest delay', { spike_times: [0.1, 0.2, 7] }, { delay: 0.1 }, [2, 3, 71]],
  ['whatever the weight', { spike_times: [1] }, { weight: -3.5, delay: 1 }, [20]],
  ['even without weight', { spike_times: [1] }, { weight: 0, delay: 1 }, [20]],
  ['a factor is no number of spikes', { spike_times: [1], spike_weights: [7] }, {}, [20]],
  [
    'multiplicities',
    { spike_times: [1, 2, 4], spike_multiplicities: [2, 0, 3] },
    { delay: 0.5 },
    [15, 15, 45, 45, 45],
  ],
  ['several spikes at one time', { spike_times: [3, 3] }, { delay: 2 }, [50, 50]],
  ['nothing on port 1', { spike_times: [1, 2.5] }, { delay: 1, receptor_type: 1 }, []],
])('%s', (_, sent, synapse, expected) => {
  expect(repeated(sent, synapse)).toEqual(expected);
});

test('spikes of different sources that arrive together leave together', () => {
  const kernel = new Kernel();
  const early = kernel.Create('spike_generator', { spike_times: [1] });
  const late = kernel.Create('spike_generator', { spike_times: [2], spike_multiplicities: [2] });
  const parrot = kernel.Create('parrot_neuron');
  kernel.Connect(early, parrot, 'all_to_all', { delay: 2 });
  kernel.Connect(late, parrot, 'all_to_all', { delay: 1 });
  kernel.Connect(late, parrot, 'all_to_all', { delay: 1, receptor_type: 1 });
  const spikes = recordSpikes(kernel, parrot);
  kernel.SimulateSync(5);
  expect(toSteps(spikes.events.times)).toEqual([30, 30, 30]);
});

describe.each([
  [1, 1],
  [0.1, 0.1],
  [0.3, 2.2],
])('a chain with delays %d and %d ms', (d1, d2) => {
  test.each([1, 2])(
    'carries multiplicities and arrives at t + d1, t + d1 + d2; %d threads',
    (n) => {
      const kernel = new Kernel();
      kernel.SetKernelStatus({ local_num_threads: n });
      const generator = kernel.Create('spike_generator', {
        spike_times: [1, 3.4],
        spike_multiplicities: [1, 3],
      });
      const first = kernel.Create('parrot_neuron');
      const second = kernel.Create('parrot_neuron');
      kernel.Connect(generator, first, 'all_to_all', { delay: d1 });
      kernel.Connect(first, second, 'all_to_all', { delay: d2 });
      const recorders = [generator, first, second].map((node) => recordSpikes(kernel, node));
      kernel.SimulateSync(10);
      const arrived = recorders.map((r) => toSteps(r.events.times));
      const steps = (...times: number[]) => times.map((t) => Math.round(10 * t));
      expect(arrived).toEqual([
        steps(1, 3.4, 3.4, 3.4),
        steps(1 + d1, 3.4 + d1, 3.4 + d1, 3.4 + d1),
        steps(1 + d1 + d2, 3.4 + d1 + d2, 3.4 + d1 + d2, 3.4 + d1 + d2),
      ]);
    },
  );
});

test('several synapses onto one parrot, and a synapse onto itself, count as spikes', () => {
  const kernel = new Kernel();
  const generator = kernel.Create('spike_generator', { spike_times: [1] });
  const parrots = kernel.Create('parrot_neuron', 2);
  const [first, second] = [parrots.at(0), parrots.at(1)];
  kernel.Connect(generator, first, 'all_to_all', { delay: 1 });
  kernel.Connect([2, 2, 2], [3, 3, 3], 'one_to_one', { delay: [1, 1, 1] });
  kernel.Connect(second, second, 'all_to_all', { delay: 1.5 });
  const spikes = recordSpikes(kernel, second);
  kernel.SimulateSync(6);
  expect(toSteps(spikes.events.times)).toEqual([30, 30, 30, 45, 45, 45, 60, 60, 60]);
});

test('a Poisson train shared through a parrot is one train', () => {
  const kernel = new Kernel();
  const poisson = kernel.Create('poisson_generator', { rate: 500 });
  const relay = kernel.Create('parrot_neuron');
  const followers = kernel.Create('parrot_neuron', 3);
  kernel.Connect(poisson, relay);
  kernel.Connect(relay, followers, 'all_to_all', { delay: 1 });
  const spikes = recordSpikes(kernel, relay);
  const copies = [0, 1, 2].map((i) => recordSpikes(kernel, followers.at(i)));
  kernel.SimulateSync(200);
  const sent = toSteps(spikes.events.times).filter((t) => t <= 1990);
  expect(sent.length).toBeGreaterThan(50);
  for (const copy of copies) {
    expect(toSteps(copy.events.times)).toEqual(sent.map((t) => t + 10));
  }
});

test('only spikes on port 0 or 1 are accepted', () => {
  const kernel = new Kernel();
  const parrot = kernel.Create('parrot_neuron');
  const generator = kernel.Create('spike_generator', { spike_times: [1] });
  const connect = (source: NodeCollection, receptor_type = 0) => {
    kernel.Connect(source, parrot, 'all_to_all', { receptor_type });
  };
  expect(() => {
    connect(generator, 2);
  }).toThrow(named('UnknownReceptorType', { value: 2, model: 'parrot_neuron' }));
  for (const model of ['dc_generator', 'ac_generator', 'step_current_generator'] as const) {
    const current = kernel.Create(model);
    expect(() => {
      connect(current);
    }).toThrow(named('IllegalConnection', { model: 'parrot_neuron' }));
  }
  expect(kernel.GetConnections().length).toBe(0);
  connect(generator);
  const spikes = recordSpikes(kernel, parrot);
  kernel.SimulateSync(3);
  expect(toSteps(spikes.events.times)).toEqual([20]);
});
