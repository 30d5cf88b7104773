'use strict';
// Formats all C++ sources in place; with --check only reports what is not formatted.
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const root = path.join(__dirname, '..');
const files = ['binding', 'cpp', path.join('test', 'core'), path.join('benchmarks', 'kernels')]
  .filter((dir) => fs.existsSync(path.join(root, dir)))
  .flatMap((dir) =>
    fs.readdirSync(path.join(root, dir), { recursive: true }).map((file) => path.join(dir, file)),
  )
  .filter((file) => /\.(cc|h)$/.test(file))
  .sort();
const mode = process.argv.includes('--check') ? ['--dry-run', '--Werror'] : ['-i'];
const cli = require.resolve('clang-format-node/build/cli.js');
const run = spawnSync(process.execPath, [cli, ...mode, ...files], { cwd: root, stdio: 'inherit' });
if (run.error) throw run.error;
process.exit(run.status ?? 1);
