'use strict';
// The tests of the API under each major version of Node.js, whose programs are npm packages:
// node scripts/test-node-versions.cjs [test …]
const { spawnSync } = require('node:child_process');
const path = require('node:path');
const { tool } = require('./install/tools.cjs');

const root = path.join(__dirname, '..');
const jest = path.join(root, 'node_modules', 'jest', 'bin', 'jest.js');
const asked = process.argv.slice(2);
const tests = asked.length > 0 ? asked : ['test/api', 'test/dense', 'test/analysis', 'test/server'];

for (const program of [process.execPath, tool('node22'), tool('node24')]) {
  const { stdout: version } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  console.log(`== Node.js ${version.trim()}`);
  // Tests start further processes by this name, too.
  const environment = { PATH: `${path.dirname(program)}:${process.env.PATH}` };
  const { status } = spawnSync(program, [jest, ...tests], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: 'inherit',
  });
  if (status !== 0) process.exitCode = 1;
}
