import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Protocol } from './plastic';

// What the files in data/ hold; see the README there.

/** A neuron driven by spikes and a direct current. */
export interface NeuronCase {
  readonly model: string;
  readonly case: string;
  readonly resolution: number;
  readonly sim_time: number;
  readonly params_set: Readonly<Record<string, number | boolean>>;
  readonly params_all: Readonly<Record<string, number | boolean>>;
  readonly exc_spike_times: readonly number[];
  readonly inh_spike_times: readonly number[];
  readonly exc_weight: number;
  readonly inh_weight: number;
  readonly exc_delay: number;
  readonly inh_delay: number;
  readonly dc: { amplitude: number; start: number; stop: number; delay: number };
  /** States after every step, by name. */
  readonly recorded: Readonly<Record<string, readonly number[]>>;
  readonly spikes: readonly number[];
}

/** Source, target, weight (pA), delay (ms). */
export type Synapse = readonly [number, number, number, number];

/** A network of which every synapse is listed. */
export interface NetworkCase {
  readonly neuron: string;
  readonly N_E: number;
  readonly N_I: number;
  readonly params_E: Readonly<Record<string, number>>;
  readonly params_I: Readonly<Record<string, number>>;
  readonly sim_time: number;
  readonly resolution: number;
  readonly drive_weight: number;
  readonly drive_delay: number;
  readonly drive_spike_times: readonly (readonly number[])[];
  readonly ee_model: string;
  readonly ee_params: Readonly<Record<string, number>>;
  readonly dopa_generator_times: readonly number[] | null;
  readonly ee: readonly Synapse[];
  readonly ei: readonly Synapse[];
  readonly ie: readonly Synapse[];
  readonly ii: readonly Synapse[];
  readonly spikes: { times: readonly number[]; senders: readonly number[] };
  /** Source, target and weight at the source's last spike. */
  readonly final_ee: readonly (readonly [number, number, number])[];
}

/** Two parrots that repeat given spikes, with a plastic synapse between them. */
export interface PlasticCase extends Protocol {
  readonly sim_time: number;
  /** The weight at every presynaptic spike. */
  readonly sent: readonly number[];
  /** Time and the states that NEST shows then: weight; with dopamine, weight, c and n. */
  readonly trajectory: readonly (readonly number[])[];
}

/** Spikes through a synapse of short-term plasticity into a neuron that never fires. */
export interface ShortTermCase {
  readonly model: string;
  readonly params: Readonly<Record<string, number>>;
  readonly weight: number;
  readonly delay: number;
  readonly post: Readonly<Record<string, number | string>>;
  readonly pre_generator_times: readonly number[];
  /** Samples are at every multiple of it, before sim_time. */
  readonly interval: number;
  readonly sim_time: number;
  readonly V_m: readonly number[];
  readonly I_syn_ex: readonly number[];
}

/** Parrots behind a poisson_generator that is active for a while. */
export interface PoissonCase {
  readonly rate: number;
  readonly start: number;
  readonly stop: number;
  readonly n_targets: number;
  readonly n_events: number;
  readonly first: number;
  readonly last: number;
}

function read(file: string): unknown {
  const text = readFileSync(path.join(__dirname, 'data', file), 'utf8');
  // JSON has no infinity.
  const revive = (_key: string, value: unknown) => (value === '-Infinity' ? -Infinity : value);
  return JSON.parse(text, revive);
}

const casesOf = <T>(file: string): T[] => (read(file) as { cases: T[] }).cases;

export const neuronCases = (): NeuronCase[] => casesOf('neurons.json');
export const networkCases = (): NetworkCase[] => casesOf('small_network.json');
export const poissonCases = (): PoissonCase[] => casesOf('poisson_window.json');
export const dopamineCases = (): PlasticCase[] => casesOf('stdp_dopamine.json');
export const stdpCases = (): PlasticCase[] => casesOf('stdp_pairs.json');
export const shortTermCases = (): ShortTermCase[] => casesOf('short_term_plasticity.json');

/** Rows: time of the dopamine generator, final weight. */
export function timingCurve(): { rows: readonly (readonly [number, number])[] } {
  const file = read('stdp_dopamine.json') as { timing_curve: ReturnType<typeof timingCurve> };
  return file.timing_curve;
}

type Matrix = readonly (readonly number[])[];

/** Inferno's trainers: one synapse, and three neurons onto two; matrices are [post][pre]. */
export interface InfernoCases {
  readonly florian: {
    readonly inputs: {
      readonly steps: number;
      readonly lr_post: number;
      readonly lr_pre: number;
      readonly tc_post: number;
      readonly tc_pre: number;
      readonly tc_elig: number;
      readonly w_init: number;
      readonly presyn_steps: readonly number[];
      readonly postsyn_steps: readonly number[];
    };
    /** Entry k: after step k. */
    readonly reward: readonly number[];
    readonly w_stdp: readonly number[];
    readonly w_mstdp: readonly number[];
    readonly w_mstdpet: readonly number[];
    readonly presyn_trace: readonly number[];
    readonly postsyn_trace: readonly number[];
    readonly elig_trace: readonly number[];
  };
  readonly dense: {
    readonly inputs: {
      readonly steps: number;
      readonly n_pre: number;
      readonly n_post: number;
      readonly w_init: Matrix;
      readonly pre: Matrix;
      readonly post: Matrix;
      readonly reward: readonly number[];
      readonly lr: InfernoTrainer;
      readonly tc_eligibility: number;
    };
    readonly scenarios: Readonly<
      Record<
        string,
        {
          readonly trainer?: InfernoTrainer & { readonly tc_eligibility: number };
          readonly weights: readonly Matrix[];
          /** A batch of one each. */
          readonly elig_post?: readonly (readonly Matrix[])[];
          readonly elig_pre?: readonly (readonly Matrix[])[];
        }
      >
    >;
  };
}

interface InfernoTrainer {
  readonly lr_post: number;
  readonly lr_pre: number;
  readonly tc_post: number;
  readonly tc_pre: number;
}

export const inferno = (): InfernoCases => read('inferno.json') as InfernoCases;
