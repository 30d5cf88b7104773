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

/**
 * The method of that name, applied to the default kernel.
 * @internal
 */
export function onDefault<K extends keyof Methods>(name: K): Methods[K] {
  const call = (...args: unknown[]): unknown => {
    const target = defaultKernel() as unknown as Record<K, (...args: unknown[]) => unknown>;
    return target[name](...args);
  };
  return Object.defineProperty(call, 'name', { value: name }) as Methods[K];
}
