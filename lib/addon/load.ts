import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import nodeGypBuild from 'node-gyp-build';
import { packageRoot } from '../package-root';
import { addonNotLoaded } from './not-loaded';
import { packagedAddons } from './packages';
import { platformsOf } from './platforms';

let loaded: string | undefined;

/**
 * The file whose addon is loaded; empty where none was named; undefined before.
 * @internal
 */
export const loadedFile = (): string | undefined => loaded;

/**
 * The compiled addon: of the file that TEGMENTA_ADDON names, else of a checkout that has compiled
 * it, else of the package for this platform.
 * @throws AddonNotLoaded
 * @internal
 */
export function loadAddon(): unknown {
  const named = process.env.TEGMENTA_ADDON ?? '';
  const file = named === '' ? '' : path.resolve(named);
  const addon = file === '' ? fromPlaceOfItsOwn() : fromFile(file);
  loaded = file;
  return addon;
}

function fromPlaceOfItsOwn(): unknown {
  const checkout = compiledCheckout();
  return checkout === undefined ? fromPackage() : fromCheckout(checkout);
}

function fromFile(file: string): unknown {
  try {
    return createRequire(file)(file) as unknown;
  } catch (cause) {
    throw addonNotLoaded(cause, { file });
  }
}

/** The folder of this package, if an addon has been compiled there. */
function compiledCheckout(): string | undefined {
  const root = packageRoot();
  const hasOne =
    root !== undefined && ['build', 'prebuilds'].some((name) => existsSync(path.join(root, name)));
  return hasOne ? root : undefined;
}

function fromCheckout(checkout: string): unknown {
  try {
    return nodeGypBuild(checkout);
  } catch (cause) {
    throw addonNotLoaded(cause, { checkout });
  }
}

function fromPackage(): unknown {
  const packages = platformsOf(process.platform, process.arch);
  let failure: { readonly package: string; readonly cause: unknown } | undefined;
  for (const { package: name } of packages) {
    const loaded = packagedAddons[name]();
    if ('addon' in loaded) return loaded.addon;
    // What is said is why the one that is installed does not load.
    if (!isAbsent(loaded.cause)) failure ??= { package: name, cause: loaded.cause };
  }
  throw addonNotLoaded(failure?.cause, { package: failure?.package });
}

const isAbsent = (cause: unknown): boolean =>
  (cause as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND';
