import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

interface Manifest {
  readonly name?: string;
  readonly version?: string;
}

const readManifest = (file: string): Manifest => JSON.parse(readFileSync(file, 'utf8')) as Manifest;

/** The folder of this package: above lib/ in tests, above dist/lib/ when published. */
export function packageRoot(): string {
  for (let dir = __dirname; ; dir = path.dirname(dir)) {
    const file = path.join(dir, 'package.json');
    if (existsSync(file) && readManifest(file).name === 'tegmenta') return dir;
    if (dir === path.dirname(dir)) throw new Error(`no tegmenta package above ${__dirname}`);
  }
}

/** Version of this package, e.g. `1.2.0`. */
export function packageVersion(): string {
  return readManifest(path.join(packageRoot(), 'package.json')).version ?? 'unknown';
}
