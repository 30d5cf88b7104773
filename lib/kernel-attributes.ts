import type { KernelSettings, KernelStatus } from './generated/kernel-status';
import { kernelAttributes } from './registry';
import { nearestName, unknownKey } from './suggest';
import { hearingUnknown, isWritten } from './unknown-names';

// The attributes of a kernel as properties: `kernel.resolution = 0.1`.

/** Attributes of a kernel; what SetKernelStatus takes can be set. */
export type KernelAttributes = Required<KernelSettings> &
  Readonly<Omit<KernelStatus, keyof KernelSettings>>;

/** Whatever has attributes: a kernel. */
interface Owner {
  GetKernelStatus(key: string): unknown;
  SetKernelStatus(values: Readonly<Record<string, unknown>>): void;
}

/** A property for each attribute, of an object that says whose attributes they are. */
function properties<T>(ownerOf: (object: T) => Owner): PropertyDescriptorMap {
  return Object.fromEntries(
    kernelAttributes.map((name) => [
      name,
      {
        configurable: true,
        get(this: T) {
          return ownerOf(this).GetKernelStatus(name);
        },
        set(this: T, value: unknown) {
          ownerOf(this).SetKernelStatus({ [name]: value });
        },
      },
    ]),
  );
}

/** Members of a kernel that are not for users. */
const internal: ReadonlySet<string> = new Set(['constructor', 'drawParameter']);

/**
 * Gives kernels their attributes as properties, and makes them refuse names that they do not have.
 * @internal
 */
export function addAttributes(prototype: object): void {
  const members = Object.getOwnPropertyNames(prototype);
  const known = [
    ...kernelAttributes,
    ...members.filter((name) => isWritten(name) && !internal.has(name)),
  ];
  const refuse = (name: string): never => {
    throw unknownKey('The kernel has no attribute', name, known);
  };
  Object.defineProperties(
    prototype,
    properties<Owner>((kernel) => kernel),
  );
  const unknown = hearingUnknown({
    read: (_, name) => refuse(name),
    write: (_, name) => refuse(name),
  });
  Object.setPrototypeOf(prototype, unknown);
}

/**
 * Gives the module the attributes of the default kernel. They are inherited, so that whoever copies
 * or mocks the module's functions does not read them. Names that it does not have are refused where
 * they are set, and where they are read if an attribute is named like that; whether the module has
 * a function can be asked as usual.
 * @internal
 */
export function addModuleAttributes(exported: object, defaultKernel: () => Owner): void {
  const known = [...kernelAttributes, ...Object.keys(exported)];
  const refuse = (name: string): never => {
    throw unknownKey('nest has no attribute', name, known);
  };
  const unknown = hearingUnknown({
    read: (_, name) => (isLikeAttribute(name) ? refuse(name) : undefined),
    write: (_, name) => refuse(name),
  });
  const inherited: object = Object.create(unknown, properties(defaultKernel)) as object;
  Object.setPrototypeOf(exported, inherited);
}

/** Functions and classes begin with capitals, attributes do not. */
const isLikeAttribute = (name: string): boolean =>
  /^[a-z]/.test(name) && nearestName(name, kernelAttributes) !== undefined;
