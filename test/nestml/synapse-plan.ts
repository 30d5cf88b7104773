// Protocols of synapses: what sources, targets and modulators send, the synapses between them, and what
// is read and set between runs.
import type { Numbers } from './synapse-oracle';

export interface Spike {
  readonly step: number;
  readonly multiplicity: number;
}

/**
 * What fires at given times: a parrot, one that nothing reaches, one that strong input drives, and
 * one of a text, which every spike at its first receptor makes fire.
 */
export type TargetKind = 'parrot_neuron' | 'clamped_neuron' | 'iaf_psc_exp' | 'listening_neuron';

export interface Target {
  readonly kind: TargetKind;
  readonly spikes: readonly Spike[];
  /** In mV: what its potential is reset to, or what a spike adds to it. */
  readonly level: number;
  /** Parameters that are those of the target in a built-in rule. */
  readonly p: Numbers;
}

export interface PlannedSynapse {
  /** Positions among the sources and targets. */
  readonly source: number;
  readonly target: number;
  /** In steps. */
  readonly delay: number;
  readonly p: Numbers;
  readonly s: Numbers;
}

/** A number that some synapses are given between runs. */
export interface Change {
  readonly name: string;
  /** By position of the synapse. */
  readonly values: ReadonlyMap<number, number>;
}

export interface Stop {
  readonly step: number;
  readonly isRead: boolean;
  readonly change?: Change | undefined;
  readonly reward?: number | undefined;
  /** Synapses that are made then, or removed. */
  readonly made?: readonly number[];
  readonly removed?: readonly number[];
}

/** The stop at which a synapse is made or removed; undefined: none. */
export const stopOf = (
  { stops }: Pick<Plan, 'stops'>,
  what: 'made' | 'removed',
  synapse: number,
): Stop | undefined => stops.find((stop) => stop[what]?.includes(synapse));

export interface Plan {
  /** Steps in a ms. */
  readonly perMs: number;
  readonly threads: number;
  /** The last one is the end. */
  readonly stops: readonly Stop[];
  readonly sources: readonly (readonly Spike[])[];
  readonly targets: readonly Target[];
  /** Defaults of the copy of the model. */
  readonly p: Numbers;
  readonly s: Numbers;
  /** Parameters and states that Connect is given for each synapse. */
  readonly varied: readonly string[];
  readonly synapses: readonly PlannedSynapse[];
  /** Spikes of the modulator, where they arrive. */
  readonly pulses: readonly Spike[];
  /** Of the connection to a volume_transmitter, in steps. */
  readonly pulseDelay: number;
  readonly firstReward: number;
  /** A value holds for the step that ends then, and later. */
  readonly line: readonly { readonly step: number; readonly value: number }[];
}

/** Of synapses, in steps. */
export const LONGEST_DELAY = 15;

/** Nothing that is sent reaches these. */
export const isGiven = (kind: TargetKind): boolean => /^(parrot|clamped)/.test(kind);
