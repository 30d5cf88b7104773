// A recurrent network with listed synapses and input: every spike as NEST computed it.
import { Kernel } from '../../lib';
import { recordSpikes, toSteps } from './compare';
import { type NetworkCase, networkCases, type Synapse } from './data';

function simulate(c: NetworkCase, threads: number) {
  const kernel = new Kernel();
  kernel.SetKernelStatus({ resolution: c.resolution, local_num_threads: threads });
  const excitatory = kernel.Create(c.neuron, c.N_E, c.params_E);
  const inhibitory = kernel.Create(c.neuron, c.N_I, c.params_I);
  const neurons = excitatory.concat(inhibitory);
  const generators = kernel.Create('spike_generator', neurons.length, {
    spike_times: c.drive_spike_times,
  });
  kernel.Connect(generators, neurons, 'one_to_one', {
    weight: c.drive_weight,
    delay: c.drive_delay,
  });
  for (const synapses of [c.ee, c.ei, c.ie, c.ii]) {
    const of = (k: 0 | 1 | 2 | 3) => synapses.map((s: Synapse) => s[k]);
    kernel.Connect(of(0), of(1), 'one_to_one', { weight: of(2), delay: of(3) });
  }
  const spikes = recordSpikes(kernel, neurons);
  kernel.SimulateSync(c.sim_time);
  return spikes.events;
}

/** (step, sender) of every spike, ascending. */
function spikeList(times: ArrayLike<number>, senders: ArrayLike<number>, resolution: number) {
  const steps = toSteps(times, resolution);
  return steps
    .map((step, i) => [step, senders[i] ?? NaN] as const)
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}

const staticCase = networkCases().find((c) => c.ee_model === 'static_synapse');

test.each([1, 2, 3])('every spike of the static network, %d threads', (threads) => {
  if (!staticCase) throw new Error('the static case is missing');
  const expected = spikeList(
    staticCase.spikes.times,
    staticCase.spikes.senders,
    staticCase.resolution,
  );
  expect(expected.length).toBeGreaterThan(400);
  const { times, senders } = simulate(staticCase, threads);
  expect(spikeList(times, senders, staticCase.resolution)).toEqual(expected);
});
