import { Kernel } from './kernel';
import { setDefaultCollector } from './node-collection';
import { setDefaultEvaluator } from './parameters';

let kernel: Kernel | undefined;

/** The kernel that the module's functions act on; made at its first use. */
export function defaultKernel(): Kernel {
  return (kernel ??= new Kernel());
}

setDefaultEvaluator(defaultKernel);
setDefaultCollector((ids) => defaultKernel().NodeCollection(ids));

type Methods = {
  [K in keyof Kernel as Kernel[K] extends (...args: never[]) => unknown ? K : never]: Kernel[K];
};

/** The method of that name, applied to the default kernel. */
function onDefault<K extends keyof Methods>(name: K): Methods[K] {
  const call = (...args: unknown[]): unknown => {
    const target = defaultKernel() as unknown as Record<K, (...args: unknown[]) => unknown>;
    return target[name](...args);
  };
  return Object.defineProperty(call, 'name', { value: name }) as Methods[K];
}

/** Makes nodes; see {@link Kernel.Create}. */
export const Create = onDefault('Create');
/** Connects nodes; see {@link Kernel.Connect}. */
export const Connect = onDefault('Connect');
/** Removes connections; see {@link Kernel.Disconnect}. */
export const Disconnect = onDefault('Disconnect');
/** Simulates without blocking; see {@link Kernel.Simulate}. */
export const Simulate = onDefault('Simulate');
/** Simulates on the calling thread; see {@link Kernel.SimulateSync}. */
export const SimulateSync = onDefault('SimulateSync');
/** Readies the network for Run; see {@link Kernel.Prepare}. */
export const Prepare = onDefault('Prepare');
/** Prepare without blocking; see {@link Kernel.PrepareAsync}. */
export const PrepareAsync = onDefault('PrepareAsync');
/** Simulates between Prepare and Cleanup; see {@link Kernel.Run}. */
export const Run = onDefault('Run');
/** Run on the calling thread; see {@link Kernel.RunSync}. */
export const RunSync = onDefault('RunSync');
/** Ends what Prepare began; see {@link Kernel.Cleanup}. */
export const Cleanup = onDefault('Cleanup');
/** Finds synapses without blocking; see {@link Kernel.GetConnectionsAsync}. */
export const GetConnectionsAsync = onDefault('GetConnectionsAsync');
/** Finds synapses; see {@link Kernel.GetConnections}. */
export const GetConnections = onDefault('GetConnections');
/** Finds nodes by their values; see {@link Kernel.GetNodes}. */
export const GetNodes = onDefault('GetNodes');
/** Changes defaults of a model; see {@link Kernel.SetDefaults}. */
export const SetDefaults = onDefault('SetDefaults');
/** Reads defaults of a model; see {@link Kernel.GetDefaults}. */
export const GetDefaults = onDefault('GetDefaults');
/** Makes a model with other defaults; see {@link Kernel.CopyModel}. */
export const CopyModel = onDefault('CopyModel');
/** Reads values of a collection; see {@link Kernel.GetStatus}. */
export const GetStatus = onDefault('GetStatus');
/** Sets values of a collection; see {@link Kernel.SetStatus}. */
export const SetStatus = onDefault('SetStatus');
/** Reads attributes of the kernel; see {@link Kernel.GetKernelStatus}. */
export const GetKernelStatus = onDefault('GetKernelStatus');
/** Sets attributes of the kernel; see {@link Kernel.SetKernelStatus}. */
export const SetKernelStatus = onDefault('SetKernelStatus');
/** Reads attributes of the kernel, as GetKernelStatus. */
export const get = onDefault('get');
/** Sets attributes of the kernel, as SetKernelStatus. */
export const set = onDefault('set');
/** The level of messages; see {@link Kernel.get_verbosity}. */
export const get_verbosity = onDefault('get_verbosity');
/** Keeps a level of messages; see {@link Kernel.set_verbosity}. */
export const set_verbosity = onDefault('set_verbosity');
/** Back to time 0; see {@link Kernel.ResetState}. */
export const ResetState = onDefault('ResetState');
/** Saves the kernel's state; see {@link Kernel.SaveState}. */
export const SaveState = onDefault('SaveState');
/** Saves the kernel's state, and waits; see {@link Kernel.SaveStateSync}. */
export const SaveStateSync = onDefault('SaveStateSync');
/** Loads a state into the kernel; see {@link Kernel.LoadState}. */
export const LoadState = onDefault('LoadState');
/** Loads a state into the kernel, and waits; see {@link Kernel.LoadStateSync}. */
export const LoadStateSync = onDefault('LoadStateSync');
/** Empties the kernel; see {@link Kernel.ResetKernel}. */
export const ResetKernel = onDefault('ResetKernel');
