// Compiled by `npm run typecheck`, never run: one node gives values, several give columns.
import * as nest from '../../lib';

const n = Number('3');
const neurons = nest.Create('iaf_psc_exp', n);
const pair = nest.Create('iaf_psc_exp', 2);
const one = nest.Create('iaf_psc_exp', 1);

// A count that is not written as a number is taken for several.
export const potentials: Float64Array = neurons.V_m;
export const sameColumn: Float64Array = neurons.get('V_m');
export const models: string[] = neurons.model;
export const isFrozen: boolean[] = neurons.frozen;
export const times: Float64Array[] = nest.Create('spike_generator', n).spike_times;
export const counts: Float64Array = nest.Create('spike_recorder', n).n_events;
export const { V_m, C_m }: { V_m: Float64Array; C_m: Float64Array } = neurons.get(['V_m', 'C_m']);

// Literal counts, and none.
export const two: Float64Array = pair.V_m;
export const potential: number = one.V_m;
export const withoutCount: number = nest.Create('iaf_psc_exp').V_m;
export const withParameters: number = nest.Create('iaf_psc_exp', { C_m: 200 }).V_m;

// One of several, and parts of them.
export const first: number = neurons.at(0).V_m;
export const last: number = pair.at(-1).get('V_m');
export const each: number[] = Array.from(neurons, (neuron) => neuron.V_m);
export const part: Float64Array = neurons.slice(0, 2).V_m;
export const every: Float64Array = pair.slice().get('C_m');
export const picked: Float64Array = neurons.pick([0, 2]).V_m;
export const masked: Float64Array = one.pick([true]).V_m;
export const joined: Float64Array = one.concat(pair).V_m;
export const ofPart: number = neurons.slice(1).at(0).V_m;

// @ts-expect-error: a column is not a number
export const notNumber: number = neurons.V_m;
// @ts-expect-error: of one node there is a number
export const notColumn: Float64Array = one.V_m;
// @ts-expect-error: of one of several there is a number
export const notColumnOfOne: Float64Array = neurons.at(0).V_m;
// @ts-expect-error: a part may be of several
export const notNumberOfPart: number = neurons.slice(0, 1).V_m;
// @ts-expect-error: those picked may be several
export const notNumberOfPicked: number = neurons.pick([0]).get('V_m');
// @ts-expect-error: two that are joined are several
export const notNumberOfJoined: number = one.concat(one).V_m;
// @ts-expect-error: names, not one name
export const notName: string = neurons.model;
// @ts-expect-error: a mask and positions are not mixed
neurons.pick([true, 2]);
// @ts-expect-error: a count is a number
nest.Create('iaf_psc_exp', '3');

// What Create gives, of any model and count.
export const populations: ReturnType<typeof nest.Create>[] = [
  neurons,
  one,
  nest.Create('multimeter', { record_from: ['V_m'] }),
  nest.Create('my_neuron', 3),
  nest.GetNodes(),
];
const given: Parameters<typeof nest.Create> = ['iaf_psc_exp', 3, { C_m: 200 }];
nest.Create(...given);
// @ts-expect-error: the model is not known
void populations[0]?.V_m;
