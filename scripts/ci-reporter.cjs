'use strict';
// Prints one plain closing line, "N passed, N failed, N skipped", for CI logs, and leaves the
// numbers in out/ci/ for scripts/ci-summary.cjs.
const fs = require('node:fs');
const path = require('node:path');

module.exports = class {
  onRunComplete(_contexts, r) {
    const failed = r.numFailedTests + r.numRuntimeErrorTestSuites;
    const counts = { passed: r.numPassedTests, failed, skipped: r.numPendingTests };
    const folder = path.join(__dirname, '..', 'out', 'ci');
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, 'jest.json'), JSON.stringify(counts));
    console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  }
};
