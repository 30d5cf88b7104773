// Compiled by `npm run typecheck`, never run: events have the columns that a recorder records.
import * as nest from '../../lib';

const names: string[] = ['V_m'];

// Names that are written out are columns, and no others are.
const meter = nest.Create('multimeter', 1, { record_from: ['V_m', 'w'], interval: 0.1 });
export const potential: Float64Array = meter.events.V_m;
export const adaptation: Float64Array = meter.events.w;
export const times: Float64Array = meter.events.times;
export const senders: Uint32Array = meter.events.senders;
export const offsets: Float64Array | undefined = meter.events.offsets;
export const short: Float64Array = nest.Create('multimeter', { record_from: ['I'] }).events.I;
export const conductance: Float64Array = nest.Create('multimeter', { record_from: ['g_2'] }).events
  .g_2;
// @ts-expect-error: nothing is called that
void meter.events.V_n;
// @ts-expect-error: it is not recorded
void meter.events.I_syn_ex;
// @ts-expect-error: a multimeter records no weights
void meter.events.weights;
// @ts-expect-error: nothing is called that
nest.Create('multimeter', 1, { record_from: ['V_m', 'V_n'] });
// @ts-expect-error: nothing is called that, in the short form
nest.Create('multimeter', { record_from: ['V_n'] });
// @ts-expect-error: states of synapses are for a synapse_recorder
nest.Create('multimeter', { record_from: ['Kplus'] });
// @ts-expect-error: names, not one name
nest.Create('multimeter', { record_from: 'V_m' });
// @ts-expect-error: misspelt parameter
nest.Create('multimeter', { record_form: ['V_m'] });
// @ts-expect-error: events are read only
meter.events = told.events;

// Several, parts of them, and streams.
const meters = nest.Create('multimeter', names.length, { record_from: ['V_m'] });
export const ofOne: Float64Array = meters.at(0).events.V_m;
export const ofPart: Float64Array = meters.slice(0, 2).at(1).events.V_m;
export const ofSome: Float64Array | undefined = meters.events[0]?.V_m;
export const read = async (): Promise<void> => {
  for await (const batch of meter.stream()) batch.w.fill(batch.times.length);
  // @ts-expect-error: it is not recorded
  for await (const batch of meter.stream()) void batch.I;
};
// @ts-expect-error: several recorders have events each
void meters.events.V_m;

// A program can name what can be recorded.
const quantities: nest.NodeRecordable[] = ['V_m', 'w'];
const these = nest.Create('multimeter', { record_from: quantities });
export const ofThese: Float64Array | undefined = these.events.w;
const columns: nest.SynapseRecordable[] = ['weight'];
nest.Create('synapse_recorder', { record_from: columns });

// Names known only at run time: any may be asked for.
const some = nest.Create('multimeter', 1, { record_from: names });
export const byName: Float64Array | undefined = some.events[names.join()];
export const perhaps: Float64Array | undefined = some.events.V_m;
nest.Create('multimeter', 2, [{ record_from: ['V_m'] }, { record_from: ['w'], interval: 2 }]);
// @ts-expect-error: all have the same list, or an object each
nest.Create('multimeter', 2, { record_from: [['V_m'], ['w', 'Ca']] });
// @ts-expect-error: nothing is called that, in an object for each node
nest.Create('multimeter', 2, [{ record_from: ['V_n'] }]);

// No names: each may be there.
const told = nest.Create('multimeter');
told.record_from = ['V_m', 'I_syn_ex'];
told.set({ record_from: ['U_m'] });
export const later: Float64Array | undefined = told.events.U_m;
// @ts-expect-error: it may not be recorded
export const notCertain: Float64Array = told.events.U_m;
// @ts-expect-error: nothing is called that
void told.events.V_n;
// @ts-expect-error: nothing is called that
told.record_from = ['V_n'];
// @ts-expect-error: nothing is called that
told.set({ record_from: ['V_n'] });

// Recorders that need no names.
export const volts: Float64Array = nest.Create('voltmeter').events.V_m;
export const spikes: Uint32Array = nest.Create('spike_recorder').events.senders;
const { weights, targets, receptors, ports } = nest.Create('weight_recorder').events;
export const transmitted: Float64Array[] = [weights, targets, receptors, ports];
const synapses = nest.Create('synapse_recorder', 1, { record_from: ['weight', 'c'] });
export const traces: Float64Array[] = [synapses.events.c, synapses.events.targets];
export const strength: Float64Array = nest.Create('synapse_recorder').events.weight;
// @ts-expect-error: a spike_recorder records no potentials
void nest.Create('spike_recorder').events.V_m;
// @ts-expect-error: a voltmeter records the potential
void nest.Create('voltmeter').events.I_syn_ex;
// @ts-expect-error: it records what it is told
void synapses.events.Kplus;
// @ts-expect-error: no synapse has a potential
nest.Create('synapse_recorder', 1, { record_from: ['V_m'] });
// @ts-expect-error: neurons have no events
void nest.Create('iaf_psc_exp').events;

// Whoever takes any recorder takes these; copies of recorders are known at run time only.
export const held: nest.RecorderEvents[] = [
  meter.events,
  some.events,
  told.events,
  synapses.events,
];
export const whichever: nest.NodeCollection<'multimeter', false>[] = [meter, some, told];
export const recorders: nest.NodeCollection[] = [meter, meters, some, told, synapses];
nest.CopyModel('multimeter', 'probe', { record_from: ['V_m'] });
export const probe: nest.AnyValue | undefined = nest.Create('probe', 1, {
  record_from: names,
}).events;
