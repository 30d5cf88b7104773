'use strict';
// The package for Linux on arm64 (npm run build:arm64, then build:packages), with Node.js for arm64
// under qemu: it simulates, to the same bits as here, and an addon for another machine is refused.
const { execFileSync, spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { tool } = require('./install/tools.cjs');

const packages = path.join(__dirname, '..', 'out', 'packages');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tegmenta-arm64-'));
const modules = path.join(folder, 'node_modules');

/** Puts a package there as npm would on its machine. */
function unpack(file, name) {
  const to = path.join(modules, name);
  fs.mkdirSync(to, { recursive: true });
  execFileSync('tar', ['xzf', path.join(packages, file), '-C', to, '--strip-components=1']);
}

const program = `
  const nest = require('tegmenta');
  const neurons = nest.Create('iaf_psc_exp', 100, { I_e: 400, V_m: nest.random.uniform(-70, -55) });
  const spikes = nest.Create('spike_recorder');
  nest.Connect(neurons, neurons, { rule: 'fixed_indegree', indegree: 10 }, { weight: -20 });
  nest.Connect(neurons, spikes);
  nest.Simulate(300).then(() => {
    const sum = spikes.events.times.reduce((total, time, i) => total + time * (i % 97), 0);
    console.log(spikes.n_events + ' spikes, ' + sum);
  });`;
const run = (command, ...argv) =>
  spawnSync(command, [...argv, '-e', program], { cwd: folder, encoding: 'utf8' });
const emulated = () => run('qemu-aarch64', '-L', '/usr/aarch64-linux-gnu', tool('node-arm64'));

try {
  const names = fs.readdirSync(packages).filter((name) => name.endsWith('.tgz'));
  const find = (start) => names.find((name) => name.startsWith(start));
  unpack(
    names.find((name) => /^tegmenta-\d/.test(name)),
    'tegmenta',
  );
  fs.cpSync(
    path.dirname(require.resolve('node-gyp-build/package.json')),
    path.join(modules, 'node-gyp-build'),
    { recursive: true },
  );
  unpack(find('tegmenta-linux-x64-glibc'), '@tegmenta/linux-x64-glibc');
  const here = run(process.execPath);
  const without = emulated();
  const says = /@tegmenta\/linux-arm64-glibc or @tegmenta\/linux-arm64-musl, .* is not installed/;
  if (!says.test(without.stderr)) throw new Error(`without its package: ${without.stderr}`);
  unpack(find('tegmenta-linux-arm64-glibc'), '@tegmenta/linux-arm64-glibc');
  const there = emulated();
  console.log(`here: ${here.stdout}arm64: ${there.stdout}${there.stderr}`);
  if (there.stdout === '' || there.stdout !== here.stdout) throw new Error('arm64 differs');
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}
