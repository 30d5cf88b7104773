// tegmenta/load: the simulator with an addon from a file that the program names.
import path from 'node:path';
import { loadedFile } from './addon/load';
import { addonAlreadyLoaded } from './addon/not-loaded';
import { checkObject, mismatch } from './forms';
import type * as tegmenta from './index';
import { checkKeys } from './suggest';

/** Where the compiled addon is. */
export interface LoadOptions {
  /**
   * A file `tegmenta.node`, relative to the working folder; left out: as `import 'tegmenta'` finds
   * it.
   */
  readonly nativeBinding?: string;
}

/**
 * The simulator, as `import * as nest from 'tegmenta'` gives it, with the addon of a file: for
 * programs that are one executable, or keep compiled files apart. It has to come before anything
 * else imports tegmenta, and holds for worker threads and processes that are started later, as
 * TEGMENTA_ADDON is set.
 * @throws TypeMismatch, UnaccessedDictionaryEntry, BadParameterValue for bad options;
 * AddonNotLoaded, also if another addon is loaded already
 */
export function load(options: LoadOptions = {}): typeof tegmenta {
  const given = checkObject(options, 'options', 'an object { nativeBinding }', 'load');
  checkKeys(given, ['nativeBinding'], 'load has no option');
  const { nativeBinding } = given;
  if (nativeBinding === undefined) return simulator();
  if (typeof nativeBinding !== 'string' || nativeBinding === '') {
    throw mismatch('nativeBinding', 'the path of a file', nativeBinding, 'load');
  }
  const file = path.resolve(nativeBinding);
  const loaded = loadedFile();
  if (loaded !== undefined) {
    if (loaded !== file) throw addonAlreadyLoaded(file, loaded);
    return simulator();
  }
  const before = process.env.TEGMENTA_ADDON;
  process.env.TEGMENTA_ADDON = file;
  try {
    return simulator();
  } catch (error) {
    if (before === undefined) delete process.env.TEGMENTA_ADDON;
    else process.env.TEGMENTA_ADDON = before;
    throw error;
  }
}

// Not before it is asked for: the addon is loaded with it.
function simulator(): typeof tegmenta {
  return require('./index') as typeof tegmenta;
}
