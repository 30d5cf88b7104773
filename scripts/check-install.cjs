'use strict';
// Installs what is published (out/packages/) into a folder of its own, as a service would, without
// compiler, scripts and development packages; counts packages and bytes; and simulates there.
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const MOST_PACKAGES = 5;
const MOST_BYTES = 15e6;

const out = path.join(__dirname, '..', 'out', 'packages');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tegmenta-install-'));

function run(...command) {
  const { status, stdout, stderr } = spawnSync(command[0], command.slice(1), {
    cwd: folder,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${command.join(' ')} failed:\n${stdout}${stderr}`);
  return stdout;
}

/** Whether a tarball is that of the main package, or for this machine. */
function isForHere(tarball) {
  const folder = path.join(out, tarball.replace(/-\d[^-]*\.tgz$/, ''));
  const manifest = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const { header } = process.report.getReport();
  const here = {
    ...{ os: process.platform, cpu: process.arch },
    libc: header.glibcVersionRuntime === undefined ? 'musl' : 'glibc',
  };
  return Object.entries(here).every(([field, value]) => manifest[field]?.includes(value) ?? true);
}

const program = `
  nest.Create('poisson_generator', 1, { rate: 1000 }).size;
  const neuron = nest.Create('parrot_neuron');
  const recorder = nest.Create('spike_recorder');
  nest.Connect(nest.GetNodes({ model: 'poisson_generator' }), neuron);
  nest.Connect(neuron, recorder);
  nest.Simulate(1000).then(() => {
    if (!(recorder.n_events > 800)) throw new Error('no simulation');
  });`;

try {
  const tarballs = fs.readdirSync(out).filter((name) => name.endsWith('.tgz') && isForHere(name));
  fs.writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
  run(
    ...['npm', 'install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'],
    ...['--no-package-lock', ...tarballs.map((name) => path.join(out, name))],
  );
  const modules = path.join(folder, 'node_modules');
  const files = fs
    .readdirSync(modules, { recursive: true })
    .map((name) => path.join(modules, name));
  const bytes = files
    .map((file) => fs.statSync(file))
    .reduce((sum, entry) => sum + (entry.isFile() ? entry.size : 0), 0);
  const listed = JSON.parse(fs.readFileSync(path.join(modules, '.package-lock.json'), 'utf8'));
  const count = Object.keys(listed.packages).length;
  run('node', '-e', `const nest = require('tegmenta');${program}`);
  run('node', '--input-type=module', '-e', `import * as nest from 'tegmenta';${program}`);
  run(path.join(modules, '.bin', 'tegmenta'), 'list');
  console.log(`installed: ${count} packages, ${(bytes / 1e6).toFixed(1)} MB; it simulates`);
  if (count > MOST_PACKAGES) throw new Error(`more than ${MOST_PACKAGES} packages`);
  if (bytes > MOST_BYTES) throw new Error(`more than ${MOST_BYTES / 1e6} MB`);
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}
