'use strict';
// Results of `tegmenta bench` that are kept: files <date>-<commit>-<processor>.json.
//   node scripts/results.cjs                    makes benchmarks/RESULTS.md, its figure and the table of
//                                               README.md anew from the last of them
//   node scripts/results.cjs measure [options]  builds, measures a new one, and does that;
//                                               --conditions 'text' says what else the machine does, --short
//                                               leaves the largest networks out, all other options are
//                                               those of `tegmenta bench`
const { execFileSync, spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const root = path.join(__dirname, '..');
const folder = path.join(root, 'benchmarks', 'results');
const built = () => require(path.join(root, 'dist', 'benchmarks', 'measuring', 'results.js'));

const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();

/** What a run of `tegmenta bench --json` prints. */
function bench(args) {
  const main = path.join(root, 'dist', 'benchmarks', 'main.js');
  const run = spawnSync(process.execPath, [main, 'bench', ...args, '--json'], {
    encoding: 'utf8',
    maxBuffer: 64 * 2 ** 20,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (run.status !== 0)
    throw new Error(`tegmenta bench ${args.join(' ')} ended with ${run.status}`);
  return JSON.parse(run.stdout);
}

/** Takes an option and its values out of a list; undefined where it is not there. */
function take(options, name, values) {
  const at = options.indexOf(name);
  return at < 0 ? undefined : options.splice(at, 1 + values).slice(1);
}

function measure(options) {
  const code = ['benchmarks', 'binding', 'cpp', 'lib', ':!*.md'];
  const changed = git('status', '--porcelain', '--', ...code);
  if (changed !== '') throw new Error(`Results belong to a commit, but these differ:\n${changed}`);
  const short = take(options, '--short', 0) !== undefined;
  const [conditions = 'nothing else ran'] = take(options, '--conditions', 1) ?? [];
  const defaults = { '--threads': `1,${os.availableParallelism()}`, '--repeats': '5' };
  for (const [name, value] of Object.entries(defaults)) {
    if (!options.includes(name)) options.push(name, value);
  }
  execFileSync('npm', ['run', 'build'], { cwd: root, stdio: ['ignore', 2, 2] });
  const { measurements, resultsName } = built();
  const results = {
    commit: git('rev-parse', '--short=7', 'HEAD'),
    conditions,
    runs: measurements(short).map((workloads) => bench([...options, ...workloads])),
  };
  fs.mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${resultsName(results)}.json`);
  fs.writeFileSync(file, `${JSON.stringify(results, null, 1)}\n`);
}

/** Writes the documents that show the results. */
async function write() {
  const { resultsFigure, resultsPage, withShortTable } = built();
  const all = fs
    .readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8')));
  fs.writeFileSync(path.join(root, 'benchmarks', 'RESULTS.md'), resultsPage(all));
  fs.writeFileSync(path.join(folder, 'speed.svg'), await resultsFigure(all));
  const readme = path.join(root, 'README.md');
  fs.writeFileSync(readme, withShortTable(fs.readFileSync(readme, 'utf8'), all));
}

const [command, ...options] = process.argv.slice(2);
if (command === 'measure') measure(options);
void write();
