import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { MissingPackage } from '../errors';
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

/**
 * The files of the page by their paths in URLs; `index.html` is also `/`.
 * @throws MissingPackage in a bundle that has left them behind
 */
export function pageAssets(): ReadonlyMap<string, Asset> {
  const folder = pageFolder();
  const assets = new Map<string, Asset>();
  for (const name of readdirSync(folder)) {
    const type = types[path.extname(name)];
    if (type === undefined) continue;
    const asset = { type, content: readFileSync(path.join(folder, name)) };
    assets.set(name === 'index.html' ? '/' : `/${name}`, asset);
  }
  return assets;
}

/** Beside this file; tests, which run lib/ as it is, use the page that was compiled. */
function pageFolder(): string {
  const beside = typeof __dirname === 'undefined' ? [] : [path.join(__dirname, 'page')];
  const compiled = path.join(packageRoot() ?? '', 'dist', 'lib', 'server', 'page');
  const folder = [...beside, compiled].find((one) => existsSync(path.join(one, 'main.mjs')));
  if (folder !== undefined) return folder;
  throw new MissingPackage(
    'serve needs the files of its page, which a bundle does not hold: leave tegmenta out of the bundle and install it beside it.',
    { packages: ['tegmenta'], command: 'npm install tegmenta' },
  );
}
