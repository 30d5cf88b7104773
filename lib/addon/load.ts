import { existsSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type nodeGypBuild from 'node-gyp-build';
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
    if (statSync(file).isDirectory()) throw new Error('it is a folder');
    // Node.js would run the file as a program.
    if (path.extname(file) !== '.node') throw new Error('its name does not end in .node');
    return ours(createRequire(file)(file));
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
    // Not before it is needed: it reads files of the system, which can be forbidden.
    const find = require('node-gyp-build') as typeof nodeGypBuild;
    return ours(find(checkout));
  } catch (cause) {
    throw addonNotLoaded(cause, { checkout });
  }
}

function fromPackage(): unknown {
  const packages = platformsOf(process.platform, process.arch);
  let failure: { readonly package: string; readonly cause: unknown } | undefined;
  for (const { package: name } of packages) {
    const loaded = packagedAddons[name]();
    try {
      if ('addon' in loaded) return ours(loaded.addon);
      throw loaded.cause;
    } catch (cause) {
      // What is said is why the one that is installed does not load.
      if (!isAbsent(cause)) failure ??= { package: name, cause };
    }
  }
  throw addonNotLoaded(failure?.cause, { package: failure?.package });
}

/**
 * What was loaded, if it is the addon of this project.
 * @throws Error
 */
function ours(addon: unknown): unknown {
  const { initialize } = (addon ?? {}) as Record<string, unknown>;
  if (typeof initialize !== 'function') throw new Error('it is the addon of something else');
  return addon;
}

const isAbsent = (cause: unknown): boolean =>
  (cause as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND';
