'use strict';
// Adds one thing of every kind in scripts/additions/ to a copy of the repository, each at the one
// place that CONTRIBUTING.md names, and shows that types, documentation and tests have it:
// npm run test:long additions.
//
// A file of scripts/additions/ exports
//   edits    where something is inserted: the file, the text after which, and what; `without`: a
//            text that is taken out first
//   files    new files that belong to it: paths and texts; none where left out
//   test     a test of what was added, for a file that has `nest` and `textOf`
//   covered  a test of the repository that must cover it without being told, and the name by which
//            one of its results is known
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const root = path.join(__dirname, '..');
const copy = path.join(root, 'out', 'additions');
const additions = fs
  .readdirSync(path.join(__dirname, 'additions'))
  .map((name) => require(path.join(__dirname, 'additions', name)));
const testFile = 'test/api/additions.test.ts';

const run = (command, ...args) =>
  execFileSync(command, args, { cwd: copy, stdio: ['ignore', 'inherit', 'inherit'] });

function copyRepository() {
  fs.rmSync(copy, { recursive: true, force: true });
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root });
  for (const file of listed.toString().split('\n').filter(Boolean)) {
    const from = path.join(root, file);
    if (!fs.existsSync(from)) continue;
    fs.mkdirSync(path.dirname(path.join(copy, file)), { recursive: true });
    fs.copyFileSync(from, path.join(copy, file));
  }
  fs.symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
}

function write(file, text) {
  fs.mkdirSync(path.dirname(path.join(copy, file)), { recursive: true });
  fs.writeFileSync(path.join(copy, file), text);
}

/** The two sides of something that a text has once. */
function sidesOf(text, part, file) {
  const sides = text.split(part);
  if (sides.length !== 2) throw new Error(`${file}: not once there: ${part}`);
  return sides;
}

function add({ edits, files = {} }) {
  for (const { file, without, after, insert } of edits) {
    const text = fs.readFileSync(path.join(copy, file), 'utf8');
    const begun = without ? sidesOf(text, without, file).join('') : text;
    write(file, sidesOf(begun, after, file).join(after + insert));
  }
  for (const [name, text] of Object.entries(files)) {
    if (fs.existsSync(path.join(copy, name))) throw new Error(`${name} is no new file`);
    write(name, text);
  }
}

const header = `import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as nest from '../../lib';

const textOf = (file: string): string =>
  readFileSync(path.join(__dirname, '..', '..', file), 'utf8');
`;

/** Titles of the results of these tests. Throws where one has failed. */
function titlesOf(files) {
  const report = path.join(copy, 'report.json');
  run('npx', 'jest', '--runInBand', '--json', '--outputFile', report, ...files);
  const { testResults } = JSON.parse(fs.readFileSync(report, 'utf8'));
  return testResults.map(({ name, assertionResults }) => ({
    file: path.relative(copy, name),
    titles: assertionResults.map(({ fullName }) => fullName),
  }));
}

copyRepository();
additions.forEach(add);
write(testFile, header + additions.map(({ test }) => test).join(''));
run('npx', 'cmake-js', 'build');
run('node', 'scripts/generate.cjs');
run('npm', 'run', 'typecheck');
const covering = [...new Set(additions.map(({ covered: [file] }) => file))];
const results = titlesOf([testFile, 'test/api/generated.test.ts', 'test/structure', ...covering]);
for (const { covered } of additions) {
  const [file, name] = covered;
  const titles = results.find((result) => result.file === file)?.titles ?? [];
  if (!titles.some((title) => title.includes(name)))
    throw new Error(`${file} says nothing of ${name}`);
}
console.log(`${additions.length} additions, one place each: built, typed, documented, tested.`);
