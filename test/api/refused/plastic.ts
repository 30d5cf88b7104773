import { Kernel, random } from '../../../lib';
import { type Network, type RefusedCall, wrong } from './network';

/** Adds plastic synapses of two models: c, K+ and parameters of each can be set. */
function plastic(network: Network) {
  const { kernel, alpha, parrots } = network;
  const transmitter = kernel.Create('volume_transmitter');
  const weights = kernel.Create('weight_recorder');
  const bounds = { Wmin: 0, Wmax: 10, weight: 5 };
  kernel.CopyModel('stdp_dopamine_synapse', 'dopamine', {
    ...bounds,
    volume_transmitter: transmitter,
  });
  kernel.CopyModel('stdp_synapse', 'pairs', { weight: 5, weight_recorder: weights });
  kernel.Connect(parrots, alpha, 'all_to_all', { synapse_model: 'dopamine', weight: 3 });
  kernel.Connect(parrots, alpha, 'all_to_all', { synapse_model: 'pairs', weight: 3 });
  const connect = (synapse_model: string, synapse: object = {}) => {
    kernel.Connect(parrots, alpha, 'all_to_all', { synapse_model, ...synapse });
  };
  const dopamine = kernel.GetConnections({ synapse_model: 'dopamine' });
  const record_from = ['weight', 'c'];
  const sampler = kernel.Create('synapse_recorder', { record_from, connections: dopamine });
  const used = kernel.Create('synapse_recorder', { record_from, connections: dopamine });
  sampler.start = 1000;
  kernel.SimulateSync(1);
  return {
    ...network,
    transmitter,
    weights,
    connect,
    dopamine,
    pairs: kernel.GetConnections({ synapse_model: 'pairs' }),
    /** One that holds no samples yet, and one that does. */
    sampler,
    used,
  };
}

export type Plastic = ReturnType<typeof plastic>;
export { plastic as addPlastic };

export type RefusedPlasticCall = Omit<RefusedCall, 'call'> & {
  readonly call: (network: Plastic) => unknown;
};

export const calls: readonly RefusedPlasticCall[] = [
  {
    title: 'dopamine synapses without a transmitter',
    call: ({ connect }) => {
      connect('stdp_dopamine_synapse');
    },
    error: 'BadProperty',
    message:
      'No volume_transmitter has been assigned to stdp_dopamine_synapse; set it with SetDefaults or CopyModel.',
    fields: { model: 'stdp_dopamine_synapse', parameter: 'volume_transmitter' },
  },
  {
    title: 'neuromodulated synapses without a transmitter',
    call: ({ connect }) => {
      connect('neuromodulated_stdp_synapse');
    },
    error: 'BadProperty',
    message:
      'No volume_transmitter has been assigned to neuromodulated_stdp_synapse; set it with SetDefaults or CopyModel.',
    fields: { model: 'neuromodulated_stdp_synapse', parameter: 'volume_transmitter' },
  },
  {
    title: 'a transmitter of another kernel',
    call: ({ kernel }) => {
      kernel.SetDefaults('dopamine', {
        volume_transmitter: new Kernel().Create('volume_transmitter'),
      });
    },
    error: 'InvalidNodeCollection',
    message: 'These nodes belong to another kernel.',
    fields: { expected: 'nodes of this kernel', given: 'nodes of another kernel' },
  },
  {
    title: 'a neuron as transmitter',
    call: ({ kernel, parrots }) => {
      kernel.SetDefaults('stdp_dopamine_synapse', { volume_transmitter: parrots.at(0) });
    },
    error: 'BadProperty',
    message:
      "volume_transmitter of stdp_dopamine_synapse must be a volume_transmitter, got 'parrot_neuron'.",
    fields: {
      model: 'stdp_dopamine_synapse',
      parameter: 'volume_transmitter',
      value: 'parrot_neuron',
      allowed: 'a volume_transmitter',
    },
  },
  {
    title: 'two nodes as transmitter',
    call: ({ kernel, parrots }) => {
      kernel.SetDefaults('stdp_dopamine_synapse', { volume_transmitter: parrots });
    },
    error: 'BadProperty',
    message: 'volume_transmitter of stdp_dopamine_synapse must be a collection of one node, got 2.',
    fields: {
      model: 'stdp_dopamine_synapse',
      parameter: 'volume_transmitter',
      value: 2,
      allowed: 'a collection of one node',
    },
  },
  {
    title: 'a number as transmitter',
    call: ({ kernel }) => {
      kernel.SetDefaults('stdp_dopamine_synapse', wrong({ volume_transmitter: 3 }));
    },
    error: 'TypeMismatch',
    message:
      'volume_transmitter of stdp_dopamine_synapse must be a collection of one node, got a number.',
    fields: {
      parameter: 'volume_transmitter',
      expected: 'a collection of one node',
      given: 'a number',
      model: 'stdp_dopamine_synapse',
    },
  },
  {
    title: 'taking the transmitter from synapses',
    call: ({ kernel, alpha }) => {
      kernel.SetDefaults('dopamine', { volume_transmitter: alpha.slice(0, 0) });
    },
    error: 'BadProperty',
    message: 'dopamine has synapses, which need a volume_transmitter.',
    fields: { model: 'dopamine', parameter: 'volume_transmitter' },
  },
  {
    title: 'a weight and Wmax of different signs',
    call: ({ connect }) => {
      connect('pairs', { weight: -3, lambda: 0.1 });
    },
    error: 'BadProperty',
    message: 'weight of pairs must be of the sign of Wmax (100), got -3.',
    fields: {
      model: 'pairs',
      parameter: 'weight',
      value: -3,
      allowed: 'of the sign of Wmax (100)',
    },
  },
  {
    title: 'one weight and Wmax of different signs among many',
    call: ({ connect }) => {
      connect('pairs', { weight: [...Array<number>(19).fill(1), -3], Wmax: 8 });
    },
    error: 'BadProperty',
    message: 'weight of pairs must be of the sign of Wmax (8), got -3.',
    fields: { model: 'pairs', parameter: 'weight', value: -3, allowed: 'of the sign of Wmax (8)' },
  },
  {
    title: 'a default weight of another sign than Wmax',
    call: ({ kernel }) => {
      kernel.SetDefaults('pairs', { weight: -1 });
    },
    error: 'BadProperty',
    message: 'weight of pairs must be of the sign of Wmax (100), got -1.',
    fields: {
      model: 'pairs',
      parameter: 'weight',
      value: -1,
      allowed: 'of the sign of Wmax (100)',
    },
  },
  {
    title: 'a copy whose weight has another sign than Wmax',
    call: ({ kernel }) => {
      kernel.CopyModel('vogels_sprekeler_synapse', 'inhibitory', { Wmax: -30 });
    },
    error: 'BadProperty',
    message: 'weight of vogels_sprekeler_synapse must be of the sign of Wmax (-30), got 0.5.',
    fields: {
      model: 'vogels_sprekeler_synapse',
      parameter: 'weight',
      value: 0.5,
      allowed: 'of the sign of Wmax (-30)',
    },
  },
  {
    title: 'setting a weight of the other sign',
    call: ({ pairs }) => {
      pairs.set({ weight: -1 });
    },
    error: 'BadProperty',
    message: 'weight of pairs must be of the sign of Wmax (100), got -1.',
    fields: {
      model: 'pairs',
      parameter: 'weight',
      value: -1,
      allowed: 'of the sign of Wmax (100)',
    },
  },
  {
    title: 'setting a Wmax of the other sign',
    call: ({ pairs }) => {
      pairs.set({ Wmax: -1 });
    },
    error: 'BadProperty',
    message: 'Wmax of pairs must be of the sign of the weight (3), got -1.',
    fields: {
      model: 'pairs',
      parameter: 'Wmax',
      value: -1,
      allowed: 'of the sign of the weight (3)',
    },
  },
  {
    title: 'a common parameter in Connect',
    call: ({ connect }) => {
      connect('dopamine', { A_plus: 2 });
    },
    error: 'NotImplemented',
    message:
      'A_plus of dopamine belongs to the model; set it with SetDefaults or CopyModel, not in Connect.',
    fields: { model: 'dopamine', parameter: 'A_plus' },
  },
  {
    title: 'a transmitter in Connect',
    call: ({ connect, transmitter }) => {
      connect('dopamine', { volume_transmitter: transmitter });
    },
    error: 'NotImplemented',
    message:
      'volume_transmitter of dopamine belongs to the model; set it with SetDefaults or CopyModel, not in Connect.',
    fields: { model: 'dopamine', parameter: 'volume_transmitter' },
  },
  {
    title: 'dopamine in Connect that other synapses do not have',
    call: ({ connect }) => {
      connect('dopamine', { n: 2 });
    },
    error: 'BadProperty',
    message:
      'n of dopamine must be that of all its synapses (0), or set for all of them at once, got 2.',
    fields: { model: 'dopamine', parameter: 'n', value: 2 },
  },
  {
    title: 'setting a common parameter of synapses',
    call: ({ dopamine }) => {
      dopamine.set({ tau_c: 2 });
    },
    error: 'UnaccessedDictionaryEntry',
    message: 'tau_c of dopamine belongs to the model; set it with SetDefaults.',
    fields: { model: 'dopamine', parameter: 'tau_c' },
  },
  {
    title: 'setting the dopamine of some synapses',
    call: ({ dopamine }) => {
      dopamine.slice(0, 3).set({ n: 2 });
    },
    error: 'BadProperty',
    message:
      'n of dopamine must be that of all its synapses (0), or set for all of them at once, got 2.',
    fields: { model: 'dopamine', parameter: 'n', value: 2 },
  },
  {
    title: 'a generator through a plastic synapse',
    call: ({ kernel, noise, alpha }) => {
      kernel.Connect(noise, alpha, 'all_to_all', { synapse_model: 'dopamine' });
    },
    error: 'IllegalConnection',
    message:
      'dopamine connects neurons only, not poisson_generator to iaf_psc_alpha; put a parrot_neuron in between.',
    fields: { model: 'dopamine' },
  },
  {
    title: 'a plastic synapse onto a recorder',
    call: ({ kernel, parrots, recorder }) => {
      kernel.Connect(parrots, recorder, 'all_to_all', { synapse_model: 'pairs' });
    },
    error: 'IllegalConnection',
    message: 'pairs connects neurons only, not parrot_neuron to spike_recorder.',
    fields: { model: 'pairs' },
  },
  {
    title: 'a plastic synapse onto a transmitter',
    call: ({ kernel, parrots, transmitter }) => {
      kernel.Connect(parrots, transmitter, 'all_to_all', { synapse_model: 'pairs' });
    },
    error: 'IllegalConnection',
    message: 'pairs connects neurons only, not parrot_neuron to volume_transmitter.',
    fields: { model: 'pairs' },
  },
  {
    title: 'a negative trace in Connect',
    call: ({ connect }) => {
      connect('dopamine', { Kplus: -1 });
    },
    error: 'BadProperty',
    message: 'Kplus of dopamine must be finite and ≥ 0, got -1.',
    fields: { model: 'dopamine', parameter: 'Kplus', value: -1, allowed: 'finite and ≥ 0' },
  },
  {
    title: 'a negative trace that is drawn',
    call: ({ connect }) => {
      connect('dopamine', { Kplus: random.uniform(-2, -1) });
    },
    error: 'BadProperty',
    message: /^Kplus of dopamine must be finite and ≥ 0, got -1\.\d+\.$/,
    fields: { model: 'dopamine', parameter: 'Kplus', allowed: 'finite and ≥ 0' },
  },
  {
    title: 'setting one negative trace',
    call: ({ dopamine }) => {
      dopamine.set({ Kplus: [...Array<number>(19).fill(1), -1] });
    },
    error: 'BadProperty',
    message: 'Kplus of dopamine must be finite and ≥ 0, got -1.',
    fields: { model: 'dopamine', parameter: 'Kplus', value: -1, allowed: 'finite and ≥ 0' },
  },
  {
    title: 'a trace of NaN',
    call: ({ dopamine }) => {
      dopamine.set({ Kplus: NaN });
    },
    error: 'BadProperty',
    message: 'Kplus must be a number, got NaN.',
    fields: { parameter: 'Kplus', value: NaN, allowed: 'a number' },
  },
  {
    title: 'a weight of NaN',
    call: ({ dopamine }) => {
      dopamine.set({ weight: NaN });
    },
    error: 'BadProperty',
    message: 'weight must be a number, got NaN.',
    fields: { parameter: 'weight', value: NaN, allowed: 'a number' },
  },
  {
    title: 'an eligibility of NaN',
    call: ({ connect }) => {
      connect('dopamine', { c: NaN });
    },
    error: 'BadProperty',
    message: 'c of dopamine must be a number, got NaN.',
    fields: { model: 'dopamine', parameter: 'c', value: NaN, allowed: 'a number' },
  },
  {
    title: 'an infinite eligibility',
    call: ({ dopamine }) => {
      dopamine.set({ c: Infinity });
    },
    error: 'BadProperty',
    message: 'c must be a finite number, got Infinity.',
    fields: { parameter: 'c', value: Infinity, allowed: 'a finite number' },
  },
  {
    title: 'a time constant of 0',
    call: ({ kernel }) => {
      kernel.SetDefaults('dopamine', { tau_c: 0 });
    },
    error: 'BadProperty',
    message: 'tau_c of dopamine must be finite and > 0, got 0.',
    fields: { model: 'dopamine', parameter: 'tau_c', value: 0, allowed: 'finite and > 0' },
  },
  {
    title: 'a time constant of NaN',
    call: ({ kernel }) => {
      kernel.SetDefaults('dopamine', { tau_n: NaN });
    },
    error: 'BadProperty',
    message: 'tau_n of dopamine must be finite and > 0, got NaN.',
    fields: { model: 'dopamine', parameter: 'tau_n', value: NaN, allowed: 'finite and > 0' },
  },
  {
    title: 'Wmin above Wmax',
    call: ({ kernel }) => {
      kernel.SetDefaults('dopamine', { Wmin: 20 });
    },
    error: 'BadProperty',
    message: 'Wmin of dopamine must be ≤ Wmax (10), got 20.',
    fields: { model: 'dopamine', parameter: 'Wmin', value: 20, allowed: '≤ Wmax (10)' },
  },
  {
    title: 'a misspelt default',
    call: ({ kernel }) => {
      kernel.SetDefaults('dopamine', { A_pluss: 20 });
    },
    error: 'UnaccessedDictionaryEntry',
    message: "dopamine has no default 'A_pluss'; did you mean 'A_plus'?",
    fields: { parameter: 'A_pluss', suggestion: 'A_plus', model: 'dopamine' },
  },
  {
    title: 'a misspelt parameter',
    call: ({ connect }) => {
      connect('dopamine', { Kpluss: 1 });
    },
    error: 'UnaccessedDictionaryEntry',
    message: "dopamine has no parameter 'Kpluss'; did you mean 'Kplus'?",
    fields: { parameter: 'Kpluss', suggestion: 'Kplus', model: 'dopamine' },
  },
  {
    title: 'a weight_recorder as source',
    call: ({ kernel, weights, alpha }) => {
      kernel.Connect(weights, alpha);
    },
    error: 'IllegalConnection',
    message:
      'A weight_recorder is not connected: give it to a synapse model, CopyModel(model, name, { weight_recorder }).',
    fields: { model: 'weight_recorder' },
  },
  {
    title: 'a weight_recorder as target',
    call: ({ kernel, weights, alpha }) => {
      kernel.Connect(alpha, weights);
    },
    error: 'IllegalConnection',
    message:
      'A weight_recorder is not connected: give it to a synapse model, CopyModel(model, name, { weight_recorder }).',
    fields: { model: 'weight_recorder' },
  },
  {
    title: 'a spike_recorder for weights',
    call: ({ kernel, recorder }) => {
      kernel.SetDefaults('pairs', { weight_recorder: recorder });
    },
    error: 'BadProperty',
    message: "weight_recorder of pairs must be a weight_recorder, got 'spike_recorder'.",
    fields: {
      model: 'pairs',
      parameter: 'weight_recorder',
      value: 'spike_recorder',
      allowed: 'a weight_recorder',
    },
  },
  {
    title: 'a weight_recorder in Connect',
    call: ({ connect, weights }) => {
      connect('pairs', { weight_recorder: weights });
    },
    error: 'NotImplemented',
    message:
      'weight_recorder of pairs belongs to the model; set it with SetDefaults or CopyModel, not in Connect.',
    fields: { model: 'pairs', parameter: 'weight_recorder' },
  },
  {
    title: 'a generator to a transmitter',
    call: ({ kernel, noise, transmitter }) => {
      kernel.Connect(noise, transmitter);
    },
    error: 'IllegalConnection',
    message:
      'poisson_generator cannot drive a volume_transmitter directly; put a parrot_neuron in between.',
    fields: { model: 'poisson_generator' },
  },
  {
    title: 'currents to a transmitter',
    call: ({ kernel, dc, transmitter }) => {
      kernel.Connect(dc, transmitter);
    },
    error: 'IllegalConnection',
    message: 'volume_transmitter receives spikes of neurons only.',
    fields: { model: 'dc_generator' },
  },
  {
    title: 'a multimeter of a transmitter',
    call: ({ kernel, meter, transmitter }) => {
      kernel.Connect(meter, transmitter);
    },
    error: 'IllegalConnection',
    message: 'volume_transmitter receives spikes of neurons only.',
    fields: { model: 'multimeter' },
  },
  {
    title: 'a transmitter as source',
    call: ({ kernel, transmitter, alpha }) => {
      kernel.Connect(transmitter, alpha);
    },
    error: 'IllegalConnection',
    message: 'volume_transmitter sends no spikes; bind synapses to it through their model.',
    fields: { model: 'volume_transmitter' },
  },
  {
    title: 'a release probability above 1',
    call: ({ connect }) => {
      connect('tsodyks_synapse', { U: 1.5 });
    },
    error: 'BadProperty',
    message: 'U of tsodyks_synapse must be in [0, 1], got 1.5.',
    fields: { model: 'tsodyks_synapse', parameter: 'U', value: 1.5, allowed: 'in [0, 1]' },
  },
  {
    title: 'more resources than there are',
    call: ({ connect }) => {
      connect('tsodyks_synapse', { x: 0.7, y: 0.5 });
    },
    error: 'BadProperty',
    message: 'x of tsodyks_synapse must be ≤ 1 − y (0.5), got 0.7.',
    fields: { model: 'tsodyks_synapse', parameter: 'x', value: 0.7, allowed: '≤ 1 − y (0.5)' },
  },
  {
    title: 'fewer values than synapses',
    call: ({ dopamine }) => {
      dopamine.set({ c: [1, 2] });
    },
    error: 'DimensionMismatch',
    message: 'c needs one value or 20, one a synapse; got 2.',
    fields: { parameter: 'c', expected: 20, given: 2 },
  },
];
