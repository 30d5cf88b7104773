'use strict';
// Runs as the first part of the `prepare` script, which npm starts in a checkout only: compiles the
// native addon unless one is there that loads, and says what it does and how long it takes.
const { spawnSync } = require('node:child_process');
const os = require('node:os');
const path = require('node:path');

const root = path.join(__dirname, '..');
/** Seconds of one processor that compiling has taken (g++ 12, 2.5 GHz). */
const COMPILE_WORK = 480;

const say = (sentence) => console.log(`[tegmenta] ${sentence}`);
const minutes = (seconds) =>
  seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} minutes`;
const runs = (...commands) =>
  commands.some((command) => spawnSync(command, ['--version']).status === 0);

function loads() {
  try {
    require('node-gyp-build')(root);
    return true;
  } catch {
    return false;
  }
}

function fail(sentence) {
  console.error(`[tegmenta] ${sentence}`);
  process.exit(1);
}

/** What compiling lacks on this machine, as things to install. */
function missingTools() {
  const missing = [];
  if (!runs('cmake')) missing.push('CMake 3.21 or newer');
  const compilers = process.env.CXX ? [process.env.CXX] : ['c++', 'g++', 'clang++'];
  if (!runs(...compilers)) missing.push('a C++20 compiler (g++ 12 or newer, or clang++)');
  if (!runs('ninja', 'make')) missing.push('Ninja or make');
  return missing;
}

function compile() {
  const missing = missingTools();
  if (missing.length > 0) {
    fail(
      `Compiling the native addon needs ${missing.join(', ')}: install what is missing ` +
        '(Debian and Ubuntu: apt-get install g++ cmake ninja-build) and run `npm run build`.',
    );
  }
  const processors = os.availableParallelism();
  const expected = minutes(COMPILE_WORK / processors);
  say(`compiling the native addon, once: about ${expected} with ${processors} processors`);
  const began = Date.now();
  const cli = require.resolve('cmake-js/bin/cmake-js');
  const run = spawnSync(process.execPath, [cli, 'compile'], { cwd: root, stdio: 'inherit' });
  if (run.status !== 0) fail('Compiling the native addon failed; the first error above says why.');
  say(`compiled the native addon in ${minutes((Date.now() - began) / 1000)}`);
}

if (process.platform === 'win32') {
  fail('There is no tegmenta for Windows; it runs there in WSL, the Windows Subsystem for Linux.');
}
if (loads()) say('the native addon is there; `npm run build:native` compiles what has changed');
else compile();
