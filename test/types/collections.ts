// Compiled by `npm run typecheck`, never run: the types of what is read and written.
import * as nest from '../../lib';

/** Compiles only if the two types are identical. */
type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : never;
export const proofs: true[] = [];
const same = <A, B>(proof: Same<A, B> & true): void => void proofs.push(proof);

// One node gives a value, several a column.
const one = nest.Create('iaf_psc_exp');
const several = nest.Create('iaf_psc_exp', 10);
const some = nest.Create('iaf_psc_exp', Number('3'));
same<typeof one.V_m, number>(true);
same<typeof several.V_m, Float64Array>(true);
same<typeof some.V_m, Float64Array>(true);
some.V_m = 3;
export const single: number = one.get('V_m');
export const column: Float64Array = several.get('V_m');
export const both: { V_m: number; C_m: number } = one.get(['V_m', 'C_m']);
export const first: number = several.at(0).V_m;
for (const neuron of several) neuron.V_m += 1;

// All values, with the names of the model.
export const allOfSeveral: Float64Array = several.get().V_m;
export const allOfOne: number = one.get().C_m;
export const allOfAny: nest.AnyValue | undefined = (several as nest.NodeCollection).get().V_m;
const stdp = nest.GetConnections({ synapse_model: 'stdp_synapse' });
export const allOfSynapses: Float64Array = stdp.get().lambda;
export const recordedByAll: Float64Array = nest.Create('voltmeter').get().events.V_m;
// @ts-expect-error: no such parameter
void several.get().V_n;
// @ts-expect-error: not without its name, as it depends on the number of threads
void several.get().thread;
// @ts-expect-error: another rule's
void stdp.get().c;

// Whatever can be given at Create can be assigned.
several.V_m = -60;
several.V_m = [1, 2, 3];
several.V_m = new Float64Array(10);
several.V_m = nest.random.uniform(-65, -55).add(1);
several.set({ V_m: nest.random.normal(), C_m: 200 });
nest.Create('spike_generator').spike_times = [1, 2, 3];
// @ts-expect-error: read only
one.t_spike = 4;
// @ts-expect-error: no such parameter
one.V_n = 4;
// @ts-expect-error: no such parameter
one.get('V_n');
// @ts-expect-error: no such parameter
several.set({ V_n: 4 });

// Any collection goes where a collection is expected.
const size = (nodes: nest.NodeCollection): number => nodes.length;
size(one);
size(several.slice(0, 4));
size(several.concat(nest.Create('parrot_neuron', 2)));
same<typeof several.ids, Uint32Array>(true);
export const isNodes = (x: unknown): boolean => x instanceof nest.NodeCollection;

const recorder = nest.Create('spike_recorder');
export const { times, senders }: { times: Float64Array; senders: Uint32Array } = recorder.events;
export const firstOfMany: Float64Array | undefined = nest.Create('spike_recorder', 2).events[0]
  ?.times;
recorder.n_events = 0;
export const stream = async (signal: AbortSignal): Promise<void> => {
  for await (const batch of recorder.stream({ signal })) batch.times.at(-1)?.toFixed();
};

// Synapses: columns; single ones give values.
const synapses = nest.GetConnections({ source: several, synapse_model: 'static_synapse' });
same<typeof synapses.source, Uint32Array>(true);
export const weights: Float64Array = synapses.weight;
export const sameWeights: Float64Array = synapses.get('weight');
export const weight: number = synapses.at(0).weight;
for (const synapse of synapses) synapse.weight = 2 * synapse.weight;
synapses.set({ weight: [1, 2], delay: 2 });
// @ts-expect-error: the source cannot be changed
synapses.source = 4;

// Kernel attributes.
same<ReturnType<typeof nest.SimulateSync>, nest.Report>(true);
export const resolution: number = nest.GetKernelStatus('resolution');
export const [seed, threads]: [number, number] = nest.GetKernelStatus([
  'rng_seed',
  'local_num_threads',
]);
nest.SetKernelStatus({ resolution: 0.1, local_num_threads: 2, rng_seed: 55 });
// @ts-expect-error: wrong type
nest.SetKernelStatus({ resolution: 'fine' });
// @ts-expect-error: misspelt attribute
nest.SetKernelStatus({ resolutoin: 0.1 });
// @ts-expect-error: misspelt option
void nest.Simulate(100, { onprogress: () => undefined });
// @ts-expect-error: JavaScript's operators do not combine parameters
export const sum: unknown = nest.random.uniform() - 1;
