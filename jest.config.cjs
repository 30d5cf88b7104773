// The library of test/faults takes the place of functions of the GNU C library: elsewhere its tests
// are none of the suite.
const { header } = process.report.getReport();
const elsewhere = header.glibcVersionRuntime === undefined ? ['<rootDir>/test/faults/'] : [];

// Small networks, too, are shared among threads, and there are more of these than processors.
process.env.TEGMENTA_WORK_PER_THREAD ??= '0';
process.env.TEGMENTA_CONCURRENCY ??= '64';

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  testTimeout: 30_000,
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', ...elsewhere],
  // build/ and out/ may hold thousands of files; dist/ holds a second copy of the modules
  modulePathIgnorePatterns: ['build', 'out', 'dist', 'prebuilds'].map((d) => `<rootDir>/${d}/`),
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  collectCoverageFrom: ['lib/**/*.ts', '!lib/**/*.d.ts'],
  coverageProvider: 'v8',
  reporters: ['default', ...(process.env.CI ? ['<rootDir>/scripts/ci-reporter.cjs'] : [])],
};
