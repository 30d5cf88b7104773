import type { Kernel, KernelSettings, Report } from '../../lib';
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
