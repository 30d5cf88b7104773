// Compiled by `npm run typecheck`, never run: what the editor accepts and refuses.
import * as nest from '../../lib';

export const neurons = nest.Create('iaf_psc_exp', 800, {
  C_m: 300,
  tau_m: Array.from({ length: 800 }, (_, i) => 10 + i),
  V_th: new Float64Array(800),
  V_m: nest.random.uniform(-65, -55),
});
nest.Create('iaf_psc_exp', { C_m: 300 });
nest.Create('spike_generator', 2, { spike_times: [[1, 2], [3]] });
nest.Create('spike_generator', 1, { spike_times: [1, 2], precise_times: true });
nest.Create('multimeter', 1, { record_from: ['V_m'], interval: 0.1 });

// @ts-expect-error: misspelt parameter
nest.Create('iaf_psc_exp', 1, { C_n: 300 });
// @ts-expect-error: misspelt parameter, short form
nest.Create('iaf_psc_exp', { C_n: 300 });
// @ts-expect-error: wrong type
nest.Create('iaf_psc_exp', 1, { C_m: 'large' });
// @ts-expect-error: read only
nest.Create('iaf_psc_exp', 1, { t_spike: 3 });
// @ts-expect-error: a parameter of another model
nest.Create('parrot_neuron', 1, { V_th: 300 });
// @ts-expect-error: a number is not an array of times
nest.Create('spike_generator', 1, { spike_times: 3 });

// null stands for an infinity, where there is one.
const source = nest.Create('poisson_generator', 2, { rate: 8, stop: null });
source.stop = null;
source.stop = [null, 3];
source.set([{ stop: null }, { stop: Infinity }]);
nest.SetDefaults('iaf_psc_exp', { V_th: null });
nest.CopyModel('stdp_dopamine_synapse', 'unbounded', { Wmax: null });
nest.Create('my_generator', { stop: null });
export const end: Float64Array = source.stop;
// @ts-expect-error: a potential is finite
nest.Create('iaf_psc_exp', { V_m: null });
// @ts-expect-error: a potential is finite
nest.Create('iaf_psc_exp', 2, { V_m: [null, -60] });
// @ts-expect-error: no text is an infinity
nest.Create('poisson_generator', { stop: 'never' });

// Models made by CopyModel, and names known only at run time, take any parameter.
nest.CopyModel('iaf_psc_exp', 'my_neuron', { tau_m: 20 });
// @ts-expect-error: misspelt parameter of the model that is copied
nest.CopyModel('iaf_psc_exp', 'my_neuron', { tau_n: 20 });
nest.Create('my_neuron', 3, { anything: 4 });
export const create = (model: string): nest.NodeCollection => nest.Create(model, 2, { some: 4 });
nest.SetDefaults('iaf_psc_exp', { V_th: -50 });
// @ts-expect-error: misspelt parameter
nest.SetDefaults('iaf_psc_exp', { V_thr: -50 });

const recorder = nest.Create('spike_recorder');
nest.Connect(neurons, recorder);
nest.Connect(neurons, neurons, 'one_to_one', 'static_synapse');
nest.Connect(
  neurons,
  neurons,
  { rule: 'fixed_indegree', indegree: 80, allow_autapses: false },
  { weight: nest.random.normal(20, 2), delay: 1.5 },
);
nest.Connect(neurons, neurons, 'all_to_all', { synapse_model: 'static_synapse', weight: [[1, 2]] });
nest.Connect(neurons, neurons, { rule: 'pairwise_bernoulli', p: 0.1 }, { synapse_model: 'my_syn' });
nest.Connect([1, 2], Uint32Array.of(3, 3), 'one_to_one', { weight: [1, 2] });

nest.Disconnect(nest.GetConnections());
nest.Disconnect(nest.GetConnections().at(0));
nest.Disconnect(neurons, neurons);
nest.Disconnect([1, 2], neurons, { rule: 'all_to_all', allow_autapses: false }, 'stdp_synapse');
nest.Disconnect(neurons, neurons, 'one_to_one', { synapse_model: 'my_syn' });
// @ts-expect-error: a rule that draws
nest.Disconnect(neurons, neurons, { rule: 'fixed_indegree', indegree: 80 });
// @ts-expect-error: a collection of synapses says which
nest.Disconnect(nest.GetConnections(), 'one_to_one');
// @ts-expect-error: no targets
nest.Disconnect(neurons);
// @ts-expect-error: misspelt parameter of the default synapse
nest.Disconnect(neurons, neurons, 'one_to_one', { weigth: 3 });

// @ts-expect-error: fixed_indegree needs indegree
nest.Connect(neurons, neurons, { rule: 'fixed_indegree' });
// @ts-expect-error: unknown rule
nest.Connect(neurons, neurons, { rule: 'some_to_some' });
// @ts-expect-error: misspelt parameter of a built-in synapse
nest.Connect(neurons, neurons, 'all_to_all', { synapse_model: 'static_synapse', weigth: 3 });
// @ts-expect-error: misspelt parameter of the default synapse
nest.Connect(neurons, neurons, 'all_to_all', { weigth: 3 });
// @ts-expect-error: not nodes
nest.Connect('iaf_psc_exp', neurons);
// @ts-expect-error: misspelt criterion
nest.GetConnections({ sorce: neurons });
