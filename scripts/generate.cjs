'use strict';
// Writes what derives from the core's declarations: types with the documentation that editors show,
// classes of errors, reference pages; from the methods of a kernel the functions of the module; and
// the version from package.json. With --check it only names the files that are stale.

const fs = require('node:fs');
const path = require('node:path');
const { connectionRuleTypes } = require('./generate/connection-rules.cjs');
const { errorClasses } = require('./generate/errors.cjs');
const { kernelStatusTypes } = require('./generate/kernel-status.cjs');
const { modelTypes, recordableTypes } = require('./generate/models.cjs');
const { moduleFunctions } = require('./generate/module-functions.cjs');
const { operationNumbers } = require('./generate/operations.cjs');
const {
  connectionsPage,
  errorsPage,
  kernelStatusPage,
  modelPages,
} = require('./generate/pages.cjs');
const { versionConstant } = require('./generate/version.cjs');

const root = path.join(__dirname, '..');
const read = (file) => fs.readFileSync(path.join(root, file), 'utf8');

/** What an addon declares. */
const declarationsOf = (addon) => ({
  attributes: addon.kernelAttributes(),
  errors: addon.errors(),
  models: addon.models(),
  pairs: addon.connectionPairs(),
  readOuts: addon.nodeReadOuts(),
  rules: addon.connectionRules(),
});

/** Every generated file: its path from the root, and its text. */
const generate = ({ attributes, errors, models, pairs, readOuts, rules }) => ({
  'lib/generated/connection-rules.ts': connectionRuleTypes(rules),
  'lib/generated/errors.ts': errorClasses(errors),
  'lib/generated/kernel-status.ts': kernelStatusTypes(attributes),
  'lib/generated/models.ts': modelTypes(models, readOuts),
  'lib/generated/module-functions.ts': moduleFunctions(read('lib/kernel.ts')),
  'lib/generated/operations.ts': operationNumbers(read('cpp/compiled/operations.def')),
  'lib/generated/recordables.ts': recordableTypes(models),
  'lib/generated/version.ts': versionConstant(JSON.parse(read('package.json')).version),
  'docs/connections.md': connectionsPage(rules, pairs, models),
  'docs/errors.md': errorsPage(
    errors,
    read('lib/errors.ts') + read('lib/addon/not-loaded.ts'),
    read('lib/tegmenta-error.ts'),
  ),
  'docs/kernel-status.md': kernelStatusPage(attributes),
  ...modelPages(models, readOuts),
});

/** The files that are not what these declarations make. */
const stale = (declarations) =>
  Object.entries(generate(declarations))
    .filter(([file, text]) => !fs.existsSync(path.join(root, file)) || read(file) !== text)
    .map(([file]) => file);

module.exports = { declarationsOf, generate, stale };

if (require.main === module) {
  const addon = require('node-gyp-build')(root);
  addon.initialize((_name, message) => new Error(message));
  const declarations = declarationsOf(addon);
  const texts = generate(declarations);
  for (const file of stale(declarations)) {
    if (process.argv.includes('--check')) {
      console.error(`${file} is stale: run node scripts/generate.cjs`);
      process.exitCode = 1;
    } else {
      fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
      fs.writeFileSync(path.join(root, file), texts[file]);
    }
  }
}
