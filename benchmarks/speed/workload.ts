import type { Kernel } from '../../lib';
import type { SpikeEvents, TimeWindow } from '../../lib/analysis';
import type { OptionDeclarations, OptionValues, Quantity } from '../../lib/cli/experiment';
import type { Figure } from '../../lib/plot';

/** What every workload's network tells. */
export interface WorkloadNetwork {
  /** Derived values, for the record. */
  readonly parameters: Readonly<Record<string, number | string>>;
  /** Recurrent synapses: those whose events are counted. */
  readonly synapses: number;
  /** Those of them that learn. */
  readonly plasticSynapses: number;
}

/** A network whose simulation is timed, independent of who times it and how. */
export interface Workload<
  Options extends OptionDeclarations = OptionDeclarations,
  Network extends WorkloadNetwork = WorkloadNetwork,
> {
  /** As in `tegmenta run speed/<name>`. */
  readonly name: string;
  /** One line. */
  readonly summary: string;
  /** The paper it comes from. */
  readonly reference: string;
  /** Grid of the simulation, ms. */
  readonly resolution: number;
  /** Biological time simulated before anything is timed, ms. */
  readonly presimulation: number;
  /** Biological time that is timed unless the user says otherwise, ms. */
  readonly defaultTime: number;
  /** How weights are stored unless the user says otherwise; `double` unless given. */
  readonly weightPrecision?: 'double' | 'single';
  readonly options: Options;
  // Methods, so that a workload with options and a network of its own fits into a list of any.
  /** How large a network they make, for titles: `scale 0.1`. */
  size(options: OptionValues<Options>): string;
  /** Makes the network in an empty kernel whose settings have been made. */
  build(kernel: Kernel, options: OptionValues<Options>): Network;
  /** What the network did in the time measured: two engines are comparable only if these agree. */
  measure(network: Network, window: TimeWindow): Quantity[];
  /** The spikes that were recorded, from the first one on. */
  spikes(network: Network): SpikeEvents;
  /** Pictures of that, if there are any. */
  figures?(network: Network, window: TimeWindow): readonly Figure[];
}

/** Gives the methods the types of options and network. */
export function defineWorkload<
  const Options extends OptionDeclarations,
  Network extends WorkloadNetwork,
>(workload: Workload<Options, Network>): Workload<Options, Network> {
  return workload;
}
