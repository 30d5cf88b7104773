// Each neuron in a network of its own, as NEST computed it: spikes equal, states step by step.
import { Kernel } from '../../lib';
import { column, recordSpikes, sampleEveryStep, toSteps, worst } from './compare';
import { type NeuronCase, neuronCases } from './data';

/** Models integrated by the same adaptive solver as NEST's; the others are exact. */
const adaptive = new Set(['iaf_cond_exp', 'iaf_cond_alpha', 'aeif_cond_exp']);

/** What NEST reads back of every neuron and this package does not have. */
const notParameters = new Set(['archiver_length', 'synaptic_elements']);

const named = neuronCases().map((c) => ({ name: `${c.model}, ${c.case}, ${c.resolution} ms`, c }));

/** The case's network, simulated. */
function simulate(c: NeuronCase) {
  const kernel = new Kernel();
  kernel.SetKernelStatus({ resolution: c.resolution });
  const neuron = kernel.Create(c.model, c.params_set);
  const read = { ...neuron.get() };
  const excitation = kernel.Create('spike_generator', { spike_times: c.exc_spike_times });
  const inhibition = kernel.Create('spike_generator', { spike_times: c.inh_spike_times });
  const { delay, ...current } = c.dc;
  const dc = kernel.Create('dc_generator', current);
  kernel.Connect(excitation, neuron, 'all_to_all', { weight: c.exc_weight, delay: c.exc_delay });
  kernel.Connect(inhibition, neuron, 'all_to_all', { weight: c.inh_weight, delay: c.inh_delay });
  kernel.Connect(dc, neuron, 'all_to_all', { delay });
  const meter = sampleEveryStep(kernel, neuron, Object.keys(c.recorded));
  const spikes = recordSpikes(kernel, neuron);
  kernel.SimulateSync(c.sim_time);
  return { read, meter, spikes };
}

test('all seven models are there, each with two parameter sets at two resolutions', () => {
  expect(new Set(named.map(({ name }) => name)).size).toBe(28);
  expect(new Set(named.map(({ c }) => c.model)).size).toBe(7);
  // Not a comparison of silence: NEST's neurons fire in most cases.
  expect(named.filter(({ c }) => c.spikes.length > 0).length).toBeGreaterThan(18);
});

test.each(named)('$name', ({ c }) => {
  const { read, meter, spikes } = simulate(c);
  for (const [key, value] of Object.entries(c.params_all)) {
    if (notParameters.has(key) || !(key in read)) continue;
    expect([key, read[key]]).toEqual([key, value]);
  }
  expect(toSteps(spikes.events.times, c.resolution)).toEqual(toSteps(c.spikes, c.resolution));
  const tolerance = adaptive.has(c.model) ? 1e-6 : 1e-9;
  for (const [name, expected] of Object.entries(c.recorded)) {
    const { error, at } = worst(column(meter, name), expected);
    expect({ name, at, within: error <= tolerance || error }).toEqual({ name, at, within: true });
  }
});
