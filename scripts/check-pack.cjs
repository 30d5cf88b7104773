'use strict';
// Asserts that the packed tarball holds what a user needs and nothing else, and that every entry of
// package.json's exports gives the same things to require and to import.
const { spawnSync } = require('node:child_process');
const { readFileSync } = require('node:fs');
const path = require('node:path');

const required = [
  'CHANGELOG.md',
  'CMakeLists.txt',
  'LICENSE',
  'README.md',
  'benchmarks/measuring/nest_driver.py',
  'cmake/exports.map',
  'cpp/simd/kernels.cc',
  'cpp/simulator.h',
  'dist/benchmarks/experiments/legenstein/speech/liquid-worker.js',
  'dist/benchmarks/experiments/pong/worker.js',
  'dist/benchmarks/main.js',
  'dist/lib/analysis/index.mjs',
  'dist/benchmarks/worker.js',
  'dist/lib/index.d.mts',
  'dist/lib/index.d.ts',
  'dist/lib/index.js',
  'dist/lib/index.mjs',
  'dist/lib/models.mjs',
  'dist/lib/server/page/icon.svg',
  'dist/lib/server/page/index.html',
  'dist/lib/server/page/main.mjs',
  'dist/lib/server/page/page.css',
  'docs/api.md',
  'docs/architecture.md',
  'docs/examples/README.md',
  'docs/examples/one-neuron.ts',
  'docs/from-pynest.md',
  'docs/images/florian-stdp.svg',
  'docs/pong.md',
  'docs/three-factor-rules.md',
  'lib/index.ts',
  'package.json',
  'scripts/install.cjs',
];
const requiredFolders = [
  'binding/',
  'dist/benchmarks/experiments/',
  'dist/benchmarks/measuring/',
  'dist/benchmarks/speed/',
];
const allowed = [
  /^(CHANGELOG\.md|CMakeLists\.txt|LICENSE|README\.md|package\.json|scripts\/install\.cjs)$/,
  /^benchmarks\/((experiments|measuring|speed)\/|(command|main|worker)\.ts$)/,
  /^binding\/[^/]+\.(cc|h)$/,
  /^cmake\/[^/]+$/,
  /^cpp\/.+\.(cc|h|def)$/,
  /^dist\/(lib|benchmarks)\/.+\.(js|mjs|json|d\.ts|d\.mts|map)$/,
  /^dist\/lib\/server\/page\/[^/]+\.(css|html|svg)$/,
  /^docs\/.+\.(md|svg)$/,
  /^docs\/(programs|examples)\/[\w-]+\.ts$/,
  /^lib\/.+\.(ts|json)$/,
  /^lib\/server\/page\/[^/]+\.(css|html|mts|svg)$/,
  /^prebuilds\/[^/]+\/[^/]+\.node$/,
];

const run = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
  cwd: path.join(__dirname, '..'),
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
});
if (run.status !== 0) throw new Error(`npm pack failed:\n${run.stderr}`);
const report = JSON.parse(run.stdout);
const [tarball] = Array.isArray(report) ? report : Object.values(report);
const files = tarball.files.map((file) => file.path);

/** What is wrong with an entry: `./analysis`, say. */
async function entryProblems(entry) {
  const name = path.posix.join('tegmenta', entry);
  const required = require(name);
  const imported = await import(name);
  const missing = Object.keys(required).filter((key) => !Object.is(imported[key], required[key]));
  return missing.map((key) => `${name}: import and require give different ${key}`);
}

const filesProblems = [
  ...required.filter((file) => !files.includes(file)).map((file) => `missing: ${file}`),
  ...requiredFolders
    .filter((folder) => !files.some((file) => file.startsWith(folder)))
    .map((folder) => `empty: ${folder}`),
  ...files
    .filter((file) => !allowed.some((pattern) => pattern.test(file)))
    .map((file) => `does not belong in the package: ${file}`),
];
const { exports: entries } = JSON.parse(
  readFileSync(path.join(__dirname, '..', 'package.json'), 'utf8'),
);
const modules = Object.keys(entries).filter((entry) => entries[entry].import);

Promise.all(modules.map(entryProblems)).then((found) => {
  const problems = [...filesProblems, ...found.flat()];
  for (const problem of problems) console.error(problem);
  console.log(
    `package: ${files.length} files, ${Math.round(tarball.size / 1024)} kB packed, ` +
      `${modules.length} entries, ${problems.length} problems`,
  );
  process.exit(problems.length === 0 ? 0 : 1);
});
