// Compiled by `npm run typecheck`, never run: what Connect and Disconnect take.
import * as nest from '../../lib';

const E = nest.Create('iaf_psc_exp', 10);
const name = ['mine', 'stdp_synapse'].join();
const { normal, uniform } = nest.random;

// Models by name: built-in ones, variants, copies, and names known only at run time.
nest.Connect(E, E);
nest.Connect(E, E, 'all_to_all', 'stdp_synapse');
nest.Connect(E, E, 'all_to_all', 'stdp_synapse_hpc');
nest.Connect(E, E, 'all_to_all', 'mine');
nest.Connect(E, E, 'all_to_all', name);
nest.Connect(E, E, 'one_to_one', { synapse_model: name, anything: 3 });
nest.Connect(E, E, 'one_to_one', { synapse_model: 'mine', anything: 3 });

// Parameters of the model that is named, of static_synapse without a name.
nest.Connect(E, E, 'one_to_one', { weight: normal(20, 2), delay: 1.5, receptor_type: 0 });
nest.Connect(E, E, 'one_to_one', { synapse_model: 'stdp_synapse', tau_plus: [1, 2], lambda: 0.1 });
nest.Connect(E, E, 'one_to_one', { synapse_model: 'stdp_synapse_lbl', tau_plus: uniform(1, 2) });
nest.Connect(
  E,
  E,
  { rule: 'pairwise_bernoulli', p: 0.1 },
  { synapse_model: 'tsodyks_synapse', U: 1 },
);
nest.Connect(E, E, 'all_to_all', { weight: [[1, 2]], synapse_label: 3 });
nest.Connect(E, E, 'all_to_all', { weight: 2, weight_precision: 'single' });
nest.Connect(E, E, 'all_to_all', [{ weight: 2 }, 'stdp_synapse', { synapse_model: 'mine', c: 1 }]);
nest.Disconnect(E, E, 'one_to_one', 'mine');
nest.Disconnect(E, E, 'one_to_one', { synapse_model: name });
export const given: nest.SynSpec<'stdp_synapse'> = { synapse_model: 'stdp_synapse', alpha: 1 };
nest.Connect(E, E, 'one_to_one', given);

// @ts-expect-error: a parameter of another model than the default
nest.Connect(E, E, 'one_to_one', { tau_plus: 20 });
// @ts-expect-error: a parameter of another model
nest.Connect(E, E, 'one_to_one', { synapse_model: 'stdp_synapse', tau_c: 20 });
// @ts-expect-error: misspelt parameter
nest.Connect(E, E, 'one_to_one', { synapse_model: 'stdp_synapse', tau_pls: 20 });
// @ts-expect-error: misspelt parameter of a variant
nest.Connect(E, E, 'one_to_one', { synapse_model: 'stdp_synapse_hpc', tau_pls: 20 });
// @ts-expect-error: wrong type
nest.Connect(E, E, 'one_to_one', { synapse_model: 'stdp_synapse', tau_plus: 'long' });
// @ts-expect-error: wrong type
nest.Connect(E, E, 'one_to_one', { delay: true });
// @ts-expect-error: a state that can only be read
nest.Connect(E, E, 'one_to_one', { synapse_model: 'stdp_nn_restr_synapse', armed: 1 });
// @ts-expect-error: a value of the model
nest.Connect(E, E, 'one_to_one', { synapse_model: 'stdp_dopamine_synapse', tau_c: 20 });
nest.Connect(E, E, 'one_to_one', { synapse_model: 'static_synapse_hom_w', delay: 2 });
nest.Connect(E, E, 'all_to_all', { synapse_model: 'stdp_synapse', alpha: [[1, 2]], Wmax: null });
nest.Connect(E.get('global_id'), E.ids, 'one_to_one');
// @ts-expect-error: the weight is the model's
nest.Connect(E, E, 'one_to_one', { synapse_model: 'static_synapse_hom_w', weight: 2 });
// @ts-expect-error: neither single nor double
nest.Connect(E, E, 'one_to_one', { weight_precision: 'half' });
// @ts-expect-error: a model is a name
nest.Connect(E, E, 'one_to_one', { synapse_model: 3 });
// @ts-expect-error: a number is no model
nest.Connect(E, E, 'one_to_one', 3);
// @ts-expect-error: unknown rule
nest.Connect(E, E, 'some_to_some');
// @ts-expect-error: an option of no rule
nest.Connect(E, E, { rule: 'one_to_one', allow_autapse: true });
// @ts-expect-error: a parameter of another rule
nest.Connect(E, E, { rule: 'fixed_indegree', outdegree: 3 });
// @ts-expect-error: no rule
nest.Connect(E, E, { indegree: 3 });
// @ts-expect-error: names of nodes are no nodes
nest.Connect(E, ['iaf_psc_exp']);
// @ts-expect-error: wrong type in a list of specifications
nest.Connect(E, E, 'one_to_one', [{ weight: 'strong' }]);

// Lists: parameters of the model that each of them names.
const weights = [1, 2];
nest.Connect(E, E, 'one_to_one', [{ synapse_model: 'stdp_synapse', alpha: 2 }, { weight: 2 }]);
nest.Connect(E, E, 'one_to_one', [{ synapse_model: name, anything: 3 }, 'stdp_synapse']);
nest.Connect(
  E,
  E,
  'one_to_one',
  weights.map((weight) => ({ weight })),
);
nest.Connect(E, E, 'one_to_one', [given, { weight: 1 }]);
export const list: nest.SynSpecs = ['stdp_synapse', { synapse_model: 'mine', anything: 3 }];
nest.Connect(E, E, 'one_to_one', list);
// @ts-expect-error: misspelt parameter in a list
nest.Connect(E, E, 'one_to_one', ['mine', { weigth: 2 }]);
// @ts-expect-error: a parameter of another model than the default, in a list
nest.Connect(E, E, 'one_to_one', [{ weight: 2 }, { alpha: 2 }]);
// @ts-expect-error: a parameter of another model, in a list
nest.Connect(E, E, 'one_to_one', [{ synapse_model: 'tsodyks_synapse', alpha: 2 }, 'mine']);
// @ts-expect-error: a number is no model, in a list
nest.Connect(E, E, 'one_to_one', ['mine', 3]);
const asGiven: Parameters<typeof nest.Connect> = [E, E, 'one_to_one', { weight: [[1, 2]], c: 1 }];
nest.Connect(...asGiven);
