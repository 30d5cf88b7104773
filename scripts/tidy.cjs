'use strict';
// Runs clang-tidy over the core (npm run tidy): the checks of .clang-tidy. Files are looked at
// as they are compiled together, twelve at a time, because most of the time goes to what they
// include.
const { execFileSync, spawn } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const root = path.join(__dirname, '..');
const build = path.join(root, 'out', 'tidy');
execFileSync('cmake', ['--preset', 'tidy'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
const folder = path.join(build, 'CMakeFiles', 'tegmenta_core.dir', 'Unity');
const units = fs
  .readdirSync(folder)
  .filter((name) => name.endsWith('.cxx'))
  .map((name) => path.join(folder, name));

/** What clang-tidy finds in a unit, and whether that is nothing. */
function look(unit) {
  // The flags are GCC's.
  const options = ['-p', build, '--quiet', '--extra-arg=-Wno-unknown-warning-option'];
  return new Promise((resolve, reject) => {
    const run = spawn('clang-tidy', [...options, unit], { cwd: root });
    let text = '';
    run.stdout.on('data', (part) => (text += part));
    run.on('error', reject);
    run.on('close', (code) => resolve({ text, isClean: code === 0 }));
  });
}

async function main() {
  let isClean = true;
  const workers = Number(process.env.CMAKE_BUILD_PARALLEL_LEVEL) || os.availableParallelism();
  const work = async () => {
    for (let unit = units.shift(); unit; unit = units.shift()) {
      const found = await look(unit);
      process.stdout.write(found.text);
      isClean &&= found.isClean;
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  if (!isClean) process.exitCode = 1;
}

main().catch((error) => {
  console.error(String(error));
  process.exitCode = 1;
});
