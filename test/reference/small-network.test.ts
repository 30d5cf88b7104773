// A recurrent network with listed synapses and input: every spike as NEST computed it.
import { Kernel } from '../../lib';
import { column, recordSpikes, toSteps, worst } from './compare';
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
  const weights = kernel.Create('weight_recorder');
  if (c.dopa_generator_times) {
    const dopamine = kernel.Create('spike_generator', { spike_times: c.dopa_generator_times });
    const relay = kernel.Create('parrot_neuron');
    const volume_transmitter = kernel.Create('volume_transmitter');
    kernel.Connect(dopamine, relay, 'all_to_all', { delay: 1 });
    kernel.Connect(relay, volume_transmitter, 'all_to_all', { delay: 1 });
    kernel.CopyModel(c.ee_model, 'ee', { ...c.ee_params, volume_transmitter });
  } else {
    kernel.CopyModel(c.ee_model, 'ee', c.ee_params);
  }
  if (c.ee_model !== 'static_synapse') kernel.SetDefaults('ee', { weight_recorder: weights });
  for (const synapses of [c.ee, c.ei, c.ie, c.ii]) {
    const of = (k: 0 | 1 | 2 | 3) => synapses.map((s: Synapse) => s[k]);
    kernel.Connect(of(0), of(1), 'one_to_one', {
      synapse_model: synapses === c.ee ? 'ee' : 'static_synapse',
      weight: of(2),
      delay: of(3),
    });
  }
  const spikes = recordSpikes(kernel, neurons);
  kernel.SimulateSync(c.sim_time);
  return { spikes: spikes.events, weights };
}

/** (step, sender) of every spike, ascending. */
function spikeList(times: ArrayLike<number>, senders: ArrayLike<number>, resolution: number) {
  const steps = toSteps(times, resolution);
  return steps
    .map((step, i) => [step, senders[i] ?? NaN] as const)
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}

const pairOf = (source: number, target: number) => `${source} → ${target}`;

describe.each(networkCases().map((c) => [c.ee_model, c] as const))('%s', (_, c) => {
  test.each([1, 2, 3])('every spike, and the last weights sent, %d threads', (threads) => {
    const expected = spikeList(c.spikes.times, c.spikes.senders, c.resolution);
    expect(expected.length).toBeGreaterThan(300);
    const { spikes, weights } = simulate(c, threads);
    expect(spikeList(spikes.times, spikes.senders, c.resolution)).toEqual(expected);
    if (c.ee_model === 'static_synapse') return;

    const last = new Map(c.ee.map(([source, target, weight]) => [pairOf(source, target), weight]));
    const [sent, targets] = [column(weights, 'weights'), column(weights, 'targets')];
    weights.events.senders.forEach((sender, i) => {
      last.set(pairOf(sender, targets[i] ?? NaN), sent[i] ?? NaN);
    });
    const final = c.final_ee.map(([source, target]) => last.get(pairOf(source, target)) ?? NaN);
    const recorded = c.final_ee.map(([, , weight]) => weight);
    const initial = new Map(c.ee.map(([s, t, w]) => [pairOf(s, t), w]));
    const changed = c.final_ee.filter(([s, t, w]) => w !== initial.get(pairOf(s, t)));
    expect(changed.length).toBeGreaterThan(300);
    expect(worst(final, recorded).error).toBeLessThanOrEqual(1e-10);
  });
});
