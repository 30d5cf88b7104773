import type { PlatformPackage } from './platforms';

/** The addon of a package, or why there is none. */
export type Loaded = { readonly addon: unknown } | { readonly cause: unknown };

/**
 * Loads the addon of a package. Each is required by its literal name, within a `try` of its own:
 * bundlers and tracers then take along the one that is installed, and do without the others.
 * @internal
 */
export const packagedAddons: Readonly<Record<PlatformPackage, () => Loaded>> = {
  '@tegmenta/linux-x64-glibc': () => {
    try {
      return { addon: require('@tegmenta/linux-x64-glibc/tegmenta.node') as unknown };
    } catch (cause) {
      return { cause };
    }
  },
  '@tegmenta/linux-x64-musl': () => {
    try {
      return { addon: require('@tegmenta/linux-x64-musl/tegmenta.node') as unknown };
    } catch (cause) {
      return { cause };
    }
  },
  '@tegmenta/linux-arm64-glibc': () => {
    try {
      return { addon: require('@tegmenta/linux-arm64-glibc/tegmenta.node') as unknown };
    } catch (cause) {
      return { cause };
    }
  },
  '@tegmenta/linux-arm64-musl': () => {
    try {
      return { addon: require('@tegmenta/linux-arm64-musl/tegmenta.node') as unknown };
    } catch (cause) {
      return { cause };
    }
  },
  '@tegmenta/darwin-arm64': () => {
    try {
      return { addon: require('@tegmenta/darwin-arm64/tegmenta.node') as unknown };
    } catch (cause) {
      return { cause };
    }
  },
  '@tegmenta/darwin-x64': () => {
    try {
      return { addon: require('@tegmenta/darwin-x64/tegmenta.node') as unknown };
    } catch (cause) {
      return { cause };
    }
  },
};
