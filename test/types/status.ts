// Compiled by `npm run typecheck`, never run: values of models, collections and the kernel by name.
import * as nest from '../../lib';

const neurons = nest.Create('iaf_psc_exp', 10);
const some: nest.NodeCollection = neurons;
const name = ['V_m', 'mine'].join();

// Defaults of built-in models.
export const threshold: number = nest.GetDefaults('iaf_psc_exp', 'V_th');
export const spikeTimes: Float64Array = nest.GetDefaults('spike_generator').spike_times;
export const few: { tau_c: number; weight: number } = nest.GetDefaults('stdp_dopamine_synapse', [
  'tau_c',
  'weight',
]);
export const transmitter: Uint32Array = nest.GetDefaults('stdp_dopamine_synapse').vt;
export const recordables: string[] = nest.GetDefaults('iaf_psc_exp', 'recordables');
export const recorded: string[] = nest.GetDefaults('stdp_synapse_hpc').recordables;
export const element: string = nest.GetDefaults('multimeter', 'element_type');
nest.SetDefaults('iaf_psc_exp', { V_th: -50, V_m: nest.random.uniform(-65, -60) });
nest.SetDefaults('stdp_dopamine_synapse', { volume_transmitter: some, tau_c: 200, weight: 3 });
nest.SetDefaults('multimeter', { record_from: ['V_m'] });
// @ts-expect-error: misspelt parameter
nest.GetDefaults('iaf_psc_exp', 'V_thr');
// @ts-expect-error: misspelt parameter
void nest.GetDefaults('iaf_psc_exp').V_thr;
// @ts-expect-error: a parameter of another model
nest.GetDefaults('parrot_neuron', ['V_th']);
// @ts-expect-error: what a single node has
nest.GetDefaults('iaf_psc_exp', 'global_id');
// @ts-expect-error: a model has no events
void nest.GetDefaults('multimeter').events;
// @ts-expect-error: a number is not a text
export const notText: string = nest.GetDefaults('iaf_psc_exp', 'V_th');
// @ts-expect-error: misspelt parameter
nest.SetDefaults('iaf_psc_exp', { V_thr: -50 });
// @ts-expect-error: wrong type
nest.SetDefaults('iaf_psc_exp', { V_th: 'low' });
// @ts-expect-error: read only
nest.SetDefaults('iaf_psc_exp', { t_spike: 3 });
// @ts-expect-error: a transmitter is a collection of nodes
nest.SetDefaults('stdp_dopamine_synapse', { volume_transmitter: 'vt' });
// @ts-expect-error: nothing is called that
nest.SetDefaults('multimeter', { record_from: ['V_n'] });
// @ts-expect-error: wrong type of a value of the model that is copied
nest.CopyModel('stdp_synapse', 'mine', { tau_plus: 'long' });

// Copies, and names known only at run time.
nest.CopyModel('stdp_synapse', 'mine', { tau_plus: 20, weight: 3 });
export const ofCopy: nest.AnyValue | undefined = nest.GetDefaults('mine', 'tau_plus');
export const ofAny: nest.AnyValue | undefined = nest.GetDefaults(name)[name];
nest.SetDefaults('mine', { anything: 3 });
nest.SetDefaults(name, { anything: 3 });

// Collections.
export const potentials: Float64Array = nest.GetStatus(neurons, 'V_m');
export const potential: number = nest.GetStatus(neurons.at(0), 'V_m');
export const both: { V_m: Float64Array; model: string[] } = nest.GetStatus(neurons, [
  'V_m',
  'model',
]);
export const whole: Float64Array = nest.GetStatus(neurons).C_m;
const stdp = nest.GetConnections({ synapse_model: 'stdp_synapse' });
export const tau: Float64Array = nest.GetStatus(stdp, 'tau_plus');
export const ofUnknown: nest.AnyValue | undefined = nest.GetStatus(some, name);
nest.SetStatus(neurons, { V_m: [1, 2, 3], C_m: 200 });
nest.SetStatus(neurons, [{ V_m: 1 }, { C_m: 2 }]);
nest.SetStatus(stdp, { tau_plus: 10, delay: 2 });
nest.SetStatus(some, { anything: 3 });
nest.SetStatus(nest.GetConnections(), { c: 0.5 });
// @ts-expect-error: misspelt parameter
nest.GetStatus(neurons, 'V_n');
// @ts-expect-error: misspelt parameter
nest.GetStatus(neurons, ['V_m', 'V_n']);
// @ts-expect-error: a column of another rule
nest.GetStatus(stdp, 'tau_c');
// @ts-expect-error: a column is not a number
export const notNumber: number = nest.GetStatus(neurons, 'V_m');
// @ts-expect-error: misspelt parameter
nest.SetStatus(neurons, { V_n: 3 });
// @ts-expect-error: wrong type
nest.SetStatus(neurons, { V_m: 'low' });
// @ts-expect-error: read only
nest.SetStatus(neurons, { global_id: 3 });
// @ts-expect-error: misspelt parameter, in an object for each node
nest.SetStatus(neurons, [{ V_m: 1 }, { V_n: 2 }]);
// @ts-expect-error: a column of another rule
nest.SetStatus(stdp, { tau_c: 3 });
// @ts-expect-error: synapses keep their sources
nest.SetStatus(stdp, { source: 3 });
// @ts-expect-error: IDs are no collection
nest.GetStatus([1, 2], 'V_m');
// @ts-expect-error: read only
neurons.set({ t_spike: 3 });
// @ts-expect-error: wrong type
neurons.set({ V_m: true });
// @ts-expect-error: read only
neurons.post_trace = 3;

// Nodes of a copy, and of any model, have what all nodes have, and names known only at run time.
nest.CopyModel('iaf_psc_exp', 'cell');
const cells = nest.Create('cell', 3);
export const ids: Float64Array = cells.global_id;
export const anything: nest.AnyValue | undefined = cells.V_m;
export const got: nest.AnyValue | undefined = cells.get('V_m');
export const elements: string | string[] = some.element_type;
export const nodes: nest.NodeCollection[] = [cells, cells.at(0), some, neurons.concat(cells)];
nest.Connect(cells, cells.slice(0, 1));
// @ts-expect-error: the model is not known, nor what it has
void some.V_m;

// The kernel.
const kernel = new nest.Kernel();
export const resolution: number = kernel.get('resolution');
export const [seed, models]: [number, string[]] = nest.GetKernelStatus(['rng_seed', 'node_models']);
export const prepared: boolean = nest.GetKernelStatus().prepared;
export const threads: number = kernel.local_num_threads;
kernel.set({ rng_seed: 3, print_time: true });
kernel.overwrite_files = true;
// @ts-expect-error: misspelt attribute
kernel.get('resolutoin');
// @ts-expect-error: misspelt attribute
nest.GetKernelStatus(['rng_seed', 'resolutoin']);
// @ts-expect-error: misspelt attribute
void nest.GetKernelStatus().resolutoin;
// @ts-expect-error: a number is not a text
export const notTextOfKernel: string = nest.GetKernelStatus('resolution');
// @ts-expect-error: read only
nest.SetKernelStatus({ network_size: 3 });
// @ts-expect-error: wrong type
kernel.set({ rng_seed: '3' });
// @ts-expect-error: misspelt attribute
kernel.set({ rng_sed: 3 });
// @ts-expect-error: not one of the names
nest.SetKernelStatus({ weight_precision: 'half' });
// @ts-expect-error: read only
kernel.network_size = 3;
// @ts-expect-error: misspelt attribute
kernel.rng_sed = 3;
