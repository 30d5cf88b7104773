'use strict';
/* global fetch */
// A registry on the loopback that has what is published here, and nothing else.
const { execFileSync, spawn } = require('node:child_process');
const fs = require('node:fs');
const net = require('node:net');
const os = require('node:os');
const path = require('node:path');
const { packedName, platformManifest } = require('../packages/manifests.cjs');
const { tool } = require('./tools.cjs');

const root = path.join(__dirname, '..', '..');
const packages = path.join(root, 'out', 'packages');

/** How npm names the tarball of a package. */
const fileStart = (name) => `${packedName(name)}-`;

const configuration = (folder) => `storage: ${path.join(folder, 'storage')}
auth:
  htpasswd:
    file: ${path.join(folder, 'htpasswd')}
packages:
  '@*/*': { access: $all, publish: $all }
  '**': { access: $all, publish: $all }
log: { type: stdout, level: error }
max_body_size: 100mb
`;

function packed(from, to) {
  const argv = ['pack', '--ignore-scripts', '--json', '--pack-destination', to, from];
  const report = JSON.parse(execFileSync('npm', argv, { encoding: 'utf8' }));
  const [{ filename }] = Array.isArray(report) ? report : Object.values(report);
  return path.join(to, filename);
}

/** For a platform that nothing was built for, a package that has no addon. */
function standIn(checkout, platform, folder) {
  const from = fs.mkdtempSync(path.join(folder, 'stand-in-'));
  const manifest = JSON.stringify(platformManifest(checkout, platform));
  fs.writeFileSync(path.join(from, 'package.json'), manifest);
  return packed(from, folder);
}

/** Tarballs of all packages, and of what they depend on as it is installed here. */
function tarballs(folder) {
  const made = fs.readdirSync(packages).filter((name) => name.endsWith('.tgz'));
  const own = made.map((name) => path.join(packages, name));
  const checkout = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  const { platforms } = require(path.join(root, 'dist', 'lib', 'addon', 'platforms.js'));
  const standIns = platforms
    .filter(({ package: name }) => !made.some((file) => file.startsWith(fileStart(name))))
    .map((platform) => standIn(checkout, platform, folder));
  const others = Object.keys(checkout.dependencies).map((name) =>
    packed(path.join(root, 'node_modules', name), folder),
  );
  return [...others, ...own, ...standIns];
}

async function answers(url) {
  for (let tries = 0; tries < 300; tries++) {
    try {
      await fetch(url);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  throw new Error(`no registry at ${url}`);
}

/** A port that nothing listens at. */
const freePort = () =>
  new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** Starts it with everything published; `close` ends it. */
async function startRegistry() {
  const port = await freePort();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tegmenta-registry-'));
  const config = path.join(folder, 'config.yaml');
  fs.writeFileSync(config, configuration(folder));
  const url = `http://127.0.0.1:${port}/`;
  const server = spawn(process.execPath, [tool('verdaccio'), '-c', config, '-l', url], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await answers(url);
  const npmrc = path.join(folder, 'npmrc');
  fs.writeFileSync(npmrc, `registry=${url}\n//127.0.0.1:${port}/:_authToken=anyone\n`);
  for (const file of tarballs(folder)) {
    execFileSync(
      'npm',
      ['publish', '--ignore-scripts', '--provenance=false', '--loglevel=error', file],
      {
        env: { ...process.env, npm_config_userconfig: npmrc },
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    );
  }
  const close = () => {
    server.kill();
    fs.rmSync(folder, { recursive: true, force: true });
  };
  return { url, close };
}

module.exports = { startRegistry };
