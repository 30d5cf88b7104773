'use strict';
// Installs what is published (npm run build:packages) from a registry on the loopback by every
// package manager, without compiler and scripts, and simulates: node scripts/test-install.cjs [name …]
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { managers } = require('./install/managers.cjs');
const { startRegistry } = require('./install/registry.cjs');

/** Seconds that installing may take. */
const MOST_SECONDS = 10;

const body = `
const neuron = nest.Create('iaf_psc_exp', { I_e: 400 });
const spikes = nest.Create('spike_recorder');
nest.Connect(neuron, spikes);
nest.Simulate(1000).then(() => {
  try {
    spikes.events.toArrow();
  } catch ({ name, packages }) {
    console.log(spikes.n_events + ' spikes, ' + name + ' ' + packages);
  }
});
`;
const programs = {
  'program.cjs': `const nest = require('tegmenta');${body}`,
  'program.mjs': `import * as nest from 'tegmenta';${body}`,
};
const manifest = JSON.stringify({ private: true, dependencies: { tegmenta: '*' } });

/** A folder with Node.js and a shell, for PATH: no compiler, no other tool. */
function toolsFolder() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tegmenta-path-'));
  const npm = spawnSync('which', ['npm'], { encoding: 'utf8' }).stdout.trim();
  const links = { node: process.execPath, sh: '/bin/sh', npm: fs.realpathSync(npm) };
  for (const [name, file] of Object.entries(links)) fs.symlinkSync(file, path.join(folder, name));
  return folder;
}

/** What went wrong with one of them; prints how long it took. */
function problemsOf(name, url, tools) {
  const { files = {}, environment, install, runs, known = /$^/ } = managers[name](url);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tegmenta-install-'));
  for (const [file, text] of Object.entries({ ...programs, 'package.json': manifest, ...files })) {
    fs.writeFileSync(path.join(folder, file), text);
  }
  const run = ([command, ...argv]) =>
    spawnSync(command, argv, {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: tools, HOME: path.join(folder, 'home'), ...environment },
    });
  const began = Date.now();
  const { status, stdout, stderr } = run(install);
  const seconds = (Date.now() - began) / 1000;
  const said = (stdout + stderr).replace(known, '');
  const problems = [
    ...(status === 0 ? [] : [`failed:\n${said}`]),
    ...(/warn|deprecated|ignored build|compil/i.test(said) ? [`warns:\n${said}`] : []),
    ...(seconds <= MOST_SECONDS ? [] : [`took ${seconds.toFixed(1)} s`]),
  ];
  for (const command of runs) {
    const { stdout: printed, stderr: failed } = run(command);
    if (printed !== '33 spikes, MissingPackage apache-arrow\n')
      problems.push(`${command.join(' ')}: ${printed}${failed}`);
  }
  console.log(`${name}: ${seconds.toFixed(1)} s, ${problems.length} problems`);
  fs.rmSync(folder, { recursive: true, force: true });
  return problems.map((problem) => `${name} ${problem}`);
}

async function main() {
  const asked = process.argv.slice(2);
  const names = Object.keys(managers).filter((name) => !asked.length || asked.includes(name));
  const tools = toolsFolder();
  const registry = await startRegistry();
  try {
    const problems = names.flatMap((name) => problemsOf(name, registry.url, tools));
    for (const problem of problems) console.error(problem);
    process.exitCode = problems.length === 0 ? 0 : 1;
  } finally {
    registry.close();
    fs.rmSync(tools, { recursive: true, force: true });
  }
}
void main();
