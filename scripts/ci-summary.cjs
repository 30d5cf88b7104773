'use strict';
// Adds up what the test runs left in out/ci/ (jest.json, one JUnit file a ctest run) and
// prints one line. A step that failed without failing a test is given as an argument.
const fs = require('node:fs');
const path = require('node:path');

const folder = path.join(__dirname, '..', 'out', 'ci');
const total = { passed: 0, failed: 0, skipped: 0 };
for (const file of fs.existsSync(folder) ? fs.readdirSync(folder) : []) {
  const text = fs.readFileSync(path.join(folder, file), 'utf8');
  if (file === 'jest.json') {
    const counts = JSON.parse(text);
    for (const key of Object.keys(total)) total[key] += counts[key];
  } else if (file.endsWith('.xml')) {
    const count = (name) => Number(new RegExp(`\\b${name}="(\\d+)"`).exec(text)?.[1] ?? 0);
    const [failed, skipped] = [count('failures'), count('skipped') + count('disabled')];
    total.failed += failed;
    total.skipped += skipped;
    total.passed += count('tests') - failed - skipped;
  }
}
if (process.argv[2] && total.failed === 0) total.failed = 1;
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
