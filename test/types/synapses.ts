// Compiled by `npm run typecheck`, never run: synapses have the columns of their model.
import * as nest from '../../lib';

const name = ['mine', 'stdp_synapse'].join();

// Of a model that is written out: its columns, and no others.
const stdp = nest.GetConnections({ synapse_model: 'stdp_synapse' });
export const tau: Float64Array = stdp.tau_plus;
export const sameTau: Float64Array = stdp.get('tau_plus');
export const trace: number = stdp.at(0).Kplus;
export const ofPart: Float64Array = stdp.slice(0, 2).lambda;
export const ofPicked: Float64Array = stdp.pick([1, 0]).get('lambda');
export const both: { Wmax: Float64Array; weight: Float64Array } = stdp.get(['Wmax', 'weight']);
export const sources: Uint32Array = stdp.source;
export const models: string[] = stdp.get('synapse_model');
export const ids: Float64Array = stdp.synapse_id;
stdp.weight = nest.random.uniform(1, 2);
stdp.Kplus = 0;
stdp.set({ alpha: [1, 2], delay: 2, mu_plus: 0 });
stdp.set([{ alpha: 1 }, { weight: 2 }]);
for (const synapse of stdp) synapse.Wmax = 2 * synapse.weight;
// @ts-expect-error: an eligibility trace is of other models
void stdp.c;
// @ts-expect-error: of one synapse, too
void stdp.at(0).c;
// @ts-expect-error: an eligibility trace is of other models
stdp.get('c');
// @ts-expect-error: an eligibility trace is of other models
stdp.get(['weight', 'c']);
// @ts-expect-error: misspelt column
stdp.get('wieght');
// @ts-expect-error: a column of another model
stdp.set({ tau_c: 3 });
// @ts-expect-error: a column of another model, in an object for each synapse
stdp.set([{ weight: 1 }, { u: 0.5 }]);
// @ts-expect-error: a text is no weight
stdp.set({ weight: 'strong' });
// @ts-expect-error: a text is no weight
stdp.weight = 'strong';
// @ts-expect-error: targets stay what they are
stdp.target = 3;
// @ts-expect-error: a column is not a number
export const notNumber: number = stdp.weight;

// Values of the model are columns that cannot be set; nodes that it is bound to are none.
const dopamine = nest.GetConnections({ synapse_model: 'stdp_dopamine_synapse' });
export const concentration: Float64Array = dopamine.n;
export const decay: Float64Array = dopamine.tau_c;
export const amplitude: number = dopamine.at(0).get('A_plus');
dopamine.c = 0;
// @ts-expect-error: tau_c is one value for the model
dopamine.tau_c = 3;
// @ts-expect-error: tau_c is one value for the model
dopamine.set({ tau_c: 3 });
// @ts-expect-error: the transmitter is the model's
void dopamine.volume_transmitter;
const homogeneous = nest.GetConnections({ synapse_model: 'static_synapse_hom_w' });
export const oneWeight: Float64Array = homogeneous.weight;
// @ts-expect-error: the weight is one value for the model
homogeneous.weight = 3;
// @ts-expect-error: a state that can only be read
nest.GetConnections({ synapse_model: 'stdp_nn_restr_synapse' }).armed = 1;
export const variant: Float64Array = nest.GetConnections({
  synapse_model: 'stdp_synapse_hpc',
}).lambda;
// @ts-expect-error: a variant has what its model has
void nest.GetConnections({ synapse_model: 'stdp_synapse_lbl' }).c;

// Of any model, of a copy, and of a name known only at run time: whatever a model has.
const all = nest.GetConnections();
export const c: Float64Array = all.c;
export const ofAll: Float64Array = nest.GetConnections({ synapse_label: 3 }).tau_plus;
export const oneOfAll: number = all.at(0).u;
all.c = [1, 2];
all.set({ c: 0.5, anything: 3 });
export const byName: nest.AnyValue | undefined = all.get(name);
nest.CopyModel('stdp_synapse', 'mine', { tau_plus: 20 });
const mine = nest.GetConnections({ synapse_model: 'mine' });
export const ofCopy: Float64Array = mine.tau_plus;
export const ofUnknown: Float64Array = nest.GetConnections({ synapse_model: name }).c;
export const found = async (): Promise<Float64Array> =>
  (await nest.GetConnectionsAsync({ synapse_model: 'tsodyks2_synapse' })).u;
// @ts-expect-error: no model has such a column
void all.wieght;
// @ts-expect-error: no model has such a column
void mine.c_plus;
// @ts-expect-error: sources stay what they are
all.source = 3;
// @ts-expect-error: a model's name is a text
nest.GetConnections({ synapse_model: 3 });
// @ts-expect-error: misspelt criterion
nest.GetConnections({ synapse_modle: 'stdp_synapse' });

// Any of them is a SynapseCollection.
const strongest = (synapses: nest.SynapseCollection<string, true>): number =>
  Math.max(...synapses.weight, ...synapses.get('delay'));
export const strengths: number[] = [stdp, dopamine, homogeneous, all, mine].map(strongest);
export const collections: nest.SynapseCollection[] = [stdp, dopamine.at(0), all, mine.slice(0, 1)];
export const own: nest.SynapseCollection<'stdp_synapse', true> = stdp;
export const other: nest.AnyValue | undefined = collections[0]?.get(name);
// @ts-expect-error: synapses of another model
export const notOwn: nest.SynapseCollection<'stdp_synapse', true> = dopamine;
// @ts-expect-error: one is not several
export const notSeveral: nest.SynapseCollection<'stdp_synapse', true> = stdp.at(0);
nest.Disconnect(stdp);
nest.Create('synapse_recorder', { connections: stdp, record_from: ['weight'] });
