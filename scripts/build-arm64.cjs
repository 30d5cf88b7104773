'use strict';
// The addon for Linux on arm64, cross-compiled on Debian (g++-aarch64-linux-gnu), to where prebuildify
// puts those of the machine that it runs on; tried under qemu by scripts/test-arm64.cjs.
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const root = path.join(__dirname, '..');
const build = path.join(root, 'out', 'arm64');
const addon = path.join(root, 'prebuilds', 'linux-arm64', 'tegmenta.glibc.node');
const run = (command, ...argv) => execFileSync(command, argv, { cwd: root, stdio: 'inherit' });

run(
  process.execPath,
  require.resolve('cmake-js/bin/cmake-js'),
  ...['build', '--arch', 'arm64', '--out', build],
  `--CDCMAKE_TOOLCHAIN_FILE=${path.join(root, 'cmake', 'linux-arm64.cmake')}`,
);
fs.mkdirSync(path.dirname(addon), { recursive: true });
fs.copyFileSync(path.join(build, 'Release', 'tegmenta.node'), addon);
run('aarch64-linux-gnu-strip', addon);
