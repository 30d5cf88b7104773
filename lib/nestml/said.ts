import type { ModelKind } from './kind';

// What a text does not say of its models, and a user does.

/** What a user says of the models of a text. */
export interface SaidOfModels extends SynapseOptions {
  /** What they are; default: as their names or keywords say. */
  readonly kind?: ModelKind;
}

/** What a user says of the synapse models of a text; what is left out follows from the text. */
export interface SynapseOptions {
  /** Ports at which spikes of the target arrive. */
  readonly postPorts?: readonly string[];
  /** The port that a volume_transmitter sends spikes to, or, a continuous one, a reward_transmitter its reward. */
  readonly modulatorPorts?: readonly string[];
  /** Continuous ports, and the variables of the target that they read. */
  readonly postVariables?: Readonly<Record<string, string>>;
  /** The state or parameter that is the weight of the connection; default: what is emitted. */
  readonly weight?: string;
  /** The parameter that is the delay of the connection; default: the one with `@nest::delay`. */
  readonly delay?: string;
}
