#!/usr/bin/env node
'use strict';
// prebuildify calls `<node-gyp> rebuild --target=… --devdir=… --arch=… --release|--debug`
// and then moves build/Release/*.node away, which is linked anew after that. This stands in for node-gyp and lets
// cmake-js build what is not up to date. Node-API addons do not depend on the target version,
// and cmake-js would read --target as the name of a CMake target, so only the
// architecture and the configuration are passed on.
const { spawnSync } = require('node:child_process');

const args = ['build', '--config', 'Release'];
for (const a of process.argv.slice(2)) {
  if (a === '--debug') args[2] = 'Debug';
  const arch = /^--arch=(.+)$/.exec(a);
  if (arch) args.push('--arch', arch[1]);
}
const cli = require.resolve('cmake-js/bin/cmake-js');
const run = spawnSync(process.execPath, [cli, ...args], { stdio: 'inherit' });
if (run.error) throw run.error;
process.exit(run.status ?? 1);
