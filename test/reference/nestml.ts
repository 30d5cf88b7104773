import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Kernel, NodeCollection, SynapseCollection } from '../../lib';

// What data/nestml_*.json hold (see the README there), and the pieces that all three protocols of
// the tutorial share. Times are in ms, `…_steps` in steps of 0.1 ms.

/** States of the synapses at successive readings: [reading][synapse]; n is the same for all. */
export interface States {
  readonly w: readonly (readonly number[])[];
  readonly c: readonly (readonly number[])[];
  readonly n: readonly number[];
  readonly pre_tr: readonly (readonly number[])[];
}

/** One pre, one post and one dopamine spike. */
export interface TimingData {
  readonly results: readonly {
    readonly A_vt: number;
    readonly t_dopa_generator: number;
    readonly w_final: number;
    readonly c_final: number;
    readonly n_final: number;
    readonly pre_tr_final: number;
  }[];
  /** The states over time for A_vt = 1 and dopamine at 4 ms. */
  readonly trace: Readonly<Record<'t' | 'w' | 'c' | 'n' | 'pre_tr', readonly number[]>>;
}

/** Ten neurons with one plastic input each; reward, then punishment. */
export interface PairsData {
  readonly config: {
    readonly delay: number;
    readonly w0: number;
    readonly syn: { readonly tau_n: number; readonly tau_c: number };
    readonly pos_dopa: readonly number[];
    readonly neg_dopa: readonly number[];
    readonly A_vt: readonly [number, number];
  };
  readonly input_steps: readonly (readonly number[])[];
  readonly chunk_ms: number;
  readonly first_negative_chunk: number;
  readonly log: States;
  readonly spike_steps: readonly (readonly number[])[];
  readonly weight_sent: readonly (readonly number[])[];
  /** Of the first neuron, every ms of the first 300 ms. */
  readonly V_m_neuron0: readonly number[];
}

/** A small network with all its random draws listed. */
export interface CueData {
  readonly params_exc: Readonly<Record<string, number>>;
  readonly params_inh: Readonly<Record<string, number>>;
  readonly inputs: {
    readonly NE: number;
    readonly NI: number;
    readonly exc_connections_pre_post: readonly (readonly [number, number])[];
    readonly inh_connections_pre_post: readonly (readonly [number, number])[];
    readonly subgroups: readonly (readonly number[])[];
    readonly poisson_generator_steps: readonly (readonly number[])[];
    readonly stimulus_generator_steps: readonly (readonly number[])[];
    readonly dopamine_generator_steps: readonly number[];
    readonly J_ex: number;
    readonly J_in: number;
    readonly J_poisson: number;
    readonly J_stim: number;
    readonly delay: number;
    readonly A_plus: number;
    readonly A_minus: number;
    readonly tau_c: number;
    readonly tau_n: number;
    readonly snapshot_ms: number;
  };
  readonly spike_steps: readonly (readonly number[])[];
  readonly snapshots: States & { readonly t: readonly number[] };
  /** V_m, I_syn_exc and I_syn_inh of the first three neurons, every ms of the first 100 ms. */
  readonly sampled: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;
}

export const nestmlData = <T>(name: string): T =>
  JSON.parse(readFileSync(path.join(__dirname, 'data', `nestml_${name}.json`), 'utf8')) as T;

export const toMs = (steps: readonly number[]): number[] => steps.map((k) => k / 10);

/**
 * A volume transmitter that synapses hear two ms after the times given: one ms to a parrot, one
 * from there to the transmitter.
 */
export function dopamineAt(
  kernel: Kernel,
  times: readonly number[],
): NodeCollection<'volume_transmitter', false> {
  const generator = kernel.Create('spike_generator', { spike_times: times });
  const parrot = kernel.Create('parrot_neuron');
  const transmitter = kernel.Create('volume_transmitter');
  kernel.Connect(generator, parrot, 'all_to_all', { delay: 1 });
  kernel.Connect(parrot, transmitter, 'all_to_all', { delay: 1 });
  return transmitter;
}

/** States of synapses now, in the order of `keys` (source and target). */
export function statesOf(
  synapses: SynapseCollection<string, true>,
  keys: readonly (readonly [number, number])[],
): Record<'w' | 'c' | 'n' | 'pre_tr', number[]> {
  const { source, target } = synapses;
  const at = new Map(Array.from(source, (s, i) => [`${s} ${target[i]!}`, i]));
  const order = keys.map(([s, t]) => at.get(`${s} ${t}`)!);
  const column = (name: string) => {
    const values = synapses.get(name) as Float64Array;
    return order.map((i) => values[i]!);
  };
  return { w: column('weight'), c: column('c'), n: column('n'), pre_tr: column('pre_tr') };
}

/**
 * What the tutorial's code reads at a boundary: presynaptic spikes stamped there are not in yet.
 * Takes them out of the current states, in which they are: +1 in pre_tr, −A_minus·K⁻(t − delay)
 * in c. Returns how many synapses that concerned.
 */
export function withoutSpikesAt(
  states: { c: number[]; pre_tr: number[] },
  step: number,
  trains: readonly { readonly pre: readonly number[]; readonly post: readonly number[] }[],
  { A_minus, delay_steps }: { A_minus: number; delay_steps: number },
): number {
  let concerned = 0;
  trains.forEach(({ pre, post }, i) => {
    if (!pre.includes(step)) return;
    concerned++;
    const trace = post
      .filter((t) => t < step - delay_steps)
      .reduce((sum, t) => sum + Math.exp((t + delay_steps - step) / 200), 0);
    states.pre_tr[i]! -= 1;
    states.c[i]! += A_minus * trace;
  });
  return concerned;
}

/** True within 1e-9 relative or 1e-10 absolute. */
export const close = (actual: number, expected: number): boolean =>
  Math.abs(actual - expected) <= Math.max(1e-10, 1e-9 * Math.abs(expected));

/** Where two lists differ: for an expectation of []. */
export function differences(actual: readonly number[], expected: readonly number[]): string[] {
  if (actual.length !== expected.length) return [`${actual.length} for ${expected.length} values`];
  return expected.flatMap((e, i) =>
    close(actual[i]!, e) ? [] : [`[${i}]: ${actual[i]!} for ${e}`],
  );
}
