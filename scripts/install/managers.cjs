'use strict';
// How package managers install, and how what they have installed is run.
const { tool } = require('./tools.cjs');

const node = process.execPath;

/** Packages that were published just now are not held back. */
const ANY_AGE = 'npmMinimalAgeGate: 0\n';

/**
 * Each gets the registry's URL and gives: files that it reads, its environment, the command that
 * installs, and those that run a program.
 */
const managers = {
  npm: (url) => ({
    environment: { npm_config_registry: url },
    install: ['npm', 'install', '--no-audit', '--no-fund'],
    runs: [
      [node, 'program.cjs'],
      [node, 'program.mjs'],
    ],
  }),
  pnpm: (url) => ({
    environment: { npm_config_registry: url },
    install: [node, tool('pnpm'), 'install'],
    runs: [
      [node, 'program.cjs'],
      [node, 'program.mjs'],
    ],
  }),
  'yarn (node_modules)': (url) => ({
    files: { '.yarnrc.yml': `nodeLinker: node-modules\n${ANY_AGE}`, 'yarn.lock': '' },
    environment: yarnEnvironment(url),
    install: [node, tool('yarn'), 'install'],
    runs: [
      [node, 'program.cjs'],
      [node, 'program.mjs'],
    ],
  }),
  "yarn (Plug'n'Play)": (url) => ({
    // Yarn says that it is experimental, whatever is installed.
    known: /^.*YN0092.*ESM support.*$|^.*Done with warnings.*$/gm,
    files: {
      '.yarnrc.yml': `nodeLinker: pnp\npnpEnableEsmLoader: true\n${ANY_AGE}`,
      'yarn.lock': '',
    },
    environment: yarnEnvironment(url),
    install: [node, tool('yarn'), 'install'],
    runs: [
      [node, tool('yarn'), 'node', 'program.cjs'],
      [node, tool('yarn'), 'node', 'program.mjs'],
    ],
  }),
  bun: (url) => ({
    files: { 'bunfig.toml': `[install]\nregistry = "${url}"\n` },
    environment: {},
    install: [tool('bun'), 'install'],
    runs: [
      [node, 'program.cjs'],
      [tool('bun'), 'run', 'program.mjs'],
    ],
  }),
  deno: (url) => ({
    files: { 'deno.json': '{ "nodeModulesDir": "auto", "minimumDependencyAge": 0 }\n' },
    environment: { NPM_CONFIG_REGISTRY: url },
    install: [tool('deno'), 'install'],
    runs: [[tool('deno'), 'run', '--allow-all', 'program.mjs']],
  }),
};

const yarnEnvironment = (url) => ({
  YARN_NPM_REGISTRY_SERVER: url,
  YARN_UNSAFE_HTTP_WHITELIST: '127.0.0.1',
  YARN_ENABLE_TELEMETRY: '0',
});

module.exports = { managers };
