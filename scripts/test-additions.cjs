'use strict';
// Adds one thing of every kind in scripts/additions/ to a copy of the repository, each at the one
// place that CONTRIBUTING.md names, and shows that types, documentation and tests have it:
// npm run test:long additions. CI does it for some: node scripts/test-additions.cjs <name> …
//
// A file of scripts/additions/ exports
//   edits    where something is inserted: the file, the text after which, and what; `without`: a
//            text that is taken out first
//   files    new files that belong to it: paths and texts; none where left out
//   test     a test of what was added, for a file that has `nest` and `textOf`
//   covered  tests of the repository that must cover it without being told: each a file and a part
//            of the title of a result
//   inCore   test cases of the core that must say its name; none where left out
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const root = path.join(__dirname, '..');
const copy = path.join(root, 'out', 'additions');
const known = fs
  .readdirSync(path.join(__dirname, 'additions'))
  .map((file) => path.basename(file, '.cjs'));
const wanted = process.argv.length > 2 ? process.argv.slice(2) : known;
const additions = wanted.map((name) => require(path.join(__dirname, 'additions', `${name}.cjs`)));
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

/** Takes the tests of the core away that are not wanted; what it returns puts them back. */
function setAside(cases) {
  const core = path.join(copy, 'test', 'core');
  const tests = fs.readdirSync(core).filter((name) => name.endsWith('_test.cc'));
  const texts = tests.map((name) => [
    path.join(core, name),
    fs.readFileSync(path.join(core, name)),
  ]);
  const unwanted = texts.filter(([, text]) => !cases.some((title) => text.includes(`"${title}"`)));
  for (const [file] of unwanted) fs.rmSync(file);
  return () => unwanted.forEach(([file, text]) => fs.writeFileSync(file, text));
}

/** Builds the addon and these tests of the core, in the way that takes least time. */
function build(cases) {
  const putBack = setAside(cases);
  const settings = ['ADDON=ON', 'TESTS=ON'].map((setting) => `-DTEGMENTA_BUILD_${setting}`);
  // Without any optimisation the tests would take longer than compiling does.
  settings.push('-DCMAKE_CXX_FLAGS_DEBUG=-O1', '-DTEGMENTA_WARNINGS_AS_ERRORS=OFF');
  const together = ['-DCMAKE_UNITY_BUILD=ON', '-DCMAKE_UNITY_BUILD_BATCH_SIZE=12'];
  const output = `-DCMAKE_LIBRARY_OUTPUT_DIRECTORY=${path.join(copy, 'build', 'Release')}`;
  run('cmake', '--preset', 'debug', ...settings, ...together, output);
  const targets = ['tegmenta', ...(cases.length > 0 ? ['tegmenta_core_test'] : [])];
  run('cmake', '--build', '--preset', 'debug', '--target', ...targets);
  putBack();
}

/** What a test case of the core says of each of its assertions. Throws where one fails. */
function saidInCore(title) {
  const binary = path.join(copy, 'out', 'debug', 'tegmenta_core_test');
  const options = { encoding: 'utf8', maxBuffer: 2 ** 30 };
  // A comma would begin another pattern.
  const pattern = title.replaceAll(',', '?');
  return execFileSync(binary, ['--success', `--test-case=${pattern}`], options);
}

/** Titles of the tests that have passed, by file. Throws where one has failed. */
function titlesOf(...args) {
  const report = path.join(copy, 'report.json');
  run('npx', 'jest', '--runInBand', '--json', '--outputFile', report, ...args);
  const { testResults } = JSON.parse(fs.readFileSync(report, 'utf8'));
  return testResults.map(({ name, assertionResults }) => ({
    file: path.relative(copy, name),
    titles: assertionResults
      .filter(({ status }) => status === 'passed')
      .map(({ fullName }) => fullName),
  }));
}

const patternOf = (texts) => texts.map((text) => text.replace(/\W/g, '\\$&')).join('|');

copyRepository();
additions.forEach(add);
write(testFile, header + additions.map(({ test }) => test).join(''));
build(additions.flatMap(({ inCore = [] }) => inCore.map(([title]) => title)));
run('node', 'scripts/generate.cjs');
run('npm', 'run', 'typecheck');
// Mistakes are compiled; they are no matter of what is added.
const rules = ['test/structure', '--testPathIgnorePatterns', 'mistakes'];
titlesOf(testFile, 'test/api/generated.test.ts', ...rules);
const covered = additions.flatMap((addition) => addition.covered);
const files = [...new Set(covered.map(([file]) => file))];
const results = titlesOf(...files, '-t', patternOf(covered.map(([, title]) => title)));
for (const [file, title] of covered) {
  const titles = results.find((result) => result.file === file)?.titles ?? [];
  if (!titles.some((one) => one.includes(title))) throw new Error(`${file} has no '${title}'`);
}
for (const [title, name] of additions.flatMap(({ inCore = [] }) => inCore)) {
  if (!saidInCore(title).includes(name)) throw new Error(`'${title}' does not try ${name}`);
}
console.log(`${additions.length} additions, one place each: built, typed, documented, tested.`);
