// The public surface: what `import * as nest from 'tegmenta'` gives, and by its default export the
// same once more, with the default kernel's attributes: `nest.resolution = 0.1`.
import { defaultKernel } from './default-kernel';
import type * as exported from './exports';
import { addModuleAttributes, type KernelAttributes } from './kernel-attributes';

export * from './exports';

addModuleAttributes(module.exports as object, defaultKernel);
/** All that the package exports, with the default kernel's attributes: `nest.resolution = 0.1`. */
const nest = module.exports as typeof exported & KernelAttributes;
export default nest;
