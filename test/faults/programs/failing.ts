import { path as addonPath } from 'node-gyp-build';
import { packageRoot } from '../../../lib/package-root';

/** test/faults/failing.c, which this process has preloaded. */
export interface Failing {
  watch: (addon: string) => boolean;
  /** The k-th from now on fails, counted from 0; and all after it. */
  arm: (what: 'memory' | 'threads', k: number, forever: boolean) => void;
  /** What has been asked for, and what failed, since arm. */
  disarm: () => { counted: number; failed: number };
}

export function loadFailing(library: string): Failing {
  const module = { exports: {} as Failing };
  process.dlopen(module, library);
  if (!module.exports.watch(addonPath(packageRoot()!))) throw new Error('the addon is not loaded');
  return module.exports;
}
