import type { Kernel, NodeCollection } from '../../lib';
import { each, type Quantity } from '../../lib/cli/experiment';

/** Grid of the tutorial's experiments with dopamine, ms. */
export const RESOLUTION = 0.1;

/** Time from a spike generator's time to the synapses: to a parrot, then to the transmitter, ms. */
export const DOPAMINE_DELAY = 2;

/** A volume transmitter that a spike generator drives through a parrot, as the tutorial has it. */
export function dopamineSource(kernel: Kernel): {
  readonly generator: NodeCollection<'spike_generator', false>;
  readonly transmitter: NodeCollection<'volume_transmitter', false>;
} {
  const generator = kernel.Create('spike_generator');
  const parrot = kernel.Create('parrot_neuron');
  const transmitter = kernel.Create('volume_transmitter');
  kernel.Connect(generator, parrot, 'all_to_all', { delay: 1 });
  kernel.Connect(parrot, transmitter, 'all_to_all', { delay: DOPAMINE_DELAY - 1 });
  return { generator, transmitter };
}

/** The same with dopamine at times that are known before. */
export function transmitterAt(
  kernel: Kernel,
  times: readonly number[],
): NodeCollection<'volume_transmitter', false> {
  const { generator, transmitter } = dopamineSource(kernel);
  generator.spike_times = times;
  return transmitter;
}

/** Times in s for an axis. */
export const seconds = (times: ArrayLike<number>): Float64Array =>
  Float64Array.from(times, (t) => t / 1000);

/** What the pieces of a simulation reported together. */
export interface PiecesReport {
  /** Wall-clock time, s. */
  readonly wallTime: number;
  readonly events: number;
  readonly spikes: number;
}

/** What the simulation of `end` ms took. */
export const cost = ({ wallTime, events }: PiecesReport, end: number): Quantity[] => [
  { key: 'wall_time', label: 'time to simulate', value: wallTime, unit: 's' },
  {
    key: 'real_time_factor',
    label: 'wall-clock time per biological time',
    ...each(1000 * wallTime, end, 'time was simulated'),
    unit: '',
  },
  { key: 'synaptic_events', label: 'synaptic events', value: events, unit: '' },
];

/**
 * Runs `time` ms in pieces of `interval`, and calls `read` at the start and after every piece.
 * Stops, without an error, where the signal aborts; returns what the pieces reported together.
 */
export async function runInPieces(
  kernel: Kernel,
  {
    time,
    interval,
    signal,
    progress,
  }: {
    readonly time: number;
    readonly interval: number;
    readonly signal: AbortSignal;
    readonly progress: (phase: string, fraction: number) => void;
  },
  read: (t: number) => void,
): Promise<PiecesReport> {
  let [wallTime, events, spikes] = [0, 0, 0];
  const pieces = Math.ceil(time / interval - 1e-9);
  kernel.Prepare();
  read(0);
  for (let k = 0; k < pieces && !signal.aborted; k++) {
    const ms = Math.min(interval, Math.round((time - k * interval) * 10) / 10);
    const report = await kernel.Run(ms, { signal }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
      return undefined;
    });
    if (!report) break;
    wallTime += report.wall_time;
    events += report.synaptic_events;
    spikes += report.spikes;
    read(kernel.GetKernelStatus('biological_time'));
    progress('simulating', (k + 1) / pieces);
  }
  kernel.Cleanup();
  return { wallTime, events, spikes };
}
