import type { Kernel, KernelSettings, Report } from '../../lib';
import type { ExperimentContext } from '../../lib/cli/experiment';
// What experiments and workloads have in common when they simulate.

/** A network ready to run, and the wall-clock time of Create, Connect and Prepare in s. */
export interface Prepared<Network> {
  readonly network: Network;
  readonly buildTime: number;
}

/** Makes the settings and the network in an empty kernel, and prepares it. */
export function prepare<Network>(
  kernel: Kernel,
  settings: KernelSettings,
  build: (kernel: Kernel) => Network,
): Prepared<Network> {
  const startedAt = performance.now();
  kernel.SetKernelStatus(settings);
  const network = build(kernel);
  kernel.Prepare();
  return { network, buildTime: (performance.now() - startedAt) / 1000 };
}

/**
 * Runs a prepared network for `ms` and tells the fraction done. Undefined when the user interrupts
 * it, which is no error: what was recorded until then is there.
 */
export function advance(
  kernel: Kernel,
  ms: number,
  signal: AbortSignal,
  onFraction: (fraction: number) => void,
): Promise<Report | undefined> {
  return kernel
    .Run(ms, { signal, onProgress: ({ fraction }) => onFraction(fraction) })
    .catch((error: unknown) => {
      if (!signal.aborted) throw error;
      return undefined;
    });
}

/** What of an experiment's context a simulation needs. */
export type Course = Pick<ExperimentContext<unknown>, 'signal' | 'checkpoint'> & {
  readonly progress: (fraction: number) => void;
};

/** What was simulated so far: s of the clock, and synaptic events; NaN where that is not known. */
export interface Simulated {
  wallTime: number;
  events: number;
}

/** Simulates from where the kernel is to `end` ms. An interruption is no error. */
export async function simulateTo(
  kernel: Kernel,
  end: number,
  { signal, checkpoint, progress }: Course,
): Promise<void> {
  if (!kernel.prepared) kernel.Prepare();
  const [whole, simulated] = [
    { begin: 0, end },
    { wallTime: 0, events: 0 },
  ];
  await advanceTo(kernel, whole, { signal, checkpoint, progress }, simulated, () => undefined);
  kernel.Cleanup();
}

/** Pieces of a simulation that is to be saved in between, ms. */
const PIECE = 10;

/**
 * Runs a prepared network from `begin` to `end` ms, as far as it has not come yet, and adds to
 * `simulated`. Where the user interrupts it, what was recorded until then is there.
 */
export async function advanceTo(
  kernel: Kernel,
  { begin, end }: { readonly begin: number; readonly end: number },
  { signal, checkpoint, progress }: Course,
  simulated: Simulated,
  program: () => unknown,
): Promise<void> {
  const now = (): number => kernel.GetKernelStatus('biological_time');
  const onGrid = (ms: number): number => Math.round(1e6 * ms) / 1e6;
  while (now() < end && !signal.aborted) {
    const whole = end - now();
    const [from, part] = [now(), checkpoint?.active === true ? Math.min(PIECE, whole) : whole];
    const startedAt = performance.now();
    // A piece that is to be gone on from is not broken off.
    const report = checkpoint?.active
      ? await kernel.Run(onGrid(part))
      : await advance(kernel, onGrid(part), signal, (fraction) =>
          progress((from - begin + fraction * part) / (end - begin)),
        );
    simulated.wallTime += report?.wall_time ?? (performance.now() - startedAt) / 1000;
    simulated.events += report?.synaptic_events ?? NaN;
    progress((now() - begin) / (end - begin));
    await checkpoint?.offer(program, kernel);
  }
}
