'use strict';
// Asserts that what is published (out/packages/, made by scripts/make-packages.cjs) holds what a user
// needs and nothing else, that every entry of package.json's exports gives the same things to
// require and to import, and that addons load on systems that are old enough.
const fs = require('node:fs');
const path = require('node:path');
const { HIGHEST_GLIBC, compareVersions, glibcOf, librariesOf } = require('./packages/glibc.cjs');
const { packedName } = require('./packages/manifests.cjs');

const root = path.join(__dirname, '..');
const out = path.join(root, 'out', 'packages');
const { platforms } = require(path.join(root, 'dist', 'lib', 'addon', 'platforms.js'));

const required = [
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'LICENSE',
  'README.md',
  'benchmarks/RESULTS.md',
  'benchmarks/SCALING.md',
  'benchmarks/experiments/nestml/delta_neuron.nestml',
  'benchmarks/experiments/nestml/exp_neuron.nestml',
  'benchmarks/experiments/nestml/neuromodulated_synapse.nestml',
  'benchmarks/experiments/nestml/neuromodulated_synapse_5.nestml',
  'benchmarks/measuring/nest_driver.py',
  'benchmarks/results/speed.svg',
  'dist/benchmarks/experiments/legenstein/speech/liquid-worker.js',
  'dist/benchmarks/experiments/pong/worker.js',
  'dist/benchmarks/main.js',
  'dist/benchmarks/worker.js',
  'dist/lib/analysis/index.mjs',
  'dist/lib/index.d.mts',
  'dist/lib/index.d.ts',
  'dist/lib/index.js',
  'dist/lib/index.mjs',
  'dist/lib/load.mjs',
  'dist/lib/models.mjs',
  'dist/lib/plotting/index.mjs',
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
  'docs/packages.md',
  'docs/plotting.md',
  'docs/pong.md',
  'docs/three-factor-rules.md',
  'package.json',
];
const requiredFolders = [
  'dist/benchmarks/experiments/',
  'dist/benchmarks/measuring/',
  'dist/benchmarks/speed/',
];
const allowed = [
  /^(CHANGELOG|CONTRIBUTING|README)\.md$/,
  /^(LICENSE|package\.json)$/,
  /^benchmarks\/((RESULTS|SCALING)\.md|measuring\/nest_driver\.py|results\/speed\.svg)$/,
  /^benchmarks\/experiments\/nestml\/\w+\.nestml$/,
  /^dist\/(lib|benchmarks)\/.+\.(js|mjs|json|d\.ts|d\.mts)$/,
  /^dist\/lib\/server\/page\/[^/]+\.(css|html|svg)$/,
  /^docs\/.+\.(md|svg)$/,
  /^docs\/(programs|examples)\/[\w-]+\.ts$/,
];
/** Libraries that are there wherever Node.js is. */
const everywhere = /^(lib(c|m|gcc_s)\.so\.\d+|libc\.musl-.*|ld-linux.*)$/;

const filesIn = (folder) =>
  fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name)));
const manifestOf = (folder) =>
  JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));

/** Links of what users read, to files that the package does not hold. */
function deadLinks(folder, files) {
  const held = (target) => files.some((file) => file === target || file.startsWith(`${target}/`));
  return files
    .filter((file) => file === 'README.md' || /^docs\/.+\.md$/.test(file))
    .flatMap((file) => {
      const text = fs.readFileSync(path.join(folder, file), 'utf8').replace(/```.*?```/gs, '');
      return Array.from(text.matchAll(/\]\(([^)#\s:]+)(?:#[^)]*)?\)/g), ([, link]) =>
        path.posix.join(path.posix.dirname(file), link).replace(/\/$/, ''),
      )
        .filter((target) => !held(target))
        .map((target) => `${file} leads to ${target}, which is not in the package`);
    });
}

function mainProblems(folder, files) {
  const { optionalDependencies, version, scripts } = manifestOf(folder);
  return [
    ...required.filter((file) => !files.includes(file)).map((file) => `missing: ${file}`),
    ...requiredFolders
      .filter((start) => !files.some((file) => file.startsWith(start)))
      .map((start) => `empty: ${start}`),
    ...files
      .filter((file) => !allowed.some((pattern) => pattern.test(file)))
      .map((file) => `does not belong in the package: ${file}`),
    ...platforms
      .filter((platform) => optionalDependencies[platform.package] !== version)
      .map((platform) => `no optional dependency: ${platform.package}`),
    ...deadLinks(folder, files),
    ...(scripts === undefined ? [] : ['the published package has scripts']),
  ];
}

/** What is wrong with an entry: `./analysis`, say. */
async function entryProblems(entry) {
  const name = path.posix.join('tegmenta', entry);
  const module = require(name);
  const imported = await import(name);
  const missing = Object.keys(module).filter((key) => !Object.is(imported[key], module[key]));
  return missing.map((key) => `${name}: import and require give different ${key}`);
}

function platformProblems(platform, folder, files) {
  const { os, cpu, libc, main } = manifestOf(folder);
  const given = JSON.stringify([os, cpu, libc]);
  const expected = JSON.stringify([
    [platform.os],
    [platform.cpu],
    platform.libc && [platform.libc],
  ]);
  const addon = path.join(folder, main);
  const isLinux = platform.os === 'linux';
  const glibc = platform.libc === 'glibc' ? glibcOf(addon) : '0';
  const unusual = isLinux ? librariesOf(addon).filter((name) => !everywhere.test(name)) : [];
  return [
    ...(given === expected ? [] : [`is for ${given}`]),
    ...(files.sort().join() === ['LICENSE', 'README.md', 'package.json', main].sort().join()
      ? []
      : [`holds ${files.join(', ')}`]),
    ...(compareVersions(glibc, HIGHEST_GLIBC) <= 0
      ? []
      : [`needs glibc ${glibc}, allowed is up to ${HIGHEST_GLIBC}`]),
    ...unusual.map((name) => `needs ${name}`),
  ].map((problem) => `${platform.package} ${problem}`);
}

async function check() {
  const main = path.join(out, 'tegmenta');
  const files = filesIn(main);
  const entries = Object.entries(manifestOf(main).exports).filter(([, entry]) => entry.import);
  const found = await Promise.all(entries.map(([entry]) => entryProblems(entry)));
  const problems = [...mainProblems(main, files), ...found.flat()];
  const made = platforms
    .map((platform) => [platform, path.join(out, packedName(platform.package))])
    .filter(([, folder]) => fs.existsSync(folder));
  if (made.length === 0) problems.push('no package of a platform has been made');
  for (const [platform, folder] of made) {
    problems.push(...platformProblems(platform, folder, filesIn(folder)));
  }
  for (const problem of problems) console.error(problem);
  console.log(
    `packages: ${files.length} files, ${entries.length} entries, ` +
      `${made.map(([platform]) => platform.package).join(', ')}, ${problems.length} problems`,
  );
  process.exitCode = problems.length === 0 ? 0 : 1;
}
void check();
