import { readFileSync } from 'node:fs';
import path from 'node:path';

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
  readonly ee: readonly Synapse[];
  readonly ei: readonly Synapse[];
  readonly ie: readonly Synapse[];
  readonly ii: readonly Synapse[];
  readonly spikes: { times: readonly number[]; senders: readonly number[] };
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

function casesOf<T>(file: string): T[] {
  const text = readFileSync(path.join(__dirname, 'data', file), 'utf8');
  // JSON has no infinity.
  const revive = (_key: string, value: unknown) => (value === '-Infinity' ? -Infinity : value);
  return (JSON.parse(text, revive) as { cases: T[] }).cases;
}

export const neuronCases = (): NeuronCase[] => casesOf('neurons.json');
export const networkCases = (): NetworkCase[] => casesOf('small_network.json');
export const poissonCases = (): PoissonCase[] => casesOf('poisson_window.json');
