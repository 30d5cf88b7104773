'use strict';
// Campaigns that take too long for every push, one after the other, with their figures:
// npm run test:long [name …]. TEGMENTA_FUZZ_SEED and TEGMENTA_FUZZ_COUNT as in test/fuzz/budget.ts.
const { execFileSync, spawnSync } = require('node:child_process');
const path = require('node:path');

const root = path.join(__dirname, '..');
const seed = process.env.TEGMENTA_FUZZ_SEED ?? String(Date.now() % 2 ** 31);
const count = (usual) => process.env.TEGMENTA_FUZZ_COUNT ?? String(usual);
const jest = (...files) => ['npx', 'jest', '--runInBand', ...files];
const built = (preset) => [
  ['cmake', '--preset', preset],
  ['cmake', '--build', '--preset', preset],
];

/** Node itself is no program of the sanitizers: theirs has to be there before it. */
function sanitized() {
  const compiler = process.env.CXX ?? 'c++';
  const library = execFileSync(compiler, ['-print-file-name=libasan.so'], { encoding: 'utf8' });
  return {
    LD_PRELOAD: library.trim(),
    // Node leaves memory to the end of its process; sizes that cannot be are an answer.
    ASAN_OPTIONS: 'detect_leaks=0:allocator_may_return_null=1',
    UBSAN_OPTIONS: 'print_stacktrace=1',
    TEGMENTA_ADDON: path.join(root, 'out', 'asan-addon', 'build', 'Release', 'tegmenta.node'),
  };
}

/** What is published is made before it is tried. */
const packages = {
  commands: [
    ['npm', 'run', 'build'],
    ['npm', 'run', 'build:packages'],
  ],
  environment: () => ({}),
};

/** What to run, and the environment of the last command. */
const campaigns = {
  // 1000 processes of 100 calls
  calls: {
    commands: [...built('asan-addon'), jest('test/fuzz/calls')],
    environment: () => ({ ...sanitized(), TEGMENTA_FUZZ_COUNT: count(1000) }),
  },
  determinism: {
    commands: [jest('test/fuzz/determinism')],
    environment: () => ({ TEGMENTA_FUZZ_COUNT: count(300) }),
  },
  'failing-allocations-core': {
    commands: [
      ...built('release'),
      ['build/tegmenta_core_test', '--source-file=*failing_allocations*'],
    ],
    environment: () => ({ TEGMENTA_TEST_LONG: '1' }),
  },
  'failing-allocations-addon': {
    commands: [jest('test/faults/allocations')],
    environment: () => ({ TEGMENTA_TEST_LONG: '1' }),
  },
  // 10⁶ changed states
  states: {
    commands: [...built('release'), ['build/tegmenta_core_test', '--test-case=changed states*']],
    environment: () => ({ TEGMENTA_FUZZ_COUNT: count(1_000_000) }),
  },
  // 100 000 models whose code was changed, under the sanitizers, and as many against plain code
  'compiled-models': {
    commands: [...built('asan'), ['out/asan/tegmenta_core_test', '--test-case=*compiled*']],
    environment: () => ({ TEGMENTA_FUZZ_COUNT: count(100_000) }),
  },
  // 300 protocols of each synapse of a text
  'loaded-synapses': {
    commands: [jest('test/nestml/synapse-protocols')],
    environment: () => ({ TEGMENTA_FUZZ_COUNT: count(300) }),
  },
  // a process is killed 200 times while it saves
  'killed-saves': {
    commands: [jest('test/life/state-files')],
    environment: () => ({ TEGMENTA_STATE_KILLS: '200' }),
  },
  // something of every kind that CONTRIBUTING.md tells how to add
  additions: {
    commands: [['node', 'scripts/test-additions.cjs']],
    environment: () => ({}),
  },
  pong: {
    commands: [jest('test/experiments/pong/learning')],
    environment: () => ({ TEGMENTA_TEST_LONG: '1' }),
  },
  // what docs/legenstein.md asks; some hours, which it can be stopped in
  legenstein: {
    commands: [
      ['npm', 'run', 'build'],
      ['node', 'scripts/test-legenstein.cjs'],
    ],
    environment: () => ({}),
  },
  // 10⁹ spikes to a stream and to files, in bounded memory
  recording: {
    commands: [
      ['npm', 'run', 'build'],
      ['node', '--expose-gc', 'scripts/test-recording.cjs', '--events', count(1e9)],
    ],
    environment: () => ({}),
  },
  // the service of docs/services.md under load
  service: {
    commands: [
      ['npm', 'run', 'build'],
      ['node', 'scripts/test-service.cjs', '--requests', count(2000)],
    ],
    environment: () => ({}),
  },
  // package managers, from a registry on the loopback
  install: { ...packages, commands: [...packages.commands, ['node', 'scripts/test-install.cjs']] },
  // services in bundles that docs/packages.md makes, and in one executable
  bundles: { ...packages, commands: [...packages.commands, ['node', 'scripts/test-bundles.cjs']] },
  // the package of Linux on arm64, under qemu
  arm64: {
    ...packages,
    commands: [
      ['npm', 'run', 'build:arm64'],
      ...packages.commands,
      ['node', 'scripts/test-arm64.cjs'],
    ],
  },
  // Node.js 20, 22 and 24
  'node-versions': {
    commands: [['node', 'scripts/test-node-versions.cjs']],
    environment: () => ({}),
  },
  // 10 minutes of Pong before ten viewers
  live: {
    commands: [
      ['npm', 'run', 'build'],
      ['node', 'scripts/test-live.cjs'],
    ],
    environment: () => ({}),
  },
};

/** Whether all its commands have ended well. */
function run(name) {
  const { commands, environment } = campaigns[name];
  const start = Date.now();
  const isPassed = commands.every(([command, ...args], i) => {
    const own = i === commands.length - 1 ? environment() : {};
    const env = { ...process.env, TEGMENTA_FUZZ_SEED: seed, ...own };
    return spawnSync(command, args, { cwd: root, stdio: 'inherit', env }).status === 0;
  });
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  return { isPassed, text: `${name}: ${isPassed ? 'passed' : 'FAILED'} in ${seconds} s` };
}

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !Object.hasOwn(campaigns, name));
if (unknown !== undefined) {
  console.error(`There is no campaign ${unknown}; known: ${Object.keys(campaigns).join(', ')}.`);
  process.exit(2);
}
const results = (wanted.length > 0 ? wanted : Object.keys(campaigns)).map((name) => {
  console.log(`== ${name}, TEGMENTA_FUZZ_SEED ${seed}`);
  return run(name);
});
console.log(results.map(({ text }) => text).join('\n'));
process.exitCode = results.every(({ isPassed }) => isPassed) ? 0 : 1;
