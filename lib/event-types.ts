// eslint-disable-next-line @typescript-eslint/ban-ts-comment -- a user need not have the package
/** @ts-ignore: where there is no apache-arrow, it is any. */
import type { Table } from 'apache-arrow';
import type { NodeRecordable, SynapseRecordable } from './generated/recordables';

// What recorders hold, by model: columns of the same length, with an entry for each event.

/** Of every event: `times` in ms, and the IDs of the `senders`. */
export interface RecordedSpikes {
  /** In ms; in steps where the recorder has `time_in_steps`. */
  readonly times: Float64Array;
  /** IDs of the nodes. */
  readonly senders: Uint32Array;
  /** In ms, where the times are in steps. */
  readonly offsets?: Float64Array;
}

/** What a weight_recorder holds. */
export interface RecordedWeights extends RecordedSpikes {
  /** IDs of the targets of the synapses. */
  readonly targets: Float64Array;
  /** What each of them transmitted. */
  readonly weights: Float64Array;
  /** Receptors of the targets. */
  readonly receptors: Float64Array;
  /** What NEST has for the number of the connection. */
  readonly ports: Float64Array;
}

/** Names of which there are as many as there are receptors. */
type OfReceptors = `g_${bigint}`;

/**
 * A column for each name that is recorded. Of names that are known only at run time any may be asked
 * for; where nothing was said, each of `All` may be there.
 */
type Sampled<All extends string, Recorded extends string> = string extends Recorded
  ? Readonly<Record<string, Float64Array>>
  : [All] extends [Recorded]
    ? Readonly<Partial<Record<Exclude<All, OfReceptors>, Float64Array>>>
    : Readonly<Record<Recorded, Float64Array>>;

/** What a multimeter or voltmeter holds. */
export type Samples<Recorded extends string = NodeRecordable> = RecordedSpikes &
  Sampled<NodeRecordable, Recorded>;

/** What a synapse_recorder holds: the senders are the sources of the synapses. */
export type SynapseSamples<Recorded extends string = SynapseRecordable> = RecordedSpikes & {
  /** IDs of the targets of the synapses. */
  readonly targets: Float64Array;
} & Sampled<SynapseRecordable, Recorded>;

/** A table of Apache Arrow; any, where the package is not installed. */
export type ArrowTable = Table;

/**
 * What the events of a recorder can be made into. These are no columns: they are not enumerable,
 * and copies of the events do not have them.
 */
export interface EventConversions {
  /**
   * A table of Apache Arrow: times as float64 in ms (int64 where they are in steps), senders,
   * targets, receptors and ports as uint32, all else as float64; fields have their `unit` among
   * their metadata. Needs the package `apache-arrow`.
   * @throws MissingPackage if it is not installed.
   */
  toArrow(): ArrowTable;
  /**
   * Writes a text file: a line with the names of the columns, then a line for each event, with
   * commas and numbers in full precision. A file of that name is overwritten.
   * @throws TypeMismatch; IOError if it cannot be made or written.
   */
  toCSV(path: string): Promise<void>;
  /** Columns as plain arrays, for JSON. */
  toJSON(): Record<string, number[]>;
}

/** What recorders hold, by their model; of samplers by the names that they record. */
export interface RecordedBy<Recorded extends string> {
  /** What is recorded of nodes. */
  multimeter: Samples<Recorded>;
  /** Spikes. */
  spike_recorder: RecordedSpikes;
  /** What is recorded of synapses. */
  synapse_recorder: SynapseSamples<Recorded>;
  /** The same; of itself V_m. */
  voltmeter: Samples<Recorded>;
  /** Transmitted weights. */
  weight_recorder: RecordedWeights;
}

/** What a recorder of a model holds; of a model that is not known, what any may hold. */
export type HeldBy<M extends string, Recorded extends string> = M extends keyof RecordedBy<string>
  ? RecordedBy<Recorded>[M]
  : RecorderEvents;

/** What `events` of a recorder gives. */
export type EventsOf<M extends string, Recorded extends string = string> = HeldBy<M, Recorded> &
  EventConversions;

/** Names of columns. */
type ColumnName = Exclude<
  NodeRecordable | SynapseRecordable | keyof RecordedWeights,
  OfReceptors | keyof RecordedSpikes
>;

/** What a recorder holds, whichever it is. */
export type RecorderEvents = RecordedSpikes & Readonly<Partial<Record<ColumnName, Float64Array>>>;

/** What `events` gives. */
export type RecordedEvents = RecorderEvents & EventConversions;
