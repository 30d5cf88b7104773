import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * The folder of this package: above lib/ in tests, above dist/lib/ when published; undefined in a
 * bundle, which has left it.
 */
export function packageRoot(): string | undefined {
  // A bundle that is an ES module has no __dirname.
  if (typeof __dirname === 'undefined') return undefined;
  for (let dir = __dirname; ; dir = path.dirname(dir)) {
    if (isPackage(path.join(dir, 'package.json'))) return dir;
    if (dir === path.dirname(dir)) return undefined;
  }
}

const isPackage = (file: string): boolean =>
  existsSync(file) &&
  (JSON.parse(readFileSync(file, 'utf8')) as { readonly name?: string }).name === 'tegmenta';
