import type { Kernel, NodeCollection } from '../../lib';
import { each, type ExperimentContext, type Quantity } from '../../lib/cli/experiment';

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

/**
 * The same with dopamine at times that are known before: once at each of them, as spikes of one step
 * count once in the tutorial's code.
 */
export function transmitterAt(
  kernel: Kernel,
  times: readonly number[],
): NodeCollection<'volume_transmitter', false> {
  const { generator, transmitter } = dopamineSource(kernel);
  generator.spike_times = [...new Set(times)];
  return transmitter;
}

/** Times in s for an axis. */
export const seconds = (times: ArrayLike<number>): Float64Array =>
  Float64Array.from(times, (t) => t / 1000);

/** What the pieces of a simulation reported together. */
export interface PiecesReport {
  /** Wall-clock time, s. */
  wallTime: number;
  events: number;
  spikes: number;
}

export const noPieces = (): PiecesReport => ({ wallTime: 0, events: 0, spikes: 0 });

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
 * Runs from `begin` (0) to `begin + time` ms in pieces of `interval`, and calls `read` at the start
 * and after every piece. What a resumed run has done already is not done again. Stops, without an
 * error, where the signal aborts. Adds to `report` what the pieces reported.
 */
export async function runInPieces(
  kernel: Kernel,
  {
    begin = 0,
    time,
    interval,
    signal,
    progress,
    checkpoint,
    program = () => undefined,
  }: Pick<ExperimentContext<unknown>, 'signal' | 'checkpoint'> & {
    readonly begin?: number;
    readonly time: number;
    readonly interval: number;
    readonly progress: (phase: string, fraction: number) => void;
    /** What is saved besides the kernel, `report` included. */
    readonly program?: () => unknown;
  },
  report: PiecesReport,
  read: (t: number) => void,
): Promise<void> {
  const pieces = Math.ceil(time / interval - 1e-9);
  if (!kernel.prepared) kernel.Prepare();
  const done = Math.ceil((kernel.GetKernelStatus('biological_time') - begin) / interval - 1e-9);
  if (done === 0) read(begin);
  for (let k = done; k < pieces && !signal.aborted; k++) {
    const ms = Math.min(interval, Math.round((time - k * interval) * 10) / 10);
    // A piece that is to be gone on from is not broken off.
    const options = checkpoint?.active === true ? {} : { signal };
    const piece = await kernel.Run(ms, options).catch((error: unknown) => {
      if (!signal.aborted) throw error;
      return undefined;
    });
    if (!piece) break;
    report.wallTime += piece.wall_time;
    report.events += piece.synaptic_events;
    report.spikes += piece.spikes;
    read(kernel.GetKernelStatus('biological_time'));
    progress('simulating', (k + 1) / pieces);
    await checkpoint?.offer(program, kernel);
  }
  kernel.Cleanup();
}
