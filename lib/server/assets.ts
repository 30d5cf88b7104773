import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../package-root';

/** A file of the page. */
export interface Asset {
  readonly type: string;
  readonly content: Buffer;
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The files of the page by their paths in URLs; `index.html` is also `/`. */
export function pageAssets(): ReadonlyMap<string, Asset> {
  const folder = path.join(packageRoot(), 'dist', 'lib', 'server', 'page');
  const assets = new Map<string, Asset>();
  for (const name of readdirSync(folder)) {
    const type = types[path.extname(name)];
    if (type === undefined) continue;
    const asset = { type, content: readFileSync(path.join(folder, name)) };
    assets.set(name === 'index.html' ? '/' : `/${name}`, asset);
  }
  return assets;
}
