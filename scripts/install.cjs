'use strict';
// Runs as the `install` script. Nothing to do when a prebuild (or an earlier local
// build) loads; otherwise, or when a source build is asked for, compile with cmake-js.
const { spawnSync } = require('node:child_process');
const path = require('node:path');

const root = path.join(__dirname, '..');
const fromSource =
  process.env.npm_config_build_from_source === 'true' ||
  process.env.npm_config_build_from_source === 'tegmenta' ||
  process.env.TEGMENTA_BUILD_FROM_SOURCE === '1';

function loads() {
  try {
    require('node-gyp-build')(root);
    return true;
  } catch {
    return false;
  }
}

function runs(...commands) {
  return commands.some((command) => spawnSync(command, ['--version']).status === 0);
}

function fail(sentence) {
  console.error(`[tegmenta] ${sentence}`);
  process.exit(1);
}

/** What a source build lacks on this machine, as things to install. */
function missingTools() {
  const missing = [];
  if (!runs('cmake')) missing.push('CMake 3.21 or newer');
  const compilers = process.env.CXX ? [process.env.CXX] : ['c++', 'g++', 'clang++'];
  if (!runs(...compilers)) missing.push('a C++20 compiler (g++ 12 or newer, or clang++)');
  if (!runs('ninja', 'make')) missing.push('Ninja or make');
  return missing;
}

function compile() {
  console.log(
    `[tegmenta] compiling the native addon (${fromSource ? 'requested' : 'no usable prebuild'})`,
  );
  const missing = missingTools();
  if (missing.length > 0) {
    fail(
      `Compiling the native addon needs ${missing.join(', ')}: install what is missing ` +
        '(Debian and Ubuntu: apt-get install g++ cmake ninja-build) and run `npm rebuild tegmenta`.',
    );
  }
  let cli;
  try {
    cli = require.resolve('cmake-js/bin/cmake-js');
  } catch {
    fail('Compiling the native addon needs the package cmake-js: install tegmenta again.');
  }
  const run = spawnSync(process.execPath, [cli, 'compile'], { cwd: root, stdio: 'inherit' });
  if (run.status !== 0) fail('Compiling the native addon failed; the first error above says why.');
}

if (fromSource || !loads()) compile();
