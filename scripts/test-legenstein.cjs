'use strict';
// Whether the simulations of Legenstein et al. show what docs/legenstein.md says that they have to:
// node scripts/test-legenstein.cjs [group …]. Some hours; every run is told as it ends, and what was
// stopped is gone on with when the same build is tried again. TEGMENTA_DIGITS names a folder with
// recordings for simulation 5, which hears digits that are made without it.
const { createHash } = require('node:crypto');
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const root = path.join(__dirname, '..');
const experiments = path.join(root, 'dist', 'benchmarks', 'experiments', 'legenstein');
const { CRITERIA } = require(path.join(experiments, 'biofeedback-merits.js'));
const { DISCRIMINATION_CRITERIA } = require(path.join(experiments, 'discrimination.js'));
const { DRIFT_CRITERIA, HALVES } = require(path.join(experiments, 'drift.js'));
const { IMITATION_CRITERIA } = require(path.join(experiments, 'imitation.js'));
const { SPEECH_CRITERIA } = require(path.join(experiments, 'speech', 'speech.js'));

/** Results of another build say nothing about this one. */
function digestOfBuild() {
  const hash = createHash('sha256');
  const addon = process.env.TEGMENTA_ADDON ?? require('node-gyp-build').resolve(root);
  hash.update(fs.readFileSync(addon));
  for (const file of fs.readdirSync(experiments, { recursive: true }).sort()) {
    if (file.endsWith('.js')) hash.update(fs.readFileSync(path.join(experiments, file)));
  }
  return hash.digest('hex').slice(0, 12);
}
const folder = path.join(root, 'out', 'legenstein', digestOfBuild());

/** The results of a run, complete before or now; not those of one that is stopped. */
function resultsOf(name, argv) {
  const out = path.join(folder, name);
  const file = path.join(out, 'result.json');
  const read = () => (fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : undefined);
  if (read()?.interrupted !== false) {
    const resumes = fs.existsSync(path.join(out, 'state.tg'));
    const { status } = spawnSync(
      process.execPath,
      [
        ...[path.join(root, 'dist', 'benchmarks', 'main.js'), 'run', ...argv],
        ...['--out', out, '--save-every', '120', ...(resumes ? ['--resume'] : [])],
      ],
      { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] },
    );
    if (status !== 0) {
      console.log(`${name} was not completed; what it has done is in ${out}`);
      process.exit(status ?? 1);
    }
  }
  return read().results;
}

const seedsOfFeedback = [1, 2, 3, 4, 5];
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const percent = (part) => `${part < 0 ? '' : '+'}${(100 * part).toFixed(1)} %`;

/** Results of all seeds of a variant, told one by one. */
function runsOf(name, options, told) {
  return seedsOfFeedback.map((seed) => {
    const argv = ['legenstein-1', '--coding', 'coded', ...options, '--seed', String(seed)];
    const results = resultsOf(`${name}-${seed}`, argv);
    const values = told.map((key) => `${key} ${Number(results[key].toPrecision(4))}`);
    console.log(`${name}, seed ${seed}: ${values.join(', ')}`);
    return results;
  });
}

const STABILITY = ['rate_highest', 'population_ratio'];

/** (c) */
function isStable(runs) {
  const highest = Math.max(...runs.map(({ rate_highest }) => rate_highest));
  const change = mean(runs.map(({ population_ratio }) => population_ratio)) - 1;
  console.log(`(c) highest rate ${highest.toFixed(1)} spikes/s, all neurons ${percent(change)}`);
  return highest <= CRITERIA.highest && Math.abs(change) <= CRITERIA.populationBand;
}

/** (a), (b), (c): a reward of that name. */
function feedback(name, reward) {
  const told = ['rate_before', 'rate_after', 'rate_ratio', 'others_ratio', 'weight_lead'];
  const runs = runsOf(name, ['--reward', reward], [...told, ...STABILITY]);
  const of = (key) => mean(runs.map((results) => results[key]));
  const ratio = of('rate_after') / of('rate_before');
  const others = of('others_after') / of('others_before') - 1;
  const lead = of('weight_lead');
  console.log(`(a) ${ratio.toFixed(2)} times the rate, others ${percent(others)}`);
  console.log(`(b) weights ${lead.toFixed(3)} above others`);
  return [
    ratio >= CRITERIA.rateRatio && Math.abs(others) <= CRITERIA.othersBand,
    lead >= CRITERIA.weightLead[reward],
    isStable(runs),
  ].every(Boolean);
}

/** (c), (d) */
function differential(name) {
  const told = ['weight_difference_10', 'weight_difference_20', 'gone'];
  const runs = runsOf(name, ['--variant', 'differential'], [...told, ...STABILITY]);
  const [turn, end] = told.slice(0, 2).map((key) => mean(runs.map((results) => results[key])));
  const gone = 1 - end / turn;
  console.log(`(d) weights differ by ${turn.toFixed(3)}, of which ${percent(gone)} go`);
  const isMet = turn >= CRITERIA.difference && gone >= CRITERIA.gone;
  return isStable(runs) && isMet;
}

/** Means over three seeds against the predictions. */
function drift(name) {
  const results = resultsOf(name, ['legenstein-3', '--seed', '55', '--seeds', '3']);
  const { clear, large, tolerance } = DRIFT_CRITERIA;
  return [1, 2, 3, 4, 5, 6]
    .flatMap((experiment) => HALVES.map((half) => `${half}_${experiment}`))
    .map((key) => {
      const [predicted, seen] = [results[`predicted_${key}`], results[`change_${key}`]];
      const size = Math.abs(predicted);
      const isMet =
        (size <= clear || Math.sign(seen) === Math.sign(predicted)) &&
        (size <= large || Math.abs(seen / predicted - 1) <= tolerance);
      const numbers = `predicted ${predicted.toFixed(3)}, seen ${seen.toFixed(3)}`;
      console.log(`${key}: ${numbers}${isMet ? '' : ', NOT MET'}`);
      return isMet;
    })
    .every(Boolean);
}

const tell = (name, results, keys) =>
  console.log(`${name}: ${keys.map((key) => `${key} ${results[key].toPrecision(3)}`).join(', ')}`);

/** Five runs that learn, each as asked and in the mean, and one that cannot for want of noise. */
function imitation(name) {
  const argv = ['legenstein-2', '--seed', '1', '--seeds', '5'];
  const noisy = resultsOf(name, argv);
  const silent = resultsOf(`${name}-silent`, [...argv, '--noise', '0']);
  const told = ['difference', 'angle', 'rise', 'criteria_met'];
  tell('noise 1', noisy, told);
  tell('noise 0', silent, told);
  return (
    noisy.criteria_met === 5 &&
    noisy.rise >= IMITATION_CRITERIA.rise.mean &&
    silent.angle > noisy.angle
  );
}

/** Six pairs of patterns. */
function discrimination(name) {
  const results = resultsOf(name, ['legenstein-4', '--seed', '55', '--pairs', '6']);
  tell(name, results, ['before_P', 'before_N', 'after_P', 'after_N', 'accuracy']);
  tell(name, results, ['accurate', 'different', 'variance_P', 'variance_N']);
  const before = Math.abs(results.before_P - results.before_N);
  return (
    results.accurate >= 5 &&
    results.different === 6 &&
    before < DISCRIMINATION_CRITERIA.before &&
    results.variance_P > results.variance_N
  );
}

const digits = process.env.TEGMENTA_DIGITS;

/** Results of simulation 5 for some seeds, told one by one. */
function speechRuns(name, seeds, options) {
  return seeds.map((seed) => {
    const data = digits === undefined ? [] : ['--data', path.resolve(digits)];
    const own = `${name}-${digits === undefined ? 'made' : 'recorded'}-${seed}`;
    const results = resultsOf(own, ['legenstein-5', ...data, ...options, '--seed', String(seed)]);
    const told = ['accuracy_before', 'accuracy', 'before_one', 'before_two', 'after_one'];
    tell(own, results, [...told, 'after_two', 'variance_one', 'variance_two']);
    tell(own, results, ['rho', 'rho_one', 'rho_two', 'baseline_count', 'baseline_logistic']);
    return results;
  });
}

/** Static synapses. */
function speech(name) {
  const { accuracy, before, variance, synthetic } = SPEECH_CRITERIA;
  const least = digits === undefined ? synthetic : accuracy;
  return speechRuns(name, [1, 2, 3, 4, 5], []).every(
    (results) =>
      results.accuracy >= least &&
      results.accuracy_before <= before &&
      results.variance_two > variance &&
      results.variance_two > results.variance_one,
  );
}

/** Dynamic ones. */
function speechDynamic(name) {
  const options = ['--transmission', 'dynamic', '--w_max', '1', '--ratio', '0.3'];
  const runs = speechRuns(name, [1, 2, 3, 4, 5], options);
  const { accuracy, difference } = SPEECH_CRITERIA.dynamic;
  const more = mean(runs.map(({ after_one, after_two }) => after_two - after_one));
  const apart = mean(runs.map((results) => results.accuracy));
  console.log(`told apart ${percent(apart)}, ${more.toFixed(2)} spikes more`);
  return apart >= accuracy && more >= difference;
}

/** ρ is below the published ratio, and the contrary is learned. */
function speechPublished(name) {
  return speechRuns(name, [1], ['--published']).every(
    ({ rho, accuracy }) => rho < 1.05 && accuracy < 0.5,
  );
}

const groups = {
  drift,
  imitation,
  discrimination,
  speech,
  'speech-dynamic': speechDynamic,
  'speech-published': speechPublished,
  feedback: (name) => feedback(name, '1'),
  'feedback-e': (name) => feedback(name, 'e'),
  differential,
};

// Ctrl-C is for the run, which saves itself before it ends.
process.on('SIGINT', () => undefined);

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !Object.hasOwn(groups, name));
if (unknown !== undefined) {
  console.error(`There is no group ${unknown}; known: ${Object.keys(groups).join(', ')}.`);
  process.exit(2);
}
const failed = (wanted.length > 0 ? wanted : Object.keys(groups)).filter((name) => {
  console.log(`== ${name}`);
  const isPassed = groups[name](name);
  console.log(`${name}: ${isPassed ? 'passed' : 'FAILED'}`);
  return !isPassed;
});
process.exitCode = failed.length === 0 ? 0 : 1;
