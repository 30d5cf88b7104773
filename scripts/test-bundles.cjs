'use strict';
// Whether bundles of a service, made as docs/packages.md says, run from folders that hold nothing
// else: node scripts/test-bundles.cjs, after npm run build:packages.
const { execSync, spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const root = path.join(__dirname, '..');
const packages = path.join(root, 'out', 'packages');
const bundlers = [
  ...['esbuild', 'webpack', 'webpack-cli', 'node-loader', 'rollup', '@rollup/plugin-commonjs'],
  ...['@rollup/plugin-node-resolve', '@vercel/nft', 'postject'],
];

const service = `import http from 'node:http';
import { Kernel } from 'tegmenta';

const server = http.createServer(async (_request, response) => {
  const kernel = new Kernel();
  const neuron = kernel.Create('iaf_psc_exp', { I_e: 400 });
  const spikes = kernel.Create('spike_recorder');
  kernel.Connect(neuron, spikes);
  await kernel.Simulate(1000);
  response.end(spikes.n_events + ' spikes\\n');
});
server.listen(0, '127.0.0.1', async () => {
  const answer = await fetch('http://127.0.0.1:' + server.address().port);
  process.stdout.write(await answer.text());
  server.close();
});
`;
const afterLoading = `
const neuron = nest.Create('iaf_psc_exp', { I_e: 400 });
const spikes = nest.Create('spike_recorder');
nest.Connect(neuron, spikes);
nest.Simulate(1000).then(() => console.log(spikes.n_events + ' spikes'));
`;
const trace = `const { nodeFileTrace } = require('@vercel/nft');
const { cpSync } = require('node:fs');
nodeFileTrace(['service.mjs'], { base: __dirname }).then(({ fileList }) => {
  for (const file of fileList) cpSync(file, 'bundle/' + file);
});
`;

/** The document's blocks: files by the names in their first lines, and commands. */
function shown() {
  const page = fs.readFileSync(path.join(root, 'docs', 'packages.md'), 'utf8');
  const blocks = [...page.matchAll(/^```(\w+)\n([^]*?)^```$/gm)].map(([, language, text]) => ({
    ...{ language, text },
    name: /^\/\/ (\S+\.[cm]?js)\n/.exec(text)?.[1],
  }));
  const files = blocks.filter(({ name }) => name).map(({ name, text }) => [name, text]);
  const [sea] = blocks.filter(({ language }) => language === 'json');
  const [esbuild, single] = blocks.filter(({ language }) => language === 'text');
  const banner = /`--banner:js=("[^`]+")`/.exec(page)[1];
  return {
    files: { ...Object.fromEntries(files), 'sea.json': sea.text },
    ...{ esbuild: esbuild.text, banner, single: single.text },
  };
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tegmenta-bundles-'));
const { files, esbuild, banner, single } = shown();
const asModule = `--format=esm --out-extension:.js=.mjs --banner:js=${banner}`;

/** What is made how, and what of it is run. */
const bundles = {
  esbuild: [esbuild, 'node service.js'],
  'esbuild, ES module': [`${esbuild.trim()} ${asModule}`, 'node service.mjs'],
  webpack: ['webpack --config webpack.config.cjs', 'node service.js'],
  Rollup: ['rollup --config rollup.config.mjs', 'node service.mjs'],
  '@vercel/nft': ['node trace.cjs', 'node service.mjs'],
  'one executable': [`${single}mkdir bundle\nmv single bundle`, './single'],
};

const sh = (cwd, command) =>
  spawnSync('sh', ['-ec', command], {
    ...{ cwd, encoding: 'utf8' },
    env: {
      ...process.env,
      PATH: `${path.join(folder, 'node_modules', '.bin')}:${process.env.PATH}`,
    },
  });

function tried(name, [make, run]) {
  const made = sh(folder, make);
  const alone = fs.mkdtempSync(path.join(os.tmpdir(), 'tegmenta-alone-'));
  try {
    if (made.status !== 0) throw new Error(`${name}: ${made.stdout}${made.stderr}`);
    fs.renameSync(path.join(folder, 'bundle'), path.join(alone, 'bundle'));
    const { stdout, stderr } = sh(path.join(alone, 'bundle'), run);
    if (stdout !== '33 spikes\n') throw new Error(`${name}: ${stdout}${stderr}`);
    console.log(`${name}: runs alone`);
  } finally {
    fs.rmSync(alone, { recursive: true, force: true });
  }
}

try {
  const tarballs = ['tegmenta', `tegmenta-linux-x64-glibc`].map((start) =>
    fs.readdirSync(packages).find((name) => new RegExp(`^${start}-\\d.*tgz$`).test(name)),
  );
  const written = {
    ...files,
    'single.mjs': files['single.mjs'] + afterLoading,
    ...{ 'service.mjs': service, 'trace.cjs': trace, 'package.json': '{ "private": true }' },
  };
  for (const [name, text] of Object.entries(written)) {
    fs.writeFileSync(path.join(folder, name), text);
  }
  const what = [...tarballs.map((name) => path.join(packages, name)), ...bundlers];
  execSync(`npm install --ignore-scripts --no-audit --no-fund ${what.join(' ')}`, {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  for (const [name, commands] of Object.entries(bundles)) tried(name, commands);
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}
